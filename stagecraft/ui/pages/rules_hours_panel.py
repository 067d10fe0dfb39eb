"""The inspector of a person's week: each limit with its bar and source, overtime, a reading, then day by day."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from stagecraft.domain.hours import Measure, cost_of, hours_text, left_words, limit_words
from stagecraft.domain.times import date_text, day_text, duration_text
from stagecraft.queries.hours import HoursWeek, PersonWeek
from stagecraft.ui.pages.rules_facts import Facts
from stagecraft.ui.pages.rules_hours_rows import AID, day_facts, paint_bar
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Inspector, Spaced
from stagecraft.ui.words import count_text


class LimitBar(QWidget):
    """How much of a limit is used, with the words beside it for those who do not see it."""

    def __init__(self, one: Measure) -> None:
        super().__init__()
        self._one = one
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(9)
        self.setAccessibleName(f"{one.rule.title}: {limit_words(one)}, {left_words(one)}")

    def sizeHint(self) -> QSize:
        return QSize(200, 9)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        one = self._one
        paint_bar(painter, QRectF(0, 2, self.width(), 5), one.used, one.limit, one.state)
        painter.end()


class HoursPanel(Inspector):
    """Shows one person's week."""

    day_wanted = Signal(object)
    """A day to be shown in the calendar."""
    sheet_wanted = Signal()
    flags_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(4)
        self.sheet = Button(
            "Hours sheet…",
            small=True,
            icon="save",
            tip="Save this person’s hours of the week as a PDF, call by call",
            on_click=self.sheet_wanted.emit,
        )
        self.flags = Button("Their flags", small=True, icon="flag", on_click=self.flags_wanted.emit)
        self.add(Spaced(self.sheet, self.flags))
        self.add(self._inside)

    def show_week(self, row: PersonWeek, week: HoursWeek) -> None:
        """Show the week of a person."""
        self.set_head(row.name)
        while self._column.count():
            old = self._column.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._limits(row)
        if row.reading is not None:
            self._reading(row.reading)
        if row.costs:
            self._costs(row)
        for on in week.days:
            facts = day_facts(row, on, week)
            if facts:
                self._head(day_text(on))
                self._facts(facts)
        self._column.addWidget(Label(AID, "caption"))

    def _head(self, words: str) -> None:
        label = Label(words, "strong")
        label.setContentsMargins(0, 8, 0, 0)
        self._column.addWidget(label)

    def _facts(self, pairs: list[tuple[str, str]]) -> None:
        facts = Facts()
        facts.show_pairs(pairs)
        self._column.addWidget(facts)

    def _limits(self, row: PersonWeek) -> None:
        self._head("Limits of the week")
        if not row.limits:
            self._column.addWidget(Label("No pack of theirs limits the week.", "secondary", wrap=True))
        for one in row.limits:
            if one.missing:
                words = f"{one.rule.title}: not checked, {one.missing}"
                self._column.addWidget(Label(words, "secondary", wrap=True))
                continue
            tone = {"over": "red", "full": "amber", "near": "amber"}.get(one.state, "")
            words = f"{one.rule.title}: {limit_words(one)}"
            self._column.addWidget(Label(words, "body", tone=tone, wrap=True))
            self._column.addWidget(LimitBar(one))
            self._column.addWidget(Label(f"{left_words(one)} · {one.pack.title}", "secondary", wrap=True))

    def _reading(self, one: Any) -> None:
        self._head("Reading")
        if one.missing:
            self._column.addWidget(Label(f"Not checked: {one.missing}.", "secondary", wrap=True))
            return
        planned = f", {hours_text(one.planned)} more planned" if one.planned else ""
        pairs = [("Hours", f"{hours_text(one.used)} of {hours_text(one.limit)}{planned}")]
        if one.readings_limit is not None:
            more = f", {one.readings_planned} more planned" if one.readings_planned else ""
            pairs.append(("Readings", f"{one.readings} of {one.readings_limit}{more}"))
        if one.last is not None:
            pairs.append(("Window", f"closes {date_text(one.last)}, {count_text(one.days_left, 'day')} left"))
        doubt = "" if one.rules.hours.source.verified else ", unverified"
        pairs.append(("Rule", f"{one.rules.pack.title}{doubt}"))
        self._facts(pairs)

    def _costs(self, row: PersonWeek) -> None:
        self._head("Overtime and premiums")
        pairs = []
        for one in row.costs:
            over, units = cost_of(one)
            words = count_text(units, "unit")
            pairs.append((day_text(one.first_day), f"{duration_text(over)} over, {words}" if over else words))
        self._facts(pairs)
