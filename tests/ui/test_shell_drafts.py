"""Half-typed text survives a crash and is forgotten when it is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from stagecraft.ui.drafts import Drafts, LeftOverCard, Unsaved, left_over, unsaved_file
from stagecraft.ui.widgets.fields import LineEdit, TextEdit


def typing(qtbot) -> tuple[QWidget, LineEdit, TextEdit]:
    holder, name, note = QWidget(), LineEdit(name="Name"), TextEdit(name="Note")
    layout = QVBoxLayout(holder)
    layout.addWidget(name)
    layout.addWidget(note)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    return holder, name, note


def test_a_half_typed_note_is_there_after_a_crash(qtbot) -> None:
    holder, _name, note = typing(qtbot)
    drafts = Drafts("season.stagecraft", holder)
    drafts.page = "reports"
    note.setFocus()
    note.insertPlainText("p: stool leg loose, need a")
    drafts.look()
    found = left_over("season.stagecraft")
    assert found == Unsaved("season.stagecraft", "reports", "Note", "p: stool leg loose, need a")
    assert left_over("season.stagecraft") is None


def test_what_was_saved_is_not_offered_again(qtbot) -> None:
    holder, name, note = typing(qtbot)
    drafts = Drafts("season.stagecraft", holder)
    note.setFocus()
    note.insertPlainText("p: stool leg loose")
    drafts.look()
    assert unsaved_file().exists()
    name.setFocus()
    drafts.look()
    assert not unsaved_file().exists()


def test_another_files_text_waits_for_its_file(qtbot) -> None:
    holder, name, _note = typing(qtbot)
    drafts = Drafts("one.stagecraft", holder)
    name.setFocus()
    qtbot.keyClicks(name, "Karen Cart")
    drafts.look()
    assert left_over("two.stagecraft") is None
    assert left_over("one.stagecraft") is not None


def test_a_damaged_file_offers_nothing(own_home) -> None:
    unsaved_file().parent.mkdir(parents=True, exist_ok=True)
    unsaved_file().write_text("{ half")
    assert left_over("one.stagecraft") is None


def test_the_card_gives_the_text_back(qtbot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    card = LeftOverCard(Unsaved("f", "reports", "Note", "stool leg"), "Reports", holder)
    card.copy.click()
    assert (QApplication.clipboard().text(), card.copy.text()) == ("stool leg", "Copied")
