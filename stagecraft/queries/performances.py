"""Performances as rows: numbers, times, who is on which track where it differs, who is on the bench, milestones.

Final performances themselves are worked out in `queries.final_performances`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from stagecraft.domain.kinds import ON_BENCH, ON_STAGE
from stagecraft.domain.names import short_names
from stagecraft.domain.times import work_day
from stagecraft.queries.final_performances import final_performance_rows
from stagecraft.queries.people import AssignmentRow, assignment_rows
from stagecraft.store.schema import (
    Event,
    Performance,
    PerformanceCast,
    Person,
    Production,
    Space,
    Track,
    Venue,
)


@dataclass(slots=True)
class PerformanceRow:
    """One performance. Times are wall minutes, `half_hour` minutes before the curtain, `starts_wall` the curtain.

    `marks` say what is particular: `Karen’s final`, `Ivy’s first`.
    """

    id: int
    event_id: int
    production_id: int
    production: str
    code: str
    colour: str
    number: int | None
    slot: str
    type: str
    state: str
    venue: str
    space: str
    capacity: int | None
    starts_wall: int
    ends_wall: int
    half_hour: int
    attendance: int | None
    held_because: str
    act1_up: int | None
    act1_down: int | None
    act2_up: int | None
    act2_down: int | None
    marks: list[str] = field(default_factory=list)

    @property
    def day(self) -> date:
        """Working day it belongs to."""
        return work_day(self.starts_wall)

    @property
    def name(self) -> str:
        """`#311`, `Presentation 1`, `preview`."""
        if self.type == "presentation":
            return f"Presentation {self.number}" if self.number is not None else "Presentation"
        return f"#{self.number}" if self.number is not None else self.type

    @property
    def half_hour_wall(self) -> int:
        """When everybody signs in."""
        return self.starts_wall - self.half_hour

    @property
    def held(self) -> int | None:
        """Minutes the curtain was held; None until it went up."""
        return None if self.act1_up is None else self.act1_up - self.starts_wall

    @property
    def run_minutes(self) -> int | None:
        """Running time without interval; None until every act taken has both times."""
        acts = ((self.act1_up, self.act1_down), (self.act2_up, self.act2_down))
        lengths = [down - up for up, down in acts if up is not None and down is not None]
        complete = all((up is None) == (down is None) for up, down in acts)
        return sum(lengths) if lengths and complete else None

    @property
    def show_minutes(self) -> int | None:
        """From the first up to the last down, interval included."""
        last = self.act2_down if self.act2_up is not None else self.act1_down
        return None if self.act1_up is None or last is None else last - self.act1_up


@dataclass(slots=True)
class CastChangeRow:
    """A track that somebody else plays, or nobody (`on_id` None). `reason` is class Management: print "out"."""

    performance_id: int
    production_id: int
    code: str
    colour: str
    number: int | None
    starts_wall: int
    slot: str
    state: str
    track_id: int
    track: str
    role: str
    normal_id: int | None
    normal: str
    normal_short: str
    on_id: int | None
    on: str
    on_short: str
    reason: str
    note: str

    @property
    def day(self) -> date:
        return work_day(self.starts_wall)


@dataclass(slots=True)
class BenchRow:
    """Swings and standbys free in a performance; `group` is the letter of their bench (`F`), else the track's code."""

    performance_id: int
    group: str
    people: list[str]


def performance_rows(
    conn: Connection,
    starts_wall: int,
    ends_wall: int,
    production_ids: Iterable[int] = (),
    *,
    marks: bool = True,
) -> list[PerformanceRow]:
    """Performances that start in the span, by time; of all productions when none are given.

    `marks` reads final and first performances too, which costs eight more statements.
    """
    where: list[ColumnElement[bool]] = [Event.starts_wall >= starts_wall, Event.starts_wall < ends_wall]
    ids = list(production_ids)
    if ids:
        where.append(Performance.production_id.in_(ids))
    rows = _performances(conn, and_(*where))
    if marks:
        _mark(conn, rows)
    return rows


