"""Contracts with their options, riders, deadlines, state history and sealed money."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from stagecraft.store.schema.base import Base, Code, Id, owned_by, personal, points_at


class Contract(Base):
    """Agreement of one person with one production. `ends_on` is the last day, None for the run of the play.

    `final_performance_id` overrides the final performance that otherwise follows from the term.
    """

    __tablename__ = "contract"
    id: Mapped[Id]
    person_id: Mapped[int] = owned_by("person")
    production_id: Mapped[int] = owned_by("production")
    agent_id: Mapped[int | None] = points_at("agent")
    number: Mapped[str]
    agreement: Mapped[str]  # "AEA Production"
    subtype: Mapped[str]  # "principal, term rider"
    job: Mapped[str]  # "Marilyn Monroe" as the contract says it
    state: Mapped[Code]  # domain.kinds.CONTRACT_STATES
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    notice_by_actor_days: Mapped[int | None]
    notice_by_producer_days: Mapped[int | None]
    final_performance_id: Mapped[int | None] = points_at("performance")
    billing: Mapped[str]
    dressing_room: Mapped[str]
    rule_pack: Mapped[str]
    decision: Mapped[str]  # one line for the expiry report
    replacement: Mapped[str]
    note: Mapped[str]


class ContractMoney(Base):
    """Class Restricted. Amounts in minor units of `currency`; `commission_bp` in hundredths of a percent."""

    __tablename__ = "contract_money"
    __table_args__ = ()
    contract_id: Mapped[int] = mapped_column(
        ForeignKey("contract.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    currency: Mapped[Code]
    weekly: Mapped[int | None]
    per_diem: Mapped[int | None]
    commission_bp: Mapped[int | None]
    note: Mapped[str]


class ContractIncrement(Base):
    """Class Restricted: a weekly amount on top (cover, dance captain)."""

    __tablename__ = "contract_increment"
    id: Mapped[Id]
    contract_id: Mapped[int] = owned_by("contract")
    name: Mapped[str]
    weekly: Mapped[int]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class ContractOption(Base):
    """A right to renew. The deadline is the term's end minus `notice_weeks`, unless `due_on` overrides it.

    `holder` is producer | actor; `state` is open | exercised | declined | lapsed.
    """

    __tablename__ = "contract_option"
    id: Mapped[Id]
    contract_id: Mapped[int] = owned_by("contract")
    holder: Mapped[Code]
    extends_weeks: Mapped[int | None]
    notice_weeks: Mapped[int]
    due_on: Mapped[date | None]
    state: Mapped[Code]
    decided_on: Mapped[date | None]
    method: Mapped[str]  # how notice was given: "e-mail"
    note: Mapped[str]
    owner: Mapped[str]


class Rider(Base):
    """Something added to the agreement: term rider, outs, leave asked, "no calls on two-show days"."""

    __tablename__ = "rider"
    id: Mapped[Id]
    contract_id: Mapped[int] = owned_by("contract")
    kind: Mapped[Code]  # term | leave | permission | dance captain | …
    text: Mapped[str]
    state: Mapped[Code]  # asked | open | signed | ended
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class ContractDeadline(Base):
    """Any other dated duty of a contract: embargo, bio due, permission."""

    __tablename__ = "contract_deadline"
    id: Mapped[Id]
    contract_id: Mapped[int] = owned_by("contract")
    name: Mapped[str]
    due_on: Mapped[date]
    owner: Mapped[str]
    done_on: Mapped[date | None]


class ContractStateChange(Base):
    """The history of a contract's state: every change has its date and, where there is one, its paper."""

    __tablename__ = "contract_state_change"
    id: Mapped[Id]
    contract_id: Mapped[int] = owned_by("contract")
    state: Mapped[Code]
    on_date: Mapped[date]
    note: Mapped[str] = personal()
    attachment_id: Mapped[int | None] = points_at("attachment")
