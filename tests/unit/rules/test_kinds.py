"""Kinds of rule that sum, count and look at days, at their borders: just legal, just not, and what is measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from unit.rules.schedules import ZONE, call, judged, measured, planned, rule, told

from stagecraft.domain.rules.facts import Facts
from stagecraft.domain.times import to_instant, wall

MIN = 1 / 60
WEEK = (date(2026, 9, 14), date(2026, 9, 20))


# --- sums ----------------------------------------------------------------------------------------------------


def test_a_sum_counts_overlaps_once_and_meals_not():
    day = rule("max_total", {"window": "workday", "max": 0})
    calls = [call("rehearsal", 15, 10, 14), call("fitting", 15, 13, 15), call("rehearsal", 15, 15, 16)]
    assert measured(calls, day) == [("2026-09-15", 360)]
    meal = planned(call("rehearsal", 15, 10, 18), ("meal", 13, 14), ("short", 11, 11.25))
    assert measured([meal], day) == [("2026-09-15", 420)]
    assert measured([meal, call("fitting", 15, 13, 13.5)], day) == [("2026-09-15", 450)]


@pytest.mark.parametrize(("bridge", "minutes"), [(0, 240), (45, 240), (46, 285)])
def test_a_gap_shorter_than_the_bridge_is_work(bridge, minutes):
    day = rule("max_total", {"window": "workday", "max": 0, "bridge": bridge})
    calls = [call("rehearsal", 15, 10, 12), call("rehearsal", 15, 12.75, 14.75)]
    assert measured(calls, day) == [("2026-09-15", minutes)]


def test_a_limit_may_be_reached():
    calls = [call("rehearsal", 15, 10, 14)]
    assert measured(calls, rule("max_total", {"window": "workday", "max": 240})) == []
    assert measured(calls, rule("max_total", {"window": "workday", "max": 239})) == [("2026-09-15", 240)]


def test_presence_runs_from_first_arrival_to_last_departure_day_by_day():
    calls = [call("rehearsal", 15, 10, 11), call("rehearsal", 15, 17, 18), call("rehearsal", 16, 10, 12)]
    week = rule("max_total", {"window": "week", "presence": True, "max": 0})
    assert measured(calls, week) == [("2026-09-14", 600)]


def test_windows_are_call_day_week_run_of_days_and_engagement():
    calls = [call("rehearsal", day, 10, 12) for day in (18, 19, 21)] + [call("rehearsal", 21, 13, 14)]
    found = {
        window: measured(calls, rule("max_total", {"window": window, "rolling_days": 3, "max": 0}))
        if window == "rolling_days"
        else measured(calls, rule("max_total", {"window": window, "max": 0}))
        for window in ("call", "workday", "week", "rolling_days", "engagement")
    }
    assert found == {
        "call": [(f"2026-09-{day}T10:00", 120) for day in (18, 19, 21)] + [("2026-09-21T13:00", 60)],
        "workday": [("2026-09-18", 120), ("2026-09-19", 120), ("2026-09-21", 180)],
        "week": [("2026-09-14", 240), ("2026-09-21", 180)],
        "rolling_days": [("2026-09-18", 120), ("2026-09-19", 240), ("2026-09-21", 300)],
        "engagement": [("2026-09-18", 420)],
    }


def test_a_condition_on_days_leaves_the_other_days_out_of_the_sum():
    before = {"days_before": {"milestone": "first_public", "days": 2}}
    calls = [call("rehearsal", day, 10, 12) for day in (15, 16, 17, 18)]
    facts = Facts(milestones={"first_public": date(2026, 9, 18)})
    for window, anchor in (("engagement", "2026-09-16"), ("week", "2026-09-14")):
        one = rule("max_total", {"window": window, "max": 0}, when=before)
        found = judged(calls, one, facts=facts)
        assert [(f.anchor, f.measured) for f in found] == [(anchor, 240)]


@pytest.mark.parametrize(("school", "limit"), [(frozenset({date(2026, 9, 15)}), 360), (frozenset(), 540)])
def test_a_limit_is_adjusted_on_a_school_day(school, limit):
    params = {"window": "workday", "max": 540, "adjust": [{"if": "school_day", "add": -180}]}
    for minutes in (limit, limit + 1):
        found = judged([call("rehearsal", 15, 10, 10 + minutes / 60)], rule("max_total", params),
                       facts=Facts(school_days=school))  # fmt: skip
        assert [(f.measured, f.limit) for f in found] == ([(minutes, limit)] if minutes > limit else [])


@pytest.mark.parametrize(("minutes", "said"), [(360, []), (361, ["no school days recorded"]), (541, [541])])
def test_school_days_are_missed_only_where_they_could_matter(minutes, said):
    params = {"window": "workday", "max": 540, "adjust": [{"if": "school_day", "add": -180}]}
    found = judged([call("rehearsal", 15, 10, 10 + minutes / 60)], rule("max_total", params))
    assert [f.measured for f in found] == said


def test_what_an_allowance_does_not_exempt_falls_on_the_later_calls():
    fittings = rule("allowance", {"window": "week", "kinds": ["fitting"], "exempt": 120}, id="fit")
    params = {"kinds": ["rehearsal"], "max": 0, "add_overflow_of": ["fit"]}
    calls = [call("fitting", day, 10, 11.5) for day in (15, 16)] + [call("rehearsal", 16, 12, 13)]
    day, week = (rule("max_total", {**params, "window": window}) for window in ("workday", "week"))
    assert measured(calls, day, fittings) == [("2026-09-16", 120)]
    assert measured(calls, week, fittings) == [("2026-09-14", 120)]
    assert measured(calls, week, replace(fittings, enabled=False)) == [("2026-09-14", 60)]
    assert measured(calls, week) == [("2026-09-14", 60)]


def test_an_allowance_that_cannot_be_judged_leaves_the_sum_unchecked_where_it_could_matter():
    fittings = rule(
        "allowance",
        {"window": "week", "kinds": ["fitting"], "exempt": 60},
        id="fit",
        applies={"roles": ["actor"]},
    )
    week = {"window": "engagement", "kinds": ["rehearsal"], "max": 120, "add_overflow_of": ["fit"]}
    rehearsals = [call("rehearsal", 15, 10, 11.5)]
    fitted = [*rehearsals, call("fitting", 16, 10, 12)]
    actor = Facts(roles=frozenset({"actor"}))
    assert measured(fitted, rule("max_total", week), fittings, facts=actor) == [("2026-09-15", 150)]
    assert measured(fitted, rule("max_total", week), fittings) == [("2026-09-15", "no role recorded")]
    assert measured(rehearsals, rule("max_total", week), fittings) == []
    some = (date(2026, 9, 21), date(2026, 9, 27))
    later = [*fitted, call("rehearsal", 22, 10, 10.5)]
    found = judged(later, rule("max_total", week), fittings, facts=actor, span=some)
    assert [f.measured for f in found] == [180]


def test_a_cap_counts_exempt_minutes_too():
    capped = {"window": "week", "kinds": ["fitting"], "exempt": 120, "cap": 150, "cap_window": "workday"}
    assert measured([call("fitting", 15, 10, 12.5)], rule("allowance", capped)) == []
    assert measured([call("fitting", 15, 10, 12.5 + MIN)], rule("allowance", capped)) == [("2026-09-15", 151)]


def test_an_average_over_every_window_of_weeks():
    calls = [call("rehearsal", 14 + 7 * week, 10, 10 + hours) for week, hours in enumerate((2, 4, 6))]
    two = rule("average_limit", {"weeks": 2, "max": 180})
    assert measured(calls, two) == [("2026-09-28", 300)]
    assert measured(calls, rule("average_limit", {"weeks": 4, "max": 0})) == []
    odd = [*calls, call("fitting", 14, 14, 14 + MIN)]
    assert measured(odd, rule("average_limit", {"weeks": 2, "max": 180}))[0] == ("2026-09-21", 180.5)


def test_weeks_of_leave_are_left_out_or_count_as_nothing():
    calls = [call("rehearsal", 14 + 7 * week, 10, 14) for week in range(3)]
    facts = Facts(leave_weeks=frozenset({date(2026, 9, 23)}))
    skip = rule("average_limit", {"weeks": 2, "max": 0})
    zero = rule("average_limit", {"weeks": 2, "max": 0, "leave_weeks": "zero"})
    assert measured(calls, skip, facts=facts) == [("2026-09-28", 240)]
    assert measured(calls, zero, facts=facts) == [("2026-09-21", 120), ("2026-09-28", 120)]


def test_planned_weeks_without_a_call_count_in_an_average():
    facts = Facts(horizon=(date(2026, 9, 7), date(2026, 9, 20)))
    two = rule("average_limit", {"weeks": 2, "max": 60})
    assert measured([call("rehearsal", 15, 10, 13)], two) == []
    assert measured([call("rehearsal", 15, 10, 13)], two, facts=facts) == [("2026-09-14", 90)]


def test_a_premium_is_rounded_up_to_units():
    overtime = rule("premium", {"window": "workday", "threshold": 480, "increment": 30}, severity="premium")
    found = judged([call("work_call", 15, 8, 16 + 31 * MIN)], overtime)
    assert [(f.measured, f.limit, f.severity, f.detail["over"], f.detail["units"]) for f in found] == [
        (511, 480, "premium", 31, 2)
    ]
    assert judged([call("work_call", 15, 8, 16)], overtime) == []


def test_a_premium_is_a_cost_even_where_the_pack_forgot_to_say_so():
    found = judged([call("work_call", 15, 8, 17)], rule("premium", {"window": "workday"}))
    assert [f.severity for f in found] == ["premium"]


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [("00:00-08:00", 150), ("22:00-02:00", 240), ("06:00-07:00", 0), ("20:00-24:00", 150)],
)
def test_a_premium_between_two_clock_times(clock, minutes):
    night = rule("premium", {"window": "workday", "clock": clock})
    found = measured([call("work_call", 15, 21.5, 26.5)], night)
    assert found == ([("2026-09-15", minutes)] if minutes else [])


def test_minutes_at_night_pass_as_the_clock_changes():
    first = wall(date(2026, 11, 1), 0)
    load_out = replace(
        call("work_call", 15, 10, 11),
        starts_wall=first,
        ends_wall=first + 240,
        starts_at=to_instant(first, ZONE),
        ends_at=to_instant(first + 240, ZONE),
    )
    night = rule("premium", {"window": "workday", "clock": "01:00-02:00"})
    assert [f.measured for f in judged([load_out], night)] == [120]


# --- days ----------------------------------------------------------------------------------------------------


def test_the_closest_alternative_is_the_smallest_sum_of_what_is_over():
    both = {"alternatives": [{"work": 420, "span": 540}, {"work": 480, "span": 600}]}
    found = judged([call("rehearsal", 15, 9, 18.5)], rule("work_in_span", both))
    assert told(found) == [("work_in_span", "2026-09-15", [570, 570], [480, 600], "violation")]


def test_an_alternative_nobody_knows_to_be_open_matters_only_where_it_saves_the_day():
    params = {
        "alternatives": [
            {"work": 480, "span": 600},
            {"work": 600, "span": 720, "when": {"before": "first_public"}},
        ]
    }
    day = rule("work_in_span", params)
    assert judged([call("rehearsal", 15, 10, 18)], day) == []
    assert [f.measured for f in judged([call("rehearsal", 15, 10, 20)], day)] == [
        "no date of first_public recorded"
    ]
    assert [f.limit for f in judged([call("rehearsal", 15, 10, 21)], day)] == [[480, 600]]


def test_span_may_run_over_other_kinds_than_work():
    params = {"kinds": ["rehearsal"], "span_kinds": ["rehearsal", "fitting"], "alternatives": [{"span": 540}]}
    calls = [call("fitting", 15, 9, 10), call("rehearsal", 15, 12, 18), call("performance", 15, 20, 22)]
    assert measured(calls, rule("work_in_span", params)) == []
    assert measured([call("fitting", 15, 8, 9), *calls], rule("work_in_span", params)) == [
        ("2026-09-15", [360, 600])
    ]


def test_extended_days_count_inside_the_window_and_not_at_all_outside():
    span = {"alternatives": [{"work": 480, "span": 600}, {"work": 600, "span": 720, "extended": True}]}
    quota = rule("extended_day_quota", {"milestone": "first_public", "within_days": 3, "max_days": 1})
    facts = Facts(milestones={"first_public": date(2026, 9, 20)})
    calls = [call("tech", day, 10, 20) for day in (16, 17, 19, 20)] + [call("tech", 18, 10, 18)]
    found = judged(calls, quota, rule("work_in_span", span), facts=facts)
    assert [(f.anchor, f.measured, f.limit) for f in found] == [
        ("2026-09-16", 1, 0),
        ("2026-09-19", 2, 1),
        ("2026-09-20", 1, 0),
    ]
    unknown = judged(calls, quota, rule("work_in_span", span))
    assert told(unknown) == [
        ("extended_day_quota", "2026-09-16", "no date of first_public recorded", 1, "not_evaluated")
    ]


def test_rest_is_from_the_last_end_to_the_first_start():
    calls = [call("rehearsal", 15, 10, 23), call("fitting", 15, 20, 21), call("rehearsal", 16, 11, 12)]
    assert measured([*calls, call("fitting", 16, 10.5, 11)], rule("min_rest", {"min": 720})) == [
        ("2026-09-16", 690)
    ]
    assert measured(calls, rule("min_rest", {"min": 720})) == []
    assert measured([call("tech", 15, 20, 30), call("tech", 16, 5, 8)], rule("min_rest", {"min": 60})) == [
        ("2026-09-16", 0)
    ]


def test_rest_after_work_past_a_time():
    night = rule("min_rest", {"min": 960, "after": {"work_past": "23:00"}})
    for end, found in ((23, []), (23 + MIN, [("2026-09-16", 719)])):
        assert measured([call("tech", 15, 18, end), call("tech", 16, 11, 12)], night) == found


def test_a_run_of_days_ends_with_a_free_day():
    six = rule("max_consecutive_days", {"max": 2, "kinds": ["rehearsal"]})
    calls = [call("rehearsal", day, 10, 11) for day in (14, 15, 16, 17, 19, 20)] + [call("fitting", 18, 10, 11)]
    found = judged(calls, six)
    assert told(found) == [("max_consecutive_days", "2026-09-16", 4, 2, "violation")]
    assert (found[0].first_day, found[0].last_day) == (date(2026, 9, 14), date(2026, 9, 17))


@pytest.mark.parametrize(
    ("params", "days"),
    [
        ({"definition": "workday_free"}, 2),
        ({"definition": "workday_free", "counts_travel": False}, 3),
        ({"definition": "calendar_free"}, 1),
        ({"definition": "hours_free", "hours": 24}, 3),
        ({"definition": "hours_free", "hours": 24, "counts_travel": False}, 4),
        ({"definition": "hours_free", "hours": 57}, 1),
        ({"definition": "hours_free", "hours": 58}, 0),
    ],
)
def test_days_off_by_definition(params, days):
    calls = [call("rehearsal", day, 10, 18) for day in (14, 15, 16)]
    calls += [call("travel", 17, 10, 12), call("tech", 18, 20, 25), call("rehearsal", 21, 10, 11)]
    off = rule("day_off", {**params, "min_days": 7})
    assert measured(calls, off, facts=Facts(horizon=WEEK)) == [("2026-09-14", days)]


def test_a_free_stretch_needs_a_day_inside_the_week():
    off = rule("day_off", {"definition": "hours_free", "hours": 36, "min_days": 1})
    calls = [call("rehearsal", day, 10, 18) for day in range(14, 20)]
    weeks = Facts(horizon=(date(2026, 9, 14), date(2026, 9, 27)))
    later = [call("rehearsal", day, 10, 18) for day in (23, 24, 25, 26, 27)]
    for end, found in ((28, []), (28 + MIN, [("2026-09-14", 0)])):
        worked = [*calls, call("tech", 19, 20, end), *later]
        assert measured(worked, off, facts=weeks) == found


def test_weeks_not_wholly_planned_or_engaged_are_not_judged():
    off = rule("day_off", {"definition": "workday_free", "min_days": 1})
    calls = [call("rehearsal", day, 10, 12) for day in range(14, 21)]
    assert measured(calls, off) == [("2026-09-14", 0)]
    for facts in (
        Facts(horizon=(date(2026, 9, 15), date(2026, 9, 30))),
        Facts(horizon=(date(2026, 9, 1), date(2026, 9, 19))),
        Facts(horizon=(date(2026, 9, 1), date(2026, 9, 30)), engagement=(date(2026, 9, 15), None)),
        Facts(horizon=(date(2026, 9, 1), date(2026, 9, 30)), engagement=(None, date(2026, 9, 19))),
    ):
        assert measured(calls, off, facts=facts) == []


def test_days_the_rule_does_not_look_at_are_free_for_it():
    calls = [call("rehearsal", day, 10, 12) for day in range(14, 21)]
    off = {"definition": "workday_free", "min_days": 1}
    tech = rule("day_off", off, when={"not_days_before": {"milestone": "first_public", "days": 7}})
    for day, found in ((28, [("2026-09-14", 0)]), (27, [])):
        facts = Facts(milestones={"first_public": date(2026, 9, day)}, horizon=WEEK)
        assert measured(calls, tech, facts=facts) == found
    assert measured(calls, tech, facts=Facts(horizon=WEEK)) == [
        ("2026-09-14", "no date of first_public recorded")
    ]


def test_a_time_window_goes_by_the_working_day():
    hours = rule("time_window", {"earliest": "10:00", "latest": "24:30"})
    assert measured([call("rehearsal", 15, 10, 24.5)], hours) == []
    assert measured([call("rehearsal", 15, 10 - MIN, 24.5 + MIN)], hours) == [
        ("2026-09-15", "09:59"),
        ("2026-09-15", "24:31"),
    ]


def test_the_night_before_school_is_shorter():
    hours = rule("time_window", {"latest": "24:30", "latest_before_school_day": "24:00"})
    calls = [call("rehearsal", 15, 20, 24.25)]
    for school, found in (
        (frozenset({date(2026, 9, 16)}), [("2026-09-15", "24:15")]),
        (frozenset({date(2026, 9, 15)}), []),
        (None, [("2026-09-15", "no school days recorded")]),
    ):
        assert measured(calls, hours, facts=Facts(school_days=school)) == found
    assert measured([call("rehearsal", 15, 20, 24)], hours) == []
