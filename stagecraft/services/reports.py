"""Commands on reports: starting one with what the calendar knows, its times, breaks and work done.

Notes to departments live in `services.notes`; who was late or absent is marked in the calendar (`MarkAttendance`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, select

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import REHEARSAL_KINDS
from stagecraft.domain.reports import REPORT_KINDS, common_pause, work_text
from stagecraft.domain.times import DAY, time_text, wall, work_day_span
from stagecraft.queries.calendar import EventRow, call_rows, event_rows
from stagecraft.services.command import Command
from stagecraft.services.fields import line, needed, write_fields
from stagecraft.services.notes import carry_open_notes
from stagecraft.store.schema import (
    Block,
    Issue,
    Performance,
    Person,
    Production,
    Report,
    ReportBreak,
    ReportWork,
)

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

REPORT_FIELDS = (
    "on_date",
    "started",
    "ended",
    "meal_starts",
    "meal_ends",
    "general",
    "visitors",
    "incidents",
    "script_changes",
    "run_title",
    "run_minutes",
    "author_id",
)
_WORK_FIELDS = ("starts_wall", "ends_wall", "room", "text", "led_by", "run_minutes", "position")


def document_of(kind: str) -> str:
    """Name of the document a kind of report is printed as."""
    return f"{kind}-report"


def issued_numbers(work: UnitOfWork, production: int, kind: str) -> set[int]:
    """Numbers of reports that left the house; they are never given again."""
    subjects = work.session.scalars(
        select(Issue.subject).where(Issue.production_id == production, Issue.document == document_of(kind))
    )
    return {int(subject) for subject in subjects if subject.isdigit()}


@dataclass(frozen=True, slots=True)
class StartReport(Command):
    """Start the report of a day; returns its id.

    Numbers run on per production and kind (a number given by hand must be free). It opens with the day's times,
    meal, breaks and work from the calendar, and with the notes nobody has answered.
    """

    label: ClassVar[str] = "start report {report}"
    production: int
    on_date: date
    kind: str = "rehearsal"
    number: int | None = None
    performance: int | None = None
    author: int | None = None

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        if self.kind not in REPORT_KINDS:
            raise ValueError(f"no report kind {self.kind}")
        if self.performance is not None:
            work.get(Performance, self.performance)
        if self.author is not None:
            work.get(Person, self.author)
        number = self._number(work)
        report = work.add(
            Report(
                production_id=self.production,
                kind=self.kind,
                number=number,
                on_date=self.on_date,
                performance_id=self.performance,
                started=None,
                ended=None,
                meal_starts=None,
                meal_ends=None,
                general="",
                visitors="",
                incidents="",
                script_changes="",
                run_title="",
                run_minutes=None,
                author_id=self.author,
                line="",
            )
        )
        if self.kind == "rehearsal":
            _fill_from_calendar(work, report)
        carry_open_notes(work, report)
        work.label(report=report.id, production=self.production, day=self.on_date.isoformat())
        return report.id

    def _number(self, work: UnitOfWork) -> int:
        rows = work.session.scalars(
            select(Report.number).where(Report.production_id == self.production, Report.kind == self.kind)
        )
        taken = set(rows) | issued_numbers(work, self.production, self.kind)
        if self.number is None:
            return max(taken, default=0) + 1
        if self.number < 1:
            raise Refused("report.number", "Reports are numbered from 1.", field="number")
        if self.number in taken:
            raise Refused("report.number", f"Number {self.number} is already given.", field="number")
        return self.number


def _fill_from_calendar(work: UnitOfWork, report: Report) -> None:
    """Times, meal, breaks and work of the day's rehearsals."""
    work.session.flush()
    conn = work.session.connection()
    start, end = work_day_span(report.on_date)
    day = [
        event
        for event in event_rows(conn, start, end, [report.production_id])
        if event.state != "cancelled" and event.day == report.on_date
    ]
    worked = [event for event in day if event.kind in REHEARSAL_KINDS]
    if not worked:
        return
    leaders: dict[int, list[str]] = {}
    for call in call_rows(conn, [event.id for event in worked]):
        if call.source == "leader" and call.status != "released":
            leaders.setdefault(call.event_id, []).append(call.short)
    report.started = min(event.starts_wall for event in worked)
    report.ended = max(event.ends_wall for event in worked)
    report.meal_starts, report.meal_ends = _meal(day, worked)
    for position, event in enumerate(worked, 1):
        _add_event_work(work, report, event, ", ".join(leaders.get(event.id, ())), position)
    _add_planned_breaks(work, report, [event.id for event in worked])


