"""Beginning and ending a step inside an open write transaction, on both engines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from stagecraft.store import history
from stagecraft.store.changes import ChangeSet
from stagecraft.store.history import Step
from stagecraft.store.journal import COMMIT_LOCK, JOURNAL_STATE, ROW_CHANGE, STEP
from stagecraft.store.revision import HEAD


def begin_step(conn: Connection, step: Step) -> Step:
    """Write the step's row and let the triggers write under it; returns the step with its id."""
    sqlite = conn.dialect.name == "sqlite"
    conn.exec_driver_sql("PRAGMA defer_foreign_keys=ON" if sqlite else "SET CONSTRAINTS ALL DEFERRED")
    values: dict[str, Any] = {
        "kind": step.kind,
        "code": step.code,
        "params": json.dumps(step.params),
        "who": step.who,
        "at": step.at_ms,
        "origin": step.origin,
        "undoes": step.undoes,
        "revision": HEAD,
    }
    if not sqlite:
        values["xid"] = conn.execute(text("SELECT pg_current_xact_id()::text")).scalar_one()
    new = conn.execute(insert(STEP).values(**values)).inserted_primary_key
    assert new is not None
    step = replace(step, id=int(new[0]))
    if sqlite:
        conn.execute(update(JOURNAL_STATE).values(step=step.id))
    else:
        conn.execute(select(func.set_config("stagecraft.step", str(step.id), True)))
    return step


def end_step(
    conn: Connection,
    step: Step,
    *,
    continues: bool = False,
    unjournalled: Mapping[str, Set[int]] | None = None,
) -> ChangeSet:
    """Close the step just before its commit and tell what it touched.

    `unjournalled` names rows changed without leaving images, as erasing does. An empty change set means that
    nothing changed: the caller then rolls back, and the step leaves no trace.
    """
    rows = touched(conn, step.id)
    for table, keys in (unjournalled or {}).items():
        rows[table] = rows.get(table, frozenset()) | keys
    if not rows:
        return ChangeSet(0, step.kind, step.code, step.origin, {})
    values: dict[str, Any] = {"params": json.dumps(step.params)}
    conn.execute(update(STEP).where(STEP.c.id == step.id).values(values))
    if continues:
        first = history.run_to_join(conn, step.id)
        conn.execute(update(STEP).where(STEP.c.id == step.id).values(continues=first))
    seal(conn, step.id)
    return ChangeSet(step.id, step.kind, step.code, step.origin, rows)


def seal(conn: Connection, step: int) -> None:
    """Give the step its commit number and shut the triggers; the last thing before the commit."""
    if conn.dialect.name == "sqlite":
        conn.execute(update(STEP).where(STEP.c.id == step).values(commit_no=step))
        conn.execute(update(JOURNAL_STATE).values(step=None))
        return
    settle_constraints(conn)
    # The lock comes last: whoever still waits for rows must not hold it.
    conn.execute(select(func.pg_advisory_xact_lock(COMMIT_LOCK)))
    conn.execute(text("UPDATE step SET commit_no = nextval('step_commit_no') WHERE id = :step"), {"step": step})


def settle_constraints(conn: Connection) -> None:
    """Check deferred foreign keys now (PostgreSQL; SQLite checks them at the commit)."""
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")


def touched(conn: Connection, step: int) -> dict[str, frozenset[int | str]]:
    """Tables and row ids a step changed."""
    found: dict[str, set[int | str]] = {}
    query = select(ROW_CHANGE.c.tbl, ROW_CHANGE.c.key).where(ROW_CHANGE.c.step == step).distinct()
    for table, key in conn.execute(query):
        values = json.loads(key)
        found.setdefault(table, set()).add(values[0] if len(values) == 1 else key)
    return {table: frozenset(keys) for table, keys in found.items()}
