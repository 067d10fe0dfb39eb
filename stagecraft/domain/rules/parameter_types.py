"""What a parameter of a rule is, and the words a form offers: kinds of call, roles, dates, spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
A_DAY, A_WEEK, A_YEAR = 1440, 7 * 1440, 366 * 1440

MINUTES, COUNT, NUMBER, CLOCK, CLOCK_SPAN = "minutes", "count", "number", "clock", "clock_span"
YES_NO, CHOICE, MILESTONE, DATES, RANGE, COUNTS = "yes_no", "choice", "milestone", "dates", "range", "counts"
KINDS, ROLES, RULES, TEXT, MINUTES_BY_KIND = "kinds", "roles", "rules", "text", "minutes_by_kind"
TABLE, TABLES, CONDITIONS_TYPE = "table", "tables", "conditions"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a rule: what it is called in the file, how it is typed, and how a form asks for it.

    `low` and `high` bound numbers. `choices` are the allowed values with their words. `fields` are the parameters
    of a table, or of each table of a list. `default` is what the engine takes where it is left out.
    """

    name: str
    type: str
    label: str
    help: str
    unit: str = ""
    required: bool = False
    default: Any = None
    low: int = 0
    high: int = A_YEAR
    choices: tuple[tuple[str, str], ...] = ()
    fields: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of rule: its code, its words, what it asks in one sentence, and its parameters in the form's order."""

    code: str
    label: str
    help: str
    parameters: tuple[Parameter, ...]
    severity: str = "violation"

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        return next((one for one in self.parameters if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold for a rule to count. `person`: it may also stand in `applies`."""

    parameter: Parameter
    person: bool = False


WINDOWS = (
    ("call", "each call"),
    ("workday", "each working day"),
    ("week", "each week"),
    ("rolling_days", "any run of days"),
    ("engagement", "the whole engagement"),
)

ROLE_WORDS: Mapping[str, str] = {
    "actor": "actors",
    "stage_management": "stage management",
    "crew": "crew",
    "musician": "musicians",
    "creative": "creative team",
}
"""Roles the program knows from jobs and tracks; a pack may name others."""

MILESTONE_WORDS: Mapping[str, str] = {
    "first_rehearsal": "first rehearsal",
    "first_public": "first public performance",
    "opening": "opening",
    "closing": "closing",
}
"""Milestones the program knows of every production; the production's own go by their kind."""

KIND_WORDS: Mapping[str, str] = {
    "rehearsal": "rehearsal",
    "tech": "tech",
    "dress": "dress rehearsal",
    "understudy": "understudy rehearsal",
    "put-in": "put-in",
    "performance": "performance",
    "presentation": "presentation",
    "fitting": "fitting",
    "photo": "photo call",
    "press": "press",
    "meeting": "meeting",
    "class": "class",
    "travel": "travel",
    "appearance": "own time on stage",
    "standby": "standby",
    "tutoring": "tutoring",
    "work_call": "work call",
    "load_in": "load-in",
    "load_out": "load-out",
}
"""Kinds of call to offer; a pack may name others."""


def minutes(name: str, label: str, help: str, *, high: int = A_DAY, **more: Any) -> Parameter:
    """A number of minutes."""
    return Parameter(name, MINUTES, label, help, unit="minutes", high=high, **more)


def count(
    name: str, label: str, help: str, unit: str, *, high: int = 400, low: int = 1, **more: Any
) -> Parameter:
    """A whole number of something."""
    return Parameter(name, COUNT, label, help, unit=unit, low=low, high=high, **more)


def kinds(name: str = "kinds", label: str = "Calls", help: str = "", *, required: bool = False) -> Parameter:
    """Kinds of call."""
    words = help or "The kinds of call this rule looks at; none chosen means all."
    return Parameter(name, KINDS, label, words, required=required)


def window(*codes: str) -> Parameter:
    """The span that is added up, one of these."""
    return Parameter(
        "window",
        CHOICE,
        "Within",
        "The span that is added up.",
        required=True,
        choices=tuple(one for one in WINDOWS if one[0] in codes),
    )


ROLLING = count("rolling_days", "Days in a run", "How many days, where any run of days is looked at.", "days")
THE_MILESTONE = Parameter("milestone", MILESTONE, "Milestone", "The date it is about.", required=True)
AROUND = (THE_MILESTONE, count("days", "Days", "How many days before or after it.", "days", required=True))
WEEK_START = Parameter(
    "week_start",
    CHOICE,
    "Week begins",
    "Where this rule’s week begins on another day than the pack’s.",
    choices=tuple((day, day.capitalize()) for day in WEEKDAYS),
)
