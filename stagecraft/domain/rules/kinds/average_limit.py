"""`average_limit`: the mean weekly total of every window of `weeks` consecutive weeks is at most `max`.

Weeks run from the first to the last that is worked or planned. Weeks of leave are left out (`leave_weeks` skip, the
default: the weeks around them follow each other) or count as no hours (zero). The anchor is the first day of the
window's last week.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.conditions import Missing
from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import cut_or_free
from stagecraft.domain.rules.timeline import Block, day_number, week_of, worked


def limit(params: Params) -> Any:
    """The most minutes of an average week."""
    return params.get("max")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen; leave may lie between."""
    return 7 * int(params.get("weeks") or 1)


def check(judge: Judge) -> None:
    """Report every window of weeks whose mean is too high."""
    count, most = int(judge.params["weeks"]), int(judge.params["max"])
    blocks = judge.timeline.weeks(judge.kinds, judge.week_start)
    weeks = _weeks(judge, blocks)
    if len(weeks) < count:
        return
    totals = {week: 0 if week in _leave(judge) else _total(judge, blocks.get(week, [])) for week in weeks}
    for at in range(count - 1, len(weeks)):
        window = weeks[at - count + 1 : at + 1]
        first, last = window[0], window[-1] + 6
        if not judge.looks_at(first, last):
            continue
        found = [totals[week] for week in window]
        verdict = judge.conditions.window(first, last)
        missing = next((one for one in (verdict, *found) if isinstance(one, Missing)), None)
        if verdict is False or not any(found):
            continue
        if missing:
            judge.not_checked(missing, iso(window[-1]), first, last)
            continue
        total = sum(one for one in found if isinstance(one, int))
        if total > most * count:
            _report(judge, window, [b for week in window for b in blocks.get(week, [])], total)


def _leave(judge: Judge) -> set[int]:
    return {week_of(day_number(day), judge.week_start) for day in judge.facts.leave_weeks}


def _weeks(judge: Judge, blocks: dict[int, list[Block]]) -> list[int]:
    if not blocks:
        return []
    first, last = min(blocks), max(blocks)
    if judge.facts.horizon and judge.view.horizon:
        first = min(first, week_of(judge.view.horizon[0], judge.week_start))
        last = max(last, week_of(judge.view.horizon[1], judge.week_start))
    weeks = list(range(first, last + 1, 7))
    if judge.params.get("leave_weeks", "skip") == "zero":
        return weeks
    leave = _leave(judge)
    return [week for week in weeks if week not in leave]


def _total(judge: Judge, blocks: list[Block]) -> int | Missing:
    if judge.conditions.filters:
        days = [judge.conditions.day(block.day) for block in blocks]
        missing = next((one for one in days if isinstance(one, Missing)), None)
        if missing:
            return missing
        blocks = [block for block, kept in zip(blocks, days, strict=True) if kept]
    return worked(blocks)


def _report(judge: Judge, window: list[int], blocks: list[Block], total: int) -> None:
    count, most = len(window), int(judge.params["max"])
    mean = total // count if total % count == 0 else total / count
    over = total - most * count
    judge.report(
        iso(window[-1]),
        window[0],
        window[-1] + 6,
        mean,
        most,
        blocks,
        over=-(-over // count),
        repairs=cut_or_free([one for one in blocks if one.day >= window[-1]], over),
        weeks=count,
        total=total,
    )
