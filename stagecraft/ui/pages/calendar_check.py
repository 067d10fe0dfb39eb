"""The live check of a drag: what would clash where a call is held, answered from rows read when it was taken up."""

from __future__ import annotations

from collections.abc import Sequence

from stagecraft.domain.calendar import rehearsal_minutes
from stagecraft.domain.conflicts import MoveCheck, Occupancy, Slot, check_slots, clashes
from stagecraft.domain.findings import AMBER, RED, Finding
from stagecraft.domain.times import DAY, work_day
from stagecraft.queries.calendar import CallRow, EventRow, occupancy
from stagecraft.queries.calendar_conflicts import moved_slot
from stagecraft.queries.calendar_units import RoomRow, TrayRow, home_rooms, leaders_of
from stagecraft.queries.calendar_week import WeekData
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_flags import COST, finding_lines
from stagecraft.ui.pages.calendar_held import HeldCheck
from stagecraft.ui.words import time_style, time_text

_REACH = 9 * DAY


class CalendarCheck:
    """Knows the events of the week shown and asks the file once for each drag, and again when a week is turned."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.week: WeekData | None = None
        self.tray: list[TrayRow] = []
        self._events: list[EventRow] = []
        self._calls: dict[int, list[CallRow]] = {}
        self._scene: TrayRow | None = None
        self._leaders: list[int] = []
        self._rooms: list[RoomRow] = []
        self._zone = "UTC"
        self._around = Occupancy()
        self._known = (0, 0)
        self.rules = HeldCheck(desk)

    # --- DropCheck ---

    def begin(self, events: Sequence[int], scene: int | None) -> int:
        """Something is taken up."""
        self._events, self._calls, self._scene, self._known = [], {}, None, (0, 0)
        if scene is not None:
            return self._begin_scene(scene)
        if self.week is not None:
            self._events = [event for event in self.week.events if event.id in events]
            self._calls = {event.id: self.week.calls.get(event.id, []) for event in self._events}
        self.rules.begin(_called([call for calls in self._calls.values() for call in calls]))
        return 0

    def rehearse(self, event: EventRow) -> None:
        """Go once through a drag that moves nothing: the file then answers the first real one at once."""
        self.begin([event.id], None)
        self.check(event.id, event.starts_wall, event.ends_wall)
        self.rules.end()

    def _begin_scene(self, scene: int) -> int:
        row = next((row for row in self.tray if row.scene_id == scene), None)
        if row is None:
            return rehearsal_minutes(())
        self._scene = row
        production = self._desk.production_row(row.production_id)
        self._zone = production.zone if production else "UTC"
        self._rooms = self._desk.read(home_rooms, row.production_id)
        self._leaders = self._desk.read(leaders_of, row.production_id, "staging", self._desk.date)
        everyone = list(dict.fromkeys((*row.people, *self._leaders)))
        self.rules.begin(everyone, (row.production_id, "staging", self._zone))
        return rehearsal_minutes([row.minutes])

    def at(self, held: int, starts: int, ends: int) -> tuple[list[tuple[str, str]], list[str]]:
        """Findings and what is fine with the held thing at this span."""
        if self._scene is not None:
            return self._scene_at(starts, ends)
        found = self.check(held, starts, ends)
        lines: list[tuple[str, str]] = []
        for event in self._events:
            lines += _told([finding for finding in found.findings if event.id in finding.events], event.id)
        held_event = next((event for event in self._events if event.id == held), None)
        if held_event is not None:
            lines += self._day_off(held_event.production_id, starts)
        lines.sort(key=lambda line: _ORDER.get(line[0], 3))
        rules = self.rules.lines_at((held, starts, ends), lambda: self._spans(held, starts, ends))
        return _together(lines, rules), found.fine

    def _spans(self, held: int, starts: int, ends: int) -> dict[int, dict[int, tuple[int, int]]]:
        """Where everybody in the held calls would be, by person and event."""
        spans: dict[int, dict[int, tuple[int, int]]] = {}
        for event, first, last in self._moved(held, starts, ends):
            for call in self._calls[event.id]:
                if call.status == "called":
                    spans.setdefault(call.person_id, {})[event.id] = _call_span(call, event, first, last)
        return spans

    def _moved(self, held: int, starts: int, ends: int) -> list[tuple[EventRow, int, int]]:
        """Every held event with its new times: moved as the held one is, or that one stretched."""
        base = next((event for event in self._events if event.id == held), None)
        if base is None:
            return []
        if ends - starts != base.ends_wall - base.starts_wall:
            return [(event, starts, ends) for event in self._events]
        by = starts - base.starts_wall
        return [(event, event.starts_wall + by, event.ends_wall + by) for event in self._events]

    def _day_off(self, production: int, starts: int) -> list[tuple[str, str]]:
        """`HIT day off` where a call of that production would stand on one; a warning only."""
        events = self.week.events if self.week is not None else []
        off = (event for event in events if event.kind == "day-off" and event.day == work_day(starts))
        return [(AMBER, f"{event.code} day off") for event in off if event.production_id == production][:1]

    # --- the work ---

    def check(self, held: int, starts: int, ends: int) -> MoveCheck:
        """The check in typed values: every held event moved as the held one is, or the held one stretched."""
        people: list[tuple[int, Slot]] = []
        rooms: list[tuple[int, Slot]] = []
        moved = self._moved(held, starts, ends)
        if not moved:
            return MoveCheck([], [])
        for event, first, last in moved:
            show = self._show_of(event.production_id)
            if event.space_id is not None:
                rooms.append((event.space_id, moved_slot(event.id, event.short, first, last, event.zone, show)))
            for call in self._calls[event.id]:
                if call.status == "called":
                    span = _call_span(call, event, first, last)
                    people.append((call.person_id, moved_slot(event.id, event.short, *span, event.zone, show)))
        return check_slots(
            people, rooms, self._occupancy(people, rooms, [event.id for event in self._events]), time_style()
        )

    def _show_of(self, production: int) -> str:
        row = self._desk.production_row(production)
        return row.name if row else ""

    def _occupancy(
        self, people: list[tuple[int, Slot]], rooms: list[tuple[int, Slot]], without: list[int]
    ) -> Occupancy:
        slots = [slot for _key, slot in (*people, *rooms)]
        if not slots:
            return Occupancy()
        low, high = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
        if low - DAY // 2 < self._known[0] or high + DAY // 2 > self._known[1]:
            self._known = (low - _REACH, high + _REACH)
            production = self._events[0].production_id if self._events else None
            if self._scene is not None:
                production = self._scene.production_id
            self._around = self._desk.read(
                occupancy,
                [person for person, _slot in people],
                [room for room, _slot in rooms],
                *self._known,
                without=without,
                production_id=production,
            )
        return self._around

    # --- scenes from the tray ---

    def _scene_at(self, starts: int, ends: int) -> tuple[list[tuple[str, str]], list[str]]:
        assert self._scene is not None
        _room, late, found = self.place_scene(starts, ends)
        fine = [
            f"{self._around.person_names.get(person, '')} from {time_text(own)}" for person, own in late.items()
        ]
        lines = _told(found.findings, 0)
        spans = {
            person: {0: (late.get(person, starts), ends)} for person in (*self._scene.people, *self._leaders)
        }
        return _together(lines, self.rules.lines_at((0, starts, ends), lambda: spans)), fine + found.fine

    def place_scene(self, starts: int, ends: int) -> tuple[int | None, dict[int, int], MoveCheck]:
        """Best room, own starting times of people who come free during the call, and the check of all that."""
        assert self._scene is not None
        everyone = list(dict.fromkeys((*self._scene.people, *self._leaders)))
        show = self._show_of(self._scene.production_id)
        slot = moved_slot(0, self._scene.number, starts, ends, self._zone, show)
        people = [(person, slot) for person in everyone]
        rooms = [(room.id, slot) for room in self._rooms]
        around = self._occupancy(people, rooms, [])
        room = next(
            (room.id for room in self._rooms if not clashes(slot, around.spaces.get(room.id, ()))),
            self._rooms[0].id if self._rooms else None,
        )
        late = {person: own for person in everyone if (own := _late_start(slot, around, person)) is not None}
        own_slots = [
            (person, moved_slot(0, self._scene.number, late.get(person, starts), ends, self._zone, show))
            for person in everyone
        ]
        return (
            room,
            late,
            check_slots(own_slots, [(room, slot)] if room is not None else [], around, time_style()),
        )

    @property
    def leaders(self) -> list[int]:
        """Who leads the scene that is held."""
        return self._leaders


_ORDER = {RED: 0, AMBER: 1, COST: 2}


def _together(clashes: list[tuple[str, str]], rules: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The worst first; of many clashes three stand before the work rules, so that both are seen."""
    places = [(_ORDER.get(line[0], 3), place >= 3, line) for place, line in enumerate(clashes)]
    places += [(_ORDER.get(line[0], 3), False, line) for line in rules]
    return [line for _severity, _late, line in sorted(places, key=lambda one: one[:2])]


