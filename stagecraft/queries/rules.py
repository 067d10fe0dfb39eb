"""Flags of work rules: who is called against which agreement, when, and what would mend it.

Everything costs a fixed number of statements however many people and days there are. Ask for the people around a
change, not for the house. Calls, facts and packs are read in the modules beside; the rules themselves are in
`domain.rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from stagecraft.domain.findings import Finding
from stagecraft.queries.calendar_conflicts import event_words
from stagecraft.queries.rules_calls import called_people, person_calls
from stagecraft.queries.rules_check import acceptances, load, read_house, wall_text
from stagecraft.queries.rules_flag import (
    AcceptanceRow,
    FlagCall,
    RepairOffer,
    RuleCheck,
    RuleFlag,
)
from stagecraft.queries.rules_held import HeldRules, held_check
from stagecraft.queries.rules_packs import (
    ApprovalRow,
    PackEntry,
    Packs,
    PackUse,
    approval_rows,
    packs,
)

__all__ = [
    "AcceptanceRow",
    "ApprovalRow",
    "FlagCall",
    "HeldRules",
    "PackEntry",
    "PackUse",
    "Packs",
    "RepairOffer",
    "RuleCheck",
    "RuleFlag",
    "accepted_clashes",
    "approval_rows",
    "flag_people",
    "held_check",
    "packs",
    "person_calls",
    "rule_flags",
    "rule_flags_in_parts",
    "wall_text",
]

Progress = Callable[[int, int, str], object]
"""Told how many people are done, of how many, and the phase in words; an answer of False ends the check."""

PART = 40
"""People checked between two reports of progress."""

MANY = 20_000
"""Events named by one statement: engines limit how many values it may hold."""

flag_people = called_people


def rule_flags(
    conn: Connection,
    first: date,
    last: date,
    production_ids: Iterable[int] = (),
    person_ids: Iterable[int] = (),
    *,
    clashes: bool = False,
) -> RuleCheck:
    """Flags of work rules that touch the working days first to last, both inclusive.

    Of these people, or of all that are called then; with productions, only what concerns one of them. Without
    `clashes` a double booking is left to the calendar, which shows it anyway.
    """
    productions = list(production_ids)
    people = sorted(set(person_ids)) or called_people(conn, first, last, productions)
    if not people:
        return RuleCheck()
    house = read_house(conn, people)
    loaded = load(conn, house, people, first, last)
    result = RuleCheck()
    for person in people:
        for flag in loaded.flags(house, person, first, last, clashes=clashes):
            if not productions or _concerns(flag, productions):
                result.add(flag)
    _name(conn, result)
    result.sort()
    return result


def rule_flags_in_parts(
    conn: Connection,
    first: date,
    last: date,
    production_ids: Sequence[int] = (),
    progress: Progress | None = None,
    *,
    clashes: bool = False,
) -> Iterator[RuleCheck]:
    """The same for long spans, some people at a time, for a thread: `progress` is asked before each part."""
    people = called_people(conn, first, last, production_ids)
    for at in range(0, len(people), PART):
        if progress is not None and progress(at, len(people), "Checking work rules") is False:
            return
        yield rule_flags(conn, first, last, production_ids, people[at : at + PART], clashes=clashes)
    if progress is not None:
        progress(len(people), len(people), "Checking work rules")


def accepted_clashes(conn: Connection, findings: Sequence[Finding]) -> list[AcceptanceRow | None]:
    """For each of the calendar's own flags the acceptance that covers it, or None. One statement."""
    rows = acceptances(conn)
    found = []
    for one in findings:
        row = rows.get((one.rule, one.person, one.space, wall_text(one.starts_wall)))
        found.append(row if row is not None and row.covers(one.ends_wall - one.starts_wall, 0) else None)
    return found


def _concerns(flag: RuleFlag, productions: Sequence[int]) -> bool:
    if not flag.rule_calls:
        return flag.finding.production in productions
    return any(call.production in productions for call in flag.rule_calls)


def _name(conn: Connection, result: RuleCheck) -> None:
    """Give the flags the names of their events; what could not be checked keeps the titles it has. Two statements."""
    flags = [*result.flags, *result.costs, *result.accepted]
    events = sorted({event for flag in flags for call in flag.rule_calls for event in call.events})
    titles: dict[int, tuple[str, str]] = {}
    for at in range(0, len(events), MANY):
        titles |= event_words(conn, set(events[at : at + MANY]))
    for flag in flags:
        flag.titles = titles
