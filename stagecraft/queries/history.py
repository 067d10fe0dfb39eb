"""The steps of the journal as rows, and what the things they name are called.

A step keeps ids only. Names come from the rows as they are now, or, for what was removed, from the last image in
the journal, so that erasing a person also clears the history of the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from stagecraft.domain.kinds import KINDS
from stagecraft.store.history import Step, step_of
from stagecraft.store.journal import ROW_CHANGE, STEP
from stagecraft.store.replay import image_of, read_changes
from stagecraft.store.schema import Base

Image = dict[str, Any]


@dataclass(slots=True)
class StepRow:
    """One step with the number of rows it changed; `undone` when it was taken back since."""

    step: Step
    changed: int
    undone: bool


def step_rows(conn: Connection, *, limit: int = 200, before: int | None = None) -> list[StepRow]:
    """The newest steps first, `limit` of them, older than step `before` where given."""
    query = select(STEP).order_by(STEP.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(STEP.c.id < before)
    steps = [step_of(row) for row in conn.execute(query).mappings()]
    if not steps:
        return []
    counting = (
        select(ROW_CHANGE.c.step, func.count())
        .where(ROW_CHANGE.c.step.between(steps[-1].id, steps[0].id))
        .group_by(ROW_CHANGE.c.step)
    )
    counts = {row[0]: int(row[1]) for row in conn.execute(counting)}
    return [StepRow(step, counts.get(step.id, 0), step.undone_by is not None) for step in steps]


def commit_before(conn: Connection, at_ms: int) -> int:
    """Commit number of the newest step made by then (UTC milliseconds); 0 when there was none."""
    query = select(func.max(STEP.c.commit_no)).where(STEP.c.at <= at_ms)
    return int(conn.execute(query).scalar() or 0)


# --- what things are called --------------------------------------------------------------------------------

TABLES = {
    "event": "event",
    "person": "person",
    "scene": "scene",
    "track": "track",
    "role": "role",
    "contract": "contract",
    "production": "production",
    "report": "report",
    "note": "note",
    "space": "space",
    "venue": "venue",
    "act": "act",
    "number": "musical_number",
    "job": "job",
    "issue": "issue",
    "draft": "script_draft",
    "option": "contract_option",
    "milestone": "milestone",
    "performance": "performance",
    "agent": "agent",
    "season": "season",
    "show": "show",
    "phase": "phase",
    "department": "department",
    "french_scene": "french_scene",
}
"""Label parameter to the table whose row it names."""

_NEEDS = {
    "contract": ("person",),
    "note": ("department",),
    "contract_option": ("contract",),
    "performance": ("production",),
}
_LAST = ("department", "production", "person")  # named by the rows of other tables, so read after them


def names_for(conn: Connection, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Names of rows given as (label parameter, id); those never known are left out.

    Two SQL statements for each kind of thing named, however many there are.
    """
    asked = {(name, key) for name, key in wanted if name in TABLES}
    ids: dict[str, set[int]] = {}
    for name, key in asked:
        ids.setdefault(TABLES[name], set()).add(key)
    rows: dict[str, dict[int, Image]] = {}
    for table in sorted(ids.keys() | {"contract"}, key=_order):
        _load(conn, table, ids, rows)
    for table in _LAST:
        _load(conn, table, ids, rows)
    titles = _unit_titles(conn, rows.get("event", {}))
    found: dict[tuple[str, int], str] = {}
    for name, key in asked:
        row = rows.get(TABLES[name], {}).get(key)
        if row is not None:
            found[name, key] = titles.get(key, "") if _untitled(name, row, titles) else _NAMING[name](row, rows)
    return found


def _order(table: str) -> tuple[bool, str]:
    return table == "contract", table  # after the options that lead to it


def _untitled(name: str, row: Image, titles: dict[int, str]) -> bool:
    return name == "event" and not row["title"] and row["id"] in titles


