"""Whose calls a step of the journal changed: as they are now, and as they were before it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from stagecraft.domain.times import DAY
from stagecraft.store.journal import ROW_CHANGE
from stagecraft.store.schema import (
    Acceptance,
    Availability,
    Block,
    Call,
    Event,
    EventUnit,
    Performance,
    PerformanceCast,
)

_PERSON: dict[str, Any] = {
    "call": Call,
    "availability": Availability,
    "acceptance": Acceptance,
    "performance_cast": PerformanceCast,
}
_EVENT: dict[str, Any] = {"block": Block, "performance": Performance, "event_unit": EventUnit}


def step_people(conn: Connection, step: int) -> set[int]:
    """People with a call, an absence or an accepted flag that the step made, changed or took away, and everybody
    called to an event that it changed; of a meal, those it stands between. A fixed number of statements."""
    c = ROW_CHANGE.c
    named: dict[str, set[int]] = {"person_id": set(), "event_id": set(), "performance_id": set()}
    keys: dict[str, set[int]] = {}
    events_before: list[tuple[int, dict[str, Any]]] = []
    for table, key, before, after in conn.execute(
        select(c.tbl, c.key, c.before, c.after).where(c.step == step, c.tbl.in_(("event", *_PERSON, *_EVENT)))
    ):
        keys.setdefault(table, set()).add(_key(key))
        if table == "event":
            events_before.append((_key(key), _image(before)))
        for kept in (before, after):
            for column, value in _image(kept).items():
                if column in named and value is not None and (column != "event_id" or table in _EVENT):
                    named[column].add(int(value))
    people = named["person_id"]
    events = keys.get("event", set()) | named["event_id"]
    for table, model in _PERSON.items():
        if table in keys:
            people.update(_column(conn, model.person_id, model.id, keys[table]))
    for table, model in _EVENT.items():
        if table in keys:
            events.update(_column(conn, model.event_id, model.id, keys[table]))
    casts = keys.get("performance_cast", set())
    shows = named["performance_id"] | _column(conn, PerformanceCast.performance_id, PerformanceCast.id, casts)
    events.update(_column(conn, Performance.event_id, Performance.id, shows))
    people.update(_column(conn, Call.person_id, Call.event_id, events))
    return people | _at_meals(conn, events_before)


def _at_meals(conn: Connection, events_before: list[tuple[int, dict[str, Any]]]) -> set[int]:
    """Who is called in the production on the days of meals as they are and were: nobody is called to a meal itself."""
    known: dict[int, dict[str, Any]] = {}
    for key, production, kind, starts in conn.execute(
        select(Event.id, Event.production_id, Event.kind, Event.starts_wall).where(
            Event.id.in_([key for key, _before in events_before])
        )
    ):
        known[key] = {"production_id": production, "kind": kind, "starts_wall": starts}
    around = []
    for key, before in events_before:
        now = known.get(key, {})
        shapes = [one for one in (now, {**now, **before}) if one]
        if any(one.get("kind") == "meal" for one in shapes):
            around += [
                and_(
                    Event.production_id == one["production_id"],
                    Event.starts_wall.between(one["starts_wall"] - DAY, one["starts_wall"] + DAY),
                )
                for one in shapes
            ]
    if not around:
        return set()
    query = select(Call.person_id).distinct().join(Event, Event.id == Call.event_id).where(or_(*around))
    return set(conn.execute(query).scalars())


def _column(conn: Connection, wanted: Any, key: Any, keys: set[int]) -> set[int]:
    if not keys:
        return set()
    return {value for (value,) in conn.execute(select(wanted).where(key.in_(keys))) if value is not None}


def _key(kept: Any) -> int:
    read = json.loads(kept) if isinstance(kept, str) else kept
    return int(read[0] if isinstance(read, list) else read)


def _image(kept: Any) -> dict[str, Any]:
    if not kept:
        return {}
    read = json.loads(kept, strict=False) if isinstance(kept, str) else kept
    return dict(read)
