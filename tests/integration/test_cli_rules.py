"""`stagecraft rules`: what it lists, shows and tries, and how it says that a pack is broken."""

from __future__ import annotations

import json

import pytest

from stagecraft.cli import main
from stagecraft.domain.rules.pack_file import house_copy, pack_toml
from stagecraft.domain.rules.shipped import shipped


@pytest.fixture
def run(capsys):
    """Exit status, what stood on standard output and on standard error."""

    def go(*arguments):
        status = main(["rules", *map(str, arguments)])
        return (status, *capsys.readouterr())

    return go


@pytest.fixture
def copy(tmp_path):
    """A house copy of the house default in a file, with 11 hours of rest."""
    pack = house_copy(shipped()["house-default"], "our-house", "Our house")
    path = tmp_path / "our-house.toml"
    path.write_text(f'{pack_toml(pack)}\n[[rules]]\nid = "house.rest"\nparams = {{ min = 660 }}\n', "utf-8")
    return path


def test_list_names_every_shipped_pack_and_that_nothing_is_verified(run):
    status, out, err = run("list")
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[9] == "house-default       House default               11 of 14 rules on  0 verified"
    assert lines[-1] == "Planning aid, not legal advice."
    listed = json.loads(run("list", "--json")[1])
    assert [pack["id"] for pack in listed["packs"]] == list(shipped())
    assert listed["problems"] == []


def test_show_says_each_rule_in_words_with_its_source(run, copy):
    status, out, _ = run("show", copy)
    assert status == 0
    assert out.splitlines()[:4] == [
        "Our house (our-house)",
        "  Edition: 2026, extends house-default",
        "  Planning aid, not legal advice.",
        "",
    ]
    assert (
        """
Overnight rest (house.rest), on
  At least 11 h 00 of rest from one working day to the next.
  For actors and stage management.
  From the end of one day to the first call of the next there are at least 12 hours.
  House default, edition 2026, clause ?, medium confidence, unverified.
  https://taylorfrancis.com/books/9781315405667/chapters/10.4324/9781315405667-22
"""
        in out
    )
    assert (
        """
Number of 10 of 12 days (house.tens), off
  Not more than ? extended days, all in the ? days before first public performance.
"""
        in out
    )


def test_show_as_json_has_the_shape_of_the_file(run):
    shown = json.loads(run("show", "aea-spt", "--json")[1])
    assert (shown["format"], shown["id"]) == ("work-rule-pack/1", "aea-spt")
    assert shown["rules"][3]["params"] == {"min": 720}


def test_test_tries_every_example(run):
    status, out, _ = run("test", "house-default")
    assert (status, out.splitlines()[-1]) == (0, "23 examples, 23 hold, 0 do not.")
    assert "  holds  house.rest  11 h 30\n" in out
    status, out, _ = run("test", "--all", "--json")
    tried = json.loads(out)
    assert (status, tried["holds"], [pack["id"] for pack in tried["packs"]]) == (0, True, list(shipped()))
    assert {pack["id"]: pack["lacking"] for pack in tried["packs"] if pack["lacking"]} == {}


def test_test_says_which_rule_of_a_copy_has_no_examples_any_more(run, copy):
    status, out, _ = run("test", copy)
    assert (status, out.splitlines()[-2:]) == (
        0,
        ["  –      house.rest  no examples", "21 examples, 21 hold, 0 do not."],
    )


def test_test_shows_an_example_that_does_not_hold(run, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(pack_toml(shipped()["house-default"]).replace("measured = 690", "measured = 700"), "utf-8")
    status, out, _ = run("test", path)
    assert status == 1
    assert (
        """
  FAILS  house.rest  11 h 30
         expected: 700 against 720 on 2026-09-16
         found: 690 against 720 on 2026-09-16
"""
        in out
    )
    assert out.splitlines()[-1] == "23 examples, 22 hold, 1 do not."


def test_a_broken_pack_is_named_with_its_key_in_one_sentence(run, copy):
    copy.write_text(copy.read_text("utf-8").replace("660", '"11h"'), "utf-8")
    said = "our-house.toml, rule “house.rest”: “params.min” must be a whole number of minutes, not “11h”; write 660.\n"
    assert run("show", copy) == (2, "", said)
    assert run("test", copy) == (2, "", said)


def test_what_is_not_there_is_said(run, tmp_path):
    assert run("show", tmp_path / "gone.toml") == (
        2,
        "",
        "gone.toml cannot be read: no such file or directory.\n",
    )
    assert run("show", "aea-ltro")[2].startswith("There is no pack “aea-ltro”; there are aea-29-hour, ")
    assert run("test") == (2, "", "Name one pack, or --all.\n")
    assert run("test", "aea-lort", "--all") == (2, "", "Name one pack, or --all.\n")


def test_cases_are_run_and_compared(run, tmp_path):
    path = tmp_path / "cases.json"
    case = {
        "id": "R1",
        "rules": [{"id": "rest", "kind": "min_rest", "params": {"min": 720}}],
        "calls": [
            {"kind": "rehearsal", "start": "2026-09-15T17:30", "end": "2026-09-15T22:30", "who": ["A"]},
            {"kind": "rehearsal", "start": "2026-09-16T10:00", "end": "2026-09-16T15:00", "who": ["A"]},
        ],
        "expect": [{"rule": "rest", "person": "A", "at": "2026-09-16", "measured": 690, "limit": 720}],
    }
    path.write_text(json.dumps({"cases": [case]}), "utf-8")
    status, out, _ = run("cases", path, "--json")
    assert (status, json.loads(out)) == (
        0,
        {"cases": [{"id": "R1", "findings": case["expect"], "agrees": True}]},
    )
    path.write_text(json.dumps({"cases": [{**case, "expect": []}]}), "utf-8")
    assert run("cases", path, "--json")[0] == 1
