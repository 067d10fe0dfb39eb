"""Events and calls of a day in the words a sheet uses: titles, who is called, own calls, who is not called."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.sheets.daily_call import NotCalled, YourCall
from stagecraft.domain.sheets.frame import Run, WorkRow
from stagecraft.domain.times import day_text, span_text, time_text, wall, work_day, work_day_span
from stagecraft.queries.calendar import CallRow, EventRow, availability_rows, call_rows, event_rows
from stagecraft.queries.company import space_rows
from stagecraft.queries.final_performances import final_performance_rows
from stagecraft.queries.sheets.cast import Company
from stagecraft.store.schema import Call, Event, Performance, PerformanceCast, Track

FITTINGS = ("fitting",)
PRESS = ("photo", "press")
MEETINGS = ("meeting",)
TRAVEL = ("travel",)
OFF = ("day-off", "dark")
ASIDE = (*FITTINGS, *PRESS, *MEETINGS, *TRAVEL, "meal", *OFF)
"""Kinds that are no rows of the day's work."""

SHOWS = ("performance", "presentation")

_SHORTS = {
    "choreography": "CHOREO", "understudy": "U/S", "dress": "DRESS", "performance": "PERFORMANCE",
    "presentation": "PRESENTATION",
}


def kind_word(kind: str) -> str:
    """`Choreography`, `Put-in`: the word in a table; nothing for "other"."""
    if kind == "other":
        return ""
    word = KINDS[kind].word if kind in KINDS else kind
    return word[:1].upper() + word[1:]


def kind_short(kind: str) -> str:
    """`CHOREO`, `MUSIC`: the word at the corner of a block."""
    return _SHORTS.get(kind, kind_word(kind).upper())


@dataclass(slots=True)
class Span:
    """What happens in some working days of a production."""

    known: Company
    first: date
    days: int
    events: list[EventRow]
    calls: dict[int, list[CallRow]]
    on_instead: dict[int, list[tuple[str, int]]]
    finals: dict[int, str]
    rooms: list[str]
    _by_day: dict[date, list[EventRow]] = field(default_factory=dict)

    def on(self, day: date) -> list[EventRow]:
        """Events that start on a working day."""
        if not self._by_day:
            for event in self.events:
                self._by_day.setdefault(event.day, []).append(event)
        return self._by_day.get(day, [])

    def work(self, day: date) -> list[EventRow]:
        return [event for event in self.on(day) if event.kind not in ASIDE]

    def place(self, room: str) -> tuple[int, str]:
        """Where a room stands in the house's list: own venue first."""
        return (self.rooms.index(room) if room in self.rooms else len(self.rooms)), room

    def called(self, event: EventRow) -> list[CallRow]:
        return [call for call in self.calls.get(event.id, []) if call.status == "called"]

    @property
    def style(self) -> str:
        return self.known.house.time_style


def span(conn: Connection, known: Company, first: date, days: int) -> Span:
    """Events, calls, changes of cast and final performances of some days. A fixed number of statements."""
    starts, ends = work_day_span(first, days)
    events = [
        event for event in event_rows(conn, starts, ends, [known.production.id])
        if event.state != "cancelled" and starts <= event.starts_wall < ends
    ]
    calls: dict[int, list[CallRow]] = defaultdict(list)
    for call in call_rows(conn, [event.id for event in events] or [0]):
        calls[call.event_id].append(call)
    performances = {event.performance_id: event.id for event in events if event.performance_id}
    instead: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for performance, code, person in conn.execute(
        select(PerformanceCast.performance_id, Track.code, PerformanceCast.person_id)
        .join(Track, Track.id == PerformanceCast.track_id)
        .where(PerformanceCast.performance_id.in_(list(performances) or [0]), PerformanceCast.person_id.is_not(None))
        .order_by(Track.position)
    ):
        instead[performances[performance]].append((code, person))
    finals = {row.event_id: row.words for row in final_performance_rows(conn, [known.production.id])}
    missing = {call.person_id: call for found in calls.values() for call in found if call.person_id not in known.names}
    for person, call in missing.items():
        known.names[person], known.sort_names[person], known.shorts[person] = call.name, call.sort_name, call.name
    spaces = space_rows(conn, hidden=True)
    spaces.sort(key=lambda space: (space.venue_id != known.production.venue_id, space.venue, space.position))
    return Span(
        known, first, days, events, dict(calls), dict(instead), finals,
        list(dict.fromkeys(space.name for space in spaces)),
    )


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
        songs = ", ".join(f"“{unit.name}”" for unit in event.units if unit.name) if len(numbers) <= names else ""
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


