"""The one place that shows trouble: what happened, what was kept, what to do. Never a code, never blame.

`Refused` that no field could show becomes a line in the window; `FileProblem` a dialog with its remedy; anything
else is a bug: rolled back by the engine already, logged, and told with the details to hand on.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from stagecraft.base.errors import FileProblem
from stagecraft.base.log import log
from stagecraft.ui.theme import font
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import IconMark, Label


class TroubleDialog(QDialog):
    """Words, a remedy, and buttons that each say what they do. `details` can be copied."""

    def __init__(
        self,
        title: str,
        text: str,
        parent: QWidget | None = None,
        *,
        details: str = "",
        severity: str = "amber",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Stagecraft")
        self.setMinimumWidth(460)
        self.details = details
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 20, 20, 16)
        outer.setSpacing(16)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(IconMark(severity, f"{severity}Mark", 20, name="Trouble"))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(title, "heading", wrap=True))
        words.addWidget(Label(text, "body", tone="text2", wrap=True))
        top.addLayout(words, 1)
        outer.addLayout(top)
        self._shown = QPlainTextEdit(details)
        self._shown.setReadOnly(True)
        self._shown.setFont(font(11))
        self._shown.setMinimumHeight(160)
        self._shown.setAccessibleName("Details for whoever repairs the program")
        self._shown.hide()
        outer.addWidget(self._shown)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        if details:
            self.row.addWidget(Button("Show details", "quiet", on_click=self._shown.show))
            self.row.addWidget(Button("Copy details", "quiet", on_click=self._copy))
        self.row.addStretch(1)
        outer.addLayout(self.row)

    def add_button(
        self, text: str, on_click: Callable[[], object] | None = None, *, primary: bool = False
    ) -> None:
        """A button that closes the dialog and then does this."""

        def leave() -> None:
            self.close()
            if on_click is not None:
                on_click()

        button = Button(text, "primary" if primary else "normal", on_click=leave)
        button.setDefault(primary)
        self.row.addWidget(button)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)


def show_file_problem(
    problem: FileProblem, parent: QWidget | None, way_out: tuple[str, Callable[[], object]] | None = None
) -> None:
    """A dialog with the sentence, the remedy, and a button for the way out. Nothing was changed in the file."""
    log.warning("file problem %s", problem.code)
    dialog = TroubleDialog(problem.message, problem.remedy or "Nothing was changed.", parent)
    if way_out is not None:
        dialog.add_button(*way_out)
    dialog.add_button("Close", primary=True)
    dialog.open()


class BugCatcher(QObject):
    """Takes over `sys.excepthook` while the window lives, so that no failure closes the program in silence."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before = sys.excepthook
        self._showing = False
        sys.excepthook = self._caught

    def release(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def _caught(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, value, trace)
            return
        if isinstance(value, FileProblem):
            QTimer.singleShot(0, self, lambda: show_file_problem(value, self._window))
            return
        log.error("unexpected failure", exc_info=(kind, value, trace))
        details = "".join(traceback.format_exception(kind, value, trace))
        # Not at once: the failure may come from the middle of painting or of a drag.
        QTimer.singleShot(0, self, lambda: self._show(details))

    def _show(self, details: str) -> None:
        if self._showing:
            return
        self._showing = True
        dialog = TroubleDialog(
            "Something in the program failed.",
            "That last step was not made; everything before it is saved. You can go on working. "
            "The log keeps what happened for whoever repairs it.",
            self._window,
            details=details,
            severity="red",
        )
        dialog.add_button("Close the program", self._window.close)
        dialog.add_button("Go on", primary=True)
        dialog.finished.connect(self._shown)
        dialog.open()

    def _shown(self, _result: int) -> None:
        self._showing = False
