"""Dates of contracts: option deadlines with their formula, alarms, what is due next, the final performance.

Pure arithmetic on dates. Which options, riders and performances a contract has is asked in `queries.contracts`.
Rules: `paperwork.md` §4.4 and §10 items 7 and 8 as taught by company managers; always per contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stagecraft.domain.times import date_text, day_text, work_day, work_day_span

ALARM_DAYS = (14, 7, 1)
"""A deadline is recalled this many days before it."""

AMBER_DAYS = 60
RED_DAYS = 30

ENDED_STATES = frozenset({"departed", "archived", "declined", "lapsed", "withdrawn", "terminated"})
"""Contracts nobody has to act on any more."""

SIGNED_STATES = frozenset(
    {
        "signed",
        "active",
        "expiring",
        "renewed",
        "not-renewed",
        "closing",
        "final",
        "departed",
        "archived",
        "leave",
        "terminated",
    }
)
"""From the signature on the terms are read-only."""

OPTION_STATES: dict[str, str] = {
    "open": "open",
    "exercised": "exercised",
    "declined": "not renewed",
    "lapsed": "lapsed",
}
"""What may become of an option, and its word."""

_BEFORE_SIGNATURE = ("idea", "offer", "negotiating", "agreed", "sent", "signed")
_EXITS_BEFORE = ("declined", "lapsed", "withdrawn")
_FOLLOWING: dict[str, tuple[str, ...]] = {
    "signed": ("active", "withdrawn", "terminated"),
    "active": ("expiring", "renewed", "not-renewed", "closing", "final", "leave", "terminated", "departed"),
    "leave": ("active", "terminated", "not-renewed", "departed"),
    "expiring": ("renewed", "not-renewed", "closing", "final", "active", "terminated", "departed"),
    "renewed": ("active", "expiring", "terminated"),
    "not-renewed": ("renewed", "final", "departed", "terminated"),
    "closing": ("final", "departed", "terminated"),
    "final": ("departed",),
    "departed": ("archived",),
    "terminated": ("archived",),
    "declined": ("negotiating", "archived"),
    "lapsed": ("negotiating", "archived"),
    "withdrawn": ("negotiating", "archived"),
    "archived": ("departed",),
}


def next_states(state: str) -> tuple[str, ...]:
    """States that may follow `state`, the usual one first.

    Before the signature a contract may skip ahead (an offer comes back signed) and fall back to negotiating.
    """
    if state not in _BEFORE_SIGNATURE or state == "signed":
        return _FOLLOWING.get(state, ())
    at = _BEFORE_SIGNATURE.index(state)
    back = ("negotiating",) if at > 2 else ()
    return (*_BEFORE_SIGNATURE[at + 1 :], *back, *_EXITS_BEFORE)


# --- deadlines ---------------------------------------------------------------------------------------------


def weeks_before(day: date, weeks: int) -> date:
    """The same weekday `weeks` weeks earlier."""
    return day - timedelta(weeks=weeks)


def weeks_text(weeks: int) -> str:
    """`8 weeks`, `1 week`."""
    return f"{weeks} week" if weeks == 1 else f"{weeks} weeks"


def notice_text(days: int) -> str:
    """`4 weeks` where it is whole weeks, else `10 days`."""
    return weeks_text(days // 7) if days and days % 7 == 0 else f"{days} day" if days == 1 else f"{days} days"


def parse_notice(text: str) -> int | None:
    """Days of notice in `4 weeks`, `2 wk`, `28 days` or a bare `28`; None when it is none of these."""
    found = re.fullmatch(r"(\d{1,4})\s*(?:(w|wk|wks|week|weeks)|d|day|days)?\.?", text.strip().casefold())
    return int(found[1]) * (7 if found[2] else 1) if found else None


def formula_text(day: date, weeks: int) -> str:
    """`Sun 17 Jan 2027 − 8 weeks = Sun 22 Nov 2026`."""
    return f"{date_text(day)} − {weeks_text(weeks)} = {date_text(weeks_before(day, weeks))}"


def short_formula_text(day: date, weeks: int) -> str:
    """`17 Jan 2027 − 8 weeks = 22 Nov 2026`: where there is little room and nothing left to do."""
    due = weeks_before(day, weeks)
    return f"{day.day} {day:%b %Y} − {weeks_text(weeks)} = {due.day} {due:%b %Y}"


def option_due(ends_on: date | None, notice_weeks: int, due_on: date | None = None) -> date | None:
    """Last day for notice: the date set by hand, else the term's end minus the notice; None without a term."""
    if due_on is not None:
        return due_on
    return weeks_before(ends_on, notice_weeks) if ends_on is not None else None


