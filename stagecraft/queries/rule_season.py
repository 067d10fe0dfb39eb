"""From when to when a season's calls go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from stagecraft.domain.times import work_day
from stagecraft.store.schema import Event


def season_span(conn: Connection, production_ids: Sequence[int]) -> tuple[date, date] | None:
    """First and last working day with an event of these productions; None without any."""
    first, last = conn.execute(
        select(func.min(Event.starts_wall), func.max(Event.starts_wall)).where(
            Event.production_id.in_(production_ids)
        )
    ).one()
    return None if first is None else (work_day(first), work_day(last))
