"""Playing row images backwards, and the proof that it gave exactly the inverse.

`changes_of` reads images, `fold` reduces a step to what it did in effect, `play_back` takes it back row by row in
reverse order: intermediate states are then the original ones, so that even swapped unique values need no trick.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy import Text as TextType
from sqlalchemy import cast as sql_cast

from stagecraft.base.errors import FileProblem
from stagecraft.store.journal import ROW_CHANGE
from stagecraft.store.schema import Base

Image = dict[str, Any]
Key = tuple[Any, ...]

_BATCH = 400


@dataclass(slots=True)
class Change:
    """One journalled row change: `key` is the row's primary key after it (before it, for a deletion)."""

    seq: int
    step: int
    table: str
    key: Key
    op: str
    before: Image
    after: Image

    @property
    def key_before(self) -> Key:
        """The key under which the row stood before this change."""
        names = [column.name for column in Base.metadata.tables[self.table].primary_key.columns]
        return tuple(self.before.get(name, value) for name, value in zip(names, self.key, strict=True))


@dataclass(slots=True)
class Net:
    """What a step did to one row in effect; an image is None where the row did not exist."""

    table: str
    key_before: Key | None
    before: Image | None
    key_after: Key | None
    after: Image | None

    def inverse(self) -> Net:
        return Net(self.table, self.key_after, self.after, self.key_before, self.before)


def changes_of(conn: Connection, steps: Iterable[int]) -> list[Change]:
    """The changes of some steps in the order in which they happened."""
    wanted = sorted(steps)
    found = [
        change
        for start in range(0, len(wanted), _BATCH)
        for change in read_changes(conn, ROW_CHANGE.c.step.in_(wanted[start : start + _BATCH]))
    ]
    return sorted(found, key=lambda change: change.seq)


def read_changes(conn: Connection, condition: Any) -> Iterator[Change]:
    """Changes that meet an SQL condition on `row_change`, oldest first."""
    c = ROW_CHANGE.c
    columns = select(
        c.seq, c.step, c.tbl, c.key, c.op, sql_cast(c.before, TextType), sql_cast(c.after, TextType)
    )
    for seq, step, table, key, op, before, after in conn.execute(columns.where(condition).order_by(c.seq)):
        yield Change(seq, step, table, tuple(json.loads(key)), op, decode(before), decode(after))


def decode(image: str | None) -> Image:
    """A row image as stored; control characters stand raw in it. Raises `FileProblem` for a damaged one."""
    if not image:
        return {}
    try:
        return dict(json.loads(image, strict=False))
    except (ValueError, TypeError) as error:
        raise FileProblem(
            "journal.damaged",
            "A part of the history is damaged and cannot be read.",
            remedy="What stands in the file itself can still be used; look at it with Check file.",
        ) from error


def fold(changes: Iterable[Change]) -> list[Net]:
    """Reduce changes, oldest first, to their net effect by row; what came back to where it was drops out."""
    rows: dict[tuple[str, Key], Net] = {}
    gone: dict[tuple[str, Key], Net] = {}
    all_rows: list[Net] = []
    for change in changes:
        table, key = change.table, change.key
        if change.op == "I":
            net = gone.pop((table, key), None)
            if net is None:
                net = Net(table, None, None, None, None)
                all_rows.append(net)
            net.key_after, net.after = key, dict(change.after)
            rows[table, key] = net
            continue
        net = rows.pop((table, change.key_before), None)
        if net is None:
            net = Net(table, change.key_before, {}, change.key_before, {})
            all_rows.append(net)
        if net.before is not None:
            for name, value in change.before.items():
                net.before.setdefault(name, value)
        if change.op == "U":
            assert net.after is not None
            net.key_after = key
            net.after.update(change.after)
            rows[table, key] = net
        else:
            net.key_after = net.after = None
            if net.key_before is not None:
                gone[table, net.key_before] = net
    return [net for net in map(_reduced, all_rows) if net is not None]


