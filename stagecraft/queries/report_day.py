"""What the calendar says around a report: when people were called, who they were, and the next working day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from stagecraft.domain.kinds import KINDS, REHEARSAL_KINDS
from stagecraft.domain.reports import work_text
from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar import EventRow, call_rows, event_rows, working_day_numbers
from stagecraft.queries.company import production_row

LOOK_AHEAD = 21
"""Days after the report among which the next working day is looked for."""


@dataclass(slots=True)
class CalledRow:
    """Somebody called that day, with the event they are marked at: their first one."""

    person_id: int
    name: str
    event_id: int
    starts_wall: int


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
    """`called_from` and `called_until` are the planned ends of the day; `number` of `days` where days are counted."""

    called_from: int | None = None
    called_until: int | None = None
    rehearsed_from: int | None = None
    rehearsed_until: int | None = None
    number: int | None = None
    days: int | None = None
    people: list[CalledRow] = field(default_factory=list)
    next_day: date | None = None
    next_number: int | None = None
    next_lines: list[NextLine] = field(default_factory=list)


def report_day(conn: Connection, production_id: int, day: date) -> ReportDay:
    """Everything a report of that day takes from the calendar without keeping it. A fixed number of statements."""
    start, _ = work_day_span(day)
    _, end = work_day_span(day, LOOK_AHEAD + 1)
    events = [one for one in event_rows(conn, start, end, [production_id]) if one.state != "cancelled"]
    found = ReportDay()
    today = [one for one in events if one.day == day and _counts(one)]
    if today:
        found.called_from = min(one.starts_wall for one in today)
        found.called_until = max(one.ends_wall for one in today)
    rehearsals = [one for one in today if one.kind in REHEARSAL_KINDS]
    if rehearsals:
        found.rehearsed_from = min(one.starts_wall for one in rehearsals)
        found.rehearsed_until = max(one.ends_wall for one in rehearsals)
    found.people = _called(conn, today)
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


def _called(conn: Connection, events: list[EventRow]) -> list[CalledRow]:
    first: dict[int, CalledRow] = {}
    calls = [one for one in call_rows(conn, [event.id for event in events]) if one.status == "called"]
    for call in sorted(calls, key=lambda one: one.starts_wall):
        first.setdefault(call.person_id, CalledRow(call.person_id, call.name, call.event_id, call.starts_wall))
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
