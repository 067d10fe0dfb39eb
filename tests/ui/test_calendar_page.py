"""The calendar page, worked by hand: every gesture, what it says meanwhile, and that one undo takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from calendar_company import THU, at, build
from calendar_robot import ALT, CTRL, NONE, SHIFT, CalendarRobot
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from stagecraft.queries.calendar import availability_rows, call_rows, event_row
from stagecraft.queries.calendar_units import availability_reason
from stagecraft.services.calendar import AddAvailability, AddEvent, EditEvent
from stagecraft.services.paper import IssueDocument
from stagecraft.store.store import Store
from stagecraft.ui.drafts import typed_in

FRI = THU + timedelta(days=1)
GHOST = "1.6 Ghost in the Booth"


@pytest.fixture
def robot(qtbot, tmp_path):
    store = Store.create(tmp_path / "company.stagecraft", name="x")
    company = build(store)
    company.do(
        AddEvent(
            company.workshop, "staging", at(14), at(15.5), space=company.rooms["4A"],
            units=(company.scenes["1.6"],), leaders=(company.people["Derek"],),
        )
    )  # fmt: skip
    robot = CalendarRobot(qtbot, company)
    yield robot
    robot.page.close()
    robot.desk.close()
    store.close()


@pytest.fixture
def put_in(robot):
    """Derek's put-in next door, Friday 1 to 5."""
    company = robot.company
    people = (company.people["Derek"],)
    return company.do(
        AddEvent(
            company.run,
            "put-in",
            at(13, FRI),
            at(17, FRI),
            people=people,
            title="Put-in: Ivy",
            state="published",
        )
    )


# --- moving ------------------------------------------------------------------------------------------------


def test_a_call_dragged_to_another_day_is_there_with_its_people_and_undo_takes_it_back(robot):
    robot.drag_call(GHOST, robot.point(11, FRI))
    assert robot.titles(FRI) == [("11:00a", GHOST)]
    event = robot.id_of(GHOST)
    assert {call.starts_wall for call in robot.company.read(call_rows, [event])} == {at(11, FRI)}
    assert robot.undo_words().startswith("move")
    robot.desk.undo()
    assert (robot.titles(THU), robot.titles(FRI)) == ([("2:00p", GHOST)], [])


def test_a_day_off_is_said_beside_the_pointer_and_forbids_nothing(robot):
    company = robot.company
    company.do(AddEvent(company.workshop, "day-off", at(8, FRI), at(23, FRI)))
    robot.page.load()
    event = robot.id_of(GHOST)
    robot.page.check.begin([event], None)
    assert robot.page.check.at(event, at(14, FRI), at(15.5, FRI))[0] == [("amber", "HIT day off")]
    assert robot.page.check.at(event, at(15), at(16.5))[0] == []


def test_what_would_clash_is_said_beside_the_pointer_before_and_at_the_call_afterwards(robot, put_in):
    rect = robot.view.rect_of_event(robot.id_of(GHOST))
    grip = QPoint(12, 19)
    robot.press(rect.topLeft() + grip)
    robot.hold(robot.point(14, FRI) + QPoint(0, 20))
    assert robot.chips() == ["Overlap: Derek, BOMB put-in to 5:00p", "4A free · Karen, Jimmy, Omar free"]
    assert robot.view.gestures.chips.title == "Fri 2:00–3:30p"
    assert robot.view.gestures.chips.from_words == "from Thu 2:00p"
    robot.release(robot.point(14, FRI) + QPoint(0, 20))
    assert robot.chips() == []
    event = robot.view.find(robot.id_of(GHOST))
    assert (event.severity, event.findings) == ("red", ("Overlap: Derek, BOMB put-in to 5:00p",))
    assert event.spoken == "1.6 Ghost in the Booth, staging, Fri 15 Jan 2:00p to 3:30p, 4A, draft, 1 flag"


def test_who_clashes_twice_in_the_same_words_is_named_once(robot, put_in):
    company = robot.company
    people = (company.people["Derek"],)
    company.do(AddEvent(company.run, "put-in", at(14, FRI), at(17, FRI), people=people, title="Put-in: Tess"))
    robot.drag_call(GHOST, robot.point(14, FRI))
    assert robot.view.find(robot.id_of(GHOST)).findings == ("Overlap: Derek, BOMB put-in to 5:00p",)


