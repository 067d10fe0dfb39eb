"""Commands on events: adding, editing, moving, stretching, copying, removing and cancelling them.

Who is called lives in `services.calendar_calls`, who is free in `services.availability`; both are offered here too,
because a calendar is one thing to whoever uses it. Times are wall minutes; the instants are derived from them and
the zone on every write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import KINDS, PLAYED_KINDS
from stagecraft.domain.times import date_of, work_day
from stagecraft.services.availability import (
    AddAvailability,
    EditAvailability,
    MarkAttendance,
    RemoveAvailability,
)
from stagecraft.services.breaks import ForgetBreaks, PlanBreaks, copy_breaks, take_breaks_along
from stagecraft.services.calendar_calls import (
    AddCall,
    AddCalls,
    EditCall,
    ReleaseCalls,
    RemoveCall,
    SetUnits,
    call_people,
    calls_of,
    checked_span,
    derive_unit_calls,
    place_call,
    write_units,
)
from stagecraft.services.command import Command
from stagecraft.services.fields import line, prose
from stagecraft.services.performance_calls import change_kind, make_performance
from stagecraft.services.venues import known_zone
from stagecraft.store.schema import Call, Event, EventUnit, House, Performance, Production, Space, Venue

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

__all__ = [
    "AddAvailability",
    "AddCall",
    "AddCalls",
    "AddEvent",
    "CancelEvent",
    "CancelEvents",
    "ClearEvents",
    "CopyEvents",
    "EditAvailability",
    "EditCall",
    "EditEvent",
    "ForgetBreaks",
    "MarkAttendance",
    "MoveEvent",
    "MoveEvents",
    "PlanBreaks",
    "ReleaseCalls",
    "RemoveAvailability",
    "RemoveCall",
    "RemoveEvent",
    "RestoreEvents",
    "SetUnits",
    "StretchEvent",
]

EVENT_STATES = ("draft", "published", "cancelled")

_TEXT_FIELDS = ("title", "note", "who")


@dataclass(frozen=True, slots=True)
class AddEvent(Command):
    """Add an event and call its people; returns its id.

    `units` are scenes, whose people are called by the breakdown; `people` and `leaders` are called besides.
    `own_times` are (person, starts, ends) of those called who come later or leave earlier. The zone is the room's,
    else the production's venue's, else the house's. A performance takes the next number and calls everybody.
    """

    label: ClassVar[str] = "add {event}"
    production: int
    kind: str
    starts: int
    ends: int
    space: int | None = None
    title: str = ""
    units: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    leaders: tuple[int, ...] = ()
    state: str = "draft"
    note: str = ""
    who: str = ""
    zone: str = ""
    pinned: bool = False
    own_times: tuple[tuple[int, int, int], ...] = ()

    def apply(self, work: UnitOfWork) -> int:
        production = work.get(Production, self.production)
        zone = known_zone(self.zone) if self.zone else _zone_of(work, production, self.space)
        starts_at, ends_at = checked_span(self.starts, self.ends, zone)
        event = Event(
            production_id=production.id,
            space_id=self.space,
            kind=_known_kind(self.kind),
            title=line(self.title, "title"),
            zone=zone,
            starts_wall=self.starts,
            ends_wall=self.ends,
            starts_at=starts_at,
            ends_at=ends_at,
            state=_known_state(self.state),
            pinned=self.pinned,
            note=prose(self.note, "note"),
            who=line(self.who, "who"),
        )
        work.add(event)
        work.label(event=event.id)
        if self.units:
            write_units(work, event, self.units)
        call_people(work, event, self.leaders, "leader")
        call_people(work, event, self.people)
        own = {person: (starts, ends) for person, starts, ends in self.own_times}
        for call in calls_of(work, event.id):
            if call.person_id in own:
                place_call(call, event, *own[call.person_id])
        work.session.flush()
        if self.kind in PLAYED_KINDS:
            make_performance(work, event)
        return int(event.id)


@dataclass(frozen=True, slots=True)
class EditEvent(Command):
    """Change fields of an event: kind, title, space, state, note, who, pinned, starts, ends, production.

    Times move its calls as in `MoveEvent` and `StretchEvent`; a change of room changes the zone with it.
    """

    label: ClassVar[str] = "change {event}"
    event: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> None:
        event = work.get(Event, self.event)
        work.label(event=event.id)
        changes = dict(self.changes)
        starts, ends = changes.pop("starts", event.starts_wall), changes.pop("ends", event.ends_wall)
        if "kind" in changes:
            change_kind(work, event, _known_kind(changes.pop("kind")))
        if "state" in changes:
            event.state = _known_state(changes.pop("state"))
        if "pinned" in changes:
            event.pinned = bool(changes.pop("pinned"))
        if "production" in changes:
            _give_to(work, event, changes.pop("production"))
        if "space" in changes:
            put_in_room(work, event, changes.pop("space"))
        for field in _TEXT_FIELDS:
            if field in changes:
                text = changes.pop(field)
                setattr(event, field, prose(text, field) if field == "note" else line(text, field))
        if changes:
            raise TypeError(f"Event has no editable {', '.join(sorted(changes))}")
        retime(work, event, starts, ends)


@dataclass(frozen=True, slots=True)
class MoveEvent(Command):
    """Move an event, its people and their own times with it, to start at a wall minute."""

    label: ClassVar[str] = "move {event} to {start}"
    event: int
    starts: int

    def apply(self, work: UnitOfWork) -> None:
        event = work.get(Event, self.event)
        work.label(event=event.id, start=self.starts)
        retime(work, event, self.starts, event.ends_wall - event.starts_wall + self.starts)


@dataclass(frozen=True, slots=True)
class MoveEvents(Command):
    """Move several events by the same number of wall minutes, their people with them."""

    label: ClassVar[str] = "move {what}"
    events: tuple[int, ...]
    by: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(what=_calls(self.events))
        for event in _each(work, self.events):
            retime(work, event, event.starts_wall + self.by, event.ends_wall + self.by)


@dataclass(frozen=True, slots=True)
class StretchEvent(Command):
    """Set start, end or both of an event; people called for all of it follow, own times stay."""

    label: ClassVar[str] = "stretch {event}"
    event: int
    starts: int | None = None
    ends: int | None = None

    def apply(self, work: UnitOfWork) -> None:
        event = work.get(Event, self.event)
        work.label(event=event.id)
        starts = event.starts_wall if self.starts is None else self.starts
        ends = event.ends_wall if self.ends is None else self.ends
        retime(work, event, starts, ends, stretch=True)


@dataclass(frozen=True, slots=True)
class CopyEvents(Command):
    """Copy events with their scenes and people, shifted by wall minutes, as drafts; returns the new ids.

    Performances are not copied this way: they have numbers of their own.
    """

    label: ClassVar[str] = "copy {what} to {day}"
    events: tuple[int, ...]
    by: int

    def apply(self, work: UnitOfWork) -> list[int]:
        events = _each(work, self.events)
        if not events:
            return []
        numbered = set(
            work.session.scalars(select(Performance.event_id).where(Performance.event_id.in_(self.events)))
        )
        if numbered:
            raise Refused(
                "calendar.copy_performance",
                "A performance is not copied: add the next one, which gets a number of its own.",
                field="events",
            )
        day = date_of(min(event.starts_wall for event in events) + self.by)
        work.label(what=_calls(events), day=day)
        return [_copy(work, event, self.by) for event in events]


@dataclass(frozen=True, slots=True)
class RemoveEvent(Command):
    """Remove one event that was never published; a published one is cancelled instead (`CancelEvent`)."""

    label: ClassVar[str] = "remove {event}"
    event: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(event=self.event)
        _remove(work, work.get(Event, self.event))


@dataclass(frozen=True, slots=True)
class CancelEvents(Command):
    """Cancel events: they stay on the calendar, struck through, and occupy nobody."""

    label: ClassVar[str] = "cancel {what}"
    events: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        events = _each(work, self.events)
        work.label(what=_calls(events))
        for event in events:
            event.state = "cancelled"


@dataclass(frozen=True, slots=True)
class CancelEvent(Command):
    """Cancel one event."""

    label: ClassVar[str] = "cancel {event}"
    event: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(event=self.event)
        work.get(Event, self.event).state = "cancelled"


@dataclass(frozen=True, slots=True)
class ClearEvents(Command):
    """Take events off the calendar in one step: drafts are removed, published ones and performances cancelled."""

    label: ClassVar[str] = "take {what} off the calendar"
    events: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        events = _each(work, self.events)
        work.label(what=_calls(events))
        numbered = set(
            work.session.scalars(select(Performance.event_id).where(Performance.event_id.in_(self.events)))
        )
        for event in events:
            if event.state == "draft" and event.id not in numbered:
                work.remove(event)
            else:
                event.state = "cancelled"


@dataclass(frozen=True, slots=True)
class RestoreEvents(Command):
    """Put cancelled events on again, as drafts."""

    label: ClassVar[str] = "put {what} on again"
    events: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        events = _each(work, self.events)
        work.label(what=_calls(events))
        for event in events:
            if event.state == "cancelled":
                event.state = "draft"


def _calls(events: Sequence[object]) -> str:
    """`1 call`, `3 calls`, for a label."""
    return "1 call" if len(events) == 1 else f"{len(events)} calls"


def _each(work: UnitOfWork, ids: Sequence[int]) -> list[Event]:
    return [work.get(Event, event) for event in dict.fromkeys(ids)]


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        raise Refused("calendar.kind", f"There is no kind of call “{kind}”.", field="kind")
    return kind


def _known_state(state: str) -> str:
    if state not in EVENT_STATES:
        raise Refused("calendar.state", "A call is a draft, published or cancelled.", field="state")
    return state


def _zone_of(work: UnitOfWork, production: Production, space: int | None) -> str:
    if space is not None:
        return str(work.get(Venue, work.get(Space, space).venue_id).zone)
    if production.venue_id is not None:
        return str(work.get(Venue, production.venue_id).zone)
    return str(work.get(House, 1).zone)


def put_in_room(work: UnitOfWork, event: Event, space: int | None) -> None:
    """Give an event a room and the room's zone; the wall times stay, the instants follow."""
    if space == event.space_id:
        return
    if space is not None:
        zone = str(work.get(Venue, work.get(Space, space).venue_id).zone)
        if zone != event.zone:
            event.zone = zone
            for call in calls_of(work, event.id):
                call.starts_at, call.ends_at = checked_span(call.starts_wall, call.ends_wall, zone)
            event.starts_at, event.ends_at = checked_span(event.starts_wall, event.ends_wall, zone)
    event.space_id = space


