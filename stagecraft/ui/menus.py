"""Declared actions become Qt actions here: menu bar, menu button, shortcuts."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from stagecraft.ui.actions import MENUS, Action
from stagecraft.ui.icons import icon


class Menus(QObject):
    """The window's actions and the current page's, in the menu bar and on their keys."""

    def __init__(self, window: QWidget, bar: QMenuBar) -> None:
        super().__init__(window)
        self._window = window
        self._own: list[tuple[Action, QAction]] = []
        self._page: list[tuple[Action, QAction]] = []
        self._bar = bar
        self._alt_alone = False
        self._menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = self._menus[title] = self._bar.addMenu(title)
            menu.aboutToShow.connect(lambda menu=menu, title=title: self._fill(menu, title))
            # An empty menu is never opened on some desktops, so it is filled once.
            self._fill(menu, title)
        if sys.platform != "darwin":
            self._bar.hide()

    def set_actions(self, actions: Iterable[Action]) -> None:
        """The window's own actions."""
        self._own = self._made(self._own, actions)
        self._settle()

    def set_page_actions(self, actions: Iterable[Action]) -> None:
        """The current page's actions; its keys go before the window's own."""
        self._page = self._made(self._page, actions)
        self._settle()

    def all(self) -> list[Action]:
        """Every action that can be done now, the page's first."""
        return [action for action, _ in self._page + self._own]

    def _made(
        self, old: list[tuple[Action, QAction]], actions: Iterable[Action]
    ) -> list[tuple[Action, QAction]]:
        for _, gone in old:
            self._window.removeAction(gone)
            gone.deleteLater()
        made = []
        for action in actions:
            qt = QAction(action.text, self._window)
            if action.icon:
                qt.setIcon(icon(action.icon, "text"))
            if action.shortcut:
                qt.setShortcuts([QKeySequence(key) for key in action.shortcut.split(" | ")])
                qt.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            qt.setCheckable(action.checked is not None)
            qt.triggered.connect(lambda _=False, action=action: action.run() if action.enabled() else None)
            self._window.addAction(qt)
            made.append((action, qt))
        return made

    def _settle(self) -> None:
        """Where page and window want the same key the page has it."""
        taken = {key for action, _ in self._page for key in action.shortcut.split(" | ") if key}
        for action, qt in self._own:
            keys = [key for key in action.shortcut.split(" | ") if key and key not in taken]
            qt.setShortcuts([QKeySequence(key) for key in keys])

    def _fill(self, menu: QMenu, title: str) -> None:
        menu.clear()
        for action, qt in self._own + self._page:
            if action.menu != title:
                continue
            if action.separator:
                menu.addSeparator()
            qt.setEnabled(action.enabled())
            if action.checked is not None:
                qt.setChecked(action.checked())
            menu.addAction(qt)
        menu.menuAction().setVisible(bool(menu.actions()))
        # A disabled Qt action would swallow its key for good; the action itself asks again when it runs.
        menu.aboutToHide.connect(self._enable_all, Qt.ConnectionType.UniqueConnection)

    def _enable_all(self) -> None:
        for _, qt in self._own + self._page:
            qt.setEnabled(True)

    def popup(self) -> QMenu:
        """The whole menu bar as one menu, for the button."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title in MENUS:
            part = menu.addMenu(title)
            self._fill(part, title)
        menu.aboutToHide.connect(self._enable_all)
        return menu

    def toggle_bar(self) -> None:
        """Show the bar with its first menu ready for the keyboard, or hide it."""
        self._bar.setVisible(not self._bar.isVisible())
        if self._bar.isVisible():
            for title, menu in self._menus.items():
                self._fill(menu, title)
            self._bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
            self._bar.setActiveAction(self._bar.actions()[0])

    def watch_alt(self, event: QKeyEvent) -> None:
        """Show or hide the bar when Alt is pressed and let go alone; given every key event of the window."""
        if event.type() == QEvent.Type.KeyRelease:
            if self._alt_alone and event.key() == Qt.Key.Key_Alt:
                self.toggle_bar()
            self._alt_alone = False
        else:
            self._alt_alone = event.key() == Qt.Key.Key_Alt
