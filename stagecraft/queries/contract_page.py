"""What one contract's page shows beside its terms: state history, files, covers, and money once it is opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, func, select

from stagecraft.queries.contracts import ContractRow
from stagecraft.queries.people import AssignmentRow, assignment_rows
from stagecraft.store.schema import (
    Attachment,
    Blob,
    ContractIncrement,
    ContractMoney,
    ContractStateChange,
    Opening,
)


@dataclass(slots=True)
class StateRow:
    """A line of a contract's history; `file` names the paper that goes with it."""

    id: int
    state: str
    on_date: date
    note: str
    attachment_id: int | None
    file: str


def state_rows(conn: Connection, contract_id: int) -> list[StateRow]:
    """The states a contract went through, newest first."""
    found = conn.execute(
        select(
            ContractStateChange.id,
            ContractStateChange.state,
            ContractStateChange.on_date,
            ContractStateChange.note,
            ContractStateChange.attachment_id,
            func.coalesce(Attachment.name, ""),
        )
        .outerjoin(Attachment, Attachment.id == ContractStateChange.attachment_id)
        .where(ContractStateChange.contract_id == contract_id)
        .order_by(ContractStateChange.on_date.desc(), ContractStateChange.id.desc())
    )
    return [StateRow(*row) for row in found]


@dataclass(slots=True)
class AttachmentRow:
    id: int
    name: str
    hash: str
    media_type: str
    size: int


def attachment_rows(conn: Connection, contract_id: int) -> list[AttachmentRow]:
    """Files kept with a contract, in the order they came."""
    found = conn.execute(
        select(Attachment.id, Attachment.name, Attachment.hash, Attachment.media_type, Attachment.size)
        .where(Attachment.contract_id == contract_id)
        .order_by(Attachment.id)
    )
    return [AttachmentRow(*row) for row in found]


def cover_texts(conn: Connection, row: ContractRow) -> list[str]:
    """Who covers what this contract's person plays, in order: `Pete Okafor (M5)`."""
    parts = assignment_rows(conn, [row.production_id])
    tracks = {
        one.track_id for one in parts if one.person_id == row.person_id and one.plays and _during(one, row)
    }
    own = {(one.person_id): one.track for one in parts if one.plays and one.on(row.today)}
    covers = sorted(
        (one for one in parts if one.track_id in tracks and not one.plays and one.on(row.today)),
        key=lambda one: one.rank,
    )
    texts = [f"{one.person} ({own[one.person_id]})" if one.person_id in own else one.person for one in covers]
    return list(dict.fromkeys(texts))


def _during(part: AssignmentRow, row: ContractRow) -> bool:
    """Whether an assignment and a term share a day."""
    starts_late = part.starts_on is not None and row.ends_on is not None and part.starts_on > row.ends_on
    ends_early = part.ends_on is not None and row.starts_on is not None and part.ends_on < row.starts_on
    return not starts_late and not ends_early


@dataclass(slots=True)
class IncrementRow:
    id: int
    name: str
    weekly: int
    starts_on: date | None
    ends_on: date | None


@dataclass(slots=True)
class MoneyRow:
    """Class Restricted. Amounts in minor units; `commission_bp` in hundredths of a percent."""

    contract_id: int
    currency: str = "USD"
    weekly: int | None = None
    per_diem: int | None = None
    commission_bp: int | None = None
    note: str = ""
    increments: list[IncrementRow] = field(default_factory=list)


def money_row(conn: Connection, contract_id: int) -> MoneyRow:
    """The money of a contract; empty when none is recorded. Ask only after `OpenMoney` has been written down."""
    found = conn.execute(
        select(
            ContractMoney.contract_id,
            ContractMoney.currency,
            ContractMoney.weekly,
            ContractMoney.per_diem,
            ContractMoney.commission_bp,
            ContractMoney.note,
        ).where(ContractMoney.contract_id == contract_id)
    ).first()
    row = MoneyRow(*found) if found else MoneyRow(contract_id)
    increments = conn.execute(
        select(
            ContractIncrement.id,
            ContractIncrement.name,
            ContractIncrement.weekly,
            ContractIncrement.starts_on,
            ContractIncrement.ends_on,
        )
        .where(ContractIncrement.contract_id == contract_id)
        .order_by(ContractIncrement.id)
    )
    row.increments = [IncrementRow(*one) for one in increments]
    return row


def money_opened_at(conn: Connection, contract_id: int) -> int | None:
    """When the money was last opened, in UTC minutes; None when it never was."""
    return conn.execute(select(func.max(Opening.opened_at)).where(Opening.contract_id == contract_id)).scalar()


def attachment_data(conn: Connection, attachment_id: int) -> bytes:
    """The bytes of a file kept with a contract; empty when it is gone."""
    query = (
        select(Blob.data).join(Attachment, Attachment.hash == Blob.hash).where(Attachment.id == attachment_id)
    )
    return conn.execute(query).scalar() or b""
