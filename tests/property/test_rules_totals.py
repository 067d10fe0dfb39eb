"""Rules about totals and numbers: the engine says exactly what a naive count of minutes says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil

from hypothesis import given
from hypothesis import strategies as st
from rules_draws import WEEK_START, examples, facts, joined, kinds_named, optional, schedules, trials, windows

from stagecraft.domain.rules.packs import Rule

FITTINGS = st.builds(
    lambda window, exempt: Rule(
        "fittings", "allowance", params={"kinds": ["fitting"], "exempt": exempt, **window}
    ),
    windows("workday", "week", "engagement"),
    st.integers(0, 20).map(lambda n: n * 15),
)


@examples
@given(
    trials(
        "max_total",
        joined(
            windows("call", "workday", "week", "rolling_days", "engagement"),
            kinds_named(),
            optional("bridge", st.sampled_from((5, 15, 30, 60, 90))),
            optional("presence", st.booleans()),
            optional(
                "adjust", st.sampled_from((-60, -15, 30)).map(lambda add: [{"if": "school_day", "add": add}])
            ),
        ),
    )
)
def test_most_hours(trial):
    trial.agree()


@examples
@given(
    st.one_of(st.just(None), FITTINGS).flatmap(
        lambda fittings: trials(
            "max_total",
            joined(
                windows("workday", "week", "rolling_days", "engagement"),
                st.just({"kinds": ["rehearsal", "tech"], "add_overflow_of": ["fittings"] if fittings else []}),
            ),
            beside=(fittings,) if fittings else (),
        )
    )
)
def test_most_hours_with_what_an_allowance_leaves_over(trial):
    trial.agree()


@examples
@given(
    trials(
        "max_count",
        joined(windows("workday", "week", "rolling_days", "engagement"), kinds_named()),
        steps=(-1, 0, 0, 1),
    )
)
def test_most_calls(trial):
    trial.agree()


@examples
@given(
    trials(
        "allowance",
        joined(
            windows("workday", "week", "engagement"),
            st.just({"kinds": ["fitting", "rehearsal"], "exempt": 60}),
            optional("cap_window", st.sampled_from(("workday", "week", "engagement"))),
        ),
        limit="cap",
    )
)
def test_allowance(trial):
    trial.agree()


CLOCKS = st.sampled_from(("00:00-08:00", "22:00-06:00", "01:30-02:30", "23:00-24:00", "12:00-13:15"))


@examples
@given(
    trials(
        "premium",
        joined(
            windows("call", "workday", "week"),
            kinds_named(),
            optional("increment", st.sampled_from((1, 15, 30))),
            optional("clock", CLOCKS),
        ),
        limit="threshold",
    )
)
def test_overtime(trial):
    trial.agree()
    unit = trial.pack.rules[0].params.get("increment", 1)
    for one in trial.engine():
        if one.severity != "not_evaluated":
            over = one.measured - one.limit
            assert (one.detail["over"], one.detail["units"]) == (over, ceil(over / unit))


@st.composite
def with_leave(draw, calls):
    """Facts with some weeks of leave."""
    weeks = draw(st.lists(st.integers(-1, 4), max_size=3))
    away = frozenset(calls.first + timedelta(weeks=n) for n in weeks)
    return replace(draw(facts(calls)), leave_weeks=away)


@examples
@given(
    trials(
        "average_limit",
        joined(
            st.fixed_dictionaries({"weeks": st.integers(1, 4)}),
            kinds_named(),
            optional("leave_weeks", st.sampled_from(("skip", "zero"))),
            WEEK_START,
        ),
        schedule=schedules(days=30, most=12),
        known=with_leave,
    )
)
def test_average_week(trial):
    trial.agree()
