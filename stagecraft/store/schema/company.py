"""The house (settings of the company file), seasons, shows, productions, phases, milestones, venues, spaces."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from stagecraft.store.schema.base import Base, Code, Id, owned_by, points_at


class House(Base):
    """House style of the company file; exactly one row, id 1."""

    __tablename__ = "house"
    id: Mapped[Id]
    name: Mapped[str]
    zone: Mapped[str]
    paper: Mapped[Code]  # letter | a4
    time_style: Mapped[Code]  # "12" | "24"
    week_start: Mapped[int]  # 0 = Monday
    day_cut: Mapped[int]  # minutes after midnight


class Season(Base):
    __tablename__ = "season"
    id: Mapped[Id]
    name: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class Show(Base):
    """The work, independent of a staging."""

    __tablename__ = "show"
    id: Mapped[Id]
    title: Mapped[str]
    authors: Mapped[str]


class Venue(Base):
    __tablename__ = "venue"
    id: Mapped[Id]
    name: Mapped[str]
    address: Mapped[str]
    city: Mapped[str]
    zone: Mapped[str]
    phone: Mapped[str]
    capacity: Mapped[int | None]


class Space(Base):
    """A room or stage; `use` is what the sheet prints beside its name ("stage", "piano, music")."""

    __tablename__ = "space"
    id: Mapped[Id]
    venue_id: Mapped[int] = owned_by("venue")
    name: Mapped[str]
    use: Mapped[str]
    position: Mapped[int]
    hidden: Mapped[bool]


class Production(Base):
    """One staging of a show. `kind` is run | workshop | reading | other; `colour` names a production hue.

    `curtain_to_down` is the planned length of a performance in minutes, curtain to down, with interval.
    """

    __tablename__ = "production"
    __table_args__ = (UniqueConstraint("code"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    season_id: Mapped[int | None] = points_at("season")
    show_id: Mapped[int] = owned_by("show")
    venue_id: Mapped[int | None] = points_at("venue")
    code: Mapped[Code]
    name: Mapped[str]
    subtitle: Mapped[str]  # "Developmental Workshop"
    kind: Mapped[Code]
    colour: Mapped[Code]  # bomb | hit | hue3 … hue6
    first_rehearsal: Mapped[date | None]
    first_preview: Mapped[date | None]
    opening: Mapped[date | None]
    closing: Mapped[date | None]
    working_days: Mapped[int | None]  # planned length of a workshop in working days ("Day 9 of 22")
    curtain_to_down: Mapped[int | None]
    management: Mapped[str]  # general management office, printed on company-management paper
    rule_pack: Mapped[str]
    note: Mapped[str]


class Phase(Base):
    __tablename__ = "phase"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    kind: Mapped[Code]
    name: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    position: Mapped[int]


class Milestone(Base):
    """A dated thing the company looks forward to: presentation, freeze, opening, final performance."""

    __tablename__ = "milestone"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    kind: Mapped[Code]
    name: Mapped[str]
    on_date: Mapped[date]
    at_minute: Mapped[int | None]  # minutes after midnight
    note: Mapped[str]


class Department(Base):
    """Departments in the order reports print them; hiding one keeps its history."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("code"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    code: Mapped[Code]
    name: Mapped[str]
    prefix: Mapped[Code]
    route: Mapped[Code]
    position: Mapped[int]
    hidden: Mapped[bool]
