"""The 29-hour ledger: the hours of a reading by day and by person, against the limits of its pack."""

from __future__ import annotations

from dataclasses import dataclass, field

from stagecraft.domain.sheets.frame import Fact, Frame, Line, Run


@dataclass(slots=True)
class LedgerDay:
    """A day of the reading. `before` are the minutes used until it, `minutes` its own; `planned` is still to come."""

    name: str  # "Mon 5 Oct"
    short: str  # "Mon 5"
    before: int
    minutes: int
    words: str  # "6 h"
    total: str  # "12 of 29"
    planned: bool = False
    full: bool = False


@dataclass(slots=True)
class LedgerPerson:
    """`hours` are the cells of the days, empty where not called; `state` is empty while all is well.

    `over` is set where the limit is exceeded.
    """

    name: str
    hours: list[str]
    used: str
    left: str
    state: str = ""
    over: bool = False


@dataclass(slots=True)
class LedgerChange:
    """What is different from the issue before: text, the value that was, struck out, and the rest."""

    text: list[Run]
    was: str = ""
    after: str = ""


@dataclass(slots=True)
class TwentyNineHourLedgerSheet:
    """`limit` and `flag` are minutes (`flag` 0: the pack has none); `badge` is LIMIT REACHED and the like."""

    frame: Frame
    band: list[Fact]
    days: list[LedgerDay]
    limit: int
    flag: int
    limit_words: str
    flag_words: str
    chart_note: str
    people: list[LedgerPerson]
    people_note: str
    total_label: str
    totals: list[str]
    total_used: str
    total_left: str
    badge: str
    flags: list[Line]
    counted: list[str]
    since: str = ""
    changes: list[LedgerChange] = field(default_factory=list)
