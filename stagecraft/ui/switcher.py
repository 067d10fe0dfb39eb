"""The production switcher: which productions everything shows; one, several or all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font, production_color
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import Chip, production_chip
from stagecraft.ui.widgets.fields import CheckBox
from stagecraft.ui.widgets.panels import Ground, rule

if TYPE_CHECKING:
    from stagecraft.queries.company import ProductionRow


def chosen_words(rows: Sequence[ProductionRow], ids: Sequence[int]) -> str:
    """What the switcher says: a name, names joined, or codes when there are many."""
    chosen = [row for row in rows if row.id in ids]
    if not chosen:
        return "No production"
    if len(chosen) <= 2:
        return " + ".join(row.name for row in chosen)
    if len(chosen) == len(rows):
        return "All productions"
    return " + ".join(row.code for row in chosen[:4]) + ("…" if len(chosen) > 4 else "")


class Switcher(QAbstractButton):
    """Colour squares, names and a chevron; opens the list."""

    picked = Signal(tuple)
    edit_wanted = Signal(int)
    add_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ProductionRow] = []
        self._ids: tuple[int, ...] = ()
        self.words = "No production"
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip("Which productions you are looking at")
        self.clicked.connect(self.open)
        self.setEnabled(False)

    def show_rows(self, rows: Sequence[ProductionRow], ids: tuple[int, ...]) -> None:
        self._rows, self._ids = list(rows), ids
        self.words = chosen_words(rows, ids)
        self.setAccessibleName(f"Productions: {self.words}")
        self.setEnabled(True)
        self.updateGeometry()
        self.update()

    def _hues(self) -> list[str]:
        return [row.colour for row in self._rows if row.id in self._ids][:4]

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().boundingRect(self.words).width() * 1.12
        return QSize(int(words) + 14 * len(self._hues()) + 44, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(14 * len(self._hues()) + 64, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        left = 8
        for hue in self._hues():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(production_color(hue))
            painter.drawRoundedRect(QRectF(left, 10, 8, 8), 1.5, 1.5)
            left += 14
        painter.setFont(font(13, 600))
        painter.setPen(color("text" if self.isEnabled() else "text3"))
        room = self.width() - left - 26
        shown = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, 0, room, 28), flags, shown)
        end = left + painter.fontMetrics().horizontalAdvance(shown) + 8
        paint_icon(painter, "down", QRectF(end, 8, 12, 12), "text2")

    def open(self) -> None:
        """Show the list below the button."""
        popup = _SwitcherList(self._rows, self._ids, self)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()


class _SwitcherList(QWidget):
    def __init__(self, rows: Sequence[ProductionRow], ids: tuple[int, ...], switcher: Switcher) -> None:
        super().__init__(switcher, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._switcher = switcher
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = Ground("popup")
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        self._boxes: dict[int, CheckBox] = {}
        for row in rows:
            column.addLayout(self._line(row, row.id in ids))
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.addWidget(Button("Show all", "quiet", small=True, on_click=self._all))
        foot.addStretch(1)
        foot.addWidget(Button("New production", "quiet", small=True, icon="plus", on_click=self._add))
        column.addLayout(foot)
        self.setMinimumWidth(340)

    def _line(self, row: ProductionRow, on: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        box = CheckBox(row.name.replace("&", "&&"), on, name=f"Show {row.name}")
        box.committed.connect(lambda _on: self._tell())
        self._boxes[row.id] = box
        line.addWidget(box, 1)
        line.addWidget(Chip(production_chip(row.code, row.colour)))
        only = Button(
            "Only", "quiet", small=True, tip=f"Show only {row.name}", on_click=lambda: self._only(row.id)
        )
        line.addWidget(only)
        edit = Button(
            "Details", "quiet", small=True, tip=f"Change {row.name}", on_click=lambda: self._edit(row.id)
        )
        line.addWidget(edit)
        return line

    def _tell(self) -> None:
        ids = tuple(key for key, box in self._boxes.items() if box.isChecked())
        self._switcher.picked.emit(ids)
        if not ids:  # nothing chosen means everything
            for box in self._boxes.values():
                box.setChecked(True)

    def _only(self, production: int) -> None:
        self.close()
        self._switcher.picked.emit((production,))

    def _all(self) -> None:
        self.close()
        self._switcher.picked.emit(())

    def _edit(self, production: int) -> None:
        self.close()
        self._switcher.edit_wanted.emit(production)

    def _add(self) -> None:
        self.close()
        self._switcher.add_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
