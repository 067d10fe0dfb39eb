"""Random schedules and facts for rules: several shows, split calls, midnights and clock changes, on a grid of minutes.

A limit is mostly aimed at: first the oracle tells what it measures, then a limit is drawn at, just under or just over
one of those values, so that "exactly at the limit" happens often.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from rules_oracle import instant_of, local, said, wall_at, wall_of

from stagecraft.domain.rules.calls import Break, PersonCalls, Posting, RuleCall
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.packs import DatedParams, Defaults, Pack, Rule

MANY, NO_SHRINK = "STAGECRAFT_RULE_EXAMPLES", "STAGECRAFT_RULE_FIRST_FAILURE"
PHASES = (
    (Phase.explicit, Phase.generate)
    if NO_SHRINK in os.environ
    else (Phase.explicit, Phase.generate, Phase.shrink)
)
EXAMPLES = int(os.environ.get(MANY, "60"))
examples = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=MANY not in os.environ,
    database=None,
    phases=PHASES,
    suppress_health_check=list(HealthCheck),
)
"""How often each property is tried: the same few in every run, or as many new ones as the variable says."""

ONE = timedelta(days=1)
CLOCK_CHANGES = {
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Europe/London": (date(2026, 3, 29), date(2026, 10, 25)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
}
KINDS = ("rehearsal", "tech", "performance", "fitting", "travel", "music")
COUNTS_AS = {"music": "rehearsal", "reading": "performance"}
SHOWS = ("HIT", "OWL")
MILESTONE = "first_public"


@dataclass(frozen=True)
class Schedule:
    """A person's calls around a clock change, with the day they begin on and how long they may last."""

    person: PersonCalls
    zone: str
    first: date
    days: int


@st.composite
def schedules(draw, days=8, most=10, kinds=KINDS, least=1, lengths=(1, 40), busy=0.0):
    """Calls on a grid of 5, 15 or 30 minutes; `busy` days have work every day, for rules about rows of days."""
    zone = draw(st.sampled_from(sorted(CLOCK_CHANGES)))
    change = draw(st.sampled_from(CLOCK_CHANGES[zone]))
    first = change - draw(st.integers(0, min(days, 9))) * ONE
    grid = draw(st.sampled_from((5, 15, 30)))
    slots = st.integers(0, 1440 // grid - 1)
    size = st.integers(*lengths)
    calls = []
    for number in range(draw(st.integers(least, most))):
        day = number % days if draw(st.floats(0, 1)) < busy else draw(st.integers(0, days - 1))
        start = instant_of(wall_at(first + day * ONE), zone) + draw(slots) * grid
        calls.append(
            draw(one_call(number, start, draw(size) * 15 if grid > 5 else draw(size) * 5, zone, kinds))
        )
    calls.sort(key=lambda call: call.starts_at)
    return Schedule(PersonCalls("A", "Ana", tuple(calls)), zone, first, days)


@st.composite
def one_call(draw, number, start, length, zone, kinds):
    kind = draw(st.sampled_from(kinds))
    call = RuleCall(
        number,
        kind,
        start,
        start + length,
        wall_of(start, zone),
        wall_of(start + length, zone),
        counts_as=COUNTS_AS.get(kind, ""),
        production=draw(st.sampled_from(SHOWS)),
        venue=draw(st.sampled_from((None, "hall", "shop"))),
        zone=zone,
        events=(number,),
    )
    if kind in ("performance", "reading"):
        curtain = start + min(30, length)
        student = draw(st.integers(0, 3)) == 0
        return replace(
            call,
            curtain_at=curtain,
            curtain_wall=wall_of(curtain, zone),
            tags=frozenset({"student_matinee"} if student else ()),
        )
    return replace(call, breaks=draw(planned(start, length)), breaks_whole=draw(st.integers(0, 3)) > 0)


@st.composite
def planned(draw, start, length):
    """No breaks known, or some meals and short ones, one after the other."""
    if draw(st.booleans()):
        return None
    breaks, at = [], start
    for _ in range(draw(st.integers(0, 3))):
        begins = at + draw(st.integers(1, 16)) * 5
        ends = begins + draw(st.sampled_from((5, 10, 15, 30, 60)))
        if ends >= start + length:
            break
        breaks.append(Break(draw(st.sampled_from(("meal", "short", "short"))), begins, ends))
        at = ends
    return tuple(breaks)


@st.composite
def with_postings(draw, schedule):
    """The same calls, posted once or more, the last time perhaps with another span."""
    calls = []
    for call in schedule.person.calls:
        postings, at = [], call.starts_at - draw(st.integers(-2, 24)) * 60
        for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2, 3)))):
            moved = [draw(st.sampled_from((0, 0, 0, -30, 30))) for _ in range(2)]
            postings.append(Posting(at, call.starts_at + moved[0], call.ends_at + moved[1]))
            at += draw(st.integers(1, 60)) * 15
        calls.append(replace(call, postings=tuple(postings)))
    return replace(schedule, person=replace(schedule.person, calls=tuple(calls)))


