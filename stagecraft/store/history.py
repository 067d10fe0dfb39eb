"""Reading the journal: which step undo and redo would take, and the list of steps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from stagecraft.store.journal import ROW_CHANGE, STEP

UNDOABLE = ("do", "import", "redo")
NEW_FILE = "NewFile"
"""Code of the step that made the file; like every migration it is a barrier to undo."""

MIGRATION = "Migration"
"""Code of the step that brought the file up to a newer schema."""

CONTINUE_MS = 10_000
"""A typing pause within this time joins the step before it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction as the journal knows it; `at_ms` is UTC milliseconds, `undoes` the step it took back."""

    id: int
    kind: str
    code: str
    params: dict[str, Any]
    who: str
    at_ms: int
    origin: str
    undoes: int | None = None
    undone_by: int | None = None
    continues: int | None = None
    commit_no: int | None = None


def step_of(row: RowMapping) -> Step:
    """A step from its row."""
    return Step(
        id=row["id"],
        kind=row["kind"],
        code=row["code"],
        params=json.loads(row["params"]),
        who=row["who"],
        at_ms=row["at"],
        origin=row["origin"],
        undoes=row["undoes"],
        undone_by=row["undone_by"],
        continues=row["continues"],
        commit_no=row["commit_no"],
    )


def step_by_id(conn: Connection, step: int) -> Step | None:
    """One step, None when it was pruned."""
    row = conn.execute(select(STEP).where(STEP.c.id == step)).mappings().first()
    return step_of(row) if row else None


def next_undo(conn: Connection, who: str | None = None) -> Step | None:
    """The newest step that can be taken back: of one user where `who` is given. None past a migration."""
    query = select(STEP).where(STEP.c.kind.in_(UNDOABLE), STEP.c.undone_by.is_(None), STEP.c.id > _barrier())
    if who is not None:
        query = query.where(STEP.c.who == who)
    row = conn.execute(query.order_by(STEP.c.id.desc()).limit(1)).mappings().first()
    return step_of(row) if row else None


def next_redo(conn: Connection, who: str | None = None) -> Step | None:
    """The newest undo that can be done again: not after something new was done."""
    own = STEP.c.who == who if who is not None else STEP.c.id > 0
    last_do = (
        select(func.coalesce(func.max(STEP.c.id), 0))
        .where(STEP.c.kind.in_(("do", "import")), own)
        .scalar_subquery()
    )
    query = select(STEP).where(
        STEP.c.kind == "undo", STEP.c.undone_by.is_(None), STEP.c.id > last_do, STEP.c.id > _barrier(), own
    )
    row = conn.execute(query.order_by(STEP.c.id.desc()).limit(1)).mappings().first()
    return step_of(row) if row else None


def _barrier() -> Any:
    return select(func.coalesce(func.max(STEP.c.id), 0)).where(STEP.c.kind == "migration").scalar_subquery()


def run_of(conn: Connection, step: Step) -> list[int]:
    """Ids of the steps taken back together with this one: a run of typing, or just itself."""
    if step.continues is None:
        return [step.id]
    first = step.continues
    run = select(STEP.c.id).where(
        (STEP.c.id == first) | (STEP.c.continues == first), STEP.c.undone_by.is_(None), STEP.c.id <= step.id
    )
    return sorted(conn.execute(run).scalars())


def run_to_join(conn: Connection, step: int) -> int | None:
    """First step of the typing run that `step` carries on, None when it starts one of its own.

    It joins when the step just before is the same command by the same person from the same place, changed the
    same columns of the same row, and is not older than ten seconds.
    """
    rows = (
        conn.execute(select(STEP).where(STEP.c.id <= step).order_by(STEP.c.id.desc()).limit(2)).mappings().all()
    )
    if len(rows) < 2:
        return None
    new, old = rows
    same = all(new[name] == old[name] for name in ("kind", "code", "params", "who", "origin"))
    if not same or old["undone_by"] is not None or not 0 <= new["at"] - old["at"] <= CONTINUE_MS:
        return None
    if _field(conn, new["id"]) is None or _field(conn, new["id"]) != _field(conn, old["id"]):
        return None
    return int(old["continues"] or old["id"])


def _field(conn: Connection, step: int) -> tuple[Any, ...] | None:
    c = ROW_CHANGE.c
    rows = conn.execute(select(c.tbl, c.key, c.op, c.after).where(c.step == step).limit(3)).all()
    if len(rows) != 1 or rows[0].op != "U":
        return None
    table, key, _op, after = rows[0]
    image = after if isinstance(after, dict) else json.loads(after, strict=False)
    return table, key, tuple(sorted(image))


def built_on(conn: Connection, run: list[int]) -> Step | None:
    """The newest later step that changed a row of these steps and still holds, None when there is none.

    A later step and its undo cancel each other, and so do that undo and its redo: of a chain of them only an
    odd number holds.
    """
    mine, theirs = ROW_CHANGE.alias("mine"), ROW_CHANGE.alias("theirs")
    same_row = (mine.c.tbl == theirs.c.tbl) & (mine.c.key == theirs.c.key) & (mine.c.seq < theirs.c.seq)
    later = (
        select(theirs.c.step)
        .join(mine, same_row)
        .where(mine.c.step.in_(run), theirs.c.step.not_in(run))
        .distinct()
        .subquery()
    )
    query = (
        select(STEP)
        .join(later, later.c.step == STEP.c.id)
        .where(STEP.c.undone_by.is_(None), STEP.c.kind.not_in(("erase", "migration")))
        .order_by(STEP.c.id.desc())
    )
    for row in conn.execute(query).mappings().all():
        if _holds(conn, step_of(row), since=max(run)):
            return step_of(row)
    return None


def _holds(conn: Connection, step: Step, *, since: int) -> bool:
    count, at = 1, step
    while at.undoes is not None and at.undoes > since:
        before = step_by_id(conn, at.undoes)
        if before is None:
            break
        count, at = count + 1, before
    return count % 2 == 1
