"""The window: top bar, rail, page, inspector, status line, and what floats above them.

It shows pages and follows the desk; what can be done is declared in `window_actions`. It comes up before any
company file is open and takes one with `set_desk`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.domain.times import monday
from stagecraft.ui import failures, words
from stagecraft.ui.actions import Hit
from stagecraft.ui.command_bar import CommandBar, action_hits, day_hits, found_hits
from stagecraft.ui.drafts import Drafts, left_over
from stagecraft.ui.finding_walk import FindingWalk
from stagecraft.ui.floating import Floating
from stagecraft.ui.layout_memory import part_of, recall_file, remember_file
from stagecraft.ui.menus import Menus
from stagecraft.ui.page_table import PAGES, PageSpec, page_keys
from stagecraft.ui.rail import SLIM, WIDE, Rail
from stagecraft.ui.side_panel import SidePanel
from stagecraft.ui.status_line import StatusLine
from stagecraft.ui.switcher import Switcher
from stagecraft.ui.top_bar import TopBar
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Ground

if TYPE_CHECKING:
    from stagecraft.base.settings import Settings
    from stagecraft.store.changes import ChangeSet
    from stagecraft.ui.desk import Desk
    from stagecraft.ui.page import Page

SLIM_UNDER = 1100
"""Window width under which the rail shows icons only."""
OVERLAY_UNDER = 1000
"""Window width under which the inspector lies over the page."""


class _Stack(QStackedWidget):
    """Where the pages lie; what floats over them moves with its edges."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Window(QWidget):
    """What the program's one window holds; put into a `Frame` by the composition root."""

    closing = Signal()
    switch_theme = Signal(str)
    settings_wanted = Signal()

    def __init__(self, settings: Settings, pages: tuple[PageSpec, ...] = PAGES) -> None:
        super().__init__()
        self.settings = settings
        self.desk: Desk | None = None
        self.target = ""
        self.pages = {spec.name: spec for spec in pages if spec.exists}
        self.made: dict[str, Page] = {}
        self.stale: set[str] = set()
        self.current = ""
        self._slim_wanted = bool(self.layout_of("window").get("slim", False))
        self.setWindowTitle("Stagecraft")
        self.resize(1280, 800)
        self._loading = False
        self._closed: set[str] = set()
        self._build()
        self.menus = Menus(self, self.menu_bar)
        self.bar = CommandBar(self, self._hits)
        self._restore_window()
        self._arrange()

    # --- building ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.top = TopBar()
        self.switcher = Switcher()
        self.top.set_switcher(self.switcher)
        keys = page_keys(self.pages.values())
        self.rail = Rail([(spec.name, spec.title, spec.icon, keys[spec.name]) for spec in self.pages.values()])
        self.rail.chosen.connect(self.show_page)
        self.stack = _Stack()
        self.floating = Floating(self.stack)
        self.undo_bar = self.floating.bar
        self.undo_bar.undo_wanted.connect(self.undo)
        self.stack.resized.connect(self._place)
        self.waiting = Label("", "body", tone="text3")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.waiting)
        self.status = StatusLine()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.menu_bar = QMenuBar()
        outer.addWidget(self.menu_bar)
        outer.addWidget(self.top)
        self.middle = Ground("page")
        self.middle_row = QHBoxLayout(self.middle)
        self.middle_row.setContentsMargins(0, 0, 0, 0)
        self.middle_row.setSpacing(0)
        self.middle_row.addWidget(self.rail)
        self.middle_row.addWidget(self.stack, 1)
        self.side = SidePanel(self.middle)
        self.middle_row.addWidget(self.side)
        outer.addWidget(self.middle, 1)
        outer.addWidget(self.status)
        self.top.set_working(False)
        self.switcher.hide()
        self.top.menu.clicked.connect(self._open_menu)
        self.top.search.clicked.connect(lambda: self.open_bar())
        self.top.undo.clicked.connect(lambda: self.undo())
        self.top.redo.clicked.connect(lambda: self.redo())
        self.top.inspector.clicked.connect(lambda: self.toggle_inspector())
        self.side.close_wanted.connect(self.close_inspector)

    def set_desk(self, desk: Desk, target: str, page: str = "") -> None:
        """Work on an open company file from now on."""
        self.desk, self.target = desk, target
        self.walk = FindingWalk(desk)
        self.drafts = Drafts(target, self)
        desk.setParent(self)
        desk.changed.connect(self._on_changed)
        desk.rules.changed.connect(self._show_findings)
        desk.date_changed.connect(self._on_date)
        desk.productions_changed.connect(self._on_productions)
        desk.message.connect(lambda text, undoable: self.floating.say(text, undoable=undoable))
        desk.failed.connect(self.show_trouble)
        desk.page_wanted.connect(lambda name, found: self.show_page(name, **found))
        desk.production_wanted.connect(self.switcher.add_wanted)
        desk.production_details_wanted.connect(self.switcher.edit_wanted)
        desk.settings_wanted.connect(self.settings_wanted)
        desk.jobs.lasting.connect(self.floating.show_job)
        self.top.stepped.connect(self.step)
        self.top.today_wanted.connect(self.go_today)
        self.top.date_picked.connect(lambda day: setattr(desk, "date", day))
        self.switcher.picked.connect(lambda ids: setattr(desk, "productions", ids))
        self.status.findings_wanted.connect(self.list_findings)
        self.status.unfilter_wanted.connect(self._unfilter)
        self.status.history_wanted.connect(lambda: self.show_page("history"))
        recall_file(self.layout_of("files", target), desk)
        self.top.set_working(True)
        self.switcher.show()
        self.top.show_date(desk.date)
        self._show_productions()
        self._show_state()
        wanted = page or str(self.layout_of("files", target).get("page", "")) or next(iter(self.pages), "")
        self.show_page(wanted if wanted in self.pages else next(iter(self.pages), ""))
        if unsaved := left_over(target):
            title = self.pages[unsaved.page].title if unsaved.page in self.pages else "this file"
            self.floating.offer(unsaved, title)
        QTimer.singleShot(400, self, self._make_next)

    def take_over(self, widget: QWidget) -> None:
        """Show something instead of the pages and their inspector: the first-run screen."""
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self.side.show_widget(None)
        self._arrange()
        widget.setFocus()
        self.current = "" if self.desk is None else self.current
        self.rail.setVisible(self.desk is not None)

    # --- pages ---------------------------------------------------------------------------------------------

    def page(self, name: str) -> Page | None:
        """The page of that name, made when it is first asked for; None when there is no such page."""
        if self.desk is None or name not in self.pages:
            return None
        if name not in self.made:
            made = self.pages[name].make(self.desk)
            made.restore_layout(self.layout_of("pages", name))
            made.inspector_wanted.connect(lambda widget, page=made: self._on_inspector(page, widget))
            made.filter_changed.connect(self._show_hidden)
            self.made[name] = made
            self.stale.add(name)
            self.stack.addWidget(made)
        return self.made[name]

    def show_page(self, name: str, **target: Any) -> None:
        """Bring a page to the front, up to date, with something selected."""
        page = self.page(name)
        if page is None:
            return
        self.rail.setVisible(True)
        changed = name != self.current or self.stack.currentWidget() is not page
        self.current = self.drafts.page = name
        self.stack.setCurrentWidget(page)
        self.rail.show_page(name)
        if changed:
            self.menus.set_page_actions(page.actions())
            self._change_inspector(page)
        self._refresh(name)
        if target:
            page.show_target(**target)
        if changed:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_hidden()
        self._place()

    def _refresh(self, name: str) -> None:
        if name in self.stale:
            self.stale.discard(name)
            self._loading = True
            try:
                self.made[name].load()
            finally:
                self._loading = False

    def _spoil(self, spoiled: Callable[[Page], bool]) -> None:
        """Pages for which this holds load again: the one in front now, others when they are shown."""
        self.stale.update(name for name, page in self.made.items() if spoiled(page))
        if self.current in self.made:
            self._refresh(self.current)
            self._show_hidden()

    def _make_next(self) -> None:
        """Make one more page while nobody waits, so that the next one opens at once and the command bar knows it.

        Not while something is being typed: keeping that comes first.
        """
        if self.desk is None or not self.isVisible():
            return
        name = next((name for name in self.pages if name not in self.made), "")
        if name:
            if not getattr(QApplication.focusWidget(), "_dirty", False):
                self.page(name)
            QTimer.singleShot(60, self, self._make_next)

    # --- following the desk --------------------------------------------------------------------------------

    def _on_changed(self, changes: ChangeSet) -> None:
        self._spoil(lambda page: bool(page.tables & changes.tables))
        self._show_state()

    def _on_date(self, day: object) -> None:
        assert self.desk is not None
        self.top.show_date(self.desk.date)
        self._spoil(lambda page: page.follows_date)
        self._show_findings()

    def _on_productions(self) -> None:
        self._show_productions()
        self._spoil(lambda page: True)
        self._show_findings()

    def _show_productions(self) -> None:
        assert self.desk is not None
        self.switcher.show_rows(self.desk.all_productions(), self.desk.productions)
        name = words.capital(self.desk.house.name) if self.desk.house.name else self.switcher.words
        self.setWindowTitle(f"{name} – Stagecraft")

    def _show_state(self) -> None:
        assert self.desk is not None
        self.top.show_steps(self.desk.undo_text(), self.desk.redo_text())
        clock = words.zone_words(self.desk.house.zone) if self.desk.clock.differs_here() else ""
        self.status.show_saved(self.desk.saved_at, self.desk.engine.store.read_only, clock)
        self._show_findings()

    def _show_findings(self) -> None:
        self.status.show_findings(self.walk.count())

    def _show_hidden(self) -> None:
        page = self.made.get(self.current)
        self.status.show_hidden(*(page.hidden_by_filter() if page else (0, "")))

    def _unfilter(self) -> None:
        if page := self.made.get(self.current):
            page.clear_filter()
            self._show_hidden()

    # --- moving about --------------------------------------------------------------------------------------

    def step(self, direction: int) -> None:
        """A day, week or month on or back, as the page has it."""
        if page := self.made.get(self.current):
            page.step(direction)

    def go_today(self) -> None:
        if self.desk is not None:
            self.desk.date = self.desk.today

    def go_tomorrow(self) -> None:
        if self.desk is not None:
            self.desk.date = self.desk.date.fromordinal(self.desk.today.toordinal() + 1)

    def print_here(self) -> None:
        """Go to Paper; a page with a document of its own has its own Print action."""
        self.show_page("paper")

    def list_findings(self) -> None:
        """All flags of the week on the Rules page; without it the next one in the calendar."""
        if self.desk is not None and "rules" in self.pages:
            self.show_page("rules", view="flags", week=monday(self.desk.date))
        else:
            self.next_finding(1)

    def next_finding(self, direction: int) -> None:
        """Go to the next or previous finding of this week and say it in words."""
        if self.desk is not None:
            self.walk.go(direction)

    def open_bar(self, text: str = "") -> None:
        """Show the command bar below the search field."""
        field = self.top.search
        at = field.mapTo(self, QPoint(field.width(), 0))
        width = min(max(field.width() + 80, 480), self.width() - 16)
        self.bar.open(QPoint(max(at.x(), width + 8), 6), width, text)

    def _hits(self, text: str) -> list[Hit]:
        actions = self.menus.all()
        if not text or self.desk is None:
            return action_hits(text, actions)
        offered: list[Hit] = []
        for name in self.pages:
            if (page := self.page(name)) is not None:
                offered += [replace(hit, kind=hit.kind.casefold()) for hit in page.commands(text)]
        # A page that offers a thing itself says more about it than the search does.
        told = {hit.kind for hit in offered}
        found = [hit for hit in found_hits(text, self.desk) if hit.kind not in told]
        return offered + day_hits(text, self.desk) + found + action_hits(text, actions)

    def _open_menu(self) -> None:
        self.menus.popup().popup(self.top.menu.mapToGlobal(QPoint(0, self.top.menu.height() + 4)))

    # --- undo and trouble ----------------------------------------------------------------------------------

    def undo(self) -> None:
        if self.desk is not None:
            self._leave_field()
            self.desk.undo()

    def redo(self) -> None:
        if self.desk is not None:
            self.desk.redo()

    def _leave_field(self) -> None:
        """What is being typed is a change of its own and comes first."""
        field = self.focusWidget()
        if field is not None and hasattr(field, "commit"):
            field.commit()

    def show_trouble(self, trouble: BaseException) -> None:
        """A refusal as a line, a file problem as a dialog."""
        if isinstance(trouble, Refused):
            self.floating.say(trouble.message)
        elif isinstance(trouble, FileProblem):
            failures.show_file_problem(trouble, self)
        else:
            raise trouble

    # --- inspector -----------------------------------------------------------------------------------------

    def _on_inspector(self, page: Page, widget: QWidget | None) -> None:
        if self.stack.currentWidget() is not page:
            return
        # Loading selects nothing new: what the user closed stays closed, and nothing may cover the page unasked.
        unasked = self._loading and widget is not None and self.side.widget() is None
        if unasked and (self.side.over or page.name in self._closed):
            return
        if not self._loading:
            self._closed.discard(page.name)
        self._follow_inspector(page)

    def _change_inspector(self, page: Page) -> None:
        """Another page has come to the front: its inspector as it was left."""
        if self.side.over or page.name in self._closed:
            self.side.show_widget(None)
            self._arrange()
        else:
            self._follow_inspector(page)

    def _follow_inspector(self, page: Page) -> None:
        self.side.show_widget(page.inspector())
        self._arrange()

    def lend_inspector(self, widget: QWidget) -> None:
        """Show something that belongs to no page, until something is selected or Esc is pressed."""
        self.side.show_widget(widget)
        self._arrange()

    def close_inspector(self) -> None:
        """Close it; it opens again with the next selection."""
        self._closed.add(self.current)
        self.side.show_widget(None)
        self._arrange()
        if page := self.made.get(self.current):
            page.setFocus()

    def toggle_inspector(self) -> None:
        page = self.made.get(self.current)
        if self.side.widget() is not None or page is None:
            self.close_inspector()
        else:
            self._closed.discard(self.current)
            self._follow_inspector(page)

    # --- layout --------------------------------------------------------------------------------------------

    def is_slim(self) -> bool:
        return self._slim_wanted

    def toggle_rail(self) -> None:
        self._slim_wanted = not self._slim_wanted
        self._arrange()

    def _arrange(self) -> None:
        """Fold what no longer fits: rail to icons, inspector over the page, then the page's own columns."""
        width = self.width()
        over = width < OVERLAY_UNDER
        shown = self.side.widget() is not None and not over
        room = width - (self.side.wanted if shown else 0)
        least = self.made[self.current].least if self.current in self.made else 0
        slim = self._slim_wanted or width < SLIM_UNDER or room - WIDE < least <= room - SLIM
        self.rail.set_slim(slim)
        self.side.set_over(over)
        self.top.inspector.setChecked(self.side.widget() is not None)
        room -= SLIM if slim else WIDE
        for page in self.made.values():
            if page.narrow != (room < page.least):
                page.set_narrow(room < page.least)
        self._place()

    def _place(self) -> None:
        """Put what floats in its corner."""
        if not hasattr(self, "side"):
            return  # the stack is resized once before the panel beside it is there
        self.side.place(self.middle.rect())
        page = self.made.get(self.current)
        covered = self.side.width() if self.side.over and self.side.isVisible() else 0
        self.floating.place(self.stack.width() - covered, page.foot if page is not None else 0)

    def layout_of(self, *path: str) -> dict[str, Any]:
        """A part of the remembered layout, made when it is not there."""
        return part_of(self.settings.layout, *path)

    def _restore_window(self) -> None:
        window = self.layout_of("window")
        if isinstance(window.get("inspector"), int):
            self.side.set_wanted(window["inspector"])

    def save_layout(self) -> None:
        """Remember everything about how the window was left."""
        window = self.layout_of("window")
        window["slim"] = self._slim_wanted
        window["inspector"] = self.side.wanted
        for name, page in self.made.items():
            self.layout_of("pages")[name] = page.save_layout()
        if self.desk is not None:
            remember_file(self.layout_of("files", self.target), self.desk, self.current)

    # --- Qt ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.bar.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self.menus.watch_alt(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.menus.watch_alt(event)
        if event.key() == Qt.Key.Key_Escape and self.side.widget() is not None:
            self.close_inspector()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.menus.watch_alt(event)
        super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave_field()
        if self.desk is not None:
            self.drafts.forget()
        self.save_layout()
        if self.desk is not None:
            self.desk.jobs.stop_all()
        self.closing.emit()
        super().closeEvent(event)
