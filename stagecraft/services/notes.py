"""Commands on the notes of a report: posting them to departments, answering, carrying over, the half-typed line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import func, select

from stagecraft.base.errors import Refused
from stagecraft.domain.note_routing import GENERAL, route_note
from stagecraft.domain.reports import OPEN_NOTES
from stagecraft.services.command import Command
from stagecraft.services.fields import line, needed, prose
from stagecraft.store.schema import Department, Issue, Note, Report

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


def carry_open_notes(work: UnitOfWork, report: Report) -> int:
    """Copy what nobody has answered into `report`, with its numbers; returns how many.

    A note is carried from the newest place it stands in, so it is never carried twice.
    """
    notes = work.session.scalars(
        select(Note)
        .join(Report, Report.id == Note.report_id)
        .where(Note.production_id == report.production_id, Note.state.in_(OPEN_NOTES))
        .where(Report.on_date <= report.on_date, Note.report_id != report.id)
        .order_by(Note.department_id, Note.number, Note.id)
    ).all()
    continued = set(
        work.session.scalars(
            select(Note.carried_from_id).where(
                Note.production_id == report.production_id, Note.carried_from_id.is_not(None)
            )
        )
    )
    copies: dict[int, Note] = {}
    for old in notes:
        if old.id not in continued:
            copies[old.id] = work.add(
                Note(
                    production_id=old.production_id,
                    report_id=report.id,
                    department_id=old.department_id,
                    number=old.number,
                    text=old.text,
                    state="carried",
                    answer="",
                    carried_from_id=old.id,
                    twin_id=old.twin_id,
                    owner=old.owner,
                    position=len(copies) + 1,
                )
            )
    for copy in copies.values():
        twin = copies.get(copy.twin_id) if copy.twin_id is not None else None
        if twin is not None:
            copy.twin_id = twin.id
    return len(copies)


def _next_number(work: UnitOfWork, production: int, department: int) -> int:
    last = work.session.scalar(
        select(func.max(Note.number)).where(Note.production_id == production, Note.department_id == department)
    )
    return (last or 0) + 1


def _next_position(work: UnitOfWork, report: int) -> int:
    last = work.session.scalar(select(func.max(Note.position)).where(Note.report_id == report))
    return (last or 0) + 1


@dataclass(frozen=True, slots=True)
class AddNote(Command):
    """Post a note to one or more departments (codes) of a report; returns the tuple of new ids.

    Posted to several it stands in each of them, numbered there, as twins that share their text. `general` adds it
    to what affects everybody. The half-typed line of the report is emptied in the same step.
    """

    label: ClassVar[str] = "add a note to report {report}"
    report: int
    departments: tuple[str, ...]
    text: str
    owner: str = ""

    def apply(self, work: UnitOfWork) -> tuple[int, ...]:
        report = work.get(Report, self.report)
        text = needed(self.text, "note.no_text", "Type the note after its department.", field="text")
        by_code = {row.code: row for row in work.session.scalars(select(Department))}
        added = []
        for code in dict.fromkeys(self.departments or (GENERAL,)):
            if code == GENERAL:
                report.general = f"{report.general}\n{text}" if report.general else text
            elif code in by_code:
                added.append(self._post(work, report, by_code[code].id, text))
            else:
                raise Refused("note.department", f"There is no department called {code}.", field="departments")
        if len(added) > 1:
            for one, twin in zip(added, [*added[1:], added[0]], strict=True):
                one.twin_id = twin.id
        report.line = ""
        work.label(report=report.id, **({"note": added[0].id} if added else {}))
        return tuple(one.id for one in added)

    def _post(self, work: UnitOfWork, report: Report, department: int, text: str) -> Note:
        return work.add(
            Note(
                production_id=report.production_id,
                report_id=report.id,
                department_id=department,
                number=_next_number(work, report.production_id, department),
                text=text,
                state="new",
                answer="",
                carried_from_id=None,
                twin_id=None,
                owner=line(self.owner, "owner"),
                position=_next_position(work, report.id),
            )
        )


@dataclass(frozen=True, slots=True)
class TypeNote(Command):
    """Post what was typed in the note line, `p,s: 2 mic stands`, to the departments it names; returns new ids."""

    label: ClassVar[str] = "add a note to report {report}"
    report: int
    typed: str

    def apply(self, work: UnitOfWork) -> tuple[int, ...]:
        routed = route_note(self.typed)
        return AddNote(self.report, routed.departments, routed.text).apply(work)


@dataclass(frozen=True, slots=True)
class KeepLine(Command):
    """Keep what stands half-typed in the note line, so that it survives a crash."""

    label: ClassVar[str] = "type a note in report {report}"
    continues: ClassVar[bool] = True
    report: int
    text: str

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Report, self.report)
        row.line = self.text
        work.label(report=row.id)


def _twins(work: UnitOfWork, note: Note) -> Iterator[Note]:
    """The note and its twins in the same report."""
    yield note
    seen = {note.id}
    twin = note.twin_id
    while twin is not None and twin not in seen:
        other = work.find(Note, twin)
        if other is None or other.report_id != note.report_id:
            return
        seen.add(other.id)
        yield other
        twin = other.twin_id


def _with_copies(work: UnitOfWork, note: Note) -> Iterator[Note]:
    """The note and every place it was carried to since."""
    current: Note | None = note
    while current is not None:
        yield current
        current = work.session.scalars(select(Note).where(Note.carried_from_id == current.id)).first()


@dataclass(frozen=True, slots=True)
class EditNote(Command):
    """Change the text of a note (and of its twins) or who sees to it."""

    label: ClassVar[str] = "change note {note}"
    note: int
    text: str | None = None
    owner: str | None = None

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Note, self.note)
        if self.text is not None:
            text = needed(self.text, "note.no_text", "A note needs words; remove it instead.", field="text")
            for one in list(_twins(work, row)):
                one.text = text
        if self.owner is not None:
            row.owner = line(self.owner, "owner")
        work.label(note=row.id, report=row.report_id)
        return row.id


def _settle(work: UnitOfWork, note: Note, state: str, answer: str | None) -> None:
    for one in list(_with_copies(work, note)):
        one.state = state
        if answer is not None:
            one.answer = prose(answer, "answer")


@dataclass(frozen=True, slots=True)
class AnswerNote(Command):
    """Write down the department's answer; the note no longer carries over. An empty answer opens it again."""

    label: ClassVar[str] = "answer note {note}"
    note: int
    answer: str

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Note, self.note)
        if self.answer.strip():
            _settle(work, row, "answered", self.answer)
        else:
            _reopen(work, row)
        work.label(note=row.id, report=row.report_id)
        return row.id


