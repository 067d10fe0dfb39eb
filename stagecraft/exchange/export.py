"""The door to exporting: rows of one kind become a CSV file under the columns an import declares (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from stagecraft.base.errors import FileProblem
from stagecraft.base.paths import write_whole
from stagecraft.domain.breakdown import pages_text
from stagecraft.domain.incoming import (
    MARKS,
    AwayLine,
    EventLine,
    Line,
    PersonLine,
    SceneLine,
    counted,
    heading_key,
)
from stagecraft.domain.kinds import ASSIGNMENT_KINDS, JOB_GROUPS, KINDS
from stagecraft.domain.times import DAY, DAY_CUT, date_of, time_text, work_day
from stagecraft.exchange.columns import KINDS as FILES
from stagecraft.exchange.text import guarded
from stagecraft.queries.outgoing import (
    Days,
    availability_lines,
    breakdown_lines,
    people_lines,
    schedule_lines,
)

PRIVACY = "Company"
LEFT_OUT = {
    "people": "Without telephone and e-mail of those who keep them to themselves, agents and notes.",
    "breakdown": "Without cut scenes and French scenes.",
    "availability": "Without anybody’s reasons.",
    "schedule": "Without cancelled calls.",
}
DATED = frozenset(("availability", "schedule"))
"""Kinds of which a span of days may be asked for."""

_COUNTED = {"people": "person", "breakdown": "scene", "availability": "absence", "schedule": "call"}


@dataclass(slots=True)
class Export:
    """A file to write, and `42 people`."""

    data: bytes
    words: str


def export(conn: Any, kind: str, production: int | None, days: Days = (None, None)) -> Export:
    """Everything of a kind of `columns.KINDS`, of one production or all; a breakdown is always of one.

    Raises Refused when two columns would have the same name.
    """
    chosen = [] if production is None else [production]
    if kind == "people":
        lines, count = people_lines(conn, chosen)
    elif kind == "breakdown":
        reserved = {
            heading_key(name) for column in FILES[kind].columns for name in (column.name, *column.aliases)
        }
        lines, count = breakdown_lines(conn, chosen[0], reserved)
    elif kind == "availability":
        lines, count = availability_lines(conn, chosen, days)
    else:
        lines, count = schedule_lines(conn, chosen, days)
    return Export(csv_file(kind, lines), counted(count, _COUNTED[kind]))


def csv_file(kind: str, lines: Sequence[Line]) -> bytes:
    """The file of these lines; every cell is quoted and none can be taken for a formula."""
    columns = FILES[kind].columns
    marks = [mark for line in lines if isinstance(line, SceneLine) for mark in line.marks]
    characters = list(dict.fromkeys(name for name, _ in marks))
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in (*(column.name for column in columns), *characters)])
    for line in lines:
        cells = _cells(line)
        here = dict(line.marks) if isinstance(line, SceneLine) else {}
        row = [cells.get(column.key, "") for column in columns]
        row += [MARKS[here[name]] if name in here else "" for name in characters]
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def table_file(lines: Sequence[Sequence[str]]) -> bytes:
    """A table shown on the screen as such a file: for spreadsheets, not for an import."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in lines:
        writer.writerow([guarded(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def save(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write it whole or not at all. Raises FileProblem.

    A file that is there stays unless `force`, a company file always.
    """
    try:
        if path.is_file():
            with path.open("rb") as there:
                company_file = there.read(15) == b"SQLite format 3"
            if company_file or not force:
                raise FileProblem("export.exists", f"{path} is there already; it was kept as it is.", path=path)
        write_whole(path, data)
    except OSError as trouble:
        why = (trouble.strerror or "the disk failed").lower()
        raise FileProblem("export.unwritable", f"{path} cannot be written: {why}.", path=path) from trouble


# --- cells -------------------------------------------------------------------------------------------------


def _cells(line: Line) -> dict[str, str]:
    """Text by column key: what the reader of the kind in `lines` makes this line of."""
    if isinstance(line, PersonLine):
        words = {"kind": ASSIGNMENT_KINDS.get(line.kind, ""), "group": JOB_GROUPS.get(line.group, "")}
        texts = (
            "name",
            "sort_name",
            "pronouns",
            "phone",
            "email",
            "organisation",
            "production",
            "track",
            "job",
        )
        return {**{key: getattr(line, key) for key in texts}, **words, "role": _list(line.roles)}
    if isinstance(line, SceneLine):
        return {
            "act": str(line.act),
            "scene": line.scene,
            "title": line.title,
            "pages": pages_text(line.page_from, line.page_to),
            "minutes": "" if line.minutes is None else str(line.minutes),
            "song": line.song,
            "production": line.production,
        }
    if isinstance(line, AwayLine):
        plain = ("person", "room", "kind", "text", "production")
        hardness = {"hardness": line.hardness.replace("-", " ")}
        return {**{key: getattr(line, key) for key in plain}, **hardness, **_away_span(line)}
    return _event_cells(line)


def _event_cells(line: EventLine) -> dict[str, str]:
    return {
        "production": line.production,
        "date": date_of(line.starts_wall).isoformat(),
        "start": time_text(line.starts_wall),
        "end": time_text(line.ends_wall),
        "room": line.room,
        "kind": KINDS[line.kind].word,
        "title": line.title,
        "units": _list(line.units),
        "people": _list(line.people),
        "leaders": _list(line.leaders),
        "note": line.note,
    }


def _away_span(line: AwayLine) -> dict[str, str]:
    starts, ends = line.starts_wall, line.ends_wall
    whole = starts % DAY == ends % DAY == DAY_CUT
    first = work_day(starts) if whole else date_of(starts)
    last = work_day(ends) - timedelta(days=1) if whole else first if ends - starts <= DAY else date_of(ends)
    times = ("", "") if whole else (time_text(starts), time_text(ends))
    until = "" if last == first else last.isoformat()
    return {"date": first.isoformat(), "until_date": until, "start": times[0], "end": times[1]}


def _list(items: Sequence[str]) -> str:
    """Items parted by ; and those that hold one, or begin with a quotation mark, in quotation marks."""
    return "; ".join(
        '"' + item.replace('"', '""') + '"' if ";" in item or "；" in item or item[:1] == '"' else item
        for item in items
    )
