"""`overlap`: no two calls of one person are at the same time, nor at two venues without the time to get there.

Measured is the work both have in common (a call inside the other's planned meal is none), limit nought. With
`travel_minutes`, or minutes recorded for a pair of venues, calls at different venues need that much between them:
measured is the gap, limit the travel needed. The anchor is the local start of the later call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stagecraft.domain.rules.judge import Judge, local
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import end_by, leave, start_at
from stagecraft.domain.rules.timeline import Block

Pairs = Mapping[tuple[int | str, int | str], int]


def limit(params: Params) -> Any:
    """Nothing may overlap."""
    return 0


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 2


def check(judge: Judge) -> None:
    """Report every pair of calls that is too close."""
    given = judge.params.get("travel_minutes") or 0
    everywhere = given if isinstance(given, int) else 0
    known = {**judge.facts.travel_minutes, **({} if isinstance(given, int) else travel_pairs(given))}
    widest = max([everywhere, *known.values()])
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
                _judge_pair(judge, block, other, travel_needed(block, other, everywhere, known))


def _judge_pair(judge: Judge, block: Block, other: Block, travel: int) -> None:
    common = sum(
        max(0, min(end, last) - max(start, first)) for start, end in block.work for first, last in other.work
    )
    if common:
        measured, needed, over = common, 0, common
    elif other.start >= block.end:
        measured, needed = other.start - block.end, travel
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


def travel_needed(block: Block, other: Block, everywhere: int, known: Pairs) -> int:
    """Minutes from one venue to the other; nothing where one is not known or both are the same."""
    one, two = block.call.venue, other.call.venue
    if one is None or two is None or one == two:
        return 0
    return known.get((one, two), known.get((two, one), everywhere))


def travel_pairs(given: Any) -> dict[tuple[int | str, int | str], int]:
    """Minutes by pair of venues, from {"Hall|Shop": 30}, {"Hall": {"Shop": 30}} or rows of [from, to, minutes]."""
    pairs: dict[tuple[int | str, int | str], int] = {}
    if isinstance(given, Mapping):
        for name, minutes in given.items():
            if isinstance(minutes, Mapping):
                pairs |= {(name, other): int(value) for other, value in minutes.items()}
            else:
                one, two = re.split(r"\s*(?:\||->|→|/|-)\s*", str(name), maxsplit=1)
                pairs[one, two] = int(minutes)
        return pairs
    for row in given or ():
        one, two, minutes = (row["from"], row["to"], row["minutes"]) if isinstance(row, Mapping) else row
        pairs[one, two] = int(minutes)
    return pairs


def _repairs(block: Block, other: Block, needed: int) -> list[Any]:
    repairs = start_at([other], block.end + needed) if other.end > block.end else []
    if other.start - needed > block.start:
        repairs += end_by([block], other.start - needed)
    return [*repairs, *leave([other])]
