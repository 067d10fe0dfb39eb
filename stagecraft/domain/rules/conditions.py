"""Conditions of rules: does this day, this window, this person fall under the rule? True, False or Missing.

Conditions on the day (milestones, number of performances, school) filter days: a weekly rule sums only the calls of
days that satisfy them. Conditions on the window (`week_has_performance`, `cast_size`, `age`, `role`) decide about
the whole of it. A fact nobody has recorded makes the answer Missing, never True or False.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stagecraft.domain.rules.facts import Facts
from stagecraft.domain.rules.timeline import Timeline, date_at, day_number, plain_kind, week_of


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that must be known first, in words: "no cast size recorded"."""

    words: str


Verdict = bool | Missing

NO_SCHOOL_DAYS = Missing("no school days recorded")
NO_BREAKS = Missing("no planned breaks recorded")
NO_POSTING = Missing("no posting time recorded")
NO_AGE = Missing("no age recorded")
NO_CAST_SIZE = Missing("no cast size recorded")
NO_ROLE = Missing("no role recorded")


def both(one: Verdict, other: Verdict) -> Verdict:
    """And: what is surely false stays false, whatever is missing."""
    if one is False or other is False:
        return False
    return other if one is True else one


def negated(one: Verdict) -> Verdict:
    """Not: what is missing stays missing."""
    return one if isinstance(one, Missing) else not one


@dataclass(frozen=True, slots=True)
class Sight:
    """What conditions look at: the person's calls, the facts, and the first day of the week."""

    timeline: Timeline
    facts: Facts
    week_start: int


def milestone(facts: Facts, name: str) -> int | Missing:
    """The day of a milestone; a date may stand in its place."""
    found = facts.milestones.get(name)
    if found is None:
        try:
            found = date.fromisoformat(name)
        except ValueError:
            return Missing(f"no date of {name} recorded")
    return day_number(found)


# --- on the day --------------------------------------------------------------------------------------------


def _before(value: Any, sight: Sight, day: int) -> Verdict:
    at = milestone(sight.facts, str(value))
    return at if isinstance(at, Missing) else day < at


def _days_before(value: Any, sight: Sight, day: int) -> Verdict:
    at = milestone(sight.facts, str(value["milestone"]))
    return at if isinstance(at, Missing) else at - int(value["days"]) <= day < at


def _days_after(value: Any, sight: Sight, day: int) -> Verdict:
    at = milestone(sight.facts, str(value["milestone"]))
    return at if isinstance(at, Missing) else day >= at + int(value["days"])


def _performances_on_day(value: Any, sight: Sight, day: int) -> Verdict:
    return sight.timeline.count(day) in (value if isinstance(value, (list, tuple)) else (value,))


def _student_matinee(sight: Sight, day: int) -> bool:
    return any(
        "student" in plain_kind(word)
        for block in sight.timeline.on(day)
        for word in (block.call.kind, *block.call.tags)
    )


def school_day(facts: Facts, day: int) -> Verdict:
    """Whether the person has school on that day."""
    if facts.school_days is None:
        return NO_SCHOOL_DAYS
    return date_at(day) in facts.school_days


DAY_CONDITIONS: dict[str, Callable[[Any, Sight, int], Verdict]] = {
    "before": _before,
    "from": lambda value, sight, day: negated(_before(value, sight, day)),
    "days_before": _days_before,
    "not_days_before": lambda value, sight, day: negated(_days_before(value, sight, day)),
    "days_after": _days_after,
    "performances_on_day": _performances_on_day,
    "not_student_matinee": lambda value, sight, day: _student_matinee(sight, day) is not bool(value),
    "school_day": lambda value, sight, day: (
        verdict if isinstance(verdict := school_day(sight.facts, day), Missing) else verdict is bool(value)
    ),
}
"""Each takes the value, what is known, and the day. `days_before` never holds on the milestone's own day."""


# --- on the window -----------------------------------------------------------------------------------------


def _week_has_performance(value: Any, sight: Sight, first: int, last: int) -> Verdict:
    week = week_of(first, sight.week_start)
    return any(sight.timeline.count(day) for day in range(week, week + 7)) is bool(value)


def within(number: int, bounds: Any) -> bool:
    """Inside [lowest, highest], both inclusive, None for open."""
    lowest, highest = bounds
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)


def _cast_size(value: Any, sight: Sight, first: int, last: int) -> Verdict:
    size = sight.facts.cast_size
    return NO_CAST_SIZE if size is None else within(size, value)


def age_on(facts: Facts, day: int) -> int | None:
    """Whole years on that day, from the birthday where there is one."""
    if facts.birthday is None:
        return facts.age
    today = date_at(day)
    had = (today.month, today.day) >= (facts.birthday.month, facts.birthday.day)
    return today.year - facts.birthday.year - (0 if had else 1)


def _age(value: Any, sight: Sight, first: int, last: int) -> Verdict:
    age = age_on(sight.facts, first)
    return NO_AGE if age is None else within(age, value)


def _role(value: Any, sight: Sight, first: int, last: int) -> Verdict:
    if sight.facts.roles is None:
        return NO_ROLE
    asked = (value,) if isinstance(value, str) else value
    return not sight.facts.roles.isdisjoint(asked)


WINDOW_CONDITIONS: dict[str, Callable[[Any, Sight, int, int], Verdict]] = {
    "week_has_performance": _week_has_performance,
    "cast_size": _cast_size,
    "age": _age,
    "role": _role,
    "roles": _role,
}
"""Each takes the value, what is known, and first and last day; the age and the week are those of the first."""


class Conditions:
    """Conditions of one rule (or of one of its alternatives) for one person; all of them must hold."""

    def __init__(self, sight: Sight, *asked: Mapping[str, Any]) -> None:
        self._sight = sight
        self._on_day: list[tuple[Callable[[Any, Sight, int], Verdict], Any]] = []
        self._on_window: list[tuple[Callable[[Any, Sight, int, int], Verdict], Any]] = []
        self._unknown: Verdict = True
        self._days: dict[int, Verdict] = {}
        for name, value in (item for one in asked for item in one.items()):
            if name in DAY_CONDITIONS:
                self._on_day.append((DAY_CONDITIONS[name], value))
            elif name in WINDOW_CONDITIONS:
                self._on_window.append((WINDOW_CONDITIONS[name], value))
            else:
                self._unknown = Missing(f"condition {name} unknown")

    @property
    def filters(self) -> bool:
        """Some days may fall out."""
        return bool(self._on_day)

    def day(self, day: int) -> Verdict:
        """Does the day satisfy the conditions on days?"""
        if not self._on_day:
            return True
        found = self._days.get(day)
        if found is None:
            found = True
            for test, value in self._on_day:
                found = both(found, test(value, self._sight, day))
            self._days[day] = found
        return found

    def window(self, first: int, last: int) -> Verdict:
        """Does the window from `first` to `last` satisfy the others?"""
        found = self._unknown
        for test, value in self._on_window:
            found = both(found, test(value, self._sight, first, last))
        return found

    def on(self, day: int) -> Verdict:
        """All of them, for a rule that looks at one day."""
        if not self._on_window and self._unknown is True:
            return self.day(day)
        return both(self.window(day, day), self.day(day))
