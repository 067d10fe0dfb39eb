"""The Flags view of Rules: every flag of a week, four weeks or the whole season, by week or by person.

What a line says lives in `rules_flag_rows`, the work on a thread in `rules_check`, the inspector in
`rules_flag_panel`.
"""

from __future__ import annotations

from datetime import date, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from stagecraft.domain.times import date_text, monday
from stagecraft.queries.people import name_pairs
from stagecraft.queries.rule_season import season_span
from stagecraft.ui.actions import Action
from stagecraft.ui.pages.rules_check import FlagCheck, Found, Span
from stagecraft.ui.pages.rules_flag_panel import FlagPanel
from stagecraft.ui.pages.rules_flag_rows import (
    SORTS,
    FlagFilter,
    FlagLine,
    counts_text,
    flag_items,
    line_text,
    lines_table,
    unchecked_lines,
)
from stagecraft.ui.pages.rules_pack_rows import AID
from stagecraft.ui.widgets.buttons import Button, Segmented
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import EmptyState, Ground
from stagecraft.ui.widgets.row_table import ROW
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList
from stagecraft.ui.words import capital, count_text

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

WEEK, FOUR, SEASON = "week", "four", "season"
_SPANS = ((WEEK, "Week"), (FOUR, "Four weeks"), (SEASON, "Season"))
_GROUPS = (("week", "By week"), ("person", "By person"))
FOOT = 28
MOST = 1000
"""Lines in the list; of more than that the filter has to choose."""
TICK_MS = 150
"""While a check goes on the list is filled again this often."""


