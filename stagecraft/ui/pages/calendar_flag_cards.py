"""Flags of the selected call as cards: who, the rule in words, measured against limit, where it comes from, what to do.

What breaks something comes first, then what only costs, what is accepted, and what could not be checked. A card stays
while nothing about it changes, so that a half-typed reason is not lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import Chip, ChipSpec
from stagecraft.ui.widgets.fields import LineEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import ButtonSpec, Ground
from stagecraft.ui.widgets.people_field import FlowLayout

_LOOK = {
    "red": ("red", "red", "redMark", "Flag"),
    "amber": ("amber", "amber", "amberMark", "Warning"),
    "cost": ("card", "cost", "text2", "Cost"),
    "accepted": ("card", "check", "okMark", "Accepted"),
    "unchecked": ("card", "info", "text2", "Not checked"),
}
"""Ground, icon, its colour and the word by which a card is known."""


class ReasonLine(QWidget):
    """ "Accept with a reason…": a button that becomes a field. Enter or leaving accepts, Esc gives it up."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.ask = Button("Accept with a reason…", small=True, on_click=self.begin)
        self.field = LineEdit(placeholder="Why it stands", name="Reason for accepting")
        self.field.committed.connect(self._commit)
        self.accept = Button("Accept", small=True, on_click=self.field.commit)
        row.addWidget(self.ask)
        row.addWidget(self.field, 1)
        row.addWidget(self.accept)
        self.field.hide()
        self.accept.hide()
        self._filler = QWidget()
        row.addWidget(self._filler, 1)

    def begin(self) -> None:
        """Show the field and put the cursor into it."""
        self._show(True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Nothing is accepted."""
        self.field.put_back()
        self._show(False)
        self.ask.setFocus()

    def _show(self, field: bool) -> None:
        self.ask.setVisible(not field)
        self._filler.setVisible(not field)
        self.field.setVisible(field)
        self.accept.setVisible(field)

    def refuse(self, message: str) -> None:
        """Why it could not be accepted."""
        self.field.refuse(message)
        self.field.setToolTip(message)

    def _commit(self, reason: object) -> None:
        if str(reason).strip():
            self.given.emit(str(reason).strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.isVisibleTo(self):
            self.end()
        else:
            super().keyPressEvent(event)


class FlagCard(Ground):
    """One card. `look` is red | amber | cost | accepted | unchecked; `key` says when it may stay as it is."""

    def __init__(
        self,
        key: object,
        look: str,
        title: str,
        lines: Sequence[str] = (),
        *,
        source: str = "",
        doubt: bool = False,
        buttons: Sequence[ButtonSpec] = (),
        accept: Callable[[str, ReasonLine], object] | None = None,
        about: Callable[[], object] | None = None,
    ) -> None:
        ground, icon, token, kind = _LOOK[look]
        super().__init__(ground)
        self.key, self.look = key, look
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(IconMark(icon, token, 16, name=kind), 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        row.addLayout(self.column, 1)
        self.title = Label(title, "heading", wrap=True, tone="text2" if look == "unchecked" else "")
        self.column.addWidget(self.title)
        for line in lines:
            self.column.addWidget(Label(line, "secondary", wrap=True))
        self._add_source(source, doubt, about)
        self.buttons = [
            Button(
                words,
                "primary" if look in ("red", "amber") and index == 0 else "normal",
                small=True,
                on_click=run,
            )
            for index, (words, run) in enumerate(buttons)
        ]
        self._add_buttons()
        self.reason: ReasonLine | None = None
        if accept is not None:
            self.reason = ReasonLine()
            self.reason.given.connect(lambda words, line=self.reason: accept(words, line))
            self.column.addSpacing(2)
            self.column.addWidget(self.reason)
        self.setAccessibleName(". ".join(part for part in (f"{kind}: {title}", *lines, source) if part))

    def _add_source(self, source: str, doubt: bool, about: Callable[[], object] | None) -> None:
        """Agreement and clause in small; that nobody has verified the rule stands beside it, not in colour alone."""
        if source:
            self.column.addWidget(Label(source, "caption", wrap=True, tone="text2"))
        if not doubt and about is None:
            return
        line = FlowLayout(gap=6)
        if doubt:
            line.addWidget(
                Chip(
                    ChipSpec("unverified", "dashed", icon="info"),
                    tip="Nobody has compared this rule with the agreement yet.",
                )
            )
        if about is not None:
            line.addWidget(Button("About the rule", "link", on_click=about))
        self.column.addLayout(line)

    def _add_buttons(self) -> None:
        if self.buttons:
            across = FlowLayout()
            for button in self.buttons:
                across.addWidget(button)
            self.column.addSpacing(4)
            self.column.addLayout(across)

    @property
    def typing(self) -> bool:
        """Whether a reason is being typed here."""
        return self.reason is not None and self.reason.field.isVisibleTo(self)


class CardColumn(QWidget):
    """Cards below each other; those whose key stays are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 4, 0, 0)
        self.box.setSpacing(8)
        self.cards: list[FlagCard] = []

    def show_cards(self, wanted: Sequence[tuple[object, Callable[[], FlagCard]]]) -> bool:
        """Show these, made where they are not there yet. False when the focus was on one that is gone."""
        have = {card.key: card for card in self.cards}
        cards = [have.pop(key) if key in have else make() for key, make in wanted]
        window = self.window()
        focus = window.focusWidget() if window is not None else None
        lost = False
        for card in have.values():
            lost = lost or (focus is not None and card.isAncestorOf(focus))
            card.hide()
            self.box.removeWidget(card)
            card.deleteLater()
        for place, card in enumerate(cards):
            if self.box.indexOf(card) != place:
                self.box.insertWidget(place, card)
        self.cards = cards
        first = next((card for card in cards if card.buttons and card.look in ("red", "amber")), None)
        for card in cards:
            for button in card.buttons[:1]:
                button.set_variant("primary" if card is first else "normal")
        return not lost


def spec(words: str, run: Callable[..., object], *args: Any) -> ButtonSpec:
    """A button's words and what it does."""
    return words, partial(run, *args)
