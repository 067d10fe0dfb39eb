"""What is being typed and not yet saved, kept outside the company file, so that a crash loses seconds of it.

A field saves when it is left; until then its text lies in the user's own data folder, readable by nobody else, and
goes away when the field is left. After a crash the window offers it back.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from stagecraft.base.paths import data_dir, write_whole
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Ground

EVERY_MS = 3000
LEAST = 3
"""Fewer characters are not worth a word."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Text of a field that was not left: in which file, on which page, in which field."""

    target: str
    page: str
    field: str
    text: str


def unsaved_file() -> Path:
    return data_dir() / "unsaved.json"


def typed_in(field: QWidget | None) -> str:
    """Text of a field that has been changed and not been left; empty for anything else.

    A field with the property `draftless` keeps itself in the company file, or holds what must not lie outside it.
    """
    if field is not None and field.property("draftless"):
        return ""
    if isinstance(field, QLineEdit):
        changed = getattr(field, "_dirty", field.isModified())
        return field.text() if changed and field.echoMode() == QLineEdit.EchoMode.Normal else ""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText() if getattr(field, "_dirty", field.document().isModified()) else ""
    return ""


class Drafts(QObject):
    """Looks at the focused field every three seconds and keeps or forgets."""

    def __init__(self, target: str, window: QWidget) -> None:
        super().__init__(window)
        self._target, self._window = target, window
        self._kept: Unsaved | None = None
        self.page = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Keep what is being typed now; forget what was kept when it has been saved."""
        field = QApplication.focusWidget()
        text = typed_in(field) if field is not None and self._window.isAncestorOf(field) else ""
        if len(text.strip()) < LEAST or field is None:
            self.forget()
            return
        name = field.accessibleName() or field.objectName()
        self._keep(Unsaved(self._target, self.page, name, text))

    def _keep(self, unsaved: Unsaved) -> None:
        if unsaved == self._kept:
            return
        # A home that cannot be written loses this comfort, never the work.
        with suppress(OSError):
            write_whole(unsaved_file(), json.dumps(asdict(unsaved)).encode(), mode=0o600)
            self._kept = unsaved

    def forget(self) -> None:
        """What was kept is saved or no longer wanted."""
        if self._kept is not None:
            self._kept = None
            with suppress(OSError):
                unsaved_file().unlink(missing_ok=True)


def left_over(target: str) -> Unsaved | None:
    """What was being typed in this file when the program stopped; it is forgotten by asking."""
    try:
        said = json.loads(unsaved_file().read_text("utf-8"))
        found = Unsaved(*(str(said[key]) for key in ("target", "page", "field", "text")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if found.target != target:
        return None
    unsaved_file().unlink(missing_ok=True)
    return found


class LeftOverCard(Ground):
    """Offers left-over text back: to copy, or to let go."""

    def __init__(self, unsaved: Unsaved, page_title: str, parent: QWidget) -> None:
        super().__init__("popup", parent)
        self.setFixedWidth(392)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        place = f"in {page_title}, {unsaved.field}" if unsaved.field else f"in {page_title}"
        column.addWidget(Label("You were still typing when the program stopped", "heading", wrap=True))
        column.addWidget(Label(f"{place}:", "secondary", wrap=True))
        self.text = Label(unsaved.text if len(unsaved.text) < 400 else unsaved.text[:400] + "…", wrap=True)
        column.addWidget(self.text)
        row = QHBoxLayout()
        self.copy = Button("Copy it", "primary", small=True, on_click=lambda: self._copy(unsaved.text))
        row.addWidget(self.copy)
        self.let_go = Button("Let it go", small=True)
        row.addWidget(self.let_go)
        row.addStretch(1)
        column.addLayout(row)

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.copy.set_text("Copied")
