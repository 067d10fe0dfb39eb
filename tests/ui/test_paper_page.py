"""The Paper page: live preview, options, flags, issuing, saving, printing, empty states."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from stagecraft.base.clock import Clock
from stagecraft.domain.times import work_day_span
from stagecraft.paper.documents import build
from stagecraft.queries.calendar import call_rows, event_rows
from stagecraft.services.availability import AddAvailability
from stagecraft.services.calendar import MoveEvent
from stagecraft.services.engine import Engine
from stagecraft.services.sample import build_sample
from stagecraft.store.schema import Base
from stagecraft.store.store import Store
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.paper_commands import paper_hits
from stagecraft.ui.pages.paper_page import PaperPage
from stagecraft.ui.widgets.buttons import Button

CLOCK = Clock.on(date(2027, 1, 20), time(18, 35))
THURSDAY = date(2027, 1, 21)


@pytest.fixture(scope="module")
def season_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("season") / "season.stagecraft"
    store = Store.create(path, name="House", clock=CLOCK)
    build_sample(Engine(store, CLOCK, "Rosa Vega"), date(2027, 1, 11))
    store.close()
    return path


@pytest.fixture
def desk(season_file: Path, tmp_path: Path, qapp: object) -> Iterator[Desk]:
    path = tmp_path / "season.stagecraft"
    path.write_bytes(season_file.read_bytes())
    store = Store.open(path)
    desk = Desk(Engine(store, CLOCK, "Rosa Vega"), CLOCK, role="company-manager")
    choose(desk, "HIT")
    desk.date = THURSDAY
    yield desk
    desk.jobs.stop_all()
    desk.close()
    store.close()


def choose(desk: Desk, code: str) -> None:
    desk.productions = tuple(row.id for row in desk.all_productions() if row.code == code)


class Robot:
    """What a person does on the page."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.page = PaperPage(desk)
        qtbot.addWidget(self.page)
        desk.changed.connect(lambda _: self.page.load())
        desk.date_changed.connect(lambda _: self.page.load())
        desk.productions_changed.connect(lambda: self.page.load())
        self.page.resize(1000, 700)
        self.page.show()
        self.page.load()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(
            lambda: not self.page._settle.isActive() and not self.desk.jobs._running, timeout=10_000
        )

    def document(self, name: str) -> None:
        self.page.list.select(name)
        self.settle()

    def text(self) -> str:
        reader = PdfReader(io.BytesIO(self.page.preview.data()))
        return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)

    def issue(self) -> None:
        self.page.panel.issue_button.click()
        self.settle()
        self.settle()


@pytest.fixture
def robot(qtbot: QtBot, desk: Desk) -> Robot:
    return Robot(qtbot, desk)


def move_a_call(desk: Desk) -> None:
    music = next(
        row for row in desk.read(event_rows, *work_day_span(THURSDAY), desk.productions) if row.kind == "music"
    )
    desk.do(MoveEvent(music.id, music.starts_wall + 15))


def test_shows_the_call_of_the_date_on_the_desk(robot):
    assert robot.page.view.head.title.text() == "Daily call, Thu 21 Jan"
    assert "Thursday, January 21, 2027" in robot.text()
    assert robot.page.view.count.text() == "1 of 1"
    robot.desk.date = date(2027, 1, 22)
    robot.settle()
    assert "Friday, January 22, 2027" in robot.text()


def test_a_change_elsewhere_is_on_the_sheet_at_once(robot):
    assert "10:15a" not in robot.text()
    move_a_call(robot.desk)
    robot.settle()
    assert "10:15a" in robot.text()


def test_options_change_the_sheet(robot):
    assert "ROOM 4A" in robot.text()
    robot.page.panel.layout_choice._choose(1)
    robot.settle()
    assert "Who’s called" in robot.text()
    robot.page.panel.sections["ahead"].click()
    robot.settle()
    assert "LOOKING AHEAD" not in robot.text()
    robot.page.panel.paper.set_value("a4")
    robot.page.panel.options_changed.emit()
    robot.settle()
    assert round(PdfReader(io.BytesIO(robot.page.preview.data())).pages[0].mediabox.height) == 842


def test_issuing_numbers_the_sheet_and_keeps_it(robot):
    assert "DRAFT" in robot.text()
    robot.issue()
    assert robot.page.panel.issue_button.text() == "v1 is current"
    assert not robot.page.panel.issue_button.isEnabled()
    assert robot.page.out.filename() == "HIT_DailyCall_2027-01-21_v1.pdf"
    assert "v1 · issued" in robot.text()
    assert [item.title for item in robot.page.panel.ledger.items.rows] == ["v1"]
    assert robot.page.list.list.current().right == "v1"


