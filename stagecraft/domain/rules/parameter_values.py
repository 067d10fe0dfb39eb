"""Whether the values of a rule fit the tables of `parameters`: type, unit, bounds, and what must agree.

Troubles are the second half of a sentence that begins with the key: “params.min” *must be whole minutes, …*
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from stagecraft.domain.rules import parameters as p
from stagecraft.domain.rules.parameters import CONDITIONS, RULE_KINDS, Parameter

_WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_RULE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)*")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_HOURS = re.compile(r"(\d{1,3})(?:[.,](\d+))?\s*h(?:\s*([0-5]?\d)(?:\s*m(?:in)?)?)?|(\d{1,3}):([0-5]\d)")

FIRST_YEAR, LAST_YEAR = 1900, 2199


class Trouble(NamedTuple):
    """What does not fit: the key, as in `params.alternatives[2].work`, and what it must be."""

    key: str
    words: str


class Wrong(Exception):
    """A value does not fit; carries the trouble."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__(f"{key} {words}")
        self.trouble = Trouble(key, words)


def value_trouble(parameter: Parameter, value: Any) -> str:
    """What is wrong with one value, as the second half of a sentence; empty where nothing is."""
    try:
        check_value(parameter, value, parameter.name)
    except Wrong as wrong:
        inside = wrong.trouble.key.removeprefix(parameter.name).lstrip(".")
        return f"{inside} {wrong.trouble.words}".strip()
    return ""


def params_trouble(kind: str, params: Mapping[str, Any], *, complete: bool = True) -> Trouble | None:
    """The first thing wrong with a rule's parameters. Those of an unknown kind are not looked at.

    Without `complete` what is missing may be missing: a rule that is off, or the parameters a vote sets.
    """
    known = RULE_KINDS.get(kind)
    if known is None:
        return None
    try:
        _check_table(known.parameters, params, "params", complete=complete, of=f"a rule of kind {kind}")
        _check_together(kind, params, complete=complete)
    except Wrong as wrong:
        return wrong.trouble
    return None


def conditions_trouble(
    conditions: Mapping[str, Any], key: str = "when", *, person: bool = False
) -> Trouble | None:
    """The first thing wrong with `when`, or with `applies` (`person`: only what is about the person)."""
    try:
        _check_conditions(conditions, key, person=person)
    except Wrong as wrong:
        return wrong.trouble
    return None


def is_rule_id(text: object) -> bool:
    """Whether a rule may be called that: words and dots, as in `house.rest`."""
    return isinstance(text, str) and len(text) <= 60 and bool(_RULE_ID.fullmatch(text))


def shown(value: Any) -> str:
    """A value as a sentence shows it, never long."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    try:
        text = str(value)
    except ValueError:  # a number of thousands of digits
        return "a number far too long"
    return f"“{text[:37]}…”" if len(text) > 40 else f"“{text}”"


# --- one value ---------------------------------------------------------------------------------------------


def check_value(parameter: Parameter, value: Any, key: str, *, complete: bool = True) -> None:
    """Raises Wrong for what does not fit the parameter; without `complete` its tables may lack something."""
    if parameter.type == p.TABLE:
        _table(parameter, value, key, complete=complete)
    elif parameter.type == p.TABLES:
        for at, one in enumerate(_list(value, key, "tables"), 1):
            _table(parameter, one, f"{key}[{at}]", complete=complete)
    else:
        _CHECKS[parameter.type](parameter, value, key)


def _minutes(parameter: Parameter, value: Any, key: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        hint = _as_minutes(value)
        also = f"; write {hint}" if hint is not None else ""
        raise Wrong(key, f"must be a whole number of minutes, not {shown(value)}{also}")
    _bounds(parameter, value, key, "minutes")


def _as_minutes(value: Any) -> int | None:
    """What “8h”, “8 h 30”, “7.5h” or “8:30” means in minutes."""
    found = _HOURS.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        return None
    hours, part, rest, clock_hours, clock_rest = found.groups()
    if clock_hours:
        return int(clock_hours) * 60 + int(clock_rest)
    return int(hours) * 60 + (round(float(f"0.{part}") * 60) if part else int(rest or 0))


def _count(parameter: Parameter, value: Any, key: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(key, f"must be a whole number, not {shown(value)}")
    _bounds(parameter, value, key, parameter.unit)


def _bounds(parameter: Parameter, value: int, key: str, unit: str) -> None:
    if not parameter.low <= value <= parameter.high:
        of = f" {unit}" if unit else ""
        raise Wrong(key, f"must be between {parameter.low} and {parameter.high}{of}, not {shown(value)}")


def _number(parameter: Parameter, value: Any, key: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(key, f"must be a number, not {shown(value)}")
    if not parameter.low < value <= parameter.high:
        raise Wrong(key, f"must be above {parameter.low} and at most {parameter.high}, not {shown(value)}")


def _clock(parameter: Parameter, value: Any, key: str) -> None:
    if clock_minutes(value) is None:
        raise Wrong(key, f"must be a clock time such as 23:00 or 24:30, not {shown(value)}")


def clock_minutes(value: Any) -> int | None:
    """Minutes after midnight of the working day's date, up to 36:00; None for what is no clock time."""
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return minutes if minutes <= 36 * 60 else None


