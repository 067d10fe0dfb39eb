"""The form of a rule's values, made from the parameters of its kind: one field a parameter, tables as rows of fields.

A form tells its whole value at once (`committed`); what does not fit is said beside the field it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from stagecraft.domain.rules import parameters as p
from stagecraft.domain.rules.parameter_values import Trouble
from stagecraft.domain.rules.parameters import CONDITIONS, Parameter
from stagecraft.ui.pages.rules_fields import Choices, editor_for
from stagecraft.ui.widgets.buttons import Button, IconButton, MenuButton
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Card, FieldRow, Spaced
from stagecraft.ui.words import capital

LABEL = 104

_SHOWN_WITH = {
    "rolling_days": ("window", "rolling_days"),
    "hours": ("definition", "hours_free"),
    "dates": ("on", "dates"),
    "minutes": ("on", "travel_over"),
    "split_gap": ("day_mode", "gap"),
}
"""Parameters that mean something only where another has this value."""

_NEW_ROWS: Mapping[str, Mapping[str, Any]] = {
    "work": {"work": 420, "span": 510},
    "break": {"work": 300, "break": 60},
    "if": {"if": "school_day", "add": -60},
    "gap": {"gap": 120, "min": 120},
}
"""What a new row of a table begins with, by a field it has."""

_NEW_CONDITIONS: Mapping[str, Any] = {
    "roles": ["actor"],
    "age": [9, 15],
    "cast_size": [1, 14],
    "from": "first_rehearsal",
    "before": "first_public",
    "days_before": {"milestone": "first_public", "days": 7},
    "not_days_before": {"milestone": "first_public", "days": 7},
    "days_after": {"milestone": "first_public", "days": 14},
    "performances_on_day": [0],
    "not_student_matinee": True,
    "week_has_performance": True,
    "school_day": True,
}


def sentence(trouble: Trouble, parameters: Sequence[Parameter] = ()) -> str:
    """What is wrong in one sentence, with fields called as the form calls them."""
    text = trouble.words
    for one in parameters:
        text = text.replace(f"“params.{one.name}”", f"“{one.label}”")
    return f"{capital(text)}."


class ValueForm(QWidget):
    """Fields for some parameters. `committed(mapping)` tells all values after each change by the user."""

    committed = Signal(object)

    def __init__(self, parameters: Sequence[Parameter], rules: Choices = (), *, label: int = LABEL) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.rows: dict[str, FieldRow] = {}
        self._values: dict[str, Any] = {}
        for parameter in parameters:
            editor = field_for(parameter, rules)
            wide = parameter.type in (p.TABLES, p.CONDITIONS_TYPE)
            if parameter.type == p.TABLES:
                head = Label(parameter.label, "label")
                head.setToolTip(parameter.help)
                self._column.addWidget(head)
            row = FieldRow("" if wide else parameter.label, editor, label_width=0 if wide else label)
            editor.committed.connect(partial(self._on_field, parameter.name))  # type: ignore[attr-defined]
            self.rows[parameter.name] = row
            self._column.addWidget(row)
        self._defaults = {one.name: one.default for one in parameters if one.type == p.YES_NO}

    def set_value(self, values: Mapping[str, Any] | None) -> None:
        """Show these values without telling."""
        self._values = {name: value for name, value in (values or {}).items() if value is not None}
        for name, row in self.rows.items():
            row.set_value(self._values.get(name, self._defaults.get(name)))
        self._show_needed()

    def value(self) -> dict[str, Any]:
        """All values, without what is left out."""
        return dict(self._values)

    def refuse_at(self, name: str, words: str) -> bool:
        """Say beside a field why it cannot be; False when there is no such field."""
        row = self.rows.get(name)
        if row is not None:
            row.refuse(words)
        return row is not None

    def _show_needed(self) -> None:
        for name, (other, value) in _SHOWN_WITH.items():
            if name in self.rows and other in self.rows:
                self.rows[name].setVisible(self._values.get(other) == value or name in self._values)

    def _on_field(self, name: str, value: Any) -> None:
        new = {**self._values, name: value}
        if value is None or (name in self._defaults and value == self._defaults[name]):
            del new[name]
        self._values = new
        self._show_needed()
        self.committed.emit(self.value())


class TableField(ValueForm):
    """A table inside a table: nothing at all when all its fields are empty."""

    refused = Signal(str)

    def __init__(self, parameter: Parameter, rules: Choices) -> None:
        super().__init__(parameter.fields, rules, label=64)

    def _on_field(self, name: str, value: Any) -> None:
        self._values = {key: one for key, one in {**self._values, name: value}.items() if one is not None}
        self.committed.emit(self._values or None)

    def value(self) -> Any:
        return dict(self._values) or None

    def refuse(self, message: str) -> None:
        self.refused.emit(message)


class TablesField(QWidget):
    """Rows of fields with a button that adds one and one in each that takes it away."""

    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, parameter: Parameter, rules: Choices) -> None:
        super().__init__()
        self._parameter, self._rules = parameter, rules
        self._forms: list[ValueForm] = []
        self._cards: list[Card] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add = Button("Add", small=True, icon="plus", tip=parameter.help, on_click=self._add)
        self.add.setAccessibleName(f"Add to {parameter.label}")
        self._column.addWidget(Spaced(self.add))
        self.setAccessibleName(parameter.label)

    def set_value(self, value: Sequence[Mapping[str, Any]] | None) -> None:
        rows = list(value or ())
        while len(self._cards) > len(rows):
            card = self._cards.pop()
            self._forms.pop()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < len(rows):
            self._make_row()
        for form, one in zip(self._forms, rows, strict=True):
            form.set_value(one)
        self.refused.emit("")

    def _make_row(self) -> None:
        card = Card()
        card.body.setContentsMargins(8, 6, 8, 8)
        form = ValueForm(self._parameter.fields, self._rules, label=72)
        form.committed.connect(lambda _value: self._tell())
        take = IconButton("trash", f"Take this out of {self._parameter.label}", size=24)
        take.clicked.connect(lambda: self._take(form))
        card.add(form)
        foot = Spaced(take, stretch=False)
        foot.layout().insertStretch(0, 1)  # type: ignore[union-attr]
        card.add(foot)
        self._forms.append(form)
        self._cards.append(card)
        self._column.insertWidget(len(self._cards) - 1, card)

    def value(self) -> list[dict[str, Any]] | None:
        return [form.value() for form in self._forms] or None

    def refuse(self, message: str) -> None:
        self.refused.emit(message)

    def _tell(self) -> None:
        self.committed.emit(self.value())

    def _take(self, form: ValueForm) -> None:
        rows = [one.value() for one in self._forms if one is not form]
        self.set_value(rows)
        self._tell()

    def _add(self) -> None:
        names = {one.name for one in self._parameter.fields}
        key = next((key for key in ("break", "work", "if", "gap") if key in names), "")
        first = self._forms[-1].value() if self._forms else dict(_NEW_ROWS.get(key, {}))
        first.pop("label", None)
        self.set_value([*(form.value() for form in self._forms), first])
        self._tell()


class ConditionsField(QWidget):
    """Conditions that must all hold; each can be taken away, others added."""

    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, names: Sequence[str], empty: str = "Add a condition") -> None:
        super().__init__()
        self._names = list(names)
        self._values: dict[str, Any] = {}
        self._rows: dict[str, QWidget] = {}
        self._editors: dict[str, Any] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add = MenuButton(empty, self._fill, icon="plus", small=True)
        self._column.addWidget(Spaced(self.add))

    def set_value(self, value: Mapping[str, Any] | None) -> None:
        self._values = dict(value or {})
        for name in list(self._rows):
            if name not in self._values:
                row = self._rows.pop(name)
                del self._editors[name]
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        for name, one in self._values.items():
            if name not in self._rows and name in CONDITIONS:
                self._make_row(name)
            if name in self._editors:
                self._editors[name].set_value(one)
        self.add.setEnabled(any(name not in self._values for name in self._names))

    def _make_row(self, name: str) -> None:
        parameter = CONDITIONS[name].parameter
        editor = field_for(parameter, ())
        editor.committed.connect(partial(self._on_value, name))  # type: ignore[attr-defined]
        take = IconButton("trash", f"Take “{parameter.label}” away", size=24)
        take.clicked.connect(lambda: self._on_value(name, None))
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = Label(parameter.label, "label")
        head.setToolTip(parameter.help)
        line = Spaced(head, take, stretch=False)
        line.layout().setStretchFactor(head, 1)  # type: ignore[attr-defined]
        column.addWidget(line)
        column.addWidget(FieldRow("", editor, label_width=0))
        self._rows[name], self._editors[name] = row, editor
        self._column.insertWidget(len(self._rows) - 1, row)

    def _fill(self, menu: QMenu) -> None:
        for name in self._names:
            if name not in self._values:
                menu.addAction(CONDITIONS[name].parameter.label, partial(self._begin, name))

    def _begin(self, name: str) -> None:
        self._on_value(name, _NEW_CONDITIONS[name])

    def _on_value(self, name: str, value: Any) -> None:
        new = {**self._values, name: value}
        if value is None:
            del new[name]
        self.set_value(new)
        self.committed.emit(self.value())

    def value(self) -> dict[str, Any]:
        return dict(self._values)

    def refuse(self, message: str) -> None:
        self.refused.emit(message)


def field_for(parameter: Parameter, rules: Choices) -> QWidget:
    """The field of a parameter of whatever type."""
    if parameter.type == p.TABLE:
        return TableField(parameter, rules)
    if parameter.type == p.TABLES:
        return TablesField(parameter, rules)
    if parameter.type == p.CONDITIONS_TYPE:
        return ConditionsField([name for name, one in CONDITIONS.items() if not one.person], "Only when…")
    return editor_for(parameter, rules)
