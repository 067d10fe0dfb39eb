"""A day as a strip: a lane for each room, time running to the right, what happens as blocks, and a moving now-line.

Shows `StripLane` rows and tells what was opened; it reads and changes nothing. Every block is a button of its own,
so that keyboard and screen reader meet the same things as the mouse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from stagecraft.domain.calendar import kind_abbr, kind_word
from stagecraft.domain.times import DAY, date_of, day_text
from stagecraft.queries.day_strip import ELSEWHERE, StripBlock, StripLane
from stagecraft.ui import words
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font, kind_colors
from stagecraft.ui.widgets.chips import chip_width, paint_chip, production_chip

LABEL = 120
HEAD = 24
LANE = 46
TIGHT = 38
"""Height of a lane where there are more than three: two lines of words still stand in it."""
SLIM = 26
"""Height of a lane without a room: press, greetings, things on the telephone."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def hatch(painter: QPainter, box: QRectF) -> None:
    """Diagonal hatching of a box, in the theme's quiet line."""
    painter.save()
    painter.setClipRect(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("hatch"), 1.2))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += 6
    painter.restore()


def hour_text(wall: int) -> str:
    """`9a`, `12n`, `1p`, or `13` in a house that writes 24 hours."""
    text = words.time_text(wall)
    return text.replace(":00", "")


