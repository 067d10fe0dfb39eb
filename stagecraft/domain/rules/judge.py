"""A rule at work on one person: which windows it looks at, which parameters are in force there, what it reports.

The meaning of a kind of rule is in its file in `kinds`; here is what all of them share: conditions, values and
approvals by date, the term of the engagement, the part of the calendar that is asked for, severity and waivers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stagecraft.domain.rules.conditions import Conditions, Missing, Sight, Verdict, both
from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.findings import INFORMATION, NOT_EVALUATED, Repair, RuleFinding
from stagecraft.domain.rules.packs import Pack, Params, Rule
from stagecraft.domain.rules.timeline import (
    Block,
    Kinds,
    Timeline,
    Workday,
    date_at,
    day_number,
    kinds_of,
    week_day,
    week_of,
)
from stagecraft.domain.times import wall_datetime

EVER = 10**7
Span = tuple[int, int]
"""First and last day, both inclusive."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days a rule sums over, with the selected calls that count in it."""

    first: int
    last: int
    blocks: list[Block]
    anchor: str


@dataclass(frozen=True, slots=True)
class View:
    """What all rules of one pack share for one person."""

    person: int | str
    pack: Pack
    facts: Facts
    timeline: Timeline
    horizon: Span | None
    span: Span | None
    approvals: Sequence[Approval]


def local(wall: int) -> str:
    """A local time as an anchor: "2026-09-15T10:00"."""
    return wall_datetime(wall).isoformat(timespec="minutes")


def iso(day: int) -> str:
    """A day as an anchor: "2026-09-15"."""
    return date_at(day).isoformat()


def variants(rule: Rule, approvals: Iterable[Approval]) -> Iterator[tuple[Params, list[Span] | None]]:
    """The parameters a rule has, each with the days on which it has them; None for always.

    Values replace the rule's own from their date; an approval's settings replace both while it is in force.
    """
    setting = [one for one in approvals if one.sets]
    if not rule.values and not setting:
        yield rule.params, None
        return
    days = {-EVER}
    days.update(day_number(one.starts_on) for one in rule.values)
    for one in setting:
        if one.starts_on:
            days.add(day_number(one.starts_on))
        if one.ends_on:
            days.add(day_number(one.ends_on) + 1)
    changes = sorted(days)
    found: list[tuple[dict[str, Any], list[Span]]] = []
    for first, following in zip(changes, [*changes[1:], EVER], strict=True):
        params = _params_on(rule, setting, first)
        same = next((spans for other, spans in found if other == params), None)
        if same is None:
            found.append((params, [(first, following - 1)]))
        else:
            same.append((first, following - 1))
    yield from found


def _params_on(rule: Rule, setting: Iterable[Approval], day: int) -> dict[str, Any]:
    params = dict(rule.params)
    for one in sorted(rule.values, key=lambda value: value.starts_on):
        if day_number(one.starts_on) <= day:
            params |= one.params
    for approval in setting:
        if in_force(approval, day, day):
            params |= approval.sets
    return params


def in_force(approval: Approval, first: int, last: int) -> bool:
    """The approval touches the days from `first` to `last`."""
    return (approval.starts_on is None or day_number(approval.starts_on) <= last) and (
        approval.ends_on is None or day_number(approval.ends_on) >= first
    )


