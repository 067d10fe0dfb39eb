"""Where breaks go in a call by the usual patterns: a few minutes after so much work. Wall minutes, half-open spans."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]

PATTERNS: tuple[tuple[int, int], ...] = ((5, 55), (10, 80))
"""Minutes of break, and of work before it."""

LONGEST = max(work for _length, work in PATTERNS)


def breaks_after(starts: int, ends: int, work: int, length: int, meals: Sequence[Span] = ()) -> list[Span]:
    """Breaks of `length` after every `work` minutes, begun anew after each meal; none where the rest needs none.

    A break that would only end the call or meet the meal is left out where the rest is no longer than a stretch may be.
    """
    found: list[Span] = []
    at = starts
    for meal_starts, meal_ends in (*sorted(meals), (ends, ends)):
        while (rest := meal_starts - at) > work and (rest > work + length or rest > LONGEST):
            end = min(at + work + length, meal_starts)
            found.append((at + work, end))
            at = end
        at = meal_ends
    return found


def pattern_of(
    starts: int, ends: int, shorts: Sequence[Span], meals: Sequence[Span] = ()
) -> tuple[int, int] | None:
    """The pattern that makes just these short breaks; None for others."""
    if not shorts:
        return None
    for length, work in PATTERNS:
        if breaks_after(starts, ends, work, length, meals) == sorted(shorts):
            return length, work
    return None
