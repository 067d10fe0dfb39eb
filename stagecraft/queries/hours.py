"""Hours of people in a week over all their productions, against the limits of their own packs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, select

from stagecraft.domain.hours import DayHours, Measure, cost_of, day_hours, measured, tightest
from stagecraft.domain.names import filing_key
from stagecraft.domain.reading_hours import ReadingCount, reading_count
from stagecraft.domain.rules.findings import RuleFinding
from stagecraft.domain.times import monday, work_day, work_day_span
from stagecraft.queries.readings import (
    OPEN_TERM,
    ReadingPhase,
    is_reading,
    people_names,
    phase_count,
    reading_phases,
)
from stagecraft.queries.rules_calls import CallBook, call_book, called_people
from stagecraft.queries.rules_facts import FactBook, fact_book
from stagecraft.queries.rules_packs import pack_book
from stagecraft.store.schema import (
    Attendance,
    Event,
    House,
    Production,
    Report,
    ReportBreak,
)

AROUND = 7
"""Days before and after a week that are read too: for the rest before it, and weeks that begin on a Sunday."""


@dataclass(slots=True)
class ShowCode:
    """A production as hours name it."""

    id: int
    code: str
    name: str
    colour: str


@dataclass(slots=True)
class DayRecord:
    """What a rehearsal report says of a day of a production: actual times, which the planned ones stand beside."""

    number: int
    started: int | None
    ended: int | None
    meal: tuple[int, int] | None
    breaks: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Mark:
    """Somebody was late or not there. Never the reason."""

    state: str
    arrived_wall: int | None
    minutes_late: int | None


@dataclass(slots=True)
class PersonWeek:
    """A person's week: their days, the limits of the week, overtime, and a reading's count."""

    id: int
    name: str
    sort_name: str
    days: dict[date, DayHours]
    limits: tuple[Measure, ...] = ()
    costs: tuple[RuleFinding, ...] = ()
    reading: ReadingCount | None = None
    marks: dict[date, list[Mark]] = field(default_factory=dict)

    @property
    def limit(self) -> Measure | None:
        """The limit of the week that is used up first."""
        found = tightest(self.limits)
        return None if found is None or found.missing else found

    @property
    def worked(self) -> int:
        return sum(day.worked for day in self.days.values())

    @property
    def longest(self) -> int:
        """The longest span of a day."""
        return max((day.span for day in self.days.values()), default=0)

    @property
    def least_rest(self) -> int | None:
        """The shortest rest before a day of the week."""
        return min((day.rest for day in self.days.values() if day.rest is not None), default=None)

    @property
    def performances(self) -> int:
        return sum(day.performances for day in self.days.values())

    @property
    def fittings(self) -> int:
        return sum(day.fittings for day in self.days.values())

    @property
    def meals(self) -> int:
        return sum(day.meals for day in self.days.values())

    @property
    def breaks(self) -> int | None:
        """Minutes of planned short breaks; None where nobody has planned those of some day."""
        found = [day.breaks for day in self.days.values()]
        return None if not found or None in found else sum(one or 0 for one in found)

    @property
    def units(self) -> int:
        """Units of overtime and other premiums; a cost without units is one."""
        return sum(cost_of(one)[1] for one in self.costs)

    def share(self, production: int) -> int:
        """Minutes worked for one production."""
        return sum(day.share(production) for day in self.days.values())


@dataclass(slots=True)
class HoursWeek:
    """Everybody called in a week. `reports` by production and day; `style` is how the house writes times."""

    first: date
    rows: list[PersonWeek]
    shows: dict[int, ShowCode]
    reports: dict[tuple[int, date], DayRecord]
    style: str = "12"

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=at) for at in range(7)]


def hours_week(
    conn: Connection, day: date, production_ids: Sequence[int] = (), person_ids: Iterable[int] = ()
) -> HoursWeek:
    """Hours of the week of `day` of those called in these productions (all when none are given), A–Z by surname.

    A person's hours are those of all their productions. A reading is counted up to `day`. A fixed number of
    statements.
    """
    first = monday(day)
    last = first + timedelta(days=6)
    people = called_people(conn, first, last, production_ids)
    if chosen := set(person_ids):
        people = [one for one in people if one in chosen]
    packs = pack_book(conn)
    facts = fact_book(conn, packs, people)
    phases = reading_phases(conn)
    calls = call_book(conn, people, *_reach(facts, phases, first, last))
    names = people_names(conn, people)
    marks = attendance_marks(conn, people, first, last)
    rows = [_person_week(person, *names[person], calls, facts, phases, (first, last), day) for person in people]
    for row in rows:
        row.marks = marks.get(row.id, {})
    rows.sort(key=lambda row: filing_key(row.sort_name))
    style = conn.execute(select(House.time_style)).scalar_one()
    return HoursWeek(first, rows, show_codes(conn), day_records(conn, first, last), style)


def _person_week(
    person: int,
    name: str,
    sort_name: str,
    calls: CallBook,
    facts: FactBook,
    phases: dict[int, list[ReadingPhase]],
    week: tuple[date, date],
    day: date,
) -> PersonWeek:
    mine = calls.person(person)
    every = {one.day: one for one in day_hours(mine.calls)}
    first, last = week
    called = {
        (int(production), one.day) for one in every.values() for production, _ in one.shares if production
    }
    attachments = facts.judged(person, called, first, last).attachments
    approvals = facts.granted(attachments)
    found = measured(mine, attachments, approvals, week)
    reading = next(
        (one for at in attachments if (one := reading_count(mine, at, approvals, day)) is not None), None
    )
    if reading is None:
        reading = phase_count(mine, facts, phases, {production for production, _ in called}, day)
    return PersonWeek(
        person,
        name,
        sort_name,
        {one: every[one] for one in sorted(every) if first <= one <= last},
        tuple(one for one in found.measures if _of_week(one, first)),
        tuple(one for one in found.costs if first <= one.first_day <= last or first <= one.last_day <= last),
        reading if reading is not None and reading.days else None,
    )


def _of_week(one: Measure, first: date) -> bool:
    """Minutes of a week of which most days are this week's; or of the days before an opening."""
    if not one.minutes:
        return False
    if one.window == "week":
        return abs((one.first_day - first).days) <= 3
    return one.window == "engagement" and "days_before" in one.rule.when


