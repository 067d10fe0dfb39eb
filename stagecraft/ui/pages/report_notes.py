"""Notes of a report: every department in its fixed order, and the line that routes a note while it is typed."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from stagecraft.domain.note_routing import GENERAL, route_note
from stagecraft.domain.reports import NO_NOTES, NOTE_STATES
from stagecraft.domain.times import day_text
from stagecraft.queries.reports import DepartmentNotes, NoteRow, ReportPage
from stagecraft.services.notes import AnswerNote, EditNote, FinishNote, KeepLine, MoveNote, RemoveNote, TypeNote
from stagecraft.ui.pages.report_fields import WrapEdit, is_typing, keep_while_typing
from stagecraft.ui.widgets.buttons import Button, IconButton, MenuButton
from stagecraft.ui.widgets.chips import Chip, ChipSpec
from stagecraft.ui.widgets.fields import LineEdit
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import Card, Ground

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "reports"


def in_column(chip: Chip) -> QWidget:
    """A note's number at the left of a column as wide as `MU12`, so that all texts begin at the same place."""
    column = QWidget()
    column.setFixedWidth(46)
    row = QHBoxLayout(column)
    row.setContentsMargins(0, 4, 0, 0)
    row.addWidget(chip)
    row.addStretch(1)
    return column


class _NoteLine(Ground):
    """One note: its number, its words, its twins, its state with what can be done about it."""

    def __init__(self, desk: Desk, note: NoteRow, departments: list[tuple[str, str]]) -> None:
        super().__init__("none")
        self._desk = desk
        self._departments = departments
        self._note = note
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 2, 6, 2)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.code = Chip(ChipSpec(""))
        row.addWidget(in_column(self.code), 0, Qt.AlignmentFlag.AlignTop)
        self.text = WrapEdit(name="Note")
        self.text.committed.connect(self._edit)
        row.addWidget(self.text, 1)
        self.twins = Label("", "caption")
        row.addWidget(self.twins)
        self.state = MenuButton(
            "new", self._fill_menu, small=True, tip="Answer, finish, move or remove this note"
        )
        self.state.setFixedWidth(100)
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(row)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(54, 0, 112, 2)
        below.setSpacing(8)
        below.addWidget(Label("Answer", "label"))
        self.answer = WrapEdit(name="Answer", placeholder="What the department says")
        self.answer.committed.connect(self._answer)
        below.addWidget(self.answer, 1)
        outer.addWidget(self._below)
        self._asked = False
        self.show_note(note)

    def show_note(self, note: NoteRow) -> None:
        self._note = note
        self.code.set_spec(ChipSpec(note.code))
        self.text.set_value(note.text)
        self.text.setAccessibleName(f"Note {note.code}, {NOTE_STATES.get(note.state, note.state)}")
        self.twins.setText(f"⇄ also {', '.join(note.twins)}" if note.twins else "")
        self.twins.setVisible(bool(note.twins))
        self.state.set_text(NOTE_STATES.get(note.state, note.state))
        self.state.setToolTip(f"Since {day_text(note.since)}. Answer, finish, move or remove this note.")
        self.answer.set_value(note.answer)
        self._below.setVisible(bool(note.answer) or self._asked)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction("Answer…", self.ask)
        if self._note.open:
            menu.addAction("Done", partial(self._do, FinishNote(self._note.id)))
        else:
            menu.addAction("Open again", partial(self._do, FinishNote(self._note.id, done=False)))
        move = menu.addMenu("Move to")
        for code, name in self._departments:
            if code != self._note.department:
                move.addAction(name, partial(self._do, MoveNote(self._note.id, code)))
        menu.addSeparator()
        menu.addAction("Remove", partial(self._do, RemoveNote(self._note.id)))
        if self._note.twins:
            menu.addAction("Remove here and there", partial(self._do, RemoveNote(self._note.id, twins=True)))

    def ask(self) -> None:
        """Open the answer's field."""
        self._asked = True
        self._below.show()
        self.answer.setFocus()

    def _do(self, command: FinishNote | MoveNote | RemoveNote) -> None:
        self._desk.do(command, ORIGIN)

    def _edit(self, text: str) -> None:
        self._desk.do(EditNote(self._note.id, text=text), ORIGIN, fields={"text": self.text})  # type: ignore[dict-item]

    def _answer(self, text: str) -> None:
        self._asked = False
        self._desk.do(AnswerNote(self._note.id, text), ORIGIN)


class _Heading(Ground):
    """A department's bar: its prefix, its name, how many notes it has."""

    wanted = Signal(str)

    def __init__(self, department: DepartmentNotes) -> None:
        super().__init__("grouphead")
        self.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(8)
        prefix = Button(
            f"{department.route}:",
            small=True,
            tip=f"Type a note to {department.name}",
            on_click=partial(self.wanted.emit, department.route),
        )
        prefix.setFixedSize(40, 20)
        prefix.setStyleSheet("min-height: 18px; padding: 0;")
        prefix.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(prefix)
        row.addWidget(Label(department.name, "head", tone="" if department.notes else "text2"))
        count = len(department.notes)
        words = f"{count} note" if count == 1 else f"{count} notes" if count else NO_NOTES
        said = ElidedLabel(words, "caption")
        said.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(said, 1)


