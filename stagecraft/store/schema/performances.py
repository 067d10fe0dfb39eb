"""Performances and who plays which track in them."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from stagecraft.store.schema.base import Base, Code, Id, owned_by


class Performance(Base):
    """One showing; its event runs from curtain to planned down. Numbers are never used twice.

    Actual times are wall minutes; `half_hour` is in minutes before the curtain.
    """

    __tablename__ = "performance"
    __table_args__ = (UniqueConstraint("production_id", "number"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    event_id: Mapped[int] = owned_by("event", unique=True)
    production_id: Mapped[int] = owned_by("production")
    number: Mapped[int | None]
    slot: Mapped[Code]  # mat | eve
    type: Mapped[Code]  # preview | press | performance | final | presentation
    half_hour: Mapped[int]
    attendance: Mapped[int | None]
    held_because: Mapped[str]
    act1_up: Mapped[int | None]
    act1_down: Mapped[int | None]
    act2_up: Mapped[int | None]
    act2_down: Mapped[int | None]
    cancelled_because: Mapped[str]


class PerformanceCast(Base):
    """A departure from the normal cast: `person_id` plays `track_id` that time; None means nobody does.

    `reason` is a code (sick | vacation | personal | injury | release | other), printed only as "out".
    """

    __tablename__ = "performance_cast"
    __table_args__ = (UniqueConstraint("performance_id", "track_id"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    performance_id: Mapped[int] = owned_by("performance")
    track_id: Mapped[int] = owned_by("track")
    person_id: Mapped[int | None] = owned_by("person")
    reason: Mapped[Code]
    note: Mapped[str]
