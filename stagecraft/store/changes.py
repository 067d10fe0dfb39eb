"""What a committed step changed: the value that travels on the bus."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Tables and row ids a step touched, with its origin, so that the page that asked need not reload.

    `kind` is do | undo | redo | import | migration | erase; `value` is what the command's handler returned
    (usually the id of what it created), None for undo and redo. Rows with a key that is no integer are
    listed under their table with their key text.
    """

    step: int
    kind: str
    code: str
    origin: str
    rows: dict[str, frozenset[int | str]]
    value: Any = field(default=None, compare=False)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(self.rows)

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables changed."""
        return any(table in self.rows for table in tables)

    def __bool__(self) -> bool:
        """False for a command that changed nothing and left no step."""
        return bool(self.rows)
