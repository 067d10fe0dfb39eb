"""The engine: the one way to change the company file and to hear of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.services.command import Command
from stagecraft.store.changes import ChangeSet
from stagecraft.store.store import Store
from stagecraft.store.undoing import BuiltOn

Listener = Callable[[ChangeSet], None]


class Engine:
    """Runs commands against one open store and announces what changed.

    Not thread-safe: commands run on the thread that owns the engine; `reading` may be used from any thread.
    """

    def __init__(self, store: Store, clock: Clock | None = None, who: str = "") -> None:
        self.store = store
        self.clock = clock or Clock()
        self.who = who
        self._listeners: list[Listener] = []
        self._follow_house()

    def execute(self, command: Command, origin: str = "") -> ChangeSet:
        """Run one command as one transaction and one undo step.

        Raises `Refused` when it cannot be done and `FileProblem` when the file cannot be written; in both
        cases nothing has changed. A command that changed nothing leaves no step and announces nothing. What is
        hard to look over, an import or an erase, is preceded by a backup when something changed since the last.
        """
        if command.step_kind in ("import", "erase"):
            self.store.backup(command.step_kind, self.clock)
        with self.store.step(
            type(command).__name__,
            origin=origin,
            who=self.who,
            clock=self.clock,
            kind=command.step_kind,
            continues=command.continues,
        ) as work:
            value = command.apply(work)
        changes = work.changes(value)
        return self._announce(changes)

    def undo(self, origin: str = "") -> ChangeSet:
        """Take back the newest step; raises `Refused` when there is none or someone built on it."""
        with self._naming():
            changes = self.store.undo(origin=origin, who=self.who, clock=self.clock)
        return self._announce(changes)

    def redo(self, origin: str = "") -> ChangeSet:
        """Do again what was undone last; raises `Refused` when there is nothing."""
        with self._naming():
            changes = self.store.redo(origin=origin, who=self.who, clock=self.clock)
        return self._announce(changes)

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """Say who changed what, where a step was built on by another."""
        from stagecraft.services.history import step_text

        try:
            yield
        except BuiltOn as refused:
            with self.reading() as conn:
                what = step_text(conn, refused.step)
            who = refused.step.who or "Somebody"
            said = f"{who[:1].upper()}{who[1:]} has since done this: {what}. Yours can no longer be undone by itself."
            raise Refused(refused.code, said) from refused

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A short read transaction for queries."""
        with self.store.reading() as conn:
            yield conn

    def _follow_house(self) -> None:
        """Go by the house's clock: "today" is the theatre's day, also on a machine far away."""
        from stagecraft.queries.company import house_row

        with self.reading() as conn:
            self.clock = self.clock.within(house_row(conn).zone)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change from now on; call the result to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _announce(self, changes: ChangeSet) -> ChangeSet:
        if changes.touches("house"):
            self._follow_house()
        if changes:
            for listener in list(self._listeners):
                listener(changes)
        return changes
