"""D02, the weekly schedule: Monday to Sunday to scale on one landscape page."""

from __future__ import annotations

from dataclasses import dataclass

from stagecraft.domain.sheets.frame import Run, clock_text
from stagecraft.domain.sheets.weekly_schedule import WeekBlock, WeekDay, WeeklyScheduleSheet
from stagecraft.domain.times import span_text
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.furniture import bar, finish, new_pen, time_at
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import (
    BAR,
    GREY,
    INK,
    RULE,
    WHITE,
    Line,
    Pen,
    fitted,
    line_width,
    pieces,
    tint_of,
    wrap,
)
from stagecraft.paper.week_block import Words, draw_block, words_of
from stagecraft.paper.work_table import kind_colour

AXIS = 36.0
OFF = 57.0
HOUR = 43.5
MEAL = 15.0
COLON = 13.5


@dataclass(slots=True)
class _Scale:
    """Hours to points. Only a meal that every working day has at the same time is squeezed to 15."""

    first: int
    last: int
    hour: float
    meal: tuple[int, int] | None

    def at(self, minute: int) -> float:
        if self.meal is None:
            return (minute - self.first) * self.hour / 60
        start, end = self.meal
        inside = max(0, min(minute, end) - start) if minute > start else 0
        return (minute - self.first - inside) * self.hour / 60 + MEAL * inside / (end - start)

    def high(self, block: WeekBlock) -> float:
        return self.at(block.ends) - self.at(block.starts)


def render(sheet: WeeklyScheduleSheet, options: PaperOptions) -> bytes:
    """The week on one page; what is too short to say its words there follows in full, if need be on a second."""
    pen = new_pen(options, landscape=True)
    pen.bookmark(f"{sheet.frame.document.title()} {sheet.frame.about}")
    columns = _columns(pen, sheet.days)
    feet = _feet(sheet)
    foot_lines = [
        [
            wrap(pieces(getattr(day, field), "C"), 8.5, wide - 9)
            for day, (_, wide) in zip(sheet.days, columns, strict=True)
        ]
        for _, field in feet
    ]
    foot_high = [max(1, *(len(lines) for lines in row)) * 10.5 + 3 for row in foot_lines]
    below = sum(foot_high) + 22.5
    _heads(pen, sheet, columns)
    told: list[tuple[WeekDay, WeekBlock]] = []
    scale = _scale(sheet, pen.bottom - pen.y - below)
    if scale is not None:
        top = pen.y
        told = _grid(pen, sheet, columns, scale)
        pen.y = top + scale.at(scale.last) + 1.5
    for (label, field), lines, high in zip(feet, foot_lines, foot_high, strict=True):
        _foot_row(pen, sheet, columns, label, field, lines, high)
    _legend(pen, sheet)
    _told_below(pen, sheet, told)
    return finish(pen, sheet.frame)


def _columns(pen: Pen, days: list[WeekDay]) -> list[tuple[float, float]]:
    """Left edge and width of each day: days off are narrow, the others share the rest."""
    free = sum(1 for day in days if day.off)
    working = len(days) - free
    rest = pen.width - AXIS
    off = OFF if working else rest / len(days)
    wide = (rest - off * free) / working if working else 0
    out, x = [], pen.left + AXIS
    for day in days:
        here = off if day.off else wide
        out.append((x, here))
        x += here
    return out


def _feet(sheet: WeeklyScheduleSheet) -> list[tuple[str, str]]:
    """Label and field of the rows under the grid; fittings and meetings only in a week that has any."""
    rare = [("Fittings", "fittings"), ("Meetings", "meetings")]
    some = [one for one in rare if any(getattr(day, one[1]) != "none" for day in sheet.days)]
    return [("Not called", "not_called"), ("Unavail.", "unavailable"), ("Press", "press"), *some]


def _heads(pen: Pen, sheet: WeeklyScheduleSheet, columns: list[tuple[float, float]]) -> None:
    top = pen.y
    notes = [
        wrap(pieces(day.note, "C"), 8.5, wide - 18) if day.note else []
        for day, (_, wide) in zip(sheet.days, columns, strict=True)
    ]
    pen.text(pen.left, top + 16.5 + 10.5, "Span", "C", 8.5, GREY)
    pen.text(pen.left, top + 16.5 + 21, "Note", "C", 8.5, GREY)
    for day, (x, wide), note in zip(sheet.days, columns, notes, strict=True):
        pen.box(x + 0.75, top, wide - 1.5, 16.5, fill=BAR)
        used = pen.text(x + 6, top + 12, day.name, "SB", 10.5)
        if day.tag and width(clean(day.tag), "S", 8.5) <= wide - used - 18:
            pen.text(x + wide - 6, top + 12, day.tag, "S", 8.5, align="right")
        pen.text(x + 6, top + 16.5 + 10.5, day.span, "CB", 8.5)
        if note:
            _arrow(pen, x + 6, top + 16.5 + 21)
            pen.lines(x + 12, top + 16.5 + 21, note, 8.5, 9)
    most = max([1, *(len(note) for note in notes)])
    pen.y = top + 16.5 + 24 + 9 * (most - 1) + 4.5


