"""The tray of scenes at the left edge of the calendar: minutes, people, when last worked; drag one onto a day.

It closes to a 24 px edge tab. Return or a double click on a scene puts it on the chosen day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from stagecraft.domain.times import day_text
from stagecraft.queries.calendar_units import TrayRow
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.buttons import IconButton
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Ground
from stagecraft.ui.widgets.week_gestures import SCENE_MIME
from stagecraft.ui.widgets.week_paint import chip_width, paint_code_chip
from stagecraft.ui.widgets.week_text import elided, text_width

WIDTH, TAB_WIDTH, ROW = 152, 24, 38
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def last_words(last: date | None, today: date) -> str:
    """`never`, `today`, `Wed 13`, `Wed 13 Jan` when it is longer ago than four weeks."""
    if last is None:
        return "never"
    if last == today:
        return "today"
    return " ".join(day_text(last).split(" ")[:2]) if abs((today - last).days) <= 28 else day_text(last)


class SceneList(QAbstractScrollArea):
    """The painted list of the tray."""

    chosen = Signal(object)  # TrayRow or None
    wanted = Signal(int)  # scene id: put it on the chosen day

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Scenes")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.rows: list[TrayRow] = []
        self.today = date.today()
        self.current: int | None = None
        self._press = QPoint()
        self._pressed: TrayRow | None = None

    def set_rows(self, rows: Sequence[TrayRow], today: date) -> None:
        """Show these; the chosen scene stays chosen."""
        self.rows, self.today = list(rows), today
        if all(row.scene_id != self.current for row in self.rows):
            self.current = None
        self._measure()

    def _measure(self) -> None:
        height = len(self.rows) * ROW + 52
        self.verticalScrollBar().setRange(0, max(0, height - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(ROW)
        self.viewport().update()

    def row_at(self, point: QPoint) -> TrayRow | None:
        index = (point.y() + self.verticalScrollBar().value()) // ROW
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def choose(self, scene_id: int | None) -> None:
        """Mark a scene."""
        self.current = scene_id
        row = next((row for row in self.rows if row.scene_id == scene_id), None)
        if row is not None:
            self.setAccessibleDescription(self._spoken(row))
        self.chosen.emit(row)
        self.viewport().update()

    def _spoken(self, row: TrayRow) -> str:
        minutes = f"{row.minutes} minutes" if row.minutes else "no time yet"
        return f"{row.number} {row.name}, {minutes}, {len(row.people)} people, last {last_words(row.last, self.today)}"

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), color("chrome"))
        top = -self.verticalScrollBar().value()
        width = self.viewport().width()
        for index, row in enumerate(self.rows):
            area = QRectF(0, top + index * ROW, width, ROW)
            if area.bottom() < 0 or area.top() > self.viewport().height():
                continue
            self._paint_row(painter, row, area)
        painter.setPen(color("text3"))
        painter.setFont(font(11))
        below = QRectF(12, top + len(self.rows) * ROW + 12, width - 20, 36)
        words = (
            "Drop a scene on a day: its people are called." if self.rows else "No scenes yet. Script has them."
        )
        painter.drawText(below, int(Qt.TextFlag.TextWordWrap), words)

    def _paint_row(self, painter: QPainter, row: TrayRow, area: QRectF) -> None:
        chosen = row.scene_id == self.current
        if chosen:
            painter.fillRect(area, color("sel"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(0, area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
        if chosen and self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        right = area.right() - 12
        painter.setPen(color("text"))
        painter.setFont(font(12, 600))
        painter.drawText(QRectF(12, area.top() + 3, 30, 16), _LEFT, row.number)
        left = 12 + max(26.0, text_width(row.number, 600, 12) + 6)
        painter.setFont(font(11, 400))
        painter.drawText(
            QRectF(left, area.top() + 3, right - left, 16), _LEFT, elided(row.name, int(right - left), 400)
        )
        painter.setPen(color("text2"))
        last = last_words(row.last, self.today)
        minutes = f"{row.minutes or '–'} min · {len(row.people)}"
        if text_width(minutes) + text_width(last) + 6 > right - left:
            minutes = minutes.replace(" min", "")
        line = QRectF(left, area.top() + 19, right - left, 14)
        painter.drawText(line, _LEFT, minutes)
        painter.drawText(line, _RIGHT, last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()
        self._pressed = self.row_at(self._press)
        self.choose(self._pressed.scene_id if self._pressed else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._press).manhattanLength() < 4:
            return
        row, self._pressed = self._pressed, None
        drag = QDrag(self)
        drag.setMimeData(scene_mime(row.scene_id))
        drag.setPixmap(self._picture(row))
        drag.setHotSpot(QPoint(-8, 8))
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self, row: TrayRow) -> QPixmap:
        ratio = self.devicePixelRatioF()
        text = f"{row.number} {row.name}"
        width = int(text_width(text, 600) + 16)
        picture = QPixmap(int(width * ratio), int(20 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(color("base"))
        painter = QPainter(picture)
        painter.setPen(QPen(color("accent"), 1))
        painter.drawRect(QRectF(0.5, 0.5, width - 1, 19))
        painter.setPen(color("text"))
        painter.setFont(font(11, 600))
        painter.drawText(QRectF(8, 0, width - 8, 20), _LEFT, text)
        painter.end()
        return picture

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if row is not None:
            self.wanted.emit(row.scene_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self.rows and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            ids = [row.scene_id for row in self.rows]
            index = ids.index(self.current) + step if self.current in ids else 0
            self.choose(ids[max(0, min(index, len(ids) - 1))])
            self._reveal(max(0, min(index, len(ids) - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.wanted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _reveal(self, index: int) -> None:
        bar = self.verticalScrollBar()
        if index * ROW < bar.value():
            bar.setValue(index * ROW)
        elif (index + 1) * ROW > bar.value() + self.viewport().height():
            bar.setValue((index + 1) * ROW - self.viewport().height())


def scene_mime(scene_id: int) -> QMimeData:
    """What travels with a dragged scene."""
    data = QMimeData()
    data.setData(SCENE_MIME, QByteArray(str(scene_id).encode()))
    return data


class SceneTray(Ground):
    """Head, list and edge tab. `production_wanted` tells which production's scenes to show."""

    production_wanted = Signal(int)
    opened = Signal(bool)

    def __init__(self) -> None:
        super().__init__("chrome")
        self.list = SceneList()
        self._choices: list[tuple[int, str, str]] = []
        self.chip = CodeButton()
        self.chip.clicked.connect(self._choose)
        self._build()
        self.set_open(True)

    def _build(self) -> None:
        self.full = QWidget()
        column = QVBoxLayout(self.full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = Ground("chrome")
        head.setFixedHeight(44)
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(6)
        row.addWidget(Label("Scenes", "heading"))
        row.addWidget(self.chip)
        row.addStretch(1)
        row.addWidget(IconButton("left", "Close the tray", size=24, on_click=lambda: self.set_open(False)))
        column.addWidget(head)
        caption = Ground("chrome")
        caption.setFixedHeight(24)
        words = QHBoxLayout(caption)
        words.setContentsMargins(12, 0, 12, 0)
        words.addWidget(Label("min · people", "caption"))
        words.addStretch(1)
        words.addWidget(Label("last", "caption"))
        column.addWidget(caption)
        column.addWidget(self.list, 1)
        self.tab = EdgeTab("Scenes")
        self.tab.clicked.connect(lambda: self.set_open(True))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        outer.addWidget(self.full)
        outer.addWidget(self.tab)

    @property
    def is_open(self) -> bool:
        return self._open

    def set_open(self, is_open: bool) -> None:
        """Open the tray, or close it to its edge tab."""
        self._open = is_open
        self.full.setVisible(is_open)
        self.tab.setVisible(not is_open)
        self.setFixedWidth(WIDTH if is_open else TAB_WIDTH)
        self.opened.emit(is_open)

    def set_productions(self, choices: Sequence[tuple[int, str, str]], current: int | None) -> None:
        """Offer these productions (id, code, hue); one is shown."""
        self._choices = list(choices)
        shown = next((choice for choice in choices if choice[0] == current), None)
        self.chip.setVisible(shown is not None)
        if shown is not None:
            self.chip.show_code(shown[1], shown[2], len(self._choices) > 1)

    def _choose(self) -> None:
        """A menu of the productions; with two of them a click goes to the other."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for production, code, _hue in self._choices:
            menu.addAction(code, partial(self.production_wanted.emit, production))
        menu.popup(self.chip.mapToGlobal(QPoint(0, self.chip.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())


class CodeButton(QAbstractButton):
    """The code chip of the production whose scenes are shown; a click chooses another."""

    def __init__(self) -> None:
        super().__init__()
        self._hue, self._several = "", False
        self.setFixedHeight(20)

    def show_code(self, code: str, hue: str, several: bool) -> None:
        self.setText(code)
        self._hue, self._several = hue, several
        self.setEnabled(several)
        self.setAccessibleName(f"Scenes of {code}" + (", choose another production" if several else ""))
        self.setToolTip("Scenes of another production" if several else "")
        self.setFixedWidth(int(chip_width(code)) + (14 if several else 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = paint_code_chip(painter, self.text(), self._hue, 0, 2, 16)
        if self._several:
            paint_icon(painter, "down", QRectF(width + 2, 5, 10, 10), "text2")
        if self.hasFocus():
            painter.setPen(QPen(color("accentText"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)


class EdgeTab(QWidget):
    """A 24 px strip with a turned word that opens what was closed."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setFixedWidth(TAB_WIDTH - 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"Open {text.lower()}")
        self.setToolTip(f"Open {text.lower()}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("hover" if self.underMouse() else "chrome"))
        painter.setPen(color("text2"))
        painter.setFont(font(12, 500))
        painter.translate(self.width() / 2, 16)
        painter.rotate(90)
        painter.drawText(QRectF(0, -10, 120, 20), _LEFT, self._text)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(color("accentText"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()
