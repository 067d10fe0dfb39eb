"""What every builder knows of a production before it looks at a day: head, people, names, script in force."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, func, select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import ASSIGNMENT_ORDER, ON_BENCH, ON_STAGE
from stagecraft.domain.names import filing_key, short_names
from stagecraft.domain.sheets.frame import Frame
from stagecraft.domain.times import day_text
from stagecraft.queries.company import (
    HouseRow,
    MilestoneRow,
    ProductionRow,
    house_row,
    milestone_rows,
    production_row,
)
from stagecraft.queries.script import DraftRow, draft_rows
from stagecraft.store.schema import Assignment, Job, Person, Role, Track

CAST = frozenset((*ON_STAGE, *ON_BENCH))
"""Kinds of assignment that make somebody cast."""


@dataclass(slots=True)
class Part:
    """What a person is in the production for, from day to day inclusive."""

    person: int
    kind: str
    rank: int
    track: int | None
    code: str
    role: str
    short_role: str
    job: str
    group: str
    position: int
    starts_on: date | None
    ends_on: date | None

    def on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


@dataclass(slots=True)
class Company:
    """A production with its people, read once."""

    house: HouseRow
    production: ProductionRow
    parts: list[Part]
    names: dict[int, str]
    sort_names: dict[int, str]
    shorts: dict[int, str]
    drafts: list[DraftRow]
    milestones: list[MilestoneRow]
    contact: str = ""
    author: str = ""
    _parts_of: dict[int, list[Part]] = field(default_factory=dict)

    def parts_of(self, person: int, day: date) -> list[Part]:
        """Somebody's parts on a day, the most telling first."""
        if not self._parts_of:
            for part in self.parts:
                self._parts_of.setdefault(part.person, []).append(part)
        return [part for part in self._parts_of.get(person, []) if part.on(day)]

    def cast(self, day: date) -> list[int]:
        """Cast of a day, A–Z by surname: everybody with a track, swings included."""
        people = {part.person for part in self.parts if part.track and part.kind in CAST and part.on(day)}
        return self.filed(people)

    def filed(self, people: set[int]) -> list[int]:
        return sorted(people, key=lambda person: filing_key(self.sort_names[person]))

    def draft_on(self, day: date) -> DraftRow | None:
        """The pages in force on a day."""
        known = [draft for draft in self.drafts if draft.issued_on <= day]
        return known[-1] if known else None


def company(conn: Connection, production_id: int) -> Company:
    """Everything a builder needs to know of a production. Seven statements."""
    production = production_row(conn, production_id)
    if production is None:
        raise Refused("paper.no_production", "This production was removed meanwhile.", field="production")
    parts, names, sort_names = _parts(conn, production_id)
    return Company(
        house=house_row(conn),
        production=production,
        parts=parts,
        names=names,
        sort_names=sort_names,
        shorts=short_names(names),
        drafts=draft_rows(conn, [production_id]),
        milestones=milestone_rows(conn, [production_id]),
    )


def _parts(conn: Connection, production_id: int) -> tuple[list[Part], dict[int, str], dict[int, str]]:
    roles: dict[int, list[tuple[str, str]]] = {}
    for track, name, short in conn.execute(
        select(Role.track_id, Role.name, func.coalesce(func.nullif(Role.short_name, ""), Role.name))
        .where(Role.production_id == production_id, Role.track_id.is_not(None))
        .order_by(Role.position, Role.id)
    ):
        roles.setdefault(track, []).append((name, short))
    found = conn.execute(
        select(
            Assignment.person_id,
            Assignment.kind,
            Assignment.rank,
            Assignment.track_id,
            func.coalesce(Track.code, ""),
            func.coalesce(Job.name, ""),
            func.coalesce(Job.group, ""),
            func.coalesce(Track.position, Job.position, 0),
            Assignment.starts_on,
            Assignment.ends_on,
            Person.name,
            Person.sort_name,
        )
        .join(Person, Person.id == Assignment.person_id)
        .outerjoin(Track, Track.id == Assignment.track_id)
        .outerjoin(Job, Job.id == Assignment.job_id)
        .where(Assignment.production_id == production_id)
        .order_by(Assignment.id)
    )
    parts: list[Part] = []
    names: dict[int, str] = {}
    sort_names: dict[int, str] = {}
    for person, kind, rank, track, code, job, group, position, starts, ends, name, sort_name in found:
        mine = roles.get(track, []) if track is not None else []
        parts.append(
            Part(
                person,
                kind,
                rank,
                track,
                code,
                ", ".join(one for one, _ in mine),
                ", ".join(one for _, one in mine),
                job,
                group,
                position,
                starts,
                ends,
            )
        )
        names[person], sort_names[person] = name, sort_name
    parts.sort(key=lambda part: (ASSIGNMENT_ORDER.get(part.kind, 9), part.position, part.rank))
    return parts, names, sort_names


