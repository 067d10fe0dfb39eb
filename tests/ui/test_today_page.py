"""Today in the window: what it says on the sample season's Thursday, where its rows lead, answering, undo, keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from stagecraft.base.clock import Clock
from stagecraft.domain.times import wall
from stagecraft.queries.performances import PerformanceRow, performance_rows
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.paper import IssueDocument
from stagecraft.services.people import EditPerson
from stagecraft.services.sample import build_sample
from stagecraft.store.store import Store
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages import today_cards
from stagecraft.ui.pages.performance_weeks import PerformanceWeeks
from stagecraft.ui.pages.today_page import TodayPage
from stagecraft.ui.widgets.day_strip import StripButton
from stagecraft.ui.widgets.panels import EmptyState

THURSDAY = date(2027, 1, 21)


@pytest.fixture(scope="module")
def season_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("season") / "season.stagecraft"
    store = Store.create(path)
    build_sample(Engine(store, Clock.on(THURSDAY)), date(2027, 1, 11))
    store.close()
    return path


@pytest.fixture
def desk(season_file: Path, tmp_path: Path) -> Iterator[Desk]:
    copy = tmp_path / "season.stagecraft"
    copy.write_bytes(season_file.read_bytes())
    clock = Clock.on(THURSDAY, time(10, 42))
    store = Store.open(copy)
    desk = Desk(Engine(store, clock, "Rosa Vega"), clock)
    yield desk
    desk.close()
    store.close()


@pytest.fixture
def page(qtbot: Any, desk: Desk) -> TodayPage:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1128, 728)
    desk.changed.connect(lambda changes: page.load() if page.tables & changes.tables else None)
    page.show()
    page.load()
    return page


def went(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Pages asked for from now on."""
    asked: list[tuple[str, dict[str, Any]]] = []
    desk.page_wanted.connect(lambda name, target: asked.append((name, target)))
    return asked


def block(page: TodayPage, title: str) -> StripButton:
    return next(one for one in page.strip._buttons if one.block.title == title and not one.half)


def test_the_head_says_date_days_and_what_is_next(page: TodayPage) -> None:
    assert page.date_label.text() == "Thursday, January 21, 2027"
    assert page.sentence.text() == (
        "Hit List day 9 of 22, 10:00a–6:00p, then Bombshell #321 at 7:00p. Next: 1.7 On Top in 48 min."
    )
    assert [button.text() for button in (page.print_button, page.report_button, page.call_button)] == [
        "Print tonight’s sheet",
        "Open report #9",
        "Issue Friday’s call",
    ]
    assert page.print_button.property("variant") == "primary"


@pytest.mark.parametrize(
    ("hour", "primary"), [(10, "print_button"), (17, "call_button"), (18, "report_button")]
)
def test_the_hour_decides_what_comes_first(page: TodayPage, desk: Desk, hour: int, primary: str) -> None:
    desk.clock = Clock.on(THURSDAY, time(hour, 20))
    page.tick()
    buttons = ("print_button", "report_button", "call_button")
    assert [name for name in buttons if getattr(page, name).property("variant") == "primary"] == [primary]


def test_cards_count_what_they_hold(page: TodayPage) -> None:
    assert [card.count.text() for card in (page.outs, page.due, page.changes, page.notes)] == [
        "9",
        "3",
        "",
        "4",
    ]
    assert page.outs.footer.text() == "Bench at #321   F 1 Tess   M 2 Will, Rory"
    assert page.week.count.text() == "5 performances to go · 35 h rehearsal"


def test_more_rows_come_when_asked_for(page: TodayPage) -> None:
    assert len(page.outs.rows()) == 4
    page.outs.more.click()
    assert len(page.outs.rows()) == 9
    page.outs.more.click()
    assert len(page.outs.rows()) == 4


def test_a_double_click_on_a_call_opens_it_on_the_calendar(page: TodayPage, desk: Desk) -> None:
    asked = went(desk)
    call = block(page, "2.2 Missed Call")
    QTest.mouseDClick(call, Qt.MouseButton.LeftButton)
    assert asked == [("calendar", {"event": call.block.event_id})]


