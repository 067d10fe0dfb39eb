"""How fast it is with ten years of data: `pytest -m benchmark tests/benchmarks -s`.

Not in the gate: absolute figures mean nothing on a busy machine. First window is a ratio measured in the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar import availability_rows, call_rows, event_rows
from stagecraft.queries.calendar_conflicts import conflict_rows
from tests.benchmarks.ten_years import BUSY_MONDAY

pytestmark = pytest.mark.benchmark

FIRST_WINDOW = 1.3
"""Times an empty Qt window."""
WEEK_MS = 100
ROUNDS = 7


def milliseconds(run: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def told(name: str, taken: list[float]) -> float:
    median = statistics.median(taken)
    print(f"\n{name}: median {median:.1f} ms, best {taken[0]:.1f}, worst {taken[-1]:.1f}")
    return median


def test_a_week_is_read_in_a_fraction_of_what_it_may_take(engine):
    span = work_day_span(BUSY_MONDAY, 7)

    def week():
        with engine.reading() as conn:
            events = event_rows(conn, *span)
            call_rows(conn, [event.id for event in events])
            availability_rows(conn, *span)
            conflict_rows(conn, *span)
            return events

    assert 200 < len(week()) < 300
    assert told("week: events, calls, absences, clashes", milliseconds(week)) < WEEK_MS


def test_the_calendar_opens_within_a_tenth_of_a_second(engine, qtbot):
    from PySide6.QtWidgets import QApplication

    from stagecraft.ui.desk import Desk
    from stagecraft.ui.pages.calendar_page import CalendarPage
    from stagecraft.ui.theme import apply_theme, load_fonts

    load_fonts()
    apply_theme("light")
    desk = Desk(engine)
    pages = []

    def open_page():
        page = CalendarPage(desk)
        pages.append(page)
        page.resize(1080, 720)
        page.load()
        page.show()
        QApplication.processEvents()
        page.grab()
        page.close()  # what an open page does when it is idle is not the next one's time

    open_page()
    desk.rules.finish()  # what a thread checks after the first paint is not the next one's time either
    taken = milliseconds(open_page)
    for page in pages:
        page.deleteLater()
    desk.close()
    assert told("calendar: made, loaded, shown, painted", taken) < WEEK_MS


def test_the_first_window_comes_as_soon_as_an_empty_one(ten_years, tmp_path):
    script = str(Path(__file__).with_name("first_window.py"))
    # An installed program has its modules compiled; here they are compiled once, beside.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env |= {"STAGECRAFT_HOME": str(tmp_path), "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}

    def first_paint(*arguments: str) -> float:
        started = time.time()
        ended = subprocess.run(
            [sys.executable, script, *arguments],
            env=env,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return (float(ended.stdout) - started) * 1000

    empty, program = [], []
    for number in range(ROUNDS + 1):
        one, other = first_paint("empty"), first_paint("program", str(ten_years))
        if number:  # the first round fills the caches
            empty.append(one)
            program.append(other)
    floor, ours = told("empty Qt window", sorted(empty)), told("Stagecraft", sorted(program))
    print(f"ratio {ours / floor:.2f}")
    assert ours <= FIRST_WINDOW * floor
