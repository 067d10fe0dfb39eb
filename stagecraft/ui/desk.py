"""What every page shares: the engine, the date, the productions looked at, and the one way to change something.

The desk holds no widgets. Pages read with `desk.read(calendar_rows, ...)`, change with `desk.do(Command(...))`,
hear of changes from the signal `changed`, and start slow work with `desk.jobs.start(...)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.domain.roles import may_see
from stagecraft.domain.times import minute_of, wall
from stagecraft.ui import words
from stagecraft.ui.jobs import Jobs
from stagecraft.ui.rule_watch import RuleWatch

if TYPE_CHECKING:
    from stagecraft.base.clock import Clock
    from stagecraft.queries.company import ProductionRow
    from stagecraft.services.command import Command
    from stagecraft.services.engine import Engine
    from stagecraft.store.changes import ChangeSet


class Refusable(Protocol):
    """A field that can say why it was refused."""

    def refuse(self, message: str) -> None: ...


class Desk(QObject):
    """One open company file as the pages see it."""

    changed = Signal(object)
    """A ChangeSet, after every do, undo and redo."""
    date_changed = Signal(object)
    productions_changed = Signal()
    message = Signal(str, bool)
    """Words for the bar, and whether Undo is offered."""
    failed = Signal(object)
    """A FileProblem or a Refused that no field could show."""
    page_wanted = Signal(str, dict)
    production_wanted = Signal()
    """A production is to be started: the window shows its form."""
    production_details_wanted = Signal(int)
    """A production's details are to be shown: its dates, its work rules."""
    settings_wanted = Signal()
    status_changed = Signal()

    def __init__(self, engine: Engine, clock: Clock | None = None, *, role: str = "stage-manager") -> None:
        super().__init__()
        self.engine = engine
        self.clock = clock or engine.clock
        self._follow_house()
        self.role = role
        self.jobs = Jobs(self)
        self.rules = RuleWatch(self)
        self._date = self.clock.today()
        self._all: list[ProductionRow] = []
        self._productions: tuple[int, ...] = ()
        self._saved_at: int | None = None
        self._stop = engine.subscribe(self._on_change)
        self._reload_productions()
        self._productions = tuple(row.id for row in self._all)

    def close(self) -> None:
        """Stop listening to the engine."""
        self.rules.stop()
        with suppress(ValueError):
            self._stop()

    # --- who looks ---

    @property
    def privacy(self) -> frozenset[str]:
        """Privacy classes this installation may open; follows from the role chosen in the settings."""
        return may_see(self.role)

    def may_see(self, privacy: str) -> bool:
        """Whether this installation may open things of that class ("Restricted")."""
        return privacy in self.privacy

    def set_role(self, role: str) -> None:
        """Follow another role; every page loads again, since other things may be seen."""
        if role != self.role:
            self.role = role
            self.productions_changed.emit()

    # --- date ---

    @property
    def date(self) -> dt.date:
        """The one date that runs through the program."""
        return self._date

    @date.setter
    def date(self, day: dt.date) -> None:
        if day != self._date:
            self._date = day
            self.date_changed.emit(day)

    @property
    def today(self) -> dt.date:
        return self.clock.today()

    def now_wall(self) -> int:
        """Wall minute of now on the house's clock."""
        now = self.clock.now()
        return wall(now.date(), now.hour * 60 + now.minute)

    # --- productions ---

    def all_productions(self) -> list[ProductionRow]:
        """Every production of the file, in the order of the switcher."""
        return list(self._all)

    @property
    def productions(self) -> tuple[int, ...]:
        """Ids of the productions looked at, in the switcher's order; all when nothing was chosen."""
        return self._productions

    @productions.setter
    def productions(self, ids: tuple[int, ...]) -> None:
        wanted = tuple(row.id for row in self._all if row.id in ids) or tuple(row.id for row in self._all)
        if wanted != self._productions:
            self._productions = wanted
            self.productions_changed.emit()

    @property
    def production(self) -> int | None:
        """The one production looked at, or the first of several; None in an empty file."""
        return self._productions[0] if self._productions else None

    def production_row(self, production_id: int | None) -> ProductionRow | None:
        return next((row for row in self._all if row.id == production_id), None)

    # --- reading and changing ---

    def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run `query(conn, *args, **kwargs)` in a short read transaction and give back its rows."""
        with self.engine.reading() as conn:
            return query(conn, *args, **kwargs)

    def do(
        self,
        command: Command,
        origin: str = "",
        *,
        fields: Refusable | Mapping[str, Refusable] | None = None,
        quiet: bool = False,
    ) -> ChangeSet | None:
        """Run a command; None when it was refused or the file failed, which has then been shown.

        A refusal goes to `fields`: one field, or the field of that name in a mapping; without one it becomes a
        message. After a change the undo bar names the step, unless `quiet`.
        """
        try:
            changes = self.engine.execute(command, origin)
        except Refused as refused:
            self._show_refusal(refused, fields)
            return None
        except FileProblem as problem:
            self._show_problem(problem, fields)
            return None
        if changes and not quiet:
            self.message.emit(words.past(self.undo_text() or "change"), True)
        return changes

    def _show_refusal(self, refused: Refused, fields: Refusable | Mapping[str, Refusable] | None) -> None:
        target = fields.get(refused.field) if isinstance(fields, Mapping) else fields
        if target is not None:
            target.refuse(refused.message)
        else:
            self.failed.emit(refused)

    def _show_problem(self, problem: FileProblem, fields: Refusable | Mapping[str, Refusable] | None) -> None:
        if fields is not None and not isinstance(fields, Mapping):
            fields.refuse("Not saved.")
        self.failed.emit(problem)

    def undo(self) -> None:
        """Take back the newest step and say so."""
        text = self.undo_text()
        if self._replay(self.engine.undo) and text:
            self.message.emit(f"Undid: {text}", False)

    def redo(self) -> None:
        """Do the last undone step again and say so."""
        text = self.redo_text()
        if self._replay(self.engine.redo) and text:
            self.message.emit(f"Done again: {text}", True)

    def _replay(self, run: Callable[[], ChangeSet]) -> bool:
        try:
            return bool(run())
        except (Refused, FileProblem) as trouble:
            self.failed.emit(trouble)
            return False

    def undo_text(self) -> str | None:
        """What Undo would take back: `move “On Top” to Thu 21 Jan 2:00p`; None where nothing can be changed."""
        from stagecraft.services import history

        return None if self.engine.store.read_only else history.undo_text(self.engine)

    def redo_text(self) -> str | None:
        from stagecraft.services import history

        return None if self.engine.store.read_only else history.redo_text(self.engine)

    @property
    def saved_at(self) -> int | None:
        """Minute of the day of the last change of this session, for the status line."""
        return self._saved_at

    # --- going places ---

    def open_page(self, name: str, **target: Any) -> None:
        """Show a page with something selected: `open_page("contracts", contract=12)`."""
        self.page_wanted.emit(name, target)

    def say(self, text: str) -> None:
        """A message in the bar, without undo."""
        self.message.emit(text, False)

    # --- following the file ---

    def _on_change(self, changes: ChangeSet) -> None:
        self._saved_at = minute_of(self.now_wall())
        if changes.touches("production", "show", "venue", "season"):
            self._follow_productions()
        if changes.touches("house"):
            self._follow_house()
        self.changed.emit(changes)
        self.status_changed.emit()

    def _follow_productions(self) -> None:
        had_all = len(self._productions) == len(self._all)
        before = self._all
        self._reload_productions()
        ids = tuple(row.id for row in self._all)
        kept = ids if had_all else tuple(i for i in ids if i in self._productions) or ids
        if kept != self._productions or before != self._all:
            self._productions = kept
            self.productions_changed.emit()

    def _reload_productions(self) -> None:
        from stagecraft.queries.company import production_rows

        self._all = list(self.read(production_rows))

    def _follow_house(self) -> None:
        from stagecraft.queries.company import house_row

        self.house = self.read(house_row)
        self.clock = self.clock.within(self.house.zone)
        words.set_time_style(self.house.time_style)
        words.set_zone(self.house.zone)
