"""`max_consecutive_days`: every run of consecutive working days with such calls is at most `max` days long.

Measured is the whole run; the anchor is the first day too many. A week is no border: twelve days in a row may have
their day off in every week and still be too many.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.conditions import Missing
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
    """Report every run that is too long; one with a day of which a fact is missing is not checked."""
    most, kinds = int(judge.params["max"]), judge.kinds
    verdicts = {day.day: judge.conditions.on(day.day) for day in judge.timeline.days(kinds)}
    for first, last in runs([day for day, verdict in verdicts.items() if verdict is not False]):
        if not judge.looks_at(first, last):
            continue
        missing = next((v for day in range(first, last + 1) if isinstance(v := verdicts[day], Missing)), None)
        if missing:
            judge.not_checked(missing, iso(first), first, last)
        elif last - first >= most:
            _report(judge, first, last, most)


def _report(judge: Judge, first: int, last: int, most: int) -> None:
    blocks = judge.timeline.between(first, last, judge.kinds)
    day = first + most
    judge.report(
        iso(day),
        first,
        last,
        last - first + 1,
        most,
        blocks,
        over=last - first + 1 - most,
        repairs=free([one for one in blocks if one.day == day], day),
        day=day,
    )
