"""Erasing a person for good: the command, and what of them is left elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from stagecraft.services.command import Command
from stagecraft.services.engine import Engine
from stagecraft.store.changes import ChangeSet
from stagecraft.store.erasing import backups_with, mentions
from stagecraft.store.schema import Person
from stagecraft.store.work import UnitOfWork, word_for


@dataclass(frozen=True, slots=True)
class ErasePerson(Command):
    """Overwrite a person's name and data everywhere, in the history too. It cannot be undone.

    Their calls, assignments and contracts stay, as those of an erased person. Refused when they are gone.
    """

    label: ClassVar[str] = "erase a person"
    step_kind: ClassVar[str] = "erase"
    person: int

    def apply(self, work: UnitOfWork) -> None:
        work.get(Person, self.person)
        work.erase_person(self.person)
        work.label(person=self.person)


@dataclass(slots=True)
class Erasure:
    """What erasing did and could not reach: backups that still hold the person, places that still name them."""

    changes: ChangeSet
    backups: list[Path]
    mentions: list[str]


def erase_person(engine: Engine, person: int, origin: str = "") -> Erasure:
    """Erase a person and look for what is left of them; the backups listed are for the user to remove."""
    store = engine.store
    with engine.reading() as conn:
        names = list(conn.execute(select(Person.name).where(Person.id == person)).scalars())
    changes = engine.execute(ErasePerson(person), origin)
    store.after_erasing()
    found: dict[str, int] = {}
    with engine.reading() as conn:
        for name in names:
            for table, count in mentions(conn, name).items():
                found[table] = found.get(table, 0) + count
    words = [f"{count} × {word_for(table)}" for table, count in found.items()]
    return Erasure(changes, backups_with(store.path, person) if store.path else [], words)