class StripButton(QAbstractButton):
    """One block. Enter or a double click opens it; one click only takes the focus."""

    opened = Signal(int)
    stepped = Signal(int, int)
    """Right or left, and down or up, from this block."""

    def __init__(
        self, block: StripBlock, where: str, parent: QWidget, *, half: bool = False, slim: bool = False
    ) -> None:
        super().__init__(parent)
        self.half, self.slim = half, slim
        self.span = 0
        self.show_block(block, where)

    def show_block(self, block: StripBlock, where: str) -> None:
        self.block, self.where = block, where
        span = words.span_text(block.starts_wall, block.ends_wall)
        when = f"{day_text(date_of(block.starts_wall))} {span}"
        if self.half and block.half_hour_wall is not None:
            name = f"Half hour {words.time_text(block.half_hour_wall)}, {block.title}"
        else:
            state = "" if block.state == "published" else block.state
            parts = (block.title, kind_word(block.kind).lower(), when, where, block.line, state, block.finding)
            name = ", ".join(part for part in parts if part)
        self.setAccessibleName(name)
        told = (block.title, f"{span} · {where}", block.line, block.finding)
        self.setToolTip("\n".join(part for part in told if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, LANE - 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, self.span or self.width(), self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
        bar, tint = kind_colors(kind_abbr(self.block.kind))
        path = QPainterPath()
        path.addRoundedRect(box, 4, 4)
        settled = self.block.state == "published"
        painter.fillPath(path, tint if settled else color("base"))
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), bar)
        painter.restore()
        if not settled:
            painter.setPen(QPen(color("line2"), 1, Qt.PenStyle.DashLine))
            painter.drawPath(path)
        mark = bool(self.block.severity) and not self.half and self.width() >= 34
        self._words(painter, 18 if mark else 3)
        if mark:
            corner = QRectF(box.right() - 15, box.top() + 4, 12, 12)
            paint_icon(painter, self.block.severity, corner, f"{self.block.severity}Mark")
        if self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        elif self.underMouse():
            painter.setPen(QPen(color("line2"), 1))
            painter.drawPath(path)

    def _words(self, painter: QPainter, right: float) -> None:
        strong = font(11, 600, strike=self.block.state == "cancelled")
        if self.half:
            if self.width() < 26:
                return
            painter.setFont(strong)
            painter.setPen(color("text"))
            painter.drawText(QRectF(8, 4, self.width() - 8, 16), _LEFT, "½h")
            return
        if self.slim:
            lines = [(self.one_line(), font(11), "text")]
            left = max(8.0, self.span + 4.0) if self.span and self.span < self.width() else 8.0
        else:
            lines = [(self._title(), strong, "text"), (self._second(), font(11), "text2")]
            left = 10.0
        width = self.width() - left - right
        if width < 12:
            return
        top = (self.height() - 16 * len(lines)) / 2
        for text, face, token in lines:
            painter.setFont(face)
            painter.setPen(color(token))
            shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(left, top, width, 16), _LEFT, shown)
            top += 16

    def one_line(self) -> str:
        """Title and people in one line, for a slim lane."""
        return " · ".join(part for part in (self._title(), self._second()) if part)

    def _title(self) -> str:
        block = self.block
        if block.number is not None and block.kind == "performance":
            return f"{block.title} · {words.time_text(block.starts_wall)}"
        return block.title

    def _second(self) -> str:
        word = {"draft": "draft", "cancelled": "cancelled"}.get(self.block.state, "")
        return " · ".join(part for part in (word, self.block.line) if part)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.block.event_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.block.event_id)
        elif event.key() in steps:
            self.stepped.emit(*steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Show on the calendar", lambda: self.opened.emit(self.block.event_id))
        menu.exec(event.globalPos())

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()


@dataclass(slots=True)
class _Placed:
    """A lane with its top and its rows: blocks that overlap stand below each other."""

    lane: StripLane
    top: int
    height: int
    each: int
    rows: list[list[StripBlock]]


class DayStrip(QWidget):
    """The strip. `opened(event id)` when a block is wanted on the calendar."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The day")
        self._lanes: list[_Placed] = []
        self._buttons: list[StripButton] = []
        self._now: int | None = None
        self._first, self._last = 9 * 60, 23 * 60

    # --- contents ---

    def set_lanes(self, lanes: Sequence[StripLane]) -> None:
        """Show these lanes. A block that had the focus keeps it."""
        focused = next((one.block.event_id for one in self._buttons if one.hasFocus()), None)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        self._place(lanes)
        for placed in self._lanes:
            where = placed.lane.space
            for row in placed.rows:
                for block in row:
                    if block.half_hour_wall is not None and block.half_hour_wall < block.starts_wall:
                        self._add(StripButton(block, where, self, half=True), focus=False)
                    self._add(StripButton(block, where, self, slim=placed.each == SLIM), focus=True)
        self._arrange()
        kept = next((one for one in self._buttons if one.block.event_id == focused and not one.half), None)
        if kept is not None:
            kept.setFocus()
        self.updateGeometry()
        self.update()

    def _place(self, lanes: Sequence[StripLane]) -> None:
        starts = [block.half_hour_wall or block.starts_wall for lane in lanes for block in lane.blocks]
        ends = [block.ends_wall for lane in lanes for block in lane.blocks]
        if starts:
            midnight = min(starts) // DAY * DAY
            self._first = min(min(starts) // 60 * 60, midnight + 10 * 60) - 60
            self._last = max(-(-max(ends) // 60) * 60 + 60, self._first + 10 * 60)
        self._lanes = []
        top = HEAD
        full = LANE if len(lanes) <= 3 else TIGHT
        for lane in lanes:
            rows = _rows(lane.blocks)
            each = SLIM if lane.space == ELSEWHERE else full
            height = each * max(1, len(rows))
            self._lanes.append(_Placed(lane, top, height, each, rows))
            top += height

    def _add(self, button: StripButton, *, focus: bool) -> None:
        first = focus and not any(one.focusPolicy() == Qt.FocusPolicy.StrongFocus for one in self._buttons)
        button.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus
            if first
            else Qt.FocusPolicy.ClickFocus
            if focus
            else Qt.FocusPolicy.NoFocus
        )
        button.opened.connect(self.opened)
        button.stepped.connect(lambda across, down, one=button: self._step(one, across, down))
        button.show()
        self._buttons.append(button)

    def set_now(self, wall: int | None) -> None:
        """Move the now-line; None hides it."""
        if wall != self._now:
            self._now = wall
            self.update()

    # --- geometry ---

    def sizeHint(self) -> QSize:
        rows = sum(placed.height for placed in self._lanes) or LANE
        return QSize(640, HEAD + rows + 2)

    minimumSizeHint = sizeHint

    def _x(self, wall: int) -> float:
        room = max(1, self.width() - LABEL - 1)
        return LABEL + room * (wall - self._first) / max(1, self._last - self._first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        for placed in self._lanes:
            for index, row in enumerate(placed.rows):
                for place, block in enumerate(row):
                    after = row[place + 1] if place + 1 < len(row) else None
                    self._arrange_block(block, placed, placed.top + placed.each * index, after)

    def _arrange_block(self, block: StripBlock, placed: _Placed, top: int, after: StripBlock | None) -> None:
        for button in self._buttons:
            if button.block is not block:
                continue
            starts, ends = block.starts_wall, block.ends_wall
            if button.half and block.half_hour_wall is not None:
                starts, ends = block.half_hour_wall, block.starts_wall
            left, right = round(self._x(starts)), round(self._x(ends))
            width = max(6, right - left - 3)
            button.span = width
            if button.slim:
                limit = (round(self._x(after.starts_wall)) if after is not None else self.width()) - left - 4
                needed = QFontMetricsF(font(11)).horizontalAdvance(button.one_line()) + 16
                width = max(width, min(limit, round(needed) + (0 if needed <= width else width)))
            button.setGeometry(QRect(left + 1, top + 3, width, placed.each - 6))

    def _step(self, button: StripButton, across: int, down: int) -> None:
        """Move the focus to the next block in the lane, or to the nearest in the lane below or above."""
        blocks = [one for one in self._buttons if not one.half]
        lane = [one for one in blocks if one.y() == button.y()]
        if across:
            index = lane.index(button) + across if button in lane else 0
            target = lane[index] if 0 <= index < len(lane) else None
        else:
            tops = sorted({one.y() for one in blocks if (one.y() - button.y()) * down > 0}, reverse=down < 0)
            there = [one for one in blocks if tops and one.y() == tops[0]]
            target = min(there, key=lambda one: abs(one.x() - button.x()), default=None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(frame, color("base"))
        painter.save()
        painter.setClipPath(frame)
        self._grid(painter)
        for placed in self._lanes:
            self._lane(painter, placed)
        if not self._lanes:
            painter.setFont(font(12))
            painter.setPen(color("text2"))
            painter.drawText(
                QRectF(LABEL + 12, HEAD, self.width() - LABEL - 24, LANE), _LEFT, "Nothing is called."
            )
        if self._now is not None and self._first <= self._now <= self._last:
            self._now_line(painter)
        painter.restore()
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)

    def _grid(self, painter: QPainter) -> None:
        every = 60 if self._x(self._first + 60) - self._x(self._first) >= 34 else 120
        bottom = self.height()
        painter.setFont(font(11))
        for wall in range(self._first, self._last, every):
            x = round(self._x(wall)) + 0.5
            painter.setPen(QPen(color("line"), 1))
            painter.drawLine(QPointF(x, HEAD if wall > self._first else 0), QPointF(x, bottom))
            painter.setPen(color("text3"))
            painter.drawText(QRectF(x + 3, 0, 48, HEAD), _LEFT, hour_text(wall))
        painter.setPen(QPen(color("line"), 1))
        for top in (HEAD, *(placed.top for placed in self._lanes)):
            painter.drawLine(QPointF(0, top + 0.5), QPointF(self.width(), top + 0.5))

    def _lane(self, painter: QPainter, placed: _Placed) -> None:
        lane = placed.lane
        chip = production_chip(lane.code, lane.colour)
        paint_chip(painter, chip, 9, placed.top + (placed.each - 18) / 2, 18)
        left = 9 + chip_width(chip) + 6
        face = font(12)
        painter.setFont(face)
        painter.setPen(color("text"))
        shown = QFontMetricsF(face).elidedText(lane.space, Qt.TextElideMode.ElideRight, LABEL - left)
        painter.drawText(QRectF(left, placed.top, LABEL - left, placed.each), _LEFT, shown)
        for starts, ends in lane.meals if placed.each != SLIM else ():
            box = QRectF(
                self._x(starts) + 1, placed.top + 3, self._x(ends) - self._x(starts) - 2, placed.height - 6
            )
            hatch(painter, box)
            painter.setFont(font(11))
            painter.setPen(color("text2"))
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignCenter), "lunch" if starts % DAY < 16 * 60 else "dinner"
            )
        if lane.rest:
            box = QRectF(LABEL + 6, placed.top + 6, self.width() - LABEL - 12, placed.each - 12)
            hatch(painter, box)
            metrics = QFontMetricsF(face)
            plate = QRectF(box.left() + 8, box.center().y() - 10, metrics.horizontalAdvance(lane.rest) + 12, 20)
            painter.fillRect(plate, color("base"))
            painter.setPen(color("text2"))
            painter.setFont(face)
            painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), lane.rest)

    def _now_line(self, painter: QPainter) -> None:
        assert self._now is not None
        x = self._x(self._now)
        painter.setPen(QPen(color("now"), 2))
        painter.drawLine(QPointF(x, HEAD), QPointF(x, self.height()))
        face = font(11, 600)
        text = words.time_text(self._now)
        width = QFontMetricsF(face).horizontalAdvance(text) + 8
        box = QRectF(min(max(x - width / 2, LABEL), self.width() - width - 2), 3, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("now"))
        painter.drawRoundedRect(box, 3, 3)
        painter.drawPolygon(QPolygonF([QPointF(x - 3, 20), QPointF(x + 3, 20), QPointF(x, HEAD)]))
        painter.setFont(face)
        painter.setPen(color("onNow"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def _rows(blocks: Sequence[StripBlock]) -> list[list[StripBlock]]:
    """Blocks in as few rows as keep those that overlap apart."""
    rows: list[list[StripBlock]] = []
    for block in sorted(blocks, key=lambda one: (one.half_hour_wall or one.starts_wall, one.event_id)):
        starts = block.starts_wall if block.half_hour_wall is None else block.half_hour_wall
        row = next((row for row in rows if row[-1].ends_wall <= starts), None)
        if row is None:
            rows.append([block])
        else:
            row.append(block)
    return rows
