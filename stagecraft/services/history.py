"""History in words: what undo and redo would do, and the list of steps, rendered from codes and ids.

Names are those of today; times and dates are written as everywhere else.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from stagecraft import services
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.times import date_of, day_text, time_text
from stagecraft.queries.history import TABLES, StepRow, commit_before, names_for, step_rows
from stagecraft.services.command import REGISTRY
from stagecraft.services.engine import Engine
from stagecraft.store.history import MIGRATION, NEW_FILE, Step

Names = dict[tuple[str, int], str]

_FIELD = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
"""`{person}`, or `{person|space}` for whichever the step has."""


@dataclass(slots=True)
class HistoryRow:
    """One line of history: when (UTC ms), who, what in words, how many rows; `undone` when taken back since.

    `params` are the ids, days and codes the words were made of.
    """

    step: int
    commit_no: int
    at_ms: int
    who: str
    text: str
    kind: str
    undone: bool
    changed: int
    params: dict[str, Any]


def undo_text(engine: Engine) -> str | None:
    """What undo would take back, "move “On Top” to Thu 21 Jan 2:00p"; None when there is nothing."""
    return _text(engine, engine.store.undo_step(engine.who))


def redo_text(engine: Engine) -> str | None:
    """What redo would do again; None when there is nothing."""
    return _text(engine, engine.store.redo_step(engine.who))


def _text(engine: Engine, step: Step | None) -> str | None:
    if step is None:
        return None
    with engine.reading() as conn:
        return step_text(conn, step)


def step_text(conn: Connection, step: Step) -> str:
    """One step in words, without saying whether it was an undo."""
    return _render(step, names_for(conn, _wanted([step])))


def history_rows(engine: Engine, *, limit: int = 200, before: int | None = None) -> list[HistoryRow]:
    """The newest steps first in words; a run of typing is one line. `before` continues an earlier list."""
    with engine.reading() as conn:
        rows = step_rows(conn, limit=limit, before=before)
        names = names_for(conn, _wanted(row.step for row in rows))
    shown = {row.step.id for row in rows}
    later: dict[int, int] = {}
    lines: list[HistoryRow] = []
    for row in rows:
        first = row.step.continues
        if first is not None and first in shown:
            later[first] = later.get(first, 0) + row.changed
            continue
        lines.append(_line(row, names, later.pop(row.step.id, 0)))
    return lines


def commit_at(engine: Engine, at_ms: int) -> int:
    """Commit number to which the file must be rewound to stand as it stood then (UTC milliseconds)."""
    with engine.reading() as conn:
        return commit_before(conn, at_ms)


def _line(row: StepRow, names: Names, more: int) -> HistoryRow:
    step = row.step
    text = _render(step, names)
    if step.kind == "undo":
        text = f"took back: {text}"
    elif step.kind == "redo":
        text = f"did again: {text}"
    return HistoryRow(
        step=step.id,
        commit_no=step.commit_no or step.id,
        at_ms=step.at_ms,
        who=step.who,
        text=text,
        kind=step.kind,
        undone=row.undone,
        changed=row.changed + more,
        params=step.params,
    )


def _wanted(steps: Iterable[Step]) -> list[tuple[str, int]]:
    return [
        (name, value)
        for step in steps
        for name, value in step.params.items()
        if name in TABLES and isinstance(value, int)
    ]


def _render(step: Step, names: Names) -> str:
    label = _SPECIAL.get(step.code) or _label(step.code)

    def filled(match: re.Match[str]) -> str:
        name = match[2] if match[2] and match[1] not in step.params else match[1]
        return _value(name, step.params.get(name), names)

    text = _FIELD.sub(filled, label)
    return re.sub(r"\s+", " ", text).strip()


_SPECIAL = {
    NEW_FILE: "make the company file",
    MIGRATION: "bring the file up to date",
    "Restore": "restore a backup",
    "BuildSample": "build the sample season",
}
"""Steps of no command, and one whose module takes every other along."""


@cache
def _import_command(code: str) -> None:
    """Import the module that defines a command, found by its text: all of them take a tenth of a second to import."""
    defines, root = f"class {code}(".encode(), Path(services.__path__[0])
    for file in root.rglob("*.py"):
        if defines in file.read_bytes():
            inside = file.relative_to(root).with_suffix("").parts
            importlib.import_module(".".join((services.__name__, *inside)))
            return


def _label(code: str) -> str:
    if code not in REGISTRY:
        _import_command(code)
    command = REGISTRY.get(code)
    return command.label if command and command.label else _words(code)


def _words(code: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", code).lower()


def _value(name: str, value: Any, names: Names) -> str:
    if value is None:
        return _UNKNOWN.get(name, name.replace("_", " "))
    if name in TABLES:
        return names.get((name, value), _UNKNOWN.get(name, f"a {name.replace('_', ' ')}"))
    if name in ("start", "at", "end"):
        return f"{day_text(date_of(value))} {time_text(value)}"
    if name in ("day", "to_day", "from_day"):
        return day_text(date.fromisoformat(str(value)))
    if name == "state":
        return CONTRACT_STATES.get(str(value), str(value))
    if name == "field" and value in _FIELDS:
        return _FIELDS[value]
    if name in ("field", "document", "kind", "what"):
        return str(value).removesuffix("_id").replace("_", " ").replace("-", " ")
    return str(value)


_FIELDS = {
    "email": "e-mail",
    "sort_name": "filing name",
    "share_contact": "printing of telephone and e-mail",
    "show_pronouns": "printing of pronouns",
    "organisation": "office",
    "page_from": "first page",
    "page_to": "last page",
    "issued_on": "day of issue",
    "starts_on": "first day",
    "ends_on": "last day",
    "notice_by_actor_days": "actor’s notice",
    "notice_by_producer_days": "producer’s notice",
    "subtype": "kind of agreement",
    "rule_pack": "work rules",
    "meal_starts": "meal",
    "meal_ends": "meal",
    "started": "start",
    "ended": "end",
    "general": "general notes",
    "run_title": "what was run",
    "run_minutes": "running time",
    "script_changes": "pages and music",
}
"""Fields whose column says it in other words than people do."""

_UNKNOWN = {"event": "a call", "number": "a number", "person": "somebody", "act": "an act", "agent": "an agent"}
