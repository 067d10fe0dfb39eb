"""Fields that save when they are left. None ever opens a dialog; a refusal is shown beside the field.

A field's contract, whatever its type: `set_value(v)` shows a value without telling and never overwrites what
is being typed; `committed(v)` tells once, when the field is left or Enter is pressed, and only if the value
differs; Esc puts back what was there. `refuse(words)` marks it, keeps what was typed, and emits `refused`;
the old value stays the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
)

from stagecraft.base.errors import Refused
from stagecraft.domain import times
from stagecraft.ui import words
from stagecraft.ui.icons import icon, paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.calendar_popup import CalendarPopup
from stagecraft.ui.widgets.toggles import CheckBox, RadioButton


class _Committing:
    """What typed fields share. Subclasses have Qt signals `committed(object)` and `refused(str)`."""

    _value: Any = None
    _before: Any = None
    _dirty = False

    # Of the Qt class beside it.
    committed: Any
    refused: Any
    hasFocus: Any
    setProperty: Any
    style: Any

    # A subclass says how its value is written and read.
    def words_of(self, value: Any) -> str:
        return "" if value is None else str(value)

    def parse(self, text: str) -> Any:
        """Value of what was typed; raises `Refused` in words."""
        return text.strip()

    def value(self) -> Any:
        """The value last set or accepted, not what is being typed."""
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = self._before = value
        if not (self._dirty and self.hasFocus()):
            self._show(self.words_of(value))
            self._dirty = False
            self._mark("")

    def refuse(self, message: str) -> None:
        """Mark what was typed as refused; the value goes back to what it was, the typing stays."""
        self._value = self._before
        self._dirty = True
        self._mark(message)

    def commit(self) -> None:
        """Read what was typed and tell when it is new. Called when the field is left."""
        if not self._dirty:
            return
        try:
            value = self.parse(self._typed())
        except Refused as refused:
            self.refuse(refused.message)
            return
        self._dirty = False
        self._mark("")
        if value != self._value:
            self._before, self._value = self._value, value
            self.committed.emit(value)
            if not self._dirty:
                self._before = self._value
        if not self._dirty:
            self._show(self.words_of(self._value))

    def put_back(self) -> None:
        self._dirty = False
        self._show(self.words_of(self._value))
        self._mark("")

    def _touched(self) -> None:
        self._dirty = True

    def _mark(self, message: str) -> None:
        self.setProperty("refused", "true" if message else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.refused.emit(message)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def event(self, event: QEvent) -> bool:
        # Qt's fields keep undo's and redo's keys even with nothing to undo; they are then the window's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoes, redoes = self._own_steps()
            if (event.matches(QKeySequence.StandardKey.Undo) and not undoes) or (
                event.matches(QKeySequence.StandardKey.Redo) and not redoes
            ):
                event.ignore()
                return False
        handled: bool = super().event(event)  # type: ignore[misc]
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dirty:
            self.put_back()
            return
        super().keyPressEvent(event)

    def _show(self, text: str) -> None:
        raise NotImplementedError

    def _typed(self) -> str:
        raise NotImplementedError

    def _own_steps(self) -> tuple[bool, bool]:
        """Whether there is typing to undo, and to redo."""
        raise NotImplementedError


class LineEdit(_Committing, QLineEdit):
    """One line of text."""

    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, value: Any = "", *, placeholder: str = "", name: str = "", right: bool = False) -> None:
        super().__init__()
        self.setFont(font())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(self._touched)
        self.returnPressed.connect(self.commit)
        self.set_value(value)

    def _show(self, text: str) -> None:
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def _typed(self) -> str:
        return self.text()

    def _own_steps(self) -> tuple[bool, bool]:
        return self.isUndoAvailable(), self.isRedoAvailable()


class NumberEdit(LineEdit):
    """A whole number or nothing, right-aligned; `unit` is written behind it."""

    def __init__(
        self, value: int | None = None, *, name: str = "", low: int = 0, high: int = 1_000_000, unit: str = ""
    ) -> None:
        self._low, self._high, self._unit = low, high, unit
        super().__init__(value, name=name, right=True)

    def words_of(self, value: Any) -> str:
        return "" if value is None else f"{value} {self._unit}".strip()

    def parse(self, text: str) -> int | None:
        bare = (
            text.replace(self._unit, "").replace(",", "").strip()
            if self._unit
            else text.replace(",", "").strip()
        )
        if not bare:
            return None
        if not bare.lstrip("-").isdigit():
            raise Refused("field.number", "A number is needed.")
        number = int(bare)
        if not self._low <= number <= self._high:
            raise Refused("field.range", f"Between {self._low} and {self._high}.")
        return number


class TimeEdit(LineEdit):
    """A time of day in minutes after midnight (or None when `optional`), written in the house's style."""

    def __init__(
        self, value: int | None = None, *, name: str = "", optional: bool = False, after: int | None = None
    ) -> None:
        self.after = after
        self._optional = optional
        super().__init__(value, name=name, right=True)
        self.setFixedWidth(84)

    def words_of(self, value: Any) -> str:
        return "" if value is None else words.time_text(value)

    def parse(self, text: str) -> int | None:
        if not text.strip():
            if self._optional:
                return None
            raise Refused("field.time", f"A time is needed. Kept: {self.words_of(self._value) or 'none'}.")
        minute = times.parse_time(text, after=self.after)
        if minute is None:
            raise Refused("field.time", f"No such time. Kept: {self.words_of(self._value) or 'none'}.")
        return minute

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._value is not None and not self._dirty:
            step = 15 if event.key() == Qt.Key.Key_Up else -15
            self._show(self.words_of((self._value + step) % times.DAY))
            self._touched()
            self.commit()
            return
        super().keyPressEvent(event)


