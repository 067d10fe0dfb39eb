"""What people are called to, as work rules judge it. How events become calls is in `domain.rules.joining`.

Calls are read along the (person, start) index with their start bounded on both sides. Calls that occupy nobody are
not read: cancelled events, meals and days off, released and optional people, who is replaced in a performance.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, select

from stagecraft.domain.kinds import KINDS
from stagecraft.domain.rules.calls import MEAL, SHORT, Break, PersonCalls, Posting
from stagecraft.domain.rules.joining import Around, Part, joined
from stagecraft.domain.times import DAY, to_instant, work_day, work_day_span
from stagecraft.queries.calendar_conflicts import call_names, counts, played_by_another
from stagecraft.store.schema import Block, Call, Event, Issue, Performance, Space

POSTING = ("daily-call", "weekly-schedule")
"""Documents that tell people when they are called."""

_STUDENT = re.compile(r"\b(student|school)s?['’]?\s+(matin[eé]e|performance|show)\b", re.IGNORECASE)
"""Words of a title that make a performance one for schools; a school in the show's own name does not."""
_MARGIN = 16 * 60
"""Minutes by which an instant may differ from a wall minute, zones and the day's cut together."""
_BREAKS = {"meal": MEAL, "break": SHORT}


@dataclass(slots=True)
class CallBook:
    """Parts of calls by person, in order of start, with what is around them."""

    parts: dict[int, list[Part]] = field(default_factory=dict)
    around: Around = field(default_factory=Around)
    names: dict[int, str] = field(default_factory=dict)

    def person(self, person: int) -> PersonCalls:
        """The calls of one person, joined."""
        calls = joined(person, self.parts.get(person, ()), self.around)
        return PersonCalls(person, self.names.get(person, ""), calls)


def person_calls(
    conn: Connection, person_ids: Iterable[int], first: date, last: date, *, postings: bool = True
) -> dict[int, PersonCalls]:
    """What these people are called to on the working days first to last, by person. Five statements."""
    people = sorted(set(person_ids))
    book = call_book(conn, people, first, last, postings=postings)
    return {person: book.person(person) for person in people}


def called_people(conn: Connection, first: date, last: date, production_ids: Sequence[int] = ()) -> list[int]:
    """Who is called to anything on these working days in these productions (all when none are given)."""
    starts, ends = work_day_span(first, (last - first).days + 1)
    query = (
        select(Call.person_id)
        .distinct()
        .join(Event, Event.id == Call.event_id)
        .where(Event.starts_wall >= starts - DAY, Event.starts_wall < ends, Call.starts_wall >= starts)
        .where(Call.starts_wall < ends, Call.status == "called", counts(Event), ~played_by_another(Call))
    )
    if production_ids:
        query = query.where(Event.production_id.in_(production_ids))
    return sorted(conn.execute(query).scalars())


def planned_days(conn: Connection, production_ids: Sequence[int] = ()) -> tuple[date, date] | None:
    """First and last working day with an event, cancelled or not; None before there is one."""
    query = select(func.min(Event.starts_wall), func.max(Event.starts_wall))
    if production_ids:
        query = query.where(Event.production_id.in_(production_ids))
    first, last = conn.execute(query).one()
    return None if first is None else (work_day(first), work_day(last))


def call_book(
    conn: Connection,
    people: Sequence[int],
    first: date,
    last: date,
    *,
    kinds: Collection[str] | None = None,
    postings: bool = False,
) -> CallBook:
    """Calls of these people with a start on the working days first to last, of some kinds of event or of all.

    Four statements, five with postings.
    """
    starts, ends = work_day_span(first, (last - first).days + 1)
    book = CallBook(names=call_names(conn))
    for person, part in _parts(conn, people, starts, ends, kinds):
        book.parts.setdefault(person, []).append(part)
    book.around = Around(
        meals=_meals(conn, starts, ends),
        breaks=_planned(conn, starts, ends),
        postings=_posted(conn, people, first, last) if postings else {},
    )
    return book


def _parts(
    conn: Connection, people: Sequence[int], starts: int, ends: int, kinds: Collection[str] | None
) -> Iterable[tuple[int, Part]]:
    query = (
        select(
            Call.person_id,
            Call.starts_at,
            Call.ends_at,
            Call.starts_wall,
            Call.ends_wall,
            Event.id,
            Event.production_id,
            Event.kind,
            Event.zone,
            Space.venue_id,
            Event.title,
            Event.breaks_planned,
            Event.starts_at,
            Event.starts_wall,
            Performance.half_hour,
            Performance.type,
        )
        .select_from(Call)
        .join(Event, Event.id == Call.event_id)
        .outerjoin(Space, Space.id == Event.space_id)
        .outerjoin(Performance, Performance.event_id == Event.id)
        .where(
            Call.person_id.in_(people),
            and_(Call.starts_at >= starts - _MARGIN, Call.starts_at < ends + _MARGIN),
            and_(Call.starts_wall >= starts, Call.starts_wall < ends),
            Call.status == "called",
            counts(Event),
            ~played_by_another(Call),
        )
        .order_by(Call.person_id, Call.starts_at)
    )
    if kinds is not None:
        query = query.where(Event.kind.in_(sorted(kinds)))
    found: Any = conn.execute(query)
    for person, *row in found:
        yield person, part_of(*row)


