"""What the work rules say of the weeks looked at, kept up to date in small slices while nobody waits for it.

The calendar, the status line, Today and Paper ask `week`; whoever is shown something listens to `changed`. After a
change only the people whose calls it touches are checked again, at once where that is quick, else in slices between
two paintings and never while a mouse button is held. What was known stays shown until it is replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from stagecraft.domain.times import monday

if TYPE_CHECKING:
    from stagecraft.store.changes import ChangeSet
    from stagecraft.ui.desk import Desk

SLICE_MS, WAIT_MS = 40.0, 60
"""What one slice may take; how long to wait while something is held."""
FEWEST, MOST = 2, 64
"""People in a slice."""
KEPT = 6
"""Weeks whose result is remembered."""
_CALLS = frozenset(
    {"event", "event_unit", "call", "block", "performance", "performance_cast", "availability", "acceptance"}
)
"""Changes of these concern the people in them."""
_ALL = frozenset(
    {
        "rule_pack", "rule_verification", "rule_approval", "contract", "production", "milestone", "phase", "assignment",
        "job", "track", "role", "person", "person_private", "space", "venue", "issue", "house",
    }
)  # fmt: skip
"""Changes of these may concern anybody."""
SORTS = ("flags", "not_checked", "costs", "accepted")


@dataclass(slots=True)
class RuleWeek:
    """What is known of one week, each list in order of time. Not `complete` until everybody was checked once."""

    monday: date
    flags: list[Any] = field(default_factory=list)
    not_checked: list[Any] = field(default_factory=list)
    costs: list[Any] = field(default_factory=list)
    accepted: list[Any] = field(default_factory=list)
    complete: bool = False

    @property
    def missing(self) -> int:
        """How many facts of rules are missing: one for a rule and fact, whoever misses it."""
        return len({(flag.finding.pack, flag.rule, flag.missing) for flag in self.not_checked})


class _Week:
    """One week's results by person, and who is to be checked (again)."""

    def __init__(self, first: date, productions: tuple[int, ...]) -> None:
        self.first, self.productions = first, productions
        self.people: set[int] | None = None
        self.stale: set[int] = set()
        self.found: dict[int, dict[str, list[Any]]] = {}
        self.shown: RuleWeek | None = None
        self.complete = False
        """Whether everybody has been checked once: what changed since is then put right without a word."""

    @property
    def due(self) -> bool:
        return self.people is None or bool(self.stale)

    def gathered(self) -> RuleWeek:
        """Everything found so far, in order of time."""
        if self.shown is None:
            self.shown = RuleWeek(self.first, complete=self.complete)
            for sort in SORTS:
                rows = [flag for found in self.found.values() for flag in found[sort]]
                rows.sort(key=lambda flag: (flag.starts_wall, flag.severity != "red", flag.name, flag.rule))
                setattr(self.shown, sort, rows)
        return self.shown


class RuleWatch(QObject):
    """Keeps the rule flags of the weeks the desk looks at."""

    changed = Signal()
    """What is known of a week that was asked for has changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._weeks: dict[tuple[date, tuple[int, ...]], _Week] = {}
        self._many = 8
        """How many people a slice has time for."""
        self._open = True
        self._asked: _Week | None = None
        """A week that somebody is shown besides the desk's."""
        self._warming = [_load_checks, _load_packs]
        """What the first check would otherwise have to wait for."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._slice)
        desk.changed.connect(self._on_changed)

    def stop(self) -> None:
        """Check nothing any more: the file closes."""
        self._open = False
        self._timer.stop()

    # --- asking --------------------------------------------------------------------------------------------

    def week(self, day: date | None = None, *, now: bool = False) -> RuleWeek:
        """What is known of a day's week (the desk's) in the productions looked at; `now` waits until it is all."""
        week = self._week(day)
        if now:
            while week.due and self._open:
                self._check(week)
        elif week.due and self._open:
            self._asked = week
            if not self._timer.isActive():
                self._timer.start(0)
        return week.gathered()

    def finish(self) -> RuleWeek:
        """Check whatever is still due in the desk's week and tell, without waiting for a quiet moment."""
        due = self._week().due
        found = self.week(now=True)
        if due:
            self.changed.emit()
        return found

    def _week(self, day: date | None = None) -> _Week:
        key = (monday(day or self._desk.date), self._desk.productions)
        week = self._weeks.pop(key, None) or _Week(*key)
        self._weeks[key] = week  # the last asked for is the last to go
        while len(self._weeks) > KEPT:
            del self._weeks[next(iter(self._weeks))]
        return week

    # --- checking ------------------------------------------------------------------------------------------

    def _slice(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start(WAIT_MS)
            return
        week = self._week()
        if not week.due and self._asked is not None:
            week = self._asked
        if self._warming:
            self._warming.pop(0)()
        elif week.due:
            self._check(week)
        if week.due or (self._asked is not None and self._asked.due):
            self._timer.start(0)
        if not week.due:
            self.changed.emit()

    def _check(self, week: _Week) -> None:
        """Read who is called when that is not known, and check as many people as the time is enough for."""
        from stagecraft.queries.rules import flag_people, rule_flags

        last = week.first + timedelta(days=6)
        if week.people is None:
            week.people = set(self._desk.read(flag_people, week.first, last, week.productions))
            week.stale = (week.stale | (week.people - week.found.keys())) & week.people
            for gone in week.found.keys() - week.people:
                del week.found[gone]
        chosen = sorted(week.stale)[: self._many]
        if chosen:
            began = perf_counter()
            found = self._desk.read(rule_flags, week.first, last, week.productions, person_ids=chosen)
            self._pace(len(chosen), (perf_counter() - began) * 1000)
            week.found.update({person: {sort: [] for sort in SORTS} for person in chosen})
            for sort in SORTS:
                for flag in getattr(found, sort):
                    week.found[flag.person][sort].append(flag)
            week.stale.difference_update(chosen)
        week.complete = week.complete or not week.due
        week.shown = None

    def _pace(self, many: int, took_ms: float) -> None:
        """More people in the next slice when there was time for them, fewer when it was too long."""
        if took_ms > SLICE_MS * 1.3:
            self._many = max(FEWEST, many // 2)
        elif took_ms < SLICE_MS / 2 and many == self._many:
            self._many = min(MOST, many * 2)

    # --- following the file --------------------------------------------------------------------------------

    def _on_changed(self, changes: ChangeSet) -> None:
        if not changes.touches(*_CALLS, *_ALL):
            return
        touched = None if changes.touches(*_ALL) else self._touched(changes)
        for week in self._weeks.values():
            week.people, week.shown = None, None
            week.stale |= set(week.found) if touched is None else touched
        week = self._week()
        if week.complete and len(week.stale) <= self._many:
            self._check(week)
        if week.due:
            self._timer.start(0)
        else:
            self.changed.emit()

    def _touched(self, changes: ChangeSet) -> set[int]:
        from stagecraft.queries.step_people import step_people

        found: set[int] = self._desk.read(step_people, changes.step)
        return found


def _load_checks() -> None:
    import stagecraft.queries.rules  # noqa: F401 - nothing of it is needed before the first paint


def _load_packs() -> None:
    from stagecraft.domain.rules.shipped import shipped

    shipped()