def test_arrows_walk_the_strip_and_enter_opens(page: TodayPage, desk: Desk) -> None:
    page.activateWindow()
    first = block(page, "1.2 Four-Track Mind")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert page.focusWidget() is block(page, "2.2 Missed Call")
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Up)
    assert page.focusWidget().block.title == "1.7 On Top"
    asked = went(desk)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert [name for name, _ in asked] == ["calendar"]


def test_a_block_says_all_of_itself_to_a_screen_reader(page: TodayPage) -> None:
    assert block(page, "Understudy rehearsal").accessibleName() == (
        "Understudy rehearsal, understudy rehearsal, Thu 21 Jan 1:00–5:00p, St. James, "
        "Covers, Priya on F2 · Tess, Owen"
    )


def test_the_three_deeds_lead_to_the_sheet_they_name(page: TodayPage, desk: Desk) -> None:
    asked, chosen = went(desk), desk.productions
    ids = {row.code: row.id for row in desk.all_productions()}
    page.print_button.click()
    page.call_button.click()
    sheets = [(target["production"], target["date"], target["printing"]) for _, target in asked]
    assert sheets == [(ids["BOMB"], THURSDAY, True), (ids["HIT"], date(2027, 1, 22), False)]
    assert {(name, target["document"]) for name, target in asked} == {("paper", "daily-call")}
    assert desk.productions == chosen


def test_rows_lead_to_where_they_are_dealt_with(page: TodayPage, desk: Desk) -> None:
    asked = went(desk)
    page.due.rows()[0].click()
    page.outs.rows()[2].click()
    assert [name for name, _ in asked] == ["contracts", "script"]


def test_answering_a_note_takes_it_off_and_undo_brings_it_back(page: TodayPage, desk: Desk) -> None:
    row = page.notes.rows()[0]
    assert row.item.title == "Practical bulb out in 2.2."
    row.click()
    field = page.notes.findChild(QLineEdit)
    assert field is not None
    assert field.placeholderText() == "Answer from Lighting"
    QTest.keyClicks(field, "Replaced before the half")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.notes.count.text() == "3"
    assert page.notes.rows()[0].item.code == "SM4"
    desk.undo()
    assert page.notes.rows()[0].item.title == "Practical bulb out in 2.2."


