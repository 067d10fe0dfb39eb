"""`notice`: a call is posted at least `min` minutes before it starts, or `by` a clock time of the day before.

What counts is the latest posting that restarted the notice: the first, and every later one that starts earlier or
ends later than the one before; a person added later has their first posting then. With `target` change only such
changes are judged. A call that now starts earlier or ends later than it was ever posted has no posting. `by` is
measured on the clock of the day before ("25:10" is ten past one in the night).

With `target` milestone the posting of the notice is measured in whole days (as minutes) to the date of `milestone`;
with `monday_counts_as_week` a notice of a Monday counts from the day before, so that Monday to Sunday is a week.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.conditions import NO_POSTING, Missing, milestone
from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.kinds.time_window import clock_minutes, clock_text
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import start_at
from stagecraft.domain.rules.timeline import DAY, Block
from stagecraft.domain.times import from_instant


def limit(params: Params) -> Any:
    """The least notice in minutes, or the clock time."""
    return params["min"] if params.get("min") is not None else params.get("by")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 1


def check(judge: Judge) -> None:
    """Report every call (or milestone) announced too late."""
    target = judge.params.get("target", "call")
    if target == "milestone":
        _milestone(judge)
        return
    for day in judge.days(judge.kinds):
        silent = []
        for block in day.blocks:
            posted, changed = posted_at(block)
            if posted is None:
                # Of a change nobody posted there is something to ask only where the call was posted before.
                if target == "call" or block.call.postings:
                    silent.append(block)
            elif target == "call" or changed:
                _judge_call(judge, block, posted)
        if silent:
            judge.not_checked(NO_POSTING, iso(day.day), day.day, day.day, silent)


def posted_at(block: Block) -> tuple[int | None, bool]:
    """When the call was announced as it stands, and whether that was a change of an earlier posting."""
    at: int | None = None
    changed = False
    start = end = 0
    for one in block.call.postings:
        if at is None or one.starts_at < start or one.ends_at > end:
            changed = at is not None
            at = one.at
        start, end = one.starts_at, one.ends_at
    if at is not None and (block.start < start or block.end > end):
        return None, True
    return at, changed


def _judge_call(judge: Judge, block: Block, posted: int) -> None:
    least, by = judge.params.get("min"), judge.params.get("by")
    if least is not None and block.start - posted < int(least):
        measured = block.start - posted
        judge.report(
            iso(block.day),
            block.day,
            block.day,
            measured,
            least,
            (block,),
            over=int(least) - measured,
            repairs=start_at([block], posted + int(least)),
            posted_wall=_wall(block, posted),
            starts_wall=block.call.starts_wall,
        )
    if by is not None:
        clock = _wall(block, posted) - (block.day - 1) * DAY
        if clock > clock_minutes(str(by)):
            judge.report(
                iso(block.day),
                block.day,
                block.day,
                clock_text(clock),
                by,
                (block,),
                over=clock - clock_minutes(str(by)),
                posted_wall=_wall(block, posted),
                starts_wall=block.call.starts_wall,
            )


def _wall(block: Block, instant: int) -> int:
    """The clock at the place of the call."""
    if block.call.zone:
        return from_instant(instant, block.call.zone)
    return instant + block.call.starts_wall - block.start


def _milestone(judge: Judge) -> None:
    name = str(judge.params["milestone"])
    blocks = judge.timeline.blocks
    first, last = blocks[0].day, blocks[-1].day
    at = milestone(judge.facts, name)
    if isinstance(at, Missing):
        if judge.looks_at(first, last):
            judge.not_checked(at, iso(first), first, last)
        return
    if not judge.looks_at(at, at) or not judge.holds(at):
        return
    instant = judge.facts.notices.get(name)
    if instant is None:
        judge.not_checked(NO_POSTING, iso(at), at, at)
        return
    wall = _wall(min(blocks, key=lambda one: abs(one.start - instant)), instant)
    day = (wall - judge.timeline.cut) // DAY
    monday = bool(judge.params.get("monday_counts_as_week")) and (day + 3) % 7 == 0
    measured = (at - day + (1 if monday else 0)) * DAY
    least = int(judge.params["min"])
    if measured < least:
        judge.report(
            iso(at),
            at,
            at,
            measured,
            least,
            over=least - measured,
            milestone=name,
            posted_wall=wall,
        )
