"""The command behind a flag's repair: a person starts later, ends earlier, or is not called, in one undo step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.services.calendar import ClearEvents, retime
from stagecraft.services.calendar_calls import place_call
from stagecraft.services.command import Command
from stagecraft.store.schema import Call, Event, Performance, Person

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

START, END, FREE, LEAVE = "start", "end", "free", "leave"

Seen = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class RepairCalls(Command):
    """Do what a flag offers: change a person's own times in some calls, or release them from these.

    `action` is start (not before `at_wall`), end (by `at_wall`), free (nothing on `day`) or leave. Who would have no
    time left is released. With `everybody` the whole call changes or goes. `seen` are (event, starts, ends) of the
    person as the flag knew them; refused when one of them is gone or has changed, and for a performance.
    """

    label: ClassVar[str] = "change {what} of {person} as a flag offers"
    person: int
    action: str
    events: tuple[int, ...]
    at_wall: int | None = None
    day: date | None = None
    everybody: bool = False
    seen: Seen = ()

    def apply(self, work: UnitOfWork) -> None:
        work.get(Person, self.person)
        what = "1 call" if len(self.events) == 1 else f"{len(self.events)} calls"
        work.label(what=what, person=self.person)
        if self.action in (START, END) and self.at_wall is None:
            raise TypeError("no time is given to start or end at")
        if self.action not in (START, END, FREE, LEAVE):
            raise TypeError(f"no repair is called {self.action}")
        calls = self._calls(work)
        gone: list[int] = []
        for call, event in calls:
            starts, ends = self._span(event if self.everybody else call)
            if ends <= starts:
                gone.append(event.id)
            elif self.everybody:
                retime(work, event, starts, ends, stretch=True)
            else:
                place_call(call, event, starts, ends)
        if self.everybody and gone:
            ClearEvents(tuple(gone)).apply(work)
        for call, event in calls:
            if event.id in gone and not self.everybody:
                call.status = "released"
        work.label(what=what)  # clearing events has words of its own

    def _span(self, row: Event | Call) -> tuple[int, int]:
        """New times; empty where nothing is left."""
        if self.action == START and self.at_wall is not None:
            return max(row.starts_wall, self.at_wall), row.ends_wall
        if self.action == END and self.at_wall is not None:
            return row.starts_wall, min(row.ends_wall, self.at_wall)
        return row.starts_wall, row.starts_wall

    def _calls(self, work: UnitOfWork) -> list[tuple[Call, Event]]:
        """The person's calls in the events, as the flag knew them."""
        found = {
            call.event_id: (call, event)
            for call, event in work.session.execute(
                select(Call, Event)
                .join(Event, Event.id == Call.event_id)
                .where(Call.person_id == self.person, Call.event_id.in_(self.events))
            )
            if call.status == "called" and event.state != "cancelled"
        }
        known = {event: (starts, ends) for event, starts, ends in self.seen}
        for event in self.events:
            call = found[event][0] if event in found else None
            if call is None or known.get(event, (call.starts_wall, call.ends_wall)) != (
                call.starts_wall,
                call.ends_wall,
            ):
                raise Refused(
                    "rules.changed", "This call is gone or has changed since; look at the flags again."
                )
        if work.session.scalar(select(Performance.id).where(Performance.event_id.in_(self.events)).limit(1)):
            raise Refused(
                "rules.performance", "A performance is not moved by a repair; change it on its own page."
            )
        return [found[event] for event in dict.fromkeys(self.events)]
