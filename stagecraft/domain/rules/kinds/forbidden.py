"""`forbidden`: a call of these kinds on such a day (`on`) is a finding; all those of one day are one finding.

`day_after_day_off`: the day before had no call at all, and the person's engagement had begun: their first day is not
a day after a day off. `two_performance_day`: two performances or more. `day_after_two_two_show_days`: both days
before had two or more. `dates`: the dates listed. `day_off`: a day without any other call. `half_hour`: while the
person has half hour, from the half-hour call to curtain up. `travel_over`: more than `minutes` of travel that day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import leave
from stagecraft.domain.rules.timeline import PERFORMANCE, TRAVEL, Block, Workday, date_at, worked

WORDS: Mapping[str, str] = {
    "day_after_day_off": "day after a day off",
    "two_performance_day": "two-performance day",
    "day_after_two_two_show_days": "day after two two-performance days",
    "dates": "forbidden date",
    "day_off": "day off",
    "half_hour": "half hour",
    "travel_over": "day of long travel",
}


def limit(params: Params) -> Any:
    """The kinds that must not be called."""
    return params.get("kinds")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen; a day after a day off asks whether anything came before."""
    return 35 if params.get("on") == "day_after_day_off" else 3


def check(judge: Judge) -> None:
    """Report every day with calls that must not be there."""
    on = str(judge.params["on"])
    chosen = CHOICES[on]
    for day in judge.days(judge.kinds, dates=True):
        if blocks := chosen(judge, day):
            judge.report(
                iso(day.day),
                day.day,
                day.day,
                WORDS[on],
                judge.params.get("kinds"),
                blocks,
                over=worked(blocks),
                repairs=leave(blocks),
                on=on,
            )


def _after_day_off(judge: Judge, day: Workday) -> list[Block]:
    begun = judge.timeline.days(None)[0].day < day.day
    return day.blocks if begun and not judge.timeline.on(day.day - 1) else []


def _two_performances(judge: Judge, day: Workday) -> list[Block]:
    return day.blocks if judge.timeline.count(day.day) >= 2 else []


def _after_two_two_show_days(judge: Judge, day: Workday) -> list[Block]:
    both = judge.timeline.count(day.day - 1) >= 2 and judge.timeline.count(day.day - 2) >= 2
    return day.blocks if both else []


def _dates(judge: Judge, day: Workday) -> list[Block]:
    listed = {str(one) for one in judge.params.get("dates") or ()}
    return day.blocks if date_at(day.day).isoformat() in listed else []


def _day_off(judge: Judge, day: Workday) -> list[Block]:
    return day.blocks if len(day.blocks) == len(judge.timeline.on(day.day)) else []


def _half_hour(judge: Judge, day: Workday) -> list[Block]:
    spans = [
        (one.start, one.call.curtain_at, one)
        for one in judge.timeline.between(day.day - 1, day.day + 1, PERFORMANCE)
        if one.call.curtain_at is not None
    ]
    return [
        block
        for block in day.blocks
        if any(
            block is not show and block.start < curtain and block.end > half for half, curtain, show in spans
        )
    ]


def _travel_over(judge: Judge, day: Workday) -> list[Block]:
    travel = [one for one in judge.timeline.on(day.day) if judge.timeline.selects(one.call, TRAVEL)]
    return day.blocks if travel and worked(travel) > int(judge.params["minutes"]) else []


CHOICES: Mapping[str, Callable[[Judge, Workday], list[Block]]] = {
    "day_after_day_off": _after_day_off,
    "two_performance_day": _two_performances,
    "day_after_two_two_show_days": _after_two_two_show_days,
    "dates": _dates,
    "day_off": _day_off,
    "half_hour": _half_hour,
    "travel_over": _travel_over,
}