def _load(conn: Connection, table: str, ids: dict[str, set[int]], rows: dict[str, dict[int, Image]]) -> None:
    wanted = ids.get(table, set()) - rows.get(table, {}).keys()
    if not wanted:
        return
    source = Base.metadata.tables[table]
    found: dict[int, Image] = {}
    for part in _parts(wanted):
        rows_now = conn.execute(select(source).where(source.c.id.in_(part))).mappings()
        found.update((row["id"], image_of(row)) for row in rows_now)
    c = ROW_CHANGE.c
    for part in _parts(wanted - found.keys()):
        gone = [f"[{key}]" for key in part]
        for change in read_changes(conn, (c.tbl == table) & c.key.in_(gone) & (c.op == "D")):
            found[change.key[0]] = change.before
    rows.setdefault(table, {}).update(found)
    for needed in _NEEDS.get(table, ()):
        ids.setdefault(needed, set()).update(
            row[f"{needed}_id"] for row in found.values() if row.get(f"{needed}_id") is not None
        )


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    """At most 5,000 at a time: engines limit how many values one statement may hold."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), 5000):
        yield ordered[start : start + 5000]


def _unit_titles(conn: Connection, events: dict[int, Image]) -> dict[int, str]:
    untitled = [key for key, row in events.items() if not row["title"]]
    if not untitled:
        return {}
    unit, scene = Base.metadata.tables["event_unit"], Base.metadata.tables["scene"]
    number = Base.metadata.tables["musical_number"]
    song = (
        select(number.c.title)
        .where(number.c.scene_id == scene.c.id, number.c.status != "cut")
        .order_by(number.c.position)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(unit.c.event_id, scene.c.number, func.coalesce(song, scene.c.title))
        .join(scene, scene.c.id == unit.c.scene_id)
        .order_by(unit.c.event_id, unit.c.position)
    )
    lists: dict[int, list[str]] = {}
    for part in _parts(untitled):
        for event, number, title in conn.execute(query.where(unit.c.event_id.in_(part))):
            lists.setdefault(event, []).append(title or number)
    return {event: _few(titles) for event, titles in lists.items()}


def _few(titles: list[str]) -> str:
    more = len(titles) - 2
    return f"“{', '.join(titles[:2])}”" + (f" and {more} more" if more > 0 else "")


def _quoted(field: str) -> Callable[[Image, Any], str]:
    return lambda row, rows: f"“{row[field]}”" if row[field] else "(untitled)"


def _plain(field: str) -> Callable[[Image, Any], str]:
    return lambda row, rows: str(row[field] or "(no name)")


def _of(rows: dict[str, dict[int, Image]], table: str, key: int | None) -> Image:
    return rows.get(table, {}).get(key or 0, {})


def _event(row: Image, rows: Any) -> str:
    if row["title"]:
        return f"“{row['title']}”"
    kind = KINDS.get(row["kind"])
    return f"the {kind.word if kind else 'call'}"


def _scene(row: Image, rows: Any) -> str:
    title = f"“{row['title']}”" if row["title"] else ""
    return f"{row['number']} {title}".strip() or "(untitled)"


def _contract(row: Image, rows: Any) -> str:
    return f"{_of(rows, 'person', row['person_id']).get('name', 'somebody')}’s contract"


def _option(row: Image, rows: Any) -> str:
    contract = _of(rows, "contract", row["contract_id"])
    return f"the option in {_contract(contract, rows)}" if contract else "an option"


def _note(row: Image, rows: Any) -> str:
    return f"{_of(rows, 'department', row['department_id']).get('prefix', '')}{row['number']}"


def _issue(row: Image, rows: Any) -> str:
    return f"{str(row['document']).replace('-', ' ')}, version {row['version']}"


def _performance(row: Image, rows: Any) -> str:
    number = f" #{row['number']}" if row["number"] else ""
    return f"{_of(rows, 'production', row['production_id']).get('code', '')} performance{number}".strip()


_NAMING: dict[str, Callable[[Image, Any], str]] = {
    "event": _event,
    "person": _plain("name"),
    "scene": _scene,
    "track": _plain("code"),
    "role": _plain("name"),
    "contract": _contract,
    "production": _plain("name"),
    "report": _plain("number"),
    "note": _note,
    "space": _plain("name"),
    "venue": _plain("name"),
    "act": lambda row, rows: str(row["name"] or f"Act {row['number']}"),
    "number": _quoted("title"),
    "job": _plain("name"),
    "issue": _issue,
    "draft": _plain("code"),
    "option": _option,
    "milestone": _quoted("name"),
    "performance": _performance,
    "agent": _plain("name"),
    "season": _plain("name"),
    "show": _quoted("title"),
    "phase": _plain("name"),
    "department": _plain("name"),
    "french_scene": lambda row, rows: f"French scene {row['letter']}",
}
