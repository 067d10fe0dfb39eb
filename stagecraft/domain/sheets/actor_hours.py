"""The weekly hours sheet: everybody's days in and out, hours, meals and breaks, to be signed."""

from __future__ import annotations

from dataclasses import dataclass, field

from stagecraft.domain.sheets.frame import Fact, Frame, Line


@dataclass(slots=True)
class HoursCell:
    """A day of a person: in and out on the clock, the hours, what lies in them, what was recorded otherwise.

    `span` is empty where nobody called them; `words` then says why, or nothing.
    """

    span: str = ""  # "10:00a–6:00p"
    hours: str = ""  # "7 h"
    words: str = ""  # "meal 1 h · breaks 0:15"
    others: str = ""  # "+ 3 h 10 BOMB"
    recorded: str = ""  # "late, in 10:12a"


@dataclass(slots=True)
class HoursRow:
    """A person's week. `total` are the hours of this production, `whole` those of all their shows.

    `broken` is set where the limit is exceeded.
    """

    name: str
    cells: list[HoursCell]
    total: str
    whole: str
    limit: str
    state: str
    over: str
    broken: bool = False


@dataclass(slots=True)
class CallLine:
    """One call of a single person's sheet."""

    day: str
    show: str
    span: str
    what: str
    inside: str
    hours: str


@dataclass(slots=True)
class ActorHoursSheet:
    """`heads` are the seven days; `calls` only on a sheet of one person, call by call."""

    frame: Frame
    band: list[Fact]
    heads: list[str]
    rows: list[HoursRow]
    totals: list[str]
    total: str
    notes: list[Line]
    counted: list[str]
    empty: str = ""
    calls: list[CallLine] = field(default_factory=list)