def _give_to(work: UnitOfWork, event: Event, production: int) -> None:
    """Another production's event: scenes of the old one cannot come along."""
    work.get(Production, production)
    if production == event.production_id:
        return
    if work.session.scalar(select(Performance.id).where(Performance.event_id == event.id)) is not None:
        raise Refused(
            "calendar.performance_production", "A performance stays with its production.", field="production"
        )
    write_units(work, event, ())
    event.production_id = production


def retime(work: UnitOfWork, event: Event, starts: int, ends: int, *, stretch: bool = False) -> None:
    """Give an event new wall times and take its calls along.

    When both ends move alike, own times move too; otherwise (or with `stretch`) the edges of a call that met the
    event's edges follow them and others stay; planned breaks do the same and are cut to the event. On another
    working day the scenes' people are called anew, because a track may have changed hands.
    """
    old_starts, old_ends = event.starts_wall, event.ends_wall
    if (starts, ends) == (old_starts, old_ends):
        return
    day = work_day(old_starts)
    event.starts_at, event.ends_at = checked_span(starts, ends, event.zone)
    event.starts_wall, event.ends_wall = starts, ends
    shift = starts - old_starts
    moved = not stretch and ends - old_ends == shift
    for call in calls_of(work, event.id):
        if moved:
            place_call(call, event, call.starts_wall + shift, call.ends_wall + shift)
        else:
            _follow_edges(call, event, old_starts, old_ends)
    take_breaks_along(work, event, shift if moved else 0)
    if work_day(starts) != day and _has_units(work, event):
        derive_unit_calls(work, event)


