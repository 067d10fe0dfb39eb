"""One check: what is read for it, and how findings become flags. Asked through `queries.rules`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from stagecraft.domain.rules.calls import PersonCalls, RuleCall
from stagecraft.domain.rules.check import check, reach
from stagecraft.domain.rules.findings import NOT_EVALUATED, RuleFinding
from stagecraft.domain.rules.joining import Part
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.times import wall_datetime, work_day
from stagecraft.queries.rules_calls import CallBook, call_book
from stagecraft.queries.rules_facts import FactBook, Judged, Missing, fact_book
from stagecraft.queries.rules_flag import NO_PACK, AcceptanceRow, RuleFlag, acceptance_row
from stagecraft.queries.rules_packs import pack_book
from stagecraft.store.schema import Acceptance, House, Person

NEAR = 14
"""Days of calls that are read before and after the days asked for; more only for whom a rule needs more."""

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
class Loaded:
    """Calls of the people of a check; who needs more than the days around has a book of their own."""

    books: dict[int, CallBook]
    judged: dict[int, Judged]
    calls: dict[int, PersonCalls] = field(default_factory=dict)

    def person(self, person: int) -> PersonCalls:
        """The calls of a person, joined once."""
        if person not in self.calls:
            self.calls[person] = self.books[person].person(person)
        return self.calls[person]

    def flags(
        self, house: RuleHouse, person: int, first: date, last: date, *, clashes: bool
    ) -> Iterator[RuleFlag]:
        """Everything the rules say about a person in these days."""
        judged = self.judged[person]
        calls = self.person(person)
        maker = FlagMaker(house, calls, self.books[person].parts.get(person, ()), first)
        for missing in judged.missing:
            yield maker.missing(missing)
        approvals = house.facts.granted(judged.attachments)
        found = check(calls, judged.attachments, approvals, (first, last))
        said = {one.pack.id: one.pack for one in judged.attachments}
        for finding in found:
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
    """Calls of these people as far around the days as their rules look. Read at most three times."""
    near = timedelta(days=NEAR)
    book = call_book(conn, people, first - near, last + near, postings=True)
    loaded = Loaded({}, {})
    wider: dict[int | None, list[int]] = {}
    for person in people:
        days = [
            (part.production, day)
            for part in book.parts.get(person, ())
            if first <= (day := work_day(part.starts_wall)) <= last
        ]
        loaded.judged[person] = house.facts.judged(person, days, first, last)
        loaded.books[person] = book
        needed = [reach(one.pack) for one in loaded.judged[person].attachments]
        if None in needed:
            wider.setdefault(None, []).append(person)
        elif max((one for one in needed if one is not None), default=0) > NEAR:
            wider.setdefault(max(one for one in needed if one is not None), []).append(person)
    _widen(conn, loaded, wider, first, last)
    return loaded


def _widen(
    conn: Connection, loaded: Loaded, wider: dict[int | None, list[int]], first: date, last: date
) -> None:
    """Read more of those whose rules look further: so many days, or their whole engagement."""
    bounded = {days: people for days, people in wider.items() if days is not None}
    if bounded:
        far = timedelta(days=max(bounded))
        people = sorted(person for found in bounded.values() for person in found)
        book = call_book(conn, people, first - far, last + far, postings=True)
        loaded.books.update(dict.fromkeys(people, book))
    if people := wider.get(None, []):
        spans = [_engaged(loaded.judged[person], first, last) for person in people]
        begins, ends = min(span[0] for span in spans), max(span[1] for span in spans)
        book = call_book(conn, people, begins, ends, postings=True)
        loaded.books.update(dict.fromkeys(people, book))


def _engaged(judged: Judged, first: date, last: date) -> tuple[date, date]:
    """The days a person's engagement rules look at, and two weeks around the days asked for."""
    near = timedelta(days=NEAR)
    begins, ends = first - near, last + near
    for one in judged.attachments:
        if reach(one.pack) is None:
            horizon = one.facts.horizon or (first, last)
            starts_on, ends_on = one.facts.engagement
            begins = min(begins, starts_on or horizon[0])
            ends = max(ends, ends_on or horizon[1])
    return begins, ends


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
