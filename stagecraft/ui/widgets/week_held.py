"""What a drag in the week view looks like: the lifted call, the frame, the draft, and the words beside the pointer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from stagecraft.domain.times import date_of, day_text
from stagecraft.ui import words
from stagecraft.ui.theme import color
from stagecraft.ui.widgets import week_paint
from stagecraft.ui.widgets.drag_chips import DragChips, chip_lines
from stagecraft.ui.widgets.week_layout import EventView, day_index
from stagecraft.ui.widgets.week_text import arrange

if TYPE_CHECKING:
    from stagecraft.ui.widgets.week_view import WeekView


@dataclass(slots=True)
class Drag:
    """A drag in progress. `mode` is move, start, end, draw, frame or scene; times are wall minutes."""

    mode: str
    origin: QPoint
    from_week: QPoint
    held: EventView | None = None
    events: list[EventView] = field(default_factory=list)
    grip: int = 0
    starts: int = 0
    ends: int = 0
    scene: int = 0
    under_way: bool = False
    copy: bool = False
    point: QPoint = field(default_factory=QPoint)
    painted: list[QRect] = field(default_factory=list)


class HeldDisplay:
    """Shows a drag; it changes nothing."""

    def __init__(self, view: WeekView) -> None:
        self.view = view
        self.chips = DragChips(view.viewport())

    def frame_rect(self, drag: Drag) -> QRect:
        """The selection frame in the viewport."""
        corner = QPoint(drag.from_week.x(), drag.from_week.y() - self.view.offset)
        return QRect(corner, drag.point).normalized()

    def _spans(self, drag: Drag) -> list[tuple[EventView, int, int]]:
        if drag.held is None:
            return []
        if drag.mode != "move":
            return [(drag.held, drag.starts, drag.ends)]
        by = drag.starts - drag.held.starts
        return [(event, event.starts + by, event.ends + by) for event in drag.events]

    def _held_rect(self, event: EventView, starts: int, ends: int) -> QRect:
        """A held call keeps its lane's width on its own day and takes three quarters of another's column."""
        box = self.view.shape_.box(starts, ends)
        if box is None:
            return QRect()
        place = self.view.place_of(event.id)
        if (
            place is not None
            and place.box is not None
            and day_index(self.view.shape_.heads, starts) == place.day
        ):
            box.x, box.width = place.box.x, place.box.width
        else:
            box.width = max(box.width * 3 // 4, min(box.width, 64))
        return self.view.view_rect(box)

    def tell(self, drag: Drag, findings: list[tuple[str, str]], fine: list[str]) -> None:
        """The pop-up beside the slot: new time and old, findings, what is fine."""
        slot = self._slot_rect(drag)
        lines, more = chip_lines(findings, fine)
        hint = {"move": "Alt copies · Esc puts it back", "scene": "Esc lets it go"}.get(
            drag.mode, "Esc puts it back"
        )
        if drag.copy:
            hint = "A copy · Esc puts it back"
        day = day_text(date_of(drag.starts)).split(" ")[0]
        if slot.isNull():
            slot = QRect(drag.point, drag.point)
        title = f"{day} {words.span_text(drag.starts, drag.ends)}"
        self.chips.show_words(title, self._came_from(drag), lines, more, hint, slot)

    def _slot_rect(self, drag: Drag) -> QRect:
        if drag.held is not None:
            return self._held_rect(drag.held, drag.starts, drag.ends)
        return self.view.span_rect(drag.starts, drag.ends)

    def _came_from(self, drag: Drag) -> str:
        if drag.held is None:
            return ""
        held = drag.held
        if drag.mode == "move":
            day = day_text(date_of(held.starts)).split(" ")[0]
            came = f"from {day} {words.time_text(held.starts)}"
            return came if len(drag.events) == 1 else f"{came}, {len(drag.events)} calls"
        return f"was {words.span_text(held.starts, held.ends)}"

    def repaint(self, drag: Drag) -> None:
        """Only where something was painted and where it will be."""
        rects = [self.frame_rect(drag)] if drag.mode == "frame" else []
        rects += [self._held_rect(event, starts, ends) for event, starts, ends in self._spans(drag)]
        if drag.mode in ("draw", "scene"):
            rects.append(self.view.span_rect(drag.starts, drag.ends))
        for rect in (*drag.painted, *rects):
            self.view.viewport().update(rect.adjusted(-12, -10, 12, 16))
        drag.painted = rects

    def paint(self, painter: QPainter, drag: Drag) -> None:
        """What is held; the painter is in the coordinates of the whole week."""
        up = self.view.offset
        if drag.mode == "frame":
            tone = color("accent")
            painter.setPen(QPen(tone, 1))
            tone.setAlphaF(0.12)
            painter.setBrush(tone)
            painter.drawRect(self.frame_rect(drag).translated(0, up))
        elif drag.mode in ("draw", "scene"):
            self.paint_draft(painter, drag.starts, drag.ends, lifted=drag.mode == "scene")
        for event, starts, ends in self._spans(drag):
            rect = self._held_rect(event, starts, ends)
            if not rect.isNull():
                self._paint_held(painter, event, QRectF(rect.translated(0, up)), starts, ends)

    def paint_draft(self, painter: QPainter, starts: int, ends: int, *, lifted: bool = False) -> None:
        """A call that is not there yet: drawn, dropped, or being named."""
        box = self.view.shape_.box(starts, ends)
        if box is not None:
            event = _moved(_DRAFT, starts, ends)
            lines = arrange(event, box.width, box.height)
            week_paint.paint_event(painter, event, week_paint.rect_of(box), lines, selected=True, lifted=lifted)

    def _paint_held(self, painter: QPainter, event: EventView, area: QRectF, starts: int, ends: int) -> None:
        there = _moved(event, starts, ends)
        lines = arrange(there, int(area.width()), int(area.height()))
        week_paint.paint_event(painter, there, area, lines, selected=True, lifted=True)


_DRAFT = EventView(0, 0, 0, 0, "RH", "staging", "draft", "", "", "", "", "", "", "", "", "")
"""What is being drawn or dropped, before it has a name."""


def _moved(event: EventView, starts: int, ends: int) -> EventView:
    """The event as it reads at another time; what it clashes with is said beside it."""
    moved = EventView(**{name: getattr(event, name) for name in EventView.__slots__})
    moved.time, moved.until = words.time_text(starts), f"to {words.time_text(ends)}"
    moved.findings, moved.severity, moved.told, moved.word = (), "", "", ""
    by = starts - event.starts
    moved.breaks = tuple((first + by, last + by, kind) for first, last, kind in event.breaks)
    moved.starts, moved.ends = starts, ends
    return moved
