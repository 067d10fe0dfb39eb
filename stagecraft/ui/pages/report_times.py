"""Cards of a rehearsal report: the times of the day, and who was late or not there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.reports import ATTENDANCE_STATES
from stagecraft.domain.times import duration_text
from stagecraft.queries.report_day import AttendedRow, ReportDay, attendance_groups, attended_rows
from stagecraft.queries.reports import ReportPage
from stagecraft.services.availability import MarkAttendance
from stagecraft.services.reports import EditReport, SetBreaks
from stagecraft.ui import words
from stagecraft.ui.pages.report_fields import BreaksEdit, RunEdit, WallEdit
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.fields import Combo, LineEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Card, FieldRow, Ground

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "reports"
LABEL = 112


class _Cell(QWidget):
    """A quarter of the times: a caption, the fields, what was planned."""

    def __init__(self, caption: str, *editors: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(Label(caption, "caption", tone="text2"))
        row = QHBoxLayout()
        row.setSpacing(4)
        for number, editor in enumerate(editors):
            if number:
                row.addWidget(Label("–"))
            row.addWidget(editor)
        row.addStretch(1)
        column.addLayout(row)
        self.below = Label("", "caption", wrap=True)
        column.addWidget(self.below)


class TimesCard(Card):
    """Started, meal, ended, worked; breaks and the run below them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(flush=True)
        self._desk = desk
        self._page: ReportPage | None = None
        self.times = {
            field: WallEdit(name=name)
            for field, name in (
                ("started", "Started"),
                ("meal_starts", "Meal from"),
                ("meal_ends", "Meal until"),
                ("ended", "Ended"),
            )
        }
        self.worked = Label("", "title")
        self._cells = {
            "started": _Cell("Started", self.times["started"]),
            "meal": _Cell("Meal or pause", self.times["meal_starts"], self.times["meal_ends"]),
            "ended": _Cell("Ended", self.times["ended"]),
            "worked": _Cell("Worked", self.worked),
        }
        row = QHBoxLayout()
        row.setSpacing(0)
        for number, one in enumerate(self._cells.values()):
            if number:
                line = Ground("rule")
                line.setFixedWidth(1)
                row.addWidget(line)
            row.addWidget(one, 1)
        self.body.addLayout(row)
        for field, edit in self.times.items():
            edit.committed.connect(partial(self._edit, field))
            edit.refused.connect(partial(self._tell, field))
        self._add_lines()

    def _add_lines(self) -> None:
        line = Ground("rule")
        line.setFixedHeight(1)
        self.body.addWidget(line)
        lines = QVBoxLayout()
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(4)
        self.breaks = FieldRow("Breaks", BreaksEdit(), on_commit=self._set_breaks, label_width=LABEL)
        lines.addWidget(self.breaks)
        run = QHBoxLayout()
        run.setSpacing(8)
        self.run_title = FieldRow("What was run", LineEdit(placeholder="Act I stumble"), label_width=LABEL,
                                  on_commit=partial(self._edit, "run_title"))  # fmt: skip
        self.run_minutes = RunEdit()
        self.run_minutes.setPlaceholderText("0:00")
        self.run_minutes.setFixedWidth(72)
        self.run_minutes.committed.connect(partial(self._edit, "run_minutes"))
        self.run_minutes.refused.connect(self._tell_run)
        run.addWidget(self.run_title, 1)
        run.addWidget(Label("Running time", "label"))
        run.addWidget(self.run_minutes)
        lines.addLayout(run)
        self.body.addLayout(lines)

    def show_report(self, page: ReportPage, day: ReportDay) -> None:
        self._page = page
        for field, edit in self.times.items():
            edit.set_day(page.on_date)
            edit.set_value(getattr(page, field))
        self.worked.setText(duration_text(page.worked) if page.worked is not None else "—")
        self._cells["worked"].below.setText("without the meal")
        self._cells["started"].below.setText(self._planned("called", day.rehearsed_from))
        self._cells["ended"].below.setText(self._planned("planned", day.rehearsed_until))
        self._cells["meal"].below.setText("")
        editor = self.breaks.editor
        assert isinstance(editor, BreaksEdit)
        editor.day, editor.starts = page.on_date, page.started
        self.breaks.set_value(tuple(page.breaks))
        self.run_title.set_value(page.run_title)
        self.run_minutes.set_value(page.run_minutes)

    @staticmethod
    def _planned(word: str, at: int | None) -> str:
        return f"{word} {words.time_text(at)}" if at is not None else "not called"

    def _tell(self, field: str, message: str) -> None:
        """A refusal of a time stands below it."""
        cell = self._cells["meal" if field.startswith("meal") else field]
        if message:
            cell.below.setText(message)
        cell.below.set_tone("red" if message else "text3")

    def _tell_run(self, message: str) -> None:
        self.run_title.set_hint(message)

    def _edit(self, field: str, value: Any) -> None:
        if self._page is None:
            return
        fields = {
            "ended": self.times["ended"],
            "meal_ends": self.times["meal_ends"],
            "run_minutes": self.run_minutes,
        }
        self._desk.do(EditReport(self._page.id, {field: value}), ORIGIN, fields=fields)

    def _set_breaks(self, value: tuple[tuple[int, int], ...]) -> None:
        if self._page is not None:
            self._desk.do(SetBreaks(self._page.id, tuple(value)), ORIGIN, fields=self.breaks)


