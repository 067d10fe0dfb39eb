"""The door to importing: a file of one kind becomes a plan of lines, problems and remarks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stagecraft.domain.incoming import Line, Problem
from stagecraft.exchange.columns import KINDS
from stagecraft.exchange.csv_table import read_table
from stagecraft.exchange.lines import lines_of

MOST_PROBLEMS = 1_000
"""So many problems are named; a file with more is the wrong file."""


@dataclass(slots=True)
class ImportPlan:
    """What a file says. Only a plan without problems can be imported: nothing is taken in by halves."""

    kind: str
    path: Path
    lines: list[Line]
    problems: list[Problem]
    remarks: list[str]

    @property
    def words(self) -> str:
        """`14 rows read; 2 cannot be taken.`"""
        bad = len({problem.line for problem in self.problems})
        rows = len(self.lines) + bad
        read = f"{rows} row{'' if rows == 1 else 's'} read"
        return f"{read}; {bad} cannot be taken." if bad else f"{read}."


def parse(kind: str, path: Path | str) -> ImportPlan:
    """Read a CSV file of a kind of `columns.KINDS`.

    Raises FileProblem when it cannot be read, is no such file or is beyond the limits. Never touches the network
    or another file.
    """
    path = Path(path)
    table = read_table(path, KINDS[kind].columns)
    lines, problems, unused = lines_of(kind, table)
    remarks = list(table.remarks)
    if unused:
        named = ", ".join(f"“{name[:40]}”" for name in unused[:8]) + (" …" if len(unused) > 8 else "")
        remarks.append(f"Not used: {named}.")
    return ImportPlan(kind, path, lines, sorted(table.problems + problems)[:MOST_PROBLEMS], remarks)
