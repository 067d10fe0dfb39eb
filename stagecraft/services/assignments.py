"""Commands about who does what in a production: jobs, assignments to tracks and jobs, covers' readiness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import ASSIGNMENT_KINDS, JOB_GROUPS, READINESS
from stagecraft.services.command import Command
from stagecraft.services.fields import checked_person, field_word, line, set_fields
from stagecraft.services.places import place, rows_of
from stagecraft.store.schema import Assignment, CoverReadiness, Job, Person, Production, Track

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

_ASSIGNMENT_FIELDS = {
    "person_id",
    "track_id",
    "job_id",
    "kind",
    "rank",
    "starts_on",
    "ends_on",
    "note",
    "contract_id",
}


@dataclass(frozen=True, slots=True)
class AddJob(Command):
    """Open a job in a production; `group` is one of domain.kinds.JOB_GROUPS. Returns its id.

    The same name in the same group is the same job, so that two assistants share one.
    """

    label: ClassVar[str] = "add {job}"
    production: int
    name: str
    group: str = "other"

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        name = checked_person({"name": self.name})["name"]
        _known_group(self.group)
        jobs = rows_of(work, Job, production_id=self.production)
        same = next((job for job in jobs if job.name == name and job.group == self.group), None)
        if same is None:
            same = work.add(
                Job(production_id=self.production, name=name, group=self.group, position=place(jobs))
            )
        work.label(job=same.id)
        return int(same.id)


@dataclass(frozen=True, slots=True)
class EditJob(Command):
    """Put a job on another group of the lists, for everybody who has it.

    Where that group has a job of the same name already, the two become one.
    """

    label: ClassVar[str] = "change {field} of {job}"
    job: int
    group: str

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Job, self.job)
        _known_group(self.group)
        jobs = rows_of(work, Job, production_id=row.production_id)
        same = next((j for j in jobs if (j.name, j.group) == (row.name, self.group) and j is not row), None)
        work.label(job=self.job if same is None else same.id, field="group")
        if same is None:
            set_fields(row, {"group": self.group}, {"group"})
            return
        for assignment in rows_of(work, Assignment, job_id=row.id):
            assignment.job_id = same.id
        work.session.flush()
        work.remove(row)


def _known_group(group: str) -> None:
    if group not in JOB_GROUPS:
        raise Refused("job.group", "Choose one of the groups on the list.", field="group")


def _dates_in_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("assignment.dates", "The last day lies before the first.", field="ends_on")


@dataclass(frozen=True, slots=True)
class Assign(Command):
    """Give a person a track or a job in a production, from `starts_on` to `ends_on`, both days included.

    Without `kind` it follows from the track or is `job`; `rank` orders covers (1 = first). Returns its id.
    """

    label: ClassVar[str] = "assign {person}"
    person: int
    production: int
    track: int | None = None
    job: int | None = None
    kind: str = ""
    rank: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""
    contract: int | None = None

    def apply(self, work: UnitOfWork) -> int:
        work.get(Person, self.person)
        work.get(Production, self.production)
        if (self.track is None) == (self.job is None):
            raise Refused("assignment.to_what", "Choose one track or one job.", field="track")
        row = Assignment(
            person_id=self.person,
            production_id=self.production,
            contract_id=self.contract,
            track_id=self.track,
            job_id=self.job,
            kind=self.kind or _kind_of(work, self.track),
            rank=self.rank,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            note=line(self.note, "note"),
        )
        _check_assignment(work, row)
        work.add(row)
        work.label(person=self.person)
        return int(row.id)


def _kind_of(work: UnitOfWork, track: int | None) -> str:
    return "job" if track is None else work.get(Track, track).kind


def _check_assignment(work: UnitOfWork, row: Assignment) -> None:
    _dates_in_order(row.starts_on, row.ends_on)
    if row.kind not in ASSIGNMENT_KINDS or (row.kind == "job") != (row.track_id is None):
        raise Refused("assignment.kind", "A track is played or covered, a job is done.", field="kind")
    if row.rank < 0:
        raise Refused("assignment.rank", "The first cover is number 1.", field="rank")
    target = work.get(Job, row.job_id) if row.track_id is None else work.get(Track, row.track_id)
    if target.production_id != row.production_id:
        raise Refused("assignment.production", "That belongs to another production.", field="track")


@dataclass(frozen=True, slots=True)
class EditAssignment(Command):
    """Change an assignment: person_id, track_id, job_id, kind, rank, starts_on, ends_on, note, contract_id."""

    label: ClassVar[str] = "change {field} of {person}’s assignment"
    assignment: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Assignment, self.assignment)
        changed = set_fields(row, checked_person(self.changes), _ASSIGNMENT_FIELDS)
        _check_assignment(work, row)
        work.label(person=row.person_id, field=field_word(changed))


@dataclass(frozen=True, slots=True)
class Unassign(Command):
    """Take a track or job from a person; a job that nobody has had any more goes with it."""

    label: ClassVar[str] = "remove {person}’s assignment"
    assignment: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Assignment, self.assignment)
        job = row.job_id
        work.label(person=row.person_id)
        work.remove(row)
        if job is not None and not rows_of(work, Assignment, job_id=job):
            work.remove(work.get(Job, job))


@dataclass(frozen=True, slots=True)
class AddJobFor(Command):
    """Give a person a job by its name, opened in the production when it is new. Returns the assignment's id."""

    label: ClassVar[str] = "make {person} {job}"
    person: int
    production: int
    name: str
    group: str = "other"

    def apply(self, work: UnitOfWork) -> int:
        job = AddJob(self.production, self.name, self.group).apply(work)
        assignment = Assign(self.person, self.production, job=job).apply(work)
        work.label(person=self.person, job=job)
        return assignment


@dataclass(frozen=True, slots=True)
class SetReadiness(Command):
    """Say how far a cover is with a track: none, learning, rehearsed, put-in or performed."""

    label: ClassVar[str] = "set how ready {person} is for {track}"
    person: int
    track: int
    state: str
    cleared_on: date | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> int:
        work.get(Person, self.person)
        work.get(Track, self.track)
        if self.state not in READINESS:
            raise Refused("readiness.state", "Choose one of the words on the list.", field="state")
        row = next(iter(rows_of(work, CoverReadiness, person_id=self.person, track_id=self.track)), None)
        values = {"state": self.state, "cleared_on": self.cleared_on, "note": line(self.note, "note")}
        if row is None:
            row = work.add(CoverReadiness(person_id=self.person, track_id=self.track, **values))
        else:
            set_fields(row, values, values.keys())
        work.label(person=self.person, track=self.track)
        return int(row.id)
