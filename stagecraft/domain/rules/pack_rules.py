"""One rule of a pack file: read by itself, or as what a house copy changes of the rule it is built on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from stagecraft.domain.rules.pack_table import Table
from stagecraft.domain.rules.packs import Band, DatedParams, Defaults, Pack, Params, Rule, Source
from stagecraft.domain.rules.parameter_values import (
    conditions_trouble,
    is_rule_id,
    params_trouble,
    shown,
)
from stagecraft.domain.rules.parameters import RULE_KINDS
from stagecraft.domain.rules.verification import unverified

RULE_KEYS = (
    "id",
    "kind",
    "title",
    "enabled",
    "severity",
    "scope",
    "note",
    "applies",
    "when",
    "params",
    "values",
    "bands",
    "source",
    "examples",
)
SOURCE_KEYS = (
    "agreement",
    "edition",
    "clause",
    "href",
    "summary",
    "evidence",
    "confidence",
    "verified_by",
    "verified_on",
)
SEVERITIES = ("violation", "premium", "warning")
SCOPES = ("person", "production")
CONFIDENCE = ("", "high", "medium", "low")

_LONG = 2000
_WORD = 40
_PAIRS = ("age", "cast_size", "measured", "limit")


def rule_of(table: Table, base: Rule | None) -> Rule:
    """The rule a table says; what it leaves out is as in `base`, the rule of that id in the pack it extends."""
    table.only(*RULE_KEYS)
    before = base or Rule(id=str(table.values["id"]), kind=_kind(table, ""))
    kind = _kind(table, before.kind)
    rule = replace(
        before,
        kind=kind,
        title=table.text("title", before.title) or _usual_title(kind, before.id),
        enabled=table.yes_no("enabled", before.enabled),
        severity=table.choice("severity", SEVERITIES, before.severity if base else severity_of(kind)),
        scope=table.choice("scope", SCOPES, before.scope),
        note=table.text("note", before.note, limit=_LONG),
        applies=_conditions(table, "applies", before.applies),
        when=_conditions(table, "when", before.when),
        params=_plain(table.table("params").values) if "params" in table else before.params,
        values=_values(table) if "values" in table else before.values,
        bands=_bands(table) if "bands" in table else before.bands,
    )
    inherited = before if base is None else carried_over(base, rule)
    rule = replace(
        rule,
        source=_source(table.table("source"), inherited.source),
        examples=_examples(table) if "examples" in table else inherited.examples,
    )
    _check(table, rule)
    return rule


def carried_over(base: Rule, rule: Rule) -> Rule:
    """The original as far as its source and examples still stand under the rule that `rule` has become."""
    if meaning(base) == meaning(rule):
        return base
    return replace(unverified(base), examples=())


def lent(base: Pack | None, defaults: Defaults) -> Pack | None:
    """The pack as one with these defaults is built on it: with other days or weeks its rules say something else."""
    if base is None or base.defaults == defaults:
        return base
    return replace(base, rules=tuple(unverified(rule) for rule in base.rules))


def changed_rule(before: Rule, rule: Rule, original: Rule | None = None) -> Rule:
    """A rule after a change: what was verified and shown of its old meaning goes.

    `original` is the rule of that id in the pack that is extended: its examples go with the change, and come back
    with its verification when the rule means again what it means there. Examples of the pack's own stay: they say
    when they are run that they do not hold any more.
    """
    if meaning(before) == meaning(rule):
        return rule
    back = original is not None and meaning(rule) == meaning(original)
    kept = original.source if original is not None and back else Source()
    source = replace(rule.source, verified_by=kept.verified_by, verified_on=kept.verified_on)
    examples = rule.examples
    if original is not None and examples in ((), original.examples):
        examples = original.examples if back else ()
    return replace(rule, source=source, examples=examples)


def meaning(rule: Rule) -> tuple[Any, ...]:
    """What somebody verified, and what the examples show."""
    return (rule.kind, rule.scope, rule.applies, rule.when, rule.params, rule.values)


def severity_of(kind: str) -> str:
    """What a rule of this kind is where its file does not say."""
    known = RULE_KINDS.get(kind)
    return known.severity if known else "violation"


def rule_id(table: Table) -> str:
    """The id of a rule's table, refused where it cannot be one."""
    found = table.values.get("id")
    if found is None:
        raise table.problem("id", "is missing")
    if not is_rule_id(found):
        raise table.problem("id", f"must be words joined by dots such as house.rest, not {shown(found)}")
    return str(found)


