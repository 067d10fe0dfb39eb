"""Flags as lines of a list: of what sort each is, what the filter keeps, how they are grouped, counted and copied.

A flag is a `RuleFlag` of `queries.rules` or a `Finding` of the calendar (somebody or some room twice, or away).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stagecraft.domain.times import day_text, monday, work_day
from stagecraft.queries.rules_flag import NO_PACK
from stagecraft.ui.widgets.chips import ChipSpec
from stagecraft.ui.widgets.two_line_list import ListItem, group_item
from stagecraft.ui.words import count_text, time_style

FLAG, COST, UNCHECKED, ACCEPTED = "flag", "cost", "unchecked", "accepted"
SORTS = (
    ("", "Everything"),
    (FLAG, "Flags"),
    (COST, "Costs"),
    (UNCHECKED, "Not checked"),
    (ACCEPTED, "Accepted"),
)
_ORDER = {sort: place for place, (sort, _) in enumerate(SORTS)}
_MARKS = {COST: ("cost", "text2"), UNCHECKED: ("info", "text2"), ACCEPTED: ("check", "okMark")}
_CLASH = {
    "overlap.person": "Double booking",
    "overlap.space": "Room booked twice",
    "unavailable.person": "Unavailable",
    "unavailable.space": "Room unavailable",
}


@dataclass(slots=True)
class FlagLine:
    """One line. `flags` is one, or of what could not be checked all that miss the same fact for the same rule."""

    id: Hashable
    sort: str
    flags: tuple[Any, ...]
    day: date
    person: int | None
    name: str
    title: str
    short: str
    agreement: str = ""
    source: str = ""
    verified: bool = True
    severity: str = ""
    acceptance: Any = None

    @property
    def flag(self) -> Any:
        """The first of them."""
        return self.flags[0]

    @property
    def rule(self) -> str:
        """Id of the rule, as the filter compares it."""
        return str(self.flag.rule)


def is_clash(flag: Any) -> bool:
    """Whether it is the calendar's own kind of flag, which no agreement is behind."""
    return flag.rule in _CLASH


def has_rule(flag: Any) -> bool:
    """Whether a rule of a pack is behind it, and not the calendar or a pack that is missing."""
    return not is_clash(flag) and flag.rule != NO_PACK


def clash_line(flag: Any, acceptance: Any, names: Mapping[int, str]) -> FlagLine:
    """One of the calendar's own flags as a line; `acceptance` where somebody lives with it, `names` in full."""
    return FlagLine(
        id=(flag.rule, flag.person, flag.space, flag.events, flag.starts_wall),
        sort=FLAG if acceptance is None else ACCEPTED,
        flags=(flag,),
        day=work_day(flag.starts_wall),
        person=flag.person,
        name=names.get(flag.person, flag.name),
        title=_CLASH[flag.rule],
        short=_clash_words(flag, time_style()),
        severity=flag.severity,
        acceptance=acceptance,
    )


def flag_line(flag: Any, sort: str) -> FlagLine:
    """A flag of a work rule that counts, a cost or an accepted one as a line."""
    found = flag.finding
    return FlagLine(
        id=(found.pack, found.rule, found.person, found.anchor, found.production, repr(found.limit)),
        sort=sort,
        flags=(flag,),
        day=flag.day,
        person=flag.person,
        name=flag.person_name,
        title=flag.rule_title,
        short=flag.short(time_style()),
        agreement=flag.pack_title,
        source=source_text(flag),
        verified=flag.verified,
        severity=flag.severity,
        acceptance=flag.acceptance,
    )


def _clash_words(flag: Any, style: str) -> str:
    """Its sentence without what the line says already: rule, name and day."""
    words = flag.text(style)
    return words.partition(f"{flag.name}, ")[2].rpartition(", ")[0] or words


def source_text(flag: Any) -> str:
    """Agreement, edition and clause; "unverified" where nobody has compared the rule with them."""
    words = str(flag.source)
    return words if not words or flag.verified or "unverified" in words else f"{words}, unverified"


def unchecked_lines(flags: Iterable[Any]) -> list[FlagLine]:
    """What could not be checked: one line a rule and missing fact, whoever misses it."""
    alike: dict[Hashable, list[Any]] = {}
    for flag in flags:
        alike.setdefault((flag.finding.pack, flag.rule, flag.missing), []).append(flag)
    lines = []
    for key, group in alike.items():
        first = min(group, key=lambda flag: flag.day)
        people = {flag.person for flag in group}
        alone = len(people) == 1
        lines.append(
            FlagLine(
                id=(UNCHECKED, key),
                sort=UNCHECKED,
                flags=(first, *(flag for flag in group if flag is not first)),
                day=first.day,
                person=first.person if alone else None,
                name=first.person_name if alone else count_text(len(people), "person", "people"),
                title=first.rule_title,
                short=first.missing,
                agreement=first.pack_title,
                source=source_text(first),
                verified=first.verified,
            )
        )
    return lines


