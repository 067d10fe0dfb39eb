"""The case files: every schedule says exactly what is expected, and the command line tells whether it does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stagecraft.cli import main
from stagecraft.domain.rules.cases import agrees, read_cases, run_case

FOLDER = Path(__file__).parents[2] / "fixtures" / "rules"
CALL = {"kind": "rehearsal", "start": "2026-09-15T10:00", "end": "2026-09-15T11:00"}
FILES = ("cases.json", "edge_cases.json", "odd_schedules.json")


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
        "1 case, 0 agree, 1 disagree.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no json", "broken.json is no case file: it is not JSON."),
        ("[]", "broken.json: This is no case file: it has no list of “cases”."),
        (
            '{"packs": {"p": [{"id": "r"}]}, "cases": []}',
            "broken.json: Pack p cannot be read: “kind” is missing.",
        ),
    ],
)
def test_what_is_no_case_file_is_named_in_one_sentence(tmp_path, capsys, text, told):
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    assert main(["rules", "cases", str(path)]) == 2
    assert capsys.readouterr().err == f"{told}\n"


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        (1, "it is no table"),
        ({"rules": ["moon"], "calls": []}, "there is no rule “moon”"),
        ({"pack": "moon"}, "there is no pack “moon”"),
        ({"rules": [], "calls": [{"who": ["A"]}]}, "“start” is missing"),
        (
            {"calls": [{**CALL, "end": "2026-09-15T09:00", "id": "c1"}]},
            "call c1 ends before it starts",
        ),
        ({"rules": [{"id": "r", "kind": "min_rest"}], "calls": [CALL]}, "something in it has the wrong shape"),
    ],
)
def test_a_case_that_cannot_be_judged_disagrees_and_the_others_are_judged(tmp_path, capsys, case, problem):
    data = data_of("cases.json")
    data["cases"] = [case, data["cases"][0]]
    path = tmp_path / "two.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["rules", "cases", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["cases"] == [
        {"id": "1", "findings": [], "agrees": False, "problem": problem},
        {"id": "T01", "findings": [], "agrees": True},
    ]
    main(["rules", "cases", str(path)])
    assert f"    cannot be judged: {problem}" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "given",
    [
        30,
        {"Hall|Shop": 30},
        {"Shop -> Hall": 30},
        {"Hall": {"Shop": 30}},
        [["Hall", "Shop", 30]],
        [{"from": "Shop", "to": "Hall", "minutes": 30}],
    ],
)
@pytest.mark.parametrize("where", ["facts", "rule"])
def test_travel_between_venues_may_be_written_in_many_ways(given, where):
    calls = [{**CALL, "venue": "Hall"}]
    calls.append({**CALL, "start": "2026-09-15T11:10", "end": "2026-09-15T12:00", "venue": "Shop"})
    rule = {"id": "o", "kind": "overlap", "params": {"travel_minutes": given} if where == "rule" else {}}
    data = {"rules": [rule], "calls": calls, "facts": {"travel_minutes": given} if where == "facts" else {}}
    assert run_case(read_cases({"cases": [data]}).cases[0]) == [
        {"rule": "o", "person": "A", "at": "2026-09-15T11:10", "measured": 10, "limit": 30}
    ]


def test_order_does_not_matter_but_number_does():
    one = {"rule": "r", "person": "A", "at": "2026-09-15", "measured": 1, "limit": 0}
    two = {**one, "at": "2026-09-16"}
    assert agrees([one, two], [two, one])
    assert not agrees([one], [one, one])
    assert agrees([one], [{**one, "measured": 1.0}])
    assert not agrees([one], [{**one, "severity": "not_evaluated"}])
