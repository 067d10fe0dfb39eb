"""What rules judge: one person's calls as an agreement means the word, with breaks and postings.

Instants are UTC minutes and measure durations; wall minutes (see `domain.times`) say on which day and at which
clock time. Spans are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass

MEAL, SHORT = "meal", "short"


@dataclass(frozen=True, slots=True)
class Break:
    """A planned break inside a call. A meal is not work; a short break is."""

    kind: str  # meal | short
    starts_at: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class Posting:
    """The call stood on a posted sheet at instant `at`, with the span it had there."""

    at: int
    starts_at: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class RuleCall:
    """One unbroken call of one person: events of one production that follow each other or only a planned meal parts.

    `kind` is the event's own kind ("music"), `counts_as` what it is where no rule of a pack names that kind
    ("rehearsal"). A performance runs from its half-hour call to curtain down; `curtain_at` is curtain up.
    `breaks` is None where nobody has planned any: that is not the same as none. Without `breaks_whole` they are those
    that are known, a meal between two events, and nobody has planned the rest. `postings` are in order of time.
    """

    id: int | str
    kind: str
    starts_at: int
    ends_at: int
    starts_wall: int
    ends_wall: int
    counts_as: str = ""
    production: int | str | None = None
    venue: int | str | None = None
    tags: frozenset[str] = frozenset()
    breaks: tuple[Break, ...] | None = None
    postings: tuple[Posting, ...] = ()
    curtain_at: int | None = None
    curtain_wall: int | None = None
    events: tuple[int, ...] = ()
    title: str = ""
    zone: str = ""
    breaks_whole: bool = True

    @property
    def breaks_known(self) -> bool:
        """Whether somebody has planned every break there is."""
        return self.breaks is not None and self.breaks_whole


@dataclass(frozen=True, slots=True)
class PersonCalls:
    """A person with everything they are called to in all productions, in order of start."""

    person: int | str
    name: str
    calls: tuple[RuleCall, ...]
