"""The window for importing a CSV file: choose, look at every line, then take all of it as one step.

The file is read on a thread; what it would do is found out by doing it and taking it back (`services.exchange`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.ui.csv_dialog import CsvDialog
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import EmptyState
from stagecraft.ui.widgets.row_table import Column, RowModel, RowTable

if TYPE_CHECKING:
    from stagecraft.base.settings import Settings
    from stagecraft.domain.incoming import ImportResult
    from stagecraft.exchange.plan import ImportPlan
    from stagecraft.ui.desk import Desk


@dataclass(slots=True)
class PreviewRow:
    """A line of the file, what it says, and what is to be said about it. `severity` red: it cannot be taken."""

    line: int
    words: str
    remark: str = ""
    severity: str = ""

    @property
    def id(self) -> int:
        return self.line


class ImportDialog(CsvDialog):
    """Shows every line of the file before Import takes all of them as one step."""

    title, kinds_name, of = "Import", "What the file holds", "for"
    choose_words, nothing_chosen, close_words = "Choose a file…", "No file chosen yet", "Cancel"

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self.resize(840, 540)
        self.setAcceptDrops(True)
        self._plan: ImportPlan | None = None
        several = self.productions()
        unnamed: list[tuple[int | None, str]] = [(None, "the production each line names")]
        choices = [*several] if len(several) == 1 else [*unnamed, *several]
        self.production.set_items(choices)
        self.production.set_value(choices[0][0])
        self.model = RowModel(_COLUMNS, tint=lambda row: "redTint" if row.severity == "red" else "")
        self.table = RowTable(self.model, name="Lines of the file")
        self.empty = EmptyState("tray", "Choose a CSV file, or drop it here", "", [])
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.table)
        self.rows.insertWidget(2, self.pages, 1)
        self.remarks = Label("", "secondary", wrap=True)
        self.rows.insertWidget(4, self.remarks)
        self.kind.changed.connect(lambda _kind: self._read())
        self.production.committed.connect(lambda _production: self._read())
        self._show_nothing()

    def _show_nothing(self) -> None:
        from stagecraft.exchange.columns import KINDS

        kind = KINDS[str(self.kind.value())]
        needed = ", ".join(column.name for column in kind.columns if column.required)
        others = ", ".join(column.name for column in kind.columns if not column.required)
        self.empty.text.setText(f"{kind.about}\n\nColumn needed: {needed}. If you have them: {others}.")
        self.pages.setCurrentWidget(self.empty)
        self._say("", "", "")
        self.go.setEnabled(False)

    def _say(self, icon: str, token: str, words: str) -> None:
        super()._say(icon, token, words)
        if not words:
            self.remarks.setText("")
        self.remarks.setVisible(bool(self.remarks.text()))

    # --- the file ------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a CSV file and read it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Import", self._settings.last_folder, "CSV files (*.csv *.tsv *.txt);;All files (*)"
        )
        if chosen:
            self._settings.last_folder = str(Path(chosen).parent)
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Show what a file would do."""
        self._path = path
        self.file.setText(path.name)
        self.file.setToolTip(str(path))
        self._read()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.read_file(Path(local[0]))

    def _read(self) -> None:
        from stagecraft.exchange.plan import parse

        self._plan = None
        if self._path is None:
            self._show_nothing()
            return
        kind, path = str(self.kind.value()), self._path
        self.go.setEnabled(False)
        self._desk.jobs.start(
            f"Reading {path.name}", lambda report: parse(kind, path), self._on_read, self._on_trouble
        )

    def _on_trouble(self, trouble: BaseException) -> None:
        if not isinstance(trouble, (FileProblem, Refused)):
            raise trouble
        self._show_nothing()
        self._say("red", "redMark", str(trouble))

    def _on_read(self, plan: ImportPlan) -> None:
        from stagecraft.services.exchange import rehearse

        if (plan.path, plan.kind) != (self._path, self.kind.value()):
            return
        self._plan = plan
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            result = rehearse(self._desk.engine, self._command(plan))
        except (FileProblem, Refused) as trouble:
            self._on_trouble(trouble)
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        self._show(plan, result)

    def _command(self, plan: ImportPlan) -> Any:
        from stagecraft.services.exchange import import_command

        return import_command(plan.kind, plan.lines, self.production.value())

    def _show(self, plan: ImportPlan, result: ImportResult) -> None:
        rows, bad = preview_rows(plan, result)
        self.model.set_rows(rows)
        self.pages.setCurrentWidget(self.table)
        self.remarks.setText("\n".join(plan.remarks))
        if bad:
            cannot = "1 line cannot be taken" if bad == 1 else f"{bad} lines cannot be taken"
            self._say(
                "red",
                "redMark",
                f"{cannot}, so nothing would be imported. Correct the file and choose it again.",
            )
        elif not result.added and not result.filled:
            self._say("check", "okMark", "Everything in this file is here already.")
        else:
            self._say("check", "okMark", f"Would be imported: {result.words}.")
        self.go.setEnabled(not bad and bool(result.added or result.filled))

    # --- taking it -----------------------------------------------------------------------------------------

    def act(self) -> None:
        """Import the file as one step and close."""
        if self._plan is None:
            return
        changes = self._desk.do(self._command(self._plan), "import")
        if changes is None:
            self._read()
            return
        self.accept()


def preview_rows(plan: ImportPlan, result: ImportResult) -> tuple[list[PreviewRow], int]:
    """Every line with what is to be said about it, those that cannot be taken first; and how many those are."""
    from stagecraft.domain.incoming import line_words

    rows = {line.line: PreviewRow(line.line, line_words(line)) for line in plan.lines}
    for kept in result.kept:
        row = rows[kept.line]
        row.remark = f"{row.remark} {kept.reason}".strip()
    for problem in {*plan.problems, *result.problems}:
        row = rows.setdefault(problem.line, PreviewRow(problem.line, ""))
        row.remark, row.severity = problem.reason[:1].upper() + problem.reason[1:], "red"
    ordered = sorted(rows.values(), key=lambda row: (row.severity != "red", row.line))
    return ordered, sum(row.severity == "red" for row in ordered)


_COLUMNS = (
    Column("Line", lambda row: str(row.line) if row.line else "", 56, right=True, sort=lambda row: row.line),
    Column("In the file", lambda row: row.words, 300, tip=lambda row: row.words),
    Column(
        "",
        lambda row: row.remark,
        stretch=True,
        icon=lambda row: ("red", "redMark") if row.severity == "red" else None,
        token=lambda row: "red" if row.severity == "red" else "text2",
        tip=lambda row: row.remark,
    ),
)
