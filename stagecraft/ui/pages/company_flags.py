"""The flags of a person in the week looked at: their work rules and double bookings, over all their shows shown."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.domain.rules.words import NOT_ADVICE
from stagecraft.domain.times import day_text, monday
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.finding_walk import FindingWalk
from stagecraft.ui.pages.calendar_flag_cards import CardColumn, FlagCard, spec
from stagecraft.ui.pages.calendar_flags import groups, missing_groups
from stagecraft.ui.pages.rule_cards import Making, RuleCards
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import GroupHead, Spaced


class PersonFlags(QWidget):
    """Head, cards and the way to the Rules page. Follows what is known of the week."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._person: int | None = None
        self._makes = RuleCards(desk, "company")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = GroupHead("Flags")
        outer.addWidget(self.head)
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 4, 12, 4)
        inside.setSpacing(6)
        outer.addLayout(inside)
        self.none = Label("", "secondary", wrap=True)
        self.column = CardColumn()
        self.advice = Label(f"{NOT_ADVICE}.", "caption", wrap=True)
        self.more = Button("All flags and hours", small=True, icon="rules", on_click=self._open)
        for widget in (self.none, self.column, self.advice, Spaced(self.more)):
            inside.addWidget(widget)
        desk.rules.changed.connect(self.load)

    def show_person(self, person: int) -> None:
        """Show somebody's flags."""
        self._person = person
        self.load()

    def load(self) -> None:
        """Show what is known by now."""
        if self._person is None:
            return
        week = self.desk.rules.week()
        clashes = [one for one in FindingWalk(self.desk).clashes() if one.person == self._person]

        def mine(flags: list[Any]) -> list[Any]:
            return [flag for flag in flags if flag.person == self._person]

        flags = mine(week.flags)
        wanted = [self._clash(one) for one in clashes]
        wanted += [self._makes.rule(group) for group in groups([*flags, *mine(week.costs)])]
        wanted += [self._makes.accepted(group) for group in groups(mine(week.accepted))]
        wanted += [self._makes.unchecked(group) for group in missing_groups(mine(week.not_checked))]
        self.column.show_cards(wanted)
        count = len(clashes) + len(flags)
        when = f"week of {day_text(monday(self.desk.date))}"
        self.head.set(f"Flags ({count})" if count else "No flags", when)
        self.none.setText("" if wanted or week.complete else "Checking work rules…")
        self.none.setVisible(bool(self.none.text()))
        self.column.setVisible(bool(wanted))
        self.advice.setVisible(len(wanted) > len(clashes))

    def _clash(self, one: Any) -> Making:
        key = (one.rule, one.events, one.starts_wall, one.ends_wall)
        go = spec("Show in the calendar", self.desk.open_page, "calendar")
        if one.events:
            go = (go[0], partial(self.desk.open_page, "calendar", event=one.events[0]))
        return key, lambda: FlagCard(
            key,
            one.severity,
            one.text(words.time_style()),
            buttons=[go],
            accept=partial(self._makes.accept, [one]),
        )

    def _open(self) -> None:
        self.desk.open_page("rules", view="flags", week=monday(self.desk.date), person=self._person)
