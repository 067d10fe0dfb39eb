"""The packs that come with the program: each says where its numbers come from, and its own examples hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stagecraft.base.resources import resources_dir
from stagecraft.domain.rules.examples import lacking, try_examples
from stagecraft.domain.rules.pack_file import pack_toml, read_pack
from stagecraft.domain.rules.parameters import RULE_KINDS
from stagecraft.domain.rules.shipped import HOUSE_DEFAULT, problems, shipped

CODES = [
    "aea-29-hour",
    "aea-development",
    "aea-lort",
    "aea-off-broadway",
    "aea-production",
    "aea-spt",
    "agma-dance",
    "canadian-theatre",
    "eu-uk-working-time",
    "house-default",
    "iatse-basics",
    "new-york-children",
    "uk-children-9",
    "uk-west-end",
]

packs = pytest.mark.parametrize("code", CODES)


def test_every_agreement_has_its_file_and_none_is_broken():
    assert (list(shipped()), problems()) == (CODES, ())
    assert [path.stem for path in sorted(resources_dir().joinpath("rules").iterdir())] == CODES


@packs
def test_every_example_holds(code):
    assert [one for one in try_examples(shipped()[code]) if not one.holds] == []


@packs
def test_every_rule_that_is_on_has_an_example_that_passes_and_one_that_does_not(code):
    assert lacking(shipped()[code]) == {}


@packs
def test_every_rule_says_where_it_comes_from_and_nobody_has_verified_it_yet(code):
    for rule in shipped()[code].rules:
        source = rule.source
        assert rule.kind in RULE_KINDS
        assert all((source.agreement, source.summary, source.evidence, source.confidence))
        assert (source.verified_by, source.verified_on) == ("", None)
        # What was read somewhere says where; what is only known cannot.
        assert source.href or source.evidence == "knowledge", rule.id


@packs
def test_a_rule_that_is_off_says_what_to_look_up(code):
    assert [rule.id for rule in shipped()[code].rules if not rule.enabled and not rule.note] == []


@packs
def test_a_pack_written_back_is_the_same_pack(code):
    pack = shipped()[code]
    text = pack_toml(pack)
    assert read_pack(text, "again.toml") == pack
    assert pack_toml(read_pack(text, "again.toml")) == text


def test_the_house_default_counts_what_the_sample_weeks_are_counted_by():
    house = shipped()[HOUSE_DEFAULT]
    four = [house.rule(f"house.{name}") for name in ("overlap", "gap", "span", "rest")]
    assert [(rule.kind, dict(rule.params)) for rule in four] == [
        ("overlap", {}),
        (
            "gap",
            {
                "from": [
                    "rehearsal",
                    "understudy",
                    "put-in",
                    "tech",
                    "fitting",
                    "press",
                    "meeting",
                    "class",
                    "presentation",
                ],
                "to": ["performance"],
                "min": 90,
            },
        ),
        ("work_in_span", {"alternatives": [{"span": 720}]}),
        ("min_rest", {"min": 720}),
    ]
    assert all(rule.enabled for rule in four)


def test_an_example_that_claims_too_much_does_not_hold():
    house = shipped()[HOUSE_DEFAULT]
    rest = house.rule("house.rest")
    wrong = replace(rest, examples=({**rest.examples[1], "expect": []},))
    (tried,) = try_examples(replace(house, rules=(wrong,)))
    assert (tried.holds, tried.found) == (
        False,
        [{"rule": "house.rest", "person": "A", "at": "2026-09-16", "measured": 690, "limit": 720}],
    )


@pytest.mark.parametrize(
    ("calls", "trouble"),
    [
        ([{"kind": "rehearsal", "start": "2026-09-15T10:00"}], "“end” is missing"),
        ([{"kind": "rehearsal", "start": "soon", "end": "later"}], "Invalid isoformat string: 'soon'"),
        ([{"kind": "rehearsal", "start": 7, "end": 8}], "Invalid isoformat string: '7'"),
        (
            [{"kind": "rehearsal", "start": "2026-09-15T10:00", "end": "2026-09-15T09:00", "id": "x"}],
            "call x ends before it starts",
        ),
    ],
)
def test_an_example_that_cannot_be_run_says_why(calls, trouble):
    house = shipped()[HOUSE_DEFAULT]
    example = {"title": "odd", "calls": calls, "expect": []}
    broken = replace(house.rule("house.rest"), examples=(example,))
    (tried,) = try_examples(replace(house, rules=(broken,)))
    assert (tried.holds, tried.trouble) == (False, trouble)
