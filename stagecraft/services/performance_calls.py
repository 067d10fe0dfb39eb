"""Who is called for a performance: everybody on a track that day, the bench, stage management; and its number.

An event of one of `PLAYED_KINDS` is always a performance: whoever adds such an event calls `make_performance`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import ON_BENCH, ON_STAGE, PLAYED_KINDS
from stagecraft.domain.times import minute_of, to_instant, work_day
from stagecraft.store.schema import Assignment, Call, Event, Job, Performance, Role

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


class CompanyOn:
    """Assignments of one production, read once, answering for any day. Lives as long as one command."""

    def __init__(self, work: UnitOfWork, production: int) -> None:
        found = work.session.execute(
            select(
                Assignment.person_id,
                Assignment.track_id,
                Assignment.kind,
                Assignment.starts_on,
                Assignment.ends_on,
                func.coalesce(Job.group, ""),
            )
            .outerjoin(Job, Job.id == Assignment.job_id)
            .where(Assignment.production_id == production)
            .order_by(Assignment.rank, Assignment.id)
        )
        self._all = found.all()
        self._roles = self._role_names(work, production)
        self._days: dict[date, tuple[dict[int, int], list[int], list[int]]] = {}

    def normal(self, track: int, day: date) -> int | None:
        """Who usually plays a track on a day; None when nobody is assigned."""
        return self._on(day)[0].get(track)

    def called(self, day: date, changes: Mapping[int, int | None] | None = None) -> dict[int, str]:
        """Everybody called for a performance that day with the part they play, empty for bench and stage management.

        `changes` maps tracks to who plays them instead (None: nobody).
        """
        players, bench, stage = self._on(day)
        needed: dict[int, str] = {}
        for track, person in {**players, **(changes or {})}.items():
            if person is not None:
                part = self._roles.get(track, "")
                needed[person] = f"{needed[person]}, {part}" if needed.get(person) else part
        for person in (*bench, *stage):
            needed.setdefault(person, "")
        return needed

    def _on(self, day: date) -> tuple[dict[int, int], list[int], list[int]]:
        if day not in self._days:
            players: dict[int, int] = {}
            bench: list[int] = []
            stage: list[int] = []
            for person, track, kind, starts_on, ends_on, group in self._all:
                if (starts_on and day < starts_on) or (ends_on and day > ends_on):
                    continue
                if track is not None and kind in ON_STAGE:
                    players.setdefault(track, person)
                elif track is not None and kind in ON_BENCH:
                    bench.append(person)
                elif group == "stage":
                    stage.append(person)
            self._days[day] = (players, bench, stage)
        return self._days[day]

    @staticmethod
    def _role_names(work: UnitOfWork, production: int) -> dict[int, str]:
        name = func.coalesce(func.nullif(Role.short_name, ""), Role.name)
        names: dict[int, list[str]] = {}
        for track, text in work.session.execute(
            select(Role.track_id, name)
            .where(Role.production_id == production, Role.track_id.is_not(None))
            .order_by(Role.position, Role.id)
        ):
            names.setdefault(track, []).append(text)
        return {track: ", ".join(listed) for track, listed in names.items()}


def performance_call(event: Event, half_hour: int, person: int, role: str) -> Call:
    """An unsaved call from the half hour to the planned down."""
    starts = event.starts_wall - half_hour
    return Call(
        event_id=event.id,
        person_id=person,
        starts_wall=starts,
        ends_wall=event.ends_wall,
        starts_at=to_instant(starts, event.zone),
        ends_at=event.ends_at,
        own_time=half_hour != 0,
        source="person",
        status="called",
        as_role=role,
        note="",
    )


# --- an event becomes a performance ------------------------------------------------------------------------

HALF_HOUR = 30
MATINEE_BEFORE = 17 * 60


def next_number(work: UnitOfWork, production: int) -> int:
    """The number after the highest ever given in a production."""
    last = work.session.scalar(
        select(func.max(Performance.number)).where(Performance.production_id == production)
    )
    return (last or 0) + 1


def performance_of(event: Event, number: int | None, kind: str) -> Performance:
    """An unsaved performance of an event; `kind` is one of PERFORMANCE_TYPES."""
    early = minute_of(event.starts_wall) < MATINEE_BEFORE
    return Performance(
        event_id=event.id,
        production_id=event.production_id,
        number=number,
        slot="mat" if early else "eve",
        type=kind,
        half_hour=HALF_HOUR,
        attendance=None,
        held_because="",
        act1_up=None,
        act1_down=None,
        act2_up=None,
        act2_down=None,
        cancelled_because="",
    )


def make_performance(work: UnitOfWork, event: Event) -> None:
    """Give an event of a played kind its performance, the next number and the calls at the half hour."""
    row = work.session.scalars(select(Performance).where(Performance.event_id == event.id)).first()
    if row is not None:
        if event.kind != "performance" or row.type == "presentation":
            row.type = event.kind
        return
    work.add(performance_of(event, next_number(work, event.production_id), event.kind))
    called = set(work.session.scalars(select(Call.person_id).where(Call.event_id == event.id)))
    company = CompanyOn(work, event.production_id).called(work_day(event.starts_wall))
    work.session.add_all(
        performance_call(event, HALF_HOUR, person, role)
        for person, role in company.items()
        if person not in called
    )
    work.session.flush()


def change_kind(work: UnitOfWork, event: Event, kind: str) -> None:
    """Give an event another kind; a performance with its number stays one."""
    if kind in PLAYED_KINDS:
        event.kind = kind
        make_performance(work, event)
        return
    if work.session.scalar(select(Performance.id).where(Performance.event_id == event.id)) is not None:
        raise Refused(
            "performance.stays",
            "A performance keeps its number: cancel it and add the other call.",
            field="kind",
        )
    event.kind = kind
