"""What a rule says, in one sentence made from its kind and parameters, and when and for whom it holds.

For lists of rules, on screen and on the command line. What a check found is worded in `words`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from stagecraft.domain.rules.packs import Rule
from stagecraft.domain.rules.parameter_values import clock_minutes
from stagecraft.domain.rules.parameters import FORBIDDEN_ON, KIND_WORDS, MILESTONE_WORDS, ROLE_WORDS, WINDOWS
from stagecraft.domain.times import duration_text, time_text

Params = Mapping[str, Any]
UNKNOWN = "?"
"""Stands for a number nobody has looked up yet."""

_IN = {code: f"in {words}" for code, words in WINDOWS}


def rule_words(rule: Rule, style: str = "12") -> str:
    """`At least 12 h 00 of rest from one working day to the next.`; clock times in `style`, "12" or "24"."""
    say = _KINDS.get(rule.kind)
    if say is None:
        return f"A kind of rule this program does not know ({rule.kind}): it is not checked."
    text = say(rule.params, style)
    return f"{text[:1].upper()}{text[1:]}."


def condition_words(rule: Rule) -> str:
    """When and for whom it holds: `for actors; in the 7 days before first public performance`; "" for always."""
    conditions = {**rule.applies, **rule.when}
    return "; ".join(_CONDITIONS[name](value) for name, value in conditions.items() if name in _CONDITIONS)


def listed(words: Iterable[str], last: str = "and") -> str:
    """`rehearsal`, `rehearsal and tech`, `rehearsal, tech and fitting`."""
    all_of = list(words)
    return all_of[0] if len(all_of) == 1 else f"{', '.join(all_of[:-1])} {last} {all_of[-1]}" if all_of else ""


def kind_word(kind: str) -> str:
    """A kind of call as it is said."""
    return KIND_WORDS.get(kind, kind.replace("_", " "))


def milestone_word(milestone: object) -> str:
    """A date of the production as it is said."""
    return MILESTONE_WORDS.get(str(milestone), str(milestone).replace("_", " "))


# --- pieces ------------------------------------------------------------------------------------------------


def _time(params: Params, name: str) -> str:
    value = params.get(name)
    return duration_text(value) if isinstance(value, int) else UNKNOWN


def _number(params: Params, name: str, one: str, many: str = "") -> str:
    value = params.get(name)
    return f"{UNKNOWN if value is None else value} {one if value == 1 else many or one + 's'}"


def _clock(value: Any, style: str) -> str:
    minutes = clock_minutes(value)
    return UNKNOWN if minutes is None else time_text(minutes, style=style)


def _calls(params: Params, name: str = "kinds", every: str = "work") -> str:
    kinds = params.get(name)
    return listed([kind_word(kind) for kind in kinds]) if kinds else every


def _window(params: Params, name: str = "window") -> str:
    window = params.get(name)
    if window == "rolling_days":
        return f"in any {_number(params, 'rolling_days', 'day')} running"
    return _IN.get(str(window), "")


def _plural(params: Params) -> str:
    kinds = params.get("kinds")
    if not kinds:
        return "calls"
    words = [kind_word(kind) for kind in kinds]
    if all(word in _COUNTED for word in words):
        return listed([f"{word}s" for word in words])
    return f"calls for {listed(words)}"


_COUNTED = frozenset(
    {"rehearsal", "performance", "presentation", "fitting", "meeting", "work call", "photo call"}
)


# --- kinds -------------------------------------------------------------------------------------------------


def _max_total(params: Params, style: str) -> str:
    if params.get("presence"):
        text = f"not more than {_time(params, 'max')} from first arrival to last departure {_window(params)}"
    else:
        text = f"not more than {_time(params, 'max')} of {_calls(params)} {_window(params)}"
    for one in params.get("adjust") or ():
        add = one.get("add", 0)
        day = str(one.get("if", "")).replace("_", " ")
        text += f", {duration_text(abs(add))} {'less' if add < 0 else 'more'} on a {day}"
    if params.get("add_overflow_of"):
        text += ", with what exceeds its allowance"
    return text + _bridge(params)


def _bridge(params: Params) -> str:
    return f"; gaps under {_time(params, 'bridge')} count" if params.get("bridge") else ""


def _work_in_span(params: Params, style: str) -> str:
    choices = [_span_choice(one) for one in params.get("alternatives") or ()]
    start = "a day" if not params.get("kinds") else f"a day of {_calls(params)}"
    return f"{start} has {listed(choices, 'or') or UNKNOWN}{_bridge(params)}"


def _span_choice(choice: Params) -> str:
    parts = []
    if choice.get("work") is not None:
        parts.append(f"at most {duration_text(choice['work'])} of work")
    if choice.get("span") is not None:
        inside = duration_text(choice["span"])
        parts.append(f"within {inside}" if parts else f"at most {inside} from first start to last end")
    return " ".join(parts)


def _quota(params: Params, style: str) -> str:
    return (
        f"not more than {_number(params, 'max_days', 'extended day')}, all in the "
        f"{_number(params, 'within_days', 'day')} before {milestone_word(params.get('milestone'))}"
    )


def _min_rest(params: Params, style: str) -> str:
    text = f"at least {_time(params, 'min')} of rest from one working day to the next"
    if params.get("day_mode") == "gap":
        text = f"at least {_time(params, 'min')} of rest after a stretch of work"
    if past := (params.get("after") or {}).get("work_past"):
        text += f", after work past {_clock(past, style)}"
    return text


def _break_after(params: Params, style: str) -> str:
    calls = "time passed" if params.get("measure") == "elapsed" else _calls(params)
    choices = params.get("alternatives") or ()
    if params.get("mode") == "somewhere":
        said = [
            f"{_time(one, 'break')} where a day has more than {_time(one, 'work')} of {calls}"
            for one in choices
        ]
        return f"a break of {listed(said, 'or') or UNKNOWN}"
    said = [f"{_time(one, 'break')} after at most {_time(one, 'work')}" for one in choices]
    text = f"a break of {listed(said, 'or') or UNKNOWN} of {calls}"
    for kind, minutes in (params.get("extend_by_kind") or {}).items():
        text += f", {duration_text(minutes)} more with a {kind_word(kind)}"
    if params.get("not_before"):
        text += f", not before {_time(params, 'not_before')}"
    return text


def _gap(params: Params, style: str) -> str:
    limits = []
    if params.get("min") is not None:
        limits.append(f"at least {_time(params, 'min')}")
    if params.get("max") is not None:
        limits.append(f"at most {_time(params, 'max')}")
    to = _calls(params, "to", "call")
    point = f"curtain up of the {to}" if params.get("to_point") == "curtain_up" else f"the next {to}"
    return f"{listed(limits) or UNKNOWN} between {_calls(params, 'from', 'a call')} and {point} of the day"


def _day_off(params: Params, style: str) -> str:
    meant = {
        "workday_free": "working days without a call",
        "calendar_free": "midnight to midnight without work",
        "hours_free": f"{_number(params, 'hours', 'hour')} free in one stretch",
    }
    return f"at least {_number(params, 'min_days', 'day')} off a week, {meant.get(str(params.get('definition')), '')}"


def _in_a_row(params: Params, style: str) -> str:
    return f"not more than {_number(params, 'max', 'day')} of {_calls(params)} in a row"


def _max_count(params: Params, style: str) -> str:
    most = params.get("max")
    return f"not more than {UNKNOWN if most is None else most} {_plural(params)} {_window(params)}"


def _min_call(params: Params, style: str) -> str:
    text = f"a call for {_calls(params)} counts at least {_time(params, 'min')}"
    if params.get("new_call_gap"):
        text += f"; after {_time(params, 'new_call_gap')} it is a new call"
    for tier in params.get("tiers") or ():
        text += f", {_time(tier, 'min')} when called again within {_time(tier, 'gap')}"
    return text


def _time_window(params: Params, style: str) -> str:
    parts = []
    if params.get("earliest"):
        parts.append(f"not before {_clock(params['earliest'], style)}")
    if params.get("latest"):
        parts.append(f"not after {_clock(params['latest'], style)}")
    if params.get("latest_before_school_day"):
        parts.append(f"before a school day not after {_clock(params['latest_before_school_day'], style)}")
    who = f"no {_calls(params)}: " if params.get("kinds") else ""
    return f"{who}{', '.join(parts) or UNKNOWN}"


def _forbidden(params: Params, style: str) -> str:
    on = dict(FORBIDDEN_ON).get(str(params.get("on")), UNKNOWN)
    if params.get("on") == "dates":
        on = listed([str(day) for day in params.get("dates") or ()]) or on
    if params.get("on") == "travel_over":
        on = f"a day with more than {_time(params, 'minutes')} of travel"
    place = "in" if params.get("on") == "half_hour" else "on"
    return f"no {_calls(params)} {place} {on}"


def _notice(params: Params, style: str) -> str:
    of = {"change": "a change of it", "milestone": milestone_word(params.get("milestone"))}
    what = of.get(str(params.get("target")), "the call")
    parts = []
    if params.get("min") is not None:
        parts.append(f"posted at least {_long(params['min'])} before {what}")
    if params.get("by"):
        parts.append(f"posted by {_clock(params['by'], style)} the day before")
    return f"{_calls(params, every='every call')} is {listed(parts) or 'posted ' + UNKNOWN}"


def _long(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    return f"{days} days" if days > 1 and not rest else duration_text(minutes)


def _allowance(params: Params, style: str) -> str:
    text = f"up to {_time(params, 'exempt')} of {_calls(params)} {_window(params)} counts nowhere else"
    if params.get("cap") is not None:
        text += f"; not more than {_time(params, 'cap')} {_window(params, 'cap_window')}"
    return text


def _average(params: Params, style: str) -> str:
    return (
        f"not more than {_time(params, 'max')} of {_calls(params)} a week, "
        f"on average over {_number(params, 'weeks', 'week')}"
    )


def _premium(params: Params, style: str) -> str:
    text = f"{_calls(params)}"
    if params.get("threshold"):
        text += f" over {_time(params, 'threshold')}"
    text += f" {_window(params)}"
    if clock := params.get("clock"):
        first, _, last = str(clock).partition("-")
        text += f" between {_clock(first, style)} and {_clock(last, style)}"
    text += " is overtime"
    if (params.get("increment") or 1) > 1:
        text += f", in units of {_time(params, 'increment')}"
    if params.get("multiplier"):
        text += f", at {params['multiplier']:g} times the rate"
    return text


def _engagement(params: Params, style: str) -> str:
    limits = []
    if params.get("min_weeks") is not None:
        limits.append(f"at least {_number(params, 'min_weeks', 'week')}")
    if params.get("max_weeks") is not None:
        limits.append(f"at most {_number(params, 'max_weeks', 'week')}")
    if params.get("max_days") is not None:
        limits.append(f"at most {_number(params, 'max_days', 'day')}")
    first = milestone_word(params["from"]) if params.get("from") else "the first working day"
    last = milestone_word(params["to"]) if params.get("to") else "the last"
    return f"{listed(limits) or UNKNOWN} from {first} to {last}"


def _overlap(params: Params, style: str) -> str:
    text = "nobody is called to two places at once"
    if params.get("travel_minutes"):
        text += f", and has {_time(params, 'travel_minutes')} to get to another venue"
    return text


_KINDS: Mapping[str, Callable[[Params, str], str]] = {
    "max_total": _max_total,
    "work_in_span": _work_in_span,
    "extended_day_quota": _quota,
    "min_rest": _min_rest,
    "break_after": _break_after,
    "gap": _gap,
    "day_off": _day_off,
    "max_consecutive_days": _in_a_row,
    "max_count": _max_count,
    "min_call": _min_call,
    "time_window": _time_window,
    "forbidden": _forbidden,
    "notice": _notice,
    "allowance": _allowance,
    "average_limit": _average,
    "premium": _premium,
    "engagement_window": _engagement,
    "overlap": _overlap,
}


# --- conditions --------------------------------------------------------------------------------------------


def _range(value: Any, unit: str) -> str:
    low, high = value
    if low is None:
        return f"{high} or less{unit}"
    if high is None:
        return f"{low} or more{unit}"
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _around(value: Any) -> str:
    return f"the {_number(value, 'days', 'day')} before {milestone_word(value.get('milestone'))}"


def _shows(value: Any) -> str:
    known = {(0,): "on days without a performance", (1,): "on one-show days", (2,): "on two-show days"}
    return known.get(tuple(value), f"on days with {listed([str(one) for one in value], 'or')} performances")


_CONDITIONS: Mapping[str, Callable[[Any], str]] = {
    "roles": lambda value: f"for {listed([ROLE_WORDS.get(one, one.replace('_', ' ')) for one in value])}",
    "age": lambda value: f"aged {_range(value, '')}",
    "cast_size": lambda value: f"with a cast of {_range(value, '')}",
    "from": lambda value: f"from {milestone_word(value)}",
    "before": lambda value: f"before {milestone_word(value)}",
    "days_before": lambda value: f"in {_around(value)}",
    "not_days_before": lambda value: f"not in {_around(value)}",
    "days_after": lambda value: (
        f"from {_number(value, 'days', 'day')} after {milestone_word(value.get('milestone'))}"
    ),
    "performances_on_day": _shows,
    "not_student_matinee": lambda value: "not on days with a student matinee" if value else "",
    "week_has_performance": lambda value: f"in weeks {'with' if value else 'without'} performances",
    "school_day": lambda value: "on school days" if value else "on days without school",
}
