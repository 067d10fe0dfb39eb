"""Flags of a span of days, worked out on a thread person by person and told as they are found.

The work is a job of `ui.jobs`: what takes longer than a moment shows its phase, its measure and Cancel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar_conflicts import conflict_rows
from stagecraft.queries.rules import accepted_clashes, flag_people, rule_flags
from stagecraft.ui.jobs import Job, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stagecraft.services.engine import Engine
    from stagecraft.ui.desk import Desk

SLICE_S = 0.12
"""How long one slice of people should take: Cancel is heard between two."""
CLASH_DAYS = 28
"""Days whose double bookings are read at once."""


@dataclass(slots=True)
class Span:
    """What is checked: days, both inclusive, and the productions looked at."""

    first: date
    last: date
    productions: tuple[int, ...]


@dataclass(slots=True)
class Found:
    """What a slice brought. `people` are those it covered, None for the calendar's own flags.

    `clashes` are those, each with the acceptance of who lives with it, or None.
    """

    people: list[int] | None
    clashes: list[tuple[Any, Any]] = field(default_factory=list)
    flags: list[Any] = field(default_factory=list)
    costs: list[Any] = field(default_factory=list)
    not_checked: list[Any] = field(default_factory=list)
    accepted: list[Any] = field(default_factory=list)


class FlagCheck(QObject):
    """One check at a time; a new one takes the place of the one that runs."""

    found = Signal(object)
    """A `Found`, on the main thread, while the check goes on."""
    progressed = Signal(int, int)
    """People done, of how many."""
    ended = Signal(bool)
    """It is over: True when everybody was checked, False when it was cancelled."""
    _slice = Signal(object, object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent or desk)
        self._desk = desk
        self._job: Job | None = None
        self._run = 0
        self._slice.connect(self._on_slice)

    @property
    def running(self) -> bool:
        return self._job is not None

    def start(self, span: Span) -> None:
        """Check everybody of the span; what an earlier check still finds is dropped."""
        self.stop()
        run = self._run
        engine = self._desk.engine

        def work(report: Report) -> None:
            for part in _slices(engine, span, report):
                self._slice.emit(run, part)

        self._job = job = self._desk.jobs.start("Checking work rules", work, lambda _none: None)
        job.progress.connect(lambda _phase, done, total: self.progressed.emit(done, total))
        job.ended.connect(lambda: self._on_ended(run, not job.cancelled))

    def stop(self) -> None:
        """End the check that runs, without a word."""
        self._run += 1
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def _on_slice(self, run: int, part: Found) -> None:
        if run == self._run and self._job is not None:
            self.found.emit(part)

    def _on_ended(self, run: int, whole: bool) -> None:
        if run == self._run:
            self._job = None
            self.ended.emit(whole)


def _slices(engine: Engine, span: Span, report: Report) -> Iterator[Found]:
    """The calendar's own flags in pieces of four weeks, then people, a few at a time."""
    with engine.reading() as conn:
        people = list(flag_people(conn, span.first, span.last, span.productions))
    total = len(people)
    yield from _clashes(engine, span, report, total)
    at, size = 0, 1
    while at < total:
        report(f"Checking work rules: {at} of {total} people", at, total)
        began, part = monotonic(), people[at : at + size]
        with engine.reading() as conn:
            got = rule_flags(conn, span.first, span.last, span.productions, part)
        yield Found(part, [], got.flags, got.costs, got.not_checked, got.accepted)
        at += len(part)
        size = max(1, min(40, 2 * size, int(size * SLICE_S / max(monotonic() - began, 0.001))))
    report(f"Checking work rules: {total} of {total} people", total, total)


def _clashes(engine: Engine, span: Span, report: Report, total: int) -> Iterator[Found]:
    days = (span.last - span.first).days + 1
    starts = [span.first + timedelta(days=at) for at in range(0, days, CLASH_DAYS)]
    known: set[Any] = set()
    for first, after in pairwise([*starts, span.last + timedelta(days=1)]):
        report("Looking for double bookings", 0, total)
        begin, end = work_day_span(first, (after - first).days)
        with engine.reading() as conn:
            rows = [one for one in conflict_rows(conn, begin, end, span.productions) if _key(one) not in known]
            known.update(map(_key, rows))
            accepted = accepted_clashes(conn, rows)
        yield Found(None, list(zip(rows, accepted, strict=True)))


def _key(clash: Any) -> Any:
    return clash.rule, clash.person, clash.space, clash.events, clash.starts_wall
