"""From when to when a season's calls go, for a check of the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from stagecraft.domain.times import monday, work_day
from stagecraft.store.schema import Event

LONGEST = 400
"""Days of a season; productions that go on for longer are looked at half a year before and after a day."""


def season_span(conn: Connection, production_ids: Sequence[int], day: date) -> tuple[date, date] | None:
    """First and last working day with an event of these productions; None without any.

    Where that is longer than a season, the year around `day`, in whole weeks.
    """
    bounds: Any = conn.execute(
        select(func.min(Event.starts_wall), func.max(Event.starts_wall)).where(
            Event.production_id.in_(production_ids)
        )
    ).one()
    first, last = bounds
    if first is None:
        return None
    begin, end = work_day(first), work_day(last)
    if (end - begin).days < LONGEST:
        return begin, end
    middle = monday(day)
    return max(begin, middle - timedelta(weeks=26)), min(end, middle + timedelta(weeks=26, days=-1))
