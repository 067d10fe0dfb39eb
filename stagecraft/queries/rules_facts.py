"""Which packs hold for whom, with what their rules must know: terms, dates, size of the cast, roles, age, school.

A contract brings its packs for its term; on days of a production that no contract of the person covers, the
production's hold. Birthdays steer rules and go nowhere else; reasons and anything medical are never read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from stagecraft.domain.kinds import job_group
from stagecraft.domain.rules.check import Attachment
from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.packs import Pack
from stagecraft.domain.times import date_of, work_day
from stagecraft.queries.rules_packs import PackBook, pack_codes
from stagecraft.store.schema import (
    Assignment,
    Availability,
    Contract,
    Event,
    Job,
    Milestone,
    PersonPrivate,
    Production,
    RuleApproval,
)

NOT_BINDING = ("idea", "offer", "negotiating", "declined", "lapsed", "withdrawn")
"""States in which a contract binds nobody (yet)."""

CAST = ("principal", "ensemble", "swing", "standby", "alternate", "cover")
_ROLES = {
    "stage": "stage_management",
    "music": "musician",
    "cast": "actor",
    "swings": "actor",
}
_ACTORS = frozenset({"principal", "chorus", "ensemble", "swing", "understudy", "standby", "actor"})
_LEAVE = ("vacation", "leave")

_Term = tuple[date | None, date | None]


@dataclass(slots=True)
class Missing:
    """A pack that a person should be judged by and that is not here, or is broken; `problem` is the sentence."""

    code: str
    production: int
    problem: str


@dataclass(slots=True)
class Judged:
    """One person: what holds for them in the days asked for, and what should but cannot."""

    attachments: list[Attachment] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


@dataclass(slots=True)
class FactBook:
    """Everything about productions and people that packs are attached with."""

    book: PackBook
    productions: dict[int, _Production]
    contracts: dict[int, list[_Contract]]
    roles: dict[tuple[int, int], frozenset[str]]
    birthdays: dict[int, date]
    school: dict[int, frozenset[date]]
    leave: dict[int, list[tuple[date, date]]]
    approvals: list[tuple[str, Approval]]

    def judged(self, person: int, days: Iterable[tuple[int, date]], first: date, last: date) -> Judged:
        """What holds for a person who has calls on these (production, day), looked at from first to last."""
        called: dict[int, set[date]] = {}
        for production, day in days:
            called.setdefault(production, set()).add(day)
        found = Judged()
        for contract in self.contracts.get(person, ()):
            if _meets(contract.term, first, last):
                packs = contract.rule_pack or self.productions[contract.production].rule_pack
                self._attach(found, person, contract.production, packs, contract.term, contract.role)
        for production in sorted(called):
            terms = [one.term for one in self.contracts.get(person, ()) if one.production == production]
            for gap in _gaps(terms):
                if any(_within(day, gap) for day in called[production]):
                    self._attach(found, person, production, self.productions[production].rule_pack, gap, "")
        return found

    def granted(self, attachments: Sequence[Attachment]) -> list[Approval]:
        """Votes and concessions about the packs attached, each for its own pack and what is built on that."""
        found = []
        for code, approval in self.approvals:
            packs = frozenset(one.pack.id for one in attachments if code in self.book.bases(one.pack.id))
            if packs:
                found.append(replace(approval, packs=packs))
        return found

    def _attach(self, found: Judged, person: int, production: int, packs: str, term: _Term, role: str) -> None:
        for code in pack_codes(packs):
            pack = self.book.packs.get(code)
            if pack is None:
                problem = self.book.problems.get(code) or f"pack {code} is not here"
                found.missing.append(Missing(code, production, problem))
            else:
                found.attachments.append(Attachment(pack, self._facts(pack, person, production, term, role)))

    def _facts(self, pack: Pack, person: int, production: int, term: _Term, role: str) -> Facts:
        show = self.productions[production]
        roles = self.roles.get((person, production), frozenset()) | ({role} if role else frozenset())
        return Facts(
            production=production,
            milestones=show.milestones,
            cast_size=show.cast_size or None,
            birthday=self.birthdays.get(person),
            roles=roles or None,
            school_days=self.school.get(person),
            engagement=term,
            horizon=show.horizon,
            leave_weeks=_whole_weeks(self.leave.get(person, ()), pack.defaults.week_start),
        )


@dataclass(slots=True)
class _Production:
    id: int
    code: str
    rule_pack: str
    milestones: dict[str, date]
    horizon: tuple[date, date] | None
    cast_size: int = 0


@dataclass(slots=True)
class _Contract:
    person: int
    production: int
    rule_pack: str
    term: _Term
    role: str


def _within(day: date, term: _Term) -> bool:
    return (term[0] is None or term[0] <= day) and (term[1] is None or day <= term[1])


def _meets(term: _Term, first: date, last: date) -> bool:
    return (term[0] is None or term[0] <= last) and (term[1] is None or first <= term[1])


def _gaps(terms: Iterable[_Term]) -> list[_Term]:
    """What no term covers, as terms."""
    gaps: list[_Term] = []
    after: date | None = None  # first day not covered yet; None at first: since ever
    for starts, ends in sorted(terms, key=lambda term: term[0] or date.min):
        if starts is not None and (after is None or starts > after):
            gaps.append((after, starts - timedelta(days=1)))
        if ends is None:
            return gaps
        after = max(after or date.min, ends + timedelta(days=1))
    return [*gaps, (after, None)]


def _whole_weeks(spans: Iterable[tuple[date, date]], week_start: int) -> frozenset[date]:
    """First days of the weeks that lie wholly in one of the spans (both ends inclusive)."""
    weeks = set()
    for first, last in spans:
        week = first + timedelta(days=(week_start - first.weekday()) % 7)
        while week + timedelta(days=6) <= last:
            weeks.add(week)
            week += timedelta(days=7)
    return frozenset(weeks)


# --- reading -----------------------------------------------------------------------------------------------


def fact_book(conn: Connection, book: PackBook, people: Sequence[int]) -> FactBook:
    """Facts of these people and of all productions. Nine statements."""
    productions = _productions(conn)
    return FactBook(
        book=book,
        productions=productions,
        contracts=_contracts(conn, people),
        roles=_roles(conn, people),
        birthdays=dict(_birthdays(conn, people)),
        school=_school(conn, people),
        leave=_leave(conn, people),
        approvals=_approvals(conn),
    )


def _productions(conn: Connection) -> dict[int, _Production]:
    """Three statements: dates and horizon, milestones, sizes of casts."""
    first = select(func.min(Event.starts_wall)).where(Event.production_id == Production.id).scalar_subquery()
    last = select(func.max(Event.starts_wall)).where(Event.production_id == Production.id).scalar_subquery()
    productions: dict[int, _Production] = {}
    for row in conn.execute(
        select(
            Production.id,
            Production.code,
            Production.rule_pack,
            Production.first_rehearsal,
            Production.first_preview,
            Production.opening,
            Production.closing,
            first,
            last,
        )
    ):
        key, code, rule_pack, rehearsal, preview, opening, closing, begins, ends = row
        known = {
            "first_rehearsal": rehearsal,
            "first_preview": preview,
            "first_public": preview or opening,
            "opening": opening,
            "closing": closing,
        }
        dates = {kind: on for kind, on in known.items() if on is not None}
        horizon = (work_day(begins), work_day(ends)) if begins is not None and ends is not None else None
        productions[key] = _Production(key, code, rule_pack, dates, horizon)
    for production, kind, on in conn.execute(
        select(Milestone.production_id, Milestone.kind, Milestone.on_date).order_by(Milestone.on_date)
    ):
        productions[production].milestones.setdefault(kind.replace("-", "_"), on)
    for key, size in _cast_sizes(conn).items():
        productions[key].cast_size = size
    return productions


def _cast_sizes(conn: Connection) -> dict[int, int]:
    """How many are in each cast on the day on which they are most: who replaced somebody is not one more."""
    changes: dict[int, list[tuple[date, int, int]]] = {}
    for production, person, starts, ends in conn.execute(
        select(Assignment.production_id, Assignment.person_id, Assignment.starts_on, Assignment.ends_on)
        .where(Assignment.kind.in_(CAST))
        .distinct()
    ):
        mine = changes.setdefault(production, [])
        mine.append((starts or date.min, 1, person))
        if ends is not None:
            mine.append((ends + timedelta(days=1), -1, person))
    return {production: _most_at_once(mine) for production, mine in changes.items()}


def _most_at_once(changes: list[tuple[date, int, int]]) -> int:
    """The largest number of people at a time, from who comes (1) and goes (-1) on which day."""
    here: dict[int, int] = {}
    most = 0
    for _day, by, person in sorted(changes):
        here[person] = here.get(person, 0) + by
        if here[person] == 0:
            del here[person]
        most = max(most, len(here))
    return most


def _contracts(conn: Connection, people: Sequence[int]) -> dict[int, list[_Contract]]:
    contracts: dict[int, list[_Contract]] = {}
    for person, production, pack, starts, ends, job, subtype in conn.execute(
        select(
            Contract.person_id,
            Contract.production_id,
            Contract.rule_pack,
            Contract.starts_on,
            Contract.ends_on,
            Contract.job,
            Contract.subtype,
        )
        .where(Contract.person_id.in_(people), Contract.state.not_in(NOT_BINDING))
        .order_by(Contract.starts_on, Contract.id)
    ):
        row = _Contract(person, production, pack, (starts, ends), _contract_role(job, subtype))
        contracts.setdefault(person, []).append(row)
    return contracts


def _contract_role(job: str, subtype: str) -> str:
    """What a contract's own words say somebody is; empty where they do not tell."""
    text = f"{subtype} {job}".casefold()
    words = set(re.findall(r"\w+", text))
    if "stage manager" in text or "stage management" in text or "psm" in words:
        return "stage_management"
    return "actor" if words & _ACTORS else ""