def option_formula(ends_on: date | None, notice_weeks: int, due_on: date | None = None) -> str:
    """How the last day for notice comes about, in words; what is missing when it cannot be told."""
    if due_on is not None:
        return f"{date_text(due_on)}, set by hand"
    if ends_on is None:
        return f"{weeks_text(notice_weeks)} before the end of the term; the term has no last day yet"
    return formula_text(ends_on, notice_weeks)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One dated thing of a contract. `kind` is option | rider | other | term; `item` is the row it comes from.

    A term's end is a date to know, not a thing to do: it never turns amber or red.
    """

    kind: str
    item: int
    name: str
    due_on: date
    formula: str
    owner: str = ""
    open: bool = True

    @property
    def to_do(self) -> bool:
        return self.open and self.kind != "term"


def days_left(due_on: date, today: date) -> int:
    """Days until `due_on`; negative when it has passed."""
    return (due_on - today).days


def overdue(due_on: date, today: date) -> bool:
    """A deadline is met on its day and overdue on the day after."""
    return today > due_on


def severity(due_on: date, today: date) -> str:
    """`red` within 30 days or overdue, `amber` within 60, else empty."""
    left = days_left(due_on, today)
    if left <= RED_DAYS:
        return "red"
    return "amber" if left <= AMBER_DAYS else ""


def deadline_severity(deadline: Deadline | None, today: date) -> str:
    """Colour of a deadline: empty for what is decided and for the mere end of a term."""
    if deadline is None or not deadline.to_do:
        return ""
    return severity(deadline.due_on, today)


def alarms(due_on: date) -> tuple[date, ...]:
    """The days on which the owner is reminded: 14, 7 and 1 day before."""
    return tuple(due_on - timedelta(days=days) for days in ALARM_DAYS)


def alarm_text(due_on: date, today: date) -> str:
    """`T-14 passed · T-7 Sun 24 Jan · T-1 Sat 30 Jan`."""
    parts = []
    for days, day in zip(ALARM_DAYS, alarms(due_on), strict=True):
        when = "passed" if day < today else "today" if day == today else day_text(day)
        parts.append(f"T-{days} {when}")
    return " · ".join(parts)


def days_text(due_on: date, today: date, *, to_do: bool = True) -> str:
    """`10 days`, `today`, `2 days overdue`; `4 days ago` for what needs nobody any more; weeks from 84 days."""
    left = days_left(due_on, today)
    if left == 0:
        return "today"
    count = abs(left)
    span = f"{count} day" if count == 1 else f"{count} days"
    if count > 84:
        span = weeks_text(count // 7)
    if left > 0:
        return span
    return f"{span} overdue" if to_do else f"{span} ago"


def left_text(ends_on: date | None, today: date) -> str:
    """What is left of a term on paper: `10 wk 4 d`, `4 days`, `ended`, a dash for the run of the play."""
    if ends_on is None:
        return "—"
    left = days_left(ends_on, today)
    if left < 0:
        return "ended"
    weeks, days = divmod(left, 7)
    if not weeks:
        return "1 day" if days == 1 else f"{days} days"
    return f"{weeks} wk {days} d" if days else f"{weeks} wk"


def next_deadline(deadlines: Iterable[Deadline], today: date) -> Deadline | None:
    """What has to be seen to next: the earliest open duty, overdue ones first; else the end of the term.

    A term that ends before the first open duty comes first: nothing can be asked of it afterwards.
    """
    dated = sorted(
        (one for one in deadlines if one.open), key=lambda one: (one.due_on, one.kind == "term", one.item)
    )
    term = next((one for one in dated if one.kind == "term"), None)
    if term is not None and overdue(term.due_on, today):
        return term
    return dated[0] if dated else None


# --- the final performance ---------------------------------------------------------------------------------

LAST_WEEK = timedelta(days=7)
"""A term whose last day lies further behind the last performance in the calendar is not scheduled to its end."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A performance as far as a term is concerned."""

    id: int
    number: int | None
    starts_wall: int
    cancelled: bool = False


def final_performance(
    showings: Sequence[Showing], starts_on: date | None, ends_on: date | None, override: int | None = None
) -> Showing | None:
    """The last performance somebody plays under a term.

    The one set by hand, else the last not cancelled one on or before the term's last day (working days: a show
    that starts before 04:00 belongs to the evening before). None for the run of the play or a term without one,
    and while the calendar does not reach the term's last week: then nobody knows yet which one it is.
    """
    if override is not None:
        return next((one for one in showings if one.id == override), None)
    if ends_on is None:
        return None
    reaches = max((one.starts_wall for one in showings), default=None)
    if reaches is None or work_day(reaches) < ends_on - LAST_WEEK:
        return None
    begins = work_day_span(starts_on)[0] if starts_on is not None else None
    ends = work_day_span(ends_on)[1]
    within = [
        one
        for one in showings
        if one.starts_wall < ends and not one.cancelled and (begins is None or one.starts_wall >= begins)
    ]
    return max(within, key=lambda one: (one.starts_wall, one.id), default=None)


def term_words(starts_on: date | None, ends_on: date | None) -> str:
    """`Mon 18 Jan – Sun 28 Mar 2027`, `from Mon 18 Jan 2027`, `until Sun 28 Mar 2027`; nothing without a day."""
    if starts_on and ends_on:
        return f"{day_text(starts_on)} – {date_text(ends_on)}"
    if starts_on:
        return f"from {date_text(starts_on)}"
    return f"until {date_text(ends_on)}" if ends_on else ""
