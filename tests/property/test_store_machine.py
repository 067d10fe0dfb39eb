"""Random histories against the real store: after every command, undo, redo and reopening, the whole database
equals the remembered state; at the end everything is undone, and redone.

In the gate a few short histories. On demand as many as wanted, 40 steps each:

    STAGECRAFT_HISTORIES=300 pytest tests/property/test_store_machine.py
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from histories import chosen, play_on_file, play_on_server
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from postgres_server import PostgresServer
from sqlalchemy import Boolean, Date, Integer, Table, delete, insert, text, update
from store_dump import Dump, dump

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.store.doctor import examine
from stagecraft.store.journal import journalled_tables
from stagecraft.store.revision import HEAD
from stagecraft.store.schema import Base
from stagecraft.store.store import Store
from stagecraft.store.work import UnitOfWork

FIXTURES = Path(__file__).parent.parent / "fixtures"
TABLES = {table.name: table for table in journalled_tables() if table.name != "house"}
WORDS = st.text(st.sampled_from("aAbBé \\\n\"'\r\t\x01李𝄞{}:,"), max_size=6)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))


class History(RuleBasedStateMachine):
    """Commands on every table, as the store runs them."""

    target: str | Path = ""

    def make(self) -> str | Path:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.target = self.make()
        self.clock = Clock.on(date(2027, 1, 14))
        self.store = Store.open(self.target)
        self.state = self.look()
        self.undone: list[Dump] = []
        self.done: list[Dump] = []
        self.run: tuple[int, Clock] | None = None

    def look(self) -> Dump:
        with self.store.reading() as conn:
            return dump(conn)

    # --- what a command is -----------------------------------------------------------------------------

    def do(
        self, command: Callable[[UnitOfWork], object], *, code: str = "Random", typing: bool = False
    ) -> bool:
        """Run a command; whether it changed anything. What is refused must leave everything as it was."""
        self.clock = Clock(self.clock.now() + timedelta(milliseconds=700))
        try:
            with self.store.step(code, origin="", who="ann", clock=self.clock, continues=typing) as work:
                command(work)
        except Refused:
            assert self.look() == self.state
            return False
        if not work.changes():
            assert self.look() == self.state
            return False
        self.undone = []
        if not typing:
            self.run = None
            self.done.append(self.state)
        self.state = self.look()
        return True

    def row(self, data: st.DataObject, table: Table, *, only: list[str] | None = None) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column in table.columns:
            if only is not None and column.name not in only:
                continue
            if column.foreign_keys:
                (key,) = column.foreign_keys
                there: list[Any] = [row["id"] for row in self.state.get(key.column.table.name, [])]
                values[column.name] = data.draw(
                    st.sampled_from([*there, None] if column.nullable else there or [0])
                )
            elif column.primary_key:
                continue
            elif column.nullable and data.draw(st.booleans()):
                values[column.name] = None
            else:
                kind = column.type
                values[column.name] = data.draw(
                    st.booleans()
                    if isinstance(kind, Boolean)
                    else NUMBERS
                    if isinstance(kind, Integer)
                    else DAYS
                    if isinstance(kind, Date)
                    else WORDS
                )
        return values

    def some_table(self, data: st.DataObject) -> Table:
        return TABLES[data.draw(st.sampled_from(sorted(TABLES)))]

    def some_key(self, data: st.DataObject, table: Table) -> int | None:
        (key,) = table.primary_key.columns
        keys = [row[key.name] for row in self.state.get(table.name, [])]
        return data.draw(st.sampled_from(keys)) if keys else None

    # --- commands --------------------------------------------------------------------------------------

    @rule(data=st.data(), count=st.integers(1, 3))
    def add_rows(self, data: st.DataObject, count: int) -> None:
        table = self.some_table(data)
        rows = [self.row(data, table) for _ in range(count)]
        self.do(lambda work: [work.session.execute(insert(table), [row]) for row in rows])

    @rule(data=st.data())
    def edit_row(self, data: st.DataObject) -> None:
        table = self.some_table(data)
        key = self.some_key(data, table)
        names = data.draw(
            st.lists(st.sampled_from([c.name for c in table.columns if not c.primary_key]), max_size=3)
        )
        values = self.row(data, table, only=names)
        if values:
            self.do(lambda work: work.session.execute(update(table).where(_is(table, key)).values(values)))

    @rule(data=st.data())
    def remove_row(self, data: st.DataObject) -> None:
        table = self.some_table(data)
        key = self.some_key(data, table)
        self.do(lambda work: work.session.execute(delete(table).where(_is(table, key))))

    @rule(data=st.data())
    def remove_all(self, data: st.DataObject) -> None:
        table = self.some_table(data)
        self.do(lambda work: work.session.execute(delete(table)))

    @rule(data=st.data())
    def edit_all(self, data: st.DataObject) -> None:
        table = self.some_table(data)
        names = [c.name for c in table.columns if not c.primary_key and not c.foreign_keys]
        values = self.row(data, table, only=[data.draw(st.sampled_from(names))])
        self.do(lambda work: work.session.execute(update(table).values(values)))

    @rule(data=st.data())
    def several_in_one_step(self, data: st.DataObject) -> None:
        """Insert, change, remove and insert again in one step: only the effect may remain."""
        table, other = self.some_table(data), self.some_table(data)
        first, second = self.row(data, table), self.row(data, other)
        gone, changed = self.some_key(data, other), self.some_key(data, table)
        values = self.row(data, table, only=[c.name for c in table.columns if c.nullable])

        def command(work: UnitOfWork) -> None:
            new = work.session.execute(insert(table).values(first)).inserted_primary_key
            if values:
                work.session.execute(update(table).where(_is(table, changed)).values(values))
            work.session.execute(delete(other).where(_is(other, gone)))
            work.session.execute(insert(other).values(second))
            if data.draw(st.booleans()):
                assert new is not None
                work.session.execute(delete(table).where(_is(table, new[0])))

        self.do(command)

    @rule()
    def swap_codes(self) -> None:
        """Two departments swap their unique codes, which no order of single changes allows."""
        rows = self.state.get("department", [])
        if len(rows) < 2:
            return
        table = TABLES["department"]
        (one, a), (two, b) = ((row["id"], row["code"]) for row in rows[:2])

        def command(work: UnitOfWork) -> None:
            for key, code in ((one, "?"), (two, a), (one, b)):
                work.session.execute(update(table).where(table.c.id == key).values(code=code))

        self.do(command)

    @rule(data=st.data())
    def replace_row(self, data: st.DataObject) -> None:
        """REPLACE is not used by the program, but would have to be journalled."""
        if self.store.dialect != "sqlite":
            return
        key = self.some_key(data, TABLES["person"])
        if key is None:
            return
        words = data.draw(WORDS)
        statement = text("REPLACE INTO person_private VALUES (:key, :words, '', NULL, '', '', '')")
        self.do(lambda work: work.session.execute(statement, {"key": key, "words": words}))

    @rule(data=st.data(), words=WORDS)
    def type_a_name(self, data: st.DataObject, words: str) -> None:
        table = TABLES["person"]
        key = self.some_key(data, table)
        if key is None:
            return
        before = self.state
        joins = self.run is not None and self.run[0] == key
        statement = update(table).where(table.c.id == key).values(name=words)
        if self.do(lambda work: work.session.execute(statement), code="Type", typing=True):
            if not joins:
                self.done.append(before)
            self.run = (key, self.clock)

    @rule()
    def wait(self) -> None:
        self.clock = Clock(self.clock.now() + timedelta(seconds=11))
        self.run = None

    @rule(data=st.data())
    def fail_half_way(self, data: st.DataObject) -> None:
        table = self.some_table(data)

        def command(work: UnitOfWork) -> None:
            work.session.execute(delete(table))
            raise Refused("no", "No.")

        assert not self.do(command)

    # --- undo, redo, reopening -------------------------------------------------------------------------

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.run = None
        self.store.undo(origin="", who="ann", clock=self.clock)
        self.undone.append(self.state)
        self.state = self.done.pop()
        assert self.look() == self.state

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.run = None
        self.store.redo(origin="", who="ann", clock=self.clock)
        self.done.append(self.state)
        self.state = self.undone.pop()
        assert self.look() == self.state

    @rule()
    def reopen(self) -> None:
        self.let_go()
        self.store = Store.open(self.target)
        assert self.look() == self.state

    def let_go(self) -> None:
        self.store._changed = False
        self.store.close()

    def teardown(self) -> None:
        end = self.state
        count = len(self.done)
        while self.done:
            self.undo()
        for _ in range(count):
            self.redo()
        assert self.look() == end
        self.let_go()
        wrong = [finding for finding in examine(self.target) if finding.code != "blob.missing"]
        assert wrong == []  # random text names no kept bytes


def _is(table: Table, key: Any) -> Any:
    (column,) = table.primary_key.columns
    return column == key


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company with three rows in every table, so that there is something to hang on to."""
    path = tmp_path_factory.mktemp("machine") / "template.stagecraft"
    path.write_bytes(gzip.decompress((FIXTURES / f"{HEAD}.stagecraft.gz").read_bytes()))
    return path


def test_histories_on_a_file(template: Path, tmp_path: Path) -> None:
    play_on_file(History, template, tmp_path, chosen(12, 25))


@pytest.mark.postgresql
def test_histories_on_postgresql(server: PostgresServer, template: Path) -> None:
    play_on_server(History, template, server, chosen(2, 25))


def test_no_table_is_forgotten() -> None:
    assert set(TABLES) | {"house", "blob"} == set(Base.metadata.tables)
