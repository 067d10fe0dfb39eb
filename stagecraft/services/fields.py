"""How typed values are made fit to keep, and named fields of a row set, the same way in every command.

What else a value must obey lives with its noun; places in an ordered list live in `places`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from stagecraft.base.errors import Refused
from stagecraft.domain.names import tidy

LONGEST_CODE = 40
LONGEST_LINE = 400
LONGEST_TEXT = 20_000
LONGEST_SCENE = 600

PROSE = frozenset(
    (
        "address", "answer", "decision", "general", "incidents", "line", "note", "reason", "replacement",
        "script_changes", "text", "visitors",
    )
)  # fmt: skip
"""Fields whose text may have several lines; any other text is one line."""
_CODES = frozenset(("number", "code", "page_from", "page_to", "letter", "colour"))


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


def typed(key: str, value: Any) -> Any:
    """A value fit to keep: a text tidied as its field wants it, anything else untouched."""
    if not isinstance(value, str):
        return value
    return prose(value, key) if key in PROSE else line(value, key)


def needed(text: str, code: str, sentence: str, *, field: str) -> str:
    """`text` made fit to keep; refused with `sentence` when nothing is left."""
    clean: str = typed(field, text)
    if not clean:
        raise Refused(code, sentence, field=field)
    return clean


def named(text: str, what: str, *, field: str = "name") -> str:
    """A name in one tidy line; refused when nothing is left."""
    return needed(text, "company.no_name", f"Give {what} a name.", field=field)


def required(values: Mapping[str, Any], name: str, sentence: str) -> None:
    """Refuse with `sentence` when the field `name` is empty."""
    if not values[name]:
        raise Refused(f"script.no_{name}", sentence, field=name)


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


def write_fields(row: object, changes: Mapping[str, Any], allowed: Collection[str]) -> bool:
    """Set `changes` on a row, each made fit to keep; True when something differs."""
    return bool(set_fields(row, {key: typed(key, value) for key, value in changes.items()}, allowed))


# --- people and script rows ----------------------------------------------------------------------------------


def checked_person(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of people with their texts tidied, names and e-mail looked at."""
    tidied = {key: typed(key, value) for key, value in changes.items()}
    if tidied.get("name") == "":
        raise Refused("person.no_name", "A name is needed.", field="name")
    email = tidied.get("email")
    if email and ("@" not in email.strip("@") or " " in email):
        raise Refused("person.email", "An e-mail address looks like name@example.com.", field="email")
    return tidied


def checked_script(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of script rows with their texts tidied and their minutes looked at."""
    return {key: _script_value(key, value) for key, value in changes.items()}


def _script_value(key: str, value: Any) -> Any:
    if key == "minutes" and value is not None and not 0 <= value <= LONGEST_SCENE:
        raise Refused("script.minutes", f"Minutes run from 0 to {LONGEST_SCENE}.", field="minutes")
    if isinstance(value, str) and key in _CODES:
        return line(value, key, longest=LONGEST_CODE)
    return typed(key, value)
