"""What the calendar says around a report: who was called, who was late or not there, and the next working day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from stagecraft.domain.kinds import KINDS, REHEARSAL_KINDS
from stagecraft.domain.names import filing_key
from stagecraft.domain.reports import work_text
from stagecraft.domain.times import time_text, work_day_span
from stagecraft.queries.calendar import EventRow, availability_rows, call_rows, event_rows, working_day_numbers
from stagecraft.queries.company import production_row
from stagecraft.store.schema import Attendance, Person

LOOK_AHEAD = 21
"""Days after the report among which the next working day is looked for."""


@dataclass(slots=True)
class CalledRow:
    """Somebody called that day, with the event they are marked at: their first one."""

    person_id: int
    name: str
    event_id: int


@dataclass(slots=True)
class NextLine:
    """One call of the next working day."""

    event_id: int
    starts_wall: int
    ends_wall: int
    room: str
    text: str


@dataclass(slots=True)
class ReportDay:
    """When the day's rehearsals were planned and who was called; `number` of `days` where days are counted."""

    rehearsed_from: int | None = None
    rehearsed_until: int | None = None
    number: int | None = None
    days: int | None = None
    people: list[CalledRow] = field(default_factory=list)
    next_day: date | None = None
    next_number: int | None = None
    next_lines: list[NextLine] = field(default_factory=list)


def report_day(conn: Connection, production_id: int, day: date, performance_id: int | None = None) -> ReportDay:
    """Everything a report takes from the calendar without keeping it. A fixed number of statements.

    People are those of one performance, or else of the day's other calls.
    """
    start, _ = work_day_span(day)
    _, end = work_day_span(day, LOOK_AHEAD + 1)
    events = [one for one in event_rows(conn, start, end, [production_id]) if one.state != "cancelled"]
    found = ReportDay()
    today = [one for one in events if one.day == day and _counts(one)]
    rehearsals = [one for one in today if one.kind in REHEARSAL_KINDS]
    if rehearsals:
        found.rehearsed_from = min(one.starts_wall for one in rehearsals)
        found.rehearsed_until = max(one.ends_wall for one in rehearsals)
    found.people = _called(conn, [one for one in today if _reported(one, performance_id)])
    _number(conn, found, production_id, day)
    later = sorted({one.day for one in events if one.day > day and _counts(one)})
    if later:
        found.next_day = later[0]
        found.next_lines = [_line(one) for one in events if one.day == later[0] and _counts(one)]
        numbers = working_day_numbers(conn, [production_id]).get(production_id, {})
        found.next_number = numbers.get(later[0])
    return found


def _counts(event: EventRow) -> bool:
    """Whether somebody is asked to be somewhere: meals and days off are not work."""
    kind = KINDS.get(event.kind)
    return kind is None or kind.counts_as not in ("meal", "day-off")


def _reported(event: EventRow, performance_id: int | None) -> bool:
    """Whether an event belongs into the report of this performance, or of no performance; presentations have none."""
    if performance_id is None and event.kind == "presentation":
        return True
    return event.performance_id == performance_id


def _called(conn: Connection, events: list[EventRow]) -> list[CalledRow]:
    first: dict[int, CalledRow] = {}
    calls = [one for one in call_rows(conn, [event.id for event in events]) if one.status == "called"]
    for call in sorted(calls, key=lambda one: one.starts_wall):
        first.setdefault(call.person_id, CalledRow(call.person_id, call.name, call.event_id))
    return sorted(first.values(), key=lambda one: one.name.casefold())


def _number(conn: Connection, found: ReportDay, production_id: int, day: date) -> None:
    production = production_row(conn, production_id)
    if production is not None and production.working_days is not None:
        found.days = production.working_days
        found.number = working_day_numbers(conn, [production_id]).get(production_id, {}).get(day)


