"""The weekly hours sheet of a production: planned days in and out, hours against each person's limit. Class Team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection

from stagecraft.domain.hours import DayHours, cost_of, hours_text, left_words, limit_words
from stagecraft.domain.kinds import KINDS
from stagecraft.domain.rules.calls import MEAL, RuleCall
from stagecraft.domain.sheets.actor_hours import ActorHoursSheet, CallLine, HoursCell, HoursRow
from stagecraft.domain.sheets.frame import Fact, Line, Run, clock_text
from stagecraft.domain.times import day_text, duration_text, monday
from stagecraft.queries.hours import DayRecord, HoursWeek, Mark, PersonWeek, hours_week
from stagecraft.queries.report_day import ATTENDANCE_WORDS
from stagecraft.queries.sheets.cast import Company, company, draft_frame, place_of, stage_contact

PRIVACY = "PRODUCTION TEAM (P2) — do not forward"
AID = "Planning aid, not legal advice."
COUNTED = (
    "Planned times; what a report or the sign-in recorded otherwise stands beside them. Hours are called time without"
    " planned meals; short breaks are work. The limit counts all of a person’s shows."
)


def build(conn: Connection, production_id: int, day: date, person: int | None = None) -> ActorHoursSheet:
    """The week of `day` of everybody called in the production, or of one person. A fixed number of statements."""
    known = company(conn, production_id)
    week = hours_week(
        conn, monday(day) + timedelta(days=6), [production_id], [] if person is None else [person]
    )
    stage_contact(conn, known, week.first)
    rows = [_row(row, week, production_id) for row in week.rows]
    days = [sum(_share(row, on, production_id) for row in week.rows) for on in week.days]
    return ActorHoursSheet(
        frame=draft_frame(
            known,
            "WEEKLY HOURS",
            f"week of {_span(week.first)}",
            PRIVACY,
            place=place_of(known.production),
            notice="Check your agreement",
        ),
        band=_band(week, production_id),
        heads=[f"{on:%a} {on.day} {on:%b}" for on in week.days],
        rows=rows,
        totals=[hours_text(minutes) if minutes else "" for minutes in days],
        total=hours_text(sum(days)),
        notes=_notes(known, week),
        counted=_counted(week),
        empty="" if rows else "Nobody is called this week.",
        calls=_calls(week.rows[0], week, production_id) if person is not None and rows else [],
    )


def _span(first: date) -> str:
    """`January 11–17, 2027`."""
    last = first + timedelta(days=6)
    if first.month == last.month:
        return f"{first:%B} {first.day}–{last.day}, {last.year}"
    begins = f"{first:%B} {first.day}" + (f", {first.year}" if first.year != last.year else "")
    return f"{begins} – {last:%B} {last.day}, {last.year}"


def _share(row: PersonWeek, day: date, production: int) -> int:
    hours = row.days.get(day)
    return hours.share(production) if hours else 0


def _band(week: HoursWeek, production: int) -> list[Fact]:
    rows = week.rows
    people = Fact("People" if len(rows) != 1 else "Person", str(len(rows)) if len(rows) != 1 else rows[0].name)
    facts = [people]
    if not rows:
        return facts
    shared = [row.share(production) for row in rows]
    facts.append(Fact("Most hours here" if len(rows) > 1 else "Hours here", hours_text(max(shared))))
    facts.append(Fact("Longest day", duration_text(max(row.longest for row in rows))))
    rests = [row.least_rest for row in rows if row.least_rest is not None]
    if rests:
        facts.append(Fact("Least rest", duration_text(min(rests))))
    if shows := max(row.performances for row in rows):
        facts.append(Fact("Most performances" if len(rows) > 1 else "Performances", str(shows)))
    limits = [row.limit for row in rows if row.limit is not None]
    if limits:
        over = sum(1 for one in limits if one.state == "over")
        facts.append(Fact("Over the limit", str(over) if over else "none"))
    return facts


# --- rows ----------------------------------------------------------------------------------------------------


def _row(row: PersonWeek, week: HoursWeek, production: int) -> HoursRow:
    limit = row.limit
    return HoursRow(
        row.name,
        [_cell(row, on, week, production) for on in week.days],
        hours_text(row.share(production)),
        hours_text(row.worked),
        f"{limit.rule.title}: {limit_words(limit)}" if limit else "",
        left_words(limit),
        _over(row),
        limit is not None and limit.state == "over",
    )


def _cell(row: PersonWeek, day: date, week: HoursWeek, production: int) -> HoursCell:
    hours = row.days.get(day)
    recorded = "; ".join(mark_words(one, week.style) for one in row.marks.get(day, ()))
    if hours is None:
        return HoursCell(recorded=recorded)
    here = [one for one in hours.calls if one.production == production]
    others = [
        f"+ {hours_text(minutes)} {week.shows[int(show)].code}"
        for show, minutes in hours.shares
        if show is not None and show != production and int(show) in week.shows
    ]
    if not here:
        return HoursCell(others=", ".join(others), recorded=recorded)
    starts, ends = min(one.starts_wall for one in here), max(one.ends_wall for one in here)
    inside = [_meals(here), _between(here), _breaks(hours) if not others else ""]
    return HoursCell(
        f"{clock_text(starts, week.style)}–{clock_text(ends, week.style)}",
        hours_text(hours.share(production)),
        " · ".join(part for part in inside if part),
        ", ".join(others),
        recorded,
    )


def _between(calls: list[RuleCall]) -> str:
    """`off 1 h`: time between the calls of a show on one day."""
    minutes, reached = 0, calls[0].ends_at
    for call in calls[1:]:
        minutes += max(0, call.starts_at - reached)
        reached = max(reached, call.ends_at)
    return f"off {hours_text(minutes)}" if minutes else ""


def _meals(calls: Iterable[RuleCall]) -> str:
    minutes = sum(
        one.ends_at - one.starts_at for call in calls for one in call.breaks or () if one.kind == MEAL
    )
    return f"meal {hours_text(minutes)}" if minutes else ""


def _breaks(hours: DayHours) -> str:
    return f"breaks {hours_text(hours.breaks)}" if hours.breaks else ""


def mark_words(mark: Mark, style: str) -> str:
    """`late, in 10:12a`, `absent`: what attendance says, never the reason."""
    if mark.state != "late":
        return ATTENDANCE_WORDS.get(mark.state, mark.state)
    if mark.arrived_wall is not None:
        return f"late, in {clock_text(mark.arrived_wall, style)}"
    return f"late {mark.minutes_late} min" if mark.minutes_late else "late"


def _over(row: PersonWeek) -> str:
    """`overtime 1 h 05, 3 units`."""
    minutes = sum(cost_of(one)[0] for one in row.costs)
    if not row.costs:
        return ""
    units = f"{row.units} unit{'s' if row.units != 1 else ''}"
    return f"overtime {hours_text(minutes)}, {units}" if minutes else f"premium, {units}"


# --- one person ----------------------------------------------------------------------------------------------


def _calls(row: PersonWeek, week: HoursWeek, production: int) -> list[CallLine]:
    lines = []
    for on in sorted(row.days):
        hours = row.days[on]
        rest = (
            f"{duration_text(hours.rest)} rest before"
            if hours.rest is not None and hours.rest < 48 * 60
            else ""
        )
        for number, call in enumerate(hours.calls):
            show = week.shows.get(int(call.production)) if call.production is not None else None
            inside = [_meals([call]), _short_breaks(call), rest if not number else ""]
            lines.append(
                CallLine(
                    day_text(on) if not number else "",
                    show.code if show else "",
                    f"{clock_text(call.starts_wall, week.style)}–{clock_text(call.ends_wall, week.style)}",
                    call_words(call),
                    " · ".join(part for part in inside if part),
                    hours_text(_worked(call)),
                )
            )
    return lines


def _worked(call: RuleCall) -> int:
    meals = sum(one.ends_at - one.starts_at for one in call.breaks or () if one.kind == MEAL)
    return call.ends_at - call.starts_at - meals


def _short_breaks(call: RuleCall) -> str:
    minutes = sum(one.ends_at - one.starts_at for one in call.breaks or () if one.kind != MEAL)
    return f"breaks {hours_text(minutes)}" if minutes else ""


def call_words(call: RuleCall) -> str:
    """What a call is: its title, else its kind."""
    known = KINDS.get(call.kind)
    word = known.word if known else call.kind
    return call.title or word[:1].upper() + word[1:]


# --- foot ----------------------------------------------------------------------------------------------------


def _notes(known: Company, week: HoursWeek) -> list[Line]:
    """What the rehearsal reports of the week recorded, day by day, beside the planned times above."""
    lines = []
    for (production, on), record in sorted(week.reports.items(), key=lambda one: one[0][1]):
        if production == known.production.id and (words := record_words(record, week.style)):
            lines.append(Line(day_text(on), [Run(words)]))
    return lines


def record_words(record: DayRecord, style: str) -> str:
    """`Report #9: 10:00a–6:00p, meal 1:00–2:00p, breaks 11:20a–11:30a.`"""

    def span(starts: int, ends: int) -> str:
        return f"{clock_text(starts, style)}–{clock_text(ends, style)}"

    parts = []
    if record.started is not None and record.ended is not None:
        parts.append(span(record.started, record.ended))
    if record.meal is not None:
        parts.append(f"meal {span(*record.meal)}")
    if record.breaks:
        parts.append("breaks " + ", ".join(span(*one) for one in record.breaks))
    return f"Report #{record.number}: {', '.join(parts)}." if parts else ""


def _counted(week: HoursWeek) -> list[str]:
    lines = [COUNTED]
    limits = [row.limit for row in week.rows if row.limit is not None]
    rules = {(one.pack.title, one.rule.title, one.rule.source.verified) for one in limits}
    for pack, title, verified in sorted(rules):
        lines.append(f"{pack}: {title}{'' if verified else ', unverified'}.")
    without = sum(1 for row in week.rows if row.limit is None)
    if without and week.rows:
        who = "Nobody has" if without == len(week.rows) else f"{without} of {len(week.rows)} people have no"
        lines.append(f"{who} {'a ' if without == len(week.rows) else ''}weekly limit in their packs.")
    return [*lines, AID]
