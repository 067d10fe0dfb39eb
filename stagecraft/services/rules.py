"""Commands on work rules: house packs, verifications, votes and concessions, accepted flags, and repairs.

What a pack may say is checked in `domain.rules`; shipped packs are files and are never written here. Planned breaks
are in `services.breaks`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.domain.rules.pack_file import read_packs
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.parameter_values import params_trouble
from stagecraft.domain.rules.shipped import shipped
from stagecraft.domain.rules.verification import fingerprint
from stagecraft.queries.rules_packs import pack_uses
from stagecraft.services.command import Command
from stagecraft.services.fields import line, prose, set_fields
from stagecraft.store.schema import (
    Acceptance,
    Person,
    Production,
    RuleApproval,
    RulePack,
    RuleVerification,
    Space,
)

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

APPROVAL_KINDS: dict[str, str] = {"vote": "vote", "concession": "concession", "exception": "exception"}
_APPROVAL_FIELDS = (
    "pack",
    "rule",
    "kind",
    "production",
    "person",
    "starts_on",
    "ends_on",
    "sets",
    "decided_by",
    "decided_on",
    "note",
)
_COLUMNS = {"production": "production_id", "person": "person_id"}


# --- packs -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddRulePack(Command):
    """Keep a house copy or an imported pack, given as its file's text; returns its id.

    Refused where the text is no proper pack, with the key named, and where a pack of that code is there already.
    """

    label: ClassVar[str] = "add a pack of work rules"
    text: str

    def apply(self, work: UnitOfWork) -> int:
        pack = _read(work, self.text)
        if pack.id in shipped() or _pack_row(work, pack.id) is not None:
            raise Refused(
                "rules.taken", f"There is a pack “{pack.id}” already; give this one another id.", field="text"
            )
        return int(work.add(RulePack(code=pack.id, text=self.text)).id)


@dataclass(frozen=True, slots=True)
class EditRulePack(Command):
    """Replace the text of a house pack; its code stays, because contracts name it. Refused as in `AddRulePack`."""

    label: ClassVar[str] = "change a pack of work rules"
    id: int
    text: str

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(RulePack, self.id)
        pack = _read(work, self.text, row.code)
        if pack.id != row.code:
            raise Refused(
                "rules.code",
                f"Contracts name this pack as “{row.code}”, so its id stays; make a copy for another.",
                field="text",
            )
        row.text = self.text


@dataclass(frozen=True, slots=True)
class RemoveRulePack(Command):
    """Remove a house pack with its verifications and votes; refused while a contract, production or pack names it."""

    label: ClassVar[str] = "remove a pack of work rules"
    id: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(RulePack, self.id)
        if where := _used(work, row.code):
            raise Refused("rules.used", f"{where} this pack; choose another there first.", field="id")
        for table in (RuleVerification, RuleApproval):
            for one in work.session.scalars(select(table).where(table.pack == row.code)):
                work.session.delete(one)
        work.remove(row)


def _read(work: UnitOfWork, text: str, code: str = "") -> Pack:
    """The pack in a text, looked at beside the other house packs; those that extend it must stay sound."""
    others = {row.code: row.text for row in work.session.scalars(select(RulePack)) if row.code != code}
    name = code or "This pack"
    before = read_packs({**others, code: _text_of(work, code)} if code else others)[1]
    packs, problems = read_packs({**others, name: text})
    if name in problems:
        raise Refused("rules.pack", problems[name].message, field="text")
    for other, problem in problems.items():
        if other not in before:
            raise Refused(
                "rules.pack", f"The pack “{other}” builds on this one. {problem.message}", field="text"
            )
    return packs[name]


def _text_of(work: UnitOfWork, code: str) -> str:
    row = _pack_row(work, code)
    return row.text if row is not None else ""


def _pack_row(work: UnitOfWork, code: str) -> RulePack | None:
    return work.session.scalar(select(RulePack).where(RulePack.code == code))


def _used(work: UnitOfWork, code: str) -> str:
    """`Karen Cartwright’s contract and 2 more go by`; empty when nothing does."""
    use = pack_uses(work.session.connection()).get(code)
    names = [f"{person}’s contract" for _id, person, _code in use.contracts] if use else []
    names += [name for _id, name in use.productions] if use else []
    names += [
        f"The pack “{row.code}”"
        for row in work.session.scalars(select(RulePack).order_by(RulePack.code))
        if _extends(row.text) == code
    ]
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} goes by"
    return f"{names[0]} and {len(names) - 1} more go by"


def _extends(text: str) -> str:
    import tomllib

    try:
        return str(tomllib.loads(text).get("extends", ""))
    except ValueError:
        return ""


# --- verifications -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VerifyRule(Command):
    """Record that somebody compared a rule with an edition of the agreement; it holds while the rule says the same."""

    label: ClassVar[str] = "verify a work rule"
    pack: str
    rule: str
    edition: str
    by: str
    on: date

    def apply(self, work: UnitOfWork) -> None:
        pack, rule = _rule(work, self.pack, self.rule)
        by, edition = line(self.by, "by"), line(self.edition, "edition")
        if not by:
            raise Refused("rules.no_name", "Say who compared the rule with the agreement.", field="by")
        if not edition:
            raise Refused("rules.no_edition", "Say which edition of the agreement it was.", field="edition")
        values = {
            "edition": edition,
            "verified_by": by,
            "verified_on": self.on,
            "fingerprint": fingerprint(rule, pack.defaults),
        }
        row = _verification(work, self.pack, self.rule)
        if row is None:
            work.add(RuleVerification(pack=self.pack, rule=self.rule, **values))
        else:
            set_fields(row, values, values)


@dataclass(frozen=True, slots=True)
class WithdrawVerification(Command):
    """Take a verification back: the rule counts as unverified again."""

    label: ClassVar[str] = "withdraw the verification of a work rule"
    pack: str
    rule: str

    def apply(self, work: UnitOfWork) -> None:
        row = _verification(work, self.pack, self.rule)
        if row is None:
            raise Refused("gone", "This verification was withdrawn meanwhile.")
        work.remove(row)


def _verification(work: UnitOfWork, pack: str, rule: str) -> RuleVerification | None:
    query = select(RuleVerification).where(RuleVerification.pack == pack, RuleVerification.rule == rule)
    return work.session.scalar(query)


def _rule(work: UnitOfWork, pack: str, rule: str) -> tuple[Pack, Rule]:
    """A pack that is here and in order, and a rule of it."""
    found = shipped().get(pack)
    if found is None:
        texts = {row.code: row.text for row in work.session.scalars(select(RulePack))}
        found = read_packs(texts)[0].get(pack)
    if found is None:
        raise Refused(
            "rules.no_pack", f"The pack “{pack}” is not here, or something is wrong with it.", field="pack"
        )
    named = found.rule(rule)
    if named is None:
        raise Refused("rules.no_rule", f"There is no rule “{rule}” in {found.title}.", field="rule")
    return found, named


# --- votes and concessions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddApproval(Command):
    """Record a vote that sets values of a rule, a concession that waives it, or an exception; returns its id.

    In force from `starts_on` to `ends_on`, both inclusive; None is open. Production and person narrow it.
    """

    label: ClassVar[str] = "record a {what}"
    pack: str
    rule: str
    kind: str
    production: int | None = None
    person: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)
    decided_by: str = ""
    decided_on: date | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> int:
        values = {name: getattr(self, name) for name in _APPROVAL_FIELDS}
        row = work.add(RuleApproval(**_checked_approval(work, values)))
        work.label(what=row.kind)
        return int(row.id)


@dataclass(frozen=True, slots=True)
class EditApproval(Command):
    """Change fields of a vote, concession or exception, named as in `AddApproval`."""

    label: ClassVar[str] = "change a {what}"
    id: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(RuleApproval, self.id)
        strangers = set(self.changes) - set(_APPROVAL_FIELDS)
        if strangers:
            raise TypeError(f"RuleApproval has no editable {', '.join(sorted(strangers))}")
        now = {name: getattr(row, _COLUMNS.get(name, name)) for name in _APPROVAL_FIELDS}
        now["sets"] = json.loads(row.sets or "{}")
        values = _checked_approval(work, {**now, **self.changes})
        set_fields(row, values, values)
        work.label(what=row.kind)


@dataclass(frozen=True, slots=True)
class RemoveApproval(Command):
    """Remove a vote, concession or exception."""

    label: ClassVar[str] = "remove a {what}"
    id: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(RuleApproval, self.id)
        work.label(what=row.kind)
        work.remove(row)


def _checked_approval(work: UnitOfWork, values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of an approval; refused where its rule, its dates or what it sets cannot be."""
    _pack, rule = _rule(work, values["pack"], values["rule"])
    if values["kind"] not in APPROVAL_KINDS:
        raise Refused("rules.kind", "This is a vote, a concession or an exception.", field="kind")
    starts, ends = values["starts_on"], values["ends_on"]
    if starts is not None and ends is not None and ends < starts:
        raise Refused("rules.dates", "The last day must not be before the first.", field="ends_on")
    sets = dict(values["sets"])
    if values["kind"] == "vote" and not sets:
        raise Refused("rules.no_sets", "Say what was voted: a value of the rule that it sets.", field="sets")
    if values["kind"] != "vote" and sets:
        raise Refused("rules.sets", "Only a vote sets values; this lets the rule be.", field="sets")
    if sets:
        _check_sets(rule, sets)
    if values["production"] is not None:
        work.get(Production, values["production"])
    if values["person"] is not None:
        work.get(Person, values["person"])
    return {
        "pack": values["pack"],
        "rule": values["rule"],
        "kind": values["kind"],
        "production_id": values["production"],
        "person_id": values["person"],
        "starts_on": starts,
        "ends_on": ends,
        "sets": json.dumps(sets, sort_keys=True) if sets else "",
        "decided_by": line(values["decided_by"], "decided_by"),
        "decided_on": values["decided_on"],
        "note": prose(values["note"], "note"),
    }


