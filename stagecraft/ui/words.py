"""Words the whole window shares: times in the house's style, dates as they are typed, a step in the past tense."""

from __future__ import annotations

import re
from datetime import date, timedelta

from stagecraft.domain import times

_time_style = "12"


def set_time_style(style: str) -> None:
    """Write times as `10:00a` ("12") or `10:00` ("24") from now on; the house decides."""
    global _time_style
    _time_style = style


def time_style() -> str:
    return _time_style


def time_text(minute: int) -> str:
    """A time of day in the house's style; takes wall minutes or minutes of the day."""
    return times.time_text(minute, style=_time_style)


def span_text(start: int, end: int) -> str:
    """A span in the house's style: `10:00–11:30a`."""
    return times.span_text(start, end, style=_time_style)


# --- steps -------------------------------------------------------------------------------------------------

_PAST = {
    "set": "Set", "put": "Put", "give": "Gave", "take": "Took", "copy": "Copied", "cut": "Cut", "draw": "Drew",
    "let": "Let", "send": "Sent", "undo": "Undid", "redo": "Redid", "split": "Split", "cancel": "Cancelled",
    "plan": "Planned", "swap": "Swapped", "pin": "Pinned", "apply": "Applied", "make": "Made", "write": "Wrote",
    "begin": "Began", "leave": "Left", "say": "Said", "tell": "Told", "lay": "Laid", "build": "Built",
}  # fmt: skip


def past(step: str) -> str:
    """What was done, from a step's imperative text: `move “On Top”` becomes `Moved “On Top”`."""
    verb, _, rest = step.partition(" ")
    low = verb.lower()
    if low in _PAST:
        done = _PAST[low]
    else:
        done = (low + ("d" if low.endswith("e") else "ed")).capitalize()
    return f"{done} {rest}".rstrip()


def capital(text: str) -> str:
    """First letter upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def count_text(count: int, one: str, many: str = "") -> str:
    """`1 call`, `3 calls`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


# --- dates as they are typed -------------------------------------------------------------------------------

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_date(text: str, near: date) -> date | None:
    """The day meant by `thu 14 jan 2027`, `14 jan`, `jan 14`, `2027-01-14`, `thu`, `tomorrow`, `+3`.

    Without a year the day nearest to `near` is meant; a bare weekday is the next one from `near` on. None when
    it is no day. A weekday that contradicts the date is ignored, since people retype the number only.
    """
    words = re.findall(r"[a-z]+|[+\-]?\d+", text.lower().replace("-", " ") if "-" in text[1:] else text.lower())
    if not words:
        return None
    if len(words) == 1:
        return _one_word(words[0], near)
    if re.fullmatch(r"\d{4}", words[0]) and len(words) == 3 and all(word.isdigit() for word in words):
        return _day(int(words[0]), int(words[1]), int(words[2]))
    month = next((i + 1 for w in words for i, m in enumerate(_MONTHS) if w.startswith(m)), None)
    numbers = [int(word) for word in words if word.isdigit()]
    if month is None or not numbers:
        return None
    year = next((n for n in numbers if n > 31), None)
    day = next((n for n in numbers if n <= 31), None)
    if day is None or len(numbers) > 2:
        return None
    if year is None:
        found = [made for y in (near.year - 1, near.year, near.year + 1) if (made := _day(y, month, day))]
        return min(found, key=lambda made: abs((made - near).days), default=None)
    return _day(year if year > 99 else 2000 + year, month, day)


def _one_word(word: str, near: date) -> date | None:
    relative = {"today": 0, "tod": 0, "tonight": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
    if word in relative:
        return near + timedelta(days=relative[word])
    if re.fullmatch(r"[+\-]\d{1,3}", word):
        return near + timedelta(days=int(word))
    if len(word) >= 3 and word[:3] in _DAYS:
        return near + timedelta(days=(_DAYS.index(word[:3]) - near.weekday()) % 7)
    if re.fullmatch(r"\d{1,2}", word):
        return _day(near.year, near.month, int(word))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
