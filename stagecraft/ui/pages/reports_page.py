"""Reports: the list, and one report that opens pre-filled on the date the program is at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from stagecraft.domain.times import date_text, day_text, work_day_span
from stagecraft.queries.performances import PerformanceRow, performance_rows
from stagecraft.queries.report_day import report_day
from stagecraft.queries.reports import ReportRow, report_page, report_rows
from stagecraft.services.reports import StartReport
from stagecraft.ui import words
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.page import Page
from stagecraft.ui.pages.report_sheet import ReportSheet
from stagecraft.ui.pages.report_side import ReportSide
from stagecraft.ui.widgets.buttons import IconButton
from stagecraft.ui.widgets.chips import production_chip
from stagecraft.ui.widgets.panels import EmptyState, Ground, PageHeader
from stagecraft.ui.widgets.row_table import ROW
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList, group_item

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

LIST = 212
BESIDE_FROM = 1000
"""Window width from which the inspector stands beside the page."""
FOLD_UNDER = 720
"""Page width under which the list closes; a button in the sheet's head opens it."""

_GROUPS = (("rehearsal", "Rehearsals"), ("performance", "Performances"))


@dataclass(slots=True)
class Offer:
    """A report that can be started: words of its button, what starts it, what it would open with."""

    words: str
    start: Callable[[], object]
    told: str


