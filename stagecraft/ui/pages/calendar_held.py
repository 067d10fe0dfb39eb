"""Work rules of the people in a call that is held, judged where it is while the mouse moves on.

The file is asked once, right after the drag has begun. Each position waits a moment for the next one; then people are
judged a few at a time between two movements of the mouse, and `told` says that there are words for the position.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from stagecraft.domain.times import work_day
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_flags import held_lines

PAUSE_MS, SLICE_S = 15, 0.008
"""How long a position must stand, and how long people are judged before the mouse is heard again."""
AROUND = timedelta(days=8)
MOST = 400
"""Positions whose words are remembered."""

Spans = Mapping[int, Mapping[int, tuple[int, int]]]
"""By person and event where the person would be, in wall minutes."""
Told = list[tuple[str, str]]
Key = tuple[int, int, int]


class HeldCheck(QObject):
    """Judges one drag after the other."""

    told = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rules: Any = None
        self._read_for: tuple[date, date] | None = None
        self._people: tuple[int, ...] = ()
        self._new: tuple[int, str, str] | None = None
        self._lines: dict[Key, Told] = {}
        self._wanted: Key | None = None
        self._spans: Callable[[], Spans] = dict
        self._queue: list[tuple[int, Mapping[int, tuple[int, int]]]] = []
        self._found: list[Any] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def begin(self, people: Sequence[int], new: tuple[int, str, str] | None = None) -> None:
        """Something is taken up: these people are in it. `new` is production, kind and zone of a call to be."""
        self.end()
        self._people, self._new = tuple(people), new

    def end(self) -> None:
        """Nothing is held any more."""
        self._timer.stop()
        self._rules, self._read_for, self._wanted = None, None, None
        self._lines, self._queue, self._found = {}, [], []

    def lines_at(self, key: Key, spans: Callable[[], Spans]) -> Told:
        """What is known of a position by now; `told` comes when there is more. `spans` is asked only when needed."""
        if key in self._lines:
            self._timer.stop()
            self._wanted = None
            return self._lines[key]
        if key != self._wanted and self._people:
            self._wanted, self._spans, self._queue = key, spans, []
            self._timer.start(PAUSE_MS)
        return []

    def finish(self) -> Told:
        """The words for the position held, without waiting for a pause."""
        self._timer.stop()
        while self._wanted is not None:
            self._step(float("inf"))
        return next(reversed(self._lines.values()), [])

    def _go_on(self) -> None:
        if self._wanted is None:
            return
        self._step(SLICE_S)
        if self._wanted is not None:
            self._timer.start(0)
        else:
            self.told.emit()

    def _step(self, seconds: float) -> None:
        """Read, or lay out who is to be judged, or judge some of them; at the end the words are there."""
        key = self._wanted
        if key is None:
            return
        spans = self._spans() if not self._queue else {}
        if not self._queue:
            self._found = []
            self._queue = sorted(spans.items())
            if self._read(spans) and seconds != float("inf"):
                return  # that was enough for one breath
        until = perf_counter() + seconds
        while self._queue:
            person, moved = self._queue.pop()
            self._found += [flag for flag in self._rules.at(person, moved) if _is_about(flag, moved)]
            if perf_counter() > until and self._queue:
                return
        if len(self._lines) >= MOST:
            self._lines.clear()
        self._lines[key] = held_lines(self._found)
        self._wanted = None

    def _read(self, spans: Spans) -> bool:
        """Ask the file for what is around the days in question, once for a week and its neighbours."""
        days = [work_day(starts) for moved in spans.values() for starts, _ends in moved.values()]
        if not days:
            return False
        first, last = min(days), max(days)
        if self._read_for is not None and self._read_for[0] <= first and last <= self._read_for[1]:
            return False
        from stagecraft.queries.rules import held_check

        self._read_for = (first - AROUND, last + AROUND)
        self._rules = self._desk.read(held_check, self._people, *self._read_for, new=self._new)
        return True


def _is_about(flag: Any, moved: Mapping[int, tuple[int, int]]) -> bool:
    """Whether the held call has a part in it; what was wrong before without it is not its matter."""
    return any(event in moved for call in flag.rule_calls for event in call.events)
