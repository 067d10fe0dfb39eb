"""What leaves the Paper page: a sheet saved, printed, copied as text, or issued for good."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.domain.sheets import to_json
from stagecraft.domain.sheets.daily_call import DailyCallSheet, text_of
from stagecraft.paper.documents import Issuing, Made, make
from stagecraft.services.paper import IssueDocument
from stagecraft.ui import words
from stagecraft.ui.pages.paper_sheet import printer_for, write_pdf
from stagecraft.ui.widgets.pdf_preview import print_pdf

if TYPE_CHECKING:
    from stagecraft.ui.pages.paper_page import PaperPage


class PaperOut:
    """Takes what is on show on the page; `folder` is where the last PDF went."""

    def __init__(self, page: PaperPage) -> None:
        self.page = page
        self.folder = ""

    def filename(self) -> str:
        """What the sheet on show is called in a folder."""
        if self.page.made is None:
            return ""
        if self.page.kept is None:
            return self.page.made.filename
        return re.sub(r"_(DRAFT|v\d+)\.pdf$", f"_v{self.page.kept.version}.pdf", self.page.made.filename)

    def save(self, path: str = "") -> None:
        """Save what is on show as a PDF; asks for the place, in the folder of last time."""
        if self.page.made is None:
            return
        if not path:
            start = str(Path(self.folder or Path.home()) / self.filename())
            path, _ = QFileDialog.getSaveFileName(self.page, "Save PDF", start, "PDF files (*.pdf)")
        if not path:
            return
        target = Path(path) if path.lower().endswith(".pdf") else Path(path + ".pdf")
        try:
            write_pdf(target, self.page.preview.data())
        except FileProblem as trouble:
            self.page.desk.failed.emit(trouble)
            return
        self.folder = str(target.parent)
        self.page.desk.say(f"Saved {target.name}")

    def print(self, printer: QPrinter | None = None) -> None:
        """Print what is on show; asks which printer, with paper and orientation already set."""
        if self.page.made is None:
            return
        if printer is None:
            wide = self.page.document.orientation == "landscape"
            printer = printer_for(self.page.panel.options().paper, landscape=wide, name=self.filename())
            dialog = QPrintDialog(printer, self.page)
            dialog.setWindowTitle(f"Print {self.filename()}")
            if dialog.exec() != QPrintDialog.DialogCode.Accepted:
                return
        pages = print_pdf(self.page.preview.data(), printer)
        if pages:
            self.page.desk.say(
                f"Sent {words.count_text(pages, 'page')} to {printer.printerName() or 'the file'}"
            )
        else:
            self.page.desk.failed.emit(
                Refused("paper.printer", "The printer could not be started; nothing was printed.")
            )

    def copy(self) -> None:
        """The sheet as plain text on the clipboard."""
        if self.page.made is not None and isinstance(self.page.made.sheet, DailyCallSheet):
            QGuiApplication.clipboard().setText(text_of(self.page.made.sheet))
            self.page.desk.say("Copied the call as text")

    def issue(self) -> None:
        """Number the sheet and keep it for good; the message offers no undo, for there is none."""
        if self.page.asked is None or self.page.made is None or self.page.made.sheet.frame.state == "issued":
            return
        asked, options, engine = self.page.asked, self.page.panel.options(), self.page.desk.engine
        issuing = Issuing(
            self.page.next,
            self.page.desk.clock.utc_ms() // 60000,
            engine.who or self.page.made.sheet.frame.author,
        )
        self.page.panel.issue_button.setEnabled(False)
        note = self.page.panel.note
        note.editor.commit()
        self.page.kept = None

        def work(_report: Any) -> Made:
            with engine.reading() as conn:
                return make(conn, asked.production, asked.document.name, asked.about, options, issuing=issuing)

        def keep(made: Made) -> None:
            issued = self.page.desk.do(
                IssueDocument(
                    production=asked.production,
                    document=asked.document.name,
                    subject=made.subject,
                    about=made.about,
                    version=issuing.version,
                    issued_at=issuing.at,
                    author=issuing.author,
                    privacy=asked.document.privacy,
                    paper=options.paper,
                    sheet=to_json(made.sheet),
                    pdf=made.pdf,
                    note=note.value(),
                ),
                self.page.name,
                quiet=True,
            )
            if issued:
                note.set_value("")
                self.page.desk.say(
                    f"Issued {asked.document.title.lower()} v{issuing.version}. It is kept in the ledger."
                )
            self.page.load()

        self.page.desk.jobs.start(f"Issue v{issuing.version}", work, keep, self.page.not_made)
