"""Commands on who is called when: single calls, groups, and the calls that follow a call's scenes.

Events themselves live in `services.calendar`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, or_, select

from stagecraft.base.errors import Refused
from stagecraft.domain.calendar import MAX_EVENT_MINUTES
from stagecraft.domain.times import to_instant, work_day
from stagecraft.services.command import Command
from stagecraft.services.fields import line
from stagecraft.store.schema import Assignment, Call, Event, EventUnit, Participation, Person, Role, Scene

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

CALL_STATES = ("called", "optional", "released")
CALL_SOURCES = ("unit", "person", "leader")


def checked_span(starts: int, ends: int, zone: str) -> tuple[int, int]:
    """Instants of a span of wall minutes; refuses one that is empty, turned round or longer than a day."""
    if ends <= starts:
        raise Refused("calendar.span", "The end must be after the start.", field="ends")
    if ends - starts > MAX_EVENT_MINUTES:
        raise Refused("calendar.too_long", "A call lasts 24 hours at most.", field="ends")
    first, last = to_instant(starts, zone), to_instant(ends, zone)
    if last <= first:
        raise Refused(
            "calendar.gap", "The clock goes forward that night: this time does not exist.", field="starts"
        )
    return first, last


def place_call(call: Call, event: Event, starts: int, ends: int) -> None:
    """Give a call its times; it has its own time exactly when they differ from the event's."""
    call.starts_at, call.ends_at = checked_span(starts, ends, event.zone)
    call.starts_wall, call.ends_wall = starts, ends
    call.own_time = (starts, ends) != (event.starts_wall, event.ends_wall)


def new_call(work: UnitOfWork, event: Event, person: int, source: str, as_role: str = "") -> Call:
    """An unsaved call of a person for the whole event."""
    call = Call(
        event_id=event.id,
        person_id=person,
        source=source,
        status="called",
        as_role=as_role,
        note="",
        own_time=False,
    )
    place_call(call, event, event.starts_wall, event.ends_wall)
    work.session.add(call)
    return call


def calls_of(work: UnitOfWork, event: int) -> list[Call]:
    """All calls of an event."""
    return list(work.session.scalars(select(Call).where(Call.event_id == event).order_by(Call.id)))


def people_of_scenes(work: UnitOfWork, scenes: Sequence[int], day: date) -> dict[int, str]:
    """Who plays in these scenes on a day (principals and ensemble), each with the short names of the parts."""
    if not scenes:
        return {}
    name = func.coalesce(func.nullif(Role.short_name, ""), Role.name)
    found = work.session.execute(
        select(Assignment.person_id, name)
        .select_from(Participation)
        .join(Assignment, Assignment.track_id == Participation.track_id)
        .outerjoin(Role, Role.track_id == Participation.track_id)
        .where(
            Participation.scene_id.in_(scenes),
            Assignment.kind.in_(("principal", "ensemble")),
            or_(Assignment.starts_on.is_(None), Assignment.starts_on <= day),
            or_(Assignment.ends_on.is_(None), Assignment.ends_on >= day),
        )
        .order_by(Assignment.id, Role.position, Role.id)
    )
    parts: dict[int, list[str]] = {}
    for person, part in found:
        listed = parts.setdefault(person, [])
        if part and part not in listed:
            listed.append(part)
    return {person: ", ".join(listed) for person, listed in parts.items()}


def derive_unit_calls(work: UnitOfWork, event: Event) -> None:
    """Make the calls that come from scenes those of the scenes' people on that day.

    Who stays keeps an own time, a release and a note; who is in none of the scenes any more is not called; who is
    called by name or as a leader stays so.
    """
    scenes = list(work.session.scalars(select(EventUnit.scene_id).where(EventUnit.event_id == event.id)))
    needed = people_of_scenes(work, scenes, work_day(event.starts_wall))
    for call in calls_of(work, event.id):
        part = needed.pop(call.person_id, None)
        if call.source != "unit":
            continue
        if part is None:
            work.session.delete(call)
        elif call.as_role != part:
            call.as_role = part
    for person, part in needed.items():
        new_call(work, event, person, "unit", part)
    work.session.flush()


def write_units(work: UnitOfWork, event: Event, scenes: Sequence[int]) -> None:
    """Replace the scenes worked in an event, in the order given, and call their people."""
    wanted = list(dict.fromkeys(scenes))
    for scene_id in wanted:
        scene = work.get(Scene, scene_id)
        if scene.production_id != event.production_id:
            raise Refused(
                "calendar.foreign_scene", f"Scene {scene.number} belongs to another production.", field="units"
            )
    old = {
        unit.scene_id: unit
        for unit in work.session.scalars(select(EventUnit).where(EventUnit.event_id == event.id))
    }
    for scene_id, unit in old.items():
        if scene_id not in wanted:
            work.session.delete(unit)
    for position, scene_id in enumerate(wanted):
        if scene_id in old:
            old[scene_id].position = position
        else:
            work.session.add(EventUnit(event_id=event.id, scene_id=scene_id, position=position))
    work.session.flush()
    derive_unit_calls(work, event)