def _roles(conn: Connection, people: Sequence[int]) -> dict[tuple[int, int], frozenset[str]]:
    roles: dict[tuple[int, int], set[str]] = {}
    for person, production, kind, group, job in conn.execute(
        select(Assignment.person_id, Assignment.production_id, Assignment.kind, Job.group, Job.name)
        .outerjoin(Job, Job.id == Assignment.job_id)
        .where(Assignment.person_id.in_(people))
    ):
        if kind in CAST:
            role = "actor"
        else:
            code = group or job_group(job or "")
            role = _ROLES.get(code, code)
        roles.setdefault((person, production), set()).add(role)
    return {key: frozenset(found) for key, found in roles.items()}


def _birthdays(conn: Connection, people: Sequence[int]) -> Iterable[tuple[int, date]]:
    query = select(PersonPrivate.person_id, PersonPrivate.birthday).where(
        PersonPrivate.person_id.in_(people), PersonPrivate.birthday.is_not(None)
    )
    return ((person, birthday) for person, birthday in conn.execute(query) if birthday is not None)


def _school(conn: Connection, people: Sequence[int]) -> dict[int, frozenset[date]]:
    """School days by person; who has none at all is not in it, because then nobody has said."""
    days: dict[int, set[date]] = {}
    for person, starts, ends in conn.execute(
        select(Availability.person_id, Availability.starts_wall, Availability.ends_wall).where(
            Availability.person_id.in_(people), Availability.kind == "school"
        )
    ):
        day, last = date_of(starts), date_of(ends - 1)
        while person is not None and day <= last:
            days.setdefault(person, set()).add(day)
            day += timedelta(days=1)
    return {person: frozenset(found) for person, found in days.items()}


