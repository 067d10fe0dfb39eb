"""The case files: every schedule says exactly what is expected, and the command line tells whether it does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stagecraft.cli import main
from stagecraft.domain.rules.cases import CaseProblem, agrees, read_cases, run_case

FOLDER = Path(__file__).parents[2] / "fixtures" / "rules"
FILES = ("cases.json", "edge_cases.json")


def data_of(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


ALL = [(name, case) for name in FILES for case in read_cases(data_of(name)).cases]


@pytest.mark.parametrize(("name", "case"), ALL, ids=[f"{name}-{case.id}" for name, case in ALL])
def test_a_schedule_says_exactly_what_is_expected(name, case):
    def told(findings):
        return sorted(json.dumps(one, sort_keys=True) for one in findings)

    assert told(run_case(case)) == told(case.data["expect"])


def test_the_command_tells_each_case(capsys):
    assert main(["rules", "cases", str(FOLDER / "cases.json"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [case["id"] for case in told["cases"]] == [case["id"] for case in data_of("cases.json")["cases"]]
    assert {case["agrees"] for case in told["cases"]} == {True}
    assert told["cases"][1]["findings"] == [
        {"rule": "lort.meal", "person": "A", "at": "2026-09-15T10:00", "measured": 305, "limit": 300}
    ]


def test_a_case_that_disagrees_is_told_and_ends_with_1(tmp_path, capsys):
    data = data_of("cases.json")
    data["cases"] = data["cases"][1:2]
    data["cases"][0]["expect"] = []
    path = tmp_path / "one.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["rules", "cases", str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "T02  DISAGREES  Five minutes over before the meal",
        "    said: lort.meal A 2026-09-15T10:00 305 against 300",
        "    expected: nothing",
        "1 cases, 0 agree, 1 disagree.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no json", "broken.json is no case file: it is not JSON."),
        ("[]", "broken.json: This is no case file: it has no list of “cases”."),
        ('{"cases": [1]}', "broken.json: Case 1 cannot be read: it is no table."),
        (
            '{"cases": [{"id": "X", "rules": ["moon"], "calls": []}]}',
            "broken.json: Case X cannot be read: there is no rule “moon”.",
        ),
        (
            '{"cases": [{"id": "X", "rules": [], "calls": [{"who": ["A"]}]}]}',
            "broken.json: Case X cannot be read: “start” is missing.",
        ),
        (
            '{"packs": {"p": [{"id": "r"}]}, "cases": []}',
            "broken.json: Pack p cannot be read: “kind” is missing.",
        ),
        (
            (
                '{"cases": [{"id": "X", "rules": [{"id": "r", "kind": "min_rest"}], "expect": [],'
                ' "calls": [{"kind": "rehearsal", "start": "2026-09-15T10:00", "end": "2026-09-15T11:00"}]}]}'
            ),
            "Case X cannot be judged: something in it has the wrong shape.",
        ),
    ],
)
def test_what_is_no_case_file_is_named_in_one_sentence(tmp_path, capsys, text, told):
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    assert main(["rules", "cases", str(path)]) == 2
    assert capsys.readouterr().err == f"{told}\n"


def test_a_call_that_ends_before_it_starts_is_refused():
    call = {"kind": "rehearsal", "start": "2026-09-15T10:00", "end": "2026-09-15T09:00", "id": "c1"}
    with pytest.raises(CaseProblem, match=r"Case X cannot be read: call c1 ends before it starts\."):
        read_cases({"cases": [{"id": "X", "rules": [], "calls": [call]}]})


def test_order_does_not_matter_but_number_does():
    one = {"rule": "r", "person": "A", "at": "2026-09-15", "measured": 1, "limit": 0}
    two = {**one, "at": "2026-09-16"}
    assert agrees([one, two], [two, one])
    assert not agrees([one], [one, one])
    assert not agrees([one], [{**one, "severity": "not_evaluated"}])
