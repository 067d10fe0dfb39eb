"""The arrow keys of the week view: moving the selection, nudging, ends; Return and Esc. Commands are actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from stagecraft.domain.times import DAY
from stagecraft.ui.widgets.week_layout import EventView

if TYPE_CHECKING:
    from stagecraft.ui.widgets.week_view import WeekView

GRID = 15
_KEY = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier
_ARROWS = {
    _KEY.Key_Left: (-1, 0),
    _KEY.Key_Right: (1, 0),
    _KEY.Key_Up: (0, -1),
    _KEY.Key_Down: (0, 1),
}


def handle_key(view: WeekView, event: QKeyEvent) -> bool:
    """Do what a key means; False when it means nothing here."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = _KEY(event.key())
    if key in (_KEY.Key_Return, _KEY.Key_Enter) and view.current is not None:
        view.opened.emit(view.current)
        return True
    if key == _KEY.Key_Escape and view.selection and modifiers == _NONE:
        view.select(())
        return True
    if key in _ARROWS:
        return _arrow(view, modifiers, *_ARROWS[key])
    return False


def _arrow(view: WeekView, modifiers: Qt.KeyboardModifier, days: int, steps: int) -> bool:
    if modifiers == _ALT:
        if days:
            view.turn_asked.emit(days)
        elif view.selection:
            view.nudged.emit(0, steps * GRID)
        return True
    if modifiers == _CTRL:
        if view.selection:
            view.nudged.emit(days * DAY + steps * GRID, 0)
        return True
    if modifiers in (_NONE, _SHIFT):
        _go(view, days, steps, extend=modifiers == _SHIFT)
        return True
    return False


def _go(view: WeekView, days: int, steps: int, *, extend: bool) -> None:
    found = _neighbour(view, days, steps)
    if found is None:
        return
    chosen = view.selection | {found.id} if extend else {found.id}
    view.select(chosen, found.id)
    view.reveal(found.id)


def _neighbour(view: WeekView, days: int, steps: int) -> EventView | None:
    """The next event in a direction: within the day by time, or the nearest in time on a neighbouring day."""
    order = sorted(view.placed, key=lambda p: (p.day, p.event.starts, p.box.x if p.box else 0, p.event.id))
    if not order:
        return None
    here = next((place for place in order if place.event.id == view.current), None)
    if here is None:
        return order[0].event
    if steps:
        same = [place for place in order if place.day == here.day]
        index = same.index(here) + steps
        return same[index].event if 0 <= index < len(same) else None
    other = [place for place in order if (place.day - here.day) * days > 0]
    if not other:
        return None
    day = min((place.day for place in other), key=lambda d: abs(d - here.day))
    wanted = here.event.starts + (day - here.day) * DAY
    nearest = [place for place in other if place.day == day]
    return min(nearest, key=lambda place: (abs(place.event.starts - wanted), place.event.rank)).event
