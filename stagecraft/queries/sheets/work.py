"""A day's work in the words a sheet uses: titles, rows, what happens beside it, milestones."""

from __future__ import annotations

import re
from datetime import date

from stagecraft.domain.sheets.frame import Run, WorkRow
from stagecraft.domain.times import time_text, wall
from stagecraft.queries.calendar import EventRow
from stagecraft.queries.sheets.span import ASIDE, OFF, Span, kind_short, kind_word
from stagecraft.queries.sheets.who import leaders_of, missing_of_company, people_of

# --- titles --------------------------------------------------------------------------------------------------

_SCENE = re.compile(r"^(.*?)(\d+)$")


def scene_numbers(numbers: list[str]) -> str:
    """`1.5–1.6`, `1.1–1.8, 2.3`: runs of scenes that follow each other in one act."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _follows(one: str, other: str) -> bool:
    a, b = _SCENE.match(one), _SCENE.match(other)
    return bool(a and b and a[1] == b[1] and int(b[2]) == int(a[2]) + 1)


def title_of(event: EventRow, *, names: int = 2) -> str:
    """`Sc 1.5–1.6 “Water Tower”, “Ghost in the Booth”`: scenes with their songs, or the event's own title."""
    numbers = [unit.number for unit in event.units]
    scenes = f"Sc {scene_numbers(numbers)}" if numbers else ""
    if event.title:
        mentioned = not scenes or "Sc " in event.title or any(number in event.title for number in numbers)
        return event.title if mentioned else f"{event.title}, {scenes}"
    if event.number is not None:
        return f"Performance #{event.number}"
    if scenes:
        songs = (
            ", ".join(f"“{unit.name}”" for unit in event.units if unit.name) if len(numbers) <= names else ""
        )
        return f"{scenes} {songs}".strip()
    return kind_word(event.kind) or "Call"


def _title(days: Span, event: EventRow) -> str:
    title = title_of(event)
    units = [unit.scene_id for unit in event.units]
    if units and not event.title:
        for other in days.work(event.day):
            same = [unit.scene_id for unit in other.units] == units and other.kind == event.kind
            if same and other.ends_wall <= event.starts_wall:
                return f"{title}, continued"
    if event.id in days.finals:
        title += f": {days.finals[event.id]}"
    return title


# --- rows of a day -------------------------------------------------------------------------------------------


def work_rows(days: Span, day: date) -> list[WorkRow]:
    """Work, meals and the end of the day in the order of time; empty on a day without work."""
    work = days.work(day)
    if not work:
        return []
    rows = [_work_row(days, event, work) for event in work]
    rows += [
        WorkRow("meal", event.starts_wall, event.ends_wall, title=meal_title(event))
        for event in days.on(day)
        if event.kind == "meal"
    ]
    rows.sort(key=lambda row: (row.starts, row.shape == "work", days.place(row.room), row.ends))
    end = max(event.ends_wall for event in work)
    rows.append(WorkRow("end", end, end, title="END OF DAY"))
    return rows


def meal_title(event: EventRow) -> str:
    """Its own name, else LUNCH before four and DINNER after."""
    return (event.title or ("Lunch" if event.starts_wall % 1440 < 16 * 60 else "Dinner")).upper()


def _work_row(days: Span, event: EventRow, work: list[EventRow]) -> WorkRow:
    alone = not any(
        other.id != event.id and other.starts_wall < event.ends_wall and event.starts_wall < other.ends_wall
        for other in work
    )
    title = _title(days, event)
    word = kind_word(event.kind)
    if title.casefold().startswith(word.casefold()):
        word = ""
    if event.half_hour:
        half = f"half hour {time_text(event.starts_wall - event.half_hour, style=days.style)}"
        word = f"{word} · {half}" if word else half.capitalize()
    note = event.note
    on = on_instead(days, event)
    if on:
        note = f"{note} {on}.".strip()
    return WorkRow(
        "work",
        event.starts_wall,
        event.ends_wall,
        event.space,
        title,
        event.kind,
        word,
        kind_short(event.kind),
        leaders_of(days, event),
        people_of(days, event),
        note,
        everyone=alone and (not event.space or missing_of_company(days, event) is not None),
    )


