"""The Hours view of Rules: everybody called in the week, day by day, against the limits of their own packs.

The columns are in `rules_hours_rows`, the inspector in `rules_hours_panel`.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QHeaderView, QMenu, QStackedLayout, QVBoxLayout, QWidget

from stagecraft.base.errors import FileProblem
from stagecraft.domain.times import date_text, monday
from stagecraft.queries.hours import HoursWeek, PersonWeek, hours_week
from stagecraft.ui.actions import Action
from stagecraft.ui.pages.rules_hours_panel import HoursPanel
from stagecraft.ui.pages.rules_hours_rows import (
    AID,
    CELLS,
    WORKED,
    Head,
    HoursDelegate,
    HoursModel,
    TotalLine,
    as_text,
    cells,
    heads,
    matches,
)
from stagecraft.ui.widgets.buttons import IconButton, Segmented
from stagecraft.ui.widgets.fields import LineEdit
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import EmptyState, Ground
from stagecraft.ui.widgets.row_table import ROW, RowTable
from stagecraft.ui.words import count_text

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

FOOT = 28


class RulesHours(QWidget):
    """A row a person, a column a day; the week and the productions are those of the desk."""

    inspector_wanted = Signal(object)
    filter_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._week: HoursWeek | None = None
        self._heads: list[Head] = []
        self._kind = WORKED
        self._widths: dict[str, int] = {}
        self._hidden: set[str] = set()
        self._sort: tuple[str, bool] = ("", False)
        self._wanted: int | None = None
        self._opened = False
        self.panel = HoursPanel()
        self.panel.sheet_wanted.connect(self.save_sheet)
        self.panel.flags_wanted.connect(self._open_flags)
        self._build()

    # --- building ---

    def _build(self) -> None:
        self._build_tools()
        self.model = HoursModel([])
        self.table = RowTable(self.model, name="Hours of the week", many=True)
        self.table.setItemDelegate(HoursDelegate(self.table))
        self.table.doubleClicked.connect(self._on_opened)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        self.table.installEventFilter(self)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        head = self.table.horizontalHeader()
        head.sectionResized.connect(self._on_resized)
        head.sectionClicked.connect(self._on_sorted)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.choose_columns(head.viewport().mapToGlobal(at)))
        self.nothing = EmptyState(
            "rules", "", "", [("Show the calendar", lambda: self.desk.open_page("calendar"))]
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._stack, 1)
        column.addWidget(self._make_foot())
        self.setFocusProxy(self.table)

    def _build_tools(self) -> None:
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.cells = Segmented(list(CELLS), self._kind, name="What the days say")
        self.cells.changed.connect(self._on_cells)
        row.addWidget(self.cells)
        self.search = LineEdit(placeholder="Find a name", name="Find people")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(180)
        self.search.textChanged.connect(lambda _text: self._refilter())
        row.addWidget(self.search)
        row.addStretch(1)
        self.columns = IconButton("settings", "Choose the columns", on_click=self._columns_at_button)
        self.export = IconButton("save", "Export as CSV…", on_click=self.export_csv)
        self.sheet = IconButton("paper", "Weekly hours sheet on Paper", on_click=self.print_sheet)
        for button in (self.columns, self.export, self.sheet):
            row.addWidget(button)

    def _make_foot(self) -> QWidget:
        foot = Ground("grouphead")
        foot.setFixedHeight(FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self.about = ElidedLabel("", "caption")
        row.addWidget(self.about, 1)
        row.addWidget(Label(AID, "caption"))
        return foot

    # --- showing ---

    def load(self) -> None:
        """Read the week of the desk's date again; selection and scroll stay."""
        if not self.desk.productions or not self.desk.may_see("Team"):
            self._week = None
        else:
            self._week = self.desk.read(hours_week, self.desk.date, self.desk.productions)
        self._show()

    def _show(self) -> None:
        week = self._week
        if week is not None:
            self._show_columns(heads(week, self._kind))
        self.model.set_rows(week.rows if week is not None else [])
        self._refilter()
        self.about.setText(self._about())
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted = None
        self._show_selected()

    def _show_columns(self, made: list[Head]) -> None:
        """Give the table its columns; with the same ones only what they say changes."""
        same = [one.key for one in made] == [one.key for one in self._heads]
        self._heads = made
        if same:
            self.model.columns = [one.column for one in made]
            self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(made) - 1)
            self.table.viewport().update()
        else:
            self.model.beginResetModel()
            self.model.columns = [one.column for one in made]
            self.model.endResetModel()
        self._apply_layout()

    def _apply_layout(self) -> None:
        head = self.table.horizontalHeader()
        head.blockSignals(True)
        for at, one in enumerate(self._heads):
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            key = f"{one.key}.{self._kind}" if one.day else one.key
            self.table.setColumnWidth(at, self._widths.get(key, one.column.width))
            self.table.setColumnHidden(at, one.key in self._hidden)
        head.blockSignals(False)
        key, down = self._sort
        at = next((i for i, one in enumerate(self._heads) if one.key == key), -1)
        self.model.sort_by(at, down)
        head.setSortIndicatorShown(at >= 0)
        if at >= 0:
            head.setSortIndicator(at, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def _about(self) -> str:
        if self._week is None:
            return ""
        over = sum(1 for row in self._week.rows if row.limit is not None and row.limit.state == "over")
        unverified = any(row.limit and not row.limit.rule.source.verified for row in self._week.rows)
        parts = [
            f"Week of {date_text(self._week.first)}",
            "planned hours of all shows",
            f"{over} over the week’s limit" if over else "",
            "limits unverified" if unverified else "",
        ]
        return ", ".join(part for part in parts if part)

    def _refilter(self) -> None:
        text = self.search.text().strip()
        self.model.set_filter((lambda row: matches(row, text)) if text else None)
        empty = not self.model.people
        self._stack.setCurrentIndex(1 if empty else 0)
        if empty:
            self._say_nothing(text)
        for button in (self.columns, self.export, self.sheet):
            button.setEnabled(not empty)
        self.filter_changed.emit()

    def _say_nothing(self, text: str) -> None:
        title, words = "No production yet", "Hours are counted from the calls of a production."
        if not self.desk.may_see("Team"):
            title, words = "Hours are for the production team", "Settings say what your work is."
        elif text and self.model.hidden:
            title, words = "Nobody found", f"Nobody called this week is called “{text}”."
        elif self._week is not None:
            title, words = "Nobody is called this week", "Put calls into the calendar, or look at another week."
        self.nothing.title.setText(title)
        self.nothing.text.setText(words)
        self.nothing.buttons[0].setVisible(self._week is not None and not text)

    # --- choosing ---

    def chosen(self) -> list[PersonWeek]:
        """The people selected, in the order of the list."""
        return [row for row in self.table.selected() if isinstance(row, PersonWeek)]

    def _on_selected(self) -> None:
        rows = self.chosen()
        if len(rows) == 1:
            self._opened = True
        self._show_selected()

    def _show_selected(self) -> None:
        rows = self.chosen()
        if self._week is not None and len(rows) == 1 and self._opened:
            self.panel.show_week(rows[0], self._week)
            self.inspector_wanted.emit(self.panel)
        elif not rows:
            self._opened = False
            self.inspector_wanted.emit(None)

    def _on_opened(self, index: Any) -> None:
        row = index.data(ROW)
        if isinstance(row, PersonWeek):
            self.go(row, self._heads[index.column()].day)

    def go(self, row: PersonWeek, day: date | None = None) -> None:
        """Show a day of a person in the calendar: the day of the cell, else their first of the week."""
        on = day if day in row.days else next(iter(sorted(row.days)), None)
        if day is not None and on != day:
            self.desk.date = day
            self.desk.open_page("calendar")
        elif on is not None:
            events = [event for call in row.days[on].calls for event in call.events]
            self.desk.date = on
            self.desk.open_page("calendar", **({"event": events[0]} if events else {}))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the day of the current cell, whatever the system takes for opening; Ctrl+C copies."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.currentIndex().isValid():
                self._on_opened(self.table.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _open_menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        row = index.data(ROW)
        if not isinstance(row, PersonWeek):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        day = self._heads[index.column()].day
        menu.addAction("Show in the calendar", lambda: self.go(row, day))
        menu.addAction("Their flags", self._open_flags)
        menu.addSeparator()
        menu.addAction("Copy as a table", self.copy)
        menu.addAction("Weekly hours sheet on Paper", self.print_sheet)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _open_flags(self) -> None:
        rows = self.chosen()
        if rows and self._week is not None:
            self.desk.open_page("rules", view="flags", week=self._week.first, person=rows[0].id)

    # --- columns ---

    def _on_cells(self, kind: object) -> None:
        self._kind = str(kind)
        self._show()

    def _on_resized(self, at: int, _old: int, width: int) -> None:
        if at < len(self._heads) and width > 0 and not self.table.isColumnHidden(at):
            one = self._heads[at]
            self._widths[f"{one.key}.{self._kind}" if one.day else one.key] = width

    def _on_sorted(self, at: int) -> None:
        self._sort = (self._heads[at].key, self.model.sort_down)

    def _columns_at_button(self) -> None:
        self.choose_columns(self.columns.mapToGlobal(QPoint(0, self.columns.height())))

    def choose_columns(self, at: QPoint) -> None:
        """A menu of the columns; the name stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._heads[1:]:
            action = menu.addAction(one.column.head)
            action.setCheckable(True)
            action.setChecked(one.key not in self._hidden)
            action.toggled.connect(lambda shown, key=one.key: self.show_column(key, shown))
        menu.popup(at)

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide a column; it is remembered."""
        self._hidden = self._hidden - {key} if shown else self._hidden | {key}
        self._apply_layout()

    def save_layout(self) -> dict[str, Any]:
        return {
            "widths": self._widths,
            "hidden": sorted(self._hidden),
            "sort": list(self._sort),
            "cells": self._kind,
        }

    def restore_layout(self, layout: dict[str, Any]) -> None:
        """Take back what `save_layout` gave; what does not fit is ignored."""
        widths, hidden, sort = layout.get("widths"), layout.get("hidden"), layout.get("sort")
        if isinstance(widths, dict):
            self._widths = {str(key): max(28, width) for key, width in widths.items() if isinstance(width, int)}
        if isinstance(hidden, list):
            self._hidden = {str(key) for key in hidden} - {"name"}
        if isinstance(sort, list) and len(sort) == 2:
            self._sort = (str(sort[0]), bool(sort[1]))
        if layout.get("cells") in dict(CELLS):
            self._kind = str(layout["cells"])
            self.cells.set_value(self._kind)
        if self._heads:
            self._show()

    # --- doing ---

    def _shown(self) -> list[Head]:
        return [one for at, one in enumerate(self._heads) if not self.table.isColumnHidden(at)]

    def copy(self) -> None:
        """The people selected, or everybody shown, onto the clipboard as tab-separated lines."""
        rows: list[Any] = self.chosen() or list(self.model.rows)
        if not rows:
            return
        text = as_text([one.column for one in self._shown()], rows)
        mime = QMimeData()
        mime.setText(text)
        mime.setData("text/tab-separated-values", text.encode())
        QGuiApplication.clipboard().setMimeData(mime)
        people = sum(not isinstance(row, TotalLine) for row in rows)
        self.desk.say(f"Copied the hours of {count_text(people, 'person', 'people')}")

    def export_csv(self) -> None:
        """Ask where, then write what is shown as a CSV file."""
        if self._week is None or not self.model.people:
            return
        name = f"Hours_{self._week.first.isoformat()}.csv"
        place, _kind = QFileDialog.getSaveFileName(self, "Export hours", name, "CSV (*.csv)")
        if place:
            self.write_csv(Path(place))

    def write_csv(self, path: Path) -> None:
        """Everything shown, inert in spreadsheets."""
        from stagecraft.exchange.export import save, table_file

        lines = cells([one.column for one in self._shown()], self.model.rows)
        try:
            save(path, table_file([*lines, [AID]]), force=True)
        except FileProblem as problem:
            self.desk.failed.emit(problem)
            return
        self.desk.say(f"Exported the hours of {count_text(len(self.model.people), 'person', 'people')}")

    def print_sheet(self) -> None:
        """The weekly hours sheet of this week on the Paper page."""
        if self._week is not None:
            self.desk.open_page("paper", document="actor-hours", date=self._week.first)

    def save_sheet(self) -> None:
        """Ask where, then write the weekly hours sheet of the person selected as a PDF."""
        rows = self.chosen()
        if self._week is None or len(rows) != 1:
            return
        name = f"Hours_{rows[0].name.replace(' ', '')}_{self._week.first.isoformat()}.pdf"
        place, _kind = QFileDialog.getSaveFileName(self, "Save the hours sheet", name, "PDF (*.pdf)")
        if place:
            self.write_sheet(rows[0], Path(place))

    def write_sheet(self, row: PersonWeek, path: Path) -> None:
        """One person's sheet, as of the show on the desk in which they have most hours; on a thread."""
        from stagecraft.paper.documents import make
        from stagecraft.paper.options import PaperOptions
        from stagecraft.ui.pages.paper_sheet import write_pdf

        engine, first = self.desk.engine, monday(self.desk.date)
        show = max(self.desk.productions, key=row.share)
        options = PaperOptions(paper=self.desk.house.paper or "letter")

        def work(_report: Any) -> bytes:
            with engine.reading() as conn:
                return make(conn, show, "actor-hours", first, options, person=row.id).pdf

        def done(pdf: bytes) -> None:
            try:
                write_pdf(path, pdf)
            except FileProblem as problem:
                self.desk.failed.emit(problem)
                return
            self.desk.say(f"Saved the hours sheet of {row.name}")

        self.desk.jobs.start("Set the hours sheet in type", work, done, self.desk.failed.emit)

    def print_ledger(self) -> None:
        """The 29-hour ledger as of the desk's day on the Paper page."""
        reading = next((row.reading for row in self.model.people if row.reading is not None), None)
        if reading is not None:
            self.desk.open_page(
                "paper", document="29-hour-ledger", production=reading.production, date=self.desk.date
            )

    def find(self) -> None:
        """Into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    # --- what the page asks ---

    def actions(self) -> list[Action]:
        """What can be done here; each only while the view is in front."""

        def some() -> bool:
            return self.isVisible() and bool(self.model.people)

        def reading() -> bool:
            return self.isVisible() and any(row.reading for row in self.model.people)

        return [
            Action("hours.copy", "Copy hours as a table", self.copy, icon="copy", menu="Page", enabled=some,
                   words="clipboard spreadsheet", separator=True),
            Action("hours.export", "Export hours as CSV…", self.export_csv, icon="save", menu="Page", enabled=some),
            Action("hours.sheet", "Weekly hours sheet", self.print_sheet, icon="paper", menu="Page", enabled=some,
                   words="print sign deputy"),
            Action("hours.ledger", "29-hour ledger", self.print_ledger, icon="paper", menu="Page", enabled=reading,
                   words="print reading"),
        ]  # fmt: skip

    def step(self, direction: int) -> None:
        """A week on or back."""
        self.desk.date = self.desk.date + timedelta(days=7 * direction)

    def hidden_by_filter(self) -> tuple[int, str]:
        return self.model.hidden, "person" if self.model.hidden == 1 else "people"

    def clear_filter(self) -> None:
        self.search.clear()

    def show_target(self, **target: Any) -> None:
        """`week` (a date) and `person` to select."""
        week = target.get("week")
        self._wanted = target.get("person")
        self._opened = self._wanted is not None
        if self._wanted is not None:
            self.search.clear()
        if isinstance(week, date) and monday(week) != monday(self.desk.date):
            self.desk.date = week
        else:
            self.load()
