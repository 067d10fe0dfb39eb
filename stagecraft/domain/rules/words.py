"""How findings, sources and repairs are said: one plain sentence each, in the words of the theatre.

`finding_words` is the whole sentence with its source, `short_words` what fits on a call, `arithmetic` the numbers one
below the other. Times follow the style of the clock ("12" or "24"). What a rule says in general is elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from stagecraft.domain.rules.findings import INFORMATION, NOT_EVALUATED, Repair, RuleFinding
from stagecraft.domain.rules.kinds.time_window import clock_minutes
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.parameters import KIND_WORDS, MILESTONE_WORDS, RULE_KINDS
from stagecraft.domain.times import DAY, date_of, date_text, day_text, duration_text, time_text, wall

NOT_ADVICE = "Planning aid, not legal advice"
"""Stands on every page, sheet and listing of results."""

UNVERIFIED = "unverified"

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


def _calls(kinds: Any, number: int) -> str:
    one, more = _COUNTED.get(tuple(kinds or ()), ("call", "calls"))
    return one if number == 1 else more


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{('th', 'st', 'nd', 'rd')[number % 10] if number % 10 < 4 else 'th'}"


def _milestone(name: str) -> str:
    return MILESTONE_WORDS.get(name, name.replace("_", " "))


def _pause(minutes: int) -> str:
    return f"{minutes} min" if minutes < 120 else hours(minutes)


def units_words(finding: RuleFinding) -> str:
    """`3 half-hour units`; `at 1.5 times the rate` where the rule says so."""
    units, increment = finding.detail["units"], finding.detail["increment"]
    name = {15: "quarter-hour ", 30: "half-hour ", 60: "hour "}.get(increment, f"{increment} min ")
    words = _plural(units, "minute") if increment == 1 else f"{units} {name}{'unit' if units == 1 else 'units'}"
    times = finding.detail.get("multiplier")
    return f"{words} at {times:g} times the rate" if times else words


# --- in short ----------------------------------------------------------------------------------------------


def short_words(finding: RuleFinding, rule: Rule | None = None, style: str = "12") -> str:
    """The numbers in a few words: `11 h 20 rest, needs 12 h 00`. What is not checked says why."""
    if finding.severity == NOT_EVALUATED:
        return f"not checked: {finding.measured}"
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
    return _most(finding, f" without a {_pause(finding.detail['needed'])} break")


def _short_gap(finding: RuleFinding, style: str) -> str:
    word = "needs" if finding.measured < finding.limit else "at most"
    return f"{hours(finding.measured)} {_gap_end(finding)}, {word} {hours(finding.limit)}"


def _gap_end(finding: RuleFinding) -> str:
    if finding.detail.get("next_kind") == "performance":
        return "before curtain" if finding.detail.get("to_curtain") else "before half hour"
    return "between calls"


def _short_window(finding: RuleFinding, style: str) -> str:
    at, bound = clock_words(finding.measured, style), clock_words(finding.limit, style)
    if finding.detail["side"] == "earliest":
        return f"called at {at}, earliest {bound}"
    return f"there until {at}, latest {bound}"


def _short_notice(finding: RuleFinding, style: str) -> str:
    if "milestone" in finding.detail:
        return f"{_plural(finding.measured // DAY, 'day')} of notice, needs {finding.limit // DAY}"
    if isinstance(finding.limit, str):
        return f"posted {_posted(finding, style)}, needs by {clock_words(finding.limit, style)} the day before"
    return f"{hours(finding.measured)} notice, needs {hours(finding.limit)}"


def _posted(finding: RuleFinding, style: str) -> str:
    at = finding.detail["posted_wall"]
    return f"{date_of(at):%a} {time_text(at, style=style)}"


def _short_overlap(finding: RuleFinding, style: str) -> str:
    if finding.detail.get("travel"):
        return f"{hours(finding.measured)} to get there, needs {hours(finding.limit)}"
    return f"two calls at once for {hours(finding.measured)}"


def _short_length(finding: RuleFinding, style: str) -> str:
    unit = "day" if finding.detail["bound"] == "max_days" else "week"
    word = "at least" if finding.detail["bound"] == "min_weeks" else "at most"
    return f"{_plural(finding.measured, unit)}, {word} {finding.limit}"


_SHORT: Mapping[str, Say] = {
    "max_total": lambda finding, style: _most(finding, " there" if finding.detail.get("presence") else ""),
    "work_in_span": _short_span,
    "extended_day_quota": lambda finding, style: (
        f"{_ordinal(finding.measured)} {finding.detail['label']}, {finding.limit} allowed"
    ),
    "min_rest": lambda finding, style: f"{hours(finding.measured)} rest, needs {hours(finding.limit)}",
    "break_after": _short_break,
    "gap": _short_gap,
    "day_off": lambda finding, style: f"{_plural(finding.measured, 'day')} off, needs {finding.limit}",
    "max_consecutive_days": lambda finding, style: (
        f"{_plural(finding.measured, 'day')} in a row, at most {finding.limit}"
    ),
    "max_count": lambda finding, style: (
        f"{finding.measured} {_calls(finding.detail.get('kinds'), finding.measured)}, at most {finding.limit}"
    ),
    "min_call": lambda finding, style: (
        f"{hours(finding.measured)} call, {_paid(finding)} {hours(finding.limit)}"
    ),
    "time_window": _short_window,
    "forbidden": lambda finding, style: f"{kind_words(finding.limit)}: {finding.measured}",
    "notice": _short_notice,
    "allowance": lambda finding, style: _most(finding, f" of {kind_words(finding.detail.get('kinds'))}"),
    "average_limit": lambda finding, style: _most(finding, " a week on average"),
    "premium": lambda finding, style: f"{hours(finding.detail['minutes_over'])} over: {units_words(finding)}",
    "engagement_window": _short_length,
    "overlap": _short_overlap,
}


def _paid(finding: RuleFinding) -> str:
    return "paid as" if finding.severity == "premium" else "at least"


# --- the sentence ------------------------------------------------------------------------------------------


def finding_words(finding: RuleFinding, rule: Rule, pack: Pack, name: str, style: str = "12") -> str:
    """The whole sentence with its source: who, what, measured against limit, where, by which clause."""
    if finding.severity == NOT_EVALUATED:
        said = f"{name}: {title_of(rule)} – not checked, {finding.measured} for {anchor_words(finding, style)}"
    elif finding.kind in _LONG:
        said = f"{name}: {_LONG[finding.kind](finding, style)}"
    else:
        said = f"{name}: {_hours_of(finding, rule)} {window_words(finding)} – {_against(finding)}"
    if finding.level:
        said += f", {finding.level}"
    if finding.severity == INFORMATION:
        said += f" – approved: {finding.waived_by}"
    return f"{said} ({source_words(rule, pack)})"


def title_of(rule: Rule) -> str:
    """What the rule is called; a rule without a title goes by its kind."""
    kind = RULE_KINDS.get(rule.kind)
    return rule.title or (kind.label if kind else rule.kind)


def _hours_of(finding: RuleFinding, rule: Rule) -> str:
    kinds = kind_words(finding.detail.get("kinds"))
    return f"{kinds} hours" if kinds and not rule.title else title_of(rule)


def _against(finding: RuleFinding) -> str:
    return f"{hours(finding.measured)} against {hours(finding.limit)}"


def _long_span(finding: RuleFinding, style: str) -> str:
    (work, span), (most_work, most_span) = finding.measured, finding.limit
    label = finding.detail.get("label")
    if label:
        allowed = f"closest allowed is {label}"
    elif most_work is None:
        return (
            f"{anchor_words(finding)} – {hours(span)} from first start to last end against {hours(most_span)}"
        )
    else:
        allowed = f"allowed is {hours(most_work)}" + (f" within {hours(most_span)}" if most_span else "")
    over = [
        f"{word} over by {hours(minutes)}"
        for word, minutes in (("work", finding.detail["over_work"]), ("span", finding.detail["over_span"]))
        if minutes
    ]
    return f"{anchor_words(finding)} – {hours(work)} of work over {hours(span)}; {allowed}: {', '.join(over)}"


def _long_quota(finding: RuleFinding, style: str) -> str:
    detail, at = finding.detail, finding.detail.get("milestone_day")
    before = date_words(at) if at else _milestone(detail["milestone"])
    within = f"{finding.limit} are allowed in the {detail['within_days']} days before {before}"
    if finding.limit == 0:
        within = f"none is allowed outside the {detail['within_days']} days before {before}"
    return f"{anchor_words(finding)} is the {_ordinal(finding.measured)} {detail['label']}; {within}"


def _long_rest(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    ended, starts = detail["ended_wall"], detail["starts_wall"]
    said = (
        f"{day_text(date_of(starts))} {time_text(starts, style=style)} follows "
        f"{date_of(ended):%a} {time_text(ended, style=style)} – "
        f"{hours(finding.measured)} of rest against {hours(finding.limit)}"
    )
    earliest = detail["earliest_wall"]
    day = "" if earliest // DAY == starts // DAY else f"{date_of(earliest):%a} "
    return f"{said}; the earliest legal call is {day}{time_text(earliest, style=style)}"


def _long_break(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    start, end = time_text(detail["starts_wall"], style=style), time_text(detail["ends_wall"], style=style)
    return (
        f"{day_text(date_of(detail['starts_wall']))} {start}–{end} without a {_pause(detail['needed'])} break – "
        f"{_against(finding)}"
    )


def _long_gap(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    end, start = time_text(detail["ends_wall"], style=style), time_text(detail["next_wall"], style=style)
    point = {"before half hour": "half hour", "before curtain": "curtain up"}.get(
        _gap_end(finding), "next call"
    )
    ended = "curtain down" if detail.get("from_kind") == "performance" else "ends"
    return f"{anchor_words(finding)} {ended} {end}, {point} {start} – {_against(finding)}"


def _long_day_off(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    said = (
        f"week of {date_words(finding.first_day)} has {_plural(finding.measured, 'day')} off of {finding.limit}"
    )
    if "longest" in detail:
        before, after = detail["longest_wall"]
        said += (
            f" (longest free stretch {hours(detail['longest'])} of {hours(detail['hours'] * 60)}, "
            f"{date_of(before):%a} {time_text(before, style=style)} to "
            f"{date_of(after):%a} {time_text(after, style=style)})"
        )
    return said


def _long_run(finding: RuleFinding, style: str) -> str:
    return (
        f"works {_plural(finding.measured, 'day')} in a row from {date_words(finding.first_day)} to "
        f"{date_words(finding.last_day)}; the {_ordinal(finding.limit + 1)} is {anchor_words(finding)}"
    )


def _long_count(finding: RuleFinding, style: str) -> str:
    what = _calls(finding.detail.get("kinds"), finding.measured)
    return f"{finding.measured} {what} {window_words(finding)} against {finding.limit}"


def _long_min_call(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    start, end = time_text(detail["starts_wall"], style=style), time_text(detail["ends_wall"], style=style)
    said = f"{day_text(date_of(detail['starts_wall']))} {start}–{end}"
    if detail.get("gap") is not None and detail["gap"] < DAY // 2:
        said += f" is a new call ({hours(detail['gap'])} after the last)"
    return f"{said} – {hours(finding.measured)}, {_paid(finding)} {hours(finding.limit)}"


def _long_window(finding: RuleFinding, style: str) -> str:
    age = finding.detail.get("age")
    said = f"{_short_window(finding, style)} on {anchor_words(finding)}"
    return f"{said}, aged {age}" if age is not None and age < 18 else said


def _long_forbidden(finding: RuleFinding, style: str) -> str:
    what = kind_words(finding.limit) or "a call"
    on = finding.measured
    linked = f", the {on}" if on.startswith("day") and on != "day off" else f", a {on}"
    return f"{what} on {anchor_words(finding)}{linked}"


def _long_notice(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    if "milestone" in detail:
        return (
            f"notice of {_milestone(detail['milestone'])} on {anchor_words(finding)} was posted "
            f"{date_text(date_of(detail['posted_wall']))} – {_short_notice(finding, style)}"
        )
    start = time_text(detail["starts_wall"], style=style)
    said = f"{day_text(date_of(detail['starts_wall']))} {start} was posted {_posted(finding, style)}"
    if isinstance(finding.limit, str):
        return f"{said}, needs by {clock_words(finding.limit, style)} the day before"
    return f"{said} – {hours(finding.measured)} of {hours(finding.limit)}"


def _long_allowance(finding: RuleFinding, style: str) -> str:
    return f"{kind_words(finding.detail.get('kinds'))} {window_words(finding)} – {_against(finding)}"


def _long_average(finding: RuleFinding, style: str) -> str:
    return (
        f"{hours(finding.measured)} a week on average over {_plural(finding.detail['weeks'], 'week')} to "
        f"{date_words(finding.last_day)} against {hours(finding.limit)}"
    )


def _long_premium(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    threshold = f" over {hours(finding.limit)}" if finding.limit else ""
    over = f"{detail['minutes_over']} min{threshold}"
    return f"{window_words(finding)} {hours(finding.measured)}, {over} = {units_words(finding)}".strip()


def _long_length(finding: RuleFinding, style: str) -> str:
    unit = "day" if finding.detail["bound"] == "max_days" else "week"
    return (
        f"{_plural(finding.measured, unit)} from {date_words(finding.first_day)} to "
        f"{date_words(finding.last_day)} against {finding.limit}"
    )


def _long_overlap(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    first, later = detail["kinds"]
    start, end = time_text(detail["starts_wall"], style=style), time_text(detail["ends_wall"], style=style)
    if detail.get("travel"):
        return (
            f"{anchor_words(finding, style)} {later} elsewhere after {first} until {end} – {_against(finding)}"
        )
    return f"{later} {start} overlaps {first} until {end} on {day_text(date_of(detail['starts_wall']))}"


_LONG: Mapping[str, Say] = {
    "work_in_span": _long_span,
    "extended_day_quota": _long_quota,
    "min_rest": _long_rest,
    "break_after": _long_break,
    "gap": _long_gap,
    "day_off": _long_day_off,
    "max_consecutive_days": _long_run,
    "max_count": _long_count,
    "min_call": _long_min_call,
    "time_window": _long_window,
    "forbidden": _long_forbidden,
    "notice": _long_notice,
    "allowance": _long_allowance,
    "average_limit": _long_average,
    "premium": _long_premium,
    "engagement_window": _long_length,
    "overlap": _long_overlap,
}


# --- source and repairs ------------------------------------------------------------------------------------


def source_words(rule: Rule, pack: Pack) -> str:
    """`LORT, edition ?, clause 50(C)(1), medium confidence, unverified`: what is not known says so."""
    source = rule.source
    parts = [
        source.agreement or pack.title,
        f"edition {source.edition or pack.edition or '?'}",
        f"clause {source.clause or '?'}",
    ]
    if source.confidence:
        parts.append(f"{source.confidence} confidence")
    if source.verified and source.verified_on:
        parts.append(f"verified by {source.verified_by} on {date_text(source.verified_on)}")
    else:
        parts.append(UNVERIFIED)
    return ", ".join(parts)


def repair_words(repair: Repair, name: str, style: str = "12") -> str:
    """What one click does: `Call Hana at 10:30a`, `End 5 min earlier`, `Free Mon 14 Sep`."""
    if repair.action == "free" and repair.day:
        return f"Free {day_text(repair.day)}"
    if repair.action == "start" and repair.at_wall is not None:
        return f"Call {name} at {time_text(repair.at_wall, style=style)}"
    if repair.action == "end":
        return f"End {hours(repair.minutes)} earlier"
    return f"Leave {name} out" if len(repair.calls) < 2 else f"Leave {name} out of {len(repair.calls)} calls"


def arithmetic(finding: RuleFinding, rule: Rule | None = None, style: str = "12") -> list[tuple[str, str]]:
    """The numbers one below the other: measured, the limit, and by how much it fails."""
    if finding.severity == NOT_EVALUATED:
        return [("Not checked", str(finding.measured))]
    if finding.kind == "work_in_span":
        (work, span), (most_work, most_span) = finding.measured, finding.limit
        rows = [("Work", hours(work)), ("From first start to last end", hours(span))]
        if most_work is not None:
            rows.append(("Work at most", hours(most_work)))
        if most_span is not None:
            rows.append(("Within at most", hours(most_span)))
        over = max(finding.detail["over_work"], finding.detail["over_span"])
        return [*rows, ("Over by", hours(over))]
    if finding.kind == "time_window":
        side = "Earliest" if finding.detail["side"] == "earliest" else "Latest"
        over = abs(clock_minutes(finding.measured) - clock_minutes(finding.limit))
        return [
            ("Measured", clock_words(finding.measured, style)),
            (side, clock_words(finding.limit, style)),
            ("Over by", hours(over)),
        ]
    if not isinstance(finding.measured, (int, float)) or not isinstance(finding.limit, (int, float)):
        return [("Measured", str(finding.measured))]
    return _difference(finding)


_COUNTS = frozenset({"extended_day_quota", "day_off", "max_consecutive_days", "max_count", "engagement_window"})


def _difference(finding: RuleFinding) -> list[tuple[str, str]]:
    said = str if finding.kind in _COUNTS else hours
    short = finding.measured < finding.limit
    return [
        ("Measured", said(finding.measured)),
        ("Needs" if short else "At most", said(finding.limit)),
        ("Short by" if short else "Over by", said(abs(finding.measured - finding.limit))),
    ]


def wall_of(finding: RuleFinding) -> int:
    """The anchor as a wall minute; of a day its midnight."""
    at = datetime.fromisoformat(finding.anchor)
    return wall(at.date(), at.hour * 60 + at.minute)
