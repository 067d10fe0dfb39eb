"""The documents the program prints: names, classes, what they need, and the one way to make each of them.

The command line and the Paper page both ask here: `make` builds a sheet from the company file, stamps its foot
and sets it in type.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any

from stagecraft.base.errors import Refused
from stagecraft.domain.sheets import from_json, to_json
from stagecraft.domain.times import date_of, date_text, day_text, from_instant, monday, time_text
from stagecraft.paper.options import PaperOptions
from stagecraft.queries.company import house_row, production_row
from stagecraft.queries.paper import IssueRow, Reading, issue_rows, issue_sheet, last_change_ms

if TYPE_CHECKING:
    from stagecraft.domain.sheets.frame import Frame


_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Document:
    """A document: kebab-case `name`, house `number`, what one sheet of it is about.

    `subject` is date | week | number | production; a production's sheet is as of a day and its versions run on.
    `file_word` is the middle of its file name; `layouts` and `sections` are what its options offer. With
    `one_person` it can also be set for one person alone, never issued.
    """

    name: str
    title: str
    number: str
    group: str
    privacy: str
    orientation: str
    subject: str
    file_word: str
    layouts: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    one_person: bool = False

    @property
    def module(self) -> str:
        # No module begins with a digit.
        return self.name.replace("29-", "twenty-nine-").replace("-", "_")

    @property
    def needs(self) -> str:
        """What the command line asks for, in words."""
        return {
            "date": "--date: the day it is about",
            "week": "--week: any day of the week",
            "number": "--number: the report’s number",
            "production": "--date: the day it is as of",
        }[self.subject]


DOCUMENTS: dict[str, Document] = {
    one.name: one
    for one in (
        Document(
            "daily-call",
            "Daily call",
            "D01",
            "Schedules",
            "Company",
            "portrait",
            "date",
            "DailyCall",
            ("auto", "table", "rooms"),
            (
                ("your-call", "Your call, A–Z"),
                ("lines", "Fittings, press, meetings"),
                ("ahead", "Looking ahead"),
            ),
        ),
        Document(
            "weekly-schedule",
            "Weekly schedule",
            "D02",
            "Schedules",
            "Company",
            "landscape",
            "week",
            "WeeklySchedule",
        ),
        Document(
            "rehearsal-report",
            "Rehearsal report",
            "D07",
            "Reports",
            "Team",
            "portrait",
            "number",
            "RehearsalReport",
        ),
        Document(
            "company-list", "Company list", "D12", "Company", "Company", "portrait", "production", "CompanyList"
        ),
        Document(
            "contract-expiry",
            "Contract expiry",
            "D25",
            "Contracts",
            "Restricted",
            "landscape",
            "production",
            "ContractExpiry",
        ),
        Document(
            "29-hour-ledger",
            "29-hour ledger",
            "D29",
            "Hours",
            "Team",
            "portrait",
            "production",
            "29HourLedger",
        ),
        Document(
            "actor-hours",
            "Weekly hours sheet",
            "D33",
            "Hours",
            "Team",
            "landscape",
            "week",
            "WeeklyHours",
            one_person=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Issuing:
    """What makes a sheet an issue: its number, its time in UTC minutes, who issues it."""

    version: int
    at: int
    author: str


@dataclass(frozen=True, slots=True)
class Made:
    """A document as made: bytes, the sheet behind them, the usual file name, the ledger's subject and day."""

    pdf: bytes
    sheet: Any
    filename: str
    subject: str
    about: date | None


def document(name: str) -> Document:
    """A document by name; refused in words when there is none."""
    try:
        return DOCUMENTS[name]
    except KeyError:
        known = ", ".join(DOCUMENTS)
        raise Refused(
            "paper.unknown", f"There is no document “{name}”. Known: {known}.", field="document"
        ) from None


def subject_of(kind: Document, about: date | int) -> str:
    """What the ledger files a sheet under: the day, the Monday, the report's number, nothing for a production's."""
    if kind.subject == "number":
        return str(about)
    if kind.subject == "production":
        return ""
    assert isinstance(about, date)
    return (monday(about) if kind.subject == "week" else about).isoformat()


def make(
    conn: Reading,
    production_id: int,
    name: str,
    about: date | int,
    options: PaperOptions | None = None,
    *,
    issuing: Issuing | None = None,
    changed_ms: int | None = None,
    person: int | None = None,
) -> Made:
    """Build a sheet and set it in type: as the issue `issuing` names, as the newest issue when nothing has changed
    since, else as a draft.

    `about` is a date (any day of the week for a week, the day as of which for a production's sheet) or a
    report's number. A draft's foot says when the data changed last, `changed_ms` if given, so that the same data
    gives the same bytes.
    """
    sheet, filename, subject, day = build(
        conn, production_id, name, about, issuing=issuing, changed_ms=changed_ms, person=person
    )
    return Made(render(name, sheet, options), sheet, filename, subject, day)


