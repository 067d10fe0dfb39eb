"""The menus of the calendar page: what can be done to calls, to empty ground, and by how much to shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from stagecraft.domain.times import DAY, day_text, work_day
from stagecraft.queries.calendar import EventRow
from stagecraft.ui import words
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.pages.calendar_contents import shift_choices
from stagecraft.ui.widgets.week_gestures import DRAWN_AT_ONCE

if TYPE_CHECKING:
    from stagecraft.ui.pages.calendar_page import CalendarPage


def page_actions(page: CalendarPage) -> list[Action]:
    """What can be done on the page: its menu, keys and lines of the command bar."""
    view = page.view

    def some() -> bool:
        return bool(view.selection)

    def zoom(by: int) -> Callable[[], None]:
        return lambda: view.set_zoom(view.hour_height + by)

    return [
        Action("calendar.new", "New call", page.new_call, "N", "plus", "Page", words="event rehearsal add"),
        Action("calendar.remove", "Remove or cancel call", page.remove, "Del", "trash", "Page", some),
        Action("calendar.shift", "Shift by…", page.shift, "Ctrl+Alt+Right", "today", "Page", some, words="move"),
        Action("calendar.breaks", "Plan the breaks…", page.plan_breaks, "B", "", "Page", some, words="meal"),
        Action("calendar.copy", "Copy calls", page.copy, "Ctrl+C", "copy", "Page", some, separator=True),
        Action("calendar.cut", "Cut calls", page.cut, "Ctrl+X", "", "Page", some),
        Action("calendar.paste", "Paste calls", page.paste, "Ctrl+V", "", "Page", lambda: page.hands.clip is not None),
        Action("calendar.copy_day", "Copy the whole day", page.copy_day, "Ctrl+Shift+C", "", "Page"),
        Action("calendar.all", "Select all calls of the week", page.select_all, "Ctrl+A", "", "Page"),
        Action(
            "calendar.unavailable", "Someone is unavailable…", page.add_absence, "", "person", "Page",
            words="absence conflict blackout room", separator=True,
        ),
        Action(
            "calendar.weeks", "Add performances by the week…", page.add_weeks, "", "whoson", "Page",
            words="pattern curtain shows",
        ),
        Action("calendar.tray", "Scene tray", page.toggle_tray, "", "tray", "View", checked=lambda: page.tray.is_open),
        Action("calendar.taller", "Taller hours", zoom(8), "Ctrl++ | Ctrl+=", "", "View"),
        Action("calendar.shorter", "Shorter hours", zoom(-8), "Ctrl+-", "", "View"),
    ]  # fmt: skip


def page_hits(page: CalendarPage, text: str) -> list[Hit]:
    """Lines of the command bar for `call …`."""
    named = text[5:].strip()
    if not text.casefold().startswith("call ") or not named or page.tray_production is None:
        return []
    when = day_text(page.desk.date)
    return [Hit(f"New call “{named}”", partial(page.new_named, named), when, "call", "calendar", 80)]


def context_menu(page: CalendarPage, at: int) -> QMenu:
    """The menu at a wall minute: of the selected calls, else of the empty ground there."""
    menu = _menu(page)
    rows = page.selected()
    if rows:
        _fill_calls(page, menu, rows)
    else:
        _fill_ground(page, menu, at)
    return menu


def shift_menu(page: CalendarPage) -> QMenu:
    """By how much the selected calls are shifted."""
    menu = _menu(page)
    _fill_shift(page, menu)
    return menu


def _menu(page: CalendarPage) -> QMenu:
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _fill_shift(page: CalendarPage, menu: QMenu) -> None:
    for text, minutes in shift_choices():
        if minutes in (-15, DAY):
            menu.addSeparator()
        menu.addAction(text, partial(page.nudge, minutes, 0))


def _fill_calls(page: CalendarPage, menu: QMenu, rows: Sequence[EventRow]) -> None:
    one = len(rows) == 1
    _add(menu, "Copy call" if one else f"Copy {len(rows)} calls", page.copy, "Ctrl+C")
    _add(menu, "Copy the whole day", page.copy_day, "Ctrl+Shift+C")
    _add(menu, "Cut", page.cut, "Ctrl+X")
    _add(menu, "Paste", page.paste, "Ctrl+V", page.hands.clip is not None)
    menu.addSeparator()
    _fill_shift(page, menu.addMenu("Shift by…"))
    if one and rows[0].performance_id is None:
        menu.addAction("Next free slot", page.panel.move_to_free_slot)
        _add(menu, "Plan the breaks…", page.plan_breaks, "B")
    menu.addSeparator()
    menu.addAction(
        "Someone is unavailable then…", partial(page.open_absence, rows[0].starts_wall, rows[-1].ends_wall)
    )
    menu.addSeparator()
    _add(menu, removal_words(rows), page.remove, "Del")


def removal_words(rows: Sequence[EventRow]) -> str:
    """What Del does to these calls."""
    one = len(rows) == 1
    if all(row.state == "cancelled" for row in rows):
        return "Put on again"
    if all(row.state == "draft" and row.performance_id is None for row in rows):
        return "Remove call" if one else f"Remove {len(rows)} calls"
    return "Cancel call" if one else f"Remove or cancel {len(rows)} calls"


def _fill_ground(page: CalendarPage, menu: QMenu, at: int) -> None:
    starts = at // 15 * 15
    when = f"{day_text(work_day(starts))}, {words.time_text(starts)}"
    ask = partial(page.view.gestures.ask_name, starts, starts + DRAWN_AT_ONCE, drawn=False)
    menu.addAction(f"New call on {when}", ask)
    _add(menu, "Paste", partial(page.paste_on, work_day(at)), "Ctrl+V", page.hands.clip is not None)
    menu.addSeparator()
    menu.addAction("Someone is unavailable then…", partial(page.open_absence, starts, starts + 120))


def _add(menu: QMenu, text: str, run: Callable[[], object], shortcut: str, enabled: bool = True) -> None:
    action = menu.addAction(text, run)
    action.setShortcut(shortcut)
    action.setShortcutVisibleInContextMenu(True)
    action.setEnabled(enabled)
