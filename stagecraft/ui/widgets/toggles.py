"""Yes or no, and one of several side by side, as fields.

Their contract is that of `widgets.fields`.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font


def _paint_toggle(button: QAbstractButton, round_box: bool) -> None:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(1, (button.height() - 14) / 2, 14, 14)
    radius = 7 if round_box else 3
    on = button.isChecked()
    painter.setPen(QPen(color("accent" if on else "line2"), 1))
    painter.setBrush(color("accent" if on and not round_box else "base"))
    painter.drawRoundedRect(box, radius, radius)
    if on and round_box:
        painter.setBrush(color("accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(box.adjusted(3, 3, -3, -3))
        painter.setPen(QPen(color("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
    elif on:
        paint_icon(painter, "check", box.adjusted(2, 2, -2, -2), "onAccent")
    if button.hasFocus():
        painter.setPen(QPen(color("accentText"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), radius + 1, radius + 1)
    painter.setPen(color("text" if button.isEnabled() else "text3"))
    painter.setFont(button.font())
    text = button.fontMetrics().elidedText(button.text(), Qt.TextElideMode.ElideRight, button.width() - 24)
    painter.drawText(
        QRect(24, 0, button.width() - 24, button.height()),
        int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic),
        text,
    )


class CheckBox(QCheckBox):
    """Yes or no; `committed(bool)` when the user toggles it."""

    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, text: str = "", value: bool = False, *, name: str = "") -> None:
        super().__init__(text)
        self.setFont(font())
        self.setAccessibleName(name or text)
        self.setMinimumHeight(24)
        self.setChecked(value)
        self.clicked.connect(lambda on: self.committed.emit(on))

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        self.setChecked(bool(value))
        self.refused.emit("")

    def refuse(self, message: str) -> None:
        self.setChecked(not self.isChecked())
        self.refused.emit(message)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 30, 24)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_toggle(self, round_box=False)


class RadioButton(QRadioButton):
    """One of several that stand side by side under one parent."""

    def __init__(self, text: str = "", value: bool = False, *, name: str = "") -> None:
        super().__init__(text)
        self.setFont(font())
        self.setAccessibleName(name or text)
        self.setMinimumHeight(24)
        self.setChecked(value)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 30, 24)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_toggle(self, round_box=True)
