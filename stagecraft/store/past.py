"""As it stood: a private in-memory copy of the file or database, rewound to one commit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from stagecraft.base.errors import Refused
from stagecraft.store.connection import memory_connection, memory_engine, sqlite_uri
from stagecraft.store.copying import copy_rows
from stagecraft.store.journal import STEP, create_journal, drop_triggers
from stagecraft.store.replay import changes_of, play_back
from stagecraft.store.schema import Base


def memory_copy(path: Path) -> Engine:
    """Everything in a company file, in memory, without triggers."""
    raw = memory_connection()
    with closing(sqlite3.connect(sqlite_uri(path, "ro"), uri=True)) as source:
        source.backup(raw)
    engine = memory_engine(raw)
    with engine.begin() as conn:
        drop_triggers(conn)
    return engine


def memory_copy_of_server(conn: Connection) -> Engine:
    """The same of a shared database, read in one transaction."""
    engine = memory_engine(memory_connection())
    with engine.begin() as target:
        Base.metadata.create_all(target)
        create_journal(target)
        drop_triggers(target)
        copy_rows(conn, target)
    return engine


def rewind(engine: Engine, commit_no: int) -> None:
    """Take everything back that was committed after `commit_no` in a copy without triggers."""
    with engine.begin() as conn:
        late = STEP.c.commit_no > commit_no
        crossed = select(func.count()).select_from(STEP).where(late, STEP.c.kind == "migration")
        if conn.execute(crossed).scalar_one():
            raise Refused("too_old", "The history does not reach back to that moment; open a backup from then.")
        steps = conn.execute(select(STEP.c.id).where(late)).scalars().all()
        play_back(conn, changes_of(conn, steps))
        conn.execute(
            STEP.update().where(STEP.c.undone_by.in_(select(STEP.c.id).where(late))).values(undone_by=None)
        )
        conn.execute(STEP.delete().where(late))
