"""The 29-hour ledger's sheet: a reading's hours by day and person up to a day. Class Team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from stagecraft.domain.hours import hours_figure, hours_text
from stagecraft.domain.reading_hours import ReadingCount, ReadingRules
from stagecraft.domain.rules.packs import Rule
from stagecraft.domain.sheets.frame import Fact, Line, Run, bold
from stagecraft.domain.sheets.twenty_nine_hour_ledger import (
    LedgerDay,
    LedgerPerson,
    TwentyNineHourLedgerSheet,
)
from stagecraft.domain.times import date_text, day_text, long_date_text
from stagecraft.queries.readings import Reading, reading
from stagecraft.queries.sheets.cast import company, draft_frame, stage_contact
from stagecraft.queries.sheets.ledger_changes import compare

PRIVACY = "PRODUCTION TEAM (P2) — do not forward"
AID = "Planning aid, not legal advice."
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def build(conn: Connection, production_id: int, day: date) -> TwentyNineHourLedgerSheet:
    """The ledger as of a day. Refused when the production has no reading. A fixed number of statements."""
    known = company(conn, production_id)
    found = reading(conn, production_id, day)
    stage_contact(conn, known, day)
    title = found.name or found.rules.pack.title
    leading = _leading(found)
    days = _days(leading, day)
    first = leading.first if leading else None
    sheet = TwentyNineHourLedgerSheet(
        frame=draft_frame(
            known,
            f"{_whole_hours(leading, found)}-HOUR LEDGER",
            f"as of {long_date_text(day)}",
            PRIVACY,
            place=f"{title} · {first:%B %Y}" if first else title,
            notice="Check your agreement",
        ),
        band=_band(leading, day),
        days=days,
        limit=leading.limit if leading else 0,
        flag=leading.warning if leading else 0,
        limit_words=f"{hours_text(leading.limit)} limit" if leading else "",
        flag_words=f"{hours_text(leading.warning)} flag" if leading and leading.warning else "",
        chart_note=_chart_note(found, leading),
        people=[_person(one.name, one.count, days, day) for one in found.people],
        people_note=_people_note(found),
        total_label="Each day" if _alike(found) else "Most on a day",
        totals=[
            hours_figure(max((_on(one.count, on) for one in found.people), default=0)) for on in _dates(leading)
        ],
        total_used=hours_figure(leading.used) if leading else "",
        total_left=hours_figure(max(0, leading.left)) if leading else "",
        badge=_badge(found),
        flags=_flags(leading, found, day) if leading else [Line("Hours", [Run("Nobody is called yet.")])],
        counted=_counted(found),
    )
    compare(conn, production_id, sheet)
    return sheet


def _leading(found: Reading) -> ReadingCount | None:
    """Whose hours the chart shows: of those who have most, the first."""
    counts = [one.count for one in found.people if one.count.days]
    return max(counts, key=lambda one: (one.used, one.used + one.planned), default=None)


def _whole_hours(leading: ReadingCount | None, found: Reading) -> int:
    limit = leading.limit if leading else int(found.rules.hours.params["max"])
    return limit // 60


def _alike(found: Reading) -> bool:
    return len({tuple(sorted(one.count.days.items())) for one in found.people}) <= 1


def _dates(leading: ReadingCount | None) -> list[date]:
    return sorted(leading.days) if leading else []


def _on(count: ReadingCount, day: date) -> int:
    return count.days.get(day, 0)


# --- words ---------------------------------------------------------------------------------------------------


def _of(used: int, limit: int) -> str:
    return f"{hours_figure(used)} of {hours_figure(limit)}"


def _short(day: date) -> str:
    return f"{day:%a} {day.day}"


def _days_word(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


# --- band and chart ------------------------------------------------------------------------------------------


def _band(count: ReadingCount | None, day: date) -> list[Fact]:
    if count is None or count.first is None or count.last is None:
        return [Fact("Day", "not begun")]
    begun = sum(one <= day for one in count.days)
    of = _of(count.used, count.limit)
    facts = [
        Fact("Day", f"{begun} · {of}" if begun else f"not begun · {of}"),
        Fact("Hours used", hours_text(count.used)),
        Fact("Hours left" if count.left >= 0 else "Hours over", hours_text(abs(count.left))),
    ]
    if count.readings_limit is not None:
        facts.append(Fact("Readings", f"{count.readings} of {count.readings_limit}"))
    left = count.days_left if day >= count.first else count.window_days
    facts += [
        Fact("Window", _window(count.first, count.last)),
        Fact("Days left", f"{left} of {count.window_days}"),
    ]
    return facts


def _window(first: date, last: date) -> str:
    """`Mon 5 – Sun 18 Oct`; both months where there are two."""
    begins = _short(first) if first.month == last.month else day_text(first)
    return f"{begins} – {day_text(last)}"


def _days(count: ReadingCount | None, day: date) -> list[LedgerDay]:
    total, days = 0, []
    for on in _dates(count):
        assert count is not None
        minutes = count.days[on]
        days.append(
            LedgerDay(
                day_text(on),
                _short(on),
                total,
                minutes,
                hours_text(minutes),
                _of(total + minutes, count.limit),
                planned=on > day,
                full=total + minutes >= (count.warning or count.limit),
            )
        )
        total += minutes
    return days


def _chart_note(found: Reading, count: ReadingCount | None) -> str:
    if count is None:
        return ""
    parts = ["running total" if _alike(found) else "running total of who is called most"]
    flag = f"flag at {hours_text(count.warning)}, " if count.warning else ""
    return f"{parts[0]}; {flag}limit {hours_text(count.limit)}"


# --- people --------------------------------------------------------------------------------------------------


def _people_note(found: Reading) -> str:
    count = len(found.people)
    return f"{count} {'person' if count == 1 else 'people'} · A–Z by surname"


def _person(name: str, count: ReadingCount, days: Sequence[LedgerDay], day: date) -> LedgerPerson:
    by_short = {_short(on): minutes for on, minutes in count.days.items()}
    cells = [hours_figure(by_short[one.short]) if one.short in by_short else "" for one in days]
    if count.missing:
        return LedgerPerson(name, cells, "", "", f"not checked: {count.missing}")
    state = _state(count).replace(" h ", "\u00a0h\u00a0")
    return LedgerPerson(
        name, cells, hours_figure(count.used), hours_figure(max(0, count.left)), state, count.left < 0
    )


def _state(count: ReadingCount) -> str:
    coming = count.used + count.planned - count.limit
    if count.left < 0:
        return f"over by {hours_text(-count.left)}"
    if count.left == 0:
        return "no hours left" if not count.planned else f"no hours left, {hours_text(count.planned)} planned"
    if count.planned and coming > 0:
        return f"{hours_text(count.planned)} planned: over by {hours_text(coming)}"
    if count.planned:
        return f"{hours_text(count.planned)} planned"
    return f"{hours_text(count.warning)} flag" if count.warning and count.used >= count.warning else ""


def _badge(found: Reading) -> str:
    counts = [one.count for one in found.people if not one.count.missing]
    states = {one.state for one in counts}
    if "over" in states:
        return "OVER LIMIT"
    if "full" in states:
        return "LIMIT REACHED"
    if any(one.used + one.planned > one.limit for one in counts):
        return "OVER AS PLANNED"
    if "near" in states:
        warned = next((one.warning for one in counts if one.warning), 0)
        return f"{hours_text(warned).upper()} FLAG" if warned else "NEAR LIMIT"
    return ""


# --- flags ---------------------------------------------------------------------------------------------------


def _flags(count: ReadingCount, found: Reading, day: date) -> list[Line]:
    lines = [Line("Hours", _hours_flag(count))]
    if count.readings_limit is not None:
        lines.append(Line("Readings", [Run(_readings_flag(count, count.readings_limit))]))
    if count.first and count.last:
        lines.append(Line("Window", [Run(_window_flag(count, count.first, count.last))]))
    if count.warning:
        lines.append(Line(f"{hours_text(count.warning)} flag", [Run(_warning_flag(count, day))]))
    unknown = [one for one in found.people if one.count.missing]
    if unknown:
        names = ", ".join(one.name for one in unknown)
        lines.append(Line("Not checked", [Run(f"{names}: {unknown[0].count.missing}.")]))
    return lines


def _hours_flag(count: ReadingCount) -> list[Run]:
    head = bold(f"{_of(count.used, count.limit)} used.")
    coming = count.used + count.planned
    if count.left < 0:
        return [
            head,
            Run(
                f" {hours_text(-count.left)} over the limit. Take time out, or accept it with a reason (logged)."
            ),
        ]
    if count.left == 0:
        another = ""
        if count.readings_limit is not None and count.readings < count.readings_limit:
            another = f", including a {_ordinal(count.readings + 1)} reading,"
        words = f" Any further call{another} exceeds the limit. Accept only with a reason (logged)."
        return [head, Run(words)]
    if coming > count.limit:
        over = hours_text(coming - count.limit)
        words = f" {hours_text(count.planned)} more are planned: {_of(coming, count.limit)}, {over} over."
        return [head, Run(words)]
    planned = ""
    if count.planned:
        planned = f", {'all' if coming == count.limit else hours_text(count.planned)} of it planned"
    return [head, Run(f" {hours_text(count.left)} left{planned}.")]


def _ordinal(number: int) -> str:
    words = ("", "first", "second", "third", "fourth", "fifth")
    return words[number] if number < len(words) else f"{number}th"


def _readings_flag(count: ReadingCount, limit: int) -> str:
    head = f"{count.readings} of {limit} used."
    left = limit - count.readings
    if left < 0:
        return f"{head} {-left} more than allowed."
    if left == 0:
        return f"{head} None left."
    if count.left <= 0:
        return f"{head} {left} unused, but no hours are left for {'it' if left == 1 else 'them'}."
    planned = f", {count.readings_planned} planned" if count.readings_planned else ""
    return f"{head} {left} left{planned}."


def _window_flag(count: ReadingCount, first: date, last: date) -> str:
    words = f"{_days_word(count.window_days)} from {day_text(first)}: closes {date_text(last)}."
    beyond = [on for on in count.days if on > last]
    return f"{words} {day_text(beyond[0])} lies outside it." if beyond else words


def _warning_flag(count: ReadingCount, day: date) -> str:
    total, parts = 0, []
    for on in sorted(count.days):
        total += count.days[on]
        parts.append(hours_figure(count.days[on]))
        if total >= count.warning:
            verb = "Reached" if on <= day else "As planned it is reached"
            return f"{verb} at the end of {day_text(on)} ({' + '.join(parts)} = {hours_figure(total)})."
    return "Not reached."


# --- how it is counted ---------------------------------------------------------------------------------------


def _counted(found: Reading) -> list[str]:
    rules = found.rules
    limit, window = int(rules.hours.params["max"]), int(rules.window.params["max_days"])
    most = int(rules.readings.params["max"]) if rules.readings else 0
    words = (
        f"Called time less meals, readings included; {hours_text(limit).replace(' h', ' hours')} inside"
        f" {_days_word(window)}"
    )
    if most:
        words += f", at most {_number(most)} reading{'s' if most != 1 else ''}"
    editable = "" if _verified(rules) else " These are editable default rules."
    lines = [f"{words}.{editable}", f"{_source(rules)}. {AID}"]
    if not found.attached and found.people:
        lines.append("No contract names this pack; it is counted for the phase called a reading.")
    return lines


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _rules(rules: ReadingRules) -> list[Rule]:
    return [one for one in (rules.hours, rules.window, rules.readings) if one is not None]


def _verified(rules: ReadingRules) -> bool:
    return all(one.source.verified for one in _rules(rules))


def _source(rules: ReadingRules) -> str:
    source = rules.hours.source
    edition = f", edition {source.edition}" if source.edition else ", edition unknown"
    words = f"{rules.pack.title}: {source.agreement or 'no agreement named'}{edition}"
    if not _verified(rules):
        return f"{words}, unverified"
    on = f" {date_text(source.verified_on)}" if source.verified_on else ""
    return f"{words}, verified by {source.verified_by}{on}"
