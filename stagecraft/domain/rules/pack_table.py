"""A table of a pack file, read key by key: whatever is not as it must be is refused with file and key named."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from stagecraft.base.errors import Refused
from stagecraft.domain.rules.parameter_values import Trouble, as_date, clock_minutes, shown


class PackProblem(Refused):
    """A pack cannot be used as it is. `message` is one sentence, `pack` the file, `rule` and `field` where in it."""

    def __init__(self, pack: str, key: str, words: str, *, rule: str = "") -> None:
        place = f"{pack}, rule “{rule}”" if rule else pack
        subject = f"“{key[:160]}” " if key else ""
        # A key may be as odd as its file; the sentence stays one line.
        sentence = "".join(letter if letter.isprintable() else "?" for letter in f"{place}: {subject}{words}.")
        super().__init__("pack.wrong", sentence, field=key)
        self.pack = pack
        self.rule = rule


class Table:
    """One table with the place it stands at."""

    def __init__(self, values: Mapping[str, Any], pack: str, *, rule: str = "", key: str = "") -> None:
        self.values = values
        self.pack = pack
        self.rule = rule
        self.key = key

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def problem(self, key: str, words: str) -> PackProblem:
        """What to raise about a key of this table."""
        return PackProblem(self.pack, f"{self.key}.{key}".strip("."), words, rule=self.rule)

    def check(self, trouble: Trouble | None) -> None:
        """Refuse where the values have a trouble; its key is counted from the rule."""
        if trouble is not None:
            raise PackProblem(self.pack, trouble.key, trouble.words, rule=self.rule)

    def only(self, *known: str) -> None:
        """Refuse a key that is none of these."""
        for key in self.values:
            if key not in known:
                raise self.problem(shown(key).strip("“”"), f"is unknown; known are {', '.join(known)}")

    def text(self, key: str, default: str = "", *, limit: int = 200) -> str:
        """A text of one line, or of several where it may be long."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.problem(key, f"must be a text, not {shown(value)}")
        if len(value) > limit:
            raise self.problem(key, f"must have at most {limit} letters, not {len(value)}")
        for letter in value:
            if unicodedata.category(letter) == "Cc" and not (letter == "\n" and limit > 200):
                raise self.problem(key, "holds a letter that cannot be printed")
        return value.strip()

    def needed(self, key: str, *, limit: int = 200) -> str:
        """A text that must be there."""
        value = self.text(key, limit=limit)
        if not value:
            raise self.problem(key, "is missing")
        return value

    def yes_no(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.problem(key, f"must be true or false, not {shown(value)}")
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """One of these words."""
        value = self.values.get(key, default)
        if value not in choices:
            raise self.problem(key, f"must be one of {', '.join(filter(None, choices))}, not {shown(value)}")
        return str(value)

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number within bounds."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.problem(key, f"must be a whole number, not {shown(value)}")
        if not low <= value <= high:
            raise self.problem(key, f"must be between {low} and {high}, not {shown(value)}")
        return value

    def day(self, key: str, default: date | None = None) -> date | None:
        """A date; an empty text is none."""
        if key not in self.values:
            return default
        value = self.values[key]
        if value in ("", None):
            return None
        found = as_date(value)
        if found is None:
            raise self.problem(key, f"must be a date such as 2027-01-14, not {shown(value)}")
        return found

    def clock(self, key: str, default: int) -> int:
        """Minutes after midnight of a clock time before noon."""
        if key not in self.values:
            return default
        minutes = clock_minutes(self.values[key])
        if minutes is None or minutes >= 12 * 60:
            raise self.problem(
                key, f"must be a clock time before noon such as 04:00, not {shown(self.values[key])}"
            )
        return minutes

    def table(self, key: str) -> Table:
        """The table under a key, empty where there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            raise self.problem(key, f"must be a table, not {shown(value)}")
        return Table(value, self.pack, rule=self.rule, key=f"{self.key}.{key}".strip("."))

    def tables(self, key: str, *, limit: int = 500) -> list[Table]:
        """The list of tables under a key."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or len(value) > limit:
            raise self.problem(key, f"must be a list of at most {limit} tables, not {shown(value)}")
        found = []
        for at, one in enumerate(value, 1):
            place = f"{self.key}.{key}[{at}]".strip(".")
            if not isinstance(one, Mapping):
                raise PackProblem(self.pack, place, f"must be a table, not {shown(one)}", rule=self.rule)
            found.append(Table(one, self.pack, rule=self.rule, key=place))
        return found
