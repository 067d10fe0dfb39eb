"""Who is out and who covers from a day on, who and what is not free, which covers are missing: words for Today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from stagecraft.domain.times import DAY, DAY_CUT, date_text, day_text, span_text, time_text, wall, work_day
from stagecraft.queries.calendar import availability_rows
from stagecraft.queries.company import production_rows
from stagecraft.queries.people import AssignmentRow, assignment_rows
from stagecraft.queries.performances import (
    CastChangeRow,
    PerformanceRow,
    cast_change_rows,
    first_performances,
    performance_rows,
)

AHEAD = 14
"""Days ahead for which absences are listed."""

_REACH = 56
"""Days read ahead, so that a long absence shows its real end."""


@dataclass(slots=True)
class OutRow:
    """A track not played as usual, a missing cover, or somebody or some room not free.

    `severity` is red | amber | empty. No reason of an absence is ever part of it.
    """

    key: str
    severity: str
    code: str
    title: str
    strong: str
    second: str
    when: str
    day: date
    icon: str = "whoson"
    event_id: int | None = None
    track_id: int | None = None
    person_id: int | None = None


def in_days(day: date, today: date) -> str:
    """`tonight`, `tomorrow`, `in 5 days`."""
    days = (day - today).days
    return "tonight" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"


def out_rows(conn: Connection, today: date, production_ids: Iterable[int] = ()) -> list[OutRow]:
    """Absences and who covers from today on, with the gaps in cover as they stand today, the pressing ones first."""
    ids = list(production_ids)
    starts, ends = wall(today, DAY_CUT), wall(today + timedelta(days=_REACH), DAY_CUT)
    shows = [row for row in performance_rows(conn, starts, ends, ids, marks=False) if row.state != "cancelled"]
    changes = [row for row in cast_change_rows(conn, starts, ends, ids) if row.state != "cancelled"]
    parts = assignment_rows(conn, ids)
    firsts = first_performances(conn, ids, parts)
    last = today + timedelta(days=AHEAD)
    rows = [_run_row(run, today, shows, changes, firsts) for run in _runs(changes, shows) if run[0].day <= last]
    rows += cover_gap_rows(conn, today, parts)
    out = {run[0].normal_id for run in _runs(changes, shows)}
    ours = {part.person_id for part in parts if part.person_id not in out}
    rows += absence_rows(conn, today, last, ours)
    return sorted(rows, key=lambda row: _order(row, today))


def _order(row: OutRow, today: date) -> tuple[int, date, str]:
    """Today’s first, then what nobody covers, then the gaps, then the rest by day."""
    gap = row.when == "gap"
    place = 0 if row.day == today and not gap else 1 if row.severity == "red" else 2 if gap else 3
    return place, row.day, row.key


def _runs(changes: Sequence[CastChangeRow], shows: Sequence[PerformanceRow]) -> list[list[CastChangeRow]]:
    """Changes of one track by one person in performances that follow each other."""
    place: dict[int, int] = {}
    counts: dict[int, int] = {}
    for show in shows:
        place[show.id] = counts[show.production_id] = counts.get(show.production_id, -1) + 1
    runs: list[list[CastChangeRow]] = []
    open_runs: dict[int, list[CastChangeRow]] = {}
    for change in changes:
        run = open_runs.get(change.track_id)
        if (
            run is not None
            and (run[-1].on_id, run[-1].normal_id) == (change.on_id, change.normal_id)
            and place.get(change.performance_id) == place.get(run[-1].performance_id, -9) + 1
        ):
            run.append(change)
        else:
            open_runs[change.track_id] = [change]
            runs.append(open_runs[change.track_id])
    return runs


def _run_row(
    run: list[CastChangeRow],
    today: date,
    shows: Sequence[PerformanceRow],
    changes: Sequence[CastChangeRow],
    firsts: dict[int, list[AssignmentRow]],
) -> OutRow:
    first = run[0]
    part = f"{first.track} {first.role}".strip()
    if first.on_id is None:
        title, strong = f"{first.track} {first.normal_short} out {run_words(run, shows)}", ""
        second = first.note or f"Nobody on {first.track}"
        severity = "red"
    elif first.day == today:
        title, strong, severity = f"{part}: ", first.on, ""
        second = _comes_back(run, shows, changes, firsts)
    else:
        title, strong, severity = f"{first.track} {first.normal_short} out {run_words(run, shows)}", "", ""
        count = f"{len(run)} show{'s' if len(run) > 1 else ''}"
        second = f"{first.on} on {first.track}, {count}"
    return OutRow(
        key=f"run:{first.track_id}:{first.performance_id}",
        severity=severity,
        code=first.code,
        title=title,
        strong=strong,
        second=second,
        when=_when(run, today),
        day=first.day,
        event_id=next((show.event_id for show in shows if show.id == first.performance_id), None),
        track_id=first.track_id,
    )


def _when(run: Sequence[CastChangeRow], today: date) -> str:
    """`tonight`, `matinee`, `both shows`, `in 5 days`."""
    slots = {one.slot for one in run if one.day == today}
    if not slots:
        return in_days(run[0].day, today)
    return "both shows" if len(slots) > 1 else "matinee" if slots == {"mat"} else "tonight"


def run_words(run: Sequence[CastChangeRow], shows: Sequence[PerformanceRow]) -> str:
    """`Sat 30, matinee`, `Sat 23, both shows`, `Tue 26–Sun 31`, `Wed 27–Sun 7 Feb`."""
    first, last = run[0], run[-1]
    start = f"{first.day:%a} {first.day.day}"
    if first.day != last.day:
        end = f"{last.day:%a} {last.day.day}" if first.day.month == last.day.month else day_text(last.day)
        return f"{start}–{end}"
    that_day = [one for one in shows if one.production_id == first.production_id and one.day == first.day]
    if len(that_day) == 1:
        return start
    if len(run) == len(that_day):
        return f"{start}, {'both' if len(run) == 2 else 'all'} shows"
    return f"{start}, {'matinee' if first.slot == 'mat' else 'evening'}"


def _comes_back(
    run: list[CastChangeRow],
    shows: Sequence[PerformanceRow],
    changes: Sequence[CastChangeRow],
    firsts: dict[int, list[AssignmentRow]],
) -> str:
    first, last = run[0], run[-1]
    other = next(
        (one for one in changes if one.performance_id == first.performance_id and one.on_id == first.normal_id),
        None,
    )
    if other is not None:
        return f"{first.normal_short} on as {other.role}"
    after = next(
        (
            one
            for one in shows
            if one.production_id == last.production_id and one.starts_wall > last.starts_wall
        ),
        None,
    )
    if after is None:
        return f"{first.normal} out"
    back = f"#{after.number}, {day_text(after.day)}" if after.number else day_text(after.day)
    if any(
        (one.track_id, one.person_id) == (first.track_id, first.normal_id) for one in firsts.get(after.id, ())
    ):
        return f"{first.normal} first on: {back}"
    handed_on = any(
        one.track_id == first.track_id
        and one.normal_id != first.normal_id
        and one.starts_wall >= after.starts_wall
        for one in changes
    )
    if handed_on or not first.normal:
        return f"{first.normal or 'Nobody'} out to {day_text(last.day)}"
    return f"{first.normal} back: {back}"


def cover_gap_rows(conn: Connection, today: date, parts: Sequence[AssignmentRow]) -> list[OutRow]:
    """Tracks whose first or second cover is vacant today though there was one or one is coming."""
    running = {row.id for row in production_rows(conn) if row.closing is None or row.closing >= today}
    rows = []
    for track in dict.fromkeys(part.track_id for part in parts if part.kind == "cover"):
        covers = [part for part in parts if part.kind == "cover" and part.track_id == track]
        gap = _gap(covers, today)
        if gap is not None and covers[0].production_id in running:
            rows.append(gap)
    return rows


def _gap(covers: list[AssignmentRow], today: date) -> OutRow | None:
    here = {part.rank: part for part in covers if part.on(today)}
    for rank in sorted({part.rank for part in covers}):
        if rank in here:
            continue
        coming = min(
            (part for part in covers if part.rank == rank and part.starts_on and part.starts_on > today),
            key=lambda part: part.starts_on or today,
            default=None,
        )
        past = any(part.rank == rank and part.ends_on and part.ends_on < today for part in covers)
        if coming is None and not past:
            continue
        track = covers[0]
        known = [f"{_ordinal(part.rank)} {part.person.split(' ', 1)[0]}" for part in here.values()]
        if coming is not None and coming.starts_on is not None:
            known.append(f"{coming.person.split(' ', 1)[0]} from {date_text(coming.starts_on)}")
        return OutRow(
            key=f"gap:{track.track_id}:{rank}",
            severity="amber",
            code=track.production_code,
            title=f"{track.track} {track.role_short}: {_ordinal(rank)} cover vacant",
            strong="",
            second=" · ".join(known) or "No cover at all",
            when="gap",
            day=today,
            track_id=track.track_id,
        )
    return None


def absence_rows(conn: Connection, first: date, last: date, people: Collection[int]) -> list[OutRow]:
    """Which of these people, and which rooms, are not free from `first` to `last`."""
    starts, ends = wall(first, DAY_CUT), wall(last + timedelta(days=1), DAY_CUT)
    rows = []
    for row in availability_rows(conn, starts, ends):
        if row.person_id is not None and row.person_id not in people:
            continue
        day = max(work_day(row.starts_wall), first)
        whole = row.ends_wall - row.starts_wall >= DAY
        last_day = work_day(row.ends_wall - 1)
        late = row.ends_wall == wall(last_day + timedelta(days=1), DAY_CUT)
        times = f"from {time_text(row.starts_wall)}" if late else span_text(row.starts_wall, row.ends_wall)
        span = f"to {day_text(last_day)}" if whole else times
        rows.append(
            OutRow(
                key=f"absence:{row.id}",
                severity="",
                code="",
                title=f"{row.name}: {(row.text or 'unavailable').lower()}",
                strong="",
                second=f"{day_text(day)}, {span}",
                when="today" if day == first else in_days(day, first),
                day=day,
                icon="room" if row.space_id is not None else "person",
                person_id=row.person_id,
            )
        )
    return rows


def _ordinal(rank: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(rank, f"{rank}th")
