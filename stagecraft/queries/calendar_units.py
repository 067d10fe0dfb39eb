"""What can be put on the calendar: scenes for the tray, the people they need, rooms, groups of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, func, or_, select

from stagecraft.domain.conflicts import clashes
from stagecraft.queries.calendar_conflicts import call_names, moved_slot, occupancy
from stagecraft.queries.people import assignment_rows
from stagecraft.queries.script import scene_rows, worked_rows
from stagecraft.store.schema import (
    Assignment,
    AvailabilityReason,
    Participation,
    Performance,
    PerformanceCast,
    Person,
    Production,
    Scene,
    Space,
    Track,
    Venue,
)


@dataclass(slots=True)
class TrayRow:
    """A scene in the tray: its name, minutes, how many people the breakdown wants, and when it was last worked."""

    scene_id: int
    production_id: int
    act: int
    number: str
    name: str
    minutes: int | None
    people: tuple[int, ...]
    last: date | None


@dataclass(slots=True)
class RoomRow:
    """A room to choose: `words` is `4A, Mercer Rehearsal Rooms`."""

    id: int
    name: str
    venue_id: int
    venue: str

    @property
    def words(self) -> str:
        return f"{self.name}, {self.venue}" if self.venue else self.name


@dataclass(slots=True)
class GroupRow:
    """People called together: the full company, the ensemble, an act's people, the creative team."""

    name: str
    people: tuple[int, ...] = field(default=())


def tray_rows(conn: Connection, production_id: int, day: date, today: date | None = None) -> list[TrayRow]:
    """Scenes of a production in running order, without those cut, with their people on a day.

    `last` is the last working day up to `today` (else up to the day itself).
    """
    scenes = scene_rows(conn, (production_id,), cut=False)
    worked = worked_rows(conn, (production_id,), before=(today or day) + timedelta(days=1))
    people = scene_people(conn, [scene.id for scene in scenes], day)
    return [
        TrayRow(
            scene.id,
            production_id,
            scene.act_number,
            scene.number,
            scene.name,
            scene.minutes,
            tuple(sorted(people.get(scene.id, ()))),
            worked[scene.id][0] if scene.id in worked else None,
        )
        for scene in scenes
    ]


def scene_people(conn: Connection, scene_ids: Sequence[int], day: date) -> dict[int, set[int]]:
    """Who plays in each scene on a day: principals and ensemble."""
    found = conn.execute(
        select(Participation.scene_id, Assignment.person_id)
        .join(Assignment, Assignment.track_id == Participation.track_id)
        .where(
            Participation.scene_id.in_(scene_ids),
            Assignment.kind.in_(("principal", "ensemble")),
            or_(Assignment.starts_on.is_(None), Assignment.starts_on <= day),
            or_(Assignment.ends_on.is_(None), Assignment.ends_on >= day),
        )
        .distinct()
    )
    people: dict[int, set[int]] = {}
    for scene, person in found:
        people.setdefault(scene, set()).add(person)
    return people


def room_rows(conn: Connection, production_id: int | None = None) -> list[RoomRow]:
    """Rooms that are not hidden: the production's own venue first, then the others, in their order."""
    home = None
    if production_id is not None:
        home = conn.execute(select(Production.venue_id).where(Production.id == production_id)).scalar()
    found = conn.execute(
        select(Space.id, Space.name, Space.venue_id, func.coalesce(Venue.name, ""))
        .join(Venue, Venue.id == Space.venue_id)
        .where(Space.hidden.is_(False))
        .order_by(Venue.name, Space.position, Space.id)
    )
    rows = [RoomRow(*row) for row in found]
    rows.sort(key=lambda row: row.venue_id != home)
    return rows


def home_rooms(conn: Connection, production_id: int) -> list[RoomRow]:
    """Rooms of the production's own venue, in the venue's order; all rooms when it has none."""
    rows = room_rows(conn, production_id)
    return [row for row in rows if row.venue_id == rows[0].venue_id] if rows else []


def free_rooms(
    conn: Connection, production_id: int, starts_wall: int, ends_wall: int, *, without: Sequence[int] = ()
) -> list[RoomRow]:
    """Rooms of the production's own venue that nothing but the events `without` takes in a span of its clock."""
    rooms = home_rooms(conn, production_id)
    if not rooms:
        return []
    zone = conn.execute(select(Venue.zone).where(Venue.id == rooms[0].venue_id)).scalar_one()
    slot = moved_slot(None, "", starts_wall, ends_wall, zone)
    ids = [room.id for room in rooms]
    around = occupancy(conn, [], ids, slot.starts_at, slot.ends_at, without=without)
    return [room for room in rooms if not clashes(slot, around.spaces.get(room.id, ()))]


def best_room(conn: Connection, production_id: int, starts_wall: int, ends_wall: int) -> int | None:
    """The first free room of the production's venue, else its first room; None when there is none."""
    rooms = free_rooms(conn, production_id, starts_wall, ends_wall) or home_rooms(conn, production_id)
    return rooms[0].id if rooms else None


