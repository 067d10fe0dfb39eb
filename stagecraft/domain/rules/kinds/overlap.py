"""`overlap`: no two calls of one person are at the same time, nor at two venues without the time to get there.

Measured is the work both have in common (a call inside the other's planned meal is none), limit nought. With
`travel_minutes`, or minutes recorded for a pair of venues, calls at different venues need that much between them:
measured is the gap, limit the travel needed. The anchor is the local start of the later call.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.judge import Judge, local
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import end_by, leave, start_at
from stagecraft.domain.rules.timeline import Block


def limit(params: Params) -> Any:
    """Nothing may overlap."""
    return 0


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 2


def check(judge: Judge) -> None:
    """Report every pair of calls that is too close."""
    everywhere = int(judge.params.get("travel_minutes") or 0)
    widest = max([everywhere, *judge.facts.travel_minutes.values()])
    blocks = judge.timeline.select(judge.kinds)
    for at, block in enumerate(blocks):
        next_end = None
        for other in blocks[at + 1 :]:
            # Behind the next call it is that one's distance that matters.
            if other.start >= block.end + widest or (next_end is not None and other.start >= next_end):
                break
            if other.start >= block.end:
                next_end = other.end if next_end is None else min(next_end, other.end)
            if judge.looks_at(min(block.day, other.day), max(block.day, other.day)):
                _judge_pair(judge, block, other, everywhere)


def _judge_pair(judge: Judge, block: Block, other: Block, everywhere: int) -> None:
    common = sum(
        max(0, min(end, last) - max(start, first)) for start, end in block.work for first, last in other.work
    )
    if common:
        measured, needed, over = common, 0, common
    elif other.start >= block.end:
        needed = travel_needed(judge, block, other, everywhere)
        measured = other.start - block.end
        over = needed - measured
    else:
        return
    if over <= 0 or not judge.holds(other.day, min(block.day, other.day)):
        return
    judge.report(
        local(other.call.starts_wall),
        min(block.day, other.day),
        max(block.day, other.day),
        measured,
        needed,
        (block, other),
        over=over,
        repairs=_repairs(block, other, needed),
        starts_wall=other.call.starts_wall,
        ends_wall=block.call.ends_wall,
        travel=bool(needed),
        kinds=(block.call.title or block.call.kind, other.call.title or other.call.kind),
    )


def travel_needed(judge: Judge, block: Block, other: Block, everywhere: int) -> int:
    """Minutes from one venue to the other; nothing where one is not known or both are the same."""
    one, two = block.call.venue, other.call.venue
    if one is None or two is None or one == two:
        return 0
    known = judge.facts.travel_minutes
    return known.get((one, two), known.get((two, one), everywhere))


def _repairs(block: Block, other: Block, needed: int) -> list[Any]:
    repairs = start_at([other], block.end + needed) if other.end > block.end else []
    if other.start - needed > block.start:
        repairs += end_by([block], other.start - needed)
    return [*repairs, *leave([other])]
