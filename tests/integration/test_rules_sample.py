"""The sample season under its agreements: Karen's week in three drafts, counted as paperwork.md §8.8 counts it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from statements import counting

from stagecraft.base.clock import Clock
from stagecraft.cli import main
from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar_conflicts import conflict_rows
from stagecraft.queries.rules import flag_people, packs, rule_flags, rule_flags_in_parts
from stagecraft.queries.rules_calls import person_calls
from stagecraft.services.engine import Engine
from stagecraft.services.rules import EditRulePack
from stagecraft.services.sample import build_sample
from stagecraft.store.schema import Person
from stagecraft.store.store import Store

ANCHOR, SUNDAY = date(2027, 1, 11), date(2027, 1, 17)
TODAY = date(2027, 1, 13)
KAREN = "Karen Cartwright"
FOUR_RULES = {
    1: {"house.overlap": 2, "house.gap": 3, "house.span": 4, "house.rest": 2},
    2: {"house.span": 1, "house.rest": 1},
    3: {},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drafts")


def season(folder: Path, draft: int) -> Path:
    path = folder / f"draft-{draft}.stagecraft"
    if not path.exists():
        store = Store.create(path)
        build_sample(Engine(store, Clock.on(TODAY)), ANCHOR, draft)
        store.close(backup=False)
    return path


@pytest.fixture
def engine(folder: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    store = Store.open(season(folder, getattr(request, "param", 3)))
    yield Engine(store, Clock.on(TODAY))
    store.close(backup=False)


def karen(engine: Engine) -> int:
    with engine.reading() as conn:
        return conn.execute(select(Person.id).where(Person.name == KAREN)).scalar_one()


def counted(engine: Engine) -> Counter[str]:
    with engine.reading() as conn:
        found = rule_flags(conn, ANCHOR, SUNDAY, person_ids=[karen(engine)], clashes=True)
    assert (found.costs, found.not_checked, found.accepted) == ([], [], [])
    return Counter(flag.rule for flag in found.flags)


def with_rest_of(engine: Engine, hours: int) -> None:
    """Change the rest rule of Karen's pack as the editor does, and nothing else."""
    with engine.reading() as conn:
        pack = next(one for one in packs(conn).entries if one.code == "two-shows")
    assert pack.id is not None
    text = pack.text + f'\n[[rules]]\nid = "house.rest"\nparams = {{ min = {hours * 60} }}\n'
    engine.execute(EditRulePack(pack.id, text))


@pytest.mark.parametrize(("engine", "draft"), [(1, 1), (2, 2), (3, 3)], indirect=["engine"])
def test_karens_week_has_eleven_two_and_no_flags(engine: Engine, draft: int) -> None:
    assert counted(engine) == FOUR_RULES[draft]


@pytest.mark.parametrize(("engine", "draft"), [(1, 1), (2, 2), (3, 3)], indirect=["engine"])
def test_with_eleven_hours_of_rest_one_flag_of_the_first_draft_goes(engine: Engine, draft: int) -> None:
    with_rest_of(engine, 11)
    expected = {**FOUR_RULES[draft]}
    if draft == 1:
        expected["house.rest"] = 1
    assert counted(engine) == expected
    engine.undo()
    assert counted(engine) == FOUR_RULES[draft]


@pytest.mark.parametrize("engine", [2], indirect=True)
def test_both_flags_of_the_second_draft_come_from_the_morning_on_television(engine: Engine) -> None:
    with engine.reading() as conn:
        found = rule_flags(conn, ANCHOR, SUNDAY, person_ids=[karen(engine)]).flags
    assert [(flag.rule, flag.finding.anchor, flag.finding.measured) for flag in found] == [
        ("house.rest", "2027-01-14", 8 * 60 + 5),
        ("house.span", "2027-01-14", [550, 15 * 60 + 25]),
    ]
    assert [flag.repairs[0].words for flag in found] == [
        "Call Karen at 10:10a",
        "Leave Karen out of Morning TV",
    ]


