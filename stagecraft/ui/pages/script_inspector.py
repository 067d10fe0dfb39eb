"""What is chosen on the script page, every field in place: a scene, a character's track, a number, a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.domain.breakdown import MARKS
from stagecraft.domain.kinds import NUMBER_STATES, TRACK_KINDS
from stagecraft.domain.times import day_text
from stagecraft.queries.people import person_rows
from stagecraft.queries.script import (
    ActRow,
    DraftRow,
    NumberRow,
    RoleRow,
    SceneRow,
    ScriptRows,
    TrackRow,
    role_rows,
)
from stagecraft.services.command import Command
from stagecraft.services.people import Assign, EditAssignment, Unassign
from stagecraft.services.script import (
    AddFrenchScene,
    AddNumber,
    AddRole,
    CutScene,
    EditAct,
    EditDraft,
    EditFrenchScene,
    EditNumber,
    EditRole,
    EditScene,
    EditTrack,
    RemoveAct,
    RemoveDraft,
    RemoveFrenchScene,
    RemoveNumber,
    RemoveRole,
    RemoveScene,
    RemoveTrack,
)
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.script_contents import whole_scene_marks, worked_words
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.fields import CheckBox, Combo, DateEdit, LineEdit, NumberEdit, TextEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow, Inspector, Spaced
from stagecraft.ui.words import count_text

PAPERS = ("white", "blue", "pink", "yellow", "green", "goldenrod", "buff", "salmon", "cherry")
"""Colours of issued pages in the order they are usually used."""
STATES = tuple((state, state) for state in NUMBER_STATES)
KINDS = tuple((kind, kind) for kind in TRACK_KINDS)


def paper_items(current: str = "") -> list[tuple[str, str]]:
    """Paper colours to choose from, with one's own when it is none of the usual."""
    items = [(colour, colour) for colour in PAPERS]
    return items if not current or current in PAPERS else [*items, (current, current)]


class ScriptPanel(Inspector):
    """A row of the script, every field in place: one step each, refusals beside the field.

    `among` names the rows of `ScriptRows` it shows one of; `shown` is that row's id.
    """

    among: ClassVar[str]

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self.desk = desk
        self.shown = 0

    def show_row(self, rows: ScriptRows, row: Any) -> None:
        """Show a row; what is being typed into its fields stays while it is the same."""
        if row.id != self.shown:
            self.put_back()
        self.shown = row.id
        self.fill(rows, row)

    def fill(self, rows: ScriptRows, row: Any) -> None:
        """Put the row's values into the fields."""

    def field(self, label: str, editor: QWidget, command: Callable[[Any], Command]) -> FieldRow:
        """A field whose new value makes a command."""
        row = self.add_field(label, editor)
        row.editor.committed.connect(lambda value: self.desk.do(command(value), "script", fields=row))
        return row

    def add_remove(self, words: str, command: Callable[[int], Command]) -> None:
        """The button that removes the row; the page closes the panel when it is gone."""
        button = Button(
            words,
            "danger",
            small=True,
            icon="trash",
            on_click=lambda: self.desk.do(command(self.shown), "script"),
        )
        self.add(Spaced(button))


