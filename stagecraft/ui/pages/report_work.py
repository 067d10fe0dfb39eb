"""The work accomplished: a line of fields per call, pre-filled from the calendar, corrected in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.queries.reports import ReportPage, WorkRow
from stagecraft.services.reports import AddWork, EditWork, RemoveWork
from stagecraft.ui.pages.report_fields import RunEdit, WallEdit, WrapEdit, cell
from stagecraft.ui.widgets.buttons import IconButton
from stagecraft.ui.widgets.fields import LineEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Card, Ground

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "reports"
TIME, ROOM, LED, RUN = 68, 60, 112, 48


class _Line(Ground):
    """One line of work as fields."""

    def __init__(self, desk: Desk, row: WorkRow, page: ReportPage) -> None:
        super().__init__("none")
        self._desk = desk
        self._id = row.id
        self.setMinimumHeight(30)
        self.fields: dict[str, Any] = {
            "starts_wall": cell(WallEdit(name="From", optional=False), TIME),
            "ends_wall": cell(WallEdit(name="To", optional=False), TIME),
            "room": cell(LineEdit(name="Room"), ROOM),
            "text": WrapEdit(name="What was worked"),
            "led_by": WrapEdit(name="Led by"),
            "run_minutes": cell(RunEdit(name="Running time"), RUN),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 0, 4, 0)
        layout.setSpacing(2)
        for field, editor in self.fields.items():
            editor.committed.connect(partial(self._edit, field))
            layout.addWidget(editor, 1 if field == "text" else 0, Qt.AlignmentFlag.AlignTop)
        self.fields["led_by"].setFixedWidth(LED)
        remove = IconButton("close", "Remove this line", size=24, token="text3", on_click=self._remove)
        layout.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self.show_row(row, page)

    def show_row(self, row: WorkRow, page: ReportPage) -> None:
        for field, editor in self.fields.items():
            if isinstance(editor, WallEdit):
                editor.set_day(page.on_date)
            editor.set_value(getattr(row, field))

    def _edit(self, field: str, value: Any) -> None:
        fields = {"ends_wall": self.fields["ends_wall"], "text": self.fields["text"]}
        self._desk.do(EditWork(self._id, {field: value}), ORIGIN, fields=fields)

    def _remove(self) -> None:
        self._desk.do(RemoveWork(self._id), ORIGIN)


class WorkCard(Card):
    """All lines, and a last one to type what the calendar did not know."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(flush=True)
        self._desk = desk
        self._page: ReportPage | None = None
        self._lines: dict[int, _Line] = {}
        self.body.addWidget(self._make_head())
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.new = cell(LineEdit(placeholder="Add what else was worked", name="Add a line of work"))
        self.new.committed.connect(self._add)
        last = QHBoxLayout()
        last.setContentsMargins(6, 2, 6, 4)
        last.addWidget(self.new)
        self.body.addLayout(last)

    @staticmethod
    def _make_head() -> QWidget:
        head = Ground("grouphead")
        head.setFixedHeight(24)
        row = QHBoxLayout(head)
        row.setContentsMargins(6, 0, 32, 0)
        row.setSpacing(2)
        for text, width in (
            ("From", TIME),
            ("To", TIME),
            ("Room", ROOM),
            ("Work", 0),
            ("Led by", LED),
            ("Run", RUN),
        ):
            label = Label(text, "caption", tone="text2")
            label.setContentsMargins(8, 0, 8, 0)
            if text in ("From", "To", "Run"):
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if width:
                label.setFixedWidth(width)
            row.addWidget(label, 0 if width else 1)
        return head

    def show_report(self, page: ReportPage) -> None:
        """Show the lines; those that stay keep their fields and what is being typed in them."""
        other = self._page is None or self._page.id != page.id
        self._page = page
        wanted = [row.id for row in page.work]
        for key in [key for key in self._lines if other or key not in wanted]:
            line = self._lines.pop(key)
            line.hide()
            line.deleteLater()
        for place, row in enumerate(page.work):
            if row.id in self._lines:
                self._lines[row.id].show_row(row, page)
            else:
                self._lines[row.id] = _Line(self._desk, row, page)
            if self._rows.indexOf(self._lines[row.id]) != place:
                self._rows.insertWidget(place, self._lines[row.id])

    def _add(self, text: str) -> None:
        if self._page is not None and text and self._desk.do(AddWork(self._page.id, text), ORIGIN):
            self.new.set_value("")
            self.new.clear()
            self.new.setFocus()
