"""Packs as files: reading TOML into a `Pack` with everything wrong in it named. Writing is in `pack_text`.

A house copy `extends` a pack: it takes over everything it does not say, rule by rule. A rule it changes loses the
verification and the examples of the original, because both are about the original. What may be set on a rule is in
`parameters`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from stagecraft.base.errors import FileProblem
from stagecraft.domain.rules.pack_rules import lent, rule_id, rule_of
from stagecraft.domain.rules.pack_table import PackProblem, Table
from stagecraft.domain.rules.pack_text import FORMAT, pack_toml
from stagecraft.domain.rules.packs import Defaults, Pack, Rule
from stagecraft.domain.rules.parameter_types import WEEKDAYS
from stagecraft.domain.rules.parameter_values import shown

__all__ = ["PackProblem", "house_copy", "pack_toml", "read_pack", "read_pack_file", "read_packs"]

LIMIT = 1_000_000
"""Letters in a pack; the largest that is shipped has a twentieth of that."""

Base = Callable[[str], Pack | None]

PACK_KEYS = (
    "format",
    "id",
    "title",
    "edition",
    "effective_from",
    "effective_to",
    "extends",
    "note",
    "defaults",
    "rules",
)

_PACK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = ("none",)  # a contract of this pack is under no rules
_DAYS = {name: at for at, day in enumerate(WEEKDAYS) for name in (day, day[:3])}


def read_pack(text: str, name: str, base: Base | None = None) -> Pack:
    """The pack a text says. `name` is what a refusal calls it; `base` finds a pack by id, else a shipped one.

    Raises PackProblem, with the key and in one sentence, for anything that is not as it must be. A rule of a kind
    that this program does not know is kept as it is.
    """
    table = Table(_parsed(text, name), name)
    table.only(*PACK_KEYS)
    _check_format(table)
    code = _code(table)
    under = _extended(table, code, base or _shipped)
    pack = Pack(
        id=code,
        title=table.needed("title"),
        edition=table.text("edition", under.edition if under else ""),
        effective_from=table.day("effective_from", under.effective_from if under else None),
        effective_to=table.day("effective_to", under.effective_to if under else None),
        extends=under.id if under else "",
        defaults=_defaults(table.table("defaults"), under.defaults if under else Defaults()),
        note=table.text("note", limit=2000),
    )
    if pack.effective_from and pack.effective_to and pack.effective_to < pack.effective_from:
        raise table.problem(
            "effective_to", f"is {pack.effective_to}, before “effective_from”, {pack.effective_from}"
        )
    pack = replace(pack, rules=_rules(table, lent(under, pack.defaults)))
    _check_references(table, pack)
    return pack


def read_pack_file(path: Path, base: Base | None = None) -> Pack:
    """The pack in a file. FileProblem where the file cannot be read, PackProblem where it is no proper pack."""
    try:
        with path.open("rb") as file:
            data = file.read(4 * LIMIT + 1)
    except OSError as trouble:
        reason = (trouble.strerror or str(trouble)).lower()
        raise FileProblem("pack.unreadable", f"{path.name} cannot be read: {reason}.", path=path) from None
    try:
        text = data.decode("utf-8-sig") if len(data) <= 4 * LIMIT else " " * (LIMIT + 1)
    except UnicodeDecodeError:
        raise PackProblem(path.name, "", "this is no text in UTF-8; a pack is a TOML file") from None
    return read_pack(text, path.name, base)


def read_packs(
    texts: Mapping[str, str], base: Base | None = None
) -> tuple[dict[str, Pack], dict[str, PackProblem]]:
    """Packs that may extend one another, by what they are called; the broken ones with what is wrong.

    A pack that extends a broken one is broken itself. Packs in a circle are refused.
    """
    outside = base or _shipped
    packs: dict[str, Pack] = {}
    problems: dict[str, PackProblem] = {}
    ids = {found: name for name, text in texts.items() if (found := _peeked(text))}

    def find(code: str, open_names: tuple[str, ...]) -> Pack | None:
        name = ids.get(code)
        if name is None:
            return outside(code)
        if name in open_names:
            raise PackProblem(
                open_names[-1], "extends", f"leads back to “{code}”; packs cannot extend each other"
            )
        read(name, open_names)
        return packs.get(name)

    def read(name: str, open_names: tuple[str, ...] = ()) -> None:
        if name in packs or name in problems:
            return
        try:
            packs[name] = read_pack(texts[name], name, lambda code: find(code, (*open_names, name)))
        except PackProblem as problem:
            problems[name] = problem

    for name in texts:
        read(name)
    return packs, problems


def house_copy(pack: Pack, code: str, title: str) -> Pack:
    """A copy to change: it extends the pack and says nothing of its own yet."""
    return replace(pack, id=code, title=title, extends=pack.id, note="")


# --- reading -----------------------------------------------------------------------------------------------


def _parsed(text: str, name: str) -> dict[str, Any]:
    if len(text) > LIMIT:
        raise PackProblem(name, "", f"this is longer than {LIMIT:,} letters; no pack is")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise PackProblem(name, "", f"this is no TOML: {_first_line(trouble)}") from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, an impossible date, or brackets within brackets.
        raise PackProblem(name, "", "this is no TOML that can be read") from None


def _first_line(trouble: Exception) -> str:
    words = str(trouble).strip().split("\n", 1)[0].rstrip(".")
    return words[:1].lower() + words[1:160]


def _peeked(text: str) -> str:
    try:
        found = tomllib.loads(text).get("id") if len(text) <= LIMIT else None
    except (ValueError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def _check_format(table: Table) -> None:
    found = table.text("format", FORMAT)
    if found == FORMAT:
        return
    if found.startswith("work-rule-pack/"):
        raise table.problem(
            "format", f"is {shown(found)}, of another version of this program; this one reads {FORMAT}"
        )
    raise table.problem("format", f"must be {FORMAT}, not {shown(found)}")


def _code(table: Table) -> str:
    code = table.needed("id", limit=40)
    if not _PACK_ID.fullmatch(code) or code in _RESERVED:
        raise table.problem("id", f"must be small letters and digits joined by hyphens, not {shown(code)}")
    return code


def _shipped(code: str) -> Pack | None:
    from stagecraft.domain.rules.shipped import shipped

    return shipped().get(code)


def _extended(table: Table, code: str, base: Base) -> Pack | None:
    wanted = table.text("extends")
    if not wanted:
        return None
    if wanted == code:
        raise table.problem("extends", "names the pack itself")
    found = base(wanted)
    if found is None:
        raise table.problem("extends", f"names {shown(wanted)}; there is no such pack, or it is broken")
    above, seen = found, {code}
    while above.extends:
        if above.id in seen or above.extends == code:
            raise table.problem("extends", f"leads back to “{code}”; packs cannot extend each other")
        seen.add(above.id)
        further = base(above.extends)
        if further is None:
            break
        above = further
    return found


def _defaults(table: Table, before: Defaults) -> Defaults:
    table.only("week_start", "day_cut", "half_hour_minutes", "day_mode", "split_gap")
    day = table.text("week_start", WEEKDAYS[before.week_start])
    if day not in _DAYS:
        raise table.problem("week_start", f"must be one of {', '.join(WEEKDAYS)}, not {shown(day)}")
    return Defaults(
        week_start=_DAYS[day],
        day_cut=table.clock("day_cut", before.day_cut),
        half_hour=table.whole("half_hour_minutes", 0, 240, before.half_hour),
        split_gap=_split_gap(table, before.split_gap),
    )


def _split_gap(table: Table, before: int) -> int:
    """Minutes of the gap that ends a work period; 0 where working days go by the clock."""
    if table.choice("day_mode", ("workday", "gap"), "gap" if before else "workday") == "workday":
        if "split_gap" in table:
            raise table.problem("split_gap", "needs “day_mode” to be gap")
        return 0
    if not before and "split_gap" not in table:
        raise table.problem("split_gap", "is missing; “day_mode” is gap")
    return table.whole("split_gap", 1, 1440, before)


def _rules(table: Table, under: Pack | None) -> tuple[Rule, ...]:
    rules = {rule.id: rule for rule in under.rules} if under else {}
    seen: set[str] = set()
    for one in table.tables("rules"):
        code = rule_id(one)
        if code in seen:
            raise one.problem("id", f"is “{code}”, which is taken by a rule above")
        seen.add(code)
        rules[code] = rule_of(Table(one.values, table.pack, rule=code), rules.get(code))
    if not rules:
        raise table.problem("rules", "is missing; a pack has at least one rule")
    return tuple(rules.values())


def _check_references(table: Table, pack: Pack) -> None:
    """Rules that need another rule of the pack find it."""
    for rule in pack.rules:
        place = Table({}, table.pack, rule=rule.id)
        for params in (rule.params, *(dated.params for dated in rule.values)):
            _check_allowances(place, pack, rule, params)
        if rule.enabled and rule.kind == "extended_day_quota" and not _has_extended_days(pack):
            raise place.problem("kind", "counts extended days, but no rule of this pack that is on has any")


def _check_allowances(place: Table, pack: Pack, rule: Rule, params: Mapping[str, Any]) -> None:
    if rule.kind != "max_total":
        return
    for code in params.get("add_overflow_of") or ():
        other = pack.rule(code)
        if other is None:
            raise place.problem("params.add_overflow_of", f"names “{code}”; there is no such rule in this pack")
        if other.kind != "allowance":
            raise place.problem("params.add_overflow_of", f"names “{code}”, which is no allowance")


def _has_extended_days(pack: Pack) -> bool:
    return any(
        choice.get("extended")
        for rule in pack.rules
        if rule.enabled and rule.kind == "work_in_span"
        for params in (rule.params, *(dated.params for dated in rule.values))
        for choice in params.get("alternatives") or ()
    )
