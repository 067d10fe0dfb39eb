"""What can be worked without someone, who is needed for what, totals, and numbers of scenes and pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagecraft.domain.breakdown import (
    Unit,
    act_pages,
    estimate,
    needed,
    next_letter,
    next_scene_number,
    page_count,
    page_key,
    pages_text,
    roman,
    totals,
    without,
)

AMANDA, JESSE, DIVA, JB, NICK = 1, 2, 3, 4, 5
LEADS = frozenset({AMANDA, JESSE, DIVA, JB, NICK})
ENS = frozenset(range(11, 17))


def unit(number: int, *people: int | frozenset[int], minutes: int = 8, worked: date | None = None) -> Unit:
    inside = frozenset().union(*(p if isinstance(p, frozenset) else {p} for p in people))
    return Unit(number, inside, inside & LEADS, minutes, last_worked=worked)


HIT_LIST = [
    unit(11, LEADS, ENS),
    unit(12, JESSE, AMANDA, minutes=13),
    unit(13, AMANDA, NICK, ENS, minutes=10),
    unit(14, JB, DIVA, ENS, minutes=11, worked=date(2027, 1, 14)),
    unit(15, AMANDA, JESSE),
    unit(16, AMANDA, JB, JESSE),
    unit(17, DIVA, ENS, worked=date(2027, 1, 21)),
    unit(18, LEADS, ENS, minutes=10),
    unit(21, AMANDA, ENS, minutes=11),
    unit(22, JESSE, minutes=6, worked=date(2027, 1, 20)),
    unit(23, DIVA),
    unit(24, LEADS, ENS, minutes=15),
    unit(25, AMANDA, JESSE),
]


def test_without_amanda():
    found = without(HIT_LIST, {AMANDA})
    assert found.full == (23, 14, 22, 17)
    assert found.reading == (11, 18, 24, 13)
    assert found.impossible == (12, 15, 16, 21, 25)


def test_without_nobody_everything_is_possible():
    assert set(without(HIT_LIST, set()).full) == {u.id for u in HIT_LIST}


def test_cut_scenes_and_empty_scenes_are_never_offered():
    units = [Unit(1, frozenset({AMANDA}), cut=True), Unit(2, frozenset()), Unit(3, frozenset({JESSE}))]
    assert without(units, {AMANDA}).full == (3,)


def test_needed_counts_each_person_with_their_minutes():
    assert needed(HIT_LIST, {12, 16}) == {AMANDA: 21, JESSE: 21, JB: 8}


def test_totals_both_ways():
    sums = totals(HIT_LIST)
    assert sums.running == 124
    assert sums.scenes[AMANDA] == 9
    assert sums.people[13] == 8


people = st.frozensets(st.integers(1, 8), max_size=8)


@st.composite
def breakdowns(draw: st.DrawFn) -> list[Unit]:
    units = []
    for number in range(draw(st.integers(0, 12))):
        inside = draw(people)
        leads = frozenset(p for p in inside if p < 4)
        minutes = draw(st.none() | st.integers(0, 30))
        units.append(Unit(number, inside, leads, minutes, draw(st.booleans())))
    return units


@given(breakdowns(), people)
def test_every_live_scene_is_in_exactly_one_list(units, absent):
    found = without(units, absent)
    listed = [*found.full, *found.reading, *found.impossible]
    assert sorted(listed) == sorted(u.id for u in units if u.people and not u.cut)


@given(breakdowns(), people)
def test_full_scenes_are_those_nobody_misses(units, absent):
    full = set(without(units, absent).full)
    assert full == {u.id for u in units if u.people and not u.cut and not u.people & absent}


@given(breakdowns(), people, st.integers(1, 8))
def test_one_more_absent_never_makes_more_possible(units, absent, another):
    assert set(without(units, absent | {another}).full) <= set(without(units, absent).full)


@given(breakdowns())
def test_rows_and_columns_of_the_totals_agree(units):
    sums = totals(units)
    live = [u for u in units if not u.cut]
    assert sum(sums.scenes.values()) == sum(sums.people[u.id] for u in live)
    assert sum(sums.minutes.values()) == sum((u.minutes or 0) * len(u.people) for u in live)


@given(breakdowns(), st.frozensets(st.integers(0, 11)))
def test_who_is_needed_is_who_could_not_be_missed(units, chosen):
    wanted = set(needed(units, chosen))
    for person in range(1, 9):
        misses = any(person in u.people for u in units if u.id in chosen)
        assert (person in wanted) == misses


def test_scene_numbers_are_never_moved():
    assert next_scene_number(1, [], []) == "1.1"
    assert next_scene_number(1, ["1.1", "1.2"], []) == "1.3"
    assert next_scene_number(1, ["1.1"], ["1.2"]) == "1.1A"
    assert next_scene_number(1, ["1.1", "1.1A"], ["1.2"]) == "1.1B"
    assert next_scene_number(2, [], ["2.1"]) == "2.0A"


def test_letters_and_roman_numbers():
    assert next_letter([]) == "a"
    assert next_letter("abc") == "d"
    assert next_letter([chr(c) for c in range(ord("a"), ord("z") + 1)]) == "aa"
    assert [roman(n) for n in (1, 2, 4, 9, 14, 40)] == ["I", "II", "IV", "IX", "XIV", "40"]


def test_pages():
    assert sorted(["35", "34A", "34", "34B", "x"], key=page_key) == ["34", "34A", "34B", "35", "x"]
    assert (page_count("14", "19"), page_count("34A", ""), page_count("", ""), page_count("9", "3")) == (
        6,
        1,
        0,
        0,
    )
    assert [pages_text("14", "19"), pages_text("5", "5"), pages_text("", "")] == ["14–19", "5", ""]
    assert act_pages([("1", "5"), ("", ""), ("42", "47")]) == "1–47"


@pytest.mark.parametrize(
    ("pages", "known", "minutes"), [(10, [(20, 30)], 15), (10, [], None), (0, [(20, 30)], None)]
)
def test_estimates_follow_the_pace_of_what_was_measured(pages, known, minutes):
    assert estimate(pages, known) == minutes
