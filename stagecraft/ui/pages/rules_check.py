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
from stagecraft.queries.people import name_pairs
from stagecraft.queries.rules import accepted_clashes, flag_people, rule_flags
from stagecraft.ui.jobs import Job, Report
from stagecraft.ui.pages.rules_flag_rows import ACCEPTED, COST, FLAG, FlagLine, clash_line, flag_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stagecraft.services.engine import Engine
    from stagecraft.ui.desk import Desk

SLICE_S = 0.12
"""How long one slice of people should take: Cancel is heard between two."""
BEGIN, MOST = 20, 60
"""People in the first slice of a short span, and in the largest."""
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
    """What a slice brought, as lines; what could not be checked as flags, since those become lines together.

    `people` are those it covered, None for the calendar's own flags.
    """

    people: list[int] | None
    lines: list[FlagLine] = field(default_factory=list)
    unchecked: list[Any] = field(default_factory=list)


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
        names = dict(name_pairs(conn))
    total = len(people)
    yield from _clashes(engine, span, report, names, total)
    at, size = 0, BEGIN if (span.last - span.first).days < CLASH_DAYS else 2
    while at < total:
        report(f"Checking work rules: {at} of {total} people", at, total)
        began, part = monotonic(), people[at : at + size]
        with engine.reading() as conn:
            got = rule_flags(conn, span.first, span.last, span.productions, part)
        # Their words are made here, where nobody waits for them.
        lines = [flag_line(flag, FLAG) for flag in got.flags]
        lines += [flag_line(flag, COST) for flag in got.costs]
        lines += [flag_line(flag, ACCEPTED) for flag in got.accepted]
        yield Found(part, lines, got.not_checked)
        at += len(part)
        size = max(1, min(MOST, 2 * size, int(size * SLICE_S / max(monotonic() - began, 0.001))))
    report(f"Checking work rules: {total} of {total} people", total, total)


def _clashes(engine: Engine, span: Span, report: Report, names: dict[int, str], total: int) -> Iterator[Found]:
    days = (span.last - span.first).days + 1
    starts = [span.first + timedelta(days=at) for at in range(0, days, CLASH_DAYS)]
    known: set[Any] = set()
    for first, after in pairwise([*starts, span.last + timedelta(days=1)]):
        report("Looking for double bookings", 0, total)
        begin, end = work_day_span(first, (after - first).days)
        with engine.reading() as conn:
            rows = conflict_rows(conn, begin, end, span.productions)
            accepted = accepted_clashes(conn, rows)
        lines = [clash_line(*one, names) for one in zip(rows, accepted, strict=True)]
        yield Found(None, [line for line in lines if line.id not in known])
        known.update(line.id for line in lines)
