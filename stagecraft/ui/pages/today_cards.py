"""What the cards of Today say: rows made from what the queries found, each with what it leads to. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from stagecraft.domain.times import date_of, day_text
from stagecraft.queries.outs import OutRow
from stagecraft.queries.today import Doing, DueRow, OpenNote
from stagecraft.ui import words
from stagecraft.ui.widgets.card_rows import CardItem, Deed

if TYPE_CHECKING:
    from stagecraft.services.history import HistoryRow

_TONES = {"red": "redMark", "amber": "amberMark"}

_PLACES: tuple[tuple[str, str, str, str], ...] = (
    # parameter of a step, page, target's name, icon
    ("event", "calendar", "event", "calendar"),
    ("note", "reports", "report", "note"),
    ("report", "reports", "report", "reports"),
    ("contract", "contracts", "contract", "contracts"),
    ("scene", "script", "scene", "script"),
    ("number", "script", "number", "music"),
    ("draft", "script", "draft", "script"),
    ("track", "script", "track", "swap"),
    ("role", "script", "role", "script"),
    ("performance", "calendar", "performance", "whoson"),
    ("person", "company", "person", "person"),
)


@dataclass(frozen=True, slots=True)
class Doors:
    """What rows of Today lead to."""

    page: Callable[..., object]
    answer: Callable[[OpenNote], object]
    done: Callable[[OpenNote], object]


def out_items(rows: Sequence[OutRow], doors: Doors) -> list[CardItem]:
    """Who is out and who covers; red where nobody does."""
    items = []
    for row in rows:
        deeds: list[Deed] = []
        if row.event_id is not None:
            deeds.append(("Show on the calendar", partial(doors.page, "calendar", event=row.event_id)))
        if row.person_id is not None:
            deeds.append(("Show in the company", partial(doors.page, "company", person=row.person_id)))
        elif row.track_id is not None:
            deeds.append(("Show in the script", partial(doors.page, "script", track=row.track_id)))
        items.append(
            CardItem(
                key=row.key,
                title=row.title,
                strong=row.strong,
                second=row.second,
                right=row.when,
                right_tone=row.severity or "text2",
                icon=row.severity or row.icon,
                icon_tone=_TONES.get(row.severity, "text2"),
                deeds=deeds,
            )
        )
    return items


def due_items(rows: Sequence[DueRow], doors: Doors) -> list[CardItem]:
    return [
        CardItem(
            key=row.key,
            title=row.title,
            second=row.second,
            right=row.right,
            right_tone=row.severity or "text2",
            icon=row.icon,
            icon_tone=_TONES.get(row.severity, "text2"),
            deeds=[("Open the contract", partial(doors.page, row.page, **row.target))],
        )
        for row in rows
    ]


def note_items(rows: Sequence[OpenNote], doors: Doors) -> list[CardItem]:
    """Unanswered notes; a click opens the field for the answer."""
    return [
        CardItem(
            key=str(row.note_id),
            title=row.text,
            second=row.second,
            code=row.code,
            deeds=[
                ("Answer…", partial(doors.answer, row)),
                ("Mark as done", partial(doors.done, row)),
                ("Open the report", partial(doors.page, "reports", report=row.report_id)),
            ],
        )
        for row in rows
    ]


def change_items(rows: Sequence[HistoryRow], doors: Doors) -> list[CardItem]:
    """Steps in the past tense; a click goes to what was changed, else to the history."""
    items = []
    for row in rows:
        page, target, icon = _place(row)
        deeds: list[Deed] = [("Show what changed", partial(doors.page, page, **target))]
        if page != "history":
            deeds.append(("Show in the history", partial(doors.page, "history", step=row.step)))
        items.append(
            CardItem(
                key=str(row.step),
                title=words.past(row.text),
                second=row.who,
                right=moment_words(row.at_ms),
                icon=icon,
                deeds=deeds,
            )
        )
    return items


def _place(row: HistoryRow) -> tuple[str, dict[str, Any], str]:
    params = row.params
    if "document" in params:
        return "paper", {name: params.get(name) for name in ("document", "production", "subject")}, "paper"
    for name, page, target, icon in _PLACES:
        if isinstance(params.get(name), int):
            if name == "note" and isinstance(params.get("report"), int):
                return page, {target: params["report"]}, icon
            if name != "note":
                return page, {target: params[name]}, icon
    return "history", {"step": row.step}, "history"


def moment_words(at_ms: int) -> str:
    """`Wed 5:20p` on the house's clock."""
    at = words.wall_of(at_ms)
    return f"{date_of(at):%a} {words.time_text(at)}"


# --- the sentence under the date ---------------------------------------------------------------------------


def sentence(rows: Sequence[Doing], next_words: str) -> str:
    """`Hit List day 9 of 22, 10:00a–6:00p, then Bombshell #321 at 7:00p. Next: lunch in 2 h 18.`"""
    parts: list[tuple[int, str]] = []
    rest: list[str] = []
    for row in rows:
        if row.starts_wall is not None and row.ends_wall is not None and (row.day_number or not row.shows):
            number = (
                f" day {row.day_number} of {row.working_days}" if row.day_number and row.working_days else ""
            )
            span = words.span_text(row.starts_wall, row.ends_wall)
            parts.append((row.starts_wall, f"{row.production}{number}{',' if number else ''} {span}"))
        for index, (name, at) in enumerate(row.shows):
            who = row.production if index == 0 else ""
            parts.append((at, f"{who} {name} at {words.time_text(at)}".strip()))
        if row.rest and row.starts_wall is None and not row.shows:
            rest.append(f"{row.production} {row.rest}")
    said = ", then ".join(text for _, text in sorted(parts)) or ("" if rest else "Nothing is called")
    told = ". ".join(part for part in (said, ", ".join(rest), next_words) if part)
    return f"{told}."


def wait_words(minutes: int) -> str:
    """`18 min`, `2 h 18`, `1 h`."""
    return hours_words(minutes) if minutes >= 60 else f"{minutes} min"


def hours_words(minutes: int) -> str:
    """`35 h`, `7 h 30`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def next_words(moments: Sequence[tuple[int, str]], now: int) -> str:
    """`Next: lunch in 2 h 18`: the first moment after now; moments are (wall minute, what begins)."""
    coming = min(((at, what) for at, what in moments if at > now), default=None)
    if coming is None:
        return ""
    return f"Next: {coming[1]} in {wait_words(coming[0] - now)}"


def since_words(at_ms: int, today: date) -> str:
    """`Wed 5:00p`; with the date when it is more than a week ago."""
    day = date_of(words.wall_of(at_ms))
    if (today - day).days >= 7:
        return day_text(day)
    return moment_words(at_ms)
