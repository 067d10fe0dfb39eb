"""`gap`: between a `from` call and the next call the same working day, where that is a `to` call, lie `min` to `max`.

The next call is the first one (of any kind) that starts when this one has ended or later. The interval runs to its
start, which for a performance is the half-hour call, or with `to_point` curtain_up to curtain up. Where the day's
`from` calls up to this one hold at most `except_from_max_work` minutes of work, no least interval is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import end_by, leave, start_at
from stagecraft.domain.rules.timeline import PERFORMANCE, Block, Workday, kinds_of, worked


def limit(params: Params) -> Any:
    """The least interval, or the longest where only that is given."""
    return params["min"] if params.get("min") is not None else params.get("max")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 1


def check(judge: Judge) -> None:
    """Report every interval that is too short or too long."""
    from_kinds, to_kinds = kinds_of(judge.params.get("from")), kinds_of(judge.params.get("to"))
    for day in judge.timeline.days(from_kinds):
        if not judge.looks_at(day.day, day.day):
            continue
        following = judge.timeline.whole(day)
        nexts = [(block, _next(judge, block, following, to_kinds)) for block in day.blocks]
        pairs = [(block, after) for block, after in nexts if after is not None]
        if pairs and judge.holds(day.day):
            for block, after in pairs:
                _judge_interval(judge, day, block, after)


def _next(judge: Judge, block: Block, following: list[Block], to_kinds: Any) -> Block | None:
    """The next call where it is a `to` call; of several that start together one is enough."""
    at = bisect_left(following, block.end, key=lambda one: one.start)
    while at < len(following) and following[at] is block:
        at += 1
    if at == len(following):
        return None
    first = following[at].start
    for other in following[at:]:
        if other.start != first:
            return None
        if other is not block and judge.timeline.selects(other.call, to_kinds):
            return other
    return None


def _judge_interval(judge: Judge, day: Workday, block: Block, after: Block) -> None:
    params = judge.params
    point, wall = after.start, after.call.starts_wall
    if params.get("to_point") == "curtain_up" and after.call.curtain_at is not None:
        point = after.call.curtain_at
        wall = after.call.curtain_wall if after.call.curtain_wall is not None else wall
    interval = point - block.end
    least, most = params.get("min"), params.get("max")
    detail: dict[str, Any] = {
        "ends_wall": block.call.ends_wall,
        "next_wall": wall,
        "from_kind": block.call.kind,
        "next_kind": "performance" if judge.timeline.selects(after.call, PERFORMANCE) else after.call.kind,
        "to_curtain": params.get("to_point") == "curtain_up",
    }
    if least is not None and interval < least and not _excepted(params, day, block):
        over = int(least) - interval
        repairs = end_by([block], block.end - over)
        if after.call.curtain_at is None:
            repairs = start_at([after], after.start + over) + repairs
        if block.end - block.start <= over:
            repairs = leave([block])
        judge.report(
            iso(day.day),
            day.day,
            day.day,
            interval,
            least,
            (block, after),
            over=over,
            repairs=repairs,
            **detail,
        )
    if most is not None and interval > most:
        over = interval - int(most)
        repairs = start_at([after], after.start) or leave([after])
        judge.report(
            iso(day.day), day.day, day.day, interval, most, (block, after), over=over, repairs=repairs, **detail
        )


def _excepted(params: Params, day: Workday, block: Block) -> bool:
    most = params.get("except_from_max_work")
    return most is not None and worked([one for one in day.blocks if one.end <= block.end]) <= int(most)
