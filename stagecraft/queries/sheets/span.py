"""The events and calls of some days of a production, read once; which kinds are work and what they are called."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar import CallRow, EventRow, call_rows, event_rows
from stagecraft.queries.company import space_rows
from stagecraft.queries.final_performances import final_performance_rows
from stagecraft.queries.sheets.cast import Company
from stagecraft.store.schema import PerformanceCast, Track

FITTINGS = ("fitting",)
PRESS = ("photo", "press")
MEETINGS = ("meeting",)
TRAVEL = ("travel",)
OFF = ("day-off", "dark")
ASIDE = (*FITTINGS, *PRESS, *MEETINGS, *TRAVEL, "meal", *OFF)
"""Kinds that are no rows of the day's work."""

SHOWS = ("performance", "presentation")

_SHORTS = {
    "choreography": "CHOREO",
    "understudy": "U/S",
    "dress": "DRESS",
    "performance": "PERFORMANCE",
    "presentation": "PRESENTATION",
}


def kind_word(kind: str) -> str:
    """`Choreography`, `Put-in`: the word in a table; nothing for "other"."""
    if kind == "other":
        return ""
    word = KINDS[kind].word if kind in KINDS else kind
    return word[:1].upper() + word[1:]


def kind_short(kind: str) -> str:
    """`CHOREO`, `MUSIC`: the word at the corner of a block."""
    return _SHORTS.get(kind, kind_word(kind).upper())


@dataclass(slots=True)
class Span:
    """What happens in some working days of a production."""

    known: Company
    first: date
    days: int
    events: list[EventRow]
    calls: dict[int, list[CallRow]]
    on_instead: dict[int, list[tuple[str, int]]]
    finals: dict[int, str]
    rooms: list[str]
    _by_day: dict[date, list[EventRow]] = field(default_factory=dict)

    def on(self, day: date) -> list[EventRow]:
        """Events that start on a working day."""
        if not self._by_day:
            for event in self.events:
                self._by_day.setdefault(event.day, []).append(event)
        return self._by_day.get(day, [])

    def work(self, day: date) -> list[EventRow]:
        return [event for event in self.on(day) if event.kind not in ASIDE]

    def place(self, room: str) -> tuple[int, str]:
        """Where a room stands in the house's list: own venue first."""
        return (self.rooms.index(room) if room in self.rooms else len(self.rooms)), room

    def called(self, event: EventRow) -> list[CallRow]:
        return [call for call in self.calls.get(event.id, []) if call.status == "called"]

    @property
    def style(self) -> str:
        return self.known.house.time_style


def span(conn: Connection, known: Company, first: date, days: int) -> Span:
    """Events, calls, changes of cast and final performances of some days. A fixed number of statements."""
    starts, ends = work_day_span(first, days)
    events = [
        event
        for event in event_rows(conn, starts, ends, [known.production.id])
        if event.state != "cancelled" and starts <= event.starts_wall < ends
    ]
    calls: dict[int, list[CallRow]] = defaultdict(list)
    for call in call_rows(conn, [event.id for event in events] or [0]):
        calls[call.event_id].append(call)
    performances = {event.performance_id: event.id for event in events if event.performance_id}
    instead: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for performance, code, person in conn.execute(
        select(PerformanceCast.performance_id, Track.code, PerformanceCast.person_id)
        .join(Track, Track.id == PerformanceCast.track_id)
        .where(
            PerformanceCast.performance_id.in_(list(performances) or [0]),
            PerformanceCast.person_id.is_not(None),
        )
        .order_by(Track.position)
    ):
        if person is not None:
            instead[performances[performance]].append((code, person))
    finals = {row.event_id: row.words for row in final_performance_rows(conn, [known.production.id])}
    missing = {
        call.person_id: call for found in calls.values() for call in found if call.person_id not in known.names
    }
    for person, call in missing.items():
        known.names[person], known.sort_names[person], known.shorts[person] = (
            call.name,
            call.sort_name,
            call.name,
        )
    spaces = space_rows(conn, hidden=True)
    spaces.sort(key=lambda space: (space.venue_id != known.production.venue_id, space.venue, space.position))
    return Span(
        known,
        first,
        days,
        events,
        dict(calls),
        dict(instead),
        finals,
        list(dict.fromkeys(space.name for space in spaces)),
    )