class ReportsPage(Page):
    """List at the left, the sheet, and the notes' inspector."""

    name, title, icon = "reports", "Reports", "reports"
    foot = 44  # the note line: the next note is typed while the bar still speaks of the last
    tables = frozenset(
        {
            "report",
            "report_break",
            "report_work",
            "note",
            "issue",
            "attendance",
            "availability",
            "event",
            "event_unit",
            "call",
            "performance",
            "performance_cast",
            "person",
            "assignment",
            "department",
            "production",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.remove_header()
        self._rows: list[ReportRow] = []
        self._report: int | None = None
        self._shown: int | None = None
        self._filling = self._folded = False
        self.sheet = ReportSheet(desk)
        self.sheet.preview_wanted.connect(self.preview)
        self.sheet.list_wanted.connect(self._focus_list)
        self.side = ReportSide(desk)
        self._start_state = EmptyState("reports", "", "")
        self._right = QStackedWidget()
        self._right.addWidget(self._start_state)
        self._right.addWidget(self.sheet)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = self._make_list()
        row.addWidget(self._left)
        row.addWidget(self._right, 1)
        self._empty = EmptyState(
            "reports",
            "No productions yet",
            "A report belongs to a day of a production. Add the production first; its calendar then fills the report.",
        )
        self.set_content(content, empty=self._empty)
        self.setFocusProxy(self.list)

    def _make_list(self) -> QWidget:
        left = Ground("list")
        left.setFixedWidth(LIST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = PageHeader("Reports")
        self.new = IconButton("plus", "Start a report (N)", on_click=self._begin)
        head.add_right(self.new)
        column.addWidget(head)
        self.list = TwoLineList(name="Reports", height=44)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _item: self._enter_sheet())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        column.addWidget(self.list, 1)
        return left

    # --- showing ---

    def load(self) -> None:
        productions = self.desk.productions
        self.show_empty(not productions)
        if not productions:
            return
        self._rows = self.desk.read(report_rows, productions)
        self._filling = True
        self.list.set_items(self._items())
        self._report = self._of_date()
        if self._report is not None:
            self.list.select(self._report)
        else:
            self.list.clearSelection()
            self.list.setCurrentIndex(self.list.items.index(-1, 0))
        self._filling = False
        self._show_right()

    def _of_date(self) -> int | None:
        """The report to show: the one at hand when it is of the date, else that date's first."""
        here = [row for row in self._rows if row.on_date == self.desk.date]
        kept = next((row.id for row in here if row.id == self._report), None)
        rehearsals = sorted(here, key=lambda row: (row.kind != "rehearsal", row.number))
        return kept if kept is not None else next((row.id for row in rehearsals), None)

    def _items(self) -> list[ListItem]:
        items: list[ListItem] = []
        several = len({row.production_id for row in self._rows}) > 1
        for kind, title in _GROUPS:
            group = [row for row in self._rows if row.kind == kind]
            if group:
                items.append(group_item(title, str(len(group))))
                items += [self._item(row, several) for row in group]
        return items

    @staticmethod
    def _item(row: ReportRow, several: bool) -> ListItem:
        times = words.time_text(row.started) if row.started is not None else ""
        chips = (production_chip(row.code, row.colour),) if several else ()
        return ListItem(
            row.id,
            f"#{row.number}",
            "",
            row.state,
            day_text(row.on_date),
            times,
            "text2",
            chips=chips,
            value=row,
        )

    def _show_right(self) -> None:
        page = self.desk.read(report_page, self._report) if self._report is not None else None
        if page is None:
            self._show_start()
            return
        self.sheet.show_report(page)
        self.sheet.preview.setVisible(page.kind == "rehearsal")
        self.side.show_report(page)
        self._right.setCurrentWidget(self.sheet)
        self._inspector = self.side
        if self._shown != page.id:
            self._shown = page.id
            self._open_side()

    def _show_start(self) -> None:
        """Nothing was started on the date yet: say what a report would open with, and offer to start it."""
        self._shown = None
        self.close_inspector()
        offers = self._offers()
        told = " ".join(offer.told for offer in offers if offer.told)
        told += " Times, work, absences and open notes are filled in." if told else ""
        state = EmptyState(
            "reports",
            f"No report for {date_text(self.desk.date)} yet",
            told or "Nothing is in the calendar that day. A report started now takes over the open notes.",
            [(offer.words, offer.start) for offer in offers],
        )
        self._right.removeWidget(self._start_state)
        self._start_state.deleteLater()
        self._start_state = state
        self._right.addWidget(state)
        self._right.setCurrentWidget(state)

    def _offers(self) -> list[Offer]:
        """Reports of the date that are not started yet: rehearsals, performances; of any day when it has neither."""
        productions = [row for row in map(self.desk.production_row, self.desk.productions) if row is not None]
        offers = []
        for row in productions:
            day = self.desk.read(report_day, row.id, self.desk.date)
            if self._rehearsal_of(row.id) is None and day.rehearsed_from and day.rehearsed_until:
                told = f"{row.name} rehearses {words.span_text(day.rehearsed_from, day.rehearsed_until)}."
                offers.append(Offer(f"{row.name}: rehearsal report", partial(self.start, row.id), told))
        taken = {(row.production_id, row.number) for row in self._rows if row.kind == "performance"}
        first, last = work_day_span(self.desk.date)
        for one in self.desk.read(performance_rows, first, last, self.desk.productions):
            due = one.number is not None and one.type != "presentation" and one.state != "cancelled"
            if due and (one.production_id, one.number) not in taken:
                title = f"{one.production}: performance report {one.name}"
                offers.append(Offer(title, partial(self.start_performance, one), ""))
        unplanned = [
            Offer(f"{row.name}: rehearsal report", partial(self.start, row.id), "") for row in productions
        ]
        return (offers or unplanned)[:4]

    def _rehearsal_of(self, production: int) -> ReportRow | None:
        """A production's rehearsal report of the date."""
        wanted = (production, self.desk.date, "rehearsal")
        return next((row for row in self._rows if (row.production_id, row.on_date, row.kind) == wanted), None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._right.currentWidget() is self.sheet:
            self._open_side()

    def _open_side(self) -> None:
        """Open the notes beside the sheet, but never over it: where there is no room they are asked for."""
        if self.isVisible() and self.window().width() >= BESIDE_FROM:
            self.open_inspector(self.side)

    def _on_chosen(self, item: ListItem) -> None:
        if self._filling or item.value is None:
            return
        self._report = item.value.id
        if self.desk.date != item.value.on_date:
            self.desk.date = item.value.on_date  # the page follows the date and loads
        else:
            self._show_right()

    def _open_menu(self, at: QPoint) -> None:
        """What can be done with the report under the pointer."""
        item = self.list.indexAt(at).data(ROW)
        if item is None or item.value is None:
            return
        self.list.select(item.value.id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Preview", self.preview).setEnabled(item.value.kind == "rehearsal")
        menu.addAction("Remove", self.sheet.remove).setEnabled(item.value.issued is None)
        menu.popup(self.list.viewport().mapToGlobal(at))

    # --- starting, previewing ---

    def _begin(self) -> None:
        """Start what the day offers, or ask which of several."""
        offers = self._offers()
        if len(offers) == 1:
            offers[0].start()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in offers:
            menu.addAction(offer.words.replace("&", "&&"), offer.start)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height())))

    def start(self, production: int | None = None) -> None:
        """Start the rehearsal report of the date for a production, the first chosen one when none is named."""
        wanted = production if production is not None else self.desk.production
        if wanted is None:
            return
        day: date = self.desk.date
        existing = self._rehearsal_of(wanted)
        if existing is not None:
            self._report = existing.id
            self.list.select(existing.id)
            self.desk.say(f"{existing.heading} is already there for {day_text(day)}.")
            return
        last = next(
            (row for row in self._rows if row.production_id == wanted and row.kind == "rehearsal"), None
        )
        author = None
        if last is not None:
            before = self.desk.read(report_page, last.id)
            author = before.author_id if before is not None else None
        done = self.desk.do(StartReport(wanted, day, author=author), self.name)
        if done:
            self._report = done.value
            self.load()
            self._enter_sheet()

    def start_performance(self, performance: PerformanceRow) -> None:
        """Start the report of a performance; it carries the performance's number."""
        done = self.desk.do(
            StartReport(
                performance.production_id,
                performance.day,
                kind="performance",
                number=performance.number,
                performance=performance.id,
            ),
            self.name,
        )
        if done:
            self._report = done.value
            self.load()
            self._show_sheet()

    def preview(self) -> None:
        """Show the report as paper, where it is printed and issued."""
        row = self._current()
        if row is not None and row.kind == "rehearsal":
            self.sheet.line.leave()
            self.desk.open_page(
                "paper", document="rehearsal-report", production=row.production_id, report=row.number
            )

    def _current(self) -> ReportRow | None:
        return next((row for row in self._rows if row.id == self._report), None)

    def _focus_list(self) -> None:
        self._left.show()
        self.list.setFocus()

    # --- narrow: the list folds ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = self.width() < FOLD_UNDER
        if folded != self._folded:
            self._folded = folded
            self._left.setVisible(not folded)
            self.sheet.list_button.setVisible(folded)

    def _show_sheet(self) -> None:
        if self._folded:
            self._left.hide()

    def _enter_sheet(self) -> None:
        """Enter in the list goes on to the note line."""
        self._show_sheet()
        self.sheet.line.edit.setFocus()

    # --- what can be done ---

    def show_target(self, **target: Any) -> None:
        """`report=7`, `number=9` (with `production`); `report=None` or `start=True` starts that of the date."""
        if target.get("start") or ("report" in target and target["report"] is None):
            self.start(target.get("production"))
            return
        for row in self._rows:
            numbered = row.number == target.get("number") and target.get("production") in (
                None,
                row.production_id,
            )
            if row.id == target.get("report") or (numbered and row.kind == target.get("kind", "rehearsal")):
                self._report = row.id
                self.desk.date = row.on_date
                self.load()
                return

    def actions(self) -> list[Action]:
        has = self._has_report
        rehearsal = self._has_rehearsal
        return [
            Action("reports.start", "Start the report of the day", self._begin, "N", "plus", "Page",
                   words="new rehearsal report"),
            Action("reports.preview", "Preview the report", self.preview, "Ctrl+Return", "paper", "Page",
                   enabled=rehearsal, words="print issue send"),
            Action("reports.note", "Type a note", lambda: self.sheet.line.edit.setFocus(), "Ctrl+Shift+N", "note",
                   "Page", enabled=has, separator=True),
            Action("reports.fill", "Fill from the calendar again", self.sheet.refill, menu="Page", enabled=rehearsal),
            Action("reports.remove", "Remove the report", self.sheet.remove, menu="Page", enabled=has, icon="trash"),
        ]  # fmt: skip

    def _has_report(self) -> bool:
        return self._current() is not None

    def _has_rehearsal(self) -> bool:
        row = self._current()
        return row is not None and row.kind == "rehearsal"

    def commands(self, text: str) -> list[Hit]:
        """`report 9`, `report thu`: a report by number; `report` alone starts the day's."""
        parts = text.casefold().split()
        if not parts or not any(part in ("report", "reports") for part in parts):
            return []
        rest = [part.lstrip("#") for part in parts if part not in ("report", "reports", "rehearsal")]
        rows = self.desk.read(report_rows, self.desk.productions)
        hits = [
            Hit(
                row.heading,
                lambda chosen=row.id: self.desk.open_page(self.name, report=chosen),
                f"{row.production}, {date_text(row.on_date)}",
                "Report",
                "reports",
                90,
            )
            for row in rows
            if not rest or all(self._fits(part, row) for part in rest)
        ]
        return hits[:6]

    @staticmethod
    def _fits(part: str, row: ReportRow) -> bool:
        if part.isdigit():
            return row.number == int(part)
        return part in f"{row.code} {row.production} {date_text(row.on_date)} {row.state}".casefold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._folded and self._left.isVisible():
            self._left.hide()
            return
        super().keyPressEvent(event)
