"""The rehearsal report's sheet from the report and the next day's calendar. Class Team: out, never why."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Connection

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import KINDS
from stagecraft.domain.sheets.frame import Fact, Line, Run
from stagecraft.domain.sheets.rehearsal_report import (
    Accomplished,
    OpenNote,
    RehearsalReportSheet,
    ReportDepartment,
    ReportNote,
)
from stagecraft.domain.times import day_text, duration_text, long_date_text, run_text, span_text, time_text
from stagecraft.queries.calendar import working_day_numbers
from stagecraft.queries.report_day import AttendedRow, attendance_groups, attended_rows
from stagecraft.queries.reports import NoteRow, ReportPage, WorkRow, open_note_rows, report_by_number
from stagecraft.queries.sheets import calls, work
from stagecraft.queries.sheets import span as spans
from stagecraft.queries.sheets.cast import (
    Company,
    company,
    draft_frame,
    draft_line,
    drafts_in_force,
    stage_contact,
)
from stagecraft.queries.sheets.daily_call import nobody_left_out

PRIVACY = "PRODUCTION TEAM — not for cast"
DISTRIBUTION = (
    "Director, choreography, music, writers, designers and their assistants, stage management, general and company"
    " management, producers. Not to cast."
)


def build(conn: Connection, production_id: int, number: int) -> RehearsalReportSheet:
    """One report by its number; refused when there is none. A fixed number of statements."""
    page = report_by_number(conn, production_id, number)
    if page is None:
        raise Refused("paper.no_report", f"There is no rehearsal report #{number} yet.", field="subject")
    known = company(conn, production_id)
    day = page.on_date
    stage_contact(conn, known, day)
    if page.author:
        known.author = page.author
    numbers = working_day_numbers(conn, [production_id]).get(production_id, {})
    days = spans.span(conn, known, day, 9)
    tomorrow = next((on for on in (day + timedelta(days=at) for at in range(1, 8)) if days.work(on)), None)
    idle = calls.not_called(conn, days, tomorrow, calls.called_on(days, tomorrow), day) if tomorrow else []
    left = [one.name + (f" ({one.again})" if one.again else "") for _, one in idle]
    return RehearsalReportSheet(
        frame=draft_frame(
            known, f"REHEARSAL REPORT #{number}", long_date_text(day), PRIVACY, place=_place(known, page)
        ),
        time_style=days.style,
        band=_band(days, page, numbers),
        facts=_facts(conn, days, page),
        work=[_accomplished(line) for line in page.work],
        general=page.general,
        departments=[
            ReportDepartment(one.name, [_note(note) for note in one.notes]) for one in page.departments
        ],
        script=_script(known, page),
        tomorrow_title="Tomorrow’s call" if tomorrow == day + timedelta(days=1) else "Next call",
        tomorrow_head=_head(known, tomorrow, numbers) if tomorrow else "",
        tomorrow=work.work_rows(days, tomorrow) if tomorrow else [],
        tomorrow_not_called=[Run("; ".join(left), "bold")]
        if left
        else ([Run(nobody_left_out(known, tomorrow))] if tomorrow else []),
        ahead=_ahead(days, day, tomorrow),
        open_notes=_open_notes(conn, production_id, page),
        distribution=DISTRIBUTION,
    )


def _place(known: Company, page: ReportPage) -> str:
    rooms = page.rooms
    where = rooms[0] if len(rooms) == 1 else f"{', '.join(rooms[:-1])} and {rooms[-1]}" if rooms else ""
    venue = ", ".join(part for part in (known.production.venue, where) if part)
    return " · ".join(part for part in (known.production.subtitle, venue) if part)


def _band(days: spans.Span, page: ReportPage, numbers: dict[date, int]) -> list[Fact]:
    known, style = days.known, days.style
    facts = []
    if page.on_date in numbers:
        facts.append(Fact("Day", f"{numbers[page.on_date]} of {known.production.working_days}"))
    facts.append(Fact("Started", time_text(page.started, style=style) if page.started is not None else "—"))
    if page.meal_starts is not None and page.meal_ends is not None:
        starts, ends = page.meal_starts, page.meal_ends
        meals = (one for one in days.on(page.on_date) if one.kind == "meal")
        planned = next((one for one in meals if one.starts_wall < ends and starts < one.ends_wall), None)
        word = work.meal_title(planned).capitalize() if planned else "Meal or pause"
        facts.append(Fact(word, span_text(page.meal_starts, page.meal_ends, style=style)))
    facts.append(Fact("Ended", time_text(page.ended, style=style) if page.ended is not None else "—"))
    if page.worked is not None:
        facts.append(Fact("Worked", duration_text(page.worked)))
    if page.run_minutes is not None:
        facts.append(Fact(page.run_title or "Run time", run_text(page.run_minutes)))
    return facts


def _facts(conn: Connection, days: spans.Span, page: ReportPage) -> list[Line]:
    marks = attended_rows(conn, page.production_id, page.on_date)
    late, absent, excused, out = attendance_groups(marks).values()
    breaks = " · ".join(span_text(start, end, style=days.style) for start, end in page.breaks)
    called = calls.called_on(days, page.on_date)
    idle = [days.known.names[person] for person in days.known.cast(page.on_date) if person not in called]
    sentences = [
        f"{_names(absent)}.",
        f"Not called: {', '.join(idle) or 'none'}.",
        f"Excused: {_words(excused)}.",
    ]
    if out:
        sentences.append(f"Out: {_names(out)}.")
    return [
        Line("Breaks", [Run(breaks or "None recorded.")], not breaks),
        Line("Late", _late(late, days.style) or [Run("None.")], not late),
        Line("Absent", [Run(" ".join(sentences))]),
        Line("Visitors", [Run(page.visitors or "None.")], not page.visitors),
        Line("Injuries, incidents", [Run(page.incidents or "None.")], not page.incidents),
    ]


def _names(rows: list[AttendedRow]) -> str:
    return ", ".join(row.person for row in rows) or "None"


def _words(rows: list[AttendedRow]) -> str:
    return "; ".join(row.words for row in rows) or "none"


def _late(rows: list[AttendedRow], style: str) -> list[Run]:
    runs: list[Run] = []
    for row in rows:
        parts = [time_text(row.arrived_wall, style=style)] if row.arrived_wall is not None else []
        parts += [f"{row.minutes_late} min"] if row.minutes_late is not None else []
        runs += [Run("; ")] if runs else []
        runs += [Run(row.person, "bold"), Run(f" {', '.join(parts)}" if parts else "")]
    return runs


def _accomplished(line: WorkRow) -> Accomplished:
    """What was worked in medium, the kind of work plain, a run time bold."""
    head, comma, rest = line.text.partition(", ")
    if not rest.startswith((*(kind.word for kind in KINDS.values()), "run time")):
        head, comma, rest = line.text, "", ""
    runs = [Run(head, "medium"), Run(comma + rest)]
    if line.run_minutes is not None:
        told = run_text(line.run_minutes)
        before, found, after = (comma + rest).partition(told)
        tail = (
            [Run(before), Run(found, "bold"), Run(after)]
            if found
            else [*runs[1:], Run(", run time "), Run(told, "bold")]
        )
        runs = [runs[0], *tail]
    return Accomplished(
        line.starts_wall, line.ends_wall, line.room, [run for run in runs if run.text], line.led_by
    )


def _note(note: NoteRow) -> ReportNote:
    text = note.text if not note.answer else f"{note.text} Answer: {note.answer}"
    return ReportNote(
        note.code, text, f"also {', '.join(note.twins)}" if note.twins else "", note.state.upper()
    )


def _script(known: Company, page: ReportPage) -> list[Line]:
    today = [
        f"{draft_line(draft)}" + (f": {draft.note}" if draft.note else "")
        for draft in known.drafts
        if draft.issued_on == page.on_date
    ]
    if page.script_changes and _letters(page.script_changes) not in map(_letters, today):
        today.append(page.script_changes)
    force = drafts_in_force(known, page.on_date)
    coming = next((draft for draft in known.drafts if draft.issued_on > page.on_date), None)
    lines = [Line("Today", [Run("; ".join(today) or "None issued.")], not today)]
    if force:
        lines.append(Line("In force", [Run(force)]))
    if coming is not None:
        lines.append(Line("Next", [Run(f"{draft_line(coming)}, {day_text(coming.issued_on)}")]))
    return lines


def _letters(text: str) -> str:
    """What a line says without its spaces and points, to know the same line typed by hand."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _head(known: Company, day: date, numbers: dict[date, int]) -> str:
    tail = f" · Day {numbers[day]} of {known.production.working_days}" if day in numbers else ""
    return long_date_text(day) + tail


