"""The company list's sheet. Class Company: a number only of those who chose to share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from stagecraft.domain.kinds import JOB_GROUPS
from stagecraft.domain.sheets.company_list import CompanyListSheet, CompanySection, Member
from stagecraft.domain.sheets.frame import Line, Run
from stagecraft.domain.times import day_text, long_date_text
from stagecraft.queries.company import venue_rows
from stagecraft.queries.sheets.cast import Company, Part, company, draft_frame, place_of, stage_contact
from stagecraft.store.schema import Assignment, Person

PRIVACY = "COMPANY — do not forward, do not post outside the building"

_SECTIONS = (
    ("Stage management", ("stage",), False),
    ("Creative team", ("creative",), True),
    ("Music", ("music",), False),
    ("Producers", ("producers",), False),
    ("General and company management, press", ("management", "press"), False),
    ("Crew and house", ("crew", "house"), False),
    ("Others", ("other",), False),
)
"""Title, groups of jobs, whether it starts a page: the cast's page can then be handed out alone."""


@dataclass(slots=True)
class _Contact:
    phone: str
    email: str
    shared: bool
    pronouns: str


def build(conn: Connection, production_id: int, day: date) -> CompanyListSheet:
    """Everybody in the production on a day. A fixed number of statements."""
    known = company(conn, production_id)
    stage_contact(conn, known, day)
    contacts = _contacts(conn, production_id)
    cast = known.cast(day)
    swings = [person for person in cast if known.parts_of(person, day)[0].kind not in ("principal", "ensemble")]
    players = [person for person in cast if person not in set(swings)]
    sections = []
    if players:
        sections.append(
            CompanySection(
                "Cast",
                f"{len(players)} · A–Z by surname",
                [_member(known, contacts, person, day) for person in players],
            )
        )
    if swings:
        sections.append(
            CompanySection(
                "Swings", str(len(swings)), [_member(known, contacts, person, day) for person in swings]
            )
        )
    listed = set(cast)
    for title, groups, fresh in _SECTIONS:
        section = _staff(known, contacts, title, groups, day, listed)
        if section.members:
            section.fresh_page = fresh and bool(sections)
            sections.append(section)
    return CompanyListSheet(
        frame=draft_frame(
            known, "COMPANY LIST", f"as of {long_date_text(day)}", PRIVACY, place=place_of(known.production)
        ),
        sections=sections,
        note=_note(known, day, any(not contacts[person].shared for person in contacts)),
        building=_building(conn, known),
        corrections=f"Corrections (tell {_first_stage(known, day)}; a new list follows)",
    )


def _contacts(conn: Connection, production_id: int) -> dict[int, _Contact]:
    """Numbers and mails of those who share them; of the others not even the text is read."""
    mine = select(Assignment.person_id).where(Assignment.production_id == production_id)
    found = conn.execute(
        select(Person.id, Person.phone, Person.email, Person.pronouns, Person.show_pronouns).where(
            Person.id.in_(mine), Person.share_contact.is_(True)
        )
    )
    shared = {row[0]: _Contact(row[1], row[2], True, row[3] if row[4] else "") for row in found}
    others = conn.execute(
        select(Person.id, Person.pronouns, Person.show_pronouns).where(
            Person.id.in_(mine), Person.share_contact.is_(False)
        )
    )
    return shared | {row[0]: _Contact("", "", False, row[1] if row[2] else "") for row in others}


def _name(known: Company, contacts: dict[int, _Contact], person: int) -> str:
    pronouns = contacts[person].pronouns
    return f"{known.names[person]} ({pronouns})" if pronouns else known.names[person]


def _member(known: Company, contacts: dict[int, _Contact], person: int, day: date) -> Member:
    parts = [part for part in known.parts_of(person, day) if part.track and part.kind != "cover"]
    first = parts[0]
    role = "; ".join(dict.fromkeys(part.role or part.code for part in parts))
    # A job in the creative team is listed there again, under its own billing.
    jobs = [part.job for part in known.parts_of(person, day) if part.job and part.group != "creative"]
    if jobs:
        role = ", ".join([role, *(job[:1].lower() + job[1:] for job in jobs)])
    code = first.code if first.kind in ("principal", "ensemble") and first.role else ""
    contact = contacts[person]
    return Member(_name(known, contacts, person), role, code, contact.phone, contact.email, contact.shared)


def _staff(
    known: Company,
    contacts: dict[int, _Contact],
    title: str,
    groups: tuple[str, ...],
    day: date,
    listed: set[int],
) -> CompanySection:
    """Jobs in billing order; who was listed before is named again only in the creative team."""
    mine = sorted(
        (part for part in known.parts if part.job and _group(part) in groups and part.on(day)),
        key=lambda part: (groups.index(_group(part)), part.position, part.rank),
    )
    jobs: dict[int, list[str]] = {}
    for part in mine:
        if part.person not in listed or part.group == "creative":
            jobs.setdefault(part.person, []).append(part.job)
    members = []
    for person, names in jobs.items():
        role = ", ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
        if (
            "management" in groups
            and known.production.management
            and any(part.person == person and part.group == "management" for part in mine)
        ):
            role += f", {known.production.management}"
        contact = contacts[person]
        members.append(
            Member(_name(known, contacts, person), role, "", contact.phone, contact.email, contact.shared)
        )
    listed.update(jobs)
    tag = f"{len(members)} · billing order" if "creative" in groups else str(len(members))
    return CompanySection(title, tag, members)


def _group(part: Part) -> str:
    if part.group in JOB_GROUPS and part.group not in ("cast", "swings"):
        return part.group
    return "other" if part.group not in ("cast", "swings") else part.group


def _note(known: Company, day: date, opted_out: bool) -> str:
    """Who joins within three weeks, and what "via SM" means."""
    joining = sorted(
        {
            (part.starts_on, part.person, part.code)
            for part in known.parts
            if part.track
            and part.kind != "cover"
            and part.starts_on
            and 0 < (part.starts_on - day).days <= 21
            and not known.parts_of(part.person, day)
        },
        key=lambda one: (one[0], known.sort_names[one[1]]),
    )
    words = []
    if joining:
        words.append(
            "Joining: "
            + ", ".join(f"{known.names[person]} ({code}) {day_text(on)}" for on, person, code in joining)
            + "."
        )
    if opted_out:
        words.append("Opted out of sharing a number: call the stage manager (“via SM”).")
    return " ".join(words)


def _first_stage(known: Company, day: date) -> str:
    stage = [part for part in known.parts if part.group == "stage" and part.on(day)]
    return known.shorts[min(stage, key=lambda part: part.position).person] if stage else "stage management"


def _building(conn: Connection, known: Company) -> list[Line]:
    """The theatre or rooms. The house's address is public; nobody's own is read."""
    venue = next((row for row in venue_rows(conn) if row.id == known.production.venue_id), None)
    if venue is None:
        return []
    label = "Theatre" if known.production.kind == "run" else "Rooms"
    lines = [Line(label, [Run(", ".join(part for part in (venue.name, venue.address, venue.city) if part))])]
    if venue.phone:
        lines.append(Line("Telephone", [Run(venue.phone)]))
    if known.production.kind == "run":
        lines.append(
            Line("Half hour", [Run("30 minutes before curtain. Late or ill: call first, then write.")])
        )
    lines.append(
        Line("Emergency", [Run("911. Then the stage manager on duty. Hospital and exits: see the callboard.")])
    )
    return lines