def performance_row(conn: Connection, performance_id: int) -> PerformanceRow | None:
    """One performance with its marks; None when it is gone."""
    rows = _performances(conn, Performance.id == performance_id)
    _mark(conn, rows)
    return rows[0] if rows else None


def _performances(conn: Connection, where: ColumnElement[bool]) -> list[PerformanceRow]:
    found = conn.execute(
        select(
            Performance.id,
            Performance.event_id,
            Performance.production_id,
            Production.name,
            Production.code,
            Production.colour,
            Performance.number,
            Performance.slot,
            Performance.type,
            Event.state,
            func.coalesce(Venue.name, ""),
            func.coalesce(Space.name, ""),
            Venue.capacity,
            Event.starts_wall,
            Event.ends_wall,
            Performance.half_hour,
            Performance.attendance,
            Performance.held_because,
            Performance.act1_up,
            Performance.act1_down,
            Performance.act2_up,
            Performance.act2_down,
        )
        .join(Event, Event.id == Performance.event_id)
        .join(Production, Production.id == Performance.production_id)
        .outerjoin(Space, Space.id == Event.space_id)
        .outerjoin(Venue, Venue.id == Space.venue_id)
        .where(where)
        .order_by(Event.starts_wall, Performance.id)
    )
    return [PerformanceRow(*tuple(row)) for row in found]


# --- milestones --------------------------------------------------------------------------------------------


def _mark(conn: Connection, rows: list[PerformanceRow]) -> None:
    """Write final and first performances into the rows' marks."""
    if not rows:
        return
    by_id = {row.id: row for row in rows}
    productions = {row.production_id for row in rows}
    for final in final_performance_rows(conn, productions):
        if final.performance_id in by_id:
            by_id[final.performance_id].marks.append(f"{_first_name(final.person)}’s final")
    for performance, parts in first_performances(conn, productions).items():
        if performance in by_id:
            by_id[performance].marks.extend(f"{_first_name(part.person)}’s first" for part in parts)


def _first_name(name: str) -> str:
    return name.split(" ", maxsplit=1)[0]


def first_performances(
    conn: Connection, production_ids: Iterable[int] = (), parts: Sequence[AssignmentRow] | None = None
) -> dict[int, list[AssignmentRow]]:
    """Performance id → assignments first played in it, by those who took a track over during the run.

    `parts` are the assignments of these productions where they were read already.
    """
    taken_over = _taken_over(assignment_rows(conn, tuple(production_ids)) if parts is None else parts)
    if not taken_over:
        return {}
    showings = conn.execute(
        select(Performance.id, Performance.production_id, Event.starts_wall)
        .join(Event, Event.id == Performance.event_id)
        .where(Event.state != "cancelled", Performance.production_id.in_({a.production_id for a in taken_over}))
        .order_by(Event.starts_wall, Performance.id)
    ).all()
    changes = {
        (row.performance_id, row.track_id): row.person_id
        for row in conn.execute(
            select(PerformanceCast.performance_id, PerformanceCast.track_id, PerformanceCast.person_id).where(
                PerformanceCast.track_id.in_({a.track_id for a in taken_over})
            )
        )
    }
    firsts: dict[int, list[AssignmentRow]] = {}
    for part in taken_over:
        for showing in showings:
            if showing.production_id != part.production_id or not part.on(work_day(showing.starts_wall)):
                continue
            if changes.get((showing.id, part.track_id or 0), part.person_id) == part.person_id:
                firsts.setdefault(showing.id, []).append(part)
                break
    return firsts


def _taken_over(parts: Sequence[AssignmentRow]) -> list[AssignmentRow]:
    """Assignments on stage that follow somebody else's on the same track."""
    on_stage = [one for one in parts if one.kind in ON_STAGE and one.track_id is not None]
    ended = {(one.track_id, one.person_id) for one in on_stage if one.ends_on is not None}
    return [
        one
        for one in on_stage
        if one.starts_on is not None
        and any(track == one.track_id and person != one.person_id for track, person in ended)
    ]


