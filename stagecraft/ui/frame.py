"""The first window: the grounds of bar, rail and page and nothing else, on the screen before anything is loaded.

The real window is put into it a moment later. Only what an empty Qt window needs is imported here.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QRect, QSize, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.ui.tokens import THEMES, TOKENS

BAR, RAIL, LINE = 44, 152, 28
"""Heights of top bar and status line and width of the rail, as drawn before they are there."""


class Frame(QWidget):
    """The program's top-level window. `held` is the content once there is one."""

    def __init__(self, theme: str, layout: dict[str, Any]) -> None:
        super().__init__()
        self.held: QWidget | None = None
        self._then: Any = None
        place = THEMES.index(theme) if theme in THEMES else 0
        self._chrome, self._page, self._line = (
            QColor(TOKENS[key][place]) for key in ("chrome", "page", "line")
        )
        self.setWindowTitle("Stagecraft")
        self.setMinimumSize(720, 480)
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))
        self._layout = layout
        geometry = layout.get("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))

    def when_painted(self, then: Any) -> None:
        """Call `then` once, right after the first paint; also where nothing is ever painted."""
        self._then = then
        QTimer.singleShot(1000, self._go_on)

    def _fit(self) -> None:
        """Keep the window and its title bar on the screen; how high that bar is shows only once it is there."""
        if self.isMaximized() or self.isFullScreen():
            return
        room, bars = self.screen().availableGeometry(), self.frameGeometry().size() - self.size()
        self.resize(self.size().boundedTo(room.size() - bars))
        framed = QRect(self.pos(), self.size() + bars)
        framed.moveRight(min(framed.right(), room.right()))
        framed.moveBottom(min(framed.bottom(), room.bottom()))
        framed.moveLeft(max(framed.left(), room.left()))
        framed.moveTop(max(framed.top(), room.top()))
        if framed.topLeft() != self.pos():
            self.move(framed.topLeft())

    def _go_on(self) -> None:
        if self._then is not None:
            self._fit()
        then, self._then = self._then, None
        if then is not None:
            then()

    def hold(self, content: QWidget) -> None:
        """Show this from now on, instead of what was held before."""
        if self.layout() is None:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
        if self.held is not None:
            self.held.windowTitleChanged.disconnect(self.setWindowTitle)
            self.layout().removeWidget(self.held)
            self.held.hide()
        self.held = content
        self.layout().addWidget(content)
        content.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(content.windowTitle())
        content.show()

    def paintEvent(self, event: Any) -> None:
        if self.held is None:
            painter = QPainter(self)
            wide, high = self.width(), self.height()
            painter.fillRect(0, 0, wide, high, self._chrome)
            painter.fillRect(RAIL, BAR, wide - RAIL, high - BAR - LINE, self._page)
            painter.fillRect(0, BAR - 1, wide, 1, self._line)
            painter.fillRect(RAIL - 1, BAR, 1, high - BAR - LINE, self._line)
            painter.fillRect(0, high - LINE, wide, 1, self._line)
        if self._then is not None:
            QTimer.singleShot(0, self._go_on)

    def closeEvent(self, event: Any) -> None:
        self._layout["geometry"] = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        if self.held is not None:
            self.held.close()
        super().closeEvent(event)
