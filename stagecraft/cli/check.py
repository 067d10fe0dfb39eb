"""`check`: the flags of work rules in a company file, for people to read and as JSON for machines."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from stagecraft.cli.arguments import Misuse
from stagecraft.cli.opening import as_json, opened, person_named, production_named, table
from stagecraft.domain.rules.findings import INFORMATION
from stagecraft.domain.times import date_text, day_text
from stagecraft.queries.rules import RuleCheck, RuleFlag, rule_flags, rule_flags_in_parts, wall_text
from stagecraft.queries.rules_calls import planned_days

AID = "Planning aid, not legal advice"


def check(chosen: Namespace) -> int:
    """Flags of the days asked for, else of all that is planned; status 1 when one counts that nobody has accepted."""
    with opened(chosen, read_only=True) as engine, engine.reading() as conn:
        production = production_named(conn, chosen.production)
        productions = [production.id] if production else []
        span = _days(conn, chosen, productions)
        result = _checked(conn, *span, productions, chosen.person) if span else RuleCheck()
    for flag in result:
        flag.name = flag.person_name  # nobody asks back whom a short name means
    print(_json(result) if chosen.json else _text(result, span))
    return 1 if result.flags else 0


def _days(conn: Any, chosen: Namespace, productions: list[int]) -> tuple[date, date] | None:
    """The days to check; None where nothing is planned and no days were named."""
    if chosen.first and chosen.last and chosen.last < chosen.first:
        raise Misuse(f"The last day, {chosen.last}, is before the first, {chosen.first}.")
    planned = planned_days(conn, productions)
    if planned is None:
        return None
    first = chosen.first or min(planned[0], chosen.last or planned[0])
    return first, max(first, chosen.last or planned[1])


def _checked(conn: Any, first: date, last: date, productions: list[int], person: str | None) -> RuleCheck:
    if person is not None:
        return rule_flags(conn, first, last, productions, [person_named(conn, person)], clashes=True)
    result = RuleCheck()
    for part in rule_flags_in_parts(conn, first, last, productions, clashes=True):
        result.extend(part)
    result.sort()
    return result


# --- JSON --------------------------------------------------------------------------------------------------


def _json(result: RuleCheck) -> str:
    findings = [_finding(flag) for flag in result]
    return as_json({"findings": findings, "not_checked": len(result.not_checked), "aid": AID})


def _finding(flag: RuleFlag) -> dict[str, Any]:
    found, source = flag.finding, flag.rule_said.source
    return {
        "rule": found.rule,
        "title": flag.rule_title,
        "pack": found.pack,
        "person": flag.person_name,
        "anchor": found.anchor,
        "measured": found.measured,
        "limit": found.limit,
        "severity": INFORMATION if flag.acceptance else found.severity,
        "level": found.level,
        "production": flag.production_code,
        "words": flag.words,
        "calls": [
            {
                "title": call.title,
                "events": call.events,
                "starts": wall_text(call.starts_wall),
                "ends": wall_text(call.ends_wall),
            }
            for call in flag.calls
        ],
        "source": {
            "agreement": source.agreement,
            "edition": source.edition or flag.pack_said.edition,
            "clause": source.clause,
            "summary": source.summary,
            "confidence": source.confidence,
            "verified": flag.verified,
        },
        "repairs": [offer.words for offer in flag.repairs],
        "accepted": flag.acceptance is not None,
    }


# --- to read -----------------------------------------------------------------------------------------------


def _text(result: RuleCheck, span: tuple[date, date] | None) -> str:
    if span is None:
        return f"Nothing is planned yet. {AID}."
    parts = [f"{_counts(result)}, {date_text(span[0])} to {date_text(span[1])}. {AID}."]
    for head, flags in (("Flags", result.flags), ("Costs", result.costs), ("Accepted", result.accepted)):
        if flags:
            parts.append(f"{head}\n{table(list(_lines(flags)))}")
    if result.not_checked:
        parts.append(f"Not checked\n{table(_unchecked(result.not_checked))}")
    return "\n\n".join(parts)


def _counts(result: RuleCheck) -> str:
    many = {
        "flag": len(result.flags),
        "cost": len(result.costs),
        "accepted": len(result.accepted),
        "not checked": result.not_checked_count,
    }
    words = [f"{many['flag']} flag{'' if many['flag'] == 1 else 's'}" if many["flag"] else "No flags"]
    if many["cost"]:
        words.append(f"{many['cost']} cost{'' if many['cost'] == 1 else 's'}")
    words += [f"{many[name]} {name}" for name in ("accepted", "not checked") if many[name]]
    return ", ".join(words)


def _lines(flags: Iterable[RuleFlag]) -> Iterator[tuple[str, ...]]:
    for flag in flags:
        offers = "; ".join(offer.words for offer in flag.repairs)
        told = f"{_told(flag)} → {offers}" if offers and not flag.acceptance else _told(flag)
        yield (day_text(flag.day), flag.person_name, told)


def _told(flag: RuleFlag) -> str:
    """The sentence without the name, which has a column of its own."""
    return flag.words.removeprefix(f"{flag.name}: ")


def _unchecked(flags: Iterable[RuleFlag]) -> list[tuple[str, ...]]:
    """Each rule and missing fact once, with how many people it concerns."""
    alike: dict[tuple[str, str], set[int]] = {}
    for flag in flags:
        title = flag.rule_title if not flag.source else f"{flag.rule_title} ({flag.pack_title})"
        alike.setdefault((title, flag.missing), set()).add(flag.person)
    return [
        (title, missing, f"{len(people)} {'person' if len(people) == 1 else 'people'}")
        for (title, missing), people in sorted(alike.items())
    ]
