"""The program is killed in the middle of the work: opened again it has everything it had acknowledged, and undo."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from journeys import killed_program
from journeys.robot import Program

from stagecraft.base.clock import Clock
from stagecraft.services.company import AddProduction
from stagecraft.services.founding import new_company

TESTS = Path(killed_program.__file__).parents[1]


def killed_after(people: int, path: Path) -> list[str]:
    """Let the program put people on file, kill it without a word, and tell whom it had acknowledged."""
    program = subprocess.Popen(
        [sys.executable, killed_program.__file__, str(path)],
        stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))},
    )  # fmt: skip
    assert program.stdout is not None
    told = [program.stdout.readline() for _ in range(people)]
    program.kill()
    told += program.stdout.readlines()
    program.stdout.close()
    program.wait()
    return [line.strip() for line in told if line.endswith("\n")]


def test_what_was_acknowledged_is_there_and_can_be_undone(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    path = tmp_path / "Lyric.stagecraft"
    with new_company(path, name="Lyric", clock=Clock(), who="Rosa Vega") as engine:
        engine.execute(AddProduction("Sunny Day", "SUN"))
    told = killed_after(7, path)
    assert told[:7] == [f"Person {number}" for number in range(1, 8)]

    rosa = start(path)
    found = rosa.people()
    assert found in (told, [*told, f"Person {len(told) + 1}"])  # saved, but killed before it could say so
    assert rosa.undo_offers() == f"Undo add {found[-1]}"
    rosa.undo()
    assert rosa.people() == found[:-1]
    rosa.redo()
    assert rosa.people() == found
