"""In which order times are tried for a call that must move: first those that do not lengthen the day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from stagecraft.domain.times import DAY, work_day

STEP = 15
SEARCH_DAYS = 7
FIRST_MINUTE, LAST_MINUTE = 10 * 60, 22 * 60
"""A call begins and ends between these on any other day."""


def slot_starts(
    starts: int,
    length: int,
    day: tuple[int, int] | None = None,
    *,
    not_before: int | None = None,
    days_off: Collection[date] = (),
) -> Iterator[int]:
    """Wall minutes at which a call of `length` minutes could begin instead of `starts`, best first.

    `day` is when the working day of the call begins and ends as it stands: quarter hours inside it come first,
    also earlier ones, but none before `not_before`. Then come later ones, within a week, by order of time,
    inside rehearsal hours and on no day off.
    """
    inside: list[int] = []
    if day is not None and work_day(starts) not in days_off:
        first = max(day[0], day[0] if not_before is None else not_before)
        inside = [at for at in range(-(-first // STEP) * STEP, day[1] - length + 1, STEP) if at != starts]
    yield from inside
    given = set(inside)
    at = (starts // STEP + 1) * STEP
    while at < starts + SEARCH_DAYS * DAY:
        midnight, minute = at // DAY * DAY, at % DAY
        if work_day(at) in days_off or minute + length > LAST_MINUTE:
            at = midnight + DAY + FIRST_MINUTE
        elif minute < FIRST_MINUTE:
            at = midnight + FIRST_MINUTE
        else:
            if at not in given:
                yield at
            at += STEP
