"""One day as lanes: a room of a production with what happens in it, who is in it, and the meals between.

The days around it, absences and deadlines are `queries.today`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from stagecraft.domain.calendar import kind_word, people_line
from stagecraft.domain.kinds import ON_STAGE
from stagecraft.domain.times import work_day_span
from stagecraft.queries.calendar import CallRow, EventRow, call_rows, event_rows
from stagecraft.queries.people import AssignmentRow, assignment_rows
from stagecraft.queries.performances import cast_change_rows

REST_KINDS = ("day-off", "dark")
ELSEWHERE = "Elsewhere"
"""The lane of what has no room."""


@dataclass(slots=True)
class StripBlock:
    """Something in a lane. `line` says who; `half_hour_wall` is a performance's sign-in time.

    `severity` (red | amber | empty) and `finding` tell of the worst flag it has; whoever shows it puts them in.
    """

    event_id: int
    performance_id: int | None
    kind: str
    title: str
    line: str
    starts_wall: int
    ends_wall: int
    state: str
    number: int | None = None
    half_hour_wall: int | None = None
    severity: str = ""
    finding: str = ""


@dataclass(slots=True)
class StripLane:
    """A room with its blocks; `rest` says why a production does not work that day (its lane then has no room)."""

    production_id: int
    code: str
    colour: str
    space: str
    blocks: list[StripBlock] = field(default_factory=list)
    meals: list[tuple[int, int]] = field(default_factory=list)
    rest: str = ""


def day_lanes(conn: Connection, day: date, production_ids: Iterable[int] = ()) -> list[StripLane]:
    """Lanes of a working day, rehearsals before performances; cancelled events stay, struck out by the view.

    A fixed number of statements, whatever the day holds.
    """
    starts, ends = work_day_span(day)
    ids = list(production_ids)
    events = [event for event in event_rows(conn, starts, ends, ids) if event.day == day]
    calls: dict[int, list[CallRow]] = {}
    for call in call_rows(conn, [event.id for event in events]):
        calls.setdefault(call.event_id, []).append(call)
    casts = _casts(assignment_rows(conn, {event.production_id for event in events}, on=day))
    changes: dict[int, list[str]] = {}
    for change in cast_change_rows(conn, starts, ends, ids):
        changes.setdefault(change.performance_id, []).append(f"{change.track} {change.on_short or 'nobody'}")
    lanes: dict[tuple[int, str], StripLane] = {}
    meals: dict[int, list[tuple[int, int]]] = {}
    for event in events:
        if event.kind == "meal":
            if event.state != "cancelled":
                meals.setdefault(event.production_id, []).append((event.starts_wall, event.ends_wall))
            continue
        lane = _lane(lanes, event)
        if event.kind in REST_KINDS:
            parts = (kind_word(event.kind).lower(), event.title, event.note.rstrip("."))
            lane.rest = ", ".join(part for part in parts if part)
        else:
            cast = casts.get(event.production_id, [])
            lane.blocks.append(_block(event, calls.get(event.id, []), cast, changes))
    for lane in lanes.values():
        lane.meals = meals.get(lane.production_id, []) if _rehearses(lane) else []
    return sorted(lanes.values(), key=_lane_order)


def _lane(lanes: dict[tuple[int, str], StripLane], event: EventRow) -> StripLane:
    space = "" if event.kind in REST_KINDS else event.space or ELSEWHERE
    space = event.venue.removesuffix(" Theatre") if space == "Stage" else space
    key = (event.production_id, space)
    if key not in lanes:
        lanes[key] = StripLane(event.production_id, event.code, event.colour, space)
    return lanes[key]


def _rehearses(lane: StripLane) -> bool:
    return any(block.number is None for block in lane.blocks)


def _lane_order(lane: StripLane) -> tuple[bool, int, bool, str]:
    played = any(block.number is not None and block.kind == "performance" for block in lane.blocks)
    first = min((block.starts_wall for block in lane.blocks), default=0)
    return (
        played,
        lane.production_id if played else -lane.production_id,
        lane.space == ELSEWHERE,
        f"{lane.space} {first}",
    )


@dataclass(slots=True)
class _Member:
    person_id: int
    kind: str
    track: str


def _casts(parts: Sequence[AssignmentRow]) -> dict[int, list[_Member]]:
    """Who is on stage in each production that day, in the order of the tracks."""
    casts: dict[int, list[_Member]] = {}
    for part in parts:
        if part.kind in ON_STAGE and part.track_id is not None:
            casts.setdefault(part.production_id, []).append(_Member(part.person_id, part.kind, part.track))
    return casts


def _block(
    event: EventRow, calls: list[CallRow], cast: list[_Member], changes: dict[int, list[str]]
) -> StripBlock:
    if event.performance_id is not None and event.number is not None:
        lead = next((member for member in cast), None)
        leading = next(
            (call.short for call in calls if lead is not None and call.person_id == lead.person_id), ""
        )
        changed = changes.get(event.performance_id, [])
        words = [f"{lead.track} {leading}"] if lead is not None and leading and len(changed) < 2 else []
        words += [one for one in changed if one not in words]
        line = " · ".join(words) if event.kind == "performance" else "company"
    else:
        line = people_words(event.who, calls, cast)
    return StripBlock(
        event_id=event.id,
        performance_id=event.performance_id,
        kind=event.kind,
        title=event.heading,
        line=line,
        starts_wall=event.starts_wall,
        ends_wall=event.ends_wall,
        state=event.state,
        number=event.number,
        half_hour_wall=None if event.half_hour is None else event.starts_wall - event.half_hour,
    )


def people_words(who: str, calls: Sequence[CallRow], cast: Sequence[_Member]) -> str:
    """`Lena, Ens · Josh`, `company · Derek`, `all but Sol · Derek`: who is called and who leads, in one line."""
    called = {call.person_id: call for call in calls if call.status == "called"}
    led = sorted((call for call in called.values() if call.source == "leader"), key=lambda call: call.id)
    leaders = [call.short for call in led]
    if who:
        return people_line([who], 0, leaders, everyone=False)
    names = {call.person_id: call.short for call in calls}
    here = [member for member in cast if member.person_id in called]
    missing = [member for member in cast if member.person_id not in called]
    if here and len(here) >= 5 and 0 < len(missing) <= 2 and all(one.person_id in names for one in missing):
        absent = " and ".join(names[one.person_id] for one in missing)
        return people_line([f"all but {absent}"], 0, leaders, everyone=False)
    ensemble = [member for member in here if member.kind == "ensemble"]
    whole = len(ensemble) > 2 and len(ensemble) == sum(member.kind == "ensemble" for member in cast)
    shown = [member for member in here if not whole or member.kind != "ensemble"]
    members = {member.person_id for member in here}
    others = [
        call.short for call in called.values() if call.source != "leader" and call.person_id not in members
    ]
    everyone = bool(here) and not missing
    listed = [names[member.person_id] for member in shown] + others
    return people_line(listed, len(ensemble) if whole else 0, leaders, everyone)
