"""The calendar: a week of calls with the scene tray at its left and the selected call in the inspector.

What is done to calls lives in `calendar_hands`, the live check of a drag in `calendar_check`, the words of the week
in `calendar_contents`, the painted view in `ui.widgets.week_view`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stagecraft.domain.times import date_of, monday, wall, work_day, work_day_span
from stagecraft.queries.calendar import EventRow, event_row
from stagecraft.queries.calendar_week import DAYS
from stagecraft.ui.desk import Desk
from stagecraft.ui.page import Action, EmptyState, Hit, Page
from stagecraft.ui.pages.calendar_check import CalendarCheck
from stagecraft.ui.pages.calendar_contents import (
    WHOLE_DAY_KINDS,
    WeekFilter,
    default_starts,
    week_contents,
    week_range,
)
from stagecraft.ui.pages.calendar_filter import FilterButton
from stagecraft.ui.pages.calendar_flag_section import EventFlags, flags_at
from stagecraft.ui.pages.calendar_hands import CalendarHands
from stagecraft.ui.pages.calendar_inspector import EventInspector
from stagecraft.ui.pages.calendar_menus import context_menu, page_actions, page_hits, shift_menu
from stagecraft.ui.pages.calendar_reading import CalendarReading
from stagecraft.ui.pages.calendar_several import SeveralInspector
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.scene_tray import SceneTray
from stagecraft.ui.widgets.week_gestures import DRAWN_AT_ONCE
from stagecraft.ui.widgets.week_view import WeekView

TRAY_OVER = 850
"""Page width from which the tray has room beside seven days."""


WARM_AFTER_MS = 1000


class CalendarPage(Page):
    """Week view of the productions chosen in the switcher."""

    name, title, icon = "calendar", "Calendar", "calendar"
    least = 900  # tray, hours and seven days: the rail folds before the tray does
    tables = frozenset(
        {
            "event", "event_unit", "call", "availability", "attendance", "person", "scene", "musical_number", "space",
            "venue", "assignment", "participation", "track", "role", "job", "production", "performance",
            "performance_cast", "contract", "issue", "block", "acceptance",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.reading = CalendarReading(desk)
        self.check = CalendarCheck(desk)
        self.hands = CalendarHands(desk, self.check)
        self.filter = WeekFilter()
        self.hidden = 0
        self._absent: tuple[set[int], set[int]] = set(), set()
        self._tray_wanted = True
        self._folding = False
        self._build()
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(30_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _build(self) -> None:
        self.range = Label("", "body", tone="text2")
        self.header.add_left(self.range)
        self.filter_button = FilterButton(self.desk, self.filter, self.load)
        self.header.add_right(self.filter_button)
        self.add_button = self.header.add_right(
            Button("Call", icon="plus", tip="New call (N)", on_click=self.new_call)
        )
        self.tray = SceneTray()
        self.view = WeekView()
        self.view.check = self.check
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tray)
        row.addWidget(self.view, 1)
        self.set_content(
            content,
            empty=EmptyState(
                "calendar",
                "No production yet",
                "Here the week is planned: draw calls, drop scenes on days, see at once who would be in two places.",
                [("Start a production", self.desk.production_wanted.emit)],
            ),
        )
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        view = self.view
        view.selection_changed.connect(self._on_selection)
        view.opened.connect(self._on_opened)
        view.let_go.connect(self._open_selection)
        view.moved.connect(self._on_moved)
        view.stretched.connect(self.hands.stretch)
        view.created.connect(self._on_created)
        view.scene_dropped.connect(self._on_scene_dropped)
        view.dragging.connect(self._on_dragging)
        view.menu_asked.connect(self._on_menu)
        view.turn_asked.connect(self.step)
        view.day_chosen.connect(self._go_to)
        view.nudged.connect(self.nudge)
        self.tray.production_wanted.connect(self._on_tray_production)
        self.tray.list.wanted.connect(self._on_scene_wanted)
        self.tray.opened.connect(self._on_tray_opened)
        self.desk.rules.changed.connect(self._on_rules)
        self.check.rules.told.connect(view.gestures.tell_again)

    @cached_property
    def panel(self) -> EventInspector:
        """The inspector of one call, made when it is first wanted."""
        panel = EventInspector(self.desk, self.hands)
        panel.flags.focus_lost.connect(self.view.setFocus)  # the repair that was pressed goes with its flag
        return panel

    @cached_property
    def several(self) -> SeveralInspector:
        """The inspector of several calls."""
        return SeveralInspector(self.hands, lambda: shift_menu(self))

    @property
    def tray_production(self) -> int | None:
        """Whose scenes lie in the tray; new calls are that production's."""
        return self.reading.tray_production

    # --- loading -------------------------------------------------------------------------------------------

    @property
    def monday(self) -> date:
        """First day of the week shown."""
        return monday(self.desk.date)

    def load(self) -> None:
        """Read what has changed since it was read last; another day of the same week reads nothing."""
        self.show_empty(not self.desk.productions)
        people, rooms = self.filter.people | self._absent[0], self.filter.rooms | self._absent[1]
        if self.reading.read(self.monday, people, rooms) and "panel" in self.__dict__:
            self.panel.forget_choices()
        self.check.week = self.reading.week
        self._load_tray()
        self._show()

    def _show(self) -> None:
        week = self.check.week
        if week is None:
            return
        at = self.desk.now_wall()
        first, last = work_day_span(self.monday, DAYS)
        productions = [row for row in self.desk.all_productions() if row.id in self.desk.productions]
        self.view.chosen_day = self.desk.date
        contents, self.hidden = week_contents(
            week,
            productions,
            self.filter,
            self.desk.today,
            at if first <= at < last else None,
            self.reading.finals(),
            self.desk.rules.week(),
            self.reading.breaks,
        )
        self.view.show_week(contents)
        self.range.setText(week_range(self.monday))
        self.filter_button.refresh()
        self.filter_changed.emit()
        self._fill_inspector()

    def _on_rules(self) -> None:
        """The work rules of the week are known, or say something else now."""
        week = self.check.week
        if (
            self.isVisible()
            and not self.view.gestures.active
            and week is not None
            and week.monday == self.monday
        ):
            self._show()

    def _load_tray(self) -> None:
        rows = [row for row in self.desk.all_productions() if row.id in self.desk.productions]
        found = self.reading.tray(rows)
        self.tray.set_productions([(row.id, row.code, row.colour) for row in rows], self.tray_production)
        self.check.tray = found
        self.tray.list.set_rows(found, self.desk.today)
        self.view.names = [f"{row.number} {row.name}" for row in found]

    def _tick(self) -> None:
        now = self.desk.now_wall()
        if self.isVisible() and self.monday <= date_of(now) < self.monday + timedelta(days=DAYS):
            self.view.set_now(now)

    # --- selection and inspector ---------------------------------------------------------------------------

    def selected(self) -> list[EventRow]:
        """Selected events as rows, by start."""
        week = self.check.week
        return [event for event in week.events if event.id in self.view.selection] if week else []

    def _on_selection(self) -> None:
        rows = self.selected()
        if not rows:
            self.close_inspector()
            return
        self._fill_inspector()
        if not self.view.gestures.pressed:
            self._open_selection()

    def _open_selection(self) -> None:
        """The inspector opens when the mouse is let go: opened earlier it would move the days under the hand."""
        rows = self.selected()
        if rows:
            self.open_inspector(self.panel if len(rows) == 1 else self.several)

    def _fill_inspector(self) -> None:
        week, rows = self.check.week, self.selected()
        if week is None or not rows:
            return
        if len(rows) == 1:
            row, calls = rows[0], week.calls.get(rows[0].id, [])
            self.panel.show_event(
                row,
                calls,
                flags_at(row.id, calls, week.findings, self.reading.accepted, self.desk.rules.week()),
                self.reading.finals().get(row.id, ""),
                self.reading.breaks.get(row.id),
            )
        else:
            self.several.show_events(rows, [*week.findings, *self.desk.rules.week().flags])

    def _on_opened(self, event: int) -> None:
        self.view.select({event})
        self.open_inspector(self.panel)
        self.panel.begin_editing()

    # --- what the view asks for ----------------------------------------------------------------------------

    def _on_moved(self, ids: list[int], by: int, copy: bool) -> None:
        rows = self._rows_of(ids)
        made = self.hands.move(rows, by, copy=copy)
        if made:
            self.view.select(made)
        self._follow_to(rows[0].starts_wall + by if rows else None)

    def _on_dragging(self, event: int, starts: int, ends: int) -> None:
        if not event:
            self.check.rules.end()
        if "panel" in self.__dict__:
            self.panel.follow_drag(event, starts, ends)

    def _rows_of(self, ids: list[int]) -> list[EventRow]:
        week = self.check.week
        known = {event.id: event for event in week.events} if week else {}
        rows = [known.get(event) or self.desk.read(event_row, event) for event in ids]
        return [row for row in rows if row is not None]

    def _follow_to(self, at: int | None) -> None:
        """Keep a call that was moved out of the week in sight."""
        if at is not None and not self.monday <= work_day(at) < self.monday + timedelta(days=DAYS):
            kept = set(self.view.selection)
            self.desk.date = work_day(at)
            self.view.select(kept)

    def nudge(self, by: int, end_by: int) -> None:
        rows = self.selected()
        if end_by:
            self.hands.end_by(rows, end_by)
        elif rows:
            self.hands.move(rows, by, copy=False)
            self._follow_to(rows[0].starts_wall + by)

    def _on_created(self, starts: int, ends: int, text: str, drawn: bool) -> None:
        if self.tray_production is None:
            self.desk.say("Start a production first: a call belongs to one.")
            return
        made = self.hands.create(self.tray_production, starts, ends, text, drawn, self.check.tray)
        self._select_made(made)

    def _on_scene_dropped(self, scene: int, starts: int) -> None:
        self._select_made(self.hands.drop_scene(scene, starts))

    def _on_scene_wanted(self, scene: int) -> None:
        self._select_made(self.hands.drop_scene(scene, self._next_start()))

    def _next_start(self) -> int:
        """Where a new call goes on the chosen day."""
        return default_starts(self.desk.date, self.check.week.events if self.check.week else [])

    def _select_made(self, made: int | None) -> None:
        if made is not None:
            self.view.select({made})
            self.view.reveal(made)

    def _go_to(self, day: date) -> None:
        self.desk.date = day

    def _on_tray_production(self, production: int) -> None:
        self.reading.tray_production = production
        self._load_tray()

    def new_call(self) -> None:
        """A new call after the selected one, else on the chosen day; its name is typed in place."""
        rows = self.selected()
        after = rows and rows[-1].kind not in WHOLE_DAY_KINDS
        starts = rows[-1].ends_wall if after else self._next_start()
        box = self.view.shape_.box(starts, starts + DRAWN_AT_ONCE)
        if box is not None:
            bar = self.view.verticalScrollBar()
            if not bar.value() <= box.y <= bar.value() + self.view.viewport().height() - 60:
                bar.setValue(box.y - 60)
        self.view.gestures.ask_name(starts, starts + DRAWN_AT_ONCE, drawn=False)

    # --- menu and actions ----------------------------------------------------------------------------------

    def actions(self) -> list[Action]:
        return page_actions(self)

    def copy(self) -> None:
        self.hands.copy(self.selected())

    def cut(self) -> None:
        self.hands.copy(self.selected(), cut=True)

    def paste(self) -> None:
        made = self.hands.paste(self.desk.date)
        if made:
            self.view.select(made)

    def copy_day(self) -> None:
        """Copy every call of the chosen day."""
        rows = self.selected()
        day = rows[0].day if rows else self.desk.date
        week = self.check.week
        self.hands.copy([event for event in week.events if event.day == day] if week else [], whole_day=True)

    def select_all(self) -> None:
        self.view.select(event.id for event in self.view.contents.events)

    def remove(self) -> None:
        self.hands.take_off(self.selected())

    def plan_breaks(self) -> None:
        """Open the selected call on its breaks."""
        if len(self.selected()) == 1:
            self.open_inspector(self.panel)
            self.panel.breaks.begin()

    def shift(self) -> None:
        """Ask by how much, in a menu at the selection."""
        menu = shift_menu(self)
        current = self.view.current
        rect = self.view.rect_of_event(current) if current is not None else self.view.viewport().rect()
        menu.popup(self.view.viewport().mapToGlobal(rect.topRight() + QPoint(8, 0)))

    def toggle_tray(self) -> None:
        self.tray.set_open(not self.tray.is_open)

    def add_absence(self) -> None:
        """Open the inspector on a new absence of the selected call's people, or of anybody."""
        rows = self.selected()
        starts = rows[0].starts_wall if rows else wall(self.desk.date, 10 * 60)
        ends = rows[0].ends_wall if rows else wall(self.desk.date, 18 * 60)
        self.open_absence(starts, ends)

    def open_absence(self, starts: int, ends: int, people: Iterable[int] = ()) -> None:
        from stagecraft.ui.pages.calendar_absence import AbsenceInspector

        panel = AbsenceInspector(self.desk, starts, ends, people or self.filter.people, self._show_absence)
        self.open_inspector(panel)
        panel.begin()

    def add_weeks(self) -> None:
        """Open the inspector on the weekly pattern of performances."""
        from stagecraft.ui.pages.performance_weeks import PerformanceWeeks

        self.open_inspector(PerformanceWeeks(self.desk, self._go_to))

    def _show_absence(self, person: int | None, room: int | None) -> None:
        """Hatch the absences of whom the panel is about; the calls of everybody else stay."""
        self._absent = {person} if person else set(), {room} if room else set()
        self.load()

    def _on_menu(self, place: QPoint, at: int) -> None:
        context_menu(self, at).popup(place)

    def paste_on(self, day: date) -> None:
        """Paste on another day than the chosen one."""
        self.desk.date = day
        self.paste()

    # --- the rest of a page --------------------------------------------------------------------------------

    def step(self, direction: int) -> None:
        self.desk.date = self.desk.date + timedelta(days=DAYS * direction)

    def show_target(self, **target: Any) -> None:
        event = target.get("event")
        if event is not None:
            row = self.desk.read(event_row, event)
            if row is None:
                return
            if not self.monday <= row.day < self.monday + timedelta(days=DAYS):
                self.desk.date = row.day
            if row.production_id not in self.desk.productions:
                self.desk.productions = (*self.desk.productions, row.production_id)
            if not self.filter.shows(row, (self.check.week.calls if self.check.week else {}).get(row.id, [])):
                self.clear_filter()
            self.view.select({event})
            self.view.reveal(event)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if target.get("absence") is not None:
            day = wall(self.desk.date)
            self.open_absence(day + 10 * 60, day + 18 * 60, [target["absence"]])
        if target.get("person") is not None:
            self.filter.people = {target["person"]}
            self.load()

    def commands(self, text: str) -> list[Hit]:
        return page_hits(self, text)

    def new_named(self, text: str) -> None:
        self.desk.open_page(self.name)
        starts = self._next_start()
        self._on_created(starts, starts + DRAWN_AT_ONCE, text, False)

    def hidden_by_filter(self) -> tuple[int, str]:
        return self.hidden, "calls"

    def clear_filter(self) -> None:
        self.filter.hidden_kinds.clear()
        self.filter.people.clear()
        self.filter.rooms.clear()
        self.load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_tray()

    def _fold_tray(self) -> None:
        """The tray closes before the days become too narrow to read."""
        wanted = self._tray_wanted and self.width() >= TRAY_OVER
        if self.tray.is_open != wanted:
            self._folding = True
            self.tray.set_open(wanted)
            self._folding = False

    def _on_tray_opened(self, is_open: bool) -> None:
        if not self._folding:
            self._tray_wanted = is_open

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        if "panel" not in self.__dict__:
            QTimer.singleShot(WARM_AFTER_MS, self, self._warm)

    def _warm(self) -> None:
        """The first call that is taken up shall not wait for its inspector, nor for the check's first question."""
        week = self.check.week
        if week is not None and self.isVisible() and not self.view.gestures.pressed:
            for event in week.events[:1]:
                self.panel.show_event(event, week.calls.get(event.id, []), EventFlags())
                self.check.rehearse(event)

    def save_layout(self) -> dict[str, Any]:
        return {
            "zoom": self.view.hour_height,
            "tray": self._tray_wanted,
            "hidden_kinds": sorted(self.filter.hidden_kinds),
        }

    def restore_layout(self, layout: dict[str, Any]) -> None:
        if isinstance(layout.get("zoom"), int):
            self.view.set_zoom(layout["zoom"])
        if isinstance(layout.get("tray"), bool):
            self._tray_wanted = layout["tray"]
            self.tray.set_open(layout["tray"])
        hidden = layout.get("hidden_kinds")
        if isinstance(hidden, list):
            self.filter.hidden_kinds = {str(kind) for kind in hidden}