# --- who is on ---------------------------------------------------------------------------------------------


def cast_change_rows(
    conn: Connection, starts_wall: int, ends_wall: int, production_ids: Iterable[int] = ()
) -> list[CastChangeRow]:
    """Where the cast differs from the usual in performances of the span, by time and track. Six statements."""
    ids = tuple(production_ids)
    query = (
        select(
            PerformanceCast.performance_id,
            Performance.production_id,
            Production.code,
            Production.colour,
            Performance.number,
            Event.starts_wall,
            Performance.slot,
            Event.state,
            PerformanceCast.track_id,
            Track.code,
            PerformanceCast.person_id,
            PerformanceCast.reason,
            PerformanceCast.note,
        )
        .join(Performance, Performance.id == PerformanceCast.performance_id)
        .join(Event, Event.id == Performance.event_id)
        .join(Production, Production.id == Performance.production_id)
        .join(Track, Track.id == PerformanceCast.track_id)
        .where(Event.starts_wall >= starts_wall, Event.starts_wall < ends_wall)
        .order_by(Event.starts_wall, Performance.id, Track.position)
    )
    if ids:
        query = query.where(Performance.production_id.in_(ids))
    found = conn.execute(query).all()
    if not found:
        return []
    parts = assignment_rows(conn, {row[1] for row in found})
    people = {part.person_id for part in parts} | {row.person_id for row in found if row.person_id is not None}
    named = conn.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    names = {row.id: row.name for row in named}
    shorts = short_names(names)
    return [_change(tuple(row), parts, names, shorts) for row in found]


def _change(
    row: tuple[Any, ...], parts: Sequence[AssignmentRow], names: dict[int, str], shorts: dict[int, str]
) -> CastChangeRow:
    *head, track, code, on, reason, note = row
    usual = _usual(parts, track, work_day(row[5]))
    normal = usual.person_id if usual else None
    role = next((part.role for part in parts if part.track_id == track), "")
    values = [*head, track, code, role]
    for person in (normal, on):
        values += [person, names.get(person or 0, ""), shorts.get(person or 0, "")]
    return CastChangeRow(*[*values, reason, note])


def _usual(parts: Sequence[AssignmentRow], track: int, day: date) -> AssignmentRow | None:
    return next(
        (part for part in parts if part.track_id == track and part.kind in ON_STAGE and part.on(day)), None
    )


def players(conn: Connection, performance_id: int) -> dict[int, int | None]:
    """Track id → who plays it in that performance (None: nobody)."""
    found = conn.execute(
        select(Performance.production_id, Event.starts_wall)
        .join(Event, Event.id == Performance.event_id)
        .where(Performance.id == performance_id)
    ).one()
    day = work_day(found.starts_wall)
    usual: dict[int, int | None] = {}
    for part in assignment_rows(conn, (found.production_id,), on=day):
        if part.kind in ON_STAGE and part.track_id is not None:
            usual.setdefault(part.track_id, part.person_id)
    changes = select(PerformanceCast.track_id, PerformanceCast.person_id).where(
        PerformanceCast.performance_id == performance_id
    )
    return {**usual, **dict(conn.execute(changes).all())}


def bench_rows(conn: Connection, performance_id: int) -> list[BenchRow]:
    """Who is free on the bench of a performance, by group; groups with nobody left are listed empty."""
    found = conn.execute(
        select(Performance.production_id, Event.starts_wall)
        .join(Event, Event.id == Performance.event_id)
        .where(Performance.id == performance_id)
    ).first()
    if found is None:
        return []
    playing = set(players(conn, performance_id).values())
    groups: dict[str, list[str]] = {}
    for part in assignment_rows(conn, (found.production_id,), on=work_day(found.starts_wall)):
        if part.kind in ON_BENCH and part.track_id is not None:
            group = part.track.removeprefix("S-") or part.track
            listed = groups.setdefault(group, [])
            if part.person_id not in playing:
                listed.append(_first_name(part.person))
    return [BenchRow(performance_id, group, people) for group, people in groups.items()]