def _kind(table: Table, before: str) -> str:
    kind = table.text("kind", before, limit=_WORD)
    if not kind:
        raise table.problem("kind", "is missing; there is no rule of that id to take it from")
    return kind


def _usual_title(kind: str, code: str) -> str:
    known = RULE_KINDS.get(kind)
    return known.label if known else code


def _conditions(table: Table, key: str, before: Params) -> Params:
    if key not in table:
        return before
    found: dict[str, Any] = _plain(table.table(key).values)
    if isinstance(found.get("role"), str) and "roles" not in found:
        found["roles"] = [found.pop("role")]
    table.check(conditions_trouble(found, key, person=key == "applies"))
    return found


def _values(table: Table) -> tuple[DatedParams, ...]:
    found: dict[date, DatedParams] = {}
    for one in table.tables("values"):
        one.only("from", "params")
        day = one.day("from")
        if day is None:
            raise one.problem("from", "is missing")
        if day in found:
            raise one.problem("from", f"is {day} for the second time")
        if not one.table("params").values:
            raise one.problem("params", "is missing")
        found[day] = DatedParams(day, _plain(one.table("params").values))
    return tuple(found[day] for day in sorted(found))


def _bands(table: Table) -> tuple[Band, ...]:
    bands: list[Band] = []
    for one in table.tables("bands", limit=20):
        one.only("over", "level")
        if "over" not in one:
            raise one.problem("over", "is missing")
        band = Band(one.whole("over", 0, 1_000_000, 0), one.needed("level", limit=_WORD))
        if bands and band.over <= bands[-1].over:
            raise one.problem("over", f"is {band.over}, not above the one before it, {bands[-1].over}")
        bands.append(band)
    return tuple(bands)


def _source(table: Table, before: Source) -> Source:
    table.only(*SOURCE_KEYS)
    by = table.text("verified_by", before.verified_by)
    on = table.day("verified_on", before.verified_on)
    if "verified_by" in table and not by and "verified_on" not in table:
        on = None
    if bool(by) != bool(on):
        missing = "verified_on" if by else "verified_by"
        raise table.problem(missing, "is missing; a verified rule says by whom and on which day")
    return Source(
        agreement=table.text("agreement", before.agreement),
        edition=table.text("edition", before.edition),
        clause=table.text("clause", before.clause),
        href=table.text("href", before.href, limit=_LONG),
        summary=table.text("summary", before.summary, limit=_LONG),
        evidence=table.text("evidence", before.evidence, limit=_WORD),
        confidence=table.choice("confidence", CONFIDENCE, before.confidence),
        verified_by=by,
        verified_on=on,
    )


def _examples(table: Table) -> tuple[Params, ...]:
    found = []
    for one in table.tables("examples", limit=50):
        one.needed("title")
        if not one.tables("calls"):
            raise one.problem("calls", "is missing")
        if "expect" not in one:
            raise one.problem("expect", "is missing; an example that passes expects nothing: []")
        one.tables("expect")
        found.append(_plain(one.values))
    return tuple(found)


def _check(table: Table, rule: Rule) -> None:
    """What the rule as a whole must be: sensible parameters, and a source where it is on."""
    table.check(params_trouble(rule.kind, rule.params, complete=rule.enabled))
    for at, dated in enumerate(rule.values, 1):
        trouble = params_trouble(rule.kind, {**rule.params, **dated.params}, complete=rule.enabled)
        if trouble is not None:
            table.check(trouble._replace(key=f"values[{at}].{trouble.key}"))
    if not rule.enabled:
        return
    if rule.source == Source():
        raise table.problem("source", "is missing; a rule that is on says where it comes from")
    for key in ("agreement", "summary", "confidence"):
        if not getattr(rule.source, key):
            raise table.problem(f"source.{key}", "is missing")


def _plain(value: Any) -> Any:
    """The value as JSON has it: dates and times become text, and a pair that is open at one end a list.

    TOML has no word for “no end”: `cast_size = { min = 15 }` is from fifteen on.
    """
    if isinstance(value, Mapping):
        return {key: _pair(inner) if key in _PAIRS else _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _pair(value: Any) -> Any:
    if isinstance(value, Mapping) and value and set(value) <= {"min", "max"}:
        return [value.get("min"), value.get("max")]
    return _plain(value)
