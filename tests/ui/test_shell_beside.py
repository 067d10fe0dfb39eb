"""What opens beside the pages: settings, production details, history; and the desk they all stand on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from stagecraft.base.settings import Settings
from stagecraft.queries.company import house_row, space_rows
from stagecraft.services.company import AddProduction
from stagecraft.services.people import AddPerson
from stagecraft.ui import words
from stagecraft.ui.beside import Beside
from stagecraft.ui.desk import Desk
from stagecraft.ui.help_dialog import KeysDialog, key_words
from stagecraft.ui.pages.history_page import HistoryPage
from stagecraft.ui.production_panel import NEW, ProductionPanel
from stagecraft.ui.settings_dialog import SettingsDialog
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label


class Field:
    """Takes refusals."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def refuse(self, message: str) -> None:
        self.said.append(message)


def hit(desk: Desk) -> int:
    return next(row.id for row in desk.all_productions() if row.code == "HIT")


# --- desk ------------------------------------------------------------------------------------------------------


def test_a_refusal_goes_to_the_field_it_is_about(desk) -> None:
    name, code = Field(), Field()
    assert desk.do(AddProduction("Copycat", "HIT"), fields={"name": name, "code": code}) is None
    assert (name.said, len(code.said)) == ([], 1)


def test_a_refusal_nobody_can_show_is_told_to_the_window(qtbot, desk) -> None:
    with qtbot.waitSignal(desk.failed) as told:
        desk.do(AddPerson(""))
    assert told.args[0].code


def test_what_opens_follows_from_the_role(desk) -> None:
    assert (desk.may_see("Management"), desk.may_see("Restricted")) == (True, False)
    desk.set_role("company-manager")
    assert desk.may_see("Restricted")


def test_one_change_is_announced_once_with_what_it_touched(qtbot, desk) -> None:
    heard: list[frozenset[str]] = []
    desk.changed.connect(lambda changes: heard.append(changes.tables))
    desk.do(AddPerson("Karen Cartwright"))
    assert heard == [frozenset({"person"})]


@pytest.mark.parametrize(
    ("step", "done"),
    [
        ("move “On Top” to Thu 21 Jan 2:00p", "Moved “On Top” to Thu 21 Jan 2:00p"),
        ("add Karen", "Added Karen"),
        ("set breaks", "Set breaks"),
        ("cancel a call", "Cancelled a call"),
        ("change house style", "Changed house style"),
        ("copy 3 calls", "Copied 3 calls"),
        ("forget the breaks planned", "Forgot the breaks planned"),
        ("verify a work rule", "Verified a work rule"),
        ("withdraw the acceptance of 2 flags", "Withdrew the acceptance of 2 flags"),
    ],
)
def test_a_step_is_told_as_done(step: str, done: str) -> None:
    assert words.past(step) == done


# --- settings --------------------------------------------------------------------------------------------------


def test_the_house_style_is_changed_in_the_file_and_can_be_undone(qtbot, desk) -> None:
    dialog = SettingsDialog(Settings(), desk)
    qtbot.addWidget(dialog)
    dialog.rows["house.time_style"].editor.committed.emit("24")
    assert desk.read(house_row).time_style == "24"
    assert words.time_text(14 * 60) == "14:00"
    desk.undo()
    assert words.time_text(14 * 60) == "2:00p"


def test_a_time_zone_that_does_not_exist_is_refused_beside_its_field(qtbot, desk) -> None:
    dialog = SettingsDialog(Settings(), desk)
    qtbot.addWidget(dialog)
    zone = dialog.rows["house.zone"].editor
    zone.setText("Middle/Earth")
    zone.textEdited.emit("Middle/Earth")
    zone.commit()
    assert "Middle/Earth" in dialog.rows["house.zone"].refusal()


def test_every_personal_setting_with_a_name_has_a_field(qtbot) -> None:
    from stagecraft.base.settings import declarations

    dialog = SettingsDialog(Settings(), None)
    qtbot.addWidget(dialog)
    assert list(dialog.rows) == [declared.key for declared in declarations() if declared.label]


def test_the_settings_fit_a_low_screen_with_their_button_at_the_foot(qtbot, desk) -> None:
    dialog = SettingsDialog(Settings(), desk)
    qtbot.addWidget(dialog)
    dialog.show()
    room = dialog.screen().availableGeometry()
    assert dialog.height() <= room.height()
    dialog.resize(dialog.width(), 400)
    assert dialog.height() == 400
    close = next(button for button in dialog.findChildren(Button) if button.text() == "Close")
    assert dialog.rect().contains(close.geometry())


