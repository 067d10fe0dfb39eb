"""Rules that look further than the days around a change: at many weeks, or at a whole engagement.

What they must see is read for them alone: their people, their kinds of call, their days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.rules.check import Attachment, rule_reach
from stagecraft.domain.rules.facts import Facts
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.timeline import plain_kind

NEAR = 9
"""Days of calls that are read before and after the days asked for: a week, and the rest on either side of it."""

_SUMMING = frozenset({"max_total", "max_count", "allowance", "premium", "engagement_window"})
"""Kinds of rule that look at the calls they name and at no others."""
_DATED = frozenset({"days_before", "not_days_before", "days_after", "from", "before"})
"""Conditions that look at dates and not at calls."""


def is_near(rule: Rule) -> bool:
    """The days around are enough for this rule."""
    days = rule_reach(rule)
    return days is not None and days <= NEAR


@dataclass(slots=True)
class FarRules:
    """What some rules that look far need, gathered person by person. `kinds` None is all kinds of event."""

    people: set[int] = field(default_factory=set)
    rules: set[tuple[str, str]] = field(default_factory=set)
    kinds: frozenset[str] | None = frozenset()
    first: date = date.max
    last: date = date.min

    def add(self, person: int, one: Attachment, rule: Rule, first: date, last: date) -> None:
        """A person has a rule that looks far, and is asked about the days first to last."""
        span = looked_at(one.facts, rule, first, last)
        if span is None:
            return
        self.people.add(person)
        self.first, self.last = min(self.first, span[0]), max(self.last, span[1])
        if (one.pack.id, rule.id) not in self.rules:
            self.rules.add((one.pack.id, rule.id))
            mine = event_kinds(one.pack, rule)
            self.kinds = None if mine is None or self.kinds is None else self.kinds | mine

    def wants(self, one: Attachment, rule: Rule) -> bool:
        """Whether it is one of these rules."""
        return (one.pack.id, rule.id) in self.rules


def looked_at(facts: Facts, rule: Rule, first: date, last: date) -> tuple[date, date] | None:
    """The days whose calls a rule must see to judge first to last; None where it says nothing about these.

    A rule that sums the days before a milestone says nothing outside of them, however long the engagement is.
    """
    days = rule_reach(rule)
    if days is not None:
        return first - timedelta(days=days), last + timedelta(days=days)
    before = _before(facts, rule.when.get("days_before"))
    if before is not None:
        return before if before[0] <= last and first <= before[1] else None
    horizon = facts.horizon or (first, last)
    starts_on, ends_on = facts.engagement
    return min(first, starts_on or horizon[0]), max(last, ends_on or horizon[1])


def _before(facts: Facts, condition: Any) -> tuple[date, date] | None:
    if not isinstance(condition, Mapping):
        return None
    on = facts.milestones.get(str(condition.get("milestone", "")))
    days = condition.get("days")
    if on is None or not isinstance(days, int):
        return None
    return on - timedelta(days=days), on - timedelta(days=1)


def event_kinds(pack: Pack, rule: Rule) -> frozenset[str] | None:
    """The kinds of event a rule looks at; None for all."""
    if rule.kind not in _SUMMING or set(rule.when) - _DATED:
        return None
    listed: set[str] = set()
    for params in (rule.params, *(one.params for one in rule.values)):
        others = [pack.rule(code) for code in params.get("add_overflow_of") or ()]
        for source in (params, *(other.params for other in others if other is not None)):
            kinds = source.get("kinds")
            if kinds is None:
                return None
            listed.update(plain_kind(str(kind)) for kind in ([kinds] if isinstance(kinds, str) else kinds))
    played = {"performance", "presentation"}
    codes = {code for code, kind in KINDS.items() if {code, kind.counts_as} & listed}
    return frozenset(codes | played if codes & played else codes)
