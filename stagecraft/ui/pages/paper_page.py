"""Paper: the documents at the left, the sheet itself in the middle, how to set and issue it at the right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QTimer
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.base.paths import write_whole
from stagecraft.domain.sheets import to_json
from stagecraft.domain.sheets.daily_call import DailyCallSheet, text_of
from stagecraft.domain.times import date_text, day_text, monday
from stagecraft.paper.documents import DOCUMENTS, Document, Issuing, Made, make, subject_of
from stagecraft.queries.paper import IssueRow, issue_rows, next_version
from stagecraft.queries.reports import ReportRow, report_rows
from stagecraft.services.paper import IssueDocument
from stagecraft.ui import words
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.desk import Desk
from stagecraft.ui.jobs import Job
from stagecraft.ui.page import Page
from stagecraft.ui.pages.paper_options import PaperPanel
from stagecraft.ui.widgets.buttons import IconButton
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import EmptyState, Ground, PageHeader
from stagecraft.ui.widgets.pdf_preview import ZOOMS, PdfPreview, print_pdf
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList, group_item

SLIM_LIST_UNDER = 780
NO_LIST_UNDER = 620
SETTLE_MS = 60
"""Changes that come in one breath are set in type once."""


@dataclass(slots=True)
class _Asked:
    """What the preview was asked to show."""

    production: int
    document: Document
    about: date | int


class PaperPage(Page):
    """Every document of the production and day on the desk, live."""

    name, title, icon = "paper", "Paper", "paper"
    tables = frozenset({"*"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.remove_header()
        self._chosen = "daily-call"
        self._report: int | None = None
        self._issue: IssueRow | None = None
        self._made: Made | None = None
        self._asked: _Asked | None = None
        self._job: Job | None = None
        self._folder = ""
        self._opened = False  # the side opens by itself once; closed by the user it stays closed
        self._next = 1
        self._issues: list[IssueRow] = []
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._render)
        self._build_list()
        self._build_middle()
        self._build_panel()
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._middle, 1)
        self.set_content(content)

    # --- building ---

    def _build_list(self) -> None:
        self._left = Ground("list")
        self._left.setFixedWidth(212)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader("Paper"))
        self.list = TwoLineList(name="Documents", height=32)
        self.list.chosen.connect(self._on_document)
        column.addWidget(self.list, 1)

    def _build_middle(self) -> None:
        self._middle = Ground("page")
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = PageHeader("Daily call")
        self.pick = Combo([(one.name, one.title) for one in DOCUMENTS.values()], self._chosen, name="Document")
        self.pick.committed.connect(self._choose)
        self.pick.hide()
        self.head.add_left(self.pick)
        self.back = IconButton("left", "Page before (Page Up)", on_click=lambda: self.preview.go_to(self.preview.page() - 1))
        self.count = Label("", "body", tone="text2")
        self.on = IconButton("right", "Page after (Page Down)", on_click=lambda: self.preview.go_to(self.preview.page() + 1))
        self.zoom = Combo(ZOOMS, "page", name="Zoom")
        self.zoom.setFixedWidth(104)
        for widget in (self.back, self.count, self.on, self.zoom):
            self.head.add_right(widget)
        column.addWidget(self.head)
        self.preview = PdfPreview()
        self.preview.page_changed.connect(self._on_page)
        self.zoom.committed.connect(self.preview.set_zoom)
        self._empty_room = QWidget()
        self._empty_box = QVBoxLayout(self._empty_room)
        self._empty_box.setContentsMargins(0, 0, 0, 0)
        self._empty: EmptyState | None = None
        self._sheet_stack = QStackedLayout()
        self._sheet_stack.addWidget(self.preview)
        self._sheet_stack.addWidget(self._empty_room)
        column.addLayout(self._sheet_stack, 1)

    def _build_panel(self) -> None:
        self.panel = PaperPanel()
        self.panel.paper.set_value(self.desk.house.paper or "letter")
        self.panel.print_button.clicked.connect(lambda: self.print_sheet())
        self.panel.save_button.clicked.connect(lambda: self.save_sheet())
        self.panel.issue_button.clicked.connect(lambda: self.issue_sheet())
        self.panel.copy_button.clicked.connect(lambda: self.copy_text())
        self.panel.options_changed.connect(self._on_options)
        self.panel.report_chosen.connect(self._on_report)
        self.panel.issue_chosen.connect(self._on_issue)

    # --- reading ---

    def load(self) -> None:
        """Show the documents and their numbers, then set the chosen one in type."""
        production = self.desk.production
        self._fill_list(production)
        self.panel.show_document(self._document)
        self.pick.set_value(self._chosen)
        if production is None:
            self._show_nothing("No production yet", "A sheet is about a production. Add one on the Today page, or open the sample season.", [("Go to Today", lambda: self.desk.open_page("today"))])
            return
        if not self.desk.may_see(self._document.privacy):
            self._show_nothing(
                f"{self._document.title} is {self._document.privacy.lower()}",
                "It opens for company and general management. Your work is chosen in the settings.", (),
            )
            return
        about = self._about(production)
        if about is None:
            self._show_nothing(
                "No rehearsal report yet",
                "A report is started on the Reports page; it fills itself from the day’s calls.",
                [("Go to Reports", lambda: self.desk.open_page("reports"))],
            )
            return
        asked = _Asked(production, self._document, about)
        if asked != self._asked:
            self._issue = None
        self._asked = asked
        self._show_ledger()
        if not self._opened:
            self._opened = True
            self._inspector = self.panel
            if not self.narrow:
                self.open_inspector(self.panel)
        self._settle.start()

    @property
    def _document(self) -> Document:
        return DOCUMENTS[self._chosen]

    def _about(self, production: int) -> date | int | None:
        if self._document.subject != "number":
            return monday(self.desk.date) if self._document.subject == "week" else self.desk.date
        reports: list[ReportRow] = self.desk.read(report_rows, [production], "rehearsal")
        self.panel.report.set_items([(row.number, f"#{row.number}, {date_text(row.on_date)}") for row in reports])
        numbers = [row.number for row in reports]
        if self._report not in numbers:
            on_day = [row.number for row in reports if row.on_date == self.desk.date]
            before = [row.number for row in reports if row.on_date <= self.desk.date]
            self._report = next(iter([*on_day, *before, *numbers]), None)
        self.panel.report.set_value(self._report)
        return self._report

    def _fill_list(self, production: int | None) -> None:
        newest: dict[str, str] = {}
        if production is not None:
            for issue in self.desk.read(issue_rows, production):
                kind = DOCUMENTS.get(issue.document)
                if kind is not None and kind.subject != "number" and issue.subject == subject_of(kind, self.desk.date):
                    newest.setdefault(issue.document, f"v{issue.version}")
        items: list[ListItem] = []
        group = ""
        for document in DOCUMENTS.values():
            if document.group != group:
                group = document.group
                items.append(group_item(group))
            sealed = not self.desk.may_see(document.privacy)
            title = document.title.replace("Contract expiry", "Expiry") if document.group == "Contracts" else document.title
            items.append(ListItem(document.name, title, right="sealed" if sealed else newest.get(document.name, ""), value=document))
        self.list.blockSignals(True)
        self.list.set_items(items)
        self.list.blockSignals(False)
        current = self.list.current()
        if current is None or current.key != self._chosen:
            self.list.selectionModel().blockSignals(True)
            self.list.select(self._chosen)
            self.list.selectionModel().blockSignals(False)
            self.list.viewport().update()

    def _show_ledger(self) -> None:
        assert self._asked is not None
        subject = subject_of(self._asked.document, self._asked.about)
        issues = self.desk.read(issue_rows, self._asked.production, self._asked.document.name, subject)
        if self._issue is not None and all(one.id != self._issue.id for one in issues):
            self._issue = None
        self._next = self.desk.read(next_version, self._asked.production, self._asked.document.name, subject)
        self.panel.show_issues(issues, self._zone(), self._issue.id if self._issue else None)
        self._issues = issues

    def _zone(self) -> str:
        row = self.desk.production_row(self.desk.production)
        return str(row.zone if row and row.zone else self.desk.house.zone)

    # --- setting in type ---

    def _render(self) -> None:
        """Set the chosen sheet in type on a worker; an older one that comes late is dropped."""
        if self._asked is None:
            return
        if self._job is not None:
            self._job.cancel()
        asked, options, engine = self._asked, self.panel.options(), self.desk.engine

        def work(_report: Any) -> Made:
            with engine.reading() as conn:
                return make(conn, asked.production, asked.document.name, asked.about, options)

        self._job = self.desk.jobs.start("Set the sheet in type", work, self._on_made, self._on_failed)

    def _on_made(self, made: Made) -> None:
        self._made = made
        self._job = None
        self._show_sheet()

    def _on_failed(self, trouble: BaseException) -> None:
        self._job = None
        if isinstance(trouble, Refused):
            self._show_nothing(trouble.message, "Choose another day, report or production.", ())
        elif isinstance(trouble, FileProblem):
            self.desk.failed.emit(trouble)
        else:
            raise trouble

    def _show_sheet(self) -> None:
        if self._made is None or self._asked is None:
            return
        self._sheet_stack.setCurrentIndex(0)
        pdf = self._kept(self._issue) if self._issue is not None else self._made.pdf
        if pdf != self.preview.data():
            self.preview.set_data(pdf)
        self._tell_state()

    def _tell_state(self) -> None:
        assert self._asked is not None and self._made is not None
        frame = self._made.sheet.frame
        issued = frame.state == "issued"
        about = self._asked.about
        subject = f"#{about}" if isinstance(about, int) else day_text(about)
        if self._asked.document.subject == "week":
            subject = f"week of {subject}"
        if self._asked.document.subject == "production":
            subject = f"as of {subject}"
        kept = f", v{self._issue.version} as kept" if self._issue else ""
        title = self._asked.document.title if self.width() >= NO_LIST_UNDER else ""
        self.head.set_title(", ".join(part for part in (title, f"{subject}{kept}") if part))
        self.panel.issue_button.set_text(f"v{frame.version} is current" if issued else f"Issue v{self._next}")
        self.panel.issue_button.setEnabled(not issued)
        for button in (self.panel.print_button, self.panel.save_button, self.panel.copy_button):
            button.setEnabled(True)
        self.panel.since.setText(self._since(issued, frame.version))

    def _since(self, issued: bool, version: int) -> str:
        if issued:
            return f"Nothing has changed since v{version}."
        if self._issues:
            return f"Changed since v{self._issues[0].version}: the sheet prints as DRAFT until you issue v{self._next}."
        return "Prints as DRAFT until it is issued. Issuing numbers it, keeps its data and its PDF."

    def _kept(self, issue: IssueRow) -> bytes:
        return bytes(self.desk.engine.store.blob(issue.pdf))

    def _show_nothing(self, title: str, text: str, buttons: Any) -> None:
        self._asked = self._made = self._issue = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._settle.stop()
        if self._empty is not None:
            self._empty_box.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = EmptyState("paper", title, text, buttons)
        self._empty_box.addWidget(self._empty)
        self._sheet_stack.setCurrentIndex(1)
        self.head.set_title(self._document.title)
        self.count.setText("")
        for button in (self.panel.print_button, self.panel.save_button, self.panel.issue_button, self.panel.copy_button):
            button.setEnabled(False)
        self.panel.show_issues([], self._zone(), None)
        self.panel.since.setText("")

    # --- what the user does ---

    def _on_document(self, item: ListItem | None) -> None:
        if item is not None and not item.head and item.key != self._chosen:
            self._choose(str(item.key))

    def _choose(self, name: str) -> None:
        self._chosen = name
        self._issue = None
        self.load()

    def _on_options(self) -> None:
        self._issue = None
        if self._asked is not None:
            self._show_ledger()
            self._settle.start()

    def _on_report(self, number: object) -> None:
        self._report = int(str(number)) if number is not None else None
        self.load()

    def _on_issue(self, issue: object) -> None:
        """Show the PDF that was kept with an issue."""
        self._issue = issue if isinstance(issue, IssueRow) else None
        self._show_sheet()

    def _on_page(self, page: int, pages: int) -> None:
        self.count.setText(f"{page} of {pages}" if pages else "")
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < pages)

    def step(self, direction: int) -> None:
        """A day, or a week where the sheet is a week."""
        days = 7 if self._document.subject == "week" else 1
        if self._document.subject == "number":
            self._report = None
        self.desk.date = self.desk.date + timedelta(days=direction * days)

    def show_target(self, **target: Any) -> None:
        """`document`, `date` or `report` (its number): show that sheet."""
        if target.get("document") in DOCUMENTS:
            self._chosen = target["document"]
        if isinstance(target.get("date"), date):
            self.desk.date = target["date"]
        if isinstance(target.get("report"), int):
            self._chosen, self._report = "rehearsal-report", target["report"]
        self.load()

    def filename(self) -> str:
        """What the sheet on show is called in a folder."""
        if self._made is None:
            return ""
        if self._issue is None:
            return self._made.filename
        return re.sub(r"_(DRAFT|v\d+)\.pdf$", f"_v{self._issue.version}.pdf", self._made.filename)

    def save_sheet(self, path: str = "") -> None:
        """Save what is on show as a PDF; asks for the place, in the folder of last time."""
        if self._made is None:
            return
        if not path:
            start = str(Path(self._folder or Path.home()) / self.filename())
            path, _ = QFileDialog.getSaveFileName(self, "Save PDF", start, "PDF files (*.pdf)")
        if not path:
            return
        target = Path(path) if path.lower().endswith(".pdf") else Path(path + ".pdf")
        try:
            write_whole(target, self.preview.data())
        except OSError as trouble:
            self.desk.failed.emit(FileProblem(
                "paper.save", f"{target.name} could not be written: {trouble.strerror or trouble}.", path=target,
                remedy="Choose another folder, or free some space.",
            ))
            return
        self._folder = str(target.parent)
        self.desk.say(f"Saved {target.name}")

    def print_sheet(self, printer: QPrinter | None = None) -> None:
        """Print what is on show; asks which printer, with paper and orientation already set."""
        if self._made is None:
            return
        if printer is None:
            printer = self._printer()
            dialog = QPrintDialog(printer, self)
            dialog.setWindowTitle(f"Print {self.filename()}")
            if dialog.exec() != QPrintDialog.DialogCode.Accepted:
                return
        pages = print_pdf(self.preview.data(), printer)
        if pages:
            self.desk.say(f"Sent {words.count_text(pages, 'page')} to {printer.printerName() or 'the file'}")
        else:
            self.desk.failed.emit(Refused("paper.printer", "The printer could not be started; nothing was printed."))

    def _printer(self) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        paper = QPageSize.PageSizeId.A4 if self.panel.options().paper == "a4" else QPageSize.PageSizeId.Letter
        wide = self._document.orientation == "landscape"
        side = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        printer.setPageLayout(QPageLayout(QPageSize(paper), side, QMarginsF(0, 0, 0, 0)))
        printer.setFullPage(True)
        printer.setResolution(300)
        printer.setDocName(self.filename())
        printer.setCreator("Stagecraft")
        return printer

    def copy_text(self) -> None:
        """The sheet as plain text on the clipboard."""
        if self._made is not None and isinstance(self._made.sheet, DailyCallSheet):
            QGuiApplication.clipboard().setText(text_of(self._made.sheet))
            self.desk.say("Copied the call as text")

    def issue_sheet(self) -> None:
        """Number the sheet and keep it; it can be taken back like any change, its number cannot be given again."""
        if self._asked is None or self._made is None or self._made.sheet.frame.state == "issued":
            return
        asked, options, engine = self._asked, self.panel.options(), self.desk.engine
        issuing = Issuing(self._next, self.desk.clock.utc_ms() // 60000, engine.who or self._made.sheet.frame.author)
        self.panel.issue_button.setEnabled(False)

        def work(_report: Any) -> Made:
            with engine.reading() as conn:
                return make(conn, asked.production, asked.document.name, asked.about, options, issuing=issuing)

        def keep(made: Made) -> None:
            self.desk.do(IssueDocument(
                production=asked.production, document=asked.document.name, subject=made.subject, about=made.about,
                version=issuing.version, issued_at=issuing.at, author=issuing.author, privacy=asked.document.privacy,
                paper=options.paper, sheet=to_json(made.sheet), pdf=made.pdf,
            ), self.name)
            self.load()

        self.desk.jobs.start(f"Issue v{issuing.version}", work, keep, self._on_failed)

    # --- keys, command bar, layout ---

    def actions(self) -> list[Action]:
        def ready() -> bool:
            return self._made is not None

        return [
            Action("paper.print", "Print…", self.print_sheet, "Ctrl+P", "paper", "Page", ready, words="printer"),
            Action("paper.save", "Save PDF…", self.save_sheet, "Ctrl+Shift+S", "save", "Page", ready, words="pdf export"),
            Action("paper.issue", "Issue this sheet", self.issue_sheet, "Ctrl+Return", "check", "Page", ready,
                   words="publish number version"),
            Action("paper.copy", "Copy the call as text", self.copy_text, "", "copy", "Page",
                   lambda: ready() and self._chosen == "daily-call", words="mail clipboard"),
            Action("paper.page-on", "Page after", lambda: self.preview.go_to(self.preview.page() + 1), "PgDown", "",
                   "Page", ready),
            Action("paper.page-back", "Page before", lambda: self.preview.go_to(self.preview.page() - 1), "PgUp", "",
                   "Page", ready),
        ]

    def commands(self, text: str) -> list[Hit]:
        """`print thu call`, `weekly schedule 18 jan`, `report 9`."""
        typed = re.findall(r"[a-z0-9#+-]+", text.lower())
        printing = bool(typed) and typed[0] in ("print", "pdf", "issue", "paper")
        rest = typed[1:] if printing else typed
        document = next((found for word in rest if (found := _document_word(word))), None)
        if document is None:
            return []
        left = [word for word in rest if not _document_word(word) and word not in _FILLERS]
        target: dict[str, Any] = {"document": document.name}
        detail = ""
        if document.subject == "number" and left and left[0].lstrip("#").isdigit():
            target["report"] = int(left[0].lstrip("#"))
            detail = f"#{target['report']}"
        elif left:
            day = words.parse_date(" ".join(left), self.desk.date)
            if day is None:
                return []
            target["date"] = day
            detail = date_text(day)
        return [Hit(document.title, lambda: self.desk.open_page("paper", **target), detail, "Paper", "paper",
                    100 if printing else 60)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way first: narrower, then a choice in the head."""
        super().resizeEvent(event)
        self._left.setVisible(self.width() >= NO_LIST_UNDER)
        self._left.setFixedWidth(212 if self.width() >= SLIM_LIST_UNDER else 168)
        self.pick.setVisible(self.width() < NO_LIST_UNDER)

    def save_layout(self) -> dict[str, Any]:
        options = self.panel.options()
        return {
            "document": self._chosen, "zoom": self.preview.zoom, "folder": self._folder, "paper": options.paper,
            "binding": options.binding, "layout": options.layout,
        }

    def restore_layout(self, layout: dict[str, Any]) -> None:
        if layout.get("document") in DOCUMENTS:
            self._chosen = str(layout["document"])
        if layout.get("zoom") in dict(ZOOMS):
            self.zoom.set_value(layout["zoom"])
            self.preview.set_zoom(str(layout["zoom"]))
        self._folder = str(layout.get("folder", ""))
        if layout.get("paper") in ("letter", "a4"):
            self.panel.paper.set_value(layout["paper"])
        self.panel.binding.set_value(bool(layout.get("binding", False)))
        if layout.get("layout") in ("auto", "table", "rooms"):
            self.panel.layout_choice.set_value(layout["layout"])


_FILLERS = frozenset({"the", "of", "for", "as", "list", "schedule", "and", "options", "sheet", "daily", "rehearsal"})


def _document_word(word: str) -> Document | None:
    """The document a word names: `call`, `week`, `report`, `company`, `contacts`, `expiry`."""
    if len(word) < 4:
        return None
    for start, name in (
        ("call", "daily-call"), ("week", "weekly-schedule"), ("report", "rehearsal-report"),
        ("company", "company-list"), ("contact", "company-list"), ("expiry", "contract-expiry"),
    ):
        if word.startswith(start) or start.startswith(word):
            return DOCUMENTS[name]
    return None


