"""People, their agents, assignments, covers and openings as rows.

Private and sealed parts are read by `private_row` and `sealed_text` only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select, union

from stagecraft.domain.kinds import JOB_GROUPS, KINDS
from stagecraft.domain.names import filing_key, short_names
from stagecraft.store.schema import (
    Agent,
    Assignment,
    Attendance,
    Blob,
    Call,
    Contract,
    CoverReadiness,
    Event,
    EventUnit,
    Job,
    Opening,
    Person,
    PersonPrivate,
    PersonSealed,
    Production,
    Report,
    Role,
    Scene,
    Space,
    Track,
)

VIA = "via SM"
"""What stands for contact that is not shared."""

PLAYS = ("principal", "ensemble", "swing")
"""Kinds of assignment by which a track is somebody's own, and not covered."""

_GROUP_ORDER = {code: place for place, code in enumerate(JOB_GROUPS)}


@dataclass(slots=True)
class AssignmentRow:
    """A person in a track or job. `role` and `role_short` join the roles of the track in their order.

    `group` is one of domain.kinds.JOB_GROUPS (cast and swings for tracks); `rank` orders covers.
    """

    id: int
    person_id: int
    person: str
    sort_name: str
    production_id: int
    production: str
    production_code: str
    production_colour: str
    track_id: int | None
    track: str
    track_kind: str
    track_position: int
    job_id: int | None
    job: str
    group: str
    job_position: int
    kind: str
    rank: int
    starts_on: date | None
    ends_on: date | None
    note: str
    contract_id: int | None
    role: str = ""
    role_short: str = ""

    def on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )

    @property
    def plays(self) -> bool:
        """Whether the track is theirs (not covered, no job)."""
        return self.kind in PLAYS

    @property
    def what(self) -> str:
        """`Marilyn Monroe`, `covers Joe`, `swing F1`, `Stage manager`."""
        if self.track_id is None:
            return self.job
        part = self.role or self.track
        return {"cover": f"covers {part}", "standby": f"standby {part}", "alternate": f"alternate {part}"}.get(
            self.kind, part
        )

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Place on a company list: by group, then track or job."""
        covers = 0 if self.plays or self.track_id is None else 1
        return _GROUP_ORDER.get(self.group, 99), covers, self.track_position + self.job_position, self.rank


@dataclass(slots=True)
class PersonRow:
    """A person with their assignments in the productions asked for, and contact as on file.

    `short` is the name used on calls (domain.names.short_names). Print `phone` and `email` only where
    `share_contact` is set, else "via SM"; a screen of anybody below Management takes `as_company_sees`.
    """

    id: int
    name: str
    sort_name: str
    pronouns: str
    show_pronouns: bool
    phone: str
    email: str
    share_contact: bool
    organisation: str
    agent_id: int | None
    agent: str
    agency: str
    agent_phone: str
    agent_email: str
    photo: str | None
    note: str
    short: str = ""
    assignments: list[AssignmentRow] = field(default_factory=list)

    def as_company_sees(self) -> PersonRow:
        """Without contact that is not shared, and without who represents them."""
        seen = replace(self, agent="", agency="", agent_phone="", agent_email="")
        return seen if self.share_contact else replace(seen, phone=VIA, email=VIA)


@dataclass(slots=True)
class AgentRow:
    id: int
    name: str
    agency: str
    phone: str
    email: str
    clients: int


@dataclass(slots=True)
class JobRow:
    id: int
    production_id: int
    name: str
    group: str
    position: int


@dataclass(slots=True)
class ReadinessRow:
    """How far a cover is with a track."""

    id: int
    person_id: int
    person: str
    track_id: int
    track: str
    state: str
    cleared_on: date | None
    note: str


@dataclass(slots=True)
class PrivateRow:
    """Class Management."""

    legal_name: str = ""
    address: str = ""
    birthday: date | None = None
    emergency_1: str = ""
    emergency_2: str = ""
    union_last4: str = ""


@dataclass(slots=True)
class TiesRow:
    """What goes when a person goes: counts, for the sentence before removing."""

    calls: int
    contracts: int
    assignments: int
    attendance: int
    reports: int


def person_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[PersonRow]:
    """People by sort name: of everybody, or of those with an assignment or contract in these productions.

    Short names are unique among the people returned. Three statements.
    """
    ids = tuple(production_ids)
    query = select(*_PERSON_COLUMNS).outerjoin(Agent, Agent.id == Person.agent_id)
    if ids:
        query = query.where(Person.id.in_(_members(ids)))
    people = sorted(
        (PersonRow(*tuple(row)) for row in conn.execute(query)), key=lambda row: filing_key(row.sort_name)
    )
    shorts = short_names({row.id: row.name for row in people})
    mine: defaultdict[int, list[AssignmentRow]] = defaultdict(list)
    for assignment in assignment_rows(conn, ids):
        mine[assignment.person_id].append(assignment)
    for row in people:
        row.short = shorts[row.id]
        row.assignments = mine[row.id]
    return people


_PERSON_COLUMNS = (
    Person.id,
    Person.name,
    Person.sort_name,
    Person.pronouns,
    Person.show_pronouns,
    Person.phone,
    Person.email,
    Person.share_contact,
    Person.organisation,
    Person.agent_id,
    func.coalesce(Agent.name, ""),
    func.coalesce(Agent.agency, ""),
    func.coalesce(Agent.phone, ""),
    func.coalesce(Agent.email, ""),
    Person.photo,
    Person.note,
)


def _members(production_ids: Sequence[int]) -> Any:
    return union(
        select(Assignment.person_id).where(Assignment.production_id.in_(production_ids)),
        select(Contract.person_id).where(Contract.production_id.in_(production_ids)),
    )


def name_pairs(conn: Connection) -> list[tuple[int, str]]:
    """Everybody's id and name, for the question whether someone is on file already."""
    return [(person, name) for person, name in conn.execute(select(Person.id, Person.name).order_by(Person.id))]


