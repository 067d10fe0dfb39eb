"""From events to calls as an agreement means the word: what follows without a gap, or round a meal, is one call.

Events of one person and one production that count as the same thing are one call where the next begins when the one
before it ends, or where only a planned meal parts them. Two that overlap stay two. Some kinds are never joined with
others, because agreements count them by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.rules.calls import MEAL, Break, Posting, RuleCall

ALONE = frozenset({"understudy", "put-in", "reading", "dress", "photo", "press", "presentation", "performance"})
"""Kinds of event that agreements have rules about: joined only with their own kind, or not at all."""
_NEVER = frozenset({"performance", "presentation"})

Span = tuple[int, int]


@dataclass(slots=True)
class Part:
    """A person's time in one event, as the database has it. `curtain_at` is set where it is a performance."""

    event: int
    production: int
    kind: str
    starts_at: int
    ends_at: int
    starts_wall: int
    ends_wall: int
    zone: str = ""
    venue: int | None = None
    title: str = ""
    breaks_planned: bool = False
    half_hour: int = 0
    curtain_at: int | None = None
    curtain_wall: int | None = None
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Around:
    """What besides the calls is known of the days: instants of the meals of each production, breaks of each event.

    `postings` are those of (event, person).
    """

    meals: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    breaks: Mapping[int, Sequence[Break]] = field(default_factory=dict)
    postings: Mapping[tuple[int, int], Sequence[Posting]] = field(default_factory=dict)


def joined(person: int, parts: Iterable[Part], around: Around) -> tuple[RuleCall, ...]:
    """The calls of a person, in order of start."""
    open_calls: dict[object, list[list[Part]]] = {}
    calls: list[list[Part]] = []
    for part in sorted(parts, key=lambda one: (one.starts_at, one.ends_at, one.event)):
        key = (part.production, _counts_as(part.kind), part.kind if part.kind in ALONE else "")
        for call in open_calls.setdefault(key, []):
            if part.kind not in _NEVER and _follows(call[-1], part, around):
                call.append(part)
                break
        else:
            calls.append([part])
            open_calls[key] = [one for one in open_calls[key] if one[-1].ends_at > part.starts_at - 1440]
            open_calls[key].append(calls[-1])
    made = [_call(person, call, around) for call in calls]
    return tuple(sorted(made, key=lambda call: (call.starts_at, call.ends_at, str(call.id))))


def _follows(before: Part, part: Part, around: Around) -> bool:
    if part.starts_at == before.ends_at:
        return True
    if part.starts_at < before.ends_at:
        return False
    meals = around.meals.get(part.production, ())
    return any(first <= before.ends_at and part.starts_at <= last for first, last in meals)


def _counts_as(kind: str) -> str:
    return KINDS[kind].counts_as if kind in KINDS else kind


def _call(person: int, parts: Sequence[Part], around: Around) -> RuleCall:
    first, last = parts[0], parts[-1]
    counts_as = _counts_as(first.kind)
    kinds = {part.kind for part in parts}
    known = _breaks(parts, around)
    whole = all(part.breaks_planned for part in parts)
    starts_at, starts_wall = first.starts_at, first.starts_wall
    if first.curtain_at is not None and first.starts_at <= first.curtain_at:
        early = min(starts_at, first.curtain_at - first.half_hour)
        starts_at, starts_wall = early, starts_wall - (starts_at - early)
    return RuleCall(
        id=first.event,
        kind=first.kind if len(kinds) == 1 else counts_as,
        starts_at=starts_at,
        ends_at=last.ends_at,
        starts_wall=starts_wall,
        ends_wall=last.ends_wall,
        counts_as=counts_as,
        production=first.production,
        venue=first.venue,
        tags=first.tags,
        breaks=known if whole or known else None,
        postings=_postings(person, parts, around, first.starts_at - starts_at),
        curtain_at=first.curtain_at,
        curtain_wall=first.curtain_wall,
        events=tuple(part.event for part in parts),
        title=first.title,
        zone=first.zone,
        breaks_whole=whole,
    )


def _breaks(parts: Sequence[Part], around: Around) -> tuple[Break, ...]:
    """Breaks inside the call that are known: gaps between its events, meals and breaks inside these."""
    found: list[Break] = []
    for before, part in pairwise(parts):
        if part.starts_at > before.ends_at:
            found.append(Break(MEAL, before.ends_at, part.starts_at))
    for part in parts:
        if part.breaks_planned:
            found += [
                replace(
                    one, starts_at=max(one.starts_at, part.starts_at), ends_at=min(one.ends_at, part.ends_at)
                )
                for one in around.breaks.get(part.event, ())
                if one.starts_at < part.ends_at and part.starts_at < one.ends_at
            ]
        elif part.kind not in _NEVER:
            found += [
                Break(MEAL, first, last)
                for first, last in around.meals.get(part.production, ())
                if part.starts_at < first and last < part.ends_at
            ]
    return tuple(sorted(found, key=lambda one: one.starts_at))


def _postings(person: int, parts: Sequence[Part], around: Around, early: int) -> tuple[Posting, ...]:
    """When the call stood on a sheet, with the span it had there; `early` is the half hour before a curtain."""
    if not around.postings:
        return ()
    by_time: dict[int, list[Posting]] = {}
    for part in parts:
        for one in around.postings.get((part.event, person), ()):
            by_time.setdefault(one.at, []).append(one)
    return tuple(
        Posting(at, min(one.starts_at for one in ones) - early, max(one.ends_at for one in ones))
        for at, ones in sorted(by_time.items())
    )
