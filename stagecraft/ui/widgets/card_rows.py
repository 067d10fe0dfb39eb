"""Rows of a card: two lines, an icon or code at the left, how long at the right; a footer; more on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import ChipSpec, chip_width, paint_chip
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import Card, Ground

ROW = 44
SHOWN = 4
"""Rows shown before the rest is asked for."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)

Deed = tuple[str, Callable[[], object]]
"""Words and what happens."""


@dataclass(slots=True)
class CardItem:
    """One row. `code` is drawn as a badge instead of the icon; `strong` is set in bold behind the title.

    `deeds` are the row's context menu, the first also what Enter and a click do.
    """

    key: str
    title: str
    strong: str = ""
    second: str = ""
    right: str = ""
    right_tone: str = "text2"
    icon: str = ""
    icon_tone: str = "text2"
    code: str = ""
    deeds: list[Deed] = field(default_factory=list)


class CardRow(QAbstractButton):
    """A row as a button; up and down move to its neighbours."""

    stepped = Signal(int)

    def __init__(self, item: CardItem) -> None:
        super().__init__()
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._run)
        self.show_item(item)

    def show_item(self, item: CardItem) -> None:
        self.item = item
        parts = (item.code, f"{item.title}{item.strong}", item.second, item.right)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def _run(self) -> None:
        if self.item.deeds:
            self.item.deeds[0][1]()

    def sizeHint(self) -> QSize:
        return QSize(240, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.fillRect(self.rect(), color("hover"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(0, self.height() - 0.5), QPointF(self.width(), self.height() - 0.5))
        left, end = 36.0, self.width() - 12.0
        if self.item.code:
            spec = ChipSpec(self.item.code, "plain")
            left = 12 + max(52.0, chip_width(spec)) + 8
            paint_chip(painter, spec, 12, 5, 18)
        elif self.item.icon:
            paint_icon(painter, self.item.icon, QRectF(12, 6, 16, 16), self.item.icon_tone)
        end -= self._right(painter, end)
        face = font(13, 400)
        painter.setFont(face)
        painter.setPen(color("text"))
        strong_face = font(13, 600)
        strong = QFontMetricsF(strong_face).horizontalAdvance(self.item.strong)
        title = QFontMetricsF(face).elidedText(
            self.item.title, Qt.TextElideMode.ElideRight, max(0.0, end - left - strong)
        )
        painter.drawText(QRectF(left, 4, end - left, 18), _LEFT, title)
        if self.item.strong:
            painter.setFont(strong_face)
            at = left + QFontMetricsF(face).horizontalAdvance(title)
            shown = QFontMetricsF(strong_face).elidedText(
                self.item.strong, Qt.TextElideMode.ElideRight, max(0.0, end - at)
            )
            painter.drawText(QRectF(at, 4, end - at, 18), _LEFT, shown)
        second_face = font(12)
        painter.setFont(second_face)
        painter.setPen(color("text2"))
        room = self.width() - 12 - left
        painter.drawText(
            QRectF(left, 22, room, 17),
            _LEFT,
            QFontMetricsF(second_face).elidedText(self.item.second, Qt.TextElideMode.ElideRight, room),
        )
        if self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -2))

    def _right(self, painter: QPainter, end: float) -> float:
        if not self.item.right:
            return 0
        face = font(12, 600 if self.item.right_tone in ("red", "amber") else 400)
        width = QFontMetricsF(face).horizontalAdvance(self.item.right) + 1
        painter.setFont(face)
        painter.setPen(color(self.item.right_tone))
        painter.drawText(QRectF(end - width, 4, width, 18), _RIGHT, self.item.right)
        return width + 10

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.item.deeds:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, run in self.item.deeds:
            menu.addAction(text, run)
        menu.exec(event.globalPos())

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()


class RowsCard(Card):
    """A card of rows with a count, a link, a sentence when there are none, and a footer.

    Rows are kept by key, so that the focus stays where it was when the card is filled again.
    """

    def __init__(
        self, title: str, link: str, on_link: Callable[[], object], nothing: str, *, shown: int = SHOWN
    ) -> None:
        super().__init__(title, link=link, on_link=on_link, flush=True)
        self._most = shown
        self._nothing = nothing
        self._items: list[CardItem] = []
        self._rows: dict[str, CardRow] = {}
        self._editing: QWidget | None = None
        self._all = False
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self._empty = Label(nothing, "secondary", wrap=True)
        self._empty.setContentsMargins(12, 12, 12, 12)
        self._list.addWidget(self._empty)
        foot = Ground("none")
        foot.setFixedHeight(30)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 12, 0)
        self.more = Button("", "link", on_click=self._toggle)
        self.footer = ElidedLabel("", "secondary")
        row.addWidget(self.footer, 1)
        row.addWidget(self.more)
        self.foot = foot
        self.body.addWidget(foot)
        self.setAccessibleName(title)

    def set_items(self, items: Sequence[CardItem], footer: str = "", nothing: str = "") -> None:
        """Show these rows, the first few until more are asked for."""
        self._items = list(items)
        self.footer.setText(footer)
        self.count.setText(str(len(self._items)) if self._items else "")
        self._empty.setText(nothing or self._nothing)
        self._show()

    def _show(self) -> None:
        shown = self._items if self._all else self._items[: self._most]
        wanted = {item.key for item in shown}
        for key in [key for key in self._rows if key not in wanted]:
            gone = self._rows.pop(key)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, item in enumerate(shown):
            row = self._rows.get(item.key)
            if row is None:
                row = self._rows[item.key] = CardRow(item)
                row.stepped.connect(lambda by, one=row: self._step(one, by))
            else:
                row.show_item(item)
            self._list.removeWidget(row)
            self._list.insertWidget(place, row)
        self._empty.setVisible(not self._items)
        rest = len(self._items) - self._most
        self.more.setVisible(rest > 0)
        self.more.set_text("Show fewer" if self._all else f"{rest} more")
        self.foot.setVisible(bool(self.footer.text()) or rest > 0)

    def _toggle(self) -> None:
        self._all = not self._all
        self._show()

    def _step(self, row: CardRow, by: int) -> None:
        rows = self.rows()
        index = rows.index(row) + by
        if 0 <= index < len(rows):
            rows[index].setFocus(Qt.FocusReason.TabFocusReason)

    def rows(self) -> list[CardRow]:
        """The rows shown, from the top."""
        return [self._rows[item.key] for item in self._items if item.key in self._rows]

    def row(self, key: str) -> CardRow | None:
        return self._rows.get(key)

    def put_below(self, key: str, widget: QWidget) -> None:
        """Put a widget below a row until `take_away`: a field to answer in."""
        self.take_away()
        row = self._rows.get(key)
        if row is not None:
            self._list.insertWidget(self._list.indexOf(row) + 1, widget)
            self._editing = widget

    def take_away(self) -> None:
        if self._editing is not None:
            self._list.removeWidget(self._editing)
            self._editing.hide()
            self._editing.deleteLater()
            self._editing = None
