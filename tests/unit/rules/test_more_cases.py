"""Schedules worked out by hand from the text of the agreements: engine and oracle both say what is expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rules_oracle import plain, said

from stagecraft.domain.rules import cases
from stagecraft.domain.rules.cases import read_cases, run_case

FILE = Path(__file__).parents[2] / "fixtures" / "rules" / "more_cases.json"
CASES = read_cases(json.loads(FILE.read_text(encoding="utf-8"))).cases


def told(findings):
    return sorted(json.dumps(one, sort_keys=True) for one in findings)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_schedule_says_exactly_what_was_worked_out(case):
    assert not case.problem
    assert told(run_case(case)) == told(case.data["expect"])


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_the_naive_count_says_the_same(case, monkeypatch):
    checked = cases.check

    def both(person, attachments, approvals=()):
        found = checked(person, attachments, approvals)
        engine = {(one.rule, one.anchor, plain(one.measured), plain(one.limit), one.severity) for one in found}
        assert engine == set(said(person, attachments, approvals))
        return found

    monkeypatch.setattr(cases, "check", both)
    run_case(case)
