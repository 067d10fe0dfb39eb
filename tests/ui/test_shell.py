"""The window: pages, productions, date, undo with names, command bar, inspector, status line, layout."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from stagecraft.base.settings import Settings
from stagecraft.services.company import AddProduction, EditHouse, EditProduction, RemoveProduction
from stagecraft.services.people import AddPerson
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.page import Page
from stagecraft.ui.page_table import PageSpec
from stagecraft.ui.pages.today_cards import moment_words
from stagecraft.ui.rail import SLIM, WIDE
from stagecraft.ui.switcher import _SwitcherList
from stagecraft.ui.widgets.panels import Inspector
from stagecraft.ui.widgets.toggles import CheckBox
from stagecraft.ui.window import Window
from stagecraft.ui.window_actions import window_actions


class NotesPage(Page):
    """A page for these tests: counts its loads, has an inspector, a filter and a phrase."""

    name, title, icon = "notes", "Notes", "note"
    tables = frozenset({"person"})

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.loads = 0
        self.targets: list[dict] = []
        self.field = QLineEdit()
        self.root.addWidget(self.field)
        self.panel = Inspector("A note")
        self.done: list[str] = []
        self.filtered = 0

    def load(self) -> None:
        self.loads += 1

    def show_target(self, **target) -> None:
        self.targets.append(target)

    def actions(self) -> list[Action]:
        return [Action("notes.new", "New note", lambda: self.done.append("new"), "N", menu="Page")]

    def commands(self, text: str) -> list[Hit]:
        if not text.startswith("print"):
            return []
        return [Hit("Print the notes", lambda: self.done.append("print"), "one page", "paper", "paper", 100)]

    def hidden_by_filter(self) -> tuple[int, str]:
        return self.filtered, "notes"

    def clear_filter(self) -> None:
        self.filtered = 0

    def save_layout(self) -> dict:
        return {"zoom": 7}

    def restore_layout(self, layout: dict) -> None:
        self.zoom = layout.get("zoom")


class MorePage(NotesPage):
    name, title = "more", "More"
    tables = frozenset({"venue"})
    follows_date = False


SPECS = (
    PageSpec("notes", "Notes", "note", __name__, "NotesPage"),
    PageSpec("more", "More", "star", __name__, "MorePage"),
    PageSpec("missing", "Missing", "star", "stagecraft.ui.pages.no_such_page", "NoSuchPage"),
)


@pytest.fixture
def specs(monkeypatch) -> tuple[PageSpec, ...]:
    import sys

    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or sys.modules[NotesPage.__module__])
    monkeypatch.setattr(PageSpec, "exists", property(lambda spec: spec.name != "missing"))
    monkeypatch.setattr(
        PageSpec, "make", lambda spec, desk: {"notes": NotesPage, "more": MorePage}[spec.name](desk)
    )
    return SPECS


@pytest.fixture
def shell(qtbot, desk, specs):
    window = open_window(qtbot, desk, specs)
    yield window
    window.close()
    window.deleteLater()


def open_window(qtbot, desk, specs, settings: Settings | None = None) -> Window:
    window = Window(settings or Settings(), specs)
    window.menus.set_actions(window_actions(window, {"keys": lambda: None, "about": lambda: None}))
    window.set_desk(desk, "company", "notes")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def press(qtbot, window: QWidget, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier


# --- pages -----------------------------------------------------------------------------------------------------


def test_a_page_that_is_not_there_is_absent_from_the_rail(shell) -> None:
    assert list(shell.rail.buttons) == ["notes", "more"]
    assert [button.key for button in shell.rail.buttons.values()] == ["Ctrl+1", "Ctrl+2"]


def test_ctrl_and_a_digit_open_the_page_at_that_place(qtbot, shell) -> None:
    press(qtbot, shell, Qt.Key.Key_2, CTRL)
    assert shell.current == "more"
    assert shell.rail.buttons["more"].isChecked()


def test_a_change_reloads_the_page_in_front_only_if_it_shows_that_table(shell, desk) -> None:
    page = shell.page("notes")
    before = page.loads
    desk.do(AddPerson("Karen Cartwright"))
    assert page.loads == before + 1
    desk.do(EditProduction(desk.production, {"subtitle": "A Workshop"}))
    assert page.loads == before + 2  # productions followed by everybody


def test_a_page_behind_reloads_when_it_is_shown(shell, desk) -> None:
    shell.show_page("more")
    page = shell.page("notes")
    before = page.loads
    desk.do(AddPerson("Karen Cartwright"))
    assert page.loads == before
    shell.show_page("notes")
    assert page.loads == before + 1


def test_a_link_shows_a_page_with_something_selected(shell, desk) -> None:
    desk.open_page("more", note=12)
    assert shell.current == "more"
    assert shell.page("more").targets == [{"note": 12}]


# --- date and productions --------------------------------------------------------------------------------------


def test_one_date_runs_through_the_program(qtbot, shell, desk) -> None:
    page = shell.page("notes")
    before = page.loads
    press(qtbot, shell, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert desk.date == date(2027, 1, 15)
    assert shell.top.date.text() == "Fri 15 Jan 2027"
    assert page.loads == before + 1
    press(qtbot, shell, Qt.Key.Key_T, CTRL)
    assert desk.date == date(2027, 1, 14)
    press(qtbot, shell, Qt.Key.Key_D, CTRL)
    assert desk.date == date(2027, 1, 15)


def test_the_switcher_writes_an_ampersand_as_it_is(qtbot, shell, desk) -> None:
    desk.do(AddProduction("Bomb & Shell", "BS"))
    shell.switcher.open()
    popup = shell.switcher.findChild(_SwitcherList)
    box = next(box for box in popup.findChildren(CheckBox) if box.accessibleName() == "Show Bomb & Shell")
    assert box.text() == "Bomb && Shell"  # Qt's way to write one
    popup.close()


def test_the_switcher_names_one_several_or_all(shell, desk) -> None:
    assert sorted(shell.switcher.words.split(" + ")) == ["Bombshell", "Hit List"]
    hit = next(row.id for row in desk.all_productions() if row.code == "HIT")
    shell.switcher.picked.emit((hit,))
    assert (desk.production, shell.switcher.words) == (hit, "Hit List")
    shell.switcher.picked.emit(())
    assert len(desk.productions) == 2
    desk.do(AddProduction("The Wrong Man", "WRONG"))
    assert shell.switcher.words == "All productions"


def test_a_removed_production_is_no_longer_looked_at(shell, desk) -> None:
    hit = next(row.id for row in desk.all_productions() if row.code == "HIT")
    desk.productions = (hit,)
    desk.do(RemoveProduction(hit))
    assert [row.code for row in desk.all_productions() if row.id in desk.productions] == ["BOMB"]


# --- undo ------------------------------------------------------------------------------------------------------


def test_undo_and_redo_are_named(qtbot, shell, desk) -> None:
    desk.do(AddPerson("Karen Cartwright"))
    assert shell.top.undo.toolTip() == "Undo add Karen Cartwright  Ctrl+Z"
    assert shell.undo_bar.words.text() == "Added Karen Cartwright"
    press(qtbot, shell, Qt.Key.Key_Z, CTRL)
    assert shell.top.redo.isEnabled()
    assert shell.undo_bar.words.text() == "Undid: add Karen Cartwright"
    press(qtbot, shell, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert not shell.top.redo.isEnabled()


def test_the_undo_bar_takes_back_what_it_names(qtbot, shell, desk) -> None:
    desk.do(AddPerson("Karen Cartwright"))
    qtbot.mouseClick(shell.undo_bar.button, Qt.MouseButton.LeftButton)
    assert desk.redo_text() == "add Karen Cartwright"


def test_a_refusal_without_a_field_is_said_in_the_window(shell, desk) -> None:
    assert desk.do(AddPerson("  ")) is None
    assert shell.undo_bar.isVisible()
    assert "name" in shell.undo_bar.words.text()


# --- keys and the command bar ----------------------------------------------------------------------------------


def test_a_page_key_acts_only_outside_fields(qtbot, shell) -> None:
    page = shell.page("notes")
    page.field.setFocus()
    qtbot.keyClicks(page.field, "n")
    assert (page.done, page.field.text()) == ([], "n")
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_N)
    assert page.done == ["new"]


def test_another_pages_keys_do_not_act(qtbot, shell) -> None:
    shell.show_page("more")
    qtbot.keyClick(shell.page("more"), Qt.Key.Key_N)
    assert (shell.page("notes").done, shell.page("more").done) == ([], ["new"])


def test_the_command_bar_does_a_phrase_of_a_page_with_the_keyboard(qtbot, shell) -> None:
    press(qtbot, shell, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(shell.bar.field, "print thu call")
    qtbot.keyClick(shell.bar.field, Qt.Key.Key_Return)
    assert (shell.page("notes").done, shell.page("more").done) == (["print"], [])
    assert not shell.bar.isVisible()


def test_the_command_bar_finds_people_in_any_spelling(qtbot, shell, desk) -> None:
    desk.do(AddPerson("Zoë Łukasik"))
    shell.open_bar()
    shell.bar.field.setText("zoe luk")
    assert [row[1].title for row in shell.bar.model.rows] == ["Zoë Łukasik"]


def test_the_command_bar_goes_to_a_day(qtbot, shell, desk) -> None:
    shell.open_bar()
    shell.bar.field.setText("21 jan")
    qtbot.keyClick(shell.bar.field, Qt.Key.Key_Return)
    assert desk.date == date(2027, 1, 21)


def test_the_command_bar_does_actions_and_says_so_when_it_finds_nothing(qtbot, shell) -> None:
    shell.open_bar()
    shell.bar.field.setText("go mo")
    qtbot.keyClick(shell.bar.field, Qt.Key.Key_Return)
    assert shell.current == "more"
    shell.open_bar("xyzzy")
    assert shell.bar.nothing.isVisible()
    qtbot.keyClick(shell.bar.field, Qt.Key.Key_Escape)
    assert not shell.bar.isVisible()


def test_alt_alone_shows_the_menu_bar(qtbot, shell) -> None:
    assert not shell.menu_bar.isVisible()
    qtbot.keyClick(shell.page("notes"), Qt.Key.Key_Alt)
    assert shell.menu_bar.isVisible()
    assert [menu.text() for menu in shell.menu_bar.actions() if menu.isVisible()] == [
        "File", "Edit", "Go", "View", "Page", "Help",
    ]  # fmt: skip


def test_no_two_actions_want_the_same_key(shell) -> None:
    keys = [key for action in shell.menus.all() for key in action.shortcut.split(" | ") if key]
    assert sorted(keys) == sorted(set(keys))


# --- inspector, status line, layout ----------------------------------------------------------------------------


def test_the_inspector_opens_with_the_selection_and_closes_with_escape(qtbot, shell) -> None:
    page = shell.page("notes")
    page.open_inspector(page.panel)
    assert shell.side.isVisible()
    assert page.panel.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not shell.side.isVisible()
    press(qtbot, shell, Qt.Key.Key_I, CTRL)
    assert page.panel.isVisible()


def test_the_inspector_belongs_to_the_page_in_front(shell) -> None:
    notes, more = shell.page("notes"), shell.page("more")
    notes.open_inspector(notes.panel)
    shell.show_page("more")
    assert not shell.side.isVisible()
    more.open_inspector(more.panel)
    shell.show_page("notes")
    assert (notes.panel.isVisible(), more.panel.isVisible()) == (True, False)


def test_a_closed_inspector_stays_closed_when_its_page_loads_again(qtbot, shell, desk) -> None:
    page = shell.page("notes")
    page.load = lambda: page.open_inspector(page.panel)
    page.open_inspector(page.panel)
    shell.close_inspector()
    desk.do(AddPerson("Karen Cartwright"))
    assert not shell.side.isVisible()
    page.open_inspector(page.panel)
    assert shell.side.isVisible()


def test_when_it_gets_narrow_rail_inspector_and_page_fold_in_that_order(qtbot, shell) -> None:
    page = shell.page("notes")
    page.open_inspector(page.panel)
    assert (shell.rail.width(), page.narrow) == (WIDE, False)
    shell.resize(1200, 700)
    assert (shell.rail.width(), page.narrow) == (SLIM, False)
    shell.resize(990, 700)
    QApplication.processEvents()
    assert (page.width(), page.narrow) == (990 - SLIM, False)  # the inspector lies over the page
    assert shell.side.geometry().right() == shell.middle.rect().right()
    shell.resize(860, 600)
    assert page.narrow


def test_the_status_line_says_what_is_hidden_and_shows_it(qtbot, shell) -> None:
    page = shell.page("notes")
    page.filtered = 4
    page.filter_changed.emit()
    assert shell.status.hidden.accessibleName() == "4 notes hidden by filter · Show"
    qtbot.mouseClick(shell.status.hidden, Qt.MouseButton.LeftButton)
    assert not shell.status.hidden.isVisible()


def test_the_status_line_says_when_it_was_saved(shell, desk) -> None:
    assert shell.status.saved.text() == "All saved"
    desk.do(AddPerson("Karen Cartwright"))
    assert shell.status.saved.text() == "Saved 12:00n"
    desk.rules.finish()
    assert shell.status.findings.text() == "No flags this week"


def test_the_house_s_clock_is_named_where_the_machine_s_shows_another_time(shell, desk) -> None:
    desk.do(EditHouse({"zone": "Pacific/Kiritimati"}))
    assert shell.status.saved.text() == "Saved 12:00n · Kiritimati time"
    at_ms = 1_800_000_000_000  # Fri 15 Jan 2027 8:00 UTC
    assert moment_words(at_ms) == "Fri 10:00p"
    desk.do(EditHouse({"zone": "Europe/London"}))
    assert moment_words(at_ms) == "Fri 8:00a"


def test_the_window_comes_back_as_it_was_left(qtbot, desk, specs) -> None:
    settings = Settings()
    first = open_window(qtbot, desk, specs, settings)
    hit = next(row.id for row in desk.all_productions() if row.code == "HIT")
    desk.productions, desk.date = (hit,), date(2027, 1, 20)
    first.show_page("more")
    first.toggle_rail()
    first.side.set_wanted(300)
    first.close()
    settings.save()
    kept = Settings.load()
    desk.productions, desk.date = (), date(2027, 1, 14)
    second = Window(kept, specs)
    qtbot.addWidget(second)
    second.set_desk(desk, "company")
    assert (second.current, desk.date, desk.production) == ("more", date(2027, 1, 20), hit)
    assert (second.is_slim(), second.side.wanted) == (True, 300)
    assert second.page("notes").zoom == 7
    second.close()


def test_every_control_has_a_name_for_screen_readers(shell) -> None:
    unnamed = [
        type(button).__name__
        for button in shell.findChildren(QAbstractButton)
        if not (button.accessibleName() or button.text()) and not button.objectName().startswith("qt_")
    ]
    assert unnamed == []
