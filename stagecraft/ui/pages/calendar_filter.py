"""The button that narrows the calendar to kinds, people and rooms."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from stagecraft.domain.kinds import KINDS
from stagecraft.queries.calendar_units import person_choice_rows, room_rows
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_contents import WeekFilter
from stagecraft.ui.widgets.buttons import MenuButton

_ABBREVIATIONS = {
    "RH": "Rehearsal",
    "MU": "Music",
    "CH": "Choreography and class",
    "PF": "Performance",
    "TC": "Tech and dress",
    "FT": "Fitting",
    "PR": "Press and photo",
    "MT": "Meeting and other",
    "TR": "Travel",
    "OFF": "Meal",
}
_MOST_PEOPLE = 60


class FilterButton(MenuButton):
    """A menu of kinds with ticks, and of people and rooms to narrow the week to."""

    def __init__(self, desk: Desk, shown: WeekFilter, changed: Callable[[], object]) -> None:
        super().__init__("Filter", self._fill, icon="filter", tip="Show only some kinds, people or rooms")
        self._desk, self._filter, self._changed = desk, shown, changed

    def refresh(self) -> None:
        """Say on the button what is narrowed."""
        names = []
        if self._filter.people:
            rows = self._desk.read(person_choice_rows, self._desk.production or 0, self._desk.date)
            chosen = [name for person, name, _part in rows if person in self._filter.people]
            names.append(chosen[0] if len(chosen) == 1 else f"{len(chosen)} people")
        if self._filter.rooms:
            rooms = [room.name for room in self._desk.read(room_rows) if room.id in self._filter.rooms]
            names.append(rooms[0] if len(rooms) == 1 else f"{len(rooms)} rooms")
        if self._filter.hidden_kinds:
            names.append("some kinds")
        self.set_text(", ".join(names) or "Filter")

    def _fill(self, menu: QMenu) -> None:
        for abbr, word in _ABBREVIATIONS.items():
            if any(kind.abbr == abbr for kind in KINDS.values()):
                action = menu.addAction(word)
                action.setCheckable(True)
                action.setChecked(abbr not in self._filter.hidden_kinds)
                action.triggered.connect(lambda on, abbr=abbr: self._show_kind(abbr, on))
        menu.addSeparator()
        self._fill_people(menu.addMenu("Only the calls of"))
        self._fill_rooms(menu.addMenu("Only what is in"))
        menu.addSeparator()
        everything = menu.addAction("Show everything", self._clear)
        everything.setEnabled(self._filter.active)

    def _fill_people(self, menu: QMenu) -> None:
        production = self._desk.production
        rows = self._desk.read(person_choice_rows, production or 0, self._desk.date)
        own = [row for row in rows if row[2]] or rows
        for person, name, part in own[:_MOST_PEOPLE]:
            action = menu.addAction(f"{name}\t{part}" if part else name)
            action.setCheckable(True)
            action.setChecked(person in self._filter.people)
            action.triggered.connect(lambda on, person=person: self._narrow(self._filter.people, person, on))

    def _fill_rooms(self, menu: QMenu) -> None:
        for room in self._desk.read(room_rows, self._desk.production):
            action = menu.addAction(room.words)
            action.setCheckable(True)
            action.setChecked(room.id in self._filter.rooms)
            action.triggered.connect(lambda on, room=room.id: self._narrow(self._filter.rooms, room, on))

    def _show_kind(self, abbr: str, on: bool) -> None:
        if on:
            self._filter.hidden_kinds.discard(abbr)
        else:
            self._filter.hidden_kinds.add(abbr)
        self._changed()

    def _narrow(self, chosen: set[int], key: int, on: bool) -> None:
        if on:
            chosen.add(key)
        else:
            chosen.discard(key)
        self._changed()

    def _clear(self) -> None:
        self._filter.hidden_kinds.clear()
        self._filter.people.clear()
        self._filter.rooms.clear()
        self._changed()