@st.composite
def facts(draw, schedule):
    """What is known; at most one fact is missing, so that there is one answer to "what is not recorded"."""
    missing = draw(st.sampled_from(("", "", "", "", "milestone", "cast", "age", "school", "roles")))
    days = [schedule.first + n * ONE for n in range(-2, schedule.days + 3)]
    a_day = st.sampled_from(days)
    horizon = sorted((draw(a_day), draw(a_day))) if draw(st.booleans()) else None
    term = draw(
        st.sampled_from((None, None, (None, None), (days[2], None), (None, days[-4]), (days[3], days[-4])))
    )
    birthday = draw(st.sampled_from((None, days[4].replace(year=2016))))
    return Facts(
        production="HIT",
        milestones={} if missing == "milestone" else {MILESTONE: draw(a_day), "closing": draw(a_day)},
        cast_size=None if missing == "cast" else draw(st.integers(13, 16)),
        birthday=None if missing == "age" else birthday,
        age=None if missing == "age" else draw(st.integers(9, 11)),
        roles=None if missing == "roles" else frozenset({draw(st.sampled_from(("actor", "crew")))}),
        school_days=None if missing == "school" else frozenset(draw(st.lists(a_day, max_size=5))),
        engagement=term or (None, None),
        horizon=tuple(horizon) if horizon else None,
    )


def day_conditions():
    """Conditions that hold on some days and not on others."""
    around = st.fixed_dictionaries({"milestone": st.just(MILESTONE), "days": st.integers(0, 5)})
    return st.one_of(
        st.just({}),
        around.map(lambda value: {"days_before": value}),
        around.map(lambda value: {"not_days_before": value}),
        around.map(lambda value: {"days_after": value}),
        st.sampled_from(({"from": MILESTONE}, {"before": MILESTONE}, {"not_student_matinee": True})),
        st.lists(st.integers(0, 2), min_size=1, max_size=2).map(lambda value: {"performances_on_day": value}),
        st.booleans().map(lambda value: {"school_day": value}),
    )


def whole_conditions():
    """Conditions on the person or the week."""
    return st.one_of(
        st.just({}),
        st.just({}),
        st.booleans().map(lambda value: {"week_has_performance": value}),
        st.sampled_from(({"cast_size": [1, 14]}, {"cast_size": [15, None]}, {"cast_size": [None, 15]})),
        st.sampled_from(({"age": [10, 15]}, {"age": [9, 9]}, {"roles": ["actor", "stage_management"]})),
    )


@st.composite
def rules(draw, kind, params, limit=None, dated=None, **more):
    """A rule with conditions, and often another value of its limit from some day on."""
    applies = draw(whole_conditions()) if draw(st.integers(0, 2)) == 0 else {}
    when = draw(day_conditions()) if draw(st.integers(0, 1)) == 0 else {}
    scope = draw(st.sampled_from(("person", "person", "production")))
    values = ()
    if dated is not None and draw(st.integers(0, 3)) == 0:
        values = (DatedParams(dated, {limit: draw(more.pop("other"))}),)
    more.pop("other", None)
    return Rule(
        more.pop("id", kind), kind, applies=applies, when=when, scope=scope, params=params, values=values
    )


@st.composite
def approvals(draw, schedule, rule, sets=None):
    """A vote, a concession, an exception, for everybody, somebody or another, open or for some days."""
    if draw(st.integers(0, 3)):
        return ()
    days = [schedule.first + n * ONE for n in range(schedule.days)]
    starts, ends = sorted((draw(st.sampled_from(days)), draw(st.sampled_from(days))))
    one = Approval(
        rule.id,
        draw(st.sampled_from((starts, None))),
        draw(st.sampled_from((ends, None))),
        person=draw(st.sampled_from((None, None, "A", "B"))),
        production=draw(st.sampled_from((None, None, "HIT", "OWL"))),
    )
    how = draw(st.sampled_from(("waive", "exception", "sets")))
    if how == "sets" and sets:
        voted = max(1, rule.params[sets] + draw(st.sampled_from((-15, -1, 0, 1, 15, 60))))
        return (replace(one, sets={sets: voted}),)
    return (replace(one, waive=how != "exception", exception=how == "exception"),)


