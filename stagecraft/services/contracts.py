"""Commands on a contract: its terms, its state, its money, its final performance, its files.

Options, riders and other deadlines live in `services.contract_items`. From the signature on the terms are
read-only; what is still to be decided about them (decision, replacement, note) stays open until the archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.domain.contract_dates import SIGNED_STATES, next_states
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.times import date_text
from stagecraft.services.command import Command
from stagecraft.services.fields import line, needed, prose, write_fields
from stagecraft.services.people import AddPerson
from stagecraft.store.schema import (
    Agent,
    Assignment,
    Attachment,
    Contract,
    ContractIncrement,
    ContractMoney,
    ContractStateChange,
    Opening,
    Performance,
    Person,
    Production,
)

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


TERM_FIELDS = (
    "agent_id",
    "number",
    "agreement",
    "subtype",
    "job",
    "starts_on",
    "ends_on",
    "notice_by_actor_days",
    "notice_by_producer_days",
    "billing",
    "dressing_room",
)
OPEN_FIELDS = ("decision", "replacement", "note", "rule_pack")
"""Fields that stay open after the signature."""

READ_ONLY_SENTENCE = "Signed: the terms are read-only; what was typed wrongly can be corrected."

Paper = tuple[str, bytes, str]
"""A file to keep: its name, its bytes, its media type."""


def open_contract(work: UnitOfWork, contract: int) -> Contract:
    """The contract, refused when it is archived."""
    row = work.get(Contract, contract)
    if row.state == "archived":
        raise Refused("contract.archived", "An archived contract is read-only. Set it back to departed first.")
    return row


def check_term(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse a last day before the first."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(
            "contract.term",
            f"The last day, {date_text(ends_on)}, lies before the first, {date_text(starts_on)}.",
            field="ends_on",
        )


@dataclass(frozen=True, slots=True)
class AddContract(Command):
    """Add a person's contract with a production; returns its id.

    `state` is where it stands today, with the date it got there (`on_date`, today when left out), so that
    contracts signed long ago can be entered as they are. `ends_on` None means the run of the play. Without a
    `person` the one called `name` is added in the same step.
    """

    label: ClassVar[str] = "add the contract of {person}"
    person: int | None
    production: int
    agreement: str = ""
    subtype: str = ""
    job: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state: str = "idea"
    on_date: date | None = None
    agent: int | None = None
    number: str = ""
    notice_by_actor_days: int | None = None
    notice_by_producer_days: int | None = None
    billing: str = ""
    dressing_room: str = ""
    rule_pack: str = ""
    decision: str = ""
    replacement: str = ""
    note: str = ""
    state_note: str = ""
    name: str = ""

    def apply(self, work: UnitOfWork) -> int:
        person = AddPerson(self.name).apply(work) if self.person is None else work.get(Person, self.person).id
        work.get(Production, self.production)
        if self.agent is not None:
            work.get(Agent, self.agent)
        if self.state not in CONTRACT_STATES:
            raise ValueError(f"no contract state {self.state}")
        check_term(self.starts_on, self.ends_on)
        row = work.add(
            Contract(
                person_id=person,
                production_id=self.production,
                agent_id=self.agent,
                number=line(self.number, "number"),
                agreement=line(self.agreement, "agreement"),
                subtype=line(self.subtype, "subtype"),
                job=line(self.job, "job"),
                state=self.state,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                notice_by_actor_days=self.notice_by_actor_days,
                notice_by_producer_days=self.notice_by_producer_days,
                final_performance_id=None,
                billing=line(self.billing, "billing"),
                dressing_room=line(self.dressing_room, "dressing_room"),
                rule_pack=self.rule_pack,
                decision=prose(self.decision, "decision"),
                replacement=prose(self.replacement, "replacement"),
                note=prose(self.note, "note"),
            )
        )
        work.add(
            ContractStateChange(
                contract_id=row.id,
                state=self.state,
                on_date=self.on_date or work.today,
                note=prose(self.state_note, "state_note"),
                attachment_id=None,
            )
        )
        work.label(contract=row.id, person=person, production=self.production)
        return row.id


def _edit(work: UnitOfWork, row: Contract, changes: Mapping[str, Any]) -> None:
    check_term(changes.get("starts_on", row.starts_on), changes.get("ends_on", row.ends_on))
    for field in ("notice_by_actor_days", "notice_by_producer_days"):
        days = changes.get(field)
        if days is not None and not 0 <= days <= 3660:
            raise Refused("contract.notice", "A notice is between 0 and 3660 days.", field=field)
    write_fields(row, changes, TERM_FIELDS + OPEN_FIELDS)
    work.label(contract=row.id, field=next(iter(changes), ""))


@dataclass(frozen=True, slots=True)
class EditContract(Command):
    """Change fields of a contract. Once it is signed only decision, replacement, note and work rules may change."""

    label: ClassVar[str] = "change {field} of {contract}"
    contract: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = open_contract(work, self.contract)
        closed = [field for field in self.changes if field not in OPEN_FIELDS]
        if closed and row.state in SIGNED_STATES:
            raise Refused("contract.signed", READ_ONLY_SENTENCE, field=closed[0])
        _edit(work, row, self.changes)
        return row.id


@dataclass(frozen=True, slots=True)
class CorrectContract(Command):
    """Put right what was typed wrongly from the signed paper; history names it as a correction."""

    label: ClassVar[str] = "correct {field} of {contract}"
    contract: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = open_contract(work, self.contract)
        _edit(work, row, self.changes)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveContract(Command):
    """Remove a contract entered by mistake, with everything recorded under it; a signed one is refused."""

    label: ClassVar[str] = "remove the contract of {person}"
    contract: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Contract, self.contract)
        if row.state in SIGNED_STATES:
            raise Refused(
                "contract.signed_stays",
                "A signed contract stays on file. Set it to terminated or departed, then archive it.",
            )
        work.label(person=row.person_id, production=row.production_id)
        work.remove(row)


@dataclass(frozen=True, slots=True)
class ChangeContractState(Command):
    """Move a contract on along its life, with the date it happened, a note and the paper that says so.

    Returns the id of the new line of its history.
    """

    label: ClassVar[str] = "set {contract} to {state}"
    contract: int
    state: str
    on_date: date | None = None
    note: str = ""
    paper: Paper | None = None

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Contract, self.contract)
        _check_move(work, row, self.state)
        attachment = attach(work, row.id, *self.paper) if self.paper is not None else None
        row.state = self.state
        change = work.add(
            ContractStateChange(
                contract_id=row.id,
                state=self.state,
                on_date=self.on_date or work.today,
                note=prose(self.note, "note"),
                attachment_id=attachment,
            )
        )
        work.label(contract=row.id, state=self.state)
        return change.id


def _check_move(work: UnitOfWork, row: Contract, state: str) -> None:
    """Refuse what the lifecycle of `paperwork.md` §4.4 does not know."""
    if state not in CONTRACT_STATES:
        raise ValueError(f"no contract state {state}")
    following = next_states(row.state)
    if state not in following:
        now, wanted = CONTRACT_STATES[row.state], CONTRACT_STATES[state]
        words = [CONTRACT_STATES[one] for one in following]
        may = ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words)
        raise Refused(
            "contract.state",
            f"From “{now}” a contract does not go to “{wanted}”; it may become {may}.",
            field="state",
        )
    if state == "active" and not row.job.strip() and not _assigned(work, row):
        raise Refused("contract.no_job", "An active contract needs a role or a job first.", field="job")


def _assigned(work: UnitOfWork, row: Contract) -> bool:
    found = select(Assignment.id).where(
        Assignment.person_id == row.person_id, Assignment.production_id == row.production_id
    )
    return work.session.scalars(found.limit(1)).first() is not None


# --- final performance, money, files -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetFinalPerformance(Command):
    """Set the final performance by hand; None lets it follow from the term again."""

    label: ClassVar[str] = "set the final performance of {contract}"
    contract: int
    performance: int | None

    def apply(self, work: UnitOfWork) -> int:
        row = open_contract(work, self.contract)
        if self.performance is not None:
            performance = work.get(Performance, self.performance)
            if performance.production_id != row.production_id:
                raise Refused("contract.other_show", "That performance belongs to another production.")
        row.final_performance_id = self.performance
        work.label(contract=row.id)
        return row.id


MONEY_FIELDS = ("currency", "weekly", "per_diem", "commission_bp", "note")


@dataclass(frozen=True, slots=True)
class SetMoney(Command):
    """Record or change the money of a contract, in minor units; `commission_bp` in hundredths of a percent.

    Unspecified fields keep their value; the first time they start empty and the currency is USD.
    """

    label: ClassVar[str] = "change the money of {contract}"
    contract: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        contract = open_contract(work, self.contract)
        changes = dict(self.changes)
        if "currency" in changes:
            changes["currency"] = changes["currency"].strip().upper()
            if len(changes["currency"]) != 3 or not changes["currency"].isalpha():
                raise Refused("money.currency", "A currency has three letters, such as USD.", field="currency")
        for field in ("weekly", "per_diem", "commission_bp"):
            amount = changes.get(field)
            if amount is not None and not 0 <= amount < 2**31:
                raise Refused("money.amount", "That amount is out of range.", field=field)
        row = work.find(ContractMoney, contract.id)
        if row is None:
            row = work.add(
                ContractMoney(
                    contract_id=contract.id,
                    currency="USD",
                    weekly=None,
                    per_diem=None,
                    commission_bp=None,
                    note="",
                )
            )
        write_fields(row, changes, MONEY_FIELDS)
        work.label(contract=contract.id)
        return contract.id


@dataclass(frozen=True, slots=True)
class AddIncrement(Command):
    """Add a weekly amount on top of the salary, in minor units; returns its id."""

    label: ClassVar[str] = "add an increment to {contract}"
    contract: int
    name: str
    weekly: int
    starts_on: date | None = None
    ends_on: date | None = None

    def apply(self, work: UnitOfWork) -> int:
        contract = open_contract(work, self.contract)
        name = needed(
            self.name,
            "increment.no_name",
            "Say what the increment is for, such as “dance captain”.",
            field="name",
        )
        check_term(self.starts_on, self.ends_on)
        if not 0 <= self.weekly < 2**31:
            raise Refused("money.amount", "That amount is out of range.", field="weekly")
        row = work.add(
            ContractIncrement(
                contract_id=contract.id,
                name=name,
                weekly=self.weekly,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
            )
        )
        work.label(contract=contract.id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveIncrement(Command):
    label: ClassVar[str] = "remove an increment of {contract}"
    increment: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(ContractIncrement, self.increment)
        open_contract(work, row.contract_id)
        work.label(contract=row.contract_id)
        work.remove(row)


@dataclass(frozen=True, slots=True)
class OpenMoney(Command):
    """Write down that the sealed money of a contract was opened. It cannot be taken back."""

    label: ClassVar[str] = "open the money of {contract}"
    step_kind: ClassVar[str] = "log"
    contract: int

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Contract, self.contract)
        opened = work.add(
            Opening(
                person_id=row.person_id,
                contract_id=row.id,
                what="money",
                opened_at=work.clock.utc_ms() // 60000,
            )
        )
        work.label(contract=row.id)
        return opened.id


def attach(work: UnitOfWork, contract: int, name: str, data: bytes, media_type: str) -> int:
    """Keep a file with a contract; the id of its attachment."""
    if not data:
        raise Refused("file.empty", "That file is empty; nothing was kept.", field="data")
    row = work.add(
        Attachment(
            person_id=None,
            contract_id=contract,
            report_id=None,
            name=line(name, "name") or "file",
            hash=work.put_blob(data, media_type),
            media_type=media_type,
            size=len(data),
        )
    )
    return row.id


@dataclass(frozen=True, slots=True)
class AttachFile(Command):
    """Keep a file (offer letter, deal memo, rider, e-mail) with a contract; returns its id."""

    label: ClassVar[str] = "attach a file to {contract}"
    contract: int
    name: str
    data: bytes
    media_type: str = "application/octet-stream"

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Contract, self.contract)
        attachment = attach(work, row.id, self.name, self.data, self.media_type)
        work.label(contract=row.id)
        return attachment


@dataclass(frozen=True, slots=True)
class RemoveAttachment(Command):
    """Take a file off a contract; undo brings it back."""

    label: ClassVar[str] = "remove a file of {contract}"
    attachment: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Attachment, self.attachment)
        if row.contract_id is not None:
            open_contract(work, row.contract_id)
            work.label(contract=row.contract_id)
        work.remove(row)
