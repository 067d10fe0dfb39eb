"""What can be set on a rule: for each kind of rule its parameters, and the conditions of `when` and `applies`.

One table drives both: `parameter_values` refuses what does not fit it, and the form of the pack editor is built from
it. What a kind means is in `kinds/`; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping

from stagecraft.domain.rules.kind_parameters import FORBIDDEN_ON, KINDS_OF_RULE
from stagecraft.domain.rules.parameter_types import (
    A_DAY,
    A_WEEK,
    A_YEAR,
    AROUND,
    CHOICE,
    CLOCK,
    CLOCK_SPAN,
    CONDITIONS_TYPE,
    COUNT,
    COUNTS,
    DATES,
    KIND_WORDS,
    KINDS,
    MILESTONE,
    MILESTONE_WORDS,
    MINUTES,
    MINUTES_BY_KIND,
    NUMBER,
    RANGE,
    ROLE_WORDS,
    ROLES,
    RULES,
    TABLE,
    TABLES,
    TEXT,
    WINDOWS,
    YES_NO,
    Condition,
    Parameter,
    RuleKind,
)

__all__ = [
    "A_DAY",
    "A_WEEK",
    "A_YEAR",
    "CHOICE",
    "CLOCK",
    "CLOCK_SPAN",
    "CONDITIONS",
    "CONDITIONS_TYPE",
    "COUNT",
    "COUNTS",
    "DATES",
    "FORBIDDEN_ON",
    "KINDS",
    "KIND_WORDS",
    "MILESTONE",
    "MILESTONE_WORDS",
    "MINUTES",
    "MINUTES_BY_KIND",
    "NUMBER",
    "RANGE",
    "ROLES",
    "ROLE_WORDS",
    "RULES",
    "RULE_KINDS",
    "TABLE",
    "TABLES",
    "TEXT",
    "WINDOWS",
    "YES_NO",
    "Condition",
    "Parameter",
    "RuleKind",
]

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
                fields=AROUND,
            )
        ),
        Condition(
            Parameter(
                "not_days_before",
                TABLE,
                "Not in the days before",
                "Not in so many days before a date.",
                fields=AROUND,
            )
        ),
        Condition(
            Parameter(
                "days_after", TABLE, "From days after", "From so many days after a date on.", fields=AROUND
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

RULE_KINDS: Mapping[str, RuleKind] = {kind.code: kind for kind in KINDS_OF_RULE}
"""The eighteen kinds by code."""
