"""The breakdown as it is seen: content, scrolling, cursor and what is chosen. Keys and pointer build on it.

Each move of the cursor tells assistive tools the cell in words, as `Amanda, Karen Cartwright: sings in 1.6 Ghost in
the Booth`.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from stagecraft.ui.widgets.breakdown_layout import FIELDS, LINE, SUM, Content, Layout, MatrixRow
from stagecraft.ui.widgets.breakdown_painter import Shown, paint_matrix

FIELD_COUNT = len(FIELDS)


class MatrixView(QAbstractScrollArea):
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
    add_wanted = Signal()
    """A scene after the one under the cursor."""
    placed = Signal(int, int, int)
    """A scene was dragged: scene, act, and its place among the act's other scenes."""
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
        self._corner: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("Breakdown: scenes and who is in them")
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.viewport().update)

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
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.shown.focused = self._is_active()
        painter = QPainter(self.viewport())
        paint_matrix(painter, self.layout_now(), self.shown)
        painter.end()

    def _is_active(self) -> bool:
        """Whether keys go here."""
        return self.hasFocus()

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
        column = max(-FIELD_COUNT, min(len(self.content.columns) - 1, self.shown.column + columns))
        self._go(scenes[place], column, extend=extend and column >= 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        scenes = self._scene_lines()
        if self.shown.line < 0 and scenes and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._go(scenes[0], self.shown.column)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