class RulesFlags(QWidget):
    """All flags of a span with filters; the one chosen opens in the inspector."""

    inspector_wanted = Signal(object)
    filter_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._filter = FlagFilter()
        self._by = "week"
        self._span: Span | None = None
        self._found: dict[int | None, list[FlagLine]] = {}
        self._unchecked: dict[int, list[Any]] = {}
        self._seen: set[int | None] = set()
        self._stale = False
        self._stopped = ""
        self._wanted: dict[str, Any] = {}
        self._lines: list[FlagLine] = []
        self._names: dict[int, str] = {}
        self.check = FlagCheck(desk, self)
        self.check.found.connect(self._on_found)
        self.check.progressed.connect(self._on_progress)
        self.check.ended.connect(self._on_ended)
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._list)
        self.panel = FlagPanel(desk)
        self._build()

    # --- building ---

    def _build(self) -> None:
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.span = Segmented(_SPANS, WEEK, name="Time")
        self.span.setToolTip("Alt+Left and Alt+Right go back and on")
        self.span.changed.connect(lambda _span: self.load())
        row.addWidget(self.span)
        self.counts = ElidedLabel("", "strong")
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.counts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        self.list = TwoLineList(name="Flags", icons=True)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.nothing = EmptyState(
            "check",
            "",
            "",
            [("Four weeks", lambda: self._show_span(FOUR)), ("Whole season", lambda: self._show_span(SEASON))],
        )
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        column.addWidget(self._make_foot())
        self.setFocusProxy(self.list)

    def _make_bar(self) -> QWidget:
        bar = Ground("grouphead")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        self.who = Combo([(None, "Everybody")], None, name="Whose flags")
        self.rule = Combo([("", "Every rule")], "", name="Which rule")
        self.sort = Combo(SORTS, "", name="What is shown")
        for combo, width in ((self.who, 150), (self.rule, 170), (self.sort, 126)):
            combo.setMinimumWidth(90)
            combo.setMaximumWidth(width)
            combo.committed.connect(lambda _value: self._on_filter())
            row.addWidget(combo, 1)
        row.addStretch(1)
        self.group = Segmented(_GROUPS, self._by, name="Order")
        self.group.changed.connect(self._on_group)
        row.addWidget(self.group)
        return bar

    def _make_foot(self) -> QWidget:
        foot = Ground("grouphead")
        foot.setFixedHeight(FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self.about = ElidedLabel("", "caption")
        row.addWidget(self.about, 1)
        self.resume = Button("Check the rest", "link", on_click=self.load)
        self.resume.hide()
        row.addWidget(self.resume)
        row.addWidget(Label(AID, "caption"))
        return foot

    # --- what is checked ---

    def load(self) -> None:
        """Check the span again. What was found before stays in sight until its people are done."""
        span = self._wanted_span()
        if span is None:
            self.check.stop()
            self._span, self._found, self._unchecked = None, {}, {}
            self._list()
            return
        self._names = dict(self.desk.read(name_pairs))
        self._stale = span != self._span
        self._span, self._seen, self._stopped = span, set(), ""
        self.check.start(span)
        if not self._lines:
            self._list()
        else:
            self._show_counts()
        self._tick.start()

    def _wanted_span(self) -> Span | None:
        productions = self.desk.productions
        first = monday(self.desk.date)
        if not productions:
            return None
        if self.span.value() == SEASON:
            season = self.desk.read(season_span, productions, self.desk.date)
            begin, end = season or (first, first + timedelta(days=6))
            return Span(begin, end, productions)
        return Span(first, first + timedelta(days=27 if self.span.value() == FOUR else 6), productions)

    def _on_found(self, part: Found) -> None:
        self._forget_stale()
        if part.people is None:
            before = self._found.get(None, []) if None in self._seen else []
            self._found[None] = [*before, *part.lines]
            self._seen.add(None)
        for person in part.people or ():
            self._seen.add(person)
            self._found[person] = [line for line in part.lines if line.person == person]
            self._unchecked[person] = [flag for flag in part.unchecked if flag.person == person]
        if not self._tick.isActive():
            self._tick.start()

    def _forget_stale(self) -> None:
        """What belongs to another span goes when the first of this one comes."""
        if self._stale:
            self._found, self._unchecked, self._stale = {}, {}, False

    def _on_progress(self, done: int, total: int) -> None:
        self._progress = (done, total)
        self._show_counts()

    def _on_ended(self, whole: bool) -> None:
        self._tick.stop()
        self._forget_stale()
        if whole:
            self._found = {one: lines for one, lines in self._found.items() if one in self._seen}
            self._unchecked = {one: flags for one, flags in self._unchecked.items() if one in self._seen}
        else:
            people = len(self._seen - {None})
            self._stopped = f"Stopped after {count_text(people, 'person', 'people')}."
        self._list()

    # --- showing ---

    def _list(self) -> None:
        began = monotonic()
        self._lines = self._made_lines()
        self._offer_choices()
        shown = self.shown()
        season = self.span.value() == SEASON
        self.list.set_items(flag_items(shown, self._by, years=season, most=MOST))
        self._show_counts()
        self._show_nothing(shown)
        self.about.setText(self._about())
        self.resume.setVisible(bool(self._stopped))
        self.filter_changed.emit()
        self._take_wanted()
        current = self.current()
        if current is not None:
            self.panel.show_line(current)
        elif not self.check.running:
            self.inspector_wanted.emit(None)
        # A long list takes its time; the window must have most of it.
        self._tick.setInterval(max(TICK_MS, int((monotonic() - began) * 8000)))

    def _made_lines(self) -> list[FlagLine]:
        known = {line.id: line for lines in self._found.values() for line in lines}
        return [*known.values(), *unchecked_lines(flag for flags in self._unchecked.values() for flag in flags)]

    def _offer_choices(self) -> None:
        found = {flag.person for line in self._lines for flag in line.flags} | {self._filter.person}
        people = {person: self._names.get(person, "Somebody") for person in found if person is not None}
        rules = {line.rule: line.title for line in self._lines}
        if self._filter.rule:
            rules.setdefault(self._filter.rule, self._filter.rule)
        by_name = sorted(people.items(), key=lambda pair: pair[1].casefold())
        by_title = sorted(rules.items(), key=lambda pair: pair[1].casefold())
        self.who.set_items([(None, "Everybody"), *by_name])
        self.rule.set_items([("", "Every rule"), *by_title])
        self.who.set_value(self._filter.person)
        self.rule.set_value(self._filter.rule)
        self.sort.set_value(self._filter.sort)

    def shown(self) -> list[FlagLine]:
        """The lines the filter keeps."""
        return [line for line in self._lines if self._filter.keeps(line)]

    def _show_counts(self) -> None:
        if self._span is None:
            self.counts.setText("")
            return
        words = capital(counts_text(self.shown()))
        if self.check.running and getattr(self, "_progress", None):
            done, total = self._progress
            words = f"{words} so far, {done} of {total} people checked"
        self.counts.setText(words)
        self.counts.setAccessibleName(words)

    def _about(self) -> str:
        if self._span is None:
            return ""
        first, last = self._span.first, self._span.last
        if self.span.value() == WEEK:
            days = f"Week of {date_text(first)}"
        else:
            days = f"{date_text(first)} to {date_text(last)}"
        return f"{self._stopped} {days}".strip()

    def _show_nothing(self, shown: list[FlagLine]) -> None:
        self._stack.setCurrentIndex(0 if shown else 1)
        if shown:
            return
        title, text = self._nothing_words()
        self.nothing.title.setText(title)
        self.nothing.text.setText(text)
        here = self._span is not None and not self.check.running and not self._filter.set
        self.nothing.buttons[0].setVisible(here and self.span.value() == WEEK)
        self.nothing.buttons[1].setVisible(here and self.span.value() != SEASON)

    def _nothing_words(self) -> tuple[str, str]:
        if self._span is None:
            return "No production yet", "Work rules are checked for the people a production calls."
        if self.check.running:
            return "Checking…", "Every person called is checked against the work rules of their contract."
        if self._lines:
            return "Nothing here fits", "Other flags are hidden by what was chosen above."
        rows = [self.desk.production_row(one) for one in self._span.productions]
        if all(row is not None and row.rule_pack == "none" for row in rows):
            return (
                "No flags",
                "These productions have no work rules. Choose a pack in the production’s details.",
            )
        when = {WEEK: "this week", FOUR: "these four weeks"}.get(str(self.span.value()), "this season")
        return (
            f"No flags {when}",
            "Nobody is booked twice, and every call keeps to the work rules that could be checked.",
        )

    # --- choosing ---

    def current(self) -> FlagLine | None:
        item = self.list.current()
        return item.value if item is not None and isinstance(item.value, FlagLine) else None

    def _on_chosen(self, item: ListItem) -> None:
        if isinstance(item.value, FlagLine):
            self.panel.show_line(item.value)
            self.inspector_wanted.emit(self.panel)

    def _on_opened(self, item: ListItem) -> None:
        if isinstance(item.value, FlagLine):
            self.go(item.value)

    def go(self, line: FlagLine | None = None) -> None:
        """Show a flag in the calendar."""
        line = line or self.current()
        if line is None:
            return
        self.desk.date = line.day
        if line.flag.events:
            self.desk.open_page("calendar", event=line.flag.events[0])
        else:
            self.desk.open_page("calendar")

    def _on_filter(self) -> None:
        self._filter = FlagFilter(str(self.sort.value()), self.who.value(), str(self.rule.value()))
        self._list()

    def _on_group(self, by: object) -> None:
        self._by = str(by)
        self._list()

    def _show_span(self, span: str) -> None:
        self.span.set_value(span)
        self.load()

    def hidden_by_filter(self) -> tuple[int, str]:
        hidden = len(self._lines) - len(self.shown())
        return hidden, "flag" if hidden == 1 else "flags"

    def clear_filter(self) -> None:
        self._filter = FlagFilter()
        self._list()

    def step(self, direction: int) -> None:
        """A week on or back, or four; the season has no other."""
        weeks = {WEEK: 1, FOUR: 4}.get(str(self.span.value()), 0)
        self.desk.date = self.desk.date + timedelta(days=7 * weeks * direction)

    def show_target(self, **target: Any) -> None:
        """`week` (a date), `person`, `flag` (a flag as `rule_flags` gives it), `span`."""
        week = target.get("week")
        if target.get("span") in (WEEK, FOUR, SEASON):
            self.span.set_value(target["span"])
        elif isinstance(week, date):
            self.span.set_value(WEEK)
        if "person" in target or "flag" in target or week is not None:
            self._filter = FlagFilter(person=target.get("person"))
        self._wanted = {"flag": target["flag"]} if target.get("flag") is not None else {}
        if isinstance(week, date) and monday(week) != monday(self.desk.date):
            self.desk.date = week  # every page follows, this one too
        else:
            self.load()

    def _take_wanted(self) -> None:
        flag = self._wanted.get("flag")
        if flag is None:
            return
        for line in self._lines:
            if any(one.words == flag.words for one in line.flags) and self.list.select(line.id):
                self._wanted = {}
                return

    # --- doing ---

    def copy(self) -> None:
        """The chosen flag as a sentence onto the clipboard."""
        if line := self.current():
            QGuiApplication.clipboard().setText(line_text(line))
            self.desk.say("Copied the flag in words")

    def copy_all(self) -> None:
        """Every flag shown as a table onto the clipboard."""
        shown = self.shown()
        if shown:
            QGuiApplication.clipboard().setText(f"{lines_table(shown)}\n{AID}\n")
            self.desk.say(f"Copied {counts_text(shown)}")

    def _open_menu(self, at: QPoint) -> None:
        item = self.list.indexAt(at).data(ROW)
        if item is None or not isinstance(item.value, FlagLine):
            return
        self.list.select(item.key)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Show in the calendar", self.go)
        for words, run in self.panel.repairs():
            menu.addAction(words, run)
        menu.addSeparator()
        menu.addAction("Copy in words", self.copy)
        menu.addAction("Copy all as a table", self.copy_all)
        if self.panel.can_accept():
            menu.addSeparator()
            menu.addAction("Accept…", self.accept)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def accept(self) -> None:
        """Put the cursor where the reason is typed."""
        if self.current() is not None and self.panel.can_accept():
            self.inspector_wanted.emit(self.panel)
            self.panel.begin_accepting()

    def actions(self) -> list[Action]:
        def chosen() -> bool:
            return self.isVisible() and self.current() is not None

        return [
            Action("rules.go", "Show the flag in the calendar", self.go, "C", "calendar", "Page", chosen),
            Action("rules.accept", "Accept the flag…", self.accept, "A", "check", "Page", chosen),
            Action(
                "rules.copy-all", "Copy all flags as a table", self.copy_all, "", "copy", "Page", self.isVisible
            ),
            Action(
                "rules.season",
                "Check the whole season",
                lambda: self._show_span(SEASON),
                icon="rules",
                menu="Page",
                enabled=self.isVisible,
                words="work rules year flags",
                separator=True,
            ),
        ]

    def save_layout(self) -> dict[str, Any]:
        return {"by": self._by, "span": self.span.value() if self.span.value() != SEASON else FOUR}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        if layout.get("by") in dict(_GROUPS):
            self._by = layout["by"]
            self.group.set_value(self._by)
        if layout.get("span") in (WEEK, FOUR):
            self.span.set_value(layout["span"])
