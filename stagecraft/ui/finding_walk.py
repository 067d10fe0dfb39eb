"""The findings of the week of the desk's date: for the status line, and to walk through with F8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stagecraft.domain.findings import Finding
from stagecraft.domain.times import monday, work_day, work_day_span

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk


class FindingWalk:
    """Remembers which finding was shown last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: tuple[Any, ...] | None = None

    def this_week(self) -> list[Finding]:
        """Findings of the productions looked at, in order of time."""
        from stagecraft.queries.calendar import conflict_rows

        start, end = work_day_span(monday(self._desk.date), 7)
        found = self._desk.read(conflict_rows, start, end, self._desk.productions)
        return sorted(found, key=lambda one: (one.starts_wall, one.severity != "red"))

    def go(self, direction: int) -> None:
        """Show the next (1) or previous (-1) finding in the calendar and say it in words."""
        found = self.this_week()
        if not found:
            self._desk.say("No flags this week.")
            return
        keys = [(one.rule, one.person, one.space, one.events) for one in found]
        if self._last in keys:
            place = (keys.index(self._last) + direction) % len(found)
        else:
            place = 0 if direction > 0 else len(found) - 1
        self._last, one = keys[place], found[place]
        self._desk.date = work_day(one.starts_wall)
        self._desk.open_page("calendar", event=one.events[0])
        self._desk.say(f"{place + 1} of {len(found)}: {one.words}")
