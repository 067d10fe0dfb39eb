"""Kept bytes: which are still named, and removing those that are not."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from stagecraft.store.journal import ROW_CHANGE
from stagecraft.store.replay import read_changes
from stagecraft.store.schema import Attachment, Base, Blob, Issue, Person

NAMED_IN = ((Person.__tablename__, "photo"), (Attachment.__tablename__, "hash"), (Issue.__tablename__, "pdf"))
"""Every column that names a blob by its hash."""


def named(conn: Connection) -> set[str]:
    """Hashes that a row names now or an image in the journal names, so that undo and issues find their bytes."""
    found: set[str] = set()
    for table_name, column in NAMED_IN:
        table = Base.metadata.tables[table_name]
        found.update(value for value in conn.execute(select(table.c[column]).distinct()).scalars() if value)
        for change in read_changes(conn, ROW_CHANGE.c.tbl == table_name):
            found.update(image[column] for image in (change.before, change.after) if image.get(column))
    return found


def sweep(conn: Connection) -> int:
    """Delete the blobs nobody names; returns how many."""
    kept = named(conn)
    unused = [name for name in conn.execute(select(Blob.hash)).scalars() if name not in kept]
    for name in unused:
        conn.execute(delete(Blob).where(Blob.hash == name))
    return len(unused)
