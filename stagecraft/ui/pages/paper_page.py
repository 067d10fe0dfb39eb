"""Paper: the documents at the left, the sheet itself in the middle, how to set and issue it at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.domain.times import date_text, monday
from stagecraft.paper.documents import DOCUMENTS, Document, Made, make, subject_of
from stagecraft.queries.paper import IssueRow, issue_rows, next_version
from stagecraft.queries.reports import ReportRow, report_rows
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.desk import Desk
from stagecraft.ui.jobs import Job
from stagecraft.ui.page import Page
from stagecraft.ui.pages.paper_commands import paper_actions, paper_hits
from stagecraft.ui.pages.paper_list import DocumentList
from stagecraft.ui.pages.paper_options import PaperPanel
from stagecraft.ui.pages.paper_out import PaperOut
from stagecraft.ui.pages.paper_sheet import SheetView, about_words
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.pdf_preview import ZOOMS
from stagecraft.ui.widgets.two_line_list import ListItem

# fmt: off
READ = frozenset((
    "act", "assignment", "attendance", "availability", "call", "contract", "contract_deadline", "contract_option",
    "department", "event", "event_unit", "house", "issue", "job", "milestone", "musical_number", "note", "performance",
    "performance_cast", "person", "production", "report", "report_break", "report_work", "rider", "role", "scene",
    "script_draft", "show", "space", "track", "venue", "agent", "season", "block", "person_private", "phase",
    "rule_approval", "rule_pack", "rule_verification",
))
# fmt: on
"""Tables some document is made of; a test compares this with what the builders read."""

SLIM_LIST_UNDER, NO_LIST_UNDER = 780, 620
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
    tables = READ

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.remove_header()
        self._chosen = "daily-call"
        self._of: int | None = None  # the production whose sheet is wanted, of those on the desk
        self._print_next = False
        self._report: int | None = None
        self.kept: IssueRow | None = None  # an issue of the ledger, shown instead of what is made now
        self.made: Made | None = None
        self.asked: _Asked | None = None
        self._job: Job | None = None
        self._opened = False  # the side opens by itself once; closed by the user it stays closed
        self.next = 1  # the version an issue would have
        self._issues: list[IssueRow] = []
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._render)
        self.list = DocumentList()
        self.list.chosen.connect(self._on_document)
        self.view = SheetView([(one.name, one.title) for one in DOCUMENTS.values()])
        self.view.pick.committed.connect(self._choose)
        for choice in (self.list.production, self.view.production):
            choice.committed.connect(self._on_production)
        self.preview = self.view.preview
        self.out = PaperOut(self)
        self._build_panel()
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.view, 1)
        self.set_content(content)

    # --- building ---

    def _build_panel(self) -> None:
        self.panel = PaperPanel()
        self.panel.paper.set_value(self.desk.house.paper or "letter")
        self.view.print_button.clicked.connect(lambda *_: self.out.print())
        self.panel.print_button.clicked.connect(lambda *_: self.out.print())
        self.panel.save_button.clicked.connect(lambda *_: self.out.save())
        self.panel.issue_button.clicked.connect(lambda *_: self.out.issue())
        self.panel.copy_button.clicked.connect(lambda *_: self.out.copy())
        self.panel.options_changed.connect(self._on_options)
        self.panel.report_chosen.connect(self._on_report)
        self.panel.issue_chosen.connect(self._on_issue)
        self.panel.flags.wanted.connect(lambda event: self.desk.open_page("calendar", event=event))

    # --- reading ---

    def load(self) -> None:
        """Show the documents and their numbers, then set the chosen one in type."""
        production = self.production
        self._offer_productions()
        self._fill_list(production)
        self.panel.show_document(self.document)
        self.view.pick.set_value(self._chosen)
        if production is None:
            self._show_nothing(
                "No production yet",
                "A sheet is about a production. Add one on the Today page, or open the sample season.",
                [("Go to Today", lambda: self.desk.open_page("today"))],
            )
            return
        if not self.desk.may_see(self.document.privacy):
            self._show_nothing(
                f"{self.document.title} is {self.document.privacy.lower()}",
                "It opens for company and general management. Settings say what your work is.",
                [("Open Settings", self.desk.settings_wanted.emit)],
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
        asked = _Asked(production, self.document, about)
        if asked != self.asked:
            self.kept = None
        self.asked = asked
        self._show_ledger()
        self.panel.flags.show_sheet(self.desk, production, self.document.subject, about)
        if not self._opened:
            self._opened = True
            self._inspector = self.panel
            if not self.narrow:
                self.open_inspector(self.panel)
        self._settle.start()

    def ready(self) -> bool:
        """Whether a sheet is on show."""
        return self.made is not None

    @property
    def document(self) -> Document:
        return DOCUMENTS[self._chosen]

    @property
    def production(self) -> int | None:
        """The production the sheet is of: the one chosen here while the desk has it, else the desk's first."""
        return self._of if self._of in self.desk.productions else self.desk.production

    def _offer_productions(self) -> None:
        several = [row for row in self.desk.all_productions() if row.id in self.desk.productions]
        for choice in (self.list.production, self.view.production):
            choice.set_items([(row.id, row.name) for row in several])
            choice.set_value(self.production)
        self._arrange()

    def _about(self, production: int) -> date | int | None:
        if self._chosen == "contract-expiry":
            return self.desk.today  # days left are counted as on Contracts, whatever day is looked at
        if self.document.subject != "number":
            return monday(self.desk.date) if self.document.subject == "week" else self.desk.date
        reports: list[ReportRow] = self.desk.read(report_rows, [production], "rehearsal")
        self.panel.report.set_items(
            [(row.number, f"#{row.number}, {date_text(row.on_date)}") for row in reports]
        )
        self.panel.report_row.setVisible(bool(reports))
        numbers = [row.number for row in reports]
        if self._report not in numbers:
            on_day = [row.number for row in reports if row.on_date == self.desk.date]
            before = [row.number for row in reports if row.on_date <= self.desk.date]
            self._report = next(iter([*on_day, *before, *numbers]), None)
        self.panel.report.set_value(self._report)
        return self._report

    def _fill_list(self, production: int | None) -> None:
        newest: dict[str, str] = {}
        issues: list[IssueRow] = self.desk.read(issue_rows, production) if production is not None else []
        for issue in issues:
            kind = DOCUMENTS.get(issue.document)
            on_desk = kind and kind.subject != "number" and issue.subject == subject_of(kind, self.desk.date)
            if on_desk:
                newest.setdefault(issue.document, f"v{issue.version}")
        self.list.show_documents(newest, self.desk.privacy, self._chosen)

    def _show_ledger(self) -> None:
        assert self.asked is not None
        subject = subject_of(self.asked.document, self.asked.about)
        issues = self.desk.read(issue_rows, self.asked.production, self.asked.document.name, subject)
        if self.kept is not None and all(one.id != self.kept.id for one in issues):
            self.kept = None
        self.next = self.desk.read(next_version, self.asked.production, self.asked.document.name, subject)
        self.panel.show_issues(issues, self._zone(), self.kept.id if self.kept else None)
        self._issues = issues

    def _zone(self) -> str:
        row = self.desk.production_row(self.production)
        return str(row.zone if row and row.zone else self.desk.house.zone)

    # --- setting in type ---

    def _render(self) -> None:
        """Set the chosen sheet in type on a worker; an older one that comes late is dropped."""
        if self.asked is None:
            return
        if self._job is not None:
            self._job.cancel()
        asked, options, engine = self.asked, self.panel.options(), self.desk.engine

        def work(_report: Any) -> Made:
            with engine.reading() as conn:
                return make(conn, asked.production, asked.document.name, asked.about, options)

        self._job = self.desk.jobs.start("Set the sheet in type", work, self._on_made, self.not_made)

    def _on_made(self, made: Made) -> None:
        self.made = made
        self._job = None
        self._show_sheet()
        if self._print_next:
            self._print_next = False
            QTimer.singleShot(0, self.out.print)  # the page is on show before the dialog asks

    def not_made(self, trouble: BaseException) -> None:
        """Say why there is no sheet."""
        self._job = None
        if isinstance(trouble, Refused):
            self._show_nothing(trouble.message, "Choose another day, report or production.", ())
        elif isinstance(trouble, FileProblem):
            self.desk.failed.emit(trouble)
        else:
            raise trouble

    def _show_sheet(self) -> None:
        if self.made is None or self.asked is None:
            return
        pdf = self._kept_pdf(self.kept) if self.kept is not None else self.made.pdf
        self.view.show_pdf(pdf)
        self._tell_state()

    def _tell_state(self) -> None:
        assert self.asked is not None
        assert self.made is not None
        frame = self.made.sheet.frame
        document = self.asked.document
        title = "" if self.narrow else document.title  # the list or the choice beside it says so
        kept = f"v{self.kept.version} as kept" if self.kept else ""
        parts = (title, about_words(document, self.asked.about), kept)
        self.view.head.set_title(", ".join(part for part in parts if part))
        for button in self._needing_a_sheet():
            button.setEnabled(True)
        newest = self._issues[0].version if self._issues else 0
        self.panel.show_state(newest, self.next, issued=frame.state == "issued")

    def _kept_pdf(self, issue: IssueRow) -> bytes:
        return bytes(self.desk.engine.store.blob(issue.pdf))

    def _show_nothing(self, title: str, text: str, buttons: Any) -> None:
        self.asked = self.made = self.kept = None
        self._print_next = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._settle.stop()
        self.view.show_nothing(title, text, buttons)
        self.view.head.set_title(self.document.title)
        for button in (*self._needing_a_sheet(), self.panel.issue_button):
            button.setEnabled(False)
        self.panel.show_issues([], self._zone(), None)
        self.panel.flags.show_flags(None)
        self.panel.since.setText("")
        self.panel.note.hide()

    def _needing_a_sheet(self) -> tuple[Button, ...]:
        panel = self.panel
        return self.view.print_button, panel.print_button, panel.save_button, panel.copy_button

    # --- what the user does ---

    def _on_document(self, item: ListItem | None) -> None:
        if item is not None and not item.head and item.key != self._chosen:
            self._choose(str(item.key))

    def _on_production(self, production: object) -> None:
        self._of = production if isinstance(production, int) else None
        self.load()

    def _choose(self, name: str) -> None:
        self._chosen = name
        self.kept = None
        self.load()

    def _on_options(self) -> None:
        self.kept = None
        if self.asked is not None:
            self._show_ledger()
            self._settle.start()

    def _on_report(self, number: object) -> None:
        self._report = int(str(number)) if number is not None else None
        self.load()

    def _on_issue(self, issue: object) -> None:
        """Show the PDF that was kept with an issue."""
        self.kept = issue if isinstance(issue, IssueRow) else None
        self._show_sheet()

    def step(self, direction: int) -> None:
        """A day, or a week where the sheet is a week."""
        days = 7 if self.document.subject == "week" else 1
        if self.document.subject == "number":
            self._report = None
        self.desk.date = self.desk.date + timedelta(days=direction * days)

    def show_target(self, **target: Any) -> None:
        """Show a sheet: `document` of a `production`, `date` or `report` (its number), or `subject` as the ledger has
        it. `printing` also asks for the printer.
        """
        if target.get("document") in DOCUMENTS:
            self._chosen = target["document"]
        production = target.get("production")
        if isinstance(production, int):
            self._of = production
            if production not in self.desk.productions:
                self.desk.productions = (production,)
        subject = str(target.get("subject") or "")
        about = target.get("date") or ("-" in subject and date.fromisoformat(subject))
        if isinstance(about, date):
            self.desk.date = about
        report = target.get("report") or (subject.isdigit() and int(subject))
        if report:
            self._chosen, self._report = "rehearsal-report", report
        self._print_next = bool(target.get("printing"))
        self.load()

    # --- keys, command bar, layout ---

    def actions(self) -> list[Action]:
        return paper_actions(self)

    def commands(self, text: str) -> list[Hit]:
        """`print thu call`, `weekly schedule 18 jan`, `report 9`."""
        return paper_hits(text, self.desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way first: narrower, then a choice in the head."""
        super().resizeEvent(event)
        self._arrange()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._arrange()
        if self.made is not None:
            self._tell_state()

    def _arrange(self) -> None:
        several, narrow = len(self.desk.productions) > 1, self.width() < NO_LIST_UNDER
        self.list.setVisible(not narrow)
        self.list.setFixedWidth(212 if self.width() >= SLIM_LIST_UNDER else 192)
        self.list.above.setVisible(several)
        self.view.pick.setVisible(narrow)
        self.view.production.setVisible(narrow and several)
        self.view.print_button.setVisible(self.narrow)

    def save_layout(self) -> dict[str, Any]:
        options = self.panel.options()
        return {
            "document": self._chosen,
            "zoom": self.preview.zoom,
            "folder": self.out.folder,
            "paper": options.paper,
            "binding": options.binding,
            "layout": options.layout,
        }

    def restore_layout(self, layout: dict[str, Any]) -> None:
        if layout.get("document") in DOCUMENTS:
            self._chosen = str(layout["document"])
        if layout.get("zoom") in dict(ZOOMS):
            self.view.set_zoom(str(layout["zoom"]))
        self.out.folder = str(layout.get("folder", ""))
        if layout.get("paper") in ("letter", "a4"):
            self.panel.paper.set_value(layout["paper"])
        self.panel.binding.set_value(bool(layout.get("binding", False)))
        if layout.get("layout") in ("auto", "table", "rooms"):
            self.panel.layout_choice.set_value(layout["layout"])
