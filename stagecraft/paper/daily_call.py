"""D01, the daily call: as a table, or in room columns when rooms work in parallel. One page while it can be."""

from __future__ import annotations

from stagecraft.domain.sheets.daily_call import DailyCallSheet, YourCall, together
from stagecraft.domain.sheets.frame import Run
from stagecraft.paper.fonts import clean, width
from stagecraft.paper.furniture import (
    band,
    bar,
    finish,
    labelled,
    new_pen,
    time_at,
)
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import GREY, INK, Pen, fitted, pieces, wrap
from stagecraft.paper.room_columns import room_columns
from stagecraft.paper.work_table import Setting, work_table

SETTINGS = (
    *(
        Setting(size, leading, mode=mode)
        for size, leading in ((10.5, 13.5), (9.5, 12.0), (8.5, 10.5))
        for mode in (0, 1)
    ),
    Setting(8.5, 9.75, mode=1),
    Setting(8.5, 9.75, mode=1, empty=False),
    Setting(8.5, 9.75, mode=1, empty=False, ahead=False),
    Setting(8.5, 9.75, mode=1, empty=False, ahead=False, leaders=False),
)
"""Ever smaller, then ever less; never without who is not called and when the day ends."""

TWO_PAGES = (Setting(9.5, 12.0, mode=1), Setting(8.5, 10.5, mode=1))


def render(sheet: DailyCallSheet, options: PaperOptions) -> bytes:
    """The sheet as PDF bytes, on one page when any setting allows it."""
    # Where columns are too much for one page the table may still do: it is the denser of the two.
    for rooms in dict.fromkeys((_in_columns(sheet, options), False)):
        for setting in SETTINGS:
            pen = _laid_out(sheet, options, setting, rooms)
            if len(pen.pages) == 1:
                return finish(pen, sheet.frame)
    return _on_more_pages(sheet, options)


def _on_more_pages(sheet: DailyCallSheet, options: PaperOptions) -> bytes:
    """Everything, in the larger type that two pages allow; as a table, which breaks between rows as columns cannot."""
    pen = _laid_out(sheet, options, TWO_PAGES[0], False)
    if len(pen.pages) > 2:
        pen = _laid_out(sheet, options, TWO_PAGES[1], False)
    return finish(pen, sheet.frame)


def _in_columns(sheet: DailyCallSheet, options: PaperOptions) -> bool:
    if options.layout == "table" or not 1 <= len(sheet.rooms) <= 3:
        return False
    return options.layout == "rooms" or (sheet.parallel and len(sheet.rooms) >= 2)


def _laid_out(sheet: DailyCallSheet, options: PaperOptions, setting: Setting, rooms: bool) -> Pen:
    pen = new_pen(options)
    pen.bookmark(f"{sheet.frame.document.title()} {sheet.frame.about}")
    band(pen, sheet.band)
    pen.y += 9
    if not sheet.rows:
        pen.box(pen.left, pen.y, pen.width, 24, outline=INK, thick=1)
        pen.text(
            (pen.left + pen.right) / 2,
            pen.y + 15.75,
            sheet.off or "No calls today.",
            "SB",
            10.5,
            align="centre",
        )
        pen.y += 27
    elif rooms:
        room_columns(pen, sheet, setting)
    else:
        work_table(pen, sheet.rows, sheet.time_style, setting)
    if sheet.your_calls and "your-call" not in options.without:
        _your_call(pen, sheet, setting)
    _not_called(pen, sheet, setting)
    body = min(setting.size, 9.5)
    leading = min(setting.leading, 12.0)
    if "lines" not in options.without:
        for line in sheet.lines:
            if not line.empty or setting.empty:
                labelled(pen, line, size=body, leading=leading)
    ahead = sheet.ahead if setting.ahead else sheet.ahead[:1]
    if ahead and "ahead" not in options.without:
        bar(pen, "Looking ahead", gap=6)
        pen.y += 1.5
        for line in ahead:
            labelled(pen, line, size=body, leading=leading, ruled=False, label_face="S")
    if sheet.notes:
        bar(pen, "Notes", gap=6)
        pen.y += 1.5
        for note in sheet.notes:
            lines = wrap(pieces([Run(note, "italic")]), body, pen.width - 12)
            pen.lines(pen.left + 6, pen.y + leading - 3, lines, body, leading)
            pen.y += leading * len(lines)
    return pen


