"""What is paid a week on top of the salary: what for, how much, from when until when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.contract_dates import term_words
from stagecraft.domain.money import money_text, parse_money
from stagecraft.queries.contract_page import IncrementRow
from stagecraft.services.contracts import AddIncrement, RemoveIncrement
from stagecraft.ui.widgets.buttons import IconButton
from stagecraft.ui.widgets.fields import DateEdit, LineEdit
from stagecraft.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stagecraft.ui.desk import Desk

ORIGIN = "contracts"


class _IncrementLine(QWidget):
    """An increment, and a button to remove it."""

    removed = Signal(int)

    def __init__(self, increment: IncrementRow, currency: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        term = term_words(increment.starts_on, increment.ends_on)
        self.words = Label(", ".join(part for part in (increment.name, term) if part), "body", wrap=True)
        row.addWidget(self.words, 1)
        figure = Label(money_text(increment.weekly, currency), "body")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(figure)
        remove = IconButton(
            "trash",
            f"Remove the increment {increment.name}",
            size=24,
            on_click=partial(self.removed.emit, increment.id),
        )
        row.addWidget(remove)


class Increments(QWidget):
    """The increments of the contract shown, and a line for a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._contract: int | None = None
        self._currency = "USD"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label("Weekly increments", "head"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        column.addLayout(self.lines)
        self.name = LineEdit(placeholder="Cover, dance captain …", name="What a new increment is for")
        self.amount = LineEdit(placeholder="0.00", name="Weekly amount of the new increment", right=True)
        self.amount.setFixedWidth(84)
        self.amount.returnPressed.connect(self.add)
        self.starts_on = DateEdit(name="From when the new increment is paid", optional=True)
        self.starts_on.setPlaceholderText("from")
        self.ends_on = DateEdit(name="Until when the new increment is paid", optional=True)
        self.ends_on.setPlaceholderText("until")
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setSpacing(8)
            column.addLayout(line)
        first.addWidget(self.name, 1)
        first.addWidget(self.amount)
        second.addWidget(self.starts_on, 1)
        second.addWidget(self.ends_on, 1)
        second.addWidget(IconButton("plus", "Add the increment", on_click=self.add))
        for editor in (self.name, self.amount):
            editor.setProperty("draftless", True)

    def show_rows(self, contract: int, rows: Sequence[IncrementRow], currency: str) -> None:
        """Show a contract's increments; what is being typed stays while it is the same contract."""
        if contract != self._contract:
            self._clear()
        self._contract, self._currency = contract, currency
        while self.lines.count():
            old = self.lines.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        for one in rows:
            line = _IncrementLine(one, currency)
            line.removed.connect(lambda increment: self._desk.do(RemoveIncrement(increment), ORIGIN))
            self.lines.addWidget(line)

    def _clear(self) -> None:
        for editor in (self.name, self.amount, self.starts_on, self.ends_on):
            editor.put_back()
            editor.set_value(None if isinstance(editor, DateEdit) else "")
            editor.clear()

    def add(self) -> None:
        """Add what is typed; what is wrong with it is said beside it."""
        if self._contract is None:
            return
        for editor in (self.starts_on, self.ends_on):
            editor.commit()
        amount = parse_money(self.amount.text(), self._currency)
        if amount is None:
            self.amount.refuse("That is no amount, such as 400.00.")
            return
        command = AddIncrement(
            self._contract, self.name.text(), amount, self.starts_on.value(), self.ends_on.value()
        )
        fields = {"name": self.name, "ends_on": self.ends_on, "weekly": self.amount}
        if self._desk.do(command, ORIGIN, fields=fields):
            self._clear()
            self.name.setFocus()
