"""What is known against the days of a sheet, said before it is issued: it warns in words and forbids nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.domain.findings import RED, Finding
from stagecraft.domain.times import work_day, work_day_span
from stagecraft.queries.calendar import conflict_rows
from stagecraft.ui import words
from stagecraft.ui.icons import icon
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

DAYS = {"date": 1, "week": 7}
"""Days a sheet with such a subject calls people on."""


def flags_on(desk: Desk, production: int, subject: str, about: date | int) -> list[Finding] | None:
    """Flags of a production on the days of its sheet, in order of time; None for a sheet that calls nobody."""
    if subject not in DAYS or not isinstance(about, date):
        return None
    found: list[Finding] = desk.read(conflict_rows, *work_day_span(about, DAYS[subject]), (production,))
    last = about + timedelta(days=DAYS[subject] - 1)
    found = [one for one in found if about <= work_day(one.starts_wall) <= last]
    return sorted(found, key=lambda one: (one.starts_wall, one.severity != RED))


class PaperFlags(QWidget):
    """How many flags a sheet has, and each in words; the button asks for the calendar at the first."""

    wanted = Signal(int)
    """The event of the first flag."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.button = Button("", "status", on_click=self._go)
        self.button.setIconSize(QSize(18, 14))
        self.text = Label("", "secondary", wrap=True)
        column.addWidget(self.button)
        column.addWidget(self.text)
        self._first = 0
        self.hide()

    def show_flags(self, found: Sequence[Finding] | None) -> None:
        """Say the flags; None hides them, an empty list says that there is none."""
        self.setVisible(found is not None)
        found = found or ()
        red = any(one.severity == RED for one in found)
        self.button.set_text(f"{words.count_text(len(found), 'flag') if found else '0 flags'} on this paper")
        self.button.setIcon(
            icon(*(("red", "redMark") if red else ("amber", "amberMark") if found else ("check", "okMark")))
        )
        self.button.setToolTip(
            "Show the first in the calendar" if found else "Nobody and no room is booked twice"
        )
        self.button.setEnabled(bool(found))
        self.text.setText("\n".join(one.text(words.time_style()) for one in found))
        self.text.setVisible(bool(found))
        self._first = found[0].events[0] if found else 0

    def _go(self) -> None:
        if self._first:
            self.wanted.emit(self._first)
