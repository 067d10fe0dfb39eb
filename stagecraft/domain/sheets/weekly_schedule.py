"""The weekly schedule: Monday to Sunday to scale, one day a column."""

from __future__ import annotations

from dataclasses import dataclass, field

from stagecraft.domain.sheets.frame import Frame, Line, Run


@dataclass(slots=True)
class WeekBlock:
    """A piece of work; times are minutes after midnight of its day (may pass 1440)."""

    starts: int
    ends: int
    lane: int
    lanes: int
    room: str
    kind: str
    short: str
    title: str
    people: list[Run] = field(default_factory=list)
    leaders: str = ""


@dataclass(slots=True)
class Meal:
    starts: int
    ends: int
    title: str


@dataclass(slots=True)
class WeekDay:
    """`off` is the word of a day without work (DAY OFF, DARK), empty on a working day."""

    name: str  # "TUE 19"
    tag: str  # "Day 7"
    span: str
    note: str
    off: str = ""
    off_reason: str = ""
    blocks: list[WeekBlock] = field(default_factory=list)
    meals: list[Meal] = field(default_factory=list)
    not_called: str = "none"
    unavailable: str = "none"
    press: str = "none"
    fittings: str = "none"
    meetings: str = "none"


@dataclass(slots=True)
class WeeklyScheduleSheet:
    frame: Frame
    time_style: str
    days: list[WeekDay]
    legend: list[Line]  # label = word, text = [Run(kind)]
    note: str = ""
