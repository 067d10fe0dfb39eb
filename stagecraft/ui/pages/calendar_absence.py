"""An absence in the inspector: who or which room is not free, when, what everybody may see, and the sealed reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.kinds import AVAILABILITY_KINDS, HARDNESS
from stagecraft.domain.times import DAY, date_of, day_text, minute_of, wall
from stagecraft.queries.calendar import AvailabilityRow, availability_rows
from stagecraft.queries.calendar_units import availability_reason, person_choice_rows, room_rows
from stagecraft.services.availability import (
    AddAvailability,
    EditAvailability,
    RemoveAvailability,
)
from stagecraft.services.people import OpenSealed
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_inspector import LABEL, empty_layout
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.chips import Chip, privacy_chip
from stagecraft.ui.widgets.fields import CheckBox, Combo, DateEdit, LineEdit, TextEdit, TimeEdit
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import FieldRow, Inspector

ORIGIN = "calendar"
REASON_CLASS = "Management"
_LIST_DAYS = 60


class AbsenceInspector(Inspector):
    """A new absence, and below it those already noted of the same person or room."""

    def __init__(
        self,
        desk: Desk,
        starts: int,
        ends: int,
        people: Iterable[int],
        noted: Callable[[int | None, int | None], object],
    ) -> None:
        super().__init__("Unavailable")
        self.desk, self._noted = desk, noted
        self._times = (starts, ends)
        self._chosen: tuple[str, int] | None = None
        self._changing: int | None = None
        self._build_fields(starts, ends)
        for person in list(people)[:1]:
            self.whose.set_value(("person", person))
            self._choose(("person", person))

    def _build_fields(self, starts: int, ends: int) -> None:
        people = self.desk.read(person_choice_rows, self.desk.production or 0, self.desk.date)
        rooms = self.desk.read(room_rows, self.desk.production)
        choices: list[tuple[Any, ...]] = [(("person", person), name) for person, name, _part in people]
        choices += [(("space", room.id), f"Room {room.words}") for room in rooms]
        self.whose = Combo(choices, name="Who or which room")
        self.whose.setPlaceholderText("a person or a room")
        self.whose.setEditable(False)
        self.whose_row = self._field("Who", self.whose, self._choose)
        self.first = DateEdit(date_of(starts), name="First day")
        self.from_time = TimeEdit(minute_of(starts), name="From")
        self.last = DateEdit(date_of(ends), name="Last day")
        self.to_time = TimeEdit(minute_of(ends), name="To")
        self.whole = CheckBox("Whole days", name="Whole days")
        self.whole.committed.connect(self._show_whole)
        self.first_row = self._field("From", _pair(self.first, self.from_time))
        self.last_row = self._field("To", _pair(self.last, self.to_time))
        self.first.committed.connect(self._keep_order)
        self.add(FieldRow("", self.whole, label_width=LABEL))
        self.kind = Combo(list(AVAILABILITY_KINDS.items()), "unavailable", name="Kind")
        self.kind_row = self._field("Kind", self.kind)
        self.hardness = Combo(list(HARDNESS.items()), "hard", name="How hard")
        self._field("Hard", self.hardness)
        self.text = LineEdit("Unavailable", name="What everybody sees")
        self.text_row = self._field("Shown", self.text)
        self.text_row.set_hint("What everybody may see, on screen and on paper.")
        self.reason: TextEdit | None = None
        if self.desk.may_see(REASON_CLASS):
            self.reason = TextEdit(name="Reason, management only", placeholder="Only the management sees this")
            self.reason.setProperty("draftless", True)
            self.add(FieldRow("Reason", self.reason, label_width=LABEL))
        self.note_button = Button("Note the absence", "primary", on_click=self.note)
        self.add(self.note_button)
        self.list_head = self.add_group("Noted already")
        self.listed = QWidget()
        self.list_box = QVBoxLayout(self.listed)
        self.list_box.setContentsMargins(0, 0, 0, 0)
        self.list_box.setSpacing(4)
        self.add(self.listed)
        self._show_list()

    def _field(self, label: str, editor: QWidget, on_commit: Callable[[Any], object] | None = None) -> FieldRow:
        row = FieldRow(label, editor, on_commit=on_commit, label_width=LABEL)
        self.add(row)
        return row

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.whose.setFocus()

    # --- changing ------------------------------------------------------------------------------------------

    def _choose(self, chosen: tuple[str, int]) -> None:
        self._chosen = chosen
        self._begin_new()
        self._show_list()

    def _show_whole(self, whole: bool) -> None:
        self.from_time.setVisible(not whole)
        self.to_time.setVisible(not whole)

    def _keep_order(self, first: date) -> None:
        if self.last.value() < first:
            self.last.set_value(first)

    def span(self) -> tuple[int, int]:
        """Wall minutes of what is typed."""
        if self.whole.value():
            return wall(self.first.value()), wall(self.last.value()) + DAY
        return wall(self.first.value(), self.from_time.value()), wall(self.last.value(), self.to_time.value())

    def note(self) -> None:
        """Write the absence down, or what has changed of the one that was taken from the list."""
        for field in (self.first, self.from_time, self.last, self.to_time, self.text):
            field.commit()
        if self._chosen is None:
            self.whose_row.refuse("Choose who or which room.")
            return
        what, key = self._chosen
        person, space = (key, None) if what == "person" else (None, key)
        command = self._change() if self._changing is not None else self._new(person, space)
        if self.desk.do(command, ORIGIN, fields={"ends": self.last_row, "person": self.whose_row}):
            self._begin_new()
            self._show_list()
            self._noted(person, space)

    def _new(self, person: int | None, space: int | None) -> AddAvailability:
        starts, ends = self.span()
        return AddAvailability(
            starts,
            ends,
            person=person,
            space=space,
            kind=self.kind.value() if person is not None else "blackout",
            hardness=self.hardness.value(),
            text=self.text.value(),
            reason=self.reason.toPlainText() if self.reason is not None else "",
        )

    def _change(self) -> EditAvailability:
        starts, ends = self.span()
        changes: dict[str, Any] = {"starts": starts, "ends": ends, "hardness": self.hardness.value()}
        changes |= {"kind": self.kind.value(), "text": self.text.value()}
        if self.reason is not None and self.reason.toPlainText().strip():
            changes["reason"] = self.reason.toPlainText()
        return EditAvailability(self._changing or 0, changes)

    def _begin_new(self) -> None:
        self._changing = None
        self.note_button.set_text("Note the absence")
        if self.reason is not None:
            self.reason.set_value("")

    def _take_up(self, row: AvailabilityRow) -> None:
        """Bring a noted absence into the fields; its reason stays sealed and is kept unless another is typed."""
        self._changing = row.id
        self.note_button.set_text("Save the change")
        whole = minute_of(row.starts_wall) == 0 and minute_of(row.ends_wall) == 0
        self.whole.set_value(whole)
        self._show_whole(whole)
        self.first.set_value(date_of(row.starts_wall))
        self.last.set_value(date_of(row.ends_wall - 1 if whole else row.ends_wall))
        self.from_time.set_value(minute_of(row.starts_wall))
        self.to_time.set_value(minute_of(row.ends_wall))
        self.kind.set_value(row.kind)
        self.hardness.set_value(row.hardness)
        self.text.set_value(row.text)

    # --- what is noted -------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        empty_layout(self.list_box)
        self.list_head.setVisible(self._chosen is not None)
        if self._chosen is None:
            return
        what, key = self._chosen
        first = wall(self.desk.date) - _LIST_DAYS * DAY
        people, rooms = ([key], []) if what == "person" else ([], [key])
        rows = self.desk.read(availability_rows, first, first + 6 * _LIST_DAYS * DAY, people, rooms)
        self.list_head.set(f"Noted already ({len(rows)})" if rows else "Nothing noted yet")
        for row in rows:
            self.list_box.addWidget(self._line(row))

    def _line(self, row: AvailabilityRow) -> QWidget:
        line = QWidget()
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(2)
        across = QHBoxLayout()
        across.addWidget(ElidedLabel(f"{when_words(row)} {row.text}", "secondary"), 1)
        across.addWidget(
            Button("Change", "link", tip=f"Change {when_words(row)}", on_click=lambda: self._take_up(row))
        )
        across.addWidget(
            IconButton(
                "trash", f"Take back {when_words(row)}", size=24, on_click=lambda: self._take_back(row.id)
            )
        )
        box.addLayout(across)
        if self.desk.may_see(REASON_CLASS):
            reason = ReasonLine(self.desk, row.id, row.person_id)
            box.addWidget(reason)
        return line

    def _take_back(self, availability: int) -> None:
        if self.desk.do(RemoveAvailability(availability), ORIGIN):
            self._show_list()


class ReasonLine(QWidget):
    """The reason of an absence: sealed with its class in words until it is opened, which the history records."""

    def __init__(self, desk: Desk, availability: int, person: int | None) -> None:
        super().__init__()
        self._desk, self._availability, self._person = desk, availability, person
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.chip = Chip(privacy_chip(REASON_CLASS))
        self.words = Label("", "secondary", wrap=True)
        self.button = Button("Open reason", small=True, icon="eye", on_click=self.open)
        row.addWidget(self.chip)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)

    def open(self) -> None:
        """Record the opening and show it."""
        if self._person is not None and not self._desk.do(
            OpenSealed(self._person, "private"), ORIGIN, quiet=True
        ):
            return
        self.words.setText(self._desk.read(availability_reason, self._availability) or "No reason given.")
        self.button.hide()


def when_words(row: AvailabilityRow) -> str:
    """`Tue 19 Jan 11:00a–12:30p`, `Tue 26 Jan to Sun 31 Jan`."""
    if row.ends_wall - row.starts_wall >= DAY:
        last = date_of(row.ends_wall - 1)
        first = day_text(date_of(row.starts_wall))
        return first if last == date_of(row.starts_wall) else f"{first} to {day_text(last)}"
    return f"{day_text(date_of(row.starts_wall))} {words.span_text(row.starts_wall, row.ends_wall)}"


def _pair(day: DateEdit, time: TimeEdit) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    day.setTextMargins(0, 0, 12, 0)
    time.setFixedWidth(58)
    row.addWidget(day, 1)
    row.addWidget(time)
    return both
