"""From a table to the lines of each kind: every cell read, every bad one named with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from stagecraft.domain.incoming import (
    MARKS,
    AwayLine,
    EventLine,
    Line,
    PersonLine,
    Problem,
    SceneLine,
    heading_key,
)
from stagecraft.domain.kinds import ASSIGNMENT_KINDS, JOB_GROUPS, KINDS
from stagecraft.domain.times import DAY, DAY_CUT, wall
from stagecraft.exchange.csv_table import Row, Table
from stagecraft.exchange.text import one_line
from stagecraft.exchange.values import Dates, Unreadable, read_list, read_minutes, read_time, read_word

LONGEST_CALL = 18 * 60
"""Minutes; a call that seems longer has its times the wrong way round."""

_NOT_SHARED = "viasm"
"""What company lists print instead of a telephone number or e-mail address somebody keeps to themselves."""

_AWAY = {
    "unavailable": "unavailable",
    "out": "out",
    "vacation": "vacation",
    "leave": "leave",
    "personal": "personal",
    "sick": "sick",
    "release": "release",
    "blackout": "blackout",
}
_HARDNESS = {"hard": "hard", "soft": "soft", "if-needed": "if needed"}
_EVENT_KINDS = {code: kind.word for code, kind in KINDS.items()}
_MARK_WORDS: dict[str, str] = {
    **dict.fromkeys(("●", "•", "speaks", "speaking", "sp", "speak"), "speaks"),
    **dict.fromkeys(("s", "sings", "singing", "sing"), "sings"),
    **dict.fromkeys(("d", "dances", "dancing", "dance"), "dances"),
    **dict.fromkeys(("○", "o", "0", "silent", "non-speaking"), "silent"),
    **dict.fromkeys(("x", "✓", "✔", "1", "y", "yes", "on", "✗"), "on"),
}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi")
_NO_MARKS = frozenset(("", "-", "–", "—", "no", "n", "."))
_PAGES = re.compile(r"^(?:pp?\.?\s*)?([0-9]{1,4}[a-zA-Z]{0,2})(?:\s*[-–—]\s*([0-9]{1,4}[a-zA-Z]{0,2}))?$")


def people(row: Row, _: Dates) -> Line:
    name = one_line(row["name"])
    if not name:
        raise Unreadable("it has no name.")
    if len(name) > 200:
        raise Unreadable("its name is longer than 200 letters.")
    kinds = {code: word for code, word in ASSIGNMENT_KINDS.items() if code != "job"}
    return PersonLine(
        line=row.line,
        name=name,
        production=one_line(row["production"]),
        kind=read_word(row["kind"], kinds, "kind of part") if row["kind"] else "",
        group=read_word(row["group"], JOB_GROUPS, "group") if row["group"] else "",
        roles=read_list(row["role"]),
        note=row["note"],
        phone=_shared(row["phone"]),
        email=_shared(row["email"]),
        **{
            key: one_line(row[key])
            for key in (
                "sort_name",
                "pronouns",
                "organisation",
                "track",
                "job",
                "agent",
                "agency",
                "agent_phone",
                "agent_email",
            )
        },
    )


def _shared(cell: str) -> str:
    return "" if heading_key(cell) == _NOT_SHARED else one_line(cell)


def breakdown(row: Row, _: Dates) -> Line:
    scene = one_line(row["scene"])
    if not scene:
        raise Unreadable("it has no scene.")
    if len(scene) > 20:
        raise Unreadable("its scene number is longer than 20 letters.")
    page_from, page_to = _pages(row["pages"]) if row["pages"] else ("", "")
    marks = [(one_line(name), _mark(name, cell)) for name, cell in row.rest if cell.casefold() not in _NO_MARKS]
    marks += [(name, "on") for name in read_list(row["characters"])]
    return SceneLine(
        line=row.line,
        act=_act(one_line(row["act"]) or scene.partition(".")[0]),
        scene=scene,
        title=one_line(row["title"]),
        page_from=page_from,
        page_to=page_to,
        minutes=read_minutes(row["minutes"]) if row["minutes"] else None,
        song=one_line(row["song"]),
        marks=marks,
        production=one_line(row["production"]),
    )


def _act(cell: str) -> int:
    word = cell.casefold().removeprefix("act").strip()
    number = _ROMAN.index(word) + 1 if word in _ROMAN else int(word) if word.isascii() and word.isdigit() else 0
    if not 1 <= number <= 20:
        raise Unreadable("it does not say its act; write 1 or 2 under “act”.")
    return number


def _pages(cell: str) -> tuple[str, str]:
    found = _PAGES.match(" ".join(cell.split()))
    if not found:
        raise Unreadable(f"“{one_line(cell)[:60]}” is not a span of pages; write 12-15 or 34A.")
    return found[1].upper(), (found[2] or found[1]).upper()


def _mark(name: str, cell: str) -> str:
    known = _MARK_WORDS.get(cell.casefold())
    if known is None:
        signs = ", ".join(f"{sign} {mark}" for mark, sign in MARKS.items())
        raise Unreadable(f"“{one_line(cell)[:60]}” under “{name[:60]}” is no mark; known are {signs}.")
    return known


def availability(row: Row, dates: Dates) -> Line:
    person, room = one_line(row["person"]), one_line(row["room"])
    if bool(person) == bool(room):
        raise Unreadable("it needs a person or a room, not both.")
    first, last = dates.span(row["date"])
    if row["until_date"]:
        last = dates.read(row["until_date"])
    if last < first:
        raise Unreadable("its last day lies before the first.")
    starts, ends = _away_span(row, first, last)
    return AwayLine(
        line=row.line,
        person=person,
        room=room,
        starts_wall=starts,
        ends_wall=ends,
        kind=read_word(row["kind"], _AWAY, "kind of absence") if row["kind"] else "unavailable",
        hardness=read_word(row["hardness"], _HARDNESS, "hardness") if row["hardness"] else "hard",
        text=one_line(row["text"]),
        reason=row["reason"],
        production=one_line(row["production"]),
    )


def _away_span(row: Row, first: date, last: date) -> tuple[int, int]:
    """Whole days run from day cut to day cut, so that somebody away on Friday is free on Thursday night."""
    starts, ends = wall(first, DAY_CUT), wall(last + timedelta(days=1), DAY_CUT)
    from_minute = read_time(row["start"]) if row["start"] else None
    if from_minute is not None:
        starts = wall(first, from_minute)
    if row["end"]:
        ends = wall(last, read_time(row["end"], after=from_minute))
        if ends <= starts and first == last:
            ends += DAY
    if ends <= starts:
        raise Unreadable("it ends before it starts.")
    return starts, ends


def schedule(row: Row, dates: Dates) -> Line:
    day = dates.read(row["date"])
    start = read_time(row["start"])
    length = (read_time(row["end"], after=start) - start) % DAY or DAY
    kind = read_word(row["kind"], _EVENT_KINDS, "kind of call") if row["kind"] else "staging"
    if length > LONGEST_CALL and KINDS[kind].counts_as != "day-off":
        raise Unreadable(f"it runs from {row['start'][:20]} to {row['end'][:20]}; is the end right?")
    return EventLine(
        line=row.line,
        production=one_line(row["production"]),
        starts_wall=wall(day, start),
        ends_wall=wall(day, start) + length,
        room=one_line(row["room"]),
        kind=kind,
        title=one_line(row["title"]),
        units=_units(row["units"]),
        people=read_list(row["people"]),
        leaders=read_list(row["leaders"]),
        note=row["note"],
    )


def _units(cell: str) -> list[str]:
    """Scene numbers may be parted by commas too; titles of songs may hold a comma."""
    items = read_list(cell)
    if len(items) == 1 and re.fullmatch(r"\d[\d.,\sA-Za-z]*", cell):
        return [part for part in re.split(r"[,\s]+", items[0]) if part]
    return items


READERS: dict[str, Callable[[Row, Dates], Line]] = {
    "people": people,
    "breakdown": breakdown,
    "availability": availability,
    "schedule": schedule,
}


def lines_of(kind: str, table: Table) -> tuple[list[Line], list[Problem], list[str]]:
    """Every row as a line of its kind, what was wrong with the others, and the headings nobody used."""
    if kind == "breakdown":
        _fill_down(table)
    dates = Dates.of(cell for row in table.rows for key in ("date", "until_date") if (cell := row[key]))
    lines: list[Line] = []
    problems: list[Problem] = []
    unused = set(not_characters(table)) if kind == "breakdown" else set(table.rest)
    for row in table.rows:
        row.rest = [(name, cell) for name, cell in row.rest if name not in unused]
        try:
            lines.append(READERS[kind](row, dates))
        except Unreadable as trouble:
            problems.append(Problem(row.line, str(trouble)))
    return lines, problems, [name for name in table.rest if name in unused]


def _fill_down(table: Table) -> None:
    """Sheets with merged cells name act and scene once, over all their rows."""
    before: Row | None = None
    for row in table.rows:
        if before is not None and not row["scene"] and row["song"]:
            row.cells["scene"], row.cells["act"] = before["scene"], row["act"] or before["act"]
        if before is not None and not row["act"] and not row["scene"].partition(".")[0].isdigit():
            row.cells["act"] = before["act"]
        before = row


def not_characters(table: Table) -> list[str]:
    """Headings of a breakdown under which stands text instead of marks (props, set): no characters."""
    cells: dict[str, int] = dict.fromkeys(table.rest, 0)
    marks: dict[str, int] = dict.fromkeys(table.rest, 0)
    for row in table.rows:
        for heading, cell in row.rest:
            if cell:
                cells[heading] += 1
                marks[heading] += cell.casefold() in _MARK_WORDS or cell.casefold() in _NO_MARKS
    return [heading for heading in table.rest if marks[heading] * 2 <= cells[heading]]