def _clock_span(parameter: Parameter, value: Any, key: str) -> None:
    ends = [clock_minutes(end) for end in value.split("-")] if isinstance(value, str) else []
    if len(ends) != 2 or None in ends or ends[0] == ends[1]:
        raise Wrong(key, f"must be two clock times such as 00:00-08:00, not {shown(value)}")


def _yes_no(parameter: Parameter, value: Any, key: str) -> None:
    if not isinstance(value, bool):
        raise Wrong(key, f"must be true or false, not {shown(value)}")


def _choice(parameter: Parameter, value: Any, key: str) -> None:
    allowed = [code for code, _ in parameter.choices]
    if not isinstance(value, str) or value not in allowed:
        raise Wrong(key, f"must be one of {', '.join(allowed)}, not {shown(value)}")


def _milestone(parameter: Parameter, value: Any, key: str) -> None:
    if not isinstance(value, str) or not (_WORD.fullmatch(value) or as_date(value)):
        raise Wrong(key, f"must name a milestone such as first_public or be a date, not {shown(value)}")


def _text(parameter: Parameter, value: Any, key: str) -> None:
    if not isinstance(value, str) or len(value) > 200:
        raise Wrong(key, f"must be a text of at most 200 letters, not {shown(value)}")


def _list(value: Any, key: str, what: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Wrong(key, f"must be a list of {what} with at least one in it, not {shown(value)}")
    if len(value) > 400:
        raise Wrong(key, f"must be a list of at most 400 {what}")
    return value


def _words(parameter: Parameter, value: Any, key: str) -> None:
    what = "roles" if parameter.type == p.ROLES else "kinds of call"
    for at, word in enumerate(_list(value, key, what), 1):
        if not isinstance(word, str) or not _WORD.fullmatch(word):
            raise Wrong(f"{key}[{at}]", f"must be a word such as rehearsal or actor, not {shown(word)}")


def _rules(parameter: Parameter, value: Any, key: str) -> None:
    for at, rule in enumerate(_list(value, key, "rules"), 1):
        if not is_rule_id(rule):
            raise Wrong(f"{key}[{at}]", f"must name a rule of this pack, not {shown(rule)}")


def _dates(parameter: Parameter, value: Any, key: str) -> None:
    for at, day in enumerate(_list(value, key, "dates"), 1):
        if as_date(day) is None:
            raise Wrong(f"{key}[{at}]", f"must be a date such as 2027-01-14, not {shown(day)}")


def as_date(value: Any) -> date | None:
    """A date, or the date a text names, between the years 1900 and 2199."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            return None
    if not isinstance(value, date) or isinstance(value, datetime):
        return None
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else None


def _range(parameter: Parameter, value: Any, key: str) -> None:
    if not isinstance(value, list) or len(value) != 2 or value == [None, None]:
        raise Wrong(key, f"must give the lowest and the highest of them, not {shown(value)}")
    for end in value:
        if end is not None:
            _count(parameter, end, key)
    if None not in value and value[0] > value[1]:
        raise Wrong(key, f"begins at {value[0]}, above its end {value[1]}")


def _counts(parameter: Parameter, value: Any, key: str) -> None:
    for at, number in enumerate(_list(value, key, "numbers"), 1):
        _count(parameter, number, f"{key}[{at}]")


def _minutes_by_kind(parameter: Parameter, value: Any, key: str) -> None:
    if not isinstance(value, Mapping) or not value:
        raise Wrong(key, f"must be a table such as {{ fitting = 60 }}, not {shown(value)}")
    for kind, minutes in value.items():
        if not _WORD.fullmatch(kind):
            raise Wrong(key, f"must name kinds of call, not {shown(kind)}")
        _minutes(parameter, minutes, f"{key}.{kind}")


def _table(parameter: Parameter, value: Any, key: str, *, complete: bool) -> None:
    if not isinstance(value, Mapping):
        raise Wrong(key, f"must be a table, not {shown(value)}")
    _check_table(parameter.fields, value, key, complete=complete, of=f"“{key}”")


def _conditions(parameter: Parameter, value: Any, key: str) -> None:
    _check_conditions(value, key, person=False)


_CHECKS: Mapping[str, Callable[[Parameter, Any, str], None]] = {
    p.MINUTES: _minutes,
    p.COUNT: _count,
    p.NUMBER: _number,
    p.CLOCK: _clock,
    p.CLOCK_SPAN: _clock_span,
    p.YES_NO: _yes_no,
    p.CHOICE: _choice,
    p.MILESTONE: _milestone,
    p.TEXT: _text,
    p.KINDS: _words,
    p.ROLES: _words,
    p.RULES: _rules,
    p.DATES: _dates,
    p.RANGE: _range,
    p.COUNTS: _counts,
    p.MINUTES_BY_KIND: _minutes_by_kind,
    p.CONDITIONS_TYPE: _conditions,
}


# --- a table of them ---------------------------------------------------------------------------------------


def _check_table(
    fields: Iterable[Parameter], values: Mapping[str, Any], key: str, *, complete: bool, of: str
) -> None:
    known = {field.name: field for field in fields}
    for name, value in values.items():
        if name not in known:
            raise Wrong(f"{key}.{name}", f"is nothing that {of} has; it has {', '.join(known)}")
        if value is not None:
            check_value(known[name], value, f"{key}.{name}", complete=complete)
    if complete:
        for field in known.values():
            if field.required and values.get(field.name) is None:
                raise Wrong(f"{key}.{field.name}", "is missing")


def _check_conditions(values: Any, key: str, *, person: bool) -> None:
    if not isinstance(values, Mapping):
        raise Wrong(key, f"must be a table of conditions, not {shown(values)}")
    open_here = {name: one.parameter for name, one in CONDITIONS.items() if one.person or not person}
    for name, value in values.items():
        if name not in open_here:
            raise Wrong(f"{key}.{name}", f"is no condition there; there are {', '.join(open_here)}")
        check_value(open_here[name], value, f"{key}.{name}")


def _check_together(kind: str, params: Mapping[str, Any], *, complete: bool) -> None:
    """What several parameters must agree on."""
    given = {name: value for name, value in params.items() if value is not None}
    _order(given, "min", "max")
    _order(given, "min_weeks", "max_weeks")
    _clock_order(given, "earliest", "latest")
    _clock_order(given, "earliest", "latest_before_school_day")
    _sized(given)
    for at, choice in enumerate(given.get("alternatives", ()), 1):
        if kind == "work_in_span":
            _span_choice(choice, f"params.alternatives[{at}]", complete=complete)
    if complete:
        _needed(kind, given)


def _order(given: Mapping[str, Any], low: str, high: str) -> None:
    if low in given and high in given and given[low] > given[high]:
        raise Wrong(f"params.{low}", f"is {given[low]}, above “params.{high}”, which is {given[high]}")


def _sized(given: Mapping[str, Any]) -> None:
    """No total is longer than what it is the total of."""
    windows = {"call": 2 * p.A_DAY, "workday": 2 * p.A_DAY, "week": p.A_WEEK}
    windows["rolling_days"] = p.A_DAY * (given.get("rolling_days") or p.A_YEAR)
    for window, names in (("window", ("max", "exempt", "threshold")), ("cap_window", ("cap",))):
        most = windows.get(given.get(window, ""))
        for name in names:
            if most is not None and given.get(name, 0) > most:
                words = dict(p.WINDOWS)[given[window]]
                raise Wrong(f"params.{name}", f"is {given[name]} minutes, more than {words} can have ({most})")


def _clock_order(given: Mapping[str, Any], early: str, late: str) -> None:
    first, last = clock_minutes(given.get(early)), clock_minutes(given.get(late))
    if first is not None and last is not None and first > last:
        raise Wrong(f"params.{early}", f"is {given[early]}, later than “params.{late}”, which is {given[late]}")


def _span_choice(choice: Mapping[str, Any], key: str, *, complete: bool) -> None:
    work, span = choice.get("work"), choice.get("span")
    if complete and work is None and span is None:
        raise Wrong(key, "must say work or span, or both")
    if work is not None and span is not None and work > span:
        raise Wrong(f"{key}.work", f"is {work}, above its span of {span}")


_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "gap": ("min", "max"),
    "time_window": ("earliest", "latest", "latest_before_school_day"),
    "notice": ("min", "by"),
    "engagement_window": ("max_days", "min_weeks", "max_weeks"),
    "premium": ("threshold", "clock"),
}

_NEEDS: tuple[tuple[str, Any, str], ...] = (
    ("window", "rolling_days", "rolling_days"),
    ("definition", "hours_free", "hours"),
    ("on", "dates", "dates"),
    ("on", "travel_over", "minutes"),
    ("target", "milestone", "milestone"),
    ("day_mode", "gap", "split_gap"),
)
"""A parameter of this value needs that other one."""


def _needed(kind: str, given: Mapping[str, Any]) -> None:
    choices = _ONE_OF.get(kind, ())
    if choices and not any(name in given for name in choices):
        raise Wrong(f"params.{choices[0]}", f"is missing; the rule needs {' or '.join(choices)}")
    for name, value, needed in _NEEDS:
        if given.get(name) == value and needed not in given:
            raise Wrong(f"params.{needed}", f"is missing; “params.{name}” is {value}")
    if "cap" in given and "cap_window" not in given:
        raise Wrong("params.cap_window", "is missing; it says what “params.cap” is about")
