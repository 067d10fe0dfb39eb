"""Opening a company file for a command, and finding the production that is meant."""

from __future__ import annotations

import getpass
import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from stagecraft.base.settings import Settings
from stagecraft.cli.arguments import Misuse, clock_of
from stagecraft.queries.company import ProductionRow, production_rows
from stagecraft.queries.people import person_rows
from stagecraft.services.engine import Engine
from stagecraft.store.store import Store


def target_of(text: str) -> Path | str:
    """A path, or a URL of a shared database as it stands. Misuse for what can be neither."""
    if not text:
        raise Misuse("The name of the company file is empty.")
    if "://" not in text:
        return Path(text)
    if not text.startswith("postgresql"):
        raise Misuse("A shared database is named as postgresql://server/company; there are no others.")
    return text


def who() -> str:
    """Whose name stands beside the changes: as set in the program, else the system's."""
    try:
        return Settings.load().name or getpass.getuser()
    except (KeyError, OSError):
        return ""


@contextmanager
def opened(chosen: Namespace, *, read_only: bool = False) -> Iterator[Engine]:
    """The engine on the command's file; closed (and backed up when changed) afterwards."""
    store = Store.open(target_of(chosen.file), read_only=read_only)
    try:
        yield Engine(store, clock_of(chosen), who())
    finally:
        store.close()


def production_named(conn: Any, name: str | None) -> ProductionRow | None:
    """The production with this code or name; None when none was asked for. Misuse when there is no such."""
    if not name:
        return None
    rows = production_rows(conn)
    wanted = name.casefold()
    for row in rows:
        if wanted in (row.code.casefold(), row.name.casefold()):
            return row
    raise Misuse(f"There is no production “{name}”; there {_listed(rows)}.")


def the_production(conn: Any, name: str | None) -> ProductionRow:
    """The production named, or the only one. Misuse when that does not tell."""
    named = production_named(conn, name)
    if named is not None:
        return named
    rows = production_rows(conn)
    if len(rows) == 1:
        return rows[0]
    raise Misuse(f"Which production? Add --production; there {_listed(rows)}.")


def person_named(conn: Any, name: str) -> int:
    """The person of that name. Misuse when there is nobody, or more than one."""
    wanted = name.strip().casefold()
    found = [row for row in person_rows(conn) if wanted in (row.name.casefold(), row.short.casefold())]
    if len(found) == 1:
        return found[0].id
    if found:
        raise Misuse(f"There are {len(found)} people called “{name}”; write the whole name.")
    raise Misuse(f"There is nobody called “{name}”.")


def _listed(rows: list[ProductionRow]) -> str:
    if not rows:
        return "is none yet"
    return ("are " if len(rows) > 1 else "is ") + ", ".join(row.code for row in rows)


def as_json(value: Any) -> str:
    """JSON of rows, dates as 2027-01-14."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as they need to be; the last one runs on."""
    if not rows:
        return ""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)
