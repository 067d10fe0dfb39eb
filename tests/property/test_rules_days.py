"""Rules about days and their hours: the engine says exactly what a naive count of minutes says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rules_draws import (
    MILESTONE,
    WEEK_START,
    clock_texts,
    day_conditions,
    examples,
    joined,
    kinds_named,
    optional,
    schedules,
    trials,
)

from stagecraft.domain.rules.packs import Rule

QUARTERS = st.integers(0, 40).map(lambda n: n * 15)


@st.composite
def choices(draw, most=3):
    """Choices of work within a span, one of them always open; some count as extended days."""
    some = []
    for at in range(draw(st.integers(1, most))):
        one = draw(st.sampled_from(("work", "span", "both")))
        choice = {"work": draw(QUARTERS), "span": draw(QUARTERS) + draw(QUARTERS)}
        choice = {name: value for name, value in choice.items() if one in (name, "both")}
        if at and draw(st.booleans()):
            choice["when"] = draw(day_conditions())
        some.append(choice | ({"extended": True} if draw(st.integers(0, 2)) == 0 else {}))
    return some


SPANS = joined(
    kinds_named(),
    optional("bridge", st.sampled_from((15, 30, 60))),
    optional("span_kinds", st.sampled_from((["rehearsal"], ["rehearsal", "fitting"], ["performance", "tech"]))),
    choices().map(lambda some: {"alternatives": some}),
)


@examples
@given(trials("work_in_span", SPANS, limit=None, schedule=schedules(days=4)))
def test_hours_within_a_span(trial):
    trial.agree()


LONG_DAYS = SPANS.map(
    lambda params: Rule(
        "day", "work_in_span", params={**params, "alternatives": [*params["alternatives"], EXTENDED]}
    )
)
EXTENDED = {"work": 1440, "span": 2880, "extended": True}


@examples
@given(
    LONG_DAYS.flatmap(
        lambda day: trials(
            "extended_day_quota",
            st.fixed_dictionaries(
                {
                    "milestone": st.just(MILESTONE),
                    "within_days": st.integers(1, 7),
                    "max_days": st.integers(0, 2),
                }
            ),
            limit=None,
            schedule=schedules(days=7, busy=0.7),
            beside=(day,),
        )
    )
)
def test_number_of_extended_days(trial):
    trial.agree()


def sensible(params):
    """There is a bound, and that before a school day is the earlier one."""
    latest, eve = params.get("latest"), params.get("latest_before_school_day")
    return len(params) > 1 and not (latest and eve and eve > latest)


@examples
@given(
    trials(
        "time_window",
        joined(
            kinds_named(),
            optional("earliest", clock_texts(4, 14)),
            optional("latest", clock_texts(14, 30)),
            optional("latest_before_school_day", clock_texts(13, 28)),
        ).filter(sensible),
        limit=None,
    )
)
def test_earliest_and_latest(trial):
    trial.agree()


@examples
@given(
    trials(
        "day_off",
        joined(
            st.fixed_dictionaries({"min_days": st.integers(1, 4)}),
            st.sampled_from(
                (
                    {"definition": "workday_free"},
                    {"definition": "calendar_free"},
                    *({"definition": "hours_free", "hours": hours} for hours in (24, 35, 36, 48, 72)),
                )
            ),
            optional("counts_travel", st.booleans()),
            WEEK_START,
        ),
        limit=None,
        schedule=schedules(days=17, most=16, busy=0.85),
    )
)
def test_days_off(trial):
    trial.agree()


@examples
@given(
    trials(
        "max_consecutive_days",
        kinds_named(),
        schedule=schedules(days=9, most=10, busy=0.8),
        loose=0,
        steps=(-1, 0, 0, 1),
    )
)
def test_days_in_a_row(trial):
    trial.agree()


@examples
@given(
    trials(
        "forbidden",
        lambda calls: st.fixed_dictionaries(
            {
                "kinds": st.sampled_from((["rehearsal"], ["fitting", "tech"], ["performance"])),
                "on": st.sampled_from(
                    (
                        *("day_after_day_off", "two_performance_day", "day_after_two_two_show_days"),
                        *("dates", "day_off", "half_hour", "travel_over"),
                    )
                ),
                "dates": st.lists(
                    st.integers(0, 7).map(
                        lambda n: calls.first.fromordinal(calls.first.toordinal() + n).isoformat()
                    )
                ),
                "minutes": st.sampled_from((0, 15, 60, 120)),
            }
        ),
        limit=None,
        schedule=schedules(
            days=5,
            most=12,
            kinds=("rehearsal", "performance", "performance", "performance", "fitting", "travel", "reading"),
            lengths=(1, 8),
            busy=0.6,
        ),
    )
)
def test_not_on_such_days(trial):
    trial.agree()


@examples
@given(
    trials(
        "engagement_window",
        joined(
            optional("from", st.sampled_from((MILESTONE, "closing"))),
            optional("to", st.sampled_from((MILESTONE, "closing"))),
            optional("max_weeks", st.integers(1, 2)),
            optional("min_weeks", st.integers(1, 3)),
        ),
        limit="max_days",
        loose=0,
        low=1,
        schedule=schedules(days=15),
        steps=(-1, 0, 0, 1),
    )
)
def test_length_of_the_engagement(trial):
    trial.agree()
