"""Head, foot, band, section bars, labelled lines, badges and times: what the documents have in common.

All measures are points on the 1.5 pt lattice of the house style.
"""

from __future__ import annotations

from stagecraft.domain.sheets.frame import Fact, Frame, Line, clock_text
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import (
    A4,
    BAND,
    BAR,
    GREY,
    INK,
    LETTER,
    RED,
    RULE,
    WHITE,
    Pen,
    fitted,
    pieces,
    wrap,
)


def new_pen(options: PaperOptions, *, landscape: bool = False) -> Pen:
    wide, high = A4 if options.paper == "a4" else LETTER
    return Pen((high, wide) if landscape else (wide, high), left=54.0 if options.binding else 36.0)


def finish(pen: Pen, frame: Frame) -> bytes:
    """Head and foot on every page, then the bytes."""
    state = {"draft": " (draft)", "cancelled": " (cancelled)"}.get(frame.state, "")
    if frame.state == "issued":
        state = f" v{frame.version}"
    return pen.write(
        title=f"{frame.show} – {frame.document.title()}, {frame.about}{state}",
        author=frame.author,
        subject=frame.privacy,
        furniture=lambda page, number, total: _furniture(page, frame, number, total),
    )


def _furniture(pen: Pen, frame: Frame, number: int, total: int) -> None:
    _head(pen, frame)
    _foot(pen, frame, number, total)


def _head(pen: Pen, frame: Frame) -> None:
    end = pen.right - pen.text(pen.right, 51, frame.document.upper(), "SB", 16, align="right")
    end = _badge_left_of(pen, frame, end - 9)
    for face, size in (("SB", 16), ("CB", 16), ("CB", 13), ("CB", 10.5)):
        if width(clean(frame.show.upper()), face, size) <= end - 12 - pen.left:
            break
    pen.text(pen.left, 51, frame.show.upper(), face, size)
    limit = pen.width - 12 - pen.text(pen.right, 67.5, frame.about, "SB", 13, align="right")
    lines = fitted(frame.place, "S", 9.5, limit)
    size, leading = (9.5, 12.0) if len(lines) == 1 else (7.5, 7.5)
    if len(lines) > 1:
        lines = wrap(pieces(frame.place, "C"), size, limit)
    pen.lines(pen.left, 67.5 - leading * (len(lines) - 1), lines, size, leading)
    pen.rule(pen.left, 73.5, pen.right, 73.5, 1.5)


def _badge_left_of(pen: Pen, frame: Frame, right: float) -> float:
    """Draw the sheet's badge, if any, ending at `right`; returns where the free space ends."""
    words, outline, fill, colour = "", INK, "", INK
    dash: tuple[float, ...] = ()
    if frame.state == "draft":
        words, dash = "DRAFT", (3.0, 2.0)
    elif frame.state == "cancelled":
        words, outline, fill, colour = "CANCELLED", RED, RED, WHITE
    elif frame.version > 1:
        words, outline, colour = f"REVISED v{frame.version}", RED, RED
    if not words:
        return right
    wide = width(words, "SB", 9) + 13.5
    pen.box(
        right - wide,
        38.25,
        wide,
        15,
        fill=fill,
        outline=outline,
        thick=1.25 if fill or not dash else 1,
        radius=3,
        dash=dash,
    )
    pen.text(right - wide / 2, 49.2, words, "SB", 9, colour, align="centre")
    return right - wide


def _foot(pen: Pen, frame: Frame, number: int, total: int) -> None:
    high = pen.size[1]
    pen.rule(pen.left, high - 60, pen.right, high - 60, 0.5)
    stamp = pen.text(pen.left, high - 48, frame.stamp, "S", 7.5)
    pen.text(pen.left, high - 37.5, frame.privacy, "S", 7.5)
    pen.text(pen.right, high - 48, frame.contact, "S", 7.5, align="right")
    pen.text(pen.right, high - 37.5, f"Page {number} of {total}", "S", 7.5, align="right")
    if frame.notice:
        # A long stamp pushes the words in the middle aside.
        half = width(clean(frame.notice), "SB", 10.5) / 2
        middle = max((pen.left + pen.right) / 2, pen.left + stamp + 9 + half)
        pen.text(middle, high - 42, frame.notice, "SB", 10.5, align="centre")


# --- parts ---------------------------------------------------------------------------------------------------


