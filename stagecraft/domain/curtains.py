"""The curtains of a week as people write them: `Tue 7p, Wed 2p 7:30p, Sun 3p`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stagecraft.base.errors import Refused
from stagecraft.domain.times import parse_time, time_text

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EIGHT_SHOWS = ((1, 1140), (2, 840), (2, 1170), (3, 1140), (4, 1200), (5, 840), (5, 1200), (6, 900))
"""The usual week: Monday dark, matinees on Wednesday, Saturday and Sunday."""

Pattern = tuple[tuple[int, int], ...]
"""(weekday, minute after midnight), Monday 0, in order."""


def parse_curtains(text: str) -> Pattern:
    """The pattern meant by `Tue 7p, Wed 2p & 7:30p`; refused with the word that was not understood.

    A time without a suffix is in the afternoon or evening: nobody plays at seven in the morning.
    """
    found: set[tuple[int, int]] = set()
    weekday: int | None = None
    for word in re.findall(r"[^\s,;&]+", text):
        day = next((index for index, name in enumerate(DAYS) if word[:3].capitalize() == name), None)
        if day is not None:
            weekday = day
            continue
        minute = parse_time(word, after=9 * 60)
        if minute is None or weekday is None:
            raise Refused(
                "curtains.word",
                f"“{word}” is no time here. Write the days with their times: Tue 7p, Wed 2p 7:30p.",
                field="curtains",
            )
        found.add((weekday, minute))
    if not found:
        raise Refused(
            "curtains.none", "Write the days with their times: Tue 7p, Wed 2p 7:30p.", field="curtains"
        )
    return tuple(sorted(found))


def curtains_text(pattern: Sequence[tuple[int, int]], *, style: str = "12") -> str:
    """`Tue 7:00p, Wed 2:00p 7:30p`."""
    days: dict[int, list[str]] = {}
    for weekday, minute in sorted(pattern):
        days.setdefault(weekday, []).append(time_text(minute, style=style))
    return ", ".join(f"{DAYS[weekday]} {' '.join(times)}" for weekday, times in days.items())