def _reopen(work: UnitOfWork, note: Note) -> None:
    for one in list(_with_copies(work, note)):
        one.answer = ""
        one.state = "carried" if one.carried_from_id is not None else "new"


@dataclass(frozen=True, slots=True)
class FinishNote(Command):
    """Mark a note as done, here and wherever it was carried to; `done=False` opens it again."""

    label: ClassVar[str] = "finish note {note}"
    note: int
    done: bool = True

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Note, self.note)
        if self.done:
            _settle(work, row, "done", None)
        else:
            _reopen(work, row)
        work.label(note=row.id, report=row.report_id)
        return row.id


@dataclass(frozen=True, slots=True)
class MoveNote(Command):
    """Send a note to another department, where it gets the next number; a printed number stays where it is."""

    label: ClassVar[str] = "move note {note}"
    note: int
    department: str

    def apply(self, work: UnitOfWork) -> int:
        row = work.get(Note, self.note)
        report = work.get(Report, row.report_id)
        target = work.session.scalars(select(Department).where(Department.code == self.department)).first()
        if target is None:
            raise Refused(
                "note.department", f"There is no department called {self.department}.", field="department"
            )
        if target.id != row.department_id:
            _refuse_printed(work, report, "moved")
            row.number = _next_number(work, row.production_id, target.id)
            row.department_id = target.id
        work.label(note=row.id, report=row.report_id)
        return row.id


@dataclass(frozen=True, slots=True)
class RemoveNote(Command):
    """Remove a note from a report that has not been issued; `twins` removes it from the other departments too."""

    label: ClassVar[str] = "remove a note from report {report}"
    note: int
    twins: bool = False

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Note, self.note)
        report = work.get(Report, row.report_id)
        _refuse_printed(work, report, "removed")
        ring = list(_twins(work, row))
        gone = ring if self.twins else ring[:1]
        left = [one for one in ring if one not in gone]
        for one, twin in zip(left, [*left[1:], *left[:1]], strict=True):
            one.twin_id = twin.id if twin is not one else None
        work.label(report=row.report_id)
        for one in gone:
            work.remove(one)


def _refuse_printed(work: UnitOfWork, report: Report, verb: str) -> None:
    """A note whose number left the house keeps it: departments refer to it."""
    issued = work.session.scalars(
        select(Issue.id).where(
            Issue.production_id == report.production_id,
            Issue.document == f"{report.kind}-report",
            Issue.subject == str(report.number),
        )
    ).first()
    if issued is not None:
        raise Refused(
            "note.issued",
            f"Report #{report.number} has been issued; its notes are not {verb}. Mark it done instead.",
        )
