"""The Contracts page as a company manager works in it: add, edit, notice, money, undo, filter, narrow, empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from stagecraft.base.clock import Clock
from stagecraft.domain.times import wall
from stagecraft.queries.contract_page import money_opened_at, money_row, state_rows
from stagecraft.queries.contracts import ContractRow, contract_rows
from stagecraft.services.company import AddProduction
from stagecraft.services.contract_items import AddOption, AddRider
from stagecraft.services.contracts import AddContract, AttachFile, SetMoney
from stagecraft.services.engine import Engine
from stagecraft.services.people import AddPerson
from stagecraft.services.performances import AddPerformance
from stagecraft.store.store import Store
from stagecraft.ui.desk import Desk
from stagecraft.ui.drafts import typed_in
from stagecraft.ui.pages.contracts_page import ContractsPage
from stagecraft.ui.widgets.buttons import Button

CLOCK = Clock.on(date(2027, 1, 21))


@pytest.fixture
def desk(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    store = Store.create(tmp_path / "company.stagecraft", name="House", clock=CLOCK)
    engine = Engine(store, CLOCK, "Gail Mercer")
    engine.execute(AddProduction(name="Bombshell", code="BOMB"))
    desk = Desk(engine, CLOCK, role="company-manager")
    yield desk
    QCoreApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete
    )  # closed pages must not slow later tests
    desk.jobs.stop_all()
    desk.close()
    store.close()


class Robot:
    """What a person does on the page; the only code here that knows its widgets."""

    def __init__(self, desk: Desk, qtbot: QtBot, width: int = 1128) -> None:
        self.desk, self.bot = desk, qtbot
        self.page = ContractsPage(desk)
        qtbot.addWidget(self.page)
        desk.changed.connect(lambda changes: self.page.load() if changes.touches(*self.page.tables) else None)
        self.said: list[str] = []
        desk.message.connect(lambda text, _undo: self.said.append(text))
        desk.failed.connect(lambda trouble: self.said.append(trouble.message))
        self.page.resize(width, 728)
        self.page.load()
        self.page.show()
        qtbot.waitExposed(self.page)

    def add(self, name: str, **terms: object) -> int:
        person = self.desk.engine.execute(AddPerson(name)).value
        production = self.desk.production
        assert production is not None
        return self.desk.engine.execute(AddContract(person, production, **terms)).value

    def rows(self) -> list[ContractRow]:
        return self.desk.read(contract_rows, self.desk.today)

    def listed(self) -> list[str]:
        return [item.title for item in self.page.list.items.rows]

    def choose(self, contract: int) -> None:
        self.page.list.select(contract)

    def type_into(self, row: object, text: str) -> None:
        """Type into a field and leave it with Enter."""
        editor = row.editor if hasattr(row, "editor") else row
        editor.setFocus()
        editor.selectAll()
        self.bot.keyClicks(editor, text)
        self.bot.keyClick(editor, Qt.Key.Key_Return)


def test_an_empty_page_offers_the_first_contract(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    assert robot.page._empty.isVisible()
    robot.page._empty.buttons[0].click()
    form = robot.page.form
    form.person.editor.setText("Zoë Łukasik")
    form.person.editor._touched()
    robot.type_into(form.agreement, "AEA Production")
    robot.type_into(form.job, "Amanda")
    robot.type_into(form.ends_on, "28 mar 2027")
    form.add()
    (row,) = robot.rows()
    assert (row.person, row.job, row.ends_on, row.state) == ("Zoë Łukasik", "Amanda", date(2027, 3, 28), "idea")
    assert robot.page.panel.name.text() == "Zoë Łukasik"
    desk.undo()
    assert robot.rows() == []
    assert robot.page._empty.isVisible()


def test_a_new_contract_says_what_is_missing_beside_the_field(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.page.begin_new()
    robot.page.form.add()
    assert robot.page.form.person.refusal() == "Whose contract is it?"


def test_escape_keeps_what_was_typed_for_the_next_time(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.add("Karen Cartwright")
    page, form = robot.page, robot.page.form
    page.begin_new()
    robot.bot.keyClicks(form.person.editor, "Ana Ruiz")
    robot.type_into(form.job, "Amanda")
    robot.bot.keyClicks(form.subtype.editor, "princ")  # not left yet
    robot.bot.keyClick(form.subtype.editor, Qt.Key.Key_Escape)
    assert page._right.currentWidget() is page.panel
    assert robot.said == ["What you typed waits under New contract."]

    page.begin_new()
    assert [row.editor.text() for row in (form.person, form.job, form.subtype)] == [
        "Ana Ruiz",
        "Amanda",
        "princ",
    ]
    assert form.kept.isVisible()
    robot.bot.mouseClick(form._afresh, Qt.MouseButton.LeftButton)
    assert [row.editor.text() for row in (form.person, form.job, form.subtype)] == ["", "", ""]
    assert not form.kept.isVisible()


def test_an_untouched_form_and_a_cancelled_one_leave_nothing(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.add("Karen Cartwright")
    form = robot.page.form
    robot.page.begin_new()
    robot.bot.keyClick(form.person.editor, Qt.Key.Key_Escape)
    assert robot.said == []
    robot.page.begin_new()
    robot.bot.keyClicks(form.person.editor, "Ana")
    form._cancel()
    robot.page.begin_new()
    assert form.person.editor.text() == ""
    assert not form.kept.isVisible()


def test_a_form_begun_for_one_person_is_not_lost_to_the_next(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.add("Karen Cartwright")
    ivy = robot.desk.engine.execute(AddPerson("Ivy Lynn")).value
    form = robot.page.form
    robot.page.begin_new()
    robot.bot.keyClicks(form.person.editor, "Ana")
    form.leave()
    robot.page.begin_new(ivy)
    assert (form.person.editor.text(), form._afresh.text()) == ("Ana", "Begin afresh for Ivy Lynn")
    form._afresh.click()
    assert form.person.editor.text() == "Ivy Lynn"


def test_with_the_names_open_a_click_on_the_next_field_lands_there(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot, width=760)  # all of it on the screen of 800
    robot.add("Karen Cartwright")
    form = robot.page.form
    robot.page.activateWindow()
    robot.page.begin_new()
    robot.bot.waitUntil(form.person.editor.hasFocus)
    robot.bot.keyClicks(form.person.editor, "kar")
    popup = form.person.editor.completer().popup()
    assert popup.isVisible()
    there = form.ends_on.editor
    at = there.mapToGlobal(there.rect().center())
    robot.bot.mousePress(popup, Qt.MouseButton.LeftButton, pos=popup.mapFromGlobal(at))
    assert not popup.isVisible()
    assert there.hasFocus()
    assert form.person.value() == "kar"


def test_the_list_is_grouped_by_next_deadline(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    simon = robot.add("Simon Adler", state="active", job="Arthur", ends_on=date(2027, 3, 28))
    marcus = robot.add("Marcus Bell", state="active", job="Joe", ends_on=date(2027, 4, 18))
    robot.add("Linda", state="active", job="PSM")
    robot.add("Old Hand", state="departed", ends_on=date(2026, 12, 1))
    for contract in (simon, marcus):
        desk.engine.execute(AddOption(contract))
    assert robot.listed() == [
        "Within 30 days", "Simon Adler", "31–60 days", "Marcus Bell",
        "Later or run of the play", "Linda", "Ended", "Old Hand",
    ]  # fmt: skip
    robot.page.order._choose(1)
    assert robot.listed() == ["Active", "Simon Adler", "Marcus Bell", "Linda", "Departed", "Old Hand"]


def test_the_formula_stands_on_the_page(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    simon = robot.add("Simon Adler", state="active", job="Arthur", ends_on=date(2027, 3, 28))
    desk.engine.execute(AddOption(simon))
    robot.choose(simon)
    panel = robot.page.panel
    assert panel.formula.text() == "Sun 28 Mar 2027 − 8 weeks = Sun 31 Jan 2027"
    assert panel.alarms.text() == "T-14 passed · T-7 Sun 24 Jan · T-1 Sat 30 Jan"
    assert panel.chip.accessibleName() == "Option in 10 days"
    assert "Sun 31 Jan: last day for notice" in panel.line.accessibleName()


def test_fields_are_saved_when_left_and_refusals_stand_beside_them(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    contract = robot.add("Simon Adler", starts_on=date(2027, 2, 1))
    robot.choose(contract)
    rows = robot.page.panel.engagement.rows
    robot.type_into(rows["job"], "Arthur")
    robot.type_into(rows["ends_on"], "1 jan 2027")
    assert robot.rows()[0].job == "Arthur"
    assert robot.rows()[0].ends_on is None
    assert rows["ends_on"].refusal() == "The last day, Fri 1 Jan 2027, lies before the first, Mon 1 Feb 2027."
    desk.undo()
    assert robot.rows()[0].job == ""
    robot.type_into(rows["notice_by_producer_days"], "4 weeks")
    assert robot.rows()[0].notice_by_producer_days == 28
    robot.type_into(rows["notice_by_producer_days"], "10")
    assert rows["notice_by_producer_days"].editor.text() == "10 days"


def test_signed_terms_are_text_until_a_typing_error_is_corrected(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    contract = robot.add("Simon Adler", state="active", agreement="AEA Producton", job="Arthur")
    robot.choose(contract)
    card = robot.page.panel.engagement
    assert card.rows["agreement"].editor.isHidden()
    assert not card.rows["decision"].editor.isHidden()
    assert robot.page.panel._signed.isVisible()
    card.correct.click()
    robot.type_into(card.rows["agreement"], "AEA Production")
    assert robot.rows()[0].agreement == "AEA Production"
    assert robot.said[-1].startswith("Corrected")


def test_notice_sent_in_three_clicks(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    contract = robot.add("Simon Adler", state="active", ends_on=date(2027, 3, 28))
    desk.engine.execute(AddOption(contract, extends_weeks=26))
    robot.choose(contract)
    robot.page.panel.notice.click()
    assert robot.page.panel.decide_card.isVisible()
    robot.page.panel.decide_card.save.click()
    (row,) = robot.rows()
    assert (row.options[0].state, row.options[0].decided_on) == ("exercised", date(2027, 1, 21))
    assert row.ends_on == date(2027, 9, 26)
    assert not robot.page.panel.decide_card.isVisible()


def test_a_state_change_takes_date_note_and_paper(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    robot = Robot(desk, qtbot)
    contract = robot.add("Ivy Lynn", state="offer", on_date=date(2026, 11, 24))
    robot.choose(contract)
    paper = tmp_path / "deal.pdf"
    paper.write_bytes(b"%PDF-1.7")
    card = robot.page.panel.state_card
    robot.page.panel.advance.click()
    card.state.set_value("signed")
    robot.type_into(card.when, "10 dec 2026")
    robot.type_into(card.note, "countersigned")
    card.file.set_path(paper)
    card.save.click()
    found = [(one.state, one.on_date, one.note, one.file) for one in desk.read(state_rows, contract)]
    assert found[0] == ("signed", date(2026, 12, 10), "countersigned", "deal.pdf")
    assert robot.rows()[0].state == "signed"


def test_a_paper_is_saved_elsewhere_only_by_who_may_see_pay(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    contract = robot.add("Ivy Lynn")
    desk.engine.execute(AttachFile(contract, "deal.pdf", b"%PDF"))
    offered = []
    for role in ("company-manager", "stage-manager"):
        desk.role = role
        robot.page.load()
        robot.choose(contract)
        qtbot.wait(20)  # new lines are shown by the next layout
        shown = robot.page.panel.history.findChildren(Button)
        offered.append([one.text() for one in shown if one.isVisible() and one.text()])
    assert offered == [["Keep a file…", "Save a copy…"], ["Keep a file…"]]


def test_the_final_performance_is_chosen_by_hand_and_derived_again(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    production = desk.production
    assert production is not None
    for day in (16, 17):
        desk.engine.execute(AddPerformance(production, wall(date(2027, 1, day), 15 * 60), number=300 + day))
    robot.choose(robot.add("Karen Cartwright", state="active", ends_on=date(2027, 1, 17)))
    final = robot.page.panel.engagement.final
    assert (final.editor.currentText(), final._hint.text()) == ("#317, 17 Jan 3:00p", "derived")
    for chosen, said in ((1, ("#316, 16 Jan 3:00p", "set by hand")), (0, ("#317, 17 Jan 3:00p", "derived"))):
        final.editor.setCurrentIndex(chosen)
        final.editor.activated.emit(chosen)
        assert (final.editor.currentText(), final._hint.text()) == said


def test_money_is_sealed_until_opened_and_again_for_the_next_contract(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    simon, linda = robot.add("Simon Adler"), robot.add("Linda")
    desk.engine.execute(SetMoney(simon, {"weekly": 380000}))
    robot.choose(simon)
    money = robot.page.panel.money
    assert money.rows["weekly"].value() is None
    assert desk.read(money_opened_at, simon) is None
    money.open_button.click()
    assert money.rows["weekly"].editor.text() == "3,800.00"
    assert desk.read(money_opened_at, simon) is not None
    robot.type_into(money.rows["weekly"], "4,000")
    robot.type_into(money.rows["commission_bp"], "10")
    money.increments.name.setText("dance captain")
    for editor in (
        money.increments.name,
        money.increments.amount,
        *(row.editor for row in money.rows.values()),
    ):
        editor._touched()
        assert typed_in(editor) == ""
    robot.type_into(money.increments.ends_on, "28 mar 2027")
    robot.type_into(money.increments.amount, "400")
    row = desk.read(money_row, simon)
    assert (row.weekly, row.commission_bp, row.increments[0].weekly) == (400000, 1000, 40000)
    line = money.increments.lines.itemAt(0).widget()
    assert line.words.text() == "dance captain, until Sun 28 Mar 2027"
    assert money.increments.ends_on.text() == ""
    robot.choose(linda)
    assert money._sealed.isVisible()
    assert not money._opened.isVisible()


def test_money_stays_sealed_for_a_stage_manager(desk: Desk, qtbot: QtBot) -> None:
    desk.role = "stage-manager"
    robot = Robot(desk, qtbot)
    robot.choose(robot.add("Simon Adler"))
    assert not robot.page.panel.money.open_button.isVisible()
    robot.page.panel.money.open()
    assert robot.page.panel.money._sealed.isVisible()


def test_contracts_are_closed_to_a_performer(desk: Desk, qtbot: QtBot) -> None:
    desk.role = "performer"
    robot = Robot(desk, qtbot)
    robot.add("Simon Adler")
    assert robot.listed() == []
    assert robot.page._empty.title.text() == "Contracts are not open to your role"
    assert robot.page.commands("contract simon") == []


def test_riders_and_deadlines_are_added_edited_and_removed_in_place(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    contract = robot.add("Simon Adler", state="active", job="Arthur")
    robot.choose(contract)
    items = robot.page.panel.items
    editor = items._editor
    editor.begin("rider")
    robot.type_into(editor.rider_rows["text"], "Film leave")
    robot.type_into(editor.rider_rows["starts_on"], "1 aug 2027")
    editor._main.click()
    editor.begin("duty")
    robot.type_into(editor.duty_rows["name"], "Bio approved")
    editor._main.click()
    assert editor.duty_rows["due_on"].refusal() == "A deadline needs its date."
    robot.type_into(editor.duty_rows["due_on"], "25 jan")
    editor._main.click()
    items.add_option()
    assert [(one.kind, one.text) for one in items.model.rows] == [
        ("option", "Further term; 8 weeks before the end of the term; the term has no last day yet"),
        ("rider", "Film leave, from Sun 1 Aug 2027"),
        ("duty", "Bio approved, Mon 25 Jan 2027"),
    ]
    items.table.select(("rider", 1))
    robot.type_into(editor.rider_rows["text"], "Film leave, paid")
    assert robot.rows()[0].riders[0].text == "Film leave, paid"
    qtbot.keyClick(items.table, Qt.Key.Key_Delete)
    assert robot.rows()[0].riders == []
    desk.undo()
    assert robot.rows()[0].riders[0].text == "Film leave, paid"


def test_the_filter_finds_without_accents_and_says_what_it_hides(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.add("Zoë Łukasik", job="Ensemble 6")
    robot.add("Simon Adler", job="Arthur")
    robot.page.search.setText("zoe luk")
    assert robot.listed()[1:] == ["Zoë Łukasik"]
    assert robot.page.hidden_by_filter() == (1, "contract")
    robot.page.search.setText("nobody")
    assert robot.page.none_found.text() == "No contract fits “nobody”."
    robot.page.clear_filter()
    assert robot.page.hidden_by_filter() == (0, "contracts")


def test_the_command_bar_finds_a_contract_and_links_choose_it(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.add("Simon Adler", job="Arthur")
    linda = robot.add("Linda", job="PSM")
    (hit,) = robot.page.commands("contract linda")
    assert (hit.title, hit.rank) == ("Linda, PSM", 90)
    robot.page.show_target(contract=linda)
    assert robot.page.panel.name.text() == "Linda"


def test_narrow_it_takes_two_steps(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot, 700)
    simon = robot.add("Simon Adler")
    robot.page.set_narrow(True)
    assert robot.page._left.isVisible()
    assert not robot.page._right.isVisible()
    robot.choose(simon)
    robot.page.list.opened.emit(robot.page.list.current())
    assert robot.page._right.isVisible()
    assert not robot.page._left.isVisible()
    robot.page.panel.back.click()
    assert robot.page._left.isVisible()


def test_removing_a_contract_can_be_undone_and_a_signed_one_is_refused(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.choose(robot.add("Simon Adler"))
    robot.page.remove_current()
    assert robot.rows() == []
    desk.undo()
    assert [row.person for row in robot.rows()] == ["Simon Adler"]
    robot.choose(robot.add("Linda", state="signed"))
    robot.page.remove_current()
    assert robot.said[-1].startswith("A signed contract stays on file.")


def test_the_layout_comes_back(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    robot.page.restore_layout({"split": [400, 700], "order": "state"})
    assert robot.page.save_layout()["order"] == "state"
    robot.page.restore_layout({"split": "nonsense", "order": 7})
    assert robot.page.save_layout()["order"] == "state"


def test_a_rider_of_a_kind_unknown_here_is_still_shown(desk: Desk, qtbot: QtBot) -> None:
    robot = Robot(desk, qtbot)
    contract = robot.add("Simon Adler")
    desk.engine.execute(AddRider(contract, "Own car", kind="car"))
    robot.choose(contract)
    assert [one.name for one in robot.page.panel.items.model.rows] == ["Car"]
