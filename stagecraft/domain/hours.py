"""Hours of one person: what each working day comes to, and how far the limits of their agreements are used.

Work means what it means to the rules: the union of the calls without planned meals, cut into working days by
`rules.timeline`. How much of a limit is used is asked of the rules themselves: `check` with limits lowered so far
that every window reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from stagecraft.domain.rules.calls import MEAL, SHORT, PersonCalls, RuleCall
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.facts import Approval
from stagecraft.domain.rules.findings import NOT_EVALUATED, PREMIUM, RuleFinding
from stagecraft.domain.rules.packs import Pack, Params, Rule
from stagecraft.domain.rules.timeline import (
    Block,
    Timeline,
    date_at,
    merged,
    worked,
)
from stagecraft.domain.times import DAY_CUT, duration_text

PERFORMANCES = frozenset({"performance"})
FITTINGS = frozenset({"fitting"})

NEAR = 90
"""From this share of a limit, in per cent, it is nearly used; a pack's own warning rule goes before."""

LIMITS = {"max_total": "max", "max_count": "max"}
"""Kinds of rule of which can be said how much is used, and the parameter that is their limit."""

_LOW = 1_000_000_000


# --- days ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DayHours:
    """One working day of a person, in minutes. `starts_wall`, `ends_wall` are first arrival and last departure.

    `worked` is without planned meals; `meals` those that were planned; `breaks` the planned short ones, None where
    nobody has planned them. `rest` is the time since the last departure before, None on the first day known.
    `shares` are the minutes worked for each production; two calls at once count for both of them.
    """

    day: date
    starts_wall: int
    ends_wall: int
    span: int
    worked: int
    meals: int
    breaks: int | None
    rest: int | None
    performances: int
    fittings: int
    shares: tuple[tuple[int | str | None, int], ...]
    calls: tuple[RuleCall, ...]

    @property
    def between(self) -> int:
        """Minutes of the span that are neither work nor a planned meal: time between calls."""
        return max(0, self.span - self.worked - self.meals)

    def share(self, production: int | str | None) -> int:
        """Minutes worked for one production."""
        return next((minutes for mine, minutes in self.shares if mine == production), 0)


def day_hours(calls: Iterable[RuleCall], cut: int = DAY_CUT) -> list[DayHours]:
    """What each working day with a call comes to, in order. A day knows its rest only from a call before it."""
    timeline = Timeline(calls, cut, PERFORMANCES | FITTINGS)
    found: list[DayHours] = []
    left: int | None = None
    for day in timeline.days(None):
        blocks = day.blocks
        found.append(
            DayHours(
                day=date_at(day.day),
                starts_wall=min(block.call.starts_wall for block in blocks),
                ends_wall=day.last.call.ends_wall,
                span=day.end - day.start,
                worked=day.worked,
                meals=_planned(blocks, MEAL),
                breaks=_planned(blocks, SHORT) if all(one.call.breaks_known for one in blocks) else None,
                rest=None if left is None else day.start - left,
                performances=timeline.count(day.day, PERFORMANCES),
                fittings=worked([one for one in blocks if timeline.selects(one.call, FITTINGS)]),
                shares=_shares(blocks),
                calls=tuple(block.call for block in blocks),
            )
        )
        left = day.end if left is None else max(left, day.end)
    return found


def _planned(blocks: Iterable[Block], kind: str) -> int:
    spans = [(one.starts_at, one.ends_at) for b in blocks for one in b.call.breaks or () if one.kind == kind]
    return sum(end - start for start, end in merged(spans))


def _shares(blocks: Sequence[Block]) -> tuple[tuple[int | str | None, int], ...]:
    mine: dict[int | str | None, list[Block]] = {}
    for block in blocks:
        mine.setdefault(block.call.production, []).append(block)
    return tuple((production, worked(found)) for production, found in mine.items())


def hours_text(minutes: int) -> str:
    """`6 h`, `6 h 30`, `45 min`, `0 h`."""
    if not minutes:
        return "0 h"
    words = duration_text(minutes)
    return words if minutes % 60 else words.removesuffix(" 00")


def hours_figure(minutes: int) -> str:
    """`6`, `6:30`: hours in a column whose head says that they are."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    return f"{sign}{hours}:{rest:02d}" if rest else f"{sign}{hours}"


# --- limits --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of one limit is used in one window: minutes or calls, as the kind of rule says.

    `missing` names the fact without which the rule cannot be judged; `used` and `limit` are then 0. `waived` says
    who gave way. `warning` is where a warning of the same pack over the same window begins, 0 without one.
    """

    pack: Pack
    rule: Rule
    first_day: date
    last_day: date
    used: int
    limit: int
    missing: str = ""
    waived: str = ""
    warning: int = 0

    @property
    def left(self) -> int:
        """What is left of it; less than 0 is over."""
        return self.limit - self.used

    @property
    def minutes(self) -> bool:
        """Whether it counts minutes."""
        return self.rule.kind == "max_total"

    @property
    def window(self) -> str:
        """week | workday | engagement …"""
        return str(self.rule.params.get("window", ""))

    @property
    def state(self) -> str:
        """`over` | `full` | `near` | empty."""
        if self.missing or self.limit <= 0 or self.waived:
            return ""
        if self.used > self.limit:
            return "over"
        if self.used == self.limit:
            return "full"
        at = self.warning or self.limit * NEAR / 100
        return "near" if self.used >= at else ""


