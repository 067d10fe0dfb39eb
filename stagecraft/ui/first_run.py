"""What the window shows when no company file is open: who works here, the first steps, the recent files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from stagecraft.base.settings import ROLES, Settings
from stagecraft.ui import words
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import Combo, LineEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Card, FieldRow, Ground


def _column(inside: QWidget) -> QVBoxLayout:
    """A column of at most 660 px in the middle."""
    across = QHBoxLayout(inside)
    holder = QWidget()
    holder.setMaximumWidth(660)
    across.addStretch(1)
    across.addWidget(holder, 100)
    across.addStretch(1)
    column = QVBoxLayout(holder)
    column.setSpacing(12)
    column.setContentsMargins(24, 40, 24, 24)
    return column


class _Step(QWidget):
    """A first step: icon, what it is, one sentence, the button."""

    def __init__(self, icon: str, title: str, text: str, button: Button) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(IconMark(icon, "text2", 20), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(Label(title, "heading"))
        told.addWidget(Label(text, "secondary", wrap=True))
        row.addLayout(told, 1)
        row.addWidget(button)


class FirstRun(QScrollArea):
    """Three ways to begin. Emits what was chosen; opening is the composition root's."""

    sample_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    import_wanted = Signal()
    recent_wanted = Signal(str)
    person_changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.setWidgetResizable(True)
        inside = Ground("none")
        column = _column(inside)
        column.addWidget(Label("Stagecraft", "big"))
        column.addWidget(
            Label(
                "One file holds every production of a company: calls, contracts, paper.", "body", tone="text2"
            )
        )
        column.addSpacing(8)
        column.addWidget(self._who())
        column.addWidget(self._steps())
        if recent := self._recent():
            column.addWidget(recent)
        column.addStretch(1)
        self.setWidget(inside)
        self.setAccessibleName("First steps")
        self.setFocusProxy(self.name.editor if not settings.name else self.buttons["Open the sample season"])

    def _who(self) -> QWidget:
        card = Card("Who works here?")
        self.name = FieldRow(
            "Your name",
            LineEdit(self.settings.name, placeholder="Written beside your changes"),
            on_commit=self._on_name,
            label_width=72,
        )
        roles = [(key, words.capital(word)) for key, word in ROLES.items()]
        self.role = FieldRow(
            "Your work", Combo(roles, self.settings.role), on_commit=self._on_role, label_width=72
        )
        self.role.set_hint("Decides which fields open for you. Both can be changed in the settings.")
        card.add(self.name)
        card.add(self.role)
        return card

    def _on_name(self, name: str) -> None:
        self.settings.name = name
        self.person_changed.emit()

    def _on_role(self, role: str) -> None:
        self.settings.role = role
        self.person_changed.emit()

    def _steps(self) -> QWidget:
        card = Card("How do you want to begin?", flush=True)
        steps: Sequence[tuple[str, str, str, str, str, Callable[[], object]]] = (
            ("star", "Look around", "A running musical and a workshop, with calls, contracts, reports, around today.",
             "Open the sample season", "primary", self.sample_wanted.emit),
            ("plus", "Start a production", "A new company file on this machine. Name the show, then call people.",
             "New file…", "normal", self.new_wanted.emit),
            ("company", "Bring people in", "A new company file filled from a list of people saved as CSV.",
             "Import…", "normal", self.import_wanted.emit),
            ("folder", "Open a company file", "One you made before, or were given.",
             "Open…", "normal", self.open_wanted.emit),
        )  # fmt: skip
        self.buttons: dict[str, Button] = {}
        for icon, title, text, label, variant, run in steps:
            button = Button(label, variant, on_click=run)
            button.setMinimumWidth(120)
            self.buttons[label] = button
            card.add(_Step(icon, title, text, button))
        return card

    def _recent(self) -> QWidget | None:
        known = [target for target in self.settings.recent if "://" in target or Path(target).exists()]
        if not known:
            return None
        card = Card("Recent files", flush=True)
        for target in known:
            path = Path(target)
            shown = target if "://" in target else f"{path.stem}   {path.parent}"
            button = Button(
                shown, "quiet", icon="folder", on_click=lambda target=target: self.recent_wanted.emit(target)
            )
            button.setStyleSheet("text-align: left")
            card.add(button)
        return card


class NewFile(QScrollArea):
    """What a new company file needs to know: whose it is and the first show. Asks where to put it at the end."""

    made = Signal(dict)
    cancelled = Signal()

    def __init__(self, kinds: dict[str, str], *, then: str = "Create the file…") -> None:
        super().__init__()
        self.setWidgetResizable(True)
        inside = Ground("none")
        column = _column(inside)
        column.addWidget(Label("Start a production", "big"))
        card = Card("The show")
        self.company = FieldRow(
            "Company", LineEdit(placeholder="Who produces it, for the heads of paper"), label_width=88
        )
        self.name = FieldRow(
            "Show", LineEdit(placeholder="As it is called on paper"), label_width=88, on_commit=self._on_name
        )
        self.code = FieldRow("Code", LineEdit(placeholder="2 to 6 letters, such as BOMB"), label_width=88)
        self.kind = FieldRow(
            "Kind", Combo([(key, words.capital(word)) for key, word in kinds.items()], "run"), label_width=88
        )
        for row in (self.company, self.name, self.code, self.kind):
            card.add(row)
        column.addWidget(card)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("Back", "quiet", on_click=self.cancelled.emit))
        self.create_button = Button(then, "primary", on_click=self._done)
        buttons.addWidget(self.create_button)
        column.addLayout(buttons)
        column.addStretch(1)
        self.setWidget(inside)

    def _on_name(self, name: str) -> None:
        letters = "".join(c for c in name.upper() if "A" <= c <= "Z")
        if letters and not self.code.value():
            self.code.set_value(letters[:4])

    def _done(self) -> None:
        for row in (self.company, self.name, self.code):
            row.editor.commit()
        if not self.name.value():
            self.name.refuse("A production needs a name.")
            self.name.editor.setFocus()
            return
        self.made.emit(
            {
                "company": self.company.value(),
                "name": self.name.value(),
                "code": self.code.value(),
                "kind": self.kind.value(),
            }
        )