# --- who is called -------------------------------------------------------------------------------------------


def people_of(days: Span, event: EventRow, *, roles: bool = True) -> list[Run]:
    """`Karen (Amanda), Jimmy (Jesse); Omar (JB) from 2:45p`, `Ensemble 1–6`, `Full company except Sol`."""
    known, day = days.known, event.day
    if event.who:
        return [Run(event.who, "bold" if "except" in event.who else "")]
    calls = [call for call in days.called(event) if call.source != "leader"]
    cast = known.cast(day)
    called = {call.person_id for call in calls}
    absent = [person for person in cast if person not in called]
    few = 4 if event.kind in SHOWS else max(1, len(cast) // 10)
    if len(cast) >= 5 and len(absent) <= few:
        words = "Full company"
        if absent:
            words += " except " + _listed([known.shorts[person] for person in absent])
        runs = [Run(words, "bold" if absent else "")]
        return runs + _odd_times(days, event, [call for call in calls if call.person_id in set(cast)])
    on_time = [call for call in calls if not _odd(event, call, days.style)]
    runs = [Run(", ".join(_names(days, on_time, day, roles)))] if on_time else []
    return runs + _odd_times(days, event, calls, roles=roles, first=not on_time)


def _odd(event: EventRow, call: CallRow, style: str) -> str:
    """How a person's own time differs: ` from 2:45p`, empty when it does not."""
    if event.kind in SHOWS:
        return ""
    late, early = call.starts_wall > event.starts_wall, call.ends_wall < event.ends_wall
    if late and early:
        return span_text(call.starts_wall, call.ends_wall, style=style)
    if late:
        return f"from {time_text(call.starts_wall, style=style)}"
    return f"until {time_text(call.ends_wall, style=style)}" if early else ""


def _odd_times(days: Span, event: EventRow, calls: list[CallRow], *, roles: bool = True, first: bool = False) -> list[Run]:
    groups: dict[str, list[CallRow]] = {}
    for call in calls:
        words = _odd(event, call, days.style)
        if words:
            groups.setdefault(words, []).append(call)
    runs: list[Run] = []
    for words, mine in groups.items():
        lead = "" if first and not runs else "; "
        preposition, _, time = words.rpartition(" ")
        names = ", ".join(_names(days, mine, event.day, roles))
        runs += [Run(f"{lead}{names} {preposition} ".rstrip() + " "), Run(time, "bold")]
    return runs


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _names(days: Span, calls: list[CallRow], day: date, roles: bool) -> list[str]:
    """Principals by name with their character, then the ensemble by track, then everybody else by name."""
    known = days.known
    principals: list[tuple[int, str]] = []
    ensemble: list[tuple[int, str, str, str]] = []
    others: list[str] = []
    for call in calls:
        part = next(iter(known.parts_of(call.person_id, day)), None)
        short = known.shorts[call.person_id]
        if call.as_role and roles and not (part and call.as_role in (part.role, part.short_role)):
            others.append(f"{short} ({call.as_role})")
        elif part is not None and part.kind == "principal":
            role = f" ({part.short_role})" if roles and part.short_role else ""
            principals.append((part.position, f"{short}{role}"))
        elif part is not None and part.kind == "ensemble" and part.track:
            ensemble.append((part.position, part.code, part.role, short))
        else:
            others.append(short)
    words = [name for _, name in sorted(principals)]
    return words + ensemble_words(sorted(ensemble), roles) + others


_NUMBERED = re.compile(r"^(.*\D)(\d+)$")


def ensemble_words(members: list[tuple[int, str, str, str]], roles: bool = True) -> list[str]:
    """`Ensemble 1–6` for tracks named so, `F1–F5, M2` by track where three or more follow; fewer by name.

    Members are (position, track code, role, short name) in the order of the tracks.
    """
    runs: list[list[tuple[str, str, str]]] = []
    for _, code, role, short in members:
        if runs and _next_code(runs[-1][-1][0], code):
            runs[-1].append((code, role, short))
        else:
            runs.append([(code, role, short)])
    out: list[str] = []
    for run in runs:
        first, last = _NUMBERED.match(run[0][1]), _NUMBERED.match(run[-1][1])
        if len(run) < 3:
            out += [short for _, _, short in run]
        elif first and last and first[1] == last[1]:
            stem = first[1].strip() if roles else {"Ensemble": "Ens"}.get(first[1].strip(), first[1].strip())
            out.append(f"{stem} {first[2]}–{last[2]}")
        else:
            out.append(f"{run[0][0]}–{run[-1][0]}")
    return out


def _next_code(one: str, other: str) -> bool:
    a, b = _NUMBERED.match(one), _NUMBERED.match(other)
    return bool(a and b and a[1] == b[1] and int(b[2]) == int(a[2]) + 1)


def leaders_of(days: Span, event: EventRow) -> str:
    """Short names of those who lead it."""
    shorts = days.known.shorts
    calls = sorted((call for call in days.calls.get(event.id, []) if call.source == "leader"), key=lambda c: c.id)
    return ", ".join(shorts.get(call.person_id, call.name) for call in calls)


# --- rows of a day -------------------------------------------------------------------------------------------


def work_rows(days: Span, day: date) -> list[WorkRow]:
    """Work, meals and the end of the day in the order of time; empty on a day without work."""
    work = days.work(day)
    if not work:
        return []
    rows = [_work_row(days, event, work) for event in work]
    rows += [
        WorkRow("meal", event.starts_wall, event.ends_wall, title=meal_title(event))
        for event in days.on(day) if event.kind == "meal"
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
    word = kind_word(event.kind)
    if event.half_hour:
        word += f" · half hour {time_text(event.starts_wall - event.half_hour, style=days.style)}"
    note = event.note
    on = on_instead(days, event)
    if on:
        note = f"{note} {on}.".strip()
    return WorkRow(
        "work", event.starts_wall, event.ends_wall, event.space, _title(days, event), event.kind, word,
        kind_short(event.kind), leaders_of(days, event), people_of(days, event), note, everyone=alone,
    )


def on_instead(days: Span, event: EventRow) -> str:
    """`Naomi on for Gladys, Tess on for F3`: who plays a track tonight that is another's."""
    named = {part.code: part.short_role for part in days.known.parts if part.kind == "principal" and part.short_role}
    return ", ".join(
        f"{days.known.shorts[person]} on for {named.get(code, code)}" for code, person in days.on_instead.get(event.id, [])
    )


def in_parallel(rows: list[WorkRow]) -> bool:
    """Whether two rooms work at once."""
    work = [row for row in rows if row.shape == "work" and row.room]
    return any(
        a.room != b.room and a.starts < b.ends and b.starts < a.ends
        for at, a in enumerate(work) for b in work[at + 1 :]
    )


# --- own calls -----------------------------------------------------------------------------------------------

FREE = 45
"""Gaps between calls from this many minutes on are told, meals apart."""


def your_calls(days: Span, day: date) -> list[YourCall]:
    """Each cast member's own first call, room, gap and release, A–Z by surname."""
    mine: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for event in days.on(day):
        for call in days.called(event):
            mine[call.person_id].append((call.starts_wall, call.ends_wall, event.space))
    meals = [(event.starts_wall, event.ends_wall) for event in days.on(day) if event.kind == "meal"]
    out = []
    for person in days.known.cast(day):
        calls = sorted(mine.get(person, []))
        if calls:
            start, _, room = calls[0]
            release = max(end for _, end, _ in calls)
            out.append(YourCall(
                days.known.names[person], time_text(start, style=days.style), room,
                _free(calls, meals, days.style), f"rel. {time_text(release, style=days.style)}",
            ))
    return out


def _free(calls: list[tuple[int, int, str]], meals: list[tuple[int, int]], style: str) -> str:
    """`free 11:30a–2:00p`: gaps longer than the meal in them; a gap does not begin with the meal."""
    gaps, reached = [], calls[0][1]
    for start, end, _ in calls[1:]:
        meal = sum(max(0, min(b, start) - max(a, reached)) for a, b in meals)
        if start - reached - meal >= FREE:
            begins = next((b for a, b in meals if a <= reached < b), reached)
            gaps.append(span_text(begins, start, style=style))
        reached = max(reached, end)
    return "free " + ", ".join(gaps) if gaps else ""


def not_called(conn: Connection, days: Span, day: date, today_called: set[int]) -> list[tuple[int, NotCalled]]:
    """Cast members without a call, each with the next one, or out. Two statements and those of availability."""
    known = days.known
    idle = [person for person in known.cast(day) if person not in today_called]
    starts, ends = work_day_span(day)
    nexts = next_calls(conn, known.production.id, ends, idle)
    away: dict[int, str] = {}
    for row in availability_rows(conn, starts, ends, person_ids=idle or [0]):
        whole = row.starts_wall <= starts + 6 * 60 and row.ends_wall >= ends - 6 * 60
        here = row.production_id in (None, known.production.id)
        if row.person_id is not None and whole and here and row.hardness == "hard":
            away[row.person_id] = (row.text or "Unavailable").lower()
    out = []
    for person in idle:
        at = nexts.get(person)
        words = away.get(person, "")
        if at is not None:
            called = work_day(at)
            near = "called tomorrow, " if called == day + timedelta(days=1) else "next called "
            again = f"{near}{day_text(called)}, {time_text(at, style=days.style)}"
            words = f"{words}; {again}" if words else again
        out.append((person, NotCalled(known.names[person], words)))
    return out


def next_calls(conn: Connection, production_id: int, after: int, people: list[int]) -> dict[int, int]:
    """Wall minute of each person's next call in the production within sixty days. One statement."""
    found = conn.execute(
        select(Call.person_id, func.min(Call.starts_wall))
        .join(Event, Event.id == Call.event_id)
        .where(
            Event.production_id == production_id, Event.state != "cancelled", Call.status == "called",
            Event.starts_wall >= after, Event.starts_wall < after + 60 * 1440, Call.person_id.in_(people or [0]),
        )
        .group_by(Call.person_id)
    )
    return {person: at for person, at in found}


def called_on(days: Span, day: date) -> set[int]:
    """Everybody with a call on a day, leaders too."""
    return {call.person_id for event in days.on(day) for call in days.called(event)}


# --- a day in one line ---------------------------------------------------------------------------------------


def day_span(days: Span, day: date) -> tuple[int, int] | None:
    """First start and last end of the day's work; a performance day begins with the half hour."""
    work = days.work(day)
    if not work:
        return None
    starts = min(event.starts_wall - (event.half_hour or 0) for event in work)
    return starts, max(event.ends_wall for event in work)


def off_word(days: Span, day: date) -> tuple[str, str]:
    """DAY OFF or DARK with its reason, for a day without work; empty words when nothing is planned yet."""
    for event in days.on(day):
        if event.kind in OFF:
            words = "DAY OFF" if event.kind == "day-off" else "DARK"
            plain = event.title.strip().lower() in ("", "day off", "dark", "off")
            return words, "" if plain else event.title
    production = days.known.production
    if production.closing is not None and day > production.closing:
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
            Run("; " if runs else ""), Run(time_text(event.starts_wall, style=days.style), "bold"),
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
            at = f", {time_text(wall(day, one.at_minute), style=days.style)}" if one.at_minute is not None else ""
            out.append(f"{one.name}{at}")
    return out
