"""Everything a week of the calendar shows, read in one go with a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from stagecraft.domain.findings import Finding
from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar import (
    AvailabilityRow,
    CallRow,
    EventRow,
    availability_rows,
    call_rows,
    conflict_rows,
    event_rows,
    working_day_numbers,
)
from stagecraft.queries.calendar_units import cast_change_words, cast_sizes
from stagecraft.store.journal import STEP
from stagecraft.store.schema import Issue

DAYS = 7


def latest_commit(conn: Connection) -> int:
    """Number of the newest change of the file: while it stays, so does everything read."""
    return int(conn.execute(select(func.max(STEP.c.commit_no))).scalar() or 0)


@dataclass(slots=True)
class WeekData:
    """Everything read for one week, in plain rows.

    `numbers` are working days by production and date, `issued` the newest version of a day's call sheet.
    """

    monday: date
    events: list[EventRow]
    calls: dict[int, list[CallRow]]
    findings: list[Finding]
    absences: list[AvailabilityRow]
    numbers: dict[int, dict[date, int]]
    casts: dict[int, int]
    changes: dict[int, str]
    issued: dict[tuple[int, date], int]


def read_week(
    conn: Connection, monday: date, productions: Iterable[int], watched: Iterable[int], rooms: Iterable[int]
) -> WeekData:
    """Read a week of these productions; `watched` people and rooms are those whose absences are shown."""
    chosen = list(productions)
    first, last = work_day_span(monday, DAYS)
    events = event_rows(conn, first, last, chosen)
    calls: dict[int, list[CallRow]] = {}
    for call in call_rows(conn, [event.id for event in events]):
        calls.setdefault(call.event_id, []).append(call)
    people, spaces = list(watched), list(rooms)
    return WeekData(
        monday=monday,
        events=events,
        calls=calls,
        findings=conflict_rows(conn, first, last, chosen),
        absences=availability_rows(conn, first, last, people, spaces) if people or spaces else [],
        numbers=working_day_numbers(conn, chosen),
        casts=cast_sizes(conn, chosen, monday, monday + timedelta(days=DAYS - 1)),
        changes=cast_change_words(conn, [e.performance_id for e in events if e.performance_id is not None]),
        issued=_issued(conn, monday, chosen),
    )


def _issued(conn: Connection, monday: date, productions: list[int]) -> dict[tuple[int, date], int]:
    found = conn.execute(
        select(Issue.production_id, Issue.about, func.max(Issue.version))
        .where(
            Issue.production_id.in_(productions),
            Issue.document == "daily-call",
            Issue.about.between(monday, monday + timedelta(days=DAYS - 1)),
        )
        .group_by(Issue.production_id, Issue.about)
    )
    return {(production, day): version for production, day, version in found if day is not None}
