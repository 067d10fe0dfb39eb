"""Settings, built from their declarations: this installation's own, and the house style of the open file.

Every field takes effect when it is left; there is nothing to confirm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from stagecraft.base.settings import Declaration, Settings, declarations
from stagecraft.ui import words
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import CheckBox, Combo, LineEdit
from stagecraft.ui.widgets.panels import Card, FieldRow, Ground

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUSE: tuple[tuple[str, str, dict[Any, str]], ...] = (
    ("name", "Company", {}),
    ("zone", "Time zone", {}),
    ("time_style", "Times", {"12": "10:00a, 2:30p", "24": "10:00, 14:30"}),
    ("week_start", "Week begins", dict(enumerate(_DAYS))),
    ("paper", "Paper", {"letter": "US Letter", "a4": "A4"}),
)
"""Fields of the house and their choices; a field without choices is text."""


class SettingsDialog(QDialog):
    """A window beside the main one. `changed` after each personal setting."""

    changed = Signal()

    def __init__(self, settings: Settings, desk: Desk | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.setMinimumWidth(480)
        self._settings, self._desk = settings, desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = Ground("none")
        cards = QVBoxLayout(body)
        cards.setContentsMargins(16, 16, 16, 16)
        cards.setSpacing(12)
        self.rows: dict[str, FieldRow] = {}
        mine = Card("On this machine")
        for declared in declarations():
            if declared.label:
                mine.add(self._personal(declared))
        cards.addWidget(mine)
        if desk is not None:
            cards.addWidget(self._house(desk))
        cards.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        outer.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.addStretch(1)
        row.addWidget(Button("Close", on_click=self.close))
        outer.addLayout(row)
        # As high as everything in it, or as the screen allows with a title bar above it.
        wanted = cards.heightForWidth(480) + row.sizeHint().height()
        self.resize(480, min(wanted, self.screen().availableGeometry().height() - 48))

    def _personal(self, declared: Declaration) -> FieldRow:
        value = getattr(self._settings, declared.key)
        editor: QWidget
        if declared.choices:
            editor = Combo([(key, words.capital(word)) for key, word in declared.choices.items()], value)
        elif declared.kind is bool:
            editor = CheckBox("", value, name=declared.label)
        else:
            editor = LineEdit(value)

        def commit(new: Any) -> None:
            setattr(self._settings, declared.key, new)
            self.changed.emit()

        row = FieldRow(declared.label, editor, on_commit=commit, hint=declared.help, label_width=88)
        self.rows[declared.key] = row
        return row

    def _house(self, desk: Desk) -> Card:
        card = Card("In this company file")
        for key, label, choices in HOUSE:
            value = getattr(desk.house, key)
            editor: QWidget = Combo(list(choices.items()), value) if choices else LineEdit(value)
            row = FieldRow(label, editor, label_width=88)
            row.editor.committed.connect(lambda new, key=key, row=row: self._edit_house(key, new, row))
            self.rows[f"house.{key}"] = row
            card.add(row)
        return card

    def _edit_house(self, key: str, value: Any, row: FieldRow) -> None:
        from stagecraft.services.company import EditHouse

        if self._desk is not None:
            self._desk.do(EditHouse({key: value}), "settings", fields=row)