def test_an_issue_can_say_what_is_new_in_it(robot):
    note = robot.page.panel.note
    note.editor.setText("Omar  at 2:45p")
    note.editor._touched()
    robot.issue()
    (issue,) = robot.page.panel.ledger.items.rows
    assert issue.second.endswith(" · US Letter · Omar at 2:45p")
    assert not note.isVisibleTo(robot.page.panel)  # nothing to issue now
    move_a_call(robot.desk)
    robot.settle()
    assert (note.isVisibleTo(robot.page.panel), note.editor.text()) == (True, "")


def test_a_change_after_the_issue_makes_a_draft_and_the_kept_pdf_stays(robot):
    robot.issue()
    kept = robot.text()
    move_a_call(robot.desk)
    robot.settle()
    assert robot.page.panel.since.text() == "Changed since v1: the sheet prints as DRAFT until you issue v2."
    assert "DRAFT" in robot.text()
    robot.page.panel.ledger.select(robot.page._issues[0].id)
    assert robot.text() == kept
    assert robot.page.out.filename() == "HIT_DailyCall_2027-01-21_v1.pdf"
    robot.issue()
    assert [item.title for item in robot.page.panel.ledger.items.rows] == ["v2", "v1"]
    assert "REVISED v2" in robot.text()


def test_the_flags_of_the_sheets_days_are_said_and_lead_to_the_calendar(robot):
    flags = robot.page.panel.flags
    assert (flags.button.text(), flags.text.text()) == ("0 flags on this paper", "")
    day = robot.desk.read(event_rows, *work_day_span(THURSDAY), robot.desk.productions)
    music = next(row for row in day if row.kind == "music")
    person = robot.desk.read(call_rows, [music.id])[0]
    robot.desk.do(
        AddAvailability(music.starts_wall, music.ends_wall, person=person.person_id, reason="dentist")
    )
    robot.settle()
    assert flags.button.text() == "1 flag on this paper"
    assert person.short in flags.text.text()
    assert "dentist" not in flags.text.text()
    asked: list[tuple[str, dict[str, object]]] = []
    robot.desk.page_wanted.connect(lambda name, target: asked.append((name, target)))
    flags.button.click()
    assert asked == [("calendar", {"event": music.id})]
    robot.document("weekly-schedule")
    assert person.short in flags.text.text()
    robot.document("company-list")
    assert flags.isHidden()
    assert robot.page.panel.issue_button.isEnabled()


def test_undo_passes_over_an_issue_and_takes_the_change_before_it(robot):
    move_a_call(robot.desk)
    robot.settle()
    said: list[tuple[str, bool]] = []
    robot.desk.message.connect(lambda words, undoable: said.append((words, undoable)))
    robot.issue()
    assert said == [("Issued daily call v1. It is kept in the ledger.", False)]
    robot.desk.undo()
    robot.settle()
    assert "10:15a" not in robot.text()
    assert [item.title for item in robot.page.panel.ledger.items.rows] == ["v1"]
    assert robot.page.panel.issue_button.text() == "Issue v2"
    assert "DRAFT" in robot.text()


def test_saving_writes_what_is_on_show_and_remembers_the_folder(robot, tmp_path):
    said: list[str] = []
    robot.desk.message.connect(lambda words, _: said.append(words))
    robot.page.out.save(str(tmp_path / "call"))
    assert (tmp_path / "call.pdf").read_bytes() == robot.page.preview.data()
    assert said == ["Saved call.pdf"]
    assert robot.page.save_layout()["folder"] == str(tmp_path)


def test_a_folder_that_cannot_be_written_is_said_in_words(robot, tmp_path):
    troubles: list[object] = []
    robot.desk.failed.connect(troubles.append)
    (tmp_path / "note.txt").write_text("no folder")
    robot.page.out.save(str(tmp_path / "note.txt" / "call.pdf"))
    assert len(troubles) == 1
    assert "call.pdf could not be written" in str(troubles[0])


def test_printing_sends_every_page_at_its_own_size(robot, tmp_path):
    robot.document("rehearsal-report")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    printer.setResolution(300)
    robot.page.out.print(printer)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_the_report_follows_the_date_and_can_be_chosen(robot):
    robot.document("rehearsal-report")
    assert "REHEARSAL REPORT #9" in robot.text()
    assert robot.page.view.count.text() == "1 of 2"
    robot.page.view.turn(1)
    assert robot.page.view.count.text() == "2 of 2"
    robot.page.show_target(report=8)
    robot.settle()
    assert "REHEARSAL REPORT #8" in robot.text()


def test_a_week_steps_by_weeks(robot):
    robot.document("weekly-schedule")
    robot.page.step(1)
    robot.settle()
    assert "Week of Monday, January 25, 2027" in robot.text()


