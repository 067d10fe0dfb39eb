"""What a company file holds as the lines a CSV export writes: the same lines an import reads.

Class Company: no telephone or e-mail of those who keep theirs to themselves, pronouns only of those who show
them, no agents or notes about people, no reasons, and nobody is called sick. Cut scenes and cancelled calls stay out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, select

from stagecraft.base.errors import Refused
from stagecraft.domain.incoming import AwayLine, EventLine, Line, PersonLine, SceneLine, heading_key
from stagecraft.domain.names import fold
from stagecraft.domain.times import DAY_CUT, wall
from stagecraft.queries.calendar import availability_rows, event_rows
from stagecraft.queries.company import production_rows, space_rows
from stagecraft.queries.people import AssignmentRow, PersonRow, assignment_rows, person_rows, roles_by_track
from stagecraft.queries.script import TrackRow, participation_rows, scene_rows, track_rows
from stagecraft.store.schema import Call, Event, Person, Scene

_TOLD_TO_NOBODY = {"sick": "unavailable"}
_PLAYED = ("performance", "presentation")
"""A performance calls its company by itself."""

Days = tuple[date | None, date | None]
"""First and last working day; None for no bound."""


def people_lines(conn: Connection, productions: Sequence[int] = ()) -> tuple[list[Line], int]:
    """A line for each part and job, in company-list order, then those without; and how many people they are."""
    people = {row.id: row for row in person_rows(conn, productions)}
    roles = roles_by_track(conn, productions)
    told: set[tuple[object, ...]] = set()
    lines: list[Line] = []
    for job in assignment_rows(conn, productions):
        # Somebody may have a part twice, at different times; those are between them and management.
        what = (job.person_id, job.track_id, job.job_id, job.kind)
        if what not in told:
            lines.append(_person_line(people[job.person_id], job, roles.get(job.track_id or 0, ())))
            told.add(what)
    lines += [_person_line(row) for row in people.values() if not row.assignments]
    return lines, len(people)


def _person_line(
    row: PersonRow, job: AssignmentRow | None = None, roles: Iterable[tuple[str, str]] = ()
) -> PersonLine:
    line = PersonLine(0, row.name, row.sort_name, organisation=row.organisation)
    if row.show_pronouns:
        line.pronouns = row.pronouns
    if row.share_contact:
        line.phone, line.email = row.phone, row.email
    if job is not None:
        line.production, line.track, line.job = job.production_code, job.track, job.job
        line.roles = [name for name, _ in roles]
        if job.track_id is None:
            line.group = job.group
        else:
            line.kind = job.kind
    return line


def breakdown_lines(conn: Connection, production: int, reserved: Collection[str]) -> tuple[list[Line], int]:
    """A line for each scene with its marks and for each song in it; and how many scenes they are.

    `reserved` are heading keys no character's column may have.
    """
    tracks = track_rows(conn, [production])
    names = _headings(tracks, roles_by_track(conn, [production]), reserved)
    marks: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for mark in participation_rows(conn, [production]):
        if mark.french_scene_id is None:
            marks[mark.scene_id][mark.track_id] = mark.mark
    scenes = scene_rows(conn, [production], cut=False)
    code = {row.id: row.code for row in production_rows(conn, [production])}[production]
    lines: list[Line] = []
    for scene in scenes:
        here = marks[scene.id]
        line = SceneLine(
            0, scene.act_number, scene.number, scene.title, scene.page_from, scene.page_to, scene.minutes,
            marks=[(names[track.id], here[track.id]) for track in tracks if track.id in here], production=code,
        )  # fmt: skip
        songs = [song for song in scene.numbers if song.status != "cut"]
        lines.append(line)
        lines += [
            SceneLine(0, line.act, line.scene, minutes=song.minutes, song=song.title, production=code)
            for song in songs
        ]
    return lines, len(scenes)


def _headings(
    tracks: Sequence[TrackRow], roles: dict[int, list[tuple[str, str]]], reserved: Collection[str]
) -> dict[int, str]:
    """What each track's column is called: a name by which an import finds this track and no other."""
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for track in tracks:
        for name in (word for pair in roles.get(track.id, ()) for word in pair):
            meant[fold(name)].add(track.id)
    for track in tracks:
        meant[fold(track.code)] = {track.id}
    taken, headings = set(reserved), {}
    for track in tracks:
        mine = [name for name, _ in roles.get(track.id, ())]
        wanted = [*mine, track.code] if track.kind == "principal" and len(mine) == 1 else [track.code, *mine]
        fits = (name for name in wanted if heading_key(name) not in taken and meant[fold(name)] == {track.id})
        found = next((name for name in fits if len(name) <= 100), None)
        if found is None:
            sentence = f"The track {track.code} is called like another column; give it another code first."
            raise Refused("export.heading", sentence)
        headings[track.id] = found
        taken |= {heading_key(found)} - {""}
    return headings


