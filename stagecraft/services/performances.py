"""Commands on performances: adding one or a run of weeks, times and house, cancelling.

A performance is an event from curtain to planned down with a number of its own. Everybody on a track that day,
the swings and stage management are called from the half hour to the planned down. Who plays which track lives in
`services.performance_cast` and is offered here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import PERFORMANCE_TYPES
from stagecraft.domain.times import date_text, to_instant, wall, work_day
from stagecraft.services.command import Command
from stagecraft.services.fields import write_fields
from stagecraft.services.performance_calls import (
    HALF_HOUR,
    CompanyOn,
    next_number,
    performance_call,
    performance_of,
)
from stagecraft.services.performance_cast import SetPerformanceCast, SetPerformancesCast
from stagecraft.store.schema import (
    Call,
    Event,
    House,
    Performance,
    Production,
    Space,
    Venue,
)

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

__all__ = [
    "AddPerformance",
    "AddPerformanceWeeks",
    "EditPerformance",
    "SetPerformanceCast",
    "SetPerformancesCast",
]

USUAL_LENGTH = 150
"""Minutes from curtain to down when the production does not say."""

_TIME_FIELDS = ("act1_up", "act1_down", "act2_up", "act2_down")
_OPEN_FIELDS = ("slot", "type", "attendance", "held_because", *_TIME_FIELDS)


@dataclass(slots=True)
class _Plan:
    """One performance still to be written."""

    curtain: int
    down: int
    number: int | None
    type: str


@dataclass(slots=True)
class _Stage:
    """Where and for whom performances of one production are written."""

    production: Production
    space: int | None
    zone: str
    company: CompanyOn
    made: list[int] = field(default_factory=list)


def _stage(work: UnitOfWork, production: Production, space: int | None) -> _Stage:
    where = space if space is not None else _usual_space(work, production)
    venue_id = work.get(Space, where).venue_id if where is not None else production.venue_id
    zone = work.get(Venue, venue_id).zone if venue_id is not None else work.get(House, 1).zone
    return _Stage(production, where, zone, CompanyOn(work, production.id))


def _usual_space(work: UnitOfWork, production: Production) -> int | None:
    """Where the last performance was, else the first room of the production's venue."""
    last = work.session.scalar(
        select(Event.space_id)
        .join(Performance, Performance.event_id == Event.id)
        .where(Performance.production_id == production.id)
        .order_by(Event.starts_wall.desc())
        .limit(1)
    )
    if last is not None or production.venue_id is None:
        return last
    return work.session.scalar(
        select(Space.id)
        .where(Space.venue_id == production.venue_id, Space.hidden.is_(False))
        .order_by(Space.position, Space.id)
        .limit(1)
    )


def _free_number(work: UnitOfWork, production: int, number: int, own: int | None = None) -> int:
    if number < 1:
        raise Refused("performance.number", "Performances are numbered from 1.", field="number")
    taken = work.session.scalars(
        select(Performance).where(Performance.production_id == production, Performance.number == number)
    ).first()
    if taken is not None and taken.id != own:
        day = work_day(work.get(Event, taken.event_id).starts_wall)
        raise Refused(
            "performance.number_taken",
            f"#{number} is the performance of {date_text(day)}; a number is never used twice.",
            field="number",
        )
    return number


def _write(work: UnitOfWork, stage: _Stage, plans: Sequence[_Plan]) -> list[int]:
    """Write events, performances and calls of all plans in three batches; returns the performances' ids."""
    events = []
    for plan in plans:
        if not 0 < plan.down - plan.curtain <= 12 * 60:
            raise Refused(
                "performance.length", "A performance ends after its curtain, within 12 hours.", field="down"
            )
        event = Event(
            production_id=stage.production.id,
            space_id=stage.space,
            kind="presentation" if plan.type == "presentation" else "performance",
            title=f"Presentation {plan.number}" if plan.type == "presentation" and plan.number else "",
            zone=stage.zone,
            starts_wall=plan.curtain,
            ends_wall=plan.down,
            starts_at=to_instant(plan.curtain, stage.zone),
            ends_at=to_instant(plan.down, stage.zone),
            state="published",
            pinned=True,
            note="",
            who="",
        )
        events.append(event)
    work.session.add_all(events)
    work.session.flush()
    rows = [performance_of(event, plan.number, plan.type) for plan, event in zip(plans, events, strict=True)]
    work.session.add_all(rows)
    work.session.add_all(
        performance_call(event, HALF_HOUR, person, role)
        for event in events
        for person, role in stage.company.called(work_day(event.starts_wall)).items()
    )
    work.session.flush()
    return [row.id for row in rows]


def _known_type(kind: str) -> str:
    if kind not in PERFORMANCE_TYPES:
        raise Refused("performance.type", "Choose one of the types on the list.", field="type")
    return kind


@dataclass(frozen=True, slots=True)
class AddPerformance(Command):
    """Add one performance with its calls; returns the performance's id.

    `curtain` and `down` are wall minutes; without `down` it lasts as long as the production says. Without a
    number it takes the next; a preview has none. Without a room it is where the last one was.
    """

    label: ClassVar[str] = "add {performance}"
    production: int
    curtain: int
    down: int | None = None
    number: int | None = None
    space: int | None = None
    type: str = "performance"

    def apply(self, work: UnitOfWork) -> int:
        production = work.get(Production, self.production)
        kind = _known_type(self.type)
        number = self.number
        if number is not None:
            _free_number(work, production.id, number)
        elif kind != "preview":
            number = next_number(work, production.id)
        length = production.curtain_to_down or USUAL_LENGTH
        down = self.curtain + length if self.down is None else self.down
        stage = _stage(work, production, self.space)
        (made,) = _write(work, stage, [_Plan(self.curtain, down, number, kind)])
        work.label(performance=made)
        return made