def _reduced(net: Net) -> Net | None:
    if net.before is None or net.after is None:
        return None if net.before is net.after else net
    before, after = net.before, net.after
    same = {
        name for name in before if name in after and before[name] == after[name] and _alike(before, after, name)
    }
    net.before = {name: value for name, value in before.items() if name not in same}
    net.after = {name: value for name, value in after.items() if name not in same}
    return net if net.before or net.after or net.key_before != net.key_after else None


def _alike(before: Image, after: Image, name: str) -> bool:
    return isinstance(before[name], bool) == isinstance(after[name], bool)


def sorted_net(nets: Iterable[Net]) -> list[Net]:
    """The same effects in one order, for comparing two lists of them."""
    return sorted(nets, key=lambda net: (net.table, repr(net.key_before), repr(net.key_after)))


# --- playing back ------------------------------------------------------------------------------------------


def play_back(conn: Connection, changes: Sequence[Change]) -> None:
    """Undo changes given oldest first: each insert is deleted, each deletion inserted, each update reversed."""
    backwards = reversed(changes)
    for (table_name, op, _columns), group in groupby(backwards, key=lambda c: (c.table, c.op, tuple(c.before))):
        table = Base.metadata.tables[table_name]
        batch = list(group)
        if op == "I":
            conn.execute(delete(table).where(_by_key(table)), [_key_values(table, c.key) for c in batch])
        elif op == "D":
            conn.execute(insert(table), [typed(table, c.before) for c in batch])
        else:
            statement = (
                update(table)
                .where(_by_key(table))
                .values({name: bindparam(f"v_{name}", type_=table.c[name].type) for name in batch[0].before})
            )
            conn.execute(statement, [_update_values(table, c) for c in batch])


def _by_key(table: Table) -> Any:
    return and_(*(column == bindparam(f"k_{column.name}") for column in table.primary_key.columns))


def _key_values(table: Table, key: Key) -> dict[str, Any]:
    return {f"k_{c.name}": value for c, value in zip(table.primary_key.columns, key, strict=True)}


def _update_values(table: Table, change: Change) -> dict[str, Any]:
    values = {f"v_{name}": value for name, value in typed(table, change.before).items()}
    return values | _key_values(table, change.key)


def typed(table: Table, image: Image) -> Image:
    """An image's values as Python values for the columns' types."""
    return {name: _typed(table.c[name], value) for name, value in image.items()}


def _typed(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, Date) and value is not None:
        return date.fromisoformat(value)
    return value


def image_of(row: Any) -> Image:
    """Image of a row mapping as the journal would keep it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def differing(conn: Connection, nets: Iterable[Net]) -> list[Net]:
    """The effects whose rows are no longer as they were left; rows are locked on PostgreSQL while looked at."""
    wrong: list[Net] = []
    ordered = sorted((net for net in nets), key=lambda net: net.table)
    for table_name, group in groupby(ordered, key=lambda net: net.table):
        table = Base.metadata.tables[table_name]
        batch = list(group)
        standing = _standing(conn, table, {net.key_after for net in batch if net.key_after is not None})
        missing_keys = {net.key_before for net in batch if net.key_after is None and net.key_before is not None}
        revived = _standing(conn, table, missing_keys)
        for net in batch:
            if net.after is None:
                reused = net.key_before in revived and not any(o.key_after == net.key_before for o in batch)
                if reused:
                    wrong.append(net)
                continue
            row = standing.get(net.key_after or ())
            if row is None or any(row.get(name) != value for name, value in net.after.items()):
                wrong.append(net)
    return wrong


def _standing(conn: Connection, table: Table, keys: set[Key]) -> dict[Key, Image]:
    columns = list(table.primary_key.columns)
    found: dict[Key, Image] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), _BATCH):
        part = ordered[start : start + _BATCH]
        if len(columns) == 1:
            condition: Any = columns[0].in_([key[0] for key in part])
        elif conn.dialect.name == "sqlite":
            condition = or_(*(and_(*(c == v for c, v in zip(columns, key, strict=True))) for key in part))
        else:
            condition = tuple_(*columns).in_(part)
        query = select(table).where(condition).order_by(*columns).with_for_update()
        for row in conn.execute(query).mappings():
            found[tuple(row[c.name] for c in columns)] = image_of(row)
    return found