# --- head and foot -------------------------------------------------------------------------------------------


def place_of(production: ProductionRow, *extra: str) -> str:
    """`Developmental Workshop · Mercer Rehearsal Rooms, W 38th St · New York`; a run's house alone is enough."""
    venue = ", ".join(part for part in (production.venue, production.address) if part)
    if not production.subtitle:
        venue = " · ".join(part for part in (production.venue, production.address) if part)
    parts = [production.subtitle, venue, production.city if production.subtitle else "", *extra]
    return " · ".join(part for part in parts if part)


def draft_frame(
    known: Company, document: str, about: str, privacy: str, *, place: str, notice: str = ""
) -> Frame:
    """Head and foot of a sheet nobody has issued yet."""
    return Frame(
        code=known.production.code,
        show=known.production.name,
        place=place,
        document=document,
        about=about,
        privacy=privacy,
        contact=known.contact,
        notice=notice,
        author=known.author,
    )


def stage_contact(conn: Connection, known: Company, day: date, *, late: bool = False) -> None:
    """Put the stage manager into the foot: `SM: Rosa Vega 212-555-0161 · text if late`. One statement."""
    _contact(conn, known, day, ("stage",), "text if late" if late else "")


def management_contact(conn: Connection, known: Company, day: date) -> None:
    """Put the company manager into the foot: `CM: Gail Mercer 212-555-0130`. One statement."""
    _contact(conn, known, day, ("management", "stage"), "")


_ABBREVIATIONS = (
    ("production stage manager", "PSM"),
    ("assistant stage manager", "ASM"),
    ("stage manager", "SM"),
    ("company manager", "CM"),
    ("general manager", "GM"),
)


def _contact(conn: Connection, known: Company, day: date, groups: tuple[str, ...], extra: str) -> None:
    jobs = sorted(
        (part for part in known.parts if part.group in groups and part.on(day)),
        key=lambda part: (groups.index(part.group), part.position),
    )
    if not jobs:
        return
    first = jobs[0]
    phone, shared = conn.execute(
        select(Person.phone, Person.share_contact).where(Person.id == first.person)
    ).one()
    word = next((short for name, short in _ABBREVIATIONS if name in first.job.lower()), first.job)
    name = known.names[first.person]
    known.author = name
    number = f" {phone}" if shared and phone else ""
    known.contact = f"{word}: {name}{number}" + (f" · {extra}" if extra and number else "")


# --- script --------------------------------------------------------------------------------------------------

_DRAFT = re.compile(r"^D(\d.*)$")


def draft_name(code: str) -> str:
    """`Draft 3-yellow` for D3-yellow; other codes as they are."""
    found = _DRAFT.match(code)
    return f"Draft {found[1]}" if found else code


def pages(text: str) -> str:
    """`pp. 60–63` for pages, other remarks (`84 pp.`) as they are; the number never leaves its pp."""
    bare = text.strip()
    if not bare or not bare[0].isdigit() or "p" in bare:
        return bare
    return f"pp.\u00a0{bare}" if re.search(r"[–,-]", bare) else f"p.\u00a0{bare}"


def draft_line(draft: DraftRow) -> str:
    """`D3-yellow pp. 60–63`."""
    return f"{draft.code} {pages(draft.pages)}".strip()


def drafts_in_force(known: Company, day: date) -> str:
    """All pages that make up the script on a day, from the last whole draft on."""
    issued = [draft for draft in known.drafts if draft.issued_on <= day]
    if not issued:
        return ""
    base = issued[-1].code.split("-")[0]
    mine = [draft for draft in issued if draft.code.split("-")[0] == base]
    parts = []
    for draft in mine:
        words = (
            draft_line(draft)
            if draft.code != base
            else f"{draft.code} {draft.colour} ({day_text(draft.issued_on)})"
        )
        if draft is mine[-1] and draft.code != base:
            words += f" ({day_text(draft.issued_on)}" + (f": {draft.note})" if draft.note else ")")
        parts.append(words)
    return " · ".join(parts)
