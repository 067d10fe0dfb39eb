"""One rehearsal report as a sheet: what the day was, what was worked, the notes, and tomorrow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from stagecraft.domain.times import date_text
from stagecraft.queries.people import assignment_rows
from stagecraft.queries.report_day import ReportDay, report_day
from stagecraft.queries.reports import ReportPage
from stagecraft.services.reports import EditReport, FillFromCalendar, RemoveReport, RenumberReport, TypeReport
from stagecraft.ui import words
from stagecraft.ui.pages.report_fields import is_typing, keep_while_typing
from stagecraft.ui.pages.report_notes import DepartmentsCard, NoteLine
from stagecraft.ui.pages.report_performance import PerformanceCard
from stagecraft.ui.pages.report_times import AttendanceCard, TimesCard
from stagecraft.ui.pages.report_work import WorkCard
from stagecraft.ui.widgets.buttons import Button, IconButton, MenuButton
from stagecraft.ui.widgets.chips import Chip, ChipSpec, production_chip, state_chip
from stagecraft.ui.widgets.fields import Combo, NumberEdit, TextEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Card, FieldRow, Ground, PageHeader

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "reports"
WIDEST = 760


class Section(QWidget):
    """A heading with a remark at its right, and what stands under it."""

    def __init__(self, title: str, widget: QWidget, remark: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(Label(title, "head"))
        row.addStretch(1)
        self.remark = Label(remark, "caption")
        row.addWidget(self.remark)
        column.addLayout(row)
        column.addWidget(widget)


class ReportSheet(QWidget):
    """Shows and edits one report. `preview_wanted` when it shall be seen as paper."""

    preview_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page: ReportPage | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_head())
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(self._make_body())
        outer.addWidget(self.scroller, 1)
        self.line = NoteLine(desk)
        self.departments.wanted.connect(self.line.begin)
        self.line.posted.connect(self._show_posted)
        outer.addWidget(self.line)

    # --- building ---

    def _make_head(self) -> PageHeader:
        self.head = PageHeader()
        self.list_button = IconButton("menu", "Show the list of reports")
        self.list_button.hide()
        self.list_button.clicked.connect(lambda *_: self.list_wanted.emit())
        self.head.layout().insertWidget(0, self.list_button)  # type: ignore[union-attr]
        self.code = Chip(ChipSpec(""))
        self.state = Chip(ChipSpec(""))
        self.head.add_left(self.code)
        self.head.add_left(self.state)
        self.more = MenuButton("More", self._fill_more)
        self.head.add_right(self.more)
        self.preview = Button(
            "Preview", "primary", icon="paper", tip="See it as paper, print and issue it (Ctrl+Enter)",
            on_click=self.preview_wanted.emit,
        )  # fmt: skip
        self.head.add_right(self.preview)
        return self.head

    def _make_body(self) -> QWidget:
        body = Ground("none")
        across = QHBoxLayout(body)
        across.setContentsMargins(16, 12, 16, 16)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        across.addWidget(inner, 1)
        across.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_facts())
        column.addWidget(self._make_issued())
        column.addWidget(self._make_number())
        self.times = TimesCard(self._desk)
        self.performance = PerformanceCard(self._desk)
        self.attendance = AttendanceCard(self._desk)
        self.work = WorkCard(self._desk)
        self.general = TextEdit(placeholder="What affects everybody", name="General", lines=2)
        self.general.committed.connect(partial(self._edit, "general"))
        keep_while_typing(self.general, self._type_general)
        self.departments = DepartmentsCard(self._desk)
        self.tomorrow = Card()
        self.tomorrow.body.setSpacing(2)
        self._times = Section("Times", self.times, "from the calendar; type to correct")
        self._attendance = Section(
            "Attendance", self.attendance, "code words only; reasons stay with management"
        )
        self._work = Section("Work accomplished", self.work, "from the calendar; type to correct")
        self._departments = Section("Department notes", self.departments)
        self._tomorrow = Section("Next call", self.tomorrow, "from the calendar")
        for widget in (
            self._times, self.performance, self._attendance, self._work, Section("General", self.general),
            self._departments, self._tomorrow,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        return body

    def _make_facts(self) -> QWidget:
        facts = QWidget()
        row = QHBoxLayout(facts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.when = Label("", "strong")
        self.where = Label("", "secondary", wrap=True)
        self.author = Combo(name="Written by")
        self.author.setFixedWidth(180)
        self.author.setPlaceholderText("Written by")
        self.author.committed.connect(partial(self._edit, "author_id"))
        row.addWidget(self.when)
        row.addWidget(self.where, 1)
        row.addWidget(Label("by", "label"))
        row.addWidget(self.author)
        return facts

    def _make_issued(self) -> QWidget:
        self._issued = QWidget()
        row = QHBoxLayout(self._issued)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("info", "text2", 14))
        self.issued = Label("", "secondary", wrap=True)
        row.addWidget(self.issued, 1)
        return self._issued

    def _make_number(self) -> QWidget:
        self._number = Card()
        self.number = FieldRow(
            "New number", NumberEdit(low=1, high=9999), on_commit=self._renumber, label_width=84
        )
        self._number.add(self.number)
        self._number.hide()
        return self._number

    # --- showing ---

    def show_report(self, page: ReportPage) -> None:
        other = self._page is None or self._page.id != page.id
        if other:
            self._number.hide()
            self.scroller.verticalScrollBar().setValue(0)
        self._page = page
        day: ReportDay = self._desk.read(report_day, page.production_id, page.on_date, page.performance_id)
        self._show_head(page)
        self._show_facts(page, day)
        rehearsal = page.kind == "rehearsal"
        self._times.setVisible(rehearsal)
        self._work.setVisible(rehearsal)
        self.performance.setVisible(not rehearsal)
        if rehearsal:
            self.times.show_report(page, day)
            self.work.show_report(page)
        else:
            self.performance.show_report(page)
        self.attendance.show_report(page, day)
        if other or not is_typing(self.general):
            self.general.put_back()
            self.general.set_value(page.general)
        self.departments.show_report(page)
        self.line.show_report(page)
        self._show_next(day)

    def _show_head(self, page: ReportPage) -> None:
        production = self._desk.production_row(page.production_id)
        self.head.set_title(page.heading)
        self.code.set_spec(production_chip(production.code, production.colour) if production else ChipSpec(""))
        self.state.set_spec(state_chip("Draft" if page.issued is None else f"Issued v{page.issued}"))
        self._issued.setVisible(page.issued is not None)
        if page.issued is not None:
            self.issued.setText(
                f"v{page.issued} left the house and stays as it was. "
                f"What you change here goes out when it is issued again as v{page.issued + 1}."
            )

    def _show_facts(self, page: ReportPage, day: ReportDay) -> None:
        self.when.setText(date_text(page.on_date))
        parts = [f"Day {day.number} of {day.days}"] if day.number is not None else []
        parts += [" and ".join(page.rooms)] if page.rooms else []
        self.where.setText(" · ".join(parts))
        team = self._desk.read(assignment_rows, [page.production_id], (), page.on_date)
        people = {one.person_id: one.person for one in team if one.group == "stage"}
        if page.author_id is not None:
            people.setdefault(page.author_id, page.author)
        self.author.set_items([(None, "nobody named"), *people.items()])
        self.author.set_value(page.author_id)

    def _show_next(self, day: ReportDay) -> None:
        while self.tomorrow.body.count():
            item = self.tomorrow.body.takeAt(0)
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if day.next_day is None:
            self._tomorrow.remark.setText("")
            self.tomorrow.add(Label("Nothing in the calendar for the next three weeks.", "secondary"))
            return
        number = f", day {day.next_number} of {day.days}" if day.next_number is not None else ""
        self._tomorrow.remark.setText(f"{date_text(day.next_day)}{number}, from the calendar")
        for line in day.next_lines:
            self.tomorrow.add(
                self._next_line(words.span_text(line.starts_wall, line.ends_wall), line.room, line.text)
            )

    @staticmethod
    def _next_line(span: str, room: str, text: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        when = Label(span, "strong")
        when.setFixedWidth(112)
        when.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        where = Label(room, "secondary", wrap=True)
        where.setFixedWidth(76)
        row.addWidget(when)
        row.addWidget(where)
        row.addWidget(Label(text, "body", wrap=True), 1)
        return line

    def _show_posted(self, notes: tuple[int, ...]) -> None:
        """Bring what was just posted into sight."""
        line = self.departments.line_of(notes[0]) if notes else None
        # The new line gets its place and height only when the layout has run; 96 px are the undo bar's.
        QTimer.singleShot(50, self, lambda: self.scroller.ensureWidgetVisible(line or self.general, 0, 96))

    # --- changing ---

    def _edit(self, field: str, value: Any) -> None:
        if self._page is not None:
            self._desk.do(EditReport(self._page.id, {field: value}), ORIGIN)

    def _type_general(self, text: str) -> None:
        if self._page is not None:
            self._desk.do(TypeReport(self._page.id, "general", text), ORIGIN, quiet=True)

    def _fill_more(self, menu: QMenu) -> None:
        page = self._page
        if page is None:
            return
        if page.kind == "rehearsal":
            menu.addAction("Fill from the calendar again", self.refill)
        menu.addAction("Renumber…", self.begin_renumber).setEnabled(page.issued is None)
        menu.addAction("Show the day in the calendar", lambda: self._desk.open_page("calendar"))
        menu.addSeparator()
        menu.addAction("Remove this report", self.remove)

    def refill(self) -> None:
        """Take times and work from the calendar again; lines typed by hand stay."""
        if self._page is not None:
            self._desk.do(FillFromCalendar(self._page.id), ORIGIN)

    def begin_renumber(self) -> None:
        if self._page is not None:
            self.number.set_value(self._page.number)
            self._number.show()
            self.number.editor.setFocus()

    def _renumber(self, number: int | None) -> None:
        if self._page is None or number is None:
            return
        if self._desk.do(RenumberReport(self._page.id, number), ORIGIN, fields=self.number):
            self._number.hide()

    def remove(self) -> None:
        """Remove a report that never left the house; undo brings it back."""
        if self._page is not None:
            self._desk.do(RemoveReport(self._page.id), ORIGIN)
