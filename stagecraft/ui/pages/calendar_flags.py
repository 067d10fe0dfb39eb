"""Flags as the calendar says them: at a call, on a day, alike for several people together. No widgets.

A flag is a `Finding` of the calendar (somebody or some room twice, or away) or a `RuleFlag` of the work rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from stagecraft.domain.findings import AMBER, RED, Finding
from stagecraft.domain.rules.findings import PREMIUM
from stagecraft.domain.times import work_day
from stagecraft.ui import words

if TYPE_CHECKING:
    from stagecraft.queries.day_strip import StripLane
    from stagecraft.queries.rules import RepairOffer, RuleFlag

COST = "cost"
"""A flag that breaks nothing and costs something: never red or amber."""
_ORDER = {RED: 0, AMBER: 1, COST: 2}
_SHORT = {
    "min_rest": "rest", "break_after": "break", "work_in_span": "long day", "max_total": "hours", "gap": "gap",
    "day_off": "day off", "max_consecutive_days": "days running", "max_count": "count", "min_call": "short call",
    "time_window": "time of day", "forbidden": "not then", "notice": "notice", "allowance": "allowance",
    "average_limit": "average", "premium": "overtime", "engagement_window": "length", "overlap": "overlap",
    "extended_day_quota": "long days",
}  # fmt: skip
_ON_ITS_DAY = frozenset({"max_consecutive_days"})
"""Kinds that look at many days and yet flag one."""


@dataclass(slots=True)
class FlagLine:
    """Flags at one call that share a line, because the same thing happens to several people.

    `severity` is red, amber or cost; `word` is what there is room for on a small block.
    """

    severity: str
    words: str
    findings: list[Any]
    word: str = ""


def is_rule_flag(flag: Any) -> bool:
    """Whether an agreement is behind it, and not only the calendar."""
    return not isinstance(flag, Finding)


def severity_of(flag: Any) -> str:
    """red, amber, or cost for what breaks nothing."""
    if is_rule_flag(flag) and flag.finding.severity == PREMIUM:
        return COST
    return str(flag.severity)


def worst(flags: Iterable[Any]) -> str:
    """The gravest severity among flags; empty for none."""
    return min((severity_of(flag) for flag in flags), key=_ORDER.__getitem__, default="")


def short_word(flag: Any) -> str:
    """A flag in one or two words: `overlap`, `rest`."""
    if not is_rule_flag(flag):
        return "overlap" if flag.rule.startswith("overlap") else "away"
    return _SHORT.get(flag.finding.kind, "rule")


def finding_lines(flags: Iterable[Any], event: int) -> list[FlagLine]:
    """Flags as seen from one event, the worst first: `Overlap: Derek, Josh, put-in to 5:00p`.

    Who has the same flag twice in the same words is named once.
    """
    alike: dict[tuple[str, str, str, str], list[Any]] = {}
    style = words.time_style()
    for flag in flags:
        head, _, rest = flag.seen_from(event, style).partition(": ")
        key = (severity_of(flag), flag.rule, head, rest[len(flag.name) :])
        alike.setdefault(key, []).append(flag)
    lines = [
        FlagLine(severity, f"{head}: {names_of(found)}{tail}", found, short_word(found[0]))
        for (severity, _rule, head, tail), found in alike.items()
    ]
    return sorted(lines, key=lambda line: _ORDER[line.severity])


def told(lines: Sequence[FlagLine], flags: int) -> str:
    """What a block says of its flags: a clash in its own words, else `rest: Hana`, `3 flags`."""
    if not lines:
        return ""
    if not is_rule_flag(lines[0].findings[0]):
        return lines[0].words
    if flags > 1:
        return words.count_text(flags, "flag")
    word = f"cost, {lines[0].word}" if lines[0].severity == COST else lines[0].word
    return f"{word}: {names_of(lines[0].findings)}"


def held_lines(flags: Iterable[RuleFlag]) -> list[tuple[str, str]]:
    """Work rules of a call that is held: `Hana: 11 h 20 rest, needs 12 h 00`, the worst first."""
    alike: dict[tuple[str, str, str], list[RuleFlag]] = {}
    for flag in flags:
        alike.setdefault((severity_of(flag), flag.rule, flag.short(words.time_style())), []).append(flag)
    lines = [(severity, f"{names_of(found)}: {short}") for (severity, _rule, short), found in alike.items()]
    return sorted(lines, key=lambda line: _ORDER[line[0]])


def names_of(flags: Sequence[Any]) -> str:
    """Whom some flags are about, each once."""
    return name_list(list(dict.fromkeys(flag.name for flag in flags)))


def name_list(names: Sequence[str]) -> str:
    """`Derek, Josh`; from the fourth on counted: `Derek, Josh and 4 more`."""
    if len(names) <= 3:
        return ", ".join(names)
    return f"{', '.join(names[:2])} and {len(names) - 2} more"


def by_event(flags: Iterable[Any]) -> dict[int, list[Any]]:
    """Flags at each event they concern."""
    found: dict[int, list[Any]] = {}
    for flag in flags:
        for event in dict.fromkeys(flag.events):
            found.setdefault(event, []).append(flag)
    return found


def by_day(flags: Iterable[Any]) -> dict[date, list[Any]]:
    """Flags of each day; those of a whole week or more stand on no day."""
    found: dict[date, list[Any]] = {}
    for flag in flags:
        if not is_rule_flag(flag):
            found.setdefault(work_day(flag.starts_wall), []).append(flag)
        elif not flag.is_long or flag.finding.kind in _ON_ITS_DAY:
            found.setdefault(flag.day, []).append(flag)
    return found


def mark_blocks(lanes: Iterable[StripLane], flags: Iterable[Any]) -> None:
    """Put on each block of a day's strip the worst of its flags in words, and how many more there are."""
    found = by_event(flags)
    style = words.time_style()
    for block in (block for lane in lanes for block in lane.blocks):
        lines = finding_lines(found.get(block.event_id, ()), block.event_id)
        block.severity = lines[0].severity if lines and lines[0].severity != COST else ""
        first = lines[0].findings[0] if lines else None
        block.finding = "" if first is None else lines[0].words if is_rule_flag(first) else first.text(style)
        if len(lines) > 1:
            block.finding += f", and {words.count_text(len(lines) - 1, 'more flag')}"