class Slot(QWidget):
    """Room for a changing number of rows, kept by key: a row being typed into survives a reload."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[tuple[str, int], QWidget] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)

    def show_rows(self, wanted: Sequence[tuple[tuple[str, int], Callable[[], QWidget]]]) -> list[Any]:
        """Show exactly these rows in this order, making those that are new; returns their widgets."""
        keys = [key for key, _ in wanted]
        for key in [key for key in self._rows if key not in keys]:
            gone = self._rows.pop(key)
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for index, (key, make) in enumerate(wanted):
            if key not in self._rows:
                self._rows[key] = make()
            if self._box.indexOf(self._rows[key]) != index:
                self._box.insertWidget(index, self._rows[key])
        return [self._rows[key] for key in keys]


class ScenePanel(ScriptPanel):
    """A scene: number, place, pages, minutes, its numbers and French scenes, who is in it, when last worked."""

    among = "scenes"
    call_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Scene")
        self._production = 0

        def edit(**changes: Any) -> EditScene:
            return EditScene(self.shown, changes)

        self.number = self.field("Scene", LineEdit(), lambda v: edit(number=v))
        self.place = self.field("Place", LineEdit(), lambda v: edit(title=v))
        self.page_to = LineEdit(placeholder="to", name="Last page")
        self.page_to.committed.connect(lambda v: desk.do(edit(page_to=v), "script", fields=self.page_to))
        self.page_from = FieldRow(
            "Pages", LineEdit(placeholder="from"), after=(Label("–", "label"), self.page_to)
        )
        self.page_from.editor.committed.connect(
            lambda v: desk.do(edit(page_from=v), "script", fields=self.page_from)
        )
        self.add(self.page_from)
        self.minutes = self.field("Minutes", NumberEdit(unit="min", high=600), lambda v: edit(minutes=v))
        self.cut = CheckBox("Cut (kept with its history)")
        self.cut.committed.connect(lambda on: self.desk.do(CutScene(self.shown, on), "script"))
        self.add(self.cut)
        self.note = self.field("Note", TextEdit(), lambda v: edit(note=v))
        self.add_group("Numbers")
        self._numbers = Slot()
        self.add(self._numbers)
        self.inside_head = self.add_group("In it")
        self.inside = Label("", "body", wrap=True)
        self.add(self.inside)
        self.worked = Label("", "secondary", wrap=True)
        self.add(self.worked)
        self.add_group("French scenes")
        self._french = Slot()
        self.add(self._french)
        self.call = Button("", "normal", icon="calendar", on_click=lambda: self.call_wanted.emit((self.shown,)))
        self.add(self.call)
        self.add_remove("Remove scene", RemoveScene)

    def fill(self, rows: ScriptRows, row: SceneRow) -> None:
        self._production = row.production_id
        self.set_head(f"{row.number} {row.name}".strip())
        self.number.set_value(row.number)
        self.place.set_value(row.title)
        self.page_from.set_value(row.page_from)
        self.page_to.set_value(row.page_to)
        self.minutes.set_value(row.minutes)
        self.note.set_value(row.note)
        self.cut.set_value(row.cut)
        self._show_inside(rows, row)
        self._show_numbers(row)
        self._show_french(row)
        self.call.set_text(f"Call this scene on {day_text(self.desk.date)}")

    def _show_inside(self, rows: ScriptRows, scene: SceneRow) -> None:
        marks = whole_scene_marks(rows.marks)
        here = [(t, marks[scene.id, t.id]) for t in rows.tracks if (scene.id, t.id) in marks]
        self.inside_head.set("In it", count_text(len(here), "person", "people") if here else "")
        words = []
        for track, mark in here:
            name = f"{track.name} ({track.person_short})" if track.person_short else track.name
            words.append(name if mark == "on" else f"{name} {MARKS.get(mark, mark)}")
        self.inside.setText(", ".join(words) or "Nobody yet. Click the cells of its line.")
        self.worked.setText(f"Last worked: {worked_words(rows, scene.id)}")

    def _show_numbers(self, scene: SceneRow) -> None:
        known: list[Any] = [(("number", n.id), partial(_NumberLine, self.desk, n.id)) for n in scene.numbers]
        lines = self._numbers.show_rows([*known, (("new", 0), self._new_number)])
        for line, number in zip(lines, scene.numbers, strict=False):
            line.fill(number)

    def _new_number(self) -> QWidget:
        line = _NewLine("a number: its title")

        def add(title: str) -> None:
            if title and self.desk.do(AddNumber(self._production, title, self.shown), "script", fields=line):
                line.clear_line()

        line.typed.connect(add)
        return line

    def _show_french(self, scene: SceneRow) -> None:
        known: list[Any] = [(("french", f.id), partial(_FrenchLine, self.desk, f.id)) for f in scene.french]
        lines = self._french.show_rows([*known, (("add", 0), self._add_french)])
        for line, french in zip(lines, scene.french, strict=False):
            line.fill(french.letter, french.title)

    def _add_french(self) -> QWidget:
        return Spaced(
            Button(
                "French scene",
                small=True,
                icon="plus",
                on_click=lambda: self.desk.do(AddFrenchScene(self.shown), "script"),
            )
        )


class _NewLine(FieldRow):
    """A line that makes a new row when Enter is pressed or it is left."""

    typed = Signal(object)

    def __init__(self, placeholder: str) -> None:
        self.line = LineEdit(placeholder=placeholder, name=f"Add {placeholder}")
        super().__init__("", self.line, label_width=0)
        self.line.committed.connect(self.typed)

    def clear_line(self) -> None:
        self.line.set_value("")


class _NumberLine(FieldRow):
    """A number of a scene: title and status in one line."""

    def __init__(self, desk: Desk, number: int) -> None:
        self.title = LineEdit(name="Title of the number")
        self.status = Combo(STATES, name="Status of the number")
        self.status.setFixedWidth(92)
        super().__init__("", self.title, label_width=0, after=(self.status,))
        self.title.committed.connect(lambda v: desk.do(EditNumber(number, {"title": v}), "script", fields=self))
        self.status.committed.connect(lambda v: desk.do(EditNumber(number, {"status": v}), "script"))

    def fill(self, number: NumberRow) -> None:
        self.title.set_value(number.title)
        self.status.set_value(number.status)


class _FrenchLine(FieldRow):
    """A French scene: letter, what happens, and a cross to remove it."""

    def __init__(self, desk: Desk, french: int) -> None:
        self.letter = LineEdit(name="Letter")
        self.letter.setFixedWidth(36)
        self.words = LineEdit(placeholder="who enters or leaves", name="What happens")
        cross = IconButton(
            "close",
            "Remove this French scene",
            size=24,
            on_click=lambda: desk.do(RemoveFrenchScene(french), "script"),
        )
        super().__init__("", Spaced(self.letter, self.words, stretch=False), label_width=0, after=(cross,))
        self.letter.committed.connect(lambda v: self._edit(desk, french, letter=v))
        self.words.committed.connect(lambda v: self._edit(desk, french, title=v))

    def _edit(self, desk: Desk, french: int, **changes: Any) -> None:
        desk.do(EditFrenchScene(french, changes), "script", fields=self.letter)

    def fill(self, letter: str, title: str) -> None:
        self.letter.set_value(letter)
        self.words.set_value(title)


class TrackPanel(ScriptPanel):
    """A column: the track's code and kind, its characters, whose it is, how much it is in."""

    among = "tracks"
    without_wanted = Signal(int)
    person_wanted = Signal(int)
    move_wanted = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Character")
        self._track: TrackRow | None = None
        self._lines: list[Any] = []
        self.code = self.field("Track", LineEdit(), lambda v: EditTrack(self.shown, {"code": v}))
        self.kind = self.field("Kind", Combo(KINDS), lambda v: EditTrack(self.shown, {"kind": v}))
        self.add_group("Characters")
        self._roles = Slot()
        self.add(self._roles)
        self.add_group("Whose it is")
        self.person = Combo(name="Whose track it is")
        self.person_row = self.add_field("Person", self.person, self._cast)
        self.open = Button("Open their page", "link", on_click=self._open_person)
        self.add(Spaced(self.open))
        self.sums = Label("", "secondary", wrap=True)
        self.add(self.sums)
        self.without = Button(
            "", "normal", icon="person", on_click=lambda: self.without_wanted.emit(self.shown)
        )
        self.add(self.without)
        self.add(
            Spaced(
                Button("Left", small=True, icon="left", on_click=lambda: self.move_wanted.emit(self.shown, -1)),
                Button(
                    "Right", small=True, icon="right", on_click=lambda: self.move_wanted.emit(self.shown, 1)
                ),
            )
        )
        self.add_remove("Remove track", RemoveTrack)

    def _new_role(self) -> QWidget:
        line = _NewLine("another character")

        def add(name: str) -> None:
            if name and self._track is not None:
                command = AddRole(self._track.production_id, name, track=self.shown)
                if self.desk.do(command, "script", fields=line):
                    line.clear_line()

        line.typed.connect(add)
        return line

    def _open_person(self) -> None:
        if self._track and self._track.person_id is not None:
            self.person_wanted.emit(self._track.person_id)

    def _cast(self, person: int | None) -> None:
        track = self._track
        if track is None:
            return
        if person is None:
            if track.assignment_id is not None:
                self.desk.do(Unassign(track.assignment_id), "script", fields=self.person_row)
        elif track.assignment_id is None:
            self.desk.do(Assign(person, track.production_id, track=track.id), "script", fields=self.person_row)
        else:
            self.desk.do(
                EditAssignment(track.assignment_id, {"person_id": person}), "script", fields=self.person_row
            )

    def name_first(self) -> None:
        """Put the cursor into the first character's name, all of it chosen."""
        self._lines[0].name.setFocus()
        self._lines[0].name.selectAll()

    def fill(self, rows: ScriptRows, row: TrackRow) -> None:
        self._track = row
        self.set_head(row.name)
        self.code.set_value(row.code)
        self.kind.set_value(row.kind)
        mine = [role for role in self.desk.read(role_rows, (row.production_id,)) if role.track_id == row.id]
        known: list[Any] = [(("role", r.id), partial(_RoleLine, self.desk, r.id)) for r in mine]
        self._lines = self._roles.show_rows([*known, (("new", 0), self._new_role)])
        for line, role in zip(self._lines, mine, strict=False):
            line.fill(role)
        people = self.desk.read(person_rows)
        self.person.set_items([(None, "not cast"), *((person.id, person.name) for person in people)])
        self.person_row.set_value(row.person_id)
        self.open.setVisible(row.person_id is not None)
        mine_in = [unit for unit in rows.units if row.id in unit.people and not unit.cut]
        minutes = sum(unit.minutes or 0 for unit in mine_in)
        self.sums.setText(f"In {count_text(len(mine_in), 'scene')}, {minutes} min.")
        self.without.set_text(f"Without {row.person_short or row.name}…")


