"""A program that works on a company file until it is killed: what `test_killed` starts."""

from __future__ import annotations

from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from stagecraft.domain.incoming import PersonLine
from stagecraft.services.engine import Engine
from stagecraft.services.exchange import ImportPeople
from stagecraft.services.people import AddPerson
from stagecraft.store.store import Store

MANY = 250


def names(number: int) -> list[str]:
    """Who is put on file by one command: every ninth is an import of many."""
    return [f"{number} {place}" for place in range(MANY if number % 9 == 5 else 1)]


def is_undo(number: int) -> bool:
    return number % 4 == 3


def expected(commands: int) -> set[str]:
    """Who is on file after so many commands."""
    kept = [n for n in range(commands) if not is_undo(n) and not (is_undo(n + 1) and n + 1 < commands)]
    return {name for number in kept for name in names(number)}


def work(path: Path, first: int, told: Connection) -> None:
    """Run commands from number `first` on and tell each that was acknowledged."""
    engine = Engine(Store.open(path), who="ann")
    for number in count(first):
        if is_undo(number):
            engine.undo()
        elif len(names(number)) == 1:
            engine.execute(AddPerson(names(number)[0]))
        else:
            engine.execute(
                ImportPeople(tuple(PersonLine(line, name) for line, name in enumerate(names(number))))
            )
        told.send(number)
