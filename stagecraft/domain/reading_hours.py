"""The count of a staged reading: hours, readings and days, up to a day, against the limits of its pack.

What is used is asked of the rules themselves, as in `hours`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stagecraft.domain.hours import LIMITS, NEAR, Measure, measured
from stagecraft.domain.rules.calls import PersonCalls, RuleCall
from stagecraft.domain.rules.check import Attachment, named_kinds
from stagecraft.domain.rules.facts import Approval
from stagecraft.domain.rules.judge import variants
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.timeline import Timeline, date_at, day_number, kinds_of


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """The three limits of a staged reading: hours, how many readings, days from first to last; and its warning."""

    pack: Pack
    hours: Rule
    window: Rule
    readings: Rule | None = None
    warning: Rule | None = None


def reading_rules(pack: Pack) -> ReadingRules | None:
    """The rules of a pack for a reading: hours in all inside a number of days. None when it is no such pack."""
    here = [rule for rule in pack.rules if rule.enabled]
    window = next((one for one in here if one.kind == "engagement_window" and one.params.get("max_days")), None)
    hours = [one for one in here if one.kind == "max_total" and one.params.get("window") == "engagement"]
    limits = [one for one in hours if one.severity != "warning"]
    if window is None or not limits:
        return None
    readings = next(
        (one for one in here if one.kind == "max_count" and one.params.get("window") == "engagement"), None
    )
    warning = next((one for one in hours if one.severity == "warning"), None)
    return ReadingRules(pack, limits[0], window, readings, warning)


@dataclass(frozen=True, slots=True)
class ReadingCount:
    """How far one person's reading is used on a day: "12 of 29", "1 of 3", days left of the window.

    `days` are the minutes of every day of the reading, those still to come too; `used` counts up to the day,
    `planned` after it. The window runs from the first call; without a call it has not begun. With a `missing` fact
    nothing is counted.
    """

    rules: ReadingRules
    production: int | str | None
    through: date
    days: Mapping[date, int]
    used: int
    planned: int
    limit: int
    warning: int
    readings: int
    readings_planned: int
    readings_limit: int | None
    window_days: int
    missing: str = ""

    @property
    def left(self) -> int:
        """Minutes left of the limit; less than 0 is over."""
        return self.limit - self.used

    @property
    def first(self) -> date | None:
        """First day of the window."""
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        """Last day of the window: nothing of the reading may be after it."""
        return self.first + timedelta(days=self.window_days - 1) if self.first else None

    @property
    def days_left(self) -> int | None:
        """Days of the window after the day looked at; None where it has not begun."""
        last = self.last
        return None if last is None else max(0, min(self.window_days, (last - self.through).days))

    @property
    def state(self) -> str:
        """`over` | `full` | `near` | empty, for hours, readings and window together."""
        over_days = self.last is not None and max(self.days) > self.last
        over_readings = self.readings_limit is not None and self.readings > self.readings_limit
        if self.used > self.limit or over_days or over_readings:
            return "over"
        if self.used == self.limit:
            return "full"
        return "near" if self.used >= (self.warning or self.limit * NEAR / 100) else ""


def reading_count(
    person: PersonCalls, attachment: Attachment, approvals: Sequence[Approval], through: date
) -> ReadingCount | None:
    """The count of a reading on a day; None when the pack holds no rules for one, or not for this person."""
    rules = reading_rules(attachment.pack)
    if rules is None:
        return None
    pack, facts = attachment.pack, attachment.facts
    whole = replace(person, calls=tuple(_seen(person.calls, attachment, rules.hours)))
    all_in_all = _by_rule(whole, attachment, approvals)
    if rules.hours.id not in all_in_all:
        return None
    days = _rule_days(whole.calls, pack, rules.hours)
    so_far = replace(whole, calls=tuple(one for one in whole.calls if _day(one, pack) <= through))
    now = _by_rule(so_far, attachment, approvals)
    on = min(days, default=through)
    granted = [one for one in approvals if one.concerns(pack.id, person.person, facts.production)]
    hours, counted = rules.hours, rules.readings

    def used(found: Mapping[str, Measure], rule: Rule | None) -> int:
        return found[rule.id].used if rule is not None and rule.id in found else 0

    missing = all_in_all[hours.id].missing
    if missing:
        days = {}

    return ReadingCount(
        rules=rules,
        production=facts.production,
        through=through,
        days=days,
        used=used(now, hours),
        planned=used(all_in_all, hours) - used(now, hours),
        limit=limit_on(hours, granted, on),
        warning=limit_on(rules.warning, granted, on) if rules.warning else 0,
        readings=used(now, counted),
        readings_planned=used(all_in_all, counted) - used(now, counted),
        readings_limit=limit_on(counted, granted, on) if counted else None,
        window_days=limit_on(rules.window, granted, on),
        missing=missing,
    )


def limit_on(rule: Rule, approvals: Sequence[Approval], day: date) -> int:
    """The limit of a rule in force on a day: its values by date, and what a vote has set."""
    number = day_number(day)
    mine = [one for one in approvals if one.rule == rule.id]
    for params, spans in variants(rule, mine):
        if spans is None or any(first <= number <= last for first, last in spans):
            return int(params[LIMITS.get(rule.kind, "max_days")])
    return int(rule.params[LIMITS.get(rule.kind, "max_days")])


def _by_rule(person: PersonCalls, attachment: Attachment, approvals: Sequence[Approval]) -> dict[str, Measure]:
    found = measured(person, [attachment], approvals).measures
    return {one.rule.id: one for one in found if one.window == "engagement"}


def _day(call: RuleCall, pack: Pack) -> date:
    return date_at((call.starts_wall - pack.defaults.day_cut) // 1440)


def _seen(calls: Iterable[RuleCall], attachment: Attachment, rule: Rule) -> list[RuleCall]:
    """The calls inside the engagement, of its production alone where the rule looks no further."""
    facts, pack = attachment.facts, attachment.pack
    first, last = facts.engagement
    return [
        one
        for one in calls
        if (first is None or first <= _day(one, pack))
        and (last is None or _day(one, pack) <= last)
        and (rule.scope != "production" or one.production == facts.production)
    ]


def _rule_days(calls: Iterable[RuleCall], pack: Pack, rule: Rule) -> dict[date, int]:
    """The minutes of each working day that a rule of a pack counts, by the kinds of call it names."""
    timeline = Timeline(calls, pack.defaults.day_cut, named_kinds(pack.rules))
    return {date_at(day.day): day.worked for day in timeline.days(kinds_of(rule.params.get("kinds")))}
