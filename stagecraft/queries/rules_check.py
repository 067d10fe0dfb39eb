"""One check: what is read for it, and how findings become flags. Asked through `queries.rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from stagecraft.domain.rules.calls import PersonCalls, RuleCall
from stagecraft.domain.rules.check import Attachment, check, rule_reach
from stagecraft.domain.rules.findings import NOT_EVALUATED, RuleFinding
from stagecraft.domain.rules.joining import Part
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.times import wall_datetime, work_day
from stagecraft.queries.rules_calls import CallBook, call_book
from stagecraft.queries.rules_facts import FactBook, Judged, Missing, fact_book
from stagecraft.queries.rules_far import NEAR, FarRules, is_near
from stagecraft.queries.rules_flag import NO_PACK, AcceptanceRow, RuleFlag, acceptance_row
from stagecraft.queries.rules_packs import pack_book
from stagecraft.store.schema import Acceptance, House, Person

Accepted = dict[tuple[str, int | None, int | None, str], AcceptanceRow]
"""Accepted flags by rule, person, room and anchor."""


def wall_text(at: int) -> str:
    """A wall minute as anchors write it: 2027-01-13T14:00."""
    return wall_datetime(at).isoformat(timespec="minutes")


@dataclass(slots=True)
class RuleHouse:
    """What a check knows besides the calls: packs and facts, accepted flags, full names, how times are written."""

    facts: FactBook
    acceptances: Accepted
    names: dict[int, str]
    style: str


@dataclass(slots=True)
class Tier:
    """Rules that look equally far, whom they concern and the calls these have as far around."""

    wants: Callable[[Attachment, Rule], bool]
    people: frozenset[int]
    book: CallBook


@dataclass(slots=True)
class Loaded:
    """All that a check needs of its people."""

    judged: dict[int, Judged]
    tiers: list[Tier]

    def flags(
        self, house: RuleHouse, person: int, first: date, last: date, *, clashes: bool
    ) -> Iterator[RuleFlag]:
        """Everything the rules say about a person in these days."""
        judged = self.judged[person]
        said = {one.pack.id: one.pack for one in judged.attachments}
        approvals = house.facts.granted(judged.attachments)
        for tier in self.tiers:
            if person not in tier.people:
                continue
            calls = tier.book.person(person)
            maker = FlagMaker(house, calls, tier.book.parts.get(person, ()), first)
            if tier is self.tiers[0]:
                yield from map(maker.missing, judged.missing)
            for finding in check(calls, judged.attachments, approvals, (first, last), tier.wants):
                if clashes or maker.clash(finding) is None:
                    yield maker.flag(finding, said[finding.pack])


@dataclass(slots=True)
class FlagMaker:
    """Makes flags of one person's findings."""

    house: RuleHouse
    calls: PersonCalls
    parts: Sequence[Part]
    first: date
    _calls: dict[int | str, RuleCall] = field(default_factory=dict)
    _parts: dict[int, Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._calls = {call.id: call for call in self.calls.calls}
        self._parts = {part.event: part for part in self.parts}

    def flag(self, finding: RuleFinding, pack: Pack) -> RuleFlag:
        """A finding with all that goes with it."""
        rule = pack.rule(finding.rule) or Rule(finding.rule, finding.kind)
        show = self.house.facts.productions.get(int(finding.production or 0))
        return RuleFlag(
            finding=finding,
            rule_said=rule,
            pack_said=pack,
            name=self.calls.name,
            person_name=self.house.names.get(int(finding.person), self.calls.name),
            day=max(date.fromisoformat(finding.anchor[:10]), self.first),
            style=self.house.style,
            rule_calls=tuple(self._calls[key] for key in finding.calls if key in self._calls),
            parts=self._parts,
            acceptance=self._acceptance(finding),
            production_code=show.code if show else "",
        )

    def _acceptance(self, finding: RuleFinding) -> AcceptanceRow | None:
        person = int(finding.person)
        row = self.house.acceptances.get((finding.rule, person, None, finding.anchor))
        if row is not None and row.covers(finding.measured, finding.limit):
            return row
        if (clash := self.clash(finding)) is None:
            return None
        starts_wall, minutes = clash
        row = self.house.acceptances.get(("overlap.person", person, None, wall_text(starts_wall)))
        return row if row is not None and row.covers(minutes, 0) else None

    def clash(self, finding: RuleFinding) -> tuple[int, int] | None:
        """Start (wall) and minutes of the calendar's own double booking that this says too; None if it says more."""
        if finding.kind != "overlap" or len(finding.calls) != 2:
            return None
        first, second = ([self._parts[event] for event in self._calls[key].events] for key in finding.calls)
        for one in first:
            for other in second:
                late = max(one, other, key=lambda part: part.starts_at)
                minutes = min(one.ends_at, other.ends_at) - late.starts_at
                if minutes > 0:
                    return late.starts_wall, minutes
        return None

    def missing(self, missing: Missing) -> RuleFlag:
        """A pack that could not be used is said, never passed over."""
        finding = RuleFinding(
            rule=NO_PACK,
            pack=missing.code,
            kind="",
            person=self.calls.person,
            anchor=self.first.isoformat(),
            first_day=self.first,
            last_day=self.first,
            measured=missing.problem.rstrip("."),
            limit=None,
            severity=NOT_EVALUATED,
            production=missing.production,
        )
        title = f"Pack {missing.code}"
        return self.flag(finding, Pack(missing.code, title, rules=(Rule(NO_PACK, "", title),)))


def read_house(conn: Connection, people: Sequence[int]) -> RuleHouse:
    """Packs, facts of these people, accepted flags, names. Fourteen statements."""
    names: Any = conn.execute(select(Person.id, Person.name).where(Person.id.in_(people))).all()
    return RuleHouse(
        facts=fact_book(conn, pack_book(conn), people),
        acceptances=acceptances(conn),
        names=dict(names),
        style=conn.execute(select(House.time_style).where(House.id == 1)).scalar() or "12",
    )


def load(conn: Connection, house: RuleHouse, people: Sequence[int], first: date, last: date) -> Loaded:
    """Calls of these people as far around the days as their rules look: read at most three times.

    Most rules are content with the days around. The others get calls of their own, so that a rule about a whole
    engagement does not make all the rest look at it.
    """
    around = timedelta(days=NEAR)
    book = call_book(conn, people, first - around, last + around, postings=True)
    loaded = Loaded({}, [Tier(lambda one, rule: is_near(rule), frozenset(people), book)])
    days_far, whole = FarRules(), FarRules()
    for person in people:
        days = [
            (part.production, day)
            for part in book.parts.get(person, ())
            if first <= (day := work_day(part.starts_wall)) <= last
        ]
        judged = loaded.judged[person] = house.facts.judged(person, days, first, last)
        for one in judged.attachments:
            for rule in one.pack.rules:
                if rule.enabled and not is_near(rule):
                    found = whole if rule_reach(rule) is None else days_far
                    found.add(person, one, rule, first, last)
    for found in (days_far, whole):
        if found.people:
            book = call_book(
                conn, sorted(found.people), found.first, found.last, kinds=found.kinds, postings=True
            )
            loaded.tiers.append(Tier(found.wants, frozenset(found.people), book))
    return loaded


def acceptances(conn: Connection) -> Accepted:
    """Everything that was accepted. One statement."""
    rows: Any = conn.execute(
        select(
            Acceptance.id,
            Acceptance.rule,
            Acceptance.person_id,
            Acceptance.space_id,
            Acceptance.anchor,
            Acceptance.measured,
            Acceptance.reason,
            Acceptance.accepted_by,
            Acceptance.accepted_on,
        ).order_by(Acceptance.id)
    )
    found = (acceptance_row(row) for row in rows)
    return {(row.rule, row.person_id, row.space_id, row.anchor): row for row in found}
