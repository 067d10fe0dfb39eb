"""The daily call's sheet from the calendar. Class Company: no reasons, no numbers but the stage manager's."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from stagecraft.domain.sheets.daily_call import DailyCallSheet, Room
from stagecraft.domain.sheets.frame import Fact, Line, Run, WorkRow
from stagecraft.domain.times import day_text, long_date_text, span_text, time_text
from stagecraft.queries.calendar import EventRow, working_day_numbers
from stagecraft.queries.company import space_rows
from stagecraft.queries.sheets import calls, work
from stagecraft.queries.sheets import span as spans
from stagecraft.queries.sheets.cast import (
    Company,
    company,
    draft_frame,
    draft_line,
    draft_name,
    place_of,
    stage_contact,
)

PRIVACY = "COMPANY — do not forward"
_ON_ROWS = frozenset({"visitors", "run", "put-in", "tech", "presentation", "final"})
"""Milestones that the rows of the day already name."""
AHEAD = 3
"""Days of looking ahead."""
MOST_AGAIN = 3
"""So many of today's idle are named again in tomorrow's line."""


def build(conn: Connection, production_id: int, day: date) -> DailyCallSheet:
    """The call of one working day. A fixed number of statements, whatever the size of the company."""
    known = company(conn, production_id)
    stage_contact(conn, known, day, late=True)
    numbers = working_day_numbers(conn, [production_id]).get(production_id, {})
    days = spans.span(conn, known, day, AHEAD + 4)
    rows = work.work_rows(days, day)
    called = calls.called_on(days, day)
    idle = calls.not_called(conn, days, day, called)
    return DailyCallSheet(
        frame=draft_frame(
            known,
            "DAILY CALL",
            long_date_text(day),
            PRIVACY,
            place=place_of(known.production),
            notice="Subject to change",
        ),
        time_style=days.style,
        band=band(days, day, numbers, called),
        rooms=rooms(conn, rows, days),
        rows=rows,
        your_calls=calls.your_calls(days, day) if rows else [],
        not_called=[one for _, one in idle],
        not_called_note=nobody_left_out(known, day) if not idle else "",
        lines=_lines(days, day),
        ahead=_ahead(days, day, numbers, {person for person, _ in idle}),
        parallel=work.in_parallel(rows),
        off="" if rows else " · ".join(part for part in work.off_word(days, day) if part),
    )


def nobody_left_out(known: Company, day: date) -> str:
    """`None. All 11 called.`"""
    count = len(known.cast(day))
    return f"None. All {count} called." if count else "Nobody is cast yet."


def band(days: spans.Span, day: date, numbers: dict[date, int], called: set[int]) -> list[Fact]:
    """Day of the workshop, first call, meals, shows, end, how many of the cast, the script in force."""
    known, style = days.known, days.style
    facts = []
    if day in numbers:
        facts.append(Fact("Day", f"{numbers[day]} of {known.production.working_days}"))
    whole = work.day_span(days, day)
    if whole:
        first = min(
            [
                whole[0],
                *(
                    call.starts_wall
                    for event in days.work(day)
                    for call in days.called(event)
                    if call.source != "leader"
                ),
            ]
        )
        facts.append(Fact("First call", time_text(first, style=style)))
    facts += [
        Fact(work.meal_title(event), span_text(event.starts_wall, event.ends_wall, style=style))
        for event in days.on(day)
        if event.kind == "meal"
    ]
    shows = [event for event in days.work(day) if event.kind == "performance"]
    if shows:
        words = " · ".join(_show_words(event, style) for event in shows)
        facts.append(Fact("Performance" if len(shows) == 1 else "Performances", words))
    if whole:
        facts.append(Fact("End of day", time_text(whole[1], style=style)))
    cast = known.cast(day)
    if cast:
        facts.append(Fact("Called", f"{len(called.intersection(cast))} of {len(cast)} cast"))
    draft = known.draft_on(day)
    if draft is not None:
        facts.append(Fact("Script", draft_name(draft.code)))
    return facts


def _show_words(event: EventRow, style: str) -> str:
    number = f"#{event.number}, " if event.number is not None else ""
    return f"{number}{time_text(event.starts_wall, style=style)}"


def rooms(conn: Connection, rows: list[WorkRow], days: spans.Span) -> list[Room]:
    """The rooms worked in, in the order of the house's list. One statement."""
    uses = {space.name: space.use for space in reversed(space_rows(conn, hidden=True))}
    used = list(dict.fromkeys(row.room for row in rows if row.shape == "work" and not row.everyone))
    used = used or list(dict.fromkeys(row.room for row in rows if row.shape == "work"))
    used.sort(key=lambda name: (name == "", days.place(name)))
    out = []
    for name in used:
        heading = f"ROOM {name}" if 0 < len(name) <= 3 else (name or "No room given").upper()
        out.append(Room(heading, name, uses.get(name, "")))
    return out


