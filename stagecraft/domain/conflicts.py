"""Double bookings and unavailability on plain spans: who and what cannot be in two places.

Instants are UTC minutes and spans half-open, so that a clock change or two cities make no false clash. What the
database holds is compared in `queries.calendar_conflicts`; a call that is still under the pointer here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stagecraft.domain.findings import AMBER, RED, Engagement, Finding, worst_first
from stagecraft.domain.times import span_text, time_text

UNCOUNTED_KINDS = frozenset({"meal", "day-off", "dark"})
"""Kinds of event that occupy nobody and no room: rest and absence of work."""

_REACH = 8 * 60


@dataclass(slots=True)
class Busy:
    """A person or a room is taken; `what` names it, `hardness` is hard for an event."""

    event: int | None
    what: str
    starts_at: int
    ends_at: int
    starts_wall: int
    ends_wall: int
    hardness: str = "hard"
    show: str = ""


@dataclass(slots=True)
class Slot:
    """Where a call is being put: a person's own span in it, or its room's."""

    event: int | None
    what: str
    starts_at: int
    ends_at: int
    starts_wall: int
    ends_wall: int
    show: str = ""


@dataclass(slots=True)
class Occupancy:
    """What the people and rooms of dragged calls are otherwise doing around the days shown."""

    people: dict[int, list[Busy]] = field(default_factory=dict)
    spaces: dict[int, list[Busy]] = field(default_factory=dict)
    person_names: dict[int, str] = field(default_factory=dict)
    space_names: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class MoveCheck:
    """What would clash where a call is held, and what is fine there, in words."""

    findings: list[Finding]
    fine: list[str]


def clashes(slot: Slot | Busy, busy: Iterable[Busy]) -> list[Busy]:
    """Those of `busy` that overlap the slot by at least a minute."""
    return [other for other in busy if other.starts_at < slot.ends_at and slot.starts_at < other.ends_at]


def finding(rule_of: str, key: int, name: str, slot: Slot, other: Busy) -> Finding:
    """The finding for one clash; `rule_of` is person or space."""
    free = other.event is None
    mine = Engagement(slot.event, slot.what, slot.starts_wall, slot.ends_wall, slot.show)
    theirs = Engagement(other.event, other.what, other.starts_wall, other.ends_wall, other.show)
    sides = (mine, theirs) if free or slot.starts_at <= other.starts_at else (theirs, mine)
    shift = slot.starts_wall - slot.starts_at
    return Finding(
        rule=f"{'unavailable' if free else 'overlap'}.{rule_of}",
        severity=RED if other.hardness == "hard" else AMBER,
        person=key if rule_of == "person" else None,
        space=key if rule_of == "space" else None,
        name=name,
        sides=sides,
        starts_wall=max(slot.starts_at, other.starts_at) + shift,
        ends_wall=min(slot.ends_at, other.ends_at) + shift,
    )


def check_slots(
    people: Sequence[tuple[int, Slot]],
    spaces: Sequence[tuple[int, Slot]],
    occupancy: Occupancy,
    style: str = "12",
) -> MoveCheck:
    """Findings for people and rooms put into slots, the worst first, and what is fine there in the house's style."""
    found: list[Finding] = []
    hit: set[int] = set()
    for person, slot in people:
        for other in clashes(slot, occupancy.people.get(person, ())):
            hit.add(person)
            found.append(finding("person", person, occupancy.person_names.get(person, ""), slot, other))
    taken: set[int] = set()
    for space, slot in spaces:
        for other in clashes(slot, occupancy.spaces.get(space, ())):
            taken.add(space)
            found.append(finding("space", space, occupancy.space_names.get(space, ""), slot, other))
    free_people = [(person, slot) for person, slot in people if person not in hit]
    free_spaces = [space for space, _slot in spaces if space not in taken]
    return MoveCheck(worst_first(found), _fine_words(free_people, free_spaces, occupancy, style))


def _fine_words(
    people: list[tuple[int, Slot]], spaces: list[int], occupancy: Occupancy, style: str
) -> list[str]:
    """`Karen free 12:00n–4:00p` for who has something else that day, then `4A free · Jimmy, Omar free`."""
    lines: list[str] = []
    easy: list[str] = []
    for person, slot in people:
        name = occupancy.person_names.get(person, "")
        window = free_window(slot, occupancy.people.get(person, ()), style=style)
        if window is None:
            easy.append(name)
        else:
            lines.append(f"{name} free {window}")
    parts = []
    if spaces:
        parts.append(
            ", ".join(dict.fromkeys(occupancy.space_names.get(space, "") for space in spaces)) + " free"
        )
    names = list(dict.fromkeys(easy))
    if names:
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        parts.append(f"{shown} free")
    if parts:
        lines.append(" · ".join(parts))
    return lines


def free_window(slot: Slot, busy: Iterable[Busy], *, style: str = "12") -> str | None:
    """The free time around a slot within eight hours of it, in words; None when nothing bounds it.

    Times are given on the slot's own clock.
    """
    shift = slot.starts_wall - slot.starts_at
    before = [b.ends_at for b in busy if slot.starts_at - _REACH <= b.ends_at <= slot.starts_at]
    after = [b.starts_at for b in busy if slot.ends_at <= b.starts_at <= slot.ends_at + _REACH]
    if before and after:
        return span_text(max(before) + shift, min(after) + shift, style=style)
    if before:
        return f"from {time_text(max(before) + shift, style=style)}"
    if after:
        return f"to {time_text(min(after) + shift, style=style)}"
    return None
