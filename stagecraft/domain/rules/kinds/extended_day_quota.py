"""`extended_day_quota`: extended days lie within `within_days` before a milestone and are at most `max_days`.

An extended day is one that some `work_in_span` rule of the pack finds legal only by an `extended` alternative (a
10 out of 12). The days over the quota, in order of date, are the findings: measured is the how-manyth it is. A
labelled day outside the window has no quota at all: each is 1 against 0. The milestone's own day is outside.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stagecraft.domain.rules.conditions import Missing, milestone
from stagecraft.domain.rules.judge import Judge, iso, variants
from stagecraft.domain.rules.kinds import work_in_span
from stagecraft.domain.rules.kinds.work_in_span import Fit
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import free


def limit(params: Params) -> Any:
    """The most extended days."""
    return params.get("max_days")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return int(params.get("within_days") or 0) + 1


def labelled(judge: Judge) -> list[Fit]:
    """The extended days of the person, in order of date, one a day."""
    days: dict[int, Fit] = {}
    # All of them count, also where only some days are asked for.
    view = replace(judge.view, span=None)
    for rule in judge.pack.rules:
        if rule.kind != "work_in_span" or not rule.enabled:
            continue
        mine = [one for one in view.approvals if one.rule == rule.id]
        for params, spans in variants(rule, mine):
            if any(one.get("extended") for one in params.get("alternatives") or ()):
                other = Judge(view, rule, params, spans, work_in_span.limit)
                for fit in work_in_span.fits(other):
                    if fit.label:
                        days.setdefault(fit.day.day, fit)
    return [days[day] for day in sorted(days)]


def check(judge: Judge) -> None:
    """Report each extended day over the quota."""
    fits = [fit for fit in labelled(judge) if judge.conditions.on(fit.day.day) is not False]
    if not fits:
        return
    at = milestone(judge.facts, str(judge.params["milestone"]))
    first, last = fits[0].day.day, fits[-1].day.day
    if isinstance(at, Missing):
        if judge.looks_at(first, last):
            judge.not_checked(at, iso(first), first, last)
        return
    within, most = int(judge.params["within_days"]), int(judge.params["max_days"])
    inside = [fit for fit in fits if at - within <= fit.day.day < at]
    for fit in fits:
        if fit not in inside:
            _report(judge, fit, 1, 0, fit.day.day)
        elif (number := inside.index(fit) + 1) > most:
            _report(judge, fit, number, most, inside[0].day.day)


def _report(judge: Judge, fit: Fit, number: int, allowed: int, first: int) -> None:
    day = fit.day.day
    if not judge.looks_at(first, day, day) or not judge.holds(day, first):
        return
    judge.report(
        iso(day),
        first,
        day,
        number,
        allowed,
        fit.day.blocks,
        over=number - allowed,
        waived_on=day,
        repairs=free(fit.day.blocks, day),
        label=fit.label,
        milestone=str(judge.params["milestone"]),
        milestone_day=judge.facts.milestones.get(str(judge.params["milestone"])),
        within_days=int(judge.params["within_days"]),
    )
