"""Prints the time of the first paint of a window, as seconds since 1970: an empty Qt window, or the program's.

python tests/benchmarks/first_window.py empty | program [FILE]
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Watch(QObject):
    """Ends the program when the window has been painted once."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # After the paint event, so that what the window painted is counted.
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        print(time.time(), flush=True)
        QApplication.quit()


def watch(window: QWidget, app: QApplication) -> None:
    watcher = Watch(app)
    window.installEventFilter(watcher)


def empty() -> None:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    watch(window, app)
    window.show()
    app.exec()


def program(target: str | None) -> None:
    from stagecraft.app import Session, make_application
    from stagecraft.base.clock import Clock
    from stagecraft.base.settings import Settings

    app = make_application()
    session = Session(Settings.load(), Clock())
    watch(session.frame, app)
    session.start(target)
    app.exec()
    session.close()


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        empty()
    else:
        program(sys.argv[2] if len(sys.argv) > 2 else None)