def defaults():
    """How packs cut time."""
    return st.builds(
        Defaults,
        week_start=st.sampled_from((0, 0, 6, 2)),
        day_cut=st.sampled_from((240, 240, 0)),
        split_gap=st.sampled_from((0, 0, 0, 480, 300)),
    )


@dataclass(frozen=True)
class Trial:
    """Everything a check is given."""

    person: PersonCalls
    pack: Pack
    facts: Facts
    approvals: tuple[Approval, ...] = ()

    @property
    def attachments(self):
        return [Attachment(self.pack, self.facts)]

    def engine(self, span=None):
        return check(self.person, self.attachments, self.approvals, span)

    def oracle(self):
        return said(self.person, self.attachments, self.approvals)

    def agree(self):
        """The one question: both say the same."""
        engine, oracle = told(self.engine()), self.oracle()
        only = [one for one in engine if one not in oracle], [one for one in oracle if one not in engine]
        assert engine == oracle, f"engine {only[0]}\noracle {only[1]}\n{self!r}"

    def __repr__(self):
        """Short enough to be read where a trial fails."""
        calls = "".join(f"\n    {shown(call)}" for call in self.person.calls)
        known = {
            name: value
            for name in Facts.__slots__
            if (value := getattr(self.facts, name)) != getattr(Facts(), name)
        }
        held = [(one.id, one.scope, one.applies, one.when, one.params, one.values) for one in self.pack.rules]
        return f"Trial({held}\n  {self.pack.defaults}\n  {known}\n  {self.approvals}{calls})"


def shown(call):
    """A call in one line."""
    start, end = call.starts_at, call.ends_at
    at = f"{local(call.starts_wall)} to {local(call.ends_wall)} {end - start} min {call.zone}"
    breaks = [(one.kind, one.starts_at - start, one.ends_at - start) for one in call.breaks or ()]
    known = breaks if call.breaks_known else (breaks, "?")
    posted = [(start - one.at, one.starts_at - start, one.ends_at - end) for one in call.postings]
    return f"{call.id} {call.kind} {at} {call.production} {call.venue} breaks {known} posted {posted}"


def told(findings):
    """What is compared of a finding."""
    shown = [(one.rule, one.anchor, plain(one.measured), plain(one.limit), one.severity) for one in findings]
    return sorted(shown, key=repr)


def plain(value):
    return tuple(value) if isinstance(value, (list, tuple)) else value


@st.composite
def trials(
    draw,
    kind,
    params,
    *,
    limit="max",
    schedule=None,
    loose=-1,
    low=0,
    steps=(-1, 0, 0, 1, 15),
    beside=(),
    known=None,
):
    """A trial of one kind. `params` draws its parameters but the limit, which is aimed at what is measured."""
    calls = draw(schedule if schedule is not None else schedules())
    assume(calls.person.calls)
    what = draw(facts(calls)) if known is None else draw(known(calls))
    cut = draw(defaults())
    given = draw(params) if not callable(params) else draw(params(calls))
    if limit is not None:
        bare = Trial(
            calls.person,
            Pack("p", "P", defaults=cut, rules=(Rule(kind, kind, params={**given, limit: loose}), *beside)),
            what,
        )
        values = sorted({one[2] for one in bare.oracle() if one[0] == kind and type(one[2]) is int}) or [60]
        aim = st.builds(
            lambda value, step: max(low, value + step), st.sampled_from(values), st.sampled_from(steps)
        )
        given = {**given, limit: draw(aim)}
        dated = calls.first + draw(st.integers(0, calls.days)) * ONE
        rule = draw(rules(kind, given, limit, dated, other=aim))
    else:
        rule = draw(rules(kind, given))
    granted = draw(approvals(calls, rule, limit))
    return Trial(calls.person, Pack("p", "P", defaults=cut, rules=(rule, *beside)), what, granted)


