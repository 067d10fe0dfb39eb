"""`work_in_span`: a working day fits at least one alternative of so much work within such a span.

Work is the sum of the `kinds` (gaps shorter than `bridge` are work), span the time from first start to last end of
`span_kinds` (the same kinds where none are given). An alternative without `work` or `span` does not limit it; one
whose `when` does not hold that day cannot be chosen. A day that fits none is reported against the closest
alternative: the smallest sum of what is over. A day that fits only `extended` ones is legal but labelled; the label
is what `extended_day_quota` counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stagecraft.domain.rules.conditions import Missing
from stagecraft.domain.rules.findings import Repair
from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import end_by, leave, start_at
from stagecraft.domain.rules.timeline import Block, Kinds, Workday, kinds_of, worked

Alternative = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fit:
    """A day as it fits: `label` of an extended alternative, or `closest` where none fits, or what is `missing`.

    `saving` is the alternative that would save the day if that were known.
    """

    day: Workday
    spanned: list[Block]
    work: int
    span: int
    label: str = ""
    closest: Alternative | None = None
    missing: Missing | None = None
    saving: list[int | None] | None = None


def limit(params: Params) -> Any:
    """The alternatives."""
    return params.get("alternatives")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 1


def check(judge: Judge) -> None:
    """Report the days that fit no alternative."""
    for fit in fits(judge):
        if fit.missing:
            day = fit.day.day
            judge.not_checked(fit.missing, iso(day), day, day, fit.day.blocks, limit=fit.saving)
        elif fit.closest is not None:
            _report(judge, fit, fit.closest)


def fits(judge: Judge) -> Iterator[Fit]:
    """Every day with work on which the rule holds."""
    kinds = judge.kinds
    span_kinds = kinds_of(judge.params["span_kinds"]) if judge.params.get("span_kinds") else kinds
    bridge = int(judge.params.get("bridge") or 0)
    for day in judge.days(kinds):
        spanned = day.blocks if span_kinds == kinds else _spanned(judge, day, span_kinds)
        work = worked(day.blocks, bridge) if bridge else day.worked
        span = max(block.end for block in spanned) - spanned[0].start
        yield _fit(judge, Fit(day, spanned, work, span))


def _spanned(judge: Judge, day: Workday, span_kinds: Kinds) -> list[Block]:
    found = [block for block in judge.timeline.whole(day) if judge.timeline.selects(block.call, span_kinds)]
    return found or day.blocks


def _fit(judge: Judge, fit: Fit) -> Fit:
    day, work, span = fit.day.day, fit.work, fit.span
    label, fitting = "", False
    saved: tuple[Missing, list[int | None]] | None = None
    open_ones: list[Alternative] = []
    for one in judge.params.get("alternatives") or ():
        verdict = judge.verdict_of(one.get("when"), day)
        fits_it = _over(one, work, span) == 0
        if isinstance(verdict, Missing):
            # A choice nobody knows to be open matters only where it would save the day.
            saved = saved or ((verdict, _pair(one)) if fits_it else None)
        elif verdict:
            open_ones.append(one)
            if fits_it and not one.get("extended"):
                return fit
            if fits_it and not fitting:
                label, fitting = str(one.get("label") or "extended day"), True
    if fitting:
        return Fit(fit.day, fit.spanned, work, span, label=label)
    if saved:
        return Fit(fit.day, fit.spanned, work, span, missing=saved[0], saving=saved[1])
    closest = min(open_ones, key=lambda one: _over(one, work, span), default=None)
    return Fit(fit.day, fit.spanned, work, span, closest=closest)


def _over(one: Alternative, work: int, span: int) -> int:
    """By how much the day exceeds the alternative, work and span together."""
    pair = _pair(one)
    over = 0 if pair[0] is None else max(0, work - pair[0])
    return over + (0 if pair[1] is None else max(0, span - pair[1]))


def _pair(one: Any) -> list[int | None]:
    return [one.get("work"), one.get("span")]


def _report(judge: Judge, fit: Fit, closest: Alternative) -> None:
    day, pair = fit.day, _pair(closest)
    over_work = 0 if pair[0] is None else max(0, fit.work - pair[0])
    over_span = 0 if pair[1] is None else max(0, fit.span - pair[1])
    judge.report(
        iso(day.day),
        day.day,
        day.day,
        [fit.work, fit.span],
        pair,
        fit.spanned,
        over=over_work + over_span,
        repairs=_repairs(fit, over_work, over_span),
        label=str(closest.get("label") or ""),
        over_work=over_work,
        over_span=over_span,
        starts_wall=fit.spanned[0].call.starts_wall,
        ends_wall=max(fit.spanned, key=lambda one: one.end).call.ends_wall,
    )


def _repairs(fit: Fit, over_work: int, over_span: int) -> list[Repair]:
    minutes = max(over_work, over_span)
    first = fit.spanned[0]
    last = max(fit.spanned, key=lambda one: one.end)
    repairs: list[Repair] = []
    # Only a cut that leaves something of the call and takes as much work as it must.
    if last.work[-1][1] - last.work[-1][0] > minutes and (not over_work or last in fit.day.blocks):
        repairs += end_by(fit.spanned, last.end - minutes)
    if first.work[0][1] - first.work[0][0] > minutes and (not over_work or first in fit.day.blocks):
        repairs += start_at(fit.spanned, first.start + minutes)
    if not repairs and len(fit.spanned) > 1:
        repairs = leave([last]) + leave([first])
    return repairs
