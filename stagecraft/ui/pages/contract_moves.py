"""Forms that open inside a contract's page: its next state, and what became of an option. Both take a paper."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from stagecraft.domain.contract_dates import next_states, weeks_text
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.queries.contracts import ContractRow, OptionRow
from stagecraft.services.contract_items import DecideOption
from stagecraft.services.contracts import ChangeContractState
from stagecraft.ui.pages.contract_rows import SuggestEdit, TermRow
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import CheckBox, Combo, DateEdit, LineEdit
from stagecraft.ui.widgets.labels import ElidedLabel
from stagecraft.ui.widgets.panels import Card

if TYPE_CHECKING:
    from stagecraft.services.command import Command
    from stagecraft.services.contracts import Paper
    from stagecraft.ui.desk import Desk

ORIGIN = "contracts"
LARGEST = 50_000_000
"""Bytes of the largest file kept with a contract."""


def read_file(path: Path) -> Paper:
    """A file as it is kept; raises OSError when it cannot be read."""
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return path.name, path.read_bytes(), media


class FileChoice(QWidget):
    """A button that chooses a file from disk, and its name once chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.button = Button("Choose…", small=True, icon="folder", on_click=self._choose)
        row.addWidget(self.button)
        self.name = ElidedLabel("no file", "secondary")
        row.addWidget(self.name, 1)

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "Keep a file with this contract")
        if chosen:
            self.set_path(Path(chosen))

    def set_path(self, path: Path | None) -> None:
        self.path = path
        self.name.setText(path.name if path else "no file")

    def read(self) -> Paper | None:
        """The chosen file; None when there is none or it cannot be read, which is then said beside the button."""
        if self.path is None:
            return None
        try:
            found = read_file(self.path)
        except OSError:
            self.name.setText(f"{self.path.name} cannot be read; nothing was kept.")
            return None
        if len(found[1]) > LARGEST:
            self.name.setText(f"{self.path.name} is larger than 50 MB; nothing was kept.")
            return None
        return found


class _MoveCard(Card):
    """What both forms share: rows, Save and Cancel."""

    closed = Signal()

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self._desk = desk
        self._row: ContractRow | None = None
        self.body.setSpacing(4)
        self.when = TermRow("Date", DateEdit())
        self.note = TermRow("Note", LineEdit(placeholder="What happened, in a line"))
        self.file = FileChoice()
        self.file_row = TermRow("Paper", self.file, words_of=lambda _value: "")

    def _finish(self) -> None:
        """Put Save and Cancel below the rows."""
        buttons = QHBoxLayout()
        self.save = Button("Save", "primary", on_click=self._save)
        buttons.addSpacing(92)
        buttons.addWidget(self.save)
        buttons.addWidget(Button("Cancel", "quiet", on_click=self.close_form))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.hide()

    def close_form(self) -> None:
        self.hide()
        self.closed.emit()

    def _commit_rows(self, *rows: TermRow) -> None:
        for row in rows:
            if hasattr(row.editor, "commit"):
                row.editor.commit()

    def _save(self) -> None:
        raise NotImplementedError

    def _do(self, command: Command, fields: dict[str, TermRow]) -> bool:
        if self._desk.do(command, ORIGIN, fields=fields) is None:  # type: ignore[arg-type]
            return False
        self.close_form()
        return True


class StateCard(_MoveCard):
    """Moves a contract on, with date, note and paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Change state")
        self.state = TermRow("New state", Combo(name="New state"))
        for row in (self.state, self.when, self.note, self.file_row):
            self.add(row)
        self._finish()

    def open_for(self, row: ContractRow) -> None:
        """Offer what may follow the contract's state, the usual one first."""
        self._row = row
        following = next_states(row.state)
        combo = self.state.editor
        assert isinstance(combo, Combo)
        combo.set_items([(code, CONTRACT_STATES[code]) for code in following])
        self.state.set_value(following[0] if following else None)
        self.when.set_value(self._desk.today)
        self.note.set_value("")
        self.file.set_path(None)
        self.show()
        combo.setFocus()

    def _save(self) -> None:
        if self._row is None:
            return
        self._commit_rows(self.when, self.note)
        found = self.file.read()
        if self.file.path is not None and found is None:
            return
        command = ChangeContractState(
            self._row.id, self.state.value(), self.when.value(), self.note.value(), paper=found
        )
        self._do(command, {"state": self.state, "job": self.state})


class DecideCard(_MoveCard):
    """Says what became of an option: when, how, and whether the term goes on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Notice and decision")
        self._option: OptionRow | None = None
        choices = [
            ("exercised", "exercised: notice sent in time"),
            ("declined", "not renewed"),
            ("lapsed", "lapsed: nobody gave notice"),
            ("open", "open again"),
        ]
        self.state = TermRow("Decision", Combo(choices, "exercised", name="Decision"), self._on_state)
        self.method = TermRow("How", SuggestEdit(["e-mail", "letter", "by hand", "courier", "telephone"]))
        self.extend = CheckBox("Extend the term", True)
        for row in (self.state, self.when, self.method, self.note, self.file_row):
            self.add(row)
        inset = QHBoxLayout()
        inset.setContentsMargins(92, 0, 0, 0)
        inset.addWidget(self.extend)
        self.body.addLayout(inset)
        self._finish()

    def open_for(self, row: ContractRow, option: OptionRow) -> None:
        self._row, self._option = row, option
        self.state.set_value(option.state if option.state != "open" else "exercised")
        self.when.set_value(option.decided_on or self._desk.today)
        self.method.set_value(option.method)
        self.note.set_value(option.note)
        self.file.set_path(None)
        if option.extends_weeks:
            self.extend.setText(f"Extend the term by {weeks_text(option.extends_weeks)}")
        self._on_state(self.state.value())
        self.show()
        self.state.editor.setFocus()

    def _on_state(self, state: str) -> None:
        can = self._option is not None and self._option.extends_weeks is not None and self._row is not None
        fresh = self._option is not None and self._option.state != "exercised"
        self.extend.setVisible(bool(can and fresh and state == "exercised" and self._row and self._row.ends_on))

    def _save(self) -> None:
        if self._row is None or self._option is None:
            return
        self._commit_rows(self.when, self.method, self.note)
        found = self.file.read()
        if self.file.path is not None and found is None:
            return
        extend = self.extend.isVisible() and self.extend.isChecked()
        command = DecideOption(
            self._option.id,
            self.state.value(),
            self.when.value(),
            self.method.value(),
            self.note.value(),
            extend,
            paper=found,
        )
        self._do(command, {})
