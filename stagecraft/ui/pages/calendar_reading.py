"""What the calendar has read of the file, and when it must read again. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from stagecraft.domain.findings import Finding
from stagecraft.queries.breaks import BreakRow, planned_breaks
from stagecraft.queries.calendar_units import TrayRow, tray_rows
from stagecraft.queries.calendar_week import WeekData, latest_commit, read_week
from stagecraft.queries.company import ProductionRow
from stagecraft.queries.final_performances import final_performance_rows
from stagecraft.ui.desk import Desk

Accepted = tuple[Any, Any]
"""One of the calendar's own flags and its acceptance."""


class CalendarReading:
    """One week of the productions looked at. Another day of the same week reads nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._commit = -1
        self._key: tuple[object, ...] = ()
        self._finals: dict[int, dict[int, str]] = {}
        self.week: WeekData | None = None
        self.breaks: dict[int, list[BreakRow]] = {}
        self.accepted: list[Accepted] = []
        self.tray_production: int | None = None

    def read(self, monday: date, people: Iterable[int], rooms: Iterable[int]) -> bool:
        """Read the week; `people` and `rooms` are those whose absences are shown. True when the file has changed."""
        commit = self._desk.read(latest_commit)
        changed = bool(commit != self._commit)
        if changed:
            self._commit, self._finals = commit, {}
        key = (commit, monday, self._desk.productions, frozenset(people), frozenset(rooms))
        if key != self._key:
            self._key = key
            week = self._desk.read(read_week, monday, self._desk.productions, key[3], key[4])
            self.breaks = self._desk.read(planned_breaks, [event.id for event in week.events])
            self._part_accepted(week)
            self.week = week
        return changed

    def _part_accepted(self, week: WeekData) -> None:
        """Flags that somebody accepted count no longer."""
        self.accepted = []
        if not week.findings:
            return
        from stagecraft.queries.rules import accepted_clashes

        rows = self._desk.read(accepted_clashes, week.findings)
        standing: list[Finding] = []
        for finding, row in zip(week.findings, rows, strict=True):
            if row is None:
                standing.append(finding)
            else:
                self.accepted.append((finding, row))
        week.findings = standing

    def finals(self) -> dict[int, str]:
        """Final performances in words by event, of the productions that play in this week."""
        week = self.week
        playing = {event.production_id for event in week.events if event.performance_id} if week else set()
        unread = playing - self._finals.keys()
        self._finals.update((production, {}) for production in unread)
        for row in self._desk.read(final_performance_rows, sorted(unread)) if unread else ():
            words_of = self._finals[row.production_id]
            before = words_of.get(row.event_id)
            words_of[row.event_id] = f"{before}, {row.words}" if before else row.words
        return {event: text for production in playing for event, text in self._finals[production].items()}

    def tray(self, rows: Sequence[ProductionRow]) -> list[TrayRow]:
        """Scenes of the tray's production: the one chosen, else the first of these that rehearses."""
        if self.tray_production not in self._desk.productions:
            rehearsing = [row for row in rows if row.kind != "run"]
            self.tray_production = (rehearsing or list(rows))[0].id if rows else None
        if self.tray_production is None:
            return []
        found: list[TrayRow] = self._desk.read(
            tray_rows, self.tray_production, self._desk.date, self._desk.today
        )
        return found