@dataclass(frozen=True, slots=True)
class AddPerformanceWeeks(Command):
    """Add every performance of a weekly pattern from `first` to `last` inclusive, skipping curtains that exist.

    `pattern` holds (weekday, minute) pairs, Monday 0, minutes after midnight: Tue 7:00p is (1, 1140). Numbers run
    on from `number`, else from the last one. Returns the new ids.
    """

    label: ClassVar[str] = "add performances of {production}"
    production: int
    first: date
    last: date
    pattern: tuple[tuple[int, int], ...]
    number: int | None = None
    space: int | None = None

    def apply(self, work: UnitOfWork) -> list[int]:
        production = work.get(Production, self.production)
        if not self.pattern:
            raise Refused("performance.pattern", "Choose at least one curtain of the week.", field="pattern")
        if not 0 <= (self.last - self.first).days <= 3 * 366:
            raise Refused(
                "performance.span", "The last day lies after the first, within three years.", field="last"
            )
        existing = set(
            work.session.scalars(
                select(Event.starts_wall)
                .join(Performance, Performance.event_id == Event.id)
                .where(Performance.production_id == production.id)
            )
        )
        curtains = [at for at in self._curtains() if at not in existing]
        number = next_number(work, production.id) if self.number is None else self.number
        length = production.curtain_to_down or USUAL_LENGTH
        taken = set(
            work.session.scalars(select(Performance.number).where(Performance.production_id == production.id))
        )
        plans = []
        for at in curtains:
            while number in taken:
                number += 1
            plans.append(_Plan(at, at + length, number, "performance"))
            number += 1
        stage = _stage(work, production, self.space)
        made = _write(work, stage, plans) if plans else []
        work.label(production=production.id)
        return made

    def _curtains(self) -> Iterable[int]:
        for offset in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=offset)
            for weekday, minute in sorted(self.pattern):
                if weekday == day.weekday():
                    yield wall(day, minute)


@dataclass(frozen=True, slots=True)
class EditPerformance(Command):
    """Change a performance: curtain, down, half_hour, number, slot, type, attendance, held_because, act times.

    `curtain` and `down` are wall minutes and take the calls along; `half_hour` is in minutes before the curtain;
    act1_up, act1_down, act2_up, act2_down are wall minutes, None where not taken.
    """

    label: ClassVar[str] = "change {performance}"
    performance: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Performance, self.performance)
        event = work.get(Event, row.event_id)
        work.label(performance=row.id)
        changes = dict(self.changes)
        if changes.get("number") is not None:
            _free_number(work, row.production_id, changes["number"], row.id)
        if "number" in changes:
            row.number = changes.pop("number")
        if "type" in changes:
            event.kind = "presentation" if _known_type(changes["type"]) == "presentation" else "performance"
        if changes.get("attendance") is not None and changes["attendance"] < 0:
            raise Refused("performance.attendance", "Nobody counts fewer than no visitors.", field="attendance")
        curtain = changes.pop("curtain", event.starts_wall)
        down = changes.pop("down", event.ends_wall + curtain - event.starts_wall)
        _retime(work, row, event, curtain, down, changes.pop("half_hour", row.half_hour))
        _in_order({**{name: getattr(row, name) for name in _TIME_FIELDS}, **changes})
        write_fields(row, changes, _OPEN_FIELDS)
        return row.id


def _retime(work: UnitOfWork, row: Performance, event: Event, curtain: int, down: int, half_hour: int) -> None:
    """Give curtain, down and half hour; calls keep their distance from the curtain and from the down."""
    if not 0 < down - curtain <= 12 * 60:
        raise Refused(
            "performance.length", "A performance ends after its curtain, within 12 hours.", field="down"
        )
    if not 0 <= half_hour <= 240:
        raise Refused(
            "performance.half_hour", "The half hour is 0 to 240 minutes before the curtain.", field="half_hour"
        )
    usual = event.starts_wall - row.half_hour
    shift, end_shift = curtain - event.starts_wall, down - event.ends_wall
    if not shift and not end_shift and half_hour == row.half_hour:
        return
    for call in work.session.scalars(select(Call).where(Call.event_id == event.id)):
        starts = curtain - half_hour if call.starts_wall == usual else call.starts_wall + shift
        ends = max(call.ends_wall + end_shift, starts + 1)
        call.starts_wall, call.ends_wall = starts, ends
        call.starts_at, call.ends_at = to_instant(starts, event.zone), to_instant(ends, event.zone)
        call.own_time = (starts, ends) != (curtain, down)
    event.starts_wall, event.ends_wall, row.half_hour = curtain, down, half_hour
    event.starts_at, event.ends_at = to_instant(curtain, event.zone), to_instant(down, event.zone)


def _in_order(times: Mapping[str, Any]) -> None:
    last = None
    for name in _TIME_FIELDS:
        at = times[name]
        if at is None:
            continue
        if last is not None and at < last:
            raise Refused("performance.times", "Up and down times run in order, act by act.", field=name)
        last = at
