"""Who plays a final performance when: from the term of a signed contract, or as set by hand."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from stagecraft.domain.contract_dates import SIGNED_STATES, Showing, final_performance
from stagecraft.domain.times import date_text, time_text, work_day, work_day_span
from stagecraft.queries.people import AssignmentRow, assignment_rows
from stagecraft.store.schema import Contract, Event, Performance, Person

CONTINUES_WITHIN = 7
"""A new contract that starts at most this many days after the old one's end continues the engagement."""
NEAR = 60
"""Showings before the end of a term among which its last is looked for first."""


@dataclass(slots=True)
class ShowingRow:
    """A performance to choose a final one from."""

    id: int
    production_id: int
    event_id: int
    number: int | None
    starts_wall: int
    cancelled: bool
    type: str

    @property
    def words(self) -> str:
        """`#317, Sun 17 Jan 2027 3:00p`."""
        number = f"#{self.number}, " if self.number is not None else ""
        return f"{number}{date_text(work_day(self.starts_wall))} {time_text(self.starts_wall)}"


def showing_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[ShowingRow]:
    """Performances of these productions (all when none are given) by time, presentations left out."""
    query = (
        select(
            Performance.id,
            Performance.production_id,
            Performance.event_id,
            Performance.number,
            Event.starts_wall,
            (Event.state == "cancelled"),
            Performance.type,
        )
        .join(Event, Event.id == Performance.event_id)
        .where(Performance.type != "presentation")
        .order_by(Event.starts_wall, Performance.id)
    )
    ids = list(production_ids)
    if ids:
        query = query.where(Performance.production_id.in_(ids))
    return [ShowingRow(*row) for row in conn.execute(query)]


@dataclass(slots=True)
class FinalPerformanceRow:
    """Somebody's final performance. `role` is what they play; `derived` is False when it was set by hand."""

    performance_id: int
    event_id: int
    production_id: int
    number: int | None
    starts_wall: int
    contract_id: int
    person_id: int
    person: str
    track: str
    role: str
    derived: bool

    @property
    def words(self) -> str:
        """`Karen Cartwright’s final performance`."""
        return f"{self.person}’s final performance"

    @property
    def when(self) -> str:
        """`#317, Sun 17 Jan 2027 3:00p`."""
        number = f"#{self.number}, " if self.number is not None else ""
        return f"{number}{date_text(work_day(self.starts_wall))} {time_text(self.starts_wall)}"


def final_performance_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[FinalPerformanceRow]:
    """Final performances under signed contracts, by time.

    Somebody whose next contract with the production follows within a week goes on and has none. Five statements.
    """
    ids = list(production_ids)
    contracts = _signed_terms(conn, ids)
    ids = sorted({contract.production_id for contract in contracts})
    if not ids:
        return []
    showings: defaultdict[int, list[ShowingRow]] = defaultdict(list)
    for showing in showing_rows(conn, ids):
        showings[showing.production_id].append(showing)
    parts: defaultdict[tuple[int, int], list[AssignmentRow]] = defaultdict(list)
    for part in assignment_rows(conn, ids):
        parts[part.production_id, part.person_id].append(part)
    plain = {production: _plain(found) for production, found in showings.items()}
    held: defaultdict[tuple[int, int], list[_Term]] = defaultdict(list)
    for contract in contracts:
        held[contract.person_id, contract.production_id].append(contract)
    rows = []
    for contract in contracts:
        others = held[contract.person_id, contract.production_id]
        if contract.final_performance_id is None and _goes_on(contract, others):
            continue
        last = _final(contract, showings[contract.production_id], plain.get(contract.production_id, []))
        if last is not None:
            rows.append(_final_row(contract, last, parts[contract.production_id, contract.person_id]))
    return sorted(rows, key=lambda row: (row.starts_wall, row.person))


def final_performance_row(conn: Connection, contract_id: int) -> FinalPerformanceRow | None:
    """The final performance under one contract, signed or not; None when there is none."""
    production = conn.execute(select(Contract.production_id).where(Contract.id == contract_id)).scalar()
    if production is None:
        return None
    contract = next(
        (one for one in _signed_terms(conn, [production], unsigned=True) if one.id == contract_id), None
    )
    showings = showing_rows(conn, [production])
    last = _final(contract, showings, _plain(showings)) if contract else None
    if contract is None or last is None:
        return None
    return _final_row(contract, last, assignment_rows(conn, [production], [contract.person_id]))


@dataclass(slots=True)
class _Term:
    id: int
    person_id: int
    person: str
    production_id: int
    job: str
    state: str
    starts_on: date | None
    ends_on: date | None
    final_performance_id: int | None


def _signed_terms(conn: Connection, production_ids: list[int], *, unsigned: bool = False) -> list[_Term]:
    query = select(
        Contract.id,
        Contract.person_id,
        Person.name,
        Contract.production_id,
        Contract.job,
        Contract.state,
        Contract.starts_on,
        Contract.ends_on,
        Contract.final_performance_id,
    ).join(Person, Person.id == Contract.person_id)
    if not unsigned:
        query = query.where(Contract.state.in_(SIGNED_STATES))
    if production_ids:
        query = query.where(Contract.production_id.in_(production_ids))
    return [_Term(*row) for row in conn.execute(query.order_by(Contract.id))]


def _goes_on(contract: _Term, others: list[_Term]) -> bool:
    """Whether another of the same person's contracts with the same production takes over."""
    if contract.ends_on is None:
        return False
    latest = contract.ends_on + timedelta(days=CONTINUES_WITHIN)
    return any(
        other.id != contract.id
        and (other.ends_on is None or other.ends_on > contract.ends_on)
        and (other.starts_on is None or other.starts_on <= latest)
        for other in others
    )


def _plain(showings: list[ShowingRow]) -> list[Showing]:
    return [Showing(one.id, one.number, one.starts_wall, one.cancelled) for one in showings]


def _final(contract: _Term, showings: list[ShowingRow], plain: list[Showing]) -> ShowingRow | None:
    """The showing of a term's final performance; both lists are in order of time."""
    term = contract.starts_on, contract.ends_on, contract.final_performance_id
    last = None
    if contract.ends_on is not None and contract.final_performance_id is None:
        # A run has thousands of showings: only those before the term's end can be the one, and the last says how far
        # the calendar reaches.
        at = bisect_left(plain, work_day_span(contract.ends_on)[1], key=lambda one: one.starts_wall)
        near = plain[max(0, at - NEAR) : at]
        last = final_performance([*near, *plain[-1:]], *term)
        if last is not None or not all(one.cancelled for one in near):
            plain = []
    last = last or final_performance(plain, *term)
    return next((one for one in reversed(showings) if last is not None and one.id == last.id), None)


def _final_row(contract: _Term, last: ShowingRow, parts: list[AssignmentRow]) -> FinalPerformanceRow:
    day = work_day(last.starts_wall)
    part = next((one for one in parts if one.plays and one.on(day)), None)
    return FinalPerformanceRow(
        performance_id=last.id,
        event_id=last.event_id,
        production_id=last.production_id,
        number=last.number,
        starts_wall=last.starts_wall,
        contract_id=contract.id,
        person_id=contract.person_id,
        person=contract.person,
        track=part.track if part else "",
        role=(part.role_short or part.role) if part else contract.job,
        derived=contract.final_performance_id is None,
    )
