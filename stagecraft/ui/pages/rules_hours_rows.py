"""The hours ledger as a table: its columns, its totals, how a limit is painted, and what is copied and exported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from stagecraft.domain.hours import DayHours, Measure, hours_text, left_words, limit_words
from stagecraft.domain.names import filing_key, fold
from stagecraft.domain.times import duration_text
from stagecraft.queries.hours import HoursWeek, PersonWeek
from stagecraft.queries.sheets.actor_hours import mark_words, record_words
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.row_table import Column, Index, RowDelegate, RowModel, RowTable
from stagecraft.ui.words import count_text, span_text, time_style

AID = "Planning aid, not legal advice"
TOTAL = "total"

WORKED, SPAN, REST, CLOCK = "worked", "span", "rest", "clock"
CELLS = ((WORKED, "Hours"), (SPAN, "Span"), (REST, "Rest"), (CLOCK, "In–out"))
"""What the days can say: hours worked, first to last, rest before, in and out."""

LONG_REST = 48 * 60
"""A rest longer than this is time off and says nothing."""


@dataclass(slots=True)
class TotalLine:
    """The last line: everybody together."""

    weeks: list[PersonWeek]
    id: str = TOTAL

    @property
    def name(self) -> str:
        return count_text(len(self.weeks), "person", "people")


class HoursModel(RowModel):
    """People by name or by a column, with the totals of those shown always at the end."""

    def _wanted(self) -> list[Any]:
        rows = super()._wanted()
        return [*rows, TotalLine(rows)] if rows else rows

    @property
    def people(self) -> list[PersonWeek]:
        """Those shown, in their order."""
        return [row for row in self.rows if isinstance(row, PersonWeek)]

    @property
    def hidden(self) -> int:
        return len(self._all) - len(self.people)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], TotalLine):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


# --- what a day says -----------------------------------------------------------------------------------------


def day_cell(day: DayHours | None, kind: str) -> str:
    """A day of a person in the words chosen; nothing where nobody calls them."""
    if day is None:
        return ""
    if kind == SPAN:
        return duration_text(day.span)
    if kind == REST:
        return duration_text(day.rest) if day.rest is not None and day.rest <= LONG_REST else ""
    if kind == CLOCK:
        return span_text(day.starts_wall, day.ends_wall)
    return hours_text(day.worked)


def day_value(day: DayHours | None, kind: str) -> int | None:
    """What a day is sorted by."""
    if day is None:
        return None
    return {SPAN: day.span, REST: day.rest, CLOCK: day.starts_wall}.get(kind, day.worked)


def day_facts(row: PersonWeek, on: date, week: HoursWeek) -> list[tuple[str, str]]:
    """Everything known of a day: planned first, then what was recorded."""
    day = row.days.get(on)
    facts: list[tuple[str, str]] = []
    if day is not None:
        facts = [
            ("In and out", f"{span_text(day.starts_wall, day.ends_wall)}, span {duration_text(day.span)}"),
            ("Worked", hours_text(day.worked) + _shares(day, week)),
            ("Meals", hours_text(day.meals) if day.meals else ""),
            ("Between calls", hours_text(day.between) if day.between else ""),
            ("Short breaks", "not planned" if day.breaks is None else hours_text(day.breaks)),
        ]
        if day.rest is not None and day.rest <= LONG_REST:
            facts.append(("Rest before", duration_text(day.rest)))
        if day.performances:
            facts.append(("Shows", count_text(day.performances, "performance")))
        if day.fittings:
            facts.append(("Fittings", hours_text(day.fittings)))
    marks = [mark_words(one, time_style()) for one in row.marks.get(on, ())]
    shows = [show for show, _ in day.shares] if day else []
    records = [
        words
        for (show, at), record in week.reports.items()
        if at == on and show in shows and (words := record_words(record, time_style()))
    ]
    if marks or records:
        facts.append(("Recorded", "; ".join([*marks, *records])))
    return [(name, _kept_together(words)) for name, words in facts if words]


def _kept_together(words: str) -> str:
    """A duration is not torn at the end of a line."""
    return re.sub(r"(?<=\d) (h|min)\b(?: (?=\d))?", lambda found: found[0].replace(" ", "\u00a0"), words)


def _shares(day: DayHours, week: HoursWeek) -> str:
    """` (HIT 7 h, BOMB 3 h 10)` where there are several."""
    if len(day.shares) < 2:
        return ""
    known = [(week.shows[int(show)].code, minutes) for show, minutes in day.shares if show in week.shows]
    return " (" + ", ".join(f"{code} {hours_text(minutes)}" for code, minutes in known) + ")"


# --- columns -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """A column with the name under which its width and whether it is shown are remembered."""

    key: str
    column: Column
    day: date | None = None


def _person(give: Callable[[PersonWeek], Any], empty: Any = "") -> Callable[[Any], Any]:
    return lambda row: give(row) if isinstance(row, PersonWeek) else empty


def _both(give: Callable[[PersonWeek], str], total: Callable[[list[PersonWeek]], str]) -> Callable[[Any], str]:
    return lambda row: give(row) if isinstance(row, PersonWeek) else total(row.weeks)


def _hours(minutes: int) -> str:
    return hours_text(minutes) if minutes else ""


def _minutes(key: str, head: str, give: Callable[[PersonWeek], int], width: int, tip: str = "") -> Head:
    """A column of minutes that can be added up."""
    return Head(
        key,
        Column(
            head,
            _both(lambda row: _hours(give(row)), lambda rows: _hours(sum(give(row) for row in rows))),
            width=width,
            right=True,
            sort=_person(give),
            strong=lambda row: isinstance(row, TotalLine) or key == WORKED,
            tip=_person(lambda row: tip),
        ),
    )


def _count(key: str, head: str, give: Callable[[PersonWeek], int], width: int, tip: str = "") -> Head:
    return Head(
        key,
        Column(
            head,
            _both(lambda row: str(give(row) or ""), lambda rows: str(sum(give(row) for row in rows) or "")),
            width=width,
            right=True,
            sort=_person(give),
            strong=lambda row: isinstance(row, TotalLine),
            tip=_person(lambda row: tip),
        ),
    )


def _day(week: HoursWeek, on: date, kind: str) -> Head:
    def total(rows: list[PersonWeek]) -> str:
        if kind != WORKED:
            return ""
        return _hours(sum(row.days[on].worked for row in rows if on in row.days))

    def tip(row: PersonWeek) -> str:
        return "\n".join(f"{name}: {words}" for name, words in day_facts(row, on, week))

    return Head(
        f"day{on.weekday()}",
        Column(
            f"{on:%a} {on.day}",
            _both(lambda row: day_cell(row.days.get(on), kind), total),
            width=132 if kind == CLOCK else 80,
            right=True,
            sort=_person(lambda row: day_value(row.days.get(on), kind)),
            strong=lambda row: isinstance(row, TotalLine),
            tip=_person(tip),
        ),
        on,
    )


def heads(week: HoursWeek, kind: str) -> list[Head]:
    """Every column there is to show for a week: shares only with several shows, a reading's only with one."""
    rows = week.rows
    made = [Head("name", _name_column())]
    made += [_day(week, on, kind) for on in week.days]
    made.append(
        _minutes(WORKED, "Week", lambda row: row.worked, 88, "Hours worked in all shows, without meals")
    )
    if any(row.limit for row in rows):
        made.append(Head("limit", _limit_column()))
    if any(row.reading for row in rows):
        made += _reading_heads()
    shows = [show for show in week.shows.values() if any(row.share(show.id) for row in rows)]
    if len(shows) > 1:
        made += [
            _minutes(f"show{show.id}", show.code, lambda row, show=show: row.share(show.id), 84, show.name)
            for show in shows
        ]
    made += [
        _longest(),
        _least_rest(),
        _minutes("meals", "Meals", lambda row: row.meals, 64, "Planned meals; they are not work"),
        _breaks(),
        _count("performances", "Shows", lambda row: row.performances, 56, "Performances"),
        _minutes("fittings", "Fittings", lambda row: row.fittings, 68),
        _count("units", "Overtime", lambda row: row.units, 72, "Units of overtime and other premiums"),
    ]
    return made


