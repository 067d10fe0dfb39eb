"""Commands on what hangs on a contract: options and their decision, riders, other deadlines.

They may be added to a signed contract too: leave is asked and options are granted while it runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from stagecraft.base.errors import Refused
from stagecraft.domain.contract_dates import OPTION_STATES, option_due
from stagecraft.domain.kinds import OPTION_HOLDERS, RIDER_STATES
from stagecraft.services.command import Command
from stagecraft.services.contracts import Paper, attach, check_term, open_contract
from stagecraft.services.fields import line, needed, prose, write_fields
from stagecraft.store.schema import ContractDeadline, ContractOption, Rider

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


_OPTION_FIELDS = ("holder", "extends_weeks", "notice_weeks", "due_on", "note", "owner", "method", "decided_on")
_RIDER_FIELDS = ("kind", "text", "state", "starts_on", "ends_on")
_DEADLINE_FIELDS = ("name", "due_on", "owner", "done_on")


def _check_weeks(changes: Mapping[str, Any]) -> None:
    notice = changes.get("notice_weeks", 0)
    if notice is None or not 0 <= notice <= 104:
        raise Refused("option.notice", "Notice is between 0 and 104 weeks.", field="notice_weeks")
    extends = changes.get("extends_weeks")
    if extends is not None and not 1 <= extends <= 520:
        raise Refused("option.extends", "An option extends by 1 to 520 weeks.", field="extends_weeks")


@dataclass(frozen=True, slots=True)
class AddOption(Command):
    """Add a right to renew; returns its id. Its deadline is the term's end minus the notice, until `due_on` is set."""

    label: ClassVar[str] = "add an option to {contract}"
    contract: int
    notice_weeks: int = 8
    holder: str = "producer"
    extends_weeks: int | None = None
    owner: str = ""

    def apply(self, work: UnitOfWork) -> int:
        contract = open_contract(work, self.contract)
        if self.holder not in OPTION_HOLDERS:
            raise Refused("option.holder", "An option is the producer's or the actor's.", field="holder")
        _check_weeks({"notice_weeks": self.notice_weeks, "extends_weeks": self.extends_weeks})
        row = work.add(
            ContractOption(
                contract_id=contract.id,
                holder=self.holder,
                extends_weeks=self.extends_weeks,
                notice_weeks=self.notice_weeks,
                due_on=None,
                state="open",
                decided_on=None,
                method="",
                note="",
                owner=line(self.owner, "owner"),
            )
        )
        work.label(contract=contract.id, option=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class EditOption(Command):
    label: ClassVar[str] = "change an option of {contract}"
    option: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(ContractOption, self.option)
        open_contract(work, row.contract_id)
        _check_weeks({"notice_weeks": row.notice_weeks, **self.changes})
        if self.changes.get("holder", row.holder) not in OPTION_HOLDERS:
            raise Refused("option.holder", "An option is the producer's or the actor's.", field="holder")
        write_fields(row, self.changes, _OPTION_FIELDS)
        work.label(contract=row.contract_id, option=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class DecideOption(Command):
    """Say what became of an option: exercised (notice sent), declined (not renewed), lapsed, or open again.

    `extend` moves the term's last day on by the option's weeks when it is exercised; the deadline that was met
    stays on the option as it was. `paper` is kept with the contract.
    """

    label: ClassVar[str] = "decide an option of {contract}"
    option: int
    state: str
    on_date: date | None = None
    method: str = ""
    note: str | None = None
    extend: bool = False
    paper: Paper | None = None

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(ContractOption, self.option)
        contract = open_contract(work, row.contract_id)
        if self.state not in OPTION_STATES:
            raise ValueError(f"no option state {self.state}")
        if self.extend and self.state == "exercised":
            if contract.ends_on is None or row.extends_weeks is None:
                raise Refused(
                    "option.no_term",
                    "The term can only be extended when its last day and the option's weeks are known.",
                    field="extend",
                )
            row.due_on = option_due(contract.ends_on, row.notice_weeks, row.due_on)
            contract.ends_on += timedelta(weeks=row.extends_weeks)
        row.state = self.state
        row.decided_on = None if self.state == "open" else self.on_date or work.today
        row.method = "" if self.state == "open" else line(self.method, "method")
        if self.note is not None:
            row.note = prose(self.note, "note")
        if self.paper is not None:
            attach(work, contract.id, *self.paper)
        work.label(contract=contract.id, option=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveOption(Command):
    """Remove an option entered by mistake; a decided one stays on file."""

    label: ClassVar[str] = "remove an option of {contract}"
    option: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(ContractOption, self.option)
        open_contract(work, row.contract_id)
        if row.state != "open":
            raise Refused("option.decided", "A decided option stays on file. Set it to open first.")
        work.label(contract=row.contract_id)
        work.remove(row)


@dataclass(frozen=True, slots=True)
class AddRider(Command):
    """Add something to the agreement (leave asked, permission, term rider); returns its id."""

    label: ClassVar[str] = "add a rider to {contract}"
    contract: int
    text: str
    kind: str = "other"
    state: str = "signed"
    starts_on: date | None = None
    ends_on: date | None = None

    def apply(self, work: UnitOfWork) -> int:
        contract = open_contract(work, self.contract)
        text = needed(self.text, "rider.no_text", "Say what the rider changes.", field="text")
        if self.state not in RIDER_STATES:
            raise ValueError(f"no rider state {self.state}")
        check_term(self.starts_on, self.ends_on)
        row = work.add(
            Rider(
                contract_id=contract.id,
                kind=self.kind,
                text=text,
                state=self.state,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
            )
        )
        work.label(contract=contract.id)
        return row.id


@dataclass(frozen=True, slots=True)
class EditRider(Command):
    """Change a rider; asked becomes open, signed or ended."""

    label: ClassVar[str] = "change a rider of {contract}"
    rider: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Rider, self.rider)
        open_contract(work, row.contract_id)
        if "text" in self.changes:
            needed(self.changes["text"], "rider.no_text", "Say what the rider changes.", field="text")
        if self.changes.get("state", row.state) not in RIDER_STATES:
            raise ValueError(f"no rider state {self.changes['state']}")
        check_term(self.changes.get("starts_on", row.starts_on), self.changes.get("ends_on", row.ends_on))
        write_fields(row, self.changes, _RIDER_FIELDS)
        work.label(contract=row.contract_id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveRider(Command):
    label: ClassVar[str] = "remove a rider of {contract}"
    rider: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Rider, self.rider)
        open_contract(work, row.contract_id)
        work.label(contract=row.contract_id)
        work.remove(row)


@dataclass(frozen=True, slots=True)
class AddDeadline(Command):
    """Add any other dated duty of a contract (bio due, embargo, permission); returns its id."""

    label: ClassVar[str] = "add a deadline to {contract}"
    contract: int
    name: str
    due_on: date
    owner: str = ""

    def apply(self, work: UnitOfWork) -> int:
        contract = open_contract(work, self.contract)
        name = needed(self.name, "deadline.no_name", "Say what is due, such as “bio approved”.", field="name")
        row = work.add(
            ContractDeadline(
                contract_id=contract.id,
                name=name,
                due_on=self.due_on,
                owner=line(self.owner, "owner"),
                done_on=None,
            )
        )
        work.label(contract=contract.id, day=self.due_on.isoformat())
        return row.id


@dataclass(frozen=True, slots=True)
class EditDeadline(Command):
    label: ClassVar[str] = "change a deadline of {contract}"
    deadline: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(ContractDeadline, self.deadline)
        open_contract(work, row.contract_id)
        if "name" in self.changes:
            needed(
                self.changes["name"],
                "deadline.no_name",
                "Say what is due, such as “bio approved”.",
                field="name",
            )
        if "due_on" in self.changes and self.changes["due_on"] is None:
            raise Refused("deadline.no_date", "A deadline needs its date.", field="due_on")
        write_fields(row, self.changes, _DEADLINE_FIELDS)
        work.label(contract=row.contract_id)
        return row.id


@dataclass(frozen=True, slots=True)
class FinishDeadline(Command):
    """Mark a deadline as done on a day; None opens it again."""

    label: ClassVar[str] = "finish a deadline of {contract}"
    deadline: int
    done_on: date | None

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(ContractDeadline, self.deadline)
        open_contract(work, row.contract_id)
        row.done_on = self.done_on
        work.label(contract=row.contract_id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveDeadline(Command):
    label: ClassVar[str] = "remove a deadline of {contract}"
    deadline: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(ContractDeadline, self.deadline)
        open_contract(work, row.contract_id)
        work.label(contract=row.contract_id)
        work.remove(row)
