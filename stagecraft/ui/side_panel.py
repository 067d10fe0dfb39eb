"""The place of the inspector: beside the page, or over it when the window is narrow; its width can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stagecraft.ui.widgets.panels import Ground, Inspector

LEAST, USUAL, MOST = 264, 284, 420


class _Edge(QWidget):
    """Four pixels to drag the width by."""

    dragged = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(4)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self._from = 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = int(event.globalPosition().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = int(event.globalPosition().x())
        self.dragged.emit(self._from - at)
        self._from = at


class SidePanel(Ground):
    """Holds one widget at a time; widgets belong to their pages and are only lent."""

    close_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("inspector", parent)
        self.wanted = USUAL
        self.over = False
        self._widget: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 0, 0, 0)
        self._row.setSpacing(0)
        edge = _Edge()
        edge.dragged.connect(lambda by: self.set_wanted(self.wanted + by))
        self._row.addWidget(edge)
        edge.setParent(self)
        self._row.removeWidget(edge)
        self._edge = edge
        self.setAccessibleName("Inspector")
        self.hide()

    def widget(self) -> QWidget | None:
        return self._widget

    def set_wanted(self, width: int) -> None:
        self.wanted = max(LEAST, min(MOST, width))
        self.setFixedWidth(self.wanted)
        self.place(self.parentWidget().rect())

    def set_over(self, over: bool) -> None:
        """Lie over the page instead of pushing it aside."""
        if over == self.over:
            return
        self.over = over
        row = self.parentWidget().layout()
        assert row is not None
        if over:
            row.removeWidget(self)
        else:
            row.addWidget(self)
        self.setFixedWidth(self.wanted)

    def show_widget(self, widget: QWidget | None) -> None:
        """Show this and hide what was there; None closes the panel."""
        if self._widget is not None and self._widget is not widget:
            self._widget.hide()
            self._row.removeWidget(self._widget)
        if widget is not None and widget is not self._widget:
            if isinstance(widget, Inspector) and widget.property("wired") is None:
                widget.close_wanted.connect(self.close_wanted)
                widget.setProperty("wired", True)
            self._row.addWidget(widget, 1)
            widget.show()
        self._widget = widget
        self.setFixedWidth(self.wanted)
        self.setVisible(widget is not None)
        self.place(self.parentWidget().rect())

    def place(self, room: QRect) -> None:
        """Keep to the right edge when lying over the page."""
        if self.over:
            self.setGeometry(room.right() + 1 - self.wanted, room.top(), self.wanted, room.height())
            self.raise_()
        self._edge.setGeometry(0, 0, 4, max(self.height(), 1))
        self._edge.raise_()
