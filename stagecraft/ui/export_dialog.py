"""The window for exporting: what, of which production, to which place; then a CSV file that Import… takes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.ui.csv_dialog import CsvDialog
from stagecraft.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from stagecraft.base.settings import Settings
    from stagecraft.exchange.export import Export
    from stagecraft.ui.desk import Desk


class ExportDialog(CsvDialog):
    """Says what goes out and what does not before Export writes it."""

    title, kinds_name = "Export", "What to export"
    choose_words, nothing_chosen = "Choose a place…", "No place chosen yet"

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self.resize(720, 0)
        self._written: Path | None = None
        self.folder = Button("Open folder", icon="folder", on_click=self.open_folder)
        self.foot.insertWidget(0, self.folder)
        self.kind.changed.connect(lambda _kind: self._start())
        self.production.committed.connect(lambda _production: self._forget_place())
        self._start()

    def _start(self) -> None:
        """What goes out and what does not, said before anything is chosen."""
        rows = self.productions()
        one = self.kind.value() == "breakdown" or len(rows) == 1
        choices: list[tuple[int | None, str]] = [*rows] if one and rows else [(None, "all productions"), *rows]
        looked_at = self.production.value() or self._desk.production
        self.production.set_items(choices)
        self.production.set_value(looked_at if looked_at in dict(choices) else choices[0][0])
        self._forget_place()

    def _forget_place(self) -> None:
        """A place is chosen for one file: the next must not write over it unasked."""
        from stagecraft.exchange.export import LEFT_OUT, PRIVACY

        self._path = self._written = None
        self.file.setText(self.nothing_chosen)
        self._say("info", "text2", f"Class {PRIVACY}. {LEFT_OUT[str(self.kind.value())]}")

    def _say(self, icon: str, token: str, words: str) -> None:
        super()._say(icon, token, words)
        self.folder.setVisible(self._written is not None)
        self.go.setEnabled(self._path is not None)

    def choose_file(self) -> None:
        """Ask where to; the file dialog asks before it offers a file that is there."""
        near = Path(self._settings.last_folder) / f"{self.kind.value()}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export", str(near), "CSV files (*.csv)")
        if chosen:
            self._settings.last_folder = str(Path(chosen).parent)
            self.set_place(Path(chosen))

    def set_place(self, path: Path) -> None:
        """Export writes there, over a file that is there."""
        self._forget_place()
        self._path = path
        self.file.setText(str(path))
        self.go.setEnabled(True)
        self.go.setFocus()

    def act(self) -> None:
        """Write the file and say so."""
        from stagecraft.exchange.export import export, save

        path = self._path
        kind, production = str(self.kind.value()), self.production.value()
        if path is None:
            return
        try:
            if kind == "breakdown" and production is None:
                raise Refused("export.production", "There is no production yet whose breakdown this could be.")
            made: Export = self._desk.read(export, kind, production)
            save(path, made.data, force=True)
        except (FileProblem, Refused) as trouble:
            self._say("red", "redMark", str(trouble))
            return
        self._path, self._written = None, path
        self._say("check", "okMark", f"{made.words} written to {path.name}.")

    def open_folder(self) -> None:
        """Show where the file is."""
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
