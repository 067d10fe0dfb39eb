"""A list of two-line rows with a date at the right, under group heads: contracts, reports, deadlines."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.chips import ChipSpec, chip_width, paint_chip
from stagecraft.ui.widgets.row_table import ROW, Column, Index, RowModel


@dataclass(slots=True)
class ListItem:
    """One row: bold title, remark and chips on the first line with a date at the right; a second line below.

    An item with `head` set is a group head: `title` and, at the right, `right`; it cannot be chosen.
    """

    key: Hashable
    title: str
    remark: str = ""
    second: str = ""
    right: str = ""
    right2: str = ""
    right2_token: str = "text2"
    icon: str = ""
    icon_token: str = "text2"
    chips: tuple[ChipSpec, ...] = ()
    head: bool = False
    value: Any = field(default=None, compare=False)


def group_item(title: str, right: str = "") -> ListItem:
    """A group head between rows."""
    return ListItem(("head", title), title, right=right, head=True)


class _ListModel(RowModel):
    def __init__(self) -> None:
        super().__init__([Column("", _words)], key=lambda item: item.key)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


def _words(item: ListItem) -> str:
    parts = (
        item.title,
        item.remark,
        *(f"{c.strong} {c.text}".strip() for c in item.chips),
        item.second,
        item.right,
        item.right2,
    )
    return ", ".join(part for part in parts if part)


class _ListDelegate(QStyledItemDelegate):
    def __init__(self, view: TwoLineList, height: int, indent: int) -> None:
        super().__init__(view)
        self._height, self._indent = height, indent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, 28 if index.data(ROW).head else self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: ListItem = index.data(ROW)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and not item.head
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and not item.head
        painter.fillRect(
            box, color("sunk" if item.head else "sel" if selected else "hover" if hovered else "base")
        )
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("line"))
        if item.head:
            self._head(painter, box, item)
        else:
            self._row(painter, box, item, selected)
            view = option.widget
            if view is not None and view.hasFocus() and selected:
                painter.setPen(QPen(color("accentText"), 2))
                painter.drawRect(QRectF(box).adjusted(1, 1, -1, -2))
        painter.restore()

    @staticmethod
    def _head(painter: QPainter, box: QRect, item: ListItem) -> None:
        inner = QRectF(box).adjusted(16, 0, -16, -1)
        painter.setPen(color("text2"))
        painter.setFont(font(12, 600))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), item.title)
        painter.setFont(font(11))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), item.right)

    def _row(self, painter: QPainter, box: QRect, item: ListItem, selected: bool) -> None:
        left, right = box.left() + 16, box.right() - 15
        two = bool(item.second or item.right2)
        top = box.top() + (box.height() - (36 if two else 20)) / 2
        if self._indent:
            if item.icon:
                paint_icon(painter, item.icon, QRectF(left, top + 2, 16, 16), item.icon_token)
            left += self._indent
        dim = "text2"
        end = right - self._right(painter, item.right, font(13), "text", right, top, 20)
        at = float(left)
        chips = sum(chip_width(chip) + 6 for chip in item.chips)
        at += self._text(painter, item.title, font(13, 600), "text", at, end - chips, top, 20)
        if item.remark:
            at += self._text(painter, item.remark, font(13), dim, at, end - chips, top, 20)
        for chip in item.chips:
            if at + chip_width(chip) <= end + 4:
                at += paint_chip(painter, chip, at, top, 20) + 6
        strong = item.right2_token in ("red", "amber")
        face2 = font(12, 600 if strong else 400)
        token2 = dim if selected and item.right2_token == "text3" else item.right2_token
        end2 = right - self._right(painter, item.right2, face2, token2, right, top + 19, 17)
        self._text(painter, item.second, font(12), dim, left, end2, top + 19, 17)

    @staticmethod
    def _right(
        painter: QPainter, text: str, face: Any, token: str, right: float, top: float, height: float
    ) -> float:
        if not text:
            return 0
        painter.setFont(face)
        painter.setPen(color(token))
        width = painter.fontMetrics().horizontalAdvance(text) + 2
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(right - width, top, width, height), flags, text)
        return width + 12

    @staticmethod
    def _text(
        painter: QPainter, text: str, face: Any, token: str, left: float, end: float, top: float, height: float
    ) -> float:
        if not text or end - left < 12:
            return 0
        painter.setFont(face)
        painter.setPen(color(token))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(end - left))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
        painter.drawText(QRectF(left, top, end - left, height), flags, shown)
        return metrics.horizontalAdvance(shown) + 8


class TwoLineList(QListView):
    """The list. `chosen(item)` when the current item changes, `opened(item)` on Enter or double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self, *, name: str = "", height: int = 48, icons: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.items = _ListModel()
        self.setModel(self.items)
        self.setItemDelegate(_ListDelegate(self, height, 24 if icons else 0))
        self.setAccessibleName(name)
        self.setFont(font())
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentRowChanged.connect(
            lambda index, _before: self.chosen.emit(index.data(ROW)) if index.isValid() else None
        )
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    def set_items(self, items: Sequence[ListItem]) -> None:
        """Show these; items with a known key keep selection and scroll."""
        self.items.set_rows(items)

    def current(self) -> ListItem | None:
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def select(self, key: Hashable) -> bool:
        """Make the item with this key current and visible; False when it is not there."""
        line = self.items.row_of(key)
        if line < 0:
            return False
        self.setCurrentIndex(self.items.index(line, 0))
        self.scrollTo(self.items.index(line, 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ROW))
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
