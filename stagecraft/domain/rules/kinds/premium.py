"""`premium`: minutes over `threshold` in each window, rounded up to units of `increment`, for the cost report.

It is no breach. With `clock` ("00:00-08:00") only minutes of work between those clock times count, and the threshold
is nought unless one is given. Measured are the minutes counted; the detail has `over`, the `units` and the
multiplier.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.findings import PREMIUM, VIOLATION
from stagecraft.domain.rules.judge import Judge
from stagecraft.domain.rules.kinds.max_total import reach_of
from stagecraft.domain.rules.kinds.time_window import clock_minutes
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import cut
from stagecraft.domain.rules.timeline import DAY, Block, merged, wall_at, worked


def limit(params: Params) -> Any:
    """The minutes before it begins."""
    return params.get("threshold")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return reach_of(params.get("window", "workday"), params)


def check(judge: Judge) -> None:
    """Report every window with minutes over the threshold."""
    params = judge.params
    threshold, increment = int(params.get("threshold") or 0), int(params.get("increment") or 1)
    window = str(params.get("window", "workday"))
    clock = _clock(params.get("clock"))
    # A cost is a cost even where a pack forgot to say so.
    severity = PREMIUM if judge.rule.severity == VIOLATION else ""
    for one in judge.windows(window, judge.kinds):
        measured = worked(one.blocks) if clock is None else _inside(one.blocks, clock)
        over = measured - threshold
        if over > 0:
            judge.report(
                one.anchor,
                one.first,
                one.last,
                measured,
                threshold,
                one.blocks,
                over=over,
                severity=severity,
                repairs=cut(one.blocks, over) if clock is None else (),
                units=-(-over // increment),
                increment=increment,
                multiplier=params.get("multiplier"),
                window=window,
            )


def _clock(value: Any) -> tuple[int, int] | None:
    if not value:
        return None
    first, last = value.split("-") if isinstance(value, str) else (value["from"], value["to"])
    start, end = clock_minutes(str(first).strip()), clock_minutes(str(last).strip())
    return (start, end) if end > start else (start, end + DAY)


def _inside(blocks: list[Block], clock: tuple[int, int]) -> int:
    """Minutes of work between two clock times, each minute once."""
    spans: list[tuple[int, int]] = []
    for block in blocks:
        for start, end in block.work:
            spans += _between(block, start, end, clock)
    return sum(end - start for start, end in merged(spans))


def _between(block: Block, start: int, end: int, clock: tuple[int, int]) -> list[tuple[int, int]]:
    """The parts of a span of instants whose clock reads between the two times."""
    call = block.call
    if call.ends_wall - call.starts_wall != call.ends_at - call.starts_at:
        return _minute_by_minute(block, start, end, clock)
    shift = call.starts_wall - call.starts_at
    day = (start + shift) // DAY - 1
    parts = []
    while day * DAY + clock[0] < end + shift:
        first, last = max(start, day * DAY + clock[0] - shift), min(end, day * DAY + clock[1] - shift)
        if first < last:
            parts.append((first, last))
        day += 1
    return parts


def _minute_by_minute(block: Block, start: int, end: int, clock: tuple[int, int]) -> list[tuple[int, int]]:
    """The clock changes during the call: ask it every minute."""
    parts = []
    for at in range(start, end):
        minute = wall_at(block.call, at) % DAY
        if clock[0] <= minute < clock[1] or clock[0] <= minute + DAY < clock[1]:
            parts.append((at, at + 1))
    return parts
