"""Events, calls, availability and attendance of a span of days, as rows.

Spans are half-open wall minutes. Events last at most 24 hours, so every range is bounded below and the index does
its work. Clashes are found in `queries.calendar_conflicts`, the scene tray's rows live in `queries.calendar_units`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from stagecraft.domain.calendar import heading, short_heading
from stagecraft.domain.kinds import ASSIGNMENT_ORDER, KINDS
from stagecraft.domain.times import DAY, DAY_CUT, date_of, work_day
from stagecraft.queries.calendar_conflicts import call_names, conflict_rows, occupancy
from stagecraft.store.schema import (
    Assignment,
    Attendance,
    Availability,
    Call,
    Event,
    EventUnit,
    Job,
    MusicalNumber,
    Performance,
    Person,
    Production,
    Role,
    Scene,
    Space,
    Venue,
)

__all__ = [
    "AttendanceRow",
    "AvailabilityRow",
    "CallRow",
    "EventRow",
    "UnitName",
    "attendance_rows",
    "availability_rows",
    "call_rows",
    "conflict_rows",
    "event_row",
    "event_rows",
    "occupancy",
    "working_day_numbers",
]


@dataclass(slots=True)
class UnitName:
    """A scene worked in an event; `name` is its song, or its place where nobody sings."""

    scene_id: int
    number: str
    name: str
    title: str
    page_from: str
    page_to: str
    minutes: int | None


@dataclass(slots=True)
class EventRow:
    """One event with what it is called; `called` counts people with status called.

    `number` and `half_hour` (minutes before curtain) are a performance's. `who` is printed instead of the
    people line when it is not empty.
    """

    id: int
    production_id: int
    code: str
    colour: str
    space_id: int | None
    space: str
    venue: str
    kind: str
    title: str
    zone: str
    starts_wall: int
    ends_wall: int
    starts_at: int
    ends_at: int
    state: str
    pinned: bool
    note: str
    who: str
    performance_id: int | None
    number: int | None
    half_hour: int | None
    called: int = 0
    units: list[UnitName] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """`1.6 Ghost in the Booth`, `#311`, or its own title."""
        return heading(self.kind, self.title, [(unit.number, unit.name) for unit in self.units], self.number)

    @property
    def short(self) -> str:
        """What a finding calls it: `put-in`, `#311`, `1.6`."""
        return short_heading(
            self.kind, self.title, [(unit.number, unit.name) for unit in self.units], self.number
        )

    @property
    def day(self) -> date:
        """Working day it belongs to."""
        return work_day(self.starts_wall)

    @property
    def minutes(self) -> int:
        """Elapsed minutes."""
        return self.ends_at - self.starts_at


@dataclass(slots=True)
class CallRow:
    """A person's own time in an event.

    `part` is what they are in it for ("Amanda", "director"); `group` is principal | ensemble | swing | … of their
    assignment to a track, job, or empty; `short` is the name as spoken.
    """

    id: int
    event_id: int
    person_id: int
    name: str
    sort_name: str
    short: str
    photo: str | None
    starts_wall: int
    ends_wall: int
    starts_at: int
    ends_at: int
    own_time: bool
    source: str
    status: str
    as_role: str
    note: str
    part: str = ""
    group: str = ""


@dataclass(slots=True)
class AvailabilityRow:
    """A person or a room that is not free. `text` is what everybody may see; the reason is not here."""

    id: int
    person_id: int | None
    space_id: int | None
    name: str
    production_id: int | None
    kind: str
    hardness: str
    zone: str
    starts_wall: int
    ends_wall: int
    starts_at: int
    ends_at: int
    text: str
    approved_by: str


@dataclass(slots=True)
class AttendanceRow:
    """Who was there; `arrived_wall` and `minutes_late` are set for the late. The reason is not here."""

    id: int
    event_id: int
    person_id: int
    name: str
    state: str
    arrived_wall: int | None
    minutes_late: int | None


def event_rows(
    conn: Connection, starts_wall: int, ends_wall: int, production_ids: Iterable[int] = ()
) -> list[EventRow]:
    """Events that touch the span, by start; of all productions when none are given. Three statements."""
    where: list[ColumnElement[bool]] = [
        Event.starts_wall > starts_wall - DAY,
        Event.starts_wall < ends_wall,
        Event.ends_wall > starts_wall,
    ]
    chosen = list(production_ids)
    if chosen:
        where.append(Event.production_id.in_(chosen))
    return _events(conn, and_(*where))


def event_row(conn: Connection, event_id: int) -> EventRow | None:
    """One event, None when it is gone."""
    found = _events(conn, Event.id == event_id)
    return found[0] if found else None


def _events(conn: Connection, where: ColumnElement[bool]) -> list[EventRow]:
    found: Any = conn.execute(
        select(
            Event.id,
            Event.production_id,
            Production.code,
            Production.colour,
            Event.space_id,
            func.coalesce(Space.name, ""),
            func.coalesce(Venue.name, ""),
            Event.kind,
            Event.title,
            Event.zone,
            Event.starts_wall,
            Event.ends_wall,
            Event.starts_at,
            Event.ends_at,
            Event.state,
            Event.pinned,
            Event.note,
            Event.who,
            Performance.id,
            Performance.number,
            Performance.half_hour,
        )
        .join(Production, Production.id == Event.production_id)
        .outerjoin(Space, Space.id == Event.space_id)
        .outerjoin(Venue, Venue.id == Space.venue_id)
        .outerjoin(Performance, Performance.event_id == Event.id)
        .where(where)
        .order_by(Event.starts_wall, Event.ends_wall, Event.id)
    )
    rows = [EventRow(*row) for row in found]
    by_id = {row.id: row for row in rows}
    for event, unit in _units(conn, where):
        by_id[event].units.append(unit)
    counted = conn.execute(
        select(Call.event_id, func.count())
        .join(Event, Event.id == Call.event_id)
        .where(where, Call.status == "called")
        .group_by(Call.event_id)
    )
    for event, count in counted:
        by_id[event].called = count
    return rows


def _units(conn: Connection, where: ColumnElement[bool]) -> list[tuple[int, UnitName]]:
    found: Any = conn.execute(
        select(
            EventUnit.id,
            EventUnit.event_id,
            Scene.id,
            Scene.number,
            MusicalNumber.title,
            Scene.title,
            Scene.page_from,
            Scene.page_to,
            Scene.minutes,
        )
        .join(Event, Event.id == EventUnit.event_id)
        .join(Scene, Scene.id == EventUnit.scene_id)
        .outerjoin(MusicalNumber, and_(MusicalNumber.scene_id == Scene.id, MusicalNumber.status != "cut"))
        .where(where)
        .order_by(EventUnit.event_id, EventUnit.position, EventUnit.id, MusicalNumber.position)
    )
    units: list[tuple[int, UnitName]] = []
    seen: set[int] = set()
    for unit_id, event, scene, number, song, title, *rest in found:
        if unit_id not in seen:
            seen.add(unit_id)
            units.append((event, UnitName(scene, number, song or title, title, *rest)))
    return units


def call_rows(conn: Connection, event_ids: Sequence[int]) -> list[CallRow]:
    """Calls of these events: by event, then principals, ensemble, others, then A–Z. Six statements."""
    if not event_ids:
        return []
    called: Any = conn.execute(
        select(
            Call.id,
            Call.event_id,
            Call.person_id,
            Call.starts_wall,
            Call.ends_wall,
            Call.starts_at,
            Call.ends_at,
            Call.own_time,
            Call.source,
            Call.status,
            Call.as_role,
            Call.note,
        ).where(Call.event_id.in_(event_ids))
    ).all()
    days = _days(conn, event_ids)
    people = _people(conn, event_ids)
    shorts = call_names(conn)
    parts = _parts(conn, {production for production, _day in days.values()})
    rows = []
    for call_id, event, person, starts, ends, starts_at, ends_at, own, source, status, as_role, note in called:
        name, sort_name, photo, _filed = people[person]
        production, day = days[event]
        text = group = ""
        for part in parts.get((production, person), ()):
            if part.active(day):
                text, group = part.text, part.group
                break
        rows.append(
            CallRow(
                call_id, event, person, name, sort_name, shorts[person], photo, starts, ends, starts_at, ends_at,
                own, source, status, as_role, note, as_role or text, group,
            )
        )  # fmt: skip
    rows.sort(key=lambda call: (call.event_id, ASSIGNMENT_ORDER.get(call.group, 9), people[call.person_id][3]))
    return rows


def _days(conn: Connection, event_ids: Sequence[int]) -> dict[int, tuple[int, date]]:
    """Production and working day by event."""
    found = conn.execute(
        select(Event.id, Event.production_id, Event.starts_wall).where(Event.id.in_(event_ids))
    )
    return {event: (production, work_day(starts)) for event, production, starts in found}


def _people(conn: Connection, event_ids: Sequence[int]) -> dict[int, tuple[str, str, str | None, str]]:
    """Name, sort name, photo and place in the alphabet of everybody called: read once, not once a call."""
    called = select(Call.person_id).where(Call.event_id.in_(event_ids))
    found = conn.execute(
        select(Person.id, Person.name, Person.sort_name, Person.photo).where(Person.id.in_(called))
    )
    return {person: (name, sort, photo, sort.casefold()) for person, name, sort, photo in found}


@dataclass(slots=True)
class _Part:
    group: str
    text: str
    starts_on: date | None
    ends_on: date | None

    def active(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


def _parts(conn: Connection, production_ids: set[int]) -> dict[tuple[int, int], list[_Part]]:
    """What each person is in each production for, the most telling first."""
    names: dict[int, list[str]] = {}
    for track, name in conn.execute(
        select(Role.track_id, func.coalesce(func.nullif(Role.short_name, ""), Role.name))
        .where(Role.production_id.in_(production_ids), Role.track_id.is_not(None))
        .order_by(Role.position, Role.id)
    ):
        names.setdefault(track, []).append(name)
    found = conn.execute(
        select(
            Assignment.production_id,
            Assignment.person_id,
            Assignment.kind,
            Assignment.track_id,
            Job.name,
            Assignment.starts_on,
            Assignment.ends_on,
        )
        .outerjoin(Job, Job.id == Assignment.job_id)
        .where(Assignment.production_id.in_(production_ids))
        .order_by(Assignment.rank, Assignment.id)
    )
    parts: dict[tuple[int, int], list[_Part]] = {}
    for production, person, kind, track, job, starts_on, ends_on in found:
        text = ", ".join(names.get(track, ())) if track is not None else (job or "").lower()
        if kind in ("cover", "standby", "alternate") and text:
            text = f"cover {text}"
        parts.setdefault((production, person), []).append(_Part(kind, text, starts_on, ends_on))
    for listed in parts.values():
        listed.sort(key=lambda part: ASSIGNMENT_ORDER.get(part.group, 9))
    return parts


def availability_rows(
    conn: Connection,
    starts_wall: int,
    ends_wall: int,
    person_ids: Iterable[int] = (),
    space_ids: Iterable[int] = (),
) -> list[AvailabilityRow]:
    """Unavailabilities that touch the span, by start: of these people and rooms, or of all when none are named."""
    where: list[ColumnElement[bool]] = [
        Availability.starts_wall < ends_wall,
        Availability.ends_wall > starts_wall,
    ]
    people, spaces = list(person_ids), list(space_ids)
    if people or spaces:
        where.append(or_(Availability.person_id.in_(people), Availability.space_id.in_(spaces)))
    found: Any = conn.execute(
        select(
            Availability.id,
            Availability.person_id,
            Availability.space_id,
            func.coalesce(Person.name, Space.name, ""),
            Availability.production_id,
            Availability.kind,
            Availability.hardness,
            Availability.zone,
            Availability.starts_wall,
            Availability.ends_wall,
            Availability.starts_at,
            Availability.ends_at,
            Availability.text,
            Availability.approved_by,
        )
        .outerjoin(Person, Person.id == Availability.person_id)
        .outerjoin(Space, Space.id == Availability.space_id)
        .where(*where)
        .order_by(Availability.starts_wall, Availability.id)
    )
    return [AvailabilityRow(*row) for row in found]


def attendance_rows(conn: Connection, event_ids: Sequence[int]) -> list[AttendanceRow]:
    """Attendance marks of these events, by event and name."""
    if not event_ids:
        return []
    found = conn.execute(
        select(
            Attendance.id,
            Attendance.event_id,
            Attendance.person_id,
            Person.name,
            Attendance.state,
            Attendance.arrived_wall,
            Attendance.minutes_late,
        )
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.event_id.in_(event_ids))
        .order_by(Attendance.event_id, Person.sort_name)
    )
    return [AttendanceRow(*row) for row in found]


def working_day_numbers(conn: Connection, production_ids: Iterable[int] = ()) -> dict[int, dict[date, int]]:
    """Number of each working day of a production with a planned number of them ("Day 9 of 22").

    A working day is one, from the first rehearsal on, with a rehearsal, tech or performance that is not cancelled.
    """
    planned = select(Production.id).where(Production.working_days.is_not(None))
    if chosen := list(production_ids):
        planned = planned.where(Production.id.in_(chosen))
    counted = list(conn.execute(planned).scalars())
    if not counted:
        return {}
    worked = [code for code, kind in KINDS.items() if kind.counts_as in ("rehearsal", "tech", "performance")]
    day = (Event.starts_wall - DAY_CUT) // DAY
    query: Any = (
        select(Event.production_id, day, Production.first_rehearsal)
        .distinct()
        .join(Production, Production.id == Event.production_id)
        .where(Event.production_id.in_(counted), Event.kind.in_(worked), Event.state != "cancelled")
        .order_by(Event.production_id, day)
    )
    numbers: dict[int, dict[date, int]] = {}
    for production, ordinal, first in conn.execute(query):
        on = date_of(ordinal * DAY)
        if first is None or on >= first:
            days = numbers.setdefault(production, {})
            days[on] = len(days) + 1
    return numbers
