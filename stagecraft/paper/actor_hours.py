"""The weekly hours sheet: a row a person, a column a day, and a box to sign; on one person's sheet every call."""

from __future__ import annotations

from dataclasses import dataclass

from stagecraft.domain.sheets.actor_hours import ActorHoursSheet, CallLine, HoursCell, HoursRow
from stagecraft.domain.sheets.frame import Line as Note
from stagecraft.domain.sheets.frame import Rich, Run
from stagecraft.paper.furniture import band, bar, finish, new_pen
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import BAR, GREY, INK, RULE, ZEBRA, Line, Pen, fitted, line_width, pieces, wrap

COLUMNS = (99.0, *(57.0,) * 7, 39.0, 39.0, 84.0, 60.0)
"""Name, seven days, hours here, hours of all shows, limit, signature: points at the Letter text width of 720."""

HEADS = ("Here", "All shows", "Week’s limit", "Signed")
LEADING = 9.0
SIZE = 8.0
LEAST = 31.5
"""Height of a row in which somebody can sign."""

CALL_COLUMNS = (72.0, 48.0, 96.0, 264.0, 186.0, 54.0)
CALL_HEADS = ("Day", "Show", "In and out", "What", "Meals, breaks, rest", "Hours")


@dataclass(slots=True)
class _Cells:
    """The lines of a row, column by column."""

    name: list[Line]
    days: list[list[Line]]
    limit: list[Line]

    @property
    def high(self) -> float:
        tallest = max(len(self.name), len(self.limit), *(len(one) for one in self.days))
        return max(LEAST, tallest * LEADING + 6)


def render(sheet: ActorHoursSheet, options: PaperOptions) -> bytes:
    """Landscape; a row is never torn in two, the head is repeated, the signatures stand at the end."""
    pen = _laid_out(sheet, options, 4.5)
    if len(pen.pages) > 1 and sheet.calls:
        tight = _laid_out(sheet, options, 1.5)
        pen = tight if len(tight.pages) < len(pen.pages) else pen
    return finish(pen, sheet.frame)


def _laid_out(sheet: ActorHoursSheet, options: PaperOptions, padding: float) -> Pen:
    pen = new_pen(options, landscape=True)
    pen.bookmark(f"{sheet.frame.document.title()} {sheet.frame.about}")
    band(pen, sheet.band)
    pen.y += 6
    _head(pen, sheet)
    for number, row in enumerate(sheet.rows):
        cells = _cells(pen, row)
        if not pen.has_room(cells.high):
            pen.new_page()
            _head(pen, sheet)
        _row(pen, row, cells, shaded=number % 2 == 1)
    if len(sheet.rows) > 1:
        _totals(pen, sheet)
    if sheet.empty:
        pen.text(pen.left + 6, pen.y + 13.5, sheet.empty, "S", 9.5)
        pen.y += 18
    if sheet.calls:
        _calls(pen, sheet.calls, padding)
    if sheet.notes:
        _recorded(pen, sheet.notes)
    _foot(pen, sheet)
    return pen


def _edges(pen: Pen, columns: tuple[float, ...]) -> list[float]:
    edges, x = [pen.left], pen.left
    for one in columns:
        x += one * pen.width / sum(columns)
        edges.append(x)
    return edges


def _head(pen: Pen, sheet: ActorHoursSheet) -> None:
    edges = _edges(pen, COLUMNS)
    pen.box(pen.left, pen.y, pen.width, 16.5, fill=BAR)
    for edge, words in zip(edges, ("Name", *sheet.heads, *HEADS), strict=False):
        pen.text(edge + 3, pen.y + 11.25, words, "CM", 8)
    pen.y += 16.5


def _cells(pen: Pen, row: HoursRow) -> _Cells:
    edges = _edges(pen, COLUMNS)
    wide = [edges[at + 1] - edges[at] - 5 for at in range(len(COLUMNS))]
    limit: list[Line] = []
    state = "bold" if row.broken else "grey"
    for text, look in ((row.limit, "medium"), (row.state, state), (row.over, "bold")):
        if text:
            limit += wrap(pieces([Run(text, look)], "C"), SIZE, wide[10])
    days = [_day(one, wide[1]) for one in row.cells]
    return _Cells(fitted(row.name, "SM", 9, wide[0]), days, limit)


def _day(cell: HoursCell, wide: float) -> list[Line]:
    """In and out, hours with what lies in them, what was recorded otherwise."""
    lines: list[Line] = []
    if cell.span:
        lines += _narrow([Run(cell.span, "medium")], wide)
    inside: Rich = [Run(cell.hours, "bold")] if cell.hours else []
    if cell.words:
        inside.append(Run(f" · {cell.words}" if cell.hours else cell.words, "grey"))
    if inside:
        lines += wrap(pieces(inside, "C"), 7.5, wide)
    if cell.others:
        lines += wrap(pieces([Run(cell.others, "grey")], "C"), 7.5, wide)
    if cell.recorded:
        lines += wrap(pieces([Run(cell.recorded)], "C"), 7.5, wide)
    return lines


