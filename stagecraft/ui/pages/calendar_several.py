"""Several selected calls in the inspector: what they are together, shifting and removing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.times import duration_text
from stagecraft.queries.calendar import EventRow
from stagecraft.ui import words
from stagecraft.ui.pages.calendar_flags import finding_lines
from stagecraft.ui.pages.calendar_hands import CalendarHands
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Inspector


class SeveralInspector(Inspector):
    """Several calls at once: what they are together, shifting and removing them."""

    def __init__(self, hands: CalendarHands, shift_menu: Callable[[], QMenu]) -> None:
        super().__init__()
        self.hands = hands
        self._shift_menu = shift_menu
        self._rows: list[EventRow] = []
        self.words = Label("", "secondary", wrap=True)
        self.add(self.words)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Button("Shift by…", on_click=self._shift))
        row.addWidget(Button("Copy", on_click=lambda: self.hands.copy(self._rows)))
        row.addWidget(Button("Remove", "danger", on_click=lambda: self.hands.take_off(self._rows)))
        row.addStretch(1)
        self.add(buttons)
        self.list_head = self.add_group("Calls")
        self.lines = Label("", "secondary", wrap=True)
        self.add(self.lines)
        self.flags_head = self.add_group("Flags here")
        self.flags = Label("", "secondary", wrap=True, tone="red")
        self.add(self.flags)

    def show_events(self, rows: Sequence[EventRow], findings: Sequence[Any]) -> None:
        """Show these calls together."""
        self._rows = list(rows)
        self.set_head(words.count_text(len(rows), "call"))
        minutes = sum(row.minutes for row in rows)
        kinds = sorted({KINDS[row.kind].word for row in rows if row.kind in KINDS})
        self.words.setText(f"{duration_text(minutes)} in all · {', '.join(kinds)}")
        self.lines.setText(
            "\n".join(
                f"{row.day:%a} {row.day.day}  {words.time_text(row.starts_wall)}  {row.heading}"
                for row in rows[:20]
            )
        )
        lines = [
            f"{row.short}: {line.words}"
            for row in rows
            for line in finding_lines([finding for finding in findings if row.id in finding.events], row.id)
        ]
        self.flags_head.set("Flags here" if lines else "No flags here")
        self.flags.setText("\n".join(lines[:12]))

    def _shift(self) -> None:
        menu = self._shift_menu()
        menu.popup(self.mapToGlobal(self.rect().topLeft()))
