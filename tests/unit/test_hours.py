"""Hours of a person: days, limits as the rules themselves measure them, and the count of a reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stagecraft.domain.hours import (
    cost_of,
    day_hours,
    hours_figure,
    hours_text,
    left_words,
    limit_words,
    measured,
    tightest,
)
from stagecraft.domain.reading_hours import reading_count, reading_rules
from stagecraft.domain.rules.calls import Break, PersonCalls, RuleCall
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.packs import DatedParams, Pack, Rule, Source
from stagecraft.domain.rules.shipped import shipped
from stagecraft.domain.times import to_instant, wall

MONDAY = date(2026, 10, 5)
ZONE = "America/New_York"


def call(day: int, hour: float, until: float, kind: str = "rehearsal", **more) -> RuleCall:
    """A call on the day so many after Monday."""
    on = MONDAY + timedelta(days=day)
    starts, ends = wall(on, int(hour * 60)), wall(on, int(until * 60))
    breaks = more.pop("breaks", ())
    given = {
        "breaks": tuple(
            Break(word, to_instant(wall(on, int(a * 60)), ZONE), to_instant(wall(on, int(b * 60)), ZONE))
            for word, a, b in breaks
        )
        or None,
        "production": 1,
        **more,
    }
    name = f"{day} {hour} {kind}"
    return RuleCall(name, kind, to_instant(starts, ZONE), to_instant(ends, ZONE), starts, ends, **given)


def person(*calls: RuleCall) -> PersonCalls:
    return PersonCalls(7, "Ana", tuple(sorted(calls, key=lambda one: one.starts_at)))


LIMIT = Rule("w.hours", "max_total", "Week", params={"window": "week", "kinds": ["rehearsal"], "max": 2520})


def pack(*rules: Rule) -> Pack:
    return Pack("w", "Test agreement", rules=rules)


# --- days ---


def test_a_day_is_worked_without_its_meal_and_spans_from_first_to_last():
    (day,) = day_hours([call(0, 10, 18, breaks=[("meal", 13, 14), ("short", 11, 11.25)])])
    assert (day.day, day.worked, day.span, day.meals, day.breaks, day.between) == (MONDAY, 420, 480, 60, 15, 0)
    assert (day.rest, day.performances, day.shares) == (None, 0, ((1, 420),))


def test_breaks_nobody_planned_are_not_none():
    one, two = call(0, 10, 13), call(0, 14, 18, breaks=[("short", 15, 15.25)])
    (day,) = day_hours([one, two])
    assert day.breaks is None
    assert day.between == 60
    assert day_hours([replace(two, breaks_whole=False)])[0].breaks is None
    assert day_hours([replace(two, breaks=())])[0].breaks == 0


def test_an_overlap_counts_once_in_the_day_and_for_each_show():
    (day,) = day_hours([call(0, 10, 14), call(0, 12, 16, production=2)])
    assert day.worked == 360
    assert day.shares == ((1, 240), (2, 240))
    assert (day.share(1), day.share(3)) == (240, 0)


def test_work_after_midnight_is_the_evenings_and_the_rest_is_measured_from_it():
    days = day_hours([call(0, 20, 26), call(1, 10, 12)])
    assert [(one.day, one.worked, one.rest) for one in days] == [
        (MONDAY, 360, None),
        (MONDAY + timedelta(days=1), 120, 480),
    ]


def test_the_night_the_clocks_go_back_is_an_hour_longer():
    saturday = (date(2026, 10, 31) - MONDAY).days
    days = day_hours([call(saturday, 20, 23), call(saturday + 1, 10, 12)])
    assert days[1].rest == 12 * 60


def test_performances_and_fittings_are_counted():
    (day,) = day_hours(
        [call(0, 13, 17, "performance"), call(0, 18, 19, "fitting"), call(0, 20, 23, "performance")]
    )
    assert (day.performances, day.fittings) == (2, 60)


@pytest.mark.parametrize(
    ("minutes", "text", "figure"),
    [
        (0, "0 h", "0"),
        (45, "45 min", "0:45"),
        (360, "6 h", "6"),
        (390, "6 h 30", "6:30"),
        (-90, "−1 h 30", "−1:30"),
    ],
)
def test_hours_as_they_are_written(minutes, text, figure):
    assert hours_text(minutes) == text
    assert hours_figure(minutes) == figure


# --- limits ---


def measure(
    *calls: RuleCall, rules: tuple[Rule, ...] = (LIMIT,), approvals: tuple[Approval, ...] = (), span=None
):
    return measured(person(*calls), [Attachment(pack(*rules), Facts(production=1))], approvals, span).measures


def test_a_week_well_inside_its_limit_is_measured_by_the_rule_itself():
    (one,) = measure(call(0, 10, 18), call(1, 10, 18), call(2, 10, 12, "fitting"))
    assert (one.used, one.limit, one.left, one.state, one.first_day) == (960, 2520, 1560, "", MONDAY)
    assert limit_words(one) == "16 h of 42 h"
    assert left_words(one) == "26 h left, unverified"


@pytest.mark.parametrize(
    ("hours", "state"), [(37.5, ""), (38, "near"), (41.75, "near"), (42, "full"), (42.25, "over")]
)
def test_nearly_used_reached_and_over(hours, state):
    days = [call(day, 10, 17) for day in range(5)]
    (one,) = measure(*days, call(5, 10, 10 + hours - 35))
    assert one.used == hours * 60
    assert one.state == state


def test_what_is_over_is_just_what_the_check_reports():
    calls = person(*(call(day, 10, 18) for day in range(6)))
    at = [Attachment(pack(LIMIT), Facts(production=1))]
    (finding,) = check(calls, at)
    (one,) = measured(calls, at).measures
    assert (one.used, one.limit) == (finding.measured, finding.limit)


def test_values_by_date_votes_and_concessions_are_those_of_the_check():
    later = replace(LIMIT, values=(DatedParams(date(2026, 10, 1), {"max": 2400}),))
    week = [call(day, 10, 17) for day in range(6)]
    assert measure(*week, rules=(later,))[0].limit == 2400
    vote = Approval("w.hours", sets={"max": 3000}, note="vote")
    assert measure(*week, approvals=(vote,))[0].limit == 3000
    waived = measure(*week, approvals=(Approval("w.hours", waive=True, note="the deputy"),))[0]
    assert (waived.waived, waived.state) == ("the deputy", "")


def test_a_missing_fact_is_said_and_nothing_measured():
    rule = replace(LIMIT, when={"cast_size": [1, 14]})
    (one,) = measure(call(0, 10, 18), rules=(rule,))
    assert (one.missing, one.used, one.limit, one.state) == ("no cast size recorded", 0, 0, "")


def test_the_tightest_limit_is_the_one_used_up_first():
    other = replace(LIMIT, id="w.all", params={"window": "week", "max": 1200})
    found = measure(call(0, 10, 18), call(1, 10, 18), rules=(LIMIT, other))
    one = tightest(found)
    assert one is not None
    assert one.rule.id == "w.all"
    assert tightest(()) is None


def test_performances_of_a_week_are_counted_too():
    rule = Rule("w.shows", "max_count", params={"window": "week", "kinds": ["performance"], "max": 8})
    (one,) = measure(*(call(day, 19, 22, "performance") for day in range(5)), rules=(rule,))
    assert (one.used, one.limit, one.minutes, limit_words(one)) == (5, 8, False, "5 of 8")


def test_overtime_is_a_cost_with_its_units():
    rule = Rule(
        "w.over",
        "premium",
        severity="premium",
        params={"window": "workday", "kinds": ["rehearsal"], "threshold": 480, "increment": 30},
    )
    found = measured(person(call(0, 9, 18.5)), [Attachment(pack(rule), Facts(production=1))])
    assert [cost_of(one) for one in found.costs] == [(90, 3)]


def test_a_verified_rule_says_nothing_more():
    known = replace(LIMIT, source=Source("Test", verified_by="Rosa", verified_on=date(2026, 9, 1)))
    (one,) = measure(call(0, 10, 18), rules=(known,))
    assert left_words(one) == "34 h left"


# --- a reading ---

READING = shipped()["aea-29-hour"]
AT = Attachment(READING, Facts(production=1, roles=frozenset({"actor"}), engagement=(MONDAY, None)))


def week() -> PersonCalls:
    """6 + 6 + 6 + 6 + 5 hours, the afternoons of Thursday and Friday read."""
    lunch = [("meal", 13, 14)]
    return person(
        *(call(day, 10, 17, "music", counts_as="rehearsal", breaks=lunch) for day in range(3)),
        call(3, 10, 13, "staging", counts_as="rehearsal"),
        call(3, 14, 17, "reading", counts_as="rehearsal"),
        call(4, 10, 12, "staging", counts_as="rehearsal"),
        call(4, 13, 16, "reading", counts_as="rehearsal"),
    )


@pytest.mark.parametrize(
    ("day", "used", "readings", "left", "state"),
    [
        (0, 6, 0, 13, ""),
        (1, 12, 0, 12, ""),
        (3, 24, 1, 10, "near"),
        (4, 29, 2, 9, "full"),
        (20, 29, 2, 0, "full"),
    ],
)
def test_twelve_of_29_and_one_of_three(day, used, readings, left, state):
    count = reading_count(week(), AT, (), MONDAY + timedelta(days=day))
    assert count is not None
    assert (count.used, count.planned, count.limit) == (used * 60, (29 - used) * 60, 29 * 60)
    assert (count.readings, count.readings_limit, count.days_left, count.state) == (readings, 3, left, state)
    assert (count.first, count.last, count.warning) == (MONDAY, date(2026, 10, 18), 1440)


def test_another_show_of_the_same_days_does_not_count():
    calls = week()
    more = replace(calls, calls=(*calls.calls, call(2, 19, 22, "performance", production=2)))
    count = reading_count(more, AT, (), MONDAY + timedelta(days=6))
    assert count is not None
    assert count.used == 29 * 60


def test_more_than_29_or_outside_the_window_is_over():
    calls = week()
    more = replace(calls, calls=(*calls.calls, call(5, 10, 11)))
    late = replace(calls, calls=(*calls.calls[:3], call(14, 10, 11)))
    for found in (more, late):
        count = reading_count(found, AT, (), MONDAY + timedelta(days=20))
        assert count is not None
        assert count.state == "over"


def test_a_vote_may_give_more_hours():
    vote = Approval("reading29.total", sets={"max": 31 * 60})
    count = reading_count(week(), AT, (vote,), MONDAY)
    assert count is not None
    assert count.limit == 31 * 60


def test_who_the_rules_are_not_for_has_no_count_and_without_a_role_it_says_so():
    director = replace(AT, facts=replace(AT.facts, roles=frozenset({"creative"})))
    assert reading_count(week(), director, (), MONDAY) is None
    unknown = reading_count(week(), replace(AT, facts=replace(AT.facts, roles=None)), (), MONDAY)
    assert unknown is not None
    assert (unknown.missing, unknown.used, unknown.days) == ("no role recorded", 0, {})


def test_before_the_first_call_the_window_is_whole():
    count = reading_count(week(), AT, (), MONDAY - timedelta(days=3))
    assert count is not None
    assert (count.used, count.planned, count.days_left) == (0, 29 * 60, 14)


def test_only_a_pack_with_hours_and_days_is_one_for_readings():
    assert reading_rules(pack(LIMIT)) is None
    found = reading_rules(READING)
    assert found is not None
    assert found.hours.id == "reading29.total"
    assert found.warning is not None