def _called(calls: Sequence[CallRow]) -> list[int]:
    return list(dict.fromkeys(call.person_id for call in calls if call.status == "called"))


def _told(findings: Sequence[Finding], event: int) -> list[tuple[str, str]]:
    return [(line.severity, line.words) for line in finding_lines(findings, event)]


def _call_span(call: CallRow, event: EventRow, starts: int, ends: int) -> tuple[int, int]:
    """Where a person's call goes with its event: moved along, or its edges that met the event's follow."""
    if ends - starts == event.ends_wall - event.starts_wall:
        by = starts - event.starts_wall
        return call.starts_wall + by, call.ends_wall + by
    first = starts if call.starts_wall == event.starts_wall else call.starts_wall
    last = ends if call.ends_wall == event.ends_wall else call.ends_wall
    return (first, last) if first < last else (starts, ends)


def _late_start(slot: Slot, around: Occupancy, person: int) -> int | None:
    """Wall minute from which somebody busy at the start is free for the rest, on the quarter hour; else None."""
    hits = clashes(slot, around.people.get(person, ()))
    if not hits or any(hit.ends_at >= slot.ends_at or hit.starts_at > slot.starts_at for hit in hits):
        return None
    free = max(hit.ends_at for hit in hits) + slot.starts_wall - slot.starts_at
    free = -(-free // 15) * 15
    return free if free < slot.ends_wall else None
