"""Rows of a table in their order, and their places in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


def rows_of(work: UnitOfWork, model: Any, **where: Any) -> list[Any]:
    """Rows of a table by equal columns, in their order where they have one."""
    query = select(model).filter_by(**where)
    if hasattr(model, "position"):
        query = query.order_by(model.position, model.id)
    return list(work.session.scalars(query))


def next_position(taken: Collection[int]) -> int:
    """The place after the last."""
    return max(taken, default=0) + 1


def place(rows: Iterable[Any]) -> int:
    """The position after the last."""
    return next_position([row.position for row in rows])


def renumber(rows: Iterable[Any]) -> None:
    """Positions 1, 2, 3 … in the order given."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
