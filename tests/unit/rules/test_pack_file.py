"""Reading packs: what they say, and that whatever is wrong is refused in one sentence naming file and key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pack_texts import PACK

from stagecraft.base.errors import FileProblem
from stagecraft.domain.rules.pack_file import (
    LIMIT,
    PackProblem,
    house_copy,
    pack_toml,
    read_pack,
    read_pack_file,
)
from stagecraft.domain.rules.packs import Band, DatedParams, Defaults, Source


def refused(text, name="ours.toml", base=None):
    with pytest.raises(PackProblem) as caught:
        read_pack(text, name, base)
    return caught.value.message


# --- what is read ------------------------------------------------------------------------------------------------


def test_a_pack_says_all_this():
    pack = read_pack(PACK, "ours.toml")
    rest = pack.rule("ours.rest")
    assert (pack.id, pack.title, pack.edition, pack.extends) == ("ours", "Our agreement", "2026", "")
    assert (pack.effective_from, pack.effective_to) == (date(2026, 1, 1), date(2027, 12, 31))
    assert pack.defaults == Defaults(week_start=6, day_cut=300, half_hour=35)
    assert rest.applies == {"roles": ["actor"], "age": [16, None]}
    assert rest.values == (DatedParams(date(2027, 1, 1), {"min": 690}),)
    assert rest.bands == (Band(1, "minor"), Band(60, "serious"))
    assert rest.source == Source(
        agreement="Ours",
        clause="7(b)",
        summary="12 hours overnight.",
        evidence="primary",
        confidence="high",
        verified_by="Linda",
        verified_on=date(2026, 5, 4),
    )
    assert [call["start"] for call in rest.examples[0]["calls"]] == ["2026-09-15T17:00", "2026-09-16T10:00"]


def test_a_pack_written_back_reads_the_same():
    pack = read_pack(PACK, "ours.toml")
    assert read_pack(pack_toml(pack), "ours.toml") == pack


def test_what_goes_without_saying_may_be_left_out():
    text = """\
