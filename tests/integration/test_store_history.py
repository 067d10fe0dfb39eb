"""History in words: labels rendered from ids, with the names of today or of the last image."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from stagecraft.base.clock import Clock
from stagecraft.domain.times import wall
from stagecraft.services.command import Command
from stagecraft.services.engine import Engine
from stagecraft.services.history import history_rows, redo_text, undo_text
from stagecraft.store.schema import Act, Event, EventUnit, Person, Production, Scene, Show
from stagecraft.store.store import Store
from stagecraft.store.work import UnitOfWork

CLOCK = Clock.on(date(2027, 1, 14))


@dataclass(frozen=True, slots=True)
class PutOnEverything(Command):
    label: ClassVar[str] = "put on {production}"

    def apply(self, work: UnitOfWork) -> Any:
        show = work.add(Show(title="Bombshell"))
        production = work.add(
            Production(show_id=show.id, code="BOMB", name="Bombshell", kind="run", colour="bomb")
        )
        act = work.add(Act(production_id=production.id, number=1))
        scene = work.add(
            Scene(production_id=production.id, act_id=act.id, number="1.5", title="On Top", position=1)
        )
        at = wall(date(2027, 1, 21), 14 * 60)
        event = work.add(
            Event(
                production_id=production.id, kind="staging", zone="UTC", state="draft",
                starts_wall=at, ends_wall=at + 60, starts_at=at, ends_at=at + 60,
            )
        )  # fmt: skip
        work.add(EventUnit(event_id=event.id, scene_id=scene.id, position=0))
        work.label(production=production.id)
        return event.id


@dataclass(frozen=True, slots=True)
class ShiftIt(Command):
    label: ClassVar[str] = "shift {event} to {start}"
    event: int
    start: int

    def apply(self, work: UnitOfWork) -> None:
        work.get(Event, self.event).starts_wall = self.start
        work.label(event=self.event, start=self.start)


@dataclass(frozen=True, slots=True)
class NamePerson(Command):
    label: ClassVar[str] = "name {person} on {day}"
    name: str

    def apply(self, work: UnitOfWork) -> int:
        row = work.add(Person(name=self.name, sort_name=self.name))
        work.label(person=row.id, day=date(2027, 1, 21))
        return row.id


@dataclass(frozen=True, slots=True)
class DropPerson(Command):
    label: ClassVar[str] = "drop {person}"
    person: int

    def apply(self, work: UnitOfWork) -> None:
        work.remove(work.get(Person, self.person))
        work.label(person=self.person)


def test_undo_and_redo_say_what_they_do(store: Store) -> None:
    engine = Engine(store, CLOCK, "ann")
    assert undo_text(engine) is None
    event = engine.execute(PutOnEverything()).value
    engine.execute(ShiftIt(event, wall(date(2027, 1, 21), 15 * 60)))
    assert undo_text(engine) == "shift “On Top” to Thu 21 Jan 3:00p"
    engine.undo()
    assert undo_text(engine) == "put on Bombshell"
    assert redo_text(engine) == "shift “On Top” to Thu 21 Jan 3:00p"


def test_names_are_those_of_today_or_of_the_last_image(store: Store) -> None:
    engine = Engine(store, CLOCK, "ann")
    person = engine.execute(NamePerson("Karen Cartwright")).value
    engine.execute(DropPerson(person))
    engine.undo()
    assert [(row.text, row.undone) for row in history_rows(engine)] == [
        ("took back: drop Karen Cartwright", False),
        ("drop Karen Cartwright", True),
        ("name Karen Cartwright on Thu 21 Jan", False),
        ("make the company file", False),
    ]
    engine.redo()
    assert history_rows(engine)[0].text == "did again: drop Karen Cartwright"


def test_a_step_of_a_command_no_longer_known_still_has_words(store: Store) -> None:
    with store.step("MendTheRoof", origin="", who="ann", clock=CLOCK) as work:
        work.add(Person(name="A", sort_name="A"))
    assert undo_text(Engine(store, CLOCK, "ann")) == "mend the roof"
