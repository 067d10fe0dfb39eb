"""Packs and their rules as lines of lists, and what is said about a pack as a whole."""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.packs import Rule
from stagecraft.domain.rules.rule_words import condition_words, listed, rule_words
from stagecraft.domain.times import date_text
from stagecraft.ui.widgets.two_line_list import ListItem, group_item
from stagecraft.ui.words import capital, count_text, time_style

AID = "Planning aid, not legal advice"
ORIGINS = {"shipped": "Shipped", "house": "House copies", "imported": "Imported"}
ORIGIN = {"shipped": "Shipped", "house": "House copy", "imported": "Imported"}
SEVERITIES = (("violation", "a flag"), ("warning", "a warning"), ("premium", "a cost"))


def pack_items(entries: list[Any]) -> list[ListItem]:
    """Packs under a head each for shipped, house copies and imported."""
    items: list[ListItem] = []
    for origin, head in ORIGINS.items():
        group = [entry for entry in entries if entry.origin == origin]
        if group:
            items.append(group_item(head, str(len(group))))
            items += [_pack_item(entry) for entry in group]
    return items


def _pack_item(entry: Any) -> ListItem:
    if entry.pack is None:
        return ListItem(
            entry.code, entry.title, second=entry.problem, icon="red", icon_token="redMark", value=entry
        )
    where = count_text(uses(entry), "use") if uses(entry) else ""
    return ListItem(
        entry.code, entry.title, second=numbers(entry.pack), right2=where, icon="rules", value=entry
    )


def uses(entry: Any) -> int:
    """How many contracts and productions name the pack."""
    return len(entry.used.contracts) + len(entry.used.productions)


def numbers(pack: Any) -> str:
    """`14 on, 3 off, 2 verified`."""
    on = sum(rule.enabled for rule in pack.rules)
    verified = sum(rule.enabled and rule.source.verified for rule in pack.rules)
    parts = [f"{on} on"]
    if off := len(pack.rules) - on:
        parts.append(f"{off} off")
    parts.append(f"{verified} verified" if verified else "none verified")
    return ", ".join(parts)


def edition_text(pack: Any) -> str:
    """`Edition 2023, in force from Sun 1 Jan 2023`, or that nobody has said."""
    known = pack.edition if pack.edition not in ("", "?") else ""
    parts = [f"edition {known}" if known else "edition not known"]
    if pack.effective_from:
        parts.append(f"from {date_text(pack.effective_from)}")
    if pack.effective_to:
        parts.append(f"until {date_text(pack.effective_to)}")
    return capital(" ".join(parts))


def used_text(entry: Any, most: int = 4) -> str:
    """Who goes by the pack."""
    names = [name for _id, name in entry.used.productions]
    names += [f"{person} ({code})" for _id, person, code in entry.used.contracts]
    if not names:
        return "No contract and no production uses it."
    shown = names if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} more"]
    return f"Used by {listed(shown)}."


def rule_items(pack: Any, approvals: dict[str, int]) -> list[ListItem]:
    """The rules of a pack, those that are on first; `approvals` counts what is recorded about each."""
    items: list[ListItem] = []
    for on, head in ((True, "On"), (False, "Off, because something is to be looked up first")):
        group = [rule for rule in pack.rules if rule.enabled is on]
        if group:
            items.append(group_item(head, str(len(group))))
            items += [_rule_item(rule, approvals.get(rule.id, 0)) for rule in group]
    return items


def _rule_item(rule: Rule, votes: int) -> ListItem:
    return ListItem(
        rule.id,
        rule.title or rule.id,
        severity_word(rule),
        rule_text(rule),
        count_text(votes, "vote or concession", "votes and concessions") if votes else "",
        "verified" if rule.source.verified else "unverified",
        icon="check" if rule.enabled else "info",
        icon_token="okMark" if rule.enabled else "text3",
        value=rule,
    )


def severity_word(rule: Rule) -> str:
    """What breaking it is, where that is not a flag."""
    return {"premium": "cost", "warning": "warning"}.get(rule.severity, "")


def rule_text(rule: Rule) -> str:
    """What a rule says, and when and for whom it holds."""
    said = rule_words(rule, time_style())
    held = condition_words(rule)
    return f"{said} {capital(held)}." if held else said
