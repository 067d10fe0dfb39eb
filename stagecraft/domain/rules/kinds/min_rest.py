"""`min_rest`: from the last end of one work period to the first start of the next pass at least `min` minutes.

A work period is a working day (`day_mode` workday), or ends at a gap of `split_gap` minutes (`day_mode` gap). Rest is
elapsed time: a clock change really shortens or lengthens it. The later day is the anchor; conditions, values and
votes are those of the later day. `after.work_past` limits the rule to the rest after work that went on past that
clock time ("24:30" is half past midnight).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Any

from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.kinds.time_window import clock_minutes
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import end_by, start_at
from stagecraft.domain.rules.timeline import DAY, Workday


def limit(params: Params) -> Any:
    """The least minutes of rest."""
    return params.get("min")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return int(params.get("min") or 0) // DAY + 2


def check(judge: Judge) -> None:
    """Report every rest that is too short."""
    least = int(judge.params["min"])
    past = (judge.params.get("after") or {}).get("work_past")
    past_minutes = None if past is None else clock_minutes(str(past))
    for before, after in _pairs(judge):
        if not judge.looks_at(before.day, after.day, after.day):
            continue
        if past_minutes is not None and before.last.call.ends_wall <= before.day * DAY + past_minutes:
            continue
        if judge.holds(after.day, before.day) and after.start - before.end < least:
            _report(judge, before, after, before.end, least)


def _pairs(judge: Judge) -> list[tuple[Workday, Workday]]:
    days = judge.timeline.days(judge.kinds)
    if judge.view.span is not None:
        # One day before the first asked for and one after the last make the pairs that touch them.
        lo = max(0, bisect_left(days, judge.view.span[0], key=lambda one: one.day) - 1)
        hi = bisect_right(days, judge.view.span[1], key=lambda one: one.day) + 1
        days = days[lo:hi]
    return list(pairwise(days))


def _report(judge: Judge, before: Workday, after: Workday, end: int, least: int) -> None:
    rest = max(0, after.start - end)
    judge.report(
        iso(after.day),
        before.day,
        after.day,
        rest,
        least,
        (before.last, after.blocks[0]),
        over=least - rest,
        repairs=start_at(after.blocks, end + least) + end_by(before.blocks, after.start - least),
        ended_wall=before.last.call.ends_wall,
        starts_wall=after.blocks[0].call.starts_wall,
        earliest_wall=after.blocks[0].call.starts_wall + least - (after.start - end),
    )
