"""The field over a call that was just drawn: its name is typed at once; a scene number fills in the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from stagecraft.ui.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from stagecraft.ui.widgets.week_view import WeekView


class NameEdit(QLineEdit):
    """Return and leaving the field take what was typed; Esc, or nothing typed, takes nothing.

    `starts` and `ends` are wall minutes; `drawn` says whether the hand chose the length.
    """

    def __init__(self, view: WeekView, starts: int, ends: int, drawn: bool) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.starts, self.ends, self.drawn = starts, ends, drawn
        self._done = False
        self.setPlaceholderText("Scene or name")
        self.setAccessibleName("Scene number or name of the new call")
        self.setCompleter(Suggestions(view.names, self))
        self.returnPressed.connect(self.leave)
        self.installEventFilter(self)

    def begin(self) -> None:
        """Show the field where the call was drawn and listen to the keys."""
        self.follow()
        self.show()
        self.setFocus()

    def follow(self) -> None:
        """Stay on the drawn call while the view scrolls."""
        rect = self._view.span_rect(self.starts, self.ends)
        if rect.isNull():
            rect = self._view.viewport().rect().adjusted(60, 20, -60, -20)
        width = max(rect.width() - 4, 120)
        left = min(rect.left() + 2, self._view.viewport().width() - width - 4)
        self.setGeometry(left, rect.top() + 2, width, 28)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._close()
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus():
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.leave()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # the view would open the inspector's title, just typed

    def leave(self) -> None:
        """The field is left: what was typed counts, nothing typed means nothing wanted."""
        if self.text().strip():
            self._take()
        else:
            self._close()

    def _take(self) -> None:
        if self._done:
            return
        text = self.text().strip()
        self._close()
        self._view.created.emit(self.starts, self.ends, text, self.drawn)

    def _close(self) -> None:
        if self._done:
            return
        self._done = True
        self.hide()
        self._view.gestures.name_edit = None
        self._view.viewport().update()
        self._view.setFocus()
        self.deleteLater()
