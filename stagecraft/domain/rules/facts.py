"""What a rule must know besides the calls: dates of the production, size of the cast, age, school, term.

None means that nobody has said. A rule that needs the fact is then not checked, never passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person under one pack, through the contract or production that brought the pack.

    `engagement` is the term (first and last day, None where open): rules look at nothing before and after it.
    `horizon` is the planned span, first and last day: rules that demand something are judged only for weeks wholly
    inside. `age` is fixed where there is no `birthday`. `school_days` are the school days of this person.
    `notices` are instants at which a notice about a milestone was posted.
    """

    production: int | str | None = None
    milestones: Mapping[str, date] = field(default_factory=dict)
    cast_size: int | None = None
    birthday: date | None = None
    age: int | None = None
    roles: frozenset[str] | None = None
    school_days: frozenset[date] | None = None
    engagement: tuple[date | None, date | None] = (None, None)
    horizon: tuple[date, date] | None = None
    notices: Mapping[str, int] = field(default_factory=dict)
    leave_weeks: frozenset[date] = frozenset()
    travel_minutes: Mapping[tuple[int | str, int | str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Approval:
    """A dated record: a vote that sets parameters, a concession that waives, or an exception.

    In force from `starts_on` to `ends_on`, both inclusive, None for open. `packs`, `person` and `production` narrow
    it: rules of the same id may be in several packs. `note` says who decided and when.
    """

    rule: str
    starts_on: date | None = None
    ends_on: date | None = None
    sets: Mapping[str, object] = field(default_factory=dict)
    waive: bool = False
    exception: bool = False
    person: int | str | None = None
    production: int | str | None = None
    note: str = ""
    packs: frozenset[str] | None = None

    def concerns(self, pack: str, person: int | str, production: int | str | None) -> bool:
        """Whether it is about a pack, a person and the production that brought the pack."""
        return (
            (self.packs is None or pack in self.packs)
            and self.person in (None, person)
            and self.production in (None, production)
        )
