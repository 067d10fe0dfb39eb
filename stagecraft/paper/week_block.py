"""One piece of work on the weekly grid: its box and as many of its words as can be read there."""

from __future__ import annotations

from dataclasses import dataclass

from stagecraft.domain.sheets.frame import Run, clock_text
from stagecraft.domain.sheets.weekly_schedule import WeekBlock
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.pen import Line, Pen, pieces, tint_of, wrap
from stagecraft.paper.work_table import kind_colour

SHOWS = ("performance", "presentation")
SIZES = ((8.5, 10.5), (8.5, 9.0), (7.5, 8.25), (7.0, 7.5))
"""Size and leading, tried in turn; nothing on paper is under 7 points."""


@dataclass(slots=True)
class Words:
    """What a block says: `head` is the line of room and kind; not `whole` when some of it is told elsewhere."""

    head: bool
    lines: list[Line]
    size: float = 7.0
    leading: float = 7.5
    whole: bool = True

    def high(self) -> float:
        return (len(self.lines) + self.head) * self.leading


def odd_times(block: WeekBlock, style: str) -> str:
    """`10:00–11:30` where the hours at the left do not tell; empty on the hour."""
    if block.starts % 60 == 0 and block.ends % 60 == 0:
        return ""
    return "–".join(clock_text(at, style).rstrip("apnm") for at in (block.starts, block.ends))


def words_of(block: WeekBlock, inner: float, high: float, style: str, number: int) -> Words:
    """What of a block can be read in its box. Leaders go first, then the head line, then the lines become one;
    what still does not fit keeps its work and points to `number` of the list below the week, or is only that.
    """
    title = [Run(block.title, "bold" if block.kind in SHOWS else "medium")]
    odd = odd_times(block, style)
    times = [Run(odd, "bold")] if odd else []
    room = [Run(f"{block.room} · ", "medium")] if block.room else []
    headed = bool(block.room or block.short)
    for leaders in (True, False):
        last = [Run(block.leaders, "grey")] if leaders and block.leaders else []
        for head in (True, False) if headed else (False,):
            found = _first([title if head else room + title, times, block.people, last], inner, high, head=head)
            if found is not None:
                return found
    joined = [*room, *title, *([Run(f" {odd}", "bold")] if odd else [])]
    people = [Run(" · "), *block.people] if block.people else []
    found = _first([joined + people], inner, high)
    if found is not None:
        return found
    mark = Run(f"▸{number}", "bold")
    for shown in ([*joined, Run(" "), mark], [*title, Run(" "), mark]):
        found = found or _first([shown], inner, high)
    found = found or Words(False, wrap(pieces([mark], "C"), 7.0, inner))
    found.whole = False
    return found


def _first(parts: list[list[Run]], inner: float, high: float, *, head: bool = False) -> Words | None:
    """The largest size at which all parts, each on lines of its own, stand in the box."""
    for size, leading in SIZES:
        lines = [line for part in parts if part for line in wrap(pieces(part, "C"), size, inner)]
        found = Words(head, lines, size, leading)
        if found.high() + 1.5 <= high:
            return found
    return None


def draw_block(pen: Pen, block: WeekBlock, words: Words, x: float, y: float, wide: float, high: float) -> None:
    """The box with its bar and words."""
    colour = kind_colour(block.kind)
    fill = tint_of(colour, 15 if block.kind in SHOWS else 8)
    pen.box(x + 0.375, y + 0.375, wide - 0.75, high - 0.75, fill=fill, outline="#8C8C8C", thick=0.5)
    pen.box(x + 0.375, y + 0.375, 3, high - 0.75, fill=colour)
    left, size, leading = x + 6, words.size, words.leading
    if words.head:
        baseline = y + leading - (1.5 if leading > 8 else 0)
        used = pen.text(left, baseline, block.room, "CM", max(7.0, size - 1), colour) if block.room else 0
        if width(clean(block.short), "CM", 7.0) <= wide - 12 - used:
            pen.text(x + wide - 3, baseline, block.short, "CM", 7.0, colour, align="right")
        baseline += leading
    else:  # the words stand in the middle of a low block
        baseline = y + max(0.75, min(4.5, (high - words.high()) / 2)) + leading * 0.75
    pen.lines(left, baseline, words.lines, size, leading)