def test_the_words_never_lie_over_the_slot(robot, put_in):
    robot.press(robot.view.rect_of_event(robot.id_of(GHOST)).topLeft() + QPoint(12, 19))
    for day in range(-3, 4):
        point = robot.point(14, THU + timedelta(days=day)) + QPoint(0, 20)
        robot.hold(point)
        chips, drag = robot.view.gestures.chips, robot.view.gestures.drag
        slot = robot.view.gestures.display._held_rect(drag.held, drag.starts, drag.ends)
        assert not chips.geometry().adjusted(14, 14, -14, -14).intersects(slot)
    robot.view.gestures.cancel()


def test_an_absence_is_said_without_its_reason(robot):
    company = robot.company
    company.do(
        AddAvailability(at(16), at(18), person=company.people["Jimmy"], reason="meeting with other producers")
    )
    robot.press(robot.view.rect_of_event(robot.id_of(GHOST)).topLeft() + QPoint(12, 19))
    robot.hold(robot.point(16) + QPoint(0, 20))
    assert robot.chips()[0] == "Unavailable: Jimmy, 4:00–6:00p"
    robot.view.gestures.cancel()


def test_esc_puts_a_drag_back(robot):
    rect = robot.view.rect_of_event(robot.id_of(GHOST))
    robot.press(rect.topLeft() + QPoint(12, 19))
    robot.hold(robot.point(10))
    robot.key(Qt.Key.Key_Escape)
    robot.release(robot.point(10))
    assert robot.titles() == [("2:00p", GHOST)]
    assert robot.view.gestures.held() == set()


@pytest.mark.parametrize(("modifiers", "time"), [(NONE, "10:15a"), (SHIFT, "10:20a"), (CTRL, "10:19a")])
def test_a_drag_snaps_to_15_minutes_with_shift_5_with_ctrl_none(robot, modifiers, time):
    rect = robot.view.rect_of_event(robot.id_of(GHOST))
    grip = QPoint(12, 19)
    end = robot.point(10) + QPoint(0, 20 + 14)
    robot.drag(rect.topLeft() + grip, end, modifiers)
    assert robot.titles() == [(time, GHOST)]


def test_alt_leaves_the_call_and_drops_a_draft_copy(robot):
    robot.drag_call(GHOST, robot.point(11, FRI), ALT)
    assert (robot.titles(THU), robot.titles(FRI)) == ([("2:00p", GHOST)], [("11:00a", GHOST)])
    copy = next(event for event in robot.view.contents.events if event.starts == at(11, FRI))
    assert (copy.state, copy.called, robot.view.selection) == ("draft", 4, {copy.id})


def test_an_edge_stretches(robot):
    rect = robot.view.rect_of_event(robot.id_of(GHOST))
    robot.drag(QPoint(rect.center().x(), rect.bottom() - 1), QPoint(rect.center().x(), robot.point(17).y()))
    row = robot.company.read(event_row, robot.id_of(GHOST))
    assert (row.starts_wall, row.ends_wall) == (at(14), at(17))
    robot.desk.undo()
    assert robot.company.read(event_row, row.id).ends_wall == at(15.5)


def test_a_call_held_beyond_the_rim_turns_the_week_and_lands_there(robot):
    robot.press(robot.view.rect_of_event(robot.id_of(GHOST)).topLeft() + QPoint(12, 19))
    robot.hold(QPoint(robot.view.viewport().width() - 1, robot.point(14).y() + 20))
    robot.view.gestures._turn_week()
    assert robot.desk.date == THU + timedelta(days=7)
    end = robot.point(11, THU + timedelta(days=8)) + QPoint(0, 20)
    robot.hold(end)
    robot.release(end)
    assert robot.titles(THU + timedelta(days=8)) == [("11:00a", GHOST)]
    robot.desk.undo()
    robot.desk.date = THU
    assert robot.titles(THU) == [("2:00p", GHOST)]


def test_a_click_only_selects_and_opens_the_inspector(robot, qtbot):
    with qtbot.waitSignal(robot.page.inspector_wanted):
        robot.click(GHOST)
    assert robot.view.selection == {robot.id_of(GHOST)}
    assert robot.page.panel.title.text() == GHOST


# --- several -----------------------------------------------------------------------------------------------


