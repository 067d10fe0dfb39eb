"""Work rules the house has made its own: packs, verifications, votes and concessions, accepted flags.

Shipped packs are files beside the program; only what the house adds to them is here. Packs and rules are named by
their codes, so that a row stays true when a newer pack is shipped.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from stagecraft.store.schema.base import Base, Code, Id, owned_by, personal


class RulePack(Base):
    """A house copy or an imported pack: `text` is its file (TOML), `code` the pack's id."""

    __tablename__ = "rule_pack"
    __table_args__ = (UniqueConstraint("code"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    code: Mapped[Code]
    text: Mapped[str]


class RuleVerification(Base):
    """Somebody compared a rule with the agreement. It holds while the rule's `fingerprint` stays the same."""

    __tablename__ = "rule_verification"
    __table_args__ = (UniqueConstraint("pack", "rule"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    pack: Mapped[Code]
    rule: Mapped[Code]
    edition: Mapped[str]
    verified_by: Mapped[str]
    verified_on: Mapped[date]
    fingerprint: Mapped[Code]


class RuleApproval(Base):
    """A vote that sets parameters, a concession that waives, or an exception; `kind` is one of these words.

    In force from `starts_on` to `ends_on`, both inclusive. Production and person narrow it; `sets` is JSON.
    """

    __tablename__ = "rule_approval"
    id: Mapped[Id]
    pack: Mapped[Code]
    rule: Mapped[Code]
    production_id: Mapped[int | None] = owned_by("production")
    person_id: Mapped[int | None] = owned_by("person")
    kind: Mapped[Code]  # vote | concession | exception
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    sets: Mapped[str]
    decided_by: Mapped[str]
    decided_on: Mapped[date | None]
    note: Mapped[str] = personal()


class Acceptance(Base):
    """A flag somebody decided to live with: of a rule and a person (or a room) at an anchor, as bad as `measured`.

    `rule` is a rule's id, or the code of a finding ("overlap.person"); `measured` is JSON. The reason is class
    Management.
    """

    __tablename__ = "acceptance"
    __table_args__ = (
        UniqueConstraint("rule", "person_id", "space_id", "anchor"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    rule: Mapped[Code]
    person_id: Mapped[int | None] = owned_by("person")
    space_id: Mapped[int | None] = owned_by("space")
    anchor: Mapped[Code]
    measured: Mapped[str]
    reason: Mapped[str] = personal()
    accepted_by: Mapped[str]
    accepted_on: Mapped[date]
