"""A new company file with something in it, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stagecraft.base.clock import Clock
from stagecraft.services.engine import Engine
from stagecraft.store.store import Store


@contextmanager
def new_company(target: Path | str, *, name: str = "", clock: Clock, who: str) -> Iterator[Engine]:
    """The engine on a new file, which is closed afterwards; what cannot be filled is not left behind.

    Raises `FileProblem` when the file exists or cannot be made.
    """
    store = Store.create(target, name=name, clock=clock)
    try:
        yield Engine(store, clock, who)
    except BaseException:
        store.discard()
        raise
    # A file nobody has worked in yet is its own backup.
    store.close(backup=False)
