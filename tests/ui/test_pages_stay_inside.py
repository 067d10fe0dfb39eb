"""No part of a page is ever a window of its own: that would flash, and take the keyboard from whoever types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from stagecraft.ui.window import PAGES


class Watcher(QObject):
    """Notes every widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("spec", PAGES, ids=[spec.name for spec in PAGES])
def test_making_a_page_opens_no_window(desk, qtbot, spec):
    watcher = Watcher()
    QApplication.instance().installEventFilter(watcher)
    page = spec.make(desk)
    qtbot.addWidget(page)
    page.load()
    QApplication.instance().removeEventFilter(watcher)
    assert watcher.windows == []
