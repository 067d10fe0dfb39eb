"""Flags of work rules as cards, wherever they are shown: repaired, accepted with a reason, counted again.

The calendar shows those of a call, the company those of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from stagecraft.domain.rules.rule_words import rule_words
from stagecraft.domain.times import date_text
from stagecraft.queries.calendar import EventRow
from stagecraft.services.flags_alike import AcceptFlags, RepairAlike, WithdrawAcceptances
from stagecraft.services.rule_repairs import RepairCalls
from stagecraft.services.rules import AcceptFlag, WithdrawAcceptance
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_flag_cards import FlagCard, ReasonLine, spec
from stagecraft.ui.pages.calendar_flags import (
    COST,
    FlagGroup,
    GroupRepair,
    acceptance_key,
    name_list,
    repairs_of,
    severity_of,
)
from stagecraft.ui.pages.rules_sums import what_to_do
from stagecraft.ui.widgets.panels import ButtonSpec

SOMEBODY = {-1}
"""Stands for people who are not known: then it is never everybody."""

Making = tuple[object, Callable[[], FlagCard]]


def nobody_known(_event: int) -> set[int]:
    """Where it cannot be said who is called to an event."""
    return SOMEBODY


class RuleCards:
    """Makes cards and does what their buttons say. `called` tells who is called to an event."""

    def __init__(
        self,
        desk: Desk,
        origin: str,
        called: Callable[[int], set[int]] = nobody_known,
        plan_breaks: Callable[[], object] | None = None,
    ) -> None:
        self.desk, self.origin = desk, origin
        self._called, self._plan_breaks = called, plan_breaks
        self.event: EventRow | None = None
        """The call whose flags are shown; None where they are a person's."""

    # --- cards ---------------------------------------------------------------------------------------------

    def rule(self, group: FlagGroup) -> Making:
        flag = group.flag
        look = severity_of(flag)
        repairs = repairs_of(group, self._called) if look != COST else []
        key = (group.key, tuple(one.words for one in repairs))
        return key, lambda: FlagCard(
            key,
            look,
            f"Cost: {card_title(group)}" if look == COST else card_title(group),
            [f"{flag.rule_title}. {rule_words(flag.rule_said, words.time_style())}"],
            source=flag.source.replace(", unverified", ""),
            doubt=not flag.verified,
            buttons=[spec(one.words, self._repair, one) for one in repairs],
            accept=None if look == COST else partial(self.accept, group.flags),
            about=partial(self.desk.open_page, "rules", pack=flag.pack, rule=flag.rule),
        )

    def accepted(self, group: FlagGroup) -> Making:
        flag = group.flag
        rows = [one.acceptance for one in group.flags if one.acceptance is not None]
        lines = [flag.rule_title]
        lines += self.accepted_lines(rows[0]) if rows else [f"Waived: {flag.finding.waived_by}"]
        buttons = [spec("Withdraw", self.withdraw, [row.id for row in rows])] if rows else []
        title = card_title(group)
        return group.key, lambda: FlagCard(
            group.key, "accepted", title, lines, doubt=not flag.verified, buttons=buttons
        )

    def unchecked(self, group: FlagGroup) -> Making:
        """A missing fact: whom it concerns, which rules wait for it, and where it is entered."""
        flag = group.flag
        titles = list(dict.fromkeys(one.rule_title for one in group.flags))
        packs = ", ".join(dict.fromkeys(one.pack_title for one in group.flags))
        rules = words.count_text(len(titles), "rule") if len(titles) > 1 else titles[0]
        lines = [f"{words.capital(flag.missing)}: {group.names}.", what_to_do(flag.missing)]
        if len(titles) > 1:
            lines.insert(1, f"{name_list(titles)}.")
        key = ("unchecked", flag.missing, group.names, tuple(titles))
        return key, lambda: FlagCard(
            key,
            "unchecked",
            f"Not checked: {rules}",
            [line for line in lines if line],
            source=packs,
            buttons=self._where(flag),
        )

    def _where(self, flag: Any) -> list[ButtonSpec]:
        """Where the missing fact is entered."""
        missing, go = flag.missing, self.desk.open_page
        production = self.event.production_id if self.event is not None else flag.finding.production
        if "planned breaks" in missing:
            if self._plan_breaks is not None:
                return [("Plan the breaks", self._plan_breaks)]
            return [("Show the call", partial(go, "calendar", event=flag.events[0]))] if flag.events else []
        if "posting time" in missing:
            target = {"document": "daily-call", "production": production, "date": flag.day}
            return [("Issue the daily call", partial(go, "paper", **target))]
        if "school" in missing:
            return [("Note school days", partial(go, "calendar", absence=flag.person))]
        if "age" in missing or "role" in missing:
            return [(f"Open {flag.name}", partial(go, "company", person=flag.person))]
        if "cast size" in missing:
            return [("Open the script", partial(go, "script"))]
        if "date of" in missing:
            wanted = flag.finding.production or production
            if wanted is None:
                return []
            return [("Production details", partial(self.desk.production_details_wanted.emit, int(wanted)))]
        return [("Open the packs", partial(go, "rules", view="packs"))]

    # --- doing ---------------------------------------------------------------------------------------------

    def _repair(self, repair: GroupRepair) -> None:
        commands = [RepairCalls(**arguments) for arguments in repair.arguments]
        self.desk.do(commands[0] if len(commands) == 1 else RepairAlike(tuple(commands)), self.origin)

    def accept(self, flags: Sequence[Any], reason: str, line: ReasonLine) -> None:
        keys = [acceptance_key(flag) for flag in flags]
        if len(keys) == 1:
            rule, person, space, anchor, measured = keys[0]
            self.desk.do(AcceptFlag(rule, person, anchor, measured, reason, space), self.origin, fields=line)
        else:
            self.desk.do(AcceptFlags(tuple(keys), reason), self.origin, fields=line)

    def withdraw(self, ids: list[int]) -> None:
        command = WithdrawAcceptance(ids[0]) if len(ids) == 1 else WithdrawAcceptances(tuple(ids))
        self.desk.do(command, self.origin)

    def accepted_lines(self, row: Any) -> list[str]:
        """Who accepted it, when and why; the reason only for whom it is meant."""
        told = f"Accepted by {row.accepted_by or 'somebody'}, {date_text(row.accepted_on)}."
        return [row.reason, told] if self.desk.may_see("Management") else [told]


def card_title(group: FlagGroup) -> str:
    """`Hana, Ivy: 11 h 20 rest, needs 12 h 00`; hours and minutes stay on one line."""
    short = group.flag.short(words.time_style()).replace(" h ", "\u00a0h\u00a0").replace(" min", "\u00a0min")
    return f"{group.names}: {short}"