def kinds_named():
    """The kinds a rule names; a rule that names music does not leave it to those about rehearsals."""
    some = (
        ["rehearsal"],
        ["rehearsal", "tech"],
        ["performance"],
        ["fitting", "music"],
        ["travel", "rehearsal"],
    )
    return st.sampled_from((None, None, *some)).map(lambda kinds: {"kinds": kinds})


WEEK_START = st.sampled_from(({}, {}, {"week_start": 6}, {"week_start": 3}))


def windows(*names):
    """A window with what belongs to it, and perhaps a start of the week of the rule's own."""
    one = st.sampled_from(names).flatmap(
        lambda name: st.fixed_dictionaries(
            {"window": st.just(name), **({"rolling_days": st.integers(1, 4)} if name == "rolling_days" else {})}
        )
    )
    return st.builds(lambda window, start: {**window, **start}, one, WEEK_START)


def joined(*parts):
    """Parameters from several draws."""
    return st.tuples(*parts).map(lambda given: {name: value for part in given for name, value in part.items()})


def optional(name, values):
    """A parameter that is there half the time."""
    return st.one_of(st.just({}), values.map(lambda value: {name: value}))


def clock_texts(first, last):
    """Clock times between two hours, which may run past midnight, on the quarter."""
    return st.integers(first * 4, last * 4).map(lambda n: f"{n // 4:02d}:{n % 4 * 15:02d}")


SOME = {
    "max_total": {"window": "workday", "kinds": ["rehearsal", "tech"], "max": 90, "bridge": 30},
    "max_count": {"window": "week", "kinds": None, "max": 2},
    "max_count rolling": {"window": "rolling_days", "rolling_days": 3, "kinds": ["performance"], "max": 1},
    "max_total week": {"window": "week", "kinds": None, "max": 300, "add_overflow_of": ["allowance"]},
    "work_in_span": {
        "kinds": None,
        "alternatives": [
            {"work": 120, "span": 240},
            {"work": 180, "span": 480, "when": {"school_day": False}},
            {"work": 600, "span": 900, "extended": True},
        ],
    },
    "extended_day_quota": {"milestone": MILESTONE, "within_days": 3, "max_days": 1},
    "min_rest": {"min": 720, "after": {"work_past": "14:00"}},
    "break_after": {
        "alternatives": [{"work": 55, "break": 5}, {"work": 80, "break": 10}],
        "needs_planned_breaks": True,
        "extend_by_kind": {"fitting": 15},
    },
    "break_after somewhere": {"mode": "somewhere", "alternatives": [{"work": 120, "break": 20}]},
    "gap": {"from": ["rehearsal", "tech"], "to": ["performance", "fitting"], "min": 90, "max": 180},
    "day_off": {"definition": "hours_free", "hours": 36, "min_days": 3},
    "day_off calendar": {"definition": "calendar_free", "min_days": 3},
    "max_consecutive_days": {"max": 2, "kinds": None},
    "min_call": {"kinds": None, "min": 90, "new_call_gap": 60, "tiers": [{"gap": 120, "min": 30}]},
    "time_window": {"earliest": "09:00", "latest": "23:00", "latest_before_school_day": "21:00"},
    "forbidden": {"kinds": ["rehearsal"], "on": "day_after_day_off"},
    "forbidden twice": {"kinds": ["rehearsal", "tech"], "on": "two_performance_day"},
    "notice": {"kinds": None, "min": 720},
    "allowance": {"window": "week", "kinds": ["fitting"], "exempt": 60, "cap": 120, "cap_window": "workday"},
    "average_limit": {"weeks": 2, "max": 200, "kinds": None},
    "premium": {"window": "workday", "kinds": None, "threshold": 120, "increment": 30},
    "overlap": {"travel_minutes": 30},
    "max_total engagement": {"window": "engagement", "kinds": None, "max": 300},
    "engagement_window": {"max_days": 4, "from": MILESTONE},
    "notice milestone": {"target": "milestone", "milestone": "closing", "min": 10080},
}


def planned_rules(whole=True):
    """A rule of every kind; without `whole` only those that look at some days, not at the engagement."""
    long = ("max_total engagement", "engagement_window", "notice milestone")
    weekly = {"week_has_performance": True}
    return [
        Rule(name, name.split()[0], when=weekly if name in SHOW_WEEKS else {}, params=params)
        for name, params in SOME.items()
        if whole or name not in long
    ]


SHOW_WEEKS = ("max_total", "min_rest")
"""Rules of that list that hold only in weeks with a performance."""