# --- production ------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(qtbot, desk) -> ProductionPanel:
    panel = ProductionPanel(desk, hit(desk))
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_a_newcomer_gives_a_production_dates_a_venue_and_rooms(panel, desk) -> None:
    panel._rows["first_rehearsal"].editor.committed.emit(date(2027, 1, 11))
    panel._rows["venue_id"].editor.committed.emit(NEW)
    panel.venue_name.editor.committed.emit("Mercer Rehearsal Rooms")
    for room in ("4A", "4B"):
        panel.room_name.editor.committed.emit(room)
    row = desk.production_row(hit(desk))
    assert (row.first_rehearsal, row.venue) == (date(2027, 1, 11), "Mercer Rehearsal Rooms")
    assert [space.name for space in desk.read(space_rows, row.venue_id)] == ["4A", "4B"]
    assert [room.value() for room in panel._rooms] == ["4A", "4B"]


def test_a_code_that_is_taken_is_refused_beside_it(panel) -> None:
    code = panel._rows["code"].editor
    code.setText("BOMB")
    code.textEdited.emit("BOMB")
    code.commit()
    assert panel._rows["code"].refusal()
    assert panel._rows["code"].value() == "HIT"


def test_removing_a_production_asks_first_and_can_be_undone(qtbot, panel, desk) -> None:
    closed: list[bool] = []
    panel.close_wanted.connect(lambda: closed.append(True))
    qtbot.mouseClick(panel.remove, Qt.MouseButton.LeftButton)
    assert panel.sure.isVisible()
    qtbot.mouseClick(panel.sure, Qt.MouseButton.LeftButton)
    assert [row.code for row in desk.all_productions()] == ["BOMB"]
    assert closed
    desk.undo()
    assert len(desk.all_productions()) == 2


def test_a_production_is_added_from_its_form_and_its_details_open(qtbot, window, desk) -> None:
    beside = Beside(lambda: window, window.settings)
    beside.add_production()
    form = window.stack.currentWidget()
    form.name.editor.setText("The Wrong Man")
    form.name.editor.textEdited.emit("The Wrong Man")
    qtbot.mouseClick(form.create_button, Qt.MouseButton.LeftButton)
    assert "The Wrong Man" in [row.name for row in desk.all_productions()]
    assert window.side.widget().title.text() == "The Wrong Man"


# --- history ---------------------------------------------------------------------------------------------------


def test_history_says_every_step_in_words_newest_first(qtbot, desk) -> None:
    page = HistoryPage(desk)
    qtbot.addWidget(page)
    desk.do(AddPerson("Karen Cartwright"))
    page.load()
    lines = [item.title for item in page.list.items.rows if not item.head]
    assert lines[:3] == ["Add Karen Cartwright", "Add Bombshell", "Add Hit List"]


def test_undo_and_redo_from_history(qtbot, window, desk) -> None:
    page = window.page("history")
    desk.do(AddPerson("Karen Cartwright"))
    assert page.undo.toolTip() == "Undo add Karen Cartwright"
    qtbot.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    newest = next(item for item in page.list.items.rows if not item.head)
    assert newest.title == "Took back: add Karen Cartwright"
    assert page.redo.isEnabled()


def test_history_by_one_person_says_what_it_hides(qtbot, window, desk) -> None:
    page = window.page("history")
    desk.engine.who = "Linda"
    desk.do(AddPerson("Karen Cartwright"))
    page.who.set_value("Linda")
    page._show()
    assert [item.title for item in page.list.items.rows if not item.head] == ["Add Karen Cartwright"]
    hidden, things = page.hidden_by_filter()
    assert (hidden >= 2, things) == (True, "changes")


# --- keys ------------------------------------------------------------------------------------------------------


def test_the_list_of_keys_is_made_from_the_declared_actions(qtbot, window) -> None:
    dialog = KeysDialog(window.menus.all())
    qtbot.addWidget(dialog)
    shown = [label.text() for label in dialog.findChildren(Label)]
    for action in window.menus.all():
        if action.shortcut:
            assert key_words(action.shortcut) in shown
