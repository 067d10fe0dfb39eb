"""What is chosen on the company page: one person with every field in place, or several people at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.base.errors import Refused
from stagecraft.domain.names import sort_name
from stagecraft.domain.times import DAY_CUT, day_text, wall, work_day
from stagecraft.queries.people import (
    PersonRow,
    TiesRow,
    agent_rows,
    person_call_rows,
    photo_bytes,
    readiness_rows,
    ties_row,
)
from stagecraft.services.command import Command
from stagecraft.services.people import EditAgent, EditPerson, RemovePeople, RemovePerson, SetAgent, SetPhoto
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.company_assignments import Assignments
from stagecraft.ui.pages.company_flags import PersonFlags
from stagecraft.ui.pages.company_private import MedicalSection, PrivateSection
from stagecraft.ui.pages.company_table import PersonLine
from stagecraft.ui.widgets.avatar import Avatar, encode_photo, read_file, read_picture
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import CheckBox, LineEdit, TextEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow, FindingCard, Inspector, Spaced
from stagecraft.ui.widgets.photo_crop import PhotoCrop
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList
from stagecraft.ui.words import count_text, span_text

PICTURES = "Pictures (*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff)"


def ties_words(ties: TiesRow) -> str:
    """What goes with a person, in words: `12 calls, 2 contracts, 3 assignments`."""
    parts = [
        count_text(count, one)
        for count, one in (
            (ties.calls, "call"),
            (ties.contracts, "contract"),
            (ties.assignments, "assignment"),
            (ties.attendance, "attendance mark"),
        )
        if count
    ]
    text = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    text = f"Goes with them: {text}." if text else "Nothing else goes with them."
    if ties.reports:
        stay = "stays" if ties.reports == 1 else "stay"
        text += f" {count_text(ties.reports, 'report')} they wrote {stay}, unsigned."
    return f"{text} One undo brings everything back."


class _RemovingPanel(Inspector):
    """People with a button below that says what goes with them before it removes them."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self.desk = desk
        self.remove = Button("Remove…", "danger", small=True, icon="trash", on_click=self.ask_remove)
        self._ask: QWidget | None = None
        self._outer = self.layout()  # the question stands below what scrolls, always in sight

    def doomed(self) -> tuple[tuple[int, ...], str]:
        """Who would be removed, and what they are called together."""
        raise NotImplementedError

    def ask_remove(self) -> None:
        """Say what goes with them, and wait for a yes."""
        self.end_ask()
        people, called = self.doomed()
        if not people:
            return
        words = ties_words(self.desk.read(ties_row, people))
        buttons = [(f"Remove {called}", lambda: self._remove(people)), ("Keep", self.end_ask)]
        self._ask = FindingCard("amber", f"Remove {called}?", words, buttons)
        self._outer.addWidget(self._ask)
        self.remove.hide()
        self._ask.findChildren(Button)[1].setFocus()

    def _remove(self, people: tuple[int, ...]) -> None:
        self.end_ask()
        self.desk.do(RemovePerson(*people) if len(people) == 1 else RemovePeople(people), "company")

    def end_ask(self) -> None:
        """Nobody is asked any more."""
        if self._ask is not None:
            self._outer.removeWidget(self._ask)
            self._ask.hide()
            self._ask.deleteLater()
            self._ask = None
        self.remove.show()


