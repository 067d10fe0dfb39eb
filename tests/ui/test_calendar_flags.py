"""Work rules where the scheduler works: at the call, on the day, beside a held call, in the inspector."""

from __future__ import annotations

from datetime import timedelta

import pytest
from calendar_company import THU, at, build
from calendar_robot import CalendarRobot
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from stagecraft.queries.calendar import call_rows, event_row
from stagecraft.services.assignments import AddJob, Assign
from stagecraft.services.calendar import AddEvent, MoveEvent
from stagecraft.services.company import EditProduction
from stagecraft.store.store import Store
from stagecraft.ui import rule_watch
from stagecraft.ui.finding_walk import FindingWalk
from stagecraft.ui.pages.company_flags import PersonFlags
from stagecraft.ui.pages.paper_flags import PaperFlags
from stagecraft.ui.status_line import StatusLine

FRI = THU + timedelta(days=1)
LATE, EARLY = "Late call", "Early call"


@pytest.fixture
def robot(qtbot, tmp_path):
    """Karen and Jimmy until 11:00p on Thursday and again from 10:00a on Friday; Omar on Friday only."""
    store = Store.create(tmp_path / "company.stagecraft", name="x")
    company = build(store)
    karen, jimmy, omar = (company.people[name] for name in ("Karen", "Jimmy", "Omar"))
    company.do(AddEvent(company.workshop, "staging", at(20), at(23), people=(karen, jimmy), title=LATE))
    people = (karen, jimmy, omar)
    company.do(AddEvent(company.workshop, "staging", at(10, FRI), at(13, FRI), people=people, title=EARLY))
    robot = CalendarRobot(qtbot, company)
    robot.desk.rules.finish()
    yield robot
    robot.page.close()
    robot.desk.close()
    store.close()


def cards(robot, title=EARLY):
    """Title, look and buttons of the cards of a call."""
    robot.click(title)
    found = robot.page.panel.flags.cards
    return [
        (card.title.text().replace("\u00a0", " "), card.look, [one.text() for one in card.buttons])
        for card in found
    ]


def head(robot, day):
    found = next(head for head in robot.view.contents.heads if head.day == day)
    return found.flags, found.severity


def status(robot) -> str:
    line = StatusLine()
    line.show_findings(FindingWalk(robot.desk).count())
    return line.findings.text()


# --- seen ---------------------------------------------------------------------------------------------------


def test_a_short_rest_is_said_at_both_calls_on_the_day_and_in_the_status_line(robot):
    event = robot.view.find(robot.id_of(EARLY))
    assert (event.severity, event.findings) == (
        "red",
        ("Overnight rest: Jimmy, Karen, 11 h 00 rest, needs 12 h 00",),
    )
    assert (event.told, event.word) == ("2 flags", "2 flags")
    assert event.spoken.endswith("draft, 2 flags")
    assert robot.view.find(robot.id_of(LATE)).severity == "red"
    assert (head(robot, THU), head(robot, FRI)) == ((0, ""), (2, "red"))
    assert status(robot).startswith("2 flags this week")


def test_who_is_called_carries_the_flag_in_the_list(robot):
    robot.click(EARLY)
    rows = {row.name: (row.severity, row.clash) for row in robot.page.panel.called.rows}
    assert rows["Karen Cartwright"] == ("red", "Overnight rest: Karen, 11 h 00 rest, needs 12 h 00")
    assert rows["Omar Reid"] == ("", "")


def test_the_card_names_the_rule_its_source_and_that_nobody_verified_it(robot):
    assert cards(robot)[0][:2] == ("Jimmy, Karen: 11 h 00 rest, needs 12 h 00", "red")
    card = robot.page.panel.flags.cards[0]
    assert "House default" in card.accessibleName()
    assert "At least 12 h 00 of rest from one working day to the next." in card.accessibleName()
    assert robot.page.panel.flags_head.text.text() == "Flags here (2)"
    assert robot.page.panel.flags.advice.text() == "Planning aid, not legal advice."


def test_a_person_is_shown_their_flags_of_the_week(robot, qtbot):
    panel = PersonFlags(robot.desk)
    qtbot.addWidget(panel)
    panel.show_person(robot.company.people["Karen"])
    assert panel.head.text.text() == "Flags (1)"
    assert panel.head.right.text() == "week of Mon 11 Jan"
    panel.show_person(robot.company.people["Omar"])
    assert panel.head.text.text() == "No flags"


# --- mended and accepted ------------------------------------------------------------------------------------


