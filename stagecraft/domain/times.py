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
