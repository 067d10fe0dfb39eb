"""How findings, sources and repairs are said: one plain sentence each, in the words of the theatre.

`finding_words` is the whole sentence with its source; what fits on a call is in `short_words`. Times follow the style
of the clock ("12" or "24"). What a rule says in general is in `rule_words`, its arithmetic on the page that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping

from stagecraft.domain.rules.findings import INFORMATION, NOT_EVALUATED, Repair, RuleFinding
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.parameters import RULE_KINDS
from stagecraft.domain.rules.short_words import (
    Say,
    anchor_words,
    calls_words,
    clock_words,
    date_words,
    gap_end,
    hours,
    kind_words,
    milestone_words,
    missing_words,
    notice_words,
    ordinal,
    paid_words,
    pause_words,
    plural,
    posted_words,
    short_words,
    units_words,
    window_bounds,
    window_words,
)
from stagecraft.domain.times import DAY, date_of, date_text, day_text, time_text

__all__ = [
    "NOT_ADVICE",
    "UNVERIFIED",
    "anchor_words",
    "finding_words",
    "missing_words",
    "repair_words",
    "short_words",
    "source_words",
    "title_of",
    "window_words",
]

NOT_ADVICE = "Planning aid, not legal advice"
"""Stands on every page, sheet and listing of results."""

UNVERIFIED = "unverified"


# --- the sentence ------------------------------------------------------------------------------------------


def finding_words(finding: RuleFinding, rule: Rule, pack: Pack, name: str, style: str = "12") -> str:
    """The whole sentence with its source: who, what, measured against limit, where, by which clause."""
    if finding.severity == NOT_EVALUATED:
        said = f"{name}: {title_of(rule)} – not checked, {missing_words(finding)} for {anchor_words(finding, style)}"
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
    before = date_words(at) if at else milestone_words(detail["milestone"])
    within = f"{finding.limit} are allowed in the {detail['within_days']} days before {before}"
    if finding.limit == 0:
        within = f"none is allowed outside the {detail['within_days']} days before {before}"
    return f"{anchor_words(finding)} is the {ordinal(finding.measured)} {detail['label']}; {within}"


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
        f"{day_text(date_of(detail['starts_wall']))} {start}–{end} without a {pause_words(detail['needed'])} break – "
        f"{_against(finding)}"
    )


def _long_gap(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    end, start = time_text(detail["ends_wall"], style=style), time_text(detail["next_wall"], style=style)
    point = {"before half hour": "half hour", "before curtain": "curtain up"}.get(gap_end(finding), "next call")
    ended = "curtain down" if detail.get("from_kind") == "performance" else "ends"
    return f"{anchor_words(finding)} {ended} {end}, {point} {start} – {_against(finding)}"


def _long_day_off(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    said = (
        f"week of {date_words(finding.first_day)} has {plural(finding.measured, 'day')} off of {finding.limit}"
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
        f"works {plural(finding.measured, 'day')} in a row from {date_words(finding.first_day)} to "
        f"{date_words(finding.last_day)}; the {ordinal(finding.limit + 1)} is {anchor_words(finding)}"
    )


def _long_count(finding: RuleFinding, style: str) -> str:
    what = calls_words(finding.detail.get("kinds"), finding.measured)
    return f"{finding.measured} {what} {window_words(finding)} against {finding.limit}"


def _long_min_call(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    start, end = time_text(detail["starts_wall"], style=style), time_text(detail["ends_wall"], style=style)
    said = f"{day_text(date_of(detail['starts_wall']))} {start}–{end}"
    if detail.get("gap") is not None and detail["gap"] < DAY // 2:
        said += f" is a new call ({hours(detail['gap'])} after the last)"
    return f"{said} – {hours(finding.measured)}, {paid_words(finding)} {hours(finding.limit)}"


def _long_window(finding: RuleFinding, style: str) -> str:
    age = finding.detail.get("age")
    said = f"{window_bounds(finding, style)} on {anchor_words(finding)}"
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
            f"notice of {milestone_words(detail['milestone'])} on {anchor_words(finding)} was posted "
            f"{date_text(date_of(detail['posted_wall']))} – {notice_words(finding, style)}"
        )
    start = time_text(detail["starts_wall"], style=style)
    said = f"{day_text(date_of(detail['starts_wall']))} {start} was posted {posted_words(finding, style)}"
    if isinstance(finding.limit, str):
        return f"{said}, needs by {clock_words(finding.limit, style)} the day before"
    return f"{said} – {hours(finding.measured)} of {hours(finding.limit)}"


def _long_allowance(finding: RuleFinding, style: str) -> str:
    return f"{kind_words(finding.detail.get('kinds'))} {window_words(finding)} – {_against(finding)}"


def _long_average(finding: RuleFinding, style: str) -> str:
    return (
        f"{hours(finding.measured)} a week on average over {plural(finding.detail['weeks'], 'week')} to "
        f"{date_words(finding.last_day)} against {hours(finding.limit)}"
    )


def _long_premium(finding: RuleFinding, style: str) -> str:
    detail = finding.detail
    threshold = f" over {hours(finding.limit)}" if finding.limit else ""
    over = f"{detail['over']} min{threshold}"
    return f"{window_words(finding)} {hours(finding.measured)}, {over} = {units_words(finding)}".strip()


def _long_length(finding: RuleFinding, style: str) -> str:
    unit = "day" if finding.detail["bound"] == "max_days" else "week"
    return (
        f"{plural(finding.measured, unit)} from {date_words(finding.first_day)} to "
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


def repair_words(repair: Repair, name: str, style: str = "12", title: str = "") -> str:
    """What one click does: `Call Hana at 10:30a`, `End 5 min earlier`, `Free Mon 14 Sep`.

    `title` is that of the call she is left out of, where it is one.
    """
    if repair.action == "free" and repair.day:
        return f"Free {day_text(repair.day)}"
    if repair.action == "start" and repair.at_wall is not None:
        return f"Call {name} at {time_text(repair.at_wall, style=style)}"
    if repair.action == "end":
        return f"End {hours(repair.minutes)} earlier"
    if len(repair.calls) > 1:
        return f"Leave {name} out of {len(repair.calls)} calls"
    return f"Leave {name} out of {title}" if title else f"Leave {name} out"
