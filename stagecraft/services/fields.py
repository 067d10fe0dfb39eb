"""Setting named fields of a row the same way in every Edit command. The rules for values live with each noun."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from stagecraft.base.errors import Refused
from stagecraft.domain.names import tidy

LONGEST_LINE = 400
LONGEST_TEXT = 20_000


def line(text: str, field: str = "", *, longest: int = LONGEST_LINE) -> str:
    """One tidy line of typed text; refuses what no form could print."""
    text = tidy(text)
    if len(text) > longest:
        raise Refused(
            "field.too_long",
            f"That is {len(text)} letters long; {longest} is the most that is kept.",
            field=field,
        )
    return text


def prose(text: str, field: str = "") -> str:
    """Several lines of typed text: tidy lines, no blank lines at either end."""
    lines = [tidy(part) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n".join(lines).strip("\n")
    if len(text) > LONGEST_TEXT:
        raise Refused(
            "field.too_long",
            f"That is {len(text)} letters long; {LONGEST_TEXT} is the most that is kept.",
            field=field,
        )
    return text


def set_fields(row: object, changes: Mapping[str, Any], allowed: Collection[str]) -> list[str]:
    """Set the fields of `row` that differ and return their names; a field outside `allowed` is a programmer's error."""
    strangers = set(changes) - set(allowed)
    if strangers:
        raise TypeError(f"{type(row).__name__} has no editable {', '.join(sorted(strangers))}")
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    return changed


def field_word(changed: Collection[str]) -> str:
    """The code for a label's `{field}`: the one field that changed, or `details`."""
    return next(iter(changed)) if len(changed) == 1 else "details"


def next_position(taken: Collection[int]) -> int:
    """The place after the last."""
    return max(taken, default=0) + 1


def write_fields(row: Any, changes: Mapping[str, Any], allowed: Collection[str]) -> bool:
    """Set `changes` on an ORM row, texts without blanks around them; True when something differs."""
    clean = {key: value.strip() if isinstance(value, str) else value for key, value in changes.items()}
    return bool(set_fields(row, clean, allowed))


def named(text: str, what: str, *, field: str = "name") -> str:
    """`text` without blanks around it; refused when nothing is left."""
    clean = text.strip()
    if not clean:
        raise Refused("company.no_name", f"Give {what} a name.", field=field)
    return clean