def _lines(days: spans.Span, day: date) -> list[Line]:
    lines = []
    for label, kinds, none in (
        ("Fittings", spans.FITTINGS, "None today."),
        ("Press", spans.PRESS, "None today."),
        ("Meetings", spans.MEETINGS, "None today."),
    ):
        runs = work.aside(days, day, kinds)
        lines.append(Line(label, runs or [Run(none)], not runs))
    travel = work.aside(days, day, spans.TRAVEL)
    if travel:
        lines.append(Line("Travel", travel))
    visitors = work.milestone_words(days, day, only=frozenset({"visitors"}))
    if visitors:
        lines.append(Line("Visitors", [Run("; ".join(visitors))]))
    other = work.milestone_words(days, day, skip=_ON_ROWS)
    new = [f"{draft_line(draft)} issued" for draft in days.known.drafts if draft.issued_on == day]
    if other or new:
        lines.append(Line("Today", [Run(". ".join([*other, *new]) + ".")]))
    return lines


def _ahead(days: spans.Span, day: date, numbers: dict[date, int], idle: set[int]) -> list[Line]:
    """The next days in a line each; a day nothing is planned for yet says so by its absence."""
    lines: list[Line] = []
    for offset in range(1, AHEAD + 1):
        on = day + timedelta(days=offset)
        label = day_text(on)
        whole = work.day_span(days, on)
        if whole is None:
            word, why = work.off_word(days, on)
            if word:
                lines.append(Line(label, [Run(word, "bold"), Run(f" {why}" if why else "")]))
            continue
        lines.append(Line(label, _day_ahead(days, on, whole, numbers, idle if offset == 1 else set())))
    return lines


def _day_ahead(
    days: spans.Span, on: date, whole: tuple[int, int], numbers: dict[date, int], idle: set[int]
) -> list[Run]:
    style = days.style
    runs = [Run(span_text(*whole, style=style), "bold")]
    more = [
        f"{work.meal_title(event).lower()} {span_text(event.starts_wall, event.ends_wall, style=style)}"
        for event in days.on(on)
        if event.kind == "meal"
    ]
    for event in days.work(on):
        if event.kind in spans.SHOWS:
            title = f"#{event.number}" if event.number is not None and not event.title else work.title_of(event)
            more.append(f"{title} {time_text(event.starts_wall, style=style)}")
    first: dict[int, int] = {}
    for event in days.on(on):
        for call in days.called(event):
            first[call.person_id] = min(call.starts_wall, first.get(call.person_id, call.starts_wall))
    again = idle & first.keys()
    if len(again) > MOST_AGAIN:  # the NOT CALLED line says it of each
        again = set()
    sentences = [
        f"{days.known.shorts[person]} called {time_text(first[person], style=style)}"
        for person in days.known.filed(again)
    ]
    sentences += [words.split(",")[0] for words in work.milestone_words(days, on, skip=frozenset({"draft"}))]
    sentences += [f"{draft_line(draft)} issued" for draft in days.known.drafts if draft.issued_on == on]
    if on in numbers:
        sentences.append(f"Day {numbers[on]} of {days.known.production.working_days}")
    tail = "".join(f", {words}" for words in more) + ". "
    return [*runs, Run(tail + "".join(f"{words}. " for words in sentences).strip())]
