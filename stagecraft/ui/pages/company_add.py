"""The line that adds a person: a name is enough; whoever may be on file already is named before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from stagecraft.domain.names import alike
from stagecraft.queries.people import name_pairs
from stagecraft.services.people import AddPerson
from stagecraft.ui.desk import Desk
from stagecraft.ui.theme import font
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Ground


class AddLine(Ground):
    """Type a name, Enter adds and waits for the next, Esc closes. `added(id)`; `existing(id)` for one on file."""

    added = Signal(int)
    existing = Signal(int)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("header")
        self.desk = desk
        self._pairs: list[tuple[int, str]] = []
        self._found: int | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 16, 8)
        outer.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.line = QLineEdit()
        self.line.setFont(font())
        self.line.setPlaceholderText("Name as it is printed: Karen Cartwright, Linda, 李")
        self.line.setAccessibleName("Name of the new person")
        self.line.setMaxLength(200)
        self.line.textChanged.connect(self._on_text)
        self.line.returnPressed.connect(self.commit)
        self.line.installEventFilter(self)
        row.addWidget(self.line, 1)
        self.button = Button("Add", "primary", on_click=self.commit)
        row.addWidget(self.button)
        row.addWidget(IconButton("close", "Close this line (Esc)", on_click=self.close_line))
        outer.addLayout(row)
        self.warning = Ground("none")
        words = QHBoxLayout(self.warning)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        words.addWidget(IconMark("amber", "amberMark", 14, name="Warning"))
        self.words = Label("", "secondary", tone="amber")
        words.addWidget(self.words)
        self.open = Button("Open the existing one", "link", on_click=self._open_existing)
        words.addWidget(self.open)
        words.addStretch(1)
        outer.addWidget(self.warning)
        self.warning.hide()
        self.refusal = Label("", "secondary", tone="red", wrap=True)
        self.refusal.hide()
        outer.addWidget(self.refusal)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(80)
        self._timer.timeout.connect(self.look)

    def start(self, name: str = "") -> None:
        """Show the line, ready to type."""
        self._pairs = self.desk.read(name_pairs)
        self.show()
        self.line.setText(name)
        self.line.setFocus()
        self.look()

    def _on_text(self) -> None:
        self.refusal.hide()
        self._timer.start()

    def look(self) -> None:
        """Say who on file may be the one typed."""
        found = alike(self.line.text(), self._pairs)
        self._found = found[0] if found else None
        names = dict(self._pairs)
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        self.words.setText(f"{names[found[0]]}{others} may be the same person." if found else "")
        self.warning.setVisible(bool(found))
        self.button.set_text("Add all the same" if found else "Add")

    def commit(self) -> None:
        """Add the person typed; the line stays for the next."""
        if not self.line.text().strip():
            self.line.setFocus()
            return
        if changes := self.desk.do(AddPerson(self.line.text()), "company", fields=self):
            self._pairs = self.desk.read(name_pairs)
            self.line.clear()
            self.warning.hide()
            self.button.set_text("Add")
            self.added.emit(changes.value)
            self.line.setFocus()

    def refuse(self, message: str) -> None:
        """Say why it was not added; what was typed stays."""
        self.refusal.setText(message)
        self.refusal.show()

    def _open_existing(self) -> None:
        if self._found is not None:
            found = self._found
            self.line.clear()
            self.close_line()
            self.existing.emit(found)

    def close_line(self) -> None:
        """Hide it; what was typed is still there when it opens again."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.close_line()
                return True
        return False
