"""Composition root of the desktop application: settings, window, company file, and how they come together.

A bare frame is shown first; then the window's parts are imported and put into it; the store is imported and
opened on a worker thread; then the pages read. Everything but Qt itself is imported inside functions for that
reason: a user sees a window as soon as an empty one could be there.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from stagecraft.app.session import Session
from stagecraft.base.clock import Clock
from stagecraft.base.settings import Settings

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Session", "make_application", "run"]


def run(target: str | Path | None = None, today: date | None = None, page: str | None = None) -> int:
    """Show the window and work until it is closed; the exit status.

    `target` is a company file or a database URL; without one the last file opens again, or the first steps are
    shown. `today` stops the clock at that day; `page` names the page to begin with.
    """
    app = make_application()
    session = Session(Settings.load(), Clock.on(today) if today else Clock())
    if target and "://" not in str(target):
        target = Path(
            target
        ).absolute()  # remembered, and opened again from wherever the program is started next
    session.start(str(target) if target else None, page or "")
    # Ctrl+C in the terminal and a polite kill close the window as its button does: saved, backed up, lock released.
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, lambda *_: session.frame.close())
    status = app.exec()
    session.close()
    return status


def make_application() -> QApplication:
    """The Qt application; what it looks like comes with `Session.furnish`."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Stagecraft")
    app.setDesktopFileName("stagecraft")
    return app