def _meal(day: Sequence[EventRow], worked: Sequence[EventRow]) -> tuple[int | None, int | None]:
    """The planned meal, else the pause all rooms share."""
    for event in day:
        if event.kind == "meal":
            return event.starts_wall, event.ends_wall
    pause = common_pause([(event.starts_wall, event.ends_wall) for event in worked])
    return pause or (None, None)


def _add_event_work(work: UnitOfWork, report: Report, event: EventRow, led_by: str, position: int) -> None:
    work.add(
        ReportWork(
            report_id=report.id,
            event_id=event.id,
            starts_wall=event.starts_wall,
            ends_wall=event.ends_wall,
            room=event.space,
            text=work_text(event.kind, event.title, [(unit.number, unit.name) for unit in event.units]),
            led_by=led_by,
            run_minutes=None,
            position=position,
        )
    )


def _add_planned_breaks(work: UnitOfWork, report: Report, event_ids: Sequence[int]) -> None:
    if work.session.scalars(select(ReportBreak.id).where(ReportBreak.report_id == report.id).limit(1)).first():
        return  # breaks as they were taken are worth more than breaks as planned
    planned = work.session.execute(
        select(Block.starts_wall, Block.ends_wall)
        .where(Block.event_id.in_(event_ids), Block.kind == "break")
        .order_by(Block.starts_wall)
        .distinct()
    ).all()
    for starts, ends in planned:
        work.add(ReportBreak(report_id=report.id, starts_wall=starts, ends_wall=ends))


@dataclass(frozen=True, slots=True)
class EditReport(Command):
    """Change times (wall minutes) or texts of a report."""

    label: ClassVar[str] = "change {field} of report {report}"
    report: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Report, self.report)
        after = {name: self.changes.get(name, getattr(row, name)) for name in REPORT_FIELDS}
        _check_order(after["started"], after["ended"], "ended", "The end lies before the start.")
        _check_order(after["meal_starts"], after["meal_ends"], "meal_ends", "The meal ends before it starts.")
        minutes = after["run_minutes"]
        if minutes is not None and not 0 < minutes <= DAY:
            raise Refused("report.run", "A run lasts between 1 minute and a day.", field="run_minutes")
        write_fields(row, self.changes, REPORT_FIELDS)
        work.label(report=row.id, field=next(iter(self.changes), ""))
        return row.id


@dataclass(frozen=True, slots=True)
class TypeReport(Command):
    """Keep a text of a report while it is being typed; a run of typing is one undo step."""

    label: ClassVar[str] = "change {field} of report {report}"
    continues: ClassVar[bool] = True
    report: int
    field: str
    text: str

    def apply(self, work: UnitOfWork) -> None:
        EditReport(self.report, {self.field: self.text}).apply(work)


def _check_order(first: int | None, last: int | None, field: str, sentence: str) -> None:
    if first is not None and last is not None and last < first:
        raise Refused("report.order", sentence, field=field)


@dataclass(frozen=True, slots=True)
class RenumberReport(Command):
    """Give a report another free number; one that was issued keeps its own."""

    label: ClassVar[str] = "renumber report {report}"
    report: int
    number: int

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Report, self.report)
        if self.number < 1:
            raise Refused("report.number", "Reports are numbered from 1.", field="number")
        issued = issued_numbers(work, row.production_id, row.kind)
        if row.number in issued:
            raise Refused(
                "report.issued", f"Report #{row.number} has been issued and keeps its number.", field="number"
            )
        others = work.session.scalars(
            select(Report.number).where(
                Report.production_id == row.production_id, Report.kind == row.kind, Report.id != row.id
            )
        )
        if self.number in issued | set(others):
            raise Refused("report.number", f"Number {self.number} is already given.", field="number")
        row.number = self.number
        work.label(report=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveReport(Command):
    """Remove a report that never left the house; an issued one stays, and so does its number."""

    label: ClassVar[str] = "remove the report of {day}"
    report: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Report, self.report)
        if row.number in issued_numbers(work, row.production_id, row.kind):
            raise Refused("report.issued", f"Report #{row.number} has been issued and stays on file.")
        work.label(production=row.production_id, day=row.on_date.isoformat())
        work.remove(row)