def _line(event: EventRow) -> NextLine:
    units = [(unit.number, unit.name) for unit in event.units]
    text = f"#{event.number}" if event.number is not None else work_text(event.kind, event.title, units)
    return NextLine(event.id, event.starts_wall, event.ends_wall, event.space, text)


@dataclass(slots=True)
class AttendedRow:
    """Somebody who was late or not there on a day. `words` says it as a report prints it; reasons are not here.

    `mark` is the attendance row, None for an absence known beforehand.
    """

    person_id: int
    person: str
    state: str
    event_id: int
    arrived_wall: int | None
    minutes_late: int | None
    mark: int | None
    words: str


def attended_rows(
    conn: Connection, production_id: int, day: date, performance_id: int | None = None
) -> list[AttendedRow]:
    """Late and absent people as a report says them: as marked, else as their absence was noted beforehand.

    Those of one performance, or else of the day's other calls. Late ones first, by name. Six statements.
    """
    start, end = work_day_span(day)
    events = [
        one
        for one in event_rows(conn, start, end, [production_id])
        if one.state != "cancelled" and _reported(one, performance_id)
    ]
    ids = [one.id for one in events]
    marks = conn.execute(
        select(
            Attendance.person_id,
            Person.name,
            Person.sort_name,
            Attendance.state,
            Attendance.event_id,
            Attendance.arrived_wall,
            Attendance.minutes_late,
            Attendance.id,
        )
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.event_id.in_(ids))
        .order_by(Attendance.id)
    ).all()
    rows: dict[int, tuple[Any, AttendedRow]] = {}
    for person, name, sort, state, event, arrived, minutes, mark in marks:
        row = AttendedRow(person, name, state, event, arrived, minutes, mark, "")
        row.words = attended_words(row)
        rows[person] = (filing_key(sort), row)
    starts = {one.id: one.starts_wall for one in events}
    called = {call.person_id: call for call in call_rows(conn, ids) if call.status == "called"}
    for away in availability_rows(conn, start, end, called) if called else ():
        if away.person_id in rows or away.person_id is None or away.hardness != "hard":
            continue
        if away.production_id not in (None, production_id):
            continue
        call = called[away.person_id]
        if away.starts_wall <= starts[call.event_id] and away.ends_wall >= call.ends_wall:
            row = AttendedRow(call.person_id, call.name, "excused", call.event_id, None, None, None, "")
            row.words = f"{call.name}, {away.text or 'Unavailable'}"
            rows[call.person_id] = (filing_key(call.sort_name), row)
    listed = sorted(rows.values(), key=lambda one: (one[1].state != "late", one[0]))
    return [row for _, row in listed if row.state != "present"]


def attendance_groups(rows: list[AttendedRow]) -> dict[str, list[AttendedRow]]:
    """Who was late or not there under the words screen and paper share; every word is there, if with nobody."""
    groups: dict[str, list[AttendedRow]] = {"Late": [], "Absent": [], "Excused": [], "Out": []}
    words = {"late": "Late", "absent": "Absent", "injured": "Out"}
    for row in rows:
        groups[words.get(row.state, "Excused")].append(row)
    return groups


def attended_words(row: AttendedRow) -> str:
    """`Cal Webb 10:12a, 12 min`; `Sol Bright, excused`: a code word, never the reason."""
    if row.state != "late":
        return f"{row.person}, {ATTENDANCE_WORDS.get(row.state, row.state)}"
    parts = []
    if row.arrived_wall is not None:
        parts.append(time_text(row.arrived_wall))
    if row.minutes_late is not None:
        parts.append(f"{row.minutes_late} min")
    return f"{row.person} {', '.join(parts)}" if parts else f"{row.person}, late"


ATTENDANCE_WORDS: dict[str, str] = {
    "absent": "absent",
    "excused": "excused",
    "vacation": "vacation",
    "personal": "personal day",
    "injured": "out",
}
"""What a report says of an absence; an injury is only “out”."""
