"""Exporting in the window: what, of which production, where to; then it says what it wrote."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stagecraft.base.settings import Settings
from stagecraft.services.people import AddPerson
from stagecraft.ui.export_dialog import ExportDialog


@pytest.fixture
def dialog(desk, qtbot):
    desk.engine.execute(AddPerson("Zoë Łukasik"))
    dialog = ExportDialog(desk, Settings())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_people_go_to_the_place_chosen_and_it_says_so(dialog, tmp_path, qtbot):
    assert "Class Company." in dialog.words.text()
    assert not dialog.go.isEnabled()
    assert not dialog.folder.isVisible()
    dialog.production.set_value(None)
    dialog.set_place(tmp_path / "people.csv")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.words.text() == "1 person written to people.csv."
    assert dialog.folder.isVisible()
    assert "Zoë Łukasik" in (tmp_path / "people.csv").read_text(encoding="utf-8-sig")


def test_another_kind_forgets_the_place_so_that_nothing_is_written_over(dialog, tmp_path):
    dialog.set_place(tmp_path / "people.csv")
    dialog.kind.set_value("breakdown")
    dialog._start()
    assert dialog.file.text() == "No place chosen yet"
    assert not dialog.go.isEnabled()
    assert dialog.production.value() is not None


def test_a_place_that_cannot_be_written_is_said_in_words(dialog, tmp_path):
    dialog.set_place(tmp_path)
    dialog.act()
    assert dialog.words.text() == f"{tmp_path} cannot be written: is a folder."
    assert dialog.go.isEnabled()
