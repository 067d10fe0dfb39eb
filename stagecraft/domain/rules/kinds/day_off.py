"""`day_off`: each whole week has at least `min_days` free days.

`workday_free`: no call starts on that working day. `calendar_free`: no call between its local midnights.
`hours_free`: a free stretch of at least `hours` with at least 24 of them inside the week; a longer stretch is one day
more for every whole day by which it exceeds that and lies in the week. Before the first and after the last call all
is free. Travel is work unless `counts_travel` is false. Only weeks wholly inside the planned horizon and the
engagement are judged: what a rule demands cannot be missed in a week that is not all planned.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from stagecraft.domain.rules.conditions import Missing, Verdict
from stagecraft.domain.rules.findings import Repair
from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import free
from stagecraft.domain.rules.timeline import DAY, TRAVEL, Block

WEEK = 7 * DAY


def limit(params: Params) -> Any:
    """The least number of free days."""
    return params.get("min_days")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 7 + int(params.get("hours") or 0) // 24 + 1


@dataclass(frozen=True, slots=True)
class Rest:
    """A free stretch between two calls (None: before the first, after the last), and what of it lies in the week."""

    before: Block | None
    after: Block | None
    inside: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return 10**7 if self.before is None or self.after is None else self.after.start - self.before.end


def check(judge: Judge) -> None:
    """Report every whole week with too few free days."""
    blocks = _working(judge)
    days = [block.day for block in blocks]
    for week in judge.whole_weeks():
        near = blocks[_before(days, week) : _after(days, week + 7)]
        verdict, kept = _kept(judge, near, week)
        if isinstance(verdict, Missing):
            judge.not_checked(verdict, iso(week), week, week + 6)
        elif verdict:
            _judge_week(judge, kept, week)


def _before(days: list[int], week: int) -> int:
    """Where the last day before the week begins that has a call: the week's first rest begins there."""
    at = bisect_left(days, week)
    return bisect_left(days, days[at - 1] - 1) if at else 0


def _after(days: list[int], end: int) -> int:
    """Behind the first day after the week that has a call."""
    at = bisect_left(days, end)
    return bisect_right(days, days[at]) if at < len(days) else at


def _kept(judge: Judge, blocks: list[Block], week: int) -> tuple[Verdict, list[Block]]:
    """Whether the week is judged, and by which calls: a day the conditions leave out is free for this rule."""
    inside = [block for block in blocks if week <= block.day <= week + 6]
    verdict = judge.conditions.window(week, week + 6) if inside else False
    if verdict is False or not judge.conditions.filters:
        return verdict, blocks
    for block in inside:
        day = judge.conditions.day(block.day)
        if isinstance(day, Missing):
            return day, blocks
    return verdict, [block for block in blocks if judge.conditions.day(block.day) is True]


def _working(judge: Judge) -> list[Block]:
    blocks = judge.timeline.select(judge.kinds)
    if judge.params.get("counts_travel", True):
        return blocks
    return [block for block in blocks if not judge.timeline.selects(block.call, TRAVEL)]


def _judge_week(judge: Judge, blocks: list[Block], week: int) -> None:
    least = int(judge.params["min_days"])
    found = free_days(judge.params, blocks, week, judge.timeline.cut)
    if found >= least:
        return
    detail: dict[str, Any] = {"definition": judge.params["definition"]}
    if judge.params["definition"] == "hours_free":
        rests = _rests(blocks, week, judge.timeline.cut)
        detail["hours"] = int(judge.params["hours"])
        bounded = [(one.minutes, one.before, one.after) for one in rests if one.before and one.after]
        if bounded:
            minutes, before, after = max(bounded, key=lambda one: one[0])
            detail["longest"] = minutes
            detail["longest_wall"] = (before.call.ends_wall, after.call.starts_wall)
    inside = [block for block in blocks if week <= block.day <= week + 6]
    judge.report(
        iso(week),
        week,
        week + 6,
        found,
        least,
        inside,
        over=least - found,
        repairs=_repairs(judge, blocks, inside, week, found),
        **detail,
    )


def free_days(params: Params, blocks: list[Block], week: int, cut: int) -> int:
    """Free days of the week that begins on day `week`, as the rule defines them."""
    definition = params["definition"]
    if definition == "workday_free":
        return 7 - len({block.day for block in blocks if week <= block.day <= week + 6})
    if definition == "calendar_free":
        return 7 - len(_calendar_days(blocks, week))
    need = int(params["hours"]) * 60
    days = 0
    for rest in _rests(blocks, week, cut):
        if rest.minutes >= need and rest.inside >= DAY:
            days += 1 + min((rest.minutes - need) // DAY, (rest.inside - DAY) // DAY)
    return min(days, 7)


def _calendar_days(blocks: Iterable[Block], week: int) -> set[int]:
    days: set[int] = set()
    for block in blocks:
        first, last = block.call.starts_wall // DAY, (block.call.ends_wall - 1) // DAY
        if last >= week and first <= week + 6:
            days.update(range(max(first, week), min(max(last, first), week + 6) + 1))
    return days


def _rests(blocks: list[Block], week: int, cut: int) -> list[Rest]:
    """The free stretches that touch the week, which runs from the day's cut to the day's cut."""
    starts, ends = week * DAY + cut, (week + 7) * DAY + cut
    rests: list[Rest] = []
    before: Block | None = None
    for block in blocks:
        if before is None or block.start > before.end:
            rest = _rest(before, block, starts, ends)
            if rest.inside > 0:
                rests.append(rest)
        if before is None or block.end > before.end:
            before = block
        if block.call.starts_wall >= ends:
            return rests
    rest = _rest(before, None, starts, ends)
    return [*rests, rest] if rest.inside > 0 else rests


def _rest(before: Block | None, after: Block | None, starts: int, ends: int) -> Rest:
    """What lies in the week is counted from the end of the stretch that is inside it, elapsed."""
    begun = before is not None and before.call.ends_wall > starts
    ended = after is not None and after.call.starts_wall < ends
    if before is not None and after is not None and begun and ended:
        return Rest(before, after, after.start - before.end)
    if before is not None and begun:
        return Rest(before, after, ends - before.call.ends_wall)
    if after is not None and ended:
        return Rest(before, after, after.call.starts_wall - starts)
    return Rest(before, after, ends - starts)


def _repairs(judge: Judge, blocks: list[Block], inside: list[Block], week: int, found: int) -> list[Repair]:
    """The day with the least work whose freeing gives one free day more."""
    days: dict[int, list[Block]] = {}
    for block in inside:
        days.setdefault(block.day, []).append(block)
    weighed = sorted(days, key=lambda day: (sum(one.end - one.start for one in days[day]), day))
    for day in weighed:
        left = [block for block in blocks if block.day != day]
        if free_days(judge.params, left, week, judge.timeline.cut) > found:
            return free(days[day], day)
    return []