def band(pen: Pen, facts: list[Fact]) -> None:
    """The grey band under the head: small labels above bold values, 33 high."""
    if not facts:
        return
    top, size = pen.y, 13.0
    while True:
        needs = [
            max(width(clean(f.label.upper()), "S", 7.5), width(clean(f.value), "SB", size)) + 15 for f in facts
        ]
        spare = pen.width - sum(needs)
        if spare >= 0 or size <= 8.5:
            break
        size -= 1.5
    pen.box(pen.left, top, pen.width, 33, fill=BAND)
    x = pen.left
    for number, (fact, need) in enumerate(zip(facts, needs, strict=True)):
        if number:
            pen.rule(x, top + 4.5, x, top + 28.5, 0.5, GREY)
        pen.text(x + 7.5, top + 10.5, fact.label.upper(), "S", 7.5, GREY)
        pen.text(x + 7.5, top + 25.5, fact.value, "SB", size)
        x += need + spare / len(facts)
    pen.rule(pen.left, top + 33, pen.right, top + 33, 0.75)
    pen.y = top + 33


def bar(pen: Pen, title: str, right: str = "", *, gap: float = 9.0, follow: float = 30.0) -> None:
    """A section bar, 15 high, kept together with `follow` points of what comes after it; adds a bookmark."""
    if not pen.has_room(gap + 15 + follow):
        pen.new_page()
    elif pen.y > 81.0:
        pen.y += gap
    pen.box(pen.left, pen.y, pen.width, 15, fill=BAR)
    pen.text(pen.left + 6, pen.y + 10.5, title.upper(), "SB", 9, tracking=0.35)
    if right:
        pen.text(pen.right - 6, pen.y + 10.5, right, "S", 8.5, align="right")
    pen.bookmark(title.capitalize())
    pen.y += 15


def labelled(
    pen: Pen,
    line: Line,
    *,
    indent: float = 72.0,
    size: float = 9.5,
    leading: float = 12.0,
    ruled: bool = True,
    label_face: str = "SM",
) -> None:
    """A label and its text, wrapped; a hairline beneath when `ruled`."""
    labels = fitted(line.label, label_face, size, indent - 9)
    lines = wrap(pieces(line.text), size, pen.width - indent - 6)
    pad = 1.5 if ruled else 0.75
    high = max(len(lines), len(labels)) * leading + 2 * pad
    if not pen.has_room(high):
        pen.new_page()
    first = pen.y + pad + leading - 3
    pen.lines(pen.left + 6, first, labels, size, leading)
    pen.lines(pen.left + indent, first, lines, size, leading)
    pen.y += high
    if ruled:
        pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def tag(pen: Pen, right: float, baseline: float, words: str) -> None:
    """An outlined status word: NEW, CARRIED, DONE."""
    wide = width(words, "SM", 8) + 10.5
    pen.box(right - wide, baseline - 8.25, wide, 11.25, outline=INK, thick=0.75, radius=2.5)
    pen.text(right - wide / 2, baseline, words, "SM", 8, align="centre")


# --- times ---------------------------------------------------------------------------------------------------


def time_at(pen: Pen, colon: float, y: float, words: str, face: str, size: float, colour: str = INK) -> None:
    """A time with its colon at `colon`, so that times below each other stand in one vertical."""
    hour, mark, rest = words.partition(":")
    pen.text(colon, y, hour, face, size, colour, align="right")
    pen.text(colon, y, mark + rest, face, size, colour)


def span_at(
    pen: Pen,
    colon: float,
    y: float,
    starts: int,
    ends: int,
    style: str,
    face: str,
    size: float,
    colour: str = INK,
) -> None:
    """`10:00a–11:30a` with both colons in their verticals."""
    time_at(pen, colon, y, clock_text(starts, style), face, size, colour)
    after = colon + width(":00a" if style == "12" else ":00", face, size)
    pen.text(after + 0.5, y, "–", face, size, colour)
    second = after + width("–", face, size) + 2.3 * width("0", face, size)
    time_at(pen, second, y, clock_text(ends, style), face, size, colour)


def span_width(style: str, face: str, size: float) -> float:
    """What `span_at` takes from its left edge (two digits before the first colon) to its right edge."""
    tail = width(":00a" if style == "12" else ":00", face, size)
    return 2 * width("0", face, size) + 2 * tail + width("–", face, size) + 2.3 * width("0", face, size)
