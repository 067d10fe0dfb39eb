"""`min_call`: a call that is shorter than `min` is paid as if it were that long.

Calls parted by less than `new_call_gap` form one call; measured is its work, without the gaps. `tiers`
[{gap = 120, min = 120}] ask for less after a short gap: a call again within 120 minutes needs 120, the tier with the
smallest gap that fits counts, and after a longer gap it is a new call with the full `min`.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.judge import Judge, local
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.timeline import Block, worked


def limit(params: Params) -> Any:
    """The shortest call."""
    return params.get("min")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 2


def check(judge: Judge) -> None:
    """Report every call that is too short, with what it is paid as."""
    tiers = sorted((int(one["gap"]), int(one["min"])) for one in judge.params.get("tiers") or ())
    end: int | None = None
    for blocks in _calls(judge):
        gap = None if end is None else blocks[0].start - end
        least = int(judge.params["min"])
        if gap is not None:
            least = next((shorter for within, shorter in tiers if gap <= within), least)
        end = max(block.end for block in blocks)
        _judge_call(judge, blocks, least, gap)


def _calls(judge: Judge) -> list[list[Block]]:
    joined = int(judge.params.get("new_call_gap") or 0)
    calls: list[list[Block]] = []
    end = 0
    for block in judge.timeline.select(judge.kinds):
        if calls and (block.start <= end or block.start - end < joined):
            calls[-1].append(block)
            end = max(end, block.end)
        else:
            calls.append([block])
            end = block.end
    return calls


def _judge_call(judge: Judge, blocks: list[Block], least: int, gap: int | None) -> None:
    first, last = blocks[0], max(blocks, key=lambda one: one.end)
    if not judge.looks_at(first.day, last.day) or not judge.holds(first.day, last=last.day):
        return
    measured = worked(blocks)
    if measured < least:
        judge.report(
            local(first.call.starts_wall),
            first.day,
            last.day,
            measured,
            least,
            blocks,
            over=least - measured,
            starts_wall=first.call.starts_wall,
            ends_wall=last.call.ends_wall,
            gap=gap,
            shortfall=least - measured,
        )