def limit_words(one: Measure | None) -> str:
    """`40 h 30 of 42 h`, `8 of 8`; nothing without a limit."""
    if one is None:
        return ""
    say = hours_text if one.minutes else str
    return f"{say(one.used)} of {say(one.limit)}"


def left_words(one: Measure | None) -> str:
    """`1 h 30 left`, `limit reached`, `over by 30 min, unverified`."""
    if one is None:
        return ""
    say = hours_text if one.minutes else str
    if one.left < 0:
        words = f"over by {say(-one.left)}" + (", approved" if one.waived else "")
    else:
        words = f"{say(one.left)} left" if one.left else "limit reached"
    return words if one.rule.source.verified else f"{words}, unverified"


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything asked of a person's rules at once: the limits, and the costs (overtime and other premiums)."""

    measures: tuple[Measure, ...]
    costs: tuple[RuleFinding, ...]


def measured(
    person: PersonCalls,
    attachments: Sequence[Attachment],
    approvals: Sequence[Approval] = (),
    span: tuple[date, date] | None = None,
) -> Measured:
    """How far each limit is used in the windows that touch `span`, and what costs arise there."""
    lowered = [replace(one, pack=_lowered(_Same(one.pack))) for one in attachments]
    packs = {one.pack.id: one.pack for one in attachments}
    low = [_lowered_approval(one, packs.values()) for one in approvals]
    found: list[Measure] = []
    costs: list[RuleFinding] = []
    for finding in check(person, lowered, low, span):
        pack = packs[finding.pack]
        rule = pack.rule(finding.rule)
        if rule is not None and _limited(rule):
            found.append(_measure(pack, rule, finding))
        elif finding.severity == PREMIUM:
            costs.append(finding)
    return Measured(tuple(_with_warnings(found)), tuple(costs))


def cost_of(finding: RuleFinding) -> tuple[int, int]:
    """Minutes over and units of overtime; another premium is one unit without minutes."""
    return int(finding.detail.get("over", 0)), int(finding.detail.get("units", 1))


def _limited(rule: Rule) -> bool:
    return rule.kind in LIMITS and LIMITS[rule.kind] in rule.params


class _Same:
    """A pack as a key of the cache by identity: packs hold mappings, which have no hash."""

    __slots__ = ("pack",)

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.pack is self.pack


@lru_cache(maxsize=256)
def _lowered(same: _Same) -> Pack:
    return replace(same.pack, rules=tuple(_lowered_rule(rule) for rule in same.pack.rules))


def _lowered_rule(rule: Rule) -> Rule:
    if not _limited(rule):
        return rule
    name = LIMITS[rule.kind]
    return replace(
        rule,
        params=_less(rule.params, name),
        values=tuple(replace(one, params=_less(one.params, name)) for one in rule.values),
        bands=(),
    )


def _lowered_approval(approval: Approval, packs: Iterable[Pack]) -> Approval:
    rule = next((found for pack in packs if (found := pack.rule(approval.rule)) is not None), None)
    if rule is None or not _limited(rule):
        return approval
    return replace(approval, sets=_less(approval.sets, LIMITS[rule.kind]))


def _less(params: Params, name: str) -> Mapping[str, Any]:
    return {**params, name: params[name] - _LOW} if isinstance(params.get(name), int) else params


def _measure(pack: Pack, rule: Rule, finding: RuleFinding) -> Measure:
    if finding.severity == NOT_EVALUATED:
        missing = str(finding.measured)
        return Measure(pack, rule, finding.first_day, finding.last_day, 0, 0, missing)
    limit = int(finding.limit) + _LOW
    used = int(finding.measured)
    return Measure(pack, rule, finding.first_day, finding.last_day, used, limit, waived=finding.waived_by)


def _with_warnings(found: Sequence[Measure]) -> list[Measure]:
    """A rule that only warns gives its limit to the same pack's rule over the same calls and window."""
    warnings = {_over(one): one.limit for one in found if one.rule.severity == "warning" and not one.missing}
    kept = []
    for one in found:
        at = warnings.get(_over(one), 0)
        kept.append(replace(one, warning=at) if 0 < at < one.limit else one)
    return kept


def _over(one: Measure) -> tuple[object, ...]:
    kinds = one.rule.params.get("kinds")
    return one.pack.id, one.rule.kind, one.window, one.first_day, tuple(sorted(kinds)) if kinds else None


def tightest(measures: Iterable[Measure]) -> Measure | None:
    """The limit that is used up first; those that only warn, are waived or could not be judged stand behind."""

    def rank(one: Measure) -> tuple[bool, bool, int]:
        return bool(one.missing or one.waived), one.rule.severity == "warning", one.left

    return min(measures, key=rank, default=None)