def call_people(work: UnitOfWork, event: Event, people: Iterable[int], source: str = "person") -> list[int]:
    """Call people who are not called yet; those who were released are called again. Returns the calls' ids."""
    if source not in CALL_SOURCES:
        raise Refused("calendar.source", "People are called by scene, by name or as leaders.", field="source")
    have = {call.person_id: call for call in calls_of(work, event.id)}
    made: list[Call] = []
    for person_id in dict.fromkeys(people):
        call = have.get(person_id)
        if call is None:
            work.get(Person, person_id)
            call = new_call(work, event, person_id, source)
        elif call.status != "called":
            call.status = "called"
        made.append(call)
    work.session.flush()
    return [call.id for call in made]


@dataclass(frozen=True, slots=True)
class SetUnits(Command):
    """Set the scenes worked in an event, in order; their people are called and those no longer needed are not."""

    label: ClassVar[str] = "change the scenes of {event}"
    event: int
    scenes: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        event = work.get(Event, self.event)
        work.label(event=event.id)
        write_units(work, event, self.scenes)


@dataclass(frozen=True, slots=True)
class AddCall(Command):
    """Call a person for an event; returns the call's id.

    Calling somebody who is already called changes nothing but `as_role`.
    """

    label: ClassVar[str] = "call {person} for {event}"
    event: int
    person: int
    as_role: str = ""

    def apply(self, work: UnitOfWork) -> int:
        event, person = work.get(Event, self.event), work.get(Person, self.person)
        work.label(event=event.id, person=person.id)
        (call_id,) = call_people(work, event, (person.id,))
        call = work.get(Call, call_id)
        call.as_role = line(self.as_role, "as_role") or call.as_role
        return call_id


@dataclass(frozen=True, slots=True)
class AddCalls(Command):
    """Call several people for an event in one step; returns the calls' ids."""

    label: ClassVar[str] = "call {what} for {event}"
    event: int
    people: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> list[int]:
        event = work.get(Event, self.event)
        work.label(event=event.id, what=_people(self.people))
        return call_people(work, event, self.people)


@dataclass(frozen=True, slots=True)
class EditCall(Command):
    """Change fields of a call: starts, ends (wall minutes; None: the event's), status, as_role, note, source."""

    label: ClassVar[str] = "change the call of {person} for {event}"
    call: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> None:
        call = work.get(Call, self.call)
        event = work.get(Event, call.event_id)
        work.label(event=event.id, person=call.person_id)
        changes = dict(self.changes)
        if "starts" in changes or "ends" in changes:
            starts = changes.pop("starts", call.starts_wall)
            ends = changes.pop("ends", call.ends_wall)
            place_call(
                call,
                event,
                event.starts_wall if starts is None else starts,
                event.ends_wall if ends is None else ends,
            )
        if "status" in changes:
            call.status = _known_state(changes.pop("status"))
        if "source" in changes:
            source = changes.pop("source")
            if source not in CALL_SOURCES:
                raise Refused(
                    "calendar.source", "People are called by scene, by name or as leaders.", field="source"
                )
            call.source = source
        for field in ("as_role", "note"):
            if field in changes:
                setattr(call, field, line(changes.pop(field), field))
        if changes:
            raise TypeError(f"Call has no editable {', '.join(sorted(changes))}")


@dataclass(frozen=True, slots=True)
class RemoveCall(Command):
    """Take a person out of an event."""

    label: ClassVar[str] = "take {person} out of {event}"
    call: int

    def apply(self, work: UnitOfWork) -> None:
        call = work.get(Call, self.call)
        work.label(event=call.event_id, person=call.person_id)
        work.remove(call)


@dataclass(frozen=True, slots=True)
class ReleaseCalls(Command):
    """Release people from an event: they stay on its list, struck through, and are not called."""

    label: ClassVar[str] = "release {what} from {event}"
    event: int
    people: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        event = work.get(Event, self.event)
        work.label(event=event.id, what=_people(self.people))
        for call in calls_of(work, event.id):
            if call.person_id in self.people:
                call.status = "released"


def _people(people: Sequence[int]) -> str:
    """`1 person`, `3 people`, for a label."""
    return "1 person" if len(people) == 1 else f"{len(people)} people"


def _known_state(state: str) -> str:
    if state not in CALL_STATES:
        raise Refused("calendar.call_state", "A person is called, optional or released.", field="status")
    return state
