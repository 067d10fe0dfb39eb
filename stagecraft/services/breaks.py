"""Commands on planned breaks: the meals and short breaks inside a call, as everybody in it will have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.domain.rules.calls import MEAL, SHORT
from stagecraft.services.command import Command
from stagecraft.store.schema import Block, Event

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

BLOCK_KINDS = {MEAL: "meal", SHORT: "break"}
"""The kind of block of each kind of break."""


@dataclass(frozen=True, slots=True)
class PlanBreaks(Command):
    """Say which breaks there are in a call, as (meal or short, starts, ends) in wall minutes; none is an answer too.

    They replace those planned before. Refused outside the call, and where two run into each other.
    """

    label: ClassVar[str] = "plan breaks in {event}"
    event: int
    breaks: tuple[tuple[str, int, int], ...] = ()

    def apply(self, work: UnitOfWork) -> None:
        event = work.get(Event, self.event)
        work.label(event=event.id)
        _write(work, event, _checked(event, self.breaks))


@dataclass(frozen=True, slots=True)
class ForgetBreaks(Command):
    """Take back what was planned: nobody has said which breaks there are in this call."""

    label: ClassVar[str] = "forget the breaks in {event}"
    event: int

    def apply(self, work: UnitOfWork) -> None:
        event = work.get(Event, self.event)
        work.label(event=event.id)
        for row in breaks_of(work, event.id):
            work.session.delete(row)
        event.breaks_planned = False
        work.session.flush()


def breaks_of(work: UnitOfWork, event: int) -> list[Block]:
    """The break blocks of an event, in order of time."""
    query = select(Block).where(Block.event_id == event, Block.kind.in_(tuple(BLOCK_KINDS.values())))
    return list(work.session.scalars(query.order_by(Block.starts_wall, Block.id)))


def take_breaks_along(work: UnitOfWork, event: Event, shift: int) -> None:
    """After an event got other times: its breaks move by `shift`; what then lies outside of it is cut off or goes."""
    for row in breaks_of(work, event.id) if event.breaks_planned else ():
        starts, ends = row.starts_wall + shift, row.ends_wall + shift
        starts, ends = max(starts, event.starts_wall), min(ends, event.ends_wall)
        if ends <= starts:
            work.session.delete(row)
        else:
            row.starts_wall, row.ends_wall = starts, ends


def copy_breaks(work: UnitOfWork, event: Event, fresh: Event, by: int) -> None:
    """Plan the same breaks in a copy of an event, shifted by wall minutes."""
    if event.breaks_planned:
        found = breaks_of(work, event.id)
        _write(work, fresh, [(one.kind, one.starts_wall + by, one.ends_wall + by) for one in found])


def _write(work: UnitOfWork, event: Event, wanted: Sequence[tuple[str, int, int]]) -> None:
    """Make these the break blocks of an event; those that are there already stay."""
    have = {(row.kind, row.starts_wall, row.ends_wall): row for row in breaks_of(work, event.id)}
    for key, row in have.items():
        if key not in wanted:
            work.session.delete(row)
    for kind, starts, ends in wanted:
        if (kind, starts, ends) not in have:
            work.session.add(Block(event_id=event.id, kind=kind, title="", starts_wall=starts, ends_wall=ends))
    event.breaks_planned = True
    work.session.flush()


def _checked(event: Event, breaks: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    wanted = []
    after = event.starts_wall
    for kind, starts, ends in sorted(breaks, key=lambda one: one[1:]):
        if kind not in BLOCK_KINDS:
            raise Refused("breaks.kind", "A break is a meal or a short break.", field="breaks")
        if ends <= starts:
            raise Refused("breaks.span", "The end of a break must be after its start.", field="breaks")
        if starts < event.starts_wall or ends > event.ends_wall:
            raise Refused("breaks.outside", "A break lies inside its call.", field="breaks")
        if starts < after:
            raise Refused("breaks.overlap", "Two breaks run into each other.", field="breaks")
        after = ends
        wanted.append((BLOCK_KINDS[kind], starts, ends))
    return wanted
