"""Acts, scenes, numbers, tracks, who is in what, drafts: as rows. What follows from them is in domain.breakdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from stagecraft.domain.breakdown import Unit, pages_text
from stagecraft.domain.kinds import REHEARSAL_KINDS
from stagecraft.domain.names import short_names
from stagecraft.domain.times import DAY_CUT, wall, work_day
from stagecraft.queries.people import PLAYS, AssignmentRow, assignment_rows, roles_by_track
from stagecraft.store.schema import (
    Act,
    Event,
    EventUnit,
    FrenchScene,
    MusicalNumber,
    Participation,
    Role,
    Scene,
    ScriptDraft,
    Track,
)


@dataclass(slots=True)
class ActRow:
    id: int
    production_id: int
    number: int
    name: str
    minutes: int | None


@dataclass(slots=True)
class NumberRow:
    """A song or dance; `status` is in | new | revised | cut | restored."""

    id: int
    production_id: int
    scene_id: int | None
    title: str
    status: str
    minutes: int | None
    position: int
    cut_on: date | None


@dataclass(slots=True)
class FrenchRow:
    id: int
    scene_id: int
    letter: str
    title: str


@dataclass(slots=True)
class SceneRow:
    """A scene with its numbers and French scenes. `title` is its place."""

    id: int
    production_id: int
    act_id: int
    act_number: int
    act: str
    number: str
    title: str
    page_from: str
    page_to: str
    minutes: int | None
    position: int
    cut: bool
    note: str
    numbers: list[NumberRow] = field(default_factory=list)
    french: list[FrenchRow] = field(default_factory=list)

    @property
    def song(self) -> str:
        """Titles of what is sung or danced in it now, without what was cut."""
        return ", ".join(number.title for number in self.numbers if number.status != "cut")

    @property
    def name(self) -> str:
        """What a call says it is: its song, else its place."""
        return self.song or self.title

    @property
    def pages(self) -> str:
        return pages_text(self.page_from, self.page_to)


@dataclass(slots=True)
class TrackRow:
    """What one body does, with its roles and who is on it. `person_id` is None while nobody is."""

    id: int
    production_id: int
    code: str
    kind: str
    position: int
    role: str = ""
    role_short: str = ""
    role_ids: list[int] = field(default_factory=list)
    person_id: int | None = None
    person: str = ""
    person_short: str = ""
    assignment_id: int | None = None

    @property
    def name(self) -> str:
        """`Marilyn`, or the code where no character is named."""
        return self.role_short or self.code


@dataclass(slots=True)
class ParticipationRow:
    """`french_scene_id` is None where the track is in the whole scene."""

    scene_id: int
    track_id: int
    french_scene_id: int | None
    mark: str


@dataclass(slots=True)
class RoleRow:
    id: int
    production_id: int
    track_id: int | None
    name: str
    short_name: str
    position: int


@dataclass(slots=True)
class DraftRow:
    """An issue of pages, in the order of issue."""

    id: int
    production_id: int
    code: str
    colour: str
    issued_on: date
    pages: str
    note: str
    frozen: bool


def _of(query: Any, column: Any, production_ids: Iterable[int]) -> Any:
    ids = tuple(production_ids)
    return query.where(column.in_(ids)) if ids else query


def act_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[ActRow]:
    """Acts in their order; of all productions when none are given."""
    query = select(Act.id, Act.production_id, Act.number, Act.name, Act.minutes)
    query = _of(query, Act.production_id, production_ids).order_by(Act.production_id, Act.number)
    return [ActRow(*row) for row in conn.execute(query)]


def scene_rows(conn: Connection, production_ids: Iterable[int] = (), *, cut: bool = True) -> list[SceneRow]:
    """Scenes in playing order with their numbers and French scenes; without the cut ones on wish. Three statements."""
    ids = tuple(production_ids)
    query = (
        select(
            Scene.id,
            Scene.production_id,
            Scene.act_id,
            Act.number,
            Act.name,
            Scene.number,
            Scene.title,
            Scene.page_from,
            Scene.page_to,
            Scene.minutes,
            Scene.position,
            Scene.cut,
            Scene.note,
        )
        .join(Act, Act.id == Scene.act_id)
        .order_by(Scene.production_id, Act.number, Scene.position, Scene.id)
    )
    if not cut:
        query = query.where(Scene.cut.is_(False))
    rows = [SceneRow(*row) for row in conn.execute(_of(query, Scene.production_id, ids))]
    by_id = {row.id: row for row in rows}
    for number in number_rows(conn, ids):
        if number.scene_id in by_id:
            by_id[number.scene_id].numbers.append(number)
    for french in french_rows(conn, ids):
        if french.scene_id in by_id:
            by_id[french.scene_id].french.append(french)
    return rows


def number_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[NumberRow]:
    """Songs and dances in their order, cut ones too."""
    query = select(
        MusicalNumber.id,
        MusicalNumber.production_id,
        MusicalNumber.scene_id,
        MusicalNumber.title,
        MusicalNumber.status,
        MusicalNumber.minutes,
        MusicalNumber.position,
        MusicalNumber.cut_on,
    ).order_by(MusicalNumber.production_id, MusicalNumber.position, MusicalNumber.id)
    return [NumberRow(*row) for row in conn.execute(_of(query, MusicalNumber.production_id, production_ids))]


def french_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[FrenchRow]:
    """French scenes by scene, in their order."""
    query = (
        select(FrenchScene.id, FrenchScene.scene_id, FrenchScene.letter, FrenchScene.title)
        .join(Scene, Scene.id == FrenchScene.scene_id)
        .order_by(FrenchScene.scene_id, FrenchScene.position, FrenchScene.id)
    )
    return [FrenchRow(*row) for row in conn.execute(_of(query, Scene.production_id, production_ids))]


def role_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[RoleRow]:
    """Characters in their order."""
    query = select(
        Role.id, Role.production_id, Role.track_id, Role.name, Role.short_name, Role.position
    ).order_by(Role.production_id, Role.position, Role.id)
    return [RoleRow(*row) for row in conn.execute(_of(query, Role.production_id, production_ids))]


def track_rows(
    conn: Connection, production_ids: Iterable[int] = (), on: date | None = None, *, nearest: bool = False
) -> list[TrackRow]:
    """Tracks in their order with their roles and whose they are on a day. Five statements.

    Who covers is not asked here. With `nearest`, a track that is nobody's that day shows who comes next, else who
    was last; without a day, too.
    """
    ids = tuple(production_ids)
    query = select(Track.id, Track.production_id, Track.code, Track.kind, Track.position)
    query = _of(query, Track.production_id, ids).order_by(Track.production_id, Track.position, Track.id)
    rows = [TrackRow(*row) for row in conn.execute(query)]
    roles = roles_by_track(conn, ids)
    held: defaultdict[int, list[AssignmentRow]] = defaultdict(list)
    for assignment in assignment_rows(conn, ids):
        if assignment.track_id is not None and assignment.kind in PLAYS:
            held[assignment.track_id].append(assignment)
    for role in role_rows(conn, ids):
        for row in rows:
            if row.id == role.track_id:
                row.role_ids.append(role.id)
    for row in rows:
        named = roles.get(row.id, ())
        row.role = ", ".join(name for name, _ in named)
        row.role_short = ", ".join(short for _, short in named)
        holder = _holder(held[row.id], on, nearest)
        if holder is not None:
            row.person_id, row.person, row.assignment_id = holder.person_id, holder.person, holder.id
    shorts = short_names({a.person_id: a.person for mine in held.values() for a in mine})
    for row in rows:
        row.person_short = shorts[row.person_id] if row.person_id is not None else ""
    return rows


def _holder(held: list[AssignmentRow], on: date | None, nearest: bool) -> AssignmentRow | None:
    """Whose the track is: the latest comer of those in it that day, then the next to come, then the last."""
    if on is not None:
        there = [row for row in held if row.on(on)]
        if there:
            return max(there, key=lambda row: (row.starts_on or date.min, -row.rank, -row.id))
        coming = [row for row in held if row.starts_on is not None and row.starts_on > on]
        if nearest and coming:
            return min(coming, key=lambda row: (row.starts_on or date.min, row.id))
    if on is None or nearest:
        return max(held, key=lambda row: (row.ends_on or date.max, row.starts_on or date.min), default=None)
    return None


def participation_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[ParticipationRow]:
    """Who is in what, by scene and track."""
    query = (
        select(
            Participation.scene_id, Participation.track_id, Participation.french_scene_id, Participation.mark
        )
        .join(Scene, Scene.id == Participation.scene_id)
        .order_by(Participation.scene_id, Participation.track_id, Participation.french_scene_id)
    )
    return [ParticipationRow(*row) for row in conn.execute(_of(query, Scene.production_id, production_ids))]


def draft_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[DraftRow]:
    """Issues of pages in the order they were issued."""
    query = select(
        ScriptDraft.id,
        ScriptDraft.production_id,
        ScriptDraft.code,
        ScriptDraft.colour,
        ScriptDraft.issued_on,
        ScriptDraft.pages,
        ScriptDraft.note,
        ScriptDraft.frozen,
    ).order_by(ScriptDraft.production_id, ScriptDraft.issued_on, ScriptDraft.position, ScriptDraft.id)
    return [DraftRow(*row) for row in conn.execute(_of(query, ScriptDraft.production_id, production_ids))]


def worked_rows(
    conn: Connection, production_ids: Iterable[int] = (), *, before: date | None = None
) -> dict[int, tuple[date, str]]:
    """When each scene was last called and as what kind of event: scene id → working day, kind.

    Cancelled events do not count; with `before`, only events that start before that working day.
    """
    latest = (
        select(EventUnit.scene_id, func.max(Event.starts_wall).label("starts_wall"))
        .join(Event, Event.id == EventUnit.event_id)
        .where(Event.state != "cancelled", Event.kind.in_(REHEARSAL_KINDS))
        .group_by(EventUnit.scene_id)
    )
    latest = _of(latest, Event.production_id, production_ids)
    if before is not None:
        latest = latest.where(Event.starts_wall < wall(before, DAY_CUT))
    last = latest.subquery()
    query = (
        select(last.c.scene_id, last.c.starts_wall, func.min(Event.kind))
        .join(EventUnit, EventUnit.scene_id == last.c.scene_id)
        .join(Event, (Event.id == EventUnit.event_id) & (Event.starts_wall == last.c.starts_wall))
        .where(Event.state != "cancelled", Event.kind.in_(REHEARSAL_KINDS))
        .group_by(last.c.scene_id, last.c.starts_wall)
    )
    return {scene: (work_day(starts), kind) for scene, starts, kind in conn.execute(query)}


def units(
    scenes: Iterable[SceneRow],
    tracks: Iterable[TrackRow],
    marks: Iterable[ParticipationRow],
    worked: dict[int, tuple[date, str]] | None = None,
) -> list[Unit]:
    """The scenes as domain.breakdown asks for them, with tracks as people."""
    principals = {track.id for track in tracks if track.kind == "principal"}
    known = {track.id for track in tracks}
    inside: defaultdict[int, set[int]] = defaultdict(set)
    for mark in marks:
        if mark.track_id in known:
            inside[mark.scene_id].add(mark.track_id)
    return [
        Unit(
            id=scene.id,
            people=frozenset(inside[scene.id]),
            leads=frozenset(inside[scene.id] & principals),
            minutes=scene.minutes,
            cut=scene.cut,
            last_worked=(worked or {}).get(scene.id, (None,))[0],
        )
        for scene in scenes
    ]


@dataclass(slots=True)
class ScriptRows:
    """Everything the script page shows of one production, read in one go."""

    acts: list[ActRow]
    scenes: list[SceneRow]
    numbers: list[NumberRow]
    tracks: list[TrackRow]
    marks: list[ParticipationRow]
    drafts: list[DraftRow]
    worked: dict[int, tuple[date, str]]
    units: list[Unit]


def script_rows(conn: Connection, production_id: int, on: date) -> ScriptRows:
    """The script of a production with the company of a day. Thirteen statements, however long the play."""
    ids = (production_id,)
    scenes, tracks = scene_rows(conn, ids), track_rows(conn, ids, on, nearest=True)
    marks, worked = participation_rows(conn, ids), worked_rows(conn, ids, before=on)
    return ScriptRows(
        acts=act_rows(conn, ids),
        scenes=scenes,
        numbers=number_rows(conn, ids),
        tracks=tracks,
        marks=marks,
        drafts=draft_rows(conn, ids),
        worked=worked,
        units=units(scenes, tracks, marks, worked),
    )
