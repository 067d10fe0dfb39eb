"""Who is called, one painted line each: face, name, part, a mark where something clashes, the own time at the right.

A click on the time (or Return) edits it in place; Del releases or takes out; a click on the mark of attendance in
attendance mode goes on to the next. Painted, because a full company is forty people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from stagecraft.base.errors import Refused
from stagecraft.domain.times import parse_time
from stagecraft.ui import words
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.avatar import paint_avatar
from stagecraft.ui.widgets.fields import LineEdit, TimeEdit
from stagecraft.ui.widgets.week_text import elided, text_width

ROW, TIME_WIDTH = 28, 92
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
MARKS = ("", "present", "late", "absent")


@dataclass(slots=True)
class CalledPerson:
    """One line. `starts` and `ends` are wall minutes; `own` is bold; `severity` marks a clash, `clash` says it."""

    call_id: int
    person_id: int
    name: str
    part: str
    starts: int
    ends: int
    own: bool
    source: str
    status: str
    severity: str = ""
    clash: str = ""
    mark: str = ""
    arrived: int | None = None


class SpanEdit(LineEdit):
    """An own time: `2:45p` (from then on), `2:45–3:30p`, or nothing for the event's own times.

    The value is (start, end) in minutes after midnight, either None when it is the event's.
    """

    def __init__(self, row: CalledPerson, day_starts: int, day_ends: int) -> None:
        self._day = (day_starts, day_ends)
        super().__init__((row.starts, row.ends), name=f"Own time of {row.name}", right=True)

    def words_of(self, value: tuple[int | None, int | None]) -> str:
        starts, ends = value
        if starts is None:
            return ""
        if ends is None or ends == self._day[1]:
            return words.time_text(starts)
        return words.span_text(starts, ends)

    def parse(self, text: str) -> tuple[int | None, int | None]:
        if not text.strip():
            return None, None
        first, _, last = text.replace("–", "-").replace(" to ", "-").partition("-")
        ends = parse_time(last) if last.strip() else None
        starts = parse_time(first)
        if last.strip() and starts is not None and ends is not None and first.strip()[-1:].isdigit():
            half = parse_time(first + "p") if ends >= 12 * 60 else starts
            starts = half if half is not None and half < ends else starts
        if starts is None or (last.strip() and ends is None):
            raise Refused("field.time", "No such time.")
        midnight = self._day[0] // 1440 * 1440
        return midnight + starts, None if ends is None else midnight + ends


class CalledList(QWidget):
    """The list. Signals carry call ids and persons."""

    time_set = Signal(int, object, object)  # call, starts or None, ends or None
    released = Signal(int, bool)  # call, released or called again
    removed = Signal(int)
    marked = Signal(int, str)  # person, attendance or ""
    arrived = Signal(int, int)  # person, minute after midnight at which they came
    lead_set = Signal(int, bool)  # call, leads or not
    person_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[CalledPerson] = []
        self.current = -1
        self.attendance = False
        self.editable = True
        self._span = (0, 0)
        self._editor: LineEdit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Called")

    def set_rows(self, rows: Sequence[CalledPerson], starts: int, ends: int) -> None:
        """Show these; `starts` and `ends` are the event's."""
        keep = self.rows[self.current].call_id if 0 <= self.current < len(self.rows) else None
        self.rows, self._span = list(rows), (starts, ends)
        ids = [row.call_id for row in self.rows]
        self.current = ids.index(keep) if keep in ids else -1
        self.setFixedHeight(max(1, len(self.rows) * ROW))
        self._announce()
        self.update()

    def set_attendance(self, on: bool) -> None:
        """Show attendance marks instead of own times."""
        self.attendance = on
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, len(self.rows) * ROW)

    def _announce(self) -> None:
        self.setAccessibleDescription("; ".join(self.spoken(row) for row in self.rows))

    def spoken(self, row: CalledPerson) -> str:
        """`Omar Reid, JB, from 2:45p, own time`."""
        parts = [row.name, row.part, f"from {words.time_text(row.starts)}", "own time" if row.own else ""]
        parts += [row.status if row.status != "called" else "", row.clash, row.mark]
        return ", ".join(part for part in parts if part)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, row in enumerate(self.rows):
            area = QRectF(0, index * ROW, self.width(), ROW)
            if area.intersects(QRectF(event.rect())):
                self._paint_row(painter, row, area, index == self.current)

    def _paint_row(self, painter: QPainter, row: CalledPerson, area: QRectF, current: bool) -> None:
        painter.fillRect(area, color("sel" if current else "base"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(0, area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
        if current and self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        paint_avatar(painter, QRectF(12, area.top() + 4, 20, 20), row.name)
        gone = row.status == "released"
        tone = "text3" if gone else "text"
        right = self._paint_right(painter, row, area, tone)
        room = right - 40
        painter.setFont(font(13, 400, False, gone))
        painter.setPen(color(tone))
        name = elided(row.name, int(room), 400) if text_width(row.name, 400, 13) > room else row.name
        painter.drawText(QRectF(40, area.top(), room, ROW), _LEFT, name)
        used = text_width(name, 400, 13) + 6
        part = row.part if row.status == "called" else f"{row.status} {row.part}".strip()
        if room - used > 24 and part:
            painter.setFont(font(12))
            painter.setPen(color("text2" if current else "text3"))
            painter.drawText(
                QRectF(40 + used, area.top(), room - used, ROW), _LEFT, elided(part, int(room - used - 6), 400)
            )

    def _paint_right(self, painter: QPainter, row: CalledPerson, area: QRectF, tone: str) -> float:
        """Own time or attendance; returns where names must end."""
        right = area.right() - 12
        if self.attendance:
            painter.setFont(font(12, 600 if row.mark in ("late", "absent") else 400))
            tokens = {"present": "ok", "late": "amber", "absent": "red"}
            painter.setPen(color(tokens.get(row.mark, "text3")))
            text = row.mark or "mark"
            if row.arrived is not None:
                text = f"{row.mark} {words.time_text(row.arrived)}"
            painter.drawText(QRectF(right - 90, area.top(), 90, ROW), _RIGHT, text)
            return right - text_width(text, 600, 12) - 8
        text = self._time_words(row)
        painter.setFont(font(13, 600 if row.own else 400))
        painter.setPen(color(tone))
        painter.drawText(QRectF(right - TIME_WIDTH, area.top(), TIME_WIDTH, ROW), _RIGHT, text)
        left = right - text_width(text, 600 if row.own else 400, 13) - 8
        if row.severity:
            paint_icon(painter, row.severity, QRectF(left - 15, area.top() + 7, 14, 14), f"{row.severity}Mark")
            left -= 20
        return left

    def _time_words(self, row: CalledPerson) -> str:
        if row.ends != self._span[1]:
            return words.span_text(row.starts, row.ends)
        return words.time_text(row.starts)

    # --- input ---

    def row_at(self, y: float) -> int:
        index = int(y // ROW)
        return index if 0 <= index < len(self.rows) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.current = self.row_at(event.position().y())
        self.update()
        if event.button() != Qt.MouseButton.LeftButton or self.current < 0 or not self.editable:
            return
        if event.position().x() > self.width() - TIME_WIDTH:
            self._act(self.current)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.row_at(event.position().y())
        if index >= 0 and event.position().x() < self.width() - TIME_WIDTH:
            self.person_wanted.emit(self.rows[index].person_id)

    def _act(self, index: int) -> None:
        row = self.rows[index]
        if self.attendance:
            after = MARKS.index(row.mark) + 1 if row.mark in MARKS else 0
            self.marked.emit(row.person_id, MARKS[after % len(MARKS)])
        else:
            self.edit_time(index)

    def edit_time(self, index: int) -> None:
        """Open the field for a person's own time."""
        self._close_editor()
        row = self.rows[index]
        editor = SpanEdit(row, *self._span)
        editor.committed.connect(lambda value, call=row.call_id: self.time_set.emit(call, value[0], value[1]))
        self._open_editor(editor, index)

    def edit_arrival(self, index: int) -> None:
        """Open the field for the time at which somebody late came."""
        self._close_editor()
        row = self.rows[index]
        editor = TimeEdit(
            None if row.arrived is None else row.arrived % 1440, name=f"{row.name} came at", optional=True
        )
        editor.setPlaceholderText("came at")
        editor.committed.connect(
            lambda minute, person=row.person_id: None if minute is None else self.arrived.emit(person, minute)
        )
        self._open_editor(editor, index)

    def _open_editor(self, editor: LineEdit, index: int) -> None:
        editor.setParent(self)
        editor.setFixedWidth(TIME_WIDTH + 16)
        editor.setGeometry(self.width() - TIME_WIDTH - 20, index * ROW, TIME_WIDTH + 16, ROW)
        editor.refused.connect(
            lambda text: (
                QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), text) if text else None
            )
        )
        editor.installEventFilter(self)
        editor.show()
        editor.setFocus()
        editor.selectAll()
        self._editor = editor

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        editor = self._editor
        if editor is not None and watched is editor:
            if isinstance(event, QFocusEvent) and event.lostFocus():
                if event.reason() != Qt.FocusReason.PopupFocusReason:
                    editor.commit()
                    self._close_editor()
            elif (
                isinstance(event, QKeyEvent)
                and event.type() == QEvent.Type.KeyPress
                and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return)
            ):
                if event.key() == Qt.Key.Key_Return:
                    editor.commit()
                self._close_editor()
                self.setFocus()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.rows and not event.modifiers():
            step = -1 if key == Qt.Key.Key_Up else 1
            self.current = max(0, min(len(self.rows) - 1, self.current + step))
            self.update()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self.current >= 0
            and self.editable
        ):
            self._act(self.current)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current >= 0 and self.editable:
            self._take_out(self.rows[self.current])
        else:
            super().keyPressEvent(event)

    def _take_out(self, row: CalledPerson) -> None:
        """Who comes with a scene is released; who was called by name is simply taken out."""
        if row.source == "unit":
            self.released.emit(row.call_id, row.status != "released")
        else:
            self.removed.emit(row.call_id)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                event.accept()
                return True
        if isinstance(event, QHelpEvent):
            index = self.row_at(event.pos().y())
            text = self.rows[index].clash if index >= 0 else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.current < 0 and self.rows and event.reason() == Qt.FocusReason.TabFocusReason:
            self.current = 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = (
            self.row_at(event.pos().y()) if event.reason() == QContextMenuEvent.Reason.Mouse else self.current
        )
        if index < 0 or not self.editable:
            return
        self.current = index
        row = self.rows[index]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Own time…", lambda: self.edit_time(index))
        if row.own:
            menu.addAction("Back to the call’s time", lambda: self.time_set.emit(row.call_id, None, None))
        gone = row.status == "released"
        menu.addAction("Call again" if gone else "Release", lambda: self.released.emit(row.call_id, not gone))
        leads = row.source == "leader"
        menu.addAction(
            "Does not lead" if leads else "Leads this call", lambda: self.lead_set.emit(row.call_id, not leads)
        )
        menu.addAction("Take out", lambda: self.removed.emit(row.call_id))
        menu.addSeparator()
        for mark in MARKS[1:]:
            menu.addAction(mark.capitalize(), partial(self.marked.emit, row.person_id, mark))
        menu.addAction("Came at…", lambda: self.edit_arrival(index))
        if row.mark:
            menu.addAction("No mark", lambda: self.marked.emit(row.person_id, ""))
        menu.addSeparator()
        menu.addAction("Show in Company", lambda: self.person_wanted.emit(row.person_id))
        menu.popup(event.globalPos())
