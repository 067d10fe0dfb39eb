"""Writing a pack back as TOML: in a stable order, without what goes without saying, of a house copy only what it
changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from stagecraft.domain.rules.pack_rules import carried_over, lent, severity_of
from stagecraft.domain.rules.packs import Defaults, Pack, Params, Rule, Source
from stagecraft.domain.rules.parameter_types import WEEKDAYS

FORMAT = "work-rule-pack/1"

Values = dict[str, Any]


def pack_toml(pack: Pack, base: Pack | None = None) -> str:
    """The text of a pack; `read_pack` makes the same pack of it.

    Of a pack that extends `base` (a shipped one is found by itself) only the differences are written. A rule of
    the base that the pack lacks is written as switched off: a copy cannot lack one.
    """
    if pack.extends and base is None:
        from stagecraft.domain.rules.shipped import shipped

        base = shipped().get(pack.extends)
    under = base if pack.extends else None
    return _text(pack_data(pack, under))


def pack_data(pack: Pack, under: Pack | None = None) -> Values:
    """The pack as its file has it, as tables and lists; only what differs where it is built on `under`."""
    before = lent(under, pack.defaults) or Pack(id="", title="")
    found: Values = {"format": FORMAT, "id": pack.id, "title": pack.title}
    if pack.extends:
        found["extends"] = pack.extends
    for key in ("edition", "effective_from", "effective_to"):
        value = getattr(pack, key)
        if value != getattr(before, key):
            found[key] = "" if value is None else value
    if pack.note:
        found["note"] = pack.note
    if changed := _defaults(pack.defaults, before.defaults):
        found["defaults"] = changed
    rules = [_rule(rule, before.rule(rule.id)) for rule in pack.rules]
    lacking = [{"id": rule.id, "enabled": False} for rule in before.rules if pack.rule(rule.id) is None]
    # A rule of which only the id is left is as it was.
    found["rules"] = [rule for rule in (*rules, *lacking) if under is None or len(rule) > 1]
    if not found["rules"]:
        del found["rules"]
    return found


def _defaults(defaults: Defaults, before: Defaults) -> Values:
    found: Values = {}
    if defaults.week_start != before.week_start:
        found["week_start"] = WEEKDAYS[defaults.week_start]
    if defaults.day_cut != before.day_cut:
        found["day_cut"] = f"{defaults.day_cut // 60:02}:{defaults.day_cut % 60:02}"
    if defaults.half_hour != before.half_hour:
        found["half_hour_minutes"] = defaults.half_hour
    if defaults.split_gap != before.split_gap:
        found |= (
            {"day_mode": "gap", "split_gap": defaults.split_gap}
            if defaults.split_gap
            else {"day_mode": "workday"}
        )
    return found


def _rule(rule: Rule, base: Rule | None) -> Values:
    before = base or Rule(id=rule.id, kind="", severity=severity_of(rule.kind))
    found: Values = {"id": rule.id}
    for key in ("kind", "title", "enabled", "severity", "scope", "note"):
        if getattr(rule, key) != getattr(before, key):
            found[key] = getattr(rule, key)
    for key in ("applies", "when", "params"):
        if getattr(rule, key) != getattr(before, key):
            found[key] = _written(getattr(rule, key))
    if rule.values != before.values:
        found["values"] = [{"from": one.starts_on, "params": _written(one.params)} for one in rule.values]
    if rule.bands != before.bands:
        found["bands"] = [{"over": band.over, "level": band.level} for band in rule.bands]
    inherited = carried_over(base, rule) if base else before
    if source := _source(rule.source, inherited.source):
        found["source"] = source
    if rule.examples != inherited.examples:
        found["examples"] = [_written(one) for one in rule.examples]
    return found


def _source(source: Source, before: Source) -> Values:
    found: Values = {}
    for field in fields(Source):
        value = getattr(source, field.name)
        if value != getattr(before, field.name):
            found[field.name] = "" if value is None else value
    return found


def _written(params: Params) -> Values:
    """The values as TOML can say them: nothing is left out, and an open range is `{ min = 15 }`."""
    return {key: _value(value) for key, value in params.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _written(value)
    if isinstance(value, list | tuple):
        if len(value) == 2 and None in value:
            return {key: end for key, end in zip(("min", "max"), value, strict=True) if end is not None}
        return [_value(one) for one in value]
    return value


# --- TOML as a person would write it -------------------------------------------------------------------------

_WIDTH = 112
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_OWN_TABLES = ("params", "source")


def _text(pack: Values) -> str:
    """Short values on one line, long lists one item a line, parameters and source under a heading of their own."""
    lines = [_line(key, value) for key, value in pack.items() if key not in ("defaults", "rules")]
    if "defaults" in pack:
        lines += ["", "[defaults]", *(_line(key, value) for key, value in pack["defaults"].items())]
    for rule in pack.get("rules", ()):
        lines += ["", *_rule_lines(rule)]
    return "\n".join(lines) + "\n"


def _rule_lines(rule: Values) -> Iterator[str]:
    yield "[[rules]]"
    for key, value in rule.items():
        if key not in (*_OWN_TABLES, "examples"):
            yield _line(key, value)
    if rule.get("examples") == []:
        yield "examples = []"
    for key in _OWN_TABLES:
        if key in rule:
            yield from ("", f"[rules.{key}]")
            yield from (_line(name, value) for name, value in rule[key].items())
    for example in rule.get("examples", ()):
        yield from ("", "[[rules.examples]]")
        yield from (_line(name, value) for name, value in example.items())


def _line(key: str, value: Any) -> str:
    line = f"{_key(key)} = {_inline(value)}"
    if not isinstance(value, list) or not value:
        return line
    if len(line) <= _WIDTH and not (len(value) > 1 and isinstance(value[0], Mapping) and len(line) > 90):
        return line
    return "\n".join([f"{_key(key)} = [", *(f"    {_inline(one)}," for one in value), "]"])


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _inline(key)


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # What JSON escapes TOML escapes alike, but for the one letter JSON lets stand.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_inline(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(one) for one in value)}]"
    return str(value)
