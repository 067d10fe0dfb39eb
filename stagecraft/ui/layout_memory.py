"""What of the desk comes back when a company file is opened again: productions, page, and the date within a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk


def part_of(layout: dict[str, Any], *path: str) -> dict[str, Any]:
    """A nested part of the layout, made when it is not there or makes no sense."""
    part = layout
    for name in path:
        if not isinstance(part.get(name), dict):
            part[name] = {}
        part = part[name]
    return part


def recall_file(kept: dict[str, Any], desk: Desk) -> None:
    """Put the desk as it was left; what no longer fits is ignored."""
    codes = kept.get("productions")
    if isinstance(codes, list) and codes:
        desk.productions = tuple(row.id for row in desk.all_productions() if row.code in codes)
    # Yesterday's date is no use this morning; within the day the window comes back as it was.
    if kept.get("on") == desk.today.isoformat():
        try:
            desk.date = date.fromisoformat(str(kept.get("date")))
        except ValueError:
            return


def remember_file(kept: dict[str, Any], desk: Desk, page: str) -> None:
    """Note how the desk is left."""
    rows, ids = desk.all_productions(), desk.productions
    kept["productions"] = [] if len(ids) == len(rows) else [row.code for row in rows if row.id in ids]
    kept["page"], kept["date"], kept["on"] = page, desk.date.isoformat(), desk.today.isoformat()
