"""How fast work rules are with ten years of data under three agreements: `pytest -m benchmark tests/benchmarks -s`.

Figures of time are asserted as the issue names them, of the best round; besides, what an edit costs is compared with
what reading the week costs, so that a slow machine does not excuse a slow check.
"""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar import call_rows, event_rows
from stagecraft.queries.rules import flag_people, held_check, rule_flags, rule_flags_in_parts
from stagecraft.store.schema import Call, Event
from tests.benchmarks.ten_years import BUSY_MONDAY
from tests.benchmarks.test_speed import milliseconds, told

pytestmark = pytest.mark.benchmark

SUNDAY = BUSY_MONDAY + timedelta(days=6)
EDIT_MS = 50
"""One week of the people around an edit, with its queries."""
YEAR_S = 20
EDIT_OF_WEEK = 3
"""Times what the calendar needs to read its week: says more than milliseconds on a busy machine."""


def called(conn, kind: str) -> list[int]:
    """The people of one event of that kind on the busy Monday."""
    starts, ends = work_day_span(BUSY_MONDAY)
    event = conn.execute(
        select(Event.id).where(Event.kind == kind, Event.starts_wall.between(starts, ends)).limit(1)
    ).scalar_one()
    return sorted(conn.execute(select(Call.person_id).where(Call.event_id == event)).scalars())


@pytest.mark.parametrize(("kind", "many"), [("staging", 4), ("performance", 20)])
def test_the_week_of_an_edit_is_checked_again_at_once(engine, kind, many):
    with engine.reading() as conn:
        people = called(conn, kind)
        span = work_day_span(BUSY_MONDAY, 7)
        week = milliseconds(lambda: call_rows(conn, [row.id for row in event_rows(conn, *span)]))
        taken = milliseconds(lambda: rule_flags(conn, BUSY_MONDAY, SUNDAY, (), people))
        assert rule_flags(conn, BUSY_MONDAY, SUNDAY, (), people).flags
    assert len(people) >= many
    told(f"rules: a week of {len(people)} people", taken)
    told("calendar: the week itself", week)
    assert taken[0] < EDIT_MS
    assert taken[0] <= EDIT_OF_WEEK * week[0]


def test_a_held_call_is_checked_without_being_felt(engine):
    with engine.reading() as conn:
        people = called(conn, "performance")
        held = held_check(conn, people, BUSY_MONDAY, SUNDAY)
    event = next(iter(held.people[people[0]].parts))
    part = held.people[people[0]].parts[event]
    moved = {event: (part.starts_wall + 30, part.ends_wall + 30)}
    taken = milliseconds(lambda: [held.at(person, moved) for person in people])
    told(f"rules: {len(people)} people under the pointer", taken)
    assert taken[0] < EDIT_MS


def test_a_year_of_everybody_is_checked_in_the_background(engine):
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    progress: list[tuple[int, int]] = []
    began = time.perf_counter()
    with engine.reading() as conn:
        people = len(flag_people(conn, first, last))
        flags = sum(
            len(part.flags)
            for part in rule_flags_in_parts(
                conn, first, last, (), lambda done, of, _: progress.append((done, of))
            )
        )
    taken = time.perf_counter() - began
    print(f"\nrules: a year of {people} people, {flags} flags: {taken:.1f} s")
    assert progress[-1] == (people, people)
    assert len(progress) > 5
    assert taken < YEAR_S
