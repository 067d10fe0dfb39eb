"""Clashes of people and rooms across all productions, and what dragged calls would run into.

Every comparison goes along the (person, start) and (room, start) indexes with a start bounded below, so ten years
of data cost no more than a week. No reason of an unavailability is ever read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from stagecraft.domain.calendar import short_heading
from stagecraft.domain.conflicts import (
    UNCOUNTED_KINDS,
    Busy,
    Occupancy,
    Slot,
    finding,
)
from stagecraft.domain.findings import Finding, worst_first
from stagecraft.domain.names import short_names
from stagecraft.domain.times import DAY, to_instant
from stagecraft.store.schema import (
    Assignment,
    Availability,
    Call,
    Event,
    EventUnit,
    Performance,
    PerformanceCast,
    Person,
    Production,
    Scene,
    Space,
)

_Named = dict[int, tuple[str, str]]
"""What a finding calls each event, and the name of its production."""
_UNNAMED = ("", "")


@lru_cache(maxsize=4)
def _shortened(people: tuple[tuple[int, str], ...]) -> dict[int, str]:
    return short_names(dict(people))


def call_names(conn: Connection) -> dict[int, str]:
    """Names used on calls by person, unique among everybody; worked out again only when a name has changed."""
    found = conn.execute(select(Person.id, Person.name).order_by(Person.id))
    return _shortened(tuple((person, name) for person, name in found))


def conflict_rows(
    conn: Connection, starts_wall: int, ends_wall: int, production_ids: Iterable[int] = ()
) -> list[Finding]:
    """Double bookings and unavailabilities of people and rooms in the span, the worst first.

    At least one of two clashing events touches the span and belongs to the productions given (all when none
    are); the other may be anybody's. Cancelled events, released and optional calls, meals and days off occupy
    nobody; a person whose track somebody else plays is not in that performance.
    """
    span = _in_span(Event, starts_wall, ends_wall, list(production_ids))
    pairs = _person_pairs(conn, span) + _space_pairs(conn, span)
    away = _person_away(conn, span) + _space_away(conn, span)
    named = event_words(conn, {event for pair in pairs for event in pair.events} | {hit.event for hit in away})
    if not named:
        return []
    whose = {"person": call_names(conn), "space": _space_names(conn)}
    found = [_overlap(pair, named, whose[pair.of][pair.key]) for pair in pairs]
    found += [_absence(hit, named, whose[hit.of][hit.key]) for hit in away]
    return worst_first(found)


def _space_names(conn: Connection) -> dict[int, str]:
    return {row[0]: row[1] for row in conn.execute(select(Space.id, Space.name))}


def _in_span(event: Any, starts_wall: int, ends_wall: int, production_ids: list[int]) -> ColumnElement[bool]:
    where = [
        event.starts_wall > starts_wall - DAY,
        event.starts_wall < ends_wall,
        event.ends_wall > starts_wall,
        counts(event),
    ]
    if production_ids:
        where.append(event.production_id.in_(production_ids))
    return and_(*where)


def counts(event: Any) -> ColumnElement[bool]:
    """The event occupies whoever is in it."""
    return and_(event.state != "cancelled", event.kind.not_in(sorted(UNCOUNTED_KINDS)))


def played_by_another(call: Any) -> ColumnElement[bool]:
    """Somebody else plays the person's track in that performance, or nobody does."""
    return exists(
        select(PerformanceCast.id)
        .join(Performance, Performance.id == PerformanceCast.performance_id)
        .join(Assignment, Assignment.track_id == PerformanceCast.track_id)
        .where(
            Performance.event_id == call.event_id,
            Assignment.person_id == call.person_id,
            Assignment.kind.in_(("principal", "ensemble")),
            func.coalesce(PerformanceCast.person_id, -1) != call.person_id,
        )
    )


@dataclass(slots=True)
class _Pair:
    """Two events that share a person or a room; spans are the person's own where there are any."""

    key: int
    of: str
    first: Busy
    second: Busy

    @property
    def events(self) -> tuple[int, int]:
        return (self.first.event or 0, self.second.event or 0)


@dataclass(slots=True)
class _Away:
    key: int
    of: str
    event: int
    slot: tuple[int, int, int, int]
    absence: tuple[int, int, int, int]
    hardness: str
    text: str


def _span_columns(table: Any) -> tuple[Any, ...]:
    return (table.starts_at, table.ends_at, table.starts_wall, table.ends_wall)


