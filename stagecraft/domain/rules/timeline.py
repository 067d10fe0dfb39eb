"""One person's calls cut into working days, weeks and stretches, and the minutes of work in them.

Days are counted from 1970 (`day` 0 is 1 January 1970): whole numbers, because a year of calls is cut for every
rule. A call belongs to the working day on which it starts and is never split. What a rule makes of the days is in
`kinds`; which days it looks at at all is in `conditions` and `judge`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise

from stagecraft.domain.rules.calls import MEAL, RuleCall
from stagecraft.domain.times import from_instant

DAY = 1440
_EPOCH = date(1970, 1, 1).toordinal()

PERFORMANCE = frozenset({"performance"})
TRAVEL = frozenset({"travel"})
WEEK_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Interval = tuple[int, int]
Kinds = frozenset[str] | None
"""Kinds of call a rule selects; None is all."""


def date_at(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _EPOCH)


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return day.toordinal() - _EPOCH


def week_of(day: int, week_start: int) -> int:
    """First day of the week of `day`; `week_start` 0 is Monday. 1 January 1970 was a Thursday."""
    return day - (day + 3 - week_start) % 7


@cache
def plain_kind(kind: str) -> str:
    """`put_in` and `put-in` are the same kind."""
    return kind.replace("_", "-")


def kinds_of(value: object) -> Kinds:
    """The kinds a parameter lists; None (all) where it is not given."""
    if value is None:
        return None
    if isinstance(value, str):
        return frozenset({plain_kind(value)})
    return frozenset(plain_kind(str(kind)) for kind in value)  # type: ignore[attr-defined]


def week_day(value: object) -> int:
    """First day of the week as a number, 0 for Monday, from `sunday`, `sun` or the number itself."""
    return value % 7 if isinstance(value, int) else WEEK_DAYS.index(str(value).lower()[:3])


@dataclass(slots=True)
class Block:
    """A call on its working day. `work` is the call without its planned meals; a short break is work.

    `period` tells work periods apart that began on the same day; it is the day where the pack knows no periods.
    """

    call: RuleCall
    day: int
    period: int
    start: int
    end: int
    work: tuple[Interval, ...]


def wall_at(call: RuleCall, instant: int) -> int:
    """The clock of the call's place at an instant."""
    if call.zone and call.ends_wall - call.starts_wall != call.ends_at - call.starts_at:
        return from_instant(instant, call.zone)
    return call.starts_wall + instant - call.starts_at


@dataclass(slots=True)
class Workday:
    """The selected calls of one working day, or of one work period where gaps part them, in order of start."""

    day: int
    blocks: list[Block]
    _worked: int = field(default=-1)

    @property
    def start(self) -> int:
        """First arrival."""
        return self.blocks[0].start

    @property
    def end(self) -> int:
        """Last departure."""
        return max(block.end for block in self.blocks)

    @property
    def last(self) -> Block:
        """The call that ends last."""
        return max(self.blocks, key=lambda block: block.end)

    @property
    def worked(self) -> int:
        """Minutes of work; an overlap counts once."""
        if self._worked < 0:
            self._worked = worked(self.blocks)
        return self._worked


def merged(intervals: Iterable[Interval], bridge: int = 0) -> list[list[int]]:
    """The union as separate stretches; a gap shorter than `bridge` counts as work."""
    union: list[list[int]] = []
    for start, end in sorted(intervals):
        if union and (start <= union[-1][1] or start - union[-1][1] < bridge):
            union[-1][1] = max(union[-1][1], end)
        else:
            union.append([start, end])
    return union


def worked(blocks: Sequence[Block], bridge: int = 0) -> int:
    """Minutes of work in the union of the calls."""
    if len(blocks) == 1 and len(blocks[0].work) == 1:
        start, end = blocks[0].work[0]
        return end - start
    return sum(end - start for start, end in merged((span for block in blocks for span in block.work), bridge))


def without(span: Interval, holes: Iterable[Interval]) -> tuple[Interval, ...]:
    """The parts of a span that lie outside the holes."""
    start, end = span
    parts = []
    for first, last in sorted(holes):
        if first > start and start < end:
            parts.append((start, min(first, end)))
        start = max(start, last)
    if start < end or not parts:
        parts.append((min(start, end), end))
    return tuple(parts)


