"""How random histories are played: how many, how long, and on which engine."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from postgres_server import PostgresServer

from stagecraft.store.backup import restore

HISTORIES = int(os.environ.get("STAGECRAFT_HISTORIES", "0"))
"""How many histories of 40 steps are played on demand; without it the gate's few short ones, always the same."""


def chosen(histories: int, steps: int) -> settings:
    """Settings of a run: as many short histories in the gate, else what was demanded."""
    every = list(HealthCheck)
    if HISTORIES:
        return settings(
            max_examples=HISTORIES,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=every,
        )
    return settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=every,
    )


def play_on_file(machine: type[RuleBasedStateMachine], template: Path, folder: Path, how: settings) -> None:
    """Each history on a file of its own, a copy of `template`."""

    class OnFile(machine):
        def make(self) -> Path:
            self.folder = Path(tempfile.mkdtemp(dir=folder))
            return Path(shutil.copyfile(template, self.folder / "x.stagecraft"))

        def teardown(self) -> None:
            super().teardown()
            shutil.rmtree(self.folder)

    run_state_machine_as_test(OnFile, settings=how)


def play_on_server(
    machine: type[RuleBasedStateMachine], template: Path, server: PostgresServer, how: settings
) -> None:
    """Each history in a database of its own with the same content."""
    first = server.empty()
    restore(template, first)

    class OnServer(machine):
        def make(self) -> str:
            return server.copy(first)

    run_state_machine_as_test(OnServer, settings=how)
