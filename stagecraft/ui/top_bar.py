"""The top bar: menu, productions, ‹ Today ›, the date, the search field, undo, redo, inspector."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from stagecraft.domain.times import date_text
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.fields import CalendarPopup
from stagecraft.ui.widgets.panels import Ground


class SearchField(QAbstractButton):
    """Looks like a field and opens the command bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(160)
        self.setMaximumWidth(336)
        self.setFixedHeight(28)
        self.setAccessibleName("Find or do anything")
        self.setAccessibleDescription("Ctrl+K")
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(336, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(color("accentText" if focus else "line2"), 2 if focus else 1))
        painter.setBrush(color("base"))
        inset = 1.0 if focus else 0.5
        box = QRectF(self.rect())
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 4, 4)
        paint_icon(painter, "search", QRectF(8, 7, 14, 14), "text2")
        painter.setFont(font(13))
        painter.setPen(color("text3"))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        words = "Find or do anything…" if self.width() > 240 else "Find…"
        painter.drawText(box.adjusted(29, 0, -60, 0), middle, words)
        key = QRectF(self.width() - 56, 5, 50, 18)
        painter.setPen(QPen(color("line2"), 1))
        painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(font(11))
        painter.setPen(color("text2"))
        painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), "Ctrl+K")


class TopBar(Ground):
    """Signals what was asked; knows neither desk nor pages. The switcher is put in by `set_switcher`."""

    stepped = Signal(int)
    today_wanted = Signal()
    date_picked = Signal(object)

    def __init__(self) -> None:
        super().__init__("top")
        self.setFixedHeight(44)
        self._day: date | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(4)
        self.menu = IconButton("menu", "Menu (Alt)")
        row.addWidget(self.menu)
        self._switcher_at = 1
        line = Ground("rule")
        line.setFixedSize(1, 20)
        row.addSpacing(4)
        row.addWidget(line)
        row.addSpacing(4)
        self.back = IconButton("left", "Back (Alt+Left)", on_click=lambda: self.stepped.emit(-1))
        self.today = Button("Today", "quiet", tip="Go to today (Ctrl+T)", on_click=self.today_wanted.emit)
        self.on = IconButton("right", "On (Alt+Right)", on_click=lambda: self.stepped.emit(1))
        self.date = Button("", "quiet", tip="Pick a day", on_click=self._pick)
        self.date.setFont(font(13, 600))
        for widget in (self.back, self.today, self.on, self.date):
            row.addWidget(widget)
        row.addStretch(1)
        self.search = SearchField()
        row.addWidget(self.search, 10)
        row.addSpacing(8)
        for button, direction in ((self.back, -1), (self.on, 1)):
            button.setProperty("turns", direction)  # a call held over it for a moment turns the week
        self.undo = IconButton("undo", "Nothing to undo")
        self.redo = IconButton("redo", "Nothing to do again")
        self.inspector = IconButton("inspector", "Show or hide the inspector (Ctrl+I)", checkable=True)
        for button in (self.undo, self.redo, self.inspector):
            row.addWidget(button)
        self._row = row

    def set_switcher(self, switcher: QWidget) -> None:
        self._row.insertWidget(self._switcher_at, switcher)

    def set_working(self, working: bool) -> None:
        """Whether a file is open; without one only menu and search act."""
        for widget in (self.back, self.today, self.on, self.date, self.undo, self.redo, self.inspector):
            widget.setVisible(working)

    def show_date(self, day: date) -> None:
        self._day = day
        self.date.set_text(date_text(day))

    def show_steps(self, undo: str | None, redo: str | None) -> None:
        """Name what Undo and Redo would do."""
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.undo.set_tip(f"Undo {undo}  Ctrl+Z" if undo else "Nothing to undo")
        self.redo.set_tip(f"Redo {redo}  Ctrl+Shift+Z" if redo else "Nothing to do again")

    def _pick(self) -> None:
        if self._day is None:
            return
        popup = CalendarPopup(self._day, self)
        popup.picked.connect(self.date_picked)
        popup.open_below(self.date)
