"""Fields for the values of a rule: durations, clock times, lists, ranges, kinds; each says at once what is wrong.

They keep the contract of `ui.widgets.fields` (`set_value`, `value`, `committed`, `refuse`); values are as a pack has
them: minutes as whole numbers, clock times as "23:00", lists as lists, nothing as None. Tables are in
`rules_pack_form`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from stagecraft.base.errors import Refused
from stagecraft.domain import times
from stagecraft.domain.rules import parameters as p
from stagecraft.domain.rules.parameter_values import clock_minutes, value_trouble
from stagecraft.domain.rules.parameters import Parameter
from stagecraft.domain.rules.rule_words import kind_word, listed, milestone_word
from stagecraft.ui import words
from stagecraft.ui.pages.rules_pack_choice import ChipChoice
from stagecraft.ui.widgets.fields import CheckBox, Combo, LineEdit

Choices = Sequence[tuple[str, str]]
"""Codes with their words."""

_HOURS = re.compile(
    r"(-?)(\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)\s*(?:(\d{1,2})\s*(?:m|min|minutes?)?)?", re.IGNORECASE
)
_COLON = re.compile(r"(-?)(\d+):([0-5]\d)")
_MINUTES = re.compile(r"(-?\d+)\s*(?:m|min|minutes?)?", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z0-9_-]*")


def parse_minutes(text: str) -> int | None:
    """Minutes of `12 h`, `1 h 30`, `1.5 h`, `12:30`, `90 min` or `720`; None for anything else."""
    text = text.strip().replace("−", "-")
    if found := _COLON.fullmatch(text):
        minutes = int(found[2]) * 60 + int(found[3])
        return -minutes if found[1] else minutes
    if found := _HOURS.fullmatch(text):
        minutes = round(float(found[2].replace(",", ".")) * 60) + int(found[3] or 0)
        return -minutes if found[1] else minutes
    if found := _MINUTES.fullmatch(text):
        return int(found[1])
    return None


class ParsedEdit(LineEdit):
    """A line that reads a parameter's value and says while it is typed what does not fit."""

    def __init__(self, parameter: Parameter, *, placeholder: str = "", right: bool = False) -> None:
        self.parameter = parameter
        super().__init__(None, placeholder=placeholder, name=parameter.label, right=right)
        self.setToolTip(parameter.help)
        self.textEdited.connect(self._look)

    def _look(self, text: str) -> None:
        try:
            self.parse(text)
        except Refused as refused:
            self._mark(refused.message)
        else:
            self._mark("")

    def parse(self, text: str) -> Any:
        if not text.strip():
            if self.parameter.required:
                raise Refused("rule.value", f"“{self.parameter.label}” is needed.")
            return None
        value = self.read(text.strip())
        if trouble := value_trouble(self.parameter, value):
            raise Refused("rule.value", f"{words.capital(trouble)}.")
        return value

    def read(self, text: str) -> Any:
        """The value of what was typed; raises `Refused` in words."""
        return text


class DurationEdit(ParsedEdit):
    """Hours and minutes."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="12 h or 90 min", right=True)
        self.setMaximumWidth(120)

    def words_of(self, value: Any) -> str:
        return "" if value is None else times.duration_text(value)

    def read(self, text: str) -> int:
        minutes = parse_minutes(text)
        if minutes is None:
            raise Refused("rule.minutes", "Hours and minutes are needed, as in 12 h, 1 h 30 or 90 min.")
        low, high = self.parameter.low, self.parameter.high
        if not low <= minutes <= high:
            least, most = times.duration_text(low), times.duration_text(high)
            raise Refused("rule.range", f"Between {least} and {most}.")
        return minutes


class CountEdit(ParsedEdit):
    """A whole number with its unit."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, right=True)
        self.setMaximumWidth(120)

    def words_of(self, value: Any) -> str:
        return "" if value is None else f"{value} {self.parameter.unit}".strip()

    def read(self, text: str) -> int:
        bare = text.removesuffix(self.parameter.unit).strip() if self.parameter.unit else text
        if not bare.isdigit():
            raise Refused("rule.count", "A whole number is needed.")
        if not self.parameter.low <= int(bare) <= self.parameter.high:
            raise Refused("rule.range", f"Between {self.parameter.low} and {self.parameter.high}.")
        return int(bare)


