"""What is heavy is loaded where it is used: not by importing a layer, and never before the first window."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("reportlab", "alembic", "openpyxl", "ortools", "numpy", "pandas", "PIL", "psycopg", "hypothesis")
"""Absent from sys.modules after first paint; tests/ui asks for the same list."""


def loaded_by(statement: str) -> set[str]:
    found = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {module.partition(".")[0] for module in found.stdout.split()}


@pytest.mark.parametrize(
    ("statement", "besides"),
    [
        ("import stagecraft.cli, stagecraft.cli.arguments", ("PySide6", "sqlalchemy")),
        ("import stagecraft.domain.times, stagecraft.base.settings", ("PySide6", "sqlalchemy", "platformdirs")),
        ("import stagecraft.services.engine", ("PySide6",)),
        ("import stagecraft.exchange.plan", ("PySide6", "sqlalchemy")),
    ],
)
def test_importing_loads_nothing_heavy(statement, besides):
    assert loaded_by(statement) & {*HEAVY, *besides} == set()
