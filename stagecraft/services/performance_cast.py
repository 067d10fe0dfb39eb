"""Commands on who plays which track in a performance where it differs from the usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import OUT_REASONS
from stagecraft.domain.times import work_day
from stagecraft.services.command import Command
from stagecraft.services.fields import line
from stagecraft.services.performance_calls import CompanyOn, performance_call
from stagecraft.store.schema import Call, Event, Performance, PerformanceCast, Person, Track

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SetPerformanceCast(Command):
    """Say who plays a track in a performance; `person` None means nobody does.

    Whoever normally plays it goes back to normal and the departure is forgotten. `reason` (OUT_REASONS) is why
    the usual person is out and is printed only as "out". Those who do not play are no longer called.
    """

    label: ClassVar[str] = "change who plays {track} in {performance}"
    performance: int
    track: int
    person: int | None
    reason: str = ""
    note: str = ""

    def apply(self, work: UnitOfWork) -> None:
        SetPerformancesCast((self.performance,), self.track, self.person, self.reason, self.note).apply(work)
        work.params.clear()
        work.label(performance=self.performance, track=self.track)


@dataclass(frozen=True, slots=True)
class SetPerformancesCast(Command):
    """Say who plays a track in several performances in one step: a vacation, a rehearsal release."""

    label: ClassVar[str] = "change who plays {track} in {count} performances"
    performances: tuple[int, ...]
    track: int
    person: int | None
    reason: str = ""
    note: str = ""

    def apply(self, work: UnitOfWork) -> None:
        track = work.get(Track, self.track)
        if self.person is not None:
            work.get(Person, self.person)
        if self.reason and self.reason not in OUT_REASONS:
            raise Refused("performance.reason", "Choose one of the reasons on the list.", field="reason")
        company = CompanyOn(work, track.production_id)
        for performance in dict.fromkeys(self.performances):
            row = work.get(Performance, performance)
            if row.production_id != track.production_id:
                raise Refused("performance.track", "That track belongs to another production.", field="track")
            event = work.get(Event, row.event_id)
            self._cast(work, row, company.normal(track.id, work_day(event.starts_wall)))
            _call_players(work, row, event, company)
        work.label(count=len(self.performances), track=track.id)

    def _cast(self, work: UnitOfWork, performance: Performance, normal: int | None) -> None:
        row = work.session.scalars(
            select(PerformanceCast).where(
                PerformanceCast.performance_id == performance.id, PerformanceCast.track_id == self.track
            )
        ).first()
        if self.person is not None and self.person == normal:
            if row is not None:
                work.remove(row)
            return
        if row is None:
            row = PerformanceCast(
                performance_id=performance.id, track_id=self.track, person_id=self.person, reason="", note=""
            )
            work.session.add(row)
        row.person_id, row.reason, row.note = self.person, self.reason, line(self.note, "note")
        work.session.flush()


def _call_players(work: UnitOfWork, row: Performance, event: Event, company: CompanyOn) -> None:
    """Call everybody who plays; drop the calls of usual players who do not."""
    day = work_day(event.starts_wall)
    found = select(PerformanceCast.track_id, PerformanceCast.person_id).where(
        PerformanceCast.performance_id == row.id
    )
    changes = dict(work.session.execute(found).all())
    needed = company.called(day, changes)
    usual = company.called(day)
    have = {
        call.person_id: call for call in work.session.scalars(select(Call).where(Call.event_id == event.id))
    }
    for person, call in have.items():
        if person in usual and person not in needed:
            work.session.delete(call)
        elif person in needed and call.as_role != needed[person]:
            call.as_role = needed[person]
    for person, role in needed.items():
        if person not in have:
            work.session.add(performance_call(event, row.half_hour, person, role))
    work.session.flush()