class _RoleLine(FieldRow):
    """A character: name, and the short name that calls print."""

    def __init__(self, desk: Desk, role: int) -> None:
        self.name = LineEdit(name="Name of the character")
        self.short = LineEdit(placeholder="on calls", name="Short name, as calls print it")
        self.short.setFixedWidth(96)
        self.short.setToolTip("Short name for calls; the whole name where there is none")
        cross = IconButton(
            "close", "Remove this character", size=24, on_click=lambda: desk.do(RemoveRole(role), "script")
        )
        super().__init__("", self.name, label_width=0, after=(self.short, cross))
        self.name.committed.connect(lambda v: desk.do(EditRole(role, {"name": v}), "script", fields=self))
        self.short.committed.connect(
            lambda v: desk.do(EditRole(role, {"short_name": v}), "script", fields=self)
        )

    def fill(self, role: RoleRow) -> None:
        self.name.set_value(role.name)
        self.short.set_value(role.short_name)


class ActPanel(ScriptPanel):
    """An act: its name and measured minutes."""

    among = "acts"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Act")
        self.name = self.field("Name", LineEdit(), lambda v: EditAct(self.shown, {"name": v}))
        self.minutes = self.field(
            "Measured", NumberEdit(unit="min", high=600), lambda v: EditAct(self.shown, {"minutes": v})
        )
        self.add_remove("Remove act", RemoveAct)

    def fill(self, rows: ScriptRows, row: ActRow) -> None:
        self.set_head(row.name)
        self.name.set_value(row.name)
        self.minutes.set_value(row.minutes)


