"""Importing in the window: choose, look, take; nothing changes before Import."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from stagecraft.base.clock import Clock
from stagecraft.base.settings import Settings
from stagecraft.queries.people import person_rows
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.store.store import Store
from stagecraft.ui.desk import Desk
from stagecraft.ui.import_dialog import ImportDialog


@pytest.fixture
def desk(tmp_path, qtbot):
    store = Store.create(tmp_path / "company.stagecraft")
    engine = Engine(store, Clock(), "Linda")
    engine.execute(AddProduction("Bombshell", code="BOMB"))
    desk = Desk(engine)
    yield desk
    desk.close()
    store.close()


@pytest.fixture
def dialog(desk, qtbot):
    dialog = make_dialog(desk, qtbot)
    dialog.show()
    return dialog


def make_dialog(desk, qtbot):
    """A dialog that stays when closed, so that the test can look at it."""
    dialog = ImportDialog(desk, Settings())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    return dialog


@pytest.fixture
def file(tmp_path):
    def write(text, name="people.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def shown(dialog):
    return [(row.line, row.words, row.remark) for row in dialog.model.rows]


def names(desk):
    return sorted(row.name for row in desk.read(person_rows))


def test_a_new_dialog_says_what_it_wants_and_cannot_import(dialog):
    assert "Column needed: name." in dialog.empty.text.text()
    assert not dialog.go.isEnabled()
    dialog.kind.set_value("schedule")
    dialog._read()
    assert "Column needed: date, start, end." in dialog.empty.text.text()


def test_a_good_file_is_shown_line_by_line_and_imported_as_one_step(dialog, desk, file, qtbot):
    dialog.read_file(file("name,role\nZoë Łukasik,Marilyn\n<b>Bob</b> & Co,\n"))
    qtbot.waitUntil(dialog.go.isEnabled)
    assert shown(dialog) == [(2, "Zoë Łukasik · Marilyn", ""), (3, "<b>Bob</b> & Co", "")]
    assert dialog.words.text() == "Would be imported: 2 people, 1 character, 1 assignment new."
    assert names(desk) == []
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert names(desk) == ["<b>Bob</b> & Co", "Zoë Łukasik"]
    assert desk.undo_text() == "import 2 rows of people"
    desk.undo()
    assert names(desk) == []


def test_lines_that_cannot_be_taken_come_first_and_keep_everything_out(dialog, desk, file, qtbot):
    dialog.kind.set_value("availability")
    dialog.read_file(file("person,date\nNobody,2027-01-14\nNobody,soon\n", "away.csv"))
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 2)
    assert shown(dialog) == [
        (2, "Nobody · Thu 14 Jan · unavailable", "There is nobody called “Nobody” on file."),
        (3, "", "“soon” is not a date; write it as 2027-01-14."),
    ]
    assert dialog.words.text().startswith("2 lines cannot be taken, so nothing would be imported.")
    assert not dialog.go.isEnabled()


def test_a_file_that_is_here_already_needs_no_import(dialog, desk, file, qtbot):
    path = file("name\nIvy Lynn\n")
    dialog.read_file(path)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.act()
    again = make_dialog(desk, qtbot)
    again.read_file(path)
    qtbot.waitUntil(lambda: again.words.text() == "Everything in this file is here already.")
    assert not again.go.isEnabled()


def test_what_is_no_such_file_is_said_in_words(dialog, file, qtbot):
    dialog.read_file(file("first,last\nIvy,Lynn\n"))
    qtbot.waitUntil(lambda: dialog.words.text().startswith("people.csv has no heading with the column “name”."))
    assert not dialog.go.isEnabled()


def test_a_file_may_be_dropped(dialog, file, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file("name\nIvy Lynn\n")))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, left, none))
    qtbot.waitUntil(dialog.go.isEnabled)
    assert shown(dialog) == [(2, "Ivy Lynn", "")]
