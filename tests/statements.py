"""Counting the statements a query costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event


@contextmanager
def counting(conn: Connection) -> Iterator[list[str]]:
    """Collect every statement sent while this is open."""
    sent: list[str] = []

    def note(_conn, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(conn, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(conn, "before_cursor_execute", note)
