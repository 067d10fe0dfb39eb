"""What a report says about a day: the text of a line of work, hours worked, the meal, notes' numbers and states.

Pure. Where notes go is `domain.note_routing`; how a report is printed is `domain.sheets.rehearsal_report`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from stagecraft.domain.kinds import KINDS

REPORT_KINDS: dict[str, str] = {"rehearsal": "Rehearsal", "performance": "Performance"}

NOTE_STATES: dict[str, str] = {"new": "new", "carried": "carried", "answered": "answered", "done": "done"}
OPEN_NOTES = frozenset({"new", "carried"})
"""Notes that go over to the next report."""

ATTENDANCE_STATES: dict[str, str] = {
    "present": "present",
    "late": "late",
    "absent": "absent",
    "excused": "excused",
    "vacation": "vacation",
    "personal": "personal day",
    "injured": "injured",
}
NO_NOTES = "No notes. Thank you."
"""What an empty department prints: a missing heading would be read as an oversight."""

MEAL_AT_LEAST = 30
"""A common pause of this many minutes counts as the meal of the day."""


def units_text(units: Sequence[tuple[str, str]]) -> str:
    """`Sc 1.7 “On Top”`, `Sc 1.5–1.6`, `Sc 1.2, 1.4`: units are (scene number, song or place)."""
    if len(units) == 1:
        number, name = units[0]
        return f"Sc {number} “{name}”" if name else f"Sc {number}"
    numbers = [number for number, _ in units]
    if len(numbers) > 1 and _running_on(numbers):
        return f"Sc {numbers[0]}–{numbers[-1]}"
    return f"Sc {', '.join(numbers)}" if numbers else ""


def _running_on(numbers: Sequence[str]) -> bool:
    """Whether scene numbers such as 1.5, 1.6, 1.7 follow each other within one act."""
    parts = [number.rpartition(".") for number in numbers]
    if any(not last.isdigit() for _, _, last in parts) or len({act for act, _, _ in parts}) > 1:
        return False
    return all(int(b[2]) - int(a[2]) == 1 for a, b in pairwise(parts))


def work_text(kind: str, title: str, units: Sequence[tuple[str, str]]) -> str:
    """What was worked, as a report says it: `Sc 1.7 “On Top”, choreography`; a title stands for itself."""
    word = KINDS[kind].word if kind in KINDS else kind
    if title:
        return title
    scenes = units_text(units)
    return f"{scenes}, {word}" if scenes else word[:1].upper() + word[1:]


def common_pause(spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The longest time between the first start and the last end in which nobody worked, if long enough for a meal."""
    best: tuple[int, int] | None = None
    reached: int | None = None
    for start, end in sorted(spans):
        if (
            reached is not None
            and start - reached >= MEAL_AT_LEAST
            and (best is None or start - reached > best[1] - best[0])
        ):
            best = (reached, start)
        reached = end if reached is None else max(reached, end)
    return best


def worked_minutes(
    started: int | None, ended: int | None, meal_starts: int | None = None, meal_ends: int | None = None
) -> int | None:
    """Minutes from start to end without the meal; breaks count as work. None until both ends are known."""
    if started is None or ended is None or ended < started:
        return None
    meal = 0
    if meal_starts is not None and meal_ends is not None:
        meal = max(0, min(meal_ends, ended) - max(meal_starts, started))
    return ended - started - meal


def note_code(prefix: str, number: int) -> str:
    """`P3`: a note's number in its department."""
    return f"{prefix}{number}"
