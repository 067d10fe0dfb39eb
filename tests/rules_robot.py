"""The hand that works the Rules page in tests: it knows widgets, so that the journeys need not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from stagecraft.ui.pages.rules_page import RulesPage

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class RulesHand:
    """The hand on the Rules page. `wait` waits for something to hold, `write` types into a field."""

    def __init__(
        self, page: RulesPage, wait: Callable[[Callable[[], object]], None], write: Callable[..., None]
    ) -> None:
        self.page, self._wait, self._write = page, wait, write

    def _press(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.text()
        QTest.mouseClick(button, LEFT, PLAIN, QPoint(8, button.height() // 2))

    def _flags(self) -> Any:
        if self.page.switch.value() != "flags":
            self.page.show_target(view="flags")
        flags = self.page.flags
        self._wait(lambda: not flags.check.running and not flags._tick.isActive())
        return flags

    # --- flags ---

    def counts(self) -> str:
        """`2 flags, 1 not checked`."""
        return str(self._flags().counts.text())

    def flags(self) -> list[tuple[str, str]]:
        """Person and measure of every flag that counts."""
        return [(line.name, line.short) for line in self._flags().shown() if line.sort == "flag"]

    def choose(self, person: str) -> None:
        """The first flag of somebody."""
        flags = self._flags()
        line = next(line for line in flags.shown() if line.name == person)
        assert flags.list.select(line.id)

    def repairs(self) -> list[str]:
        return [words for words, _run in self._flags().panel.repairs()]

    def repair(self, words: str) -> None:
        panel = self._flags().panel
        self._press(next(one for one in panel.findChildren(QAbstractButton) if one.text() == words))

    def accept(self, reason: str) -> None:
        panel = self._flags().panel
        self._write(panel.reason, reason, enter=False)
        panel._scroll.ensureWidgetVisible(panel.accept)
        self._wait(lambda: not panel.accept.visibleRegion().isEmpty())
        self._press(panel.accept)

    def accepted(self) -> str:
        return str(self._flags().panel.accepted.text())

    # --- packs ---

    def _packs(self) -> Any:
        if self.page.switch.value() != "packs":
            self.page.show_target(view="packs")
        return self.page.view

    def duplicate(self, pack: str) -> None:
        view = self._packs()
        assert view.list.select(pack)
        self._press(view.panel.duplicate)

    def set_value(self, rule: str, name: str, text: str) -> None:
        """Type a value of a rule of the pack shown."""
        view = self._packs()
        view.panel.select(rule)
        self._write(view.rule_panel._form.rows[name], text)

    def says(self) -> str:
        """What the rule shown says."""
        return str(self._packs().rule_panel.words.text())
