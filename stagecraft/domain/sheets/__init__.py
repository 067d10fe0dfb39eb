"""Sheets: what a document says, ready to be set in type, one file a document.

Here live plain dataclasses whose words are final, and their way to JSON and back: the JSON of an issued sheet
is the frozen data behind its number. Where things stand on the page is decided in `paper`; where the words come
from, in `queries.sheets`. A sheet carries only what its page may show.
"""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

S = TypeVar("S")


def to_json(sheet: Any) -> str:
    """The sheet as JSON; equal sheets give equal text."""
    return json.dumps(_plain(sheet), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[S], text: str) -> S:
    """The sheet of class `kind` that `to_json` wrote. Unknown keys are ignored, missing ones take their default."""
    made: S = _made(kind, json.loads(text))
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (types.UnionType, Union):
        return _made(next(one for one in get_args(kind) if one is not type(None)), value)
    if get_origin(kind) is list:
        return [_made(get_args(kind)[0], one) for one in value]
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(
            **{one.name: _made(hints[one.name], value[one.name]) for one in fields(kind) if one.name in value}
        )  # type: ignore[operator]
    return value
