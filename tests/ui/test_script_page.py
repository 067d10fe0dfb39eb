"""The Script page as a stage manager works in it: write it, mark it, ask it, call from it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from stagecraft.domain.times import wall
from stagecraft.queries.calendar import call_rows, event_rows
from stagecraft.queries.script import script_rows
from stagecraft.services.availability import AddAvailability
from stagecraft.services.people import AddPerson, Assign
from stagecraft.services.script import AddAct, AddCharacter, AddNumber, AddScene, SetParticipations
from stagecraft.ui.pages.script_page import ScriptPage

DAY = date(2027, 1, 14)


class Robot:
    """What a person does on the page; the only code here that knows its widgets."""

    def __init__(self, window, bot) -> None:
        self.window, self.bot, self.desk = window, bot, window.desk
        self.hit = self.desk.all_productions()[0].id
        self.desk.productions = (self.hit,)
        window.show_page("script")
        page = window.page("script")
        assert isinstance(page, ScriptPage)
        self.page, self.matrix = page, page.matrix

    def rows(self):
        return self.desk.read(script_rows, self.hit, DAY)

    def marks(self) -> set[tuple[str, str, str]]:
        rows = self.rows()
        scenes = {s.id: s.number for s in rows.scenes}
        tracks = {t.id: t.name for t in rows.tracks}
        return {(scenes[m.scene_id], tracks[m.track_id], m.mark) for m in rows.marks}

    def cell(self, scene: int, track: int) -> QPoint:
        layout = self.matrix.layout_now()
        line = next(
            i for i, row in enumerate(self.matrix.content.lines) if getattr(row, "scene", None) == scene
        )
        column = [c.track for c in self.matrix.content.columns].index(track)
        return layout.cell(line, column).center()

    def click(self, scene: int, track: int, held=Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.mouseClick(self.matrix.viewport(), Qt.MouseButton.LeftButton, held, self.cell(scene, track))

    def click_line(self, scene: int, held=Qt.KeyboardModifier.NoModifier) -> None:
        tracks = [c.track for c in self.matrix.content.columns]
        at = QPoint(10, self.cell(scene, tracks[0]).y())
        self.bot.mouseClick(self.matrix.viewport(), Qt.MouseButton.LeftButton, held, at)

    def move(self, at: QPoint) -> None:
        """Move the pointer with the button held."""
        held, where = Qt.MouseButton.LeftButton, QPointF(at)
        kind, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
        glob = QPointF(self.matrix.viewport().mapToGlobal(at))
        QApplication.sendEvent(self.matrix.viewport(), QMouseEvent(kind, where, glob, held, held, keys))

    def key(self, key, held=Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.matrix, key, held)

    def type_over(self, text: str) -> None:
        """Type into the editor that stands open over a cell, and press Enter."""
        editor = self.matrix._editor
        assert editor is not None
        editor.selectAll()
        self.bot.keyClicks(editor, text)
        self.bot.keyClick(editor, Qt.Key.Key_Return)


@pytest.fixture
def robot(window, qtbot) -> Robot:
    return Robot(window, qtbot)


@pytest.fixture
def play(robot) -> Robot:
    """Amanda (Karen) and Jesse (Jimmy) in 1.1, Jesse alone in 1.2."""
    do, hit = robot.desk.engine.execute, robot.hit
    act = do(AddAct(hit)).value
    robot.both = do(AddScene(act, title="Roof", page_from="27", page_to="31", minutes=8)).value
    robot.alone = do(AddScene(act, title="Street", minutes=6)).value
    robot.amanda, robot.jesse = (do(AddCharacter(hit, name)).value for name in ("Amanda", "Jesse"))
    for name, track in (("Karen Cartwright", robot.amanda), ("Jimmy Collins", robot.jesse)):
        person = do(AddPerson(name)).value
        do(Assign(person, hit, track=track))
        setattr(robot, name.split()[0].lower(), person)
    do(AddNumber(hit, "Missed Call", robot.alone))
    do(
        SetParticipations(
            ((robot.both, robot.amanda), (robot.both, robot.jesse), (robot.alone, robot.jesse)), "on"
        )
    )
    return robot


def test_an_empty_script_begins_with_its_first_scene(robot):
    assert robot.page._stack.currentIndex() == 1
    robot.page.empty.buttons[0].click()
    robot.type_over("Subway platform")
    scene = robot.rows().scenes[0]
    assert (scene.number, scene.act, scene.title) == ("1.1", "Act I", "Subway platform")


def test_marking_never_opens_the_inspector_under_the_pointer(play):
    width = play.matrix.viewport().width()
    play.click(play.alone, play.amanda)
    assert play.matrix.viewport().width() == width
    play.click_line(play.alone)
    assert play.page.scene_panel.isVisible()
    play.click(play.both, play.jesse)
    assert play.page.scene_panel.number.value() == "1.1"


def test_a_click_puts_on_and_takes_off_and_undo_names_it(play):
    play.click(play.alone, play.amanda)
    assert ("1.2", "Amanda", "on") in play.marks()
    assert play.desk.undo_text() == "change track P1 in 1.2 “Street”"
    play.click(play.alone, play.amanda)
    assert ("1.2", "Amanda", "on") not in play.marks()
    play.desk.undo()
    assert ("1.2", "Amanda", "on") in play.marks()


@pytest.mark.parametrize(
    ("key", "mark"),
    [(Qt.Key.Key_S, "sings"), (Qt.Key.Key_D, "dances"), (Qt.Key.Key_L, "speaks"), (Qt.Key.Key_O, "silent")],
)
def test_a_letter_says_how(play, key, mark):
    play.matrix.select(play.both, play.amanda)
    play.key(key)
    assert ("1.1", "Amanda", mark) in play.marks()
    assert f"Amanda, Karen Cartwright: {mark} in 1.1 Roof" == play.matrix.words()


def test_the_keyboard_reaches_everything(play):
    play.matrix.setFocus()
    play.matrix.select(play.both, play.amanda)
    play.key(Qt.Key.Key_Down)
    play.key(Qt.Key.Key_Right)
    assert play.matrix.words() == "Jesse, Jimmy Collins: on stage in 1.2 Missed Call"
    play.key(Qt.Key.Key_Delete)
    assert ("1.2", "Jesse", "on") not in play.marks()
    play.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    play.key(Qt.Key.Key_S)
    assert {m for m in play.marks() if m[1] == "Jesse"} == {
        ("1.1", "Jesse", "sings"),
        ("1.2", "Jesse", "sings"),
    }
    play.key(Qt.Key.Key_Home)
    play.key(Qt.Key.Key_Home)
    assert play.matrix.words().startswith("Sc: ")


@pytest.mark.parametrize(
    ("field", "typed", "attribute", "value"),
    [
        ("number", "1.0", "number", "1.0"),
        ("place", "Roof, <night> & rain", "title", "Roof, <night> & rain"),
        ("pages", "31–34A", "page_to", "34A"),
        ("minutes", "9", "minutes", 9),
        ("minutes", "", "minutes", None),
        ("song", "Water Tower", "song", "Water Tower"),
    ],
)
def test_fields_are_edited_in_place(play, field, typed, attribute, value):
    play.matrix.select(play.both)
    play.matrix.go_to_field(field)
    editor = play.matrix._editor
    editor.selectAll()
    play.bot.keyClick(editor, Qt.Key.Key_Backspace)
    editor.insert(typed)  # QTest types ASCII only
    editor.textEdited.emit(typed)
    play.bot.keyClick(editor, Qt.Key.Key_Return)
    assert getattr(play.rows().scenes[0], attribute) == value


def test_enter_in_a_field_keeps_what_was_typed_and_insert_adds_the_next_scene(play):
    play.page.matrix.select(play.alone)
    play.page.matrix.go_to_field("place")
    play.type_over("Alley")
    assert play.page.matrix._editor is None
    play.key(Qt.Key.Key_Insert)
    play.type_over("Diner")
    assert [scene.title for scene in play.rows().scenes] == ["Roof", "Alley", "Diner"]


def test_of_several_numbers_in_a_scene_none_is_overwritten_in_place(play):
    do = play.desk.engine.execute
    do(AddNumber(play.hit, "Voicemail", play.alone))
    play.page.load()
    play.page.hands.edit(play.alone, "song", "Missed Call, Voicemail, Dial Tone")
    assert [number.title for number in play.rows().numbers] == ["Missed Call", "Voicemail"]
    assert play.page.inspector() is play.page.scene_panel


def test_a_number_taken_twice_is_refused_in_words(play):
    said = []
    play.desk.failed.connect(lambda refused: said.append(refused.message))
    play.matrix.select(play.both)
    play.matrix.go_to_field("number")
    play.type_over("1.2")
    assert said == ["There is a scene 1.2 already."]
    assert play.rows().scenes[0].number == "1.1"


def test_what_can_be_rehearsed_without_karen(play):
    play.page.ask_without()
    play.page.set_absent([("person", play.karen)])
    panel = play.page.rehearse
    assert play.matrix.content.full == {play.alone}
    assert panel.full_head.text.text() == "In full: 1 scene, 6 min"
    assert [item.title for item in panel.full.items.rows] == ["1.2"]
    assert panel.not_head.text.text() == "Not without Karen: 1"
    assert panel.not_words.text() == "1.1"
    assert panel.call_words.text() == "People called: Jimmy."
    play.matrix.select(play.both, play.amanda)
    assert play.matrix.words() == "Amanda, Karen Cartwright: on stage in 1.1 Roof, missing"
    play.window.grab()
    panel.field._remove(("person", play.karen))
    assert play.matrix.content.full == frozenset()
    assert panel.hint.isVisible()


def test_who_is_away_that_day_is_offered_with_the_hour(play):
    day = play.desk.date
    absence = AddAvailability(wall(day, 17 * 60), wall(day, 28 * 60), play.jimmy)
    play.desk.engine.execute(absence)
    play.page.ask_without()
    offer = play.page.rehearse.away
    assert offer.text().endswith(": Jimmy from 5:00p. Leave them out")
    offer.click()
    assert play.page.rehearse.field.chosen() == [("person", play.jimmy)]


def test_heads_of_columns_choose_who_is_missing_while_asking(play):
    play.page.ask_without()
    layout = play.matrix.layout_now()
    at = QPoint(layout.column_left(1) + 5, 20)
    play.bot.mouseClick(play.matrix.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert play.page._absent == [("person", play.jimmy)]
    play.bot.mouseClick(play.matrix.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert play.page._absent == []


def test_a_name_is_typed_to_leave_someone_out(play):
    play.page.ask_without()
    play.bot.keyClicks(play.page.rehearse.field.line, "kar")
    play.bot.keyClick(play.page.rehearse.field.line, Qt.Key.Key_Return)
    assert play.page._absent == [("person", play.karen)]


def test_who_is_needed_for_the_scenes_chosen_and_calling_them(play):
    play.click_line(play.both)
    play.click_line(play.alone, Qt.KeyboardModifier.ControlModifier)
    assert play.page.needed.scenes.text() == "1.1, 1.2 · 2 scenes, 14 min"
    assert [(i.title, i.right) for i in play.page.needed.people.items.rows] == [
        ("Jimmy", "14 min"),
        ("Karen", "8 min"),
    ]
    play.page.needed.call.click()
    first = wall(DAY, 240)
    events = play.desk.read(event_rows, first, first + 1440)
    assert [[unit.number for unit in event.units] for event in events] == [["1.1", "1.2"]]
    assert {call.person_id for call in play.desk.read(call_rows, [events[0].id])} == {play.karen, play.jimmy}
    assert play.desk.undo_text().startswith("add ")


def test_a_second_call_follows_the_first(play):
    play.page.hands.call((play.both,))
    play.page.hands.call((play.alone,))
    first = wall(DAY, 240)
    one, two = play.desk.read(event_rows, first, first + 1440)
    assert (one.starts_wall - wall(DAY), two.starts_wall) == (600, one.ends_wall)


def test_scenes_move_and_are_cut_and_removed_with_one_undo_each(play):
    play.matrix.select(play.alone)
    play.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [s.number for s in play.rows().scenes] == ["1.2", "1.1"]
    assert play.matrix.current_scene() == play.alone
    play.page.hands.cut((play.alone, play.both))
    assert [s.cut for s in play.rows().scenes] == [True, True]
    play.page.hands.remove_scenes((play.alone, play.both))
    assert play.rows().scenes == []
    for _ in range(3):
        play.desk.undo()
    assert [(s.number, s.cut) for s in play.rows().scenes] == [("1.1", False), ("1.2", False)]


def test_a_new_character_is_named_at_once(play):
    play.page.hands.add_character()
    panel = play.page.track_panel
    play.bot.keyClicks(panel._lines[0].name, "Nick")
    play.bot.keyClick(panel._lines[0].name, Qt.Key.Key_Return)
    assert [t.role for t in play.rows().tracks] == ["Amanda", "Jesse", "Nick"]


def test_casting_from_the_column(play):
    play.page.show_track(play.amanda)
    play.page.track_panel.person.committed.emit(play.jimmy)
    assert [t.person for t in play.rows().tracks] == ["Jimmy Collins", "Jimmy Collins"]
    play.page.track_panel.person.committed.emit(None)
    assert play.rows().tracks[0].person == ""


def test_new_pages_take_the_next_colour(play):
    for code in ("D1", "D1-blue", "D1-pink"):
        play.page.hands.new_pages()
        assert play.rows().drafts[-1].code == code
    assert play.page.draft.text() == "D1-pink"


def test_songs_and_pages_are_edited_in_the_inspector(play):
    play.page.show_view("songs")
    number = play.rows().numbers[0].id
    play.page.songs.select(number)
    play.page.number_panel.status.editor.committed.emit("cut")
    assert play.rows().numbers[0].cut_on == DAY
    assert play.page.number_panel.cut_on.isVisibleTo(play.page.number_panel)


def test_columns_are_named_by_people_on_wish(play):
    play.page.order.changed.emit(True)
    assert [(c.strong, c.light) for c in play.matrix.content.columns] == [
        ("Karen", "Amanda"),
        ("Jimmy", "Jesse"),
    ]


def test_the_page_shows_one_production_of_several(play):
    play.desk.productions = ()
    assert play.page.production.isVisibleTo(play.page)
    bomb = play.desk.all_productions()[1].id
    play.page.production.committed.emit(bomb)
    assert play.page.rows.scenes == []


def test_links_lead_to_a_scene_and_to_the_question(play):
    play.desk.open_page("script", scene=play.alone)
    assert play.matrix.current_scene() == play.alone
    play.desk.open_page("script", without=play.karen)
    assert play.matrix.content.full == {play.alone}
    assert [hit.title for hit in play.page.commands("without kar")] == [
        "What can I rehearse without Karen Cartwright?"
    ]


def test_a_scene_is_dragged_to_its_place(play):
    view = play.matrix.viewport()
    start = QPoint(30, play.cell(play.alone, play.amanda).y())
    end = QPoint(30, play.cell(play.both, play.amanda).y() - 10)
    play.bot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for at in (start - QPoint(0, 12), end):
        play.move(at)
    play.bot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert [s.number for s in play.rows().scenes] == ["1.2", "1.1"]
    assert play.desk.undo_text().startswith("move scene 1.2")