def test_ctrl_click_and_a_frame_with_shift_select_several_and_they_move_as_one(robot, put_in):
    robot.click(GHOST)
    robot.click("Put-in: Ivy", CTRL)
    assert len(robot.view.selection) == 2
    robot.view.select(())
    robot.press(robot.point(12.5, THU, 2), SHIFT)
    robot.hold(robot.point(18, FRI, 60), SHIFT)
    robot.release(robot.point(18, FRI, 60), SHIFT)
    assert robot.view.selection == {robot.id_of(GHOST), put_in}
    robot.drag_call(GHOST, robot.point(15))
    assert (robot.titles(THU), robot.titles(FRI)) == ([("3:00p", GHOST)], [("2:00p", "Put-in: Ivy")])
    robot.desk.undo()
    assert (robot.titles(THU), robot.titles(FRI)) == ([("2:00p", GHOST)], [("1:00p", "Put-in: Ivy")])


# --- making ------------------------------------------------------------------------------------------------


def test_drawing_on_empty_ground_and_a_scene_number_make_a_call_with_people_and_room(robot):
    robot.drag(robot.point(10, FRI), robot.point(11.5, FRI))
    robot.type_name("1.5")
    assert robot.titles(FRI) == [("10:00a", "1.5 Water Tower")]
    row = robot.company.read(event_row, robot.id_of("1.5 Water Tower"))
    assert (row.ends_wall, row.space, row.state) == (at(11.5, FRI), "4A", "draft")
    assert [call.short for call in robot.company.read(call_rows, [row.id])] == ["Karen", "Jimmy", "Derek"]


def test_a_name_makes_a_call_of_the_kind_it_names(robot):
    robot.drag(robot.point(13, FRI), robot.point(14, FRI))
    robot.type_name("Lunch")
    assert [(band.label, band.starts) for band in robot.view.contents.bands] == [("Lunch", at(13, FRI))]


def test_nothing_typed_makes_nothing(robot):
    robot.drag(robot.point(10, FRI), robot.point(11, FRI))
    robot.type_name("")
    assert robot.titles(FRI) == []
    assert robot.view.gestures.name_edit is None


def test_n_asks_for_a_name_after_the_selected_call_and_proposes_a_length_for_the_scenes(robot):
    robot.click(GHOST)
    robot.page.new_call()
    robot.type_name("1.1, 1.5")
    row = robot.company.read(event_row, next(iter(robot.view.selection)))
    assert (row.heading, row.starts_wall, row.ends_wall) == ("1.1, 1.5", at(15.5), at(15.5) + 345)


def test_a_scene_from_the_tray_lands_with_a_proposed_length_its_people_and_the_best_free_room(robot):
    words = robot.drop_scene("1.5", robot.point(14))
    assert words[0] == "Overlap: Derek, Jimmy, Karen, 1.6 to 3:30p"
    row = robot.company.read(event_row, next(iter(robot.view.selection)))
    assert (row.heading, row.space, row.minutes) == ("1.5 Water Tower", "4B", 45)
    assert robot.undo_words().startswith("add")


def test_who_is_busy_at_first_is_called_when_free(robot):
    company = robot.company
    jimmy = (company.people["Jimmy"],)
    company.do(AddEvent(company.run, "fitting", at(9.5, FRI), at(10.4, FRI), people=jimmy, title="Jimmy"))
    words = robot.drop_scene("1.1", robot.point(10, FRI, 80))
    assert words == ["Jimmy from 10:30a", "Jimmy free from 10:24a", "4A free · Karen, Derek free"]
    event = next(iter(robot.view.selection))
    assert {call.short: call.starts_wall - at(10, FRI) for call in company.read(call_rows, [event])} == {
        "Karen": 0,
        "Jimmy": 30,
        "Derek": 0,
    }


# --- keys --------------------------------------------------------------------------------------------------


def test_arrows_go_from_call_to_call(robot, put_in):
    robot.click(GHOST)
    robot.key(Qt.Key.Key_Right)
    assert robot.view.selection == {put_in}
    robot.key(Qt.Key.Key_Left, SHIFT)
    assert robot.view.selection == {put_in, robot.id_of(GHOST)}


def test_ctrl_arrows_nudge_and_alt_arrows_move_the_end(robot):
    robot.click(GHOST)
    robot.key(Qt.Key.Key_Down, CTRL)
    robot.key(Qt.Key.Key_Right, CTRL)
    robot.key(Qt.Key.Key_Down, ALT)
    row = robot.company.read(event_row, robot.id_of(GHOST))
    assert (row.starts_wall, row.ends_wall) == (at(14.25, FRI), at(16, FRI))


