"""Votes, concessions and exceptions: their list, and the form that records one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.rules.packs import Rule
from stagecraft.domain.rules.parameters import RULE_KINDS
from stagecraft.domain.rules.rule_words import rule_words
from stagecraft.domain.times import date_text
from stagecraft.queries.people import name_pairs
from stagecraft.queries.rules import packs
from stagecraft.services.rules import AddApproval, EditApproval, RemoveApproval
from stagecraft.ui.pages.rules_pack_form import ValueForm
from stagecraft.ui.widgets.buttons import Button, IconButton, Segmented
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow, Spaced
from stagecraft.ui.words import capital, time_style

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

KINDS = (("vote", "Vote"), ("concession", "Concession"), ("exception", "Exception"))
_HELP = {
    "vote": "A vote of the company sets other values of the rule for these days.",
    "concession": "The union or the person lets the rule be for these days; its flags stay visible as accepted.",
    "exception": "The agreement itself does not ask it here; its flags stay visible as accepted.",
}


def rule_of(desk: Desk, pack: str, rule: str) -> Rule | None:
    """A rule by the code of its pack and its id, with its verification."""
    for entry in desk.read(packs).entries:
        if entry.code == pack and entry.pack is not None:
            found: Rule | None = entry.pack.rule(rule)
            return found
    return None


def applies_to(row: Any, flag: Any) -> bool:
    """Whether a recorded vote or concession is about this flag's rule, person and days."""
    found = flag.finding
    return (
        (row.pack, row.rule) == (found.pack, found.rule)
        and row.person_id in (None, flag.person)
        and row.production_id in (None, found.production)
        and (row.starts_on is None or row.starts_on <= found.last_day)
        and (row.ends_on is None or row.ends_on >= found.first_day)
    )


def approval_words(row: Any, rule: Rule | None) -> tuple[str, str]:
    """`Vote: a break of 1 h 00 …` and the line below it: when, for whom, who decided."""
    head = dict(KINDS).get(row.kind, row.kind)
    if row.sets and rule is not None:
        said = rule_words(replace(rule, params={**rule.params, **row.sets}), time_style())
        head = f"{head}: {said[:1].lower()}{said[1:]}"
    when = "always"
    if row.starts_on and row.ends_on and row.starts_on == row.ends_on:
        when = date_text(row.starts_on)
    elif row.starts_on and row.ends_on:
        when = f"{date_text(row.starts_on)} to {date_text(row.ends_on)}"
    elif row.starts_on:
        when = f"from {date_text(row.starts_on)}"
    elif row.ends_on:
        when = f"until {date_text(row.ends_on)}"
    decided = f"decided by {row.decided_by}" if row.decided_by else ""
    if row.decided_on:
        decided = f"{decided or 'decided'} on {date_text(row.decided_on)}"
    whom = ", ".join(part for part in (row.person, row.production) if part) or "everybody"
    return head, ". ".join(capital(part) for part in (when, f"for {whom}", decided, row.note) if part)


class ApprovalList(QWidget):
    """What is recorded, with a button each to change it or take it out; a sentence where there is nothing."""

    edit_wanted = Signal(object)

    def __init__(self, desk: Desk, nothing: str = "None is recorded.") -> None:
        super().__init__()
        self.desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._nothing = Label(nothing, "secondary", wrap=True)
        self._column.addWidget(self._nothing)
        self._shown: list[QWidget] = []

    def show_rows(self, rows: list[Any]) -> None:
        """Show these."""
        for old in self._shown:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [self._made(row) for row in rows]
        for line in self._shown:
            self._column.addWidget(line)
        self._nothing.setVisible(not rows)

    def _made(self, row: Any) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        head, below = approval_words(row, rule_of(self.desk, row.pack, row.rule))
        words.addWidget(Label(head, "strong", wrap=True))
        words.addWidget(Label(below, "secondary", wrap=True))
        across.addLayout(words, 1)
        across.addWidget(
            IconButton("note", f"Change this {row.kind}", size=24, on_click=partial(self._edit, row))
        )
        across.addWidget(
            IconButton("trash", f"Remove this {row.kind}", size=24, on_click=partial(self._drop, row))
        )
        return line

    def _edit(self, row: Any) -> None:
        self.edit_wanted.emit(row)

    def _drop(self, row: Any) -> None:
        self.desk.do(RemoveApproval(row.id), "rules")


