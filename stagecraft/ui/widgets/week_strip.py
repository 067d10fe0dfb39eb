"""Seven days in a row, each with its rehearsal spans and curtains: the week at a glance, each day a button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from stagecraft.domain.calendar import kind_abbr
from stagecraft.domain.times import date_text
from stagecraft.queries.today import WeekDay, WeekEntry
from stagecraft.ui import words
from stagecraft.ui.theme import color, font, kind_colors, production_color
from stagecraft.ui.widgets.day_strip import hatch

HEAD = 24
LINE = 22
MOST = 4
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def entry_words(entry: WeekEntry) -> str:
    """`10–6`, `7:00p`, `3:00p Presentation 1`, `day off`."""
    if entry.rest:
        return entry.text
    if entry.kind in ("performance", "presentation"):
        time = words.time_text(entry.starts_wall)
        return time if entry.kind == "performance" else f"{time} {entry.text}"
    return short_span(entry.starts_wall, entry.ends_wall)


def short_span(starts: int, ends: int) -> str:
    """`10–6`, `11–4:45` in a 12-hour house, the whole span otherwise."""
    if words.time_style() != "12":
        return words.span_text(starts, ends)
    return "–".join(f"{at // 60 % 12 or 12}" + (f":{at % 60:02d}" if at % 60 else "") for at in (starts, ends))


class DayButton(QAbstractButton):
    """One day of the week."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.day = WeekDay(date.min)
        self.chosen = False
        self.codes = False

    def show_day(self, day: WeekDay, *, chosen: bool, codes: bool) -> None:
        self.day, self.chosen, self.codes = day, chosen, codes
        lines = [f"{entry.code} {entry_words(entry)}" for entry in day.entries]
        self.setAccessibleName(f"{date_text(day.day)}: {', '.join(lines) or 'nothing'}")
        self.setToolTip("\n".join(lines) or "Nothing")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(96, HEAD + 3 * LINE + 10)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(box, color("hover"))
        elif self.chosen:
            painter.fillRect(box, color("alt"))
        painter.fillRect(QRectF(0, 0, box.width(), HEAD), color("alt"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(box.right() - 0.5, 0), QPointF(box.right() - 0.5, box.bottom()))
        painter.drawLine(QPointF(0, HEAD + 0.5), QPointF(box.right(), HEAD + 0.5))
        painter.setFont(font(12, 600 if self.chosen else 400))
        painter.setPen(color("text" if self.chosen else "text2"))
        painter.drawText(QRectF(0, 0, box.width(), HEAD), int(Qt.AlignmentFlag.AlignCenter), self._head())
        top = HEAD + 4.0
        room = MOST if len(self.day.entries) <= MOST else MOST - 1
        for entry in self.day.entries[:room]:
            self._entry(painter, entry, top)
            top += LINE
        if len(self.day.entries) > room:
            painter.setFont(font(11))
            painter.setPen(color("text2"))
            painter.drawText(QRectF(8, top, box.width() - 8, 18), _LEFT, f"{len(self.day.entries) - room} more")
        if self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -1))

    def _head(self) -> str:
        return f"{self.day.day:%a} {self.day.day.day}"

    def _entry(self, painter: QPainter, entry: WeekEntry, top: float) -> None:
        box = QRectF(4, top, self.width() - 9, LINE - 3)
        bar, tint = kind_colors(kind_abbr(entry.kind))
        path = QPainterPath()
        path.addRoundedRect(box, 3, 3)
        if entry.rest:
            painter.save()
            painter.setClipPath(path)
            hatch(painter, box)
            painter.restore()
        else:
            painter.fillPath(path, tint)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), bar)
        painter.restore()
        face, code_face = font(11), font(9, 600)
        code = QFontMetricsF(code_face).horizontalAdvance(entry.code) if self.codes else 0.0
        text = entry_words(entry)
        room = box.width() - 10
        fits = QFontMetricsF(face).horizontalAdvance(text) + code + 6 <= room
        painter.setFont(face)
        painter.setPen(color("text2" if entry.rest else "text"))
        shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room)
        if entry.rest:
            plate = QRectF(
                box.left() + 6,
                box.top() + 2,
                QFontMetricsF(face).horizontalAdvance(shown) + 4,
                box.height() - 4,
            )
            painter.fillRect(plate, color("base"))
        painter.drawText(QRectF(box.left() + 8, box.top(), room, box.height()), _LEFT, shown)
        if code and fits and not entry.rest:
            painter.setFont(code_face)
            painter.setPen(production_color(entry.colour))
            painter.drawText(
                QRectF(box.right() - code - 5, box.top(), code + 2, box.height()), _LEFT, entry.code
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()


class WeekStrip(QWidget):
    """The week; `opened(day)` when a day is wanted on the calendar."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.buttons = [DayButton() for _ in range(7)]
        for place, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _=False, one=button: self.opened.emit(one.day.day))
            button.stepped.connect(lambda by, at=place: self._step(at + by))
            row.addWidget(button)
        self.setAccessibleName("This week")

    def set_days(self, days: Sequence[WeekDay], chosen: date) -> None:
        """Show seven days; production codes appear when there is more than one production in them."""
        codes = len({entry.code for day in days for entry in day.entries}) > 1
        lines = min(MOST, max((len(day.entries) for day in days), default=0))
        self.setMinimumHeight(HEAD + max(3, lines) * LINE + 10)
        for button, day in zip(self.buttons, days, strict=True):
            button.show_day(day, chosen=day.day == chosen, codes=codes)

    def _step(self, place: int) -> None:
        if 0 <= place < len(self.buttons):
            self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
