"""From rows to what a week view shows: words of each event, heads of the days, bands, what a filter hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from stagecraft.domain.calendar import kind_abbr, kind_word, people_line
from stagecraft.domain.kinds import KINDS
from stagecraft.domain.times import DAY, date_of, day_text, minute_of, wall, work_day_span
from stagecraft.queries.breaks import BreakRow
from stagecraft.queries.calendar import (
    AvailabilityRow,
    CallRow,
    EventRow,
)
from stagecraft.queries.calendar_week import DAYS, WeekData
from stagecraft.queries.company import ProductionRow
from stagecraft.ui import words
from stagecraft.ui.pages.calendar_flags import COST, by_day, by_event, finding_lines, severity_of, told, worst
from stagecraft.ui.rule_watch import RuleWeek
from stagecraft.ui.widgets.week_layout import Band, DayHead, EventView, HeadChip, WeekContents

WHOLE_DAY_KINDS = frozenset({"day-off", "dark"})


@dataclass(slots=True)
class WeekFilter:
    """What the week shows: kinds by abbreviation that are hidden, people and rooms it is narrowed to."""

    hidden_kinds: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    rooms: set[int] = field(default_factory=set)

    @property
    def active(self) -> bool:
        return bool(self.hidden_kinds or self.people or self.rooms)

    def shows(self, event: EventRow, calls: Sequence[CallRow]) -> bool:
        """Whether an event passes."""
        if kind_abbr(event.kind) in self.hidden_kinds:
            return False
        if self.rooms and event.space_id not in self.rooms:
            return False
        return not self.people or any(call.person_id in self.people for call in calls)


def week_contents(
    data: WeekData,
    productions: Sequence[ProductionRow],
    shown: WeekFilter,
    today: date,
    now: int | None,
    finals: dict[int, str],
    rules: RuleWeek,
    breaks: Mapping[int, Sequence[BreakRow]],
) -> tuple[WeekContents, int]:
    """What the view shows and how many calls the filter hides. `finals` are final performances by event."""
    letters = code_letters([production.code for production in productions])
    ranks = _ranks(productions)
    standing: list[Any] = [*data.findings, *rules.flags]
    flags, days = by_event([*standing, *rules.costs]), by_day(standing)
    events: list[EventView] = []
    bands = [_absence_band(absence) for absence in data.absences]
    whole_days: list[EventRow] = []
    hidden = 0
    for event in data.events:
        calls = data.calls.get(event.id, [])
        if event.kind in WHOLE_DAY_KINDS:
            whole_days.append(event)
        elif event.kind == "meal" and "OFF" not in shown.hidden_kinds:
            bands.append(Band(event.starts_wall, event.ends_wall, event.title or "Meal", event.id))
        elif not shown.shows(event, calls):
            hidden += 1
        else:
            view = _event_view(event, calls, data, flags.get(event.id, []), finals.get(event.id, ""))
            view.breaks = tuple((row.starts_wall, row.ends_wall, row.kind) for row in breaks.get(event.id, ()))
            view.letter, view.rank = letters.get(event.code, event.code[:1]), ranks.get(event.production_id, 9)
            events.append(view)
    heads = [
        _head(data, data.monday + timedelta(days=index), productions, whole_days, today)
        for index in range(DAYS)
    ]
    for head in heads:
        found = days.get(head.day, [])
        head.flags, head.severity = len(found), worst(found)
        head.told = partial(_day_words, found)
    hint = "No calls this week. Drag across a day, or drop a scene from the tray."
    if hidden:
        hint = "The filter hides every call of this week."
    return WeekContents(heads, events, bands, now, hint), hidden


def week_range(monday: date) -> str:
    """`11–17 Jan 2027`, `28 Dec–3 Jan 2027`."""
    end = monday + timedelta(days=DAYS - 1)
    start = f"{monday.day}" if monday.month == end.month else f"{monday.day} {monday:%b}"
    return f"{start}–{end.day} {end:%b %Y}"


def code_letters(codes: Sequence[str]) -> dict[str, str]:
    """The shortest beginning of each code that tells it from the others."""
    letters = {}
    for code in codes:
        others = [other for other in codes if other != code]
        size = 1
        while size < len(code) and any(other[:size] == code[:size] for other in others):
            size += 1
        letters[code] = code[:size]
    return letters


def _ranks(productions: Sequence[ProductionRow]) -> dict[int, int]:
    """Productions in rehearsal stand left of those that run: their days fill the columns."""
    order = sorted(productions, key=lambda row: (row.kind == "run", row.id))
    return {row.id: rank for rank, row in enumerate(order)}


def who_words(event: EventRow, calls: Sequence[CallRow], cast: int) -> str:
    """The people line of an event: as typed, else `Karen, Jimmy · Derek`, `company · Derek`."""
    if event.who:
        return event.who
    named: list[CallRow] = []
    ensemble: list[CallRow] = []
    leaders: list[str] = []
    by_name: list[str] = []
    for call in calls:
        if call.status != "called":
            continue
        if call.source == "leader":
            leaders.append(call.short)
        elif call.group == "principal":
            named.append(call)
        elif call.group == "ensemble":
            ensemble.append(call)
        else:
            by_name.append(call.short)
    everyone = bool(cast) and len({call.person_id for call in (*named, *ensemble)}) >= cast
    if len(ensemble) < 3:
        named, ensemble = named + ensemble, []
    names = [call.short for call in named]
    if not everyone:
        names += by_name if len(by_name) <= 4 else [f"{len(by_name)} others"]
    return people_line(names, len(ensemble), leaders, everyone)


def _event_view(
    event: EventRow, calls: Sequence[CallRow], data: WeekData, findings: list[Any], final: str
) -> EventView:
    number, name = _number_and_name(event, final)
    people = who_words(event, calls, data.casts.get(event.production_id, 0))
    place = event.space
    if event.performance_id is not None:
        half_hour = event.starts_wall - (event.half_hour or 30)
        place = f"half hour {words.time_text(half_hour)}"
        people = event.who or data.changes.get(event.performance_id, "")
    lines = finding_lines(findings, event.id)
    flags = sum(severity_of(one) != COST for one in findings)
    return EventView(
        id=event.id,
        production_id=event.production_id,
        starts=event.starts_wall,
        ends=event.ends_wall,
        abbr=kind_abbr(event.kind),
        kind=event.kind,
        state=event.state,
        code=event.code,
        letter=event.code[:1],
        hue=event.colour,
        time=words.time_text(event.starts_wall),
        number=number,
        name=name,
        place=place,
        people=people,
        until=f"to {words.time_text(event.ends_wall)}",
        called=event.called,
        pinned=event.pinned,
        severity=lines[0].severity if lines else "",
        findings=tuple(line.words for line in lines),
        told=told(lines, flags),
        word=words.count_text(flags, "flag")
        if flags > 1
        else lines[0].word
        if flags
        else "cost"
        if lines
        else "",
        spoken=spoken(event, flags, final),
    )


def _number_and_name(event: EventRow, final: str) -> tuple[str, str]:
    if event.number is not None:
        return f"#{event.number}", final or event.title
    if event.title:
        return "", event.title
    if len(event.units) == 1:
        return event.units[0].number, event.units[0].name
    return "", event.heading


def spoken(event: EventRow, findings: int, final: str = "") -> str:
    """`1.6 Ghost in the Booth, staging, Fri 15 Jan 2:00p to 3:30p, 4A, draft, 2 flags`."""
    parts = [event.heading, final, KINDS[event.kind].word if event.kind in KINDS else event.kind]
    when = f"{day_text(date_of(event.starts_wall))} {words.time_text(event.starts_wall)}"
    parts.append(f"{when} to {words.time_text(event.ends_wall)}")
    parts += [event.space, event.state]
    if findings:
        parts.append(words.count_text(findings, "flag"))
    return ", ".join(part for part in parts if part)


def _absence_band(absence: AvailabilityRow) -> Band:
    name = absence.name.split(" ")[0] if absence.person_id is not None else absence.name
    text = absence.text or "Unavailable"
    return Band(absence.starts_wall, absence.ends_wall, f"{name}: {text[:1].lower()}{text[1:]}")


def _head(
    data: WeekData, day: date, productions: Sequence[ProductionRow], whole_days: Sequence[EventRow], today: date
) -> DayHead:
    head = DayHead(day, f"{day:%a} {day.day}", today=day == today)
    first, last = work_day_span(day)
    inside = [event for event in data.events if first <= event.starts_wall < last]
    head.state = _state_word(inside) or _issued_words(data, day, productions)
    offs = {
        event.production_id for event in inside if event.kind in WHOLE_DAY_KINDS and event.state != "cancelled"
    }
    for production in productions:
        number = data.numbers.get(production.id, {}).get(day)
        if number is not None:
            head.chips.append(HeadChip(production.code, production.colour))
            head.words = f"Day {number}" if not head.words else ""
    for event in whole_days:
        if first <= event.starts_wall < last and event.state != "cancelled":
            word = "dark" if event.kind == "dark" else "day off"
            head.chips.append(
                HeadChip(
                    f"{event.code} {word}",
                    "",
                    event.id,
                    event.kind == "dark",
                    f"{event.code[:1]} {word[-4:].strip()}",
                )
            )
    working = {event.production_id for event in inside if event.kind not in WHOLE_DAY_KINDS}
    head.off = (bool(offs) and not (working - offs)) or any(
        production.id in offs for production in productions if data.numbers.get(production.id)
    )
    return head


def _day_words(flags: Sequence[Any]) -> tuple[str, ...]:
    """The flags of a day, told only when somebody asks."""
    return tuple(line.words for line in finding_lines(flags, 0))


def _state_word(events: Sequence[EventRow]) -> str:
    """`draft` while anything of the day is not published yet."""
    states = {event.state for event in events if event.kind not in WHOLE_DAY_KINDS}
    return "draft" if "draft" in states else ""


def _issued_words(data: WeekData, day: date, productions: Sequence[ProductionRow]) -> str:
    """`v2`, the call sheet that was issued for the day; with its production's code where several are shown."""
    issued = [(row.code, data.issued[row.id, day]) for row in productions if (row.id, day) in data.issued]
    return ", ".join(
        f"v{version}" if len(productions) == 1 else f"{code} v{version}" for code, version in issued
    )


def default_starts(day: date, events: Sequence[EventRow]) -> int:
    """Where a new call goes on a day: after the day's last rehearsal call, else at 10:00."""
    first, last = work_day_span(day)
    ends = [
        event.ends_wall
        for event in events
        if first <= event.starts_wall < last
        and KINDS.get(event.kind)
        and KINDS[event.kind].counts_as == "rehearsal"
    ]
    at = max(ends, default=wall(day, 10 * 60))
    return at if minute_of(at) <= 22 * 60 else wall(day, 10 * 60)


def shift_choices() -> list[tuple[str, int]]:
    """What "Shift by…" offers: words and wall minutes."""
    return [
        ("15 minutes later", 15),
        ("30 minutes later", 30),
        ("1 hour later", 60),
        ("15 minutes earlier", -15),
        ("30 minutes earlier", -30),
        ("1 hour earlier", -60),
        ("A day later", DAY),
        ("A day earlier", -DAY),
        ("A week later", 7 * DAY),
        ("A week earlier", -7 * DAY),
        ("2 weeks later", 14 * DAY),
        ("4 weeks later", 28 * DAY),
    ]


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of call that can be chosen: code and word."""
    return [(code, kind_word(code)) for code in KINDS]