def _meets(table: Any, starts_at: Any, ends_at: Any) -> ColumnElement[bool]:
    """Whether a call or an event, none of which lasts a day, has a part between two instants; finds by the index."""
    return and_(table.starts_at > starts_at - DAY, table.starts_at < ends_at, table.ends_at > starts_at)


def _person_pairs(conn: Connection, span: ColumnElement[bool]) -> list[_Pair]:
    other, theirs = aliased(Call), aliased(Event)
    found = conn.execute(
        select(
            Call.person_id,
            Call.event_id,
            *_span_columns(Call),
            other.event_id,
            *_span_columns(other),
        )
        .select_from(Event)
        .join(Call, Call.event_id == Event.id)
        .join(
            other,
            and_(
                other.person_id == Call.person_id,
                _meets(other, Call.starts_at, Call.ends_at),
                other.event_id != Call.event_id,
            ),
        )
        .where(
            span,
            Call.status == "called",
            other.status == "called",
            # EXISTS, because for a join SQLite would first read every event there is.
            exists(select(theirs.id).where(theirs.id == other.event_id, counts(theirs))),
            ~played_by_another(Call),
            ~played_by_another(other),
        )
    )
    return _pairs(found, "person")


def _space_pairs(conn: Connection, span: ColumnElement[bool]) -> list[_Pair]:
    theirs = aliased(Event)
    found = conn.execute(
        select(
            Event.space_id,
            Event.id,
            *_span_columns(Event),
            theirs.id,
            *_span_columns(theirs),
        )
        .select_from(Event)
        .join(
            theirs,
            and_(
                theirs.space_id == Event.space_id,
                _meets(theirs, Event.starts_at, Event.ends_at),
                theirs.id != Event.id,
            ),
        )
        .where(span, counts(theirs))
    )
    return _pairs(found, "space")


def _pairs(found: Iterable[Any], of: str) -> list[_Pair]:
    """Each pair once, whichever of its events the span found first."""
    pairs: dict[tuple[int, int, int], _Pair] = {}
    for key, event_a, *rest in found:
        span_a, event_b, span_b = rest[:4], rest[4], rest[5:]
        first, second = Busy(event_a, "", *span_a), Busy(event_b, "", *span_b)
        if (second.starts_at, second.event) < (first.starts_at, first.event):
            first, second = second, first
        pairs.setdefault((key, min(event_a, event_b), max(event_a, event_b)), _Pair(key, of, first, second))
    return list(pairs.values())


def _person_away(conn: Connection, span: ColumnElement[bool]) -> list[_Away]:
    found: Any = conn.execute(
        select(
            Call.person_id,
            Call.event_id,
            *_span_columns(Call),
            *_span_columns(Availability),
            Availability.hardness,
            Availability.text,
        )
        .select_from(Event)
        .join(Call, Call.event_id == Event.id)
        .join(
            Availability,
            and_(
                Availability.person_id == Call.person_id,
                Availability.starts_at < Call.ends_at,
                Availability.ends_at > Call.starts_at,
                or_(Availability.production_id.is_(None), Availability.production_id == Event.production_id),
            ),
        )
        .where(span, Call.status == "called", ~played_by_another(Call))
    )
    return [_Away(row[0], "person", row[1], row[2:6], row[6:10], row[10], row[11]) for row in found]


def _space_away(conn: Connection, span: ColumnElement[bool]) -> list[_Away]:
    found: Any = conn.execute(
        select(
            Event.space_id,
            Event.id,
            *_span_columns(Event),
            *_span_columns(Availability),
            Availability.hardness,
            Availability.text,
        )
        .select_from(Event)
        .join(
            Availability,
            and_(
                Availability.space_id == Event.space_id,
                Availability.starts_at < Event.ends_at,
                Availability.ends_at > Event.starts_at,
            ),
        )
        .where(span)
    )
    return [_Away(row[0], "space", row[1], row[2:6], row[6:10], row[10], row[11]) for row in found]


def event_words(conn: Connection, event_ids: set[int]) -> _Named:
    """What a finding calls each of these events, and the production it belongs to."""
    if not event_ids:
        return {}
    numbers: dict[int, list[tuple[str, str]]] = {}
    for event, number in conn.execute(
        select(EventUnit.event_id, Scene.number)
        .join(Scene, Scene.id == EventUnit.scene_id)
        .where(EventUnit.event_id.in_(event_ids))
        .order_by(EventUnit.event_id, EventUnit.position)
    ):
        numbers.setdefault(event, []).append((number, ""))
    found = conn.execute(
        select(Event.id, Event.kind, Event.title, Performance.number, Production.name)
        .join(Production, Production.id == Event.production_id)
        .outerjoin(Performance, Performance.event_id == Event.id)
        .where(Event.id.in_(event_ids))
    )
    return {
        event: (short_heading(kind, title, numbers.get(event, ()), number), show)
        for event, kind, title, number, show in found
    }


