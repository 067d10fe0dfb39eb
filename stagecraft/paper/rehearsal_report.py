"""D07, the rehearsal report: the record of the day, then the fourteen departments in their fixed order."""

from __future__ import annotations

from stagecraft.domain.sheets.frame import Run
from stagecraft.domain.sheets.rehearsal_report import RehearsalReportSheet, ReportDepartment, ReportNote
from stagecraft.paper.fonts import width
from stagecraft.paper.furniture import band, bar, finish, labelled, new_pen, span_at, tag
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import BAND, BAR, GREY, INK, RULE, Pen, fitted, pieces, wrap
from stagecraft.paper.work_table import Setting, work_table

INDENT = 90.0
NO_NOTES = "No notes. Thank you."


def render(sheet: RehearsalReportSheet, options: PaperOptions) -> bytes:
    """One or two pages, more when the day had more to say; sections break between rows."""
    pen = new_pen(options)
    pen.bookmark(f"{sheet.frame.document.title()} {sheet.frame.about}")
    band(pen, sheet.band)
    pen.y += 3
    for fact in sheet.facts:
        labelled(pen, fact, indent=INDENT)
    _work(pen, sheet)
    _general(pen, sheet)
    _departments(pen, sheet.departments)
    _after(pen, sheet)
    return finish(pen, sheet.frame)


def _work(pen: Pen, sheet: RehearsalReportSheet) -> None:
    bar(pen, "Work accomplished", gap=6)
    pen.y += 1.5
    if not sheet.work:
        pen.text(pen.left + 6, pen.y + 10.5, "None recorded.", "S", 9.5)
        pen.y += 15
    k = pen.width / 540
    colon = pen.left + 4.5 + 2 * width("0", "SB", 9.5)
    for row in sheet.work:
        text = wrap(pieces(row.text), 9.5, 264 * k)
        led = fitted(row.led_by, "S", 9.5, 144 * k) if row.led_by else []
        room = fitted(row.room, "S", 9.5, 27 * k) if row.room else []
        high = max(len(text), len(led), len(room), 1) * 12 + 1.5
        if not pen.has_room(high):
            pen.new_page()
        first = pen.y + 9
        span_at(pen, colon, first, row.starts, row.ends, sheet.time_style, "SB", 9.5)
        pen.lines(pen.left + 94.5 * k, first, room, 9.5, 12)
        pen.lines(pen.left + 124.5 * k, first, text, 9.5, 12)
        pen.lines(pen.left + 394.5 * k, first, led, 9.5, 12)
        pen.y += high
        pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def _general(pen: Pen, sheet: RehearsalReportSheet) -> None:
    bar(pen, "General", gap=6)
    for paragraph in (sheet.general or "None.").splitlines():
        for line in wrap(pieces(paragraph), 10, pen.width - 12):
            if not pen.has_room(12):
                pen.new_page()
            pen.line(pen.left + 6, pen.y + 10.5, line, 10)
            pen.y += 12
    pen.y += 4.5


def _departments(pen: Pen, departments: list[ReportDepartment]) -> None:
    bar(pen, "Department notes", gap=3)
    pen.y += 3
    at = 0
    while at < len(departments):
        if departments[at].notes:
            _department(pen, departments[at])
            at += 1
            continue
        pair = departments[at : at + 2]
        if len(pair) == 2 and pair[1].notes:
            pair = pair[:1]
        _silent(pen, pair)
        at += len(pair)


def _silent(pen: Pen, pair: list[ReportDepartment]) -> None:
    """One pale line; two empty neighbours share it."""
    if not pen.has_room(15):
        pen.new_page()
    gap = 6.0
    wide = (pen.width - gap) / 2 if len(pair) == 2 else pen.width
    for number, department in enumerate(pair):
        x = pen.left + number * (wide + gap)
        pen.box(x, pen.y, wide, 13.5, fill=BAND)
        pen.text(x + 6, pen.y + 9.75, department.name.upper(), "S", 8.5, GREY, tracking=0.35)
        pen.text(x + wide - 6, pen.y + 9.75, NO_NOTES, "SI", 8.5, GREY, align="right")
    pen.y += 15


def _department(pen: Pen, department: ReportDepartment) -> None:
    first = _note_height(pen, department.notes[0])
    if not pen.has_room(16.5 + min(first, 60)):
        pen.new_page()
    _department_bar(pen, department, "")
    for note in department.notes:
        high = _note_height(pen, note)
        if not pen.has_room(high):
            pen.new_page()
            _department_bar(pen, department, ", continued")
        _note(pen, note, high)
    pen.y += 3