def test_escape_gives_the_answer_up(page: TodayPage, qtbot: Any) -> None:
    page.activateWindow()
    page.notes.rows()[0].click()
    field = page.notes.findChild(QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert page.notes.count.text() == "4"
    assert page.focusWidget() is page.notes.rows()[0]


def test_a_change_appears_and_leads_to_its_place(page: TodayPage, desk: Desk) -> None:
    assert page.changes.rows() == []
    person = 1
    desk.do(EditPerson(person, {"phone": "212-555-0199"}))
    (row,) = page.changes.rows()
    assert row.item.title == "Changed phone of Karen Cartwright"
    assert row.item.second == "Rosa Vega"
    asked = went(desk)
    row.click()
    assert asked == [("company", {"person": person})]
    desk.undo()
    assert page.changes.rows() == []


def test_an_issue_is_named_by_its_day_and_leads_to_its_sheet(page: TodayPage, desk: Desk) -> None:
    hit = next(row.id for row in desk.all_productions() if row.code == "HIT")
    sheet = ("daily-call", THURSDAY.isoformat(), THURSDAY)
    desk.do(IssueDocument(hit, *sheet, 1, 0, "Rosa Vega", "Company", "letter", "{}", b"%PDF-"))
    page.load()
    asked = went(desk)
    (row,) = page.changes.rows()
    assert row.item.title == "Issued daily call Thu 21 Jan v1"
    row.click()
    assert asked == [("paper", {"document": "daily-call", "production": hit, "subject": "2027-01-21"})]


def test_what_was_seen_last_time_is_no_news(page: TodayPage, desk: Desk) -> None:
    desk.do(EditPerson(1, {"phone": "212-555-0199"}))
    layout = {"seen_ms": desk.clock.utc_ms() + 1}
    page.restore_layout(layout)
    page.load()
    assert page.changes.rows() == []
    assert page.changes.title.text() == "Changed since Thu 10:42a"


def test_another_day_has_no_now_line(page: TodayPage, desk: Desk) -> None:
    desk.date = date(2027, 1, 18)
    page.load()
    assert page.strip._now is None
    assert page.sentence.text() == "Bombshell dark, Hit List day off."
    assert not page.print_button.isVisible()


def test_one_production_alone(page: TodayPage, desk: Desk) -> None:
    bomb = next(row.id for row in desk.all_productions() if row.code == "BOMB")
    desk.productions = (bomb,)
    page.load()
    assert page.sentence.text().startswith("Bombshell #321 at 7:00p.")
    assert [placed.lane.code for placed in page.strip._lanes] == ["BOMB"]


def test_contracts_are_not_for_everybody(qtbot: Any, desk: Desk) -> None:
    desk.role = "performer"
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.load()
    assert not page.due.isVisible()


@pytest.mark.parametrize(("width", "columns"), [(1128, 3), (800, 2), (560, 1)])
def test_three_cards_become_two_then_one(page: TodayPage, width: int, columns: int) -> None:
    page.resize(width, 700)
    tops = {card.y() for card in (page.outs, page.due, page.changes)}
    page.layout().activate()
    assert page._columns == columns
    assert tops


def test_an_empty_file_offers_the_first_step(qtbot: Any, tmp_path: Path) -> None:
    store = Store.create(tmp_path / "new.stagecraft")
    desk = Desk(Engine(store, Clock.on(THURSDAY)))
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.load()
    with qtbot.waitSignal(desk.production_wanted):
        page.findChild(EmptyState).buttons[0].click()
    desk.do(AddProduction("A Play"))
    page.load()
    assert (page.print_button.isHidden(), page.call_button.text()) == (True, "Plan a call")
    asked = went(desk)
    page.call_button.click()
    assert [name for name, _ in asked] == ["calendar"]
    desk.close()
    store.close()


def test_waiting_times_are_written_as_people_say_them() -> None:
    assert [today_cards.wait_words(minutes) for minutes in (18, 60, 138)] == ["18 min", "1 h", "2 h 18"]
    assert [today_cards.hours_words(minutes) for minutes in (2100, 450)] == ["35 h", "7 h 30"]


# --- performances by the week ------------------------------------------------------------------------------


@pytest.fixture
def weeks(qtbot: Any, desk: Desk) -> PerformanceWeeks:
    bomb = next(row.id for row in desk.all_productions() if row.code == "BOMB")
    desk.productions = (bomb,)
    panel = PerformanceWeeks(desk, lambda day: None)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_the_pattern_goes_on_where_the_run_ends(weeks: PerformanceWeeks) -> None:
    assert weeks.first.value() == date(2027, 4, 19)
    assert weeks.curtains.toPlainText() == (
        "Tue 7:00p, Wed 2:00p 7:30p, Thu 7:00p, Fri 8:00p, Sat 2:00p 8:00p, Sun 3:00p"
    )
    assert weeks.told.text() == "32 performances, #422–#453."


def numbered(desk: Desk, number: int) -> list[PerformanceRow]:
    rows = desk.read(performance_rows, wall(date(2027, 1, 1)), wall(date(2028, 1, 1)), (desk.production,))
    return [row for row in rows if row.number == number]


def test_weeks_are_added_in_one_step_and_curtains_that_exist_are_skipped(
    weeks: PerformanceWeeks, desk: Desk
) -> None:
    weeks.first.set_value(date(2027, 4, 12))
    weeks.last.set_value(date(2027, 4, 20))
    weeks.look()
    assert weeks.told.text() == "1 performance, #422; 8 of these curtains are there already."
    weeks.button.click()
    assert [row.day for row in numbered(desk, 422)] == [date(2027, 4, 20)]
    assert desk.undo_text() == "add performances of Bombshell"
    desk.undo()
    assert numbered(desk, 422) == []


def test_a_word_that_is_no_curtain_is_refused_beside_the_field(weeks: PerformanceWeeks, desk: Desk) -> None:
    weeks.curtains.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(weeks.curtains, " late")
    weeks.run()
    assert "“late” is no time here" in weeks.rows["pattern"].refusal()
    assert desk.undo_text() is None
