"""The Hours view of Rules: a week of people, what its days say, where it leads, what is copied and remembered."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from stagecraft.base.clock import Clock
from stagecraft.queries.hours import PersonWeek
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.people import AddPerson
from stagecraft.services.sample import build_sample
from stagecraft.store.store import Store
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.rules_hours import RulesHours
from stagecraft.ui.pages.rules_hours_rows import CLOCK as IN_OUT
from stagecraft.ui.pages.rules_hours_rows import REST, SPAN, TotalLine
from stagecraft.ui.widgets.labels import Label

MONDAY = date(2027, 1, 11)
TODAY = Clock.on(date(2027, 1, 13))


@pytest.fixture(scope="module")
def season_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hours") / "season.stagecraft"
    store = Store.create(path, name="House", clock=TODAY)
    build_sample(Engine(store, TODAY, "Rosa Vega"), MONDAY)
    store.close()
    return path


@pytest.fixture
def season(season_file: Path, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "copy.stagecraft"
    path.write_bytes(season_file.read_bytes())
    store = Store.open(path)
    desk = Desk(Engine(store, TODAY, "Rosa Vega"), TODAY)
    yield desk
    desk.jobs.stop_all()
    desk.close()
    store.close()


@pytest.fixture
def view(qtbot: QtBot, season: Desk) -> RulesHours:
    made = RulesHours(season)
    qtbot.addWidget(made)
    qtbot.addWidget(made.tools)
    qtbot.addWidget(made.panel)
    made.resize(1280, 700)
    made.show()
    made.load()
    return made


def row(view: RulesHours, name: str) -> PersonWeek:
    return next(one for one in view.model.people if one.name == name)


def said(view: RulesHours, name: str, key: str) -> str:
    head = next(one for one in view._heads if one.key == key)
    return head.column.text(row(view, name))


def heads(view: RulesHours) -> list[str]:
    return [one.column.head for one in view._shown()]


def test_a_week_of_two_shows(view):
    assert heads(view)[:9] == [
        "Name",
        "Mon 11",
        "Tue 12",
        "Wed 13",
        "Thu 14",
        "Fri 15",
        "Sat 16",
        "Sun 17",
        "Week",
    ]
    assert {"BOMB", "HIT", "Longest day", "Least rest", "Shows", "Overtime"} <= set(heads(view))
    assert [said(view, "Karen Cartwright", key) for key in ("day0", "day5", "worked", "performances")] == [
        "9 h 30",
        "6 h 20",
        "46 h 20",
        "8",
    ]
    assert (said(view, "Karen Cartwright", "longest"), said(view, "Karen Cartwright", "rest")) == (
        "11 h 45",
        "12 h 35",
    )


def test_the_days_say_hours_span_rest_or_in_and_out(view):
    for kind, words in ((SPAN, "11 h 45"), (REST, "12 h 35"), (IN_OUT, "6:15a–6:00p")):
        view.cells.set_value(kind)
        view._on_cells(kind)
        assert said(view, "Karen Cartwright", "day0") == words


def test_totals_stay_at_the_end_whatever_it_is_sorted_by(view):
    last = view.model.rows[-1]
    assert isinstance(last, TotalLine)
    assert last.name == f"{len(view.model.people)} people"
    worked = next(at for at, one in enumerate(view._heads) if one.key == "worked")
    view.table._sort(worked)
    view.table._sort(worked)
    assert view.model.people[0].worked == max(one.worked for one in view.model.people)
    assert isinstance(view.model.rows[-1], TotalLine)
    view._on_sorted(worked)
    view.load()
    assert view.model.people[0].worked == max(one.worked for one in view.model.people)


def test_a_name_is_found_and_what_is_hidden_is_counted(view):
    view.search.setText("kar cart")
    assert [one.name for one in view.model.people] == ["Karen Cartwright"]
    hidden, what = view.hidden_by_filter()
    assert hidden > 10
    assert what == "people"
    assert view.model.rows[-1].name == "1 person"
    view.search.setText("nemo")
    assert view.nothing.title.text() == "Nobody found"
    assert view.nothing.isVisible()
    view.clear_filter()
    assert view.table.isVisible()


def test_a_cell_leads_to_its_day_in_the_calendar(view, qtbot):
    wanted: list[tuple[str, dict]] = []
    view.desk.page_wanted.connect(lambda page, target: wanted.append((page, target)))
    line = view.model.row_of(row(view, "Karen Cartwright").id)
    friday = next(at for at, one in enumerate(view._heads) if one.key == "day4")
    view.table.scrollTo(view.model.index(line, friday))
    at = view.table.visualRect(view.model.index(line, friday)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.desk.date == date(2027, 1, 15)
    day = row(view, "Karen Cartwright").days[view.desk.date]
    assert wanted == [("calendar", {"event": day.calls[0].events[0]})]


def test_enter_opens_the_day_under_the_keys_and_ctrl_c_copies(view, qtbot):
    view.table.select(row(view, "Karen Cartwright").id)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Name", "Mon 11"]
    assert lines[1].split("\t")[:2] == ["Karen Cartwright", "9 h 30"]
    assert lines[-1] == "Planning aid, not legal advice"
    index = view.model.index(view.table.currentIndex().row(), 6)
    view.table.setCurrentIndex(index)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.desk.date == date(2027, 1, 16)


def test_a_day_without_a_call_leads_to_that_day(view):
    dev = row(view, "Dev Anand")
    view.go(dev, date(2027, 1, 17))
    assert view.desk.date == date(2027, 1, 17)


def test_everything_shown_is_exported_and_inert(view, tmp_path):
    engine = view.desk.engine
    engine.execute(AddPerson("=SUM(A1)"))
    path = tmp_path / "hours.csv"
    view.write_csv(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == heads(view)
    assert len(lines) == len(view.model.people) + 3
    assert lines[-1] == ["Planning aid, not legal advice"]
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]


def test_columns_widths_order_and_cells_are_remembered(view, qtbot):
    view.show_column("fittings", False)
    view.table.setColumnWidth(0, 222)
    view._on_cells(SPAN)
    view._sort = ("worked", True)
    kept = view.save_layout()
    other = RulesHours(view.desk)
    for widget in (other, other.tools, other.panel):
        qtbot.addWidget(widget)
    other.restore_layout(kept)
    other.load()
    assert "Fittings" not in heads(other)
    assert other.table.columnWidth(0) == 222
    assert other.cells.value() == SPAN
    assert other.model.people[0].worked == max(one.worked for one in other.model.people)
    other.restore_layout({"widths": 3, "hidden": "name", "sort": [], "cells": "nonsense"})
    assert "Name" in heads(other)


def test_it_follows_the_week_and_the_productions_of_the_desk(view):
    view.desk.date = date(2026, 10, 6)
    view.load()
    assert {"Reading", "Readings", "Days left"} <= set(heads(view))
    assert [said(view, "Dev Anand", key) for key in ("reading", "readings", "window")] == [
        "12 of 29",
        "0 of 3",
        "12 of 14",
    ]
    hit = next(one.id for one in view.desk.all_productions() if one.code == "HIT")
    view.desk.date = MONDAY
    view.desk.productions = (hit,)
    view.load()
    assert "Linda" not in [one.name for one in view.model.people]
    assert said(view, "Karen Cartwright", "worked") == "46 h 20"


def test_the_inspector_says_the_days_the_limits_and_what_was_recorded(view):
    shown: list[object] = []
    view.inspector_wanted.connect(shown.append)
    view.desk.date = date(2027, 1, 21)
    view.load()
    view.table.select(row(view, "Cal Webb").id)
    assert shown[-1] is view.panel
    words = [one.text().replace("\u00a0", " ") for one in view.panel.findChildren(Label)]
    assert view.panel.title.text() == "Cal Webb"
    assert "10:00a–6:00p, span 8 h 00" in words
    assert any(one.startswith("late, in 10:12a; Report #9: ") for one in words)
    assert "not planned" in words
    assert "Planning aid, not legal advice" in words


def test_two_people_or_none_leave_the_inspector(view):
    shown: list[object] = []
    view.table.select(row(view, "Dev Anand").id)
    view.inspector_wanted.connect(shown.append)
    view.table.clearSelection()
    assert shown[-1] is None


def test_it_leads_to_the_sheets(view):
    wanted: list[tuple[str, dict]] = []
    view.desk.page_wanted.connect(lambda page, target: wanted.append((page, target)))
    view.print_sheet()
    view.print_ledger()  # no reading this week
    view.desk.date = date(2026, 10, 8)
    view.load()
    view.print_ledger()
    hit = next(one.id for one in view.desk.all_productions() if one.code == "HIT")
    assert wanted == [
        ("paper", {"document": "actor-hours", "date": MONDAY}),
        ("paper", {"document": "29-hour-ledger", "production": hit, "date": date(2026, 10, 8)}),
    ]


def test_one_persons_sheet_is_saved_as_a_pdf(view, qtbot, tmp_path):
    path = tmp_path / "karen.pdf"
    told: list[str] = []
    view.desk.message.connect(lambda words, _undo: told.append(words))
    view.write_sheet(row(view, "Karen Cartwright"), path)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told == ["Saved the hours sheet of Karen Cartwright"]
    assert path.read_bytes().startswith(b"%PDF-")


def test_a_place_that_cannot_be_written_is_said(view, qtbot, tmp_path):
    failed: list[object] = []
    view.desk.failed.connect(failed.append)
    view.write_sheet(row(view, "Karen Cartwright"), tmp_path)
    qtbot.waitUntil(lambda: bool(failed), timeout=10_000)
    assert "could not be written" in str(failed[0])


def test_a_week_without_calls_says_what_to_do(view):
    view.desk.date = date(2028, 6, 7)
    view.load()
    assert view.nothing.title.text() == "Nobody is called this week"
    assert not view.sheet.isEnabled()


def test_hours_are_for_the_production_team(view):
    view.desk.set_role("actor")
    view.load()
    assert view.model.people == []
    assert view.nothing.title.text() == "Hours are for the production team"


def test_without_a_production_there_is_nothing_to_count(qtbot, company):
    desk = Desk(company)
    made = RulesHours(desk)
    for widget in (made, made.tools, made.panel):
        qtbot.addWidget(widget)
    made.load()
    assert made.nothing.title.text() == "No production yet"
    company.execute(AddProduction("Hit List", "HIT", kind="workshop"))
    made.load()
    assert made.nothing.title.text() == "Nobody is called this week"
    desk.close()


def test_the_menu_of_columns_and_of_a_row_open(view):
    view.choose_columns(QPoint(10, 10))
    view._open_menu(view.table.visualRect(view.model.index(0, 0)).center())


def test_a_totals_line_cannot_be_chosen(view):
    index = view.model.index(len(view.model.rows) - 1, 0)
    assert not (view.model.flags(index) & Qt.ItemFlag.ItemIsSelectable)
