"""The selected call in the inspector: every field in place, who is called with own times, flags with repairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.calendar import heading, kind_abbr
from stagecraft.domain.times import DAY, date_of, duration_text, minute_of, wall, work_day
from stagecraft.queries.breaks import BreakRow
from stagecraft.queries.calendar import CallRow, EventRow, attendance_rows
from stagecraft.queries.calendar_units import (
    GroupRow,
    group_rows,
    person_choice_rows,
    room_rows,
    tray_rows,
)
from stagecraft.services.calendar import AddCalls, EditCall, EditEvent, MarkAttendance, RemoveCall, SetUnits
from stagecraft.services.performances import EditPerformance
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_breaks import BreaksEditor
from stagecraft.ui.pages.calendar_contents import kind_choices
from stagecraft.ui.pages.calendar_flag_section import EventFlags, FlagSection, clash_of
from stagecraft.ui.pages.calendar_hands import ORIGIN, CalendarHands
from stagecraft.ui.widgets.buttons import IconButton
from stagecraft.ui.widgets.called_list import CalledList, CalledPerson
from stagecraft.ui.widgets.chips import ChipSpec
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit, NumberEdit, TextEdit, TimeEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow, GroupHead, Inspector
from stagecraft.ui.widgets.people_field import PeopleField

LABEL = 52
_STATES = (("draft", "Draft"), ("published", "Published"), ("cancelled", "Cancelled"))


class EventInspector(Inspector):
    """One call. A field is saved when it is left; every repair is one undo step."""

    def __init__(self, desk: Desk, hands: CalendarHands) -> None:
        super().__init__()
        self.desk, self.hands = desk, hands
        self.event_row: EventRow | None = None
        self.calls: list[CallRow] = []
        self._choices_for: tuple[int, date] | None = None
        self._groups: list[GroupRow] = []
        self._build_fields()
        self._build_flags()
        self._build_called()
        self._build_rest()

    def _build_fields(self) -> None:
        self.title_edit = LineEdit(name="Title")
        self.title_row = self._field(
            "Title", self.title_edit, lambda text: self._edit(self.title_row, title=text)
        )
        self.day_edit = DateEdit(name="Day")
        self.day_row = self._field("Day", self.day_edit, self._set_day)
        self.start_edit, self.end_edit = TimeEdit(name="Start"), TimeEdit(name="End")
        self.start_edit.setFixedWidth(62)
        self.end_edit.setFixedWidth(62)
        self.length = Label("", "secondary")
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.start_edit, Label("–", "body", tone="text3"), self.end_edit, self.length):
            row.addWidget(widget)
        row.addStretch(1)
        self.time_row = FieldRow("Time", both, label_width=LABEL)
        self.start_edit.refused.connect(self.time_row._tell)
        self.end_edit.refused.connect(self.time_row._tell)
        self.start_edit.committed.connect(self._set_start)
        self.end_edit.committed.connect(self._set_end)
        self.add(self.time_row)
        self.room_edit = Combo(name="Where")
        self.room_row = self._field("Where", self.room_edit, lambda room: self._edit(self.room_row, space=room))
        self.kind_edit = Combo([(code, word, kind_abbr(code)) for code, word in kind_choices()], name="Kind")
        self.kind_row = self._field("Kind", self.kind_edit, lambda kind: self._edit(self.kind_row, kind=kind))
        self.state_edit = Combo(_STATES, name="State")
        self.state_row = self._field(
            "State", self.state_edit, lambda state: self._edit(self.state_row, state=state)
        )
        self.number_edit = NumberEdit(name="Number", low=1)
        self.number_row = self._field("Number", self.number_edit, self._set_number)
        self.number_row.set_hint("Counts from the opening; never used twice.")
        self.scenes = PeopleField(placeholder="add a scene…", name="Scenes")
        self.scenes.changed.connect(self._set_scenes)
        self.scenes.unknown.connect(
            lambda text: self.desk.say(f"There is no scene “{text}”. New ones are added on Script.")
        )
        self.scenes_row = FieldRow("Scenes", self.scenes, label_width=LABEL)
        self.add(self.scenes_row)

    def _field(self, label: str, editor: QWidget, on_commit: Callable[[Any], object]) -> FieldRow:
        row = FieldRow(label, editor, on_commit=on_commit, label_width=LABEL)
        self.add(row)
        return row

    def _build_called(self) -> None:
        self.called_head = self._head_with_switch()
        self.add(self.called_head, flush=True)
        self.called = CalledList()
        self.add(self.called, flush=True)
        self.called.time_set.connect(self._set_own_time)
        self.called.released.connect(
            lambda call, gone: self._edit_call(call, status="released" if gone else "called")
        )
        self.called.removed.connect(lambda call: self.hands.do(RemoveCall(call)))
        self.called.lead_set.connect(
            lambda call, leads: self._edit_call(call, source="leader" if leads else "person")
        )
        self.called.marked.connect(self._mark)
        self.called.arrived.connect(self._set_arrival)
        self.called.person_wanted.connect(lambda person: self.desk.open_page("company", person=person))
        self.adding = PeopleField(placeholder="Add a person or group", name="Add a person or group")
        self.adding.changed.connect(self._add_people)
        self.adding.unknown.connect(
            lambda text: self.desk.say(f"There is nobody “{text}”. New people are added on Company.")
        )
        self.add(self.adding)

    def _build_flags(self) -> None:
        """Before the people: a company of thirty would push them out of sight."""
        self.breaks = BreaksEditor(self.desk, LABEL)
        self.add(self.breaks)
        self.flags = FlagSection(self.desk, self.hands)
        self.flags_head = self.flags.head
        self.add(self.flags, flush=True)
        self.flags.breaks_wanted.connect(self.breaks.begin)
        self.flags.free_slot_wanted.connect(self.move_to_free_slot)

    def _head_with_switch(self) -> GroupHead:
        head = GroupHead("Called", "own time")
        self.switch = IconButton("whoson", "Mark who was there", size=24, checkable=True)
        self.switch.toggled.connect(self._switch)
        row = head.layout()
        if row is not None:
            row.addWidget(self.switch)
        return head

    def _switch(self, marks: bool) -> None:
        self.called.set_attendance(marks)
        self.called_head.right.setText("attendance" if marks else "own time")

    def _build_rest(self) -> None:
        self.note_edit = TextEdit(name="Note", placeholder="Printed in italics")
        self.note_row = self._field("Note", self.note_edit, lambda text: self._edit(self.note_row, note=text))
        self.who_edit = LineEdit(name="Printed who", placeholder="as called")
        self.who_row = self._field("Who", self.who_edit, lambda text: self._edit(self.who_row, who=text))

    # --- showing -------------------------------------------------------------------------------------------

    def show_event(
        self,
        event: EventRow,
        calls: Sequence[CallRow],
        found: EventFlags,
        final: str = "",
        breaks: Sequence[BreakRow] | None = None,
    ) -> None:
        """Show this call; a field that is being typed in keeps what is typed. `breaks` is None: not planned."""
        if self.event_row is not None and self.event_row.id != event.id:
            self._leave_fields()
        self.event_row, self.calls = event, list(calls)
        title = f"{event.heading} {final}".strip() if final else event.heading
        self.set_head(title, ChipSpec("", kind_abbr(event.kind), strong=kind_abbr(event.kind)))
        self._load_choices(event)
        units = [(unit.number, unit.name) for unit in event.units]
        self.title_edit.setPlaceholderText(heading(event.kind, "", units, event.number))
        self.title_edit.set_value(event.title)
        self.day_edit.set_value(event.day)
        self._show_times(event.starts_wall, event.ends_wall)
        self.room_edit.set_value(event.space_id)
        self.kind_edit.set_value(event.kind)
        self.state_edit.set_value(event.state)
        self.scenes.set_keys([unit.scene_id for unit in event.units])
        self.scenes_row.setVisible(event.performance_id is None)
        self.number_row.setVisible(event.performance_id is not None)
        self.number_edit.set_value(event.number)
        self.note_edit.set_value(event.note)
        self.who_edit.set_value(event.who)
        self.breaks.setVisible(event.performance_id is None and event.kind not in ("meal", "day-off", "dark"))
        self.breaks.show_event(event, breaks)
        self._show_called(event, found)
        self.flags.show_flags(event, found)

    def _show_times(self, starts: int, ends: int) -> None:
        self.start_edit.set_value(minute_of(starts))
        self.end_edit.after = minute_of(starts)
        self.end_edit.set_value(minute_of(ends))
        self.length.setText(duration_text(ends - starts))

    def _load_choices(self, event: EventRow) -> None:
        """Rooms, scenes, people and groups to choose from; read again for another production or day."""
        key = (event.production_id, event.day)
        if key == self._choices_for:
            return
        self._choices_for = key
        rooms = self.desk.read(room_rows, event.production_id)
        self.room_edit.set_items([(None, "No room"), *((room.id, room.words) for room in rooms)])
        scenes = self.desk.read(tray_rows, event.production_id, event.day)
        self.scenes.set_choices(
            [(row.scene_id, f"{row.number} {row.name}", f"{row.number} {row.name}") for row in scenes]
        )
        self._groups = self.desk.read(group_rows, event.production_id, event.day)
        people = self.desk.read(person_choice_rows, event.production_id, event.day)
        groups = [
            (("group", index), f"{group.name} ({len(group.people)})", group.name)
            for index, group in enumerate(self._groups)
        ]
        self.adding.set_choices(
            [*groups, *((person, f"{name}, {part}" if part else name, name) for person, name, part in people)]
        )

    def forget_choices(self) -> None:
        """Read people, rooms and scenes again next time: they have changed."""
        self._choices_for = None

    def _show_called(self, event: EventRow, found: EventFlags) -> None:
        marks = {row.person_id: row for row in self.desk.read(attendance_rows, [event.id])}
        rows = []
        for call in self.calls:
            severity, told = clash_of(call.person_id, event.id, found)
            mark = marks.get(call.person_id)
            rows.append(
                CalledPerson(
                    call.id,
                    call.person_id,
                    call.name,
                    call.part,
                    call.starts_wall,
                    call.ends_wall,
                    call.own_time,
                    call.source,
                    call.status,
                    severity,
                    told,
                    mark.state if mark else "",
                    mark.arrived_wall if mark else None,
                )
            )
        self.called.set_rows(rows, event.starts_wall, event.ends_wall)
        self.called_head.text.setText(f"Called ({event.called})")

    def follow_drag(self, event: int, starts: int, ends: int) -> None:
        """Show the times at which a call is held; (0, 0, 0) shows its own again."""
        row = self.event_row
        if row is None or (event and event != row.id):
            return
        if not event:
            starts, ends = row.starts_wall, row.ends_wall
        self.day_edit.set_value(work_day(starts))
        self._show_times(starts, ends)

    def begin_editing(self) -> None:
        """Put the cursor into the title."""
        self.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title_edit.selectAll()

    def _leave_fields(self) -> None:
        for field in (
            self.title_edit,
            self.day_edit,
            self.start_edit,
            self.end_edit,
            self.note_edit,
            self.who_edit,
        ):
            field.commit()

    # --- changing ------------------------------------------------------------------------------------------

    def _set_number(self, number: int | None) -> None:
        row = self.event_row
        if row is not None and row.performance_id is not None:
            self.desk.do(
                EditPerformance(row.performance_id, {"number": number}), ORIGIN, fields=self.number_row
            )

    def _edit(self, row: FieldRow, **changes: Any) -> None:
        if self.event_row is not None:
            self.desk.do(EditEvent(self.event_row.id, changes), ORIGIN, fields=row)

    def _set_day(self, day: date) -> None:
        event = self.event_row
        if event is None:
            return
        by = wall(day) - wall(event.day)
        changes = {"starts": event.starts_wall + by, "ends": event.ends_wall + by}
        if self.desk.do(EditEvent(event.id, changes), ORIGIN, fields=self.day_row):
            self.desk.date = day

    def _set_start(self, minute: int) -> None:
        """Another start moves the call and keeps its length."""
        event = self.event_row
        if event is None:
            return
        starts = self._at(event, minute)
        ends = starts + event.ends_wall - event.starts_wall
        self.desk.do(EditEvent(event.id, {"starts": starts, "ends": ends}), ORIGIN, fields=self.start_edit)

    def _set_end(self, minute: int) -> None:
        event = self.event_row
        if event is None:
            return
        ends = self._at(event, minute)
        if ends <= event.starts_wall and minute < 6 * 60:
            ends += DAY
        self.desk.do(EditEvent(event.id, {"ends": ends}), ORIGIN, fields=self.end_edit)

    @staticmethod
    def _at(event: EventRow, minute: int) -> int:
        """Wall minute of a time of the event's working day; what lies before 04:00 belongs to the night after."""
        return wall(event.day, minute) + (DAY if minute < 4 * 60 else 0)

    def _set_scenes(self, scenes: list[Any]) -> None:
        if self.event_row is not None:
            self.hands.do(SetUnits(self.event_row.id, tuple(int(scene) for scene in scenes)))

    def _add_people(self, keys: list[Any]) -> None:
        self.adding.set_keys([])
        if self.event_row is None or not keys:
            return
        key = keys[-1]
        people = self._groups[key[1]].people if isinstance(key, tuple) else (int(key),)
        self.hands.do(AddCalls(self.event_row.id, tuple(people)))

    def _edit_call(self, call: int, **changes: Any) -> None:
        self.hands.do(EditCall(call, changes))

    def _set_own_time(self, call: int, starts: int | None, ends: int | None) -> None:
        self._edit_call(call, starts=starts, ends=ends)

    def _mark(self, person: int, mark: str) -> None:
        event = self.event_row
        if event is None:
            return
        arrived = None
        if mark == "late":
            now = self.desk.clock.now()
            at = wall(now.date(), now.hour * 60 + now.minute)
            arrived = at if event.starts_wall < at < event.ends_wall else None
        self.hands.do(MarkAttendance(event.id, person, mark or None, arrived))

    def _set_arrival(self, person: int, minute: int) -> None:
        if self.event_row is not None:
            self.hands.do(MarkAttendance(self.event_row.id, person, "late", self._at(self.event_row, minute)))

    def move_to_free_slot(self) -> None:
        """Move the call to the next time at which nobody and no room clashes."""
        event = self.event_row
        if event is None:
            return
        at = self.hands.next_free_slot(event)
        if at is None:
            self.desk.say("No free slot for all its people within a week.")
            return
        self.hands.move([event], at - event.starts_wall, copy=False)
        if date_of(at) != event.day:
            self.desk.date = work_day(at)


def empty_layout(layout: QVBoxLayout) -> None:
    """Take every widget out of a column and let it go."""
    while layout.count():
        widget = layout.takeAt(0).widget()  # type: ignore[union-attr]
        if widget is not None:
            widget.hide()
            widget.deleteLater()
