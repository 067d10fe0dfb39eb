"""Contract expiry and options: what must be decided next, and the terms on a line of time. No money."""

from __future__ import annotations

from dataclasses import dataclass, field

from stagecraft.domain.sheets.frame import Frame, Run


@dataclass(slots=True)
class ExpiryRow:
    """`badge` is ACT NOW | WATCH | DECIDED | empty."""

    due: str  # "18 days"
    badge: str
    person: str
    job: str
    agreement: str
    ends: str
    left: str
    option: list[Run]
    formula: str
    decision: list[Run] = field(default_factory=list)
    alarms: str = ""


@dataclass(slots=True)
class Diamond:
    day: str  # ISO
    label: str


@dataclass(slots=True)
class TermLine:
    """`shape` is running | decided | coming; an `ends` of None runs on."""

    name: str
    starts: str | None
    ends: str | None
    shape: str
    label: str
    diamonds: list[Diamond] = field(default_factory=list)


@dataclass(slots=True)
class ContractExpirySheet:
    frame: Frame
    rows: list[ExpiryRow]
    window_starts: str  # ISO, first of a month
    window_ends: str  # ISO, last day of a month
    today: str
    today_label: str
    window_label: str
    terms: list[TermLine]
    notes: list[str]
