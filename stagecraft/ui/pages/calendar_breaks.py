"""Planned breaks of the selected call: not planned, by a pattern, or at times of one's own; and the meal inside it.

What nobody has planned is not the same as no breaks: rules about breaks are then not checked.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.base.errors import Refused
from stagecraft.domain.planned_breaks import PATTERNS, breaks_after, pattern_of
from stagecraft.domain.rules.calls import MEAL, SHORT
from stagecraft.domain.times import DAY, minute_of, parse_time
from stagecraft.queries.breaks import BreakRow
from stagecraft.queries.calendar import EventRow
from stagecraft.services.breaks import ForgetBreaks, PlanBreaks
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_hands import ORIGIN
from stagecraft.ui.widgets.fields import Combo, LineEdit, NumberEdit, TimeEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow, Spaced

NOT_PLANNED, NONE, OWN = "", "none", "own"
USUAL_MEAL, USUAL_SHORT = 60, 5
_ITEMS = (
    (NOT_PLANNED, "Not planned"),
    (NONE, "No short breaks"),
    *((f"{length}/{work}", f"{length} min after {work}") for length, work in PATTERNS),
    (OWN, "At these times"),
)


class BreakTimes(LineEdit):
    """Starts of breaks as they are said: `10:55a, 11:50a`; how long each is in the house's way, `10:55a 10`."""

    def __init__(self) -> None:
        self.span = (0, DAY)
        super().__init__((), placeholder="10:55a, 11:50a 10", name="Times of the short breaks")

    def words_of(self, value: tuple[tuple[int, int], ...]) -> str:
        parts = [
            words.time_text(starts) + (f" {ends - starts}" if ends - starts != USUAL_SHORT else "")
            for starts, ends in value or ()
        ]
        return ", ".join(parts)

    def parse(self, text: str) -> tuple[tuple[int, int], ...]:
        found = []
        for part in filter(None, (one.strip() for one in text.split(","))):
            said, _, length = (
                part.rpartition(" ") if part.rpartition(" ")[2].isdigit() and " " in part else (part, "", "")
            )
            minute = parse_time(said, after=minute_of(self.span[0]))
            if minute is None:
                raise Refused("breaks.time", f"“{said}” is no time.")
            starts = wall_in(self.span, minute)
            found.append((starts, starts + int(length or USUAL_SHORT)))
        return tuple(found)


def wall_in(span: tuple[int, int], minute: int) -> int:
    """The wall minute at or after a call's start with this minute of the day."""
    at = span[0] // DAY * DAY + minute
    return at if at >= span[0] else at + DAY


class BreaksEditor(QWidget):
    """The fields. Each change is one undo step."""

    planned = Signal()

    def __init__(self, desk: Desk, label_width: int) -> None:
        super().__init__()
        self.desk = desk
        self._event: EventRow | None = None
        self._rows: Sequence[BreakRow] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.pattern = Combo(_ITEMS, NOT_PLANNED, name="Breaks")
        self.pattern_row = FieldRow(
            "Breaks", self.pattern, on_commit=self._set_pattern, label_width=label_width
        )
        self.times = BreakTimes()
        self.times_row = FieldRow("At", self.times, on_commit=self._set_times, label_width=label_width)
        self.meal = TimeEdit(name="Meal at", optional=True)
        self.meal.setFixedWidth(72)
        self.meal.setPlaceholderText("none")
        self.meal_length = NumberEdit(USUAL_MEAL, name="Minutes of the meal", low=5, high=480, unit="min")
        self.meal_length.setFixedWidth(64)
        both = Spaced(self.meal, Label("for", "secondary"), self.meal_length)
        self.meal_row = FieldRow("Meal at", both, label_width=label_width)
        self.meal.refused.connect(self.meal_row._tell)
        self.meal_length.refused.connect(self.meal_row._tell)
        self.meal.committed.connect(self._set_meal)
        self.meal_length.committed.connect(lambda _minutes: self._set_meal(self.meal.value()))
        for row in (self.pattern_row, self.times_row, self.meal_row):
            column.addWidget(row)

    # --- showing -------------------------------------------------------------------------------------------

    def show_event(self, event: EventRow, rows: Sequence[BreakRow] | None) -> None:
        """Show what is planned in a call; `rows` is None where nobody has said."""
        self._event, self._rows = event, rows
        span = (event.starts_wall, event.ends_wall)
        shorts, meals = self._shorts(), self._meals()
        value: str = NOT_PLANNED
        if rows is not None:
            found = pattern_of(*span, shorts, meals)
            value = f"{found[0]}/{found[1]}" if found else OWN if shorts else NONE
        self.pattern.set_value(value)
        self.times.span = span
        self.times.set_value(tuple(shorts))
        self.times_row.setVisible(value not in (NOT_PLANNED, NONE))
        self.meal.after = minute_of(span[0])
        self.meal.set_value(minute_of(meals[0][0]) if meals else None)
        self.meal_length.set_value(meals[0][1] - meals[0][0] if meals else USUAL_MEAL)
        self.meal_row.setVisible(rows is not None)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.pattern.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shorts(self) -> list[tuple[int, int]]:
        return [(row.starts_wall, row.ends_wall) for row in self._rows or () if row.kind == SHORT]

    def _meals(self) -> list[tuple[int, int]]:
        return [(row.starts_wall, row.ends_wall) for row in self._rows or () if row.kind == MEAL]

    # --- changing ------------------------------------------------------------------------------------------

    def _set_pattern(self, value: str) -> None:
        event = self._event
        if event is None:
            return
        if value == NOT_PLANNED:
            self.desk.do(ForgetBreaks(event.id), ORIGIN, fields=self.pattern_row)
        elif value == OWN:
            self.times_row.show()
            self.meal_row.show()
            self.times.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._plan(self._by_pattern(value, self._meals()), self._meals(), self.pattern_row)

    def _by_pattern(self, value: str, meals: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        event = self._event
        if event is None or "/" not in value:
            return []
        length, work = (int(part) for part in value.split("/"))
        return breaks_after(event.starts_wall, event.ends_wall, work, length, meals)

    def _set_times(self, spans: tuple[tuple[int, int], ...]) -> None:
        self._plan(spans, self._meals(), self.times_row)

    def _set_meal(self, minute: int | None) -> None:
        """Another meal; short breaks by a pattern are laid out anew around it."""
        event = self._event
        if event is None:
            return
        meals: list[tuple[int, int]] = []
        if minute is not None:
            starts = wall_in((event.starts_wall, event.ends_wall), minute)
            meals = [(starts, starts + (self.meal_length.value() or USUAL_MEAL))]
        if meals == self._meals():
            return
        value = str(self.pattern.value())
        shorts = self._by_pattern(value, meals) if "/" in value else self._shorts()
        self._plan(shorts, meals, self.meal_row)

    def _plan(
        self, shorts: Sequence[tuple[int, int]], meals: Sequence[tuple[int, int]], field: FieldRow
    ) -> None:
        if self._event is not None:
            breaks = [(SHORT, *span) for span in shorts] + [(MEAL, *span) for span in meals]
            self.desk.do(PlanBreaks(self._event.id, tuple(breaks)), ORIGIN, fields=field)
