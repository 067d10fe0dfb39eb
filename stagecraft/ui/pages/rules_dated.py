"""Values of a rule that hold from a day on: a row a day, each with the fields of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.domain.rules.packs import DatedParams
from stagecraft.domain.rules.parameters import Parameter
from stagecraft.ui.pages.rules_fields import Choices
from stagecraft.ui.pages.rules_pack_form import ValueForm
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.fields import DateEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Card, FieldRow, Spaced


class _DatedRow(Card):
    """One day and what holds from it on."""

    def __init__(self, parameters: Sequence[Parameter], rules: Choices) -> None:
        super().__init__()
        self.body.setContentsMargins(8, 6, 8, 8)
        self.day = FieldRow("From", DateEdit(), label_width=88)
        self.form = ValueForm(parameters, rules, label=88)
        self.take = IconButton("trash", "Take these values out", size=24)
        for widget in (self.day, self.form, Spaced(self.take)):
            self.add(widget)


class DatedField(QWidget):
    """Rows of a day and values; only what differs from the rule's own values is kept."""

    committed = Signal(object)

    def __init__(self, parameters: Sequence[Parameter], rules: Choices, day: Callable[[], date]) -> None:
        super().__init__()
        self._parameters, self._rules, self._near = parameters, rules, day
        self._params: Mapping[str, Any] = {}
        self._rows: list[_DatedRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(Spaced(Button("Add a day", small=True, icon="plus", on_click=self._add)))
        self._refusal = Label("", "secondary", tone="red", wrap=True)
        self._refusal.hide()
        self._column.addWidget(self._refusal)

    def set_value(self, values: Sequence[DatedParams], params: Mapping[str, Any]) -> None:
        """Show these over the rule's own values."""
        self._params = params
        self._refusal.hide()
        while len(self._rows) > len(values):
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(values):
            self._make_row()
        for row, one in zip(self._rows, values, strict=True):
            row.day.set_value(one.starts_on)
            row.form.set_value({**params, **one.params})

    def _make_row(self) -> None:
        row = _DatedRow(self._parameters, self._rules)
        row.day.editor.committed.connect(lambda _day: self._tell())
        row.form.committed.connect(lambda _values: self._tell())
        row.take.clicked.connect(lambda: self._take(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)

    def _value(self, rows: Sequence[_DatedRow]) -> tuple[DatedParams, ...]:
        found = {}
        for row in rows:
            given = row.form.value()
            # None switches a value off that the rule itself has.
            other = {name: given.get(name) for name in {**self._params, **given}}
            found[row.day.value()] = {
                name: value
                for name, value in other.items()
                if value != self._params.get(name) and value is not None
            }
        return tuple(DatedParams(day, found[day]) for day in sorted(found) if found[day])

    def _tell(self) -> None:
        values = self._value(self._rows)
        if len(values) < len(self._rows):
            return  # a new day says nothing until a value differs
        self.committed.emit(values)

    def _take(self, row: _DatedRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.committed.emit(self._value(self._rows))

    def _add(self) -> None:
        self._make_row()
        self._rows[-1].day.set_value(self._near())
        self._rows[-1].form.set_value(self._params)
        self._rows[-1].day.editor.setFocus()

    def refuse(self, message: str) -> None:
        """Say below what does not fit."""
        self._refusal.setText(message)
        self._refusal.show()
