"""What is known against the days of a sheet, said before it is issued: it warns in words and forbids nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.domain.findings import RED
from stagecraft.domain.rules.words import NOT_ADVICE
from stagecraft.domain.times import day_text, work_day, work_day_span
from stagecraft.queries.calendar import conflict_rows
from stagecraft.ui import words
from stagecraft.ui.finding_walk import standing
from stagecraft.ui.icons import icon
from stagecraft.ui.pages.calendar_flags import by_day, is_rule_flag, names_of
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

DAYS = {"date": 1, "week": 7}
"""Days a sheet with such a subject calls people on."""
MOST = 8
"""Flags that are written out."""
WHERE = "Rules has them all."


def flags_on(desk: Desk, production: int, subject: str, about: date | int) -> list[Any] | None:
    """Flags of a production on the days of its sheet, in order of time; None for a sheet that calls nobody.

    Double bookings and work rules of the people on it. They are said beside Issue and never printed.
    """
    if subject not in DAYS or not isinstance(about, date):
        return None
    last = about + timedelta(days=DAYS[subject] - 1)
    clashes = standing(desk, desk.read(conflict_rows, *work_day_span(about, DAYS[subject]), (production,)))
    found: list[Any] = [one for one in clashes if about <= work_day(one.starts_wall) <= last]
    rules = [flag for flag in desk.rules.week(about).flags if _concerns(flag, production)]
    if subject == "date":
        rules = by_day(rules).get(about, [])
    return sorted([*found, *rules], key=lambda one: (one.starts_wall, one.severity != RED))


def _lines(found: Sequence[Any]) -> list[str]:
    """Each flag in words; what is alike for several people once."""
    style = words.time_style()
    lines = []
    alike: dict[tuple[object, ...], list[Any]] = {}
    for one in found:
        key = (one.rule, one.day, one.short(style)) if is_rule_flag(one) else (one.text(style),)
        alike.setdefault(key, []).append(one)
    for group in alike.values():
        one = group[0]
        if not is_rule_flag(one):
            lines.append(one.text(style))
            continue
        doubt = "" if one.verified else ", unverified"
        when = f"week of {day_text(one.day)}" if one.is_long else day_text(one.day)
        lines.append(f"{names_of(group)}: {one.short(style)}, {when} ({one.pack_title}{doubt})")
    return lines


def _concerns(flag: Any, production: int) -> bool:
    return flag.finding.production == production or any(
        call.production == production for call in flag.rule_calls
    )


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
        self.advice = Label(f"{NOT_ADVICE}. Flags are not printed.", "caption", wrap=True)
        column.addWidget(self.text)
        column.addWidget(self.advice)
        self._first = 0
        self._sheet: tuple[Desk, int, str, date | int] | None = None
        self.hide()

    def show_sheet(self, desk: Desk, production: int, subject: str, about: date | int) -> None:
        """Say the flags of a sheet, and again when the work rules know more of its days."""
        if self._sheet is None:
            desk.rules.changed.connect(self._again)
        self._sheet = (desk, production, subject, about)
        self.show_flags(flags_on(*self._sheet))

    def _again(self) -> None:
        if self._sheet is not None and not self.isHidden():
            self.show_flags(flags_on(*self._sheet))

    def show_flags(self, found: Sequence[Any] | None) -> None:
        """Say the flags; None hides them, an empty list says that there is none."""
        self.setVisible(found is not None)
        found = found or ()
        red = any(one.severity == RED for one in found)
        self.button.set_text(f"{words.count_text(len(found), 'flag') if found else '0 flags'} on this paper")
        self.button.setIcon(
            icon(*(("red", "redMark") if red else ("amber", "amberMark") if found else ("check", "okMark")))
        )
        self.button.setToolTip(
            "Show the first in the calendar"
            if found
            else "Nobody and no room is booked twice, and no work rule is broken"
        )
        self.button.setEnabled(bool(found))
        lines = _lines(found)
        more = [f"and {len(lines) - MOST} more: {WHERE}"] if len(lines) > MOST else []
        self.text.setText("\n".join([*lines[:MOST], *more]))
        self.text.setVisible(bool(found))
        self._first = next((one.events[0] for one in found if one.events), 0)
        self.advice.setVisible(any(is_rule_flag(one) for one in found))

    def _go(self) -> None:
        if self._first:
            self.wanted.emit(self._first)
