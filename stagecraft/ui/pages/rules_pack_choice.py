"""The choice of packs for a contract or a production: one or several, none at all, or what stands above it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent

from stagecraft.domain.rules.rule_words import listed
from stagecraft.domain.rules.shipped import HOUSE_DEFAULT
from stagecraft.queries.rules_packs import NO_RULES, packs
from stagecraft.ui.widgets.people_field import PeopleField

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

NO_RULES_WORDS = "no work rules"


class ChipChoice(PeopleField):
    """Some of a short list as chips; a click into the line shows what there is.

    Keeps the contract of `ui.widgets.fields`; nothing chosen is None.
    """

    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, *, placeholder: str, name: str) -> None:
        super().__init__(placeholder=placeholder, name=name)
        self.most = 40
        self.changed.connect(self._on_changed)

    def _on_changed(self, keys: Sequence[Hashable]) -> None:
        self.refused.emit("")
        self.committed.emit(self.value())

    def set_value(self, value: Any) -> None:
        self.set_keys(value or ())
        self.refused.emit("")

    def value(self) -> Any:
        return self.chosen() or None

    def refuse(self, message: str) -> None:
        self.refused.emit(message)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if (
            watched is self.line
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and not self.line.text()
        ):
            self._offer("")
        return super().eventFilter(watched, event)


class PackChoice(ChipChoice):
    """Codes of packs parted by blanks, as a contract or a production keeps them; "" is what stands above it."""

    def __init__(self) -> None:
        super().__init__(placeholder="add a pack…", name="Work rules")
        self._titles: dict[str, str] = {}
        self._above = ""

    def show_packs(self, titles: dict[str, str], above: str) -> None:
        """Offer these packs by code; `above` says what holds while none is chosen."""
        self._titles, self._above = titles, above
        self.line.setToolTip(f"{above}. Choose one pack or several; all of them then count.")
        self._offer_choices(self.chosen())

    def _offer_choices(self, keys: Sequence[Hashable]) -> None:
        known = {**self._titles, NO_RULES: NO_RULES_WORDS}
        # A pack that is gone stays in sight, so that it can be taken out.
        known |= {str(key): f"{key}, not here" for key in keys if key not in known}
        self.set_choices([(code, title, title) for code, title in known.items()])
        self._show_above()

    def _show_above(self) -> None:
        self.line.setPlaceholderText("add a pack…" if self.chosen() else self._above)

    def set_value(self, value: Any) -> None:
        codes = str(value or "").split()
        self._offer_choices(codes)
        super().set_value(codes)
        self._show_above()

    def value(self) -> str:
        return " ".join(str(key) for key in self.chosen())

    def words_of(self, value: Any) -> str:
        """What is chosen in words, or what stands above."""
        codes = str(value or "").split()
        return pack_words(codes, self._titles) if codes else self._above

    def _on_changed(self, keys: Sequence[Hashable]) -> None:
        if len(keys) > 1 and NO_RULES in keys:
            # No rules and some rules cannot both be: the newer choice holds.
            last = keys[-1]
            self.set_keys([last] if last == NO_RULES else [key for key in keys if key != NO_RULES])
        self._show_above()
        super()._on_changed(self.chosen())


def pack_words(codes: Sequence[str], titles: dict[str, str]) -> str:
    """`AEA LORT and UK children, 9 and over`."""
    return listed([NO_RULES_WORDS if code == NO_RULES else titles.get(code, code) for code in codes])


def pack_titles(desk: Desk) -> dict[str, str]:
    """Titles of all packs by code."""
    return {entry.code: entry.title for entry in desk.read(packs).entries}


def above_contract(production_pack: str, titles: dict[str, str]) -> str:
    """What holds for a contract that names no pack: `as the production: AEA LORT`."""
    codes = production_pack.split()
    return f"as the production: {pack_words(codes or [HOUSE_DEFAULT], titles)}"


def above_production(titles: dict[str, str]) -> str:
    """What holds for a production that names no pack."""
    return f"as the house: {titles.get(HOUSE_DEFAULT, HOUSE_DEFAULT)}"
