"""Importing: read lines become one change, or nothing at all with every bad line named.

The lines come from `exchange` (`domain.incoming`); what a line does is done by the commands that a person's hand
would use. What is there already stays as it is: blanks are filled, nothing is overwritten, nothing added twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from stagecraft.base.errors import Refused
from stagecraft.domain.incoming import AwayLine, EventLine, ImportResult, Line, PersonLine, Problem, SceneLine
from stagecraft.services.command import Command
from stagecraft.services.exchange_calendar import AwayImport, ScheduleImport
from stagecraft.services.exchange_company import BreakdownImport, PeopleImport
from stagecraft.services.exchange_lookup import BadLine

if TYPE_CHECKING:
    from stagecraft.services.engine import Engine
    from stagecraft.store.work import UnitOfWork


class RowsRefused(Refused):
    """Some lines cannot be taken, so none was; `problems` names them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        count = len({problem.line for problem in self.problems})
        rows = "1 row" if count == 1 else f"{count} rows"
        super().__init__("import.rows", f"{rows} cannot be taken, so nothing was imported.")


class _ImportRows(Command):
    """What the four imports share: every line is tried, and one bad line leaves everything as it was."""

    __slots__ = ()
    step_kind: ClassVar[str] = "import"

    def _take(
        self, work: UnitOfWork, lines: Sequence[Line], take: Callable[[Any], None], result: ImportResult
    ) -> ImportResult:
        for line in lines:
            try:
                take(line)
            except BadLine as trouble:
                result.problems.append(Problem(line.line, str(trouble)))
            except Refused as trouble:
                result.problems.append(Problem(line.line, trouble.message))
        if result.problems:
            raise RowsRefused(result.problems)
        work.params.clear()
        work.label(count=len(lines))
        return result


@dataclass(frozen=True, slots=True)
class ImportPeople(_ImportRows):
    """Put people on file with their parts and jobs; `production` is for lines that name none."""

    label: ClassVar[str] = "import {count} rows of people"
    lines: tuple[PersonLine, ...]
    production: int | None = None

    def apply(self, work: UnitOfWork) -> ImportResult:
        result = ImportResult()
        return self._take(work, self.lines, PeopleImport(work, self.production, result).take, result)


@dataclass(frozen=True, slots=True)
class ImportBreakdown(_ImportRows):
    """Add acts, scenes, songs, characters and who is in what."""

    label: ClassVar[str] = "import {count} rows of breakdown"
    lines: tuple[SceneLine, ...]
    production: int | None = None

    def apply(self, work: UnitOfWork) -> ImportResult:
        result = ImportResult()
        return self._take(work, self.lines, BreakdownImport(work, self.production, result).take, result)


@dataclass(frozen=True, slots=True)
class ImportAvailability(_ImportRows):
    """Note when people and rooms are not free."""

    label: ClassVar[str] = "import {count} rows of availability"
    lines: tuple[AwayLine, ...]
    production: int | None = None

    def apply(self, work: UnitOfWork) -> ImportResult:
        result = ImportResult()
        return self._take(work, self.lines, AwayImport(work, self.production, result).take, result)


@dataclass(frozen=True, slots=True)
class ImportSchedule(_ImportRows):
    """Add calls with their people."""

    label: ClassVar[str] = "import {count} rows of schedule"
    lines: tuple[EventLine, ...]
    production: int | None = None

    def apply(self, work: UnitOfWork) -> ImportResult:
        result = ImportResult()
        return self._take(work, self.lines, ScheduleImport(work, self.production, result).take, result)


IMPORTS: dict[str, type[Any]] = {
    "people": ImportPeople,
    "breakdown": ImportBreakdown,
    "availability": ImportAvailability,
    "schedule": ImportSchedule,
}


def import_command(kind: str, lines: Sequence[Line], production: int | None = None) -> Command:
    """The command that imports lines of a kind (people, breakdown, availability, schedule)."""
    command: Command = IMPORTS[kind](tuple(lines), production)
    return command


class _Rehearsed(Exception):
    pass


def rehearse(engine: Engine, command: Command) -> ImportResult:
    """What an import would do, found out by doing it and taking it back before it is kept.

    Bad lines are in the result's `problems`. Raises FileProblem when the file cannot be written.
    """
    result = ImportResult()
    try:
        with engine.store.step(
            type(command).__name__, origin="rehearsal", who=engine.who, clock=engine.clock
        ) as work:
            result = command.apply(work)
            raise _Rehearsed
    except _Rehearsed:
        return result
    except RowsRefused as trouble:
        result.problems = list(trouble.problems)
        return result
