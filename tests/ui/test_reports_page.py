"""The Reports page in the evening: pre-filled, times corrected, notes routed, nothing typed lost, undo, preview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from stagecraft.base.clock import Clock
from stagecraft.domain.kinds import DEPARTMENTS
from stagecraft.domain.times import wall
from stagecraft.queries.report_day import attended_rows
from stagecraft.queries.reports import ReportPage, report_page, report_rows
from stagecraft.services.calendar import AddEvent
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.notes import AddNote
from stagecraft.services.people import AddPerson
from stagecraft.services.performances import AddPerformance
from stagecraft.services.reports import StartReport
from stagecraft.services.venues import AddSpace, AddVenue
from stagecraft.store.store import Store
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.report_fields import PAUSE_MS
from stagecraft.ui.pages.report_notes import _Heading
from stagecraft.ui.pages.reports_page import ReportsPage

DAY = date(2027, 1, 21)
CLOCK = Clock.on(DAY, time(18, 30))


def at(hour: int, minute: int = 0, day: date = DAY) -> int:
    return wall(day, hour * 60 + minute)


@pytest.fixture
def desk(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    store = Store.create(tmp_path / "company.stagecraft", name="House", clock=CLOCK)
    desk = Desk(Engine(store, CLOCK, "Rosa Vega"), CLOCK)
    yield desk
    QCoreApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete
    )  # closed pages must not slow later tests
    desk.jobs.stop_all()
    desk.close()
    store.close()


class Robot:
    """What a person does on the page; the only code here that knows its widgets."""

    def __init__(self, desk: Desk, qtbot: QtBot, *, rehearsal: bool = True) -> None:
        self.desk, self.bot = desk, qtbot
        self.said: list[str] = []
        if rehearsal:
            self._rehearse()
        self.page = ReportsPage(desk)
        qtbot.addWidget(self.page)
        desk.changed.connect(lambda changes: self.page.load() if changes.touches(*self.page.tables) else None)
        desk.date_changed.connect(lambda _day: self.page.load())
        desk.message.connect(lambda text, _undo: self.said.append(text))
        desk.failed.connect(lambda trouble: self.said.append(trouble.message))
        self.opened: list[tuple[str, dict[str, object]]] = []
        desk.page_wanted.connect(lambda name, target: self.opened.append((name, target)))
        self.page.resize(1128, 728)
        self.page.load()
        self.page.show()
        qtbot.waitExposed(self.page)

    def _rehearse(self) -> None:
        run = self.desk.engine.execute
        venue = run(AddVenue("Mercer Rehearsal Rooms")).value
        room = run(AddSpace(venue, "4A")).value
        self.production = run(AddProduction(name="Hit List", code="HIT", kind="workshop")).value
        self.cal = run(AddPerson("Cal Webb")).value
        self.event = run(
            AddEvent(
                self.production,
                "choreography",
                at(10),
                at(13),
                room,
                title="Sc 1.7 “On Top”",
                people=(self.cal,),
            )
        ).value
        run(AddEvent(self.production, "run", at(14), at(18), room, title="Stumble Act I"))
        run(
            AddEvent(
                self.production, "staging", at(10, day=date(2027, 1, 22)), at(13, day=date(2027, 1, 22)), room
            )
        )

    def report(self) -> ReportPage:
        page = self.desk.read(report_page, self.page._report)
        assert isinstance(page, ReportPage)
        return page

    def start(self) -> ReportPage:
        self.page._start_state.buttons[0].click()
        return self.report()

    def type_into(self, editor: object, text: str, *, leave: bool = True) -> None:
        editor.setFocus()
        editor.selectAll()
        self.bot.keyClicks(editor, text)
        if leave:
            self.bot.keyClick(editor, Qt.Key.Key_Return)

    def notes(self) -> dict[str, tuple[str, str]]:
        """Every note: code → text and state."""
        return {n.code: (n.text, n.state) for one in self.report().departments for n in one.notes}


def test_without_a_production_the_page_says_what_it_is_for(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot, rehearsal=False)
    assert robot.page._empty.title.text() == "No productions yet"
    assert robot.page._empty.isVisible()


def test_the_report_of_the_day_opens_filled_in(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    assert robot.page._start_state.title.text() == "No report for Thu 21 Jan 2027 yet"
    assert robot.page._start_state.text.text() == (
        "Hit List rehearses 10:00a–6:00p. Times, work, absences and open notes are filled in."
    )
    robot.start()
    sheet = robot.page.sheet
    assert sheet.head.title.text() == "Rehearsal report #1"
    assert [edit.text() for edit in sheet.times.times.values()] == ["10:00a", "1:00p", "2:00p", "6:00p"]
    assert sheet.times.worked.text() == "7 h 00"
    assert [line.fields["text"].value() for line in sheet.work._lines.values()] == [
        "Sc 1.7 “On Top”",
        "Stumble Act I",
    ]
    assert robot.page.focusWidget() is sheet.line.edit
    desk.undo()
    assert desk.read(report_rows) == []
    assert robot.page._start_state.isVisible()


def test_all_fourteen_headings_show_with_their_prefix(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    headings = [one for one in robot.page.sheet.departments.findChildren(_Heading) if one.isVisible()]
    assert len(headings) == len(DEPARTMENTS) == 14


def test_times_are_corrected_in_place(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    times = robot.page.sheet.times
    robot.type_into(times.times["ended"], "6:10p")
    robot.type_into(times.breaks.editor, "11:15-25, 3:15-3:25")
    robot.type_into(times.run_title.editor, "Act I stumble")
    robot.type_into(times.run_minutes, "76")
    report = robot.report()
    assert (report.ended, report.run_title, report.run_minutes) == (at(18, 10), "Act I stumble", 76)
    assert report.breaks == [(at(11, 15), at(11, 25)), (at(15, 15), at(15, 25))]
    assert times.worked.text() == "7 h 10"
    assert times.breaks.editor.text() == "11:15–11:25a · 3:15–3:25p"
    robot.type_into(times.times["ended"], "9a")
    assert times._cells["ended"].below.text() == "The end lies before the start."
    assert robot.report().ended == at(18, 10)


def test_a_rehearsal_past_midnight_belongs_to_its_day(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    robot.type_into(robot.page.sheet.times.times["ended"], "12:30a")
    assert robot.report().ended == at(24, 30)
    assert robot.page.sheet.times.worked.text() == "13 h 30"


def test_a_note_is_routed_while_it_is_typed(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    line = robot.page.sheet.line
    robot.type_into(line.edit, "p,s: Please may we have 2 mic stands.", leave=False)
    assert line.where.text() == "→ Props, Sound"
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    assert robot.notes() == {
        "P1": ("Please may we have 2 mic stands.", "new"),
        "S1": ("Please may we have 2 mic stands.", "new"),
    }
    assert line.edit.text() == ""
    robot.type_into(line.edit, "x: stays text")
    assert robot.report().general == "x: stays text"
    desk.undo()
    assert robot.report().general == ""
    assert line.edit.text() == ""


def test_a_heading_begins_a_note_to_its_department(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    robot.page.sheet.line.begin("lx")
    assert robot.page.sheet.line.where.text() == "→ Lighting"
    assert robot.page.sheet.line.edit.text() == "lx: "


def test_a_half_typed_note_survives_a_crash(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    report = robot.start().id
    robot.type_into(robot.page.sheet.line.edit, "lx: practical bulb", leave=False)
    qtbot.wait(PAUSE_MS + 150)
    kept = desk.read(report_page, report)
    assert kept.line == "lx: practical bulb"
    again = ReportsPage(desk)
    qtbot.addWidget(again)
    again.load()
    assert again.sheet.line.edit.text() == "lx: practical bulb"


def test_a_note_is_kept_also_while_typing_goes_on(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    report = robot.start().id
    robot.page.sheet.line.edit.setFocus()
    for _ in range(10):
        qtbot.keyClicks(robot.page.sheet.line.edit, "x")
        qtbot.wait(PAUSE_MS // 5)
    assert desk.read(report_page, report).line.startswith("xxxx")


def test_the_general_text_is_kept_while_it_is_typed(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    general = robot.page.sheet.general
    with qtbot.waitActive(robot.page.window()):  # leaving a field is noticed only in the active window
        robot.page.window().activateWindow()
    general.setFocus()
    qtbot.keyClicks(general, "Stumble of Act I ")
    qtbot.wait(PAUSE_MS + 150)
    assert robot.report().general == "Stumble of Act I"
    assert general.toPlainText() == "Stumble of Act I "
    qtbot.keyClicks(general, "went well")
    robot.page.sheet.times.times["ended"].setFocus()
    assert robot.report().general == "Stumble of Act I went well"


def test_notes_are_edited_answered_and_finished_in_place(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    report = robot.start().id
    (note,) = desk.engine.execute(AddNote(report, ("props",), "Stool")).value
    line = robot.page.sheet.departments.line_of(note)
    assert line is not None
    robot.type_into(line.text, "Stool leg loose")
    assert robot.notes() == {"P1": ("Stool leg loose", "new")}
    line.ask()
    robot.type_into(line.answer, "Fixed")
    assert robot.notes() == {"P1": ("Stool leg loose", "answered")}
    desk.undo()
    assert robot.notes() == {"P1": ("Stool leg loose", "new")}
    assert robot.page.side.open_head.right.text() == "1"


def test_unanswered_notes_stand_in_the_next_report(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    desk.engine.execute(AddNote(robot.start().id, ("stage",), "2 people without D3-yellow"))
    desk.date = date(2027, 1, 22)
    assert robot.page._start_state.isVisible()
    robot.start()
    assert robot.page.sheet.head.title.text() == "Rehearsal report #2"
    assert robot.notes() == {"SM1": ("2 people without D3-yellow", "carried")}
    desk.date = DAY
    assert robot.page.sheet.head.title.text() == "Rehearsal report #1"


def test_attendance_is_marked_without_reasons(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    card = robot.page.sheet.attendance
    card.who.set_value(robot.cal)
    robot.type_into(card.arrived, "10:12a")
    assert [row.words for row in desk.read(attended_rows, robot.production, DAY)] == ["Cal Webb 10:12a, 12 min"]
    desk.undo()
    assert desk.read(attended_rows, robot.production, DAY) == []


def test_work_lines_are_added_corrected_and_removed(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    work = robot.page.sheet.work
    robot.type_into(work.new, "Ensemble vocals")
    line = list(work._lines.values())[-1]
    robot.type_into(line.fields["starts_wall"], "2p")
    robot.type_into(line.fields["text"], "Ensemble vocals, Act I")
    texts = {one.text: one.starts_wall for one in robot.report().work}
    assert texts["Ensemble vocals, Act I"] == at(14)
    line._remove()
    assert "Ensemble vocals, Act I" not in {one.text for one in robot.report().work}


def test_preview_opens_the_paper_on_this_report(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    robot.page.sheet.preview.click()
    target = {"document": "rehearsal-report", "production": robot.production, "report": 1}
    assert robot.opened == [("paper", target)]


def test_a_day_is_not_reported_twice(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.start()
    robot.page.start()
    assert robot.said[-1] == "Rehearsal report #1 is already there for Thu 21 Jan."
    assert len(desk.read(report_rows)) == 1


def test_links_and_the_command_bar_find_a_report(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    desk.engine.execute(StartReport(robot.production, date(2027, 1, 20), number=8))
    robot.page.load()
    (hit,) = robot.page.commands("report 8")
    assert hit.title == "Rehearsal report #8"
    robot.page.show_target(number=8, production=robot.production)
    assert desk.date == date(2027, 1, 20)
    assert robot.page.sheet.head.title.text() == "Rehearsal report #8"


def test_a_performance_report_takes_its_times_and_house(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    desk.engine.execute(AddPerformance(robot.production, at(19), number=311))
    robot.page.load()
    offer = robot.page._offers()[-1]
    assert offer.words == "Hit List: performance report #311"
    offer.start()
    card = robot.page.sheet.performance
    assert card.isVisible()
    robot.type_into(card.stamps["act1_up"], "7:06p")
    assert card.captions["act1_up"].text() == "held 6 min"
    robot.type_into(card.stamps["act1_down"], "8:20p")
    assert card.captions["act1_down"].text() == "1:14"
    assert robot.page.sheet.head.title.text() == "Performance report #311"
    assert not robot.page.sheet.preview.isVisible()