def _name_column() -> Column:
    return Column(
        "Name",
        lambda row: str(row.name),
        width=160,
        strong=lambda row: True,
        sort=_person(lambda row: filing_key(row.sort_name)),
    )


def _limit_column() -> Column:
    return Column(
        "Week’s limit",
        _person(lambda row: limit_words(row.limit)),
        width=176,
        sort=_person(lambda row: None if row.limit is None else row.limit.used / max(1, row.limit.limit)),
        tip=_person(lambda row: limit_tip(row.limit)),
    )


def limit_tip(one: Measure | None) -> str:
    """The rule behind a limit."""
    if one is None:
        return "No pack of theirs limits the week"
    return f"{one.pack.title}: {one.rule.title}, {left_words(one)}"


def _longest() -> Head:
    return Head(
        "longest",
        Column(
            "Longest day",
            _person(lambda row: duration_text(row.longest)),
            width=92,
            right=True,
            sort=_person(lambda row: row.longest),
            tip=_person(lambda row: "Longest span from first arrival to last departure"),
        ),
    )


def _least_rest() -> Head:
    def words(row: PersonWeek) -> str:
        rest = row.least_rest
        return duration_text(rest) if rest is not None and rest <= LONG_REST else ""

    return Head(
        "rest",
        Column(
            "Least rest",
            _person(words),
            width=84,
            right=True,
            sort=_person(lambda row: row.least_rest),
            tip=_person(lambda row: "Shortest rest before a day of the week"),
        ),
    )


