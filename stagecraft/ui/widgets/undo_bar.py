"""The bar that says what was just done and offers to take it back; and the card for long work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import Ground

SHOWN_MS = 8000


class UndoBar(Ground):
    """One line over the page for eight seconds; stays while the pointer is on it."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tip", parent)
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        row.setSpacing(8)
        self.words = ElidedLabel("", "body", tone="onTip")
        row.addWidget(self.words, 1)
        self.button = Button("Undo", "onTip", small=True, on_click=self._undo)
        row.addWidget(self.button)
        row.addWidget(IconButton("close", "Close this message", size=24, token="onTip", on_click=self.hide))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._time_out)
        self.hide()

    def say(self, words: str, *, undoable: bool = False) -> None:
        """Show a message; with `undoable` the Undo button."""
        self.words.setText(words)
        self.words.setAccessibleName(words)
        self.button.setVisible(undoable)
        self.button.setAccessibleName(f"Undo: {words}")
        room = self.words.sizeHint().width() + (76 if undoable else 0) + 72
        most = self.parentWidget().width() - 32 if self.parentWidget() else 560
        self.setFixedWidth(max(260, min(room, most, 640)))
        self.show()
        self.raise_()
        self._timer.start()

    def _undo(self) -> None:
        self.hide()
        self.undo_wanted.emit()

    def _time_out(self) -> None:
        if self.underMouse() and self.isActiveWindow():
            self._timer.start()
        else:
            self.hide()


class LongWork(Ground):
    """A card for work that takes a while: phase in words, seconds, a bar, Cancel."""

    def __init__(self, title: str, on_cancel: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("popup", parent)
        self.setFixedWidth(392)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 12)
        row = QHBoxLayout()
        self.phase = ElidedLabel(title, "body")
        row.addWidget(self.phase, 1)
        self.seconds = Label("0:00", "body", tone="text2")
        row.addWidget(self.seconds)
        self.cancel = Button("Cancel", small=True, on_click=on_cancel)
        row.addWidget(self.cancel)
        outer.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        outer.addWidget(self.bar)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._show_seconds)
        self._tick.start(500)

    def tell(self, phase: str, done: int, total: int) -> None:
        """Show a phase and, when `total` is known, how far it is."""
        self.phase.setText(phase)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_seconds(self) -> None:
        seconds = int(self._clock.elapsed() / 1000)
        self.seconds.setText(f"{seconds // 60}:{seconds % 60:02d}")
