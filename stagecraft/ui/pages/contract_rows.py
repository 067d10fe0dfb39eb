"""Fields of a contract's page that other pages do not need: a row that can be locked, amounts, percentages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stagecraft.base.errors import Refused
from stagecraft.domain.contract_dates import notice_text, parse_notice
from stagecraft.domain.money import money_text, parse_money, parse_percent, percent_text
from stagecraft.ui.widgets.fields import LineEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow
from stagecraft.ui.widgets.suggestions import Suggestions

LABEL_WIDTH = 84


class TermRow(FieldRow):
    """A field with its label; locked it shows its value as text, and nothing at all when it is empty."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        on_commit: Callable[[Any], object] | None = None,
        *,
        words_of: Callable[[Any], str] | None = None,
        keep_empty: bool = False,
    ) -> None:
        self.words = Label("", "body", wrap=True)
        super().__init__(label, editor, on_commit=on_commit, label_width=LABEL_WIDTH, after=(self.words,))
        self._words_of = words_of or (editor.words_of if hasattr(editor, "words_of") else str)
        self._keep_empty = keep_empty
        self._locked = False
        self.words.hide()

    def set_value(self, value: Any) -> None:
        super().set_value(value)
        self._show_words()

    def lock(self, locked: bool) -> None:
        self._locked = locked
        self.editor.setVisible(not locked)
        self.words.setVisible(locked)
        self._show_words()

    def _show_words(self) -> None:
        value = self.value()
        text = "" if value is None else self._words_of(value)
        self.words.setText(text)
        self.words.setAccessibleName(f"{self.label.text()}: {text}")
        self.setVisible(not self._locked or bool(text) or self._keep_empty)


class NoticeEdit(LineEdit):
    """Notice in days, typed and shown in weeks or days; nothing is nothing agreed."""

    def __init__(self) -> None:
        super().__init__(None, placeholder="4 weeks", right=True)

    def words_of(self, value: Any) -> str:
        return "" if value is None else notice_text(value)

    def parse(self, text: str) -> int | None:
        if not text.strip():
            return None
        days = parse_notice(text)
        if days is None or days > 3660:
            raise Refused("field.notice", "Weeks or days are needed, as in 4 weeks or 10 days.")
        return days


class Known(Label):
    """A fact beside its label that follows from other things and is not typed here."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("", "body", wrap=True)

    def set_value(self, value: str) -> None:
        self.setText(value)

    def value(self) -> str:
        return self.text()


class SuggestEdit(LineEdit):
    """A line of text that offers what is usual."""

    def __init__(self, offers: list[str] | None = None, *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._offers = Suggestions(offers or [], self)
        self._offers.activated.connect(lambda _text: (self._touched(), self.commit()))
        self.setCompleter(self._offers)

    def set_offers(self, offers: list[str]) -> None:
        self._offers.set_offers(offers)


class MoneyEdit(LineEdit):
    """An amount in minor units or nothing; `currency` says how many digits they have."""

    def __init__(self) -> None:
        self.currency = "USD"
        super().__init__(None, right=True)
        self.setFixedWidth(120)

    def words_of(self, value: Any) -> str:
        return "" if value is None else money_text(value, self.currency)

    def parse(self, text: str) -> int | None:
        if not text.strip():
            return None
        amount = parse_money(text, self.currency)
        if amount is None:
            raise Refused("money.text", "That is no amount, such as 2,798.51.")
        return amount


class PercentEdit(LineEdit):
    """A percentage in hundredths of a percent, or nothing."""

    def __init__(self) -> None:
        super().__init__(None, right=True)
        self.setFixedWidth(120)

    def words_of(self, value: Any) -> str:
        return "" if value is None else percent_text(value)

    def parse(self, text: str) -> int | None:
        if not text.strip():
            return None
        points = parse_percent(text)
        if points is None:
            raise Refused("money.percent", "That is no percentage, such as 10 %.")
        return points
