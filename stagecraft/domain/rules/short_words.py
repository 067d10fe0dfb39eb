"""The numbers of a finding in a few words, as a call or a list has room for: `11 h 20 rest, needs 12 h 00`.

Here are also the parts that the whole sentence in `words` is made of: days, windows, kinds of call, units.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from stagecraft.domain.rules.findings import NOT_EVALUATED, RuleFinding
from stagecraft.domain.rules.kinds.time_window import clock_minutes
from stagecraft.domain.rules.packs import Rule
from stagecraft.domain.rules.parameters import KIND_WORDS, MILESTONE_WORDS
from stagecraft.domain.times import DAY, date_of, day_text, duration_text, time_text

Say = Callable[[RuleFinding, str], str]


# --- parts -------------------------------------------------------------------------------------------------


def hours(minutes: Any) -> str:
    """`11 h 20`, `65 min`; anything that is no number as it is."""
    if isinstance(minutes, bool) or not isinstance(minutes, (int, float)):
        return str(minutes)
    return duration_text(round(minutes))


def date_words(day: date) -> str:
    """`14 Sep`."""
    return f"{day.day} {day:%b}"


def clock_words(text: Any, style: str) -> str:
    """A rule's clock time: `11:00p`, and `12:30a the next day`."""
    minutes = clock_minutes(str(text))
    words = time_text(minutes, style=style)
    return f"{words} the next day" if minutes > DAY else words


def anchor_words(finding: RuleFinding, style: str = "12") -> str:
    """Where it is: `Tue 15 Sep`, `Tue 15 Sep 10:00a`."""
    if "T" not in finding.anchor:
        return day_text(date.fromisoformat(finding.anchor))
    at = datetime.fromisoformat(finding.anchor)
    return f"{day_text(at.date())} {time_text(at.hour * 60 + at.minute, style=style)}"


def missing_words(finding: RuleFinding) -> str:
    """Which fact is missing, as people say it: `no date of first public performance recorded`."""
    said = str(finding.measured)
    name = said.removeprefix("no date of ").removesuffix(" recorded")
    return f"no date of {milestone_words(name)} recorded" if said.startswith("no date of ") else said


def window_words(finding: RuleFinding) -> str:
    """The days looked at: `on Tue 15 Sep`, `in the week of 14 Sep`, `in all`."""
    window = finding.detail.get("window", "workday")
    if window == "call":
        return f"in the call of {anchor_words(finding)}"
    if window == "engagement":
        return f"from {date_words(finding.first_day)} to {date_words(finding.last_day)}"
    days = (finding.last_day - finding.first_day).days + 1
    if window == "rolling_days" or days not in (1, 7):
        return f"in the {days} days to {date_words(finding.last_day)}"
    if window == "week":
        return f"in the week of {date_words(finding.first_day)}"
    return f"on {day_text(finding.first_day)}"


def kind_words(kinds: Any) -> str:
    """`rehearsal and tech`; nothing where all kinds are meant."""
    if not kinds:
        return ""
    words = [KIND_WORDS.get(str(kind), str(kind).replace("_", " ")) for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


_COUNTED: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("performance",): ("performance", "performances"),
    ("presentation",): ("presentation", "presentations"),
    ("rehearsal",): ("rehearsal call", "rehearsal calls"),
}


def calls_words(kinds: Any, number: int) -> str:
    one, more = _COUNTED.get(tuple(kinds or ()), ("call", "calls"))
    return one if number == 1 else more


def plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{('th', 'st', 'nd', 'rd')[number % 10] if number % 10 < 4 else 'th'}"


def milestone_words(name: str) -> str:
    return MILESTONE_WORDS.get(name, name.replace("_", " "))


def pause_words(minutes: int) -> str:
    return f"{minutes} min" if minutes < 120 else hours(minutes)


def units_words(finding: RuleFinding) -> str:
    """`3 half-hour units`; `at 1.5 times the rate` where the rule says so."""
    units, increment = finding.detail["units"], finding.detail["increment"]
    name = {15: "quarter-hour ", 30: "half-hour ", 60: "hour "}.get(increment, f"{increment} min ")
    words = plural(units, "minute") if increment == 1 else f"{units} {name}{'unit' if units == 1 else 'units'}"
    times = finding.detail.get("multiplier")
    return f"{words} at {times:g} times the rate" if times else words


# --- in short ----------------------------------------------------------------------------------------------


def short_words(finding: RuleFinding, rule: Rule | None = None, style: str = "12") -> str:
    """The numbers in a few words: `11 h 20 rest, needs 12 h 00`. What is not checked says why."""
    if finding.severity == NOT_EVALUATED:
        return f"not checked: {missing_words(finding)}"
    return _SHORT[finding.kind](finding, style) if finding.kind in _SHORT else str(finding.measured)


