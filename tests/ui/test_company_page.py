"""The Company page as a stage manager works in it: add, find, edit, assign, open, copy, remove, undo."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit

from stagecraft.queries.people import agent_rows, opened_last, person_rows, private_row
from stagecraft.services.people import AddJobFor, AddPerson, EditPerson, EditPrivate
from stagecraft.ui.drafts import typed_in
from stagecraft.ui.pages.company_page import CompanyPage
from stagecraft.ui.pages.company_table import GroupLine
from stagecraft.ui.widgets.avatar import photo_of, picture_bytes, read_picture
from stagecraft.ui.widgets.buttons import Button


class Robot:
    """What a person does on the page; the only code here that knows its widgets."""

    def __init__(self, window, bot) -> None:
        self.window, self.bot, self.desk = window, bot, window.desk
        window.show_page("company")
        page = window.page("company")
        assert isinstance(page, CompanyPage)
        self.page = page

    def type_name(self, name: str) -> None:
        self.page.add_line.line.setText(name)  # QTest types ASCII only
        self.page.add_line.look()

    def add(self, name: str) -> None:
        if not self.page.add_line.isVisible():
            self.page.add()
        self.type_name(name)
        self.bot.keyClick(self.page.add_line.line, Qt.Key.Key_Return)

    def listed(self) -> list[str]:
        return [row.title if isinstance(row, GroupLine) else row.person.name for row in self.page.model.rows]

    def id_of(self, name: str) -> int:
        return next(row.id for row in self.desk.read(person_rows) if row.name == name)

    def choose(self, *names: str) -> None:
        self.page.table.clearSelection()
        self.page.open_person(self.id_of(names[0]))
        model, flag = self.page.table.selectionModel(), self.page.table.selectionModel().SelectionFlag
        for name in names[1:]:
            line = self.page.model.row_of(self.id_of(name))
            model.select(self.page.model.index(line, 0), flag.Select | flag.Rows)

    def fill(self, row, text: str) -> None:
        """Type into a field and press Enter."""
        editor = row.editor
        editor.setFocus()
        editor.selectAll()
        self.bot.keyClicks(editor, text)
        self.bot.keyClick(editor, Qt.Key.Key_Return)


@pytest.fixture
def robot(window, qtbot) -> Robot:
    return Robot(window, qtbot)


def test_an_empty_company_offers_the_first_person(robot):
    assert robot.page._stack.currentIndex() == 1
    robot.page._stack.currentWidget().buttons[0].click()
    robot.add("Zoë Łukasik")
    assert robot.listed() == ["Not assigned yet", "Zoë Łukasik"]
    assert robot.page.panel.title.text() == "Zoë Łukasik"


@pytest.mark.parametrize("name", ["O'Neill", "李", "<b>Bob</b> & Co", "x" * 200])
def test_any_name_is_listed_as_it_was_typed(robot, name):
    robot.add(name)
    assert robot.listed() == ["Not assigned yet", name]
    robot.window.grab()


def test_one_name_after_the_other_and_one_undo_each(robot):
    robot.page.add()
    robot.add("Linda")
    robot.add("Ivy Lynn")
    assert robot.listed() == ["Not assigned yet", "Linda", "Ivy Lynn"]
    robot.desk.undo()
    assert robot.listed() == ["Not assigned yet", "Linda"]


def test_someone_on_file_is_named_before_a_second_is_added(robot):
    robot.add("Karen Cartwright")
    robot.type_name("Karen Cartright")
    assert robot.page.add_line.words.text() == "Karen Cartwright may be the same person."
    robot.page.add_line.open.click()
    assert robot.listed() == ["Not assigned yet", "Karen Cartwright"]
    assert not robot.page.add_line.isVisible()
    assert robot.page.chosen()[0].person.name == "Karen Cartwright"


def test_a_name_of_blanks_adds_nobody(robot):
    robot.add("   ")
    assert robot.desk.read(person_rows) == []


def test_a_field_is_saved_when_it_is_left_and_undone_alone(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    robot.fill(robot.page.panel.phone, "212-555-0103")
    robot.fill(robot.page.panel.email, "karen@example.com")
    row = robot.page.chosen()[0].person
    assert (row.phone, row.email) == ("212-555-0103", "karen@example.com")
    robot.desk.undo()
    row = robot.page.chosen()[0].person
    assert (row.phone, row.email) == ("212-555-0103", "")


def test_a_refusal_stands_beside_its_field_and_keeps_the_typing(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    robot.fill(robot.page.panel.email, "karen")
    assert robot.page.panel.email.refusal() == "An e-mail address looks like name@example.com."
    assert robot.page.panel.email.editor.text() == "karen"
    assert robot.page.chosen()[0].person.email == ""


def test_selecting_someone_else_never_carries_typing_over(robot):
    robot.add("Linda")
    robot.add("Ivy Lynn")
    robot.choose("Linda")
    editor = robot.page.panel.email.editor
    editor.setFocus()
    robot.bot.keyClicks(editor, "not an address")
    robot.choose("Ivy Lynn")
    assert editor.text() == ""
    assert [row.email for row in robot.desk.read(person_rows)] == ["", ""]


def test_people_stand_under_their_groups_and_sort_by_columns(robot):
    hit = robot.desk.all_productions()[0].id
    for name, job, group in (("Rosa Vega", "Stage manager", "stage"), ("Derek Wills", "Director", "creative")):
        person = robot.desk.do(AddPerson(name)).value
        robot.desk.do(AddJobFor(person, hit, job, group))
    robot.desk.do(AddPerson("Åse Lund"))
    assert robot.listed() == [
        "Creative", "Derek Wills", "Stage management", "Rosa Vega", "Not assigned yet", "Åse Lund",
    ]  # fmt: skip
    robot.page.model.sort_by(0)
    assert robot.listed() == ["Åse Lund", "Rosa Vega", "Derek Wills"]
    robot.page._by_groups()
    assert robot.listed()[0] == "Creative"


def test_the_list_shows_who_belongs_to_the_productions_looked_at(robot):
    hit, bomb = (row.id for row in robot.desk.all_productions())
    for name, production in (("Lena Frost", hit), ("Ivy Lynn", bomb)):
        robot.desk.do(AddJobFor(robot.desk.do(AddPerson(name)).value, production, "Cast", "cast"))
    robot.desk.productions = (hit,)
    assert robot.listed() == ["Cast", "Lena Frost"]
    robot.page.open_person(robot.id_of("Ivy Lynn"))
    assert robot.page.chosen()[0].person.name == "Ivy Lynn"
    assert robot.page.scope.value() is True


def test_what_people_do_is_said_per_production(robot):
    hit, bomb = (row.id for row in robot.desk.all_productions())
    derek = robot.desk.do(AddPerson("Derek Wills")).value
    for production, job in ((hit, "Director"), (bomb, "Director"), (bomb, "Choreographer")):
        robot.desk.do(AddJobFor(derek, production, job, "creative"))
    robot.desk.productions = (hit, bomb)
    robot.page.load()
    assert robot.page.model.people[0].roles == "Director HIT, Director, Choreographer BOMB"
    robot.desk.productions = (bomb,)
    robot.page.load()
    assert robot.page.model.people[0].roles == "Director, Choreographer"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("luk", ["Zoë Łukasik"]),
        ("zoe l", ["Zoë Łukasik"]),
        ("0103", ["Karen Cartwright"]),
        ("dresser", ["Linda"]),
        ("kaz", []),
    ],
)
def test_finding_people(robot, typed, found):
    hit = robot.desk.all_productions()[0].id
    robot.desk.do(AddPerson("Zoë Łukasik"))
    robot.desk.do(AddPerson("Karen Cartwright", phone="212-555-0103"))
    robot.desk.do(AddJobFor(robot.desk.do(AddPerson("Linda")).value, hit, "Dresser", "crew"))
    robot.page.filter.setText(typed)
    assert [line.person.name for line in robot.page.model.people] == found
    assert robot.page.hidden_by_filter()[0] == 3 - len(found)
    assert robot.page.nobody.isVisible() == (not found)
    robot.page.clear_filter()
    assert len(robot.page.model.people) == 3


def test_what_is_typed_into_a_drawer_lies_in_no_file_of_drafts(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    drawers = (robot.page.panel.private, robot.page.panel.medical)
    for editor in (*(row.editor for row in drawers[0].rows.values()), drawers[1].row.editor):
        editor._touched()
        editor._show("12 Bank St")
        assert typed_in(editor) == ""


def test_private_details_stay_closed_until_opened_and_close_with_the_next_person(robot):
    karen, ivy = (robot.desk.do(AddPerson(name)).value for name in ("Karen Cartwright", "Ivy Lynn"))
    robot.desk.do(EditPrivate(karen, {"address": "12 Bank St"}))
    robot.choose("Karen Cartwright")
    drawer = robot.page.panel.private
    assert drawer.rows["address"].editor.toPlainText() == ""
    drawer.button.click()
    assert drawer.rows["address"].editor.toPlainText() == "12 Bank St"
    assert set(robot.desk.read(opened_last, karen)) == {"private"}
    assert robot.desk.undo_text() == "change private details of Karen Cartwright"
    robot.fill(drawer.rows["emergency_1"], "Dev, partner, 212-555-0170")
    assert robot.desk.read(private_row, karen).emergency_1 == "Dev, partner, 212-555-0170"
    robot.choose("Ivy Lynn")
    assert drawer.rows["address"].editor.toPlainText() == ""
    assert not drawer.inside.isVisible()
    assert robot.desk.read(opened_last, ivy) == {}


def test_what_a_role_may_not_see_has_no_button(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    assert robot.page.panel.private.button.isVisibleTo(robot.page.panel)
    assert not robot.page.panel.medical.button.isVisibleTo(robot.page.panel)
    robot.page.panel.private.button.click()
    robot.desk.role = "director"
    robot.page.load()
    assert not robot.page.panel.private.button.isVisibleTo(robot.page.panel)
    assert not robot.page.panel.private.inside.isVisibleTo(robot.page.panel)  # what stood open closes


def test_contact_that_is_not_shared_is_for_the_management_alone(robot):
    robot.desk.do(
        AddPerson("Karen Cartwright", phone="212-555-0117", email="k@example.com", share_contact=False)
    )
    robot.desk.do(AddPerson("Ivy Lynn", phone="212-555-0118"))

    def shown(name: str) -> tuple[str, str, bool]:
        robot.choose(name)
        panel, row = robot.page.panel, robot.page.chosen()[0].person
        return row.phone, panel.phone.value(), panel.phone.isVisibleTo(panel)

    assert shown("Karen Cartwright") == ("212-555-0117", "212-555-0117", True)
    robot.desk.role = "director"
    robot.page.load()
    assert shown("Karen Cartwright") == ("via SM", "", False)
    assert robot.page.panel.via.isVisibleTo(robot.page.panel)
    assert shown("Ivy Lynn") == ("212-555-0118", "212-555-0118", True)
    assert not robot.page.panel.agent.isVisibleTo(robot.page.panel)
    robot.page.filter.setText("0117")
    assert robot.listed() == []


def test_a_new_job_goes_to_the_group_its_words_say_and_can_be_put_on_another(robot):
    robot.add("Linda")
    robot.choose("Linda")
    assignments = robot.page.panel.assignments
    assignments.job.setFocus()
    robot.bot.keyClicks(assignments.job, "Production stage manager")
    robot.bot.keyClick(assignments.job, Qt.Key.Key_Return)
    assert robot.listed() == ["Stage management", "Linda"]
    card = next(iter(assignments.cards._rows.values()))
    card.group.committed.emit("management")
    assert robot.listed() == ["Management", "Linda"]
    robot.desk.undo()
    assert robot.listed() == ["Stage management", "Linda"]
    assert card.group_row.value() == "stage"


def test_removing_says_what_goes_and_one_undo_brings_it_back(robot):
    hit = robot.desk.all_productions()[0].id
    person = robot.desk.do(AddPerson("Karen Cartwright")).value
    robot.desk.do(AddJobFor(person, hit, "Amanda", "cast"))
    robot.choose("Karen Cartwright")
    robot.page.ask_remove()
    card = robot.page.panel._ask
    assert "Goes with them: 1 assignment. One undo brings everything back." in card.accessibleName()
    card.findChildren(Button)[0].click()
    assert robot.listed() == []
    robot.desk.undo()
    assert robot.listed() == ["Cast", "Karen Cartwright"]


def test_several_people_are_copied_without_what_they_do_not_share(robot):
    robot.desk.do(AddPerson("Karen Cartwright", phone="1", email="karen@example.com"))
    robot.desk.do(AddPerson("Ivy Lynn", phone="2", email="ivy@example.com", share_contact=False))
    robot.choose("Karen Cartwright", "Ivy Lynn")
    assert robot.page.people_panel.title.text() == "2 people"
    robot.page.copy()
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Name\tRole or job\tTelephone\tE-mail",
        "Karen Cartwright\t\t1\tkaren@example.com",
        "Ivy Lynn\t\tvia SM\tvia SM",
    ]
    robot.page.copy_addresses()
    assert QGuiApplication.clipboard().text() == "Karen Cartwright <karen@example.com>"
    robot.page.people_panel._remove(tuple(line.id for line in robot.page.chosen()))
    assert robot.desk.read(person_rows) == []
    robot.desk.undo()
    assert len(robot.desk.read(person_rows)) == 2


def test_an_agent_is_put_on_file_by_name(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    robot.fill(robot.page.panel.agent, "Paula Wynn")
    robot.fill(robot.page.panel.agency, "Wynn Talent")
    row = robot.page.chosen()[0].person
    assert (row.agent, row.agency) == ("Paula Wynn", "Wynn Talent")


def test_a_mistyped_agent_is_renamed_and_keeps_their_agency(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    robot.fill(robot.page.panel.agent, "Paula Wyn")
    robot.fill(robot.page.panel.agency, "Wynn Talent")
    robot.fill(robot.page.panel.agent, "Paula Wynn")
    assert [(a.name, a.agency) for a in robot.desk.read(agent_rows)] == [("Paula Wynn", "Wynn Talent")]


def test_a_job_is_given_and_dated_in_place(robot):
    robot.add("Milo Shaw")
    robot.choose("Milo Shaw")
    assignments = robot.page.panel.assignments
    assignments.job.setFocus()
    robot.bot.keyClicks(assignments.job, "Script PA")
    robot.bot.keyClick(assignments.job, Qt.Key.Key_Return)
    row = robot.page.chosen()[0].person
    assert [a.what for a in row.assignments] == ["Script PA"]
    card = next(iter(assignments.cards._rows.values()))
    robot.fill(card.last_row, "5 feb 2027")
    assert robot.page.chosen()[0].person.assignments[0].ends_on == date(2027, 2, 5)


# --- photos ------------------------------------------------------------------------------------------------


def picture(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return picture_bytes(image)


def test_a_square_picture_is_kept_small_and_undone(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    robot.page.panel.offer_photo(lambda: picture(900, 900))
    photo = robot.page.chosen()[0].person.photo
    assert photo is not None
    kept = QImage.fromData(robot.page._photo(photo))
    assert (kept.width(), kept.height()) == (512, 512)
    robot.desk.undo()
    assert robot.page.chosen()[0].person.photo is None


def test_other_pictures_are_cropped_first(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    robot.page.panel.offer_photo(lambda: picture(300, 200))
    assert robot.page.chosen()[0].person.photo is None
    crop = robot.page.panel._crop
    robot.bot.keyClick(crop.area, Qt.Key.Key_Right)
    crop.take()
    kept = QImage.fromData(robot.page._photo(robot.page.chosen()[0].person.photo))
    assert (kept.width(), kept.height()) == (200, 200)


def test_what_is_no_picture_is_refused_in_a_sentence(robot, tmp_path):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    wrong = tmp_path / "notes.png"
    wrong.write_text("not a picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(wrong))])
    robot.page.panel.offer_photo(lambda: photo_of(mime))
    assert robot.page.panel.photo_words.text() == "That file is not a picture this program can read."
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "gone.png"))])
    robot.page.panel.offer_photo(lambda: photo_of(mime))
    assert robot.page.panel.photo_words.text() == "That file cannot be read; nothing was changed."


def test_huge_pictures_are_refused_before_they_are_unpacked(robot):
    huge = picture(5000, 4001)
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    robot.page.panel.offer_photo(lambda: huge)
    assert "20 million pixels" in robot.page.panel.photo_words.text()
    assert read_picture(picture(10, 20)).height() == 20


def test_the_model_keeps_qts_rules(robot, qtbot):
    QAbstractItemModelTester(robot.page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    robot.add("Linda")
    robot.add("Ivy Lynn")
    robot.desk.do(EditPerson(robot.id_of("Linda"), {"name": "Zelda"}))
    robot.page.filter.setText("z")
    robot.page.clear_filter()
    robot.desk.undo()


def test_the_command_bar_opens_an_absence_of_the_person_selected(robot):
    robot.add("Linda")
    robot.choose("Linda")
    (hit,) = robot.page.commands("absence")
    assert hit.title == "Note an absence of Linda"
    hit.run()
    panel = robot.window.page("calendar").inspector()
    assert panel.whose.value() == ("person", robot.id_of("Linda"))


def test_every_field_has_a_name_for_a_screen_reader(robot):
    robot.add("Karen Cartwright")
    robot.choose("Karen Cartwright")
    assert [e.objectName() for e in robot.page.panel.findChildren(QLineEdit) if not e.accessibleName()] == []
