"""What assistive tools see of the painted week: a list of its events, each with a name, a place and a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

if TYPE_CHECKING:
    from stagecraft.ui.widgets.week_view import WeekView

_kept: list[object] = []
"""Interfaces given to Qt, which does not hold a reference of its own to the Python side."""


class WeekAccessible(QAccessibleWidget):
    """The week: as many children as events are shown, in order of time."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view, QAccessible.Role.List, "Week")
        self._view = view
        self._items: dict[int, EventAccessible] = {}

    def _ids(self) -> list[int]:
        events = sorted(self._view.contents.events, key=lambda event: (event.starts, event.rank, event.id))
        return [event.id for event in events]

    def childCount(self) -> int:
        return len(self._ids())

    def child(self, index: int) -> QAccessibleInterface | None:
        ids = self._ids()
        if not 0 <= index < len(ids):
            return None
        event_id = ids[index]
        if event_id not in self._items:
            self._items[event_id] = EventAccessible(self._view, event_id, self)
        return self._items[event_id]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return self._ids().index(child.event_id) if isinstance(child, EventAccessible) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        place = self._view.event_at(self._view.viewport().mapFromGlobal(QRect(x, y, 1, 1).topLeft()))
        return self.child(self._ids().index(place.event.id)) if place is not None else None


class EventAccessible(QAccessibleInterface):
    """One event: `1.6 Ghost in the Booth, staging, Fri 15 Jan 2:00p to 3:30p, 4A, draft, 2 flags`."""

    def __init__(self, view: WeekView, event_id: int, parent: WeekAccessible) -> None:
        super().__init__()
        self._view, self.event_id, self._parent = view, event_id, parent

    def isValid(self) -> bool:
        return self._view.find(self.event_id) is not None

    def object(self) -> QObject | None:
        return None

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def child(self, index: int) -> QAccessibleInterface | None:
        return None

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def text(self, which: QAccessible.Text) -> str:
        event = self._view.find(self.event_id)
        if event is None or which not in (QAccessible.Text.Name, QAccessible.Text.Description):
            return ""
        return event.spoken if which == QAccessible.Text.Name else "; ".join(event.findings)

    def setText(self, which: QAccessible.Text, text: str) -> None:
        """Names are not changed from outside."""

    def rect(self) -> QRect:
        rect = self._view.rect_of_event(self.event_id)
        return QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = state.focusable = True
        state.selected = self.event_id in self._view.selection
        state.focused = self.event_id == self._view.current and self._view.hasFocus()
        return state


def _make(key: str, thing: QObject) -> QAccessibleInterface | None:
    from stagecraft.ui.widgets.week_view import WeekView

    if isinstance(thing, WeekView):
        made = WeekAccessible(thing)
        _kept.append(made)
        return made
    return None


def tell_focus(view: WeekView) -> None:
    """Say to assistive tools which event has the focus now."""
    if QAccessible.isActive() and view.current is not None:
        order = sorted(view.contents.events, key=lambda event: (event.starts, event.rank, event.id))
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild([one.id for one in order].index(view.current) if view.find(view.current) else -1)
        QAccessible.updateAccessibility(event)


_installed = False


def install() -> None:
    """Tell Qt once how a week is read."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_make)
