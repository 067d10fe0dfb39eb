"""Today: what is next, who is out and who covers, what is due, what changed, the week, unanswered notes.

Answers "what, who, when" without a click; every row leads to where it is dealt with. Notes can be answered here.
What the rows say is made in `today_cards`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from stagecraft.domain.times import DAY_CUT, date_text, long_date_text, wall
from stagecraft.queries.day_strip import StripLane, day_lanes
from stagecraft.queries.outs import out_rows
from stagecraft.queries.paper import next_version
from stagecraft.queries.performances import bench_rows, performance_rows
from stagecraft.queries.reports import report_rows
from stagecraft.queries.today import (
    Doing,
    OpenNote,
    doing_rows,
    due_rows,
    next_working_day,
    unanswered_rows,
    week_row,
)
from stagecraft.services.history import history_rows
from stagecraft.services.notes import AnswerNote, FinishNote
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.finding_walk import FindingWalk
from stagecraft.ui.page import Action, EmptyState, Page
from stagecraft.ui.pages import today_cards
from stagecraft.ui.pages.calendar_flags import mark_blocks
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.card_rows import RowsCard
from stagecraft.ui.widgets.day_strip import DayStrip
from stagecraft.ui.widgets.fields import LineEdit
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import Card, Ground, rule
from stagecraft.ui.widgets.week_strip import WeekStrip

WIDEST = 1352
TICK_MS = 15_000
"""The now-line moves four times a minute."""


class TodayPage(Page):
    """The first page of the day."""

    name, title, icon = "today", "Today", "today"
    tables = frozenset(
        {
            "event", "event_unit", "call", "performance", "performance_cast", "availability", "assignment",
            "person", "production", "space", "venue", "milestone", "contract", "contract_option",
            "contract_deadline", "rider", "report", "note", "scene", "musical_number", "track", "role", "issue",
            "house", "cover_readiness",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.remove_header()
        self.setAccessibleName("Today")
        self._since_ms: int | None = None
        self._opened_ms = desk.clock.utc_ms()
        self._lanes: list[StripLane] = []
        self._doing: list[Doing] = []
        self._print_for: Doing | None = None
        self._report_for: Doing | None = None
        self._call_for: tuple[date, int] | None = None
        self._columns = 0
        self.doors = today_cards.Doors(desk.open_page, self._begin_answer, self._finish)
        self.set_content(
            self._build(),
            empty=EmptyState(
                "today",
                "Nothing to do yet",
                "Today shows the day’s calls by room, who is out, what is due and what changed. "
                "It begins with a production.",
                [
                    ("Start a production", desk.production_wanted.emit),
                    ("Put people on file", lambda: desk.open_page("company")),
                ],
            ),
        )
        self._arrange()  # before anything is loaded: a card without a place would be a window of its own
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        desk.rules.changed.connect(self._on_rules)

    # --- building ------------------------------------------------------------------------------------------

    def _build(self) -> QWidget:
        inside = Ground("none")
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        across.addWidget(column, 10_000)
        across.addStretch(1)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(24, 16, 24, 12)
        self._column.setSpacing(12)
        self._column.addLayout(self._head())
        self.strip = DayStrip()
        self.strip.opened.connect(lambda event: self.desk.open_page("calendar", event=event))
        self._column.addWidget(self.strip)
        self._make_cards()
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

    def _head(self) -> QGridLayout:
        self.date_label = Label("", "big")
        self.sentence = Label("", "body", tone="text2", wrap=True)
        self.print_button = Button("Print", icon="paper", on_click=self._print)
        self.report_button = Button("Report", icon="reports", on_click=self._report)
        self.call_button = Button("Next call", icon="calendar", on_click=self._call)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(8)
        for button in (self.print_button, self.report_button, self.call_button):
            self._deeds.addWidget(button)
        self._head_grid = QGridLayout()
        self._head_grid.setHorizontalSpacing(16)
        self._head_grid.setVerticalSpacing(2)
        self._head_grid.setColumnStretch(0, 1)
        self._head_grid.addWidget(self.date_label, 0, 0)
        self._head_grid.addWidget(self.sentence, 1, 0, 1, 2)
        self._head_grid.addLayout(self._deeds, 0, 1)
        return self._head_grid

    def _make_cards(self) -> None:
        page = self.desk.open_page
        self.outs = RowsCard("Out and covered", "Calendar", lambda: page("calendar"), "Everybody is on.")
        self.due = RowsCard(
            "Due and overdue", "Contracts", lambda: page("contracts"), "Nothing is due in 60 days."
        )
        self.changes = RowsCard("Changed", "History", lambda: page("history"), "Nothing has changed.")
        self.notes = RowsCard(
            "Unanswered notes", "Reports", lambda: page("reports"), "Every note is answered.", shown=3
        )
        self.week = Card("This week", link="Calendar", on_link=lambda: page("calendar"), flush=True)
        self.week_strip = WeekStrip()
        self.week_strip.opened.connect(self._open_day)
        self.week.add(self.week_strip)
        self.week.add(rule())
        self.ahead = ElidedLabel("", "secondary")
        self.ahead.setFixedHeight(30)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.ahead)
        self.week.body.addLayout(row)

    def _arrange(self) -> None:
        """Three cards of 352 become two, then one."""
        width = self.width()
        columns = 3 if width >= 960 else 2 if width >= 640 else 1
        if columns == self._columns:
            return
        self._columns = columns
        for card in (self.outs, self.due, self.changes, self.week, self.notes):
            self._grid.removeWidget(card)
        places = {
            3: ((self.outs, 0, 0, 1), (self.due, 0, 1, 1), (self.changes, 0, 2, 1), (self.week, 1, 0, 2),
                (self.notes, 1, 2, 1)),
            2: ((self.outs, 0, 0, 1), (self.due, 0, 1, 1), (self.week, 1, 0, 2), (self.changes, 2, 0, 1),
                (self.notes, 2, 1, 1)),
            1: ((self.outs, 0, 0, 1), (self.due, 1, 0, 1), (self.notes, 2, 0, 1), (self.week, 3, 0, 1),
                (self.changes, 4, 0, 1)),
        }[columns]  # fmt: skip
        for card, row, column, span in places:
            self._grid.addWidget(card, row, column, 1, span)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._head_grid.removeItem(self._deeds)
        if columns == 1 or width < 860:
            self._head_grid.addLayout(self._deeds, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
            self._deeds.setContentsMargins(0, 6, 0, 0)
        else:
            self._head_grid.addLayout(self._deeds, 0, 1)
            self._deeds.setContentsMargins(0, 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._timer.start()
        self.tick()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # --- loading -------------------------------------------------------------------------------------------

    def load(self) -> None:
        productions = self.desk.productions
        self.show_empty(not productions)
        if not productions:
            return
        day = self.desk.date
        self.date_label.setText(long_date_text(day))
        self._doing = self.desk.read(doing_rows, day, productions)
        self._lanes = self.desk.read(day_lanes, day, productions)
        self._show_strip()
        self._load_cards(day)
        self._load_buttons(day)
        self.tick()

    def _on_rules(self) -> None:
        if self.isVisible():
            self._show_strip()

    def _show_strip(self) -> None:
        """The day by room, each call with the worst of its flags; again when the work rules know more."""
        if self.desk.productions:
            mark_blocks(self._lanes, [*FindingWalk(self.desk).clashes(), *self.desk.rules.week().flags])
            self.strip.set_lanes(self._lanes)

    def _load_cards(self, day: date) -> None:
        productions = self.desk.productions
        outs = self.desk.read(out_rows, day, productions)
        self.outs.set_items(today_cards.out_items(outs, self.doors), self._bench(day))
        if self.desk.may_see("Management"):
            due = self.desk.read(due_rows, day, productions)
            self.due.set_items(today_cards.due_items(due, self.doors))
        self.due.setVisible(self.desk.may_see("Management"))
        self._load_changes()
        notes = self.desk.read(unanswered_rows, productions, max(day, self.desk.today))
        self.notes.take_away()
        self.notes.set_items(today_cards.note_items(notes, self.doors))
        week = self.desk.read(week_row, day, self._now(), productions)
        self.week_strip.set_days(week.days, day)
        to_go = words.count_text(week.to_go, "performance") + " to go" if week.to_go else ""
        hours = [
            f"{today_cards.hours_words(minutes)} rehearsal" + (f" in {name}" if len(week.rehearsal) > 1 else "")
            for name, minutes in week.rehearsal.items()
        ]
        self.week.count.setText(" · ".join(part for part in (to_go, *hours) if part))
        self.ahead.setText("     ".join(week.ahead[:4]))
        self.ahead.setVisible(bool(week.ahead))

    def _load_changes(self) -> None:
        since = self._since_ms
        if since is None:
            since = self._opened_ms - 24 * 60 * 60 * 1000
        rows = [
            row
            for row in history_rows(self.desk.engine, limit=200)
            if row.at_ms >= since
            and (row.kind in ("do", "import") or "document" in row.params)  # an issue is news too
            and not row.undone
        ]
        people: dict[str, int] = {}
        for row in rows:
            people[row.who] = people.get(row.who, 0) + 1
        by = " · ".join(f"{who} {count}" for who, count in people.items() if who)
        self.changes.title.setText(f"Changed since {today_cards.since_words(since, self.desk.today)}")
        self.changes.set_items(today_cards.change_items(rows, self.doors), f"By {by}" if by else "")

    def _bench(self, day: date) -> str:
        """`Bench tonight  F 1 Tess   M 2 Rory, Will`, of the day’s last performance."""
        shows = [
            show
            for show in self.desk.read(
                performance_rows,
                wall(day, DAY_CUT),
                wall(day + timedelta(days=1), DAY_CUT),
                self.desk.productions,
                marks=False,
            )
            if show.state != "cancelled" and show.type != "presentation"
        ]
        if not shows:
            return ""
        coming = next((show for show in shows if show.ends_wall > self._now()), shows[-1])
        bench = self.desk.read(bench_rows, coming.id)
        groups = [f"{one.group} {len(one.people)} {', '.join(one.people)}".rstrip() for one in bench]
        return f"Bench at {coming.name}   {'   '.join(groups)}" if groups else ""

    # --- now -----------------------------------------------------------------------------------------------

    def _now(self) -> int:
        """Wall minute on the house's clock."""
        return self.desk.now_wall()

    def tick(self) -> None:
        """Move the now-line and the sentence on."""
        if not self.desk.productions:
            return
        now = self._now()
        here = self.desk.date == self.desk.today or self._small_hours(now)
        self.strip.set_now(now if here else None)
        self.sentence.setText(
            today_cards.sentence(self._doing, today_cards.next_words(self._moments(), now) if here else "")
        )
        self._show_primary(now, here=here)

    def _small_hours(self, now: int) -> bool:
        return wall(self.desk.date, DAY_CUT) <= now < wall(self.desk.date + timedelta(days=1), DAY_CUT)

    def _moments(self) -> list[tuple[int, str]]:
        moments: list[tuple[int, str]] = []
        for lane in self._lanes:
            moments += [(starts, "lunch" if starts % 1440 < 960 else "dinner") for starts, _ in lane.meals]
            for block in lane.blocks:
                if block.state == "cancelled":
                    continue
                if block.half_hour_wall is not None:
                    moments.append((block.half_hour_wall, f"half hour for {block.title}"))
                moments.append((block.starts_wall, block.title))
        return moments

    # --- the three things usually done ---------------------------------------------------------------------

    def _load_buttons(self, day: date) -> None:
        show = next((row for row in self._doing if row.shows), None)
        work = next((row for row in self._doing if row.starts_wall is not None), None)
        self._print_for = show or work
        tonight = show is not None and day == self.desk.today and show.shows[-1][1] % 1440 >= 17 * 60
        when = "tonight’s" if tonight else "today’s" if day == self.desk.today else f"{day:%A}’s"
        self.print_button.set_text(f"Print {when} sheet")
        self.print_button.setVisible(self._print_for is not None)
        self._report_for = next((row for row in self._doing if row.day_number), None) or work
        self.report_button.setVisible(self._report_for is not None)
        if self._report_for is not None:
            reports = self.desk.read(report_rows, (self._report_for.production_id,), "rehearsal")
            of_day = next((one for one in reports if one.on_date == day), None)
            number = of_day.number if of_day else max((one.number for one in reports), default=0) + 1
            self._report_id = of_day.id if of_day else None
            self.report_button.set_text(f"{'Open' if of_day else 'Start'} report #{number}")
        self._load_call(day)

    def _load_call(self, day: date) -> None:
        """The next day on which the production looked at first works: its call is issued on Paper."""
        ids = [row.production_id for row in self._doing if row.day_number] or list(self.desk.productions)
        found = [(on, one) for one in ids if (on := self.desk.read(next_working_day, one, day)) is not None]
        self._call_for = min(found, default=None)
        if self._call_for is None:
            self.call_button.set_text("Plan a call")
            self.call_button.setToolTip("Nothing is called in the next three weeks")
        else:
            on, production = self._call_for
            version = self.desk.read(next_version, production, "daily-call", on.isoformat())
            self.call_button.set_text(
                f"Issue {on:%A}’s call" if version == 1 else f"{on:%A}’s call v{version - 1}"
            )
            self.call_button.setToolTip(f"The daily call of {date_text(on)}, on Paper")

    def _show_primary(self, now: int, *, here: bool) -> None:
        """What is usually done at this hour: the sheet; an hour before the end the next call; then the report."""
        ends = [row.ends_wall for row in self._doing if row.day_number and row.ends_wall is not None]
        chosen = self.print_button if self._print_for is not None else self.call_button
        if here and ends and now >= max(ends):
            chosen = self.report_button
        elif here and ends and now >= max(ends) - 60:
            chosen = self.call_button
        for button in (self.print_button, self.report_button, self.call_button):
            button.set_variant("primary" if button is chosen else "normal")

    def _print(self) -> None:
        if self._print_for is not None:
            self._paper(self._print_for.production_id, self.desk.date, printing=True)

    def _call(self) -> None:
        if self._call_for is None:
            self.desk.open_page("calendar")
        else:
            on, production = self._call_for
            self._paper(production, on)

    def _report(self) -> None:
        if self._report_for is None:
            return
        self.desk.open_page("reports", report=self._report_id, production=self._report_for.production_id)

    def _paper(self, production: int, day: date, *, printing: bool = False) -> None:
        self.desk.open_page("paper", document="daily-call", production=production, date=day, printing=printing)

    def _open_day(self, day: date) -> None:
        self.desk.date = day
        self.desk.open_page("calendar")

    # --- answering a note ----------------------------------------------------------------------------------

    def _begin_answer(self, note: OpenNote) -> None:
        """Open a field below the note; Enter writes the answer, Esc leaves it open."""
        field = LineEdit(placeholder=f"Answer from {note.department}", name=f"Answer to {note.code}")
        field.committed.connect(lambda text: self._answer(note, str(text)))
        holder = AnswerLine(field, lambda: self._end_answer(note))
        self.notes.put_below(str(note.note_id), holder)
        field.setFocus()

    def _answer(self, note: OpenNote, text: str) -> None:
        if text.strip():
            self.desk.do(AnswerNote(note.note_id, text), self.name)

    def _end_answer(self, note: OpenNote) -> None:
        self.notes.take_away()
        if (row := self.notes.row(str(note.note_id))) is not None:
            row.setFocus()

    def _finish(self, note: OpenNote) -> None:
        self.desk.do(FinishNote(note.note_id), self.name)

    # --- the window ----------------------------------------------------------------------------------------

    def actions(self) -> list[Action]:
        return [
            Action("today.print", "Print the day’s sheet", self._print, "", "paper", "Page", words="tonight"),
            Action("today.report", "Report of the day", self._report, "", "reports", "Page", words="start"),
            Action("today.call", "The next call", self._call, "", "calendar", "Page", words="tomorrow issue"),
            Action(
                "today.weeks", "Add performances by the week…", self.add_weeks, "", "whoson", "Page",
                lambda: bool(self.desk.productions), words="pattern curtain shows", separator=True,
            ),
        ]  # fmt: skip

    def add_weeks(self) -> None:
        """Open the inspector on the weekly pattern of performances."""
        from stagecraft.ui.pages.performance_weeks import PerformanceWeeks

        self.open_inspector(PerformanceWeeks(self.desk, self._open_day))

    def save_layout(self) -> dict[str, Any]:
        return {"seen_ms": self.desk.clock.utc_ms()}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        seen = layout.get("seen_ms")
        if isinstance(seen, int):
            self._since_ms = seen


class AnswerLine(QWidget):
    """A field in a row of its own; Esc gives it up."""

    def __init__(self, field: LineEdit, give_up: Any) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 8)
        row.addWidget(field)
        self._give_up = give_up

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)