def on_instead(days: Span, event: EventRow) -> str:
    """`Naomi on for Gladys, Tess on for F3`: who plays a track tonight that is another's."""
    named = {
        part.code: part.short_role for part in days.known.parts if part.kind == "principal" and part.short_role
    }
    return ", ".join(
        f"{days.known.shorts[person]} on for {named.get(code, code)}"
        for code, person in days.on_instead.get(event.id, [])
    )


def in_parallel(rows: list[WorkRow]) -> bool:
    """Whether two rooms work at once."""
    work = [row for row in rows if row.shape == "work" and row.room]
    return any(
        a.room != b.room and a.starts < b.ends and b.starts < a.ends
        for at, a in enumerate(work)
        for b in work[at + 1 :]
    )


# --- a day in one line ---------------------------------------------------------------------------------------


def day_span(days: Span, day: date) -> tuple[int, int] | None:
    """First start and last end of the day's work; a performance day begins with the half hour."""
    work = days.work(day)
    if not work:
        return None
    starts = min(event.starts_wall - (event.half_hour or 0) for event in work)
    return starts, max(event.ends_wall for event in work)


def off_word(days: Span, day: date) -> tuple[str, str]:
    """DAY OFF or DARK with its reason, for a day without work; empty words when nothing says which.

    Dark is what a dark day on the calendar says, and a day without performance in a run from its first preview on.
    """
    for event in days.on(day):
        if event.kind in OFF:
            words = "DAY OFF" if event.kind == "day-off" else "DARK"
            plain = event.title.strip().lower() in ("", "day off", "dark", "off")
            return words, "" if plain else event.title
    production = days.known.production
    begins = production.first_rehearsal
    if production.kind == "run":
        begins = production.first_preview or production.opening or date.max
    if (begins and day < begins) or (production.closing and day > production.closing):
        return "", ""
    later = any(event.day > day and event.kind not in ASIDE for event in days.events)
    earlier = any(event.day < day and event.kind not in ASIDE for event in days.events)
    if later or earlier:
        return ("DARK" if production.kind == "run" else "DAY OFF"), ""
    return "", ""


def aside(days: Span, day: date, kinds: tuple[str, ...]) -> list[Run]:
    """`1:15p Derek Wills · phone interview, 15 min`: what happens beside the work, several after semicolons."""
    runs: list[Run] = []
    for event in days.on(day):
        if event.kind not in kinds:
            continue
        people = [days.known.names[call.person_id] for call in days.called(event) if call.source != "leader"]
        people = people or [days.known.names[call.person_id] for call in days.called(event)]
        who = event.who or ", ".join(people)
        what = event.title or kind_word(event.kind)
        what = what[:1].lower() + what[1:] if who and not what[:2].isupper() else what
        minutes = event.minutes
        length = f", {minutes} min" if minutes < 60 else f", to {time_text(event.ends_wall, style=days.style)}"
        where = f", {event.space}" if event.space else ""
        note = f" ({event.note})" if event.note else ""
        runs += [
            Run("; " if runs else ""),
            Run(time_text(event.starts_wall, style=days.style), "bold"),
            Run(" " + " · ".join(part for part in (who, what) if part) + length + where + note),
        ]
    return [run for run in runs if run.text]


def milestone_words(
    days: Span, day: date, *, skip: frozenset[str] = frozenset(), only: frozenset[str] = frozenset()
) -> list[str]:
    """`Stumble Act I, 4:00p`: the milestones of a day, without some kinds or only of some."""
    out = []
    for one in days.known.milestones:
        if one.on_date == day and one.kind not in skip and (not only or one.kind in only):
            at = (
                f", {time_text(wall(day, one.at_minute), style=days.style)}"
                if one.at_minute is not None
                else ""
            )
            out.append(f"{one.name}{at}")
    return out
