"""The whole content of a store as plain values, for comparing two moments of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from stagecraft.store.journal import journalled_tables

Dump = dict[str, list[dict[str, Any]]]

_QUERIES = [
    (
        table.name,
        [column.name for column in table.columns],
        "SELECT {} FROM {} ORDER BY {}".format(
            ", ".join(f'"{column.name}"' for column in table.columns),
            f'"{table.name}"',
            ", ".join(column.name for column in table.primary_key.columns),
        ),
    )
    for table in journalled_tables()
]


def dump(conn: Connection) -> Dump:
    """Every journalled table that is not empty, its rows by key; dates as ISO text, as the journal keeps them."""
    raw = conn.connection.cursor()
    found: Dump = {}
    for name, columns, query in _QUERIES:
        raw.execute(query)
        rows = raw.fetchall()
        if rows:
            found[name] = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
    raw.close()
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
