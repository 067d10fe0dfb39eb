"""The breakdown: scenes by tracks, painted as one widget, worked with mouse and keyboard.

What is shown comes from outside (`set_content`), what is done goes outside by signals; the widget changes nothing
itself. A cell, a field of a scene, or whole scenes can be chosen. Each move of the cursor tells assistive tools the
cell in words, as `Amanda, Karen Cartwright: sings in 1.6 Ghost in the Booth`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from stagecraft.domain.breakdown import MARK_KEYS
from stagecraft.ui.widgets.breakdown_layout import FIELDS, LINE, SUM, Content, Layout, MatrixAct, MatrixRow
from stagecraft.ui.widgets.breakdown_painter import Shown, paint_matrix
from stagecraft.ui.widgets.fields import LineEdit

_FIELD_COUNT = len(FIELDS)
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class BreakdownMatrix(QAbstractScrollArea):
    """The matrix. Columns count from 0; negative ones are the frozen fields (-1 = minutes, -5 = number)."""

    marked = Signal(object, object)
    """Cells, as a tuple of (scene, track), and the mark wanted for them (None: not in it)."""
    edited = Signal(int, str, str)
    """Scene, field (number, pages, place, song, minutes) and what was typed."""
    scene_chosen = Signal(object)
    """Id of the scene the cursor is on, or None."""
    act_chosen = Signal(int)
    """An act's line was clicked."""
    track_chosen = Signal(int)
    """A column's head was clicked."""
    rows_chosen = Signal(object)
    """Ids of the scenes chosen as whole lines, in their order."""
    move_wanted = Signal(int, int)
    """Scene, and by how many lines it should move."""
    remove_wanted = Signal(object)
    """Ids of scenes."""
    menu_wanted = Signal(QPoint, object, object)
    """Global position, scene or None, track or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = Content()
        self.shown = Shown()
        self._anchor: tuple[int, int] | None = None
        self._row_anchor = -1
        self._editor: LineEdit | None = None
        self._corner: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("Breakdown: scenes and who is in them")
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # --- content ---

    def set_content(self, content: Content) -> None:
        """Show this. Cursor and chosen scenes stay on what they were on, by id."""
        scene, track = self.current_scene(), self.current_track()
        chosen = self.shown.rows
        self.content = content
        known = {line.scene for line in content.lines if isinstance(line, MatrixRow)}
        self.shown.rows = frozenset(chosen & known)
        self.shown.span = frozenset()
        self.shown.line = next(
            (i for i, line in enumerate(content.lines) if isinstance(line, MatrixRow) and line.scene == scene),
            -1,
        )
        if self.shown.column >= 0:
            columns = [column.track for column in content.columns]
            last = len(columns) - 1
            self.shown.column = columns.index(track) if track in columns else min(self.shown.column, last)
        self._fit()

    def set_corner(self, widget: QWidget) -> None:
        """A widget over the left of the head, above the fields' heads."""
        self._corner = widget
        widget.setParent(self.viewport())
        widget.show()
        self._fit()

    def current_scene(self) -> int | None:
        row = self._row(self.shown.line)
        return row.scene if row else None

    def current_track(self) -> int | None:
        place = self.shown.column
        return self.content.columns[place].track if 0 <= place < len(self.content.columns) else None

    def chosen_scenes(self) -> tuple[int, ...]:
        """Scenes chosen as whole lines, in their order."""
        return tuple(
            line.scene
            for line in self.content.lines
            if isinstance(line, MatrixRow) and line.scene in self.shown.rows
        )

    def select(self, scene: int, track: int | None = None) -> bool:
        """Put the cursor on a scene (and track) and show it; False when it is not there."""
        for index, line in enumerate(self.content.lines):
            if isinstance(line, MatrixRow) and line.scene == scene:
                tracks = [column.track for column in self.content.columns]
                self._go(index, tracks.index(track) if track in tracks else self.shown.column)
                return True
        return False

    def go_to_field(self, code: str) -> None:
        """Put the cursor into a field of the scene it is on and start editing it."""
        codes = [name for name, *_ in FIELDS]
        self._go(self.shown.line, codes.index(code) - _FIELD_COUNT)
        self.edit_field()

    def choose_rows(self, scenes: frozenset[int]) -> None:
        """Choose these scenes as whole lines."""
        self.shown.rows = scenes
        self.viewport().update()
        self.rows_chosen.emit(self.chosen_scenes())

    def _row(self, index: int) -> MatrixRow | None:
        line = self.content.lines[index] if 0 <= index < len(self.content.lines) else None
        return line if isinstance(line, MatrixRow) else None

    # --- geometry ---

    def layout_now(self) -> Layout:
        """Where everything lies at this moment."""
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Layout(self.content, self.viewport().size(), x, y)

    def _fit(self) -> None:
        layout = self.layout_now()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, layout.width - self.viewport().width()))
        across.setPageStep(max(1, self.viewport().width() - layout.frozen))
        across.setSingleStep(layout.column)
        down.setRange(0, max(0, layout.height - self.viewport().height()))
        down.setPageStep(max(LINE, self.viewport().height() - layout.head))
        down.setSingleStep(LINE)
        if self._corner is not None:
            self._corner.setGeometry(QRect(0, 0, layout.frozen - 1, layout.head - 24))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(836, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._close_editor()
        self._fit()

    def _on_scrolled(self) -> None:
        self._close_editor()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.shown.focused = self.hasFocus() or (self._editor is not None and self._editor.hasFocus())
        painter = QPainter(self.viewport())
        paint_matrix(painter, self.layout_now(), self.shown)
        painter.end()

    # --- cursor ---

    def _go(self, line: int, column: int, *, extend: bool = False) -> None:
        before = self.current_scene()
        if extend and self._anchor is None:
            self._anchor = (self.shown.line, self.shown.column)
        self.shown.line, self.shown.column = line, column
        if extend and self._anchor is not None:
            self.shown.span = self._between(self._anchor, (line, column))
        else:
            self._anchor, self.shown.span = None, frozenset()
        self._reveal()
        self.viewport().update()
        self._announce()
        if self.current_scene() != before:
            self.scene_chosen.emit(self.current_scene())

    def _between(self, one: tuple[int, int], other: tuple[int, int]) -> frozenset[tuple[int, int]]:
        lines = range(min(one[0], other[0]), max(one[0], other[0]) + 1)
        columns = range(max(0, min(one[1], other[1])), max(one[1], other[1]) + 1)
        return frozenset((line, column) for line in lines if self._row(line) for column in columns)

    def _reveal(self) -> None:
        layout = self.layout_now()
        box = layout.cell(self.shown.line, self.shown.column)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if box.top() < layout.head:
            down.setValue(down.value() - (layout.head - box.top()) - (LINE if self.shown.line == 1 else 0))
        elif box.bottom() > self.viewport().height():
            down.setValue(down.value() + box.bottom() - self.viewport().height() + 1)
        if self.shown.column >= 0:
            right = self.viewport().width() - SUM
            if box.left() < layout.frozen:
                across.setValue(across.value() - (layout.frozen - box.left()))
            elif box.right() > right:
                across.setValue(across.value() + box.right() - right + 1)

    def words(self) -> str:
        """What the cursor is on."""
        row = self._row(self.shown.line)
        if row is None:
            return ""
        if 0 <= self.shown.column < len(self.content.columns):
            return self.content.cell_words(row, self.content.columns[self.shown.column])
        head = FIELDS[self.shown.column][1]
        return f"{head}: {row.text(FIELDS[self.shown.column][0]) or 'empty'}. {self.content.row_words(row)}"

    def _announce(self) -> None:
        self.setAccessibleDescription(self.words())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _scene_lines(self) -> list[int]:
        return [i for i, line in enumerate(self.content.lines) if isinstance(line, MatrixRow)]

    def _step(self, lines: int, columns: int, *, extend: bool) -> None:
        scenes = self._scene_lines()
        if not scenes:
            return
        if self.shown.line not in scenes:
            self._go(scenes[0], self.shown.column)
            return
        place = max(0, min(len(scenes) - 1, scenes.index(self.shown.line) + lines))
        column = max(-_FIELD_COUNT, min(len(self.content.columns) - 1, self.shown.column + columns))
        self._go(scenes[place], column, extend=extend and column >= 0)

    # --- keyboard ---

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from single-key shortcuts of the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            typed = event.text().casefold()
            wanted = typed in MARK_KEYS if self.shown.column >= 0 else bool(typed) and typed.isprintable()
            if (
                not held
                and self._row(self.shown.line)
                and (wanted or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete))
            ):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._move_key(event) or self._act_key(event)):
            super().keyPressEvent(event)

    def _move_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & Qt.KeyboardModifier.AltModifier:
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and (scene := self.current_scene()) is not None:
                self.move_wanted.emit(scene, -1 if key == Qt.Key.Key_Up else 1)
                return True
            return False
        far = 10_000
        if key in _MOVES and not control:
            self._step(*_MOVES[key], extend=shift)
        elif key in _MOVES:
            self._step(_MOVES[key][0] * far, _MOVES[key][1] * far, extend=shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(0 if not control else (-far if key == Qt.Key.Key_Home else far), 0, extend=shift)
            self._step(0, -far if key == Qt.Key.Key_Home else far, extend=shift)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            lines = max(1, self.verticalScrollBar().pageStep() // LINE - 1)
            self._step(-lines if key == Qt.Key.Key_PageUp else lines, 0, extend=shift)
        else:
            return False
        return True

    def _act_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        row = self._row(self.shown.line)
        if row is None or held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key == Qt.Key.Key_Space and held & Qt.KeyboardModifier.ShiftModifier:
            self.choose_rows(self.shown.rows ^ {row.scene})
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.shown.column < 0:
            self.edit_field()
        elif self.shown.column < 0:
            return self._field_key(event, row)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.marked.emit(self._cells(), None)
        elif (mark := MARK_KEYS.get(event.text().casefold())) is not None:
            self.marked.emit(self._cells(), mark)
        else:
            return False
        return True

    def _field_key(self, event: QKeyEvent, row: MatrixRow) -> bool:
        """In a field: Del removes scenes, Space chooses the line, typing begins to replace what is there."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(self.chosen_scenes() or (row.scene,))
        elif event.key() == Qt.Key.Key_Space:
            self.choose_rows(self.shown.rows ^ {row.scene})
        elif event.text().isprintable() and event.text():
            self.edit_field(event.text())
        else:
            return False
        return True

    def _cells(self) -> tuple[tuple[int, int], ...]:
        """The cells chosen, else the one under the cursor."""
        places = sorted(self.shown.span) or [(self.shown.line, self.shown.column)]
        return tuple(
            (row.scene, self.content.columns[column].track)
            for line, column in places
            if (row := self._row(line)) is not None
        )

    def _toggle(self) -> None:
        """Out of it when all chosen cells are marked, else on stage."""
        cells = self._cells()
        marked = all(cell in self.content.marks for cell in cells)
        missing = tuple(cell for cell in cells if cell not in self.content.marks)
        self.marked.emit(cells if marked else missing, None if marked else "on")

    # --- editing in place ---

    def edit_field(self, typed: str = "") -> None:
        """Open an editor over the field under the cursor; with `typed` it starts with that text."""
        row = self._row(self.shown.line)
        if row is None or self.shown.column >= 0:
            return
        self._close_editor()
        code, head, *_ = FIELDS[self.shown.column]
        box = self.layout_now().cell(self.shown.line, self.shown.column)
        editor = LineEdit(row.text(code), name=f"{head} of {row.number}", right=code == "minutes")
        editor.setParent(self.viewport())
        editor.setGeometry(box.adjusted(-8, 0, 8 if code == "minutes" else 40, 0))
        editor.committed.connect(lambda text: self.edited.emit(row.scene, code, text))
        editor.returnPressed.connect(self._leave_editor)
        editor.show()
        editor.setFocus()
        if typed:
            editor.selectAll()
            editor.insert(typed)
            editor.textEdited.emit(editor.text())
        else:
            editor.selectAll()
        editor.installEventFilter(self)
        self._editor = editor

    def _leave_editor(self) -> None:
        self._close_editor()
        self.setFocus()

    def _close_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor = self._editor, None
            editor.removeEventFilter(self)
            editor.commit()
            editor.hide()
            editor.deleteLater()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._editor and self._editor is not None:
            if event.type() == QEvent.Type.FocusOut:
                self._close_editor()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._editor_key(event)
        return False

    def _editor_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._editor is not None:
            self._editor.put_back()
            self._leave_editor()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._leave_editor()
            self._step(0, 1 if key == Qt.Key.Key_Tab else -1, extend=False)
            if self.shown.column < 0:
                self.edit_field()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._leave_editor()
            self._step(-1 if key == Qt.Key.Key_Up else 1, 0, extend=False)
        else:
            return False
        return True

    # --- mouse ---

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
            self._press_row(event, row, line, -_FIELD_COUNT if column is None else column)
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
        line, column = layout.line_at(at.y()), layout.column_at(at.x())
        column = column if column is not None and column >= 0 else None
        if (line, column) != (self.shown.hover_line, self.shown.hover_column):
            self.shown.hover_line, self.shown.hover_column = line, column
            self.viewport().update()

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        scenes = self._scene_lines()
        if self.shown.line < 0 and scenes and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._go(scenes[0], self.shown.column)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
