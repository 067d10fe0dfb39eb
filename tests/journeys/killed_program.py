"""The program at work until it is killed: what `test_killed` starts. Tells every person it has put on file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from journeys.robot import Program
from PySide6.QtTest import QTest

from stagecraft.app import make_application
from stagecraft.base.clock import Clock


def until(holds: Callable[[], bool], timeout: int) -> None:
    """Let the program work until it holds, for at most `timeout` ms."""
    for _ in range(timeout // 10):
        if holds():
            return
        QTest.qWait(10)
    raise TimeoutError


def work(path: Path) -> None:
    make_application()
    program = Program(Clock.on(date(2027, 1, 20)), "stage-manager", until)
    program.start(path)
    for number in count(1):
        program.add_person(f"Person {number}")
        print(program.people()[-1], flush=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
