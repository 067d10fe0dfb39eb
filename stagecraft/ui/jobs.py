"""Slow work off the main thread: a phase in words, a measure, Cancel, and the result on the main thread.

A job reads its rows in one short transaction, computes on plain values and returns one value. It never runs a
command; what it found becomes one command in `on_done`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

PATIENCE_MS = 300
"""Work shorter than this shows nothing."""


class Cancelled(Exception):
    """Raised inside a job's work at its next report after Cancel."""


class Report:
    """What the work calls to tell how far it is; raises `Cancelled` when nobody waits any more."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, phase: str = "", done: int = 0, total: int = 0) -> None:
        if self._job.cancelled:
            raise Cancelled
        if phase:
            self._job.progress.emit(phase, done, total)


class Job(QObject):
    """One piece of running work."""

    progress = Signal(str, int, int)
    ended = Signal()
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(
        self,
        title: str,
        work: Callable[[Report], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[BaseException], object] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.cancelled = False
        self.finished = False
        self._work, self._on_done, self._on_failed = work, on_done, on_failed
        self._returned.connect(self._done)
        self._raised.connect(self._failed)

    def cancel(self) -> None:
        """Forget this work: its result is dropped, its card goes at once, the thread ends at its next report."""
        if not self.finished:
            self.cancelled = self.finished = True
            self.ended.emit()

    def run(self) -> None:
        """Do the work; called on the worker thread."""
        try:
            value = self._work(Report(self))
        except Cancelled:
            return
        except BaseException as trouble:  # everything must reach the main thread, or it would vanish
            self._tell(self._raised, trouble)
        else:
            self._tell(self._returned, value)

    @staticmethod
    def _tell(signal: Any, value: Any) -> None:
        try:
            signal.emit(value)
        except RuntimeError:
            return  # the window and this job's QObject went while the thread was still busy

    def _done(self, value: Any) -> None:
        if not self.finished:
            self.finished = True
            self.ended.emit()
            self._on_done(value)

    def _failed(self, trouble: BaseException) -> None:
        if self.finished:
            return
        self.finished = True
        self.ended.emit()
        if self._on_failed is None:
            raise trouble
        self._on_failed(trouble)


class _Runner(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run()


class Jobs(QObject):
    """Starts jobs and tells the window which are worth showing."""

    lasting = Signal(object)
    """A job that has run for longer than `PATIENCE_MS`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._running: set[Job] = set()

    def start(
        self,
        title: str,
        work: Callable[[Report], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[BaseException], object] | None = None,
        *,
        quiet: bool = False,
    ) -> Job:
        """Run `work(report)` on a thread and give its value to `on_done` on this one.

        Nothing is shown of `quiet` work, for which nobody waits. A failure goes to `on_failed`, or is shown as any
        failure is. Nothing is called after `cancel`.
        """
        job = Job(title, work, on_done, on_failed, self)
        self._running.add(job)
        job.ended.connect(lambda: self._running.discard(job))
        if not quiet:
            QTimer.singleShot(PATIENCE_MS, job, lambda: None if job.finished else self.lasting.emit(job))
        self._pool.start(_Runner(job))
        return job

    def stop_all(self) -> None:
        """Cancel everything and wait briefly, as when the window closes."""
        for job in list(self._running):
            job.cancel()
        self._pool.waitForDone(2000)