def _your_call(pen: Pen, sheet: DailyCallSheet, setting: Setting) -> None:
    size = min(setting.size, 10)
    step = min(setting.leading, 13.5)
    calls = sheet.your_calls
    bar(pen, "Your call", "A–Z by surname · first call, room, released", gap=6, follow=step * 2 + 6)
    column = (pen.width - 18) / 2
    scratch = Pen(pen.size)
    high = [_your_line(scratch, call, 0, column, 0, size, step) for call in calls]
    at = 0
    while at < len(calls):
        space = pen.bottom - pen.y - 4.5
        count = len(calls) - at
        while count > 1 and max(_halves(high[at : at + count])) > space:
            count -= 1
        half = -(-count // 2)
        for number, side in enumerate((range(at, at + half), range(at + half, at + count))):
            x, y = pen.left + number * (column + 18), pen.y + 3
            for one in side:
                _your_line(pen, calls[one], x, column, y + step - 3, size, step)
                y += high[one]
        pen.y += 4.5 + max(_halves(high[at : at + count]))
        at += count
        if at < len(calls):
            pen.new_page()
            bar(pen, "Your call", "continued")


def _halves(high: list[float]) -> tuple[float, float]:
    """Heights of two columns of which the left has one line more when they are odd."""
    half = -(-len(high) // 2)
    return sum(high[:half]), sum(high[half:])


def _your_line(pen: Pen, call: YourCall, x: float, column: float, y: float, size: float, step: float) -> float:
    """One person's line; returns its height, more when the name, the room or a gap need a line of their own."""
    colon, room = x + 111, x + 138
    right = x + column - 2.25
    release = width(clean(call.release), "S", size)
    names = fitted(call.name, "S", size, 111 - 6 - 21)
    high = step
    if len(names) > 1:  # a very long name takes the width of its line, the time moves on; or a line of its own
        shift = max(0.0, 27 + width(clean(call.name), "C", size) - 111)
        if room + shift + width(clean(call.room), "C", size) + 12 > right - release:
            names = fitted(call.name, "C", size, column - 8)
            pen.lines(x + 6, y, names, size, step)
            y, high, shift = y + step * len(names), step * (len(names) + 1), 0.0
        else:
            pen.line(x + 6, y, pieces(call.name, "C"), size)
        colon, room = colon + shift, room + shift
    else:
        end = x + 6 + pen.line(x + 6, y, names[0], size)
        start = colon - 2 * width("0", "SB", size) - 4
        if start - end > 6:
            pen.rule(end + 3, y, start, y, 0.6, "#8C8C8C", dash=(0.6, 2.1))
    time_at(pen, colon, y, call.time, "SB", size)
    pen.text(right, y, call.release, "S", size, align="right")
    space = right - release - 6 - room
    rooms = fitted(call.room, "S", size, space)
    below = call.free
    used = 0.0
    if len(rooms) == 1:
        used = pen.line(room, y, rooms[0], size)
        fit = next((s for s in (8.0, 7.5, 7.0) if width(clean(call.free), "CI", s) <= space - used - 6), 0.0)
        if call.free and fit:
            pen.text(room + used + 6, y, call.free, "CI", fit, GREY)
            below = ""
    else:
        below = " · ".join(part for part in (call.room, call.free) if part)
    if below:
        pen.text(right, y + 9, below, "CI", 8, GREY, align="right")
    return high + 9 if below else high


def _not_called(pen: Pen, sheet: DailyCallSheet, setting: Setting) -> None:
    size, leading = min(setting.size, 10), min(setting.leading, 12.0)
    runs: list[Run] = [Run(sheet.not_called_note)] if sheet.not_called_note else []
    for number, one in enumerate(together(sheet.not_called)):
        runs += [Run("; " if number else ""), Run(one.name, "bold")]
        if one.again:
            runs.append(Run(f" ({one.again})", "grey"))
    lines = wrap(pieces(runs), size, pen.width - 84)
    high = max(18.0, len(lines) * leading + 6)
    if not pen.has_room(high + 7.5):
        pen.new_page()
    pen.y += 4.5
    pen.box(pen.left, pen.y, pen.width, high, outline=INK, thick=1)
    first = pen.y + leading
    pen.text(pen.left + 6, first, "NOT CALLED", "SB", 9, tracking=0.35)
    pen.lines(pen.left + 78, first, lines, size, leading)
    pen.y += high + 3
