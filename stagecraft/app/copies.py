"""Copies of company files: backing up by hand and by the clock, restoring, checking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from stagecraft.app import workers
from stagecraft.app.places import SUFFIX, ask_file, ask_place

if TYPE_CHECKING:
    from stagecraft.app.session import Session

BACKUP_MS = 30 * 60 * 1000
"""How often an open file is backed up when it has changed."""


class Copies(QObject):
    """What the menu says about copies of the session's file."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        timer = QTimer(self)
        timer.setInterval(BACKUP_MS)
        timer.timeout.connect(self._back_up_changes)
        timer.start()

    def _back_up_changes(self) -> None:
        if self._session.engine is not None:
            store, clock = self._session.engine.store, self._session.clock
            self._session.jobs.start(
                "Backing up",
                lambda report: store.backup("timer", clock),
                lambda _made: None,
                self._session.trouble,
            )

    def back_up(self) -> None:
        """Copy the open file somewhere else, whole and checked."""
        from stagecraft.store.backup import back_up

        if self._session.engine is None:
            return
        engine, clock = self._session.engine, self._session.clock
        stem = engine.store.path.stem if engine.store.path else "Stagecraft"
        path = ask_place(
            self._session.window,
            self._session.settings,
            "Back up to",
            f"{stem} {clock.today():%Y-%m-%d}{SUFFIX}",
        )
        if path is None:
            return
        # The file dialog has asked already whether to write over an old one.
        path.unlink(missing_ok=True)
        self._session.jobs.start(
            "Backing up",
            lambda report: back_up(engine.store, path, clock=clock),
            lambda made: self._session.window.floating.say(f"Backed up to {made}"),
            self._session.trouble,
        )

    def restore(self) -> None:
        """Make a company file of a backup and open it; a file that stood in its place is kept beside it."""
        backup = ask_file(self._session.window, self._session.settings, "Which backup")
        target = (
            ask_place(
                self._session.window, self._session.settings, "Restore it as", f"{backup.stem} restored{SUFFIX}"
            )
            if backup
            else None
        )
        if backup is None or target is None:
            return
        self.restore_as(backup, target)

    def restore_as(self, backup: Path, target: Path) -> None:
        """Make the company file `target` of a backup and open it."""
        if self._session.engine is not None and self._session.engine.store.path == target.absolute():
            self._session.leave_file()
        clock = self._session.clock
        self._session.jobs.start(
            "Restoring",
            lambda report: workers.restore_backup(backup, target, clock),
            lambda _done: self._session.open(str(target)),
            self._session.trouble,
        )

    def check(self) -> None:
        """Examine the open file and say what was found in words."""
        if self._session.engine is None or self._session.engine.store.path is None:
            self._session.window.floating.say(
                "A shared database is checked on its server with “stagecraft doctor”."
            )
            return
        path = self._session.engine.store.path
        self._session.jobs.start(
            "Checking the file", lambda report: workers.examine_file(path), self._checked, self._session.trouble
        )

    def _checked(self, found: list[str]) -> None:
        if not found:
            self._session.window.floating.say(
                "The file is whole: nothing damaged, nothing missing, history complete."
            )
            return
        from stagecraft.ui.failures import TroubleDialog

        dialog = TroubleDialog(
            "The check found something.", "\n".join(found[:12]), self._session.window, details="\n".join(found)
        )
        dialog.add_button("Close", primary=True)
        dialog.open()
