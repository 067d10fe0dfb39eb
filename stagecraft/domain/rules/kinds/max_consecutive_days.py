"""`max_consecutive_days`: every run of consecutive working days with such calls is at most `max` days long.

Measured is the whole run; the anchor is the first day too many. A week is no border: twelve days in a row may have
their day off in every week and still be too many.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import free


def limit(params: Params) -> Any:
    """The most days in a row."""
    return params.get("max")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen: a run may be far longer than it should be."""
    return 5 * int(params.get("max") or 1) + 7


def runs(days: list[int]) -> list[tuple[int, int]]:
    """First and last day of every run of consecutive days."""
    found: list[tuple[int, int]] = []
    for day in days:
        if found and day == found[-1][1] + 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def check(judge: Judge) -> None:
    """Report every run that is too long."""
    most, kinds = int(judge.params["max"]), judge.kinds
    for first, last in runs(judge.worked_days(kinds)):
        length = last - first + 1
        if length > most and judge.looks_at(first, last):
            day = first + most
            blocks = judge.timeline.between(first, last, kinds)
            judge.report(
                iso(day),
                first,
                last,
                length,
                most,
                blocks,
                over=length - most,
                repairs=free([one for one in blocks if one.day == day], day),
                day=day,
            )
