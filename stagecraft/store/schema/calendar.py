"""Events, what is worked in them, who is called, availability, attendance.

Wall minutes, zone and UTC minutes: see `domain.times`. `starts_at`/`ends_at` are derived from the wall times
and the zone on every write, and indexed; a call carries its own copy so that conflicts cost milliseconds.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from stagecraft.store.schema.base import Base, Code, Id, owned_by, personal, points_at


class Event(Base):
    """Anything in time and space (domain.kinds.KINDS). `state` is draft | published | cancelled.

    With `breaks_planned` its meal and break blocks are all the breaks there will be, even when there are none.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_starts_wall", "starts_wall", "ends_wall"),
        Index("ix_event_space_time", "space_id", "starts_at", "ends_at"),
        Index("ix_event_production_time", "production_id", "starts_wall"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production", index=False)
    space_id: Mapped[int | None] = points_at("space", index=False)
    kind: Mapped[Code]
    title: Mapped[str]  # empty: derived from the units
    zone: Mapped[str]
    starts_wall: Mapped[int]
    ends_wall: Mapped[int]
    starts_at: Mapped[int]
    ends_at: Mapped[int]
    state: Mapped[Code]
    pinned: Mapped[bool]
    note: Mapped[str]  # printed in italics
    breaks_planned: Mapped[bool] = mapped_column(default=False)
    who: Mapped[str]  # printed instead of the derived people line ("Full company except Sol"), empty: derived


class EventUnit(Base):
    """A scene worked in an event."""

    __tablename__ = "event_unit"
    id: Mapped[Id]
    event_id: Mapped[int] = owned_by("event")
    scene_id: Mapped[int] = owned_by("scene")
    position: Mapped[int]


class Block(Base):
    """A slice of an event with its own time: an act of a run, a break, the half hour."""

    __tablename__ = "block"
    id: Mapped[Id]
    event_id: Mapped[int] = owned_by("event")
    kind: Mapped[Code]
    title: Mapped[str]
    starts_wall: Mapped[int]
    ends_wall: Mapped[int]


class Call(Base):
    """A person's own time in an event. `source` is unit | person | leader; a unit's calls follow its tracks.

    `own_time` is set when the times differ from the event's on purpose and so survive a change of it.
    """

    __tablename__ = "call"
    __table_args__ = (
        Index("ix_call_person_time", "person_id", "starts_at", "ends_at", "event_id"),
        Index("ix_call_event", "event_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    event_id: Mapped[int] = owned_by("event", index=False)
    person_id: Mapped[int] = owned_by("person", index=False)
    starts_wall: Mapped[int]
    ends_wall: Mapped[int]
    starts_at: Mapped[int]
    ends_at: Mapped[int]
    own_time: Mapped[bool]
    source: Mapped[Code]
    status: Mapped[Code]  # called | optional | released
    as_role: Mapped[str]
    note: Mapped[str]


class Availability(Base):
    """A person or a room is not free. `text` is what everybody may see ("Unavailable")."""

    __tablename__ = "availability"
    __table_args__ = (
        Index("ix_availability_person_time", "person_id", "starts_at", "ends_at"),
        Index("ix_availability_space_time", "space_id", "starts_at", "ends_at"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    person_id: Mapped[int | None] = owned_by("person", index=False)
    space_id: Mapped[int | None] = owned_by("space", index=False)
    production_id: Mapped[int | None] = points_at("production")  # an absence from this production only
    kind: Mapped[Code]  # domain.kinds.AVAILABILITY_KINDS
    hardness: Mapped[Code]  # hard | soft | if-needed
    zone: Mapped[str]
    starts_wall: Mapped[int]
    ends_wall: Mapped[int]
    starts_at: Mapped[int]
    ends_at: Mapped[int]
    text: Mapped[str]
    approved_by: Mapped[str]


class AvailabilityReason(Base):
    """Class Management: why. Never on a page or export of a lower class."""

    __tablename__ = "availability_reason"
    id: Mapped[Id]
    availability_id: Mapped[int] = owned_by("availability", unique=True)
    reason: Mapped[str] = personal()


class Attendance(Base):
    """`state` is present | late | absent | excused | vacation | personal | injured; `reason` is class Management."""

    __tablename__ = "attendance"
    id: Mapped[Id]
    event_id: Mapped[int] = owned_by("event")
    person_id: Mapped[int] = owned_by("person")
    state: Mapped[Code]
    arrived_wall: Mapped[int | None]
    minutes_late: Mapped[int | None]
    reason: Mapped[str] = personal()
