"""The flags of the week of the desk's date: counted for the status line, and walked through with F8.

Clashes come from the calendar, the rest from the work rules; whoever looks at the calendar sees the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stagecraft.domain.findings import RED, Finding
from stagecraft.domain.times import monday, work_day, work_day_span

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class WeekCount:
    """How many flags a week has; `missing` are facts without which rules could not be checked."""

    red: int = 0
    amber: int = 0
    missing: int = 0
    costs: int = 0
    complete: bool = True

    @property
    def flags(self) -> int:
        return self.red + self.amber


def standing(desk: Desk, found: Sequence[Finding]) -> list[Finding]:
    """The calendar's own flags that nobody has accepted."""
    if not found:
        return []
    from stagecraft.queries.rules import accepted_clashes

    accepted = desk.read(accepted_clashes, found)
    return [one for one, row in zip(found, accepted, strict=True) if row is None]


class FindingWalk:
    """Remembers which flag was shown last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: tuple[Any, ...] | None = None

    def clashes(self) -> list[Finding]:
        """Double bookings and absences of the week in the productions looked at, but for those accepted."""
        from stagecraft.queries.calendar import conflict_rows

        start, end = work_day_span(monday(self._desk.date), 7)
        return standing(self._desk, self._desk.read(conflict_rows, start, end, self._desk.productions))

    def count(self) -> WeekCount:
        """What the status line says; of the work rules what is known by now."""
        week = self._desk.rules.week()
        found = [*self.clashes(), *week.flags]
        red = sum(one.severity == RED for one in found)
        return WeekCount(red, len(found) - red, week.missing, len(week.costs), week.complete)

    def this_week(self) -> list[Any]:
        """All flags of the week in order of time."""
        found: list[Any] = [*self.clashes(), *self._desk.rules.week(now=True).flags]
        return sorted(found, key=lambda one: (one.starts_wall, one.severity != RED))

    def go(self, direction: int) -> None:
        """Show the next (1) or previous (-1) flag in the calendar and say it in words."""
        found = self.this_week()
        if not found:
            self._desk.say("No flags this week.")
            return
        keys = [(one.rule, one.person, one.space, one.events, one.starts_wall) for one in found]
        if self._last in keys:
            place = (keys.index(self._last) + direction) % len(found)
        else:
            place = 0 if direction > 0 else len(found) - 1
        self._last, one = keys[place], found[place]
        if one.events:
            self._desk.date = work_day(one.starts_wall)
            self._desk.open_page("calendar", event=one.events[0])
        else:
            self._desk.open_page("company", person=one.person)
        self._desk.say(f"{place + 1} of {len(found)}: {one.words}")
