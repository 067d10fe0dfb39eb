"""`break_after`: nobody works longer than so much before a break of such a length.

Mode `before`: a stretch of work ends at a gap of at least the smallest `break`; a shorter gap does not reset it and is
not work. The stretch is judged by the gap that follows: allowed is the largest `work` whose `break` fits into that
gap; the end of the day is a gap without end. Measured is the work in the stretch, or with `measure` elapsed the time
from its start to its end. `extend_by_kind` {fitting = 60} allows so much more, as far as the stretch holds such
calls. A gap that comes earlier than `not_before` minutes into the stretch does not end it.

Mode `somewhere`: where the day's work exceeds `work`, one gap of at least `break` must lie somewhere in the day.

Gaps are time between calls, planned meals, and planned short breaks of at least the smallest `break` (a shorter one
is work). With `needs_planned_breaks` a stretch that is too long with calls whose breaks nobody planned is not
checked, once a day; one that is legal without any break needs no plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from stagecraft.domain.rules.calls import MEAL
from stagecraft.domain.rules.conditions import NO_BREAKS
from stagecraft.domain.rules.findings import Repair
from stagecraft.domain.rules.judge import Judge, iso, local
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import end_by, start_at, worked_through
from stagecraft.domain.rules.timeline import Block, Workday, kinds_of, merged, wall_at, without

NO_END = 10**7
"""Minutes of the gap at the end of the day."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Work between two breaks, as pieces of time, and the gap that follows."""

    pieces: list[list[int]]
    gap: int

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]

    def minutes(self, *, elapsed: bool) -> int:
        """Its length as the rule measures it."""
        return self.end - self.start if elapsed else sum(end - start for start, end in self.pieces)


def limit(params: Params) -> Any:
    """The alternatives."""
    return params.get("alternatives")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 1


def check(judge: Judge) -> None:
    """Report every stretch that is too long for the break that follows."""
    alternatives = [(int(one["work"]), int(one["break"])) for one in judge.params.get("alternatives") or ()]
    if not alternatives:
        return
    somewhere = judge.params.get("mode") == "somewhere"
    shortest, least = min(one[1] for one in alternatives), min(one[0] for one in alternatives)
    for day in judge.days(judge.kinds):
        if day.end - day.start <= least:
            continue
        if somewhere:
            _somewhere(judge, day, alternatives)
        else:
            unplanned = [
                block
                for stretch in _stretches(judge, day, shortest)
                for block in _judge_stretch(judge, day, stretch, alternatives)
            ]
            if unplanned:
                _not_checked(judge, day, unplanned, alternatives)


def _pieces(blocks: list[Block], shortest: int) -> list[list[int]]:
    """Work as stretches of time; planned breaks that count as a gap lie between them."""
    spans: list[tuple[int, int]] = []
    for block in blocks:
        breaks = block.call.breaks
        if breaks:
            holes = [
                (one.starts_at, one.ends_at)
                for one in breaks
                if one.kind == MEAL or one.ends_at - one.starts_at >= shortest
            ]
            spans += without((block.start, block.end), holes)
        else:
            spans.append((block.start, block.end))
    return merged(spans)


def _stretches(judge: Judge, day: Workday, shortest: int) -> Iterator[Stretch]:
    elapsed = judge.params.get("measure") == "elapsed"
    not_before = int(judge.params.get("not_before") or 0)
    pieces: list[list[int]] = []
    for piece in _pieces(day.blocks, shortest):
        if pieces and piece[0] - pieces[-1][1] >= shortest:
            stretch = Stretch(pieces, piece[0] - pieces[-1][1])
            if stretch.minutes(elapsed=elapsed) >= not_before:
                yield stretch
                pieces = []
        pieces = [*pieces, piece]
    yield Stretch(pieces, NO_END)


