"""What the journeys share: the sample season, built once and copied, and the program with somebody at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

import pytest
from journeys.robot import Program
from pytestqt.qtbot import QtBot

from stagecraft.base.clock import Clock
from stagecraft.base.paths import data_dir
from stagecraft.services.founding import new_company
from stagecraft.services.sample import build_sample

WEDNESDAY = Clock.on(date(2027, 1, 20), time(18, 35))
"""The evening before the sample season's Thursday."""


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["stagecraft"]


@pytest.fixture(scope="session")
def built_season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("season") / "season.stagecraft"
    with new_company(path, clock=WEDNESDAY, who="Sample season") as engine:
        build_sample(engine, date(2027, 1, 11))
    return path


@pytest.fixture
def season(built_season: Path, own_home: Path) -> Path:
    """The sample season where the program keeps it, so that opening it does not build it again."""
    path = data_dir() / "Sample season.stagecraft"
    path.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(built_season, path))


@pytest.fixture
def start(qtbot: QtBot, qapp: object) -> Iterator[Callable[..., Program]]:
    """Start the program: `start()` with nothing open, `start(path)` with a file; `role` is who works there."""
    started: list[Program] = []

    def begin(target: Path | None = None, role: str = "stage-manager") -> Program:
        program = Program(WEDNESDAY, role, qtbot.waitUntil)
        started.append(program)
        program.start(target)
        return program

    yield begin
    for program in started:
        program.close()