def test_a_closed_document_says_for_whom_it_opens(qtbot, desk):
    desk.role = "stage-manager"
    robot = Robot(qtbot, desk)
    robot.document("contract-expiry")
    assert robot.page.view.empty.title.text() == "Contract expiry is restricted"
    asked: list[bool] = []
    desk.settings_wanted.connect(lambda: asked.append(True))
    (settings,) = (one for one in robot.page.view.empty.findChildren(Button) if one.text() == "Open Settings")
    settings.click()
    assert asked == [True]
    assert not robot.page.panel.print_button.isEnabled()
    assert "CONTRACT" not in robot.text()


def test_contract_expiry_counts_from_today_whatever_day_is_looked_at(robot):
    robot.document("contract-expiry")
    assert robot.desk.date == THURSDAY
    assert "as of Wednesday, January 20, 2027" in robot.text()
    assert robot.page.made.sheet.today == "2027-01-20"


def test_a_production_without_reports_says_where_to_start_one(robot):
    choose(robot.desk, "BOMB")
    robot.document("rehearsal-report")
    assert robot.page.view.empty.title.text() == "No rehearsal report yet"
    robot.document("daily-call")
    assert "BOMBSHELL" in robot.text()


def test_an_empty_file_says_that_a_sheet_needs_a_production(qtbot, tmp_path):
    store = Store.create(tmp_path / "new.stagecraft", name="House")
    desk = Desk(Engine(store))
    robot = Robot(qtbot, desk)
    assert robot.page.view.empty.title.text() == "No production yet"
    desk.close()
    store.close()


def test_with_both_shows_on_the_desk_the_sheet_is_of_the_one_chosen_here(robot, desk):
    assert robot.page.list.above.isHidden()
    desk.productions = tuple(row.id for row in desk.all_productions())
    robot.settle()
    choice = robot.page.list.production
    assert [choice.itemText(at) for at in range(choice.count())] == ["Bombshell", "Hit List"]
    assert "BOMBSHELL" in robot.text()
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    robot.settle()
    assert "HIT LIST" in robot.text()
    robot.document("company-list")
    assert "HIT LIST" in robot.text()
    choose(desk, "BOMB")
    robot.settle()
    assert "BOMBSHELL" in robot.text()


def test_a_step_of_the_history_leads_to_the_sheet_it_issued(robot, desk):
    bomb = next(row.id for row in desk.all_productions() if row.code == "BOMB")
    robot.page.show_target(document="weekly-schedule", production=bomb, subject="2027-01-11")
    robot.settle()
    assert "Week of Monday, January 11, 2027" in robot.text()
    assert (desk.date, desk.production) == (date(2027, 1, 11), bomb)


def test_the_call_as_text_goes_to_the_clipboard(robot):
    robot.page.panel.copy_button.click()
    assert "NOT CALLED: Sol Bright" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("typed", "title", "detail"),
    [
        ("print thu call", "Daily call", "Thu 21 Jan 2027"),
        ("daily call tomorrow", "Daily call", "Fri 22 Jan 2027"),
        ("weekly schedule 18 jan", "Weekly schedule", "Mon 18 Jan 2027"),
        ("print report 9", "Rehearsal report", "#9"),
        ("print bomb call friday", "Daily call", "Bombshell, Fri 22 Jan 2027"),
        ("print hit report 8", "Rehearsal report", "Hit List #8"),
    ],
)
def test_phrases_of_the_command_bar(desk, typed, title, detail):
    assert [(hit.title, hit.detail) for hit in paper_hits(typed, desk)] == [(title, detail)]


def test_other_words_are_no_sheet(desk):
    assert paper_hits("karen", desk) == []


def test_the_page_hears_of_every_table_a_document_is_made_of(desk):
    read: set[str] = set()
    with desk.engine.reading() as conn:
        event.listen(
            conn,
            "before_cursor_execute",
            lambda *args: read.update(re.findall(r"(?:FROM|JOIN) (\w+)", args[2])),
        )
        for name, about in (
            ("daily-call", THURSDAY),
            ("weekly-schedule", THURSDAY),
            ("rehearsal-report", 9),
            ("company-list", THURSDAY),
            ("contract-expiry", THURSDAY),
        ):
            build(conn, desk.production, name, about)
    assert read - {"step", "row_change"} - PaperPage.tables == set()
    assert PaperPage.tables <= set(Base.metadata.tables)


def test_layout_comes_back(robot, desk, qtbot):
    robot.document("company-list")
    robot.page.view.set_zoom("width")
    kept = robot.page.save_layout()
    again = PaperPage(desk)
    qtbot.addWidget(again)
    again.restore_layout(kept)
    assert again.save_layout() == kept
