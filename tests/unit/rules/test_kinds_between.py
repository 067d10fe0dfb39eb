"""Kinds of rule about what lies between and inside calls, what is announced and what is forbidden, at their borders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from unit.rules.schedules import at, call, judged, measured, planned, rule, show, told

from stagecraft.domain.rules.calls import Posting
from stagecraft.domain.rules.facts import Facts

MIN = 1 / 60


# --- between and inside calls ----------------------------------------------------------------------------------


MEAL = {"alternatives": [{"work": 300, "break": 60}]}
SHORT = {"alternatives": [{"work": 55, "break": 5}, {"work": 80, "break": 10}], "needs_planned_breaks": True}


def test_a_stretch_is_judged_by_the_gap_that_follows():
    def said(minutes, pause):
        calls = [planned(call("rehearsal", 15, 10, 10 + (minutes + pause + 10) * MIN), ("short", 10 + minutes * MIN,
                 10 + (minutes + pause) * MIN))]  # fmt: skip
        return [(f.measured, f.limit) for f in judged(calls, rule("break_after", SHORT))]

    assert said(55, 5) == []
    assert said(56, 5) == [(56, 55)]
    assert said(56, 9) == [(56, 55)]
    assert said(80, 10) == []
    assert said(81, 10) == [(81, 80)]


def test_a_break_that_is_too_short_is_work():
    one = planned(call("rehearsal", 15, 10, 11.5), ("short", 10.5, 10.5 + 4 * MIN))
    assert measured([one], rule("break_after", SHORT)) == [("2026-09-15T10:00", 90)]


def test_a_planned_meal_ends_a_stretch():
    meal = rule("break_after", MEAL)
    long = call("rehearsal", 15, 10, 20.5)
    assert measured([planned(long, ("meal", 15, 16))], meal) == []
    assert measured([planned(long, ("meal", 15 + MIN, 16 + MIN))], meal) == [("2026-09-15T10:00", 301)]
    assert measured([planned(long, ("meal", 14, 15))], meal) == [("2026-09-15T15:00", 330)]
    assert measured([planned(long, ("meal", 15, 16 - MIN))], meal) == [("2026-09-15T10:00", 571)]


def test_a_call_in_somebodys_meal_is_work():
    one = planned(call("rehearsal", 15, 10, 20), ("meal", 14, 15.5))
    assert measured([one], rule("break_after", MEAL)) == []
    assert measured([one, call("fitting", 15, 14.5, 15)], rule("break_after", MEAL)) == [
        ("2026-09-15T10:00", 540)
    ]


def test_elapsed_counts_what_lies_between():
    calls = [call("rehearsal", 15, 10, 12), call("rehearsal", 15, 12.5, 15.5)]
    elapsed = rule("break_after", {**MEAL, "measure": "elapsed"})
    assert measured(calls, rule("break_after", MEAL)) == []
    assert measured(calls, elapsed) == [("2026-09-15T10:00", 330)]


def test_somewhere_asks_for_one_break_in_a_long_day():
    some = rule("break_after", {"mode": "somewhere", "alternatives": [{"work": 360, "break": 20}]})
    assert measured([call("rehearsal", 15, 10, 16)], some) == []
    assert measured([call("rehearsal", 15, 10, 16 + MIN)], some) == [("2026-09-15", 361)]
    parted = [call("rehearsal", 15, 10, 11), call("rehearsal", 15, 11 + 1 / 3, 18)]
    assert measured(parted, some) == []
    close = [call("rehearsal", 15, 10, 11), call("rehearsal", 15, 11 + 19 * MIN, 18)]
    assert measured(close, some) == [("2026-09-15", 461)]
    assert measured([planned(call("rehearsal", 15, 10, 18), ("short", 12, 12 + 1 / 3))], some) == []


def test_an_early_break_does_not_count():
    early = rule("break_after", {**MEAL, "not_before": 120})
    for first, found in ((12, []), (12 - MIN, [("2026-09-15T10:00", 359)])):
        calls = [call("work_call", 15, 10, first), call("work_call", 15, 13, 17)]
        assert measured(calls, early) == found


def test_a_gap_looks_at_the_next_call_of_any_kind():
    half = rule("gap", {"from": ["rehearsal"], "to": ["performance"], "min": 90})
    calls = [call("rehearsal", 15, 12, 17.5), show(15, 19, 21)]
    assert measured(calls, half) == [("2026-09-15", 60)]
    assert measured([*calls, call("fitting", 15, 17.5, 18)], half) == []
    assert measured([call("rehearsal", 15, 12, 17), show(15, 19, 21)], half) == []
    assert measured([call("rehearsal", 15, 12, 18.75), show(15, 19, 21)], half) == []


def test_a_gap_may_be_too_long():
    after = rule("gap", {"from": ["performance"], "to": ["rehearsal"], "min": 90, "max": 180})
    for start, found in ((14.5, []), (14.5 - MIN, [89]), (16, []), (16 + MIN, [181])):
        calls = [show(15, 11, 13), call("rehearsal", 15, start, 18)]
        assert [value for _, value in measured(calls, after)] == found


def test_calls_after_a_short_gap_are_one_call():
    crew = rule("min_call", {"min": 240, "new_call_gap": 120})
    for start, found in ((12 - MIN, []), (12, [("2026-09-15T08:00", 120), ("2026-09-15T12:00", 120)])):
        assert measured([call("work_call", 15, 8, 10), call("work_call", 15, start, 14)], crew) == found
    assert measured([call("work_call", 15, 8, 12)], crew) == []


def test_a_call_again_soon_needs_less():
    tiers = [{"gap": 120, "min": 120}, {"gap": 60, "min": 60}]
    crew = rule("min_call", {"min": 240, "tiers": tiers})
    for gap, limit in ((1, 60), (1 + MIN, 120), (2, 120), (2 + MIN, 240)):
        calls = [call("work_call", 15, 8, 12), call("work_call", 15, 12 + gap, 12 + gap + 0.5)]
        assert [(f.measured, f.limit) for f in judged(calls, crew)] == [(30, limit)]


def test_two_calls_at_once():
    both = rule("overlap", {})
    calls = [call("rehearsal", 15, 10, 12), call("fitting", 15, 12, 13)]
    assert measured(calls, both) == []
    assert measured([*calls, call("photo", 15, 11.5, 12.25)], both) == [
        ("2026-09-15T11:30", 30),
        ("2026-09-15T12:00", 15),
    ]
    meal = planned(call("rehearsal", 15, 10, 18), ("meal", 13, 14))
    assert measured([meal, call("fitting", 15, 13, 14)], both) == []
    assert measured([meal, call("fitting", 15, 12.5, 14)], both) == [("2026-09-15T12:30", 30)]


def test_travel_is_asked_for_between_different_places_only():
    travel = rule("overlap", {"travel_minutes": 30})
    first = call("rehearsal", 15, 10, 12, venue="Hall")
    for venue, start, found in (
        ("Shop", 12.5, []),
        ("Shop", 12.5 - MIN, [29]),
        ("Hall", 12, []),
        (None, 12, []),
    ):
        calls = [first, call("fitting", 15, start, 13, venue=venue)]
        assert [value for _, value in measured(calls, travel)] == found


# --- what must be known, announced, forbidden --------------------------------------------------------------------


def with_postings(one, *postings):
    return replace(one, postings=tuple(Posting(*each) for each in postings))


def test_notice_runs_from_the_posting_that_last_made_it_worse():
    one = call("rehearsal", 16, 10, 15)
    span = (one.starts_at, one.ends_at)
    notice = rule("notice", {"min": 720})

    def said(*postings):
        return [value for _, value in measured([with_postings(one, *postings)], notice)]

    assert said((at(15, 22), *span)) == []
    assert said((at(15, 22 + MIN), *span)) == [719]
    assert said((at(15, 12), *span), (at(15, 23), *span)) == []
    assert said((at(15, 12), span[0] + 1, span[1]), (at(15, 23), *span)) == [660]
    assert said((at(15, 12), span[0], span[1] - 1), (at(15, 23), *span)) == [660]
    assert said((at(15, 12), span[0] - 60, span[1] + 60), (at(15, 23), *span)) == []
    assert said((at(15, 12), span[0] + 1, span[1])) == ["no posting time recorded"]
    assert said() == ["no posting time recorded"]


def test_notice_by_a_clock_time_of_the_day_before():
    one = call("rehearsal", 16, 10, 15)
    by = rule("notice", {"by": "18:00"})
    for hour, found in ((18, []), (18 + MIN, ["18:01"]), (25, ["25:00"]), (34, ["34:00"])):
        posted = with_postings(one, (at(15, hour), one.starts_at, one.ends_at))
        assert [value for _, value in measured([posted], by)] == found


def test_only_changes_where_changes_are_meant():
    one = call("rehearsal", 16, 10, 15)
    change = rule("notice", {"min": 1440, "target": "change"})
    first, last = one.starts_at, one.ends_at
    assert judged([with_postings(one, (at(15, 20), first, last))], change) == []
    assert judged([one], change) == []
    changed = with_postings(one, (at(1, 12), first + 30, last), (at(15, 20), first, last))
    assert measured([changed], change) == [("2026-09-16", 840)]


@pytest.mark.parametrize(("day", "counts", "found"), [(14, True, []), (14, False, [8640]), (15, True, [7200])])
def test_a_closing_notice(day, counts, found):
    closing = rule(
        "notice",
        {"target": "milestone", "milestone": "closing", "min": 10080, "monday_counts_as_week": counts},
    )
    facts = Facts(milestones={"closing": date(2026, 9, 20)}, notices={"closing": at(day, 23)})
    assert [value for _, value in measured([show(20, 14, 16)], closing, facts=facts)] == found
    assert measured([show(20, 14, 16)], closing, facts=replace(facts, notices={})) == [
        ("2026-09-20", "no posting time recorded")
    ]
    assert measured([show(20, 14, 16)], closing) == [("2026-09-20", "no date of closing recorded")]


def test_a_first_day_is_no_day_after_a_day_off():
    after = rule("forbidden", {"kinds": ["rehearsal"], "on": "day_after_day_off"})
    assert judged([call("rehearsal", 15, 10, 12)], after) == []
    assert judged([call("fitting", 14, 10, 12), call("rehearsal", 15, 10, 12)], after) == []
    found = judged(
        [call("fitting", 13, 10, 12), call("rehearsal", 15, 10, 12), call("rehearsal", 15, 13, 14)], after
    )
    assert told(found) == [("forbidden", "2026-09-15", "day after a day off", ["rehearsal"], "violation")]
    assert len(found[0].calls) == 2


@pytest.mark.parametrize(
    ("on", "calls", "found"),
    [
        ("two_performance_day", [show(15, 14, 16)], 0),
        ("two_performance_day", [show(15, 14, 16), show(15, 19, 21)], 1),
        ("day_after_two_two_show_days", [show(14, up, up + 2) for up in (14, 19)] + [show(13, 14, 16)], 0),
        (
            "day_after_two_two_show_days",
            [show(day, up, up + 2) for day in (13, 14) for up in (14, 19)],
            1,
        ),
        ("day_off", [call("fitting", 15, 14, 16)], 0),
        ("day_off", [call("fitting", 14, 14, 16)], 1),
        ("half_hour", [show(15, 10, 12)], 0),
        ("half_hour", [show(15, 11.5, 13)], 1),
        ("half_hour", [show(15, 12.5 - MIN, 14)], 1),
        ("half_hour", [show(15, 12.5, 14)], 0),
        ("travel_over", [call("travel", 15, 12, 19)], 0),
        ("travel_over", [call("travel", 15, 12, 19 + MIN)], 1),
        ("dates", [], 0),
    ],
)
def test_such_days(on, calls, found):
    params = {"kinds": ["rehearsal"], "on": on, "minutes": 420, "dates": ["2026-09-16"]}
    rehearsal = call("rehearsal", 15, 11, 12)
    assert len(judged([rehearsal, *calls], rule("forbidden", params))) == found


def test_the_length_of_an_engagement():
    def said(last, params, **more):
        calls = [call("rehearsal", 1, 10, 11), call("rehearsal", last, 10, 11)]
        return [(f.measured, f.limit) for f in judged(calls, rule("engagement_window", params), **more)]

    assert said(14, {"max_days": 14}) == []
    assert said(15, {"max_days": 14}) == [(15, 14)]
    assert said(14, {"max_weeks": 2}) == []
    assert said(15, {"max_weeks": 2}) == [(3, 2)]
    assert said(8, {"min_weeks": 2}) == []
    assert said(7, {"min_weeks": 2}) == [(1, 2)]
    between = {"max_days": 3, "from": "first_rehearsal", "to": "opening"}
    facts = Facts(milestones={"first_rehearsal": date(2026, 9, 2), "opening": date(2026, 9, 5)})
    assert said(20, between, facts=facts) == [(4, 3)]
    assert said(20, between) == [("no date of first_rehearsal recorded", 3)]
