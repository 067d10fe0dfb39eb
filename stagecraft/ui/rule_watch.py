"""What the work rules say of the weeks looked at, kept up to date in small slices while nobody waits for it.

The calendar, the status line, Today and Paper ask `week`; whoever is shown something listens to `changed`. After a
change only the people whose calls it touches are checked again, at once where that is quick, else in slices between
two paintings or, when they are many, on a thread; never begun while a mouse button is held. What was known stays shown
until it is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from stagecraft.domain.times import monday

if TYPE_CHECKING:
    from stagecraft.queries.rules import RuleCheck
    from stagecraft.store.changes import ChangeSet
    from stagecraft.ui.desk import Desk
    from stagecraft.ui.jobs import Job, Report

SLICE_MS, WAIT_MS, QUIET_MS = 40.0, 60, 30
"""What one slice may take; how long to wait while something is held, and before the first slice: for the paint."""
FEWEST, MOST, BESIDE, PART = 2, 12, 16, 24
"""People in a slice; more than `BESIDE` are checked on a thread, `PART` in one reading."""
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

    def same_as(self, other: RuleWeek) -> bool:
        """Whether both say the same."""
        return all(
            [(flag.finding, flag.acceptance, flag.name) for flag in getattr(self, sort)]
            == [(flag.finding, flag.acceptance, flag.name) for flag in getattr(other, sort)]
            for sort in SORTS
        )


class _Week:
    """One week's results by person, and who is to be checked (again)."""

    def __init__(self, first: date, productions: tuple[int, ...]) -> None:
        self.first, self.productions = first, productions
        self.people: set[int] | None = None
        self.stale: set[int] = set()
        self.found: dict[int, dict[str, list[Any]]] = {}
        self.shown: RuleWeek | None = None
        self.told: RuleWeek | None = None
        self.complete = False
        """Whether everybody has been checked once: what changed since is then put right without a word."""

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def due(self) -> bool:
        return self.people is None or bool(self.stale)

    def take(self, people: Iterable[int], found: RuleCheck) -> None:
        """What a check of these people brought."""
        people = list(people)
        self.found.update({person: {sort: [] for sort in SORTS} for person in people})
        for sort in SORTS:
            for flag in getattr(found, sort):
                self.found[flag.person][sort].append(flag)
        self.stale.difference_update(people)

    def settle(self) -> None:
        """After some were checked: gather anew, unless all is as it was; and know whether that was everybody."""
        before = self.shown
        self.complete = self.complete or not self.due
        self.shown = None
        if before is not None and before.complete == self.complete and before.same_as(self.gathered()):
            self.shown = before

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
        self._job: Job | None = None
        self._beside: _Week | None = None
        """The week a thread is checking."""
        self._version = 0
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
        if self._job is not None:
            self._job.cancel()
            self._desk.jobs.stop_all()

    # --- asking --------------------------------------------------------------------------------------------

    def week(self, day: date | None = None, *, now: bool = False) -> RuleWeek:
        """What is known of a day's week (the desk's) in the productions looked at; `now` waits until it is all."""
        week = self._week(day)
        if now:
            while week.due and self._open:
                self._check(week)
        elif week.due and self._open:
            self._asked = week
            if self._job is not None and week is not self._beside:
                self._job.cancel()  # nobody looks at that week any more
                self._job = None
            if not self._timer.isActive():
                self._timer.start(QUIET_MS)
        return week.gathered()

    def finish(self) -> RuleWeek:
        """Check whatever is still due in the desk's week and tell, without waiting for a quiet moment."""
        found = self.week(now=True)
        self._tell(self._week())
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
        if self._job is not None:
            return  # it wakes the timer itself
        week = self._week()
        if not week.due and self._asked is not None:
            week = self._asked
        if self._warming:
            self._warming.pop(0)()
        elif week.due:
            self._read_people(week)
            if len(week.stale) > BESIDE:
                self._check_beside(week)
                return
            self._check(week)
        if not week.due:
            self._tell(week)
        self._wake()

    def _check(self, week: _Week) -> None:
        """Check as many people as there is time for in a slice."""
        from stagecraft.queries.rules import rule_flags

        self._read_people(week)
        chosen = sorted(week.stale)[: self._many]
        if chosen:
            began = perf_counter()
            found = self._desk.read(rule_flags, week.first, week.last, week.productions, person_ids=chosen)
            self._pace(len(chosen), (perf_counter() - began) * 1000)
            week.take(chosen, found)
        week.settle()

    def _read_people(self, week: _Week) -> None:
        """Who is called that week, and so who is to be checked."""
        from stagecraft.queries.rules import flag_people

        if week.people is None:
            week.people = set(self._desk.read(flag_people, week.first, week.last, week.productions))
            week.stale = (week.stale | (week.people - week.found.keys())) & week.people
            for gone in week.found.keys() - week.people:
                del week.found[gone]

    def _check_beside(self, week: _Week) -> None:
        """Many people: on a thread, so that the window stays free. What has changed meanwhile is checked again."""
        chosen, engine = sorted(week.stale), self._desk.engine
        first, last, productions, version = week.first, week.last, week.productions, self._version

        def work(report: Report) -> list[Any]:
            from stagecraft.queries.rules import rule_flags

            found = []
            for at in range(0, len(chosen), PART):
                report()
                with engine.reading() as conn:
                    part = chosen[at : at + PART]
                    found.append((part, rule_flags(conn, first, last, productions, person_ids=part)))
            return found

        def done(found: list[Any]) -> None:
            self._job = None
            if version == self._version:
                for part, result in found:
                    week.take(part, result)
                week.settle()
                self._tell(week)
            self._wake()

        def failed(trouble: BaseException) -> None:
            self._job = None
            raise trouble

        self._beside = week
        self._job = self._desk.jobs.start("Checking work rules", work, done, failed, quiet=True)

    def _tell(self, week: _Week) -> None:
        """Whoever shows the week hears of it, if it says something else than it did."""
        found = week.gathered()
        if found is not week.told:
            week.told = found
            self.changed.emit()

    def _wake(self) -> None:
        """Go on where something is still due."""
        if self._open and (self._week().due or (self._asked is not None and self._asked.due)):
            self._timer.start(0)

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
        self._version += 1
        touched = None if changes.touches(*_ALL) else self._touched(changes)
        for week in self._weeks.values():
            week.people = None
            week.stale |= set(week.found) if touched is None else touched
        week = self._week()
        if week.complete and len(week.stale) <= self._many:
            self._check(week)
        if week.due:
            self._timer.start(0)
        else:
            self._tell(week)

    def _touched(self, changes: ChangeSet) -> set[int]:
        from stagecraft.queries.step_people import step_people

        found: set[int] = self._desk.read(step_people, changes.step)
        return found


def _load_checks() -> None:
    import stagecraft.queries.rules  # noqa: F401 - nothing of it is needed before the first paint


def _load_packs() -> None:
    from stagecraft.domain.rules.shipped import shipped

    shipped()
