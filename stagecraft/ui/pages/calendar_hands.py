"""What is done to calls on the calendar page, each one command and one undo step. No painting here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stagecraft.domain.calendar import kind_of_title, rehearsal_minutes
from stagecraft.domain.conflicts import check_slots
from stagecraft.domain.free_slots import SEARCH_DAYS, slot_starts
from stagecraft.domain.kinds import KINDS
from stagecraft.domain.times import DAY, wall, work_day, work_day_span
from stagecraft.queries.calendar import EventRow, call_rows, event_rows, occupancy
from stagecraft.queries.calendar_conflicts import moved_slot
from stagecraft.queries.calendar_units import TrayRow, best_room, free_rooms, leaders_of
from stagecraft.services.calendar import (
    AddEvent,
    CancelEvent,
    ClearEvents,
    CopyEvents,
    MoveEvent,
    MoveEvents,
    ReleaseCalls,
    RemoveEvent,
    RestoreEvents,
    StretchEvent,
)
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_check import CalendarCheck

ORIGIN = "calendar"


@dataclass(slots=True)
class Clip:
    """Calls that were copied or cut: their ids, where the first began, and whether they are a whole day."""

    events: list[int]
    starts: int
    ends: int
    cut: bool = False
    whole_day: bool = False


class CalendarHands:
    """Turns gestures and keys of the calendar into commands."""

    def __init__(self, desk: Desk, check: CalendarCheck) -> None:
        self.desk = desk
        self.check = check
        self.clip: Clip | None = None

    def do(self, command: Any) -> Any:
        """Run a command of this page; its value, or None when it was refused."""
        changes = self.desk.do(command, ORIGIN)
        return changes.value if changes else None

    # --- moving --------------------------------------------------------------------------------------------

    def move(self, events: Sequence[EventRow], by: int, *, copy: bool) -> list[int] | None:
        """Move or copy; returns the ids of copies."""
        ids = tuple(event.id for event in events)
        if not ids or not by:
            return None
        if copy:
            return self.do(CopyEvents(ids, by))
        if len(events) == 1:
            self.do(MoveEvent(ids[0], events[0].starts_wall + by))
        else:
            self.do(MoveEvents(ids, by))
        return None

    def stretch(self, event: int, starts: int, ends: int) -> None:
        self.do(StretchEvent(event, starts, ends))

    def end_by(self, events: Sequence[EventRow], minutes: int) -> None:
        """The end of one call earlier or later, never before 5 minutes after its start."""
        if len(events) == 1:
            event = events[0]
            ends = max(event.ends_wall + minutes, event.starts_wall + 5)
            self.do(StretchEvent(event.id, ends=ends))

    # --- clipboard -----------------------------------------------------------------------------------------

    def copy(self, events: Sequence[EventRow], *, cut: bool = False, whole_day: bool = False) -> None:
        """Remember calls for pasting; a performance is left out, it has a number of its own."""
        kept = [event for event in events if event.performance_id is None or cut]
        if not kept:
            return
        self.clip = Clip(
            [event.id for event in kept],
            min(event.starts_wall for event in kept),
            max(event.ends_wall for event in kept),
            cut,
            whole_day,
        )
        count = len(kept)
        what = "the day" if whole_day else "1 call" if count == 1 else f"{count} calls"
        self.desk.say(f"{'Cut' if cut else 'Copied'} {what}. Choose a day and press Ctrl+V.")

    def paste(self, day: date) -> list[int] | None:
        """Put remembered calls on a day at their own times; on their own day, right after themselves."""
        clip = self.clip
        if clip is None:
            return None
        by = wall(day) - wall(work_day(clip.starts))
        if by == 0 and not clip.cut:
            by = -(-(clip.ends - clip.starts) // 15) * 15
        if not by:
            return None
        if clip.cut:
            self.clip = None
            self.do(MoveEvents(tuple(clip.events), by))
            return clip.events
        return self.do(CopyEvents(tuple(clip.events), by))

    # --- taking away ---------------------------------------------------------------------------------------

    def take_off(self, events: Sequence[EventRow]) -> None:
        """Remove drafts, cancel what was published; put on again what was cancelled."""
        ids = tuple(event.id for event in events)
        if not ids:
            return
        if all(event.state == "cancelled" for event in events):
            self.do(RestoreEvents(ids))
        elif len(events) > 1:
            self.do(ClearEvents(ids))
        elif events[0].state == "draft" and events[0].performance_id is None:
            self.do(RemoveEvent(ids[0]))
        else:
            self.do(CancelEvent(ids[0]))

    # --- making --------------------------------------------------------------------------------------------

    def create(
        self, production: int, starts: int, ends: int, text: str, drawn: bool, tray: Sequence[TrayRow]
    ) -> int | None:
        """A new call from what was typed: scene numbers fill in scenes, people and minutes, else it is a title."""
        scenes = scenes_in(text, tray)
        if scenes:
            if not drawn:
                ends = starts + rehearsal_minutes(scene.minutes for scene in scenes)
            return self._add_scenes(production, scenes, starts, ends)
        kind = kind_of_title(text) or "other"
        space = (
            None
            if kind in ("meal", "day-off", "travel", "press", "fitting")
            else self.desk.read(best_room, production, starts, ends)
        )
        return self.do(AddEvent(production, kind, starts, ends, space=space, title=text))

    def _add_scenes(self, production: int, scenes: list[TrayRow], starts: int, ends: int) -> int | None:
        leaders = self.desk.read(leaders_of, production, "staging", work_day(starts))
        return self.do(
            AddEvent(
                production,
                "staging",
                starts,
                ends,
                space=self.desk.read(best_room, production, starts, ends),
                units=tuple(scene.scene_id for scene in scenes),
                leaders=tuple(leaders),
            )
        )

    def drop_scene(self, scene: int, starts: int) -> int | None:
        """A scene of the tray on a day: its minutes, its people, the best free room, late people their own time."""
        row = next((row for row in self.check.tray if row.scene_id == scene), None)
        if row is None:
            return None
        ends = starts + self.check.begin([], scene)
        room, late, _found = self.check.place_scene(starts, ends)
        return self.do(
            AddEvent(
                row.production_id,
                "staging",
                starts,
                ends,
                space=room,
                units=(scene,),
                leaders=tuple(self.check.leaders),
                own_times=tuple((person, own, ends) for person, own in late.items()),
            )
        )

    # --- repairs -------------------------------------------------------------------------------------------

    def next_free_slot(self, event: EventRow) -> int | None:
        """Wall minute, within a week, at which nothing clashes; before others one that does not lengthen the day."""
        calls = [call for call in self.desk.read(call_rows, [event.id]) if call.status == "called"]
        people = [call.person_id for call in calls]
        rooms = [event.space_id] if event.space_id is not None else []
        low, high = event.starts_at - DAY, event.starts_at + (SEARCH_DAYS + 1) * DAY
        around = self.desk.read(
            occupancy, people, rooms, low, high, without=[event.id], production_id=event.production_id
        )
        length = event.ends_wall - event.starts_wall
        day, offs = self._days_around(event)
        now = self.desk.now_wall()
        not_before = now if now <= event.starts_wall else None
        for at in slot_starts(event.starts_wall, length, day, not_before=not_before, days_off=offs):
            by = at - event.starts_wall
            slots = [
                (
                    call.person_id,
                    moved_slot(event.id, "", call.starts_wall + by, call.ends_wall + by, event.zone),
                )
                for call in calls
            ]
            spot = moved_slot(event.id, "", at, at + length, event.zone)
            if not check_slots(slots, [(room, spot) for room in rooms], around).findings:
                return at
        return None

    def _days_around(self, event: EventRow) -> tuple[tuple[int, int], set[date]]:
        """When the event's working day begins and ends, and the days off of the days searched."""
        first, last = work_day_span(event.day, SEARCH_DAYS + 1)
        rows = self.desk.read(event_rows, first, last, (event.production_id,))
        standing = [row for row in rows if row.state != "cancelled"]
        offs = {row.day for row in standing if KINDS[row.kind].counts_as == "day-off"}
        same = [row for row in standing if row.day == event.day and KINDS[row.kind].counts_as != "day-off"]
        same.append(event)
        return (min(row.starts_wall for row in same), max(row.ends_wall for row in same)), offs

    def free_rooms(self, event: EventRow) -> list[tuple[int, str]]:
        """Other rooms of the production's venue that are free for the whole event."""
        rooms = self.desk.read(
            free_rooms, event.production_id, event.starts_wall, event.ends_wall, without=[event.id]
        )
        return [(room.id, room.name) for room in rooms if room.id != event.space_id]

    def release(self, event: int, people: Sequence[int]) -> None:
        self.do(ReleaseCalls(event, tuple(people)))


_SPLIT = re.compile(r"\s*(?:,|;|&|\+|\band\b|\s)\s*")


def scenes_in(text: str, tray: Sequence[TrayRow]) -> list[TrayRow]:
    """Scenes that a typed text names: `1.6`, `1.5, 1.6`, `1.6 Ghost in the Booth`; none when it is a title."""
    by_number = {row.number.casefold(): row for row in tray}
    words = [word for word in _SPLIT.split(text.strip().casefold()) if word]
    found = [by_number[word] for word in words if word in by_number]
    if found and len(found) == len(words):
        return list({row.scene_id: row for row in found}.values())
    whole = text.strip().casefold()
    for row in tray:
        if whole in (f"{row.number} {row.name}".casefold(), row.name.casefold()):
            return [row]
    return []
