"""Readings: from when to when they go, by which pack they are counted, and the count of everybody in one.

A reading is a contract whose pack limits hours in all and days from first to last; where no contract says so, a
phase of the production called a reading, counted by the shipped pack as an aid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from stagecraft.base.errors import Refused
from stagecraft.domain.hours import day_hours
from stagecraft.domain.names import filing_key
from stagecraft.domain.reading_hours import ReadingCount, ReadingRules, reading_count, reading_rules
from stagecraft.domain.rules.calls import PersonCalls
from stagecraft.domain.rules.check import Attachment
from stagecraft.domain.rules.facts import Facts
from stagecraft.domain.rules.packs import Pack
from stagecraft.domain.times import monday
from stagecraft.queries.rules_calls import call_book, called_people
from stagecraft.queries.rules_facts import NOT_BINDING, FactBook, fact_book
from stagecraft.queries.rules_packs import PackBook, pack_book, pack_codes
from stagecraft.store.schema import Contract, Person, Phase, Production

READING_PACK = "aea-29-hour"
"""The shipped pack by which a phase called a reading is counted where no contract names one."""

OPEN_TERM = 60
"""Days that are read of a reading whose term has no end."""


@dataclass(slots=True)
class ReadingPhase:
    """A production's phase that is a reading; its window ends with the limit of the pack, not with the phase."""

    name: str
    starts_on: date
    ends_on: date


def reading_phases(conn: Connection) -> dict[int, list[ReadingPhase]]:
    """Phases called a reading, by production. One statement."""
    found: dict[int, list[ReadingPhase]] = {}
    for production, name, starts, ends in conn.execute(
        select(Phase.production_id, Phase.name, Phase.starts_on, Phase.ends_on)
        .where(Phase.kind == "reading", Phase.starts_on.is_not(None))
        .order_by(Phase.starts_on, Phase.id)
    ):
        if starts is not None:
            found.setdefault(production, []).append(ReadingPhase(name, starts, ends or starts))
    return found


def is_reading(facts: FactBook, production: int, rule_pack: str) -> bool:
    """Whether a contract with these packs (its production's when it names none) is one for a reading."""
    codes = pack_codes(rule_pack or facts.productions[production].rule_pack)
    return any(_reads(facts.book, code) for code in codes)


def _reads(book: PackBook, code: str) -> bool:
    pack = book.packs.get(code)
    return pack is not None and reading_rules(pack) is not None


def reading_pack(book: PackBook, codes: Sequence[str] = ()) -> Pack | None:
    """The first of these packs that holds the rules of a reading, else the shipped one."""
    return next((book.packs[code] for code in (*codes, READING_PACK) if _reads(book, code)), None)


def phase_attachment(
    facts: FactBook, pack: Pack, person: int, production: int, phase: ReadingPhase
) -> Attachment:
    """The pack of a reading for the days of a phase, where no contract says so."""
    roles = facts.roles.get((person, production))
    return Attachment(
        pack, Facts(production=production, roles=roles, engagement=(phase.starts_on, _closes(pack, phase)))
    )


def _closes(pack: Pack, phase: ReadingPhase) -> date:
    rules = reading_rules(pack)
    days = int(rules.window.params["max_days"]) if rules else 1
    return max(phase.ends_on, phase.starts_on + timedelta(days=days - 1))


def phase_count(
    calls: PersonCalls,
    facts: FactBook,
    phases: dict[int, list[ReadingPhase]],
    productions: Iterable[int],
    day: date,
) -> ReadingCount | None:
    """A person's count on a day in a phase that touches its week, of one of these productions."""
    week = monday(day)
    for production in sorted(productions):
        pack = reading_pack(facts.book, pack_codes(facts.productions[production].rule_pack))
        for phase in phases.get(production, ()):
            if pack and phase.starts_on <= week + timedelta(days=6) and week <= phase.ends_on:
                at = phase_attachment(facts, pack, int(calls.person), production, phase)
                return reading_count(calls, at, (), day)
    return None


# --- one reading ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ReadingPerson:
    """Somebody in a reading with their count on the day asked for."""

    id: int
    name: str
    count: ReadingCount


