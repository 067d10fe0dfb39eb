"""What the windows for importing and exporting have in common: what, of which production, which file, what is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.ui.widgets.buttons import Button, Segmented
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.labels import ElidedLabel, IconMark, Label

if TYPE_CHECKING:
    from stagecraft.base.settings import Settings
    from stagecraft.ui.desk import Desk


class CsvDialog(QDialog):
    """Opens over the window; nothing happens before the button at its foot."""

    title = ""
    kinds_name, of, choose_words, nothing_chosen, close_words = "", "of", "", "", "Close"

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from stagecraft.exchange.columns import KINDS

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.title)
        self._desk, self._settings = desk, settings
        self._path: Path | None = None
        self.kind = Segmented([(kind.code, kind.title) for kind in KINDS.values()], name=self.kinds_name)
        self.production = Combo([(None, "")], None, name="Production")
        self.production.setMinimumWidth(240)
        self.choose = Button(self.choose_words, icon="folder", on_click=self.choose_file)
        self.file = ElidedLabel(self.nothing_chosen, tone="text2")
        self.mark = IconMark("info", "text2")
        self.words = Label("", wrap=True)
        self.go = Button(self.title, "primary", on_click=self.act)
        self._lay_out()

    def _lay_out(self) -> None:
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(16, 16, 16, 16)
        self.rows.setSpacing(12)
        first, second, said, self.foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, said, self.foot):
            row.setSpacing(8)
            self.rows.addLayout(row)
        first.addWidget(self.kind)
        first.addStretch(1)
        first.addWidget(Label(self.of, tone="text2"))
        first.addWidget(self.production)
        second.addWidget(self.choose)
        second.addWidget(self.file, 1)
        said.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(self.close_words, "quiet", on_click=self.reject))
        self.foot.addWidget(self.go)

    def productions(self) -> list[tuple[int, str]]:
        """The productions to choose from, in the words of a list."""
        return [(row.id, f"{row.name} ({row.code})") for row in self._desk.all_productions()]

    def choose_file(self) -> None:
        """Ask for the file."""
        raise NotImplementedError

    def act(self) -> None:
        """Do it."""
        raise NotImplementedError

    def _say(self, icon: str, token: str, words: str) -> None:
        self.mark.setVisible(bool(icon))
        if icon:
            self.mark.set_icon(icon, token)
        self.words.setText(words)
