"""Text by role, so that size, weight and colour are chosen in one place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import font

ROLES: dict[str, tuple[int, int, str]] = {
    "big": (20, 600, ""),
    "title": (16, 600, ""),
    "heading": (13, 600, ""),
    "body": (13, 400, ""),
    "strong": (13, 500, ""),
    "secondary": (12, 400, "text2"),
    "label": (12, 400, "text2"),
    "head": (12, 600, "text2"),
    "caption": (11, 400, "text3"),
}
"""Role: pixel size, weight, tone."""


class Label(QLabel):
    """Plain text in one of `ROLES`; `tone` (a token in the style sheet) overrides the role's colour.

    User text is never read as HTML. Long text wraps when `wrap` is set.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        tone: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        px, weight, default = ROLES[role]
        self.setFont(font(px, weight))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.set_tone(tone or default)

    def set_tone(self, tone: str) -> None:
        """Change the colour: text2, text3, red, amber, ok, accentText, onTip, or "" for plain text."""
        if self.property("tone") == tone:
            return
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedLabel(Label):
    """One line that ends in … when there is no room; the whole text is then its tooltip."""

    def __init__(
        self, text: str = "", role: str = "body", *, tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | self.alignment()), shown)


class IconMark(QWidget):
    """A small icon that only says something: red, amber, tick. `name` is what a screen reader says."""

    def __init__(self, icon: str, token: str = "text2", size: int = 16, *, name: str = "") -> None:
        super().__init__()
        self._icon, self._token = icon, token
        self.setFixedSize(size, size)
        self.setAccessibleName(name)

    def set_icon(self, icon: str, token: str) -> None:
        self._icon, self._token = icon, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._icon, QRectF(self.rect()), self._token)
