"""Planned breaks of calls: which there will be, and of which calls nobody has said anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from stagecraft.domain.rules.calls import MEAL, SHORT
from stagecraft.store.schema import Block, Event

_KINDS = {"meal": MEAL, "break": SHORT}


@dataclass(slots=True)
class BreakRow:
    """A planned break: meal or short, wall minutes."""

    kind: str
    starts_wall: int
    ends_wall: int


def planned_breaks(conn: Connection, event_ids: Iterable[int]) -> dict[int, list[BreakRow]]:
    """Breaks by event in order of time. An event with an empty list has none; one that is not here: nobody has said."""
    wanted = list(event_ids)
    if not wanted:
        return {}
    found: dict[int, list[BreakRow]] = {}
    for event, kind, starts, ends in conn.execute(
        select(Event.id, Block.kind, Block.starts_wall, Block.ends_wall)
        .outerjoin(Block, (Block.event_id == Event.id) & Block.kind.in_(sorted(_KINDS)))
        .where(Event.id.in_(wanted), Event.breaks_planned)
        .order_by(Event.id, Block.starts_wall)
    ):
        rows = found.setdefault(event, [])
        if kind is not None:
            rows.append(BreakRow(_KINDS[kind], starts, ends))
    return found
