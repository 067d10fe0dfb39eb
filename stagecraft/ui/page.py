'''What a page is, and how to write one.

A page is one file `ui/pages/<noun>_page.py` with one class, named in `ui/page_table.py: PAGES`. It reads rows, shows
them, and turns what the user does into commands. It never touches the store and never opens a dialog to edit.

    class VenuesPage(Page):
        """Places and their rooms."""

        name, title, icon = "venues", "Venues", "room"
        tables = frozenset({"venue", "space"})        # a change of these reloads the page
        follows_date = False                          # this page does not show the desk's date

        def __init__(self, desk: Desk) -> None:
            super().__init__(desk)
            self.header.add_right(Button("Venue", icon="plus", on_click=self._add))   # 44 px head with the title
            self.model = RowModel([Column("Name", lambda v: v.name, stretch=True), Column("City", lambda v: v.city)])
            self.table = RowTable(self.model, name="Venues")
            self.table.chosen.connect(self._on_chosen)
            self.set_content(self.table, empty=EmptyState("room", "No venues yet", "Where do you play?",
                                                          [("Add a venue", self._add)]))
            self.panel = Inspector()
            self.name_row = self.panel.add_field("Name", LineEdit(), self._rename)

        def load(self) -> None:                       # called when shown, and after a relevant change
            self.model.set_rows(self.desk.read(venue_rows))   # diffs by id: selection and scroll stay
            self.show_empty(not self.model.rows)
            self._fill(self.table.current())

        def _on_chosen(self, venue) -> None:
            self._fill(venue)
            self.open_inspector(self.panel)           # opens with the selection; Esc closes it

        def _rename(self, name: str) -> None:         # a field is saved when it is left
            self.desk.do(EditVenue(self.table.current().id, name=name), self.name, fields=self.name_row)

        def _add(self) -> None:
            if changes := self.desk.do(AddVenue("New venue"), self.name):
                self.table.select(changes.value)      # load() has already run

Also: `show_target(venue=3)` when another page links here; `actions()` for menu, keys and command bar;
`commands(text)` for phrases ("print thu call"); `hidden_by_filter()`/`clear_filter()` for the status line;
`save_layout()`/`restore_layout()` for widths and filters; `step(±1)` for ‹ › when it is not a day;
`set_narrow(True)` when the page has less than its `least` width.
Words come from `ui/words.py` (times in the house's style), colours from `ui/theme.py`, icons from `resources/icons`.
'''

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.widgets.panels import EmptyState, PageHeader

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk


class Page(QWidget):
    """Base of all pages; see this module's text for a whole example."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    tables: ClassVar[frozenset[str]] = frozenset()
    follows_date: ClassVar[bool] = True
    least: ClassVar[int] = 840
    foot: ClassVar[int] = 0
    """Height at the page's foot that the undo bar must not cover."""
    """Width in pixels under which the page folds its side columns; the rail gives way first."""

    inspector_wanted = Signal(object)
    """A widget for the inspector, or None to close it."""
    filter_changed = Signal()
    """What the filter hides has changed; the window asks `hidden_by_filter`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._inspector: QWidget | None = None
        self.narrow = False
        self.root = QVBoxLayout(self)
        self.root.setContentsMargins(0, 0, 0, 0)
        self.root.setSpacing(0)
        self.header = PageHeader(self.title)
        self.root.addWidget(self.header)
        self._stack: QStackedLayout | None = None

    # --- building ---

    def set_content(self, content: QWidget, *, empty: QWidget | None = None) -> None:
        """Put the page's content below its header, with what is shown instead when there is nothing."""
        # The layout needs its place before its first widget: that one it shows at once, as a window if it must.
        self._stack = QStackedLayout()
        self.root.addLayout(self._stack, 1)
        self._stack.addWidget(content)
        if empty is not None:
            self._stack.addWidget(empty)

    def show_empty(self, empty: bool) -> None:
        """Switch between content and empty state."""
        if self._stack is not None and self._stack.count() > 1:
            self._stack.setCurrentIndex(1 if empty else 0)

    def remove_header(self) -> None:
        """For pages with a head per column: use `PageHeader` in each."""
        self.header.hide()

    # --- what a page does ---

    def load(self) -> None:
        """Read the rows and show them. Called when shown, and after changes of `tables`, date or productions."""

    def show_target(self, **target: Any) -> None:
        """Select what a link names, as `show_target(person=12)`; unknown names are ignored."""

    def actions(self) -> list[Action]:
        """What can be done here: menu Page, keys, command bar, shortcut help. Asked once, after construction."""
        return []

    def commands(self, text: str) -> list[Hit]:
        """Lines for the command bar when `text` reads as something this page does."""
        return []

    def step(self, direction: int) -> None:
        """One day, week or month on (1) or back (-1)."""
        self.desk.date = self.desk.date + timedelta(days=direction)

    def hidden_by_filter(self) -> tuple[int, str]:
        """How many things the filter hides, and what they are ("calls")."""
        return 0, ""

    def clear_filter(self) -> None:
        """Show everything again."""

    def set_narrow(self, narrow: bool) -> None:
        """The page has become too narrow (or wide enough again) for its side columns."""
        self.narrow = narrow

    def save_layout(self) -> dict[str, Any]:
        """What should come back as it was left: widths, filters, zoom. Plain JSON values."""
        return {}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        """Take back what `save_layout` gave; ignore what does not fit."""

    # --- inspector ---

    def inspector(self) -> QWidget | None:
        """What the inspector shows for this page, or None."""
        return self._inspector

    def open_inspector(self, widget: QWidget) -> None:
        """Show this widget in the inspector."""
        self._inspector = widget
        self.inspector_wanted.emit(widget)

    def close_inspector(self) -> None:
        """Close the inspector, as when nothing is selected."""
        self._inspector = None
        self.inspector_wanted.emit(None)


__all__ = ["Action", "EmptyState", "Hit", "Page"]
