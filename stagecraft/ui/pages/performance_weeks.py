"""Adding performances by the weekly pattern, in the inspector: from a day to a day, numbered on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from stagecraft.domain.curtains import EIGHT_SHOWS, Pattern, curtains_text, parse_curtains
from stagecraft.domain.times import minute_of, monday, wall
from stagecraft.queries.performances import PerformanceRow, performance_rows
from stagecraft.services.performances import AddPerformanceWeeks
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import Combo, DateEdit, NumberEdit, TextEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow, Inspector

LABEL = 92
ORIGIN = "performance-weeks"


class CurtainsEdit(TextEdit):
    """A week's curtains: `Tue 7:00p, Wed 2:00p 7:30p`."""

    def words_of(self, value: Any) -> str:
        return "" if value is None else curtains_text(value, style=words.time_style())

    def parse(self, text: str) -> Pattern:
        return parse_curtains(text)


class PerformanceWeeks(Inspector):
    """Production, first and last day, curtains, first number; says what would be added before it is added.

    `on_added(day)` is called with the first day that got a performance.
    """

    def __init__(self, desk: Desk, on_added: Callable[[date], object]) -> None:
        super().__init__("Performances by the week")
        self.desk = desk
        self._on_added = on_added
        self._existing: list[PerformanceRow] = []
        choices = [(row.id, row.name) for row in desk.all_productions()]
        self.production = Combo(choices, desk.production, name="Production")
        self.first, self.last = DateEdit(name="First day"), DateEdit(name="Last day")
        self.curtains = CurtainsEdit(name="Curtains", lines=3)
        self.number = NumberEdit(name="First number", low=1)
        self.rows: dict[str, FieldRow] = {}
        for key, label, editor in (
            ("production", "Production", self.production),
            ("first", "First day", self.first),
            ("last", "Last day", self.last),
            ("pattern", "Curtains", self.curtains),
            ("number", "First number", self.number),
        ):
            self.rows[key] = FieldRow(label, editor, on_commit=lambda _: self.look(), label_width=LABEL)
            self.add(self.rows[key])
        self.production.committed.connect(lambda _: self.begin())
        self.rows["pattern"].set_hint("Days with their times: Tue 7p, Wed 2p 7:30p")
        self.told = Label("", "secondary", wrap=True)
        self.add(self.told)
        self.button = Button("Add the performances", "primary", on_click=self.run)
        self.add(self.button)
        self.begin()

    def begin(self) -> None:
        """Start with what this production played last: the next four weeks of the same pattern."""
        production = self.production.value()
        row = self.desk.production_row(production)
        self._existing = (
            []
            if production is None
            else self.desk.read(performance_rows, 0, wall(date(2200, 1, 1)), (production,))
        )
        shows = [one for one in self._existing if one.type != "presentation"]
        start = monday(shows[-1].day) + timedelta(weeks=1) if shows else self._first_day(row)
        self.first.set_value(start)
        self.last.set_value(start + timedelta(days=27))
        self.curtains.set_value(_last_pattern(shows) or EIGHT_SHOWS)
        self.number.set_value(max((one.number or 0 for one in self._existing), default=0) + 1)
        self.look()

    def _first_day(self, row: Any) -> date:
        opening = (row.first_preview or row.opening) if row is not None else None
        return opening or monday(self.desk.date)

    def plan(self) -> tuple[int, int]:
        """How many performances would be added, and how many of the curtains are there already."""
        first, last, pattern = self.first.value(), self.last.value(), self.curtains.value()
        there = {one.starts_wall for one in self._existing}
        days = [first + timedelta(days=offset) for offset in range(max(0, (last - first).days + 1))]
        curtains = [
            wall(day, minute) for day in days for weekday, minute in pattern if weekday == day.weekday()
        ]
        return sum(at not in there for at in curtains), sum(at in there for at in curtains)

    def look(self) -> None:
        """Say what would be added."""
        new, there = self.plan()
        number = self.number.value() or 1
        span = f"#{number}–#{number + new - 1}" if new > 1 else f"#{number}"
        said = f"{words.count_text(new, 'performance')}, {span}" if new else "Nothing to add"
        known = f"; {there} of these curtains {'is' if there == 1 else 'are'} there already" if there else ""
        self.told.setText(f"{said}{known}.")
        self.button.setEnabled(new > 0)

    def run(self) -> None:
        """Add them in one step."""
        for field in (self.first, self.last, self.curtains, self.number):
            field.commit()
        production = self.production.value()
        if production is None or any(row.refusal() for row in self.rows.values()):
            return
        first = self.first.value()
        command = AddPerformanceWeeks(
            production, first, self.last.value(), self.curtains.value(), number=self.number.value()
        )
        if self.desk.do(command, ORIGIN, fields=self.rows) is not None:
            self.begin()
            self._on_added(first)


def _last_pattern(shows: list[PerformanceRow]) -> Pattern:
    """The curtains of the last whole week played."""
    if not shows:
        return ()
    week = monday(shows[-1].day)
    return tuple(
        sorted((one.day.weekday(), minute_of(one.starts_wall)) for one in shows if monday(one.day) == week)
    )
