"""Fields save when they are left, tables keep their place, refusals stand beside the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stagecraft.ui.widgets.buttons import Segmented
from stagecraft.ui.widgets.chips import finding_chip, production_chip, state_chip
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit, NumberEdit, TextEdit, TimeEdit
from stagecraft.ui.widgets.panels import EmptyState, FieldRow
from stagecraft.ui.widgets.row_table import Column, RowModel, RowTable
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList, group_item
from stagecraft.ui.widgets.undo_bar import UndoBar


@dataclass(slots=True)
class Person:
    id: int
    name: str
    age: int | None = None


def show(qtbot, *widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    for widget in widgets:
        layout.addWidget(widget)
    qtbot.addWidget(holder)
    qtbot.kept = holder  # qtbot itself only remembers weakly
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    return holder


def type_into(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    field.insert(text)
    field.textEdited.emit(text)


# --- fields ----------------------------------------------------------------------------------------------------


def test_a_field_saves_when_it_is_left(qtbot) -> None:
    name, other = LineEdit("Karen"), LineEdit()
    show(qtbot, name, other)
    saved: list[object] = []
    name.committed.connect(saved.append)
    type_into(name, "Karen Łukasik")
    assert saved == []
    other.setFocus()
    assert saved == ["Karen Łukasik"]


def test_a_field_left_as_it_was_saves_nothing(qtbot) -> None:
    name, other = LineEdit("Karen"), LineEdit()
    show(qtbot, name, other)
    saved: list[object] = []
    name.committed.connect(saved.append)
    type_into(name, "Karen")
    other.setFocus()
    assert saved == []


def test_escape_puts_back_what_was_there(qtbot) -> None:
    name = LineEdit("Karen")
    show(qtbot, name)
    type_into(name, "Kar")
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == "Karen"


def test_a_new_value_from_elsewhere_does_not_overwrite_typing(qtbot) -> None:
    name = LineEdit("Karen")
    show(qtbot, name)
    type_into(name, "Karen C")
    name.set_value("Ivy")
    assert name.text() == "Karen C"


def test_a_refused_value_stays_typed_and_the_old_one_stays_the_value(qtbot) -> None:
    row = FieldRow("Name", LineEdit("Karen"), on_commit=lambda value: row.refuse("A person needs a name."))
    show(qtbot, row)
    type_into(row.editor, "   ")
    row.editor.commit()
    assert row.value() == "Karen"
    assert row.editor.text() == "   "
    assert row.refusal() == "A person needs a name."


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Sun 31 Jan 2027", date(2027, 1, 31)),
        ("31 jan", date(2027, 1, 31)),
        ("feb 2", date(2027, 2, 2)),
        ("2027-02-28", date(2027, 2, 28)),
        ("thu", date(2027, 1, 14)),
        ("tomorrow", date(2027, 1, 15)),
        ("+7", date(2027, 1, 21)),
        ("30 dec", date(2026, 12, 30)),
    ],
)
def test_a_day_may_be_typed_as_people_say_it(qtbot, typed: str, day: date) -> None:
    field = DateEdit(date(2027, 1, 14))
    show(qtbot, field)
    type_into(field, typed)
    field.commit()
    assert field.value() == day


def test_a_refusal_covers_nothing_and_rows_move_only_after_the_click_that_left_the_field(qtbot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    row, below = FieldRow("First day", DateEdit(date(2027, 1, 31))), FieldRow("Note", LineEdit())
    column.addWidget(row)
    column.addWidget(below)
    column.addStretch(1)
    window.resize(300, 240)
    window.show()
    qtbot.addWidget(window)
    window.activateWindow()
    row.editor.setFocus()
    qtbot.waitUntil(row.editor.hasFocus)
    row.editor.selectAll()
    qtbot.keyClicks(row.editor, "soon")
    stood = below.geometry()
    qtbot.mousePress(below.editor, Qt.MouseButton.LeftButton)
    assert (row.refusal(), below.editor.hasFocus()) == ("No such day. Kept: Sun 31 Jan 2027.", True)
    qtbot.wait(80)
    assert (below.geometry(), row._refusal.isVisible()) == (stood, False)
    qtbot.mouseRelease(below.editor, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row._refusal.isVisible)
    qtbot.waitUntil(lambda: below.y() > stood.y())
    assert row._refusal.geometry().top() >= row.editor.geometry().bottom()
    row.editor.put_back()
    qtbot.waitUntil(lambda: below.geometry() == stood)


def test_keys_of_undo_and_redo_are_the_windows_while_a_field_has_nothing_to_undo(qtbot) -> None:
    for field in (LineEdit("Karen"), TextEdit("Karen")):
        show(qtbot, field)
        heard: list[str] = []
        for name, keys in (("Undo", "Ctrl+Z"), ("Redo", "Ctrl+Shift+Z")):
            action = QAction(field.window())
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, name=name, heard=heard: heard.append(name))
            field.window().addAction(action)
        field.setFocus()
        shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(field, Qt.Key.Key_Z, shift)
        assert heard == ["Undo", "Redo"]
        qtbot.keyClicks(field, "x")
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert heard == ["Undo", "Redo"]


def test_a_day_that_does_not_exist_is_refused_in_words(qtbot) -> None:
    row = FieldRow("Option by", DateEdit(date(2027, 1, 31)))
    show(qtbot, row)
    type_into(row.editor, "Sun 32 Jan 2027")
    row.editor.commit()
    assert row.refusal() == "No such day. Kept: Sun 31 Jan 2027."
    assert row.value() == date(2027, 1, 31)


def test_a_time_may_be_typed_short_and_moves_by_a_quarter(qtbot) -> None:
    field = TimeEdit(14 * 60)
    show(qtbot, field)
    saved: list[object] = []
    field.committed.connect(saved.append)
    type_into(field, "230p")
    field.commit()
    assert field.text() == "2:30p"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert saved == [14 * 60 + 30, 14 * 60 + 45]


def test_a_number_wears_its_unit_and_refuses_words(qtbot) -> None:
    row = FieldRow("Length", NumberEdit(22, unit="days", low=1, high=400))
    show(qtbot, row)
    assert row.editor.text() == "22 days"
    type_into(row.editor, "many")
    row.editor.commit()
    assert (row.value(), row.refusal()) == (22, "A number is needed.")


def test_a_long_text_saves_when_left_and_grows(qtbot) -> None:
    text, other = TextEdit("one"), LineEdit()
    show(qtbot, text, other)
    saved: list[object] = []
    text.committed.connect(saved.append)
    before = text.height()
    text.setFocus()
    text.setPlainText("one\ntwo\nthree\nfour")
    other.setFocus()
    assert saved == ["one\ntwo\nthree\nfour"]
    assert text.height() > before


def test_scrolling_past_a_choice_never_changes_it(qtbot) -> None:
    choice = Combo([(1, "4A"), (2, "4B")], 1)
    show(qtbot, choice)
    choice.setFocus()
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, turn)
    assert choice.value() == 1


def test_segments_move_with_the_arrow_keys(qtbot) -> None:
    view = Segmented([("day", "Day"), ("week", "Week")], "day", name="View")
    show(qtbot, view)
    told: list[object] = []
    view.changed.connect(told.append)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert told == ["week"]
    assert view.accessibleName() == "View: Week"


# --- chips -----------------------------------------------------------------------------------------------------


def test_every_chip_has_a_word() -> None:
    chips = [
        production_chip("BOMB", "bomb"),
        state_chip("Draft"),
        finding_chip("uncovered", "red"),
    ]
    assert [f"{chip.strong} {chip.text}".strip() for chip in chips] == [
        "BOMB",
        "Draft",
        "uncovered",
    ]


# --- tables ----------------------------------------------------------------------------------------------------


def people_model() -> RowModel:
    return RowModel(
        [
            Column("Name", lambda p: p.name, stretch=True),
            Column("Age", lambda p: str(p.age or ""), sort=lambda p: p.age),
        ],
        [Person(1, "Karen", 30), Person(2, "ivy", 25), Person(3, "Derek", 41)],
    )


def test_the_model_behaves_as_qt_expects(qtmodeltester) -> None:
    qtmodeltester.check(people_model())


def test_new_rows_keep_selection_and_order(qtbot) -> None:
    model = people_model()
    table = RowTable(model, name="People")
    show(qtbot, table)
    table.select(3)
    model.set_rows([Person(4, "Sol"), Person(3, "Derek Wills", 41), Person(1, "Karen", 30)])
    assert [row.id for row in model.rows] == [4, 3, 1]
    assert table.current() == Person(3, "Derek Wills", 41)


def test_a_removed_row_is_no_longer_selected(qtbot) -> None:
    model = people_model()
    table = RowTable(model, name="People")
    show(qtbot, table)
    table.select(2)
    model.set_rows([Person(1, "Karen", 30)])
    assert [row.id for row in table.selected()] in ([], [1])


def test_sorting_ignores_case_and_puts_nothing_last_both_ways() -> None:
    model = people_model()
    model.set_rows([*model.rows, Person(4, "Sol", None)])
    model.sort_by(0)
    assert [row.name for row in model.rows] == ["Derek", "ivy", "Karen", "Sol"]
    model.sort_by(1)
    assert [row.id for row in model.rows] == [2, 1, 3, 4]
    model.sort_by(1, down=True)
    assert [row.id for row in model.rows] == [3, 1, 2, 4]


def test_a_filter_hides_and_counts(qtmodeltester) -> None:
    model = people_model()
    model.set_filter(lambda person: person.age > 28)
    assert ([row.id for row in model.rows], model.hidden) == ([1, 3], 1)
    model.set_filter(None)
    assert model.hidden == 0
    qtmodeltester.check(model)


def test_column_widths_and_sort_order_come_back(qtbot) -> None:
    first, second = RowTable(people_model()), RowTable(people_model())
    show(qtbot, first, second)
    first.setColumnWidth(1, 77)
    first.rows.sort_by(1, down=True)
    second.restore_layout(first.save_layout())
    assert second.columnWidth(1) == 77
    assert [row.id for row in second.rows.rows] == [3, 1, 2]


def test_group_heads_in_a_list_cannot_be_chosen(qtbot) -> None:
    listed = TwoLineList(name="Contracts")
    show(qtbot, listed)
    chosen: list[object] = []
    listed.chosen.connect(lambda item: chosen.append(item.key))
    listed.set_items(
        [group_item("Within 30 days", "1"), ListItem(7, "Simon Adler"), group_item("Later"), ListItem(8, "Ivy")]
    )
    listed.select(7)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert chosen == [7, 8]


# --- the rest --------------------------------------------------------------------------------------------------


def test_the_undo_bar_says_what_was_done_and_takes_it_back(qtbot) -> None:
    holder = show(qtbot)
    holder.resize(800, 300)
    bar = UndoBar(holder)
    asked: list[str] = []
    bar.undo_wanted.connect(lambda: asked.append("undo"))
    bar.say("Moved “On Top” to 2:00p", undoable=True)
    assert bar.isVisible()
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert (asked, bar.isVisible()) == (["undo"], False)


def test_an_empty_page_offers_the_first_step(qtbot) -> None:
    done: list[str] = []
    empty = EmptyState("calendar", "No calls", "Drag across the day.", [("Call", lambda: done.append("call"))])
    show(qtbot, empty)
    qtbot.mouseClick(empty.buttons[0], Qt.MouseButton.LeftButton)
    assert done == ["call"]
