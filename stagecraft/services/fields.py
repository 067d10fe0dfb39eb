"""What every `Edit…` command does with its changes: check the field names, clean the text, write what differs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from stagecraft.base.errors import Refused


def write_fields(row: Any, changes: Mapping[str, Any], allowed: Collection[str]) -> bool:
    """Set `changes` on an ORM row; True when something differs. A field that is not `allowed` is a bug."""
    unknown = sorted(set(changes) - set(allowed))
    if unknown:
        raise ValueError(f"{type(row).__name__} has no field to edit called {', '.join(unknown)}")
    differs = False
    for field, value in changes.items():
        clean = value.strip() if isinstance(value, str) else value
        if getattr(row, field) != clean:
            setattr(row, field, clean)
            differs = True
    return differs


def named(text: str, what: str, *, field: str = "name") -> str:
    """`text` without blanks around it; refused when nothing is left."""
    clean = text.strip()
    if not clean:
        raise Refused("company.no_name", f"Give {what} a name.", field=field)
    return clean
