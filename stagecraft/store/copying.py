"""Copying a whole company between the two engines, history and all."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, insert, select, text

from stagecraft.store.journal import (
    ALEMBIC_VERSION,
    JOURNAL_STATE,
    ROW_CHANGE,
    STEP,
    create_triggers,
    drop_triggers,
    journal_metadata,
)
from stagecraft.store.replay import decode
from stagecraft.store.schema import Base
from stagecraft.store.stepping import settle_constraints

BATCH = 5000


def copy_company(source: Connection, target: Connection) -> None:
    """Fill a database that holds the same empty tables; its triggers are made anew afterwards.

    Numbers go on where they were, so that no id is ever given twice.
    """
    drop_triggers(target)
    copy_rows(source, target)
    set_counters(target, counters(source))
    settle_constraints(target)  # PostgreSQL alters no table that has checks pending
    create_triggers(target)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of schema and journal between databases without triggers; images keep their meaning."""
    for table in (*Base.metadata.sorted_tables, *journal_metadata.sorted_tables):
        if table in (JOURNAL_STATE, ALEMBIC_VERSION):
            continue
        target.execute(table.delete())
        last: Any = None
        while rows := _next_rows(source, table, last):
            target.execute(insert(table), [_fitted(table, row, target) for row in rows])
            last = tuple(rows[-1][column.name] for column in table.primary_key.columns)


def _next_rows(source: Connection, table: Table, last: tuple[Any, ...] | None) -> list[RowMapping]:
    (key,) = table.primary_key.columns  # every table of the schema has a key of one column
    query = select(table).order_by(key).limit(BATCH)
    if last is not None:
        query = query.where(key > last[0])
    return list(source.execute(query).mappings().all())


def _fitted(table: Table, row: RowMapping, target: Connection) -> dict[str, Any]:
    values = dict(row)
    if table is STEP:
        values["xid"] = None
    elif table is ROW_CHANGE:
        for name in ("before", "after"):
            values[name] = _image(values[name], target.dialect.name)
    return values


def _image(image: Any, dialect: str) -> Any:
    if image is None:
        return None
    if dialect == "postgresql":
        return decode(image) if isinstance(image, str) else image
    return image if isinstance(image, str) else json.dumps(image, ensure_ascii=False)


def counters(conn: Connection) -> dict[str, int]:
    """The last number given in every table that numbers its rows."""
    if conn.dialect.name == "sqlite":
        return {name: int(last) for name, last in conn.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")}
    found: dict[str, int] = {}
    for table in (*Base.metadata.sorted_tables, *journal_metadata.sorted_tables):
        sequence = _sequence(conn, table)
        if sequence:
            last, called = conn.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608 - our own name
            found[table.name] = int(last) if called else 0
    return found


def set_counters(conn: Connection, last: dict[str, int]) -> None:
    """Go on counting after these numbers."""
    if conn.dialect.name == "sqlite":
        for name, number in last.items():
            held = {"name": name, "number": number}
            conn.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            conn.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), held)
        return
    for table in (*Base.metadata.sorted_tables, *journal_metadata.sorted_tables):
        sequence = _sequence(conn, table)
        if sequence and last.get(table.name):
            conn.execute(select(func.setval(sequence, last[table.name])))
    committed = conn.execute(select(func.max(STEP.c.commit_no))).scalar()
    if committed:
        conn.execute(select(func.setval("step_commit_no", committed)))


def _sequence(conn: Connection, table: Table) -> str | None:
    if table is JOURNAL_STATE:
        return None
    (key,) = table.primary_key.columns
    return conn.execute(select(func.pg_get_serial_sequence(table.name, key.name))).scalar()