def test_a_repair_is_one_click_for_all_it_concerns_and_one_undo_takes_it_back(robot):
    assert "Call Jimmy, Karen at 11:00a" in cards(robot)[0][2]
    card = robot.page.panel.flags.cards[0]
    next(one for one in card.buttons if one.text() == "Call Jimmy, Karen at 11:00a").click()
    early = robot.id_of(EARLY)
    times = {call.short: call.starts_wall for call in robot.company.read(call_rows, [early])}
    assert times == {"Karen": at(11, FRI), "Jimmy": at(11, FRI), "Omar": at(10, FRI)}
    assert (robot.view.find(early).severity, head(robot, FRI)) == ("", (0, ""))
    robot.desk.undo()
    assert robot.view.find(early).severity == "red"


def test_where_everybody_is_concerned_the_call_itself_changes(robot):
    cards(robot)
    repairs = {one.text(): one for one in robot.page.panel.flags.cards[0].buttons}
    assert list(repairs) == ["Call Jimmy, Karen at 11:00a", "End 1 h 00 earlier"]
    repairs["End 1 h 00 earlier"].click()
    late = robot.company.read(event_row, robot.id_of(LATE))
    assert (late.ends_wall, robot.view.find(late.id).severity) == (at(22), "")


def test_a_flag_is_accepted_with_a_reason_and_counts_again_when_that_is_withdrawn(robot):
    cards(robot)
    card = robot.page.panel.flags.cards[0]
    card.reason.begin()
    QTest.keyClicks(card.reason.field, "Both asked for it")
    QTest.keyClick(card.reason.field, Qt.Key.Key_Return)
    assert robot.view.find(robot.id_of(EARLY)).severity == ""
    assert status(robot).startswith("No flags this week")
    accepted = robot.page.panel.flags.cards[0]
    assert (accepted.look, [one.text() for one in accepted.buttons]) == ("accepted", ["Withdraw"])
    assert "Both asked for it" in accepted.accessibleName()
    assert "Accepted by tester, Thu 14 Jan 2027." in accepted.accessibleName()
    assert robot.undo_words() == "accept 2 flags"
    accepted.buttons[0].click()
    assert robot.view.find(robot.id_of(EARLY)).severity == "red"


def test_esc_gives_up_a_reason_and_an_empty_one_accepts_nothing(robot):
    cards(robot)
    line = robot.page.panel.flags.cards[0].reason
    line.begin()
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    QTest.keyClicks(line.field, "because")
    QTest.keyClick(line.field, Qt.Key.Key_Escape)
    QTest.keyClick(line.field, Qt.Key.Key_Escape)
    assert not line.field.isVisibleTo(line)
    assert robot.view.find(robot.id_of(EARLY)).severity == "red"


def test_a_half_typed_reason_outlives_a_change_that_is_not_its_own(robot):
    cards(robot)
    line = robot.page.panel.flags.cards[0].reason
    line.begin()
    QTest.keyClicks(line.field, "They")
    company = robot.company
    company.do(
        AddEvent(company.run, "meeting", at(9), at(10), people=(company.people["Malik"],), title="Notes")
    )
    assert robot.page.panel.flags.cards[0].reason is line
    assert line.field.text() == "They"
    line.end()


def test_an_accepted_double_booking_is_no_flag_any_more(robot):
    company = robot.company
    omar = (company.people["Omar"],)
    company.do(AddEvent(company.run, "fitting", at(11, FRI), at(12, FRI), people=omar, title="Fitting"))
    assert robot.view.find(robot.id_of("Fitting")).findings == ("Overlap: Omar, HIT Early call to 1:00p",)
    cards(robot, "Fitting")
    line = robot.page.panel.flags.cards[0].reason
    line.begin()
    QTest.keyClicks(line.field, "Comes late")
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    assert robot.view.find(robot.id_of("Fitting")).severity == ""
    assert cards(robot, "Fitting")[0][1:] == ("accepted", ["Withdraw"])


# --- held ---------------------------------------------------------------------------------------------------


def test_work_rules_are_said_beside_the_pointer(robot):
    rect = robot.view.rect_of_event(robot.id_of(EARLY))
    robot.press(rect.topLeft() + QPoint(12, 19))
    robot.hold(robot.point(10.5, FRI) + QPoint(0, 20))
    robot.page.check.rules.finish()
    robot.view.gestures.tell_again()
    assert robot.chips()[0] == "Jimmy, Karen: 11 h 30 rest, needs 12 h 00"
    robot.hold(robot.point(11, FRI) + QPoint(0, 20))
    robot.page.check.rules.finish()
    robot.view.gestures.tell_again()
    assert not [line for line in robot.chips() if "rest" in line]
    robot.view.gestures.cancel()


def test_the_words_come_by_themselves_when_the_mouse_rests(robot, qtbot):
    rect = robot.view.rect_of_event(robot.id_of(EARLY))
    robot.press(rect.topLeft() + QPoint(12, 19))
    robot.hold(robot.point(10.5, FRI) + QPoint(0, 20))
    qtbot.waitUntil(lambda: "Jimmy, Karen: 11 h 30 rest, needs 12 h 00" in robot.chips())
    robot.view.gestures.cancel()
    assert robot.chips() == []


