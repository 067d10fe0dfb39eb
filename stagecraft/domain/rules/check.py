"""The check of one person under all packs that hold for them.

Packs do not override each other: all report, and the strictest is simply the one that reports. Each kind of rule is
in a file of its own in `kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from stagecraft.domain.rules.calls import PersonCalls, RuleCall
from stagecraft.domain.rules.conditions import Missing
from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.findings import RuleFinding
from stagecraft.domain.rules.judge import Judge, View, horizon_of, iso, variants
from stagecraft.domain.rules.kinds import KINDS
from stagecraft.domain.rules.packs import Pack, Params, Rule
from stagecraft.domain.rules.timeline import Timeline, day_number, plain_kind

KIND_PARAMETERS = ("kinds", "span_kinds", "from", "to", "extend_by_kind")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A pack that holds for a person, with the facts of the contract or production that brought it."""

    pack: Pack
    facts: Facts


def check(
    person: PersonCalls,
    attachments: Sequence[Attachment],
    approvals: Sequence[Approval] = (),
    span: tuple[date, date] | None = None,
    only: Callable[[Attachment, Rule], bool] | None = None,
) -> list[RuleFinding]:
    """What every rule of every pack says about this person, in order of pack, rule and date.

    With `span` only windows (days, weeks, stretches, engagements) that touch those days are looked at, and with
    `only` only the rules it wants. The same finding of the same pack through two productions comes once.
    """
    days = (day_number(span[0]), day_number(span[1])) if span else None
    cuts: dict[object, Timeline] = {}
    found: list[RuleFinding] = []
    for attachment in attachments:
        views: dict[tuple[bool, int], View] = {}
        for rule in attachment.pack.rules:
            if not rule.enabled or (only is not None and not only(attachment, rule)):
                continue
            key = (rule.scope == "production", _split_gap(attachment.pack, rule))
            if key not in views:
                views[key] = _view(person, attachment, approvals, days, cuts, *key)
            found += _judged(views[key], rule)
    packs = {attachment.pack.id for attachment in attachments}
    return found if len(packs) == len(attachments) else list(_once(found))


def _view(
    person: PersonCalls,
    attachment: Attachment,
    approvals: Sequence[Approval],
    span: tuple[int, int] | None,
    cuts: dict[object, Timeline],
    narrow: bool,
    split_gap: int,
) -> View:
    pack, facts = attachment.pack, attachment.facts
    named = named_kinds(pack.rules)
    cut = pack.defaults.day_cut
    key = (cut, split_gap, named, facts.engagement, facts.production if narrow else None, narrow)
    if key not in cuts:
        calls = _in_term(person.calls, facts, cut)
        if narrow:
            calls = [call for call in calls if call.production == facts.production]
        cuts[key] = Timeline(calls, cut, named, split_gap)
    granted = [one for one in approvals if one.concerns(pack.id, person.person, facts.production)]
    return View(person.person, pack, facts, cuts[key], horizon_of(facts, cuts[key]), span, granted)


def _split_gap(pack: Pack, rule: Rule) -> int:
    """The gap that ends a work period, where the rule or the pack wants those instead of working days."""
    mode = rule.params.get("day_mode")
    if mode == "gap":
        return int(rule.params.get("split_gap") or pack.defaults.split_gap)
    return 0 if mode else pack.defaults.split_gap


def _in_term(calls: Sequence[RuleCall], facts: Facts, cut: int) -> Sequence[RuleCall]:
    """The calls inside the engagement: before and after it the agreement has nothing to say."""
    starts_on, ends_on = facts.engagement
    if starts_on is None and ends_on is None:
        return calls
    first = day_number(starts_on) * 1440 + cut if starts_on else None
    end = (day_number(ends_on) + 1) * 1440 + cut if ends_on else None
    return [
        call
        for call in calls
        if (first is None or call.starts_wall >= first) and (end is None or call.starts_wall < end)
    ]


@lru_cache(maxsize=256)
def _named(lists: tuple[object, ...]) -> frozenset[str]:
    return frozenset(plain_kind(str(kind)) for kind in lists)


def named_kinds(rules: Iterable[Rule]) -> frozenset[str]:
    """The kinds of call the enabled rules name themselves; those are not taken for what they count as."""
    named: list[object] = []
    for rule in rules:
        if rule.enabled:
            for params in (rule.params, *(one.params for one in rule.values)):
                for name in KIND_PARAMETERS:
                    value = params.get(name)
                    if isinstance(value, str):
                        if rule.kind == "gap":
                            named.append(value)
                    elif value:
                        named.extend(value)
    return _named(tuple(named))


def _judged(view: View, rule: Rule) -> list[RuleFinding]:
    if not view.timeline.blocks:
        return []
    kind = KINDS.get(rule.kind)
    if kind is None:
        return _unknown(view, rule)
    found: list[RuleFinding] = []
    mine = [one for one in view.approvals if one.rule == rule.id]
    for params, spans in variants(rule, mine):
        judge = Judge(view, rule, params, spans, kind.limit)
        kind.check(judge)
        found += judge.found
    return found


def _unknown(view: View, rule: Rule) -> list[RuleFinding]:
    first, last = view.timeline.blocks[0].day, view.timeline.blocks[-1].day
    judge = Judge(view, rule, {}, None, lambda params: None)
    if judge.looks_at(first, last):
        judge.not_checked(Missing(f"kind {rule.kind} unknown"), iso(first), first, last)
    return judge.found


def _once(found: Iterable[RuleFinding]) -> Iterable[RuleFinding]:
    """Without what is said twice because one pack came through two productions."""
    seen = set()
    for finding in found:
        same = replace(finding, production=None, detail={})
        key = repr(same)
        if key not in seen:
            seen.add(key)
            yield finding


def reach(pack: Pack) -> int | None:
    """Days of calls needed before and after a changed day to judge it; None: the whole engagement."""
    needed = [rule_reach(rule) for rule in pack.rules]
    return None if None in needed else max((days for days in needed if days is not None), default=0)


def rule_reach(rule: Rule) -> int | None:
    """The same for one rule; nothing is needed for one that is off or of an unknown kind."""
    kind = KINDS.get(rule.kind) if rule.enabled else None
    if kind is None:
        return 0
    needed = [kind.reach(params) for params in (rule.params, *(one.params for one in rule.values))]
    if any("week_has_performance" in one for one in _conditions(rule)):
        needed.append(7)
    return None if None in needed else max(days for days in needed if days is not None)


def _conditions(rule: Rule) -> Iterable[Params]:
    """All conditions of a rule and of its choices."""
    choices = [
        one
        for params in (rule.params, *(one.params for one in rule.values))
        for one in params.get("alternatives") or ()
    ]
    return [rule.applies, rule.when, *(one.get("when") or {} for one in choices)]
