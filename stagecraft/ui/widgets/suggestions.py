"""The list of suggestions below a line of text; a click beside it does what it would do without the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QCompleter, QWidget


class Suggestions(QCompleter):
    """Offers what contains the letters typed, in whatever case.

    Qt's list takes the whole mouse while it is open and keeps the click that closes it: the hand that goes on to
    the next field would have to click twice. Here that click closes the list and arrives.
    """

    def __init__(self, offers: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._offers = QStringListModel(list(offers), self)
        self.setModel(self._offers)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        # Some platforms pass the closing click on by themselves: it must not arrive twice.
        self.popup().setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)

    def set_offers(self, offers: Sequence[str]) -> None:
        """Offer these from now on."""
        if list(offers) != self._offers.stringList():
            self._offers.setStringList(list(offers))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            popup = self.popup()
            if watched is popup and not popup.rect().contains(event.position().toPoint()):
                popup.hide()
                _press_again(event)
                return True
        return super().eventFilter(watched, event)


def _press_again(event: QMouseEvent) -> None:
    """Give a press to whatever lies under it, and the keys with it; the release finds its own way there."""
    at = event.globalPosition()
    below = QApplication.widgetAt(at.toPoint())
    if below is None:
        return
    takes: QWidget | None = below
    while takes is not None and not takes.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        takes = takes.parentWidget()
    if takes is not None:
        takes.setFocus(Qt.FocusReason.MouseFocusReason)
    local = below.mapFromGlobal(at)
    press = QMouseEvent(event.type(), local, at, event.button(), event.buttons(), event.modifiers())
    QApplication.sendEvent(below, press)