@dataclass(slots=True)
class FlagFilter:
    """What is to be seen; an empty part keeps everything."""

    sort: str = ""
    person: int | None = None
    rule: str = ""

    def keeps(self, line: FlagLine) -> bool:
        if self.sort and line.sort != self.sort:
            return False
        if self.rule and line.rule != self.rule:
            return False
        return self.person is None or any(flag.person == self.person for flag in line.flags)

    @property
    def set(self) -> bool:
        """Whether it can hide anything."""
        return bool(self.sort or self.rule or self.person is not None)


def counts_text(lines: Sequence[FlagLine]) -> str:
    """`11 flags, 3 costs, 2 not checked`; what there is none of is left out, but the flags."""
    many = {sort: sum(line.sort == sort for line in lines) for sort, _ in SORTS}
    flags = f"{many[FLAG]:,}" if many[FLAG] else "no"
    parts = [f"{flags} {'flag' if many[FLAG] == 1 else 'flags'}"]
    if many[COST]:
        parts.append(f"{many[COST]:,} {'cost' if many[COST] == 1 else 'costs'}")
    if many[UNCHECKED]:
        parts.append(f"{many[UNCHECKED]:,} not checked")
    if many[ACCEPTED]:
        parts.append(f"{many[ACCEPTED]:,} accepted")
    return ", ".join(parts)


def flag_items(
    lines: Sequence[FlagLine], by: str, *, years: bool = False, most: int = 1_000_000
) -> list[ListItem]:
    """Lines under heads by "week" or by "person"; what could not be checked stands together at the end.

    Of more than `most` lines the first are shown and a head says how many follow.
    """
    items: list[ListItem] = []
    groups: dict[Any, list[FlagLine]] = {}
    for line in sorted((one for one in lines if one.sort != UNCHECKED), key=_rank):
        key = monday(line.day) if by == "week" else (line.name.casefold(), line.person or 0)
        groups.setdefault(key, []).append(line)
    room = most
    for group in sorted(groups):
        own = groups[group]
        if room <= 0:
            break
        head = f"Week of {day_text(group)}" if isinstance(group, date) else own[0].name
        if years and isinstance(group, date):
            head += f" {group.year}"
        item = group_item(head, counts_text(own))
        item.key = ("head", by, group)
        items += [item, *(_item(line, by) for line in own[:room])]
        room -= len(own)
    if (more := sum(map(len, groups.values())) - most) > 0:
        items.append(group_item(f"{more:,} more. Choose a person, a rule or fewer weeks to see them."))
    if left := sorted((one for one in lines if one.sort == UNCHECKED), key=lambda one: (one.title, one.short)):
        items.append(group_item("Not checked, because something is not known", str(len(left))))
        items += [_item(line, by) for line in left]
    return items


def _rank(line: FlagLine) -> tuple[Any, ...]:
    return line.day, _ORDER[line.sort], line.severity != "red", line.name.casefold(), line.title


def _item(line: FlagLine, by: str) -> ListItem:
    icon, token = _MARKS.get(line.sort, (line.severity or "red", f"{line.severity or 'red'}Mark"))
    chips: tuple[ChipSpec, ...] = ()
    if line.sort != FLAG:
        chips = (ChipSpec({COST: "Cost", ACCEPTED: "Accepted"}.get(line.sort, "Not checked"), "plain"),)
    own = line.sort == UNCHECKED or by == "person"
    return ListItem(
        line.id,
        line.title if own else line.name,
        (line.name if line.sort == UNCHECKED else "") if own else line.title,
        f"{line.short} · {line.agreement}" if line.agreement else line.short,
        "" if line.sort == UNCHECKED else day_text(line.day),
        "" if line.verified else "unverified",
        icon=icon,
        icon_token=token,
        chips=chips,
        value=line,
    )


def line_text(line: FlagLine) -> str:
    """A line as a sentence, to be copied."""
    if line.sort == UNCHECKED:
        return f"Not checked: {line.title}, {line.name}, {line.short} ({line.source})"
    head = {COST: "Cost: ", ACCEPTED: "Accepted: "}.get(line.sort, "")
    return f"{head}{line.flag.text(time_style())}"


def lines_table(lines: Sequence[FlagLine]) -> str:
    """Lines as a table for a spreadsheet."""
    words = {FLAG: "Flag", COST: "Cost", UNCHECKED: "Not checked", ACCEPTED: "Accepted"}
    rows = [("Day", "Person", "Rule", "Measured", "Source", "What")]
    rows += [
        (f"{one.day:%Y-%m-%d}", one.name, one.title, one.short, one.source or "calendar", words[one.sort])
        for one in lines
    ]
    return "\n".join("\t".join(cell.replace("\t", " ") for cell in row) for row in rows)
