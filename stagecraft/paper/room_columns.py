"""The day's work in one column a room, to scale, with the hours at the left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stagecraft.domain.sheets.daily_call import DailyCallSheet, Room
from stagecraft.domain.sheets.frame import Run, WorkRow, clock_text, lanes
from stagecraft.domain.times import span_text
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.furniture import span_at, span_width, time_at
from stagecraft.paper.pen import BAR, GREY, INK, Line, Pen, fitted, pieces, tint_of, wrap
from stagecraft.paper.work_table import Setting, bar_row, kind_colour

AXIS = 36.0
GUTTER = 6.0
HOUR = 38.25
BREAK = 18.0
COLON = 13.5
"""Where the times of the axis have their colon."""
BLOCK_TYPE = ((10.5, 13.5), (9.5, 12.0), (8.5, 10.5))
GAP = 60
"""From this many empty minutes on, a stretch in which no room works is drawn as high as a meal."""


@dataclass(slots=True)
class _Placed:
    row: WorkRow
    x: float
    wide: float
    title: list[Line]
    people: list[Line]
    leaders: list[Line]
    note: list[Line]

    def lines(self) -> int:
        return len(self.title) + len(self.people) + len(self.leaders) + len(self.note)


def room_columns(pen: Pen, sheet: DailyCallSheet, setting: Setting) -> None:
    """Head of rooms, blocks, meals across the page, end of the day. Needs one page; the caller checks."""
    columns = _columns(pen, sheet.rooms)
    _heads(pen, sheet.rooms, columns)
    breaks = _breaks(sheet.rows)
    setting, placed, scale = _largest(sheet, columns, setting, pen, breaks)
    work = [row for row in sheet.rows if row.shape == "work"]
    if not work:
        return
    start = min(row.starts for row in sheet.rows if row.shape != "end")
    end = max(row.ends for row in sheet.rows if row.shape != "end")
    top = pen.y
    if not pen.has_room(_at(end, start, breaks, scale) + 18):
        pen.new_page()  # overflows: the caller tries a smaller setting
    _axis(pen, sheet, start, end, breaks, scale)
    for one in placed:
        upper = top + _at(one.row.starts, start, breaks, scale)
        lower = top + _at(one.row.ends, start, breaks, scale)
        _block(pen, one, upper, lower - upper, sheet.time_style, setting)
    for row in sheet.rows:
        if row.shape == "meal":
            pen.y = top + _at(row.starts, start, breaks, scale)
            bar_row(pen, row, sheet.time_style, setting, inset=1.5, axis=pen.left + COLON)
    pen.y = top + _at(end, start, breaks, scale) + 1.5
    for row in sheet.rows:
        if row.shape == "end":
            bar_row(pen, row, sheet.time_style, setting, axis=pen.left + COLON)


def _largest(
    sheet: DailyCallSheet,
    columns: list[tuple[float, float]],
    setting: Setting,
    pen: Pen,
    breaks: list[tuple[int, int]],
) -> tuple[Setting, list[_Placed], float]:
    """The largest type for all blocks that makes the grid no higher than `setting` does.

    An hour has its height anyway, so smaller type in a block that has room would save nothing.
    """
    placed = _placed(sheet, columns, setting, pen)
    scale = _scale(placed, breaks, setting)
    for size, leading in BLOCK_TYPE:
        for mode in (0, 1):
            larger = replace(setting, size=size, leading=leading, mode=mode)
            if (size, -mode) > (setting.size, -setting.mode):
                tried = _placed(sheet, columns, larger, pen)
                if _scale(tried, breaks, larger) <= scale:
                    return larger, tried, scale
    return setting, placed, scale


def _columns(pen: Pen, rooms: list[Room]) -> list[tuple[float, float]]:
    wide = (pen.width - AXIS - GUTTER * (len(rooms) - 1)) / len(rooms)
    return [(pen.left + AXIS + number * (wide + GUTTER), wide) for number in range(len(rooms))]


def _heads(pen: Pen, rooms: list[Room], columns: list[tuple[float, float]]) -> None:
    for room, (x, wide) in zip(rooms, columns, strict=True):
        pen.box(x, pen.y, wide, 16.5, fill=BAR)
        used = pen.text(x + 10.5, pen.y + 11.25, room.name.upper(), "SB", 9, tracking=0.35)
        if room.use and width(clean(room.use), "S", 8.5) <= wide - used - 24:
            pen.text(x + wide - 6, pen.y + 11.25, room.use, "S", 8.5, align="right")
    pen.y += 19.5


def _placed(
    sheet: DailyCallSheet, columns: list[tuple[float, float]], setting: Setting, pen: Pen
) -> list[_Placed]:
    """Each piece of work in its column; two at once in one room share the column side by side."""
    out: list[_Placed] = []
    for number, room in enumerate(sheet.rooms):
        x, wide = columns[number]
        mine = [
            row for row in sheet.rows if row.shape == "work" and row.room == room.short and not row.everyone
        ]
        for row, (lane, count) in zip(mine, lanes([(row.starts, row.ends) for row in mine]), strict=True):
            out.append(_content(row, x + lane * wide / count, wide / count, setting))
    whole = pen.right - pen.left - AXIS
    wide_rows = [row for row in sheet.rows if row.shape == "work" and row.everyone]
    return out + [_content(row, pen.left + AXIS, whole, setting) for row in wide_rows]


def _content(row: WorkRow, x: float, wide: float, setting: Setting) -> _Placed:
    inner = wide - 10.5 - 6
    size, body = setting.size, setting.size - 1
    title = wrap(pieces([Run(row.title, "medium")]), size, inner)
    leaders_run = [Run(f"Led by {row.leaders}", "grey")] if row.leaders and setting.leaders else []
    note_run = [Run(row.note, "italic")] if row.note else []
    people = list(row.people)
    if setting.mode:  # short blocks: leader and note follow the people
        for extra in (leaders_run, note_run):
            if extra:
                people += [Run("   " if people else ""), *extra]
        return _Placed(row, x, wide, title, wrap(pieces(people), body, inner) if people else [], [], [])
    tail = leaders_run + ([Run("   "), *note_run] if leaders_run and note_run else note_run)
    return _Placed(
        row,
        x,
        wide,
        title,
        wrap(pieces(people), body, inner) if people else [],
        wrap(pieces(tail), body, inner) if tail else [],
        [],
    )


def _need(one: _Placed, setting: Setting) -> float:
    """Height a block needs for its words."""
    return 1.5 + (one.lines() + 1) * (setting.leading - 1.5) + 4.5 + (1.5 if not setting.mode else 0)


def _breaks(rows: list[WorkRow]) -> list[tuple[int, int]]:
    """Stretches drawn 18 high whatever their length: meals, and long spells in which nobody works."""
    work = sorted((row.starts, row.ends) for row in rows if row.shape == "work")
    meals = sorted((row.starts, row.ends) for row in rows if row.shape == "meal")
    meals = [meal for meal in meals if not any(s < meal[1] and meal[0] < e for s, e in work)]
    out = list(meals)
    reached: int | None = None
    for start, end in sorted(work + meals):
        if reached is not None and start - reached >= GAP:
            out.append((reached, start))
        reached = end if reached is None else max(reached, end)
    return sorted(out)


def _minutes(start: int, end: int, breaks: list[tuple[int, int]]) -> int:
    """Minutes drawn to scale between two times."""
    return (end - start) - sum(max(0, min(end, b) - max(start, a)) for a, b in breaks)


def _at(at: int, start: int, breaks: list[tuple[int, int]], scale: float) -> float:
    """Points below the top of the grid."""
    passed = sum(BREAK * min(1.0, max(0, at - a) / (b - a)) for a, b in breaks)
    return _minutes(start, at, breaks) * scale / 60 + passed


def _scale(placed: list[_Placed], breaks: list[tuple[int, int]], setting: Setting) -> float:
    """Points an hour: 38.25, or what the fullest block asks for."""
    scale = HOUR
    for one in placed:
        minutes = _minutes(one.row.starts, one.row.ends, breaks)
        spent = sum(BREAK for a, b in breaks if one.row.starts <= a and b <= one.row.ends)
        if minutes > 0:
            scale = max(scale, (_need(one, setting) + 1.5 - spent) * 60 / minutes)
    return scale


def _axis(
    pen: Pen, sheet: DailyCallSheet, start: int, end: int, breaks: list[tuple[int, int]], scale: float
) -> None:
    starts = {row.starts for row in sheet.rows if row.shape == "work"}
    meals = {row.starts for row in sheet.rows if row.shape == "meal"}
    for at in range(-(-start // 60) * 60, end, 60):
        inside = any(a < at < b or (a == at and at in meals) for a, b in breaks)
        if inside:
            continue
        y = pen.y + _at(at, start, breaks, scale)
        strong = at in starts
        pen.rule(
            pen.left, y + 0.75, pen.left + 31.5, y + 0.75, 0.9 if strong else 0.5, INK if strong else "#999999"
        )
        time_at(
            pen,
            pen.left + COLON,
            y + 9,
            clock_text(at, sheet.time_style),
            "SB" if strong else "S",
            9 if strong else 8,
            INK if strong else GREY,
        )
    if start % 60:
        pen.rule(pen.left, pen.y + 0.75, pen.left + 31.5, pen.y + 0.75, 0.9)
        time_at(pen, pen.left + COLON, pen.y + 9, clock_text(start, sheet.time_style), "SB", 9)
    for a, b in breaks:
        if a not in meals:
            y = pen.y + _at(a, start, breaks, scale)
            pen.text(
                (pen.left + AXIS + pen.right) / 2,
                y + 12,
                f"no calls {span_text(a, b, style=sheet.time_style)}",
                "SI",
                8.5,
                GREY,
                align="centre",
            )


def _block(pen: Pen, one: _Placed, top: float, high: float, style: str, setting: Setting) -> None:
    row, colour = one.row, kind_colour(one.row.kind)
    x, y, wide, tall = one.x + 0.375, top + 0.75, one.wide - 0.75, high - 1.5
    pen.box(x, y, wide, tall, fill=tint_of(colour, 7), outline="#8C8C8C", thick=0.75)
    pen.box(x, y, 4.5, tall, fill=colour)
    left, size, step = one.x + 10.5, setting.size, setting.leading - 1.5
    baseline = top + 1.5 + setting.leading - 1.5
    span_at(pen, left + 2 * width("0", "SB", size), baseline, row.starts, row.ends, style, "SB", size)
    right = one.x + wide - 6
    pen.text(right, baseline - 0.75, row.short, "S", 7.5, colour, align="right", tracking=0.3)
    if row.everyone and row.room:
        after = left + span_width(style, "SB", size) + 24
        pen.lines(
            after, baseline, fitted(_room_words(row.room), "S", size - 0.5, right - after - 60), size, step
        )
    baseline += step
    pen.lines(left, baseline, one.title, size, step)
    baseline += step * len(one.title) + (1.5 if not setting.mode else 0)
    pen.lines(left, baseline, one.people, size - 1, step)
    baseline += step * len(one.people)
    pen.lines(left, baseline, one.leaders, size - 1, step)


def _room_words(room: str) -> str:
    return f"Room {room}" if len(room) <= 3 else room
