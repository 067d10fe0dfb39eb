"""A second opinion on work rules: slow, minute by minute, written from the text of the agreements alone.

It shares the plain values (calls, packs, facts) with the program and none of its reckoning. `said` gives for each
finding rule, anchor, measured, limit and severity. What each kind of rule means is in `rules_oracle_kinds`.
"""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1)
ONE = timedelta(days=1)
WHOLE = ("week_has_performance", "cast_size", "age", "roles", "role")
NAMED = ("kinds", "span_kinds", "from", "to", "extend_by_kind")


def said(person, attachments, approvals=()):
    """Everything that is not a pass, as sorted tuples."""
    from rules_oracle_kinds import KINDS

    found = []
    for attachment in attachments:
        for rule in attachment.pack.rules:
            if rule.enabled:
                view = View(person, attachment, approvals, rule)
                if view.calls and rule.kind in KINDS:
                    KINDS[rule.kind](view)
                elif view.calls:
                    first, last = view.day(view.calls[0]), view.day(view.calls[-1])
                    view.missing(f"kind {rule.kind} unknown", first.isoformat(), None, first, last)
                found += view.found
    return sorted(found, key=repr)


@functools.cache
def wall_of(instant, zone):
    """What the clock shows at an instant."""
    shown = datetime.fromtimestamp(instant * 60, UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return int((shown - EPOCH).total_seconds()) // 60


def instant_of(wall, zone):
    """The instant at which the clock shows this, for the first time."""
    at = (EPOCH + timedelta(minutes=wall)).replace(tzinfo=ZoneInfo(zone))
    return int(at.astimezone(UTC).timestamp()) // 60


def day_of(wall):
    return date(1970, 1, 1) + timedelta(days=wall // 1440)


def wall_at(day, minute=0):
    return (day - date(1970, 1, 1)).days * 1440 + minute


def local(wall):
    return (EPOCH + timedelta(minutes=wall)).isoformat(timespec="minutes")


def clock(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def clock_text(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


def plain(value):
    return tuple(value) if isinstance(value, (list, tuple)) else value


def minutes(call):
    """The minutes somebody works in a call: all but planned meals."""
    eaten = {at for one in call.breaks or () if one.kind == "meal" for at in range(one.starts_at, one.ends_at)}
    return set(range(call.starts_at, call.ends_at)) - eaten


def together(calls):
    """The minutes worked in any of these calls."""
    return {at for call in calls for at in minutes(call)}


def holes(worked):
    """Runs of minutes without work between the first and the last worked minute, as (start, end)."""
    order = sorted(worked)
    return [(a + 1, b) for a, b in pairwise(order) if b > a + 1]


def bridged(worked, bridge):
    """The same with gaps shorter than the bridge taken for work."""
    filled = set(worked)
    for start, end in holes(worked):
        if end - start < bridge:
            filled |= set(range(start, end))
    return filled


class View:
    """One rule, one person, one pack: the calls it looks at and what it has said."""

    def __init__(self, person, attachment, approvals, rule):
        self.rule, self.pack, self.facts = rule, attachment.pack, attachment.facts
        self.found = []
        self.cut = self.pack.defaults.day_cut
        self.approvals = [
            one
            for one in approvals
            if one.rule == rule.id
            and one.person in (None, person.person)
            and one.production in (None, self.facts.production)
        ]
        self.calls = []
        term = self.facts.engagement
        for call in sorted(person.calls, key=lambda one: (one.starts_at, one.ends_at, str(one.id))):
            day = day_of(call.starts_wall - self.cut)
            if (term[0] and day < term[0]) or (term[1] and day > term[1]):
                continue
            if rule.scope == "production" and call.production != self.facts.production:
                continue
            self.calls.append(call)
        self.number, self.days = self._periods()

    def _periods(self):
        """For each call the number and the day of its working day: a workday, or a stretch ended by a long gap."""
        split = self.rule.params.get("split_gap") or self.pack.defaults.split_gap
        mode = self.rule.params.get("day_mode")
        number, days = {}, {}
        if mode == "workday" or not split:
            for call in self.calls:
                days[id(call)] = day_of(call.starts_wall - self.cut)
                number[id(call)] = days[id(call)]
            return number, days
        at, until, day = 0, None, None
        for call in self.calls:
            if until is None or call.starts_at - until >= split:
                at, day = at + 1, day_of(call.starts_wall - self.cut)
            until = call.ends_at if until is None else max(until, call.ends_at)
            number[id(call)], days[id(call)] = at, day
        return number, days

    def day(self, call):
        return self.days[id(call)]

    def planned(self):
        """First and last planned day: the horizon, or the calls there are, inside the engagement."""
        days = [self.day(one) for one in self.calls]
        start, end = self.facts.horizon or (min(days), max(days))
        term = self.facts.engagement
        return max(start, term[0] or start), min(end, term[1] or end)

    # --- which calls ---

    def selects(self, kinds, call):
        if kinds is None or call.kind in kinds:
            return True
        return bool(call.counts_as) and call.counts_as in kinds and call.kind not in self._kinds_with_own_rule()

    def _kinds_with_own_rule(self):
        own = set()
        for rule in self.pack.rules:
            for params in (rule.params, *(one.params for one in rule.values)) if rule.enabled else ():
                for name in NAMED:
                    value = params.get(name) or ()
                    own |= set(value) if not isinstance(value, str) else set()
        return own

    def chosen(self, kinds):
        return [call for call in self.calls if self.selects(kinds, call)]

    def performances(self, day):
        return sum(1 for call in self.chosen(["performance"]) if self.day(call) == day)

    # --- windows: anchor, first day, last day, calls ---

    def working_days(self, calls):
        groups = {}
        for call in calls:
            groups.setdefault(self.number[id(call)], []).append(call)
        return [(self.day(some[0]), some) for some in groups.values()]

    def week(self, day, rule=None):
        starts = (rule or self.rule).params.get("week_start", self.pack.defaults.week_start)
        while day.weekday() != starts:
            day -= ONE
        return day

    def windows(self, window, calls, length=0, rule=None):
        if window == "call":
            return [(local(one.starts_wall), self.day(one), self.day(one), [one]) for one in calls]
        if window == "workday":
            return [(day.isoformat(), day, day, some) for day, some in self.working_days(calls)]
        days = sorted({self.day(call) for call in calls})
        if window == "engagement":
            return [(days[0].isoformat(), days[0], days[-1], calls)] if days else []
        spans = [(day, day, day) for day in days]
        if window == "week":
            spans = [(week, week + 6 * ONE, week) for week in sorted({self.week(day, rule) for day in days})]
        elif window == "rolling_days":
            spans = [(day - (length - 1) * ONE, day, day) for day in days]
        return [
            (anchor.isoformat(), first, last, [one for one in calls if first <= self.day(one) <= last])
            for first, last, anchor in spans
        ]

    # --- conditions: True, False, or what is missing in words ---

    def holds(self, conditions, day):
        """All of them, three-valued: what is known to fail wins over what is missing."""
        values = [self._one(name, value, day) for name, value in conditions.items()]
        if False in values:
            return False
        return next((value for value in values if value is not True), True)

    def _one(self, name, value, day):
        facts = self.facts
        if name in ("days_before", "not_days_before", "days_after", "from", "before"):
            milestone = value if isinstance(value, str) else value["milestone"]
            when = facts.milestones.get(milestone)
            if when is None:
                return f"no date of {milestone} recorded"
            if name == "from":
                return day >= when
            if name == "before":
                return day < when
            if name == "days_after":
                return day >= when + value["days"] * ONE
            inside = when - value["days"] * ONE <= day < when
            return inside if name == "days_before" else not inside
        if name == "performances_on_day":
            return self.performances(day) in value
        if name == "not_student_matinee":
            return not any("student_matinee" in one.tags for one in self.calls if self.day(one) == day)
        if name == "week_has_performance":
            week = self.week(day)
            return any(self.performances(week + n * ONE) for n in range(7)) == value
        if name == "cast_size":
            return within(facts.cast_size, value, "no cast size recorded")
        if name == "age":
            return within(self.age(day), value, "no age recorded")
        if name == "school_day":
            return (
                "no school days recorded" if facts.school_days is None else (day in facts.school_days) == value
            )
        if name == "roles":
            return "no role recorded" if facts.roles is None else bool(facts.roles & set(value))
        raise AssertionError(name)

    def age(self, day):
        born = self.facts.birthday
        if born is None:
            return self.facts.age
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def counted(self, first, calls):
        """The calls of a window on days on which the rule holds, or what is missing to know them."""
        whole, daily = {}, {}
        for name, value in {**self.rule.applies, **self.rule.when}.items():
            (whole if name in WHOLE else daily)[name] = value
        decided = self.holds(whole, first)
        if decided is False:
            return [], None
        states = [(call, self.holds(daily, self.day(call))) for call in calls]
        lacking = [state for _, state in states if isinstance(state, str)]
        kept = [call for call, state in states if state is True]
        if isinstance(decided, str) and (kept or lacking):
            return [], decided
        return (kept, None) if not lacking else ([], lacking[0])

    # --- values and words ---

    def params(self, day):
        """The parameters in force on a day: the rule's, the dated ones, the voted ones."""
        params = dict(self.rule.params)
        for one in sorted(self.rule.values, key=lambda one: one.starts_on):
            if one.starts_on <= day:
                params |= one.params
        for one in self.approvals:
            if one.sets and in_force(one, day, day):
                params |= one.sets
        return params

    def tell(self, anchor, measured, limit, first, last, severity=None):
        if any((one.waive or one.exception) and in_force(one, first, last) for one in self.approvals):
            severity = "information"
        usual = "premium" if self.rule.kind == "premium" else self.rule.severity
        self.found.append((self.rule.id, anchor, plain(measured), plain(limit), severity or usual))

    def missing(self, words, anchor, limit, first, last):
        if not any((one.waive or one.exception) and in_force(one, first, last) for one in self.approvals):
            self.found.append((self.rule.id, anchor, words, plain(limit), "not_evaluated"))

    def judged_windows(self, window, calls, limit="max"):
        """Windows with calls that count; those with a missing fact are said at once."""
        length = self.rule.params.get("rolling_days", 0)
        for anchor, first, last, some in self.windows(window, calls, length):
            kept, lacking = self.counted(first, some)
            if lacking:
                where = first.isoformat() if window == "call" else anchor
                self.missing(lacking, where, self.params(first).get(limit), first, last)
            elif kept and (window != "rolling_days" or any(self.day(one) == last for one in kept)):
                # Of an engagement the days that count are the window.
                counted = [self.day(one) for one in kept]
                lo, hi = (min(counted), max(counted)) if window == "engagement" else (first, last)
                yield lo.isoformat() if window == "engagement" else anchor, lo, hi, kept


def in_force(approval, first, last):
    return not (
        (approval.ends_on and approval.ends_on < first) or (approval.starts_on and approval.starts_on > last)
    )


def within(value, bounds, words):
    if value is None:
        return words
    low, high = bounds
    return (low is None or value >= low) and (high is None or value <= high)
