"""Reports as rows: the list, one report with its breaks and work, its notes by department, open notes.

Words and arithmetic of a report live in `domain.reports`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, String, cast, func, select

from stagecraft.domain.reports import OPEN_NOTES, note_code, worked_minutes
from stagecraft.store.schema import (
    Department,
    Issue,
    Note,
    Person,
    Production,
    Report,
    ReportBreak,
    ReportWork,
)


@dataclass(slots=True)
class ReportRow:
    """A report in the list. `issued` is the version last issued, None for a draft."""

    id: int
    production_id: int
    production: str
    code: str
    colour: str
    kind: str
    number: int
    on_date: date
    started: int | None
    ended: int | None
    issued: int | None = None

    @property
    def heading(self) -> str:
        """`Rehearsal report #9`."""
        return f"{self.kind.capitalize()} report #{self.number}"

    @property
    def state(self) -> str:
        """`draft` or `issued v1`."""
        return "draft" if self.issued is None else f"issued v{self.issued}"


def report_rows(
    conn: Connection, production_ids: Iterable[int] = (), kind: str | None = None
) -> list[ReportRow]:
    """Reports of these productions (all when none are given), newest day first. One statement."""
    issued = (
        select(func.max(Issue.version))
        .where(
            Issue.production_id == Report.production_id,
            Issue.document == Report.kind + "-report",
            Issue.subject == cast(Report.number, String),
        )
        .scalar_subquery()
    )
    query = select(
        Report.id,
        Report.production_id,
        Production.name,
        Production.code,
        Production.colour,
        Report.kind,
        Report.number,
        Report.on_date,
        Report.started,
        Report.ended,
        issued,
    ).join(Production, Production.id == Report.production_id)
    ids = list(production_ids)
    if ids:
        query = query.where(Report.production_id.in_(ids))
    if kind is not None:
        query = query.where(Report.kind == kind)
    order = query.order_by(Report.on_date.desc(), Report.number.desc(), Report.id.desc())
    return [ReportRow(*row) for row in conn.execute(order)]


@dataclass(slots=True)
class WorkRow:
    """A line of work accomplished; `event_id` is None for one typed by hand."""

    id: int
    event_id: int | None
    starts_wall: int
    ends_wall: int
    room: str
    text: str
    led_by: str
    run_minutes: int | None


@dataclass(slots=True)
class NoteRow:
    """A note as it stands in one department of one report.

    `since` is the day of the report it was first posted in; `twins` are the codes of the same note elsewhere
    ("Sound S2").
    """

    id: int
    production_id: int
    report_id: int
    department: str
    department_name: str
    code: str
    number: int
    text: str
    state: str
    answer: str
    owner: str
    since: date
    twins: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.state in OPEN_NOTES


@dataclass(slots=True)
class DepartmentNotes:
    """A department of the report, also when it has no notes."""

    code: str
    name: str
    prefix: str
    route: str
    notes: list[NoteRow] = field(default_factory=list)


@dataclass(slots=True)
class ReportPage:
    """A whole report without attendance and tomorrow, which follow from its day."""

    id: int
    production_id: int
    kind: str
    number: int
    on_date: date
    performance_id: int | None
    started: int | None
    ended: int | None
    meal_starts: int | None
    meal_ends: int | None
    general: str
    visitors: str
    incidents: str
    script_changes: str
    run_title: str
    run_minutes: int | None
    author_id: int | None
    author: str
    line: str
    issued: int | None = None
    breaks: list[tuple[int, int]] = field(default_factory=list)
    work: list[WorkRow] = field(default_factory=list)
    departments: list[DepartmentNotes] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return f"{self.kind.capitalize()} report #{self.number}"

    @property
    def worked(self) -> int | None:
        """Minutes worked, without the meal."""
        return worked_minutes(self.started, self.ended, self.meal_starts, self.meal_ends)

    @property
    def rooms(self) -> list[str]:
        """Rooms worked in, by name."""
        return sorted({line.room for line in self.work if line.room})


def report_page(conn: Connection, report_id: int) -> ReportPage | None:
    """One report, None when it is gone. Six statements."""
    found = conn.execute(
        select(
            Report.id,
            Report.production_id,
            Report.kind,
            Report.number,
            Report.on_date,
            Report.performance_id,
            Report.started,
            Report.ended,
            Report.meal_starts,
            Report.meal_ends,
            Report.general,
            Report.visitors,
            Report.incidents,
            Report.script_changes,
            Report.run_title,
            Report.run_minutes,
            Report.author_id,
            func.coalesce(Person.name, ""),
            Report.line,
        )
        .outerjoin(Person, Person.id == Report.author_id)
        .where(Report.id == report_id)
    ).first()
    if found is None:
        return None
    page = ReportPage(*tuple(found))
    page.issued = conn.execute(
        select(func.max(Issue.version)).where(
            Issue.production_id == page.production_id,
            Issue.document == f"{page.kind}-report",
            Issue.subject == str(page.number),
        )
    ).scalar()
    breaks = select(ReportBreak.starts_wall, ReportBreak.ends_wall).where(ReportBreak.report_id == page.id)
    page.breaks = [(start, end) for start, end in conn.execute(breaks.order_by(ReportBreak.starts_wall))]
    page.work = _work(conn, page.id)
    page.departments = note_departments(conn, page.id, page.production_id)
    return page


def report_by_number(
    conn: Connection, production_id: int, number: int, kind: str = "rehearsal"
) -> ReportPage | None:
    """The report with this number, None when there is none."""
    found = conn.execute(
        select(Report.id).where(
            Report.production_id == production_id, Report.kind == kind, Report.number == number
        )
    ).scalar()
    return report_page(conn, found) if found is not None else None


def _work(conn: Connection, report_id: int) -> list[WorkRow]:
    found = conn.execute(
        select(
            ReportWork.id,
            ReportWork.event_id,
            ReportWork.starts_wall,
            ReportWork.ends_wall,
            ReportWork.room,
            ReportWork.text,
            ReportWork.led_by,
            ReportWork.run_minutes,
        )
        .where(ReportWork.report_id == report_id)
        .order_by(ReportWork.starts_wall, ReportWork.position, ReportWork.id)
    )
    return [WorkRow(*row) for row in found]


# --- notes -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Stored:
    """A note of a production, wherever it stands."""

    id: int
    production_id: int
    report_id: int
    on_date: date
    department_id: int
    department: str
    department_name: str
    prefix: str
    number: int
    text: str
    state: str
    answer: str
    owner: str
    carried_from_id: int | None
    twin_id: int | None
    position: int


def _stored(conn: Connection, production_ids: Iterable[int]) -> list[_Stored]:
    found = conn.execute(
        select(
            Note.id,
            Note.production_id,
            Note.report_id,
            Report.on_date,
            Note.department_id,
            Department.code,
            Department.name,
            Department.prefix,
            Note.number,
            Note.text,
            Note.state,
            Note.answer,
            Note.owner,
            Note.carried_from_id,
            Note.twin_id,
            Note.position,
        )
        .join(Report, Report.id == Note.report_id)
        .join(Department, Department.id == Note.department_id)
        .where(Note.production_id.in_(list(production_ids)))
        .order_by(Department.position, Note.number, Note.id)
    )
    return [_Stored(*tuple(row)) for row in found]


def _row(note: _Stored, by_id: dict[int, _Stored]) -> NoteRow:
    first = note
    while first.carried_from_id is not None and first.carried_from_id in by_id:
        first = by_id[first.carried_from_id]
    twins: list[str] = []
    seen, twin = {note.id}, note.twin_id
    while twin is not None and twin in by_id and twin not in seen:
        seen.add(twin)
        other = by_id[twin]
        name = f"{other.department_name} {note_code(other.prefix, other.number)}"
        if other.department_id != note.department_id and name not in twins:
            twins.append(name)
        twin = other.twin_id
    return NoteRow(
        id=note.id,
        production_id=note.production_id,
        report_id=note.report_id,
        department=note.department,
        department_name=note.department_name,
        code=note_code(note.prefix, note.number),
        number=note.number,
        text=note.text,
        state=note.state,
        answer=note.answer,
        owner=note.owner,
        since=first.on_date,
        twins=twins,
    )


def note_departments(conn: Connection, report_id: int, production_id: int) -> list[DepartmentNotes]:
    """Every department in the order reports print them, with its notes in this report. Two statements.

    A hidden department appears only when it has notes.
    """
    found = conn.execute(
        select(
            Department.code, Department.name, Department.prefix, Department.route, Department.hidden
        ).order_by(Department.position, Department.id)
    ).all()
    departments = {row.code: DepartmentNotes(*row[:4]) for row in found}
    stored = _stored(conn, (production_id,))
    by_id = {note.id: note for note in stored}
    for note in stored:
        if note.report_id == report_id:
            departments[note.department].notes.append(_row(note, by_id))
    hidden = {row.code for row in found if row.hidden}
    return [one for one in departments.values() if one.notes or one.code not in hidden]


def open_note_rows(conn: Connection, production_ids: Iterable[int]) -> list[NoteRow]:
    """Notes of these productions nobody has answered, once each at its newest place, oldest first. One statement."""
    stored = _stored(conn, production_ids)
    by_id = {note.id: note for note in stored}
    continued = {note.carried_from_id for note in stored}
    rows = [_row(note, by_id) for note in stored if note.state in OPEN_NOTES and note.id not in continued]
    return sorted(rows, key=lambda row: row.since)
