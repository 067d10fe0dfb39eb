"""What the mouse does in a week: move, stretch, copy, draw, select by a frame, and scenes dropped from the tray.

A press becomes a drag after 4 px. A held call keeps its grip offset and snaps to 15 minutes (Shift 5, Ctrl none);
Alt copies; Esc puts everything back. Nothing is written here: the view's signals say what was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from stagecraft.domain.times import DAY
from stagecraft.ui.widgets.name_edit import NameEdit
from stagecraft.ui.widgets.week_held import Drag, HeldDisplay
from stagecraft.ui.widgets.week_layout import EventView, day_index, day_minutes, snapped

if TYPE_CHECKING:
    from stagecraft.ui.widgets.week_view import Placed, WeekView

SCENE_MIME = "application/x-stagecraft-scene"
TRAVEL, EDGE, RIM, TURN_AFTER_MS = 4, 6, 24, 600
SHORTEST = 5
DRAWN_AT_ONCE = 60
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class DropCheck(Protocol):
    """Answers, while something is held, what would clash where it is."""

    def begin(self, events: Sequence[int], scene: int | None) -> int:
        """Something is taken up; returns the minutes a dropped scene would last."""

    def at(self, held: int, starts: int, ends: int) -> tuple[list[tuple[str, str]], list[str]]:
        """Findings (severity, words) and what is fine with the held event at this span."""


class NoCheck:
    """Knows of nothing: the view on its own."""

    def begin(self, events: Sequence[int], scene: int | None) -> int:
        return 60

    def at(self, held: int, starts: int, ends: int) -> tuple[list[tuple[str, str]], list[str]]:
        return [], []


class WeekGestures(QObject):
    """The mouse half of a week view."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view)
        self.view = view
        self.drag: Drag | None = None
        self.pressed = False
        self.copied = False
        """Whether Alt was held in a drag and is not let go yet."""
        self.display = HeldDisplay(view)
        self.chips = self.display.chips
        self.name_edit: NameEdit | None = None
        self._rim = QTimer(self)
        self._rim.setInterval(30)
        self._rim.timeout.connect(self._scroll_at_rim)
        self._turn = QTimer(self)
        self._turn.setInterval(TURN_AFTER_MS)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._turn_week)

    @property
    def active(self) -> bool:
        """Whether something is being dragged."""
        return self.drag is not None and self.drag.under_way

    def held(self) -> set[int]:
        """Events that are lifted from their places (a copy leaves the original where it is)."""
        drag = self.drag
        if drag is None or not drag.under_way or drag.mode not in ("move", "start", "end") or drag.copy:
            return set()
        return {event.id for event in drag.events}

    # --- press, move, release ------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        self.view.setFocus()
        self.finish_name()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.pressed = True
        point = event.position().toPoint()
        week = QPoint(point.x(), point.y() + self.view.offset)
        place = self.view.event_at(point)
        modifiers = event.modifiers()
        if place is None:
            if point.x() < self.view.shape_.left:
                return
            self.drag = Drag("frame" if modifiers & _SHIFT else "draw", point, week)
            return
        if modifiers & _CTRL:
            self.view.toggle(place.event.id)
        elif modifiers & _SHIFT:
            self.view.select(self.view.selection | {place.event.id}, place.event.id)
        elif place.event.id not in self.view.selection:
            self.view.select({place.event.id})
        self.drag = self._grab(place, point, week)

    def _grab(self, place: Placed, point: QPoint, week: QPoint) -> Drag:
        mode = self._edge_mode(place, point) or "move"
        grip = self.view.wall_at(point) - place.event.starts
        drag = Drag(mode, point, week, held=place.event, grip=grip)
        drag.starts, drag.ends = place.event.starts, place.event.ends
        return drag

    def _edge_mode(self, place: Placed, point: QPoint) -> str:
        """`start` or `end` when the point is on an edge of a call high enough to have edges."""
        if place.box is None or place.box.height < 3 * EDGE:
            return ""
        rect = self.view.view_rect(place.box)
        if point.y() - rect.top() < EDGE:
            return "start"
        return "end" if rect.bottom() - point.y() < EDGE else ""

    def move(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        drag = self.drag
        if drag is None:
            self._hover(point)
            return
        drag.point = point
        if not drag.under_way:
            if (point - drag.origin).manhattanLength() < TRAVEL:
                return
            self._start(drag)
        self._follow(event.modifiers())
        self._watch_rims(point)

    def _hover(self, point: QPoint) -> None:
        place = self.view.event_at(point)
        shape = Qt.CursorShape.ArrowCursor
        if place is not None and self._edge_mode(place, point):
            shape = Qt.CursorShape.SizeVerCursor
        if self.view.viewport().cursor().shape() != shape:
            self.view.viewport().setCursor(shape)

    def _start(self, drag: Drag) -> None:
        drag.under_way = True
        if drag.held is None:
            return
        if drag.mode == "move":
            chosen = self.view.selection | {drag.held.id}
            drag.events = [event for event in self.view.contents.events if event.id in chosen]
        else:
            drag.events = [drag.held]
        self.view.check.begin([event.id for event in drag.events], None)
        for event in drag.events:
            self.view.viewport().update(self.view.rect_of_event(event.id))

    def _follow(self, modifiers: Qt.KeyboardModifier) -> None:
        drag = self.drag
        if drag is None or not drag.under_way:
            return
        grid = 1 if modifiers & _CTRL else 5 if modifiers & _SHIFT else 15
        if drag.mode == "frame":
            self.display.repaint(drag)
            return
        before = (drag.starts, drag.ends, drag.copy)
        at = self.view.wall_at(drag.point)
        if drag.mode == "draw":
            self._draw_to(drag, at, grid)
        elif drag.mode == "move" and drag.held is not None:
            drag.copy = bool(modifiers & _ALT)
            self.copied = drag.copy
            length = drag.held.ends - drag.held.starts
            drag.starts = snapped(at - drag.grip, grid)
            drag.ends = drag.starts + length
        elif drag.held is not None:
            self._stretch_to(drag, drag.held, at, grid)
        if (drag.starts, drag.ends, drag.copy) != before:
            self._point_with(Qt.CursorShape.DragCopyCursor if drag.copy else Qt.CursorShape.ArrowCursor)
            self._show_held(drag)

    def _point_with(self, shape: Qt.CursorShape) -> None:
        """The pointer shows a plus while it copies."""
        if self.drag is not None and self.drag.mode == "move":
            self.view.viewport().setCursor(shape)

    def _draw_to(self, drag: Drag, at: int, grid: int) -> None:
        """A draft from where the press was to the pointer, within the day where it began."""
        shape = self.view.shape_
        anchor = shape.wall_at(drag.from_week.x(), drag.from_week.y())
        day = shape.day_at(drag.from_week.x())
        minute = shape.minute(drag.point.y() + self.view.offset)
        at = anchor - day_minutes(shape.heads, day, anchor) + minute
        first, last = sorted((anchor, at))
        grid = max(grid, SHORTEST)
        drag.starts = first // grid * grid
        drag.ends = max(-(-last // grid) * grid, drag.starts + grid)

    def _stretch_to(self, drag: Drag, held: EventView, at: int, grid: int) -> None:
        day = day_index(self.view.shape_.heads, held.starts) or 0
        shape = self.view.shape_
        minute = shape.minute(drag.point.y() + self.view.offset)
        at = snapped(held.starts - day_minutes(shape.heads, day, held.starts) + minute, grid)
        if drag.mode == "start":
            drag.starts = min(at, held.ends - SHORTEST)
        else:
            drag.ends = min(max(at, held.starts + SHORTEST), held.starts + DAY)

    def release(self, event: QMouseEvent) -> None:
        drag, self.drag = self.drag, None
        self.pressed = False
        self._rim.stop()
        self._turn.stop()
        if drag is not None:
            self._let_go(drag, event)
        self.view.let_go.emit()

    def _let_go(self, drag: Drag, event: QMouseEvent) -> None:
        if not drag.under_way:
            self._click(drag, event.modifiers())
            return
        self.chips.hide()
        self.view.viewport().unsetCursor()
        self.view.viewport().update()
        self.view.dragging.emit(0, 0, 0)
        if drag.mode == "frame":
            self._select_frame(drag)
        elif drag.mode == "draw":
            self.ask_name(drag.starts, drag.ends, drawn=True)
        elif drag.held is not None:
            self._drop(drag, drag.held)

    def _drop(self, drag: Drag, held: EventView) -> None:
        if drag.mode == "move":
            by = drag.starts - held.starts
            if by:
                self.view.moved.emit([event.id for event in drag.events], by, drag.copy)
        elif (drag.starts, drag.ends) != (held.starts, held.ends):
            self.view.stretched.emit(held.id, drag.starts, drag.ends)

    def _click(self, drag: Drag, modifiers: Qt.KeyboardModifier) -> None:
        if drag.held is not None:
            if not modifiers & (_CTRL | _SHIFT) and len(self.view.selection) > 1:
                self.view.select({drag.held.id})
            return
        meal = self.view.band_at(drag.origin)
        if meal is not None:
            self.view.select({meal})
        elif not modifiers & (_CTRL | _SHIFT):
            self.view.select(())
            shape = self.view.shape_
            if shape.heads:
                self.view.day_chosen.emit(shape.heads[shape.day_at(drag.origin.x())].day)

    def double_click(self, event: QMouseEvent) -> None:
        """On a call: the inspector. On empty ground: a new call of an hour there."""
        point = event.position().toPoint()
        place = self.view.event_at(point)
        self.drag = None
        if place is not None:
            self.view.opened.emit(place.event.id)
        elif (meal := self.view.band_at(point)) is not None:
            self.view.opened.emit(meal)
        elif point.x() >= self.view.shape_.left:
            starts = self.view.wall_at(point) // 15 * 15
            self.ask_name(starts, starts + DRAWN_AT_ONCE, drawn=False)

    # --- frame ---------------------------------------------------------------------------------------------

    def _select_frame(self, drag: Drag) -> None:
        rect = self.display.frame_rect(drag)
        inside = {
            place.event.id
            for place in self.view.placed
            if place.box and self.view.view_rect(place.box).intersects(rect)
        }
        self.view.select(self.view.selection | inside)

    # --- showing what is held ------------------------------------------------------------------------------

    def _show_held(self, drag: Drag) -> None:
        """Paint where it was and is, ask what would clash, and say it beside the pointer."""
        self.display.repaint(drag)
        held = drag.held.id if drag.held is not None else 0
        findings: list[tuple[str, str]] = []
        fine: list[str] = []
        if drag.mode != "draw":
            findings, fine = self.view.check.at(held, drag.starts, drag.ends)
        if drag.held is not None:
            self.view.dragging.emit(drag.held.id, drag.starts, drag.ends)
        self.display.tell(drag, findings, fine)

    def tell_again(self) -> None:
        """The check knows more of where the held thing is: say it."""
        drag = self.drag
        if drag is not None and drag.under_way and drag.mode not in ("draw", "frame"):
            held = drag.held.id if drag.held is not None else 0
            self.display.tell(drag, *self.view.check.at(held, drag.starts, drag.ends))

    def paint(self, painter: QPainter) -> None:
        """What is held, above everything else; the painter is in the coordinates of the whole week."""
        if self.drag is not None and self.drag.under_way:
            self.display.paint(painter, self.drag)
        elif self.name_edit is not None:
            self.display.paint_draft(painter, self.name_edit.starts, self.name_edit.ends)

    # --- keys, rims, cancelling ----------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Esc puts a drag back; a modifier changes the grid or makes it a copy."""
        if self.drag is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return True
        self.modifiers_changed(event)
        return self.active

    def modifiers_changed(self, event: QKeyEvent) -> None:
        """Ctrl, Shift or Alt went down or up during a drag."""
        if self.active:
            self._follow(QApplication.queryKeyboardModifiers() if event.spontaneous() else event.modifiers())

    def cancel(self) -> None:
        """Put everything back."""
        self.drag = None
        self._rim.stop()
        self._turn.stop()
        self.chips.hide()
        self.view.viewport().update()
        self.view.dragging.emit(0, 0, 0)

    def scrolled(self) -> None:
        """The view moved under the pointer."""
        if self.name_edit is not None:
            self.name_edit.follow()
        if self.active:
            self._follow(QApplication.keyboardModifiers())
            self.view.viewport().update()

    def _watch_rims(self, point: QPoint) -> None:
        if not self.active:
            return
        height = self.view.viewport().height()
        at_rim = point.y() < RIM or point.y() > height - RIM
        if at_rim != self._rim.isActive():
            self._rim.start() if at_rim else self._rim.stop()
        outside = self._turn_direction(point) != 0
        if outside and not self._turn.isActive():
            self._turn.start()
        elif not outside:
            self._turn.stop()

    def _turn_direction(self, point: QPoint) -> int:
        """-1 or 1 while a call is held beyond the week's left or right rim, or over ‹ and › in the top bar."""
        if self.drag is None or self.drag.mode != "move":
            return 0
        under = QApplication.widgetAt(self.view.viewport().mapToGlobal(point))
        if under is not None and under.property("turns") is not None:
            return int(under.property("turns"))
        if point.x() < self.view.shape_.left - 8:
            return -1
        return 1 if point.x() >= self.view.viewport().width() - 2 else 0

    def _turn_week(self) -> None:
        if self.drag is None:
            return
        direction = self._turn_direction(self.drag.point)
        if direction:
            self.view.turn_asked.emit(direction)
            self._follow(QApplication.keyboardModifiers())
            self._turn.start()

    def _scroll_at_rim(self) -> None:
        if not self.active or self.drag is None:
            self._rim.stop()
            return
        height, y = self.view.viewport().height(), self.drag.point.y()
        step = -10 if y < RIM else 10 if y > height - RIM else 0
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + step)

    # --- scenes from the tray ------------------------------------------------------------------------------

    def scene_over(self, event: QDragMoveEvent) -> None:
        """A scene of the tray hangs over the week."""
        point = event.position().toPoint()
        if self.drag is None or self.drag.mode != "scene":
            scene = int(bytes(event.mimeData().data(SCENE_MIME).data()).decode())
            self.drag = Drag("scene", point, point, scene=scene, under_way=True)
            self.drag.grip = self.view.check.begin([], scene)
        drag = self.drag
        drag.point = point
        grid = 1 if event.modifiers() & _CTRL else 5 if event.modifiers() & _SHIFT else 15
        starts = snapped(self.view.wall_at(point), grid)
        if (starts, starts + drag.grip) != (drag.starts, drag.ends):
            drag.starts, drag.ends = starts, starts + drag.grip
            self._show_held(drag)

    def scene_dropped(self, event: QDropEvent) -> None:
        """It is let go."""
        drag, self.drag = self.drag, None
        self.chips.hide()
        self.view.viewport().update()
        if drag is not None and drag.mode == "scene":
            self.view.scene_dropped.emit(drag.scene, drag.starts)

    # --- naming what was drawn -----------------------------------------------------------------------------

    def ask_name(self, starts: int, ends: int, *, drawn: bool) -> None:
        """Open the field in which the new call's name or scene number is typed."""
        self.finish_name()
        self.name_edit = NameEdit(self.view, starts, ends, drawn)
        self.name_edit.begin()
        self.view.viewport().update()

    def finish_name(self) -> None:
        """Take what was typed so far; an untouched field is simply closed."""
        if self.name_edit is not None:
            self.name_edit.leave()
