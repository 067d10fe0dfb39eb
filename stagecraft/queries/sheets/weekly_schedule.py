"""The weekly schedule's sheet from the calendar. Class Company: "unavailable", never why."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.sheets.frame import Line, Run, lanes
from stagecraft.domain.sheets.weekly_schedule import Meal, WeekBlock, WeekDay, WeeklyScheduleSheet
from stagecraft.domain.times import long_date_text, monday, span_text, time_text, wall, work_day_span
from stagecraft.queries.calendar import AvailabilityRow, EventRow, availability_rows, working_day_numbers
from stagecraft.queries.sheets import calls, who, work
from stagecraft.queries.sheets import span as spans
from stagecraft.queries.sheets.cast import (
    company,
    draft_frame,
    draft_line,
    place_of,
    stage_contact,
)

PRIVACY = "COMPANY — do not forward"


def build(conn: Connection, production_id: int, day: date) -> WeeklyScheduleSheet:
    """The week of `day`, Monday first. A fixed number of statements."""
    first = monday(day)
    known = company(conn, production_id)
    stage_contact(conn, known, first)
    numbers = working_day_numbers(conn, [production_id]).get(production_id, {})
    days = spans.span(conn, known, first, 7)
    starts, ends = work_day_span(first, 7)
    away = [
        row
        for row in availability_rows(conn, starts, ends, person_ids=list(known.names) or [0])
        if row.production_id in (None, production_id) and row.hardness != "if-needed"
    ]
    rooms = list(
        dict.fromkeys(event.space for event in days.events if event.kind not in spans.ASIDE and event.space)
    )
    label = "Rooms" if all(len(room) <= 3 for room in rooms) else ""
    place = place_of(
        known.production,
        f"{label} {', '.join(sorted(rooms, key=days.place))}".strip() if len(rooms) > 1 else "",
    )
    return WeeklyScheduleSheet(
        frame=draft_frame(
            known,
            "WEEKLY SCHEDULE",
            f"Week of {long_date_text(first)}",
            PRIVACY,
            place=place,
            notice="Subject to change. The daily call is final.",
        ),
        time_style=days.style,
        days=[_day(days, first + timedelta(days=offset), numbers, away) for offset in range(7)],
        legend=_legend(days),
        note=_script(days, first),
    )


def _day(days: spans.Span, day: date, numbers: dict[date, int], away: list[AvailabilityRow]) -> WeekDay:
    name = f"{day:%a} {day.day}".upper()
    whole = work.day_span(days, day)
    if whole is None:
        word, why = work.off_word(days, day)
        return WeekDay(name, "", "", "", word or "NO CALLS", why)
    events = days.work(day)
    placed = lanes([(event.starts_wall, event.ends_wall) for event in events])
    order = _by_room(days, events, placed)
    tag = f"Day {numbers[day]}" if day in numbers else ""
    notes = work.milestone_words(days, day, skip=frozenset({"draft"}))
    notes += [draft_line(draft) for draft in days.known.drafts if draft.issued_on == day]
    return WeekDay(
        name,
        tag,
        span_text(*whole, style=days.style),
        "; ".join(notes[:2]),
        blocks=[_block(days, day, event, *lane) for event, lane in order],
        meals=[
            Meal(event.starts_wall - wall(day), event.ends_wall - wall(day), work.meal_title(event))
            for event in days.on(day)
            if event.kind == "meal"
        ],
        not_called=_not_called(days, day),
        unavailable=_unavailable(days, day, away),
        press=_aside(days, day, spans.PRESS),
        fittings=_aside(days, day, spans.FITTINGS),
        meetings=_aside(days, day, spans.MEETINGS),
    )


def _by_room(
    days: spans.Span, events: list[EventRow], placed: list[tuple[int, int]]
) -> list[tuple[EventRow, tuple[int, int]]]:
    """The same room keeps to the same side where two rooms halve the day: lanes in the order of the rooms."""
    out = []
    for event, (given, count) in zip(events, placed, strict=True):
        lane = given
        beside = [
            other
            for other in events
            if other.id != event.id
            and other.starts_wall < event.ends_wall
            and event.starts_wall < other.ends_wall
        ]
        if count == 2 and beside and all(other.space != event.space for other in beside):
            before = {days.place(other.space) < days.place(event.space) for other in beside}
            if len(before) > 1:
                return list(zip(events, placed, strict=True))
            lane = 1 if before.pop() else 0
        out.append((event, (lane, count)))
    return out


def _block(days: spans.Span, day: date, event: EventRow, lane: int, count: int) -> WeekBlock:
    title = work.title_of(event, names=1)
    if event.number is not None and not event.title:
        title = f"#{event.number}"
    people = who.people_of(days, event, roles=False)
    if event.kind in spans.SHOWS:
        people = (
            [Run(f"half hour {time_text(event.starts_wall - event.half_hour, style=days.style)}")]
            if event.half_hour
            else []
        )
        out = work.on_instead(days, event)
        if out:
            people.append(Run((" · " if people else "") + out))
        if event.id in days.finals:
            title = f"{title} {days.finals[event.id].upper()}"
    return WeekBlock(
        event.starts_wall - wall(day),
        event.ends_wall - wall(day),
        lane,
        count,
        event.space,
        event.kind,
        spans.kind_short(event.kind),
        title,
        people,
        who.leaders_of(days, event),
    )


def _not_called(days: spans.Span, day: date) -> str:
    called = calls.called_on(days, day)
    idle = [person for person in days.known.cast(day) if person not in called]
    names = days.known.names if len(idle) <= 2 else days.known.shorts
    return ", ".join(names[person] for person in idle) or "none"


def _unavailable(days: spans.Span, day: date, away: list[AvailabilityRow]) -> str:
    """`Derek 11:00a–12:30p; Jimmy after 5:00p`."""
    starts, ends = work_day_span(day)
    words = []
    for row in away:
        start, end = max(row.starts_wall, starts), min(row.ends_wall, ends)
        if row.person_id is None or start >= end:
            continue
        name = days.known.shorts[row.person_id]
        early, late = start <= wall(day, 9 * 60), end >= wall(day, 22 * 60)
        if early and late:
            words.append(name)
        elif late:
            words.append(f"{name} after {time_text(start, style=days.style)}")
        elif early:
            words.append(f"{name} until {time_text(end, style=days.style)}")
        else:
            words.append(f"{name} {span_text(start, end, style=days.style)}")
    return "; ".join(dict.fromkeys(words)) or "none"


def _aside(days: spans.Span, day: date, kinds: tuple[str, ...]) -> str:
    words = []
    for event in days.on(day):
        if event.kind in kinds:
            people = [days.known.shorts[call.person_id] for call in days.called(event)]
            who = event.who or ", ".join(people) or event.title or spans.kind_word(event.kind)
            words.append(f"{time_text(event.starts_wall, style=days.style)} {who}")
    return "; ".join(words) or "none"


def _legend(days: spans.Span) -> list[Line]:
    """The kinds of this week, those of one colour together."""
    by_colour: dict[str, list[str]] = {}
    for event in days.events:
        if event.kind not in spans.ASIDE:
            colour = KINDS[event.kind].abbr
            by_colour.setdefault(colour, [])
            if event.kind not in by_colour[colour]:
                by_colour[colour].append(event.kind)
    out = []
    for kinds in by_colour.values():
        words = ", ".join(KINDS[kind].word for kind in kinds)
        out.append(Line(words[:1].upper() + words[1:], [Run(kinds[0])]))
    return out


def _script(days: spans.Span, first: date) -> str:
    """`Script: D3-pink, from Wed 20 Jan D3-yellow`."""
    base = days.known.draft_on(first)
    words = [base.code] if base else []
    words += [
        f"from {draft.issued_on:%a} {draft.code}"
        for draft in days.known.drafts
        if first < draft.issued_on < first + timedelta(days=7)
    ]
    return f"Script: {', '.join(words)}." if words else ""
