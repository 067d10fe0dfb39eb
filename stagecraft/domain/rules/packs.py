"""A work-rule pack: the rules of one agreement as data. What makes a pack wrong is said in `pack_file`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. `summary` is in our own words; `clause` only where a source quoted it."""

    agreement: str = ""
    edition: str = ""
    clause: str = ""
    href: str = ""
    summary: str = ""
    evidence: str = ""  # primary | secondary | knowledge | derived
    confidence: str = ""  # high | medium | low
    verified_by: str = ""
    verified_on: date | None = None

    @property
    def verified(self) -> bool:
        """Somebody has compared the rule with the agreement."""
        return bool(self.verified_by and self.verified_on)


@dataclass(frozen=True, slots=True)
class DatedParams:
    """Parameters that replace the rule's own from a day on."""

    starts_on: date
    params: Params


@dataclass(frozen=True, slots=True)
class Band:
    """From `over` minutes (or counts) over the limit the breach is of this level."""

    over: int
    level: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `when` and `applies` are conditions, on the day and on the person; both must hold.

    `scope` is "person" (all their calls) or "production" (only those of the production that brought the pack).
    `examples` are miniature schedules: {"title", "calls", "expect", …} as in a case file; an empty `expect` passes.
    """

    id: str
    kind: str
    title: str = ""
    enabled: bool = True
    severity: str = "violation"  # violation | premium | warning
    scope: str = "person"
    applies: Params = field(default_factory=dict)
    when: Params = field(default_factory=dict)
    params: Params = field(default_factory=dict)
    values: tuple[DatedParams, ...] = ()
    bands: tuple[Band, ...] = ()
    source: Source = Source()
    note: str = ""  # why it is off, or what to look up
    examples: tuple[Params, ...] = ()


@dataclass(frozen=True, slots=True)
class Defaults:
    """How a pack cuts time: first day of the week (0 is Monday), the day's cut and the half hour in minutes.

    With `split_gap` a working day is a work period, which ends at an unpaid gap of so many minutes (`day_mode` gap);
    it goes by the day on which it began.
    """

    week_start: int = 0
    day_cut: int = 240
    half_hour: int = 30
    split_gap: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """An agreement's rules. `extends` names the pack a house copy is built on."""

    id: str
    title: str
    edition: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    extends: str = ""
    defaults: Defaults = Defaults()
    note: str = ""
    rules: tuple[Rule, ...] = ()

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
