"""What Today says besides the day itself: what is due, unanswered notes, the week, the sentence under the date.

All words are final; the page only lays them out. The day's lanes are `queries.day_strip`'s, who is out is
`queries.outs`'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection

from stagecraft.domain.contract_dates import days_text
from stagecraft.domain.kinds import REHEARSAL_KINDS
from stagecraft.domain.times import date_text, day_text, monday, work_day, work_day_span
from stagecraft.queries.calendar import EventRow, event_rows, working_day_numbers
from stagecraft.queries.company import MilestoneRow, milestone_rows, production_rows
from stagecraft.queries.contracts import deadline_rows
from stagecraft.queries.reports import open_note_rows

AHEAD = 14
"""Days Today looks ahead for milestones."""


@dataclass(slots=True)
class DueRow:
    """Something due or overdue. `right` is how long there is; `page` and `target` are where it is dealt with."""

    key: str
    severity: str
    icon: str
    title: str
    second: str
    right: str
    page: str
    target: dict[str, int]


def due_rows(conn: Connection, today: date, production_ids: Iterable[int] = ()) -> list[DueRow]:
    """Options and other duties of contracts due within 60 days or overdue, ends of terms within 30, soonest first."""
    rows = []
    names = {row.id: row.name for row in production_rows(conn)}
    for one in deadline_rows(conn, today, production_ids):
        term = one.kind == "term"
        if one.days > (30 if term else 60):
            continue
        what = (
            f"{names[one.production_id]} term ends" if term else f"{_lower(one.name)} by {day_text(one.due_on)}"
        )
        second = f"{date_text(one.due_on)} · {one.job}" if term else one.formula or one.owner
        rows.append(
            DueRow(
                key=f"{one.kind}:{one.item}:{one.contract_id}",
                severity=one.severity,
                icon=one.severity or "contracts",
                title=f"{one.person}: {what}",
                second=second,
                right=days_text(one.due_on, today, to_do=not term),
                page="contracts",
                target={"contract": one.contract_id},
            )
        )
    return rows


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


# --- unanswered notes --------------------------------------------------------------------------------------


@dataclass(slots=True)
class OpenNote:
    """A note nobody has answered; `code` joins the twins (`P3 · S2`)."""

    note_id: int
    production_id: int
    report_id: int
    department: str
    code: str
    text: str
    second: str
    since: date


def unanswered_rows(conn: Connection, production_ids: Iterable[int], until: date) -> list[OpenNote]:
    """Open notes of these productions' reports up to a day, twins once, oldest first. Two statements."""
    names = {row.id: row.name for row in production_rows(conn, production_ids)}
    seen: dict[tuple[int, str, date], OpenNote] = {}
    rows: list[OpenNote] = []
    for note in open_note_rows(conn, names):
        if note.since > until:
            continue
        same = (note.production_id, note.text, note.since)
        twin = seen.get(same) if note.twins else None
        if twin is not None:
            twin.code = f"{twin.code} · {note.code}"
            continue
        owner = f" · {note.owner}" if note.owner else ""
        row = OpenNote(
            note.id,
            note.production_id,
            note.report_id,
            note.department_name,
            note.code,
            note.text,
            f"{names[note.production_id]}, {note.department_name}, since {day_text(note.since)}{owner}",
            note.since,
        )
        seen[same] = row
        rows.append(row)
    order = list(names)
    return sorted(rows, key=lambda row: (row.since, order.index(row.production_id)))


# --- the week ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class WeekEntry:
    """A line in a day of the week strip: a production's rehearsal span, a performance, a day without work."""

    kind: str
    code: str
    colour: str
    starts_wall: int
    ends_wall: int
    text: str = ""
    rest: bool = False


@dataclass(slots=True)
class WeekDay:
    day: date
    entries: list[WeekEntry] = field(default_factory=list)
    others: int = 0


@dataclass(slots=True)
class Week:
    """A week with what is still to come in it; `hours` are rehearsal minutes by production name."""

    days: list[WeekDay]
    to_go: int
    rehearsal: dict[str, int]
    ahead: list[str]