def _department_bar(pen: Pen, department: ReportDepartment, more: str) -> None:
    pen.y += 1.5
    pen.box(pen.left, pen.y, pen.width, 15, fill=BAR)
    pen.text(pen.left + 6, pen.y + 10.5, department.name.upper() + more.upper(), "SB", 9, tracking=0.35)
    count = len(department.notes)
    pen.text(pen.right - 6, pen.y + 10.5, f"{count} note{'s' if count > 1 else ''}", "S", 8.5, align="right")
    pen.bookmark(department.name)
    pen.y += 15


def _note_lines(pen: Pen, note: ReportNote) -> list[list]:  # type: ignore[type-arg]
    runs = [Run(note.text)]
    if note.twin:
        runs.append(Run(f"   ⇄\u00a0{note.twin}", "grey"))
    return wrap(pieces(runs), 10, pen.width - 42 - 66)


def _note_height(pen: Pen, note: ReportNote) -> float:
    return len(_note_lines(pen, note)) * 12 + 4.5


def _note(pen: Pen, note: ReportNote, high: float) -> None:
    first = pen.y + 10.5
    pen.text(pen.left + 6, first, note.code, "S", 10)
    pen.lines(pen.left + 42, first, _note_lines(pen, note), 10, 12)
    tag(pen, pen.right - 6, first, note.state)
    pen.y += high
    pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def _after(pen: Pen, sheet: RehearsalReportSheet) -> None:
    if sheet.script:
        bar(pen, "Script and music changes", follow=45)
        for line in sheet.script:
            labelled(pen, line, indent=INDENT)
    _tomorrow(pen, sheet)
    if sheet.ahead:
        bar(pen, "Fittings and meetings", follow=45)
        for line in sheet.ahead:
            labelled(pen, line, indent=INDENT)
    _open_notes(pen, sheet)
    if sheet.distribution:
        bar(pen, "Distribution", follow=30)
        lines = wrap(pieces(sheet.distribution), 9.5, pen.width - 12)
        pen.lines(pen.left + 6, pen.y + 12, lines, 9.5, 12)
        pen.y += 12 * len(lines) + 3


def _tomorrow(pen: Pen, sheet: RehearsalReportSheet) -> None:
    bar(pen, sheet.tomorrow_title, sheet.tomorrow_head, follow=75)
    if not sheet.tomorrow:
        pen.text(pen.left + 6, pen.y + 12, "No call on file.", "S", 9.5)
        pen.y += 18
        return
    work_table(pen, sheet.tomorrow, sheet.time_style, Setting(10.5, 13.5), tinted=False)
    lines = wrap(pieces(sheet.tomorrow_not_called), 10, pen.width - 84)
    high = max(18.0, len(lines) * 12 + 6)
    if not pen.has_room(high + 6):
        pen.new_page()
    pen.y += 6
    pen.box(pen.left, pen.y, pen.width, high, outline=INK, thick=1)
    pen.text(pen.left + 6, pen.y + 12, "NOT CALLED", "SB", 9, tracking=0.35)
    pen.lines(pen.left + 78, pen.y + 12, lines, 10, 12)
    pen.y += high


def _open_notes(pen: Pen, sheet: RehearsalReportSheet) -> None:
    bar(pen, "Open notes", "unanswered notes carry over until answered", follow=45)
    if not sheet.open_notes:
        pen.text(pen.left + 6, pen.y + 12, "None.", "S", 9.5)
        pen.y += 15
        return
    k = pen.width / 540
    columns = [pen.left + at * k for at in (4.5, 52.5, 316.5, 463.5, 472.5)]
    pen.box(pen.left, pen.y + 1.5, pen.width, 15, fill=BAND)
    for x, words, align in zip(
        columns,
        ("Note", "Text", "Since", "Days open", "State"),
        ("left", "left", "left", "right", "left"),
        strict=True,
    ):
        pen.text(x, pen.y + 12, words, "SM", 8, align=align)
    pen.y += 16.5
    for note in sheet.open_notes:
        codes = fitted(note.code, "S", 9.5, 44 * k)
        text = wrap(pieces(note.text), 9.5, 258 * k)
        high = max(len(codes), len(text)) * 12 + 3
        if not pen.has_room(high):
            pen.new_page()
        first = pen.y + 10.5
        pen.lines(columns[0], first, codes, 9.5, 12)
        pen.lines(columns[1], first, text, 9.5, 12)
        pen.text(columns[2], first, note.since, "S", 9.5)
        pen.text(columns[3], first, str(note.days_open), "S", 9.5, align="right")
        pen.text(columns[4], first, note.state, "S", 9)
        pen.y += high
        pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)