def _narrow(rich: Rich, wide: float) -> list[Line]:
    """One line where it fits at all."""
    line = pieces(rich, "C")
    return [line] if line_width(line, SIZE) <= wide else wrap(line, 7.5, wide)


def _row(pen: Pen, row: HoursRow, cells: _Cells, *, shaded: bool) -> None:
    edges = _edges(pen, COLUMNS)
    high = cells.high
    if shaded:
        pen.box(pen.left, pen.y, pen.width, high, fill=ZEBRA)
    first = pen.y + 9
    pen.lines(edges[0] + 3, first, cells.name, 9, 10.5)
    for edge, lines in zip(edges[1:8], cells.days, strict=True):
        pen.lines(edge + 3, first, lines, 7.5 if len(lines) > 3 else SIZE, LEADING)
    pen.text(edges[9] - 4.5, first, row.total, "CB", 8.5, align="right")
    pen.text(edges[10] - 4.5, first, row.whole, "C", 8.5, align="right")
    pen.lines(edges[10] + 3, first, cells.limit, SIZE, LEADING)
    pen.y += high
    for edge in (edges[1], edges[8], edges[10], edges[11]):
        pen.rule(edge, pen.y - high, edge, pen.y, 0.35, RULE)
    pen.rule(edges[11] + 4.5, pen.y - 6, pen.right - 3, pen.y - 6, 0.5, GREY)
    pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def _totals(pen: Pen, sheet: ActorHoursSheet) -> None:
    if not pen.has_room(18):
        pen.new_page()
        _head(pen, sheet)
    edges = _edges(pen, COLUMNS)
    base = pen.y + 11.25
    pen.text(edges[0] + 3, base, "All together", "SM", 9)
    for edge, words in zip(edges[1:8], sheet.totals, strict=True):
        pen.text(edge + 3, base, words, "CB", 8.5)
    pen.lines(edges[8] + 3, base, [pieces([Run(sheet.total, "bold")], "C")], 8.5, 9)
    pen.y += 16.5
    pen.rule(pen.left, pen.y, pen.right, pen.y, 1.5)


# --- one person ----------------------------------------------------------------------------------------------


def _calls(pen: Pen, calls: list[CallLine], padding: float) -> None:
    bar(pen, "Call by call", gap=9, follow=48)
    _calls_head(pen)
    edges = _edges(pen, CALL_COLUMNS)
    wide = [edges[at + 1] - edges[at] - 6 for at in range(len(CALL_COLUMNS))]
    for call in calls:
        columns = [
            fitted(call.day, "SM", 9, wide[0]),
            fitted(call.show, "S", 9, wide[1]),
            fitted(call.span, "SM", 9, wide[2]),
            fitted(call.what, "S", 9, wide[3]),
            fitted(call.inside, "S", 9, wide[4]),
            fitted(call.hours, "SB", 9, wide[5]),
        ]
        high = max(len(one) for one in columns) * 10.5 + padding
        if not pen.has_room(high):
            pen.new_page()
            _calls_head(pen)
        if call.day:
            pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)
        for edge, lines in zip(edges, columns, strict=False):
            pen.lines(edge + 4.5, pen.y + 8.25 + padding / 2, lines, 9, 10.5)
        pen.y += high


def _calls_head(pen: Pen) -> None:
    for edge, words in zip(_edges(pen, CALL_COLUMNS), CALL_HEADS, strict=False):
        pen.text(edge + 4.5, pen.y + 10.5, words, "SM", 8)
    pen.y += 15


def _recorded(pen: Pen, notes: list[Note]) -> None:
    """What the reports say, in two columns."""
    bar(pen, "As recorded", "in the rehearsal reports", gap=9, follow=18)
    half = pen.width / 2
    for at in range(0, len(notes), 2):
        runs = [[Run(f"{one.label}: ", "medium"), *one.text] for one in notes[at : at + 2]]
        pair = [wrap(pieces(one), 8.5, half - 18) for one in runs]
        high = max(len(one) for one in pair) * 10.5 + 3
        if not pen.has_room(high):
            pen.new_page()
        for number, lines in enumerate(pair):
            pen.lines(pen.left + 6 + number * half, pen.y + 9, lines, 8.5, 10.5)
        pen.y += high
        pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


# --- foot ----------------------------------------------------------------------------------------------------


def _foot(pen: Pen, sheet: ActorHoursSheet) -> None:
    """How it is counted, then the lines for deputy and stage manager; both stay together."""
    lines = wrap(pieces(" ".join(sheet.counted)), 8.5, pen.width - 12)
    bar(pen, "How it is counted", gap=9, follow=min(len(lines) * 10.5 + 36, 120))
    pen.y += 1.5
    for line in lines:
        if not pen.has_room(10.5):
            pen.new_page()
        pen.line(pen.left + 6, pen.y + 9, line, 8.5)
        pen.y += 10.5
    if not pen.has_room(33):
        pen.new_page()
    pen.y += 24
    half = (pen.width - 24) / 2
    for x, words in ((pen.left, "Deputy, date"), (pen.left + half + 24, "Stage manager, date")):
        pen.rule(x, pen.y, x + half, pen.y, 0.75, INK)
        pen.text(x, pen.y + 9, words, "S", 7.5, GREY)
    pen.y += 12
