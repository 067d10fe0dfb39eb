"""`rules`: packs of work rules without a window: what is shipped, what a pack says, whether its examples hold."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stagecraft.cli.arguments import Misuse
from stagecraft.cli.opening import as_json, table
from stagecraft.domain.rules.examples import ExampleResult, lacking, try_examples
from stagecraft.domain.rules.pack_file import read_pack_file
from stagecraft.domain.rules.pack_text import pack_data
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.rule_words import condition_words, rule_words
from stagecraft.domain.rules.shipped import problems, shipped
from stagecraft.domain.rules.words import source_words

PLANNING_AID = "Planning aid, not legal advice."


def rules(chosen: Namespace) -> int:
    """Do what was asked about packs."""
    if chosen.action == "cases":
        from stagecraft.cli.rules_cases import cases

        return cases(chosen)
    return {"list": _list, "show": _show, "test": _test}[chosen.action](chosen)


def _pack(named: str) -> Pack:
    """The pack in a file, or the shipped one of that code."""
    found = shipped().get(named)
    if found is not None:
        return found
    path = Path(named)
    if path.suffix != ".toml" and not path.exists():
        raise Misuse(f"There is no pack “{named}”; there are {', '.join(shipped())}.")
    return read_pack_file(path)


# --- list ----------------------------------------------------------------------------------------------------


def _list(chosen: Namespace) -> int:
    """The shipped packs; status 1 when one is broken and left out."""
    rows = [_counted(pack) for pack in shipped().values()]
    if chosen.json:
        print(as_json({"packs": rows, "problems": problems()}))
    else:
        lines = [
            (row["id"], row["title"], f"{row['on']} of {row['rules']} rules on", f"{row['verified']} verified")
            for row in rows
        ]
        print(table(lines), *problems(), PLANNING_AID, sep="\n")
    return 1 if problems() else 0


def _counted(pack: Pack) -> dict[str, Any]:
    on = [rule for rule in pack.rules if rule.enabled]
    return {
        "id": pack.id,
        "title": pack.title,
        "edition": pack.edition,
        "rules": len(pack.rules),
        "on": len(on),
        "verified": sum(rule.source.verified for rule in on),
        "note": pack.note,
    }


# --- show ----------------------------------------------------------------------------------------------------


def _show(chosen: Namespace) -> int:
    """Every rule in words, with its source; `--json` as the pack's file has it."""
    pack = _pack(chosen.pack)
    if chosen.json:
        print(as_json(pack_data(pack)))
    else:
        print("\n".join(_shown(pack)))
    return 0


def _shown(pack: Pack) -> Iterator[str]:
    yield f"{pack.title} ({pack.id})"
    yield from (f"  {line}" for line in (_edition(pack), pack.note) if line)
    yield f"  {PLANNING_AID}"
    for rule in pack.rules:
        yield ""
        yield f"{rule.title} ({rule.id}), {'on' if rule.enabled else 'off'}"
        yield from (f"  {line}" for line in _lines(rule, pack) if line)


def _edition(pack: Pack) -> str:
    built = f"extends {pack.extends}" if pack.extends else ""
    return ", ".join(part for part in (pack.edition and f"Edition: {pack.edition}", built) if part)


def _lines(rule: Rule, pack: Pack) -> tuple[str, ...]:
    holds = condition_words(rule)
    return (
        rule_words(rule),
        f"{holds[:1].upper()}{holds[1:]}." if holds else "",
        rule.source.summary,
        f"{source_words(rule, pack)}.",
        rule.source.href,
        f"Note: {rule.note}" if rule.note else "",
    )


# --- test ----------------------------------------------------------------------------------------------------


def _test(chosen: Namespace) -> int:
    """Try the examples of a pack, or of all shipped ones; status 1 when one does not hold."""
    if bool(chosen.pack) == chosen.all:
        raise Misuse("Name one pack, or --all.")
    packs = list(shipped().values()) if chosen.all else [_pack(chosen.pack)]
    tried = [(pack, try_examples(pack)) for pack in packs]
    broken = problems() if chosen.all else ()
    failed = sum(not one.holds for _, results in tried for one in results)
    if chosen.json:
        shown = [{"id": pack.id, "examples": results, "lacking": lacking(pack)} for pack, results in tried]
        print(as_json({"packs": shown, "problems": broken, "holds": not failed and not broken}))
    else:
        for pack, results in tried:
            print("\n".join(_tried(pack, results)))
        total = sum(len(results) for _, results in tried)
        print(*broken, f"{total} examples, {total - failed} hold, {failed} do not.", sep="\n")
    return 1 if failed or broken else 0


def _tried(pack: Pack, results: list[ExampleResult]) -> Iterator[str]:
    yield f"{pack.title} ({pack.id})"
    for one in results:
        yield f"  {'holds' if one.holds else 'FAILS'}  {one.rule}  {one.title}"
        if one.trouble:
            yield f"         cannot be run: {one.trouble}"
        elif not one.holds:
            yield f"         expected: {_found(one.expected)}"
            yield f"         found: {_found(one.found)}"
    for rule, words in lacking(pack).items():
        yield f"  –      {rule}  {words}"


def _found(findings: list[dict[str, Any]]) -> str:
    said = [f"{one.get('measured')} against {one.get('limit')} on {one.get('at')}" for one in findings]
    return "; ".join(said) or "nothing"