def test_a_draft_is_removed_and_a_published_call_cancelled(robot, put_in):
    robot.click(GHOST)
    robot.page.remove()
    assert robot.titles(THU) == []
    robot.click("Put-in: Ivy")
    robot.page.remove()
    assert robot.view.find(put_in).state == "cancelled"
    robot.desk.undo()
    robot.desk.undo()
    assert robot.titles(THU) == [("2:00p", GHOST)]


def test_calls_are_copied_to_another_day_and_a_whole_day_too(robot):
    robot.click(GHOST)
    robot.page.copy()
    robot.desk.date = FRI
    robot.page.paste()
    assert robot.titles(FRI) == [("2:00p", GHOST)]
    robot.view.select(())
    robot.desk.date = FRI
    robot.page.copy_day()
    robot.desk.date = FRI + timedelta(days=1)
    robot.page.paste()
    assert robot.titles(FRI + timedelta(days=1)) == [("2:00p", GHOST)]


def test_cut_and_paste_moves(robot):
    robot.click(GHOST)
    robot.page.cut()
    robot.desk.date = FRI
    robot.page.paste()
    assert (robot.titles(THU), robot.titles(FRI)) == ([], [("2:00p", GHOST)])


def test_a_week_on_keeps_the_weekday(robot):
    robot.page.step(1)
    assert robot.desk.date == THU + timedelta(days=7)
    assert robot.page.range.text() == "18–24 Jan 2027"
    assert robot.titles(THU + timedelta(days=7)) == []


# --- inspector ---------------------------------------------------------------------------------------------


def test_fields_of_the_inspector_save_when_they_are_left(robot):
    robot.click(GHOST)
    panel = robot.page.panel
    panel.start_edit.setText("3p")
    panel.start_edit._touched()
    panel.start_edit.commit()
    row = robot.company.read(event_row, robot.id_of(GHOST))
    assert (row.starts_wall, row.ends_wall) == (at(15), at(16.5))
    panel.end_edit.setText("2p")
    panel.end_edit._touched()
    panel.end_edit.commit()
    assert robot.company.read(event_row, row.id).ends_wall == at(16.5)
    assert panel.time_row.refusal() == "The end must be after the start."


def test_an_own_time_is_bold_and_survives_a_move(robot):
    robot.click(GHOST)
    panel = robot.page.panel
    omar = next(row for row in panel.called.rows if row.name == "Omar Reid")
    panel.called.edit_time(panel.called.rows.index(omar))
    panel.called._editor.setText("2:45")
    panel.called._editor._touched()
    panel.called._editor.commit()
    assert [(row.name, row.starts, row.own) for row in panel.called.rows if row.own] == [
        ("Omar Reid", at(14.75), True)
    ]
    robot.drag_call(GHOST, robot.point(10))
    assert [row.starts for row in panel.called.rows if row.own] == [at(10.75)]


def test_a_group_is_called_at_once_and_a_person_released(robot):
    robot.click(GHOST)
    panel = robot.page.panel
    panel.scenes._remove(robot.company.scenes["1.6"])
    assert [row.name for row in panel.called.rows] == ["Derek Wills"]
    panel._add_people([("group", 0)])
    assert len(panel.called.rows) == 4
    panel.called._take_out(next(row for row in panel.called.rows if row.name == "Omar Reid"))
    assert len(panel.called.rows) == 3


def test_a_name_that_is_nobodys_is_said(robot):
    robot.click(GHOST)
    robot.page.panel.adding.line.setText("Gatsby")
    robot.page.panel.adding.line.returnPressed.emit()
    assert robot.said == ["There is nobody “Gatsby”. New people are added on Company."]


def test_the_head_of_a_day_names_the_issued_version_once_nothing_is_draft(robot):
    def head() -> str:
        return next(head.state for head in robot.view.contents.heads if head.day == THU)

    company = robot.company
    company.do(
        IssueDocument(
            production=company.workshop, document="daily-call", subject=THU.isoformat(), about=THU, version=1,
            issued_at=0, author="", privacy="Company", paper="letter", sheet="{}", pdf=b"%PDF-1.7",
        )
    )  # fmt: skip
    assert head() == "draft"
    company.do(EditEvent(robot.id_of(GHOST), {"state": "published"}))
    assert head() == "HIT v1"


