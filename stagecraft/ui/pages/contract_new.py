"""The form for a new contract: who (also somebody new), for which production, under what, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.names import tidy
from stagecraft.queries.people import assignment_rows, name_pairs
from stagecraft.services.contracts import AGREEMENTS, AddContract
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
    """Takes the place of the contract until it is added or cancelled; `added(id)` or `cancelled` ends it."""

    added = Signal(int)
    cancelled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._people: dict[str, int] = {}
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
        card.add(Label("Money, options and riders follow once the contract is there.", "caption", wrap=True))
        buttons = QHBoxLayout()
        buttons.addSpacing(92)
        buttons.addWidget(Button("Add the contract", "primary", on_click=self.add))
        buttons.addWidget(Button("Cancel", "quiet", on_click=self.cancelled.emit))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        return card

    def begin(self, person: int | None = None) -> None:
        """Empty the form, offer who is on file, and wait for a name."""
        pairs = self._desk.read(name_pairs)
        self._people = {name: one for one, name in pairs}
        editor = self.person.editor
        assert isinstance(editor, SuggestEdit)
        editor.set_offers(sorted(self._people))
        for row in self.rows:
            row.set_value(
                "" if isinstance(row.editor, LineEdit) and not isinstance(row.editor, DateEdit) else None
            )
        combo = self.production.editor
        assert isinstance(combo, Combo)
        combo.set_items([(one.id, one.name, one.colour) for one in self._desk.all_productions()])
        self.production.set_value(self._desk.production)
        self.state.set_value("idea")
        name = next((name for one, name in pairs if one == person), "")
        self.person.set_value(name)
        self._on_person(name)
        (self.agreement if name else self.person).editor.setFocus()

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
            self.added.emit(done.value)
