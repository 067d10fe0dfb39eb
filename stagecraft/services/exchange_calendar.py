"""What an imported line of availability or of a schedule does, through the commands a person's hand would use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from stagecraft.domain.incoming import AwayLine, EventLine, ImportResult
from stagecraft.domain.times import work_day
from stagecraft.services.availability import AddAvailability
from stagecraft.services.calendar import AddEvent
from stagecraft.services.exchange_lookup import Casting, People, Productions, Rooms, Script, Units
from stagecraft.store.schema import Availability, Event, EventUnit, Scene

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


class AwayImport:
    def __init__(self, work: UnitOfWork, production: int | None, result: ImportResult) -> None:
        self.work = work
        self.result = result
        self.productions = Productions(work, production)
        self.people = People(work)
        self.rooms = Rooms(work)

    def take(self, line: AwayLine) -> None:
        person = self.people.find(line.person) if line.person else None
        room = self.rooms.find(line.room, self._venue()) if line.room else None
        production = self.productions.find(line.production) if line.production else None
        same = select(Availability.id).filter_by(
            person_id=person,
            space_id=room,
            starts_wall=line.starts_wall,
            ends_wall=line.ends_wall,
        )
        if line.kind != "unavailable":
            same = same.filter_by(kind=line.kind)
        if self.work.session.execute(same).first() is not None:
            self.result.known += 1
            return
        AddAvailability(
            line.starts_wall,
            line.ends_wall,
            person=person,
            space=room,
            kind=line.kind,
            hardness=line.hardness,
            text=line.text or "Unavailable",
            reason=line.reason,
            production=production,
        ).apply(self.work)
        self.result.count("absence")

    def _venue(self) -> int | None:
        chosen = self.productions.chosen
        return self.productions.rows[chosen].venue_id if chosen is not None else None


class ScheduleImport:
    def __init__(self, work: UnitOfWork, production: int | None, result: ImportResult) -> None:
        self.work = work
        self.result = result
        self.productions = Productions(work, production)
        self.people = People(work)
        self.rooms = Rooms(work)
        self._known: dict[int, tuple[Units, Casting]] = {}
        self._added: dict[int, tuple[int, ...]] = {}

    def take(self, line: EventLine) -> None:
        production = self.productions.find(line.production)
        units, casting = self._of(production)
        day = work_day(line.starts_wall)
        room = self.rooms.find(line.room, self.productions.rows[production].venue_id) if line.room else None
        scenes = tuple(dict.fromkeys(scene for name in line.units for scene in units.find(name)))
        people = tuple(dict.fromkeys(one for name in line.people for one in casting.find(name, day)))
        leaders = tuple(dict.fromkeys(one for name in line.leaders for one in casting.find(name, day)))
        if self._there(production, line, room, scenes, people + leaders):
            self.result.known += 1
            return
        event = AddEvent(
            production,
            line.kind,
            line.starts_wall,
            line.ends_wall,
            space=room,
            title=line.title,
            units=scenes,
            people=people,
            leaders=leaders,
            note=line.note,
        ).apply(self.work)
        self._added[event] = people + leaders
        self.result.count("call")

    def _there(
        self,
        production: int,
        line: EventLine,
        room: int | None,
        scenes: tuple[int, ...],
        people: tuple[int, ...],
    ) -> bool:
        """Whether the same call stands already: same time, place, kind, title and scenes that are not cut.

        Of two such rows in one file with other people, such as fittings in two corners, both are calls.
        """
        same = select(Event.id).filter_by(
            production_id=production,
            starts_wall=line.starts_wall,
            ends_wall=line.ends_wall,
            space_id=room,
            kind=line.kind,
            title=line.title,
        )
        for event in self.work.session.scalars(same).all():
            units = self.work.session.scalars(
                select(EventUnit.scene_id)
                .join(Scene, Scene.id == EventUnit.scene_id)
                .where(EventUnit.event_id == event, Scene.cut.is_(False))
            )
            if set(units) == set(scenes) and self._added.get(event, people) == people:
                return True
        return False

    def _of(self, production: int) -> tuple[Units, Casting]:
        if production not in self._known:
            script = Script(self.work, production)
            units = Units(self.work, production)
            self._known[production] = (units, Casting(self.work, production, self.people, script))
        return self._known[production]