def _breaks() -> Head:
    def words(row: PersonWeek) -> str:
        return "not planned" if row.breaks is None else _hours(row.breaks)

    return Head(
        "breaks",
        Column(
            "Breaks",
            _person(words),
            width=84,
            right=True,
            sort=_person(lambda row: row.breaks),
            token=lambda row: "text3" if isinstance(row, PersonWeek) and row.breaks is None else "text",
            tip=_person(lambda row: "Planned short breaks; they are work"),
        ),
    )


def _reading_heads() -> list[Head]:
    def of(give: Callable[[Any], str]) -> Callable[[Any], str]:
        return _person(lambda row: give(row.reading) if row.reading else "")

    def hours(one: Any) -> str:
        if one.missing:
            return "not checked"
        if one.used % 60 or one.limit % 60:
            return f"{hours_text(one.used)} of {hours_text(one.limit)}"
        return f"{one.used // 60} of {one.limit // 60}"

    def tip(one: Any) -> str:
        planned = f", {hours_text(one.planned)} more planned" if one.planned else ""
        return f"{one.rules.pack.title}: hours up to this day{planned}"

    return [
        Head(
            "reading",
            Column(
                "Reading",
                of(hours),
                width=84,
                right=True,
                sort=_person(lambda row: row.reading.used if row.reading else None),
                token=lambda row: (
                    _token(row.reading.state) if isinstance(row, PersonWeek) and row.reading else "text"
                ),
                tip=_person(lambda row: tip(row.reading) if row.reading else ""),
            ),
        ),
        Head(
            "readings",
            Column(
                "Readings",
                of(lambda one: f"{one.readings} of {one.readings_limit}" if one.readings_limit else ""),
                width=76,
                right=True,
                sort=_person(lambda row: row.reading.readings if row.reading else None),
            ),
        ),
        Head(
            "window",
            Column(
                "Days left",
                of(lambda one: f"{one.days_left} of {one.window_days}" if one.days_left is not None else ""),
                width=80,
                right=True,
                sort=_person(lambda row: row.reading.days_left if row.reading else None),
                tip=_person(lambda row: "Days left of the window in which the reading must lie"),
            ),
        ),
    ]


def _token(state: str) -> str:
    return {"over": "red", "full": "amber", "near": "amber"}.get(state, "text")


# --- painting ------------------------------------------------------------------------------------------------

BAR = 64
"""Width of the bar beside a limit's words."""


class HoursDelegate(RowDelegate):
    """Rows with the limit as a calm bar and words, a line above the totals, and a frame round the current cell."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, HoursModel)
        box: QRect = option.rect
        if isinstance(model.rows[index.row()], TotalLine):
            painter.fillRect(box.left(), box.top() - 1, box.width(), 1, color("line2"))
        view = option.widget
        if isinstance(view, RowTable) and view.hasFocus() and view.currentIndex() == index:
            painter.save()
            painter.setPen(QPen(color("accentText"), 1))
            painter.drawRect(box.adjusted(3, 3, -4, -5))
            painter.restore()

    def _contents(self, painter: QPainter, box: QRect, row: Any, column: Column, selected: bool) -> None:
        limit = row.limit if isinstance(row, PersonWeek) else None
        if column.head != "Week’s limit" or limit is None:
            super()._contents(painter, box, row, column, selected)
            return
        paint_bar(
            painter, QRectF(box.left() + 12, box.center().y() - 2, BAR, 5), limit.used, limit.limit, limit.state
        )
        painter.setFont(font(13))
        painter.setPen(color(_token(limit.state)))
        words = QRectF(box.left() + BAR + 20, box.top(), box.width() - BAR - 24, box.height() - 1)
        shown = painter.fontMetrics().elidedText(
            column.text(row), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def paint_bar(painter: QPainter, box: QRectF, used: int, limit: int, state: str) -> None:
    """How much of a limit is used: calm until it is near, amber from then on, red beyond."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("line"))
    painter.drawRoundedRect(box, 2.5, 2.5)
    share = min(1.0, used / limit) if limit > 0 else 1.0
    if share > 0:
        painter.setBrush(
            color({"over": "redMark", "full": "amberMark", "near": "amberMark"}.get(state, "text3"))
        )
        painter.drawRoundedRect(
            QRectF(box.left(), box.top(), max(5.0, box.width() * share), box.height()), 2.5, 2.5
        )


# --- out of the table ----------------------------------------------------------------------------------------


def matches(row: PersonWeek, text: str) -> bool:
    """Whether every word typed begins a word of the name."""
    words = fold(f"{row.name} {row.sort_name}").replace(",", " ").split()
    return all(any(word.startswith(asked) for word in words) for asked in fold(text).split())


def cells(columns: Sequence[Column], rows: Sequence[Any]) -> list[list[str]]:
    """Head and rows as text, as shown."""
    return [
        [column.head for column in columns],
        *([column.text(row).replace("\t", " ") for column in columns] for row in rows),
    ]


def as_text(columns: Sequence[Column], rows: Sequence[Any]) -> str:
    """Tab-separated lines under a head, what a spreadsheet or a mail takes."""
    return "\n".join("\t".join(line) for line in cells(columns, rows)) + f"\n{AID}\n"
