"""Commands on the house, seasons, shows, productions, phases and milestones.

Venues and rooms, people, calls and performances have files of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import PRODUCTION_KINDS
from stagecraft.services.command import Command
from stagecraft.services.fields import line, named, prose, write_fields
from stagecraft.services.venues import known_zone
from stagecraft.store.schema import House, Milestone, Phase, Production, Season, Show

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

HUES = ("bomb", "hit", "hue3", "hue4", "hue5", "hue6")
"""Production colours in the order new productions take them."""

_HOUSE_FIELDS = ("name", "zone", "paper", "time_style", "week_start", "day_cut")
_PRODUCTION_FIELDS = (
    "season_id",
    "venue_id",
    "code",
    "name",
    "subtitle",
    "kind",
    "colour",
    "first_rehearsal",
    "first_preview",
    "opening",
    "closing",
    "working_days",
    "curtain_to_down",
    "management",
    "rule_pack",
    "note",
)


def _in_order(first: date | None, last: date | None, *, field: str) -> None:
    if first and last and last < first:
        raise Refused("dates.order", "The last day lies before the first.", field=field)


def _free_code(work: UnitOfWork, code: str, own: int | None = None) -> str:
    """A production code in capitals, 2 to 6 letters or digits, that no other production has."""
    clean = code.strip().upper()
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,5}", clean):
        raise Refused("production.code", "A production code has 2 to 6 letters, such as BOMB.", field="code")
    taken = work.session.scalars(select(Production).where(func.upper(Production.code) == clean)).first()
    if taken is not None and taken.id != own:
        raise Refused("production.code_taken", f"{taken.name} already has the code {clean}.", field="code")
    return clean


def _known_kind(kind: str) -> str:
    if kind not in PRODUCTION_KINDS:
        raise Refused("production.kind", "A production is a run, a workshop, a reading or other.", field="kind")
    return kind


@dataclass(frozen=True, slots=True)
class EditHouse(Command):
    """Change name, paper (letter | a4), time style ("12" | "24"), week start, day cut or zone of the house."""

    label: ClassVar[str] = "change house style"
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        if "zone" in self.changes:
            known_zone(self.changes["zone"])
        if self.changes.get("paper", "letter") not in ("letter", "a4"):
            raise Refused("house.paper", "Paper is Letter or A4.", field="paper")
        if self.changes.get("time_style", "12") not in ("12", "24"):
            raise Refused("house.time_style", "Times are written in 12 or 24 hours.", field="time_style")
        house = work.get(House, 1)
        write_fields(house, self.changes, _HOUSE_FIELDS)
        work.label()
        return house.id


@dataclass(frozen=True, slots=True)
class AddSeason(Command):
    """Add a season; returns its id."""

    label: ClassVar[str] = "add a season"
    name: str
    starts_on: date | None = None
    ends_on: date | None = None

    def apply(self, work: UnitOfWork) -> int:
        _in_order(self.starts_on, self.ends_on, field="ends_on")
        name = named(self.name, "the season")
        row = work.add(Season(name=name, starts_on=self.starts_on, ends_on=self.ends_on))
        work.label()
        return row.id


@dataclass(frozen=True, slots=True)
class AddShow(Command):
    """Add a work; returns its id."""

    label: ClassVar[str] = "add a show"
    title: str
    authors: str = ""

    def apply(self, work: UnitOfWork) -> int:
        row = work.add(
            Show(title=named(self.title, "the show", field="title"), authors=line(self.authors, "authors"))
        )
        work.label()
        return row.id


@dataclass(frozen=True, slots=True)
class AddProduction(Command):
    """Add a staging, with its show when no show is named; returns its id.

    Without a colour it takes the first hue no other production has; without a code, one made from the name.
    """

    label: ClassVar[str] = "add {production}"
    name: str
    code: str = ""
    subtitle: str = ""
    kind: str = "run"
    colour: str = ""
    show: int | None = None
    season: int | None = None
    venue: int | None = None
    first_rehearsal: date | None = None
    first_preview: date | None = None
    opening: date | None = None
    closing: date | None = None
    working_days: int | None = None
    curtain_to_down: int | None = None
    management: str = ""
    rule_pack: str = ""
    note: str = ""

    def apply(self, work: UnitOfWork) -> int:
        name = named(self.name, "the production")
        _in_order(self.first_rehearsal, self.closing, field="closing")
        row = work.add(
            Production(
                season_id=self.season,
                show_id=self.show or work.add(Show(title=name, authors="")).id,
                venue_id=self.venue,
                code=_free_code(work, self.code) if self.code.strip() else _code_from(work, name),
                name=name,
                subtitle=line(self.subtitle, "subtitle"),
                kind=_known_kind(self.kind),
                colour=self.colour or _free_hue(work),
                first_rehearsal=self.first_rehearsal,
                first_preview=self.first_preview,
                opening=self.opening,
                closing=self.closing,
                working_days=self.working_days,
                curtain_to_down=self.curtain_to_down,
                management=line(self.management, "management"),
                rule_pack=self.rule_pack,
                note=prose(self.note, "note"),
            )
        )
        work.label(production=row.id)
        return row.id


def _free_hue(work: UnitOfWork) -> str:
    used = set(work.session.scalars(select(Production.colour)))
    return next((hue for hue in HUES if hue not in used), HUES[len(used) % len(HUES)])


def _code_from(work: UnitOfWork, name: str) -> str:
    """First letters of the name, with a digit when they are taken: `Hit List` gives HITL, then HITL2."""
    letters = re.sub(r"[^A-Z]", "", name.upper())[:4].ljust(2, "X")
    used = set(work.session.scalars(select(func.upper(Production.code))))
    return next(code for code in [letters, *(f"{letters}{n}" for n in range(2, 100))] if code not in used)


@dataclass(frozen=True, slots=True)
class EditProduction(Command):
    """Change fields of a production."""

    label: ClassVar[str] = "change {production}"
    production: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Production, self.production)
        changes = dict(self.changes)
        if "code" in changes:
            changes["code"] = _free_code(work, changes["code"], row.id)
        if "name" in changes:
            changes["name"] = named(changes["name"], "the production")
        if "kind" in changes:
            _known_kind(changes["kind"])
        _in_order(
            changes.get("first_rehearsal", row.first_rehearsal),
            changes.get("closing", row.closing),
            field="closing",
        )
        write_fields(row, changes, _PRODUCTION_FIELDS)
        work.label(production=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveProduction(Command):
    """Remove a production with its calls, script, contracts and reports; its show goes when nothing else uses it."""

    label: ClassVar[str] = "remove {production}"
    production: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Production, self.production)
        show_id = row.show_id
        work.label(production=row.id)
        work.remove(row)
        if work.session.scalars(select(Production.id).where(Production.show_id == show_id)).first() is None:
            work.remove(work.get(Show, show_id))


@dataclass(frozen=True, slots=True)
class AddPhase(Command):
    """Add a phase (workshop, rehearsals, tech, previews, run …) at the end of the list; returns its id."""

    label: ClassVar[str] = "add a phase to {production}"
    production: int
    name: str
    kind: str = "other"
    starts_on: date | None = None
    ends_on: date | None = None

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        _in_order(self.starts_on, self.ends_on, field="ends_on")
        last = work.session.scalar(
            select(func.max(Phase.position)).where(Phase.production_id == self.production)
        )
        row = work.add(
            Phase(
                production_id=self.production,
                kind=self.kind,
                name=named(self.name, "the phase"),
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                position=0 if last is None else last + 1,
            )
        )
        work.label(production=self.production)
        return row.id


@dataclass(frozen=True, slots=True)
class AddMilestone(Command):
    """Add a dated thing to look forward to; `at_minute` counts from midnight. Returns its id."""

    label: ClassVar[str] = "add {milestone}"
    production: int
    name: str
    on_date: date
    kind: str = "other"
    at_minute: int | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        row = work.add(
            Milestone(
                production_id=self.production,
                kind=self.kind,
                name=named(self.name, "the milestone"),
                on_date=self.on_date,
                at_minute=self.at_minute,
                note=prose(self.note, "note"),
            )
        )
        work.label(milestone=row.id)
        return row.id
