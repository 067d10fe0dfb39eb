"""A contract as a line of time: term, notice, last day for notice, option, leave, final performance, today."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stagecraft.ui.widgets.term_picture import HEIGHT, TermPicture, TermView


class TermLine(QWidget):
    """Paints a `TermView`; it only shows, and says everything to a screen reader as well."""

    def __init__(self) -> None:
        super().__init__()
        self._view: TermView | None = None
        self.setMinimumWidth(280)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_view(self, view: TermView) -> None:
        self._view = view
        self.setAccessibleName(f"Line of time. {'; '.join(view.sentences())}.")
        self.setToolTip("\n".join(view.sentences()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(620, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._view is not None:
            painter = QPainter(self)
            TermPicture(painter, self._view, self.width()).paint()
            painter.end()
