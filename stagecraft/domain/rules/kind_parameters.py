"""The parameters of each kind of rule, in the order in which a form asks for them. What a kind means is in `kinds/`."""

from __future__ import annotations

from stagecraft.domain.rules.parameter_types import (
    A_DAY,
    A_WEEK,
    A_YEAR,
    CHOICE,
    CLOCK,
    CLOCK_SPAN,
    CONDITIONS_TYPE,
    DATES,
    MILESTONE,
    MINUTES_BY_KIND,
    NUMBER,
    ROLLING,
    RULES,
    TABLE,
    TABLES,
    TEXT,
    THE_MILESTONE,
    WEEK_START,
    WINDOWS,
    YES_NO,
    Parameter,
    RuleKind,
    count,
    kinds,
    minutes,
    window,
)

_BRIDGE = minutes("bridge", "Short gaps count up to", "A gap shorter than this counts as work.", default=0)

_SPAN_ALTERNATIVE = (
    minutes("work", "Work up to", "Hours worked; left out means no limit.", high=2 * A_DAY),
    minutes("span", "Within", "From first start to last end; left out means no limit.", high=2 * A_DAY),
    Parameter("label", TEXT, "Called", "What people call it, such as “10 out of 12”."),
    Parameter(
        "extended", YES_NO, "Counted as an extended day", "A quota of extended days counts it.", default=False
    ),
    Parameter("when", CONDITIONS_TYPE, "Only when", "Conditions under which this choice is open."),
)

_BREAK_ALTERNATIVE = (
    minutes("work", "After at most", "Longest stretch of work.", required=True),
    minutes("break", "A break of", "Shortest break that ends the stretch.", required=True, low=1),
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
    minutes("add", "Add", "Added to the limit; below zero shortens it.", required=True, low=-A_DAY),
)