def assignment_rows(
    conn: Connection,
    production_ids: Iterable[int] = (),
    person_ids: Iterable[int] = (),
    on: date | None = None,
) -> list[AssignmentRow]:
    """Assignments in company-list order, of these productions and people (all when none are given), on a day or ever.

    Two statements.
    """
    ids, people = tuple(production_ids), tuple(person_ids)
    query = (
        select(
            Assignment.id,
            Assignment.person_id,
            Person.name,
            Person.sort_name,
            Assignment.production_id,
            Production.name,
            Production.code,
            Production.colour,
            Assignment.track_id,
            func.coalesce(Track.code, ""),
            func.coalesce(Track.kind, ""),
            func.coalesce(Track.position, 0),
            Assignment.job_id,
            func.coalesce(Job.name, ""),
            func.coalesce(Job.group, ""),
            func.coalesce(Job.position, 0),
            Assignment.kind,
            Assignment.rank,
            Assignment.starts_on,
            Assignment.ends_on,
            Assignment.note,
            Assignment.contract_id,
        )
        .join(Person, Person.id == Assignment.person_id)
        .join(Production, Production.id == Assignment.production_id)
        .outerjoin(Track, Track.id == Assignment.track_id)
        .outerjoin(Job, Job.id == Assignment.job_id)
    )
    if ids:
        query = query.where(Assignment.production_id.in_(ids))
    if people:
        query = query.where(Assignment.person_id.in_(people))
    if on is not None:
        query = query.where(
            or_(Assignment.starts_on.is_(None), Assignment.starts_on <= on),
            or_(Assignment.ends_on.is_(None), Assignment.ends_on >= on),
        )
    rows = [AssignmentRow(*tuple(row)) for row in conn.execute(query)]
    _name_roles(conn, ids, rows)
    return sorted(rows, key=lambda row: (row.production_id, row.order, filing_key(row.sort_name), row.id))


def _name_roles(conn: Connection, production_ids: Sequence[int], rows: list[AssignmentRow]) -> None:
    roles = roles_by_track(conn, production_ids)
    for row in rows:
        if row.track_id is None:
            continue
        row.group = "swings" if row.track_kind == "swing" or row.kind == "swing" else "cast"
        named = roles.get(row.track_id, ())
        row.role = ", ".join(name for name, _ in named)
        row.role_short = ", ".join(short for _, short in named)


def roles_by_track(conn: Connection, production_ids: Iterable[int] = ()) -> dict[int, list[tuple[str, str]]]:
    """Name and short name of each track's roles, in their order."""
    ids = tuple(production_ids)
    query = select(Role.track_id, Role.name, Role.short_name).where(Role.track_id.is_not(None))
    if ids:
        query = query.where(Role.production_id.in_(ids))
    roles: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for track, name, short in conn.execute(query.order_by(Role.position, Role.id)):
        if track is not None:
            roles[track].append((name, short or name))
    return dict(roles)


def agent_rows(conn: Connection) -> list[AgentRow]:
    """Agents by name with how many people they represent."""
    clients = select(func.count()).where(Person.agent_id == Agent.id).correlate(Agent).scalar_subquery()
    query = select(Agent.id, Agent.name, Agent.agency, Agent.phone, Agent.email, clients)
    rows = [AgentRow(*row) for row in conn.execute(query)]
    return sorted(rows, key=lambda row: (filing_key(row.name), row.id))


def job_rows(conn: Connection, production_ids: Iterable[int] = ()) -> list[JobRow]:
    """Jobs in company-list order."""
    ids = tuple(production_ids)
    query = select(Job.id, Job.production_id, Job.name, Job.group, Job.position)
    if ids:
        query = query.where(Job.production_id.in_(ids))
    rows = [JobRow(*row) for row in conn.execute(query)]
    return sorted(rows, key=lambda r: (r.production_id, _GROUP_ORDER.get(r.group, 99), r.position, r.id))