def _leave(conn: Connection, people: Sequence[int]) -> dict[int, list[tuple[date, date]]]:
    leave: dict[int, list[tuple[date, date]]] = {}
    for person, starts, ends in conn.execute(
        select(Availability.person_id, Availability.starts_wall, Availability.ends_wall).where(
            Availability.person_id.in_(people),
            Availability.kind.in_(_LEAVE),
            Availability.ends_wall - Availability.starts_wall >= 7 * 1440,
        )
    ):
        if person is not None:
            leave.setdefault(person, []).append((work_day(starts), work_day(ends - 1)))
    return leave


def _approvals(conn: Connection) -> list[tuple[str, Approval]]:
    rows: Any = conn.execute(
        select(
            RuleApproval.pack,
            RuleApproval.rule,
            RuleApproval.starts_on,
            RuleApproval.ends_on,
            RuleApproval.sets,
            RuleApproval.kind,
            RuleApproval.person_id,
            RuleApproval.production_id,
            RuleApproval.decided_by,
            RuleApproval.decided_on,
        ).order_by(RuleApproval.starts_on, RuleApproval.id)
    )
    return [
        (
            pack,
            Approval(
                rule=rule,
                starts_on=starts,
                ends_on=ends,
                sets=json.loads(sets or "{}"),
                waive=kind == "concession",
                exception=kind == "exception",
                person=person,
                production=production,
                note=_decided(kind, by, on),
            ),
        )
        for pack, rule, starts, ends, sets, kind, person, production, by, on in rows
    ]


def _decided(kind: str, by: str, on: date | None) -> str:
    """`vote of the company, 12 Jan 2027`: who and when, never the note."""
    words = f"{kind} of {by}" if by else kind
    return f"{words}, {on.day} {on:%b %Y}" if on else words