def test_flags_offer_repairs_that_work(robot, put_in):
    robot.drag_call(GHOST, robot.point(14, FRI))
    panel = robot.page.panel
    robot.click(GHOST)
    assert panel.flags_head.text.text() == "Flags here (1)"
    panel.move_to_free_slot()
    row = robot.company.read(event_row, robot.id_of(GHOST))
    assert row.starts_wall == at(17, FRI)
    assert robot.page.check.week.findings == []


def test_attendance_is_marked(robot):
    robot.click(GHOST)
    panel = robot.page.panel
    panel.switch.setChecked(True)
    panel.called._act(0)
    panel.called._act(0)
    assert panel.called.rows[0].mark == "late"
    assert (
        robot.undo_words() == f"mark {panel.called.rows[0].name} at {robot.undo_words().rsplit(' at ', 1)[1]}"
    )


# --- the rest ----------------------------------------------------------------------------------------------


def test_a_filter_says_how_many_calls_it_hides_and_lets_go(robot, put_in):
    robot.page.filter.people = {robot.company.people["Omar"]}
    robot.page.load()
    assert (robot.titles(FRI), robot.page.hidden_by_filter()) == ([], (1, "calls"))
    robot.page.clear_filter()
    assert (robot.titles(FRI), robot.page.hidden_by_filter()) == ([("1:00p", "Put-in: Ivy")], (0, "calls"))


def test_a_watched_persons_absence_is_hatched_behind_the_calls(robot):
    company = robot.company
    company.do(AddAvailability(at(17), at(18), person=company.people["Jimmy"], text="Unavailable after 5p"))
    assert robot.view.contents.bands == []
    robot.page.filter.people = {company.people["Jimmy"]}
    robot.page.load()
    assert [band.label for band in robot.view.contents.bands] == ["Jimmy: unavailable after 5p"]


def test_the_week_is_read_by_assistive_tools(robot, put_in):
    found = QAccessible.queryAccessibleInterface(robot.view)
    names = [found.child(index).text(QAccessible.Text.Name) for index in range(found.childCount())]
    assert names == [
        "1.6 Ghost in the Booth, staging, Thu 14 Jan 2:00p to 3:30p, 4A, draft",
        "Put-in: Ivy, put-in, Fri 15 Jan 1:00p to 5:00p, published",
    ]


def test_another_page_can_show_a_call_of_another_week(robot):
    event = robot.id_of(GHOST)
    robot.page.step(3)
    robot.page.show_target(event=event)
    assert (robot.desk.date, robot.view.selection) == (THU, {event})


def test_the_layout_comes_back_as_it_was_left(robot):
    robot.view.set_zoom(60)
    robot.page.toggle_tray()
    kept = robot.page.save_layout()
    robot.view.set_zoom(44)
    robot.page.toggle_tray()
    robot.page.restore_layout(kept)
    assert (robot.view.hour_height, robot.page.tray.is_open) == (60, False)


def test_who_is_late_gets_the_time_they_came(robot):
    robot.click(GHOST)
    called = robot.page.panel.called
    omar = next(index for index, row in enumerate(called.rows) if row.name == "Omar Reid")
    called.edit_arrival(omar)
    called._editor.setText("2:12")
    called._editor._touched()
    called._editor.commit()
    assert (called.rows[omar].mark, called.rows[omar].arrived) == ("late", at(14.2))


def test_an_absence_is_noted_in_the_inspector_and_its_reason_stays_sealed(robot, qtbot):
    with qtbot.waitSignal(robot.page.inspector_wanted):
        robot.page.open_absence(at(16), at(18))
    panel = robot.page.inspector()
    jimmy = ("person", robot.company.people["Jimmy"])
    panel.whose.set_value(jimmy)
    panel._choose(jimmy)
    panel.reason.setPlainText("bar shift")
    panel.reason.document().setModified(True)
    assert typed_in(panel.reason) == ""
    panel.note()
    assert [band.label for band in robot.view.contents.bands] == ["Jimmy: unavailable"]
    assert (robot.page.filter.active, robot.page.hidden) == (False, 0)
    assert robot.undo_words() == "note an absence of Jimmy Collins"
    assert "bar shift" not in robot.view.contents.bands[0].label
    (noted,) = robot.company.read(availability_rows, at(0), at(24))
    panel._take_up(noted)
    panel.from_time.setText("5p")
    panel.from_time._touched()
    panel.note()
    (noted,) = robot.company.read(availability_rows, at(0), at(24))
    assert (noted.starts_wall, noted.ends_wall) == (at(17), at(18))
    assert robot.company.read(availability_reason, noted.id) == "bar shift"
