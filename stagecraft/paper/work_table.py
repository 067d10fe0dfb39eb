"""The table of a day's work, one row a piece, as the daily call and the rehearsal report print it."""

from __future__ import annotations

from dataclasses import dataclass

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.sheets.frame import Run, WorkRow, clock_text
from stagecraft.domain.times import duration_text
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.furniture import span_at, time_at
from stagecraft.paper.pen import (
    BAR,
    GREY,
    INK,
    KIND_COLOURS,
    RULE,
    WHITE,
    Line,
    Pen,
    fitted,
    line_width,
    pieces,
    wrap,
)

COLUMNS = (99.0, 33.0, 171.0, 150.0, 87.0)
"""Time, room, what, who's called, notes: points at the Letter text width of 540."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One try at making a sheet fit: type size, leading, and what is left out of it."""

    size: float
    leading: float
    leaders: bool = True
    mode: int = 0
    empty: bool = True
    ahead: bool = True


def kind_colour(kind: str) -> str:
    known = KINDS.get(kind)
    return KIND_COLOURS.get(known.abbr if known else "", "#465868")


def _edges(pen: Pen, rows: list[WorkRow], size: float) -> list[float]:
    """Left edges of the columns and the right margin, scaled to the paper; a long room's column takes from What."""
    columns = [one * pen.width / 540 for one in COLUMNS]
    longest = max((width(clean(word), "C", size) for row in rows for word in row.room.split()), default=0.0)
    more = min(max(0.0, longest + 6.5 - columns[1]), 45.0)
    columns[1], columns[2] = columns[1] + more, columns[2] - more
    return [pen.left + sum(columns[:at]) for at in range(6)]


def _table_head(pen: Pen, edges: list[float], *, tinted: bool) -> None:
    if tinted:
        pen.box(pen.left, pen.y, pen.width, 15, fill=BAR)
    for edge, words in zip(edges, ("Time", "Room", "What", "Who’s called", "Notes"), strict=False):
        pen.text(edge + 4.5, pen.y + 10.5, words, "SM", 8)
    pen.y += 15


def work_table(pen: Pen, rows: list[WorkRow], style: str, setting: Setting, *, tinted: bool = True) -> None:
    """Head and rows; on a new page the head is repeated, and a row is never torn in two."""
    edges = _edges(pen, rows, setting.size)
    _table_head(pen, edges, tinted=tinted)
    cells = [_cells(edges, row, setting) for row in rows]
    for number, (row, cell) in enumerate(zip(rows, cells, strict=True)):
        high = _height(row, cell, setting)
        # Two rows stay together, and the end of the day is never alone at the top of a page.
        beside = number + 1 < len(rows) and (number == 0 or rows[number + 1].shape == "end")
        keep = high + (_height(rows[number + 1], cells[number + 1], setting) if beside else 0)
        if not pen.has_room(keep) and number:
            pen.new_page()
            _table_head(pen, edges, tinted=tinted)
        if row.shape == "work":
            _work_row(pen, edges, row, cell, style, setting)
            pen.y += high
            if number + 1 < len(rows) and rows[number + 1].shape == "work":
                pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)
        else:
            bar_row(pen, row, style, setting)


Cells = tuple[list[Line], list[Line], list[Line], list[Line], list[Line]]


def _cells(edges: list[float], row: WorkRow, setting: Setting) -> Cells:
    """Room, title, detail, people, note: each as lines that fit its column."""
    wide = [edges[at + 1] - edges[at] - 6 for at in range(5)]
    detail = " · ".join(part for part in (row.word, row.leaders if setting.leaders else "") if part)
    size = setting.size
    return (
        fitted(row.room, "S", size, wide[1]) if row.room else [],
        wrap(pieces([Run(row.title, "medium")]), size, wide[2]),
        wrap(pieces(detail, "S", GREY), size, wide[2]) if detail else [],
        wrap(pieces(row.people), size, wide[3]) if row.people else [],
        wrap(pieces([Run(row.note, "italic")]), size, wide[4]) if row.note else [],
    )


def _height(row: WorkRow, cells: Cells, setting: Setting) -> float:
    if row.shape != "work":
        return 18.0
    room, title, detail, people, note = cells
    return max(len(room), len(title) + len(detail), len(people), len(note), 1) * setting.leading + 3


def _work_row(pen: Pen, edges: list[float], row: WorkRow, cells: Cells, style: str, setting: Setting) -> None:
    room, title, detail, people, note = cells
    size, leading = setting.size, setting.leading
    first = pen.y + 1.5 + _first(leading)
    span_at(pen, _colon(pen, size), first, row.starts, row.ends, style, "SB", size)
    pen.lines(edges[1] + 4.5, first, room, size, leading)
    pen.lines(edges[2] + 4.5, first, title, size, leading)
    pen.lines(edges[2] + 4.5, first + leading * len(title), detail, size, leading)
    pen.lines(edges[3] + 4.5, first, people, size, leading)
    pen.lines(edges[4] + 4.5, first, note, size, leading)


def _first(leading: float) -> float:
    """First baseline inside a line box of this leading."""
    return {9.0: 6.0, 10.5: 7.5, 12.0: 9.0, 13.5: 10.5}.get(leading, leading - 3)


def _colon(pen: Pen, size: float) -> float:
    return pen.left + 4.5 + 2 * width("0", "SB", size)


def bar_row(
    pen: Pen, row: WorkRow, style: str, setting: Setting, *, inset: float = 0.0, axis: float | None = None
) -> None:
    """A meal or the end of the day across the whole page, 18 high; `axis` is the colon beside room columns."""
    top, high = pen.y + inset, 18 - 2 * inset
    middle = (pen.left + pen.right) / 2
    size = min(setting.size, 10.5 if axis is None else 9.5)
    baseline = pen.y + 12.75
    solid = row.shape == "end"
    colour = WHITE if solid else INK
    pen.box(pen.left, top, pen.width, high, fill=INK if solid else BAR)
    if solid or axis is not None:
        time_at(
            pen,
            _colon(pen, size) if axis is None else axis,
            baseline,
            clock_text(row.starts, style),
            "SB",
            size,
            colour,
        )
    else:
        span_at(pen, _colon(pen, size), baseline, row.starts, row.ends, style, "SB", size, colour)
    words = row.title.upper()
    line = pieces([Run(words, "bold")], "S", colour)
    if not solid:
        line = pieces([Run(f"{words}  ·  {_length(row.ends - row.starts)}", "bold")])
    pen.line(middle - line_width(line, 9.5) / 2, baseline, line, 9.5)
    pen.y += 18


def _length(minutes: int) -> str:
    if minutes % 60 == 0:
        return "1 hour" if minutes == 60 else f"{minutes // 60} hours"
    return duration_text(minutes)
