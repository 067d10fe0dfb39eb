"""The whole content of a store as plain values, for comparing two moments of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from stagecraft.store.journal import journalled_tables
from stagecraft.store.replay import image_of

Dump = dict[str, list[dict[str, Any]]]


def dump(conn: Connection) -> Dump:
    """Every journalled table that is not empty, its rows by key."""
    found: Dump = {}
    for table in journalled_tables():
        query = select(table).order_by(*table.primary_key.columns)
        rows = [image_of(row) for row in conn.execute(query).mappings()]
        if rows:
            found[table.name] = rows
    return found
