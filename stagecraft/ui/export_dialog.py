"""The window for exporting: what, of which production, to which place; then a CSV file that Import… takes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.ui.widgets.buttons import Button, Segmented
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.labels import ElidedLabel, IconMark, Label

if TYPE_CHECKING:
    from stagecraft.base.settings import Settings
    from stagecraft.exchange.export import Export
    from stagecraft.ui.desk import Desk

NO_PLACE = "No place chosen yet"


class ExportDialog(QDialog):
    """Opens over the window; nothing is written before Export."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from stagecraft.exchange.columns import KINDS

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export")
        self.resize(720, 0)
        self._desk, self._settings = desk, settings
        self._path: Path | None = None
        self._written: Path | None = None
        self.kind = Segmented([(kind.code, kind.title) for kind in KINDS.values()], name="What to export")
        self.production = Combo([(None, "")], None, name="Production")
        self.place = ElidedLabel(NO_PLACE, tone="text2")
        self.choose = Button("Choose a place…", icon="folder", on_click=self.choose_place)
        self.mark = IconMark("info", "text2")
        self.words = Label("", wrap=True)
        self.folder = Button("Open folder", icon="folder", on_click=self.open_folder)
        self.write = Button("Export", "primary", on_click=self.write_file)
        self._lay_out()
        self.kind.changed.connect(lambda _kind: self._start())
        self.production.committed.connect(lambda _production: self._forget_place())
        self._start()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        first, second, said, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, said, last):
            row.setSpacing(8)
            outer.addLayout(row)
        first.addWidget(self.kind)
        first.addStretch(1)
        first.addWidget(Label("of", tone="text2"))
        self.production.setMinimumWidth(220)
        first.addWidget(self.production)
        second.addWidget(self.choose)
        second.addWidget(self.place, 1)
        said.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        last.addWidget(self.folder)
        last.addStretch(1)
        last.addWidget(Button("Close", "quiet", on_click=self.reject))
        last.addWidget(self.write)

    def _start(self) -> None:
        """What goes out and what does not, said before anything is chosen."""
        rows = [(row.id, f"{row.name} ({row.code})") for row in self._desk.all_productions()]
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
        self.place.setText(NO_PLACE)
        self._say("info", "text2", f"Class {PRIVACY}. {LEFT_OUT[str(self.kind.value())]}")

    def _say(self, icon: str, token: str, words: str) -> None:
        self.mark.set_icon(icon, token)
        self.words.setText(words)
        self.folder.setVisible(self._written is not None)
        self.write.setEnabled(self._path is not None)

    def choose_place(self) -> None:
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
        self.place.setText(str(path))
        self.write.setEnabled(True)
        self.write.setFocus()

    def write_file(self) -> None:
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