def _follow_edges(call: Call, event: Event, old_starts: int, old_ends: int) -> None:
    starts = event.starts_wall if call.starts_wall == old_starts else call.starts_wall
    ends = event.ends_wall if call.ends_wall == old_ends else call.ends_wall
    if ends <= starts or starts >= event.ends_wall or ends <= event.starts_wall:
        starts, ends = event.starts_wall, event.ends_wall
    place_call(call, event, starts, ends)


def _has_units(work: UnitOfWork, event: Event) -> bool:
    found = work.session.scalar(select(EventUnit.id).where(EventUnit.event_id == event.id).limit(1))
    return found is not None


def _copy(work: UnitOfWork, event: Event, by: int) -> int:
    fresh = Event(
        production_id=event.production_id,
        space_id=event.space_id,
        kind=event.kind,
        title=event.title,
        zone=event.zone,
        state="draft",
        pinned=False,
        note=event.note,
        who=event.who,
        starts_wall=event.starts_wall + by,
        ends_wall=event.ends_wall + by,
    )
    fresh.starts_at, fresh.ends_at = checked_span(fresh.starts_wall, fresh.ends_wall, event.zone)
    work.add(fresh)
    for unit in work.session.scalars(select(EventUnit).where(EventUnit.event_id == event.id)):
        work.session.add(EventUnit(event_id=fresh.id, scene_id=unit.scene_id, position=unit.position))
    for call in calls_of(work, event.id):
        twin = Call(
            event_id=fresh.id,
            person_id=call.person_id,
            source=call.source,
            status=call.status,
            as_role=call.as_role,
            note=call.note,
        )
        place_call(twin, fresh, call.starts_wall + by, call.ends_wall + by)
        work.session.add(twin)
    work.session.flush()
    if work_day(fresh.starts_wall) != work_day(event.starts_wall) and _has_units(work, fresh):
        derive_unit_calls(work, fresh)
    copy_breaks(work, event, fresh, by)
    return int(fresh.id)


def _remove(work: UnitOfWork, event: Event) -> None:
    if event.state == "published":
        raise Refused(
            "calendar.published",
            "A published call is cancelled, not removed, so that people hear of it.",
            field="event",
        )
    if work.session.scalar(select(Performance.id).where(Performance.event_id == event.id)) is not None:
        raise Refused(
            "calendar.performance", "A performance keeps its number: cancel it instead.", field="event"
        )
    work.remove(event)