def _overlap(pair: _Pair, named: _Named, name: str) -> Finding:
    first, second = pair.first, pair.second
    second.what, second.show = named.get(second.event or 0, _UNNAMED)
    what, show = named.get(first.event or 0, _UNNAMED)
    slot = Slot(
        first.event,
        what,
        first.starts_at,
        first.ends_at,
        first.starts_wall,
        first.ends_wall,
        show,
    )
    return finding(pair.of, pair.key, name, slot, second)


def _absence(hit: _Away, named: _Named, name: str) -> Finding:
    slot = Slot(hit.event, named.get(hit.event, _UNNAMED)[0], *hit.slot)
    busy = Busy(None, (hit.text or "unavailable").lower(), *hit.absence, hardness=hit.hardness)
    return finding(hit.of, hit.key, name, slot, busy)


# --- what dragged calls would run into ---------------------------------------------------------------------


def occupancy(
    conn: Connection,
    person_ids: Sequence[int],
    space_ids: Sequence[int],
    starts_at: int,
    ends_at: int,
    *,
    without: Sequence[int] = (),
    production_id: int | None = None,
) -> Occupancy:
    """What these people and rooms are doing between two instants, apart from the events `without`.

    Read once when a drag starts; every step of it is then checked without the database.
    """
    people, spaces = sorted(set(person_ids)), sorted(set(space_ids))
    result = Occupancy()
    result.person_names = call_names(conn)
    result.space_names = _space_names(conn)
    calls = conn.execute(
        select(Call.person_id, Call.event_id, *_span_columns(Call))
        .join(Event, Event.id == Call.event_id)
        .where(
            Call.person_id.in_(people),
            _meets(Call, starts_at, ends_at),
            Call.status == "called",
            counts(Event),
            Call.event_id.not_in(without),
            ~played_by_another(Call),
        )
    ).all()
    rooms = conn.execute(
        select(Event.space_id, Event.id, *_span_columns(Event)).where(
            Event.space_id.in_(spaces),
            _meets(Event, starts_at, ends_at),
            counts(Event),
            Event.id.not_in(without),
        )
    ).all()
    named = event_words(conn, {row[1] for row in calls} | {row[1] for row in rooms})
    for key, event, *span in calls:
        result.people.setdefault(key, []).append(_busy(event, named, span))
    for key, event, *span in rooms:
        result.spaces.setdefault(key, []).append(_busy(event, named, span))
    _add_absences(conn, result, people, spaces, starts_at, ends_at, production_id)
    return result


def _busy(event: int, named: _Named, span: Sequence[int]) -> Busy:
    what, show = named.get(event, _UNNAMED)
    starts_at, ends_at, starts_wall, ends_wall = span
    return Busy(event, what, starts_at, ends_at, starts_wall, ends_wall, show=show)


def _add_absences(
    conn: Connection,
    result: Occupancy,
    people: list[int],
    spaces: list[int],
    starts_at: int,
    ends_at: int,
    production_id: int | None,
) -> None:
    ours: ColumnElement[bool] = Availability.production_id.is_(None)
    if production_id is not None:
        ours = or_(ours, Availability.production_id == production_id)
    found: Any = conn.execute(
        select(
            Availability.person_id,
            Availability.space_id,
            Availability.text,
            Availability.hardness,
            *_span_columns(Availability),
        ).where(
            or_(Availability.person_id.in_(people), Availability.space_id.in_(spaces)),
            Availability.starts_at < ends_at,
            Availability.ends_at > starts_at,
            ours,
        )
    )
    for person, space, text, hardness, *span in found:
        busy = Busy(None, (text or "unavailable").lower(), *span)
        busy.hardness = hardness
        if person is not None:
            result.people.setdefault(person, []).append(busy)
        else:
            result.spaces.setdefault(space, []).append(busy)


def moved_slot(
    event: int | None, what: str, starts_wall: int, ends_wall: int, zone: str, show: str = ""
) -> Slot:
    """A slot at wall minutes in a zone."""
    instants = to_instant(starts_wall, zone), to_instant(ends_wall, zone)
    return Slot(event, what, *instants, starts_wall, ends_wall, show)
