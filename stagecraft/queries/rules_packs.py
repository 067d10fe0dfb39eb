"""The packs there are, shipped and the house's own, with what somebody verified and who goes by them.

House packs are read from the company file at every question, but parsed only once for the same text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from stagecraft.domain.rules.pack_file import read_packs
from stagecraft.domain.rules.packs import Defaults, Pack, Rule
from stagecraft.domain.rules.shipped import HOUSE_DEFAULT, shipped
from stagecraft.domain.rules.verification import fingerprint, verified
from stagecraft.store.schema import (
    Contract,
    Person,
    Production,
    RuleApproval,
    RulePack,
    RuleVerification,
)

NO_RULES = "none"
"""What a contract or a production says that goes by no pack at all."""

_Texts = tuple[tuple[int, str, str], ...]
_Verifications = tuple[tuple[str, str, str, str, date, str], ...]


@dataclass(slots=True)
class PackUse:
    """Contracts as (id, person, production's code) and productions as (id, name) that name a pack."""

    contracts: list[tuple[int, str, str]] = field(default_factory=list)
    productions: list[tuple[int, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.contracts or self.productions)


@dataclass(slots=True)
class PackEntry:
    """A pack of the list. `id` is the row of a house pack; a broken one has no `pack` but a `problem`, a sentence.

    `origin` is shipped | house (built on another pack) | imported. `text` is the file of a house pack.
    """

    code: str
    title: str
    edition: str
    origin: str
    id: int | None
    text: str
    pack: Pack | None
    problem: str = ""
    used: PackUse = field(default_factory=PackUse)


@dataclass(slots=True)
class Packs:
    """All packs in order of origin and title."""

    entries: list[PackEntry]

    def pack(self, code: str) -> Pack | None:
        """The pack of that code, where it is here and in order."""
        return next((one.pack for one in self.entries if one.code == code), None)

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong with house packs, by code."""
        return {one.code: one.problem for one in self.entries if one.problem}


@dataclass(slots=True)
class PackBook:
    """Packs by code, as a check needs them: `problems` has a sentence for each that is here but broken."""

    packs: Mapping[str, Pack]
    problems: Mapping[str, str]

    def bases(self, code: str) -> tuple[str, ...]:
        """The pack and what it is built on."""
        found: list[str] = []
        pack = self.packs.get(code)
        while pack is not None and pack.id not in found:
            found.append(pack.id)
            pack = self.packs.get(pack.extends) if pack.extends else None
        return tuple(found)


def pack_codes(text: str, otherwise: str = HOUSE_DEFAULT) -> tuple[str, ...]:
    """Codes named in a contract's or production's field, else those of `otherwise`; nothing for "none"."""
    codes = tuple(dict.fromkeys((text or otherwise).split()))
    return () if codes == (NO_RULES,) else tuple(code for code in codes if code != NO_RULES)


def pack_book(conn: Connection) -> PackBook:
    """Packs with their verifications. Two statements."""
    texts: Any = conn.execute(select(RulePack.id, RulePack.code, RulePack.text).order_by(RulePack.code))
    rows: Any = conn.execute(
        select(
            RuleVerification.pack,
            RuleVerification.rule,
            RuleVerification.edition,
            RuleVerification.verified_by,
            RuleVerification.verified_on,
            RuleVerification.fingerprint,
        ).order_by(RuleVerification.id)
    )
    return _book(tuple(tuple(row) for row in texts), tuple(tuple(row) for row in rows))


def packs(conn: Connection) -> Packs:
    """Everything for the list of packs: shipped first, then the house's by title. Five statements."""
    book = pack_book(conn)
    uses = pack_uses(conn)
    own = {
        code: (key, text) for key, code, text in conn.execute(select(RulePack.id, RulePack.code, RulePack.text))
    }
    entries = [_shipped_entry(book, code) for code in shipped()]
    entries += [_own_entry(book, code, *own[code]) for code in own]
    for entry in entries:
        entry.used = uses.get(entry.code, PackUse())
    entries.sort(key=lambda entry: (entry.origin != "shipped", entry.title.casefold()))
    return Packs(entries)


def pack_uses(conn: Connection) -> dict[str, PackUse]:
    """Who names which pack. Two statements."""
    uses: dict[str, PackUse] = {}
    for key, person, code, text in conn.execute(
        select(Contract.id, Person.name, Production.code, Contract.rule_pack)
        .join(Person, Person.id == Contract.person_id)
        .join(Production, Production.id == Contract.production_id)
        .where(Contract.rule_pack != "")
        .order_by(Person.sort_name, Contract.id)
    ):
        for pack in pack_codes(text):
            uses.setdefault(pack, PackUse()).contracts.append((key, person, code))
    for key, name, text in conn.execute(
        select(Production.id, Production.name, Production.rule_pack)
        .where(Production.rule_pack != "")
        .order_by(Production.name)
    ):
        for pack in pack_codes(text):
            uses.setdefault(pack, PackUse()).productions.append((key, name))
    return uses


def _shipped_entry(book: PackBook, code: str) -> PackEntry:
    pack = book.packs[code]
    return PackEntry(code, pack.title, pack.edition, "shipped", None, "", pack)


def _own_entry(book: PackBook, code: str, key: int, text: str) -> PackEntry:
    pack = book.packs.get(code)
    if pack is None:
        return PackEntry(code, code, "", "house", key, text, None, book.problems.get(code, ""))
    return PackEntry(code, pack.title, pack.edition, "house" if pack.extends else "imported", key, text, pack)


# --- parsing and verifications -----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _parsed(texts: _Texts) -> tuple[dict[str, Pack], dict[str, str]]:
    packs, problems = read_packs({code: text for _key, code, text in texts})
    return packs, {code: problem.message for code, problem in problems.items()}


@lru_cache(maxsize=8)
def _book(texts: _Texts, verifications: _Verifications) -> PackBook:
    own, problems = _parsed(texts)
    book = PackBook({**shipped(), **own}, problems)
    if not verifications:
        return book
    said = {(row[0], row[1]): row[2:] for row in verifications}
    merged = {code: _verified(book, pack, said) for code, pack in book.packs.items()}
    return PackBook(merged, problems)


def _verified(book: PackBook, pack: Pack, said: Mapping[tuple[str, str], tuple[str, str, date, str]]) -> Pack:
    """The pack with what was verified of it, or of the same rule in a pack it is built on."""
    bases = book.bases(pack.id)
    rules = tuple(_rule_verified(rule, pack.defaults, bases, said) for rule in pack.rules)
    return pack if rules == pack.rules else replace(pack, rules=rules)


def _rule_verified(
    rule: Rule,
    defaults: Defaults,
    bases: tuple[str, ...],
    said: Mapping[tuple[str, str], tuple[str, str, date, str]],
) -> Rule:
    for code in bases:
        found = said.get((code, rule.id))
        if found is not None and found[3] == fingerprint(rule, defaults):
            edition, by, on, _print = found
            return verified(rule, by, on, edition)
    return rule


# --- votes and concessions ---------------------------------------------------------------------------------


@dataclass(slots=True)
class ApprovalRow:
    """A vote, concession or exception; `sets` are the values a vote set. Production and person may be None: all."""

    id: int
    pack: str
    rule: str
    production_id: int | None
    production: str
    person_id: int | None
    person: str
    kind: str
    starts_on: date | None
    ends_on: date | None
    sets: dict[str, Any]
    decided_by: str
    decided_on: date | None
    note: str


_APPROVAL_FIELDS = tuple(one.name for one in fields(ApprovalRow))


def approval_rows(conn: Connection) -> list[ApprovalRow]:
    """All of them, by pack, rule and first day. One statement."""
    found: Any = conn.execute(
        select(
            RuleApproval.id,
            RuleApproval.pack,
            RuleApproval.rule,
            RuleApproval.production_id,
            Production.code,
            RuleApproval.person_id,
            Person.name,
            RuleApproval.kind,
            RuleApproval.starts_on,
            RuleApproval.ends_on,
            RuleApproval.sets,
            RuleApproval.decided_by,
            RuleApproval.decided_on,
            RuleApproval.note,
        )
        .outerjoin(Production, Production.id == RuleApproval.production_id)
        .outerjoin(Person, Person.id == RuleApproval.person_id)
    )
    rows = []
    for row in found:
        values = dict(zip(_APPROVAL_FIELDS, row, strict=True))
        values["production"] = values["production"] or ""
        values["person"] = values["person"] or ""
        values["sets"] = json.loads(values["sets"] or "{}")
        rows.append(ApprovalRow(**values))
    rows.sort(key=lambda row: (row.pack, row.rule, row.starts_on or date.min, row.id))
    return rows