class PersonPanel(_RemovingPanel):
    """One person: photo, name, contact, agent, what they do, this week's calls, private details, removal."""

    event_wanted = Signal(int)
    contracts_wanted = Signal(int)
    without_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Person")
        self._row: PersonRow | None = None
        self._crop: PhotoCrop | None = None
        self._build_head()
        self._build_contact()
        self._build_agent()
        self.add_group("In productions")
        self.assignments = Assignments(desk)
        self.add(self.assignments)
        self.flags = PersonFlags(desk)
        self.add(self.flags, flush=True)
        self._build_calls()
        self.add_group("Private")
        self.private = PrivateSection(desk)
        self.add(self.private)
        self.medical = MedicalSection(desk)
        self.add(self.medical)
        self.add(Spaced(self.remove))

    # --- building ---

    def _build_head(self) -> None:
        self.face = Avatar(64)
        self.face.chosen.connect(self.choose_photo)
        self.face.offered.connect(self.offer_photo)
        self.face.removed.connect(lambda: self._set_photo(None, ""))
        self.photo_button = Button("Choose a photo", "link", on_click=self.choose_photo)
        self.photo_off = Button("Remove it", "link", on_click=lambda: self._set_photo(None, ""))
        self.photo_words = Label("", "secondary", tone="red", wrap=True)
        self.photo_words.hide()
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.face)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(Spaced(self.photo_button))
        column.addWidget(Spaced(self.photo_off))
        self.roles = Label("", "secondary", wrap=True)
        column.addWidget(self.roles)
        column.addWidget(self.photo_words)
        column.addStretch(1)
        row.addLayout(column, 1)
        self.add(beside)
        self.crop_place = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self.crop_place)
        self.crop_place.setContentsMargins(0, 0, 0, 0)
        self.add(holder)

    def _field(self, label: str, name: str, editor: QWidget) -> FieldRow:
        row = self.add_field(label, editor)
        row.editor.committed.connect(lambda value: self._edit(row, **{name: value}))
        return row

    def _edit(self, row: FieldRow | None, **changes: Any) -> None:
        if self._row is not None:
            self.desk.do(EditPerson(self._row.id, changes), "company", fields=row)

    def _build_contact(self) -> None:
        self.name = self._field("Name", "name", LineEdit())
        self.sort = self._field("Filed as", "sort_name", LineEdit())
        self.phone = self._field("Telephone", "phone", LineEdit())
        self.email = self._field("E-mail", "email", LineEdit())
        self.via = Label("Telephone and e-mail: via stage management", "secondary", wrap=True)
        self.add(self.via)
        self.share = CheckBox("Print telephone and e-mail")
        self.share.committed.connect(lambda on: self._edit(None, share_contact=on))
        self.add(self.share)
        self.pronouns = self._field("Pronouns", "pronouns", LineEdit())
        self.show_pronouns = CheckBox("Print pronouns")
        self.show_pronouns.committed.connect(lambda on: self._edit(None, show_pronouns=on))
        self.add(self.show_pronouns)
        self.organisation = self._field("Office", "organisation", LineEdit(placeholder="firm or office"))
        self.note = self._field("Note", "note", TextEdit())

    def _build_agent(self) -> None:
        self.agent_head = self.add_group("Agent")
        self.agent = self.add_field("Name", LineEdit(placeholder="no agent"))
        self.agency = self.add_field("Agency", LineEdit())
        self.agent_phone = self.add_field("Telephone", LineEdit())
        self.agent_email = self.add_field("E-mail", LineEdit())
        self.agent.editor.committed.connect(self._set_agent)
        for row, name in ((self.agency, "agency"), (self.agent_phone, "phone"), (self.agent_email, "email")):
            row.editor.committed.connect(lambda value, row=row, name=name: self._edit_agent(row, name, value))

    def _set_agent(self, name: str) -> None:
        """An agent on file under that name is taken; else one nobody shares is renamed, or a new one is added."""
        if self._row is None:
            return
        agents = self.desk.read(agent_rows)
        known = next((agent for agent in agents if agent.name.casefold() == name.casefold()), None)
        alone = any(agent.id == self._row.agent_id and agent.clients == 1 for agent in agents)
        command: Command = SetAgent(self._row.id, known.name if known else name, known.agency if known else "")
        if name and known is None and alone and self._row.agent_id is not None:
            command = EditAgent(self._row.agent_id, {"name": name})
        self.desk.do(command, "company", fields=self.agent)

    def _edit_agent(self, row: FieldRow, name: str, value: str) -> None:
        if self._row is not None and self._row.agent_id is not None:
            self.desk.do(EditAgent(self._row.agent_id, {name: value}), "company", fields=row)

    def _build_calls(self) -> None:
        self.calls_head = self.add_group("Calls, next seven days")
        self.calls = TwoLineList(name="Calls of the next seven days", height=44)
        self.calls.opened.connect(lambda item: self.event_wanted.emit(item.value))
        self.add(self.calls, flush=True)
        self.no_calls = Label("", "secondary", wrap=True)
        self.add(self.no_calls)
        self.contracts = Button(
            "Contracts", small=True, icon="contracts", on_click=lambda: self._tell(self.contracts_wanted.emit)
        )
        self.without = Button(
            "Rehearse without…",
            small=True,
            icon="script",
            on_click=lambda: self._tell(self.without_wanted.emit),
        )
        self.add(Spaced(self.contracts, self.without))

    def _tell(self, emit: Callable[[int], Any]) -> None:
        if self._row is not None:
            emit(self._row.id)

    # --- showing ---

    def show_person(self, row: PersonRow, roles: str) -> None:
        """Show someone; what is being typed stays while it is the same person."""
        if self._row is None or row.id != self._row.id:
            self._forget()
        self._row = row
        self.set_head(row.name)
        photo = (row.photo, self.desk.read(photo_bytes, row.photo)) if row.photo else None
        self.face.show_person(row.name, photo)
        self.photo_button.set_text("Another photo" if row.photo else "Choose a photo")
        self.photo_off.setVisible(bool(row.photo))
        self.roles.setText(roles)
        self.roles.setVisible(bool(roles))
        for field, value in (
            (self.name, row.name),
            (self.sort, row.sort_name),
            (self.pronouns, row.pronouns),
            (self.organisation, row.organisation),
            (self.note, row.note),
        ):
            field.set_value(value)
        self.sort.set_hint(
            "" if row.sort_name == sort_name(row.name) else "Not as the name suggests; empty it to reset."
        )
        self._show_contact(row)
        self.show_pronouns.set_value(row.show_pronouns)
        self._show_agent(row)
        self.assignments.show_person(row, self.desk.read(readiness_rows, (), (row.id,)))
        self.flags.show_person(row.id)
        self._show_calls(row)
        self.private.show_person(row.id)
        self.medical.show_person(row.id)

    def _show_contact(self, row: PersonRow) -> None:
        """Telephone and e-mail are for everybody where they may be printed, else for the management alone."""
        management = self.desk.may_see("Management")
        shown = management or row.share_contact
        for field, value in ((self.phone, row.phone), (self.email, row.email)):
            field.set_value(value if shown else "")
            field.setVisible(shown)
        self.via.setVisible(not shown)
        self.share.set_value(row.share_contact)
        self.share.setVisible(management)

    def _show_agent(self, row: PersonRow) -> None:
        """Who represents somebody is the management's business."""
        management = self.desk.may_see("Management")
        clients = next((a.clients for a in self.desk.read(agent_rows) if a.id == row.agent_id), 0)
        self.agent_head.set("Agent", f"also of {count_text(clients - 1, 'other')}" if clients > 1 else "")
        self.agent_head.setVisible(management)
        for field, value, shown in (
            (self.agent, row.agent, True),
            (self.agency, row.agency, row.agent_id is not None),
            (self.agent_phone, row.agent_phone, row.agent_id is not None),
            (self.agent_email, row.agent_email, row.agent_id is not None),
        ):
            field.set_value(value if management else "")
            field.setVisible(management and shown)

    def _show_calls(self, row: PersonRow) -> None:
        start = wall(self.desk.date, DAY_CUT)
        calls = self.desk.read(person_call_rows, row.id, start, start + 7 * 24 * 60)
        self.calls_head.set(f"Calls from {day_text(self.desk.date)}", "seven days")
        self.calls.set_items(
            [
                ListItem(
                    (call.event_id, call.starts_wall),
                    call.title,
                    second=f"{day_text(work_day(call.starts_wall))}, {span_text(call.starts_wall, call.ends_wall)}",
                    right=call.production_code,
                    right2=call.space,
                    value=call.event_id,
                )
                for call in calls
            ]
        )
        self.calls.setFixedHeight(44 * min(5, len(calls)))
        self.calls.setVisible(bool(calls))
        self.no_calls.setVisible(not calls)
        self.no_calls.setText("None.")

    def _forget(self) -> None:
        """Nothing of the last person stays: no half-typed refusal, no open drawer, no question."""
        self.put_back()
        self._end_crop()
        self._say_photo("")
        self.end_ask()

    # --- photo ---

    def choose_photo(self) -> None:
        """Ask for a picture file."""
        path, _ = QFileDialog.getOpenFileName(self, "Choose a photo", "", PICTURES)
        if path:
            self.offer_photo(lambda: read_file(path))

    def offer_photo(self, give: Callable[[], bytes | None]) -> None:
        """Take a picture that was chosen, dropped or pasted: a square one at once, others through cropping."""
        try:
            data = give()
            if data is None:
                self._say_photo("There is no picture to take.")
                return
            image = read_picture(data)
        except Refused as refused:
            self._say_photo(refused.message)
            return
        self._say_photo("")
        if image.width() == image.height():
            self._set_photo(*encode_photo(image))
        else:
            self._start_crop(image)

    def _start_crop(self, image: QImage) -> None:
        self._end_crop()
        self._crop = PhotoCrop(image)
        self._crop.taken.connect(self._set_photo)
        self._crop.dropped.connect(self._end_crop)
        self.crop_place.addWidget(self._crop)
        self._crop.area.setFocus()

    def _end_crop(self) -> None:
        if self._crop is not None:
            self.crop_place.removeWidget(self._crop)
            self._crop.hide()
            self._crop.deleteLater()
            self._crop = None
            self.face.setFocus()

    def _set_photo(self, data: bytes | None, media_type: str) -> None:
        self._end_crop()
        if self._row is not None:
            self.desk.do(SetPhoto(self._row.id, data, media_type), "company")

    def _say_photo(self, words: str) -> None:
        self.photo_words.setText(words)
        self.photo_words.setVisible(bool(words))

    def doomed(self) -> tuple[tuple[int, ...], str]:
        return ((self._row.id,), self._row.name) if self._row is not None else ((), "")


class PeoplePanel(_RemovingPanel):
    """Several people: copy them, copy their addresses, remove them."""

    copy_wanted = Signal()
    addresses_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "People")
        self._lines: list[PersonLine] = []
        self.names = Label("", "body", wrap=True)
        self.add(self.names)
        self.add(Spaced(Button("Copy as a table", small=True, icon="copy", on_click=self.copy_wanted.emit)))
        self.add(
            Spaced(
                Button("Copy e-mail addresses", small=True, icon="mail", on_click=self.addresses_wanted.emit)
            )
        )
        self.add(Spaced(self.remove))

    def show_people(self, lines: Sequence[PersonLine]) -> None:
        """Show who is chosen."""
        self.end_ask()
        self._lines = list(lines)
        self.set_head(count_text(len(lines), "person", "people"))
        self.names.setText(
            ", ".join(line.person.name for line in lines[:40]) + (" and others" if len(lines) > 40 else "")
        )

    def doomed(self) -> tuple[tuple[int, ...], str]:
        return tuple(line.id for line in self._lines), count_text(len(self._lines), "person", "people")
