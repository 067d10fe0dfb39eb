"""A person's private and sealed details: closed until opened, and each opening is written to the history."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.times import date_of, date_text, from_instant, time_text
from stagecraft.queries.people import opened_last, private_row, sealed_text
from stagecraft.services.people import EditPrivate, EditSealed, OpenSealed
from stagecraft.ui.desk import Desk
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import Chip, privacy_chip
from stagecraft.ui.widgets.fields import DateEdit, LineEdit, TextEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow


class SealedSection(QWidget):
    """A closed drawer: says what is in it and for whom it opens; `what` is private | medical."""

    def __init__(self, desk: Desk, what: str, privacy: str, words: str) -> None:
        super().__init__()
        self.desk, self.what, self.privacy = desk, what, privacy
        self.person = 0
        self.open_now = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        self.words = Label(words, "secondary", wrap=True)
        outer.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Chip(privacy_chip(privacy)))
        row.addStretch(1)
        self.button = Button(
            "Open", small=True, icon="eye", tip="Opening is written to the history", on_click=self.open
        )
        row.addWidget(self.button)
        outer.addLayout(row)
        self.last = Label("", "caption", wrap=True)
        outer.addWidget(self.last)
        self.inside = QWidget()
        self.fields = QVBoxLayout(self.inside)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setSpacing(6)
        outer.addWidget(self.inside)
        self.inside.hide()

    def field(self, label: str, editor: QWidget, command: Any) -> FieldRow:
        """A field inside the drawer; what is typed in it lies nowhere outside the company file."""
        editor.setProperty("draftless", True)
        row = FieldRow(label, editor, label_width=84)
        row.editor.committed.connect(lambda value: self.desk.do(command(value), "company", fields=row))
        self.fields.addWidget(row)
        return row

    def show_person(self, person: int) -> None:
        """Show someone: closed when it is somebody else than before or the role no longer opens it."""
        allowed = self.desk.may_see(self.privacy)
        if person != self.person or not allowed:
            self.person = person
            self.seal()
        self.button.setVisible(allowed and not self.open_now)
        self.last.setText(self._last_words(allowed))
        if self.open_now:
            self.fill()

    def _last_words(self, allowed: bool) -> str:
        if not allowed:
            return "Sealed. Your role does not open it."
        at = self.desk.read(opened_last, self.person).get(self.what)
        if at is None:
            return "Sealed." if not self.open_now else ""
        here = from_instant(at, self.desk.house.zone)
        return f"Last opened {date_text(date_of(here))}, {time_text(here)}."

    def open(self) -> None:
        """Open it, and say so in the history."""
        if self.desk.do(OpenSealed(self.person, self.what), "company", quiet=True) is None:
            return
        self.open_now = True
        self.fill()
        self.inside.show()
        self.button.hide()

    def seal(self) -> None:
        """Close it and forget what was shown."""
        self.open_now = False
        self.inside.hide()
        self.clear()

    def fill(self) -> None:
        """Show what is inside."""

    def clear(self) -> None:
        """Forget it."""


class PrivateSection(SealedSection):
    """Class Management: where someone lives and whom to ring."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "private", "Management", "Legal name, address, birthday, emergency contacts")
        rows = (
            ("legal_name", "Legal name", LineEdit()),
            ("address", "Address", TextEdit(lines=2)),
            ("birthday", "Birthday", DateEdit(optional=True)),
            ("emergency_1", "Emergency 1", LineEdit(placeholder="name, relation, telephone")),
            ("emergency_2", "Emergency 2", LineEdit(placeholder="name, relation, telephone")),
            ("union_last4", "Union no.", LineEdit(placeholder="last four only")),
        )
        self.rows = {
            name: self.field(label, editor, lambda value, name=name: EditPrivate(self.person, {name: value}))
            for name, label, editor in rows
        }

    def fill(self) -> None:
        row = self.desk.read(private_row, self.person)
        for name, field in self.rows.items():
            field.set_value(getattr(row, name))

    def clear(self) -> None:
        for name, field in self.rows.items():
            field.editor.put_back()
            field.set_value(None if name == "birthday" else "")


class MedicalSection(SealedSection):
    """Class Restricted: what someone chose to disclose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "medical", "Restricted", "Allergies and what they chose to disclose")
        self.row = self.field("Disclosed", TextEdit(lines=3), lambda value: EditSealed(self.person, value))

    def fill(self) -> None:
        self.row.set_value(self.desk.read(sealed_text, self.person))

    def clear(self) -> None:
        self.row.editor.put_back()
        self.row.set_value("")