class DecimalEdit(ParsedEdit):
    """A number such as 1.5."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="1.5", right=True)
        self.setMaximumWidth(120)

    def words_of(self, value: Any) -> str:
        return "" if value is None else f"{value:g}"

    def read(self, text: str) -> float:
        try:
            return float(text.replace(",", "."))
        except ValueError:
            raise Refused("rule.number", "A number is needed, such as 1.5.") from None


class ClockEdit(ParsedEdit):
    """A clock time of the working day; after midnight it goes on to 24:30."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="11:00p or 24:30", right=True)
        self.setMaximumWidth(120)

    def words_of(self, value: Any) -> str:
        minutes = clock_minutes(value)
        if minutes is None:
            return "" if value is None else str(value)
        return str(value) if minutes >= times.DAY else words.time_text(minutes)

    def read(self, text: str) -> str:
        if clock_minutes(text) is not None:
            return text
        minutes = times.parse_time(text)
        if minutes is None:
            raise Refused(
                "rule.clock", "A clock time is needed, as in 11:00p, or 24:30 for half past midnight."
            )
        return f"{minutes // 60:02}:{minutes % 60:02}"


class ClockSpanEdit(ParsedEdit):
    """Two clock times."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="00:00–08:00")

    def read(self, text: str) -> str:
        ends = [part.strip() for part in text.replace("–", "-").split("-")]
        if len(ends) != 2 or None in (clock_minutes(end) for end in ends):
            raise Refused("rule.clocks", "Two clock times are needed, as in 00:00–08:00.")
        return "-".join(ends)


class DatesEdit(ParsedEdit):
    """Days, parted by commas."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="25 Dec 2027, 1 Jan 2028")

    def words_of(self, value: Any) -> str:
        return ", ".join(times.date_text(date.fromisoformat(day)) for day in value or ())

    def read(self, text: str) -> list[str]:
        found = []
        for part in text.split(","):
            day = times.parse_date(part.strip(), date.today())
            if day is None:
                raise Refused("rule.dates", f"“{part.strip()}” is no day, such as 25 Dec 2027.")
            found.append(day.isoformat())
        return found


class CountsEdit(ParsedEdit):
    """Whole numbers, parted by commas."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="0, 1")
        self.setMaximumWidth(120)

    def words_of(self, value: Any) -> str:
        return ", ".join(str(number) for number in value or ())

    def read(self, text: str) -> list[int]:
        parts = [part.strip() for part in text.split(",")]
        if not all(part.isdigit() for part in parts):
            raise Refused("rule.counts", "Whole numbers are needed, such as 0, 1.")
        return [int(part) for part in parts]


class RangeEdit(ParsedEdit):
    """From a number to a number; one end may be open."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="9 to 15, or 15 or more")

    def words_of(self, value: Any) -> str:
        if value is None:
            return ""
        low, high = value
        if high is None:
            return f"{low} or more"
        return f"{high} or less" if low is None else f"{low} to {high}"

    def read(self, text: str) -> list[int | None]:
        low_text = text.lower()
        numbers = [int(one) for one in re.findall(r"\d+", low_text)]
        more = any(mark in low_text for mark in ("more", "over", "+", "from")) or low_text.endswith(("-", "–"))
        less = any(mark in low_text for mark in ("less", "under", "to ")) or low_text.startswith(("-", "–"))
        if len(numbers) == 2:
            return [numbers[0], numbers[1]]
        if len(numbers) == 1 and (more or less):
            return [numbers[0], None] if more else [None, numbers[0]]
        if len(numbers) == 1:
            return [numbers[0], numbers[0]]
        raise Refused("rule.range", "Two numbers are needed, as in 9 to 15, or one, as in 15 or more.")