def _judge_stretch(
    judge: Judge, day: Workday, stretch: Stretch, alternatives: list[tuple[int, int]]
) -> list[Block]:
    """Report a stretch that is too long; one whose breaks nobody planned gives back its calls instead."""
    elapsed = judge.params.get("measure") == "elapsed"
    measured = stretch.minutes(elapsed=elapsed)
    allowed = max(work for work, pause in alternatives if pause <= stretch.gap)
    if measured <= allowed:
        return []
    allowed += _extension(judge, day, stretch.pieces)
    if measured <= allowed:
        return []
    blocks = [block for block in day.blocks if block.start < stretch.end and block.end > stretch.start]
    if judge.params.get("needs_planned_breaks") and any(not one.call.breaks_known for one in blocks):
        return blocks
    needed = min(pause for work, pause in alternatives if work == max(one[0] for one in alternatives))
    last = max(blocks, key=lambda one: one.end)
    judge.report(
        local(wall_at(blocks[0].call, stretch.start)),
        day.day,
        day.day,
        measured,
        allowed,
        blocks,
        over=measured - allowed,
        repairs=_repairs(blocks, stretch, allowed, needed, elapsed=elapsed),
        starts_wall=wall_at(blocks[0].call, stretch.start),
        ends_wall=wall_at(last.call, stretch.end),
        needed=needed,
        gap=None if stretch.gap == NO_END else stretch.gap,
    )
    return []


def _not_checked(judge: Judge, day: Workday, blocks: list[Block], alternatives: list[tuple[int, int]]) -> None:
    longest = max(work for work, _ in alternatives)
    judge.not_checked(NO_BREAKS, iso(day.day), day.day, day.day, blocks, limit=longest)


def _extension(judge: Judge, day: Workday, pieces: list[list[int]]) -> int:
    """Minutes by which the work may be longer because it holds calls of certain kinds."""
    more = 0
    for kind, most in (judge.params.get("extend_by_kind") or {}).items():
        worked_in = merged(
            span
            for block in day.blocks
            if judge.timeline.selects(block.call, kinds_of(kind))
            for span in block.work
        )
        common = sum(
            max(0, min(end, last) - max(start, first)) for start, end in worked_in for first, last in pieces
        )
        more += min(int(most), common)
    return more


def _repairs(
    blocks: list[Block], stretch: Stretch, allowed: int, needed: int, *, elapsed: bool
) -> list[Repair]:
    """Off the end, or a later call after a short gap so that the gap becomes a break and both halves are legal."""
    repairs: list[Repair] = []
    last = max(blocks, key=lambda one: one.end)
    enough = stretch.start + allowed if elapsed else worked_through(stretch.pieces, allowed)
    if last.end == stretch.end and last.start < enough:
        repairs += end_by(blocks, enough)
    for at, ((_, end), (start, until)) in enumerate(pairwise(stretch.pieces), 1):
        later = [one for one in blocks if one.start >= start]
        begins = end + needed
        before = Stretch(stretch.pieces[:at], needed).minutes(elapsed=elapsed)
        after = Stretch(stretch.pieces[at:], stretch.gap).minutes(elapsed=elapsed) - (begins - start)
        if (
            start < begins < until
            and any(one.start == start for one in later)
            and max(before, after) <= allowed
        ):
            return repairs + start_at(later, begins)
    return repairs


def _somewhere(judge: Judge, day: Workday, alternatives: list[tuple[int, int]]) -> None:
    pieces = _pieces(day.blocks, min(pause for _, pause in alternatives))
    measured = Stretch(pieces, NO_END).minutes(elapsed=judge.params.get("measure") == "elapsed")
    longest = max((two[0] - one[1] for one, two in pairwise(pieces)), default=0)
    more = _extension(judge, day, pieces)
    failed = [
        (work + more, pause) for work, pause in alternatives if measured > work + more and longest < pause
    ]
    if not failed:
        return
    if judge.params.get("needs_planned_breaks") and any(not one.call.breaks_known for one in day.blocks):
        _not_checked(judge, day, day.blocks, alternatives)
        return
    for allowed, pause in failed:
        judge.report(
            iso(day.day),
            day.day,
            day.day,
            measured,
            allowed,
            day.blocks,
            over=measured - allowed,
            repairs=end_by(day.blocks, worked_through(pieces, allowed)),
            needed=pause,
            longest=longest,
            starts_wall=day.blocks[0].call.starts_wall,
            ends_wall=day.last.call.ends_wall,
        )