def test_a_stretched_call_is_judged_too(robot):
    robot.page.check.begin([robot.id_of(EARLY)], None)
    robot.page.check.at(robot.id_of(EARLY), at(10.75, FRI), at(13, FRI))
    assert robot.page.check.rules.finish() == [("red", "Jimmy, Karen: 11 h 45 rest, needs 12 h 00")]


def test_a_scene_of_the_tray_is_judged_where_it_hangs(robot):
    check, scene = robot.page.check, robot.company.scenes["1.1"]
    length = check.begin([], scene)
    check.at(0, at(9, FRI), at(9, FRI) + length)
    assert check.rules.finish()[0] == ("red", "Jimmy, Karen: 10 h 00 rest, needs 12 h 00")


# --- checked again ------------------------------------------------------------------------------------------


def test_only_the_people_of_a_changed_call_are_checked_again(robot):
    company, watch = robot.company, robot.desk.rules
    week = watch._week()
    before = dict(week.found)
    company.do(AddEvent(company.run, "fitting", at(15, FRI), at(16, FRI), people=(company.people["Omar"],)))
    again = {person for person, found in week.found.items() if before.get(person) is not found}
    assert again == {company.people["Omar"]}
    assert not week.due


def test_whoever_is_taken_out_of_a_call_is_checked_again(robot):
    robot.desk.undo()  # the early call was never made
    assert robot.view.find(robot.id_of(LATE)).severity == ""
    assert status(robot).startswith("No flags this week")
    robot.desk.redo()
    assert robot.view.find(robot.id_of(LATE)).severity == "red"


def test_a_week_is_shown_before_its_rules_are_checked(robot, qtbot):
    company = robot.company
    karen, later = (company.people["Karen"],), FRI + timedelta(days=14)
    company.do(AddEvent(company.workshop, "staging", at(20, later), at(23, later), people=karen, title="On"))
    after = later + timedelta(days=1)
    company.do(AddEvent(company.workshop, "staging", at(10, after), at(13, after), people=karen, title="Again"))
    robot.desk.date = later
    assert (robot.view.find(robot.id_of("Again")).severity, robot.desk.rules.week().complete) == ("", False)
    qtbot.waitUntil(lambda: robot.view.find(robot.id_of("Again")).severity == "red")


def test_a_full_week_is_checked_beside_the_window(robot, qtbot, monkeypatch):
    monkeypatch.setattr(rule_watch, "BESIDE", 0)
    shown = []
    robot.desk.jobs.lasting.connect(shown.append)
    robot.desk.rules._weeks.clear()
    robot.page.load()
    assert robot.view.find(robot.id_of(EARLY)).severity == ""
    qtbot.waitUntil(lambda: robot.view.find(robot.id_of(EARLY)).severity == "red")
    assert (robot.desk.rules.week().complete, shown) == (True, [])


def test_what_changes_while_a_week_is_checked_is_checked_again(robot, qtbot, monkeypatch):
    monkeypatch.setattr(rule_watch, "BESIDE", 0)
    watch = robot.desk.rules
    watch._weeks.clear()
    watch.week()
    qtbot.waitUntil(lambda: watch._job is not None)
    robot.desk.do(MoveEvent(robot.id_of(EARLY), at(11, FRI)))
    qtbot.waitUntil(lambda: watch._job is None and watch.week().complete)
    assert watch.week().flags == []


# --- costs and what could not be checked ---------------------------------------------------------------------


@pytest.fixture
def crew(robot):
    """Karen and Jimmy are crew of the run, under a pack of costs and one that asks for their ages."""
    company = robot.company
    company.do(EditProduction(company.run, {"rule_pack": "iatse-basics uk-children-9"}))
    job = company.do(AddJob(company.run, "Flyman", "crew"))
    for name in ("Karen", "Jimmy"):
        company.do(Assign(company.people[name], company.run, job=job))
    day = FRI + timedelta(days=1)
    people = (company.people["Karen"], company.people["Jimmy"])
    company.do(AddEvent(company.run, "other", at(12, day), at(22.5, day), people=people, title="Load-in"))
    robot.desk.rules.finish()
    return robot


def test_what_only_costs_is_neutral_and_never_counts_as_a_flag(crew):
    event = crew.view.find(crew.id_of("Load-in"))
    assert (event.severity, event.told, event.word) == ("cost", "cost, break: Jimmy, Karen", "cost")
    assert head(crew, FRI + timedelta(days=1)) == ((0, ""))
    found = cards(crew, "Load-in")
    assert ("Cost: Jimmy, Karen: 2 h 30 over: 5 half-hour units", "cost", []) in found
    assert crew.page.panel.flags.head.right.text() == "4 costs"
    assert all(card.reason is None for card in crew.page.panel.flags.cards if card.look == "cost")


