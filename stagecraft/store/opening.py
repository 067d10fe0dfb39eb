"""The open sequence: everything that is looked at before a file or database is worked with, in this order.

Header, lock, structure, revision, triggers. What is refused is left byte for byte as it was.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.store import files
from stagecraft.store.connection import is_url, postgres_engine, server_url, sqlite_engine, sqlite_uri
from stagecraft.store.files import FileLock
from stagecraft.store.journal import ALEMBIC_VERSION, journal_tables, trigger_faults
from stagecraft.store.problems import file_problem, plain_words
from stagecraft.store.revision import FORMAT, HEAD, REVISIONS
from stagecraft.store.schema import Base

CHECK_AT_ONCE = 32 << 20
"""Files up to this many bytes are checked through while opening; larger ones by `Store.check` in a worker."""


@dataclass(slots=True)
class Opened:
    """What the open sequence found usable."""

    engine: Engine
    path: Path | None
    url: str
    read_only: bool
    lock: FileLock | None


def open_target(target: Path | str, *, read_only: bool) -> Opened:
    """Go through the open sequence; raises `FileProblem` with one plain sentence."""
    if is_url(target):
        return _open_server(str(target), read_only)
    path = Path(
        target
    ).resolve()  # the lock and the journal lie beside the file itself, not beside a link to it
    files.check_header(path)
    if read_only:
        recover(path)
    lock = None if read_only or not files.can_write(path) else _lock(path)
    read_only = lock is None
    try:
        with plain_words(path):
            revision = inspect_file(path, recover=lock is not None)
            if revision != HEAD:
                _bring_up_to_date(path, revision, read_only)
            return Opened(_engine(path, read_only), path, str(path), read_only, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _bring_up_to_date(path: Path, revision: str, read_only: bool) -> None:
    if read_only:
        raise FileProblem(
            "file.older",
            f"{path.name} was written by an older Stagecraft and cannot be brought up to date where it is.",
            path=path,
            remedy="Copy it to a folder in which you may write, and open the copy.",
        )
    from stagecraft.store import backup, migrations

    clock = Clock()
    backup.back_up_beside(path, "migration", clock)
    migrations.migrate_file(path, revision, clock)


def _lock(path: Path) -> FileLock | None:
    lock = FileLock(path)
    try:
        lock.acquire()
    except OSError:
        return None
    return lock


def recover(path: Path) -> None:
    """Roll back what a crash cut short, as SQLite does with every opening, when nobody is writing meanwhile."""
    if not files.has_hot_journal(path) or not files.can_write(path):
        return
    lock = FileLock(path)
    try:
        lock.acquire()
        inspect_file(path, recover=True)
    except (FileProblem, OSError):
        return  # what is wrong is said by whoever looks next
    finally:
        lock.release()


def _engine(path: Path, read_only: bool) -> Engine:
    engine = sqlite_engine(path, read_only=read_only)
    try:
        with engine.connect() as conn:
            check_journal(conn, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def check_generated(path: Path, revision: str) -> None:
    """Refuse a file of this revision whose triggers were changed; those of older revisions are made anew."""
    if revision == HEAD:
        _engine(path, read_only=True).dispose()


def inspect_file(path: Path, *, recover: bool = False) -> str:
    """Look through a file: structure, revision, nothing foreign in it. Returns its revision.

    Nothing is written, but with `recover`, under the file's lock, a transaction that a crash cut short is rolled
    back first, as SQLite does with every opening.
    """
    try:
        uri = sqlite_uri(path, "rw" if recover else "ro")
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as raw:
            raw.execute("PRAGMA trusted_schema=OFF")
            raw.execute("PRAGMA cell_size_check=ON")
            raw.execute("BEGIN")
            return _inspect(raw, path)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes damaged text in its messages
        raise trouble(error, path) from error


def trouble(error: Exception, path: Path) -> FileProblem:
    """Why a file whose beginning is right cannot be read."""
    if files.has_hot_journal(path):
        return FileProblem(
            "file.unfinished",
            f"{path.name} was not closed properly, and cannot be put right where it may only be read.",
            path=path,
            remedy="Copy it, with the file ending in -journal beside it, to a folder in which you may write.",
        )
    if files.needs_writing(path) and not files.can_write(path):
        return FileProblem(
            "file.wal",
            f"{path.name} was left by another program so that it cannot be read where nobody may write.",
            path=path,
            remedy="Copy it to a folder in which you may write, and open the copy.",
        )
    known = file_problem(str(error), path)
    return known or FileProblem("file.unreadable", f"{path.name} cannot be opened.", path=path)


def check_pages(path: Path) -> None:
    """Raise `FileProblem` when the pages of a file do not fit together."""
    with closing(sqlite3.connect(sqlite_uri(path, "ro"), uri=True, isolation_level=None)) as raw:
        files.quick_check(raw, path)


def _inspect(raw: sqlite3.Connection, path: Path) -> str:
    if int(raw.execute("PRAGMA user_version").fetchone()[0]) > FORMAT:
        raise files.newer(path, "unknown")
    if path.stat().st_size <= CHECK_AT_ONCE:
        files.quick_check(raw, path)
    objects = raw.execute("SELECT type, name FROM sqlite_master").fetchall()
    strange = [
        n for kind, n in objects if kind == "view" or (kind == "trigger" and not n.startswith("zz_journal_"))
    ]
    if strange:
        raise FileProblem(
            "file.strange",
            f"{path.name} holds commands that Stagecraft did not write, so it was not opened.",
            path=path,
            remedy="Restore a backup from before another program changed it.",
        )
    if ("table", "alembic_version") not in objects:
        raise _foreign(path)
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return check_revision(row[0] if row else None, path)


def check_revision(revision: str | None, where: Path | str) -> str:
    """Refuse what a newer program wrote and what has no revision at all."""
    if revision is None:
        raise _foreign(where)
    if revision not in REVISIONS:
        raise files.newer(where, revision)
    return revision


def _foreign(where: Path | str) -> FileProblem:
    if isinstance(where, Path):
        return FileProblem("file.foreign", f"{where.name} is not a Stagecraft company file.", path=where)
    return FileProblem(
        "server.foreign",
        "This database holds no Stagecraft company.",
        path=where,
        remedy="Make one in it with New, or check the address.",
    )


def check_journal(conn: Connection, where: Path | str) -> None:
    """Refuse a company of which parts are missing, or whose triggers are not those this program generates."""
    name = where.name if isinstance(where, Path) else "the shared database"
    remedy = "Restore a backup from before that, or look at it with Check file."
    if missing_parts(conn):
        said = f"Another program has removed parts of {name}, so it was not opened."
        raise FileProblem("file.parts", said, path=where, remedy=remedy)
    if trigger_faults(conn):
        said = f"Another program has changed how {name} keeps its history, so it was not opened."
        raise FileProblem("file.triggers", said, path=where, remedy=remedy)


def missing_parts(conn: Connection) -> list[str]:
    """Names of tables of which the whole or a column is missing."""
    if conn.dialect.name == "sqlite":
        query = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
    else:
        query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    there = {(str(table), str(column)) for table, column in conn.exec_driver_sql(query)}
    tables = [*Base.metadata.tables.values(), *journal_tables(conn)]
    return sorted({t.name for t in tables if not there.issuperset((t.name, c.name) for c in t.columns)})


def server_revision(conn: Connection, where: str) -> str:
    """The revision of a shared database; refuses one that holds no company or is of a newer program."""
    if not inspect(conn).has_table(ALEMBIC_VERSION.name):
        raise _foreign(where)
    return check_revision(conn.execute(select(ALEMBIC_VERSION.c.version_num)).scalar(), where)


def _open_server(target: str, read_only: bool) -> Opened:
    url = server_url(target)
    engine = postgres_engine(url)
    shown = url.render_as_string(hide_password=True)
    try:
        with plain_words(shown), engine.connect() as conn:
            revision = server_revision(conn, shown)
        if revision != HEAD:
            if read_only:
                raise FileProblem(
                    "file.older",
                    "This database is of an older Stagecraft; open it once for writing.",
                    path=shown,
                )
            from stagecraft.store import migrations

            migrations.migrate_server(target, revision, Clock())
        with plain_words(shown), engine.connect() as conn:
            check_journal(conn, shown)
    except BaseException:
        engine.dispose()
        raise
    return Opened(engine, None, shown, read_only, None)
