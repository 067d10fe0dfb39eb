"""Connections to the file or server, with the settings that keep committed work through a power cut.

SQLite: rollback journal TRUNCATE with synchronous FULL lost nothing in simulated power cuts; WAL is not used
because the SQLite of current Pythons has the WAL-reset fault. Transactions are begun by hand (`BEGIN IMMEDIATE`
for writers), because the driver's own begins leave reads unrepeatable and upgrade late. A failed statement names
no values: its message ends in the log, where addresses and pay have no place.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    QueuePool,
    StaticPool,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError

from stagecraft.base.errors import FileProblem

APPLICATION_ID = 0x53744743
"""Written at offset 68 of every company file: `StGC`."""

BUSY_MS = 5000


def is_url(target: Path | str) -> bool:
    """Whether this names a server rather than a file."""
    return isinstance(target, str) and re.match(r"postgres(ql)?(\+\w+)?://", target) is not None


def server_url(target: str) -> URL:
    """URL with our driver, whichever the user wrote; raises `FileProblem` when it is none."""
    try:
        return make_url(target).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise FileProblem(
            "server.address",
            "This is not the address of a shared database.",
            remedy="One looks like postgresql://name@server/company.",
        ) from error


def sqlite_uri(path: Path, mode: str) -> str:
    """`file:` URI of a path that may hold any character; mode is ro or rw, never one that creates."""
    return f"file:{quote(str(path.absolute()).replace(chr(92), '/'), safe='/:')}?mode={mode}"


def sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    """Engine on an existing file; a file that has vanished is never created anew."""
    uri = sqlite_uri(path, "ro" if read_only else "rw")

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            uri, uri=True, check_same_thread=False, isolation_level=None, timeout=BUSY_MS / 1000
        )

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=20,
        hide_parameters=True,
    )
    return _prepared(engine, read_only=read_only)


def memory_engine(connection: sqlite3.Connection) -> Engine:
    """Engine on one private in-memory database, usable from one thread at a time."""
    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def memory_connection() -> sqlite3.Connection:
    """Connection of a new private in-memory database."""
    return sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)


def postgres_engine(url: URL) -> Engine:
    """Engine on a server; a dropped connection is noticed before it is used, one not there after ten seconds."""
    arguments = {"connect_timeout": 10} if "connect_timeout" not in url.query else {}
    engine = create_engine(
        url, pool_pre_ping=True, pool_size=3, max_overflow=20, connect_args=arguments, hide_parameters=True
    )
    event.listen(engine, "handle_error", _without_values)
    return engine


def _without_values(failure: ExceptionContext) -> None:
    """The server puts the whole failing row behind its sentence."""
    for error in (failure.original_exception, failure.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0], *error.args[1:])


def _prepared(engine: Engine, *, read_only: bool) -> Engine:
    def on_connect(raw: sqlite3.Connection, _record: Any) -> None:
        set_pragmas(raw, read_only=read_only)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", _begin)
    return engine


def set_pragmas(raw: sqlite3.Connection, *, read_only: bool) -> None:
    """Settings of every connection; `recursive_triggers` off would hide a REPLACE from the journal."""
    raw.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "secure_delete=ON",
        "synchronous=FULL",
        "temp_store=MEMORY",
    ):
        raw.execute(f"PRAGMA {pragma}").close()
    if read_only:
        return
    mode = raw.execute("PRAGMA journal_mode=TRUNCATE").fetchone()[0]
    if mode != "truncate":
        raise sqlite3.OperationalError(f"journal mode {mode} instead of truncate")


def _begin(conn: Connection) -> None:
    writes = conn.get_execution_options().get("writes", False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