def readiness_rows(
    conn: Connection, production_ids: Iterable[int] = (), person_ids: Iterable[int] = ()
) -> list[ReadinessRow]:
    """How far covers are, by track and person."""
    ids, people = tuple(production_ids), tuple(person_ids)
    query = (
        select(
            CoverReadiness.id,
            CoverReadiness.person_id,
            Person.name,
            CoverReadiness.track_id,
            Track.code,
            CoverReadiness.state,
            CoverReadiness.cleared_on,
            CoverReadiness.note,
        )
        .join(Person, Person.id == CoverReadiness.person_id)
        .join(Track, Track.id == CoverReadiness.track_id)
        .order_by(Track.position, CoverReadiness.id)
    )
    if ids:
        query = query.where(Track.production_id.in_(ids))
    if people:
        query = query.where(CoverReadiness.person_id.in_(people))
    return [ReadinessRow(*row) for row in conn.execute(query)]


def private_row(conn: Connection, person_id: int) -> PrivateRow:
    """What only management sees; empty fields when nothing was entered."""
    query = select(
        PersonPrivate.legal_name,
        PersonPrivate.address,
        PersonPrivate.birthday,
        PersonPrivate.emergency_1,
        PersonPrivate.emergency_2,
        PersonPrivate.union_last4,
    ).where(PersonPrivate.person_id == person_id)
    found = conn.execute(query).first()
    return PrivateRow(*found) if found else PrivateRow()


def sealed_text(conn: Connection, person_id: int) -> str:
    """Class Restricted: what the person disclosed; empty when nothing was."""
    return conn.execute(select(PersonSealed.medical).where(PersonSealed.person_id == person_id)).scalar() or ""


@dataclass(slots=True)
class PersonCallRow:
    """A person's call with where it is; `title` is the event's own, else what is worked, else its kind."""

    event_id: int
    production_code: str
    production_colour: str
    kind: str
    title: str
    space: str
    starts_wall: int
    ends_wall: int


def person_call_rows(conn: Connection, person_id: int, starts_wall: int, ends_wall: int) -> list[PersonCallRow]:
    """A person's calls in a span of wall minutes, by start; cancelled events and those released are left out.

    Two statements.
    """
    query = (
        select(
            Call.event_id,
            Production.code,
            Production.colour,
            Event.kind,
            Event.title,
            func.coalesce(Space.name, ""),
            Call.starts_wall,
            Call.ends_wall,
        )
        .join(Event, Event.id == Call.event_id)
        .join(Production, Production.id == Event.production_id)
        .outerjoin(Space, Space.id == Event.space_id)
        .where(
            Call.person_id == person_id,
            Call.status != "released",
            Event.state != "cancelled",
            Call.starts_wall >= starts_wall,
            Call.starts_wall < ends_wall,
        )
        .order_by(Call.starts_wall, Call.event_id)
    )
    rows = [PersonCallRow(*row) for row in conn.execute(query)]
    units = (
        select(EventUnit.event_id, Scene.number)
        .join(Scene, Scene.id == EventUnit.scene_id)
        .where(EventUnit.event_id.in_([row.event_id for row in rows]))
        .order_by(EventUnit.event_id, EventUnit.position)
    )
    worked: defaultdict[int, list[str]] = defaultdict(list)
    for event, number in conn.execute(units):
        worked[event].append(number)
    for row in rows:
        word = KINDS[row.kind].word if row.kind in KINDS else row.kind
        row.title = row.title or " ".join(part for part in (word, ", ".join(worked[row.event_id])) if part)
    return rows


def photo_bytes(conn: Connection, photo: str) -> bytes:
    """A photo by its hash; empty when it is not there."""
    return conn.execute(select(Blob.data).where(Blob.hash == photo)).scalar() or b""


def opened_last(conn: Connection, person_id: int) -> dict[str, int]:
    """When each sealed part of a person was last opened: `private` or `medical` → UTC minutes."""
    query = (
        select(Opening.what, func.max(Opening.opened_at))
        .where(Opening.person_id == person_id, Opening.contract_id.is_(None))
        .group_by(Opening.what)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def ties_row(conn: Connection, person_ids: Sequence[int]) -> TiesRow:
    """What hangs on these people. One statement."""

    def count(model: Any, column: Any) -> Any:
        return select(func.count()).select_from(model).where(column.in_(person_ids)).scalar_subquery()

    row = conn.execute(
        select(
            count(Call, Call.person_id),
            count(Contract, Contract.person_id),
            count(Assignment, Assignment.person_id),
            count(Attendance, Attendance.person_id),
            count(Report, Report.author_id),
        )
    ).one()
    return TiesRow(*row)