def test_a_missing_fact_is_said_once_with_the_place_where_it_is_entered(crew):
    cards(crew, "Load-in")
    found = {card.buttons[0].text(): card for card in crew.page.panel.flags.cards if card.look == "unchecked"}
    assert sorted(found) == ["Open Jimmy", "Plan the breaks", "Production details"]
    assert "No age recorded: Jimmy, Karen." in found["Open Jimmy"].accessibleName()
    asked = []
    crew.desk.page_wanted.connect(lambda page, target: asked.append((page, target)))
    found["Open Jimmy"].buttons[0].click()
    assert asked == [("company", {"person": crew.company.people["Jimmy"]})]
    begun = crew.page.panel.breaks.pattern
    found["Plan the breaks"].buttons[0].click()
    assert crew.page.panel.breaks.window().focusWidget() is begun
    assert "not checked" in status(crew)


# --- on paper -----------------------------------------------------------------------------------------------


def test_a_sheet_names_the_flags_of_its_people_before_it_is_issued(robot, qtbot):
    flags = PaperFlags()
    qtbot.addWidget(flags)
    flags.show_sheet(robot.desk, robot.company.workshop, "date", FRI)
    assert flags.button.text() == "2 flags on this paper"
    assert flags.text.text() == (
        "Jimmy, Karen: 11 h 00 rest, needs 12 h 00, Fri 15 Jan (House default, unverified)"
    )
    flags.show_sheet(robot.desk, robot.company.run, "date", FRI)
    assert flags.button.text() == "0 flags on this paper"
    flags.show_sheet(robot.desk, robot.company.workshop, "date", THU)
    assert flags.button.text() == "0 flags on this paper"
    flags.show_sheet(robot.desk, robot.company.workshop, "week", THU - timedelta(days=3))
    robot.desk.do(MoveEvent(robot.id_of(EARLY), at(11, FRI)))
    assert (flags.button.text(), flags.text.text()) == ("0 flags on this paper", "")


# --- breaks -------------------------------------------------------------------------------------------------


def breaks(robot):
    return [
        (kind, starts - at(0, FRI), ends - at(0, FRI))
        for starts, ends, kind in robot.view.find(robot.id_of(EARLY)).breaks
    ]


def test_breaks_by_a_pattern_are_planned_shown_and_forgotten_each_by_one_undo(robot):
    robot.click(EARLY)
    editor = robot.page.panel.breaks
    assert (editor.pattern.value(), editor.meal_row.isVisibleTo(editor)) == ("", False)
    editor.pattern._chosen(2)
    assert breaks(robot) == [("short", 655, 660), ("short", 715, 720)]
    assert (editor.pattern.value(), editor.times.text()) == ("5/55", "10:55a, 11:55a")
    editor.pattern._chosen(3)
    assert breaks(robot) == [("short", 680, 690), ("short", 770, 780)]
    robot.desk.undo()
    assert breaks(robot) == [("short", 655, 660), ("short", 715, 720)]
    editor.pattern._chosen(0)
    assert (breaks(robot), editor.pattern.value()) == ([], "")


def test_a_meal_lays_the_short_breaks_out_anew(robot):
    robot.click(EARLY)
    editor = robot.page.panel.breaks
    editor.pattern._chosen(2)
    editor.meal.setText("12n")
    editor.meal._touched()
    editor.meal.commit()
    assert breaks(robot) == [("short", 655, 660), ("meal", 720, 780)]
    assert editor.meal.text() == "12:00n"


def test_breaks_at_times_of_ones_own_and_what_cannot_be(robot):
    robot.click(EARLY)
    editor = robot.page.panel.breaks
    editor.pattern._chosen(4)
    editor.times.setText("10:30a, 11:40a 10")
    editor.times._touched()
    editor.times.commit()
    assert breaks(robot) == [("short", 630, 635), ("short", 700, 710)]
    assert editor.pattern.value() == "own"
    editor.times.setText("4:00p")
    editor.times._touched()
    editor.times.commit()
    assert editor.times_row.refusal() == "A break lies inside its call."
    assert breaks(robot) == [("short", 630, 635), ("short", 700, 710)]


def test_breaks_move_with_their_call(robot):
    robot.click(EARLY)
    robot.page.panel.breaks.pattern._chosen(2)
    robot.desk.do(MoveEvent(robot.id_of(EARLY), at(11, FRI)))
    assert breaks(robot) == [("short", 715, 720), ("short", 775, 780)]
    assert robot.company.read(event_row, robot.id_of(EARLY)).starts_wall == at(11, FRI)
