"""The arithmetic of a flag line by line, and what to do where something needed for a check is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from stagecraft.domain.rules.parameter_values import clock_minutes
from stagecraft.domain.times import duration_text, time_text
from stagecraft.ui.words import count_text

Pairs = list[tuple[str, str]]

_AT_LEAST = frozenset({"min_rest", "min_call", "notice"})
_MINUTES = frozenset({"max_total", "break_after", "gap", "allowance", "average_limit", *_AT_LEAST})
_COUNTED = {
    "max_count": "call",
    "day_off": "day off",
    "extended_day_quota": "extended day",
    "max_consecutive_days": "day",
    "engagement_window": "day",
}
_MANY = {"day off": "days off"}


def arithmetic(finding: Any, style: str = "12") -> Pairs:
    """`Measured 11 h 20`, `Needed 12 h 00`, `Short by 40 min`; nothing where there is nothing to compute."""
    say = _KINDS.get(finding.kind)
    if say is not None:
        return say(finding, style)
    if finding.kind in _MINUTES:
        return _compared(finding, duration_text)
    if finding.kind in _COUNTED:
        one = _COUNTED[finding.kind]
        return _compared(finding, lambda number: count_text(number, one, _MANY.get(one, "")))
    return []


def _compared(finding: Any, text: Callable[[int], str]) -> Pairs:
    measured, limit = finding.measured, finding.limit
    if not isinstance(measured, int | float) or not isinstance(limit, int | float):
        return []
    short = measured < limit
    by = round(abs(measured - limit))
    return [
        ("Measured", text(round(measured))),
        ("Needed" if short else "Allowed", text(round(limit))),
        ("Short by" if short else "Over by", text(by)),
    ]


def _in_span(finding: Any, style: str) -> Pairs:
    if not isinstance(finding.measured, list | tuple) or not isinstance(finding.limit, list | tuple):
        return []
    pairs = []
    for name, measured, limit in zip(("Work", "Span"), finding.measured, finding.limit, strict=False):
        if limit is None:
            pairs.append((name, duration_text(measured)))
            continue
        over = f", {duration_text(measured - limit)} over" if measured > limit else ""
        pairs.append((name, f"{duration_text(measured)} of {duration_text(limit)}{over}"))
    if label := finding.detail.get("label"):
        pairs.append(("Closest", str(label)))
    return pairs


def _clocks(finding: Any, style: str) -> Pairs:
    measured, limit = clock_minutes(finding.measured), clock_minutes(finding.limit)
    if measured is None or limit is None:
        return []
    early = measured < limit
    return [
        ("There", f"{'from' if early else 'until'} {time_text(measured, style=style)}"),
        ("Earliest" if early else "Latest", time_text(limit, style=style)),
        ("Early by" if early else "Late by", duration_text(abs(measured - limit))),
    ]


def _premium(finding: Any, style: str) -> Pairs:
    pairs = [("Measured", duration_text(finding.measured))]
    if finding.limit:
        pairs.append(("Paid from", duration_text(finding.limit)))
    if (over := finding.detail.get("over")) is not None:
        pairs.append(("Over by", duration_text(over)))
    if (units := finding.detail.get("units")) is not None:
        pairs.append(("Counts as", count_text(units, "unit")))
    return pairs


def _overlap(finding: Any, style: str) -> Pairs:
    if not isinstance(finding.measured, int):
        return []
    if finding.limit:
        return [("Between", duration_text(finding.measured)), ("Travel", duration_text(finding.limit))]
    return [("At once", duration_text(finding.measured))]


_KINDS: Mapping[str, Callable[[Any, str], Pairs]] = {
    "work_in_span": _in_span,
    "time_window": _clocks,
    "premium": _premium,
    "overlap": _overlap,
}

_TO_DO = (
    ("pack", "Choose another pack in the contract or the production, or mend it under Packs."),
    ("no planned breaks", "Plan the breaks of the call in the calendar’s inspector."),
    ("no posting time", "Issue the daily call or the weekly schedule on Paper: its time is the posting."),
    ("no age", "Enter the birthday under Private in the company."),
    ("no cast size", "Assign the cast to roles or tracks in the company."),
    ("no date of", "Enter the date in the production’s details."),
    ("no school days", "Note the school days in the calendar, as absences for school."),
    ("no role", "Assign them to a job, a role or a track in the company."),
    ("kind", "A newer version of Stagecraft knows this kind of rule."),
)


def what_to_do(missing: str) -> str:
    """What makes a rule checkable that misses this fact."""
    return next((advice for part, advice in _TO_DO if part in missing), "")
