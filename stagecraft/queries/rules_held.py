"""What work rules would say where a call is held: read once when a drag starts, then asked without the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from stagecraft.domain.rules.calls import PersonCalls
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.facts import Approval
from stagecraft.domain.rules.findings import INFORMATION, NOT_EVALUATED
from stagecraft.domain.rules.joining import Part, joined
from stagecraft.domain.rules.packs import Rule
from stagecraft.domain.times import to_instant, work_day
from stagecraft.queries.calendar_conflicts import event_words
from stagecraft.queries.rules_calls import CallBook, call_book
from stagecraft.queries.rules_check import FlagMaker, RuleHouse, read_house
from stagecraft.queries.rules_far import NEAR, is_near
from stagecraft.queries.rules_flag import RuleFlag

NEW = 0
"""The event that is not there yet, in what is moved."""

Span = tuple[int, int]


@dataclass(slots=True)
class HeldPerson:
    """One person of a drag: their calls as they are, and what holds for them."""

    parts: dict[int, Part]
    attachments: list[Attachment]
    approvals: list[Approval]


@dataclass(slots=True)
class HeldRules:
    """Rules of the people of dragged calls. Nothing here reads the database."""

    house: RuleHouse
    book: CallBook
    people: dict[int, HeldPerson] = field(default_factory=dict)
    new: Part | None = None
    titles: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    def at(self, person: int, moved: Mapping[int, Span | None]) -> list[RuleFlag]:
        """Flags of one person with some events at other wall times; None is not called there.

        Of the days that calls leave and enter only, without what is accepted or cannot be checked, and only rules
        that look at a day or a week.
        """
        held = self.people.get(person)
        if held is None:
            return []
        parts, days = self._moved(held, moved)
        if not days:
            return []
        calls = joined(person, parts.values(), self.book.around)
        listed = PersonCalls(person, self.book.names.get(person, ""), calls)
        maker = FlagMaker(self.house, listed, tuple(parts.values()), min(days))
        packs = {one.pack.id: one.pack for one in held.attachments}
        flags = []
        for day in _spans(days):
            for finding in check(listed, held.attachments, held.approvals, day, _is_near):
                if finding.severity in (INFORMATION, NOT_EVALUATED):
                    continue
                if maker.clash(finding) is not None:
                    continue
                flag = maker.flag(finding, packs[finding.pack])
                if flag.acceptance is None:
                    flag.titles = self.titles
                    flags.append(flag)
        return flags

    def _moved(self, held: HeldPerson, moved: Mapping[int, Span | None]) -> tuple[dict[int, Part], set[date]]:
        """The parts as they would be, and the days touched."""
        parts, days = dict(held.parts), set()
        for event, span in moved.items():
            before = parts.pop(event, None)
            if before is not None:
                days.add(work_day(before.starts_wall))
            kind = before or (replace(self.new) if event == NEW and self.new else None)
            if span is not None and kind is not None:
                parts[event] = _put(kind, *span)
                days.add(work_day(span[0]))
        return parts, days


def _put(part: Part, starts: int, ends: int) -> Part:
    """The part at other wall times, its curtain with it."""
    shift = starts - part.starts_wall
    starts_at, ends_at = to_instant(starts, part.zone), to_instant(ends, part.zone)
    found = replace(part, starts_wall=starts, ends_wall=ends, starts_at=starts_at, ends_at=ends_at)
    if part.curtain_wall is not None:
        found.curtain_wall = part.curtain_wall + shift
        found.curtain_at = to_instant(found.curtain_wall, part.zone)
    return found


def _is_near(_attachment: Attachment, rule: Rule) -> bool:
    return is_near(rule)


def _spans(days: set[date]) -> list[tuple[date, date]]:
    """The days as spans, those that follow each other together."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] <= timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def held_check(
    conn: Connection,
    person_ids: Sequence[int],
    first: date,
    last: date,
    new: tuple[int, str, str] | None = None,
) -> HeldRules:
    """What a drag on the working days first to last needs. `new` is (production, kind, zone) of a call to be made."""
    people = sorted(set(person_ids))
    house = read_house(conn, people)
    near = timedelta(days=NEAR)
    book = call_book(conn, people, first - near, last + near)
    held = HeldRules(house, book)
    if new is not None:
        production, kind, zone = new
        held.new = Part(NEW, production, kind, 0, 0, 0, 0, zone)
    for person in people:
        parts = {part.event: part for part in book.parts.get(person, ())}
        days = [(part.production, work_day(part.starts_wall)) for part in parts.values()]
        if new is not None:
            days += [(new[0], first), (new[0], last)]
        judged = house.facts.judged(person, days, first, last)
        approvals = house.facts.granted(judged.attachments)
        held.people[person] = HeldPerson(parts, judged.attachments, approvals)
    events = {event for one in held.people.values() for event in one.parts}
    held.titles = event_words(conn, events)
    return held
