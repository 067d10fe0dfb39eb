"""`engagement_window`: from the first to the last working day, both included, it is at most `max_days`.

`from` and `to` name milestones that take the place of the first and the last working day. `max_weeks` and
`min_weeks` count begun weeks of seven days from the first day: 13 days are two weeks.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.conditions import Missing, milestone
from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import free, leave
from stagecraft.domain.rules.timeline import Block

BOUNDS = (("max_days", 1), ("max_weeks", 7), ("min_weeks", 7))
"""Each bound with the days of its unit."""


def limit(params: Params) -> Any:
    """The first bound that is given."""
    return next((params[name] for name, _ in BOUNDS if params.get(name) is not None), None)


def reach(params: Params) -> int | None:
    """The whole engagement must be seen."""
    return None


def check(judge: Judge) -> None:
    """Report every bound that is broken."""
    blocks = [one for one in judge.timeline.select(judge.kinds) if judge.conditions.day(one.day) is not False]
    if not blocks:
        return
    first, last = blocks[0].day, max(one.day for one in blocks)
    missing = next(
        (one for one in (judge.conditions.day(b.day) for b in blocks) if isinstance(one, Missing)), None
    )
    verdict = judge.conditions.window(first, last)
    if verdict is False:
        return
    worked_first, worked_last = first, last
    for name in ("from", "to"):
        if judge.params.get(name):
            at = milestone(judge.facts, str(judge.params[name]))
            if isinstance(at, Missing):
                missing = missing or at
            elif name == "from":
                first = at
            else:
                last = at
    missing = missing or (verdict if isinstance(verdict, Missing) else None)
    if missing and judge.looks_at(worked_first, worked_last):
        judge.not_checked(missing, iso(worked_first), worked_first, worked_last)
    elif not missing and judge.looks_at(first, max(first, last)):
        _judge_length(judge, blocks, first, last)


def _judge_length(judge: Judge, blocks: list[Block], first: int, last: int) -> None:
    days = max(0, last - first + 1)
    for name, unit in BOUNDS:
        bound = judge.params.get(name)
        if bound is None:
            continue
        measured = -(-days // unit)
        if measured < int(bound) if name == "min_weeks" else measured > int(bound):
            end = first + int(bound) * unit - 1
            beyond = [one for one in blocks if one.day > end]
            one_day = len({one.day for one in beyond}) == 1
            judge.report(
                iso(first),
                first,
                max(first, last),
                measured,
                bound,
                blocks,
                over=abs(measured - int(bound)),
                repairs=free(beyond, beyond[0].day) if one_day else leave(beyond),
                bound=name,
                last_worked=last,
            )