def _ahead(days: spans.Span, day: date, tomorrow: date | None) -> list[Line]:
    on = tomorrow or day + timedelta(days=1)
    lines = []
    for label, kinds in (("Fittings", spans.FITTINGS), ("Press", spans.PRESS), ("Meetings", spans.MEETINGS)):
        runs = work.aside(days, on, kinds)
        if runs or label != "Press":
            lines.append(Line(label, runs or [Run("None booked.")], not runs))
    coming = sorted((one for one in days.known.milestones if one.on_date > on), key=lambda one: one.on_date)[:4]
    if coming:
        lines.append(Line("Ahead", [Run(" · ".join(f"{day_text(one.on_date)} {one.name}" for one in coming))]))
    return lines


def _open_notes(conn: Connection, production_id: int, page: ReportPage) -> list[OpenNote]:
    """Notes of this report and before that wait for an answer; a note in two departments is one line."""
    rows = [row for row in open_note_rows(conn, (production_id,)) if row.since <= page.on_date]
    out = []
    for (_, _text), group in groupby(
        sorted(rows, key=lambda row: (row.since, row.text)), key=lambda r: (r.since, r.text)
    ):
        notes = list(group)
        first = notes[0]
        out.append(
            OpenNote(
                " · ".join(note.code for note in notes),
                first.text,
                day_text(first.since),
                (page.on_date - first.since).days,
                "NEW" if first.since == page.on_date else first.state.upper(),  # as its department says above
            )
        )
    return out
