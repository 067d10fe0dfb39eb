"""Reads the data files of the sample season and moves every date in them by the same number of weeks."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from stagecraft.base.resources import resource
from stagecraft.domain.times import date_text, day_text, monday, parse_time, wall

WORKSHOP_MONDAY = date(2027, 1, 11)
"""Monday of workshop day 1 as the data files have it."""

_IN_TEXT = re.compile(r"\{(day|date):(\d{4}-\d{2}-\d{2})\}")


def default_anchor(today: date) -> date:
    """The Monday that puts `today` into the workshop's second week."""
    return monday(today) - timedelta(weeks=1)


def is_mlk_day(day: date) -> bool:
    """Whether `day` is the third Monday of a January."""
    return day.month == 1 and day.weekday() == 0 and 15 <= day.day <= 21


@dataclass(frozen=True, slots=True)
class Book:
    """The data files, moved by whole weeks; `draft` (1 to 3) chooses the plan of the workshop's first week."""

    weeks: int
    draft: int

    @classmethod
    def anchored(cls, anchor: date, draft: int) -> Book:
        """Put the Monday of the workshop's day 1 into the week of `anchor`."""
        if draft not in (1, 2, 3):
            raise ValueError(f"the workshop has drafts 1 to 3, not {draft}")
        return cls((monday(anchor) - WORKSHOP_MONDAY).days // 7, draft)

    def read(self, name: str) -> dict[str, Any]:
        """One data file with its dates and the dates inside its sentences moved."""
        moved = self._move(tomllib.loads(resource("sample", f"{name}.toml").read_text("utf-8")))
        return moved if isinstance(moved, dict) else {}

    def day(self, day: date) -> date:
        return day + timedelta(weeks=self.weeks)

    def holds(self, entry: dict[str, Any]) -> bool:
        """Whether an entry belongs to this draft of the plan."""
        return self.draft in entry.get("drafts", (1, 2, 3))

    def moment(self, text: str) -> int:
        """Wall minute of `2027-01-13 1:30p`, moved."""
        day, _, time = text.partition(" ")
        return wall(self.day(date.fromisoformat(day)), minute(time))

    def _move(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._move(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._move(one) for one in value]
        if isinstance(value, date):
            return self.day(value)
        return _IN_TEXT.sub(self._write, value) if isinstance(value, str) else value

    def _write(self, found: re.Match[str]) -> str:
        day = self.day(date.fromisoformat(found[2]))
        return day_text(day) if found[1] == "day" else date_text(day)


def minute(text: str) -> int:
    """Minutes after midnight of `10:00a`."""
    found = parse_time(text)
    if found is None:
        raise ValueError(f"no time: {text}")
    return found


def span(day: date, text: str) -> tuple[int, int]:
    """Wall minutes of `10:00a–1:00p` on a day."""
    first, _, last = text.partition("–")
    return wall(day, minute(first)), wall(day, minute(last))