@dataclass(slots=True)
class Reading:
    """Everybody a reading's pack holds for, A–Z by surname. `attached` is False where only a phase says so."""

    name: str
    rules: ReadingRules
    people: list[ReadingPerson]
    attached: bool


def reading(conn: Connection, production_id: int, day: date) -> Reading:
    """The reading of a production that goes on on a day, else the last one before, else the next.

    Refused in words when the production has none. A fixed number of statements.
    """
    packs = pack_book(conn)
    first, last, phase = _span(conn, packs, production_id, day)
    people = called_people(conn, first, last, [production_id])
    facts = fact_book(conn, packs, people)
    calls = call_book(conn, people, first, last)
    names = people_names(conn, people)
    found: list[ReadingPerson] = []
    attached = False
    for person in people:
        mine = calls.person(person)
        own = _attachment(facts, mine, production_id, (first, last))
        at = own or _by_phase(facts, person, production_id, phase)
        count = reading_count(mine, at, facts.granted([at]), day) if at is not None else None
        if count is not None:
            attached = attached or own is not None
            found.append(ReadingPerson(person, names[person][0], count))
    found.sort(key=lambda one: filing_key(names[one.id][1]))
    pack = found[0].count.rules.pack if found else reading_pack(packs)
    rules = reading_rules(pack) if pack is not None else None
    if rules is None:
        raise Refused("paper.no_reading_pack", "No pack of work rules for a reading is here.", field="document")
    return Reading(phase.name if phase else "", rules, found, attached)


def _attachment(
    facts: FactBook, calls: PersonCalls, production: int, term: tuple[date, date]
) -> Attachment | None:
    days = {(production, one.day) for one in day_hours(calls.calls) if one.share(production)}
    found = facts.judged(int(calls.person), days, *term).attachments
    return next(
        (one for one in found if one.facts.production == production and reading_rules(one.pack) is not None),
        None,
    )


def _by_phase(facts: FactBook, person: int, production: int, phase: ReadingPhase | None) -> Attachment | None:
    pack = reading_pack(facts.book, pack_codes(facts.productions[production].rule_pack))
    if phase is None or pack is None:
        return None
    return phase_attachment(facts, pack, person, production, phase)


def _span(
    conn: Connection, packs: PackBook, production_id: int, day: date
) -> tuple[date, date, ReadingPhase | None]:
    """First and last day of the reading meant, and the phase it is. Three statements."""
    default = conn.execute(select(Production.rule_pack).where(Production.id == production_id)).scalar() or ""
    phases = reading_phases(conn).get(production_id, [])
    spans: list[tuple[date, date]] = []
    for rule_pack, starts, ends in conn.execute(
        select(Contract.rule_pack, Contract.starts_on, Contract.ends_on).where(
            Contract.production_id == production_id,
            Contract.starts_on.is_not(None),
            Contract.state.not_in(NOT_BINDING),
        )
    ):
        if starts is not None and any(_reads(packs, code) for code in pack_codes(rule_pack or default)):
            spans.append((starts, ends or starts + timedelta(days=OPEN_TERM)))
    pack = reading_pack(packs, pack_codes(default))
    if pack is not None:
        spans += [(one.starts_on, _closes(pack, one)) for one in phases]
    if not spans:
        raise Refused(
            "paper.no_reading",
            "This production has no reading: give its contracts a pack for one, or the production a phase"
            " called reading.",
            field="document",
        )
    begun = [one for one in spans if one[0] <= day]
    chosen = max(begun) if begun else min(spans)
    together = [one for one in spans if one[0] <= chosen[1] and chosen[0] <= one[1]]
    first, last = min(one[0] for one in together), max(one[1] for one in together)
    phase = next((one for one in phases if one.starts_on <= last and first <= one.ends_on), None)
    return first, last, phase


def people_names(conn: Connection, people: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name and sort name of these people. One statement."""
    rows = conn.execute(select(Person.id, Person.name, Person.sort_name).where(Person.id.in_(people)))
    return {key: (name, sort_name) for key, name, sort_name in rows}