def part_of(
    starts_at: int,
    ends_at: int,
    starts_wall: int,
    ends_wall: int,
    event: int,
    production: int,
    kind: str,
    zone: str,
    venue: int | None,
    title: str,
    breaks_planned: bool,
    curtain_at: int,
    curtain_wall: int,
    half_hour: int | None,
    shown_as: str | None,
) -> Part:
    """One call of a person from its columns; `half_hour` and `shown_as` are those of a performance."""
    part = Part(
        event, production, kind, starts_at, ends_at, starts_wall, ends_wall, zone, venue, title, breaks_planned
    )
    if half_hour is not None:
        part.half_hour, part.curtain_at, part.curtain_wall = half_hour, curtain_at, curtain_wall
        part.kind = "presentation" if shown_as == "presentation" else "performance"
        tags = {shown_as or ""} | ({"student_matinee"} if _STUDENT.search(title) else set())
        part.tags = frozenset(tags - {""})
    elif kind in KINDS and KINDS[kind].counts_as == "performance":
        part.curtain_at, part.curtain_wall = curtain_at, curtain_wall
    return part


def _meals(conn: Connection, starts: int, ends: int) -> dict[int, list[tuple[int, int]]]:
    meals: dict[int, list[tuple[int, int]]] = {}
    for production, first, last in conn.execute(
        select(Event.production_id, Event.starts_at, Event.ends_at)
        .where(
            Event.kind == "meal",
            Event.state != "cancelled",
            Event.starts_wall >= starts - DAY,
            Event.starts_wall < ends + DAY,
        )
        .order_by(Event.starts_at)
    ):
        meals.setdefault(production, []).append((first, last))
    return meals


def _planned(conn: Connection, starts: int, ends: int) -> dict[int, list[Break]]:
    breaks: dict[int, list[Break]] = {}
    for event, zone, kind, first, last in conn.execute(
        select(Block.event_id, Event.zone, Block.kind, Block.starts_wall, Block.ends_wall)
        .join(Event, Event.id == Block.event_id)
        .where(
            Event.breaks_planned.is_(True),
            Block.kind.in_(tuple(_BREAKS)),
            Event.starts_wall >= starts - DAY,
            Event.starts_wall < ends + DAY,
        )
        .order_by(Block.starts_wall)
    ):
        span = to_instant(first, zone), to_instant(last, zone)
        breaks.setdefault(event, []).append(Break(_BREAKS[kind], *span))
    return breaks


# --- what was posted ---------------------------------------------------------------------------------------


def _posted(
    conn: Connection, people: Sequence[int], first: date, last: date
) -> dict[tuple[int, int], list[Posting]]:
    """Postings of (event, person), by time: from the sheets about these days, weekly ones a week before."""
    wanted = set(people)
    found: dict[tuple[int, int], list[Posting]] = {}
    for issued_at, calls in conn.execute(
        select(Issue.issued_at, Issue.calls)
        .where(Issue.calls != "", Issue.about >= first - timedelta(days=7), Issue.about <= last)
        .order_by(Issue.issued_at, Issue.id)
    ):
        for event, person, starts_at, ends_at in json.loads(calls):
            if person in wanted:
                found.setdefault((event, person), []).append(Posting(issued_at, starts_at, ends_at))
    return found


def posted_calls(conn: Connection, production_id: int, document: str, about: date | None) -> str:
    """What a call sheet about a day, or a schedule about a week, posts: kept with its issue; "" for other sheets."""
    if about is None or document not in POSTING:
        return ""
    starts, ends = work_day_span(about, 1 if document == "daily-call" else 7)
    found = conn.execute(
        select(Call.event_id, Call.person_id, Call.starts_at, Call.ends_at)
        .join(Event, Event.id == Call.event_id)
        .where(
            Event.production_id == production_id,
            Event.starts_wall >= starts,
            Event.starts_wall < ends,
            Call.status == "called",
            counts(Event),
        )
        .order_by(Call.event_id, Call.person_id)
    )
    return json.dumps([list(row) for row in found], separators=(",", ":"))
