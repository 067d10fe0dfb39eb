"""The heads of a week's days and the strips for what happens before and after the hours shown."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets import week_paint
from stagecraft.ui.widgets.week_layout import HEAD_HEIGHT, HOURS_WIDTH, STRIP_HEIGHT
from stagecraft.ui.words import count_text

if TYPE_CHECKING:
    from stagecraft.ui.widgets.week_view import Placed, WeekView


class WeekHeads(QWidget):
    """Painted above the hours; it does not scroll. A click on a day chooses it, on an event selects it."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view)
        self._view = view
        self._chips: list[tuple[QRectF, int]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def strip_events(self, strip: str, day: int) -> list[Placed]:
        """Events of one day's strip, by start."""
        found = [place for place in self._view.placed if place.strip == strip and place.day == day]
        return sorted(found, key=lambda place: place.event.starts)

    def _cells(self) -> list[tuple[QRectF, Placed, int]]:
        """Where the first event of each strip cell is painted, and how many more there are."""
        cells = []
        for row, strip in enumerate(self._view.strips):
            top = HEAD_HEIGHT + row * STRIP_HEIGHT
            for day in range(len(self._view.shape_.heads)):
                events = self.strip_events(strip, day)
                if not events:
                    continue
                x, width = self._view.shape_.column(day)
                area = QRectF(x + 2, top + 2, width - 4, STRIP_HEIGHT - 4)
                shown = next((e for e in events if e.event.id in self._view.selection), events[0])
                cells.append((area, shown, len(events) - 1))
        return cells

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = self._view.shape_
        painter.fillRect(self.rect(), color("chrome"))
        painter.fillRect(QRectF(HOURS_WIDTH, 0, self.width(), HEAD_HEIGHT), color("page"))
        self._chips = []
        for day, head in enumerate(shape.heads):
            chosen = head.day == self._view.chosen_day
            self._chips += week_paint.paint_head(painter, shape, day, head, chosen)
        for row, strip in enumerate(self._view.strips):
            painter.setFont(font(11))
            painter.setPen(color("text2"))
            top = HEAD_HEIGHT + row * STRIP_HEIGHT
            flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, top, HOURS_WIDTH - 6, STRIP_HEIGHT), flags, strip)
        for area, place, more in self._cells():
            chosen = place.event.id in self._view.selection
            week_paint.paint_strip_event(painter, place.event, area, chosen, more)
        self._paint_lines(painter)

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setPen(QPen(color("line"), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for edge in self._view.shape_.edges[:-1]:
            painter.drawLine(QPointF(edge, 0), QPointF(edge, self.height()))
        painter.drawLine(QPointF(0, HEAD_HEIGHT - 1), QPointF(self.width(), HEAD_HEIGHT - 1))
        painter.drawLine(QPointF(0, self.height() - 1), QPointF(self.width(), self.height() - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        self._view.setFocus()
        for area, event_id in self._chips:
            if area.contains(point):
                self._view.select({event_id})
                return
        for area, place, more in self._cells():
            if area.contains(point):
                self._select_in_strip(place, more, event)
                return
        if point.y() < HEAD_HEIGHT and point.x() >= HOURS_WIDTH and self._view.shape_.heads:
            day = self._view.shape_.day_at(point.x())
            self._view.day_chosen.emit(self._view.shape_.heads[day].day)

    def _select_in_strip(self, place: Placed, more: int, event: QMouseEvent) -> None:
        """A second click on a cell with several goes to the next."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._view.toggle(place.event.id)
            return
        if place.event.id in self._view.selection and more:
            events = [p.event.id for p in self.strip_events(place.strip, place.day)]
            after = events[(events.index(place.event.id) + 1) % len(events)]
            self._view.select({after})
            return
        self._view.select({place.event.id})

    def event(self, event: QEvent) -> bool:
        """A day tells its flags when the mouse rests on its head, an event in a strip its own."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), "<br>".join(map(escape, self.told_at(event.pos()))), self)
            return True
        return super().event(event)

    def told_at(self, point: QPoint) -> tuple[str, ...]:
        """What there is to tell at a point."""
        for area, place, _more in self._cells():
            if area.contains(QPointF(point)):
                return (place.event.spoken, *place.event.findings)
        heads = self._view.shape_.heads
        if point.y() >= HEAD_HEIGHT or point.x() < HOURS_WIDTH or not heads:
            return ()
        head = heads[self._view.shape_.day_at(point.x())]
        return (count_text(head.flags, "flag"), *head.told()) if head.flags else ()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        for area, place, _more in self._cells():
            if area.contains(event.position()):
                self._view.opened.emit(place.event.id)
