"""Flags that are the same for several people, dealt with in one step: accepted, let count again, or repaired.

One flag alone has its commands in `services.rules` and `services.rule_repairs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from stagecraft.services.command import Command
from stagecraft.services.rule_repairs import RepairCalls
from stagecraft.services.rules import AcceptFlag, WithdrawAcceptance

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AcceptFlags(Command):
    """Live with several flags for one reason: `flags` are (rule, person, space, anchor, measured)."""

    label: ClassVar[str] = "accept {what}"
    flags: tuple[tuple[str, int | None, int | None, str, Any], ...]
    reason: str

    def apply(self, work: UnitOfWork) -> None:
        for rule, person, space, anchor, measured in self.flags:
            AcceptFlag(rule, person, anchor, measured, self.reason, space).apply(work)
        work.label(what=_flags(len(self.flags)))


@dataclass(frozen=True, slots=True)
class WithdrawAcceptances(Command):
    """Let several accepted flags count again, by the ids of their acceptances."""

    label: ClassVar[str] = "withdraw the acceptance of {what}"
    ids: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        for one in self.ids:
            WithdrawAcceptance(one).apply(work)
        work.label(what=_flags(len(self.ids)))


@dataclass(frozen=True, slots=True)
class RepairAlike(Command):
    """The same repair for several people, each in their own time."""

    label: ClassVar[str] = "change {what} as a flag offers"
    repairs: tuple[RepairCalls, ...]

    def apply(self, work: UnitOfWork) -> None:
        for one in self.repairs:
            one.apply(work)
        people = len({one.person for one in self.repairs})
        work.label(what="the calls of 1 person" if people == 1 else f"the calls of {people} people")


def _flags(count: int) -> str:
    return "1 flag" if count == 1 else f"{count} flags"
