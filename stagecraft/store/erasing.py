"""Erasing a person: a legal duty that reaches back into the history.

One placeholder is written over each personal column of the live rows and of every image in the journal, so that all
other steps stay true and can still be undone. Rows that say nothing about anybody else (private and sealed pages,
absences, attachments, accepted flags) are deleted with all their images. An erase is neither undone nor in undo's way.

Free text elsewhere cannot be found by structure: `mentions` searches it so that a person can look.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, or_, select, update

from stagecraft.store.backup import backups_of
from stagecraft.store.connection import sqlite_uri
from stagecraft.store.journal import ROW_CHANGE, STEP, journalled_tables
from stagecraft.store.replay import Change, Image, read_changes
from stagecraft.store.schema import (
    Acceptance,
    Attachment,
    Attendance,
    Availability,
    AvailabilityReason,
    Base,
    Contract,
    ContractStateChange,
    Person,
    PersonPrivate,
    PersonSealed,
    RuleApproval,
)
from stagecraft.store.schema.base import Words

LEAVES = (PersonPrivate, PersonSealed, Availability, Attachment, Acceptance)
"""Owned by one person and of no use to anybody else: deleted, with all their images."""

Rows = dict[str, set[int]]


def erase(conn: Connection, person: int) -> Rows:
    """Erase a person inside a running step; returns the tables and row ids that changed."""
    leaves: Rows = {model.__tablename__: _owned(conn, model, "person_id", {person}) for model in LEAVES}
    absences = leaves[Availability.__tablename__]
    leaves[AvailabilityReason.__tablename__] = _owned(conn, AvailabilityReason, "availability_id", absences)
    contracts = _owned(conn, Contract, "person_id", {person})
    overwritten: Rows = {
        Person.__tablename__: {person},
        Attendance.__tablename__: _owned(conn, Attendance, "person_id", {person}),
        ContractStateChange.__tablename__: _owned(conn, ContractStateChange, "contract_id", contracts),
        RuleApproval.__tablename__: _owned(conn, RuleApproval, "person_id", {person}),
    }
    for name, keys in leaves.items():
        table = Base.metadata.tables[name]
        _each(conn, delete(table), _key(table), keys)
    for name, keys in overwritten.items():
        table = Base.metadata.tables[name]
        _each(conn, update(table).values(placeholders(table)), _key(table), keys)
    for name, keys in leaves.items():
        _each(conn, delete(ROW_CHANGE).where(ROW_CHANGE.c.tbl == name), ROW_CHANGE.c.key, map(_json_key, keys))
    for name, keys in overwritten.items():
        _overwrite_images(conn, Base.metadata.tables[name], keys)
    _drop_empty_steps(conn)
    return {name: keys for name, keys in (leaves | overwritten).items() if keys}


def placeholders(table: Table) -> Image:
    """What erasing writes over the personal columns of a table."""
    return {c.name: c.info["placeholder"] for c in table.columns if c.info.get("personal")}


def _key(table: Table) -> Any:
    (column,) = table.primary_key.columns
    return column


def _json_key(key: int) -> str:
    return json.dumps([key])


def _each(conn: Connection, statement: Any, column: Any, keys: Iterable[Any]) -> None:
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        conn.execute(statement.where(column.in_(wanted[start : start + 500])))


def _owned(conn: Connection, model: type[Base], owner: str, owners: set[int]) -> set[int]:
    """Ids of the rows that belong, or ever belonged, to one of these owners."""
    table = Base.metadata.tables[model.__tablename__]
    key = _key(table)
    found = {row[0] for row in conn.execute(select(key, table.c[owner])) if row[1] in owners}
    for change in read_changes(conn, ROW_CHANGE.c.tbl == table.name):
        # A key that is also the owner never changes, so it stands in whole images only.
        if change.before.get(owner) in owners or change.after.get(owner) in owners:
            found.add(change.key[0])
    return found


def _overwrite_images(conn: Connection, table: Table, keys: set[int]) -> None:
    wanted = placeholders(table)
    for key in keys:
        condition = (ROW_CHANGE.c.tbl == table.name) & (ROW_CHANGE.c.key == _json_key(key))
        for change in list(read_changes(conn, condition)):
            _overwrite(conn, change, wanted)


def _overwrite(conn: Connection, change: Change, wanted: Image) -> None:
    before, after = ({n: wanted.get(n, v) for n, v in image.items()} for image in (change.before, change.after))
    if change.op == "U":
        before, after = (
            {n: v for n, v in image.items() if n not in wanted} for image in (change.before, change.after)
        )
        if not after:  # it changed nothing but what is now the same placeholder
            conn.execute(delete(ROW_CHANGE).where(ROW_CHANGE.c.seq == change.seq))
            return
    sqlite = conn.dialect.name == "sqlite"

    def stored(image: Image) -> Any:
        if not image:
            return None
        return json.dumps(image, ensure_ascii=False) if sqlite else image

    values = {"before": stored(before), "after": stored(after)}
    conn.execute(update(ROW_CHANGE).where(ROW_CHANGE.c.seq == change.seq).values(values))


def _drop_empty_steps(conn: Connection) -> None:
    """A step of which nothing is left would stop undo for ever."""
    full = select(ROW_CHANGE.c.step).distinct()
    kept = or_(STEP.c.kind.in_(("erase", "migration")), STEP.c.id.in_(full))
    conn.execute(delete(STEP).where(~kept))


# --- what is left elsewhere --------------------------------------------------------------------------------


def mentions(conn: Connection, name: str) -> dict[str, int]:
    """How many rows of which table hold this name in free text, issued sheets among them."""
    found: dict[str, int] = {}
    for table in journalled_tables():
        columns = [column for column in table.columns if isinstance(column.type, Words)]
        if columns and name.strip():
            like = or_(*(column.contains(name, autoescape=True) for column in columns))
            count = conn.execute(select(func.count()).select_from(table).where(like)).scalar_one()
            if count:
                found[table.name] = count
    return found


def backups_with(path: Path, person: int) -> list[Path]:
    """Backups and kept files beside a company file that still hold a person, newest first."""
    beside = sorted(path.parent.glob(f"{path.stem} pre-restore-*{path.suffix}"), reverse=True)
    return [file for file in (*(b.path for b in backups_of(path)), *beside) if _holds(file, person)]


def _holds(path: Path, person: int) -> bool:
    placeholder = placeholders(Base.metadata.tables[Person.__tablename__])["name"]
    query = 'SELECT count(*) FROM row_change WHERE tbl = ? AND "key" = ? AND coalesce(before, after) NOT LIKE ?'
    try:
        with closing(sqlite3.connect(sqlite_uri(path, "ro"), uri=True)) as raw:
            found = raw.execute(query, ("person", _json_key(person), f'%"{placeholder}"%')).fetchone()[0]
            return bool(found)
    except sqlite3.Error:
        return True  # not readable is not erased
