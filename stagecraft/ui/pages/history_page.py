"""History: every change in words, by person and time; undo and redo from here."""

from __future__ import annotations

from datetime import date
from typing import Any

from stagecraft.domain.times import date_of, date_text
from stagecraft.services.history import HistoryRow, history_rows
from stagecraft.ui import words
from stagecraft.ui.actions import Action
from stagecraft.ui.desk import Desk
from stagecraft.ui.page import Page
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.panels import EmptyState
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList, group_item

BATCH = 200
_ICONS = {"undo": "undo", "redo": "redo", "import": "save", "migration": "settings", "erase": "trash"}


def history_items(rows: list[HistoryRow], today: date, who: str = "") -> list[ListItem]:
    """Rows under a head per day; what was taken back since says so."""
    items: list[ListItem] = []
    last: date | None = None
    for row in rows:
        if who and row.who != who:
            continue
        at = words.wall_of(row.at_ms)
        day = date_of(at)
        if day != last:
            items.append(group_item("Today" if day == today else date_text(day)))
            last = day
        items.append(
            ListItem(
                row.step,
                words.capital(row.text),
                second=f"{row.who or 'Nobody named'} · {words.count_text(row.changed, 'row')} changed",
                right=words.time_text(at),
                right2="taken back since" if row.undone else "",
                icon=_ICONS.get(row.kind, "history"),
                value=row,
            )
        )
    return items


class HistoryPage(Page):
    """The journal as a list, newest first."""

    name, title, icon = "history", "History", "history"
    tables = frozenset({"*"})
    follows_date = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: list[HistoryRow] = []
        self._more = False
        self.who = Combo([("", "Everybody")], "", name="By whom")
        self.who.setFixedWidth(200)
        self.who.committed.connect(self._on_who)
        self.header.add_left(self.who)
        self.undo = Button("Undo", icon="undo", on_click=desk.undo)
        self.redo = Button("Redo", icon="redo", on_click=desk.redo)
        self.header.add_right(self.undo)
        self.header.add_right(self.redo)
        self.list = TwoLineList(name="Every change, newest first", icons=True)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        empty = EmptyState(
            "history",
            "Nothing has been changed yet",
            "Every change will stand here in words, with who made it and when, and can be taken back, newest first.",
        )
        self.set_content(self.list, empty=empty)
        desk.changed.connect(self._on_changed)

    def load(self) -> None:
        """Read the newest steps again, as many as were shown."""
        count = max(BATCH, len(self._rows))
        self._rows = history_rows(self.desk.engine, limit=count)
        self._more = len(self._rows) >= count
        self._show()

    def _on_changed(self, changes: Any) -> None:
        if self.isVisible():
            self.load()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.load()

    def _show(self) -> None:
        names = sorted({row.who for row in self._rows if row.who}, key=str.casefold)
        self.who.set_items([("", "Everybody"), *((name, name) for name in names)])
        self.list.set_items(history_items(self._rows, self.desk.today, str(self.who.value() or "")))
        self.show_empty(not self._rows)
        undo, redo = self.desk.undo_text(), self.desk.redo_text()
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.undo.setToolTip(f"Undo {undo}" if undo else "Nothing to undo")
        self.redo.setToolTip(f"Redo {redo}" if redo else "Nothing to do again")
        self.filter_changed.emit()

    def _on_who(self, _who: object) -> None:
        self._show()

    def _on_scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if self._more and self._rows and value > bar.maximum() - 400:
            older = history_rows(self.desk.engine, limit=BATCH, before=self._rows[-1].step)
            self._more = len(older) >= BATCH
            self._rows += older
            self._show()

    def show_target(self, **target: Any) -> None:
        if isinstance(target.get("step"), int):
            self.list.select(target["step"])

    def hidden_by_filter(self) -> tuple[int, str]:
        who = self.who.value()
        return (sum(row.who != who for row in self._rows), "changes") if who else (0, "")

    def clear_filter(self) -> None:
        self.who.set_value("")
        self._show()

    def actions(self) -> list[Action]:
        return [
            Action("history.everybody", "Show everybody’s changes", self.clear_filter, menu="Page"),
        ]