class DateEdit(LineEdit):
    """A day (or None when `optional`), typed freely or picked; Up and Down move it by a day."""

    def __init__(self, value: date | None = None, *, name: str = "", optional: bool = False) -> None:
        self._optional = optional
        super().__init__(value, name=name)
        self._near = value or date.today()
        self._pick = QToolButton(self)
        self._pick.setIcon(icon("calendar", "text2"))
        self._pick.setIconSize(QSize(14, 14))
        self._pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pick.setCursor(Qt.CursorShape.ArrowCursor)
        self._pick.setAccessibleName(f"Pick {name or 'the day'}")
        self._pick.clicked.connect(self._open)
        self.setTextMargins(0, 0, 20, 0)

    def set_near(self, day: date) -> None:
        """Days typed without a year are meant near this one."""
        self._near = day

    def words_of(self, value: Any) -> str:
        return "" if value is None else times.date_text(value)

    def parse(self, text: str) -> date | None:
        if not text.strip():
            if self._optional:
                return None
            raise Refused("field.day", f"A day is needed. Kept: {self.words_of(self._value) or 'none'}.")
        found = times.parse_date(text, self._value or self._near)
        if found is None:
            raise Refused("field.day", f"No such day. Kept: {self.words_of(self._value) or 'none'}.")
        return found

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._pick.setGeometry(self.width() - 26, (self.height() - 22) // 2, 22, 22)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._value is not None and not self._dirty:
            self._picked(
                date.fromordinal(self._value.toordinal() + (1 if event.key() == Qt.Key.Key_Up else -1))
            )
            return
        super().keyPressEvent(event)

    def _open(self) -> None:
        popup = CalendarPopup(self._value or self._near, self)
        popup.picked.connect(self._picked)
        popup.open_below(self)

    def _picked(self, day: date) -> None:
        self._show(self.words_of(day))
        self._touched()
        self.commit()


class TextEdit(_Committing, QPlainTextEdit):
    """Several lines of text; grows with its text from `lines` up to `most` lines. Tab leaves the field."""

    committed = Signal(object)
    refused = Signal(str)

    def __init__(
        self, value: str = "", *, placeholder: str = "", name: str = "", lines: int = 2, most: int = 8
    ) -> None:
        super().__init__()
        self._lines, self._most = lines, most
        self.setFont(font())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._quiet = False
        self.textChanged.connect(self._changed)
        self.set_value(value)
        self._grow()

    def _changed(self) -> None:
        if not self._quiet:
            self._touched()
        self._grow()

    def _grow(self) -> None:
        line = self.fontMetrics().lineSpacing()
        shown = max(self._lines, min(self._most, int(self.document().size().height())))
        height = shown * line + 16
        more = self.document().size().height() > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if self.height() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._grow()

    def _show(self, text: str) -> None:
        if self.toPlainText() != text:
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False

    def _typed(self) -> str:
        return self.toPlainText()

    def _own_steps(self) -> tuple[bool, bool]:
        return self.document().isUndoAvailable(), self.document().isRedoAvailable()


class Combo(QComboBox):
    """One of a list of (value, words); a third item names a colour token drawn as a bar before the words."""

    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, items: Sequence[tuple[Any, ...]] = (), value: Any = None, *, name: str = "") -> None:
        super().__init__()
        self.setFont(font())
        self.setAccessibleName(name)
        self.setFixedHeight(28)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(16)
        self._items: list[tuple[Any, ...]] = []
        self._value: Any = value
        self._before: Any = value
        self.set_items(items)
        self.set_value(value)
        self.activated.connect(self._chosen)

    def set_items(self, items: Sequence[tuple[Any, ...]]) -> None:
        """Offer these; the value stays."""
        if list(items) == self._items:
            return
        self._items = list(items)
        self.clear()
        for item in self._items:
            self.addItem(item[1])
        self._point()

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = self._before = value
        self._point()
        self.refused.emit("")

    def refuse(self, message: str) -> None:
        self._value = self._before
        self._point()
        self.refused.emit(message)

    def _point(self) -> None:
        self.setCurrentIndex(next((i for i, item in enumerate(self._items) if item[0] == self._value), -1))

    def _chosen(self, index: int) -> None:
        value = self._items[index][0]
        self.refused.emit("")
        if value != self._value:
            self._before, self._value = self._value, value
            self.committed.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling past a field must never change it

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accentText"), 2) if self.hasFocus() else QPen(color("line2"), 1))
        painter.setBrush(color("base" if self.isEnabled() else "sunk"))
        inset = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        left, index = 8, self.currentIndex()
        if 0 <= index < len(self._items) and len(self._items[index]) > 2 and self._items[index][2]:
            painter.fillRect(QRect(8, 6, 4, self.height() - 12), color(self._items[index][2]))
            left = 18
        box = QRect(left, 0, self.width() - left - 26, self.height())
        text = self.currentText() or self.placeholderText()
        painter.setPen(color("text" if self.currentText() and self.isEnabled() else "text3"))
        painter.setFont(self.font())
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        paint_icon(painter, "down", QRectF(self.width() - 22, (self.height() - 12) / 2, 12, 12), "text")


__all__ = [
    "CalendarPopup",
    "CheckBox",
    "Combo",
    "DateEdit",
    "LineEdit",
    "NumberEdit",
    "RadioButton",
    "TextEdit",
    "TimeEdit",
]
