"""Checking a company file or shared database: structure, references, triggers, kept bytes, and the journal.

The journal is checked by rewinding it table by table in memory: every change must find the row as it left it, and
at the beginning nothing may be left over. Nothing is ever repaired here.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from stagecraft.base.errors import FileProblem
from stagecraft.store import blobs, files, opening
from stagecraft.store.connection import is_url, postgres_engine, server_url, sqlite_engine, sqlite_uri
from stagecraft.store.history import NEW_FILE
from stagecraft.store.journal import (
    JOURNAL_MARK,
    ROW_CHANGE,
    STEP,
    journalled_tables,
    trigger_faults,
)
from stagecraft.store.problems import plain_words
from stagecraft.store.replay import Change, Image, Key, image_of, read_changes
from stagecraft.store.revision import HEAD
from stagecraft.store.schema import Blob
from stagecraft.store.work import word_for


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: its code and one plain sentence."""

    code: str
    words: str


def examine(target: Path | str) -> list[Finding]:
    """Check through a file or database without writing; an empty list means good order.

    Raises `FileProblem` for what is no company file, was written by a newer program, or cannot be read at all.
    """
    if is_url(target):
        engine = postgres_engine(server_url(str(target)))
        try:
            with plain_words(str(target)), engine.connect() as conn:
                opening.server_revision(conn, "")
                return list(_content(conn))
        finally:
            engine.dispose()
    path = Path(target).resolve()
    opening.recover(path)
    try:
        files.check_header(path)
    except FileProblem as problem:
        if problem.code != "file.damaged":
            raise
        return [Finding(problem.code, problem.message)]
    damage = list(_pages(path))
    return damage or _file(path)


def _pages(path: Path) -> Iterator[Finding]:
    try:
        with closing(sqlite3.connect(sqlite_uri(path, "ro"), uri=True)) as raw:
            raw.execute("PRAGMA trusted_schema=OFF")
            raw.execute("PRAGMA cell_size_check=ON")
            said = [row[0] for row in raw.execute("PRAGMA integrity_check(20)")]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        trouble = opening.trouble(error, path)
        if trouble.code not in ("file.damaged", "file.unreadable"):
            raise trouble from error
        said = [str(error)]
    if said != ["ok"]:
        places = "one place" if len(said) == 1 else f"{len(said)} places"
        yield Finding("file.damaged", f"{path.name} is damaged in {places}; restore the newest backup.")


def _file(path: Path) -> list[Finding]:
    revision = opening.inspect_file(path)
    if revision != HEAD:
        return [
            Finding("file.older", f"{path.name} is of an older program; open it once to bring it up to date.")
        ]
    engine = sqlite_engine(path, read_only=True)
    try:
        with plain_words(path), engine.connect() as conn:
            found = list(_content(conn))
            found.extend(
                Finding("orphan", f"One {word_for(row[0])} belongs to a {word_for(row[2])} that is not there.")
                for row in conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            )
            return found
    finally:
        engine.dispose()


def _content(conn: Connection) -> Iterator[Finding]:
    missing = opening.missing_parts(conn)
    for name in missing:
        yield Finding(
            "file.parts", f"A part that keeps every {word_for(name)} is missing; restore the newest backup."
        )
    if missing:
        return
    for name in trigger_faults(conn):
        yield Finding("journal.trigger", f"The keeper of the history {name} is missing or was changed.")
    yield from _bytes(conn)
    since = _reach(conn)
    for table in journalled_tables():
        yield from _rewound(conn, table, since)


def _bytes(conn: Connection) -> Iterator[Finding]:
    there: set[str] = set()
    for (name,) in conn.execute(select(Blob.hash)).all():
        there.add(name)
        data = conn.execute(select(Blob.data).where(Blob.hash == name)).scalar_one()
        if hashlib.sha256(data).hexdigest() != name:
            yield Finding("blob.damaged", "A kept file (photo, attachment or issued sheet) is damaged.")
    try:
        missing = len(blobs.named(conn) - there)
    except (FileProblem, ValueError, DBAPIError):
        missing = 0  # the tables with an unreadable history are named below
    if missing:
        yield Finding("blob.missing", f"Kept files that should be there are missing: {missing}.")


def _reach(conn: Connection) -> int | None:
    """The step after which the journal is whole; None when it reaches back to the making of the file."""
    mark = conn.execute(select(JOURNAL_MARK.c.pruned_through)).scalar() or 0
    barrier = select(func.max(STEP.c.id)).where(STEP.c.kind == "migration", STEP.c.code != NEW_FILE)
    last = max(mark, conn.execute(barrier).scalar() or 0)
    return last or None


def _rewound(conn: Connection, table: Table, since: int | None) -> Iterator[Finding]:
    keys = [column.name for column in table.primary_key.columns]
    rows: dict[Key, Image] = {
        tuple(row[name] for name in keys): image_of(row) for row in conn.execute(select(table)).mappings()
    }
    condition = ROW_CHANGE.c.tbl == table.name
    if since is not None:
        condition &= ROW_CHANGE.c.step > since
    try:
        changes = list(read_changes(conn, condition))
    except (FileProblem, ValueError, DBAPIError):
        yield Finding(
            "journal.damaged", f"The history of every {word_for(table.name)} cannot be read any more."
        )
        return
    wrong = sum(not _take_back(rows, change) for change in reversed(changes))
    if since is None:
        wrong += len(rows)
    if wrong:
        yield Finding(
            "journal.differs",
            f"The history of every {word_for(table.name)} does not lead to what stands in the file ({wrong} rows).",
        )


def _take_back(rows: dict[Key, Image], change: Change) -> bool:
    row = rows.pop(change.key, None)
    if change.op == "D":
        rows[change.key] = dict(change.before)
        return row is None
    if row is None:
        return False
    right = all(row.get(name) == value for name, value in change.after.items())
    if change.op == "U":
        rows[change.key_before] = row | change.before
    return right