class Judge:
    """One rule with one set of parameters, and the findings it makes."""

    def __init__(
        self,
        view: View,
        rule: Rule,
        params: Params,
        spans: list[Span] | None,
        limit: Callable[[Params], Any],
    ) -> None:
        self.view, self.rule, self.params = view, rule, params
        self.pack, self.facts, self.timeline = view.pack, view.facts, view.timeline
        self.approvals = [one for one in view.approvals if one.rule == rule.id]
        self.found: list[RuleFinding] = []
        self.week_start = week_day(params.get("week_start", view.pack.defaults.week_start))
        self.sight = Sight(view.timeline, view.facts, self.week_start)
        self.conditions = Conditions(self.sight, rule.applies, rule.when)
        self._parts: dict[int, Conditions] = {}
        self._spans = spans
        self._limit = limit

    @property
    def kinds(self) -> Kinds:
        """The kinds of call the rule selects."""
        return kinds_of(self.params.get("kinds"))

    # --- where it looks ------------------------------------------------------------------------------------

    def looks_at(self, first: int, last: int, valued: int | None = None) -> bool:
        """The window touches what is asked for, and these parameters are in force on its first day (`valued`)."""
        if not self._asked_for(first, last):
            return False
        if self._spans is None:
            return True
        day = first if valued is None else valued
        return any(lo <= day <= hi for lo, hi in self._spans)

    def _asked_for(self, first: int, last: int) -> bool:
        span = self.view.span
        return span is None or (last >= span[0] and first <= span[1])

    def holds(self, day: int, first: int | None = None, last: int | None = None) -> bool:
        """The conditions hold on the day; where a fact is missing, that is reported of the days looked at."""
        verdict = self.conditions.on(day)
        if isinstance(verdict, Missing):
            first, last = day if first is None else first, day if last is None else last
            self.not_checked(verdict, iso(day), first, last, self.timeline.on(day))
            return False
        return verdict

    def days(self, kinds: Kinds, *, dates: bool = False) -> Iterator[Workday]:
        """Working days with such calls on which the rule holds; `dates` takes those of one date together."""
        days = self.timeline.dates(kinds) if dates else self.timeline.days(kinds)
        if self.view.span is not None:
            lo = bisect_left(days, self.view.span[0], key=_day)
            days = days[lo : bisect_right(days, self.view.span[1], key=_day)]
        for day in days:
            if self.looks_at(day.day, day.day) and self.holds(day.day):
                yield day

    def windows(
        self, window: str, kinds: Kinds, added: Kinds = frozenset(), spilled: Container[int] = ()
    ) -> Iterator[Window]:
        """The windows with such calls, cut down to the days that satisfy the conditions.

        Calls of kinds in `added` are in it only where their `id` is `spilled`.
        """
        for raw in self._raw_windows(window, kinds if not added or kinds is None else kinds | added):
            if not self._asked_for(raw.first, raw.last):
                continue
            blocks = raw.blocks
            if added:
                blocks = [b for b in blocks if id(b) in spilled or self.timeline.selects(b.call, kinds)]
            kept = self._kept(window, replace(raw, blocks=blocks)) if blocks else None
            if kept and self.looks_at(kept.first, kept.last):
                yield kept

    def _raw_windows(self, window: str, kinds: Kinds) -> Iterator[Window]:
        if window == "call":
            for block in self.timeline.select(kinds):
                yield Window(block.day, block.day, [block], local(block.call.starts_wall))
        elif window == "workday":
            for day in self.timeline.days(kinds):
                yield Window(day.day, day.day, day.blocks, iso(day.day))
        elif window == "rolling_days" or "rolling_days" in self.params:
            days = int(self.params["rolling_days"])
            for day in self.timeline.dates(kinds):
                first = day.day - days + 1
                if self.looks_at(first, day.day):
                    yield Window(first, day.day, self.timeline.between(first, day.day, kinds), iso(day.day))
        elif window == "week":
            for first, blocks in self.timeline.weeks(kinds, self.week_start).items():
                yield Window(first, first + 6, blocks, iso(first))
        elif blocks := self.timeline.select(kinds):
            yield Window(blocks[0].day, max(one.day for one in blocks), blocks, "")

    def _kept(self, window: str, raw: Window) -> Window | None:
        verdict = self.conditions.window(raw.first, raw.last)
        blocks = raw.blocks
        if self.conditions.filters and verdict is not False:
            days = [self.conditions.day(block.day) for block in blocks]
            if all(one is False for one in days):
                return None
            verdict = both(verdict, next((one for one in days if isinstance(one, Missing)), True))
            blocks = [block for block, kept in zip(blocks, days, strict=True) if kept is True]
        if isinstance(verdict, Missing):
            if self.looks_at(raw.first, raw.last):
                anchor = raw.anchor if raw.anchor and window != "call" else iso(raw.first)
                self.not_checked(verdict, anchor, raw.first, raw.last)
            return None
        # A run of days ends on a day that counts.
        ended = "rolling_days" not in self.params or any(block.day == raw.last for block in blocks)
        if not verdict or not ended:
            return None
        if raw.anchor:
            return Window(raw.first, raw.last, blocks, raw.anchor)
        # Of an engagement the days that count are the window: they begin on the first of them.
        first = blocks[0].day
        return Window(first, max(block.day for block in blocks), blocks, iso(first))

    def whole_weeks(self) -> Iterator[int]:
        """First days of the weeks that lie wholly inside the planned horizon and the engagement."""
        if self.view.horizon is None:
            return
        first, last = self.view.horizon
        week = week_of(first, self.week_start)
        if week < first:
            week += 7
        while week + 6 <= last:
            if self.looks_at(week, week + 6):
                yield week
            week += 7

    def verdict_of(self, conditions: Params | None, day: int) -> Verdict:
        """Whether conditions of a part of the rule (an alternative) hold on the day."""
        if not conditions:
            return True
        found = self._parts.get(id(conditions))
        if found is None:
            found = self._parts[id(conditions)] = Conditions(self.sight, conditions)
        return found.on(day)

    # --- what it says --------------------------------------------------------------------------------------

    def report(
        self,
        anchor: str,
        first: int,
        last: int,
        measured: Any,
        limit: Any,
        blocks: Iterable[Block] = (),
        *,
        over: int = 0,
        waived_on: int | None = None,
        repairs: Iterable[Repair] = (),
        severity: str = "",
        **detail: Any,
    ) -> None:
        """A result that is not a pass. `over` is by how much, for the band; a waived one is information.

        An approval waives it that touches its days, or `waived_on` where only that day can be meant.
        """
        waived = self._waived(*((first, last) if waived_on is None else (waived_on, waived_on)))
        level = ""
        for band in sorted(self.rule.bands, key=lambda one: one.over):
            if over >= band.over:
                level = band.level
        self.found.append(
            RuleFinding(
                rule=self.rule.id,
                pack=self.pack.id,
                kind=self.rule.kind,
                person=self.view.person,
                anchor=anchor,
                first_day=date_at(first),
                last_day=date_at(last),
                measured=measured,
                limit=limit,
                severity=INFORMATION if waived else severity or self.rule.severity,
                calls=tuple(block.call.id for block in blocks),
                level=level,
                production=self.facts.production,
                detail={"over": over, **detail},
                repairs=tuple(sorted(repairs, key=lambda one: one.minutes)),
                waived_by=(waived.note or "approved") if waived else "",
            )
        )

    def _waived(self, first: int, last: int) -> Approval | None:
        granted = (one for one in self.approvals if one.waive or one.exception)
        return next((one for one in granted if in_force(one, first, last)), None)

    def not_checked(
        self,
        missing: Missing,
        anchor: str,
        first: int,
        last: int,
        blocks: Iterable[Block] = (),
        limit: Any = None,
    ) -> None:
        """The rule could not be judged there because a fact is missing; what is waived need not be."""
        if self._waived(first, last):
            return
        self.report(
            anchor,
            first,
            last,
            missing.words,
            self._limit(self.params) if limit is None else limit,
            blocks,
            severity=NOT_EVALUATED,
        )


def _day(day: Workday) -> int:
    return day.day


def horizon_of(facts: Facts, timeline: Timeline) -> Span | None:
    """The planned days inside the engagement; without a planned horizon, from the first to the last call."""
    if facts.horizon:
        first, last = day_number(facts.horizon[0]), day_number(facts.horizon[1])
    elif timeline.blocks:
        days = timeline.days(None)
        first, last = days[0].day, days[-1].day
    else:
        return None
    starts_on, ends_on = facts.engagement
    if starts_on:
        first = max(first, day_number(starts_on))
    if ends_on:
        last = min(last, day_number(ends_on))
    return (first, last) if first <= last else None
