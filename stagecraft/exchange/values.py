"""Reading a cell: dates, times, minutes, words from a closed list, lists of names. Every failure is a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from stagecraft.domain.times import parse_time

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DOTTED = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
_SLASHED = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")
_DAY_MONTH = re.compile(r"^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$")
_MONTH_DAY = re.compile(r"^(?:[a-z]+,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
_RANGE = re.compile(r"\s+(?:to|until)\s+|\s*–\s*|\s+-\s+|\s*\.\.+\s*|\s*—\s*")


class Unreadable(ValueError):
    """A cell that cannot be read; the text is the reason."""


def plain(text: str) -> str:
    """Full-width digits and signs as ordinary ones, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@dataclass(slots=True)
class Dates:
    """Reads dates; 3/4/2027 only when other dates of the same file show which of the two is the month."""

    order: str = ""  # "dm", "md", "" when the file does not tell, "both" when it contradicts itself

    @classmethod
    def of(cls, cells: Iterable[str]) -> Dates:
        found = set()
        for cell in cells:
            for part in _RANGE.split(plain(cell)):
                slashed = _SLASHED.match(part)
                if slashed and int(slashed[1]) > 12:
                    found.add("dm")
                elif slashed and int(slashed[2]) > 12:
                    found.add("md")
        return cls("both" if len(found) > 1 else "".join(found))

    def read(self, cell: str) -> date:
        text = plain(cell).casefold()
        if found := _ISO.match(text):
            return _date(cell, int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED.match(text):
            return _date(cell, int(found[3]), int(found[2]), int(found[1]))
        if found := _DAY_MONTH.match(text):
            return _date(cell, int(found[3]), _month(cell, found[2]), int(found[1]))
        if found := _MONTH_DAY.match(text):
            return _date(cell, int(found[3]), _month(cell, found[1]), int(found[2]))
        if found := _SLASHED.match(text):
            return self._slashed(cell, int(found[1]), int(found[2]), int(found[3]))
        raise Unreadable(f"“{_short(cell)}” is not a date; write it as 2027-01-14.")

    def span(self, cell: str) -> tuple[date, date]:
        """One day, or `2027-01-14 to 2027-01-16`."""
        parts = _RANGE.split(plain(cell))
        first, last = self.read(parts[0]), self.read(parts[-1])
        if len(parts) > 2 or last < first:
            raise Unreadable(f"“{_short(cell)}” is not a span of days.")
        return first, last

    def _slashed(self, cell: str, one: int, two: int, year: int) -> date:
        if one == two:
            return _date(cell, year, one, two)
        order = "dm" if one > 12 else "md" if two > 12 else self.order
        if order not in ("dm", "md"):
            raise Unreadable(f"“{_short(cell)}” can be read two ways; write it as {year}-MM-DD.")
        return _date(cell, year, two, one) if order == "dm" else _date(cell, year, one, two)


def _month(cell: str, word: str) -> int:
    if word[:3] not in _MONTHS:
        raise Unreadable(f"“{_short(cell)}” is not a date; write it as 2027-01-14.")
    return _MONTHS.index(word[:3]) + 1


def _date(cell: str, year: int, month: int, day: int) -> date:
    if not 1970 <= year <= 2200:
        raise Unreadable(f"“{_short(cell)}” lies outside the years 1970 to 2200.")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{_short(cell)}” is not a day of the calendar.") from None


def read_time(cell: str, *, after: int | None = None) -> int:
    """Minutes after midnight; `noon` and `midnight` too. `after`: see domain.times.parse_time."""
    text = plain(cell).casefold()
    text = {"noon": "12n", "midnight": "12m"}.get(text, text)
    text = re.sub(r"^(\d{1,2}:\d{2}):\d{2}", r"\1", text)
    if text.isascii() and (minute := parse_time(text, after=after)) is not None:
        return minute
    raise Unreadable(f"“{_short(cell)}” is not a time; write it as 2:30p or 14:30.")


def read_minutes(cell: str) -> int:
    """Whole minutes of `7`, `7:30` (rounded up) or `7 min`; 0 to 600."""
    found = re.match(r"^(\d{1,3})(?::(\d{2}))?\s*(?:min|minutes|m|')?$", plain(cell).casefold(), re.ASCII)
    minutes = int(found[1]) + (1 if int(found[2] or 0) else 0) if found else -1
    if not 0 <= minutes <= 600:
        raise Unreadable(f"“{_short(cell)}” is not a number of minutes.")
    return minutes


def read_word(cell: str, words: Mapping[str, str], what: str) -> str:
    """Code of a word from a closed list; `words` maps codes to words, and both may be written."""
    wanted = _key(cell)
    for code, word in words.items():
        if wanted in (_key(code), _key(word)):
            return code
    known = ", ".join(dict.fromkeys(words.values()))
    raise Unreadable(f"“{_short(cell)}” is not a {what}; known are {known}.")


def read_list(cell: str) -> list[str]:
    """Items parted by ; or line breaks, without doubles; one in quotation marks may hold them."""
    items = (_item(found) for found in _ITEM.finditer(cell))
    return list(dict.fromkeys(item for item in items if item))


_ITEM = re.compile(r'\s*"((?:[^"]|"")+)"\s*(?=[;\n；]|$)|[^;\n；]+')


def _item(found: re.Match[str]) -> str:
    return " ".join((found[1].replace('""', '"') if found[1] else found[0]).split())


def _key(text: str) -> str:
    return "".join(c for c in plain(text).casefold() if c.isalnum())


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
