"""Lines of a CSV file between the file and the company file: plain values with their line numbers.

`exchange` makes them from files, `services.exchange` turns a list of them into one change; `queries.outgoing` makes
them from the company file for `exchange.export` to write.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from stagecraft.domain.times import DAY_CUT, date_of, day_text, span_text, work_day

MARKS: dict[str, str] = {
    "speaks": "●",
    "sings": "S",
    "dances": "D",
    "silent": "○",
    "on": "x",
}
"""How a person takes part in a scene, with the sign breakdowns use for it."""


def heading_key(text: str) -> str:
    """What two spellings of a heading have in common: `E-Mail`, `email` and `E mail` are equal."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Why a line cannot be taken; `reason` is one sentence that names the value. Line 0 means the whole file."""

    line: int
    reason: str

    @property
    def words(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


@dataclass(slots=True)
class PersonLine:
    line: int
    name: str
    sort_name: str = ""
    pronouns: str = ""
    phone: str = ""
    email: str = ""
    organisation: str = ""
    production: str = ""  # code or name; empty: the one chosen for the whole file
    job: str = ""
    group: str = ""  # domain.kinds.JOB_GROUPS
    roles: list[str] = field(default_factory=list)
    track: str = ""
    kind: str = ""  # domain.kinds.ASSIGNMENT_KINDS
    agent: str = ""
    agency: str = ""
    agent_phone: str = ""
    agent_email: str = ""
    note: str = ""


@dataclass(slots=True)
class SceneLine:
    """A scene, or with `song` a number in it. `marks` are (character or track, mark)."""

    line: int
    act: int
    scene: str
    title: str = ""
    page_from: str = ""
    page_to: str = ""
    minutes: int | None = None
    song: str = ""
    marks: list[tuple[str, str]] = field(default_factory=list)
    production: str = ""


@dataclass(slots=True)
class AwayLine:
    """Someone or a room is not free in a half-open wall span."""

    line: int
    person: str
    room: str
    starts_wall: int
    ends_wall: int
    kind: str
    hardness: str
    text: str = ""
    reason: str = ""
    production: str = ""


@dataclass(slots=True)
class EventLine:
    line: int
    production: str
    starts_wall: int
    ends_wall: int
    room: str
    kind: str
    title: str = ""
    units: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    note: str = ""


Line = PersonLine | SceneLine | AwayLine | EventLine


def line_words(line: Line) -> str:
    """What a line says, in the few words a preview has room for."""
    if isinstance(line, PersonLine):
        parts = [line.name, ", ".join(line.roles) or line.track, line.job, line.email, line.phone]
    elif isinstance(line, SceneLine):
        marks = f"{len(line.marks)} in it" if line.marks else ""
        parts = [f"{line.scene} {line.title}".strip(), f"“{line.song}”" if line.song else "", marks]
    elif isinstance(line, AwayLine):
        last = line.ends_wall - DAY_CUT - 1
        days = day_text(work_day(line.starts_wall))
        if date_of(last) > work_day(line.starts_wall):
            days += f" – {day_text(date_of(last))}"
        parts = [line.person or line.room, days, line.kind]
    else:
        when = f"{day_text(work_day(line.starts_wall))} {span_text(line.starts_wall, line.ends_wall)}"
        what = line.title or ", ".join(line.units) or line.kind
        parts = [line.production, when, what, line.room, ", ".join(line.people + line.leaders)]
    return " · ".join(part for part in parts if part)


@dataclass(slots=True)
class ImportResult:
    """What an import did, or would do. `kept` names what was there already with another value and stayed."""

    added: dict[str, int] = field(default_factory=dict)
    filled: int = 0
    known: int = 0
    kept: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, what: str) -> None:
        self.added[what] = self.added.get(what, 0) + 1

    @property
    def words(self) -> str:
        """`12 people, 3 jobs new; 2 already there.`"""
        parts = []
        new = ", ".join(counted(self.added[what], what) for what in _COUNTED if what in self.added)
        if new:
            parts.append(f"{new} new")
        if self.filled:
            parts.append(f"{self.filled} completed")
        if self.known:
            parts.append(f"{self.known} already there")
        return "; ".join(parts) or "nothing new"


_PLURALS = {"person": "people"}
_COUNTED = (
    "person", "act", "scene", "number", "character", "track", "mark", "job", "assignment", "absence", "call"
)  # fmt: skip
"""What an import may add, in the order it is told."""


def counted(number: int, what: str) -> str:
    """`1 person`, `2 people`."""
    return f"{number} {what if number == 1 else _PLURALS.get(what, what + 's')}"
