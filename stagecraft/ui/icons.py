"""The bundled line icons, tinted from the theme when they are painted, so a new theme needs no new icon."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from stagecraft.base.resources import resource
from stagecraft.ui.theme import hex_color


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, rgb: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", rgb).encode()))


def _square(box: QRectF) -> QRectF:
    """The icon's place: at the left of a wide box, so that a button can ask for a gap before its words."""
    side = min(box.width(), box.height())
    return QRectF(box.x(), box.y() + (box.height() - side) / 2, side, side)


@cache
def _pixmap(name: str, rgb: str, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, rgb).render(painter, _square(QRectF(0, 0, width, height)))
    painter.end()
    return pixmap


class _TintedEngine(QIconEngine):
    """Draws one icon in the colour its token has at that moment; faded when disabled."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._token)

    def _rgb(self, mode: QIcon.Mode) -> str:
        if mode == QIcon.Mode.Disabled:
            return hex_color("line2")
        return hex_color("onAccent" if mode == QIcon.Mode.Selected else self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _renderer(self._name, self._rgb(mode)).render(painter, _square(QRectF(rect)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _pixmap(self._name, self._rgb(mode), size.width(), size.height())

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self.pixmap(size, mode, state)


def icon(name: str, token: str = "text2") -> QIcon:
    """Icon by its file name in `resources/icons`.

    Raises FileNotFoundError for a name that does not exist, at once and not when painted.
    """
    _drawing(name)
    return QIcon(_TintedEngine(name, token))


def paint_icon(painter: QPainter, name: str, rect: QRectF, token: str = "text2") -> None:
    """Draw an icon into a square of a painted view."""
    _renderer(name, hex_color(token)).render(painter, rect)
