"""How typed values of people and script rows are made fit to keep, and places in an ordered list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.services.fields import line, next_position, prose

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

LONGEST_CODE = 40
LONGEST_SCENE = 600
_CODES = frozenset(("number", "code", "page_from", "page_to", "letter", "colour"))


def checked_person(changes: Mapping[str, Any], lines: Collection[str]) -> dict[str, Any]:
    """Fields of people with their texts tidied (those in `lines` to one line), names and e-mail looked at."""
    tidied = {key: typed(key, value, one_line=key in lines) for key, value in changes.items()}
    if tidied.get("name") == "":
        raise Refused("person.no_name", "A name is needed.", field="name")
    email = tidied.get("email")
    if email and ("@" not in email.strip("@") or " " in email):
        raise Refused("person.email", "An e-mail address looks like name@example.com.", field="email")
    return tidied


def typed(key: str, value: Any, *, one_line: bool) -> Any:
    """A value fit to keep: texts tidied, anything else untouched."""
    if not isinstance(value, str):
        return value
    return line(value, key) if one_line else prose(value, key)


def checked_script(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of script rows with their texts tidied and their minutes looked at."""
    return {key: _script_value(key, value) for key, value in changes.items()}


def _script_value(key: str, value: Any) -> Any:
    if key == "minutes" and value is not None and not 0 <= value <= LONGEST_SCENE:
        raise Refused("script.minutes", f"Minutes run from 0 to {LONGEST_SCENE}.", field="minutes")
    if not isinstance(value, str):
        return value
    if key == "note":
        return prose(value, key)
    return line(value, key, longest=LONGEST_CODE) if key in _CODES else line(value, key)


def required(values: Mapping[str, Any], name: str, sentence: str) -> None:
    """Refuse with `sentence` when the field `name` is empty."""
    if not values[name]:
        raise Refused(f"script.no_{name}", sentence, field=name)


def rows_of(work: UnitOfWork, model: Any, **where: Any) -> list[Any]:
    """Rows of a table by equal columns, in their order where they have one."""
    query = select(model).filter_by(**where)
    if hasattr(model, "position"):
        query = query.order_by(model.position, model.id)
    return list(work.session.scalars(query))


def place(rows: Iterable[Any]) -> int:
    """The position after the last."""
    return next_position([row.position for row in rows])


def renumber(rows: Iterable[Any]) -> None:
    """Positions 1, 2, 3 … in the order given."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