@dataclass(frozen=True, slots=True)
class SetBreaks(Command):
    """Set all breaks of a report, as (start, end) wall minutes."""

    label: ClassVar[str] = "change the breaks of report {report}"
    report: int
    breaks: tuple[tuple[int, int], ...]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Report, self.report)
        wanted = sorted(set(self.breaks))
        for starts, ends in wanted:
            if ends <= starts:
                raise Refused(
                    "report.break", f"The break at {time_text(starts)} ends before it starts.", field="breaks"
                )
        old = work.session.scalars(select(ReportBreak).where(ReportBreak.report_id == row.id)).all()
        kept = set()
        for one in old:
            span = (one.starts_wall, one.ends_wall)
            if span in wanted and span not in kept:
                kept.add(span)
            else:
                work.remove(one)
        for starts, ends in wanted:
            if (starts, ends) not in kept:
                work.add(ReportBreak(report_id=row.id, starts_wall=starts, ends_wall=ends))
        work.label(report=row.id)
        return row.id


@dataclass(frozen=True, slots=True)
class AddWork(Command):
    """Add a line of work done; returns its id. Without times it takes the report's own."""

    label: ClassVar[str] = "add work to report {report}"
    report: int
    text: str
    starts: int | None = None
    ends: int | None = None
    room: str = ""
    led_by: str = ""

    def apply(self, work: UnitOfWork) -> int:
        report = work.get(Report, self.report)
        text = needed(self.text, "work.no_text", "Say what was worked.", field="text")
        starts = self.starts if self.starts is not None else report.started
        ends = self.ends if self.ends is not None else report.ended
        starts = wall(report.on_date, 10 * 60) if starts is None else starts
        ends = starts + 60 if ends is None else ends
        _check_order(starts, ends, "ends_wall", "That line ends before it starts.")
        last = work.session.scalar(
            select(func.max(ReportWork.position)).where(ReportWork.report_id == report.id)
        )
        row = work.add(
            ReportWork(
                report_id=report.id,
                event_id=None,
                starts_wall=starts,
                ends_wall=ends,
                room=line(self.room, "room"),
                text=text,
                led_by=line(self.led_by, "led_by"),
                run_minutes=None,
                position=(last or 0) + 1,
            )
        )
        work.label(report=report.id)
        return row.id


@dataclass(frozen=True, slots=True)
class EditWork(Command):
    """Change a line of work done: times, room, text, who led, run time."""

    label: ClassVar[str] = "change work in report {report}"
    line: int
    changes: Mapping[str, Any]

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(ReportWork, self.line)
        if "text" in self.changes:
            needed(self.changes["text"], "work.no_text", "Say what was worked.", field="text")
        _check_order(
            self.changes.get("starts_wall", row.starts_wall),
            self.changes.get("ends_wall", row.ends_wall),
            "ends_wall",
            "That line ends before it starts.",
        )
        write_fields(row, self.changes, _WORK_FIELDS)
        work.label(report=row.report_id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveWork(Command):
    label: ClassVar[str] = "remove work from report {report}"
    line: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(ReportWork, self.line)
        work.label(report=row.report_id)
        work.remove(row)


@dataclass(frozen=True, slots=True)
class FillFromCalendar(Command):
    """Read times, meal and work of the day again; lines typed by hand stay, those from the calendar are renewed."""

    label: ClassVar[str] = "fill report {report} from the calendar"
    report: int

    def apply(self, work: UnitOfWork) -> int:
        report = work.get(Report, self.report)
        if report.kind != "rehearsal":
            raise Refused("report.kind", "Only a rehearsal report is filled from the calendar.")
        rows = work.session.scalars(select(ReportWork).where(ReportWork.report_id == report.id)).all()
        for row in rows:
            if row.event_id is not None:
                work.remove(row)
        _fill_from_calendar(work, report)
        work.label(report=report.id, day=report.on_date.isoformat())
        return report.id
