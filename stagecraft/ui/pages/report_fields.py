"""Fields of a report: times as wall minutes of its day, breaks in one line, running times, texts kept while typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from stagecraft.base.errors import Refused
from stagecraft.domain.times import DAY, DAY_CUT, minute_of, parse_time, run_text, wall
from stagecraft.ui import words
from stagecraft.ui.widgets.fields import LineEdit, TextEdit, TimeEdit

Editor = TypeVar("Editor", bound=QWidget)

PAUSE_MS = 700
"""So long after it was typed a text is kept, also while the typing goes on."""


def cell(editor: Editor, width: int = 0) -> Editor:
    """Dress a field as a cell of a table: no border until it is pointed at or typed in."""
    editor.setProperty("cell", "true")
    if width:
        editor.setFixedWidth(width)
    return editor


def on_day(day: date, minute: int) -> int:
    """Wall minute of a time of that working day: before 04:00 it is the night after."""
    return wall(day, minute + (DAY if minute < DAY_CUT else 0))


class WallEdit(TimeEdit):
    """A time of a working day as a wall minute; `set_day` says which day."""

    def __init__(self, *, name: str = "", optional: bool = True) -> None:
        self.day = date.today()
        super().__init__(None, name=name, optional=optional)

    def set_day(self, day: date) -> None:
        self.day = day

    def words_of(self, value: Any) -> str:
        return "" if value is None else words.time_text(minute_of(value))

    def parse(self, text: str) -> int | None:
        minute = super().parse(text)
        return None if minute is None else on_day(self.day, minute)

    def keyPressEvent(self, event: Any) -> None:
        # The arrows of a plain time would leave the day; here they move the wall minute.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._value is not None and not self._dirty:
            self._show(self.words_of(self._value + (15 if event.key() == Qt.Key.Key_Up else -15)))
            self._touched()
            self.commit()
            return
        LineEdit.keyPressEvent(self, event)


class BreaksEdit(LineEdit):
    """Breaks of a day in one line: `11:15-25, 3:15-3:25` is read, `11:15–11:25a · 3:15–3:25p` is shown."""

    def __init__(self) -> None:
        self.day = date.today()
        self.starts: int | None = None
        super().__init__((), name="Breaks", placeholder="11:15–11:25, 3:15–3:25")

    def words_of(self, value: Any) -> str:
        return " · ".join(words.span_text(start, end) for start, end in value or ())

    def parse(self, text: str) -> tuple[tuple[int, int], ...]:
        after = minute_of(self.starts) if self.starts is not None else None
        found: list[tuple[int, int]] = []
        for part in re.split(r"[,;·\n]+", text):
            if part.strip():
                span = self._span(part, after)
                found.append(span)
                after = minute_of(span[1])
        return tuple(found)

    def _span(self, part: str, after: int | None) -> tuple[int, int]:
        ends = [one.strip() for one in re.split(r"[–—-]|\bto\b", part)]
        if len(ends) != 2 or not all(ends):
            raise Refused("report.break", f"“{part.strip()}” is no break; write it as 11:15–11:25.")
        first, last = ends
        if re.fullmatch(r"\d{1,2}", last) and ":" in first:
            last = f"{first.split(':')[0]}:{int(last):02d}"
        mark = re.search(r"[apnm]\.?m?\.?$", last, re.IGNORECASE)
        if mark and not re.search(r"[apnm]", first, re.IGNORECASE):
            first = self._with_mark(first, last, mark[0])
        start = parse_time(first, after=after)
        end = parse_time(last, after=start)
        if start is None or end is None:
            raise Refused("report.break", f"“{part.strip()}” is no break; write it as 11:15–11:25.")
        begins, stops = on_day(self.day, start), on_day(self.day, end)
        return begins, stops if stops > begins else stops + 12 * 60

    @staticmethod
    def _with_mark(first: str, last: str, mark: str) -> str:
        """The suffix stands once when both halves share it; `11:55–12:05p` does not."""
        one, two = parse_time(first + mark), parse_time(last)
        return first + mark if one is not None and two is not None and one < two else first


class WrapEdit(TextEdit):
    """One paragraph that wraps instead of being cut, dressed as a cell; Enter leaves it."""

    def __init__(self, *, name: str = "", placeholder: str = "") -> None:
        super().__init__(name=name, placeholder=placeholder, lines=1, most=12)
        self.setProperty("cell", "true")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)

    def _grow(self) -> None:
        lines = max(1, min(self._most, int(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + 13
        if self.height() != height:
            self.setFixedHeight(height)

    def parse(self, text: str) -> str:
        return " ".join(text.split())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # a shortcut of the page
                return
            self.commit()
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class RunEdit(LineEdit):
    """A running time in minutes, written `1:16`; read as `1:16`, `76`, `76 min`."""

    def __init__(self, *, name: str = "Running time") -> None:
        super().__init__(None, name=name, right=True)

    def words_of(self, value: Any) -> str:
        return "" if value is None else run_text(value)

    def parse(self, text: str) -> int | None:
        bare = text.strip().casefold().removesuffix("min").strip()
        if not bare:
            return None
        found = re.fullmatch(r"(\d{1,2})[:.](\d{2})|(\d{1,3})", bare)
        if not found or (found[2] and int(found[2]) > 59):
            raise Refused("report.run", "A running time is written 1:16 or 76.")
        return int(found[3]) if found[3] else int(found[1]) * 60 + int(found[2])


def is_typing(editor: TextEdit | LineEdit) -> bool:
    """Whether something was typed that has not been left yet."""
    return editor._dirty


def keep_while_typing(editor: TextEdit | LineEdit, keep: Callable[[str], object]) -> QTimer:
    """Call `keep(text)` soon after the first key that is not kept, so that a crash loses less than a second of it."""
    editor.setProperty("draftless", True)
    timer = QTimer(editor)

    def start() -> None:
        if editor._dirty and not timer.isActive():
            timer.start()

    timer.setSingleShot(True)
    timer.setInterval(PAUSE_MS)
    timer.timeout.connect(lambda: keep(editor._typed()))
    editor.textChanged.connect(start)
    return timer
