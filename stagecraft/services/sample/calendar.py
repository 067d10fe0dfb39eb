"""Calls, performances, absences and attendance of the sample season."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from stagecraft.domain.times import work_day, work_day_span
from stagecraft.services.calendar import (
    AddAvailability,
    AddCall,
    AddEvent,
    EditCall,
    MarkAttendance,
    ReleaseCalls,
)
from stagecraft.services.performances import (
    AddPerformance,
    AddPerformanceWeeks,
    EditPerformance,
    SetPerformancesCast,
)
from stagecraft.services.sample.book import is_mlk_day, minute, span
from stagecraft.services.sample.cast import Season
from stagecraft.store.schema import Event, Performance

if TYPE_CHECKING:
    from collections.abc import Iterator

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def build_run(season: Season) -> None:
    """Bombshell's performances by the weekly pattern, numbered, with the dark Mondays between them."""
    data = season.book.read("bombshell")
    production, run = season.productions[data["production"]], data["run"]
    season.run(
        AddPerformanceWeeks(
            production,
            run["first"],
            run["last"],
            tuple(_curtain(text) for text in run["curtains"]),
            number=run["number"],
            space=season.rooms[run["room"]],
        )
    )
    notes = {one["date"]: one["note"] for one in season.book.read("bombshell-calls")["day"] if "note" in one}
    dark = _WEEKDAYS.index(run["dark"])
    for day in _days(run["first"] - timedelta(days=1), run["last"]):
        if day.weekday() == dark:
            _day_off(season, production, day, "dark", notes.get(day, ""))
    _number(season, production)


def _curtain(text: str) -> tuple[int, int]:
    weekday, _, time = text.partition(" ")
    return _WEEKDAYS.index(weekday), minute(time)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _number(season: Season, production: int) -> None:
    found = season.work.session.execute(
        select(Performance.number, Performance.id).where(Performance.production_id == production)
    )
    season.performances.update(((production, number), key) for number, key in found if number)


def _day_off(season: Season, production: int, day: date, kind: str, note: str) -> None:
    """A whole working day without work; a Monday that is a holiday says so."""
    starts, ends = work_day_span(day)
    title = "MLK Day" if is_mlk_day(day) else ""
    season.run(AddEvent(production, kind, starts, ends, title=title, note=note, state="published"))


def build_calls(season: Season, name: str) -> None:
    """Everything in `bombshell-calls.toml` or `hit-list-calls.toml`, day by day, then who was on."""
    data = season.book.read(name)
    production = season.productions[data["production"]]
    for day in data["day"]:
        if "off" in day:
            _day_off(season, production, day["date"], day["off"], day.get("note", ""))
            continue
        calls = [call for call in day.get("calls", []) if season.book.holds(call)]
        if data["production"] == "HIT" and calls:
            lunch = span(day["date"], day.get("lunch", "1:00p–2:00p"))
            season.run(AddEvent(production, "meal", *lunch, title="Lunch", state=day.get("state", "published")))
        for call in calls:
            if "presentation" in call:
                _presentation(season, production, day["date"], call)
            else:
                _call(season, production, day["date"], call, day.get("state", "published"))
    for one in data.get("on", []):
        _on(season, production, one)
    for one in data.get("played", []):
        _played(season, production, one)


def _call(season: Season, production: int, day: date, call: dict[str, Any], state: str) -> None:
    starts, ends = span(day, call["at"])
    left_out = [season.people[one["person"]] for one in call.get("without", []) if season.book.holds(one)]
    event = season.run(
        AddEvent(
            production,
            call["kind"],
            starts,
            ends,
            space=season.rooms[call["room"]] if "room" in call else None,
            title=call.get("title", ""),
            units=tuple(season.scenes[production, number] for number in call.get("scenes", "").split()),
            people=tuple(
                person
                for person in season.persons(production, call.get("people", []), day)
                if person not in left_out or "scenes" in call
            ),
            leaders=tuple(season.people[name] for name in call.get("led_by", [])),
            state=state,
            note=call.get("note", ""),
            who=call.get("who", ""),
        )
    )
    if left_out and "scenes" in call:
        season.run(ReleaseCalls(event, tuple(left_out)))
    for own in call.get("own", []):
        if season.book.holds(own):
            first, last = span(day, own["at"])
            called = season.run(AddCall(event, season.people[own["person"]]))
            season.run(EditCall(called, {"starts": first, "ends": last}))
    for part in call.get("as", []):
        season.run(AddCall(event, season.people[part["person"]], as_role=part["role"]))
    for late in call.get("late", []):
        arrived = starts - starts % 1440 + minute(late["at"])
        season.run(MarkAttendance(event, season.people[late["person"]], "late", arrived, late["reason"]))


def _presentation(season: Season, production: int, day: date, call: dict[str, Any]) -> None:
    starts, ends = span(day, call["at"])
    number = call["presentation"]
    season.performances[production, number] = season.run(
        AddPerformance(
            production,
            starts,
            ends,
            number=number,
            space=season.rooms[call["room"]],
            type="presentation",
        )
    )


def _on(season: Season, production: int, one: dict[str, Any]) -> None:
    season.run(
        SetPerformancesCast(
            tuple(season.performances[production, number] for number in range(one["from"], one["to"] + 1)),
            season.tracks[production, one["track"]],
            season.people.get(one.get("person", "")),
            one["reason"],
            one.get("note", ""),
        )
    )


def _played(season: Season, production: int, one: dict[str, Any]) -> None:
    performance = season.performances[production, one["number"]]
    event = season.work.get(Event, season.work.get(Performance, performance).event_id)
    day = work_day(event.starts_wall)
    changes: dict[str, Any] = {"attendance": one["attendance"], "held_because": one["held_because"]}
    for act in ("act1", "act2"):
        changes[f"{act}_up"], changes[f"{act}_down"] = span(day, one[act])
    season.run(EditPerformance(performance, changes))


def build_absences(season: Season) -> None:
    """When people and rooms are not free, with the reasons only the management reads."""
    for one in season.book.read("absences")["absences"]:
        season.run(
            AddAvailability(
                starts=season.book.moment(one["from"]),
                ends=season.book.moment(one["to"]),
                person=season.people.get(one.get("person", "")),
                space=season.rooms.get(one.get("room", "")),
                kind=one.get("kind", "unavailable"),
                text=one.get("text", "Unavailable"),
                reason=one["reason"],
                production=season.productions.get(one.get("production", "")),
                approved_by=one.get("approved_by", ""),
            )
        )
