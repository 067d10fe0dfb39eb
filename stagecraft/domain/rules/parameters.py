"""What can be set on a rule: for each kind of rule its parameters, and the conditions of `when` and `applies`.

One table drives both: `parameter_values` refuses what does not fit it, and the form of the pack editor is built from
it. What a kind means is in `kinds/`; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


def _minutes(name: str, label: str, help: str, *, high: int = A_DAY, **more: Any) -> Parameter:
    return Parameter(name, MINUTES, label, help, unit="minutes", high=high, **more)


def _count(
    name: str, label: str, help: str, unit: str, *, high: int = 400, low: int = 1, **more: Any
) -> Parameter:
    return Parameter(name, COUNT, label, help, unit=unit, low=low, high=high, **more)


def _kinds(name: str = "kinds", label: str = "Calls", help: str = "", *, required: bool = False) -> Parameter:
    words = help or "The kinds of call this rule looks at; none chosen means all."
    return Parameter(name, KINDS, label, words, required=required)


def _window(*codes: str) -> Parameter:
    return Parameter(
        "window",
        CHOICE,
        "Within",
        "The span that is added up.",
        required=True,
        choices=tuple(one for one in WINDOWS if one[0] in codes),
    )


_ROLLING = _count("rolling_days", "Days in a run", "How many days, where any run of days is looked at.", "days")
_MILESTONE = Parameter("milestone", MILESTONE, "Milestone", "The date it is about.", required=True)
_AROUND = (_MILESTONE, _count("days", "Days", "How many days before or after it.", "days", required=True))

CONDITIONS: Mapping[str, Condition] = {
    one.parameter.name: one
    for one in (
        Condition(
            Parameter("roles", ROLES, "For", "Whom the rule is about; none chosen means everybody."),
            person=True,
        ),
        Condition(
            Parameter("age", RANGE, "Age", "Youngest and oldest, both included.", unit="years", high=120),
            person=True,
        ),
        Condition(
            Parameter(
                "cast_size", RANGE, "Size of cast", "Smallest and largest cast.", unit="people", high=2000
            ),
            person=True,
        ),
        Condition(Parameter("from", MILESTONE, "From", "From this date on.")),
        Condition(Parameter("before", MILESTONE, "Before", "Only before this date.")),
        Condition(
            Parameter(
                "days_before",
                TABLE,
                "In the days before",
                "Only in so many days before a date, never on it.",
                fields=_AROUND,
            )
        ),
        Condition(
            Parameter(
                "not_days_before",
                TABLE,
                "Not in the days before",
                "Not in so many days before a date.",
                fields=_AROUND,
            )
        ),
        Condition(
            Parameter(
                "days_after", TABLE, "From days after", "From so many days after a date on.", fields=_AROUND
            )
        ),
        Condition(
            Parameter(
                "performances_on_day",
                COUNTS,
                "Performances that day",
                "Only on days with so many performances.",
                high=20,
            )
        ),
        Condition(
            Parameter(
                "not_student_matinee", YES_NO, "No student matinee", "Not on days with a student matinee."
            )
        ),
        Condition(
            Parameter(
                "week_has_performance",
                YES_NO,
                "Week with performances",
                "Yes: only weeks with a performance; no: only weeks without.",
            )
        ),
        Condition(
            Parameter(
                "school_day", YES_NO, "School day", "Yes: only on the person's school days; no: only on others."
            )
        ),
    )
}
"""Conditions by name. All that a rule names must hold."""

_BRIDGE = _minutes("bridge", "Short gaps count up to", "A gap shorter than this counts as work.", default=0)

_SPAN_ALTERNATIVE = (
    _minutes("work", "Work up to", "Hours worked; left out means no limit.", high=2 * A_DAY),
    _minutes("span", "Within", "From first start to last end; left out means no limit.", high=2 * A_DAY),
    Parameter("label", TEXT, "Called", "What people call it, such as “10 out of 12”."),
    Parameter(
        "extended", YES_NO, "Counted as an extended day", "A quota of extended days counts it.", default=False
    ),
    Parameter("when", CONDITIONS_TYPE, "Only when", "Conditions under which this choice is open."),
)

_BREAK_ALTERNATIVE = (
    _minutes("work", "After at most", "Longest stretch of work.", required=True),
    _minutes("break", "A break of", "Shortest break that ends the stretch.", required=True, low=1),
)

_ADJUST = (
    Parameter(
        "if",
        CHOICE,
        "On",
        "The day on which the limit changes.",
        required=True,
        choices=(("school_day", "a school day"),),
    ),
    _minutes("add", "Add", "Added to the limit; below zero shortens it.", required=True, low=-A_DAY),
)

_TIER = (
    _minutes("gap", "After a gap up to", "Called again within this time.", required=True, low=1),
    _minutes("min", "At least", "Shortest call then.", required=True, low=1),
)

FORBIDDEN_ON = (
    ("day_after_day_off", "the day after a day off"),
    ("two_performance_day", "a two-performance day"),
    ("day_after_two_two_show_days", "the day after two two-performance days"),
    ("dates", "certain dates"),
    ("day_off", "a day off"),
    ("half_hour", "the half hour"),
    ("travel_over", "a day of long travel"),
)

_KINDS_OF_RULE = (
    RuleKind(
        "max_total",
        "Most hours",
        "The hours of these calls, added up, stay within a limit.",
        (
            _window("call", "workday", "week", "rolling_days", "engagement"),
            _ROLLING,
            _kinds(),
            _minutes("max", "At most", "Longest total.", required=True, high=A_YEAR),
            _BRIDGE,
            Parameter(
                "presence",
                YES_NO,
                "Count presence",
                "From first arrival to last departure instead of the hours worked.",
                default=False,
            ),
            Parameter("adjust", TABLES, "Different on", "Days on which the limit is another.", fields=_ADJUST),
            Parameter(
                "add_overflow_of",
                RULES,
                "Add what exceeds",
                "Allowances whose excess counts here.",
            ),
        ),
    ),
    RuleKind(
        "work_in_span",
        "Hours within a span",
        "The day fits at least one of these choices of hours worked within a span.",
        (
            _kinds(),
            _kinds("span_kinds", "Span over", "The kinds of call the span runs over; none means the same."),
            Parameter(
                "alternatives",
                TABLES,
                "Choices",
                "The day is fine when it fits one of them.",
                required=True,
                fields=_SPAN_ALTERNATIVE,
            ),
            _BRIDGE,
        ),
    ),
    RuleKind(
        "extended_day_quota",
        "Number of extended days",
        "Extended days, such as a 10 out of 12, come only so often before a date.",
        (
            _MILESTONE,
            _count("within_days", "Within", "So many days before it.", "days", required=True),
            _count("max_days", "At most", "How many extended days.", "days", required=True, low=0),
        ),
    ),
    RuleKind(
        "min_rest",
        "Rest overnight",
        "From the end of one working day to the start of the next there is enough rest.",
        (
            _minutes("min", "At least", "Shortest rest.", required=True, low=1, high=4 * A_DAY),
            _kinds(),
            Parameter(
                "day_mode",
                CHOICE,
                "Between",
                "What counts as one stretch of work.",
                default="workday",
                choices=(("workday", "working days"), ("gap", "stretches parted by a gap")),
            ),
            _minutes("split_gap", "Parted by", "A gap this long ends a stretch of work.", low=1),
            Parameter(
                "after",
                TABLE,
                "Only after",
                "Only after work that went on past a time.",
                fields=(
                    Parameter(
                        "work_past",
                        CLOCK,
                        "Work past",
                        "Clock time, 24:30 is half past midnight.",
                        required=True,
                    ),
                ),
            ),
        ),
    ),
    RuleKind(
        "break_after",
        "Break or meal",
        "Nobody works longer than this without a break of this length.",
        (
            _kinds(),
            Parameter(
                "alternatives",
                TABLES,
                "Choices",
                "A stretch is fine when it fits one of them.",
                required=True,
                fields=_BREAK_ALTERNATIVE,
            ),
            Parameter(
                "mode",
                CHOICE,
                "The break comes",
                "Before the time is up, or at any time that day.",
                default="before",
                choices=(("before", "before the time is up"), ("somewhere", "somewhere in the day")),
            ),
            Parameter(
                "measure",
                CHOICE,
                "Counted is",
                "Only time worked, or all the time that passes.",
                default="worked",
                choices=(("worked", "time worked"), ("elapsed", "time passed")),
            ),
            Parameter(
                "extend_by_kind",
                MINUTES_BY_KIND,
                "Longer with",
                "Minutes of these calls that may be added.",
                high=A_DAY,
            ),
            _minutes("not_before", "Not before", "A break earlier than this does not count."),
            Parameter(
                "needs_planned_breaks",
                YES_NO,
                "Breaks inside a call",
                "Breaks must be planned in the call; where none are, the rule is not checked.",
                default=False,
            ),
        ),
    ),
    RuleKind(
        "gap",
        "Time between calls",
        "Between a call and the next one the same day there is enough time, and not too much.",
        (
            _kinds("from", "After", "Kinds of the earlier call.", required=True),
            _kinds("to", "Before", "Kinds of the next call.", required=True),
            _minutes("min", "At least", "Shortest time between them."),
            _minutes("max", "At most", "Longest time between them."),
            Parameter(
                "to_point",
                CHOICE,
                "Up to",
                "The half-hour call or curtain up.",
                default="call",
                choices=(("call", "the call (half hour)"), ("curtain_up", "curtain up")),
            ),
            _minutes("except_from_max_work", "Not after calls up to", "Shorter calls need no time between."),
        ),
    ),
    RuleKind(
        "day_off",
        "Days off in the week",
        "Each whole week has enough days off.",
        (
            Parameter(
                "definition",
                CHOICE,
                "A day off is",
                "What the agreement calls a day off.",
                required=True,
                choices=(
                    ("workday_free", "a working day without a call"),
                    ("calendar_free", "midnight to midnight without work"),
                    ("hours_free", "so many hours free in one stretch"),
                ),
            ),
            _count("hours", "Hours free", "Length of the free stretch.", "hours", low=24, high=168),
            _count("min_days", "At least", "Days off in a week.", "days", required=True, high=7),
            Parameter("counts_travel", YES_NO, "Travel is work", "A travel day is no day off.", default=True),
        ),
    ),
    RuleKind(
        "max_consecutive_days",
        "Days in a row",
        "Nobody works more than so many days in a row.",
        (_count("max", "At most", "Days in a row.", "days", required=True), _kinds()),
    ),
    RuleKind(
        "max_count",
        "Number of calls",
        "Not more than so many of these calls.",
        (
            _window("workday", "week", "rolling_days", "engagement"),
            _ROLLING,
            _kinds(),
            _count("max", "At most", "How many calls.", "calls", required=True, low=0, high=1000),
        ),
    ),
    RuleKind(
        "min_call",
        "Minimum call",
        "A call is not shorter than this, or is paid as if it were that long.",
        (
            _kinds(),
            _minutes("min", "At least", "Shortest call.", required=True, low=1),
            _minutes("new_call_gap", "New call after", "A gap this long makes it a new call.", default=0),
            Parameter("tiers", TABLES, "Called again", "Other minimums after a shorter gap.", fields=_TIER),
        ),
    ),
    RuleKind(
        "time_window",
        "Earliest and latest time",
        "Nobody is called before the earliest or kept after the latest time.",
        (
            Parameter("earliest", CLOCK, "Earliest", "First start of the day."),
            Parameter("latest", CLOCK, "Latest", "Last end; 24:30 is half past midnight."),
            Parameter(
                "latest_before_school_day", CLOCK, "Latest before school", "Last end before a school day."
            ),
            _kinds(),
        ),
    ),
    RuleKind(
        "forbidden",
        "Not on such days",
        "These calls do not fall on such a day.",
        (
            _kinds(required=True, help="The kinds of call this rule looks at."),
            Parameter("on", CHOICE, "Not on", "The day it is about.", required=True, choices=FORBIDDEN_ON),
            Parameter("dates", DATES, "Dates", "The dates, where certain dates are meant."),
            _minutes("minutes", "Travel over", "How much travel, where long travel is meant."),
        ),
    ),
    RuleKind(
        "notice",
        "Notice of a call",
        "The call was posted early enough.",
        (
            _kinds(),
            _minutes("min", "At least", "From posting to start.", high=A_YEAR),
            Parameter("by", CLOCK, "By", "Clock time of the day before."),
            Parameter(
                "target",
                CHOICE,
                "Notice of",
                "What is announced.",
                default="call",
                choices=(("call", "a call"), ("change", "a change of a call"), ("milestone", "a date")),
            ),
            Parameter("milestone", MILESTONE, "Milestone", "The date, where one is announced."),
            Parameter(
                "monday_counts_as_week",
                YES_NO,
                "Monday counts as a week",
                "A notice posted by Monday night counts as a full week.",
                default=False,
            ),
        ),
    ),
    RuleKind(
        "allowance",
        "Allowance",
        "So much of these calls counts nowhere else; the rest is added where a rule asks for it.",
        (
            _window("workday", "week", "engagement"),
            _kinds(required=True, help="The kinds of call this rule looks at."),
            _minutes("exempt", "Free", "Minutes that count nowhere else.", required=True, high=A_YEAR),
            _minutes("cap", "At most in all", "Longest total.", high=A_YEAR),
            Parameter(
                "cap_window",
                CHOICE,
                "Total over",
                "The span of that total.",
                choices=tuple(one for one in WINDOWS if one[0] in ("workday", "week", "engagement")),
            ),
        ),
    ),
    RuleKind(
        "average_limit",
        "Average week",
        "Over any run of weeks the average week stays within a limit.",
        (
            _count("weeks", "Over", "Weeks that are averaged.", "weeks", required=True, high=52),
            _minutes("max", "At most", "Average week.", required=True, high=A_WEEK),
            _kinds(),
            Parameter(
                "leave_weeks",
                CHOICE,
                "Weeks of leave",
                "Whether weeks of leave are left out or count as nothing.",
                default="skip",
                choices=(("skip", "are left out"), ("zero", "count as no hours")),
            ),
        ),
    ),
    RuleKind(
        "premium",
        "Overtime",
        "Not a breach: time over a threshold, in units, for the cost report.",
        (
            _window("call", "workday", "week"),
            _kinds(),
            _minutes("threshold", "Over", "Minutes before overtime begins.", default=0, high=A_WEEK),
            _minutes("increment", "In units of", "Rounded up to whole units.", default=1, low=1),
            Parameter("multiplier", NUMBER, "Times the rate", "1.5 is time and a half.", high=20),
            Parameter("clock", CLOCK_SPAN, "Only between", "Clock times such as 00:00-08:00."),
        ),
        severity="premium",
    ),
    RuleKind(
        "engagement_window",
        "Length of the engagement",
        "From the first to the last working day it is neither too long nor too short.",
        (
            _count("max_days", "At most days", "Days, first and last included.", "days", high=3660),
            _count("min_weeks", "At least weeks", "Weeks.", "weeks", high=520),
            _count("max_weeks", "At most weeks", "Weeks.", "weeks", high=520),
            Parameter("from", MILESTONE, "From", "Counted from this date; else from the first call."),
            Parameter("to", MILESTONE, "To", "Counted to this date; else to the last call."),
        ),
    ),
    RuleKind(
        "overlap",
        "Two calls at once",
        "Nobody is called to two places at once, nor without time to travel.",
        (
            _kinds(),
            _minutes("travel_minutes", "Travel", "Time needed between calls at different venues."),
        ),
    ),
)

RULE_KINDS: Mapping[str, RuleKind] = {kind.code: kind for kind in _KINDS_OF_RULE}
"""The eighteen kinds by code."""
