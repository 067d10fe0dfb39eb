"""The states a contract went through with their papers, and the files kept with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.times import date_text
from stagecraft.queries.contract_page import (
    AttachmentRow,
    StateRow,
    attachment_data,
    attachment_rows,
    state_rows,
)
from stagecraft.queries.contracts import ContractRow
from stagecraft.services.contracts import AttachFile, RemoveAttachment
from stagecraft.ui.pages.contract_moves import LARGEST, read_file
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import Card

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "contracts"


def size_text(size: int) -> str:
    """`12 kB`, `3.4 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


class HistoryCard(Card):
    """State history, newest first, then the files; a file is saved elsewhere to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("State history and papers")
        self._desk = desk
        self._row: ContractRow | None = None
        self.setAcceptDrops(True)
        self.head_row.addWidget(Button("Keep a file…", small=True, icon="plus", on_click=self._choose))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)

    def show_row(self, row: ContractRow) -> None:
        self._row = row
        while self._lines.count():
            old = self._lines.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for state in self._desk.read(state_rows, row.id):
            self._lines.addWidget(self._state_line(state))
        for file in self._desk.read(attachment_rows, row.id):
            self._lines.addWidget(self._file_line(file))

    def _state_line(self, state: StateRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        day = Label(date_text(state.on_date), "secondary")
        day.setFixedWidth(112)
        row.addWidget(day)
        row.addWidget(Label(CONTRACT_STATES.get(state.state, state.state), "strong"))
        row.addWidget(ElidedLabel(state.note, "secondary"), 1)
        if state.file:
            row.addWidget(ElidedLabel(state.file, "secondary"), 1)
        return line

    def _file_line(self, file: AttachmentRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        what = Label("Paper", "secondary")
        what.setFixedWidth(112)
        row.addWidget(what)
        row.addWidget(ElidedLabel(f"{file.name}, {size_text(file.size)}", "body"), 1)
        if self._desk.may_see("Restricted"):  # a paper may say what somebody is paid
            row.addWidget(
                Button("Save a copy…", small=True, icon="save", on_click=partial(self._save_copy, file))
            )
        else:
            row.addWidget(Label("sealed", "secondary", tone="text3"))
        row.addWidget(
            IconButton("trash", f"Remove {file.name}", size=24, on_click=partial(self._remove, file.id))
        )
        return line

    # --- changing ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file from the desktop may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.keep(Path(url.toLocalFile()))
        event.acceptProposedAction()

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "Keep a file with this contract")
        if chosen:
            self.keep(Path(chosen))

    def keep(self, path: Path) -> None:
        """Keep a file with the contract shown."""
        if self._row is None:
            return
        try:
            name, data, media = read_file(path)
        except OSError:
            self._desk.say(f"{path.name} cannot be read; nothing was kept.")
            return
        if len(data) > LARGEST:
            self._desk.say(f"{path.name} is larger than 50 MB; nothing was kept.")
            return
        self._desk.do(AttachFile(self._row.id, name, data, media), ORIGIN)

    def _save_copy(self, file: AttachmentRow) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, "Save a copy", file.name)
        if not chosen:
            return
        try:
            Path(chosen).write_bytes(self._desk.read(attachment_data, file.id))
        except OSError:
            self._desk.say(f"{Path(chosen).name} cannot be written there; the paper stays in the company file.")

    def _remove(self, attachment: int) -> None:
        self._desk.do(RemoveAttachment(attachment), ORIGIN)
