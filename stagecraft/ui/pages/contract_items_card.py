"""Options, riders and deadlines of a contract: a table, and below it the fields of the chosen line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from stagecraft.domain.contract_dates import OPTION_STATES, days_text, severity, term_words, weeks_text
from stagecraft.domain.kinds import OPTION_HOLDERS, RIDER_KINDS, RIDER_STATES
from stagecraft.domain.times import date_text, day_text
from stagecraft.queries.contracts import ContractRow, DutyRow, OptionRow, RiderRow
from stagecraft.services.contract_items import (
    AddDeadline,
    AddOption,
    AddRider,
    EditDeadline,
    EditOption,
    EditRider,
    FinishDeadline,
    RemoveDeadline,
    RemoveOption,
    RemoveRider,
)
from stagecraft.ui.pages.contract_rows import TermRow
from stagecraft.ui.widgets.buttons import Button, MenuButton
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit, NumberEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Card, Ground
from stagecraft.ui.widgets.row_table import Column, RowModel, RowTable

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "contracts"


@dataclass(slots=True)
class Item:
    """A line of the table: an option, a rider or another deadline."""

    kind: str
    id: int
    name: str
    text: str
    owner: str
    state: str
    tone: str
    source: Any

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.id


def items_of(row: ContractRow) -> list[Item]:
    """Everything that hangs on a contract, options first."""
    found = [_option(row, number, one) for number, one in enumerate(row.options, 1)]
    found += [_rider(one) for one in row.riders]
    return found + [_duty(row, one) for one in row.duties]


def _option(row: ContractRow, number: int, one: OptionRow) -> Item:
    name = "Option" if len(row.options) == 1 else f"Option {number}"
    longer = f"{weeks_text(one.extends_weeks)} more" if one.extends_weeks else "Further term"
    text = f"{longer}; notice by {date_text(one.due_on)}" if one.due_on else f"{longer}; {one.formula}"
    if one.state != "open" or one.due_on is None:
        return Item(
            "option", one.id, name, _noted(text, one), one.owner, OPTION_STATES[one.state], "text2", one
        )
    tone = severity(one.due_on, row.today) or "text"
    return Item(
        "option", one.id, name, _noted(text, one), one.owner, days_text(one.due_on, row.today), tone, one
    )


def _noted(text: str, one: OptionRow) -> str:
    told = day_text(one.decided_on) if one.decided_on else ""
    told = f"{told} by {one.method}" if told and one.method else told
    return "; ".join(part for part in (text, told, one.note) if part)


def _rider(one: RiderRow) -> Item:
    term = term_words(one.starts_on, one.ends_on)
    span = f", {term}" if term else ""
    tone = "amber" if one.state in ("asked", "open") else "text2"
    name = RIDER_KINDS.get(one.kind, one.kind.capitalize())
    return Item("rider", one.id, name, one.text + span, "", RIDER_STATES[one.state], tone, one)


def _duty(row: ContractRow, one: DutyRow) -> Item:
    if one.done_on is not None:
        state, tone = f"done {day_text(one.done_on)}", "ok"
    else:
        state, tone = days_text(one.due_on, row.today), severity(one.due_on, row.today) or "text"
    return Item("duty", one.id, "Deadline", f"{one.name}, {date_text(one.due_on)}", one.owner, state, tone, one)


class ItemsCard(Card):
    """The table with its fields.

    `decide(option)` asks the panel for the form that says what became of it, `asked(fields)` to show these.
    """

    decide = Signal(object)
    asked = Signal(QWidget)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Options, riders, deadlines", flush=True)
        self._desk = desk
        self._row: ContractRow | None = None
        self.head_row.addWidget(MenuButton("Add", self._fill_menu, icon="plus", small=True))
        self.model = RowModel(
            [
                Column("Item", lambda one: one.name, 96, strong=lambda _one: True),
                Column("What it changes", lambda one: one.text, stretch=True, tip=lambda one: one.text),
                Column("Owner", lambda one: one.owner, 108),
                Column("State", lambda one: one.state, 108, right=True, token=lambda one: one.tone,
                       strong=lambda one: one.tone in ("red", "amber")),
            ],
            key=lambda one: one.key,
        )  # fmt: skip
        self.table = RowTable(self.model, name="Options, riders and deadlines")
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _item: self._editor.focus_first())
        self.add(self.table)
        self.nothing = Label("No option, rider or deadline recorded.", "secondary")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        self.add(self.nothing)
        self._editor = _Editor(desk)
        self._editor.decide.connect(self.decide)
        self._editor.asked.connect(self.asked)
        self.add(self._editor)
        self.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del in the table removes an item; elsewhere it is the page's."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._editor.remove()
                return True
        return super().eventFilter(watched, event)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction("Option", self.add_option)
        menu.addAction("Rider or leave", partial(self._editor.begin, "rider"))
        menu.addAction("Deadline", partial(self._editor.begin, "duty"))

    def add_option(self) -> None:
        """Add an option with the usual eight weeks' notice and show its fields."""
        if self._row is None:
            return
        done = self._desk.do(AddOption(self._row.id), ORIGIN)
        if done:
            self.table.select(("option", done.value))
            self._editor.focus_first()

    def show_row(self, row: ContractRow) -> None:
        other = self._row is None or self._row.id != row.id
        self._row = row
        self.model.set_rows(items_of(row))
        if other:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))
        self.table.setVisible(bool(self.model.rows))
        self.nothing.setVisible(not self.model.rows)
        self.table.setFixedHeight(24 + 28 * len(self.model.rows) + 1)
        self._editor.show_item(row, None if other else self.table.current(), other=other)

    def _on_chosen(self, item: Item) -> None:
        if self._row is not None:
            self._editor.show_item(self._row, item, other=True)