class Timeline:
    """The calls of one person as one pack cuts them. `named` are the kinds its rules name themselves.

    With `split_gap` a working day is a work period, which ends at a gap of so many minutes without any call.
    """

    def __init__(self, calls: Iterable[RuleCall], cut: int, named: frozenset[str], split_gap: int = 0) -> None:
        self.named, self.cut = named, cut
        self.blocks = [
            Block(
                call,
                (call.starts_wall - cut) // DAY,
                (call.starts_wall - cut) // DAY,
                call.starts_at,
                call.ends_at,
                without(
                    (call.starts_at, call.ends_at),
                    ((b.starts_at, b.ends_at) for b in call.breaks if b.kind == MEAL),
                )
                if call.breaks
                else ((call.starts_at, call.ends_at),),
            )
            for call in calls
        ]
        self.blocks.sort(key=lambda block: (block.start, block.end))
        if split_gap:
            self._part(split_gap)
        self._selected: dict[Kinds, list[Block]] = {}
        self._days: dict[Kinds, list[Workday]] = {}
        self._weeks: dict[tuple[Kinds, int], dict[int, list[Block]]] = {}
        self._counts: dict[Kinds, dict[int, int]] = {}
        self._all_days: dict[int, list[Block]] = {}

    def _part(self, split_gap: int) -> None:
        """Let every call belong to the day on which its work period began."""
        number, day, end = 0, 0, None
        for block in self.blocks:
            if end is None or block.start - end >= split_gap:
                number, day = number + 1, block.day
            end = block.end if end is None else max(end, block.end)
            block.day, block.period = day, number

    def selects(self, call: RuleCall, kinds: Kinds) -> bool:
        """The rule lists the call's kind, or what it counts as where no rule of the pack names the kind."""
        if kinds is None:
            return True
        kind = plain_kind(call.kind)
        return kind in kinds or (
            bool(call.counts_as) and kind not in self.named and plain_kind(call.counts_as) in kinds
        )

    def select(self, kinds: Kinds) -> list[Block]:
        """The calls of these kinds, in order of start."""
        if kinds is None:
            return self.blocks
        found = self._selected.get(kinds)
        if found is None:
            chosen: dict[tuple[str, str], bool] = {}
            found = []
            for block in self.blocks:
                key = (block.call.kind, block.call.counts_as)
                if key not in chosen:
                    chosen[key] = self.selects(block.call, kinds)
                if chosen[key]:
                    found.append(block)
            self._selected[kinds] = found
        return found

    def days(self, kinds: Kinds) -> list[Workday]:
        """Working days (or work periods) with such calls."""
        if kinds not in self._days:
            self._days[kinds] = _by_period(self.select(kinds))
        return self._days[kinds]

    def dates(self, kinds: Kinds) -> list[Workday]:
        """The same with two work periods that began on one day taken together."""
        days: list[Workday] = []
        for day in self.days(kinds):
            if days and days[-1].day == day.day:
                days[-1] = Workday(day.day, [*days[-1].blocks, *day.blocks])
            else:
                days.append(day)
        return days

    def weeks(self, kinds: Kinds, week_start: int) -> dict[int, list[Block]]:
        """The calls by the first day of their week."""
        key = (kinds, week_start)
        if key not in self._weeks:
            weeks: dict[int, list[Block]] = {}
            for block in self.select(kinds):
                weeks.setdefault(week_of(block.day, week_start), []).append(block)
            self._weeks[key] = weeks
        return self._weeks[key]

    def count(self, day: int, kinds: Kinds = PERFORMANCE) -> int:
        """How many calls of these kinds start on the working day."""
        if kinds not in self._counts:
            counts: dict[int, int] = {}
            for block in self.select(kinds):
                counts[block.day] = counts.get(block.day, 0) + 1
            self._counts[kinds] = counts
        return self._counts[kinds].get(day, 0)

    def on(self, day: int) -> list[Block]:
        """Every call of one working day."""
        if not self._all_days:
            for one in self.days(None):
                self._all_days.setdefault(one.day, []).extend(one.blocks)
        return self._all_days.get(day, [])

    def whole(self, day: Workday) -> list[Block]:
        """Every call of that working day, not only those selected."""
        period = day.blocks[0].period
        return [block for block in self.on(day.day) if block.period == period]

    def between(self, first: int, last: int, kinds: Kinds) -> list[Block]:
        """The calls of the days from `first` to `last`, both inclusive."""
        days = self.days(kinds)
        lo = bisect_left(days, first, key=lambda one: one.day)
        hi = bisect_right(days, last, key=lambda one: one.day)
        return [block for one in days[lo:hi] for block in one.blocks]


def _by_period(blocks: list[Block]) -> list[Workday]:
    days: list[Workday] = []
    for block in blocks:
        if days and days[-1].blocks[0].period == block.period:
            days[-1].blocks.append(block)
        else:
            days.append(Workday(block.day, [block]))
    # Calls in two zones may start in another order than their days follow.
    if any(one.blocks[0].period > two.blocks[0].period for one, two in pairwise(days)):
        together: dict[int, Workday] = {}
        for day in days:
            period = day.blocks[0].period
            together.setdefault(period, Workday(day.day, [])).blocks.extend(day.blocks)
        days = [together[period] for period in sorted(together)]
    return days