id = "small"
title = "Small"
[[rules]]
id = "small.rest"
kind = "min_rest"
applies = { role = "crew" }
params = { min = 480 }
source = { agreement = "Ours", summary = "8 hours.", confidence = "low", evidence = "a letter" }
"""
    pack = read_pack(text, "small.toml")
    assert pack.rules[0].title == "Rest overnight"
    assert pack.rules[0].applies == {"roles": ["crew"]}
    assert pack.defaults == Defaults()


def test_working_days_may_end_at_a_gap():
    gap = PACK.replace("half_hour_minutes = 35", 'day_mode = "gap"\nsplit_gap = 480')
    pack = read_pack(gap, "ours.toml")
    assert pack.defaults.split_gap == 480
    assert read_pack(pack_toml(pack), "ours.toml") == pack
    assert refused(gap.replace("split_gap = 480", "")) == (
        "ours.toml: “defaults.split_gap” is missing; “day_mode” is gap."
    )
    assert (
        refused(gap.replace('"gap"', '"workday"'))
        == "ours.toml: “defaults.split_gap” needs “day_mode” to be gap."
    )
    copy = replace(house_copy(pack, "copy", "Copy"), defaults=Defaults())
    assert read_pack(pack_toml(copy, pack), "copy.toml", {"ours": pack}.get) == copy


def test_letters_of_every_sort_survive():
    note = "Zoë’s “rest”\nline two \\ 李 end"
    pack = replace(read_pack(PACK, "ours.toml"), title='A "quoted" \\ title', note=note)
    assert read_pack(pack_toml(pack), "ours.toml") == pack


def test_a_rule_of_an_unknown_kind_is_kept_as_it_is():
    pack = read_pack(PACK.replace('kind = "gap"', 'kind = "tea_with_the_king"'), "ours.toml")
    assert (pack.rule("ours.gap").kind, pack.rule("ours.gap").params["max"]) == ("tea_with_the_king", 180)
    assert read_pack(pack_toml(pack), "ours.toml") == pack


def test_a_rule_that_is_off_may_lack_its_numbers():
    assert "exempt" not in read_pack(PACK, "ours.toml").rule("ours.fittings").params
    assert refused(PACK.replace('enabled = false\nnote = "Look it up."', "enabled = true")) == (
        "ours.toml, rule “ours.fittings”: “params.exempt” is missing."
    )


# --- what is refused -----------------------------------------------------------------------------------------------

WRONG = {
    "dangling allowance": (
        ('add_overflow_of = ["ours.fittings"]', 'add_overflow_of = ["ours.fitings"]'),
        "rule “ours.week”: “params.add_overflow_of” names “ours.fitings”; there is no such rule in this pack.",
    ),
    "overflow of no allowance": (
        ('add_overflow_of = ["ours.fittings"]', 'add_overflow_of = ["ours.rest"]'),
        "rule “ours.week”: “params.add_overflow_of” names “ours.rest”, which is no allowance.",
    ),
    "quota of nothing": (
        ("extended = true, ", ""),
        "rule “ours.tens”: “kind” counts extended days, but no rule of this pack that is on has any.",
    ),
    "quota without a milestone": (
        ('params = { milestone = "first_public", within_days', "params = { within_days"),
        "rule “ours.tens”: “params.milestone” is missing.",
    ),
    "min above max": (
        ("min = 90, max = 180", "min = 190, max = 180"),
        "rule “ours.gap”: “params.min” is 190, above “params.max”, which is 180.",
    ),
    "earliest after latest": (
        ('earliest = "10:00"', 'earliest = "23:30"'),
        "rule “ours.window”: “params.earliest” is 23:30, later than “params.latest”, which is 23:00.",
    ),
    "no clock time": (
        ('latest = "23:00"', 'latest = "11pm"'),
        "rule “ours.window”: “params.latest” must be a clock time such as 23:00 or 24:30, not “11pm”.",
    ),
    "hours instead of minutes": (
        ("[rules.params]\nmin = 720", '[rules.params]\nmin = "8h"'),
        "rule “ours.rest”: “params.min” must be a whole number of minutes, not “8h”; write 480.",
    ),
    "a fraction": (
        ("[rules.params]\nmin = 720", "[rules.params]\nmin = 7.5"),
        "rule “ours.rest”: “params.min” must be a whole number of minutes, not “7.5”.",
    ),
    "yes for a number": (
        ("[rules.params]\nmin = 720", "[rules.params]\nmin = true"),
        "rule “ours.rest”: “params.min” must be a whole number of minutes, not yes.",
    ),
    "negative": (
        ("[rules.params]\nmin = 720", "[rules.params]\nmin = -720"),
        "rule “ours.rest”: “params.min” must be between 1 and 5760 minutes, not “-720”.",
    ),
    "absurd": (
        ("[rules.params]\nmin = 720", "[rules.params]\nmin = 720000"),
        "rule “ours.rest”: “params.min” must be between 1 and 5760 minutes, not “720000”.",
    ),
    "a later value that is absurd": (
        ("params = { min = 690 }", "params = { min = 0 }"),
        "rule “ours.rest”: “values[1].params.min” must be between 1 and 5760 minutes, not “0”.",
    ),
    "work beyond its span": (
        ("{ work = 420, span = 540 }", "{ work = 420, span = 54 }"),
        "rule “ours.day”: “params.alternatives[1].work” is 420, above its span of 54.",
    ),
    "no source": (
        ('source = { agreement = "Ours", summary = "45 hours.", confidence = "low" }', ""),
        "rule “ours.week”: “source” is missing; a rule that is on says where it comes from.",
    ),
    "no summary": (
        ('summary = "45 hours.", ', ""),
        "rule “ours.week”: “source.summary” is missing.",
    ),
    "no confidence": (
        ('summary = "45 hours.", confidence = "low"', 'summary = "45 hours."'),
        "rule “ours.week”: “source.confidence” is missing.",
    ),
    "a confidence nobody knows": (
        ('summary = "45 hours.", confidence = "low"', 'summary = "45 hours.", confidence = "so-so"'),
        "rule “ours.week”: “source.confidence” must be one of high, medium, low, not “so-so”.",
    ),
    "half a verification": (
        ("verified_on = 2026-05-04\n", ""),
        "rule “ours.rest”: “source.verified_on” is missing; a verified rule says by whom and on which day.",
    ),
    "the same id twice": (
        ('id = "ours.gap"', 'id = "ours.week"'),
        "“rules[7].id” is “ours.week”, which is taken by a rule above.",
    ),
    "unknown parameter": (
        ("[rules.params]\nmin = 720", "[rules.params]\nmin = 720\nminimum = 3"),
        (
            "rule “ours.rest”: “params.minimum” is nothing that a rule of kind min_rest has; "
            "it has min, kinds, day_mode, split_gap, after."
        ),
    ),
    "unknown condition": (
        ('when = { from = "first_rehearsal" }', "when = { full_moon = true }"),
        (
            "rule “ours.rest”: “when.full_moon” is no condition there; there are roles, age, cast_size, from, before, "
            "days_before, not_days_before, days_after, performances_on_day, not_student_matinee, week_has_performance, "
            "school_day."
        ),
    ),
    "a day where a person is meant": (
        ('applies = { roles = ["actor"], age', 'applies = { school_day = true, roles = ["actor"], age'),
        "rule “ours.rest”: “applies.school_day” is no condition there; there are roles, age, cast_size.",
    ),
    "ages the wrong way round": (
        ("age = { min = 16 }", "age = [16, 9]"),
        "rule “ours.rest”: “applies.age” begins at 16, above its end 9.",
    ),
    "wrong type": (
        ('from = ["rehearsal"]', 'from = "rehearsal"'),
        "rule “ours.gap”: “params.from” must be a list of kinds of call with at least one in it, not “rehearsal”.",
    ),
    "bad date": (
        ("values = [{ from = 2027-01-01", 'values = [{ from = "January"'),
        "rule “ours.rest”: “values[1].from” must be a date such as 2027-01-14, not “January”.",
    ),
    "ends before it begins": (
        ("effective_to = 2027-12-31", "effective_to = 2025-12-31"),
        "“effective_to” is 2025-12-31, before “effective_from”, 2026-01-01.",
    ),
    "bands out of order": (
        ("{ over = 60, level", "{ over = 1, level"),
        "rule “ours.rest”: “bands[2].over” is 1, not above the one before it, 1.",
    ),
    "unknown key": (
        ('edition = "2026"', 'edition = "2026"\nyear = 2026'),
        (
            "“year” is unknown; known are format, id, title, edition, effective_from, effective_to, extends, note, "
            "defaults, rules."
        ),
    ),
    "misspelt severity": (
        ('kind = "gap"', 'kind = "gap"\nseverity = "deadly"'),
        "rule “ours.gap”: “severity” must be one of violation, premium, warning, not “deadly”.",
    ),
    "no kind": (
        ('kind = "gap"\n', ""),
        "rule “ours.gap”: “kind” is missing; there is no rule of that id to take it from.",
    ),
    "no id": (('id = "ours.gap"\n', ""), "“rules[7].id” is missing."),
    "an id with blanks": (
        ('id = "ours.gap"', 'id = "our gap"'),
        "“rules[7].id” must be words joined by dots such as house.rest, not “our gap”.",
    ),
    "a code with blanks": (
        ('id = "ours"', 'id = "ours and yours"'),
        "“id” must be small letters and digits joined by hyphens, not “ours and yours”.",
    ),
    "the code that means no rules": (
        ('id = "ours"', 'id = "none"'),
        "“id” must be small letters and digits joined by hyphens, not “none”.",
    ),
    "of a later program": (
        ("work-rule-pack/1", "work-rule-pack/2"),
        "“format” is “work-rule-pack/2”, of another version of this program; this one reads work-rule-pack/1.",
    ),
    "a week that begins nowhere": (
        ('week_start = "sunday"', 'week_start = "someday"'),
        (
            "“defaults.week_start” must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, "
            "not “someday”."
        ),
    ),
    "an example without calls": (
        ("expect = []", ""),
        "rule “ours.rest”: “examples[1].expect” is missing; an example that passes expects nothing: [].",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_with_file_and_key(case):
    (before, after), said = WRONG[case]
    assert PACK.count(before) == 1
    place = "ours.toml, " if said.startswith("rule ") else "ours.toml: "
    assert refused(PACK.replace(before, after)) == place + said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ours.toml: “id” is missing."),
        (
            "not toml at all",
            "ours.toml: this is no TOML: expected '=' after a key in a key/value pair (at line 1, column 5).",
        ),
        ("x = " + "[" * 3000, "ours.toml: this is no TOML that can be read."),
        ("x = " + "9" * 5000, "ours.toml: this is no TOML that can be read."),
        (" " * (LIMIT + 1), "ours.toml: this is longer than 1,000,000 letters; no pack is."),
        ('id = "ours"\ntitle = "Ours"', "ours.toml: “rules” is missing; a pack has at least one rule."),
    ],
)
def test_what_is_no_pack_is_refused(text, said):
    assert refused(text) == said


def test_a_file_must_be_there_and_be_text(tmp_path):
    with pytest.raises(FileProblem) as missing:
        read_pack_file(tmp_path / "no.toml")
    assert missing.value.message == "no.toml cannot be read: no such file or directory."
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b'id = "caf\xe9"')
    with pytest.raises(PackProblem) as caught:
        read_pack_file(odd)
    assert caught.value.message == "odd.toml: this is no text in UTF-8; a pack is a TOML file."
    good = tmp_path / "good.toml"
    good.write_bytes(b"\xef\xbb\xbf" + PACK.encode())
    assert read_pack_file(good).id == "ours"