class AttendanceCard(Card):
    """Who was late or absent, as code words; what the report says of visitors, incidents and pages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page: ReportPage | None = None
        self._people: dict[int, int] = {}
        self.body.setSpacing(4)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._make_mark())
        self.rows: dict[str, FieldRow] = {}
        for field, label, placeholder in (
            ("visitors", "Visitors", "None"),
            ("incidents", "Injuries, incidents", "None; one line, “see incident report”, nothing medical"),
            ("script_changes", "Pages, music", "None issued"),
        ):
            editor = LineEdit(placeholder=placeholder)
            self.rows[field] = FieldRow(label, editor, on_commit=partial(self._edit, field), label_width=LABEL)
            self.body.addWidget(self.rows[field])

    def _make_mark(self) -> QWidget:
        self._mark = QWidget()
        row = QHBoxLayout(self._mark)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = Label("Mark", "label")
        label.setFixedWidth(LABEL)
        row.addWidget(label)
        self.who = Combo(name="Who was called")
        self.who.setPlaceholderText("Who was called")
        self.state = Combo([(code, word) for code, word in ATTENDANCE_STATES.items() if code != "present"], "late",
                           name="Late, absent or away")  # fmt: skip
        self.state.setFixedWidth(116)
        self.state.committed.connect(lambda state: self.arrived.setVisible(state == "late"))
        self.arrived = WallEdit(name="Came at")
        self.arrived.setPlaceholderText("came at")
        self.arrived.returnPressed.connect(self.mark)
        self.arrived.refused.connect(lambda message: message and self._desk.say(message))
        row.addWidget(self.who, 1)
        row.addWidget(self.state)
        row.addWidget(self.arrived)
        row.addWidget(Button("Mark", on_click=self.mark))
        return self._mark

    def show_report(self, page: ReportPage, day: ReportDay) -> None:
        self._page = page
        self.arrived.set_day(page.on_date)
        self._people = {one.person_id: one.event_id for one in day.people}
        self.who.set_items([(one.person_id, one.name) for one in day.people])
        self._mark.setEnabled(bool(day.people))
        self._show_marks(self._desk.read(attended_rows, page.production_id, page.on_date, page.performance_id))
        for field, row in self.rows.items():
            row.set_value(getattr(page, field))

    def _show_marks(self, marks: list[AttendedRow]) -> None:
        while self._lines.count():
            old = self._lines.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for title, group in attendance_groups(marks).items():
            if not group and title != "Out":
                self._lines.addWidget(self._line(title, "None", None))
            for number, one in enumerate(group):
                self._lines.addWidget(self._line("" if number else title, one.words, one))

    def _line(self, title: str, text: str, mark: AttendedRow | None) -> QWidget:
        line = QWidget()
        line.setMinimumHeight(26)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = Label(title, "label")
        label.setFixedWidth(LABEL)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(
            Label(text, "strong" if mark is not None else "body", tone="" if mark else "text2", wrap=True), 1
        )
        if mark is not None and mark.mark is not None:
            row.addWidget(
                IconButton("close", f"Take back: {text}", size=24, on_click=partial(self._unmark, mark))
            )
        elif mark is not None:
            row.addWidget(Label("from the calendar", "caption"))
        return line

    def mark(self) -> None:
        """Mark the chosen person at their first call of the day."""
        self.arrived.commit()
        person = self.who.value()
        if person is None or person not in self._people:
            self._desk.say("Choose who was late or away.")
            return
        state = self.state.value()
        arrived = self.arrived.value() if state == "late" else None
        if self._desk.do(
            MarkAttendance(self._people[person], person, state, arrived),
            ORIGIN,
            fields={"arrived": self.arrived},
        ):
            self.who.set_value(None)
            self.arrived.set_value(None)

    def _unmark(self, mark: AttendedRow) -> None:
        self._desk.do(MarkAttendance(mark.event_id, mark.person_id, None), ORIGIN)

    def _edit(self, field: str, value: str) -> None:
        if self._page is not None:
            self._desk.do(EditReport(self._page.id, {field: value}), ORIGIN, fields=self.rows[field])