def availability_lines(
    conn: Connection, productions: Sequence[int] = (), days: Days = (None, None)
) -> tuple[list[Line], int]:
    """A line for each absence that touches the days: of everybody and every room, or of these productions'."""
    shows = {row.id: row for row in production_rows(conn)}
    people = {row.id for row in person_rows(conn, productions)}
    venues = {shows[production].venue_id for production in productions}
    spaces = {row.id for row in space_rows(conn, hidden=True) if not productions or row.venue_id in venues}
    rooms = _room_names(conn)
    lines: list[Line] = []
    for row in availability_rows(conn, *_span(days)):
        if row.person_id not in people and row.space_id not in spaces:
            continue
        if productions and row.production_id not in (None, *productions):
            continue
        lines.append(
            AwayLine(
                0,
                row.name if row.person_id is not None else "",
                rooms[row.space_id] if row.space_id is not None else "",
                row.starts_wall,
                row.ends_wall,
                _TOLD_TO_NOBODY.get(row.kind, row.kind),
                row.hardness,
                row.text,
                production=shows[row.production_id].code if row.production_id is not None else "",
            )
        )
    return lines, len(lines)


def schedule_lines(
    conn: Connection, productions: Sequence[int] = (), days: Days = (None, None)
) -> tuple[list[Line], int]:
    """A line for each call of the days. `people` are those called besides the people of its scenes."""
    starts, ends = _span(days)
    cut = set(conn.execute(select(Scene.id).where(Scene.cut.is_(True))).scalars())
    called: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    query = (
        select(Call.event_id, Call.source, Person.name)
        .join(Person, Person.id == Call.person_id)
        .join(Event, Event.id == Call.event_id)
        .where(Event.starts_wall >= starts, Event.starts_wall < ends, Call.status != "released")
        .order_by(Person.sort_name, Person.id)
    )
    for event, source, name in conn.execute(query):
        called[event, source].append(name)
    rooms = _room_names(conn)
    lines: list[Line] = [
        EventLine(
            0,
            row.code,
            row.starts_wall,
            row.ends_wall,
            rooms[row.space_id] if row.space_id is not None else "",
            row.kind,
            row.title,
            [unit.number for unit in row.units if unit.scene_id not in cut],
            called[row.id, "person"] if row.kind not in _PLAYED else [],
            called[row.id, "leader"],
            row.note,
        )
        for row in event_rows(conn, starts, ends, productions)
        if row.state != "cancelled" and row.starts_wall >= starts
    ]
    return lines, len(lines)


def _span(days: Days) -> tuple[int, int]:
    first, last = days
    return (
        wall(first, DAY_CUT) if first else 0,
        wall((last or date(2200, 12, 31)) + timedelta(days=1), DAY_CUT),
    )


def _room_names(conn: Connection) -> dict[int, str]:
    """A room's name, with its venue where another venue has such a room."""
    rows = space_rows(conn, hidden=True)
    same = Counter(fold(row.name) for row in rows)
    return {row.id: row.name if same[fold(row.name)] == 1 else f"{row.name}, {row.venue}" for row in rows}