def _reach(
    facts: FactBook, phases: dict[int, list[ReadingPhase]], first: date, last: date
) -> tuple[date, date]:
    """The days to be read: a few around the week, and the whole of a reading that touches it."""
    lo, hi = first - timedelta(days=AROUND), last + timedelta(days=AROUND)
    spans = [
        one.term
        for contracts in facts.contracts.values()
        for one in contracts
        if is_reading(facts, one.production, one.rule_pack)
    ]
    spans += [(one.starts_on, one.ends_on) for found in phases.values() for one in found]
    for starts, ends in spans:
        if (starts is None or starts <= last) and (ends is None or first <= ends):
            lo = min(lo, starts or first - timedelta(days=OPEN_TERM))
            hi = max(hi, ends or last + timedelta(days=OPEN_TERM))
    return lo, hi


# --- what was recorded ---------------------------------------------------------------------------------------


def day_records(conn: Connection, first: date, last: date) -> dict[tuple[int, date], DayRecord]:
    """What the rehearsal reports of some days say, by production and day. Two statements."""
    found: dict[tuple[int, date], DayRecord] = {}
    by_id: dict[int, DayRecord] = {}
    for row in conn.execute(
        select(
            Report.id,
            Report.production_id,
            Report.on_date,
            Report.number,
            Report.started,
            Report.ended,
            Report.meal_starts,
            Report.meal_ends,
        ).where(Report.kind == "rehearsal", Report.on_date >= first, Report.on_date <= last)
    ):
        key, production, day, number, started, ended, meal_starts, meal_ends = row
        meal = (meal_starts, meal_ends) if meal_starts is not None and meal_ends is not None else None
        record = DayRecord(number, started, ended, meal)
        found[production, day] = by_id[key] = record
    for report, starts, ends in conn.execute(
        select(ReportBreak.report_id, ReportBreak.starts_wall, ReportBreak.ends_wall)
        .where(ReportBreak.report_id.in_(list(by_id) or [0]))
        .order_by(ReportBreak.starts_wall)
    ):
        by_id[report].breaks.append((starts, ends))
    return found


def attendance_marks(
    conn: Connection, people: Sequence[int], first: date, last: date
) -> dict[int, dict[date, list[Mark]]]:
    """Who was marked late or not there on which working day, by person. One statement."""
    starts, ends = work_day_span(first, (last - first).days + 1)
    found: dict[int, dict[date, list[Mark]]] = {}
    for person, at, state, arrived, late in conn.execute(
        select(
            Attendance.person_id,
            Event.starts_wall,
            Attendance.state,
            Attendance.arrived_wall,
            Attendance.minutes_late,
        )
        .join(Event, Event.id == Attendance.event_id)
        .where(
            Attendance.person_id.in_(people),
            Attendance.state != "present",
            Event.starts_wall >= starts,
            Event.starts_wall < ends,
        )
        .order_by(Event.starts_wall, Attendance.id)
    ):
        day = work_day(at)
        found.setdefault(person, {}).setdefault(day, []).append(Mark(state, arrived, late))
    return found


# --- names ---------------------------------------------------------------------------------------------------


def show_codes(conn: Connection) -> dict[int, ShowCode]:
    """Productions by id. One statement."""
    rows = conn.execute(select(Production.id, Production.code, Production.name, Production.colour))
    return {row[0]: ShowCode(*row) for row in rows}
