"""A flag of a work rule as every list, sheet and call shows it: the finding with its words, calls and repairs.

It answers like `domain.findings.Finding`, so that both stand in the same lists.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stagecraft.domain.findings import AMBER, RED
from stagecraft.domain.rules.calls import MEAL, RuleCall
from stagecraft.domain.rules.findings import (
    INFORMATION,
    NOT_EVALUATED,
    PREMIUM,
    VIOLATION,
    Repair,
    RuleFinding,
)
from stagecraft.domain.rules.joining import Part
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.verification import not_worse
from stagecraft.domain.rules.words import finding_words, missing_words, repair_words, short_words, source_words
from stagecraft.domain.times import DAY_CUT, wall, work_day

LONG_KINDS = frozenset({"day_off", "max_consecutive_days", "average_limit", "engagement_window", "allowance"})
"""Kinds that always look at a week or more."""
NO_PACK = "pack"
"""The rule of a flag that says a pack could not be used."""


@dataclass(slots=True)
class AcceptanceRow:
    """A flag somebody lives with. The reason is class Management."""

    id: int
    rule: str
    person_id: int | None
    space_id: int | None
    anchor: str
    measured: Any
    reason: str
    accepted_by: str
    accepted_on: date

    def covers(self, measured: Any, limit: Any) -> bool:
        """Whether it still holds: the breach has not become worse."""
        return not_worse(self.measured, measured, limit)


@dataclass(slots=True)
class RepairOffer:
    """The nearest way out in words, and what `RepairCalls` is to be given."""

    words: str
    arguments: dict[str, Any]


@dataclass(slots=True)
class FlagCall:
    """A call a flag is about; `minutes` are elapsed, without planned meals."""

    title: str
    starts_wall: int
    ends_wall: int
    minutes: int
    events: tuple[int, ...]


@dataclass(slots=True)
class RuleFlag:
    """One flag. `day` is where lists put it; `person_name` the full name, `name` the short one.

    `events` are those to be marked: of a rule about a week or more only what its repairs would change.
    `production_code` is of the production that brought the pack.
    """

    finding: RuleFinding
    rule_said: Rule
    pack_said: Pack
    name: str
    person_name: str
    day: date
    style: str = "12"
    rule_calls: tuple[RuleCall, ...] = ()
    parts: Mapping[int, Part] = field(default_factory=dict)
    titles: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    acceptance: AcceptanceRow | None = None
    production_code: str = ""
    space: None = None

    @property
    def rule(self) -> str:
        return self.finding.rule

    @property
    def pack(self) -> str:
        return self.finding.pack

    @property
    def person(self) -> int:
        return int(self.finding.person)

    @property
    def severity(self) -> str:
        """red for what breaks an agreement, amber for the rest."""
        return RED if self.finding.severity == VIOLATION and self.finding.level != "minor" else AMBER

    @property
    def rule_title(self) -> str:
        return self.rule_said.title or self.rule_said.id

    @property
    def pack_title(self) -> str:
        return self.pack_said.title

    @property
    def source(self) -> str:
        """Agreement, edition, clause, confidence; "unverified" where nobody compared the rule with them."""
        return "" if self.rule == NO_PACK else source_words(self.rule_said, self.pack_said)

    @property
    def verified(self) -> bool:
        return self.rule == NO_PACK or self.rule_said.source.verified

    @property
    def missing(self) -> str:
        """The fact that nobody has recorded; empty for what could be checked."""
        if self.rule == NO_PACK:
            return str(self.finding.measured)
        return missing_words(self.finding) if self.finding.severity == NOT_EVALUATED else ""

    @property
    def words(self) -> str:
        return self.text(self.style)

    def text(self, style: str = "12") -> str:
        """The whole of it: who, the rule, measured against limit, when, and the source."""
        if self.rule == NO_PACK:
            return f"{self.name}: not checked, {self.missing}"
        return finding_words(self.finding, self.rule_said, self.pack_said, self.name, style)

    def short(self, style: str = "12") -> str:
        """`11 h 20 rest, needs 12 h 00`."""
        return self.missing if self.rule == NO_PACK else short_words(self.finding, self.rule_said, style)

    def seen_from(self, event: int, style: str = "12") -> str:
        """In short, beside one of its calls."""
        return f"{self.rule_title}: {self.name}, {self.short(style)}"

    @property
    def events(self) -> tuple[int, ...]:
        if self.is_long:
            changed = [event for offer in self.repairs for event in offer.arguments["events"]]
            last = [call.events[-1] for call in self.rule_calls[-1:]]
            return tuple(dict.fromkeys(changed or last))
        if self.finding.kind in ("min_rest", "gap") and len(self.rule_calls) == 2:
            before, after = self.rule_calls
            return (before.events[-1], after.events[0])
        return tuple(event for call in self.rule_calls for event in call.events)

    @property
    def is_long(self) -> bool:
        """Whether it is about a week or more."""
        days = (self.finding.last_day - self.finding.first_day).days
        return self.finding.kind in LONG_KINDS or days > 1

    @property
    def starts_wall(self) -> int:
        mine = [call.starts_wall for call in self.rule_calls if work_day(call.starts_wall) == self.day]
        return min(mine, default=wall(self.day, DAY_CUT))

    @property
    def ends_wall(self) -> int:
        mine = [call.ends_wall for call in self.rule_calls if work_day(call.starts_wall) == self.day]
        return max(mine, default=self.starts_wall + 1)

    @property
    def calls(self) -> tuple[FlagCall, ...]:
        """All calls it is about, in order of time."""
        return tuple(
            FlagCall(self._title(call), call.starts_wall, call.ends_wall, _minutes(call), call.events)
            for call in sorted(self.rule_calls, key=lambda call: call.starts_at)
        )

    def _title(self, call: RuleCall) -> str:
        heads = dict.fromkeys(self.titles.get(event, ("", ""))[0] for event in call.events)
        return ", ".join(head for head in heads if head) or call.title or call.kind.replace("_", " ")

    @property
    def repairs(self) -> list[RepairOffer]:
        """What can be done with one click; a performance is never moved."""
        offers = (self._offer(repair) for repair in self.finding.repairs)
        return [offer for offer in offers if offer is not None]

    def _offer(self, repair: Repair) -> RepairOffer | None:
        by_id = {call.id: call for call in self.rule_calls}
        parts = [
            self.parts[event]
            for key in repair.calls
            if key in by_id
            for event in by_id[key].events
            if event in self.parts
        ]
        changed = [part for part in parts if _changes(repair, part)]
        if not changed or any(part.curtain_at is not None for part in changed):
            return None
        seen = tuple((part.event, part.starts_wall, part.ends_wall) for part in changed)
        arguments: dict[str, Any] = {
            "person": self.person,
            "action": repair.action,
            "events": tuple(part.event for part in changed),
            "at_wall": repair.at_wall if repair.action in ("start", "end") else None,
            "day": repair.day,
            "seen": seen,
        }
        title = changed[0].title if len(changed) == 1 else ""
        return RepairOffer(repair_words(repair, self.name, self.style, title), arguments)


def _changes(repair: Repair, part: Part) -> bool:
    if repair.action == "start":
        return repair.at is None or part.starts_at < repair.at
    if repair.action == "end":
        return repair.at is None or part.ends_at > repair.at
    return True


def _minutes(call: RuleCall) -> int:
    meals = sum(one.ends_at - one.starts_at for one in call.breaks or () if one.kind == MEAL)
    return call.ends_at - call.starts_at - meals


@dataclass(slots=True)
class RuleCheck:
    """What a check brought: what counts, what only costs, what could not be checked, what is accepted or waived."""

    flags: list[RuleFlag] = field(default_factory=list)
    costs: list[RuleFlag] = field(default_factory=list)
    not_checked: list[RuleFlag] = field(default_factory=list)
    accepted: list[RuleFlag] = field(default_factory=list)

    def add(self, flag: RuleFlag) -> None:
        """Put a flag where it belongs."""
        severity = flag.finding.severity
        if severity == NOT_EVALUATED:
            self.not_checked.append(flag)
        elif severity == INFORMATION or flag.acceptance is not None:
            self.accepted.append(flag)
        elif severity == PREMIUM:
            self.costs.append(flag)
        else:
            self.flags.append(flag)

    def extend(self, other: RuleCheck) -> None:
        """Take in what another part of the same check brought."""
        for name in ("flags", "costs", "not_checked", "accepted"):
            getattr(self, name).extend(getattr(other, name))

    def sort(self) -> None:
        """By day, the worst first, then by name and rule."""
        for listed in (self.flags, self.costs, self.not_checked, self.accepted):
            listed.sort(key=lambda flag: (flag.day, flag.severity != RED, flag.name.casefold(), flag.rule))

    def __iter__(self) -> Any:
        return iter([*self.flags, *self.costs, *self.accepted, *self.not_checked])

    @property
    def not_checked_count(self) -> int:
        """Rules that could not be checked, each missing fact once, whomever it concerns."""
        return len({(flag.pack, flag.rule, flag.missing) for flag in self.not_checked})


def acceptance_row(row: Sequence[Any]) -> AcceptanceRow:
    """A row of the table with its measure read."""
    key, rule, person, space, anchor, measured, reason, by, on = row
    return AcceptanceRow(key, rule, person, space, anchor, json.loads(measured), reason, by, on)