def build(
    conn: Reading,
    production_id: int,
    name: str,
    about: date | int,
    *,
    issuing: Issuing | None = None,
    changed_ms: int | None = None,
    person: int | None = None,
) -> tuple[Any, str, str, date | None]:
    """The stamped sheet, its file name, its subject and the day it is about. Reads only; nothing is set in type."""
    kind = document(name)
    if kind.subject == "number" and not isinstance(about, int):
        raise Refused("paper.number", f"A {kind.title.lower()} is named by its number.", field="subject")
    if kind.subject != "number" and not isinstance(about, date):
        raise Refused("paper.date", f"A {kind.title.lower()} is named by a date.", field="subject")
    builder = import_module(f"stagecraft.queries.sheets.{kind.module}")
    if person is not None and (not kind.one_person or issuing is not None):
        raise Refused("paper.person", f"A {kind.title.lower()} is issued for everybody.", field="person")
    of_one = (person,) if person is not None else ()
    sheet = builder.build(conn, production_id, about, *of_one)
    subject = subject_of(kind, about)
    day = about if isinstance(about, date) else None
    if day is not None and kind.subject == "week":
        day = monday(day)
    filename = f"{_safe(sheet.frame.code)}_{kind.file_word}_{_about_words(about, day)}"
    if person is not None:
        filename += f"_{_safe(sheet.band[0].value)}"
    found = issue_rows(conn, production_id, name, subject) if person is None else []
    newest = found[0] if found else None
    zone, style = _clock(conn, production_id)
    if issuing is None and newest is not None:
        kept = sheet_from_json(name, issue_sheet(conn, newest.id) or "{}")
        if unstamped(kept) == unstamped(sheet):
            return kept, f"{filename}_v{newest.version}.pdf", subject, day
    _stamp(
        sheet.frame, newest, issuing, zone, style, last_change_ms(conn) if changed_ms is None else changed_ms
    )
    return sheet, f"{filename}_{f'v{issuing.version}' if issuing else 'DRAFT'}.pdf", subject, day


def unstamped(sheet: Any) -> str:
    """What a sheet says apart from number, time and author: equal when nothing has changed."""
    frame = replace(sheet.frame, state="", version=0, stamp="", author="")
    return to_json(replace(sheet, frame=frame))


def _stamp(
    frame: Frame, newest: IssueRow | None, issuing: Issuing | None, zone: str, style: str, changed_ms: int
) -> None:
    """Number, time and author of an issue into the foot, or when a draft's data changed last."""
    if issuing is None:
        instead = f" · would replace v{newest.version}" if newest else ""
        frame.stamp = (
            f"draft · as of {_moment(changed_ms // 60000, zone, style)}{instead}" if changed_ms else "draft"
        )
        return
    frame.state, frame.version, frame.author = "issued", issuing.version, issuing.author or frame.author
    instead = (
        f" · replaces v{newest.version} ({_moment(newest.issued_at, zone, style, issuing.at)})"
        if newest
        else ""
    )
    frame.stamp = f"v{issuing.version} · issued {_moment(issuing.at, zone, style)}{instead}"


def _about_words(about: date | int, day: date | None) -> str:
    return f"{about:03d}" if isinstance(about, int) else (day or about).isoformat()


def render(name: str, sheet: Any, options: PaperOptions | None = None) -> bytes:
    """A sheet as PDF bytes. Same sheet and options, same bytes."""
    kind = document(name)
    with _ONE_AT_A_TIME:  # fonts are shared; ReportLab is loaded with the first page, not before
        module = import_module(f"stagecraft.paper.{kind.module}")
        pdf: bytes = module.render(sheet, options or PaperOptions())
    return pdf


def sheet_from_json(name: str, text: str) -> Any:
    """The frozen sheet of an issue."""
    kind = document(name)
    module = import_module(f"stagecraft.domain.sheets.{kind.module}")
    words = "".join(part.capitalize() for part in kind.module.split("_"))
    return from_json(getattr(module, f"{words}Sheet"), text)


def _clock(conn: Reading, production_id: int) -> tuple[str, str]:
    house = house_row(conn)
    production = production_row(conn, production_id)
    return (production.zone if production and production.zone else house.zone), house.time_style


def _moment(instant: int, zone: str, style: str, other: int | None = None) -> str:
    """`Wed 20 Jan 2027 6:35p`; beside `other` only the time on its day, only the day in its year."""
    at = from_instant(instant, zone)
    day, when = date_of(at), time_text(at, style=style)
    if other is None:
        return f"{date_text(day)} {when}"
    near = date_of(from_instant(other, zone))
    if near == day:
        return when
    return day_text(day) if near.year == day.year else date_text(day)


def _safe(code: str) -> str:
    return "".join(char for char in code if char.isalnum() or char in "-_") or "SHOW"