_TIER = (
    minutes("gap", "After a gap up to", "Called again within this time.", required=True, low=1),
    minutes("min", "At least", "Shortest call then.", required=True, low=1),
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

KINDS_OF_RULE = (
    RuleKind(
        "max_total",
        "Most hours",
        "The hours of these calls, added up, stay within a limit.",
        (
            window("call", "workday", "week", "rolling_days", "engagement"),
            ROLLING,
            kinds(),
            minutes("max", "At most", "Longest total.", required=True, high=A_YEAR),
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
            WEEK_START,
        ),
    ),
    RuleKind(
        "work_in_span",
        "Hours within a span",
        "The day fits at least one of these choices of hours worked within a span.",
        (
            kinds(),
            kinds("span_kinds", "Span over", "The kinds of call the span runs over; none means the same."),
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
            THE_MILESTONE,
            count("within_days", "Within", "So many days before it.", "days", required=True),
            count("max_days", "At most", "How many extended days.", "days", required=True, low=0),
        ),
    ),
    RuleKind(
        "min_rest",
        "Rest overnight",
        "From the end of one working day to the start of the next there is enough rest.",
        (
            minutes("min", "At least", "Shortest rest.", required=True, low=1, high=4 * A_DAY),
            kinds(),
            Parameter(
                "day_mode",
                CHOICE,
                "Between",
                "What counts as one stretch of work.",
                default="workday",
                choices=(("workday", "working days"), ("gap", "stretches parted by a gap")),
            ),
            minutes("split_gap", "Parted by", "A gap this long ends a stretch of work.", low=1),
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
            kinds(),
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
            minutes("not_before", "Not before", "A break earlier than this does not count."),
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
            kinds("from", "After", "Kinds of the earlier call.", required=True),
            kinds("to", "Before", "Kinds of the next call.", required=True),
            minutes("min", "At least", "Shortest time between them."),
            minutes("max", "At most", "Longest time between them."),
            Parameter(
                "to_point",
                CHOICE,
                "Up to",
                "The half-hour call or curtain up.",
                default="call",
                choices=(("call", "the call (half hour)"), ("curtain_up", "curtain up")),
            ),
            minutes("except_from_max_work", "Not after calls up to", "Shorter calls need no time between."),
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
            count("hours", "Hours free", "Length of the free stretch.", "hours", low=24, high=168),
            count("min_days", "At least", "Days off in a week.", "days", required=True, high=7),
            Parameter("counts_travel", YES_NO, "Travel is work", "A travel day is no day off.", default=True),
            WEEK_START,
        ),
    ),
    RuleKind(
        "max_consecutive_days",
        "Days in a row",
        "Nobody works more than so many days in a row.",
        (count("max", "At most", "Days in a row.", "days", required=True), kinds()),
    ),
    RuleKind(
        "max_count",
        "Number of calls",
        "Not more than so many of these calls.",
        (
            window("workday", "week", "rolling_days", "engagement"),
            ROLLING,
            kinds(),
            count("max", "At most", "How many calls.", "calls", required=True, low=0, high=1000),
            WEEK_START,
        ),
    ),
    RuleKind(
        "min_call",
        "Minimum call",
        "A call is not shorter than this, or is paid as if it were that long.",
        (
            kinds(),
            minutes("min", "At least", "Shortest call.", required=True, low=1),
            minutes("new_call_gap", "New call after", "A gap this long makes it a new call.", default=0),
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
            kinds(),
        ),
    ),
    RuleKind(
        "forbidden",
        "Not on such days",
        "These calls do not fall on such a day.",
        (
            kinds(required=True, help="The kinds of call this rule looks at."),
            Parameter("on", CHOICE, "Not on", "The day it is about.", required=True, choices=FORBIDDEN_ON),
            Parameter("dates", DATES, "Dates", "The dates, where certain dates are meant."),
            minutes("minutes", "Travel over", "How much travel, where long travel is meant."),
        ),
    ),
    RuleKind(
        "notice",
        "Notice of a call",
        "The call was posted early enough.",
        (
            kinds(),
            minutes("min", "At least", "From posting to start.", high=A_YEAR),
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
            window("workday", "week", "engagement"),
            kinds(required=True, help="The kinds of call this rule looks at."),
            minutes("exempt", "Free", "Minutes that count nowhere else.", required=True, high=A_YEAR),
            minutes("cap", "At most in all", "Longest total.", high=A_YEAR),
            Parameter(
                "cap_window",
                CHOICE,
                "Total over",
                "The span of that total.",
                choices=tuple(one for one in WINDOWS if one[0] in ("workday", "week", "engagement")),
            ),
            WEEK_START,
        ),
    ),
    RuleKind(
        "average_limit",
        "Average week",
        "Over any run of weeks the average week stays within a limit.",
        (
            count("weeks", "Over", "Weeks that are averaged.", "weeks", required=True, high=52),
            minutes("max", "At most", "Average week.", required=True, high=A_WEEK),
            kinds(),
            Parameter(
                "leave_weeks",
                CHOICE,
                "Weeks of leave",
                "Whether weeks of leave are left out or count as nothing.",
                default="skip",
                choices=(("skip", "are left out"), ("zero", "count as no hours")),
            ),
            WEEK_START,
        ),
    ),
    RuleKind(
        "premium",
        "Overtime",
        "Not a breach: time over a threshold, in units, for the cost report.",
        (
            window("call", "workday", "week"),
            kinds(),
            minutes("threshold", "Over", "Minutes before overtime begins.", default=0, high=A_WEEK),
            minutes("increment", "In units of", "Rounded up to whole units.", default=1, low=1),
            Parameter("multiplier", NUMBER, "Times the rate", "1.5 is time and a half.", high=20),
            Parameter("clock", CLOCK_SPAN, "Only between", "Clock times such as 00:00-08:00."),
            WEEK_START,
        ),
        severity="premium",
    ),
    RuleKind(
        "engagement_window",
        "Length of the engagement",
        "From the first to the last working day it is neither too long nor too short.",
        (
            count("max_days", "At most days", "Days, first and last included.", "days", high=3660),
            count("min_weeks", "At least weeks", "Weeks.", "weeks", high=520),
            count("max_weeks", "At most weeks", "Weeks.", "weeks", high=520),
            Parameter("from", MILESTONE, "From", "Counted from this date; else from the first call."),
            Parameter("to", MILESTONE, "To", "Counted to this date; else to the last call."),
        ),
    ),
    RuleKind(
        "overlap",
        "Two calls at once",
        "Nobody is called to two places at once, nor without time to travel.",
        (
            kinds(),
            minutes("travel_minutes", "Travel", "Time needed between calls at different venues."),
        ),
    ),
)