def group_rows(conn: Connection, production_id: int, day: date) -> list[GroupRow]:
    """Groups of a production as of a day, each with its people; empty ones are left out."""
    parts = assignment_rows(conn, (production_id,), on=day)
    cast = {part.person_id for part in parts if part.kind in ("principal", "ensemble")}
    groups = [
        GroupRow("Full company", tuple(sorted(cast))),
        GroupRow("Principals", _of_kind(parts, "principal")),
        GroupRow("Ensemble", _of_kind(parts, "ensemble")),
        GroupRow("Swings", _of_kind(parts, "swing")),
    ]
    found = conn.execute(
        select(Scene.act_id, Scene.number, Scene.id)
        .where(Scene.production_id == production_id, Scene.cut.is_(False))
        .order_by(Scene.position)
    ).all()
    people = scene_people(conn, [row.id for row in found], day)
    acts: dict[int, set[int]] = {}
    for row in found:
        acts.setdefault(row.act_id, set()).update(people.get(row.id, ()))
    for index, members in enumerate(acts.values(), start=1):
        groups.append(GroupRow(f"People of Act {index}", tuple(sorted(members))))
    for code, name in (("creative", "Creative team"), ("music", "Music"), ("stage", "Stage management")):
        groups.append(GroupRow(name, tuple(sorted({part.person_id for part in parts if part.group == code}))))
    return [group for group in groups if group.people]


def _of_kind(parts: Iterable[object], kind: str) -> tuple[int, ...]:
    return tuple(sorted({part.person_id for part in parts if part.kind == kind}))  # type: ignore[attr-defined]


def leaders_of(conn: Connection, production_id: int, kind: str, day: date) -> list[int]:
    """Who leads a kind of rehearsal: the music director music, the choreographer choreography, else the director."""
    wanted = {
        "music": ("music director", "musical director", "vocal coach"),
        "choreography": ("choreograph",),
    }.get(kind, ("director",))
    parts = assignment_rows(conn, (production_id,), on=day)
    jobs = [part for part in parts if part.job_id is not None]
    for words in wanted:
        exact = [part.person_id for part in jobs if part.job.lower() == words]
        if exact:
            return exact[:1]
    for words in wanted:
        near = [part.person_id for part in jobs if words in part.job.lower() and _no_deputy(part.job)]
        if near:
            return near[:1]
    return []


def _no_deputy(job: str) -> bool:
    lower = job.lower()
    return not any(word in lower for word in ("assistant", "associate", "resident", "music", "technical")) or (
        "music director" in lower or "musical director" in lower
    )


def cast_sizes(conn: Connection, production_ids: Iterable[int], first: date, last: date) -> dict[int, int]:
    """How many people play in each production at some time from `first` to `last`."""
    found = conn.execute(
        select(Assignment.production_id, func.count(Assignment.person_id.distinct()))
        .where(
            Assignment.production_id.in_(list(production_ids)),
            Assignment.kind.in_(("principal", "ensemble")),
            or_(Assignment.starts_on.is_(None), Assignment.starts_on <= last),
            or_(Assignment.ends_on.is_(None), Assignment.ends_on >= first),
        )
        .group_by(Assignment.production_id)
    )
    return {row[0]: row[1] for row in found}


def cast_change_words(conn: Connection, performance_ids: Sequence[int]) -> dict[int, str]:
    """Departures from the normal cast by performance: `P5 Naomi, F3 Tess, M2 –`."""
    if not performance_ids:
        return {}
    found = conn.execute(
        select(PerformanceCast.performance_id, Track.code, PerformanceCast.person_id)
        .join(Track, Track.id == PerformanceCast.track_id)
        .join(Performance, Performance.id == PerformanceCast.performance_id)
        .where(PerformanceCast.performance_id.in_(performance_ids))
        .order_by(PerformanceCast.performance_id, Track.position, Track.id)
    ).all()
    shorts = call_names(conn) if found else {}
    words: dict[int, list[str]] = {}
    for performance, track, person in found:
        name = "–" if person is None else shorts.get(person, "")
        words.setdefault(performance, []).append(f"{track} {name}")
    return {performance: ", ".join(listed) for performance, listed in words.items()}


def person_choice_rows(conn: Connection, production_id: int, day: date) -> list[tuple[int, str, str]]:
    """Everybody who can be called: id, name, part in the production; its own people first."""
    parts: dict[int, str] = {}
    for part in assignment_rows(conn, (production_id,), on=day):
        parts.setdefault(part.person_id, part.role_short or part.job.lower())
    found = conn.execute(select(Person.id, Person.name).order_by(Person.sort_name, Person.id)).all()
    rows = [(person, name, parts.get(person, "")) for person, name in found]
    rows.sort(key=lambda row: row[0] not in parts)
    return rows


def availability_reason(conn: Connection, availability_id: int) -> str:
    """Class Management: why somebody is not free. Ask only for somebody who may see it."""
    return (
        conn.execute(
            select(AvailabilityReason.reason).where(AvailabilityReason.availability_id == availability_id)
        ).scalar()
        or ""
    )