class NumberPanel(ScriptPanel):
    """A song or dance: title, scene, status, minutes, and when it was cut."""

    among = "numbers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Number")

        def edit(**changes: Any) -> EditNumber:
            return EditNumber(self.shown, changes)

        self.name = self.field("Title", LineEdit(), lambda v: edit(title=v))
        self.scene = Combo(name="Scene")
        self.scene_row = self.field("Scene", self.scene, lambda v: edit(scene_id=v))
        self.status = self.field("Status", Combo(STATES), lambda v: edit(status=v))
        self.minutes = self.field("Minutes", NumberEdit(unit="min", high=600), lambda v: edit(minutes=v))
        self.cut_on = self.field("Cut on", DateEdit(optional=True), lambda v: edit(cut_on=v))
        self.add_remove("Remove number", RemoveNumber)

    def fill(self, rows: ScriptRows, row: NumberRow) -> None:
        self.set_head(row.title)
        self.name.set_value(row.title)
        self.scene.set_items(
            [(None, "in no scene yet"), *((s.id, f"{s.number} {s.title}".strip()) for s in rows.scenes)]
        )
        self.scene_row.set_value(row.scene_id)
        self.status.set_value(row.status)
        self.minutes.set_value(row.minutes)
        self.cut_on.set_value(row.cut_on)
        self.cut_on.setVisible(row.status == "cut")


class DraftPanel(ScriptPanel):
    """Pages issued: code, paper colour, day, which pages, why, and whether the script is frozen with them."""

    among = "drafts"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Pages issued")

        def edit(**changes: Any) -> EditDraft:
            return EditDraft(self.shown, changes)

        self.code = self.field("Called", LineEdit(), lambda v: edit(code=v))
        self.colour = Combo(paper_items(), name="Paper")
        self.colour_row = self.field("Paper", self.colour, lambda v: edit(colour=v))
        self.issued = self.field("Issued", DateEdit(), lambda v: edit(issued_on=v))
        self.pages = self.field("Pages", LineEdit(placeholder="31–34, 34A"), lambda v: edit(pages=v))
        self.note = self.field("Why", LineEdit(placeholder="one line"), lambda v: edit(note=v))
        self.frozen = CheckBox("The script is frozen with these pages")
        self.frozen.committed.connect(lambda on: self.desk.do(edit(frozen=on), "script"))
        self.add(self.frozen)
        self.add_remove("Remove these pages", RemoveDraft)

    def fill(self, rows: ScriptRows, row: DraftRow) -> None:
        self.set_head(row.code)
        self.code.set_value(row.code)
        self.colour.set_items(paper_items(row.colour))
        self.colour_row.set_value(row.colour)
        self.issued.set_value(row.issued_on)
        self.pages.set_value(row.pages)
        self.note.set_value(row.note)
        self.frozen.set_value(row.frozen)
