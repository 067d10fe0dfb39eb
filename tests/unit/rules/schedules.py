"""Small schedules for tests of work rules: calls of September 2026 in New York by day and hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stagecraft.domain.rules.calls import Break, PersonCalls, RuleCall
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.facts import Facts
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.times import to_instant, wall

ZONE = "America/New_York"


def call(kind, day, start, end, number=None, **more):
    """A call on that day of September 2026; hours may be fractions and run past 24."""
    first = wall(date(2026, 9, day), round(start * 60))
    last = wall(date(2026, 9, day), round(end * 60))
    return RuleCall(
        number if number is not None else f"{kind}-{day}-{start}",
        kind,
        to_instant(first, ZONE),
        to_instant(last, ZONE),
        first,
        last,
        zone=ZONE,
        **more,
    )


def person(*calls, name="Ana"):
    return PersonCalls("A", name, tuple(sorted(calls, key=lambda one: one.starts_at)))


def pack(*rules, **more):
    return Pack("p", "The pack", rules=rules, **more)


def rule(kind, params, **more):
    return Rule(more.pop("id", kind), kind, params=params, **more)


def judged(calls, *rules, facts=None, approvals=(), span=None, **more):
    """What those rules say about one person with those calls."""
    return check(person(*calls), [Attachment(pack(*rules, **more), facts or Facts())], approvals, span)


def told(findings):
    return [(one.rule, one.anchor, one.measured, one.limit, one.severity) for one in findings]


def measured(calls, *rules, **more):
    """Anchor and measured of what the first rule says."""
    return [(one.anchor, one.measured) for one in judged(calls, *rules, **more) if one.rule == rules[0].id]


def at(day, hour):
    """The instant of that hour of a day of September."""
    return to_instant(wall(date(2026, 9, day), round(hour * 60)), ZONE)


def show(day, up, down, **more):
    """A performance from its half-hour call to curtain down."""
    half = call("performance", day, up - 0.5, down, **more)
    return replace(half, curtain_at=half.starts_at + 30, curtain_wall=half.starts_wall + 30)


def planned(one, *breaks):
    """The call with planned breaks: kind, first and last hour."""
    first = one.starts_at - one.starts_wall % 1440
    made = tuple(Break(kind, first + round(a * 60), first + round(b * 60)) for kind, a, b in breaks)
    return replace(one, breaks=made)
