"""Contracts as rows: terms with what hangs on them, and what is due next.

The arithmetic of dates lives in `domain.contract_dates`; history, files and money of one contract in
`queries.contract_page`; final performances in `queries.final_performances`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from stagecraft.domain.contract_dates import (
    ENDED_STATES,
    OPTION_STATES,
    SIGNED_STATES,
    Deadline,
    days_left,
    days_text,
    deadline_severity,
    next_deadline,
    option_due,
    option_formula,
    overdue,
    short_formula_text,
)
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.names import filing_key
from stagecraft.domain.times import date_text
from stagecraft.store.schema import (
    Agent,
    Contract,
    ContractDeadline,
    ContractOption,
    Person,
    Production,
    Rider,
)

GROUPS: dict[str, str] = {
    "soon": "Within 30 days",
    "watch": "31–60 days",
    "later": "Later or run of the play",
    "ended": "Ended",
}
"""Groups of the list by next deadline."""


@dataclass(slots=True)
class OptionRow:
    """A right to renew with its last day for notice and how that comes about."""

    id: int
    contract_id: int
    holder: str
    extends_weeks: int | None
    notice_weeks: int
    set_due_on: date | None
    state: str
    decided_on: date | None
    method: str
    note: str
    owner: str
    due_on: date | None = None
    formula: str = ""


@dataclass(slots=True)
class RiderRow:
    id: int
    contract_id: int
    kind: str
    text: str
    state: str
    starts_on: date | None
    ends_on: date | None


@dataclass(slots=True)
class DutyRow:
    """Another dated duty; `done_on` None while it is open."""

    id: int
    contract_id: int
    name: str
    due_on: date
    owner: str
    done_on: date | None


@dataclass(slots=True)
class ContractRow:
    """A contract with its options, riders and duties, and what is due next as of the day it was asked for."""

    id: int
    person_id: int
    person: str
    sort_name: str
    production_id: int
    production: str
    code: str
    colour: str
    agent_id: int | None
    agent: str
    number: str
    agreement: str
    subtype: str
    job: str
    state: str
    starts_on: date | None
    ends_on: date | None
    notice_by_actor_days: int | None
    notice_by_producer_days: int | None
    final_performance_id: int | None
    billing: str
    dressing_room: str
    rule_pack: str
    decision: str
    replacement: str
    note: str
    today: date = date.min
    options: list[OptionRow] = field(default_factory=list)
    riders: list[RiderRow] = field(default_factory=list)
    duties: list[DutyRow] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    next: Deadline | None = None

    @property
    def signed(self) -> bool:
        return self.state in SIGNED_STATES

    @property
    def ended(self) -> bool:
        """Nobody has to act on it any more: its state says so, or its term is over."""
        return self.state in ENDED_STATES or (self.ends_on is not None and overdue(self.ends_on, self.today))

    @property
    def severity(self) -> str:
        """`red`, `amber` or empty."""
        return "" if self.ended else deadline_severity(self.next, self.today)

    @property
    def group(self) -> str:
        """Key of `GROUPS`."""
        if self.ended:
            return "ended"
        if self.next is None:
            return "later"
        left = days_left(self.next.due_on, self.today)
        return "soon" if left <= 30 else "watch" if left <= 60 else "later"

    @property
    def shown_on(self) -> date | None:
        """The date the list shows: the next deadline, the end of an ended term."""
        if self.ended:
            return self.ends_on
        return self.next.due_on if self.next else None

    @property
    def days(self) -> str:
        """`10 days`, `2 days overdue`, `4 days ago`; empty without a date."""
        on = self.shown_on
        if on is None:
            return ""
        return days_text(on, self.today, to_do=not self.ended and self.next is not None and self.next.to_do)

    @property
    def line(self) -> str:
        """The second line of the list: the formula of what is due, or what is known instead."""
        if self.ended or self.next is None or self.next.kind == "term":
            return self._quiet_line()
        if self.next.kind == "option":
            return f"Option: {self.next.formula}"
        return f"{self.next.name}: {self.next.formula}" if self.next.formula else self.next.name

    def _quiet_line(self) -> str:
        decided = next((one for one in self.options if one.decided_on is not None), None)
        if decided is not None:
            told = decided.decided_on or self.today
            words = f"{OPTION_STATES[decided.state]} {told.day} {told:%b}"
            if decided.set_due_on is None and self.ends_on is not None:
                return f"{short_formula_text(self.ends_on, decided.notice_weeks)}; {words}"
            return f"Option {words}"
        if self.decision:
            return self.decision.splitlines()[0]
        if self.ends_on is None:
            return "Run of the play" if self.signed else CONTRACT_STATES[self.state].capitalize()
        missing = "no option recorded" if not self.options else "no open option"
        return f"Term {'ended' if self.ended else 'ends'}; {missing}"

    @property
    def agreement_text(self) -> str:
        """`AEA Production, principal`."""
        return ", ".join(part for part in (self.agreement, self.subtype) if part)


def contract_rows(
    conn: Connection, today: date, production_ids: Iterable[int] = (), contract_ids: Iterable[int] = ()
) -> list[ContractRow]:
    """Contracts by next deadline: overdue first, those without a date after, ended ones last. Four statements."""
    productions, ids = list(production_ids), list(contract_ids)
    wanted = select(Contract.id)
    if productions:
        wanted = wanted.where(Contract.production_id.in_(productions))
    if ids:
        wanted = wanted.where(Contract.id.in_(ids))
    rows = {row.id: row for row in _contracts(conn, wanted)}
    for option in _options(conn, wanted):
        rows[option.contract_id].options.append(option)
    riders = select(
        Rider.id, Rider.contract_id, Rider.kind, Rider.text, Rider.state, Rider.starts_on, Rider.ends_on
    )
    for found in conn.execute(riders.where(Rider.contract_id.in_(wanted)).order_by(Rider.id)):
        rows[found.contract_id].riders.append(RiderRow(*found))
    for duty in _duties(conn, wanted):
        rows[duty.contract_id].duties.append(duty)
    for row in rows.values():
        _work_out(row, today)
    return sorted(rows.values(), key=_list_order)


def _list_order(row: ContractRow) -> tuple[Any, ...]:
    group = list(GROUPS).index(row.group)
    on = row.shown_on
    when = date.max.toordinal() if on is None else -on.toordinal() if row.ended else on.toordinal()
    return group, when, filing_key(row.sort_name), row.id


def _contracts(conn: Connection, wanted: Any) -> list[ContractRow]:
    found = conn.execute(
        select(
            Contract.id,
            Contract.person_id,
            Person.name,
            Person.sort_name,
            Contract.production_id,
            Production.name,
            Production.code,
            Production.colour,
            Contract.agent_id,
            func.coalesce(Agent.name, ""),
            Contract.number,
            Contract.agreement,
            Contract.subtype,
            Contract.job,
            Contract.state,
            Contract.starts_on,
            Contract.ends_on,
            Contract.notice_by_actor_days,
            Contract.notice_by_producer_days,
            Contract.final_performance_id,
            Contract.billing,
            Contract.dressing_room,
            Contract.rule_pack,
            Contract.decision,
            Contract.replacement,
            Contract.note,
        )
        .join(Person, Person.id == Contract.person_id)
        .join(Production, Production.id == Contract.production_id)
        .outerjoin(Agent, Agent.id == Contract.agent_id)
        .where(Contract.id.in_(wanted))
    )
    return [ContractRow(*tuple(row)) for row in found]


def _options(conn: Connection, wanted: Any) -> list[OptionRow]:
    found = conn.execute(
        select(
            ContractOption.id,
            ContractOption.contract_id,
            ContractOption.holder,
            ContractOption.extends_weeks,
            ContractOption.notice_weeks,
            ContractOption.due_on,
            ContractOption.state,
            ContractOption.decided_on,
            ContractOption.method,
            ContractOption.note,
            ContractOption.owner,
        )
        .where(ContractOption.contract_id.in_(wanted))
        .order_by(ContractOption.id)
    )
    return [OptionRow(*row) for row in found]


def _duties(conn: Connection, wanted: Any) -> list[DutyRow]:
    found = conn.execute(
        select(
            ContractDeadline.id,
            ContractDeadline.contract_id,
            ContractDeadline.name,
            ContractDeadline.due_on,
            ContractDeadline.owner,
            ContractDeadline.done_on,
        )
        .where(ContractDeadline.contract_id.in_(wanted))
        .order_by(ContractDeadline.due_on, ContractDeadline.id)
    )
    return [DutyRow(*row) for row in found]


def _work_out(row: ContractRow, today: date) -> None:
    """Deadlines of a contract and the next of them."""
    row.today = today
    for number, option in enumerate(row.options, 1):
        option.due_on = option_due(row.ends_on, option.notice_weeks, option.set_due_on)
        option.formula = option_formula(row.ends_on, option.notice_weeks, option.set_due_on)
        if option.due_on is not None:
            name = "Option" if len(row.options) == 1 else f"Option {number}"
            open_ = option.state == "open"
            row.deadlines.append(
                Deadline("option", option.id, name, option.due_on, option.formula, option.owner, open_)
            )
    for rider in row.riders:
        if rider.state in ("asked", "open") and rider.starts_on is not None:
            words = f"starts {date_text(rider.starts_on)}"
            row.deadlines.append(Deadline("rider", rider.id, rider.text, rider.starts_on, words))
    for duty in row.duties:
        row.deadlines.append(
            Deadline("other", duty.id, duty.name, duty.due_on, "", duty.owner, duty.done_on is None)
        )
    if row.ends_on is not None:
        row.deadlines.append(Deadline("term", row.id, "Term ends", row.ends_on, ""))
    row.deadlines.sort(key=lambda one: (one.due_on, one.kind, one.item))
    row.next = next_deadline(row.deadlines, today)


# --- deadlines over all contracts --------------------------------------------------------------------------


@dataclass(slots=True)
class DeadlineRow:
    """An open deadline of a live contract. `days` is negative when overdue; `words` says it in one line."""

    contract_id: int
    person_id: int
    person: str
    job: str
    production_id: int
    code: str
    colour: str
    kind: str
    item: int
    name: str
    due_on: date
    formula: str
    owner: str
    days: int
    severity: str
    words: str

    @property
    def overdue(self) -> bool:
        return self.days < 0


def deadline_rows(conn: Connection, today: date, production_ids: Iterable[int] = ()) -> list[DeadlineRow]:
    """Open options, riders, duties and coming term ends of contracts that are not over, soonest first."""
    rows = []
    for contract in contract_rows(conn, today, production_ids):
        if contract.ended:
            continue
        rows += [_deadline(contract, one, today) for one in contract.deadlines if one.open]
    return sorted(rows, key=lambda row: (row.due_on, row.kind == "term", row.person, row.item))


def _deadline(contract: ContractRow, one: Deadline, today: date) -> DeadlineRow:
    words = days_text(one.due_on, today, to_do=one.to_do)
    return DeadlineRow(
        contract_id=contract.id,
        person_id=contract.person_id,
        person=contract.person,
        job=contract.job,
        production_id=contract.production_id,
        code=contract.code,
        colour=contract.colour,
        kind=one.kind,
        item=one.item,
        name=one.name,
        due_on=one.due_on,
        formula=one.formula,
        owner=one.owner,
        days=days_left(one.due_on, today),
        severity=deadline_severity(one, today),
        words=f"{contract.person}, {one.name[:1].lower() + one.name[1:]}: {date_text(one.due_on)}, {words}",
    )
