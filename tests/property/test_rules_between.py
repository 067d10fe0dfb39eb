"""Rules about what lies between calls: the engine says exactly what a naive count of minutes says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rules_draws import (
    MILESTONE,
    clock_texts,
    examples,
    facts,
    joined,
    kinds_named,
    optional,
    schedules,
    trials,
    with_postings,
)


@examples
@given(
    trials(
        "min_rest",
        joined(
            kinds_named(),
            optional("after", clock_texts(18, 27).map(lambda text: {"work_past": text})),
            st.sampled_from(({}, {"day_mode": "gap", "split_gap": 300}, {"day_mode": "gap", "split_gap": 480})),
        ),
        limit="min",
        loose=10000,
        low=1,
    )
)
def test_rest(trial):
    trial.agree()


BREAKS = st.lists(
    st.fixed_dictionaries(
        {"work": st.integers(1, 30).map(lambda n: n * 10), "break": st.sampled_from((5, 10, 15, 30, 60))}
    ),
    min_size=1,
    max_size=3,
)
LONG = schedules(days=3, most=8, kinds=("rehearsal", "rehearsal", "tech", "fitting", "music"), lengths=(2, 24))


@examples
@given(
    trials(
        "break_after",
        joined(
            kinds_named(),
            BREAKS.map(lambda some: {"alternatives": some}),
            optional("measure", st.sampled_from(("worked", "elapsed"))),
            optional("mode", st.sampled_from(("before", "somewhere"))),
            optional("extend_by_kind", st.sampled_from(({"fitting": 60}, {"fitting": 15, "music": 30}))),
            optional("not_before", st.sampled_from((30, 60, 120))),
            optional("needs_planned_breaks", st.booleans()),
        ),
        limit=None,
        schedule=LONG,
    )
)
def test_breaks(trial):
    trial.agree()


FROM_TO = st.sampled_from((["rehearsal"], ["performance"], ["rehearsal", "fitting"], ["tech", "travel"]))


@examples
@given(
    trials(
        "gap",
        joined(
            st.fixed_dictionaries({"from": FROM_TO, "to": FROM_TO}),
            optional("max", st.integers(0, 20).map(lambda n: n * 15)),
            optional("to_point", st.sampled_from(("call", "curtain_up"))),
            optional("except_from_max_work", st.integers(0, 16).map(lambda n: n * 15)),
        ),
        limit="min",
        loose=10000,
        low=0,
        schedule=schedules(days=3, most=10, lengths=(1, 16)),
    )
)
def test_time_between_calls(trial):
    trial.agree()


TIERS = st.lists(
    st.fixed_dictionaries(
        {"gap": st.integers(1, 24).map(lambda n: n * 15), "min": st.integers(1, 16).map(lambda n: n * 15)}
    ),
    min_size=1,
    max_size=2,
)


@examples
@given(
    trials(
        "min_call",
        joined(
            kinds_named(),
            optional("new_call_gap", st.integers(0, 12).map(lambda n: n * 15)),
            optional("tiers", TIERS),
        ),
        limit="min",
        loose=10000,
        low=1,
        schedule=schedules(days=3),
    )
)
def test_minimum_call(trial):
    trial.agree()


@st.composite
def with_travel(draw, calls):
    """Facts with the time from one venue to the other."""
    known = draw(facts(calls))
    return replace(
        known, travel_minutes=draw(st.sampled_from(({}, {}, {("hall", "shop"): 20}, {("shop", "hall"): 45})))
    )


@examples
@given(
    trials(
        "overlap",
        joined(kinds_named(), optional("travel_minutes", st.sampled_from((15, 30, 60, 120)))),
        limit=None,
        schedule=schedules(days=2, most=8),
        known=with_travel,
    )
)
def test_two_calls_at_once(trial):
    trial.agree()


def by(text):
    """Notice by a clock time of the day before."""
    return {"by": text}


POSTED = schedules(days=5).flatmap(with_postings)
TARGET = optional("target", st.sampled_from(("call", "change")))


@examples
@given(
    st.one_of(
        trials("notice", joined(kinds_named(), TARGET), limit="min", loose=100000, low=0, schedule=POSTED),
        trials(
            "notice", joined(kinds_named(), TARGET, clock_texts(10, 30).map(by)), limit=None, schedule=POSTED
        ),
    )
)
def test_notice_of_a_call(trial):
    trial.agree()


@st.composite
def with_notices(draw, calls):
    """Facts with a notice about the closing date."""
    known = draw(facts(calls))
    at = calls.person.calls[0].starts_at + draw(st.integers(-200, 200)) * 60
    return replace(known, notices=draw(st.sampled_from(({}, {"closing": at}, {"closing": at, MILESTONE: at}))))


@examples
@given(
    trials(
        "notice",
        joined(
            st.fixed_dictionaries(
                {"target": st.just("milestone"), "milestone": st.sampled_from(("closing", MILESTONE))}
            ),
            optional("monday_counts_as_week", st.booleans()),
        ),
        limit="min",
        loose=100000,
        low=0,
        steps=(-1, 0, 1, 1440),
        known=with_notices,
    )
)
def test_notice_of_a_date(trial):
    trial.agree()