def _arrow(pen: Pen, x: float, baseline: float) -> None:
    pen.shape([(x, baseline - 4.5), (x + 4, baseline - 2.5), (x, baseline - 0.5)])


def _scale(sheet: WeeklyScheduleSheet, height: float) -> _Scale | None:
    blocks = [block for day in sheet.days for block in day.blocks]
    if not blocks:
        return None
    meals = [meal for day in sheet.days for meal in day.meals]
    first = min(block.starts for block in blocks) // 60 * 60
    last = -(-max(block.ends for block in blocks) // 60) * 60
    meal = _common_meal(sheet, blocks)
    if meal is None and meals:
        first = min(first, min(one.starts for one in meals) // 60 * 60)
    hours = (last - first - (meal[1] - meal[0] if meal else 0)) / 60
    hour = min(HOUR, (height - (MEAL if meal else 0)) / hours)
    return _Scale(first, last, hour, meal)


def _common_meal(sheet: WeeklyScheduleSheet, blocks: list[WeekBlock]) -> tuple[int, int] | None:
    """The meal all working days share, when no work crosses it."""
    spans = {tuple((meal.starts, meal.ends) for meal in day.meals) for day in sheet.days if not day.off}
    if len(spans) != 1:
        return None
    only = next(iter(spans))
    if len(only) != 1 or any(block.starts < only[0][1] and only[0][0] < block.ends for block in blocks):
        return None
    return only[0]


def _grid(
    pen: Pen, sheet: WeeklyScheduleSheet, columns: list[tuple[float, float]], scale: _Scale
) -> list[tuple[WeekDay, WeekBlock]]:
    """The week to scale; returns what could not say all of its words there."""
    told: list[tuple[WeekDay, WeekBlock]] = []
    top, bottom = pen.y, pen.y + scale.at(scale.last)
    _hours(pen, sheet, columns, scale)
    if scale.meal:
        _meal_bar(pen, sheet, columns, scale)
    for day, (x, wide) in zip(sheet.days, columns, strict=True):
        if day.off:
            _day_off(pen, day, x, wide, bottom)
            continue
        for meal in day.meals:
            if scale.meal is None:
                y, high = top + scale.at(meal.starts), scale.at(meal.ends) - scale.at(meal.starts)
                pen.box(x + 0.75, y + 0.75, wide - 1.5, high - 1.5, fill=BAR)
                pen.text(x + wide / 2, y + high / 2 + 3, meal.title, "CB", 8, align="centre")
        for block in day.blocks:
            _, inner = _lane(block, (x, wide))
            words = words_of(block, inner - 9, scale.high(block), sheet.time_style, len(told) + 1)
            if not words.whole:
                told.append((day, block))
            _block(pen, block, words, (x, wide), top, scale)
    return told


def _day_off(pen: Pen, day: WeekDay, x: float, wide: float, bottom: float) -> None:
    """A white column with its word; a dark day is hatched around the word."""
    top, middle = pen.y, (pen.y + bottom) / 2
    lines = wrap(pieces([Run(day.off, "bold")]), 10.5, wide - 6)
    reason = wrap(pieces([Run(day.off_reason, "italic")], "C"), 8.5, wide - 6) if day.off_reason else []
    if day.off == "DARK":
        _hatch(pen, x + 0.75, top, wide - 1.5, bottom - top)
        pen.box(x + 4.5, middle - 13.5, wide - 9, 12 * (len(lines) + len(reason)) + 9, fill=WHITE)
    pen.box(x + 0.75, top, wide - 1.5, bottom - top, outline=GREY, thick=0.75)
    for number, line in enumerate(lines):
        pen.line(x + wide / 2, middle + number * 12, line, 10.5, align="centre")
    for number, line in enumerate(reason, len(lines)):
        pen.line(x + wide / 2, middle + number * 12, line, 8.5, align="centre")


def _hatch(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
    """Falling lines at 45 degrees, six apart: dark, as against a white day off."""
    step = 6.0
    for number in range(1, int((wide + high) / step)):
        reach = number * step
        pen.rule(
            x + max(0, reach - high),
            y + min(reach, high),
            x + min(reach, wide),
            y + max(0, reach - wide),
            0.35,
            RULE,
        )


def _hours(pen: Pen, sheet: WeeklyScheduleSheet, columns: list[tuple[float, float]], scale: _Scale) -> None:
    starts = {block.starts for day in sheet.days for block in day.blocks}
    right = columns[-1][0] + columns[-1][1]
    for minute in range(scale.first, scale.last + 1, 60):
        y = pen.y + scale.at(minute)
        inside = scale.meal and scale.meal[0] < minute < scale.meal[1]
        if inside:
            continue
        strong = (
            minute in starts or minute in (scale.first, scale.last) or bool(scale.meal and minute in scale.meal)
        )
        last = minute == scale.last
        crowded = not last and scale.at(scale.last) - scale.at(minute) < 18
        pen.rule(pen.left, y, right if not strong else pen.left + AXIS, y, 0.35, RULE if not strong else GREY)
        if crowded:
            continue
        in_meal = bool(scale.meal and minute == scale.meal[0])
        baseline = y - 3 if last else y + (10.5 if in_meal else 7.5)
        time_at(
            pen,
            pen.left + COLON,
            baseline,
            clock_text(minute, sheet.time_style),
            "CB" if strong else "C",
            8.5,
            INK if strong else GREY,
        )


def _meal_bar(pen: Pen, sheet: WeeklyScheduleSheet, columns: list[tuple[float, float]], scale: _Scale) -> None:
    assert scale.meal
    working = [edge for day, edge in zip(sheet.days, columns, strict=True) if not day.off]
    left, right = working[0][0] + 0.75, working[-1][0] + working[-1][1] - 0.75
    y = pen.y + scale.at(scale.meal[0])
    title = next(meal.title for day in sheet.days for meal in day.meals)
    pen.box(left, y + 0.75, right - left, MEAL - 1.5, fill=BAR)
    words = f"{title}  ·  {span_text(*scale.meal, style=sheet.time_style)}"
    pen.text((left + right) / 2, y + 10.5, words, "SB", 8.5, align="centre")


def _block(
    pen: Pen, block: WeekBlock, words: Words, edge: tuple[float, float], top: float, scale: _Scale
) -> None:
    x, wide = _lane(block, edge)
    draw_block(pen, block, words, x, top + scale.at(block.starts), wide, scale.high(block))


def _lane(block: WeekBlock, edge: tuple[float, float]) -> tuple[float, float]:
    """Left edge and width of a block inside its day."""
    wide = (edge[1] - 1.5) / block.lanes
    return edge[0] + 0.75 + block.lane * wide, wide


def _told_below(pen: Pen, sheet: WeeklyScheduleSheet, told: list[tuple[WeekDay, WeekBlock]]) -> None:
    """In full what had too little room on the grid, by the number that stands there."""
    if not told:
        return
    pen.y += 21
    bar(pen, "In full", "too short for its words on the grid", gap=0)
    for number, (day, block) in enumerate(told, 1):
        words = [
            Run(block.title, "medium"),
            *([Run(" · "), *block.people] if block.people else []),
            *([Run(f" · {block.leaders}", "grey")] if block.leaders else []),
        ]
        lines = wrap(pieces(words), 8.5, pen.width - 210)
        room = fitted(block.room, "C", 8.5, 54)
        high = max(len(lines), len(room)) * 10.5 + 3
        if not pen.has_room(high):
            pen.new_page()
        span = span_text(block.starts, block.ends, style=sheet.time_style)
        for x, text in ((6, f"▸{number}"), (30, day.name), (72, span)):
            pen.text(pen.left + x, pen.y + 9, text, "CB" if x == 72 else "C", 8.5)
        pen.lines(pen.left + 150, pen.y + 9, room, 8.5, 10.5)
        pen.lines(pen.left + 210, pen.y + 9, lines, 8.5, 10.5)
        pen.y += high


def _foot_row(
    pen: Pen,
    sheet: WeeklyScheduleSheet,
    columns: list[tuple[float, float]],
    label: str,
    field: str,
    lines: list[list[Line]],
    high: float,
) -> None:
    pen.text(pen.left, pen.y + 9, label, "C", 8.5, GREY)
    for day, (x, _), cell in zip(sheet.days, columns, lines, strict=True):
        if day.off:
            continue
        told = getattr(day, field) != "none" and field == "not_called"
        shown = [[type(p)(p.text, "CB" if told else p.face, p.colour) for p in line] for line in cell]
        pen.lines(x + 6, pen.y + 9, shown, 8.5, 10.5)
    pen.y += high
    pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def _legend(pen: Pen, sheet: WeeklyScheduleSheet) -> None:
    baseline, x = pen.y + 13.5, pen.left
    for entry in sheet.legend:
        colour = kind_colour(entry.text[0].text)
        pen.box(x, baseline - 6.75, 4.5, 7.5, fill=colour)
        pen.box(x + 4.5, baseline - 6.75, 9, 7.5, fill=tint_of(colour, 8))
        x += 18 + pen.text(x + 18, baseline, entry.label, "C", 8.5) + 12
    if sheet.note:
        lines = wrap(pieces([Run(sheet.note, "italic")], "C"), 8.5, max(120.0, pen.right - x))
        line = lines[0]
        pen.line(pen.right - line_width(line, 8.5), baseline, line, 8.5)
        for number, more in enumerate(lines[1:], 1):
            pen.line(pen.right - line_width(more, 8.5), baseline + 9 * number, more, 8.5)