class ApprovalForm(QWidget):
    """Records a vote, a concession or an exception about one rule, or changes one. Nothing changes before Record."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pack = self._rule_id = ""
        self._rule: Rule | None = None
        self._row: int | None = None
        self._sets: ValueForm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.about = Label("", "heading", wrap=True)
        column.addWidget(self.about)
        self.kind = Segmented(KINDS, "vote", name="What it is")
        self.kind.changed.connect(lambda _kind: self._show_kind())
        column.addWidget(self.kind)
        self.help = Label("", "secondary", wrap=True)
        column.addWidget(self.help)
        self._sets_at = QVBoxLayout()
        column.addLayout(self._sets_at)
        self.fields: dict[str, FieldRow] = {}
        for name, label, editor in (
            ("starts_on", "From", DateEdit(optional=True)),
            ("ends_on", "To", DateEdit(optional=True)),
            ("production", "Production", Combo()),
            ("person", "Person", Combo()),
            ("decided_by", "Decided by", LineEdit(placeholder="The company, the deputy")),
            ("decided_on", "On", DateEdit(optional=True)),
            ("note", "Note", LineEdit(placeholder="Vote 14 to 2")),
        ):
            self.fields[name] = FieldRow(label, editor, label_width=72)
            column.addWidget(self.fields[name])
        self.save = Button("Record", "primary", small=True, on_click=self._save)
        self.cancel = Button("Cancel", small=True, on_click=self.closed.emit)
        column.addWidget(Spaced(self.save, self.cancel))
        self.refusal = Label("", "secondary", tone="red", wrap=True)
        self.refusal.hide()
        column.addWidget(self.refusal)

    # --- what it is about ---

    def begin(
        self, pack: str, rule: str, *, production: int | None = None, person: int | None = None, day: Any = None
    ) -> None:
        """An empty form for a rule; `day` is where its days begin."""
        self._open(pack, rule, None)
        self.kind.set_value("vote")
        for name, value in (
            ("starts_on", day),
            ("ends_on", None),
            ("production", production),
            ("person", person),
            ("decided_by", ""),
            ("decided_on", None),
            ("note", ""),
        ):
            self.fields[name].set_value(value)
        self._show_kind()

    def show_row(self, row: Any) -> None:
        """What is recorded, to be changed."""
        self._open(row.pack, row.rule, row.id)
        self.kind.set_value(row.kind)
        for name in ("starts_on", "ends_on", "decided_by", "decided_on", "note"):
            self.fields[name].set_value(getattr(row, name))
        self.fields["production"].set_value(row.production_id)
        self.fields["person"].set_value(row.person_id)
        if self._sets is not None and self._rule is not None and row.sets:
            self._sets.set_value({**self._rule.params, **row.sets})
        self._show_kind()

    def _open(self, pack: str, rule: str, row: int | None) -> None:
        self._pack, self._rule_id, self._row = pack, rule, row
        self._rule = rule_of(self.desk, pack, rule)
        self.save.set_text("Save" if row else "Record")
        self.about.setText(f"About: {self._rule.title or rule}" if self._rule else "")
        self.refusal.hide()
        productions = [(one.id, one.name) for one in self.desk.all_productions()]
        self.fields["production"].editor.set_items([(None, "Every production"), *productions])
        self.fields["person"].editor.set_items([(None, "Everybody"), *self.desk.read(name_pairs)])
        for day in ("starts_on", "ends_on", "decided_on"):
            self.fields[day].editor.set_near(self.desk.date)
        self._make_sets()

    def _make_sets(self) -> None:
        if self._sets is not None:
            self._sets_at.removeWidget(self._sets)
            self._sets.hide()
            self._sets.deleteLater()
            self._sets = None
        known = RULE_KINDS.get(self._rule.kind) if self._rule is not None else None
        if known is None or self._rule is None:
            return
        self._sets = ValueForm(known.parameters, label=88)
        self._sets.set_value(self._rule.params)
        self._sets_at.addWidget(self._sets)

    def _show_kind(self) -> None:
        kind = str(self.kind.value())
        self.help.setText(_HELP[kind])
        if self._sets is not None:
            self._sets.setVisible(kind == "vote")

    def focus_first(self) -> None:
        """Put the cursor where one begins."""
        self.kind.setFocus()

    # --- doing ---

    def _changed(self) -> dict[str, Any]:
        """What a vote sets: the values that differ from the rule's."""
        if self._sets is None or self._rule is None or self.kind.value() != "vote":
            return {}
        before = self._rule.params
        return {name: value for name, value in self._sets.value().items() if before.get(name) != value}

    def _save(self) -> None:
        for row in self.fields.values():
            if hasattr(row.editor, "commit"):
                row.editor.commit()
        values = {name: row.value() for name, row in self.fields.items()}
        values |= {"kind": self.kind.value(), "sets": self._changed()}
        command = (
            AddApproval(self._pack, self._rule_id, **values)
            if self._row is None
            else EditApproval(self._row, values)
        )
        if self.desk.do(command, "rules", fields={**self.fields, "sets": self, "kind": self, "rule": self}):
            self.closed.emit()

    def refuse(self, message: str) -> None:
        """Say below the form what is about all of it."""
        self.refusal.setText(message)
        self.refusal.show()