def _check_sets(rule: Rule, sets: Mapping[str, Any]) -> None:
    trouble = params_trouble(rule.kind, {**rule.params, **sets})
    if trouble is not None:
        raise Refused("rules.sets", f"“{trouble.key}” {trouble.words}.", field="sets")


# --- accepted flags ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AcceptFlag(Command):
    """Live with a flag, for a reason, until it gets worse; returns the acceptance's id.

    `rule`, `person` (or `space`) and `anchor` say which; `measured` is how bad it is now. Who accepts and when is
    taken from the step. Accepting again replaces reason and measure.
    """

    label: ClassVar[str] = "accept a flag of {person|space}"
    rule: str
    person: int | None
    anchor: str
    measured: Any
    reason: str
    space: int | None = None

    def apply(self, work: UnitOfWork) -> int:
        if (self.person is None) == (self.space is None):
            raise TypeError("no flag is about both or neither of person and room")
        reason = line(self.reason, "reason")
        if not reason:
            raise Refused("rules.no_reason", "Say why this flag is accepted.", field="reason")
        if self.person is not None:
            work.label(person=work.get(Person, self.person).id)
        if self.space is not None:
            work.label(space=work.get(Space, self.space).id)
        values = {
            "measured": json.dumps(self.measured),
            "reason": reason,
            "accepted_by": work.who,
            "accepted_on": work.today,
        }
        row = work.session.scalar(
            select(Acceptance).where(
                Acceptance.rule == self.rule,
                Acceptance.person_id == self.person,
                Acceptance.space_id == self.space,
                Acceptance.anchor == self.anchor,
            )
        )
        if row is None:
            key = {"rule": self.rule, "person_id": self.person, "space_id": self.space, "anchor": self.anchor}
            return int(work.add(Acceptance(**key, **values)).id)
        set_fields(row, values, values)
        return int(row.id)


@dataclass(frozen=True, slots=True)
class WithdrawAcceptance(Command):
    """Let an accepted flag count again."""

    label: ClassVar[str] = "withdraw the acceptance of a flag of {person|space}"
    id: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Acceptance, self.id)
        if row.person_id is not None:
            work.label(person=row.person_id)
        if row.space_id is not None:
            work.label(space=row.space_id)
        work.remove(row)
