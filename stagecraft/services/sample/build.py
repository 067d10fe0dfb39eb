"""Builds the sample season as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import select

from stagecraft.base.errors import Refused
from stagecraft.services.command import Command
from stagecraft.services.sample.book import Book, default_anchor
from stagecraft.services.sample.calendar import build_absences, build_calls, build_run
from stagecraft.services.sample.cast import Season
from stagecraft.services.sample.contracts import build_contracts
from stagecraft.services.sample.people import build_house, build_people
from stagecraft.services.sample.reports import build_reports
from stagecraft.services.sample.script import build_script
from stagecraft.store.schema import Person, Production

if TYPE_CHECKING:
    from stagecraft.services.engine import Engine
    from stagecraft.store.changes import ChangeSet
    from stagecraft.store.work import UnitOfWork

Progress = Callable[[str, int, int], None]
"""Told the phase in words, how many phases are done and how many there are."""

_PHASES: tuple[tuple[str, Callable[[Season], None]], ...] = (
    ("House and productions", build_house),
    ("People", build_people),
    ("Bombshell: tracks and script", lambda season: build_script(season, "bombshell")),
    ("Hit List: tracks and script", lambda season: build_script(season, "hit-list")),
    ("Performances", build_run),
    ("Bombshell: calls", lambda season: build_calls(season, "bombshell-calls")),
    ("Hit List: calls", lambda season: build_calls(season, "hit-list-calls")),
    ("Absences", build_absences),
    ("Contracts", build_contracts),
    ("Reports", build_reports),
)


@dataclass(frozen=True, slots=True)
class BuildSample(Command):
    """Fill an empty company file with the sample season; refused when the file holds a production or a person.

    `anchor` lies in the week of workshop day 1; without it, today falls into the workshop's second week. `draft`
    is the plan of the workshop's first week. It is history, but it is not undone: there is no half season.
    """

    label: ClassVar[str] = "build the sample season"
    step_kind: ClassVar[str] = "log"
    anchor: date | None = None
    draft: int = 3
    progress: Progress | None = field(default=None, compare=False)

    def apply(self, work: UnitOfWork) -> dict[str, int]:
        for model in (Production, Person):
            if work.session.scalars(select(model.id).limit(1)).first() is not None:
                raise Refused("sample.not_empty", "The sample season goes into a new file; this one is in use.")
        season = Season(work, Book.anchored(self.anchor or default_anchor(work.today), self.draft))
        for done, (phase, build) in enumerate(_PHASES):
            if self.progress is not None:
                self.progress(phase, done, len(_PHASES))
            build(season)
        if self.progress is not None:
            self.progress("Ready", len(_PHASES), len(_PHASES))
        work.params.clear()
        work.label(draft_of_plan=self.draft)
        return season.productions


def build_sample(
    engine: Engine, anchor: date | None = None, draft: int = 3, progress: Progress | None = None
) -> ChangeSet:
    """Build the sample season into the engine's empty file; the answer's `value` maps codes to production ids."""
    return engine.execute(BuildSample(anchor, draft, progress), origin="sample")
