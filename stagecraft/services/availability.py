"""Commands on who is not free and who was there: availability of people and rooms, attendance of calls.

The reason of an absence is class Management and lives in a table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import AVAILABILITY_KINDS, HARDNESS
from stagecraft.domain.reports import ATTENDANCE_STATES
from stagecraft.domain.times import time_text, to_instant
from stagecraft.services.command import Command
from stagecraft.services.fields import line, prose
from stagecraft.services.venues import known_zone
from stagecraft.store.schema import (
    Attendance,
    Availability,
    AvailabilityReason,
    Call,
    Event,
    House,
    Person,
    Production,
    Space,
    Venue,
)

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

_LONGEST_ABSENCE = 2 * 366 * 24 * 60


@dataclass(frozen=True, slots=True)
class AddAvailability(Command):
    """Note that a person or a room is not free from `starts` to `ends` (wall minutes); returns its id.

    Exactly one of `person` and `space`. `text` is what everybody may see, `reason` only the management.
    `production` limits an absence to that production. The zone is the room's, the production's or the house's.
    """

    label: ClassVar[str] = "note an absence of {person|space}"
    starts: int
    ends: int
    person: int | None = None
    space: int | None = None
    kind: str = "unavailable"
    hardness: str = "hard"
    text: str = "Unavailable"
    reason: str = ""
    production: int | None = None
    zone: str = ""
    approved_by: str = ""

    def apply(self, work: UnitOfWork) -> int:
        if (self.person is None) == (self.space is None):
            raise Refused("availability.whose", "Choose one person or one room.", field="person")
        if self.person is not None:
            work.get(Person, self.person)
            work.label(person=self.person)
        elif self.space is not None:
            work.get(Space, self.space)
            work.label(space=self.space)
        zone = known_zone(self.zone) if self.zone else _zone_of(work, self.space, self.production)
        starts_at, ends_at = _checked_span(self.starts, self.ends, zone)
        row = Availability(
            person_id=self.person,
            space_id=self.space,
            production_id=self.production,
            kind=_word("kind", self.kind, AVAILABILITY_KINDS),
            hardness=_word("hardness", self.hardness, HARDNESS),
            zone=zone,
            starts_wall=self.starts,
            ends_wall=self.ends,
            starts_at=starts_at,
            ends_at=ends_at,
            text=line(self.text, "text"),
            approved_by=line(self.approved_by, "approved_by"),
        )
        work.add(row)
        _keep_reason(work, row.id, self.reason)
        return int(row.id)


@dataclass(frozen=True, slots=True)
class EditAvailability(Command):
    """Change fields of an absence: starts, ends, kind, hardness, text, reason, production, approved_by."""

    label: ClassVar[str] = "change an absence of {person|space}"
    availability: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Availability, self.availability)
        _label(work, row)
        changes = dict(self.changes)
        starts, ends = changes.pop("starts", row.starts_wall), changes.pop("ends", row.ends_wall)
        row.starts_at, row.ends_at = _checked_span(starts, ends, row.zone)
        row.starts_wall, row.ends_wall = starts, ends
        if "kind" in changes:
            row.kind = _word("kind", changes.pop("kind"), AVAILABILITY_KINDS)
        if "hardness" in changes:
            row.hardness = _word("hardness", changes.pop("hardness"), HARDNESS)
        if "production" in changes:
            production = changes.pop("production")
            row.production_id = None if production is None else work.get(Production, production).id
        for field in ("text", "approved_by"):
            if field in changes:
                setattr(row, field, line(changes.pop(field), field))
        if "reason" in changes:
            _keep_reason(work, row.id, changes.pop("reason"))
        if changes:
            raise TypeError(f"Availability has no editable {', '.join(sorted(changes))}")


@dataclass(frozen=True, slots=True)
class RemoveAvailability(Command):
    """Somebody or some room is free after all."""

    label: ClassVar[str] = "take back an absence of {person|space}"
    availability: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Availability, self.availability)
        _label(work, row)
        work.remove(row)


@dataclass(frozen=True, slots=True)
class MarkAttendance(Command):
    """Mark a person present, late, absent … at an event; None takes the mark away. Returns its id or None.

    `arrived` is the wall minute at which a late person came; minutes late count from their own call.
    """

    label: ClassVar[str] = "mark {person} at {event}"
    event: int
    person: int
    state: str | None
    arrived: int | None = None
    reason: str = ""

    def apply(self, work: UnitOfWork) -> int | None:
        event, person = work.get(Event, self.event), work.get(Person, self.person)
        work.label(event=event.id, person=person.id)
        mark = work.session.scalars(
            select(Attendance).where(Attendance.event_id == event.id, Attendance.person_id == person.id)
        ).first()
        if self.state is None:
            if mark is not None:
                work.remove(mark)
            return None
        state = _word("state", self.state, ATTENDANCE_STATES)
        late = None if self.arrived is None else self._minutes_late(work, event, self.arrived)
        if mark is None:
            mark = Attendance(event_id=event.id, person_id=person.id, reason="", state=state)
            mark.arrived_wall, mark.minutes_late = self.arrived, late
            work.add(mark)
        mark.state, mark.arrived_wall, mark.minutes_late = state, self.arrived, late
        mark.reason = prose(self.reason, "reason") or mark.reason
        return int(mark.id)

    def _minutes_late(self, work: UnitOfWork, event: Event, arrived: int) -> int:
        own = work.session.scalars(
            select(Call.starts_wall).where(Call.event_id == event.id, Call.person_id == self.person)
        ).first()
        called = event.starts_wall if own is None else own
        if arrived <= called:
            sentence = f"{time_text(arrived)} is not after the call at {time_text(called)}."
            raise Refused("attendance.not_late", sentence, field="arrived")
        return arrived - called


def _label(work: UnitOfWork, row: Availability) -> None:
    """Name the person or the room in the step's label."""
    if row.person_id is not None:
        work.label(person=row.person_id)
    elif row.space_id is not None:
        work.label(space=row.space_id)


def _word(field: str, value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        choices = ", ".join(known.values())
        raise Refused(f"availability.{field}", f"Choose one of: {choices}.", field=field)
    return value


def _zone_of(work: UnitOfWork, space: int | None, production: int | None) -> str:
    venue = work.get(Space, space).venue_id if space is not None else None
    if venue is None and production is not None:
        venue = work.get(Production, production).venue_id
    return str(work.get(Venue, venue).zone if venue is not None else work.get(House, 1).zone)


def _checked_span(starts: int, ends: int, zone: str) -> tuple[int, int]:
    if ends <= starts:
        raise Refused("availability.span", "The end must be after the start.", field="ends")
    if ends - starts > _LONGEST_ABSENCE:
        raise Refused("availability.too_long", "An absence lasts two years at most.", field="ends")
    return to_instant(starts, zone), to_instant(ends, zone)


def _keep_reason(work: UnitOfWork, availability: int, reason: str) -> None:
    text = prose(reason, "reason")
    kept = work.session.scalars(
        select(AvailabilityReason).where(AvailabilityReason.availability_id == availability)
    ).first()
    if kept is not None and not text:
        work.remove(kept)
    elif kept is not None:
        kept.reason = text
    elif text:
        work.add(AvailabilityReason(availability_id=availability, reason=text))
