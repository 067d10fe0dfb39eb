"""Wall-clock minutes, working days and how times, dates and durations are written.

A *wall minute* is an integer: minutes since 1 January 1970 00:00 on the clock of the place where the thing
happens. An *instant* is minutes since 1970 UTC. Spans are half-open.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = 1440
DAY_CUT = 4 * 60
"""A call belongs to the working day on which it starts; the day turns at 04:00."""

_EPOCH = date(1970, 1, 1)
_EPOCH_DT = datetime(1970, 1, 1)


def wall(day: date, minute: int = 0) -> int:
    """Wall minute of `minute` minutes after midnight of `day`."""
    return (day - _EPOCH).days * DAY + minute


def wall_datetime(at: int) -> datetime:
    """Naive local datetime of a wall minute."""
    return _EPOCH_DT + timedelta(minutes=at)


def date_of(at: int) -> date:
    """Calendar date of a wall minute."""
    return _EPOCH + timedelta(days=at // DAY)


def minute_of(at: int) -> int:
    """Minutes after midnight, 0 to 1439."""
    return at % DAY


def work_day(at: int) -> date:
    """Working day of a wall minute: the calendar day, or the one before until 04:00."""
    return date_of(at - DAY_CUT)


def work_day_span(day: date, days: int = 1) -> tuple[int, int]:
    """Half-open wall span of `days` working days from `day`."""
    return wall(day, DAY_CUT), wall(day + timedelta(days=days), DAY_CUT)


def monday(day: date) -> date:
    """Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def to_instant(at: int, zone: str) -> int:
    """UTC minutes of a wall minute in an IANA zone; the first of two when the clock goes back."""
    local = wall_datetime(at).replace(tzinfo=_zone(zone))
    return int(local.astimezone(UTC).timestamp()) // 60


def from_instant(instant: int, zone: str) -> int:
    """Wall minute of an instant in an IANA zone."""
    local = datetime.fromtimestamp(instant * 60, UTC).astimezone(_zone(zone)).replace(tzinfo=None)
    return int((local - _EPOCH_DT).total_seconds()) // 60


# --- how it is written -------------------------------------------------------------------------------------


def time_text(minute: int, *, style: str = "12") -> str:
    """`10:00a`, `12:00n`, `12:00m`; with style "24" `10:00`. Takes wall minutes or minutes of the day."""
    minute %= DAY
    hour, rest = divmod(minute, 60)
    if style == "24":
        return f"{hour:02d}:{rest:02d}"
    if minute == 0:
        return "12:00m"
    if minute == 12 * 60:
        return "12:00n"
    return f"{hour % 12 or 12}:{rest:02d}{'a' if hour < 12 else 'p'}"


def span_text(start: int, end: int, *, style: str = "12") -> str:
    """`10:00–11:30a`, `10:00a–1:00p`: the suffix once when both halves share it."""
    first, last = time_text(start, style=style), time_text(end, style=style)
    if style == "12" and first[-1] == last[-1] and first[-1] in "ap" and 0 <= end - start < 12 * 60:
        return f"{first[:-1]}–{last}"
    return f"{first}–{last}"


def duration_text(minutes: int) -> str:
    """`45 min`, `1 h 30`, `7 h 00`."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    return f"{sign}{hours} h {rest:02d}" if hours else f"{sign}{rest} min"


def run_text(minutes: int) -> str:
    """Running time: `1:14`, `0:17`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def day_text(day: date) -> str:
    """`Thu 14 Jan`."""
    return f"{day:%a} {day.day} {day:%b}"


def date_text(day: date) -> str:
    """`Thu 14 Jan 2027`: dates on screen."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def long_date_text(day: date) -> str:
    """`Thursday, January 14, 2027`: dates in the head of paper."""
    return f"{day:%A, %B} {day.day}, {day.year}"


# --- how it is read ----------------------------------------------------------------------------------------

_TIME = re.compile(r"^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*([apnm])?\.?m?\.?\s*$", re.IGNORECASE)


def parse_time(text: str, *, after: int | None = None) -> int | None:
    """Minutes after midnight of `2p`, `2:30 pm`, `14:00`, `1400`, `12n`, `12m`; None when it is no time.

    Without a suffix, 1 to 6 (and 7 when `after` is later than that) mean the afternoon: theatres do not
    rehearse at three in the morning.
    """
    found = _TIME.match(text)
    if not found:
        return None
    hour, minute, mark = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if minute > 59 or hour > 24:
        return None
    if mark in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if mark == "p" else 0)
    elif mark in ("n", "m"):
        if hour != 12 or minute:
            return None
        hour = 12 if mark == "n" else 0
    elif not found[1].startswith("0"):
        if 1 <= hour <= 6 or (after is not None and hour < 12 and hour * 60 + minute <= after):
            hour += 12
    if hour == 24 and minute:
        return None
    return (hour % 24) * 60 + minute


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SLASHED = re.compile(r"^\s*(?:[a-z]+\.?,?\s+)?(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\s*$", re.IGNORECASE)


def parse_date(text: str, near: date) -> date | None:
    """The day meant by `thu 14 jan 2027`, `jan 14`, `1/14`, `2027-01-14`, `thu`, `tomorrow`, `+3`.

    Between slashes the month comes first, as on American sheets. Without a year the day nearest to `near` is
    meant; a bare weekday is the next one from `near` on. None when it is no day. A weekday that contradicts the
    date is ignored, since people retype the number only.
    """
    if slashed := _SLASHED.match(text):
        return _dated(int(slashed[1]), int(slashed[2]), int(slashed[3]) if slashed[3] else None, near)
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
    return _dated(month, day, year, near)


def _dated(month: int, day: int, year: int | None, near: date) -> date | None:
    """The day of that year, of this century with two digits, or nearest to `near` without one."""
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
