"""The breakdown: scenes by tracks, painted as one widget, worked with mouse and keyboard.

What is shown comes from outside (`set_content`), what is done goes outside by signals; the widget changes nothing
itself. A cell, a field of a scene, or whole scenes can be chosen. A press in a cell puts on or takes off; one in a
scene's fields chooses the line, and from there the line can be dragged to another place.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from stagecraft.ui.widgets.breakdown_keys import MatrixKeys
from stagecraft.ui.widgets.breakdown_layout import FIELDS, LINE, MatrixAct, MatrixRow


class BreakdownMatrix(MatrixKeys):
    """The whole matrix: what the pointer does, menus and tips."""

    _grip: QPoint | None = None
    """Where a line was pressed, while it may still become a drag."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, layout = event.position().toPoint(), self.layout_now()
        column, line = layout.column_at(at.x()), layout.line_at(at.y())
        self._leave_editor()
        if at.y() < layout.head:
            if column is not None and column >= 0 and event.button() == Qt.MouseButton.LeftButton:
                self.track_chosen.emit(self.content.columns[column].track)
            return
        row = self._row(line)
        shown = self.content.lines[line] if line >= 0 else None
        if isinstance(shown, MatrixAct) and event.button() == Qt.MouseButton.LeftButton:
            self.act_chosen.emit(shown.act)
        if row is None or event.button() == Qt.MouseButton.RightButton:
            return
        if column is None or column < 0:
            self._press_row(event, row, line, -len(FIELDS) if column is None else column)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._go(line, column, extend=True)
        else:
            self._go(line, column)
            self._toggle()

    def _press_row(self, event: QMouseEvent, row: MatrixRow, line: int, column: int) -> None:
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ShiftModifier and self._row_anchor >= 0:
            low, high = sorted((self._row_anchor, line))
            rows = frozenset(r.scene for i in range(low, high + 1) if (r := self._row(i)) is not None)
        else:
            several = held & Qt.KeyboardModifier.ControlModifier
            rows = self.shown.rows ^ {row.scene} if several else frozenset({row.scene})
            self._row_anchor = line
            self._grip = None if several else event.position().toPoint()
        self._go(line, column)
        self.choose_rows(rows)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at, layout = event.position().toPoint(), self.layout_now()
        column, line = layout.column_at(at.x()), layout.line_at(at.y())
        if self._row(line) is not None and column is not None and column < 0:
            self._go(line, column)
            self.edit_field()
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at, layout = event.position().toPoint(), self.layout_now()
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(at)
            return
        line, column = layout.line_at(at.y()), layout.column_at(at.x())
        column = column if column is not None and column >= 0 else None
        if (line, column) != (self.shown.hover_line, self.shown.hover_column):
            self.shown.hover_line, self.shown.hover_column = line, column
            self.viewport().update()

    def _drag(self, at: QPoint) -> None:
        """Carry the chosen line: a rule shows where it would land."""
        if self._grip is None or (at - self._grip).manhattanLength() < QApplication.startDragDistance():
            return
        layout = self.layout_now()
        line = layout.line_at(at.y())
        if line < 0:
            line = 0 if at.y() < layout.head else len(self.content.lines) - 1
        elif at.y() > layout.line_top(line) + LINE // 2:
            line += 1
        self.shown.drop = max(1, min(line, self._last_line()))
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()

    def _last_line(self) -> int:
        """The line below the last scene or act."""
        return len(self.content.lines) - ("scenes" in self.content.lines)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drop, self.shown.drop, self._grip = self.shown.drop, -1, None
        self.viewport().unsetCursor()
        self.viewport().update()
        scene = self.current_scene()
        if drop < 0 or scene is None:
            return
        above = self.content.lines[:drop]
        act = next(line.act for line in reversed(above) if not isinstance(line, str))
        before = [
            line for line in above if isinstance(line, MatrixRow) and line.act == act and line.scene != scene
        ]
        self.placed.emit(scene, act, len(before))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.shown.drop >= 0:
            self.shown.drop, self._grip = -1, None
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.shown.hover_line, self.shown.hover_column = -1, None
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.layout_now().cell(self.shown.line, self.shown.column).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(at), self.current_scene(), self.current_track())
            return
        layout, at = self.layout_now(), self.viewport().mapFromGlobal(event.globalPos())
        row, column = self._row(layout.line_at(at.y())), layout.column_at(at.x())
        if row is not None:
            self._go(layout.line_at(at.y()), self.shown.column if column is None else column)
        track = self.content.columns[column].track if column is not None and column >= 0 else None
        self.menu_wanted.emit(event.globalPos(), row.scene if row else None, track)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, at: QPoint) -> str:
        layout = self.layout_now()
        column = layout.column_at(at.x())
        row = self._row(layout.line_at(at.y()))
        if column is not None and column >= 0:
            head = self.content.columns[column]
            return self.content.cell_words(row, head) if row else self.content.column_words(head)
        return self.content.row_words(row) if row else ""