def _most(finding: RuleFinding, what: str = "") -> str:
    return f"{hours(finding.measured)}{what}, at most {hours(finding.limit)}"


def _short_span(finding: RuleFinding, style: str) -> str:
    (work, span), (most_work, most_span) = finding.measured, finding.limit
    if most_work is None:
        return f"{hours(span)} from first start to last end, at most {hours(most_span)}"
    if most_span is None:
        return f"{hours(work)} of work, at most {hours(most_work)}"
    label = finding.detail.get("label") or f"{hours(most_work)} within {hours(most_span)}"
    return f"{hours(work)} of work over {hours(span)}, closest is {label}"


def _short_break(finding: RuleFinding, style: str) -> str:
    return _most(finding, f" without a {pause_words(finding.detail['needed'])} break")


def _short_gap(finding: RuleFinding, style: str) -> str:
    word = "needs" if finding.measured < finding.limit else "at most"
    return f"{hours(finding.measured)} {gap_end(finding)}, {word} {hours(finding.limit)}"


def gap_end(finding: RuleFinding) -> str:
    if finding.detail.get("next_kind") == "performance":
        return "before curtain" if finding.detail.get("to_curtain") else "before half hour"
    return "between calls"


def window_bounds(finding: RuleFinding, style: str) -> str:
    at, bound = clock_words(finding.measured, style), clock_words(finding.limit, style)
    if finding.detail["side"] == "earliest":
        return f"called at {at}, earliest {bound}"
    return f"there until {at}, latest {bound}"


def notice_words(finding: RuleFinding, style: str) -> str:
    if "milestone" in finding.detail:
        return f"{plural(finding.measured // DAY, 'day')} of notice, needs {finding.limit // DAY}"
    if isinstance(finding.limit, str):
        return f"posted {posted_words(finding, style)}, needs by {clock_words(finding.limit, style)} the day before"
    return f"{hours(finding.measured)} notice, needs {hours(finding.limit)}"


def posted_words(finding: RuleFinding, style: str) -> str:
    at = finding.detail["posted_wall"]
    return f"{date_of(at):%a} {time_text(at, style=style)}"


def _short_overlap(finding: RuleFinding, style: str) -> str:
    if finding.detail.get("travel"):
        return f"{hours(finding.measured)} to get there, needs {hours(finding.limit)}"
    return f"two calls at once for {hours(finding.measured)}"


def _short_length(finding: RuleFinding, style: str) -> str:
    unit = "day" if finding.detail["bound"] == "max_days" else "week"
    word = "at least" if finding.detail["bound"] == "min_weeks" else "at most"
    return f"{plural(finding.measured, unit)}, {word} {finding.limit}"


_SHORT: Mapping[str, Say] = {
    "max_total": lambda finding, style: _most(finding, " there" if finding.detail.get("presence") else ""),
    "work_in_span": _short_span,
    "extended_day_quota": lambda finding, style: (
        f"{ordinal(finding.measured)} {finding.detail['label']}, {finding.limit} allowed"
    ),
    "min_rest": lambda finding, style: f"{hours(finding.measured)} rest, needs {hours(finding.limit)}",
    "break_after": _short_break,
    "gap": _short_gap,
    "day_off": lambda finding, style: f"{plural(finding.measured, 'day')} off, needs {finding.limit}",
    "max_consecutive_days": lambda finding, style: (
        f"{plural(finding.measured, 'day')} in a row, at most {finding.limit}"
    ),
    "max_count": lambda finding, style: (
        f"{finding.measured} {calls_words(finding.detail.get('kinds'), finding.measured)}, at most {finding.limit}"
    ),
    "min_call": lambda finding, style: (
        f"{hours(finding.measured)} call, {paid_words(finding)} {hours(finding.limit)}"
    ),
    "time_window": window_bounds,
    "forbidden": lambda finding, style: f"{kind_words(finding.limit)}: {finding.measured}",
    "notice": notice_words,
    "allowance": lambda finding, style: _most(finding, f" of {kind_words(finding.detail.get('kinds'))}"),
    "average_limit": lambda finding, style: _most(finding, " a week on average"),
    "premium": lambda finding, style: f"{hours(finding.detail['over'])} over: {units_words(finding)}",
    "engagement_window": _short_length,
    "overlap": _short_overlap,
}


def paid_words(finding: RuleFinding) -> str:
    return "paid as" if finding.severity == "premium" else "at least"
