"""Slow work: result on the main thread, progress, cancel at once, failures told."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from stagecraft.ui.jobs import Jobs


def test_the_result_arrives_on_the_main_thread(qtbot) -> None:
    jobs, got = Jobs(), []
    jobs.start("Adding", lambda report: 2 + 2, lambda value: got.append((value, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(4, QApplication.instance().thread())]


def test_work_tells_how_far_it_is(qtbot) -> None:
    jobs, told, gate = Jobs(), [], threading.Event()

    def work(report) -> None:
        gate.wait(5)
        report("Step 1 of 2: reading", 1, 2)
        report("Step 2 of 2: writing", 2, 2)

    done: list[object] = []
    job = jobs.start("Working", work, done.append)
    job.progress.connect(lambda *args: told.append(args))
    gate.set()
    qtbot.waitUntil(lambda: bool(done))
    assert told == [("Step 1 of 2: reading", 1, 2), ("Step 2 of 2: writing", 2, 2)]


def test_cancel_frees_the_window_at_once_and_the_work_gives_up(qtbot) -> None:
    jobs, done, ended = Jobs(), [], []
    stop = threading.Event()

    def work(report) -> None:
        while not stop.is_set():
            report()
            time.sleep(0.005)

    job = jobs.start("Waiting", work, done.append)
    job.ended.connect(lambda: ended.append(True))
    qtbot.wait(50)
    job.cancel()
    assert ended == [True]
    assert jobs._pool.waitForDone(10_000)
    qtbot.wait(20)
    assert done == []
    stop.set()


def test_work_that_lasts_is_shown_and_short_work_is_not(qtbot) -> None:
    jobs, shown, gate = Jobs(), [], threading.Event()
    jobs.lasting.connect(lambda job: shown.append(job.title))
    jobs.start("Short", lambda report: None, lambda _value: None)
    jobs.start("Long", lambda report: gate.wait(5), lambda _value: None)
    qtbot.waitUntil(lambda: bool(shown), timeout=3000)
    gate.set()
    assert shown == ["Long"]
    jobs.stop_all()


def test_a_failure_in_work_reaches_the_main_thread(qtbot) -> None:
    jobs, failed = Jobs(), []

    def work(report) -> None:
        raise ValueError("no such sheet")

    jobs.start("Failing", work, lambda _value: None, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert str(failed[0]) == "no such sheet"
