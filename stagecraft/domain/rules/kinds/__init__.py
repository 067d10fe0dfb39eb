"""The kinds of rule: one file each says exactly what the kind means. `KINDS` finds them by the word in a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from stagecraft.domain.rules.judge import Judge
from stagecraft.domain.rules.kinds import (
    allowance,
    average_limit,
    break_after,
    day_off,
    engagement_window,
    extended_day_quota,
    forbidden,
    gap,
    max_consecutive_days,
    max_count,
    max_total,
    min_call,
    min_rest,
    notice,
    overlap,
    premium,
    time_window,
    work_in_span,
)
from stagecraft.domain.rules.packs import Params


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind judges, which parameter is its limit, and how many days around a change it must see."""

    check: Callable[[Judge], None]
    limit: Callable[[Params], Any]
    reach: Callable[[Params], int | None]


def _kind(module: ModuleType) -> Kind:
    return Kind(module.check, module.limit, module.reach)


KINDS: Mapping[str, Kind] = {
    module.__name__.rsplit(".", 1)[-1]: _kind(module)
    for module in (
        max_total,
        work_in_span,
        extended_day_quota,
        min_rest,
        break_after,
        gap,
        day_off,
        max_consecutive_days,
        max_count,
        min_call,
        time_window,
        forbidden,
        notice,
        allowance,
        average_limit,
        premium,
        engagement_window,
        overlap,
    )
}
