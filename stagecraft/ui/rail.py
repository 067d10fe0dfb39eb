"""The rail at the left: one entry a page with its key; icons only when it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.panels import Ground

WIDE, SLIM = 152, 48


class RailButton(QAbstractButton):
    """One page: icon, title, and the digit of its key where it has one."""

    def __init__(self, title: str, icon: str, key: str) -> None:
        super().__init__()
        self.title, self.icon_name, self.key = title, icon, key
        self.slim = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(28)
        self.setAccessibleName(title)
        self.setAccessibleDescription(key)
        self.setToolTip(f"{title}  {key}")

    def sizeHint(self) -> QSize:
        return QSize(32 if self.slim else WIDE - 17, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, box = self.isChecked(), QRectF(self.rect())
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("sel" if on else "hover"))
            painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        token = "accentText" if on else "text2"
        left = (box.width() - 16) / 2 if self.slim else 8
        paint_icon(painter, self.icon_name, QRectF(left, 6, 16, 16), token)
        if self.slim:
            return
        painter.setPen(color("text" if on else "text2"))
        painter.setFont(font(13, 600 if on else 400))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(box.adjusted(32, 0, -20, 0), middle, self.title)
        painter.setPen(color("text2" if on else "text3"))
        painter.setFont(font(11))
        side = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(box.adjusted(0, 0, -8, 0), side, self.key[-1:] if self.key[-1:].isdigit() else "")


class Rail(Ground):
    """The pages there are; `chosen(name)` when the user picks one."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str, str, str]]) -> None:
        """`pages` as name, title, icon and key."""
        super().__init__("rail")
        self.setAccessibleName("Pages")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        self.buttons: dict[str, RailButton] = {}
        for name, title, icon, key in pages:
            button = RailButton(title, icon, key)
            button.clicked.connect(lambda _=False, page=name: self.chosen.emit(page))
            self.buttons[name] = button
            column.addWidget(button)
        column.addStretch(1)
        self.set_slim(False)

    def set_slim(self, slim: bool) -> None:
        """Icons only, or icons with words."""
        self.setFixedWidth(SLIM if slim else WIDE)
        for button in self.buttons.values():
            button.slim = slim
            button.update()

    def show_page(self, name: str) -> None:
        """Mark a page as the one shown."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)
