"""The tables the editor's form is built from are complete, and say what is wrong with one field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stagecraft.domain.rules import conditions, kinds
from stagecraft.domain.rules import parameters as p
from stagecraft.domain.rules.parameter_values import conditions_trouble, params_trouble, value_trouble
from stagecraft.domain.rules.parameters import CONDITIONS, RULE_KINDS

FOLDER = Path(kinds.__file__).parent
FIELDS = [
    field
    for kind in RULE_KINDS.values()
    for parameter in kind.parameters
    for field in (parameter, *parameter.fields)
] + [field for one in CONDITIONS.values() for field in (one.parameter, *one.parameter.fields)]


def test_each_kind_the_engine_knows_has_its_table():
    assert sorted(RULE_KINDS) == sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
    assert len(RULE_KINDS) == 18


def test_each_condition_the_engine_knows_has_its_field():
    known = {*conditions.DAY_CONDITIONS, *conditions.WINDOW_CONDITIONS} - {"role"}
    assert set(CONDITIONS) == known


@pytest.mark.parametrize("code", RULE_KINDS)
def test_whatever_the_engine_looks_at_can_be_set(code):
    source = (FOLDER / f"{code}.py").read_text("utf-8")
    used = set(re.findall(r'params(?:\.get\(|\[)"([a-z_]+)"', source))
    if code == "extended_day_quota":
        used.discard("alternatives")  # of the rule whose days it counts
    assert used <= {parameter.name for parameter in RULE_KINDS[code].parameters}


def test_every_field_has_words_for_a_form():
    assert [field.name for field in FIELDS if not (field.label and field.help.endswith("."))] == []
    assert [field.name for field in FIELDS if field.type == p.CHOICE and not field.choices] == []
    assert [field.name for field in FIELDS if field.type in (p.TABLE, p.TABLES) and not field.fields] == []
    assert [field.name for field in FIELDS if field.type == p.MINUTES and field.unit != "minutes"] == []
    assert all(kind.label and kind.help.endswith(".") for kind in RULE_KINDS.values())


def test_defaults_are_allowed_values():
    assert [
        field.name for field in FIELDS if field.default is not None and value_trouble(field, field.default)
    ] == []


@pytest.mark.parametrize(
    ("kind", "name", "value", "said"),
    [
        ("min_rest", "min", 720, ""),
        ("min_rest", "min", "12 h", "must be a whole number of minutes, not “12 h”; write 720"),
        ("min_rest", "min", "12 h 30", "must be a whole number of minutes, not “12 h 30”; write 750"),
        ("min_rest", "min", "7.5h", "must be a whole number of minutes, not “7.5h”; write 450"),
        ("min_rest", "min", "8:15", "must be a whole number of minutes, not “8:15”; write 495"),
        ("min_rest", "min", "long", "must be a whole number of minutes, not “long”"),
        (
            "min_rest",
            "after",
            {"work_past": "25:99"},
            "work_past must be a clock time such as 23:00 or 24:30, not “25:99”",
        ),
        ("time_window", "latest", "24:30", ""),
        ("premium", "clock", "00:00-08:00", ""),
        ("premium", "clock", "08:00", "must be two clock times such as 00:00-08:00, not “08:00”"),
        ("premium", "multiplier", 1.5, ""),
        ("premium", "multiplier", 0, "must be above 0 and at most 20, not “0”"),
        ("premium", "multiplier", float("nan"), "must be above 0 and at most 20, not “nan”"),
        (
            "forbidden",
            "dates",
            ["2026-12-25", "2026-02-30"],
            "[2] must be a date such as 2027-01-14, not “2026-02-30”",
        ),
        (
            "forbidden",
            "on",
            "mondays",
            (
                "must be one of day_after_day_off, two_performance_day, day_after_two_two_show_days, dates, day_off, "
                "half_hour, travel_over, not “mondays”"
            ),
        ),
        ("break_after", "extend_by_kind", {"fitting": 60}, ""),
        (
            "break_after",
            "extend_by_kind",
            {"fitting": "1h"},
            "fitting must be a whole number of minutes, not “1h”; write 60",
        ),
        ("break_after", "alternatives", [], "must be a list of tables with at least one in it, not a list"),
        ("break_after", "alternatives", [{"work": 55}], "[1].break is missing"),
        ("max_total", "add_overflow_of", ["a b"], "[1] must name a rule of this pack, not “a b”"),
        ("max_total", "kinds", ["Rehearsal"], "[1] must be a word such as rehearsal or actor, not “Rehearsal”"),
    ],
)
def test_one_field_says_what_it_must_be(kind, name, value, said):
    assert value_trouble(RULE_KINDS[kind].parameter(name), value) == said


@pytest.mark.parametrize(
    ("kind", "params", "said"),
    [
        (
            "gap",
            {"from": ["rehearsal"], "to": ["performance"]},
            "params.min is missing; the rule needs min or max",
        ),
        (
            "max_total",
            {"window": "rolling_days", "max": 60},
            "params.rolling_days is missing; “params.window” is rolling_days",
        ),
        (
            "day_off",
            {"definition": "hours_free", "min_days": 1},
            "params.hours is missing; “params.definition” is hours_free",
        ),
        (
            "forbidden",
            {"kinds": ["tech"], "on": "travel_over"},
            "params.minutes is missing; “params.on” is travel_over",
        ),
        (
            "notice",
            {"min": 720, "target": "milestone"},
            "params.milestone is missing; “params.target” is milestone",
        ),
        (
            "allowance",
            {"window": "week", "kinds": ["fitting"], "exempt": 180, "cap": 420},
            "params.cap_window is missing; it says what “params.cap” is about",
        ),
        (
            "engagement_window",
            {"min_weeks": 8, "max_weeks": 2},
            "params.min_weeks is 8, above “params.max_weeks”, which is 2",
        ),
        (
            "work_in_span",
            {"alternatives": [{"label": "free"}]},
            "params.alternatives[1] must say work or span, or both",
        ),
        ("work_in_span", {"alternatives": [{"span": 600, "when": {"moon": 1}}]}, None),
    ],
)
def test_a_rule_needs_all_its_parts(kind, params, said):
    trouble = params_trouble(kind, params)
    if said is None:
        assert trouble.key == "params.alternatives[1].when.moon"
    else:
        assert " ".join(trouble) == said
    assert params_trouble(kind, {}, complete=False) is None


def test_conditions_say_what_they_must_be():
    around = {"days_before": {"milestone": "first_public"}}
    assert " ".join(conditions_trouble(around)) == "when.days_before.days is missing"
    assert conditions_trouble({"cast_size": [1, None], "performances_on_day": [0, 1]}) is None
    assert conditions_trouble({"before": "2027-01-14"}) is None
    assert " ".join(conditions_trouble({"before": "the end"})) == (
        "when.before must name a milestone such as first_public or be a date, not “the end”"
    )
