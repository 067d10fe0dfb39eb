"""Commands on venues and their rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select

from stagecraft.base.errors import Refused
from stagecraft.services.command import Command
from stagecraft.services.fields import line, named, prose, write_fields
from stagecraft.store.schema import House, Space, Venue

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

_VENUE_FIELDS = ("name", "address", "city", "zone", "phone", "capacity")
_SPACE_FIELDS = ("name", "use", "position", "hidden")


def known_zone(zone: str) -> str:
    """The IANA zone as written; refused when there is none of that name."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused("venue.zone", f"There is no time zone called “{zone}”.", field="zone") from None
    return zone


@dataclass(frozen=True, slots=True)
class AddVenue(Command):
    """Add a venue; returns its id. Without a zone it takes the house's."""

    label: ClassVar[str] = "add {venue}"
    name: str
    address: str = ""
    city: str = ""
    zone: str = ""
    phone: str = ""
    capacity: int | None = None

    def apply(self, work: UnitOfWork) -> int:
        row = work.add(
            Venue(
                name=named(self.name, "the venue"),
                address=prose(self.address, "address"),
                city=line(self.city, "city"),
                zone=known_zone(self.zone) if self.zone else work.get(House, 1).zone,
                phone=line(self.phone, "phone"),
                capacity=self.capacity,
            )
        )
        work.label(venue=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class EditVenue(Command):
    """Change fields of a venue. Calls keep the zone they were made in."""

    label: ClassVar[str] = "change {venue}"
    venue: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Venue, self.venue)
        if "name" in self.changes:
            named(self.changes["name"], "the venue")
        if "zone" in self.changes:
            known_zone(self.changes["zone"])
        write_fields(row, self.changes, _VENUE_FIELDS)
        work.label(venue=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class AddSpace(Command):
    """Add a room or stage at the end of its venue's list; returns its id."""

    label: ClassVar[str] = "add {space}"
    venue: int
    name: str
    use: str = ""

    def apply(self, work: UnitOfWork) -> int:
        work.get(Venue, self.venue)
        last = work.session.scalar(select(func.max(Space.position)).where(Space.venue_id == self.venue))
        row = work.add(
            Space(
                venue_id=self.venue,
                name=named(self.name, "the room"),
                use=line(self.use, "use"),
                position=0 if last is None else last + 1,
                hidden=False,
            )
        )
        work.label(space=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class EditSpace(Command):
    """Change fields of a room; hiding keeps it in old calls."""

    label: ClassVar[str] = "change {space}"
    space: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Space, self.space)
        if "name" in self.changes:
            named(self.changes["name"], "the room")
        write_fields(row, self.changes, _SPACE_FIELDS)
        work.label(space=row.id)
        return row.id
