"""Each person's own call of a day, and who is not called."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from stagecraft.domain.sheets.daily_call import NotCalled, YourCall
from stagecraft.domain.times import day_text, span_text, time_text, work_day, work_day_span
from stagecraft.queries.calendar import availability_rows
from stagecraft.queries.sheets.span import Span
from stagecraft.store.schema import Call, Event

FREE = 45
"""Gaps between calls from this many minutes on are told, meals apart."""


def your_calls(days: Span, day: date) -> list[YourCall]:
    """Each cast member's own first call, room, gap and release, A–Z by surname."""
    mine: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for event in days.on(day):
        for call in days.called(event):
            mine[call.person_id].append((call.starts_wall, call.ends_wall, event.space))
    meals = [(event.starts_wall, event.ends_wall) for event in days.on(day) if event.kind == "meal"]
    out = []
    for person in days.known.cast(day):
        calls = sorted(mine.get(person, []))
        if calls:
            start, _, room = calls[0]
            release = max(end for _, end, _ in calls)
            out.append(
                YourCall(
                    days.known.names[person],
                    time_text(start, style=days.style),
                    room,
                    _free(calls, meals, days.style),
                    f"rel. {time_text(release, style=days.style)}",
                )
            )
    return out


def _free(calls: list[tuple[int, int, str]], meals: list[tuple[int, int]], style: str) -> str:
    """`free 11:30a–2:00p`: gaps longer than the meal in them; a gap does not begin with the meal."""
    gaps, reached = [], calls[0][1]
    for start, end, _ in calls[1:]:
        meal = sum(max(0, min(b, start) - max(a, reached)) for a, b in meals)
        if start - reached - meal >= FREE:
            begins = next((b for a, b in meals if a <= reached < b), reached)
            gaps.append(span_text(begins, start, style=style))
        reached = max(reached, end)
    return "free " + ", ".join(gaps) if gaps else ""


def not_called(
    conn: Connection, days: Span, day: date, today_called: set[int], sheet_day: date | None = None
) -> list[tuple[int, NotCalled]]:
    """Cast members without a call, each with the next one, or out. Two statements and those of availability.

    "Tomorrow" is the day after `sheet_day`, which is `day` when left out.
    """
    known = days.known
    idle = [person for person in known.cast(day) if person not in today_called]
    starts, ends = work_day_span(day)
    nexts = next_calls(conn, known.production.id, ends, idle)
    away: dict[int, str] = {}
    for row in availability_rows(conn, starts, ends, person_ids=idle or [0]):
        whole = row.starts_wall <= starts + 6 * 60 and row.ends_wall >= ends - 6 * 60
        here = row.production_id in (None, known.production.id)
        if row.person_id is not None and whole and here and row.hardness == "hard":
            away[row.person_id] = (row.text or "Unavailable").lower()
    out = []
    for person in idle:
        at = nexts.get(person)
        words = away.get(person, "")
        if at is not None:
            called = work_day(at)
            near = "called tomorrow, " if called == (sheet_day or day) + timedelta(days=1) else "next called "
            again = f"{near}{day_text(called)}, {time_text(at, style=days.style)}"
            words = f"{words}; {again}" if words else again
        out.append((person, NotCalled(known.names[person], words)))
    return out


def next_calls(conn: Connection, production_id: int, after: int, people: list[int]) -> dict[int, int]:
    """Wall minute of each person's next call in the production within sixty days. One statement."""
    found = conn.execute(
        select(Call.person_id, func.min(Call.starts_wall))
        .join(Event, Event.id == Call.event_id)
        .where(
            Event.production_id == production_id,
            Event.state != "cancelled",
            Call.status == "called",
            Event.starts_wall >= after,
            Event.starts_wall < after + 60 * 1440,
            Call.person_id.in_(people or [0]),
        )
        .group_by(Call.person_id)
    )
    return {person: at for person, at in found}  # noqa: C416 (dict() loses the types of a Row)


def called_on(days: Span, day: date) -> set[int]:
    """Everybody with a call on a day, leaders too."""
    return {call.person_id for event in days.on(day) for call in days.called(event)}
