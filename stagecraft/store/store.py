"""The open company file or shared database: steps, undo, redo, reading, closing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem, Refused
from stagecraft.store import backup, blobs, founding, history, opening, past
from stagecraft.store.backup import Backup
from stagecraft.store.changes import ChangeSet
from stagecraft.store.files import FileLock, Standing
from stagecraft.store.history import Step
from stagecraft.store.journal import COMMIT_LOCK, STEP
from stagecraft.store.problems import plain_words
from stagecraft.store.schema import Blob
from stagecraft.store.stepping import begin_step, end_step
from stagecraft.store.undoing import reverse
from stagecraft.store.work import UnitOfWork


class Store:
    """One company's data. Steps run on one thread at a time; `reading` may be used from any thread."""

    def __init__(
        self,
        engine: Engine,
        *,
        path: Path | None,
        url: str,
        read_only: bool,
        lock: FileLock | None = None,
    ) -> None:
        self.path = path
        self.url = url
        self.read_only = read_only
        self.engine = engine
        self.dialect = engine.dialect.name
        self._lock = lock
        self._writer: Connection | None = None
        self._standing = Standing(path) if path else None
        self._running = False
        self._changed = False

    @classmethod
    def create(cls, target: Path | str, *, name: str = "", clock: Clock | None = None) -> Self:
        """Make a new company file, or the tables in an empty database named by its URL.

        It holds the house (row 1) and the fourteen departments. Raises `FileProblem` when the file exists,
        its folder cannot be written, or the database is not empty.
        """
        founding.found(target, name=name, clock=clock or Clock())
        return cls.open(target)

    @classmethod
    def open(cls, target: Path | str, *, read_only: bool = False) -> Self:
        """Open an existing file or database; raises `FileProblem` with one plain sentence when it cannot be.

        A file in a place that cannot be written opens with `read_only` set. An older one is brought up to date
        after a backup.
        """
        opened = opening.open_target(target, read_only=read_only)
        return cls(
            opened.engine, path=opened.path, url=opened.url, read_only=opened.read_only, lock=opened.lock
        )

    # --- steps ---------------------------------------------------------------------------------------------

    @contextmanager
    def step(
        self,
        code: str,
        *,
        origin: str,
        who: str,
        clock: Clock,
        kind: str = "do",
        continues: bool = False,
    ) -> Iterator[UnitOfWork]:
        """One transaction and one undo step: committed when the block ends, rolled back on any exception.

        A block that changes nothing leaves no step. With `continues` the step joins the run of typing before it.
        `kind` log is shown in history but neither undone nor in undo's way.
        """
        with self._transaction() as conn:
            step = begin_step(conn, Step(0, kind, code, {}, who, clock.utc_ms(), origin))
            with Session(conn, autoflush=True, expire_on_commit=False) as session:
                work = UnitOfWork(session, clock, who)
                yield work
                session.flush()
            step = replace(step, params=dict(work.params))
            done = end_step(conn, step, continues=continues, unjournalled=work.unjournalled)
            self._commit(conn, done)
            work.done = done

    def undo(self, *, origin: str, who: str, clock: Clock) -> ChangeSet:
        """Take back the newest step, of `who` alone in a shared database.

        Raises `Refused` when there is none, or `BuiltOn` when its rows were changed since.
        """
        return self._reverse("undo", origin, who, clock)

    def redo(self, *, origin: str, who: str, clock: Clock) -> ChangeSet:
        """Do again what was undone last; raises `Refused` when something new was done since."""
        return self._reverse("redo", origin, who, clock)

    def undo_step(self, who: str = "") -> Step | None:
        """The step `undo` would take back."""
        with self.reading() as conn:
            return history.next_undo(conn, self._whose(who))

    def redo_step(self, who: str = "") -> Step | None:
        """The undo that `redo` would take back."""
        with self.reading() as conn:
            return history.next_redo(conn, self._whose(who))

    def _whose(self, who: str) -> str | None:
        return who if self.dialect == "postgresql" else None

    def _reverse(self, kind: str, origin: str, who: str, clock: Clock) -> ChangeSet:
        with self._transaction() as conn:
            done = reverse(conn, Step(0, kind, "", {}, who, clock.utc_ms(), origin), self._whose(who))
            self._commit(conn, done)
            return done

    def _commit(self, conn: Connection, done: ChangeSet) -> None:
        if not done:
            conn.rollback()
            return
        try:
            conn.commit()
        except DBAPIError as error:
            if not error.connection_invalidated or not self._arrived(done.step):
                raise
        self._changed = True

    def _arrived(self, step: int) -> bool:
        """Whether the server made a commit whose answer was lost with the connection."""
        try:
            with self.engine.begin() as conn:
                conn.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
                conn.execute(select(func.pg_advisory_xact_lock(COMMIT_LOCK)))  # held by a commit under way
                return conn.execute(select(STEP.c.id).where(STEP.c.id == step)).first() is not None
        except DBAPIError as error:
            raise FileProblem(
                "server.unsure",
                "The connection to the shared database broke while the last change was being saved.",
                remedy="Look whether it is there before you do it again.",
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self.read_only:
            raise Refused("file.read_only", "This file is open to read only, so nothing can be changed in it.")
        if self._running:
            raise RuntimeError("a step is already running")
        if self._standing is not None:
            self._standing.check()
        self._running = True
        try:
            with plain_words(self.path or self.url), self._writing() as conn:
                if self._standing is not None:
                    self._standing.check_version(conn)
                yield conn
        finally:
            self._running = False

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A connection in a write transaction, rolled back unless the block commits."""
        if self.dialect == "postgresql":
            with self.engine.connect() as conn:
                conn.begin()
                yield conn
            return
        if self._writer is None:
            self._writer = self.engine.connect().execution_options(writes=True)
        self._writer.begin()
        try:
            yield self._writer
        finally:
            self._writer.rollback()
            raw = self._writer.connection.dbapi_connection
            if raw is not None and raw.in_transaction:  # a failed COMMIT leaves SQLite's transaction open
                raw.rollback()

    # --- reading -------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A short transaction in which nothing moves; usable from any thread."""
        options: dict[str, Any] = {}
        if self.dialect == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            plain_words(self.path or self.url),
            self.engine.connect() as conn,
            conn.execution_options(**options).begin(),
        ):
            yield conn

    def blob(self, name: str) -> bytes:
        """Bytes kept under this hash; raises `FileProblem` when the file does not hold them."""
        with self.reading() as conn:
            data = conn.execute(select(Blob.data).where(Blob.hash == name)).scalar()
        if data is None:
            raise FileProblem(
                "file.no_attachment", "This attachment is no longer in the file.", path=self.path or ""
            )
        return bytes(data)

    def sweep_blobs(self) -> int:
        """Remove kept bytes that neither a row nor the history names any more; returns how many."""
        with self._transaction() as conn:
            swept = blobs.sweep(conn)
            conn.commit()
        return swept

    def after_erasing(self) -> None:
        """Let go of what an erase left unused: bytes nobody names, and copies of rows in unused space.

        Writes the whole file anew (1 s for 75 MB); on a server every table, for which it must be the owner's.
        """
        self.sweep_blobs()
        if self.dialect == "postgresql":
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                conn.exec_driver_sql("VACUUM FULL")
            return
        assert self._writer is not None
        raw = self._writer.connection.dbapi_connection
        assert raw is not None
        with plain_words(self.path or self.url):
            self._writer.rollback()
            raw.cursor().execute("VACUUM")

    def as_it_stood(self, commit_no: int) -> Store:
        """A private copy in memory, rewound to just after that commit, to read only.

        Raises `Refused` when a migration lies between. A company of 100,000 calls takes a tenth of a second, and
        two more for every 100,000 changes taken back.
        """
        if self.path is not None:
            engine = past.memory_copy(self.path)
        else:
            with self.reading() as conn:
                engine = past.memory_copy_of_server(conn)
        past.rewind(engine, commit_no)
        return Store(engine, path=None, url=f"{self.url} as of {commit_no}", read_only=True)

    def check(self) -> None:
        """Read through the whole file; raises `FileProblem` when it is damaged. For a worker: 0.3 s for 65 MB."""
        if self.path is not None:
            opening.check_pages(self.path)

    def backup(self, reason: str, clock: Clock | None = None) -> Backup | None:
        """Back up into the folder beside the file when something changed since the last backup.

        Call it every 30 minutes and before danger. A shared database is backed up by its administrator or by
        `backup.back_up`. Raises `FileProblem` when the backup cannot be made.
        """
        if self.path is None or not self._changed:
            return None
        self._changed = False  # before, so that what is changed meanwhile by another thread counts again
        try:
            return backup.back_up_beside(self.path, reason, clock or Clock())
        except BaseException:
            self._changed = True
            raise

    def close(self, *, backup: bool = True) -> None:
        """Let go of the file; when something was changed, a backup is made unless told otherwise.

        Raises `FileProblem` when that backup fails: the file is then closed and safe all the same.
        """
        try:
            if backup and self._changed and self.path is not None:
                self.sweep_blobs()
                self.backup("close")
        finally:
            self._let_go()

    def discard(self) -> None:
        """Let go of a file that was just made and delete it: it could not be filled as was asked.

        A shared database keeps its empty tables.
        """
        self._let_go()
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self.engine.dispose()
        if self._lock is not None:
            self._lock.tidy()
            self._lock.release()
            self._lock = None