class DepartmentsCard(Card):
    """All departments; empty ones stand in pairs, as on paper."""

    wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(flush=True)
        self._desk = desk
        self._report = 0
        self._lines: dict[int, _NoteLine] = {}
        self._frame: QWidget | None = None
        self._shown: list[DepartmentNotes] = []

    def show_report(self, page: ReportPage) -> None:
        """Lay the departments out anew when they differ, keeping the fields of notes that stay."""
        if page.id == self._report and page.departments == self._shown:
            return
        self._shown = page.departments
        if page.id != self._report:
            self._drop(list(self._lines))
        self._report = page.id
        names = [(one.code, one.name) for one in page.departments]
        present = {note.id for one in page.departments for note in one.notes}
        self._drop([key for key in self._lines if key not in present])
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for empty, group in groupby(page.departments, key=lambda one: not one.notes):
            if empty:
                self._add_pairs(column, list(group))
            else:
                for department in group:
                    self._add_full(column, department, names)
        old, self._frame = self._frame, frame
        self.body.addWidget(frame)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _drop(self, keys: list[int]) -> None:
        for key in keys:
            self._lines.pop(key).deleteLater()

    def _heading(self, department: DepartmentNotes) -> _Heading:
        heading = _Heading(department)
        heading.wanted.connect(self.wanted)
        return heading

    def _add_pairs(self, column: QVBoxLayout, empty: list[DepartmentNotes]) -> None:
        for at in range(0, len(empty), 2):
            row = QHBoxLayout()
            row.setSpacing(1)
            for department in empty[at : at + 2]:
                row.addWidget(self._heading(department), 1)
            column.addLayout(row)

    def _add_full(self, column: QVBoxLayout, department: DepartmentNotes, names: list[tuple[str, str]]) -> None:
        column.addWidget(self._heading(department))
        for note in department.notes:
            line = self._lines.get(note.id)
            if line is None:
                line = self._lines[note.id] = _NoteLine(self._desk, note, names)
            else:
                line.show_note(note)
            column.addWidget(line)
            line.show()

    def line_of(self, note: int) -> _NoteLine | None:
        """The line of a note, to look at or to put the cursor in."""
        return self._lines.get(note)


class _NoteEdit(LineEdit):
    """The note line's field: Enter posts, leaving it keeps what is there."""

    posted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.posted.emit()
            return
        super().keyPressEvent(event)

    def commit(self) -> None:
        """Leaving the line keeps the words; only Enter posts them."""
        if self._dirty:
            self._dirty = False
            self._value = self._before = self.text()
            self.committed.emit(self._value)

    def words_of(self, value: object) -> str:
        return str(value or "")


class NoteLine(Ground):
    """The line at the foot of the sheet. It shows where the note goes, and survives a crash half-typed.

    `posted(ids)` names the new notes; none when the words went to General.
    """

    posted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("header")
        self._desk = desk
        self._report: int | None = None
        self._names: dict[str, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self.chip = Chip(ChipSpec("note"))
        row.addWidget(self.chip)
        self.edit = _NoteEdit(
            placeholder="Type a note: p: lx: c: … send it to its department, p,s: to both, g: to General",
            name="New note",
        )
        self.edit.textChanged.connect(self._show_route)
        self.edit.posted.connect(self.post)
        self.edit.committed.connect(self._keep)
        self._timer = keep_while_typing(self.edit, self._keep)
        row.addWidget(self.edit, 1)
        self.where = Label("", "secondary")
        row.addWidget(self.where)
        self.button = IconButton("enter", "Post the note (Enter)", on_click=self.post)
        row.addWidget(self.button)

    def show_report(self, page: ReportPage) -> None:
        other = self._report != page.id
        if other:
            self._keep_now()
        self._report = page.id
        self._names = {one.code: one.name for one in page.departments}
        if other or not is_typing(self.edit):
            self.edit.put_back()
            self.edit.set_value(page.line)
        self._show_route(self.edit.text())

    def _show_route(self, text: str) -> None:
        routed = route_note(text)
        names = [self._names.get(code, "General") for code in routed.departments]
        if not text.strip():
            self.chip.set_spec(ChipSpec("note", "dashed"))
            self.where.setText("")
        else:
            self.chip.set_spec(ChipSpec(f"{routed.prefix}:" if routed.prefix else "g:", "sel"))
            self.where.setText(
                f"→ {', '.join(names)}" + (", all readers" if routed.departments == (GENERAL,) else "")
            )
        self.where.setAccessibleName(f"Goes to {', '.join(names)}")

    def begin(self, prefix: str) -> None:
        """Put a department's prefix before what is typed and wait for the words."""
        text = self.edit.text()
        routed = route_note(text)
        self.edit.setText(f"{prefix}: {routed.text}")
        self.edit._touched()
        self.edit.setFocus()
        self._timer.start()

    def post(self) -> None:
        """Send the note to its departments; a refused one stays in the line."""
        self._timer.stop()
        text = self.edit.text()
        if self._report is None or not text.strip():
            return
        self.edit._dirty = False
        done = self._desk.do(TypeNote(self._report, text), ORIGIN)
        if done is not None:
            self.edit.set_value("")
            self.edit.clear()
            self.posted.emit(done.value)
        else:
            self.edit._touched()
        self.edit.setFocus()

    def _keep(self, text: str) -> None:
        if self._report is not None:
            self._desk.do(KeepLine(self._report, text), ORIGIN, quiet=True)

    def _keep_now(self) -> None:
        """Keep at once what still waits for a pause, as when another report is chosen."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep(self.edit.text())

    def leave(self) -> None:
        """Keep what is typed before another page is shown."""
        self._keep_now()