# --- alike flags as one card -------------------------------------------------------------------------------


@dataclass(slots=True)
class FlagGroup:
    """Rule flags that say the same of several people; one card, one repair, one reason."""

    flags: list[RuleFlag] = field(default_factory=list)

    @property
    def flag(self) -> RuleFlag:
        return self.flags[0]

    @property
    def names(self) -> str:
        return names_of(self.flags)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it this one: it stays the same while nothing about it changes."""
        accepted = tuple(one.acceptance.id if one.acceptance else 0 for one in self.flags)
        return (*_alike(self.flag), tuple(one.person for one in self.flags), accepted)


def _alike(flag: RuleFlag) -> tuple[object, ...]:
    reason = (flag.acceptance.reason, flag.acceptance.accepted_by) if flag.acceptance else ()
    short = flag.short(words.time_style())
    return (severity_of(flag), flag.pack, flag.rule, flag.finding.anchor, short, reason)


def groups(flags: Iterable[RuleFlag]) -> list[FlagGroup]:
    """Alike flags together, the worst first."""
    alike: dict[tuple[object, ...], FlagGroup] = {}
    for flag in flags:
        alike.setdefault(_alike(flag), FlagGroup()).flags.append(flag)
    return sorted(alike.values(), key=lambda group: (_ORDER[severity_of(group.flag)], group.flag.day))


def missing_groups(flags: Iterable[RuleFlag]) -> list[FlagGroup]:
    """What could not be checked, by the fact that is missing: it is entered once, however many rules wait for it."""
    alike: dict[str, FlagGroup] = {}
    for flag in flags:
        alike.setdefault(flag.missing, FlagGroup()).flags.append(flag)
    return list(alike.values())


@dataclass(slots=True)
class GroupRepair:
    """A repair of all flags of a group, in words, with what `RepairCalls` is given for each."""

    words: str
    arguments: list[dict[str, Any]]


def repairs_of(group: FlagGroup, called: Callable[[int], set[int]]) -> list[GroupRepair]:
    """What each flag of a group offers alike. `called` says who is called to an event: when it is about all of them,
    the call itself changes, not everybody's own time."""
    offers: dict[tuple[object, ...], list[tuple[RuleFlag, RepairOffer]]] = {}
    for flag in group.flags:
        for offer in flag.repairs:
            what = offer.arguments
            key = (what["action"], what["events"], what["at_wall"], what["day"])
            offers.setdefault(key, []).append((flag, offer))
    found = []
    for (_action, events, _at, _day), pairs in offers.items():
        if len(pairs) < len(group.flags):
            continue
        people = {flag.person for flag, _offer in pairs}
        flag, first = pairs[0]
        said = first.words
        arguments = [offer.arguments for _flag, offer in pairs]
        whole = isinstance(events, tuple) and all(called(event) <= people for event in events)
        if whole:
            arguments = [{**first.arguments, "everybody": True}]
        who = "everybody" if whole and len(people) > 1 else name_list([one.name for one, _offer in pairs])
        if flag.name in said:
            said = said.replace(flag.name, who)
        elif not whole:
            said = f"{said} ({who})"
        found.append(GroupRepair(said, arguments))
    return found


def acceptance_key(flag: Any) -> tuple[str, int | None, int | None, str, Any]:
    """What an acceptance is recorded under: rule, person, room, anchor, and how bad it is."""
    if is_rule_flag(flag):
        return (flag.rule, flag.person, None, flag.finding.anchor, flag.finding.measured)
    from stagecraft.queries.rules import wall_text

    return (flag.rule, flag.person, flag.space, wall_text(flag.starts_wall), flag.ends_wall - flag.starts_wall)
