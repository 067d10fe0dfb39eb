"""The nearest ways out of a finding: one subtraction from what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stagecraft.domain.rules.findings import Repair
from stagecraft.domain.rules.timeline import Block, date_at, merged, worked


def start_at(blocks: Iterable[Block], at: int) -> list[Repair]:
    """Nobody called before `at`: the calls that begin earlier begin then."""
    early = sorted((one for one in blocks if one.start < at), key=lambda one: one.start)
    if not early:
        return []
    first = early[0]
    wall = first.call.starts_wall + at - first.start
    return [Repair("start", _ids(early), at=at, at_wall=wall, minutes=at - first.start)]


def end_by(blocks: Iterable[Block], at: int) -> list[Repair]:
    """Everybody gone by `at`: the calls that end later end then."""
    late = [one for one in blocks if one.end > at]
    if not late:
        return []
    last = max(late, key=lambda one: one.end)
    wall = last.call.ends_wall - (last.end - at)
    return [Repair("end", _ids(late), at=at, at_wall=wall, minutes=last.end - at)]


def cut(blocks: Sequence[Block], minutes: int) -> list[Repair]:
    """So many minutes less, off the end of the last call; where it is shorter, without it."""
    if not blocks or minutes <= 0:
        return []
    pieces = merged(span for block in blocks for span in block.work)
    left = sum(end - start for start, end in pieces) - minutes
    last = max(blocks, key=lambda one: one.end)
    if left > 0 and last.start < (enough := worked_through(pieces, left)):
        return end_by(blocks, enough)
    return leave([last]) if worked([one for one in blocks if one is not last]) <= left else []


def worked_through(pieces: Sequence[Sequence[int]], minutes: int) -> int:
    """The instant by which so many minutes are worked."""
    for start, end in pieces:
        if end - start >= minutes:
            return start + minutes
        minutes -= end - start
    return pieces[-1][1]


def free(blocks: Sequence[Block], day: int) -> list[Repair]:
    """Nobody called on that day."""
    return [Repair("free", _ids(blocks), day=date_at(day), minutes=worked(blocks))] if blocks else []


def leave(blocks: Sequence[Block]) -> list[Repair]:
    """Without these calls."""
    return [Repair("leave", _ids(blocks), minutes=worked(blocks))] if blocks else []


def lightest_day(blocks: Iterable[Block], at_least: int = 0) -> tuple[int, list[Block]] | None:
    """The day with the fewest minutes of work that still has `at_least`, with its calls."""
    days: dict[int, list[Block]] = {}
    for block in blocks:
        days.setdefault(block.day, []).append(block)
    weighed = sorted((worked(found), day) for day, found in days.items())
    for minutes, day in weighed:
        if minutes >= at_least:
            return day, days[day]
    return None


def cut_or_free(blocks: Sequence[Block], over: int) -> list[Repair]:
    """For a sum over several days: cut the last call, or free the lightest day that is enough."""
    repairs = cut(blocks, over)
    if (found := lightest_day(blocks, over)) and len({block.day for block in blocks}) > 1:
        freed = free(found[1], found[0])
        repairs = [one for one in repairs if one.action == "end" or one.calls != freed[0].calls] + freed
    return repairs


def _ids(blocks: Iterable[Block]) -> tuple[int | str, ...]:
    return tuple(block.call.id for block in blocks)
