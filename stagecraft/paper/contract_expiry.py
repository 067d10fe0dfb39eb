"""D25, contract expiry and options: next deadline first with its formula, then the terms on a line of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from stagecraft.domain.sheets.contract_expiry import ContractExpirySheet, ExpiryRow, TermLine
from stagecraft.domain.sheets.frame import Run
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.furniture import bar, finish, new_pen
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import (
    BAR,
    GREY,
    INK,
    RED,
    RULE,
    WHITE,
    Line,
    Pen,
    fitted,
    line_width,
    pieces,
    tint,
    wrap,
)

COLUMNS = (63.0, 117.0, 102.0, 84.0, 54.0, 141.0, 159.0)
HEADS = (
    "Deadline in",
    "Person · job",
    "Agreement",
    "Term ends",
    "Left",
    "Option or notice (formula)",
    "Decision · replacement",
)


def render(sheet: ContractExpirySheet, options: PaperOptions) -> bytes:
    """One or two landscape pages; a row is never torn in two, the head is repeated."""
    pen = _laid_out(sheet, options, 7.5)
    if len(pen.pages) > 1:
        tight = _laid_out(sheet, options, 4.5)
        pen = tight if len(tight.pages) < len(pen.pages) else pen
    return finish(pen, sheet.frame)


def _laid_out(sheet: ContractExpirySheet, options: PaperOptions, padding: float) -> Pen:
    pen = new_pen(options, landscape=True)
    pen.bookmark(f"{sheet.frame.document.title()} {sheet.frame.about}")
    _head(pen)
    for row in sheet.rows:
        cells = _cells(pen, row)
        tallest = max(len(cells[0]) + len(cells[1]), *(len(cell) for cell in cells[2:]))
        high = max(22.5 + padding, tallest * 10.5 + padding, 37.5 if row.badge else 0)
        if not pen.has_room(high):
            pen.new_page()
            _head(pen)
        _row(pen, row, cells, high)
    if not sheet.rows:
        pen.text(pen.left + 6, pen.y + 12, "No contracts on file.", "S", 9.5)
        pen.y += 18
    if sheet.terms:
        _terms(pen, sheet)
    _notes(pen, sheet.notes)
    return pen


def _edges(pen: Pen) -> list[float]:
    edges, x = [pen.left], pen.left
    for one in COLUMNS:
        x += one * pen.width / 720
        edges.append(x)
    return edges


def _head(pen: Pen) -> None:
    pen.box(pen.left, pen.y, pen.width, 16.5, fill=BAR)
    for edge, words in zip(_edges(pen), HEADS, strict=False):
        pen.text(edge + 4.5, pen.y + 11.25, words, "SM", 8.5)
    pen.y += 16.5


def _cells(pen: Pen, row: ExpiryRow) -> list[list[Line]]:
    """The lines of each column but the first, at 8.5 on 10.5; names and dates are larger where there is room."""
    edges = _edges(pen)
    wide = [edges[at + 1] - edges[at] - 6 for at in range(7)]
    person = fitted(row.person, "SM", 9.5, wide[1])
    decision = wrap(pieces(row.decision), 8.5, wide[6]) if row.decision else []
    if row.alarms:
        decision += wrap(pieces(row.alarms), 8.5, wide[6])
    option = wrap(pieces(row.option), 9, wide[5])
    if row.formula:
        option += wrap(pieces([Run(row.formula, "grey")]), 9, wide[5])
    return [
        person,
        wrap(pieces(row.job, "S", GREY), 8.5, wide[1]) if row.job else [],
        wrap(pieces(row.agreement), 8.5, wide[2]) if row.agreement else [],
        fitted(row.ends, "S", 9, wide[3]),
        fitted(row.left, "S", 9, wide[4]),
        option,
        decision,
    ]


def _row(pen: Pen, row: ExpiryRow, cells: list[list[Line]], high: float) -> None:
    edges = _edges(pen)
    if row.badge == "ACT NOW":
        pen.box(pen.left, pen.y, pen.width, high, fill=tint(9))
    first = pen.y + 12
    urgent = bool(row.badge) and row.badge != "DECIDED"
    if row.badge:
        face, size = "SB", 10.5 if urgent else 9.5
    else:
        face, size = "S", 9
    due = fitted(row.due, face, size, edges[1] - edges[0] - 6)
    pen.lines(edges[0] + 4.5, first, due, size, 10.5)
    if row.badge:
        _badge(pen, edges[0] + 4.5, first + 6, row.badge)
    person, job, *rest = cells
    pen.lines(edges[1] + 4.5, first, person, 9.5, 10.5)
    pen.lines(edges[1] + 4.5, first + 10.5 * len(person), job, 8.5, 10.5)
    for edge, lines, size in zip(edges[2:], rest, (8.5, 9, 9, 9, 8.5), strict=False):
        pen.lines(edge + 4.5, first, lines, size, 10.5)
    pen.y += high
    pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def _badge(pen: Pen, x: float, y: float, words: str) -> None:
    """ACT NOW solid, WATCH outlined, DECIDED thin: readable without colour."""
    wide = width(words, "SB", 7.5) + 9
    if words == "ACT NOW":
        pen.box(x, y, wide, 12, fill=RED, outline=RED, thick=0.75, radius=3)
        pen.text(x + wide / 2, y + 8.7, words, "SB", 7.5, WHITE, align="centre")
    else:
        pen.box(x, y, wide, 12, outline=INK, thick=1.25 if words == "WATCH" else 0.6, radius=3)
        pen.text(x + wide / 2, y + 8.7, words, "SB", 7.5, align="centre")


# --- line of time --------------------------------------------------------------------------------------------

LABEL = 114.0
LANE = 18.0


def _terms(pen: Pen, sheet: ContractExpirySheet) -> None:
    lanes = len(sheet.terms)
    space = 15 + 15 + 12 + 15
    if not pen.has_room(9 + space + LANE * min(lanes, 3)):
        pen.new_page()
    todo = list(sheet.terms)
    while todo:
        bar(pen, "Term lines", sheet.window_label, gap=12, follow=space)
        fits = max(1, int((pen.bottom - pen.y - 30) // LANE))
        _term_block(pen, sheet, todo[:fits])
        todo = todo[fits:]
        if todo:
            pen.new_page()


def _term_block(pen: Pen, sheet: ContractExpirySheet, terms: list[TermLine]) -> None:
    first, last = date.fromisoformat(sheet.window_starts), date.fromisoformat(sheet.window_ends)
    start, end = pen.left + LABEL, pen.right
    days = (last - first).days + 1

    def x_of(day: date) -> float:
        return start + (end - start) * (day - first).days / days

    top = pen.y + 1.5
    bottom = top + 13.5 + LANE * len(terms)
    month = first
    while month <= last:
        x = x_of(month)
        pen.rule(x, top, x, bottom, 0.5, RULE)
        pen.text(x + 4.5, top + 9, f"{month:%b %Y}", "S", 8, GREY)
        month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    pen.y = top + 13.5
    for term in terms:
        _term(pen, term, first, last, x_of)
    today = date.fromisoformat(sheet.today)
    if first <= today <= last:
        x = x_of(today)
        pen.rule(x, top + 7.5, x, bottom, 1.25, INK, dash=(2, 2))
        pen.text(x, bottom + 9, sheet.today_label, "SB", 8, align="centre")
    pen.y = bottom + 12


def _term(pen: Pen, term: TermLine, first: date, last: date, x_of: Callable[[date], float]) -> None:
    middle = pen.y + 7.5
    name = fitted(term.name, "SM", 9, LABEL - 9)
    pen.lines(pen.left + 4.5, middle + 3 - (len(name) - 1) * 4, name, 9 if len(name) == 1 else 7.5, 8)
    begins = date.fromisoformat(term.starts) if term.starts else first
    ends = date.fromisoformat(term.ends) if term.ends else last + timedelta(days=1)
    left = max(x_of(begins), x_of(first))
    right = min(x_of(ends + timedelta(days=1)), pen.right)
    marks = [(x_of(date.fromisoformat(mark.day)), mark.label) for mark in term.diamonds]
    marks = [(x, label) for x, label in marks if x_of(first) <= x < x_of(last + timedelta(days=1))]
    if right > left and begins <= last:
        fill, outline = {"decided": (tint(65), ""), "running": (tint(15), INK), "coming": (WHITE, INK)}[
            term.shape
        ]
        pen.box(left, middle - 4.5, right - left, 9, fill=fill, outline=outline, thick=0.9)
        runs_on = ends > last
        words = term.label
        wide = width(clean(words), "C", 8)
        if runs_on:
            pen.shape([(right - 8, middle - 2.25), (right - 3, middle), (right - 8, middle + 2.25)])
            end = right - 10.5
            for x, label in sorted(marks, reverse=True):
                beside = width(label, "SB", 8) + 11
                if x + 8 > end - wide or x + beside > end - wide:
                    end = min(end, x - 10 - (beside if x + beside > right - 10.5 else 0))
            pen.text(end, middle + 3, words, "C", 8, align="right")
        else:
            pen.rule(right, middle - 6, right, middle + 6, 1.5)
            if right + wide + 6 <= pen.right:
                pen.text(right + 4.5, middle + 3, words, "C", 8)
            else:
                pen.box(right - wide - 7.5, middle - 3.75, wide + 6, 7.5, fill=fill)
                pen.text(
                    right - 4.5,
                    middle + 3,
                    words,
                    "C",
                    8,
                    WHITE if term.shape == "decided" else INK,
                    align="right",
                )
    for x, label in marks:
        pen.shape([(x, middle - 7), (x + 7, middle), (x, middle + 7), (x - 7, middle)], WHITE)
        pen.shape([(x, middle - 5.5), (x + 5.5, middle), (x, middle + 5.5), (x - 5.5, middle)])
        wide = width(label, "SB", 8)
        beside = x + 8 if x + 11 + wide <= pen.right - 10.5 else x - 11 - wide
        pen.box(beside, middle - 3.75, wide + 3, 7.5, fill=WHITE)
        pen.text(beside + 1.5, middle + 3, label, "SB", 8)
    pen.y += LANE
    pen.rule(pen.left, pen.y - 1.5, pen.right, pen.y - 1.5, 0.5, RULE)


def _notes(pen: Pen, notes: list[str]) -> None:
    lines: list[Line] = []
    for note in notes:
        lines += wrap(pieces([Run(note, "italic")], "C"), 8.5, pen.width)
    if not pen.has_room(10.5 * len(lines) + 3):
        pen.new_page()
    pen.y += 3
    if len(lines) == 2 and line_width(lines[0], 8.5) + line_width(lines[1], 8.5) + 18 <= pen.width:
        pen.line(pen.left, pen.y + 9, lines[0], 8.5)
        pen.line(pen.right, pen.y + 9, lines[1], 8.5, align="right")
        pen.y += 12
        return
    pen.lines(pen.left, pen.y + 9, lines, 8.5, 10.5)
    pen.y += 10.5 * len(lines)
