"""Keys and in-place editing of the breakdown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from stagecraft.domain.breakdown import MARK_KEYS
from stagecraft.ui.widgets.breakdown_layout import FIELDS, LINE, MatrixRow
from stagecraft.ui.widgets.breakdown_view import FIELD_COUNT, MatrixView
from stagecraft.ui.widgets.fields import LineEdit

_MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixKeys(MatrixView):
    """What keys do, and the editor that stands over a field."""

    _editor: LineEdit | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._close_editor)

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
        elif key == Qt.Key.Key_Insert:
            self.add_wanted.emit()
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

    def go_to_field(self, code: str) -> None:
        """Put the cursor into a field of the scene it is on and start editing it."""
        codes = [name for name, *_ in FIELDS]
        self._go(self.shown.line, codes.index(code) - FIELD_COUNT)
        self.edit_field()

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

    def _is_active(self) -> bool:
        return self.hasFocus() or (self._editor is not None and self._editor.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._close_editor()
        super().resizeEvent(event)

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
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
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
