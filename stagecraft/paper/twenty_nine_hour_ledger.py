"""D29, the 29-hour ledger: a stair of hours by day, then hours by person, flags and how it is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from stagecraft.domain.sheets.frame import Run
from stagecraft.domain.sheets.twenty_nine_hour_ledger import (
    LedgerChange,
    LedgerDay,
    LedgerPerson,
    TwentyNineHourLedgerSheet,
)
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.furniture import band, bar, finish, labelled, new_pen
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import (
    GREY,
    INK,
    RULE,
    WHITE,
    ZEBRA,
    Line,
    Pen,
    fitted,
    line_width,
    pieces,
    tint,
    wrap,
)

NAME, DAY, USED, LEFT, STATE = 132.0, 42.0, 48.0, 48.0, 102.0
"""Columns of the page in points at a text width of 540, with five days."""

FEW = 5
"""So many days have columns of full width; more share what name and state can spare."""

DONE, BEFORE = tint(60), tint(13)


@dataclass(frozen=True, slots=True)
class Columns:
    """Right edges of the days and where the others stand; `size` is the type of the cells."""

    name: float
    days: list[float]
    used: float
    left: float
    state: float
    size: float
    face: str
    two_lines: bool


def render(sheet: TwentyNineHourLedgerSheet, options: PaperOptions) -> bytes:
    """One page; more people or days set the rows closer, then go on to another page with the head repeated."""
    pen = _laid_out(sheet, options, 18.0)
    if len(pen.pages) > 1:
        tight = _laid_out(sheet, options, 15.0)
        pen = tight if len(tight.pages) < len(pen.pages) else pen
    return finish(pen, sheet.frame)


def _laid_out(sheet: TwentyNineHourLedgerSheet, options: PaperOptions, row: float) -> Pen:
    pen = new_pen(options)
    pen.bookmark(f"{sheet.frame.document.title()} {sheet.frame.about}")
    band(pen, sheet.band)
    if sheet.since:
        _changes(pen, sheet)
    if sheet.days:
        _chart(pen, sheet, row)
    _people(pen, sheet, row)
    _flags(pen, sheet)
    return pen


# --- what changed --------------------------------------------------------------------------------------------


def _changes(pen: Pen, sheet: TwentyNineHourLedgerSheet) -> None:
    """The box with its ink tab: what is different from the issue before; what was is struck out only here."""
    inner = pen.left + 72
    blocks = [_change_lines(one, pen.right - inner - 22.5) for one in sheet.changes]
    high = max(30.0, sum(len(one) for one in blocks) * 12 + 9)
    pen.y += 6
    pen.box(pen.left, pen.y, 72, high, fill=INK)
    middle = pen.y + high / 2
    pen.text(pen.left + 36, middle - 1.5, "CHANGED", "SB", 8.5, WHITE, align="centre")
    pen.text(pen.left + 36, middle + 9, f"SINCE {sheet.since}", "SB", 8.5, WHITE, align="centre")
    y = pen.y + (high - sum(len(one) for one in blocks) * 12) / 2 + 9
    for change, lines in zip(sheet.changes, blocks, strict=True):
        pen.shape([(inner + 6, y), (inner + 12.5, y), (inner + 9.25, y - 6)])
        for line in lines:
            _struck_line(pen, inner + 18, y, line, change.was)
            y += 12
    pen.box(pen.left, pen.y, pen.width, high, outline=INK, thick=1.25)
    pen.y += high


def _change_lines(change: LedgerChange, limit: float) -> list[Line]:
    runs = [*change.text, *([Run(change.was, "grey")] if change.was else []), Run(change.after)]
    return wrap(pieces([run for run in runs if run.text]), 9.5, limit)


def _struck_line(pen: Pen, x: float, y: float, line: Line, was: str) -> None:
    for piece in line:
        wide = width(piece.text, piece.face, 9.5)
        if was and piece.colour == GREY and piece.text.strip() == clean(was):
            pen.rule(x, y - 3, x + wide, y - 3, 0.75, INK)
        pen.line(x, y, [piece], 9.5)
        x += wide


# --- chart ---------------------------------------------------------------------------------------------------


def _chart(pen: Pen, sheet: TwentyNineHourLedgerSheet, row: float) -> None:
    """A stair: what was used before in pale, the day's own in dark, what is only planned as an outline."""
    bar(pen, "Hours by day", sheet.chart_note, gap=9, follow=4 * row)
    start, end = pen.left + 66, pen.right - 72
    most = max([sheet.limit, *(one.before + one.minutes for one in sheet.days)]) or 1

    def x_of(minutes: int) -> float:
        return start + (end - start) * minutes / most

    todo = list(sheet.days)
    while todo:
        fits = max(2, int((pen.bottom - pen.y - 24) // row))
        _stair(pen, sheet, todo[:fits], x_of, row)
        todo = todo[fits:]
        if todo:
            pen.new_page()


def _stair(
    pen: Pen,
    sheet: TwentyNineHourLedgerSheet,
    days: list[LedgerDay],
    x_of: Callable[[int], float],
    row: float,
) -> None:
    top = pen.y + 6
    bottom = top + row * len(days) + 1.5
    for minutes in _ticks(sheet):
        pen.rule(x_of(minutes), top, x_of(minutes), bottom, 0.5, RULE)
        pen.text(x_of(minutes), bottom + 9, str(minutes // 60), "S", 7.5, GREY, align="centre")
    for number, one in enumerate(days):
        _step(pen, one, top + number * row, x_of, row, (sheet.flag, sheet.limit))
    if sheet.flag:
        pen.rule(x_of(sheet.flag), top, x_of(sheet.flag), bottom, 1, INK, dash=(2.5, 2))
    pen.rule(x_of(sheet.limit), top, x_of(sheet.limit), bottom, 1.5)
    pen.text(x_of(sheet.limit) - 3, bottom + 9, sheet.limit_words, "S", 7.5, align="right")
    if sheet.flag:
        _flag_words(pen, sheet, x_of, bottom + 9)
    pen.y = bottom + 12


def _flag_words(
    pen: Pen, sheet: TwentyNineHourLedgerSheet, x_of: Callable[[int], float], baseline: float
) -> None:
    """Under its line, left of the limit's words."""
    right = x_of(sheet.limit) - 3 - width(clean(sheet.limit_words), "S", 7.5) - 6
    pen.text(min(x_of(sheet.flag) - 3, right), baseline, sheet.flag_words, "S", 7.5, align="right")


def _ticks(sheet: TwentyNineHourLedgerSheet) -> list[int]:
    """Whole steps of hours that leave room for the words at flag and limit."""
    step = next((one for one in (360, 720, 1440, 2880, 5760) if sheet.limit / one <= 6), 11520)
    end = (sheet.flag or sheet.limit) - step // 2
    return [one for one in range(0, sheet.limit, step) if one <= end]


def _step(
    pen: Pen, one: LedgerDay, top: float, x_of: Callable[[int], float], row: float, lines: tuple[int, int]
) -> None:
    """A day of the stair. What lies beyond the limit is solid; its words stand clear of the lines that cross it."""
    high = min(12.0, row - 3)
    y = top + (row - high) / 2
    base = y + high / 2 + 3.25
    first, last = x_of(one.before), x_of(one.before + one.minutes)
    pen.lines(pen.left + 6, base, fitted(one.name, "S", 9.5, 57), 9.5, 9)
    if one.before:
        pen.box(x_of(0), y, first - x_of(0), high, fill=BEFORE)
    if one.planned:
        pen.box(first, y + 0.4, last - first, high - 0.8, fill=WHITE, outline=INK, thick=0.75, dash=(2, 1.5))
    else:
        pen.box(first, y, last - first, high, fill=DONE)
        beyond = max(first, x_of(lines[1]))
        if beyond < last:
            pen.box(beyond, y, last - beyond, high, fill=INK)
    edges = [first, *sorted(x for x in map(x_of, lines) if first < x < last), last]
    start, end = max(pairwise(edges), key=lambda pair: pair[1] - pair[0])
    words = f"{one.words} planned" if one.planned else one.words
    if width(words, "SB", 8.5) + 4 > end - start:
        words = one.words
    if width(words, "SB", 8.5) + 3 <= end - start:
        pen.text((start + end) / 2, base, words, "SB", 8.5, INK if one.planned else WHITE, align="centre")
    pen.text(pen.right - 6, base, one.total, "SB" if one.full else "S", 9.5, align="right")


# --- people --------------------------------------------------------------------------------------------------


def _columns(pen: Pen, days: int) -> Columns:
    """Up to five days as drawn; more take from name and state and from each other, at smaller type."""
    k = pen.width / 540
    name, day, used, left, state = NAME, DAY, USED, LEFT, STATE
    if days > FEW:
        used, left = 36.0, 36.0
        name, state = (126.0, 84.0) if days <= 9 else (102.0, 66.0)
        day = (540 - name - used - left - state) / days
    x = pen.left + name * k
    edges = []
    for _ in range(days):
        x += day * k
        edges.append(x - 4.5)
    x = pen.left + (name + day * days) * k
    if days < FEW:
        x = pen.left + (NAME + DAY * FEW) * k
    small = days > FEW
    return Columns(
        name * k - 9,
        edges,
        x + used * k - 4.5,
        x + (used + left) * k - 4.5,
        x + (used + left) * k + 4.5,
        9.5 if not small else 8.5,
        "S" if not small else "C",
        small,
    )


def _people(pen: Pen, sheet: TwentyNineHourLedgerSheet, row: float) -> None:
    columns = _columns(pen, len(sheet.days))
    bar(pen, "Hours by person", sheet.people_note, gap=9, follow=18 + 2 * row)
    _people_head(pen, sheet, columns)
    if not sheet.people:
        pen.text(pen.left + 6, pen.y + 12, "Nobody is called yet.", "S", 9.5)
        pen.y += 18
        return
    for number, person in enumerate(sheet.people):
        names = fitted(person.name, "SM", min(10.0, row - 5), columns.name)
        states = _state_lines(pen, person, columns)
        high = max(row, 10.5 * max(len(names), len(states)) + row - 12)
        last = number + 1 == len(sheet.people)
        if not pen.has_room(high + (row if last else 0)):
            pen.new_page()
            _people_head(pen, sheet, columns)
        _person(pen, person, columns, names, states, high, row, shaded=number % 2 == 1)
    if sheet.days:
        _totals(pen, sheet, columns, row)


def _people_head(pen: Pen, sheet: TwentyNineHourLedgerSheet, columns: Columns) -> None:
    size, high = (8.0, 16.5) if not columns.two_lines else (7.5, 24.0)
    base = pen.y + high - 5.25
    pen.text(pen.left + 4.5, base, "Name", "SM", size)
    for edge, one in zip(columns.days, sheet.days, strict=True):
        weekday, _, number = one.short.partition(" ")
        if columns.two_lines:
            pen.text(edge, base - 9, weekday, "CM", size, align="right")
            pen.text(edge, base, number, "CM", size, align="right")
        else:
            pen.text(edge, base, one.short, "SM", size, align="right")
    pen.text(columns.used, base, "Used", "SM", size, align="right")
    pen.text(columns.left, base, "Left", "SM", size, align="right")
    pen.text(columns.state, base, "State", "SM", size)
    pen.y += high


def _state_lines(pen: Pen, person: LedgerPerson, columns: Columns) -> list[Line]:
    if not person.state:
        return []
    wide = pen.right - columns.state - 1.5
    rich = [Run(person.state, "bold" if person.over else "")]
    for family in ("S", "C"):
        line = pieces(rich, family)
        if line_width(line, columns.size) <= wide:
            return [line]
    return wrap(pieces(rich, "C"), columns.size, wide)


def _person(
    pen: Pen,
    person: LedgerPerson,
    columns: Columns,
    names: list[Line],
    states: list[Line],
    high: float,
    row: float,
    *,
    shaded: bool,
) -> None:
    if shaded:
        pen.box(pen.left, pen.y, pen.width, high, fill=ZEBRA)
    base = pen.y + row / 2 + 3
    size = min(columns.size, row - 5)
    pen.lines(pen.left + 4.5, base, names, min(10.0, row - 5), 10.5)
    for edge, words in zip(columns.days, person.hours, strict=True):
        if words:
            pen.text(edge, base, words, columns.face, size, align="right")
    pen.text(columns.used, base, person.used, columns.face + "B", size, align="right")
    pen.text(columns.left, base, person.left, columns.face, size, align="right")
    pen.lines(columns.state, base, states, size, 10.5)
    pen.y += high
    if shaded:
        pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def _totals(pen: Pen, sheet: TwentyNineHourLedgerSheet, columns: Columns, row: float) -> None:
    pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)
    base = pen.y + row / 2 + 3.75
    size = min(columns.size, row - 5)
    pen.text(pen.left + 4.5, base, sheet.total_label, "SM", min(10.0, row - 5))
    for edge, words in zip(columns.days, sheet.totals, strict=True):
        pen.text(edge, base, words, columns.face + "B", size, align="right")
    pen.text(columns.used, base, sheet.total_used, columns.face + "B", size, align="right")
    pen.text(columns.left, base, sheet.total_left, columns.face + "B", size, align="right")
    pen.y += row + 1.5
    pen.rule(pen.left, pen.y, pen.right, pen.y, 1.5)


# --- flags ---------------------------------------------------------------------------------------------------


def _flags(pen: Pen, sheet: TwentyNineHourLedgerSheet) -> None:
    bar(pen, "Flags", gap=12, follow=30)
    if sheet.badge:
        wide = width(clean(sheet.badge), "SB", 8.5) + 13.5
        pen.box(pen.right - wide - 4.5, pen.y - 15, wide, 15, fill=INK, outline=INK, radius=3)
        pen.text(pen.right - 4.5 - wide / 2, pen.y - 4.5, sheet.badge, "SB", 8.5, WHITE, align="centre")
    for line in sheet.flags:
        labelled(pen, line, indent=78)
    bar(pen, "How it is counted", gap=9, follow=24)
    pen.y += 1.5
    for text in sheet.counted:
        for part in wrap(pieces(text), 9.5, pen.width - 12):
            if not pen.has_room(12):
                pen.new_page()
            pen.line(pen.left + 6, pen.y + 9, part, 9.5)
            pen.y += 12
