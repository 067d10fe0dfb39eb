"""The painted week: columns, events in lanes, selection, zoom, scrolling. Mouse gestures live in `week_gestures`.

It knows nothing of the company file: it shows `WeekContents` and says by signals what the hand asked for. Only what
changed is painted again: a scroll moves pixels, a drag repaints two small rectangles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets import week_accessible, week_paint
from stagecraft.ui.widgets.week_gestures import SCENE_MIME, DropCheck, NoCheck, WeekGestures
from stagecraft.ui.widgets.week_heads import WeekHeads
from stagecraft.ui.widgets.week_keys import handle_key
from stagecraft.ui.widgets.week_layout import (
    HEAD_HEIGHT,
    HOUR_HEIGHT,
    MAX_HOUR_HEIGHT,
    MIN_HOUR_HEIGHT,
    STRIP_HEIGHT,
    Box,
    EventView,
    WeekContents,
    WeekShape,
    day_index,
    day_minutes,
    hours_shown,
    lanes,
)
from stagecraft.ui.widgets.week_text import LINE, Words, arrange


@dataclass(slots=True)
class Placed:
    """An event with its box in the whole week and its words; no box when its hours are not shown."""

    event: EventView
    day: int
    box: Box | None
    words: Words | None
    strip: str = ""


class WeekView(QAbstractScrollArea):
    """A week of events. Signals carry event ids and wall minutes."""

    selection_changed = Signal()
    opened = Signal(int)
    let_go = Signal()
    moved = Signal(object, int, bool)  # ids, minutes, as a copy
    stretched = Signal(int, int, int)  # id, starts, ends
    created = Signal(int, int, str, bool)  # starts, ends, what was typed, whether its length was drawn
    scene_dropped = Signal(int, int)  # scene, starts
    dragging = Signal(int, int, int)  # id, starts, ends while a call is held; (0, 0, 0) when let go
    menu_asked = Signal(QPoint, int)  # global position, wall minute under it
    turn_asked = Signal(int)  # weeks back (-1) or on (1)
    day_chosen = Signal(object)  # date
    nudged = Signal(int, int)  # minutes, minutes of the end only

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        week_accessible.install()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Week")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAcceptDrops(True)
        self.setAcceptDrops(True)
        self.contents = WeekContents()
        self.hour_height = HOUR_HEIGHT
        self.shape_ = WeekShape([], 0)
        self.placed: list[Placed] = []
        self.selection: set[int] = set()
        self.current: int | None = None
        self.chosen_day: object = None
        self._stale = self._fresh_days = self._arranging = False
        self.strips = ["early"]
        self.check: DropCheck = NoCheck()
        self.names: list[str] = []
        self.heads = WeekHeads(self)
        self.gestures = WeekGestures(self)
        self.setViewportMargins(0, HEAD_HEIGHT, 0, 0)

    # --- what it shows -------------------------------------------------------------------------------------

    def show_week(self, contents: WeekContents) -> None:
        """Show this; selected events that are still there stay selected."""
        same = [head.day for head in contents.heads] == [head.day for head in self.contents.heads]
        self.contents = contents
        known = {event.id for event in contents.events} | {
            band.event for band in contents.bands if band.event is not None
        }
        known |= {chip.event for head in contents.heads for chip in head.chips if chip.event is not None}
        lost = self.selection - known if not self.gestures.active else set()
        self.selection -= lost
        if self.current not in self.selection:
            self.current = next(iter(sorted(self.selection)), None)
        self._fresh_days = not same or self._fresh_days
        self._place_again()
        if lost:
            self.selection_changed.emit()

    def _place_again(self) -> None:
        """Place every event now, or when the view is first seen."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._arrange()
            if self._fresh_days:
                self._fresh_days = False
                self.scroll_to_work()

    def _arrange(self) -> None:
        """Place every event: after new contents, another size or another zoom."""
        self._stale, self._arranging = False, True
        heads, events = self.contents.heads, self.contents.events
        first, last = hours_shown(events, heads)
        shape = WeekShape(heads, self.viewport().width(), first, last, self.hour_height)
        late = any(shape.outside(event.starts, event.ends) == "late" for event in events)
        self.strips = ["early", "late"] if late else ["early"]
        self._measure(shape.height)
        self._arranging = False
        self.shape_ = WeekShape(heads, self.viewport().width(), first, last, self.hour_height)
        self.placed = []
        by_day: dict[int, list[EventView]] = {}
        for event in events:
            day = day_index(heads, event.starts)
            if day is not None:
                by_day.setdefault(day, []).append(event)
        for day, found in sorted(by_day.items()):
            self._place_day(day, found)
        self.heads.update()
        self.viewport().update()
        if self.gestures.name_edit is not None:
            self.gestures.name_edit.follow()

    def _place_day(self, day: int, events: list[EventView]) -> None:
        shown = [event for event in events if not self.shape_.outside(event.starts, event.ends)]
        spans = [(event.starts, event.ends, event.rank) for event in shown]
        for event, lane in zip(shown, lanes(spans), strict=True):
            box = self.shape_.box(event.starts, event.ends, lane)
            words = arrange(event, box.width, box.height) if box else None
            self.placed.append(Placed(event, day, box, words))
        for event in events:
            strip = self.shape_.outside(event.starts, event.ends)
            if strip:
                self.placed.append(Placed(event, day, None, None, strip))

    def _measure(self, height: int) -> None:
        """Room for heads and strips above, and a scroll bar only when the hours do not fit."""
        top = HEAD_HEIGHT + STRIP_HEIGHT * len(self.strips)
        if self.viewportMargins().top() != top:
            self.setViewportMargins(0, top, 0, 0)
        policy = Qt.ScrollBarPolicy
        fits = height <= self.height() - top
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAlwaysOn)
        self.heads.setGeometry(0, 0, self.viewport().width(), top)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.hour_height // 2)

    def scroll_to_work(self) -> None:
        """Bring the first call of the week to the top, with half an hour above it."""
        starts = [
            day_minutes(self.contents.heads, place.day, place.event.starts)
            for place in self.placed
            if place.box
        ]
        if starts:
            self.verticalScrollBar().setValue(self.shape_.y(min(starts) - 60))

    # --- finding things ------------------------------------------------------------------------------------

    @property
    def offset(self) -> int:
        """Pixels scrolled away at the top."""
        return self.verticalScrollBar().value()

    def event_at(self, point: QPoint) -> Placed | None:
        """The event under a point of the viewport, the topmost first."""
        x, y = point.x(), point.y() + self.offset
        for place in reversed(self.placed):
            if place.box and place.box.contains(x, y):
                return place
        return None

    def band_at(self, point: QPoint) -> int | None:
        """The meal under a point, by its event."""
        at = self.wall_at(point)
        for band in self.contents.bands:
            if band.event is not None and band.starts <= at < band.ends:
                return band.event
        return None

    def wall_at(self, point: QPoint) -> int:
        """Wall minute under a point of the viewport."""
        return self.shape_.wall_at(point.x(), point.y() + self.offset)

    def find(self, event_id: int) -> EventView | None:
        """The event with this id, if it is shown."""
        for event in self.contents.events:
            if event.id == event_id:
                return event
        return None

    def place_of(self, event_id: int) -> Placed | None:
        """Where an event is."""
        for place in self.placed:
            if place.event.id == event_id:
                return place
        return None

    def view_rect(self, box: Box) -> QRect:
        """A box in the viewport's coordinates."""
        return QRect(box.x, box.y - self.offset, box.width, box.height)

    def rect_of_event(self, event_id: int) -> QRect:
        """Where an event is in the viewport; empty when its hours are not shown."""
        place = self.place_of(event_id)
        return self.view_rect(place.box) if place and place.box else QRect()

    def span_rect(self, starts: int, ends: int) -> QRect:
        """Where a span of a whole column's width would be; empty when not shown."""
        box = self.shape_.box(starts, ends)
        return self.view_rect(box) if box else QRect()

    # --- selection -----------------------------------------------------------------------------------------

    def select(self, ids: Iterable[int], current: int | None = None) -> None:
        """Select exactly these events."""
        chosen = set(ids)
        current = current if current in chosen else next(iter(sorted(chosen)), None)
        if chosen == self.selection and current == self.current:
            return
        self.selection, self.current = chosen, current
        self.viewport().update()
        self.heads.update()
        week_accessible.tell_focus(self)
        self.selection_changed.emit()

    def toggle(self, event_id: int) -> None:
        """Add an event to the selection or take it out."""
        if event_id in self.selection:
            self.select(self.selection - {event_id})
        else:
            self.select(self.selection | {event_id}, event_id)

    def reveal(self, event_id: int) -> None:
        """Scroll until an event can be seen."""
        place = self.place_of(event_id)
        if place is None or place.box is None:
            return
        bar, margin = self.verticalScrollBar(), 12
        if place.box.y - margin < bar.value():
            bar.setValue(place.box.y - margin)
        elif place.box.y + place.box.height + margin > bar.value() + self.viewport().height():
            low = place.box.y + place.box.height + margin - self.viewport().height()
            bar.setValue(min(low, place.box.y - margin))

    def set_zoom(self, height: int) -> None:
        """Pixels per hour, within 28 and 88; the hour in the middle stays where it is."""
        height = max(MIN_HOUR_HEIGHT, min(MAX_HOUR_HEIGHT, height))
        if height == self.hour_height:
            return
        middle = (self.offset + self.viewport().height() / 2) / self.hour_height
        self.hour_height = height
        self._arrange()
        self.verticalScrollBar().setValue(round(middle * height - self.viewport().height() / 2))

    # --- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dirty = event.rect()
        painter.setClipRegion(event.region())
        top, bottom = dirty.top() + self.offset, dirty.bottom() + self.offset + 1
        painter.translate(0, -self.offset)
        painter.setBrushOrigin(0, 0)
        seen = Box(dirty.left(), top, dirty.width(), bottom - top)
        self._paint_ground(painter, top, bottom)
        held = self.gestures.held()
        for place in self.placed:
            if place.box is None or place.words is None or not place.box.meets(seen):
                continue
            area = week_paint.rect_of(place.box)
            if place.event.id in held:
                week_paint.paint_ghost(painter, area, f"from {place.event.time}")
                continue
            chosen = place.event.id in self.selection
            week_paint.paint_event(painter, place.event, area, place.words, selected=chosen)
        busy = self.gestures.active or self.gestures.name_edit is not None
        if self.contents.hint and not self.placed and not busy:
            self._paint_hint(painter)
        self.gestures.paint(painter)

    def _paint_hint(self, painter: QPainter) -> None:
        """What to do with an empty week."""
        painter.setPen(color("text3"))
        painter.setFont(font(13))
        width = self.viewport().width() - self.shape_.left
        room = QRectF(self.shape_.left, self.shape_.y(12 * 60), width, 3 * self.hour_height)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        plate = painter.boundingRect(room, flags, self.contents.hint).adjusted(-8, -6, 8, 6)
        painter.fillRect(plate, color("base"))
        painter.drawText(room, flags, self.contents.hint)

    def _paint_ground(self, painter: QPainter, top: int, bottom: int) -> None:
        shape = self.shape_
        painter.fillRect(QRectF(0, top, shape.width, bottom - top), color("page"))
        week_paint.paint_ground(painter, shape, top, bottom)
        for band in self.contents.bands:
            box = shape.box(band.starts, band.ends)
            if box is not None and box.y < bottom and box.y + box.height > top:
                area = week_paint.rect_of(box).adjusted(-1, -1, 2, 1)
                chosen = band.event is not None and band.event in self.selection
                week_paint.paint_band(painter, area, band.label, self._free_line(box), chosen)
        now = self.contents.now
        day = day_index(shape.heads, now) if now is not None else None
        minute = None
        if now is not None and day is not None:
            minute = day_minutes(shape.heads, day, now)
            if not shape.first * 60 <= minute <= shape.last * 60:
                minute = None
        week_paint.paint_axis(painter, shape, minute)
        if minute is not None and day is not None:
            week_paint.paint_now_line(painter, shape, day, minute)
            week_paint.paint_now_pill(painter, shape, minute)

    def _free_line(self, band: Box) -> QRectF:
        """Where the words of a band stand clear of the events over it: at its top, else at its foot, else nowhere."""
        over = [place.box for place in self.placed if place.box is not None and place.box.meets(band)]
        for top in (band.y, band.y + band.height - LINE - 2):
            line = Box(band.x, top, band.width, LINE + 2)
            right = min((box.x for box in over if box.meets(line)), default=band.x + band.width)
            if line.height <= band.height and right > band.x + 8:
                return QRectF(line.x + 5, line.y, right - line.x - 7, line.height)
        return QRectF()

    def set_now(self, now: int | None) -> None:
        """Move the now-line."""
        if now != self.contents.now:
            self.contents.now = now
            self.viewport().update()

    # --- Qt ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(796, 640)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
        self.gestures.scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._arranging:
            return
        if self.viewport().width() != self.shape_.width or self._stale:
            self._place_again()
        else:
            self._measure(self.shape_.height)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._place_again()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.hour_height + (4 if event.angleDelta().y() > 0 else -4))
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.gestures.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current is not None:
            point = self.rect_of_event(self.current).center()
        place = self.event_at(point)
        if place is not None and place.event.id not in self.selection:
            self.select({place.event.id})
        elif place is None and (meal := self.band_at(point)) is not None:
            self.select({meal})
        self.menu_asked.emit(self.viewport().mapToGlobal(point), self.wall_at(point))

    def event(self, event: QEvent) -> bool:
        """During a drag the keys are the drag's, whatever they mean otherwise; so are the arrows with Ctrl or Alt."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            vertical = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if self.gestures.drag is not None or (vertical and self.selection):
                event.accept()
                return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A narrow lane drops words: all of them are told when the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.event_at(event.pos())
            lines = (place.event.spoken, *place.event.findings) if place and not self.gestures.active else ()
            QToolTip.showText(event.globalPos(), "<br>".join(escape(line) for line in lines), self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.gestures.key(event) or handle_key(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.gestures.modifiers_changed(event)
        if event.key() == Qt.Key.Key_Alt and self.gestures.copied:
            self.gestures.copied = False  # Alt meant a copy, not the menu bar
            return
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(SCENE_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(SCENE_MIME):
            self.gestures.scene_over(event)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.gestures.cancel()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(SCENE_MIME):
            self.gestures.scene_dropped(event)
            event.acceptProposedAction()
