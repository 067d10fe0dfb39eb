"""Persons with their agents and privacy levels, jobs, assignments to tracks and jobs, cover readiness."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from stagecraft.store.schema.base import Base, Code, Id, owned_by, personal, points_at


class Agent(Base):
    __tablename__ = "agent"
    id: Mapped[Id]
    name: Mapped[str]
    agency: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]


class Person(Base):
    """Class Company. `name` is the working name as printed; `sort_name` files it ("Cartwright, Karen"; "Linda")."""

    __tablename__ = "person"
    id: Mapped[Id]
    name: Mapped[str] = personal(placeholder="Erased person")
    sort_name: Mapped[str] = personal(placeholder="Erased person")
    pronouns: Mapped[str] = personal()
    show_pronouns: Mapped[bool]
    phone: Mapped[str] = personal()
    email: Mapped[str] = personal()
    share_contact: Mapped[bool]  # False prints "via SM"
    organisation: Mapped[str]
    agent_id: Mapped[int | None] = points_at("agent")
    photo: Mapped[str | None] = mapped_column(info={"personal": True, "placeholder": None})  # hash of a blob
    note: Mapped[str] = personal()


def _same_person() -> Mapped[int]:
    return mapped_column(
        ForeignKey("person.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"), primary_key=True
    )


class PersonPrivate(Base):
    """Class Management: where someone lives and whom to ring."""

    __tablename__ = "person_private"
    __table_args__ = ()
    person_id: Mapped[int] = _same_person()
    legal_name: Mapped[str] = personal()
    address: Mapped[str] = personal()
    birthday: Mapped[date | None] = personal(placeholder=None)
    emergency_1: Mapped[str] = personal()
    emergency_2: Mapped[str] = personal()
    union_last4: Mapped[str] = personal()


class PersonSealed(Base):
    """Class Restricted: what someone chose to disclose. Opening it is logged."""

    __tablename__ = "person_sealed"
    __table_args__ = ()
    person_id: Mapped[int] = _same_person()
    medical: Mapped[str] = personal()


class Job(Base):
    """An off-stage duty in a production; `group` orders it on lists (domain.kinds.JOB_GROUPS)."""

    __tablename__ = "job"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    name: Mapped[str]
    group: Mapped[Code]
    position: Mapped[int]


class Assignment(Base):
    """Person ↔ track or job, with dates and kind (domain.kinds.ASSIGNMENT_KINDS); `rank` orders covers.

    Many per person and per production. `ends_on` is the last day, inclusive.
    """

    __tablename__ = "assignment"
    id: Mapped[Id]
    person_id: Mapped[int] = owned_by("person")
    production_id: Mapped[int] = owned_by("production")
    contract_id: Mapped[int | None] = points_at("contract")
    track_id: Mapped[int | None] = owned_by("track")
    job_id: Mapped[int | None] = owned_by("job")
    kind: Mapped[Code]
    rank: Mapped[int]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    note: Mapped[str]


class CoverReadiness(Base):
    """How far a cover is: none | learning | rehearsed | put-in | performed."""

    __tablename__ = "cover_readiness"
    id: Mapped[Id]
    person_id: Mapped[int] = owned_by("person")
    track_id: Mapped[int] = owned_by("track")
    state: Mapped[Code]
    cleared_on: Mapped[date | None]
    note: Mapped[str]


class Opening(Base):
    """A sealed field was opened: whose, which (money | medical | private), when in UTC minutes.

    Who opened it stands in the journal.
    """

    __tablename__ = "opening"
    id: Mapped[Id]
    person_id: Mapped[int] = owned_by("person")
    contract_id: Mapped[int | None] = owned_by("contract")
    what: Mapped[Code]
    opened_at: Mapped[int]
