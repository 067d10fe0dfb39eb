"""Double bookings against a naive oracle that marks every minute, across clock changes and two cities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from calendar_company import Company, build, check_move
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from stagecraft.domain.times import wall
from stagecraft.queries.calendar import conflict_rows
from stagecraft.services.calendar import AddAvailability, AddEvent, ClearEvents, RemoveAvailability
from stagecraft.store.store import Store

CHANGE = date(2027, 3, 14)
"""New York's clocks go forward at 2:00a."""
ROOMS = ("4A", "Stage")
ZONES = {"4A": "America/New_York", "Stage": "Europe/London"}
PEOPLE = ("Karen", "Jimmy", "Omar")

spans = st.tuples(st.integers(0, 30), st.integers(1, 16)).map(lambda found: (found[0] * 30, found[1] * 30))
events = st.tuples(
    spans, st.sampled_from(ROOMS), st.sets(st.sampled_from(PEOPLE), max_size=3), st.integers(0, 5)
)
absences = st.tuples(spans, st.sampled_from(PEOPLE))


@pytest.fixture(scope="module")
def company(tmp_path_factory) -> Iterator[Company]:
    store = Store.create(tmp_path_factory.mktemp("conflicts") / "company.stagecraft", name="x")
    yield build(store)
    store.close()


def minutes(span: tuple[int, int], zone: str) -> set[int]:
    """Every UTC minute of a wall span, found the slow way."""

    def instant(minute: int) -> int:
        local = datetime(2027, 3, 13, 20) + timedelta(minutes=minute)
        return int(local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).timestamp()) // 60

    return set(range(instant(span[0]), instant(span[0] + span[1])))


def put(company: Company, found) -> list[int]:
    """The events of an example; the last drawn number is 0 for a cancelled one."""
    start = wall(CHANGE - timedelta(days=1), 20 * 60)
    ids = []
    for index, ((first, length), room, people, luck) in enumerate(found):
        ids.append(
            company.do(
                AddEvent(
                    company.workshop if index % 2 else company.run,
                    "staging",
                    start + first,
                    start + first + length,
                    space=company.rooms[room],
                    people=tuple(company.people[name] for name in sorted(people)),
                    title=f"e{index}",
                    state="cancelled" if luck == 0 else "draft",
                )
            )
        )
    return ids


def oracle(found, ids: list[int], away) -> set[tuple[object, ...]]:
    clashes: set[tuple[object, ...]] = set()
    on = [(i, one, minutes(one[0], ZONES[one[1]])) for i, one in enumerate(found) if one[3] != 0]
    for (i, one, first), (j, other, second) in combinations(on, 2):
        if first & second:
            clashes |= {("overlap.person", name, ids[i], ids[j]) for name in one[2] & other[2]}
            if one[1] == other[1]:
                clashes.add(("overlap.space", one[1], ids[i], ids[j]))
    for i, one, first in on:
        for span, name in away:
            if name in one[2] and first & minutes(span, "America/New_York"):
                clashes.add(("unavailable.person", name, ids[i]))
    return clashes


def as_keys(findings) -> set[tuple[object, ...]]:
    return {(finding.rule, finding.name, *sorted(finding.events)) for finding in findings}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    found=st.lists(events, min_size=1, max_size=7), away=st.lists(absences, max_size=2), by=st.integers(-8, 8)
)
def test_what_is_found_is_what_a_minute_by_minute_count_finds(company, found, away, by):
    moved = [((found[0][0][0] + by * 30, found[0][0][1]), *found[0][1:3], 1), *found[1:]]
    assume(all(minutes(one[0], ZONES[one[1]]) for one in (*found, *moved)))
    assume(all(minutes(span, "America/New_York") for span, _name in away))
    ids = put(company, found)
    start = wall(CHANGE - timedelta(days=1), 20 * 60)
    noted = [
        company.do(
            AddAvailability(
                start + first, start + first + length, person=company.people[name], zone="America/New_York"
            )
        )
        for (first, length), name in away
    ]
    try:
        rows = company.read(conflict_rows, start - 1440, start + 3 * 1440, ())
        assert as_keys(rows) == oracle(found, ids, away)
        held = {key for key in oracle(moved, ids, away) if ids[0] in key[2:]}
        assert as_keys(check_move(company, ids[0], by * 30).findings) == held
    finally:
        company.do(ClearEvents(tuple(ids)))
        for row in noted:
            company.do(RemoveAvailability(row))