@pytest.mark.parametrize("engine", [1], indirect=True)
def test_a_double_booking_is_left_to_the_calendar_which_shows_it(engine: Engine) -> None:
    who = karen(engine)
    with engine.reading() as conn:
        rules = rule_flags(conn, ANCHOR, SUNDAY, person_ids=[who]).flags
        clashes = [one for one in conflict_rows(conn, *work_day_span(ANCHOR, 7)) if one.person == who]
    assert (len(rules), len(clashes)) == (9, 2)


@pytest.mark.parametrize("engine", [1], indirect=True)
def test_a_day_with_lunch_is_one_call_and_a_performance_begins_at_half_hour(engine: Engine) -> None:
    who = karen(engine)
    with engine.reading() as conn:
        calls = person_calls(conn, [who], date(2027, 1, 13), date(2027, 1, 13))[who].calls
    told = [
        (call.kind, (call.starts_wall % 1440) // 60, (call.ends_wall % 1440) // 60, len(call.events))
        for call in calls
    ]
    assert told == [("rehearsal", 10, 18, 2), ("performance", 13, 16, 1), ("performance", 19, 22, 1)]
    (lunch,) = calls[0].breaks or ()
    assert (lunch.kind, lunch.ends_at - lunch.starts_at) == ("meal", 60)
    assert not calls[0].breaks_known


def test_what_the_agreements_say_of_the_rest_of_the_season(engine: Engine) -> None:
    """True of the invented plan, so they stand: meetings on the dark Monday, long days in the studio. Nobody planned
    short breaks, which is said once a pack."""
    with engine.reading() as conn:
        found = rule_flags(conn, date(2026, 9, 1), date(2027, 3, 31))
    assert Counter((flag.rule, flag.person_name) for flag in found.flags) == {
        ("production.day_off", "Danny Ortiz"): 1,
        ("production.day_off", "Ivy Lynn"): 1,
        ("production.day_off", "Linda"): 1,
        ("production.understudies", "Ivy Lynn"): 1,
        ("production.understudies", "Tess Walden"): 2,
        ("production.understudies", "Priya Raman"): 1,
        ("production.meal", "Ivy Lynn"): 1,
        ("production.meal", "Tess Walden"): 1,
    }
    assert {(flag.pack, flag.missing) for flag in found.not_checked} == {
        ("aea-29-hour", "no planned breaks recorded"),
        ("aea-production", "no planned breaks recorded"),
    }
    assert found.not_checked_count == 2


def test_the_reading_in_october_stands_under_its_own_agreement(engine: Engine) -> None:
    with engine.reading() as conn:
        found = rule_flags(conn, date(2026, 10, 5), date(2026, 10, 9), clashes=True)
    assert found.flags == []
    assert {flag.pack for flag in found.not_checked} == {"aea-29-hour"}
    # The warning at 24 hours is true of all eleven, and accepted because 29 were planned.
    assert {(flag.rule, flag.finding.measured, flag.acceptance is not None) for flag in found.accepted} == {
        ("reading29.warning", 29 * 60, True)
    }
    assert len(found.accepted) == 11


def test_parts_of_a_season_are_the_season_and_can_be_stopped(engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    first, last = date(2026, 9, 1), date(2027, 3, 31)
    with engine.reading() as conn:
        whole = rule_flags(conn, first, last)
        people = len(flag_people(conn, first, last))
        parts = list(
            rule_flags_in_parts(conn, first, last, (), lambda done, of, _phase: told.append((done, of)))
        )
        stopped = list(rule_flags_in_parts(conn, first, last, (), lambda *_told: False))
    assert sum(len(part.flags) for part in parts) == len(whole.flags)
    assert (told[0], told[-1]) == ((0, people), (people, people))
    assert stopped == []


@pytest.mark.parametrize("engine", [1], indirect=True)
def test_a_week_costs_as_many_statements_as_a_person(engine: Engine) -> None:
    with engine.reading() as conn:
        rule_flags(conn, ANCHOR, SUNDAY)
        with counting(conn) as one:
            rule_flags(conn, ANCHOR, SUNDAY, person_ids=[karen(engine)])
        with counting(conn) as everybody:
            rule_flags(conn, ANCHOR, SUNDAY, person_ids=flag_people(conn, ANCHOR, SUNDAY))
    assert len(one) <= 24
    # Who has a rule about more than two weeks is read once more.
    assert len(everybody) - 1 <= len(one) + 2 * 5


# --- the command line --------------------------------------------------------------------------------------


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["check", *arguments])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(("draft", "count", "status"), [(1, 11, 1), (2, 2, 1), (3, 0, 0)])
def test_the_command_line_counts_the_same(folder, capsys, draft, count, status) -> None:
    week = ("--person", KAREN, "--from", "2027-01-11", "--to", "2027-01-17")
    ended, out = checked(capsys, str(season(folder, draft)), *week, "--json")
    told = json.loads(out)
    assert (ended, len(told["findings"]), told["not_checked"]) == (status, count, 0)
    assert told["aid"] == "Planning aid, not legal advice"
    assert Counter(one["rule"] for one in told["findings"]) == FOUR_RULES[draft]
    assert {one["person"] for one in told["findings"]} <= {KAREN}


def test_a_finding_in_json_says_everything(folder, capsys) -> None:
    week = ("--person", "karen", "--from", "2027-01-14", "--to", "2027-01-14")
    _status, out = checked(capsys, str(season(folder, 2)), *week, "--json")
    found = next(one for one in json.loads(out)["findings"] if one["rule"] == "house.rest")
    assert {
        key: found[key] for key in ("anchor", "measured", "limit", "severity", "accepted", "pack", "repairs")
    } == {
        "anchor": "2027-01-14",
        "measured": 485,
        "limit": 720,
        "severity": "violation",
        "accepted": False,
        "pack": "two-shows",
        "repairs": ["Call Karen Cartwright at 10:10a"],
    }
    assert [(call["starts"], call["ends"]) for call in found["calls"]] == [
        ("2027-01-13T19:00", "2027-01-13T22:10"),
        ("2027-01-14T06:15", "2027-01-14T08:45"),
    ]
    assert found["source"]["agreement"] == "House default"
    assert found["source"]["verified"] is False
    assert found["words"].startswith("Karen Cartwright: Thu 14 Jan 6:15a follows Wed 10:10p – 8 h 05 of rest")


def test_to_read_it_is_a_table_with_the_aid_and_what_was_not_checked(folder, capsys) -> None:
    week = ("--from", "2027-01-11", "--to", "2027-01-17")
    status, out = checked(capsys, str(season(folder, 3)), *week, "--production", "BOMB")
    lines = out.splitlines()
    assert status == 1
    assert (
        lines[0]
        == "4 flags, 1 not checked, Mon 11 Jan 2027 to Sun 17 Jan 2027. Planning aid, not legal advice."
    )
    assert "unverified" in lines[3]
    assert "no planned breaks recorded" in lines[-1]


def test_without_days_all_that_is_planned_is_checked(folder, capsys) -> None:
    status, out = checked(capsys, str(season(folder, 3)))
    assert status == 1
    assert out.splitlines()[0].startswith("9 flags, 11 accepted, 2 not checked, Mon 5 Oct 2026 to ")
    assert checked(capsys, str(season(folder, 3)), "--person", KAREN, "--json")[0] == 0


def test_a_new_company_has_nothing_to_check(tmp_path, capsys) -> None:
    Store.create(tmp_path / "new.stagecraft").close()
    status, out = checked(capsys, str(tmp_path / "new.stagecraft"))
    assert (status, out) == (0, "Nothing is planned yet. Planning aid, not legal advice.\n")


@pytest.mark.parametrize(
    "arguments",
    [("--person", "Nobody"), ("--from", "2027-01-17", "--to", "2027-01-11"), ("--production", "NONE")],
)
def test_misuse_is_said_in_a_sentence(folder, capsys, arguments) -> None:
    assert main(["check", str(season(folder, 3)), *arguments]) == 2
    assert capsys.readouterr().err.strip().endswith(".")
