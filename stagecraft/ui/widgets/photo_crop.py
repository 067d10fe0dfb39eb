"""Choosing the square of a picture that becomes a photo: drag it, turn the wheel or use the keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.ui.theme import color
from stagecraft.ui.widgets.avatar import encode_photo, square
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label

SMALLEST = 0.2


class _CropArea(QWidget):
    """The picture with a bright square; arrows move it, + and − size it."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self.image = image
        self.left, self.top, self.part = 0.5, 0.35, 1.0
        self._grip: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(220)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAccessibleName("The square of the picture that is kept: arrows move it, plus and minus size it")

    def cut_out(self) -> QImage:
        """The square chosen."""
        return square(self.image, self.left, self.top, self.part)

    def _shown(self) -> QRectF:
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _square(self) -> QRectF:
        shown = self._shown()
        side = min(shown.width(), shown.height()) * self.part
        x = shown.left() + (shown.width() - side) * self.left
        return QRectF(x, shown.top() + (shown.height() - side) * self.top, side, side)

    def _move(self, across: float, down: float) -> None:
        shown, box = self._shown(), self._square()
        if shown.width() > box.width():
            self.left = min(1.0, max(0.0, self.left + across / (shown.width() - box.width())))
        if shown.height() > box.height():
            self.top = min(1.0, max(0.0, self.top + down / (shown.height() - box.height())))
        self.update()

    def _size(self, factor: float) -> None:
        self.part = min(1.0, max(SMALLEST, self.part * factor))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, box = self._shown(), self._square()
        painter.drawImage(shown, self.image)
        shade = QPainterPath()
        shade.addRect(shown)
        hole = QPainterPath()
        hole.addEllipse(box)
        painter.fillPath(shade.subtracted(hole), QColor(0, 0, 0, 140))
        painter.setPen(QPen(color("accentText" if self.hasFocus() else "base"), 2))
        painter.drawRect(box.adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            way = event.position() - self._grip
            self._grip = event.position()
            self._move(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._size(0.93 if event.angleDelta().y() > 0 else 1 / 0.93)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Left: (-4, 0),
            Qt.Key.Key_Right: (4, 0),
            Qt.Key.Key_Up: (0, -4),
            Qt.Key.Key_Down: (0, 4),
        }
        if event.key() in moves:
            self._move(*moves[event.key()])
        elif event.text() in ("+", "="):
            self._size(0.93)
        elif event.text() == "-":
            self._size(1 / 0.93)
        else:
            super().keyPressEvent(event)


class PhotoCrop(QWidget):
    """The picture with its square and two buttons. `taken(bytes, media type)` or `dropped()`."""

    taken = Signal(object, str)
    dropped = Signal()

    def __init__(self, image: QImage) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self.area = _CropArea(image)
        outer.addWidget(self.area)
        outer.addWidget(
            Label("Drag the circle over the face; the wheel or + and − size it.", "caption", wrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Button("Use this photo", "primary", small=True, on_click=self.take))
        row.addWidget(Button("Cancel", "quiet", small=True, on_click=self.dropped.emit))
        row.addStretch(1)
        outer.addLayout(row)

    def take(self) -> None:
        """Keep the square as it stands."""
        self.taken.emit(*encode_photo(self.area.cut_out()))