class ByKindEdit(ParsedEdit):
    """Minutes by kind of call: `fitting 1 h 00, photo 30 min`."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, placeholder="fitting 1 h")

    def words_of(self, value: Any) -> str:
        return ", ".join(
            f"{kind_word(kind)} {times.duration_text(many)}" for kind, many in (value or {}).items()
        )

    def read(self, text: str) -> dict[str, int]:
        codes = {said: code for code, said in p.KIND_WORDS.items()}
        found: dict[str, int] = {}
        for part in text.split(","):
            match = re.fullmatch(r"\s*(\D+?)\s+([\d].*)", part)
            minutes = parse_minutes(match[2]) if match else None
            if match is None or minutes is None:
                raise Refused("rule.by_kind", "A kind of call and a time are needed, as in fitting 1 h.")
            said = match[1].lower()
            found[codes.get(said, said.replace(" ", "_"))] = minutes
        return found


class WordsField(ChipChoice):
    """Some of a list as chips, such as kinds of call; what is typed and not in the list may be taken as it is."""

    def __init__(self, parameter: Parameter, choices: Choices, *, new: bool = False) -> None:
        super().__init__(placeholder="add…" if parameter.required else "all, or add…", name=parameter.label)
        self._known = list(choices)
        self._new = new
        self.setToolTip(parameter.help)
        self.set_value(None)
        self.unknown.connect(self._take)

    def _offer_all(self, keys: Sequence[Hashable]) -> None:
        known = {code for code, _ in self._known}
        extra = [(str(key), kind_word(str(key))) for key in keys if key not in known]
        self.set_choices([(code, said, said) for code, said in (*self._known, *extra)])

    def set_value(self, value: Any) -> None:
        self._offer_all(value or ())
        super().set_value(value)

    def _take(self, text: str) -> None:
        code = text.strip().lower().replace(" ", "_")
        if not self._new or not _WORD.fullmatch(code):
            offered = listed([said for _, said in self._known[:5]], "or")
            self.refused.emit(f"There is no “{text}” here; there are {offered}.")
            return
        self._offer_all([*self.chosen(), code])
        self._add(code)


def editor_for(parameter: Parameter, rules: Choices = ()) -> QWidget:
    """A field for a single value; `rules` are the rules of the pack that may be named."""
    kind = parameter.type
    if kind in _EDITS:
        return _EDITS[kind](parameter)
    if kind == p.YES_NO:
        return _yes_no(parameter)
    if kind == p.CHOICE:
        return _choice(parameter, [(code, said) for code, said in parameter.choices])
    if kind == p.MILESTONE:
        return MilestoneCombo(parameter)
    if kind == p.ROLES:
        return WordsField(parameter, list(p.ROLE_WORDS.items()), new=True)
    if kind == p.RULES:
        return WordsField(parameter, rules)
    if kind == p.KINDS:
        return WordsField(parameter, list(p.KIND_WORDS.items()), new=True)
    raise KeyError(kind)


def _yes_no(parameter: Parameter) -> QWidget:
    box = CheckBox("", bool(parameter.default), name=parameter.label)
    box.setToolTip(parameter.help)
    return box


def _choice(parameter: Parameter, choices: list[tuple[Any, str]]) -> Combo:
    if not parameter.required:
        usual = dict(choices).get(parameter.default)
        choices = [(None, "as usual" if usual is None else f"{usual} (usual)"), *choices]
        choices = [one for one in choices if one[0] is None or one[0] != parameter.default]
    combo = Combo(choices, parameter.default if parameter.required else None, name=parameter.label)
    combo.setToolTip(parameter.help)
    return combo


class MilestoneCombo(Combo):
    """A date of the production; one that the program does not know stays offered."""

    def __init__(self, parameter: Parameter) -> None:
        self._first = [] if parameter.required else [(None, "none")]
        super().__init__([*self._first, *p.MILESTONE_WORDS.items()], None, name=parameter.label)
        self.setToolTip(parameter.help)

    def set_value(self, value: Any) -> None:
        known = list(p.MILESTONE_WORDS.items())
        if value is not None and value not in p.MILESTONE_WORDS:
            known.append((value, milestone_word(value)))
        self.set_items([*self._first, *known])
        super().set_value(value)


class PlainEdit(ParsedEdit):
    """Text as it is typed."""


_EDITS: dict[str, type[ParsedEdit]] = {
    p.MINUTES: DurationEdit,
    p.COUNT: CountEdit,
    p.NUMBER: DecimalEdit,
    p.CLOCK: ClockEdit,
    p.CLOCK_SPAN: ClockSpanEdit,
    p.TEXT: PlainEdit,
    p.DATES: DatesEdit,
    p.COUNTS: CountsEdit,
    p.RANGE: RangeEdit,
    p.MINUTES_BY_KIND: ByKindEdit,
}
