"""What all kinds of rule share: several packs, approvals, dates, bands, the term, and looking at some days only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from unit.rules.schedules import call, judged, pack, person, rule, told

from stagecraft.domain.rules.case_facts import approvals_of, facts_of
from stagecraft.domain.rules.cases import ZONE, people_of, read_cases
from stagecraft.domain.rules.check import Attachment, check, named_kinds, reach
from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.packs import Band, DatedParams, Defaults, Source

REST = rule("min_rest", {"min": 720}, id="rest")
SHORT_NIGHT = (call("rehearsal", 15, 12, 23), call("rehearsal", 16, 10, 14))


def test_all_packs_report_and_none_overrides_another():
    eleven = pack(replace(REST, id="eleven", params={"min": 660}))
    twelve, ten = pack(REST), pack(replace(REST, id="ten", params={"min": 600}))
    found = check(person(*SHORT_NIGHT), [Attachment(one, Facts()) for one in (eleven, twelve, ten)])
    assert told(found) == [("rest", "2026-09-16", 660, 720, "violation")]


def test_the_same_flag_through_two_productions_comes_once():
    attached = [Attachment(pack(REST), Facts(production=number)) for number in (1, 2)]
    assert told(check(person(*SHORT_NIGHT), attached)) == [("rest", "2026-09-16", 660, 720, "violation")]


def test_a_rule_of_one_production_looks_at_its_calls_only():
    calls = (call("rehearsal", 15, 12, 23, production=1), call("rehearsal", 16, 10, 14, production=2))
    both, own = REST, replace(REST, scope="production", id="own")
    assert told(judged(calls, both, own, facts=Facts(production=1))) == [
        ("rest", "2026-09-16", 660, 720, "violation")
    ]


def test_a_rule_that_is_off_says_nothing():
    assert judged(SHORT_NIGHT, replace(REST, enabled=False)) == []


def test_nobody_called_is_nothing_to_judge():
    assert judged((), REST, rule("moon_phase", {})) == []


def test_an_unknown_kind_is_not_checked_and_the_rest_runs():
    found = judged(SHORT_NIGHT, rule("moon_phase", {}), REST)
    assert told(found) == [
        ("moon_phase", "2026-09-15", "kind moon_phase unknown", None, "not_evaluated"),
        ("rest", "2026-09-16", 660, 720, "violation"),
    ]


def test_before_and_after_the_term_the_agreement_has_nothing_to_say():
    inside = Facts(engagement=(date(2026, 9, 15), date(2026, 9, 16)))
    assert len(judged(SHORT_NIGHT, REST, facts=inside)) == 1
    for term in ((date(2026, 9, 16), None), (None, date(2026, 9, 15))):
        assert judged(SHORT_NIGHT, REST, facts=Facts(engagement=term)) == []


def test_a_waived_flag_stays_as_information_with_its_note():
    waived = Approval("rest", date(2026, 9, 16), date(2026, 9, 16), waive=True, note="vote of 14 Sep")
    found = judged(SHORT_NIGHT, REST, approvals=[waived])
    assert [(one.severity, one.waived_by) for one in found] == [("information", "vote of 14 Sep")]


@pytest.mark.parametrize(
    ("approval", "severity"),
    [
        (Approval("rest", exception=True), "information"),
        (Approval("rest", waive=True, person="B"), "violation"),
        (Approval("rest", waive=True, production=7), "violation"),
        (Approval("rest", waive=True, production=1), "information"),
        (Approval("other", waive=True), "violation"),
        (Approval("rest", date(2026, 9, 17), waive=True), "violation"),
        (Approval("rest", None, date(2026, 9, 14), waive=True), "violation"),
        (Approval("rest", None, date(2026, 9, 15), waive=True), "information"),
    ],
)
def test_an_approval_reaches_whom_and_when_it_says(approval, severity):
    found = judged(SHORT_NIGHT, REST, approvals=[approval], facts=Facts(production=1))
    assert [one.severity for one in found] == [severity]


def test_what_is_waived_need_not_be_checked():
    notice = rule("notice", {"min": 720}, id="notice")
    assert len(judged(SHORT_NIGHT, notice)) == 2
    assert judged(SHORT_NIGHT, notice, approvals=[Approval("notice", waive=True)]) == []


def test_a_vote_sets_a_value_while_it_is_in_force():
    nights = [call("rehearsal", day, 12, 23) for day in (14, 15, 16, 17)]
    vote = Approval("rest", date(2026, 9, 16), date(2026, 9, 16), sets={"min": 840})
    assert told(judged(nights, REST, approvals=[vote])) == [("rest", "2026-09-16", 780, 840, "violation")]


def test_values_hold_from_their_date_and_a_vote_replaces_them():
    nights = [call("rehearsal", day, 12, 23) for day in (14, 15, 16, 17, 18)]
    dated = replace(
        REST,
        values=(DatedParams(date(2026, 9, 17), {"min": 900}), DatedParams(date(2026, 9, 16), {"min": 800})),
    )
    vote = Approval("rest", date(2026, 9, 18), sets={"min": 700})
    assert told(judged(nights, dated, approvals=[vote])) == [
        ("rest", "2026-09-16", 780, 800, "violation"),
        ("rest", "2026-09-17", 780, 900, "violation"),
    ]


@pytest.mark.parametrize(("least", "level"), [(661, "minor"), (719, "minor"), (720, "serious"), (900, "grave")])
def test_the_band_says_how_grave_it_is(least, level):
    bands = (Band(240, "grave"), Band(1, "minor"), Band(60, "serious"))
    found = judged(SHORT_NIGHT, replace(REST, params={"min": least}, bands=bands))
    assert [one.level for one in found] == [level]


def test_a_kind_counts_as_another_unless_a_rule_that_is_on_names_it():
    calls = (call("music", 15, 10, 20, counts_as="rehearsal"),)
    day = rule("max_total", {"window": "workday", "kinds": ["rehearsal"], "max": 60}, id="day")
    music = rule("max_count", {"window": "workday", "kinds": ["music"], "max": 5}, id="music")
    assert len(judged(calls, day)) == 1
    assert judged(calls, day, music) == []
    assert len(judged(calls, day, replace(music, enabled=False))) == 1


def test_kinds_are_named_wherever_a_parameter_lists_them():
    rules = (
        rule("gap", {"from": ["photo"], "to": ["performance"]}),
        rule("break_after", {"kinds": ["tech"], "extend_by_kind": {"fitting": 60}}),
        rule("work_in_span", {"kinds": ["rehearsal"], "span_kinds": ["put_in"]}),
        rule("min_rest", {}, values=(DatedParams(date(2026, 1, 1), {"kinds": ["class"]}),)),
        rule("engagement_window", {"from": "first_rehearsal"}),
    )
    assert named_kinds(rules) == {
        "photo", "performance", "tech", "fitting", "rehearsal", "put-in", "class",
    }  # fmt: skip


def test_put_in_is_put_in_however_it_is_spelled():
    most = rule("max_total", {"window": "workday", "kinds": ["put_in"], "max": 60})
    assert len(judged((call("put-in", 15, 10, 12),), most)) == 1


def test_the_pack_says_when_day_and_week_begin():
    calls = (call("rehearsal", 15, 22, 26), call("rehearsal", 15, 27, 28))
    day = rule("max_total", {"window": "workday", "max": 60})
    assert [one.anchor for one in judged(calls, day)] == ["2026-09-15"]
    midnight = Defaults(day_cut=0)
    assert told(judged(calls, day, defaults=midnight)) == [("max_total", "2026-09-15", 240, 60, "violation")]
    week = rule("max_total", {"window": "week", "max": 60})
    assert [one.anchor for one in judged(calls, week, defaults=Defaults(week_start=6))] == ["2026-09-13"]


def test_a_pack_may_end_its_day_at_a_gap():
    calls = (call("work_call", 15, 20, 28.5), call("work_call", 16, 6, 8), call("work_call", 16, 16, 18))
    day = rule("max_total", {"window": "workday", "max": 60})
    found = judged(calls, day, defaults=Defaults(split_gap=480))
    assert told(found) == [
        ("max_total", "2026-09-15", 630, 60, "violation"),
        ("max_total", "2026-09-16", 120, 60, "violation"),
    ]
    own = rule("max_total", {"window": "workday", "max": 60, "day_mode": "gap", "split_gap": 480})
    assert told(judged(calls, own)) == told(found)


@pytest.mark.parametrize(
    ("params", "days"),
    [
        (("min_rest", {"min": 720}), 2),
        (("min_rest", {"min": 36 * 60}), 3),
        (("max_total", {"window": "workday", "max": 1}), 1),
        (("max_total", {"window": "week", "max": 1}), 7),
        (("max_total", {"window": "rolling_days", "rolling_days": 14, "max": 1}), 14),
        (("max_total", {"window": "engagement", "max": 1}), None),
        (("allowance", {"window": "week", "exempt": 1}), 7),
        (("allowance", {"window": "week", "exempt": 1, "cap": 2, "cap_window": "engagement"}), None),
        (("average_limit", {"weeks": 4, "max": 1}), 28),
        (("extended_day_quota", {"milestone": "m", "within_days": 7, "max_days": 2}), 8),
        (("moon_phase", {}), 0),
    ],
)
def test_reach_is_what_must_be_seen_around_a_change(params, days):
    assert reach(pack(rule(*params))) == days


def test_reach_is_that_of_the_widest_rule_that_is_on():
    whole = rule("engagement_window", {"max_days": 14})
    assert reach(pack(REST, rule("max_total", {"window": "week", "max": 1}))) == 7
    assert reach(pack(REST, whole)) is None
    assert reach(pack(REST, replace(whole, enabled=False))) == 2


def test_a_week_with_a_performance_must_be_seen_whole():
    weekly = {"week_has_performance": True}
    assert reach(pack(replace(REST, when=weekly))) == 7
    assert reach(pack(replace(REST, applies=weekly))) == 7
    span = {"alternatives": [{"work": 60}, {"work": 90, "when": weekly}]}
    assert reach(pack(rule("work_in_span", span))) == 7
    assert reach(pack(rule("work_in_span", {"alternatives": [{"work": 60}]}))) == 1
    assert reach(pack(rule("max_total", {"window": "engagement", "max": 1}, when=weekly))) is None
    assert reach(pack(rule("average_limit", {"weeks": 4, "max": 1}, when=weekly))) == 28


def test_a_pack_without_rules_needs_nothing():
    assert reach(pack()) == 0


def test_only_some_rules_of_some_packs_are_asked():
    attached = [Attachment(pack(REST), Facts(production=number)) for number in (1, 2)]
    attached.append(Attachment(replace(pack(REST), id="q"), Facts()))
    asked = []

    def only(attachment, one):
        asked.append((attachment.pack.id, one.id))
        return attachment.pack.id == "q"

    assert [one.pack for one in check(person(*SHORT_NIGHT), attached, only=only)] == ["q"]
    assert asked == [("p", "rest"), ("p", "rest"), ("q", "rest")]
    assert [one.pack for one in check(person(*SHORT_NIGHT), attached)] == ["p", "q"]


def test_what_differs_only_in_what_the_sentence_needs_comes_once():
    latest = rule("time_window", {"latest": "22:00"})
    attached = [Attachment(pack(latest), Facts(production=age, age=age)) for age in (9, 10)]
    assert told(check(person(*SHORT_NIGHT), attached)) == [
        ("time_window", "2026-09-15", "23:00", "22:00", "violation")
    ]


def test_the_days_of_a_term_begin_and_end_with_the_cut():
    inside = Facts(engagement=(date(2026, 9, 15), date(2026, 9, 15)))
    calls = [call("rehearsal", 15, hour, hour + 1) for hour in (3, 4, 12, 25, 27, 28)]
    every = rule("max_count", {"window": "engagement", "max": 0})
    found = judged(calls, every, facts=inside)
    assert [(one.measured, one.calls) for one in found] == [
        (4, ("rehearsal-15-4", "rehearsal-15-12", "rehearsal-15-25", "rehearsal-15-27"))
    ]


def test_a_rule_may_want_work_periods_or_working_days_whatever_its_pack_says():
    calls = [call("work_call", 15, 10, 12), call("work_call", 15, 12.5, 14), call("work_call", 15, 22, 23)]
    days = {"window": "workday", "max": 0}
    periods = rule("max_total", {**days, "day_mode": "gap"}, id="periods")
    whole = rule("max_total", {**days, "day_mode": "workday"}, id="whole")
    own = rule("max_total", {**days, "day_mode": "gap", "split_gap": 30}, id="own")
    found = judged(calls, periods, whole, own, defaults=Defaults(split_gap=480))
    assert [(one.rule, one.measured) for one in found] == [
        ("periods", 210),
        ("periods", 60),
        ("whole", 270),
        ("own", 120),
        ("own", 90),
        ("own", 60),
    ]


def test_a_gap_may_name_one_kind_by_itself_and_a_milestone_is_none():
    assert named_kinds([rule("gap", {"from": "put_in", "to": ["tech"]})]) == {"put-in", "tech"}
    assert named_kinds([rule("engagement_window", {"from": "opening"})]) == frozenset()


def test_an_unknown_kind_is_told_of_all_the_days_there_are():
    for day, times in ((15, 1), (16, 1), (17, 0)):
        at = date(2026, 9, day)
        assert len(judged(SHORT_NIGHT, rule("moon_phase", {}), span=(at, at))) == times


FOLDER = Path(__file__).parents[2] / "fixtures" / "rules"
CASES = [
    case
    for name in ("cases.json", "edge_cases.json")
    for case in read_cases(json.loads((FOLDER / name).read_text(encoding="utf-8"))).cases
]


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_some_days_say_what_the_whole_says_about_windows_that_touch_them(case):
    people = people_of(case)
    starts = [
        date.fromisoformat(str(one.get("start", one.get("curtain_up")))[:10]) for one in case.data["calls"]
    ]
    horizon = tuple(map(date.fromisoformat, case.data["horizon"])) if "horizon" in case.data else None
    for one in people:
        facts = facts_of(case.data, one.person, None, horizon, ZONE)
        attached = [Attachment(each, facts) for each in case.packs]
        whole = check(one, attached, approvals_of(case.data))
        for first in sorted({day + timedelta(days=k) for day in starts for k in (-1, 0, 1)}):
            last = first + timedelta(days=1)
            touching = [found for found in whole if found.first_day <= last and found.last_day >= first]
            assert check(one, attached, approvals_of(case.data), (first, last)) == touching


def test_a_source_is_verified_by_somebody_on_a_day():
    assert not Source(verified_by="Linda").verified
    assert Source(verified_by="Linda", verified_on=date(2026, 11, 1)).verified
