"""`time_window`: the first start of a working day is not before `earliest`, the last end not after `latest`.

Clock times are those of the place, relative to the working day's date: "24:30" is half past midnight, and a call at
0:40 in the night after is measured as "24:40". On the eve of a school day `latest_before_school_day` takes the place
of `latest`. Each bound that is broken is a finding of its own.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.conditions import Missing, age_on, school_day
from stagecraft.domain.rules.judge import Judge, iso
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import end_by, start_at
from stagecraft.domain.rules.timeline import DAY, Workday


def limit(params: Params) -> Any:
    """The latest end, or the earliest start where only that is given."""
    return params.get("latest") or params.get("latest_before_school_day") or params.get("earliest")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return 1


def clock_minutes(text: str) -> int:
    """Minutes after midnight of "23:00"; "24:30" is half past midnight of the day after."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def clock_text(minutes: int) -> str:
    """The same the other way round."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def check(judge: Judge) -> None:
    """Report every bound that is broken."""
    for day in judge.days(judge.kinds):
        _earliest(judge, day)
        _latest(judge, day)


def _earliest(judge: Judge, day: Workday) -> None:
    bound = judge.params.get("earliest")
    if bound is None:
        return
    first = min(day.blocks, key=lambda one: one.call.starts_wall)
    at, least = first.call.starts_wall - day.day * DAY, clock_minutes(str(bound))
    if at < least:
        _report(
            judge, day, at, str(bound), "earliest", least - at, start_at(day.blocks, first.start + least - at)
        )


def _latest(judge: Judge, day: Workday) -> None:
    bound, before_school = judge.params.get("latest"), judge.params.get("latest_before_school_day")
    last = max(day.blocks, key=lambda one: one.call.ends_wall)
    at = last.call.ends_wall - day.day * DAY
    if before_school is not None:
        verdict = school_day(judge.facts, day.day + 1)
        broken = at > clock_minutes(str(before_school))
        if isinstance(verdict, Missing):
            if broken and (bound is None or at <= clock_minutes(str(bound))):
                judge.not_checked(verdict, iso(day.day), day.day, day.day, day.blocks, limit=before_school)
        elif verdict:
            bound = before_school
    if bound is not None and at > clock_minutes(str(bound)):
        over = at - clock_minutes(str(bound))
        _report(judge, day, at, str(bound), "latest", over, end_by(day.blocks, last.end - over))


def _report(judge: Judge, day: Workday, at: int, bound: str, side: str, over: int, repairs: list[Any]) -> None:
    judge.report(
        iso(day.day),
        day.day,
        day.day,
        clock_text(at),
        bound,
        day.blocks,
        over=over,
        repairs=repairs,
        side=side,
        age=age_on(judge.facts, day.day),
    )
