"""Repairs: doing what a flag offers takes the flag away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from unit.rules.schedules import call, judged, rule

from stagecraft.domain.rules.calls import PersonCalls
from stagecraft.domain.rules.case_facts import approvals_of, facts_of
from stagecraft.domain.rules.cases import ZONE, people_of, read_cases
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.findings import Repair
from stagecraft.domain.times import wall

FOLDER = Path(__file__).parents[2] / "fixtures" / "rules"
CASES = [
    case
    for name in ("cases.json", "edge_cases.json")
    for case in read_cases(json.loads((FOLDER / name).read_text(encoding="utf-8"))).cases
]


def repaired(person, repair):
    """The person's calls after the repair: shortened to what is left, or gone."""
    calls = []
    for call_before in person.calls:
        one = call_before
        if one.id in repair.calls:
            if repair.action == "start":
                by = max(0, repair.at - one.starts_at)
                one = replace(one, starts_at=one.starts_at + by, starts_wall=one.starts_wall + by)
            elif repair.action == "end":
                by = max(0, one.ends_at - repair.at)
                one = replace(one, ends_at=one.ends_at - by, ends_wall=one.ends_wall - by)
            if repair.action in ("free", "leave") or one.starts_at >= one.ends_at:
                continue
            if one.breaks:
                kept = tuple(b for b in one.breaks if one.starts_at <= b.starts_at and b.ends_at <= one.ends_at)
                one = replace(one, breaks=kept)
        calls.append(one)
    return PersonCalls(person.person, person.name, tuple(calls))


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_every_repair_offered_takes_its_flag_away(case):
    horizon = tuple(map(date.fromisoformat, case.data["horizon"])) if "horizon" in case.data else None
    for person in people_of(case):
        facts = facts_of(case.data, person.person, None, horizon, ZONE)
        attached = [Attachment(one, facts) for one in case.packs]
        approvals = approvals_of(case.data)
        for finding in check(person, attached, approvals):
            for repair in finding.repairs:
                left = check(repaired(person, repair), attached, approvals)
                same = [(one.rule, one.anchor, one.limit) for one in left if one.severity != "not_evaluated"]
                assert (finding.rule, finding.anchor, finding.limit) not in same, repair


def test_the_nearest_repair_comes_first():
    rest = rule("min_rest", {"min": 720})
    found = judged([call("rehearsal", 15, 12, 23, 1), call("rehearsal", 16, 10.5, 14, 2)], rest)
    late, early = wall(date(2026, 9, 16), 11 * 60), wall(date(2026, 9, 15), 22 * 60 + 30)
    assert found[0].repairs == (
        Repair("start", (2,), at=late + 240, at_wall=late, minutes=30),
        Repair("end", (1,), at=early + 240, at_wall=early, minutes=30),
    )


def test_a_week_over_its_hours_is_cut_or_loses_its_lightest_day():
    week = [call("rehearsal", day, 10, 18, day) for day in range(14, 18)]
    week.append(call("rehearsal", 18, 10, 13, 18))
    found = judged(week, rule("max_total", {"window": "week", "max": 32 * 60}))
    assert [(one.action, one.calls, one.minutes) for one in found[0].repairs] == [
        ("free", (18,), 180),
    ]


def test_the_free_day_offered_really_is_one():
    days = [call("rehearsal", day, 12, 23, day) for day in range(14, 21)]
    off = rule("day_off", {"definition": "hours_free", "hours": 36, "min_days": 1})
    found = judged(days, off)
    assert [one.day for one in found[0].repairs] == [date(2026, 9, 14)]


def test_a_cost_asks_for_no_repair_of_a_short_call():
    short = rule("min_call", {"min": 240}, severity="premium")
    assert judged([call("work_call", 15, 10, 12)], short)[0].repairs == ()
