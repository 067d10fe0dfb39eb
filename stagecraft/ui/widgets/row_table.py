"""A table of rows with 28 px lines: model, delegate and view.

The model sorts and filters plain rows itself (a proxy calls back into Python millions of times) and takes a
new list by its rows' keys, so that selection, current row and scroll stay where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.chips import ChipSpec, chip_width, paint_chip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
"""Role under which a cell gives its whole row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: head, how a row's cell reads, and how it looks. All callables take the row."""

    head: str
    text: Callable[[Any], str]
    width: int = 120
    stretch: bool = False
    right: bool = False
    sort: Callable[[Any], Any] | None = None
    strong: Callable[[Any], bool] | None = None
    token: Callable[[Any], str] | None = None
    icon: Callable[[Any], tuple[str, str] | None] | None = None
    """(icon, token) before the text."""
    chips: Callable[[Any], Sequence[ChipSpec]] | None = None
    """Chips after the text."""
    strike: Callable[[Any], bool] | None = None
    tip: Callable[[Any], str] | None = None


class RowModel(QAbstractTableModel):
    """Rows of plain values with a key, sorted and filtered here.

    `tint(row)` may name a ground token for a whole row (`redTint`).
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Any] = (),
        *,
        key: Callable[[Any], Hashable] = lambda row: row.id,
        tint: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__()
        self.columns = list(columns)
        self.key = key
        self.tint = tint
        self._all: list[Any] = []
        self._shown: list[Any] = []
        self._keep: Callable[[Any], bool] | None = None
        self.sort_column, self.sort_down = -1, False
        self.set_rows(rows)

    # --- content ---

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; those with a known key stay the same line for selection and scroll."""
        self._all = list(rows)
        self._refresh()

    def set_filter(self, keep: Callable[[Any], bool] | None) -> None:
        """Show only rows for which this is true."""
        self._keep = keep
        self._refresh()

    def sort_by(self, column: int, down: bool = False) -> None:
        """Sort by a column; -1 keeps the order of the rows given."""
        self.sort_column, self.sort_down = column, down
        self._refresh()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sort_by(column, order == Qt.SortOrder.DescendingOrder)

    @property
    def rows(self) -> list[Any]:
        """The rows shown, in their order."""
        return self._shown

    @property
    def hidden(self) -> int:
        """How many rows the filter hides."""
        return len(self._all) - len(self._shown)

    def row_of(self, key: Hashable) -> int:
        """Line of a key, or -1."""
        return next((i for i, row in enumerate(self._shown) if self.key(row) == key), -1)

    def _wanted(self) -> list[Any]:
        rows = self._all if self._keep is None else [row for row in self._all if self._keep(row)]
        if 0 <= self.sort_column < len(self.columns):
            column = self.columns[self.sort_column]
            rank = column.sort or (lambda row: column.text(row).casefold())
            # None sorts last whichever way round.
            filled = [row for row in rows if rank(row) is not None]
            rows = sorted(filled, key=rank, reverse=self.sort_down) + [row for row in rows if rank(row) is None]
        return list(rows)

    def _refresh(self) -> None:
        new = self._wanted()
        keys = {self.key(row) for row in new}
        self._remove_gone(keys)
        known = {self.key(row) for row in self._shown}
        stay = [row for row in new if self.key(row) in known]
        self._reorder(stay)
        self._insert(new, known)
        changed = [i for i, (old, row) in enumerate(zip(self._shown, new, strict=True)) if old != row]
        self._shown = new
        if changed:
            last = len(self.columns) - 1
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], last))

    def _remove_gone(self, keys: set[Hashable]) -> None:
        end = len(self._shown)
        while end > 0:
            if self.key(self._shown[end - 1]) in keys:
                end -= 1
                continue
            start = end - 1
            while start > 0 and self.key(self._shown[start - 1]) not in keys:
                start -= 1
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            del self._shown[start:end]
            self.endRemoveRows()
            end = start

    def _reorder(self, stay: list[Any]) -> None:
        if [self.key(row) for row in self._shown] == [self.key(row) for row in stay]:
            return
        self.layoutAboutToBeChanged.emit()
        place = {self.key(row): i for i, row in enumerate(stay)}
        old = self.persistentIndexList()
        moved = [self.index(place[self.key(self._shown[i.row()])], i.column()) for i in old]
        by_key = {self.key(row): row for row in self._shown}
        self._shown = [by_key[self.key(row)] for row in stay]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def _insert(self, new: list[Any], known: set[Hashable]) -> None:
        at = 0
        while at < len(new):
            if self.key(new[at]) in known:
                at += 1
                continue
            end = at
            while end < len(new) and self.key(new[end]) not in known:
                end += 1
            self.beginInsertRows(QModelIndex(), at, end - 1)
            self._shown[at:at] = new[at:end]
            self.endInsertRows()
            at = end

    # --- Qt ---

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row, column = self._shown[index.row()], self.columns[index.column()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return column.tip(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.FontRole:
            return font(11, 500)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints one cell: ground by state, hairline below, icon, text, chips; a ring around the focused row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RowModel)
        row, column = model.rows[index.row()], model.columns[index.column()]
        box: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = isinstance(option.widget, RowTable) and option.widget.hovered == index.row()
        tint = model.tint(row) if model.tint else ""
        ground = "sel" if selected else tint or ("hover" if hovered else "base")
        painter.save()
        painter.fillRect(box, color(ground))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("line"))
        self._contents(painter, box, row, column, selected)
        view = option.widget
        if isinstance(view, RowTable) and view.hasFocus() and view.currentIndex().row() == index.row():
            self._ring(painter, box, index.column() == 0, index.column() == len(model.columns) - 1)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The tip of the column; without one, the whole text where the cell cannot show it."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        cut = QFontMetrics(font(13, 600)).horizontalAdvance(text) > option.rect.width() - 24
        if index.data(Qt.ItemDataRole.ToolTipRole) or not cut:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), text, view)
        return True

    def _contents(self, painter: QPainter, box: QRect, row: Any, column: Column, selected: bool) -> None:
        left, right = box.left() + 12, box.right() - 11
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = column.icon(row) if column.icon else None
        if mark:
            paint_icon(painter, mark[0], QRectF(left, box.top() + (box.height() - 14) / 2, 14, 14), mark[1])
            left += 20
        chips = list(column.chips(row)) if column.chips else []
        chip_room = sum(chip_width(spec) + 6 for spec in chips)
        strong = bool(column.strong and column.strong(row))
        face = font(13, 600 if strong else 400, strike=bool(column.strike and column.strike(row)))
        painter.setFont(face)
        token = column.token(row) if column.token else "text"
        painter.setPen(color("text2" if selected and token == "text3" else token))
        room = QRectF(left, box.top(), max(0.0, right - left - chip_room), box.height() - 1)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(column.text(row), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        at = float(left) + (metrics.horizontalAdvance(shown) + 8 if shown else 0)
        for spec in chips:
            at += paint_chip(painter, spec, at, box.top() + (box.height() - 20) / 2) + 6

    @staticmethod
    def _ring(painter: QPainter, box: QRect, first: bool, last: bool) -> None:
        painter.setPen(QPen(color("accentText"), 2))
        top, bottom = box.top() + 1, box.bottom() - 1
        painter.drawLine(box.left(), top, box.right(), top)
        painter.drawLine(box.left(), bottom, box.right(), bottom)
        if first:
            painter.drawLine(box.left() + 1, top, box.left() + 1, bottom)
        if last:
            painter.drawLine(box.right(), top, box.right(), bottom)


class RowTable(QTableView):
    """A table that behaves like a list: whole rows, no cell editing, arrows move, Enter opens.

    `chosen(row)` fires when the current row changes by the user or by `select`; `opened(row)` on Enter or double click.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self, model: RowModel, *, name: str = "", many: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self.hovered = -1
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setFont(font())
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if many
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        down = self.verticalHeader()
        down.hide()
        down.setDefaultSectionSize(28)
        down.setMinimumSectionSize(20)
        self._set_up_head()
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    def _set_up_head(self) -> None:
        head = self.horizontalHeader()
        head.setFixedHeight(24)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(28)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(self.rows.sort_column >= 0)
        head.sectionClicked.connect(self._sort)
        for index, column in enumerate(self.rows.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(index, mode)
            self.setColumnWidth(index, column.width)

    def _sort(self, section: int) -> None:
        model = self.rows
        model.sort_by(section, model.sort_column == section and not model.sort_down)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.setSortIndicator(
            section, Qt.SortOrder.DescendingOrder if model.sort_down else Qt.SortOrder.AscendingOrder
        )

    # --- selection by key ---

    def current(self) -> Any | None:
        """The current row's value, or None."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() and self.selectionModel().hasSelection() else None

    def selected(self) -> list[Any]:
        """Values of all selected rows in their order on the screen."""
        lines = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows.rows[line] for line in lines]

    def select(self, key: Hashable) -> bool:
        """Make the row with this key current and visible; False when it is not shown."""
        line = self.rows.row_of(key)
        if line < 0:
            return False
        self.setCurrentIndex(self.rows.index(line, 0))
        self.selectRow(line)
        self.scrollTo(self.rows.index(line, 0))
        return True

    def _on_current(self, index: QModelIndex, before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ROW))
        self.viewport().update()

    # --- layout that comes back ---

    def save_layout(self) -> dict[str, Any]:
        model = self.rows
        return {
            "widths": [self.columnWidth(i) for i in range(len(model.columns))],
            "sort": [model.sort_column, model.sort_down],
        }

    def restore_layout(self, layout: dict[str, Any]) -> None:
        """Take back what `save_layout` gave; anything that does not fit is ignored."""
        widths, order = layout.get("widths", []), layout.get("sort", [])
        if len(widths) == len(self.rows.columns):
            for index, width in enumerate(widths):
                if not self.rows.columns[index].stretch and isinstance(width, int):
                    self.setColumnWidth(index, max(28, width))
        if len(order) == 2 and isinstance(order[0], int) and 0 <= order[0] < len(self.rows.columns):
            self.rows.sort_by(order[0], bool(order[1]))
            way = Qt.SortOrder.DescendingOrder if order[1] else Qt.SortOrder.AscendingOrder
            self.horizontalHeader().setSortIndicatorShown(True)
            self.horizontalHeader().setSortIndicator(order[0], way)

    # --- Qt ---

    def mouseMoveEvent(self, event: Any) -> None:
        super().mouseMoveEvent(event)
        line = self.rowAt(int(event.position().y()))
        if line != self.hovered:
            self.hovered = line
            self.viewport().update()

    def leaveEvent(self, event: Any) -> None:
        self.hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ROW))
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