class _Editor(Ground):
    """Fields of one item; also those of a rider or deadline that is just being typed."""

    decide = Signal(object)
    asked = Signal(QWidget)

    def __init__(self, desk: Desk) -> None:
        super().__init__("sunk")
        self._desk = desk
        self._contract = 0
        self._item: Item | None = None
        self._new = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.setSpacing(4)
        self._forms = {"option": self._option_form(), "rider": self._rider_form(), "duty": self._duty_form()}
        for form in self._forms.values():
            outer.addWidget(form)
        buttons = QHBoxLayout()
        self._main = Button("", small=True, on_click=self._do_main)
        self._remove = Button("Remove", small=True, icon="trash", on_click=self.remove)
        self._cancel = Button("Cancel", "quiet", small=True, on_click=self._close)
        for button in (self._main, self._cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        outer.addLayout(buttons)
        self.hide()

    # --- the three forms ---

    def _form(self, kind: str, fields: tuple[tuple[str, str, QWidget], ...]) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        rows = {}
        for place, (field, label, editor) in enumerate(fields):
            rows[field] = TermRow(label, editor, partial(self._edit, kind, field))
            grid.addWidget(rows[field], place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        setattr(self, f"{kind}_rows", rows)
        return form

    option_rows: dict[str, TermRow]
    rider_rows: dict[str, TermRow]
    duty_rows: dict[str, TermRow]

    def _option_form(self) -> QWidget:
        due = DateEdit(optional=True)
        due.setPlaceholderText("follows from the term")
        return self._form(
            "option",
            (
                ("notice_weeks", "Notice", NumberEdit(high=104, unit="weeks")),
                ("extends_weeks", "Extends by", NumberEdit(low=1, high=520, unit="weeks")),
                ("set_due_on", "Due by hand", due),
                ("holder", "Whose", Combo([(code, f"{word}’s") for code, word in OPTION_HOLDERS.items()])),
                ("owner", "Owner", LineEdit(placeholder="Who sees to it")),
                ("note", "Note", LineEdit()),
            ),
        )

    def _rider_form(self) -> QWidget:
        return self._form(
            "rider",
            (
                ("text", "Changes", LineEdit(placeholder="What it changes")),
                ("kind", "Kind", Combo(list(RIDER_KINDS.items()), "leave")),
                ("starts_on", "From", DateEdit(optional=True)),
                ("ends_on", "Until", DateEdit(optional=True)),
                ("state", "State", Combo(list(RIDER_STATES.items()), "asked")),
            ),
        )

    def _duty_form(self) -> QWidget:
        return self._form(
            "duty",
            (
                ("name", "What", LineEdit(placeholder="Bio approved")),
                ("due_on", "Due", DateEdit(optional=True)),
                ("owner", "Owner", LineEdit(placeholder="Who sees to it")),
            ),
        )

    def _rows(self, kind: str) -> dict[str, TermRow]:
        return {"option": self.option_rows, "rider": self.rider_rows, "duty": self.duty_rows}[kind]

    # --- showing ---

    def show_item(self, row: ContractRow, item: Item | None, *, other: bool) -> None:
        """Show the fields of an item; without one nothing, unless a new one is being typed."""
        self._contract = row.id
        if other:
            self._new = ""
        if self._new:
            return
        self._item = item
        self.setVisible(item is not None)
        if item is None:
            return
        self._show_form(item.kind)
        for field, line in self._rows(item.kind).items():
            line.set_value(getattr(item.source, field))
        self._main.set_text(self._main_words(item))
        self._main.setVisible(item.kind != "rider")
        self._remove.show()
        self._cancel.hide()
        if item.kind == "option":
            self.option_rows["notice_weeks"].set_hint(item.source.formula)

    @staticmethod
    def _main_words(item: Item) -> str:
        if item.kind == "option":
            return "Notice sent…" if item.source.state == "open" else "Change the decision…"
        return "Open again" if item.kind == "duty" and item.source.done_on else "Done today"

    def _show_form(self, kind: str) -> None:
        for name, form in self._forms.items():
            form.setVisible(name == kind)

    def begin(self, kind: str) -> None:
        """Open empty fields for a new rider or deadline; it is added when its words are there."""
        self._new, self._item = kind, None
        self._show_form(kind)
        for field, line in self._rows(kind).items():
            line.set_value(
                {"kind": "leave", "state": "asked"}.get(
                    field, "" if field in ("text", "name", "owner") else None
                )
            )
        self._main.set_text("Add")
        self._main.show()
        self._cancel.show()
        self._remove.hide()
        self.show()
        self.focus_first()

    def focus_first(self) -> None:
        kind = self._new or (self._item.kind if self._item else "")
        if kind:
            next(iter(self._rows(kind).values())).editor.setFocus()
            self.asked.emit(self)

    # --- changing ---

    def _edit(self, kind: str, field: str, value: Any) -> None:
        if self._new or self._item is None:
            return
        name = "due_on" if field == "set_due_on" else field
        command = {"option": EditOption, "rider": EditRider, "duty": EditDeadline}[kind]
        self._desk.do(command(self._item.id, {name: value}), ORIGIN, fields=self._rows(kind)[field])

    def _do_main(self) -> None:
        if self._new:
            self._add()
        elif self._item is not None and self._item.kind == "option":
            self.decide.emit(self._item.source)
        elif self._item is not None and self._item.kind == "duty":
            done = None if self._item.source.done_on else self._desk.today
            self._desk.do(FinishDeadline(self._item.id, done), ORIGIN)

    def _add(self) -> None:
        kind, rows = self._new, self._rows(self._new)
        for line in rows.values():
            if hasattr(line.editor, "commit"):
                line.editor.commit()
        values = {field: line.value() for field, line in rows.items()}
        if kind == "duty" and values["due_on"] is None:
            rows["due_on"].refuse("A deadline needs its date.")
            return
        command = (
            AddRider(self._contract, **values) if kind == "rider" else AddDeadline(self._contract, **values)
        )
        self._new = ""
        if self._desk.do(command, ORIGIN, fields=rows):
            self._close()
        else:
            self._new = kind

    def _close(self) -> None:
        self._new, self._item = "", None
        self.hide()

    def remove(self) -> None:
        """Remove the chosen item; undo brings it back."""
        if self._item is None:
            return
        command = {"option": RemoveOption, "rider": RemoveRider, "duty": RemoveDeadline}[self._item.kind]
        self._desk.do(command(self._item.id), ORIGIN)