def week_row(conn: Connection, day: date, now_wall: int, production_ids: Iterable[int] = ()) -> Week:
    """The week of `day`, Monday first, and the next milestones after it began."""
    first = monday(day)
    starts, ends = work_day_span(first, 7)
    ids = list(production_ids)
    events = [event for event in event_rows(conn, starts, ends, ids) if event.state != "cancelled"]
    days = [WeekDay(first + timedelta(days=offset)) for offset in range(7)]
    for one in days:
        _fill_day(one, [event for event in events if event.day == one.day])
    shows = [event for event in events if event.number is not None and event.kind == "performance"]
    numbers = working_day_numbers(conn, ids)
    names = {row.id: row.name for row in production_rows(conn, ids)}
    rehearsal = {
        names[production]: sum(called_minutes(_of(events, production, one.day)) for one in days)
        for production in names
        if production in numbers
    }
    ahead = milestone_rows(conn, ids, first=day, last=day + timedelta(days=AHEAD))
    return Week(
        days=days,
        to_go=sum(event.ends_wall > now_wall for event in shows),
        rehearsal={name: minutes for name, minutes in rehearsal.items() if minutes},
        ahead=[_milestone_words(one, numbers) for one in ahead],
    )


def _of(events: list[EventRow], production: int, day: date) -> list[EventRow]:
    return [event for event in events if event.production_id == production and event.day == day]


def _milestone_words(one: MilestoneRow, numbers: dict[int, dict[date, int]]) -> str:
    number = numbers.get(one.production_id, {}).get(one.on_date)
    return f"{day_text(one.on_date)}: {one.name}" + (f", day {number}" if number else "")


def _fill_day(day: WeekDay, events: list[EventRow]) -> None:
    spans: dict[int, WeekEntry] = {}
    for event in events:
        if event.kind in ("day-off", "dark"):
            words = "day off" if event.kind == "day-off" else "dark"
            day.entries.append(
                WeekEntry(
                    event.kind, event.code, event.colour, event.starts_wall, event.ends_wall, words, rest=True
                )
            )
        elif event.number is not None:
            name = event.heading if event.kind == "presentation" else f"#{event.number}"
            day.entries.append(
                WeekEntry(event.kind, event.code, event.colour, event.starts_wall, event.ends_wall, name)
            )
        elif event.kind in REHEARSAL_KINDS:
            span = spans.get(event.production_id)
            if span is None:
                span = WeekEntry("staging", event.code, event.colour, event.starts_wall, event.ends_wall)
                spans[event.production_id] = span
                day.entries.append(span)
            span.ends_wall = max(span.ends_wall, event.ends_wall)
        elif event.kind != "meal":
            day.others += 1
    day.entries.sort(key=lambda entry: (entry.rest, entry.starts_wall))


def called_minutes(events: Iterable[EventRow]) -> int:
    """Minutes in which at least one rehearsal, performance or its half hour runs: rooms side by side count once."""
    spans = sorted(
        (event.starts_wall - (event.half_hour or 0), event.ends_wall)
        for event in events
        if event.state != "cancelled" and (event.kind in REHEARSAL_KINDS or event.number is not None)
    )
    total, reached = 0, 0
    for start, end in spans:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


# --- the sentence under the date ---------------------------------------------------------------------------


@dataclass(slots=True)
class Doing:
    """What a production does on a day, for the sentence: its working day's number, its rehearsal span, its shows."""

    production_id: int
    production: str
    day_number: int | None
    working_days: int | None
    starts_wall: int | None
    ends_wall: int | None
    shows: list[tuple[str, int]]
    rest: str


def doing_rows(conn: Connection, day: date, production_ids: Iterable[int] = ()) -> list[Doing]:
    """What each production does that day, in the order in which it begins."""
    starts, ends = work_day_span(day)
    ids = list(production_ids)
    events = [
        event
        for event in event_rows(conn, starts, ends, ids)
        if event.day == day and event.state != "cancelled"
    ]
    numbers = working_day_numbers(conn, ids)
    rows = []
    for production in production_rows(conn, ids):
        own = [event for event in events if event.production_id == production.id]
        work = [event for event in own if event.number is None and event.kind in REHEARSAL_KINDS]
        rest = next((event for event in own if event.kind in ("day-off", "dark")), None)
        rows.append(
            Doing(
                production.id,
                production.name,
                numbers.get(production.id, {}).get(day),
                production.working_days,
                min((event.starts_wall for event in work), default=None),
                max((event.ends_wall for event in work), default=None),
                [(event.heading, event.starts_wall) for event in own if event.number is not None],
                "" if rest is None else ("day off" if rest.kind == "day-off" else "dark"),
            )
        )
    return sorted(rows, key=lambda row: row.starts_wall or min((at for _, at in row.shows), default=10**9))


def next_working_day(conn: Connection, production_id: int, after: date) -> date | None:
    """The next day on which a production works, within three weeks: what "tomorrow" means to it."""
    starts, ends = work_day_span(after + timedelta(days=1), 21)
    for event in event_rows(conn, starts, ends, (production_id,)):
        if event.state != "cancelled" and (event.number is not None or event.kind in REHEARSAL_KINDS):
            return work_day(event.starts_wall)
    return None
