"""The command bar: finds people, scenes, calls, contracts and documents, goes to days, and does any action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from stagecraft.domain.times import date_text, parse_date
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Ground, rule
from stagecraft.ui.widgets.row_table import ROW, Column, Index, RowModel

if TYPE_CHECKING:
    from stagecraft.queries.search import SearchRow
    from stagecraft.ui.desk import Desk

MOST = 12
"""Lines shown at once."""
OF_A_KIND = 6
"""Of them at most of one kind, so that many calls of one name leave room for what else is meant."""

_KINDS = {
    "person": ("person", "person"),
    "scene": ("script", "scene"),
    "number": ("music", "song"),
    "event": ("calendar", "call"),
    "contract": ("contracts", "contract"),
}


def action_hits(text: str, actions: Iterable[Action]) -> list[Hit]:
    """Actions every typed word of which begins a word of theirs; those that cannot be done now are left out."""
    wanted = text.casefold().split()
    found = []
    for action in actions:
        have = f"{action.text} {action.words}".casefold().replace("…", "").split()
        if not all(any(word.startswith(part) for word in have) for part in wanted):
            continue
        if not action.enabled():
            continue
        exact = action.text.casefold().startswith(text.casefold())
        key = action.shortcut.split(" | ")[0]
        found.append(
            Hit(action.text.rstrip("…"), action.run, action.menu, key, action.icon or "arrow", 45 + 15 * exact)
        )
    return found


def day_hits(text: str, desk: Desk) -> list[Hit]:
    """`thu`, `21 jan`, `tomorrow`: the day to go to."""
    day = parse_date(text, desk.date) if len(text) > 2 else None
    if day is None:
        return []

    def go() -> None:
        desk.date = day

    return [Hit(f"Go to {date_text(day)}", go, "", "day", "calendar", 70)]


def found_hits(text: str, desk: Desk) -> list[Hit]:
    """What the company file holds under these words."""
    from stagecraft.queries.search import search_rows

    rows = desk.read(search_rows, text, desk.productions, 4 * MOST, on=desk.date)
    shown: Counter[str] = Counter()
    hits = []
    for row in rows:
        shown[row.kind] += 1
        # Half as near as the nearest is about something else: 1.6 the scene, and a call on the 16th.
        if shown[row.kind] > OF_A_KIND or row.score < rows[0].score / 2:
            continue
        icon, kind = _KINDS[row.kind]
        hits.append(Hit(row.title, _opener(desk, row), row.detail, kind, icon, int(40 + 8 * row.score)))
    return hits


def _opener(desk: Desk, row: SearchRow) -> Callable[[], None]:
    kind, key = row.kind, row.id

    def go() -> None:
        if kind == "person":
            desk.open_page("company", person=key)
        elif kind == "scene":
            desk.open_page("script", scene=key)
        elif kind == "number":
            desk.open_page("script", scene=row.scene_id, number=key)
        elif kind == "contract":
            desk.open_page("contracts", contract=key)
        else:
            if row.day is not None:
                desk.date = row.day
            desk.open_page("calendar", event=key)

    return go


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(ROW)[1]
        box: QRect = option.rect
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, color("sel" if on else "base"))
        paint_icon(painter, hit.icon, QRectF(box.left() + 12, box.top() + 7, 14, 14), "text2")
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
        right = box.right() - 12
        if on:
            paint_icon(painter, "enter", QRectF(right - 12, box.top() + 8, 12, 12), "text2")
            right -= 20
        painter.setFont(font(11))
        painter.setPen(color("text2"))
        room = painter.fontMetrics().horizontalAdvance(hit.kind)
        painter.drawText(QRectF(right - room - 1, box.top(), room + 2, 28), middle, hit.kind)
        end, left = right - room - 12, box.left() + 34
        painter.setFont(font(13, 600 if on else 500))
        painter.setPen(color("text"))
        title = painter.fontMetrics().elidedText(hit.title, Qt.TextElideMode.ElideRight, int(end - left))
        painter.drawText(QRectF(left, box.top(), end - left, 28), middle, title)
        left += painter.fontMetrics().horizontalAdvance(title) + 8
        if hit.detail and end - left > 20:
            painter.setFont(font(12))
            painter.setPen(color("text2"))
            detail = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, int(end - left))
            painter.drawText(QRectF(left, box.top(), end - left, 28), middle, detail)
        painter.restore()


class CommandBar(Ground):
    """A panel over the window with one field and the best lines. Keyboard only: arrows, Enter, Esc."""

    def __init__(self, parent: QWidget, find: Callable[[str], list[Hit]]) -> None:
        super().__init__("popup", parent)
        self._find = find
        self._back: QWidget | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(IconMark("search", "text2", 14))
        self.field = QLineEdit()
        self.field.setProperty("bare", "true")
        self.field.setFont(font())
        self.field.setPlaceholderText("A name, a scene, a day, or what to do")
        self.field.setAccessibleName("Find or do anything")
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        row.addWidget(self.field, 1)
        outer.addLayout(row)
        outer.addWidget(rule())
        self.model = RowModel(
            [Column("", lambda row: f"{row[1].title}, {row[1].detail}, {row[1].kind}")], key=lambda r: r[0]
        )
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("What was found")
        self.list.clicked.connect(self._run)
        outer.addWidget(self.list)
        self.nothing = Label("Nothing by these words.", "secondary")
        self.nothing.setContentsMargins(12, 8, 12, 10)
        outer.addWidget(self.nothing)
        self.hide()

    def open(self, at: QPoint, width: int, text: str = "") -> None:
        """Show with its top right corner at `at`."""
        self._back = self.window().focusWidget()
        self.setFixedWidth(width)
        self.move(at.x() - width, at.y())
        self.field.setText(text)
        self._search(text)
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_bar(self) -> None:
        """Hide and give the focus back to where it was."""
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()

    def _search(self, text: str) -> None:
        hits = sorted(self._find(text.strip()), key=lambda hit: -hit.rank)[:MOST]
        self.model.set_rows([((place, hit.kind, hit.title), hit) for place, hit in enumerate(hits)])
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        if hits:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.setFixedHeight(28 * len(hits) + 4)
        self.adjustSize()

    def _move(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            self.list.setCurrentIndex(self.model.index((self.list.currentIndex().row() + by) % count, 0))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        hit: Hit = index.data(ROW)[1]
        self.close_bar()
        hit.run()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
            if key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab):
                self.close_bar()
                return True
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.hide()
        return False
