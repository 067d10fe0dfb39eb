"""The flags of the selected call in its inspector: made into cards, repaired, accepted, counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.domain.findings import Finding
from stagecraft.domain.rules.words import NOT_ADVICE
from stagecraft.domain.times import duration_text
from stagecraft.queries.calendar import CallRow, EventRow
from stagecraft.services.calendar import EditEvent
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_flag_cards import CardColumn, FlagCard, spec
from stagecraft.ui.pages.calendar_flags import (
    FlagLine,
    finding_lines,
    groups,
    missing_groups,
)
from stagecraft.ui.pages.calendar_hands import ORIGIN, CalendarHands
from stagecraft.ui.pages.rule_cards import SOMEBODY, Making, RuleCards
from stagecraft.ui.rule_watch import RuleWeek
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import ButtonSpec, GroupHead


@dataclass(slots=True)
class EventFlags:
    """Everything that is said of one call."""

    clashes: list[Finding] = field(default_factory=list)
    accepted_clashes: list[tuple[Any, Any]] = field(default_factory=list)
    flags: list[Any] = field(default_factory=list)
    costs: list[Any] = field(default_factory=list)
    not_checked: list[Any] = field(default_factory=list)
    accepted: list[Any] = field(default_factory=list)

    @property
    def counting(self) -> list[Any]:
        """What breaks something."""
        return [*self.clashes, *self.flags]


class FlagSection(QWidget):
    """Head and cards. `breaks_wanted` when the missing fact is entered in the breaks of this call."""

    breaks_wanted = Signal()
    free_slot_wanted = Signal()
    focus_lost = Signal()
    """The pressed button went with its card."""

    def __init__(self, desk: Desk, hands: CalendarHands) -> None:
        super().__init__()
        self.desk, self.hands = desk, hands
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = GroupHead("Flags here")
        outer.addWidget(self.head)
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 4, 12, 4)
        inside.setSpacing(6)
        self.column = CardColumn()
        self.advice = Label(f"{NOT_ADVICE}.", "caption", wrap=True)
        inside.addWidget(self.column)
        inside.addWidget(self.advice)
        outer.addLayout(inside)
        self.cards_of = RuleCards(desk, ORIGIN, self._people_of, self.breaks_wanted.emit)

    @property
    def cards(self) -> list[FlagCard]:
        """The cards shown, from top to bottom."""
        return self.column.cards

    def show_flags(self, event: EventRow, found: EventFlags) -> None:
        """Show what is said of a call."""
        self.cards_of.event = event
        wanted = [self._clash(event, line) for line in finding_lines(found.clashes, event.id)]
        wanted += [self.cards_of.rule(group) for group in groups(found.flags)]
        wanted += [self.cards_of.rule(group) for group in groups(found.costs)]
        wanted += [self._accepted_clash(event, one, row) for one, row in found.accepted_clashes]
        wanted += [self.cards_of.accepted(group) for group in groups(found.accepted)]
        wanted += [self.cards_of.unchecked(group) for group in missing_groups(found.not_checked)]
        if not self.column.show_cards(wanted):
            self.focus_lost.emit()
        count = len(found.counting)
        costs = words.count_text(len(found.costs), "cost") if found.costs else ""
        self.head.set(f"Flags here ({count})" if count else "No flags here", costs)
        self.setVisible(bool(wanted))
        self.advice.setVisible(bool(found.flags or found.costs or found.not_checked or found.accepted))

    # --- clashes -------------------------------------------------------------------------------------------

    def _clash(self, event: EventRow, line: FlagLine) -> Making:
        first = line.findings[0]
        people = tuple((one.rule, one.person, one.space, one.starts_wall) for one in line.findings)
        buttons = self._clash_repairs(event, line.findings)
        key = ("clash", event.id, line.words, people, tuple(name for name, _run in buttons))
        return key, lambda: FlagCard(
            key,
            line.severity,
            line.words,
            [_span_words(first)],
            buttons=buttons,
            accept=partial(self.cards_of.accept, line.findings),
        )

    def _clash_repairs(self, event: EventRow, findings: Sequence[Any]) -> list[ButtonSpec]:
        """What would end these clashes, which are alike: another room, another time, letting people go."""
        repairs: list[ButtonSpec] = []
        if findings[0].space is not None and (free := self.hands.free_rooms(event)):
            space, name = free[0]
            repairs.append(spec(f"Move to {name}", self.hands.do, EditEvent(event.id, {"space": space})))
        if event.performance_id is None:
            repairs.append(("Next free slot", self.free_slot_wanted.emit))
        ids = [finding.person for finding in findings if finding.person is not None]
        if ids:
            name = findings[0].name if len(ids) == 1 else "both" if len(ids) == 2 else f"{len(ids)} people"
            repairs.append(spec(f"Release {name}", self.hands.release, event.id, ids))
        return repairs

    def _accepted_clash(self, event: EventRow, one: Finding, row: Any) -> Making:
        key = ("accepted", row.id, one.seen_from(event.id, words.time_style()))
        return key, lambda: FlagCard(
            key,
            "accepted",
            one.seen_from(event.id, words.time_style()),
            self.cards_of.accepted_lines(row),
            buttons=[spec("Withdraw", self.cards_of.withdraw, [row.id])],
        )

    # --- who is called -------------------------------------------------------------------------------------

    def _people_of(self, event: int) -> set[int]:
        """Who is called to an event of the week shown; of others it cannot be said here."""
        week = self.hands.check.week
        calls = week.calls.get(event) if week is not None else None
        return {call.person_id for call in calls if call.status == "called"} if calls else SOMEBODY


def _span_words(finding: Any) -> str:
    """`Double-booked 2:00–5:00p, 3 h.`"""
    what = "Double-booked" if finding.rule.startswith("overlap") else "Called"
    span = words.span_text(finding.starts_wall, finding.ends_wall)
    return f"{what} {span}, {duration_text(finding.ends_wall - finding.starts_wall)}."


def flags_at(
    event: int,
    calls: Sequence[CallRow],
    clashes: Sequence[Finding],
    accepted: Sequence[tuple[Any, Any]],
    rules: RuleWeek,
) -> EventFlags:
    """What is said of one call; what could not be checked without any call is said of its people."""
    people = {call.person_id for call in calls if call.status == "called"}
    return EventFlags(
        clashes=[one for one in clashes if event in one.events],
        accepted_clashes=[(one, row) for one, row in accepted if event in one.events],
        flags=[one for one in rules.flags if event in one.events],
        costs=[one for one in rules.costs if event in one.events],
        not_checked=[
            one for one in rules.not_checked if event in one.events or (not one.events and one.person in people)
        ],
        accepted=[one for one in rules.accepted if event in one.events],
    )


def clash_of(person: int, event: int, found: EventFlags) -> tuple[str, str]:
    """The worst flag of somebody called here, and its words, for the list of who is called."""
    mine = [one for one in found.counting if one.person == person]
    lines = finding_lines(mine, event)
    return (lines[0].severity, "; ".join(line.words for line in lines)) if lines else ("", "")
