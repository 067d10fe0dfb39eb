"""The daily call: who works on what, where and when on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stagecraft.domain.sheets.frame import Fact, Frame, Line, WorkRow, clock_text, plain
from stagecraft.domain.times import duration_text


@dataclass(slots=True)
class Room:
    name: str  # "ROOM 4A"
    short: str  # "4A"
    use: str  # "stage"


@dataclass(slots=True)
class YourCall:
    """A person's own first call, where, the gap between calls and the release."""

    name: str
    time: str
    room: str
    free: str
    release: str


@dataclass(slots=True)
class NotCalled:
    name: str
    again: str  # "called tomorrow, Fri 22 Jan, 10:00a"


@dataclass(slots=True)
class DailyCallSheet:
    """`parallel` says that at least two rooms work at once: then the page has a column for each room."""

    frame: Frame
    time_style: str
    band: list[Fact]
    rooms: list[Room]
    rows: list[WorkRow]
    your_calls: list[YourCall]
    not_called: list[NotCalled]
    not_called_note: str  # "None. All 11 called." when nobody is left out
    lines: list[Line]
    ahead: list[Line]
    notes: list[str] = field(default_factory=list)
    parallel: bool = False
    off: str = ""  # "DAY OFF · MLK Day" on a day without work


def together(not_called: Sequence[NotCalled]) -> list[NotCalled]:
    """Those who are called again at the same time as one: `Karen, Jimmy and Sol`, `all called tomorrow, …`."""
    groups: dict[str, list[str]] = {}
    for one in not_called:
        groups.setdefault(one.again or f"\0{one.name}", []).append(one.name)
    out = []
    for again, names in groups.items():
        count = {1: "", 2: "both "}.get(len(names), "all ")
        shown = " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
        out.append(NotCalled(shown, "" if again.startswith("\0") else f"{count}{again}"))
    return out


def text_of(sheet: DailyCallSheet) -> str:
    """The sheet as plain text for mail and clipboard: people read tomorrow's call on a phone."""
    frame = sheet.frame
    out = [f"{frame.show}: {frame.document}", frame.about, frame.place, ""]
    out += [f"{fact.label.capitalize()}: {fact.value}" for fact in sheet.band]
    out.append("")
    out += [_row_text(row, sheet.time_style) for row in sheet.rows] or [sheet.off or "No calls today."]
    if sheet.your_calls:
        out += ["", "YOUR CALL"]
        for call in sheet.your_calls:
            room = f" {call.room}" if call.room else ""
            free = f", {call.free}" if call.free else ""
            out.append(f"{call.name}: {call.time}{room}{free}, {call.release}")
    out += [
        "",
        "NOT CALLED: "
        + (
            sheet.not_called_note
            or "; ".join(
                f"{one.name} ({one.again})" if one.again else one.name for one in together(sheet.not_called)
            )
        ),
    ]
    out += [f"{line.label}: {plain(line.text)}" for line in sheet.lines]
    if sheet.ahead:
        out += ["", "LOOKING AHEAD"]
        out += [f"{line.label}: {plain(line.text)}" for line in sheet.ahead]
    out += sheet.notes
    out += ["", frame.notice, frame.contact, frame.stamp, frame.privacy]
    return "\n".join(line for line in out if line is not None).strip() + "\n"


def _row_text(row: WorkRow, style: str) -> str:
    start = clock_text(row.starts, style)
    if row.shape == "end":
        return f"{start} {row.title}"
    span = f"{start}–{clock_text(row.ends, style)}"
    if row.shape == "meal":
        return f"{span} {row.title} ({duration_text(row.ends - row.starts)})"
    room = f" {row.room}" if row.room else ""
    parts = [f"{span}{room}: {row.title}"]
    detail = " · ".join(part for part in (row.word, row.leaders) if part)
    if detail:
        parts.append(f"({detail})")
    people = plain(row.people)
    if people:
        parts.append(f"– {people}")
    if row.note:
        parts.append(f"[{row.note}]")
    return " ".join(parts)
