"""The inspector of a report: what waits for an answer, and where the notes go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.times import day_text
from stagecraft.queries.reports import NoteRow, ReportPage, open_note_rows
from stagecraft.services.notes import FinishNote
from stagecraft.ui.pages.report_notes import in_column
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import Chip, ChipSpec
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Inspector

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "reports"


class ReportSide(Inspector):
    """Follows the report shown; a note can be finished from here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Notes")
        self._desk = desk
        self.open_head = self.add_group("Waiting for an answer")
        self._open = self._box()
        self.add_group("Where notes go", "in this report")
        self._where = self._box()
        kept = QWidget()
        row = QHBoxLayout(kept)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(IconMark("check", "okMark", 14))
        row.addWidget(Label("Nothing typed is lost if the power goes.", "secondary", wrap=True), 1)
        self.add(kept)

    def _box(self) -> QVBoxLayout:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        self.add(box)
        return column

    @staticmethod
    def _empty(column: QVBoxLayout) -> None:
        while column.count():
            old = column.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def show_report(self, page: ReportPage) -> None:
        self._empty(self._open)
        self._empty(self._where)
        waiting = self._desk.read(open_note_rows, (page.production_id,))
        self.open_head.set("Waiting for an answer", str(len(waiting)))
        for note in waiting:
            self._open.addWidget(self._waiting(note))
        if not waiting:
            self._open.addWidget(Label("Every note is answered or done.", "secondary", wrap=True))
        for department in page.departments:
            if department.notes:
                fresh = sum(1 for note in department.notes if note.open)
                self._where.addWidget(self._count(department.name, len(department.notes), fresh))
        if not any(department.notes for department in page.departments):
            self._where.addWidget(
                Label("No notes yet. Type the first one below the sheet.", "secondary", wrap=True)
            )

    def _waiting(self, note: NoteRow) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(in_column(Chip(ChipSpec(note.code), tip=note.department_name)))
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(Label(note.text, "body", wrap=True))
        days = (self._desk.today - note.since).days
        age = ", today" if days == 0 else ", 1 day" if days == 1 else f", {days} days" if days > 1 else ""
        text.addWidget(Label(f"since {day_text(note.since)}{age}", "caption", tone="amber" if days > 2 else ""))
        row.addLayout(text, 1)
        row.addWidget(
            Button("Done", small=True, tip=f"{note.code} is done", on_click=partial(self._finish, note.id))
        )
        return box

    def _finish(self, note: int) -> None:
        self._desk.do(FinishNote(note), ORIGIN)

    @staticmethod
    def _count(name: str, count: int, fresh: int) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(name, "strong"), 1)
        words = f"{fresh} open" if fresh else "all answered"
        row.addWidget(Label(words if fresh == count or not fresh else f"{fresh} of {count} open", "secondary",
                            tone="" if fresh else "ok"))  # fmt: skip
        return box
