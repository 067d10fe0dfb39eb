"""The form for a new contract: who (also somebody new), for which production, under what, until when.

Leaving it with Esc, or for a contract of the list, throws nothing away: what was typed is there when it opens again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stagecraft.domain.kinds import AGREEMENTS, CONTRACT_STATES
from stagecraft.domain.names import tidy
from stagecraft.queries.people import assignment_rows, name_pairs
from stagecraft.services.contracts import AddContract
from stagecraft.ui.pages.contract_rows import SuggestEdit, TermRow
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Card, PageHeader

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "contracts"
_STARTS = ("idea", "offer", "negotiating", "agreed", "sent", "signed", "active")


class NewContract(QWidget):
    """Takes the place of the contract until it is added or left; `added(id)` or `left` ends it."""

    added = Signal(int)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._people: dict[str, int] = {}
        self._empty: tuple[str, ...] = ()
        self._afresh_for: int | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(PageHeader("New contract"))
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 12, 16, 16)
        inside.addWidget(self._make_card())
        inside.addStretch(1)
        outer.addLayout(inside)

    def _make_card(self) -> Card:
        card = Card()
        card.body.setSpacing(4)
        last = DateEdit(optional=True)
        last.setPlaceholderText("run of the play")
        self.kept = self._make_kept()
        card.add(self.kept)
        self.person = TermRow(
            "Person", SuggestEdit(placeholder="A name; somebody new is put on file"), self._on_person
        )
        self.production = TermRow("Production", Combo(name="Production"), lambda _id: self._offer_job())
        self.agreement = TermRow("Agreement", SuggestEdit(list(AGREEMENTS), placeholder="AEA Production"))
        self.subtype = TermRow("Kind", LineEdit(placeholder="principal, chorus, stage manager"))
        self.job = TermRow("Job", LineEdit(placeholder="Role or job"))
        self.starts_on = TermRow("First day", DateEdit(optional=True))
        self.ends_on = TermRow("Last day", last)
        states = [(code, CONTRACT_STATES[code]) for code in _STARTS]
        self.state = TermRow("Stands at", Combo(states, "idea", name="State"))
        self.rows = (
            self.person, self.production, self.agreement, self.subtype,
            self.job, self.starts_on, self.ends_on, self.state,
        )  # fmt: skip
        for row in self.rows:
            card.add(row)
            row.editor.installEventFilter(self)
        card.add(Label("Money, options and riders follow once the contract is there.", "caption", wrap=True))
        buttons = QHBoxLayout()
        buttons.addSpacing(92)
        buttons.addWidget(Button("Add the contract", "primary", on_click=self.add))
        buttons.addWidget(Button("Cancel", "quiet", on_click=self._cancel))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        return card

    def _make_kept(self) -> QWidget:
        kept = QWidget()
        row = QHBoxLayout(kept)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        self._kept_words = Label("", "secondary")
        self._afresh = Button("", "link", on_click=lambda: self._clear(self._afresh_for))
        row.addWidget(self._kept_words)
        row.addWidget(self._afresh)
        row.addStretch(1)
        return kept

    # --- beginning and leaving ---

    def begin(self, person: int | None = None) -> None:
        """Wait for a name, or for the terms of a person; what was left unfinished is shown as it was left."""
        pairs = self._desk.read(name_pairs)
        self._people = {name: one for one, name in pairs}
        editor = self.person.editor
        assert isinstance(editor, SuggestEdit)
        editor.set_offers(sorted(self._people))
        combo = self.production.editor
        assert isinstance(combo, Combo)
        combo.set_items([(one.id, one.name, one.colour) for one in self._desk.all_productions()])
        if not self.unfinished():
            self._clear(person)
            return
        self._afresh_for = person
        name = next((name for one, name in pairs if one == person), "")
        self._kept_words.setText("This is as you left it.")
        self._afresh.set_text(f"Begin afresh for {name}" if name else "Begin afresh")
        self.kept.show()
        editor.setFocus()

    def unfinished(self) -> bool:
        """Whether something was typed or chosen that is no contract yet."""
        return bool(self._empty) and self._typed() != self._empty

    def _clear(self, person: int | None) -> None:
        """Empty the form for a person, or for a name to be typed."""
        self.kept.hide()
        for row in self.rows:
            line = isinstance(row.editor, LineEdit)
            if line:
                row.editor.put_back()  # also what is being typed
            row.set_value("" if line and not isinstance(row.editor, DateEdit) else None)
        self.production.set_value(self._desk.production)
        self.state.set_value("idea")
        name = next((name for name, one in self._people.items() if one == person), "")
        self.person.set_value(name)
        self._on_person(name)
        self._empty = self._typed()
        (self.agreement if name else self.person).editor.setFocus()

    def _typed(self) -> tuple[str, ...]:
        editors = (row.editor for row in self.rows)
        return tuple(one.text() if isinstance(one, QLineEdit) else one.currentText() for one in editors)

    def _cancel(self) -> None:
        self._clear(None)
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field of its own would put back what was there before: here that is nothing, and the typing gone.
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave()
            return True
        return False

    def leave(self) -> None:
        """Leave the form for now; what was typed stays in it."""
        if self.unfinished():
            self._desk.say("What you typed waits under New contract.")
        self.left.emit()

    # --- person and job ---

    def _on_person(self, name: str) -> None:
        known = tidy(name) in self._people
        self.person.set_hint("" if known or not name else f"{tidy(name)} is not on file yet and will be added.")
        self._offer_job()

    def _offer_job(self) -> None:
        """What the person does in the production, when nothing was typed yet."""
        person = self._people.get(tidy(self.person.value() or ""))
        production = self.production.value()
        if person is None or production is None or self.job.value():
            return
        parts = self._desk.read(assignment_rows, [production], [person])
        own = next((one for one in parts if one.plays or one.job_id is not None), None)
        if own is not None:
            self.job.set_value(own.what)

    def add(self) -> None:
        """Add it; what is missing is said beside its field."""
        for row in self.rows:
            if hasattr(row.editor, "commit"):
                row.editor.commit()
        name = tidy(self.person.value() or "")
        if not name:
            self.person.refuse("Whose contract is it?")
            return
        if self.production.value() is None:
            self.production.refuse("Choose the production.")
            return
        person = self._people.get(name)
        command = AddContract(
            person,
            self.production.value(),
            name="" if person is not None else name,
            agreement=self.agreement.value() or "",
            subtype=self.subtype.value() or "",
            job=self.job.value() or "",
            starts_on=self.starts_on.value(),
            ends_on=self.ends_on.value(),
            state=self.state.value(),
        )
        done = self._desk.do(command, ORIGIN, fields={"ends_on": self.ends_on, "name": self.person})
        if done:
            self._clear(None)
            self.added.emit(done.value)
