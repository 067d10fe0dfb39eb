"""What a check of work rules says: breaches, costs, and what could not be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

VIOLATION, PREMIUM, WARNING = "violation", "premium", "warning"
NOT_EVALUATED, INFORMATION = "not_evaluated", "information"


@dataclass(frozen=True, slots=True)
class Repair:
    """The nearest way out. `calls` are ids of `RuleCall`; `at` an instant, `at_wall` the same on the call's clock.

    `action` is start (not before `at`), end (by `at`), free (nobody called on `day`) or leave (without the call).
    `minutes` is by how much.
    """

    action: str
    calls: tuple[int | str, ...]
    at: int | None = None
    at_wall: int | None = None
    day: date | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """One result that is not a pass.

    `anchor` is the working day ("2026-09-15"), the first day of the week, or the local start of the stretch
    ("2026-09-15T10:00"): the place the scheduler has to change. `first_day` to `last_day` is what was looked at.
    `measured` and `limit` are minutes, counts, clock times or pairs, as the kind says; of what could not be
    checked `measured` names the missing fact in words. `severity` is violation | premium | warning |
    not_evaluated | information (waived). `detail` holds what the sentence of the kind needs besides.
    """

    rule: str
    pack: str
    kind: str
    person: int | str
    anchor: str
    first_day: date
    last_day: date
    measured: Any
    limit: Any
    severity: str
    calls: tuple[int | str, ...] = ()
    level: str = ""
    production: int | str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    waived_by: str = ""
