"""What a person does in each production: tracks, covers and jobs with their dates, and giving them new ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from stagecraft.domain.kinds import ASSIGNMENT_KINDS, JOB_GROUPS, READINESS, job_group
from stagecraft.queries.company import ProductionRow
from stagecraft.queries.people import AssignmentRow, JobRow, PersonRow, ReadinessRow, job_rows
from stagecraft.queries.script import TrackRow, track_rows
from stagecraft.services.people import (
    AddJobFor,
    Assign,
    EditAssignment,
    EditJob,
    SetReadiness,
    Unassign,
)
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.script_inspector import Slot
from stagecraft.ui.widgets.buttons import IconButton, MenuButton
from stagecraft.ui.widgets.chips import Chip, production_chip
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit, NumberEdit
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import FieldRow, Spaced

COVERS = ("cover", "standby", "alternate")
READINESS_WORDS = tuple((code, "not begun" if code == "none" else code) for code in READINESS)


class AssignmentCard(QWidget):
    """One assignment: what, kind, first and last day; for a cover its rank and how ready they are."""

    opened = Signal(object)

    def __init__(self, desk: Desk, assignment: int) -> None:
        super().__init__()
        self.desk, self.id = desk, assignment
        self._row: AssignmentRow | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 6)
        outer.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.chip = Chip(production_chip("", "text2"))
        head.addWidget(self.chip)
        self.what = ElidedLabel("", "strong")
        head.addWidget(self.what, 1)
        head.addWidget(IconButton("close", "Take this away", size=24, on_click=self._remove))
        outer.addLayout(head)
        self.kind = Combo(name="Kind")
        self.rank = NumberEdit(name="Which cover, 1 is the first", low=1, high=20)
        self.rank.setFixedWidth(40)
        self.kind_row = FieldRow("As", self.kind, after=(self.rank,))
        self.group = Combo(list(JOB_GROUPS.items()), name="Group of the job")
        self.group_row = FieldRow("Group", self.group)
        self.first = DateEdit(optional=True, name="First day")
        self.last = DateEdit(optional=True, name="Last day")
        self.first.setPlaceholderText("from the start")
        self.last.setPlaceholderText("to the end")
        self.first_row, self.last_row = FieldRow("From", self.first), FieldRow("To", self.last)
        self.ready = Combo(READINESS_WORDS, name="How ready")
        self.ready_row = FieldRow("Ready", self.ready)
        for row in (self.kind_row, self.group_row, self.first_row, self.last_row, self.ready_row):
            outer.addWidget(row)
        self.kind.committed.connect(lambda value: self._edit(self.kind_row, kind=value))
        self.rank.committed.connect(lambda value: self._edit(self.kind_row, rank=value or 0))
        self.group.committed.connect(self._set_group)
        self.first.committed.connect(lambda value: self._edit(self.first_row, starts_on=value))
        self.last.committed.connect(lambda value: self._edit(self.last_row, ends_on=value))
        self.ready.committed.connect(self._set_ready)

    def _edit(self, row: FieldRow, **changes: Any) -> None:
        self.desk.do(EditAssignment(self.id, changes), "company", fields=row)

    def _set_group(self, group: str) -> None:
        if self._row is not None and self._row.job_id is not None:
            self.desk.do(EditJob(self._row.job_id, group), "company", fields=self.group_row)

    def _remove(self) -> None:
        self.desk.do(Unassign(self.id), "company")

    def _set_ready(self, state: str) -> None:
        if self._row is not None and self._row.track_id is not None:
            command = SetReadiness(self._row.person_id, self._row.track_id, state)
            self.desk.do(command, "company", fields=self.ready_row)

    def fill(self, row: AssignmentRow, readiness: ReadinessRow | None, near: Any) -> None:
        """Show an assignment; readiness counts for covers only."""
        self._row = row
        self.chip.set_spec(production_chip(row.production_code, row.production_colour))
        self.what.setText(row.what or "nothing named")
        on_track = row.track_id is not None
        kinds = [(code, word) for code, word in ASSIGNMENT_KINDS.items() if (code != "job") == on_track]
        self.kind.set_items(kinds)
        self.kind_row.set_value(row.kind)
        self.kind_row.setVisible(on_track)
        self.group_row.set_value(row.group)
        self.group_row.setVisible(not on_track)
        covers = row.kind in COVERS or (row.kind == "swing" and row.track_kind != "swing")
        self.rank.setVisible(covers)
        self.rank.set_value(row.rank or None)
        for field, value in ((self.first, row.starts_on), (self.last, row.ends_on)):
            field.set_near(near)
            field.set_value(value)
        self.ready_row.setVisible(covers)
        self.ready_row.set_value(readiness.state if readiness else "none")


class Assignments(QWidget):
    """All assignments of a person, and a menu with every track and job they could have."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._person = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        self.none = Label("Nothing yet: give them a role, a cover or a job.", "secondary", wrap=True)
        outer.addWidget(self.none)
        self.cards = Slot()
        outer.addWidget(self.cards)
        self.give = MenuButton(
            "Role or cover", self._fill, icon="plus", small=True, tip="Give them a role or a cover"
        )
        outer.addWidget(Spaced(self.give))
        self.job_group = Combo(list(JOB_GROUPS.items()), "crew", name="Group of the new job")
        self.job = LineEdit(placeholder="or a job: Dresser", name="New job")
        self.job_row = FieldRow("", self.job, label_width=0)
        self._group_chosen = False
        self.job_group.committed.connect(self._choose_group)
        self.job.textEdited.connect(self._guess_group)
        self.job.committed.connect(self._add_job)
        self.job_group.setMinimumContentsLength(4)
        new_job = QHBoxLayout()
        new_job.setSpacing(8)
        new_job.addWidget(self.job_row, 3)
        new_job.addWidget(self.job_group, 2)
        outer.addLayout(new_job)

    def show_person(self, row: PersonRow, readiness: Sequence[ReadinessRow]) -> None:
        """Show someone's assignments."""
        self._person = row.id
        self.none.setVisible(not row.assignments)
        ready = {r.track_id: r for r in readiness}
        here = self.desk.productions
        mine = sorted(
            row.assignments, key=lambda a: here.index(a.production_id) if a.production_id in here else 99
        )
        wanted = [(("assignment", a.id), partial(AssignmentCard, self.desk, a.id)) for a in mine]
        for card, assignment in zip(self.cards.show_rows(wanted), mine, strict=True):
            card.fill(assignment, ready.get(assignment.track_id or 0), self.desk.date)

    def _productions(self) -> list[ProductionRow]:
        chosen = self.desk.productions
        return [row for row in self.desk.all_productions() if row.id in chosen]

    def _fill(self, menu: QMenu) -> None:
        rows = self._productions()
        for production in rows:
            into = menu.addMenu(production.name) if len(rows) > 1 else menu
            tracks = self.desk.read(track_rows, (production.id,), self.desk.date)
            jobs = self.desk.read(job_rows, (production.id,))
            self._fill_production(into, production.id, tracks, jobs)
        if not rows:
            menu.addAction("Start a production", self.desk.production_wanted.emit)

    def _fill_production(
        self, menu: QMenu, production: int, tracks: Sequence[TrackRow], jobs: Sequence[JobRow]
    ) -> None:
        plays, covers, works = menu.addMenu("Plays"), menu.addMenu("Covers"), menu.addMenu("Works as")
        for track in tracks:
            words = track.name if track.name == track.code else f"{track.code}  {track.name}"
            words = words.replace("&", "&&")
            holder = f", now {track.person_short}" if track.person_short else ""
            plays.addAction(f"{words}{holder}", partial(self._assign, production, track=track.id))
            if track.kind != "swing":
                covers.addAction(words, partial(self._assign, production, track=track.id, kind="cover"))
        for job in jobs:
            works.addAction(job.name.replace("&", "&&"), partial(self._assign, production, job=job.id))
        for submenu in (plays, covers, works):
            submenu.menuAction().setVisible(bool(submenu.actions()))
        if not tracks:
            menu.addAction("Add characters to the script", lambda: self.desk.open_page("script"))

    def _assign(self, production: int, **what: Any) -> None:
        if what.get("kind") == "cover":
            what["rank"] = 1
        self.desk.do(Assign(self._person, production, **what), "company")

    def _choose_group(self, _group: str) -> None:
        self._group_chosen = True

    def _guess_group(self, name: str) -> None:
        if not self._group_chosen:
            self.job_group.set_value(job_group(name))

    def _add_job(self, name: str) -> None:
        production = self.desk.production
        if not name:
            return
        if production is None:
            self.job_row.refuse("Start a production first: a job belongs to one.")
            return
        command = AddJobFor(self._person, production, name, self.job_group.value())
        if self.desk.do(command, "company", fields=self.job_row):
            self.job.set_value("")
            self._group_chosen = False
