"""Conditions: on which days and of whom a rule is asked, and what must be known for it."""

from __future__ import annotations

from datetime import date

import pytest
from unit.rules.schedules import call, judged, measured, rule, show, told

from stagecraft.domain.rules.facts import Facts
from stagecraft.domain.rules.packs import Defaults

# --- conditions ------------------------------------------------------------------------------------------------


FIRST_PUBLIC = Facts(
    milestones={"first_public": date(2026, 9, 18)}, cast_size=14, age=9, roles=frozenset({"actor"})
)


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ({"before": "first_public"}, "14 15 16 17"),
        ({"from": "first_public"}, "18 19 20"),
        ({"from": "2026-09-19"}, "19 20"),
        ({"days_before": {"milestone": "first_public", "days": 2}}, "16 17"),
        ({"not_days_before": {"milestone": "first_public", "days": 2}}, "14 15 18 19 20"),
        ({"days_after": {"milestone": "first_public", "days": 1}}, "19 20"),
        ({"performances_on_day": [0]}, "14 15 16 17"),
        ({"performances_on_day": [1, 2]}, "18 19 20"),
        ({"performances_on_day": [2]}, "20"),
        ({"not_student_matinee": True}, "14 15 16 17 18 20"),
        ({"not_student_matinee": False}, "19"),
        ({"cast_size": [1, 14]}, "14 15 16 17 18 19 20"),
        ({"cast_size": [15, None]}, ""),
        ({"age": [9, 15]}, "14 15 16 17 18 19 20"),
        ({"age": [None, 8]}, ""),
        ({"roles": ["crew", "actor"]}, "14 15 16 17 18 19 20"),
        ({"role": "crew"}, ""),
        ({"week_has_performance": True}, "14 15 16 17 18 19 20"),
        ({"week_has_performance": False}, ""),
        ({"cast_size": [15, None], "school_day": True}, ""),
        ({"before": "first_public", "performances_on_day": [1]}, ""),
    ],
    ids=str,
)
def test_conditions_choose_the_days(when, days):
    calls = [call("rehearsal", day, 10, 11) for day in range(14, 21)]
    calls += [show(18, 19, 21), show(20, 14, 16), show(20, 19, 21)]
    calls.append(show(19, 11, 13, tags=frozenset({"student_matinee"})))
    day = rule("max_total", {"window": "workday", "kinds": ["rehearsal"], "max": 0}, when=when)
    assert [f.anchor[-2:] for f in judged(calls, day, facts=FIRST_PUBLIC)] == days.split()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"before": "opening"}, "no date of opening recorded"),
        ({"cast_size": [1, 2]}, "no cast size recorded"),
        ({"age": [1, 2]}, "no age recorded"),
        ({"roles": ["actor"]}, "no role recorded"),
        ({"school_day": True}, "no school days recorded"),
        ({"moon": "full"}, "condition moon unknown"),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("window", "anchor"), [("workday", "2026-09-15"), ("week", "2026-09-14"), ("engagement", "2026-09-15")]
)
def test_a_missing_fact_is_named_where_the_rule_would_look(when, words, window, anchor):
    one = rule("max_total", {"window": window, "max": 60}, when=when)
    assert told(judged([call("rehearsal", 15, 10, 10.5)], one)) == [
        ("max_total", anchor, words, 60, "not_evaluated")
    ]


def test_an_age_is_that_of_the_day():
    day = rule("max_total", {"window": "workday", "max": 0}, applies={"age": [None, 9]})
    calls = [call("rehearsal", day, 10, 11) for day in (14, 15, 16)]
    facts = Facts(birthday=date(2016, 9, 15))
    assert measured(calls, day, facts=facts) == [("2026-09-14", 60)]


def test_weeks_begin_where_the_rule_or_the_pack_says():
    calls = [call("rehearsal", day, 10, 11) for day in (13, 19)]
    week = rule("max_total", {"window": "week", "max": 60})
    assert measured(calls, week) == []
    assert measured(calls, week, defaults=Defaults(week_start=6)) == [("2026-09-13", 120)]
    sunday = rule("max_total", {"window": "week", "max": 60, "week_start": "sunday"})
    assert measured(calls, sunday) == [("2026-09-13", 120)]
