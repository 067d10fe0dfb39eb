"""The house, productions with their milestones, venues and spaces: as rows.

What happens in them lives in `queries.calendar` and `queries.performances`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.orm import InstrumentedAttribute

from stagecraft.store.schema import (
    House,
    Milestone,
    Production,
    Show,
    Space,
    Venue,
)


@dataclass(slots=True)
class HouseRow:
    """House style of the company file."""

    name: str
    zone: str
    paper: str
    time_style: str
    week_start: int
    day_cut: int


@dataclass(slots=True)
class ShowRow:
    id: int
    title: str
    authors: str


@dataclass(slots=True)
class ProductionRow:
    """One staging with what its paper heads say; `zone` is the venue's, else the house's."""

    id: int
    code: str
    name: str
    subtitle: str
    kind: str
    colour: str
    season_id: int | None
    show_id: int
    show: str
    authors: str
    venue_id: int | None
    venue: str
    address: str
    city: str
    zone: str
    capacity: int | None
    first_rehearsal: date | None
    first_preview: date | None
    opening: date | None
    closing: date | None
    working_days: int | None
    curtain_to_down: int | None
    management: str
    rule_pack: str
    note: str


@dataclass(slots=True)
class VenueRow:
    id: int
    name: str
    address: str
    city: str
    zone: str
    phone: str
    capacity: int | None


@dataclass(slots=True)
class SpaceRow:
    """A room or stage with its venue's name; hidden ones only when asked for."""

    id: int
    venue_id: int
    venue: str
    name: str
    use: str
    zone: str
    position: int
    hidden: bool


@dataclass(slots=True)
class MilestoneRow:
    """`at_minute` counts from midnight, None for the whole day."""

    id: int
    production_id: int
    production: str
    code: str
    kind: str
    name: str
    on_date: date
    at_minute: int | None
    note: str


def house_row(conn: Connection) -> HouseRow:
    """The one house of this file."""
    row = conn.execute(
        select(House.name, House.zone, House.paper, House.time_style, House.week_start, House.day_cut)
    ).one()
    return HouseRow(*row)


def show_rows(conn: Connection) -> list[ShowRow]:
    """Works by title."""
    found = conn.execute(select(Show.id, Show.title, Show.authors).order_by(Show.title, Show.id))
    return [ShowRow(*row) for row in found]


def production_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[ProductionRow]:
    """Productions by first rehearsal; all of them when no ids are given."""
    house_zone = select(House.zone).limit(1).scalar_subquery()
    query = (
        select(
            Production.id,
            Production.code,
            Production.name,
            Production.subtitle,
            Production.kind,
            Production.colour,
            Production.season_id,
            Production.show_id,
            Show.title,
            Show.authors,
            Production.venue_id,
            func.coalesce(Venue.name, ""),
            func.coalesce(Venue.address, ""),
            func.coalesce(Venue.city, ""),
            func.coalesce(Venue.zone, house_zone),
            Venue.capacity,
            Production.first_rehearsal,
            Production.first_preview,
            Production.opening,
            Production.closing,
            Production.working_days,
            Production.curtain_to_down,
            Production.management,
            Production.rule_pack,
            Production.note,
        )
        .join(Show, Show.id == Production.show_id)
        .outerjoin(Venue, Venue.id == Production.venue_id)
        .order_by(Production.first_rehearsal.nulls_last(), Production.id)
    )
    found = conn.execute(query.where(*_among(Production.id, production_ids)))
    return [ProductionRow(*tuple(row)) for row in found]


def production_row(conn: Connection, production_id: int) -> ProductionRow | None:
    """One production, None when it is gone."""
    rows = production_rows(conn, (production_id,))
    return rows[0] if rows else None


def venue_rows(conn: Connection) -> list[VenueRow]:
    """Venues by name."""
    found = conn.execute(
        select(
            Venue.id, Venue.name, Venue.address, Venue.city, Venue.zone, Venue.phone, Venue.capacity
        ).order_by(Venue.name, Venue.id)
    )
    return [VenueRow(*row) for row in found]


def space_rows(conn: Connection, venue_id: int | None = None, *, hidden: bool = False) -> list[SpaceRow]:
    """Rooms and stages in their order, by venue; only of one venue when it is named."""
    query = (
        select(
            Space.id,
            Space.venue_id,
            Venue.name,
            Space.name,
            Space.use,
            Venue.zone,
            Space.position,
            Space.hidden,
        )
        .join(Venue, Venue.id == Space.venue_id)
        .order_by(Venue.name, Space.position, Space.id)
    )
    if venue_id is not None:
        query = query.where(Space.venue_id == venue_id)
    if not hidden:
        query = query.where(Space.hidden.is_(False))
    return [SpaceRow(*row) for row in conn.execute(query)]


def milestone_rows(
    conn: Connection,
    production_ids: Iterable[int] = (),
    *,
    first: date | None = None,
    last: date | None = None,
) -> list[MilestoneRow]:
    """Milestones by date, `first` to `last` inclusive where given."""
    query = (
        select(
            Milestone.id,
            Milestone.production_id,
            Production.name,
            Production.code,
            Milestone.kind,
            Milestone.name,
            Milestone.on_date,
            Milestone.at_minute,
            Milestone.note,
        )
        .join(Production, Production.id == Milestone.production_id)
        .order_by(Milestone.on_date, Milestone.at_minute, Milestone.id)
    )
    if first is not None:
        query = query.where(Milestone.on_date >= first)
    if last is not None:
        query = query.where(Milestone.on_date <= last)
    query = query.where(*_among(Milestone.production_id, production_ids))
    return [MilestoneRow(*row) for row in conn.execute(query)]


def _among(column: InstrumentedAttribute[int], ids: Iterable[int]) -> list[ColumnElement[bool]]:
    wanted = list(ids)
    return [column.in_(wanted)] if wanted else []
