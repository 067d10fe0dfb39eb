"""The Rules page as a stage manager works in it: flags and their repairs, packs and their values, votes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from stagecraft.base.clock import Clock
from stagecraft.domain.rules.parameters import RULE_KINDS, Parameter
from stagecraft.domain.times import wall
from stagecraft.queries.calendar import call_rows
from stagecraft.queries.company import production_rows
from stagecraft.queries.contracts import contract_rows
from stagecraft.queries.rules import approval_rows, packs
from stagecraft.services.calendar import AddEvent
from stagecraft.services.company import AddProduction
from stagecraft.services.contracts import AddContract
from stagecraft.services.engine import Engine
from stagecraft.services.people import AddPerson
from stagecraft.services.rules import AddRulePack
from stagecraft.store.schema import RulePack
from stagecraft.store.store import Store
from stagecraft.ui.desk import Desk
from stagecraft.ui.page_table import PAGES, page_keys
from stagecraft.ui.pages.contract_panel import ContractPanel
from stagecraft.ui.pages.rules_fields import DurationEdit, RangeEdit, parse_minutes
from stagecraft.ui.pages.rules_flags import SEASON
from stagecraft.ui.pages.rules_page import RulesPage
from stagecraft.ui.pages.rules_sums import arithmetic
from stagecraft.ui.production_panel import ProductionPanel
from stagecraft.ui.widgets.buttons import Button

CLOCK = Clock.on(date(2027, 1, 13))
WED, THU, FRI = date(2027, 1, 13), date(2027, 1, 14), date(2027, 1, 15)

PACK = """
format = "work-rule-pack/1"
id = "house-test"
title = "Test agreement"
edition = "2027"

[[rules]]
id = "test.rest"
kind = "min_rest"
title = "Overnight rest"
params = { min = 720 }
source = { agreement = "Test agreement", summary = "Twelve hours overnight.", confidence = "low" }
examples = [
  { title = "Twelve hours are enough", calls = [
    { kind = "rehearsal", start = 2027-01-13T14:00:00, end = 2027-01-13T22:00:00 },
    { kind = "rehearsal", start = 2027-01-14T10:00:00, end = 2027-01-14T12:00:00 },
  ], expect = [] },
]

[[rules]]
id = "test.short"
kind = "break_after"
title = "Short break"
params = { needs_planned_breaks = true, alternatives = [{ work = 55, break = 5 }] }
source = { agreement = "Test agreement", summary = "Five after fifty-five.", confidence = "low" }

[[rules]]
id = "test.overtime"
kind = "premium"
title = "Overtime"
params = { window = "workday", threshold = 420, increment = 30 }
source = { agreement = "Test agreement", summary = "Paid after seven hours.", confidence = "low" }

[[rules]]
id = "test.unknown"
kind = "max_total"
title = "Hours of the week"
enabled = false
note = "Look up the hours of the week."
params = { window = "week" }
"""


@pytest.fixture
def desk(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    store = Store.create(tmp_path / "company.stagecraft", name="House", clock=CLOCK)
    engine = Engine(store, CLOCK, "Linda")
    engine.execute(AddRulePack(PACK))
    engine.execute(AddProduction(name="Bombshell", code="BOMB", rule_pack="house-test"))
    desk = Desk(engine, CLOCK, role="production-manager")
    yield desk
    desk.jobs.stop_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    desk.close()
    store.close()


class Robot:
    """What a person does on the page; the only code here that knows its widgets."""

    def __init__(self, desk: Desk, qtbot: QtBot, width: int = 1128) -> None:
        self.desk, self.bot = desk, qtbot
        self.page = RulesPage(desk)
        qtbot.addWidget(self.page)
        desk.changed.connect(lambda changes: self.page.load() if changes.touches(*self.page.tables) else None)
        desk.date_changed.connect(lambda _day: self.page.load())
        self.said: list[str] = []
        self.gone: list[tuple[str, dict[str, object]]] = []
        desk.message.connect(lambda text, _undo: self.said.append(text))
        desk.failed.connect(lambda trouble: self.said.append(trouble.message))
        desk.page_wanted.connect(lambda name, target: self.gone.append((name, target)))
        self.page.resize(width, 728)
        self.page.load()
        self.page.show()
        qtbot.waitExposed(self.page)
        self.page.flags.panel.resize(320, 728)
        self.page.flags.panel.show()
        qtbot.addWidget(self.page.flags.panel)
        self.wait()

    def wait(self) -> None:
        """Until the check that runs is over."""
        self.bot.waitUntil(lambda: not self.page.flags.check.running, timeout=20000)

    def person(self, name: str) -> int:
        return self.desk.engine.execute(AddPerson(name)).value

    def call(self, day: date, starts: int, ends: int, *people: int, kind: str = "staging") -> int:
        made = self.desk.do(
            AddEvent(self.desk.production, kind, wall(day, starts * 60), wall(day, ends * 60), people=people)
        )
        self.wait()
        return made.value

    def lines(self) -> list[tuple[str, str, str]]:
        """Sort, person and rule of each line, in their order on the screen."""
        rows = [item.value for item in self.page.flags.list.items.rows if not item.head]
        return [(line.sort, line.name, line.title) for line in rows]

    def heads(self) -> list[tuple[str, str]]:
        return [(item.title, item.right) for item in self.page.flags.list.items.rows if item.head]

    def choose(self, rule: str) -> None:
        line = next(line for line in self.page.flags.shown() if line.title == rule)
        assert self.page.flags.list.select(line.id)

    def packs(self) -> object:
        self.page.show_target(view="packs")
        view = self.page.view
        self.bot.addWidget(view.rule_panel)
        return view

    def type_into(self, row: object, text: str, *, leave: bool = True) -> None:
        editor = row.editor if hasattr(row, "editor") else row
        editor.setFocus()
        editor.selectAll()
        self.bot.keyClicks(editor, text)
        if leave:
            editor.commit()


@pytest.fixture
def robot(desk: Desk, qtbot: QtBot) -> Robot:
    return Robot(desk, qtbot)


@pytest.fixture
def tired(robot: Robot) -> Robot:
    """Karen rests eleven hours from Wednesday to Thursday and works eight on Thursday; Ivy rests enough."""
    robot.karen, robot.ivy = robot.person("Karen Cartwright"), robot.person("Ivy Lynn")
    robot.call(WED, 19, 23, robot.karen)
    robot.thursday = robot.call(THU, 10, 18, robot.karen, robot.ivy)
    return robot


# --- flags -----------------------------------------------------------------------------------------------------


def test_an_empty_week_says_so_and_leads_further(robot: Robot) -> None:
    flags = robot.page.flags
    assert flags.nothing.title.text() == "No flags this week"
    assert [button.text() for button in flags.nothing.buttons if button.isVisibleTo(flags)] == [
        "Four weeks",
        "Whole season",
    ]


def test_flags_costs_and_what_is_not_checked_are_counted_in_words(tired: Robot) -> None:
    assert tired.page.flags.counts.text() == "1 flag, 2 costs, 1 not checked"
    assert tired.lines() == [
        ("flag", "Karen Cartwright", "Overnight rest"),
        ("cost", "Ivy Lynn", "Overtime"),
        ("cost", "Karen Cartwright", "Overtime"),
        ("unchecked", "2 people", "Short break"),
    ]
    assert tired.heads() == [
        ("Week of Mon 11 Jan", "1 flag, 2 costs"),
        ("Not checked, because something is not known", "1"),
    ]


def test_a_line_says_measured_against_limit_and_that_nobody_verified_it(tired: Robot) -> None:
    item = next(item for item in tired.page.flags.list.items.rows if not item.head)
    assert (item.second, item.right, item.right2) == (
        "11 h 00 rest, needs 12 h 00 · Test agreement",
        "Thu 14 Jan",
        "unverified",
    )


def test_by_person_each_has_a_head(tired: Robot) -> None:
    tired.page.flags.group.set_value("person")
    tired.page.flags._on_group("person")
    assert tired.heads()[:2] == [("Ivy Lynn", "no flags, 1 cost"), ("Karen Cartwright", "1 flag, 1 cost")]


def test_filters_hide_and_say_how_many(tired: Robot) -> None:
    flags = tired.page.flags
    flags.sort.set_value("cost")
    flags._on_filter()
    assert [line[0] for line in tired.lines()] == ["cost", "cost"]
    assert tired.page.hidden_by_filter() == (2, "flags")
    flags.who.set_value(tired.ivy)
    flags._on_filter()
    assert tired.lines() == [("cost", "Ivy Lynn", "Overtime")]
    tired.page.clear_filter()
    assert len(tired.lines()) == 4


def test_the_inspector_has_sentence_arithmetic_source_and_calls(tired: Robot) -> None:
    tired.choose("Overnight rest")
    panel = tired.page.flags.panel
    assert panel.sentence.text().startswith(
        "Karen: Thu 14 Jan 10:00a follows Wed 11:00p – 11 h 00 of rest against 12 h"
    )
    assert "unverified" in panel.sentence.text()
    assert [item.second for item in panel.calls.items.rows] == [
        "Wed 13 Jan, 7:00–11:00p",
        "Thu 14 Jan, 10:00a–6:00p",
    ]
    shown = [
        label.accessibleName()
        for label in panel.sums.findChildren(type(panel.sentence))
        if ": " in label.accessibleName()
    ]
    assert shown == ["Measured: 11 h 00", "Needed: 12 h 00", "Short by: 1 h 00"]


def test_a_cost_says_what_it_counts_as(tired: Robot) -> None:
    tired.choose("Overtime")
    found = tired.page.flags.panel.line.flag.finding
    assert arithmetic(found) == [
        ("Measured", "8 h 00"),
        ("Paid from", "7 h 00"),
        ("Over by", "1 h 00"),
        ("Counts as", "2 units"),
    ]
    assert not tired.page.flags.panel.can_accept()


def test_a_repair_is_one_click_and_one_undo(tired: Robot) -> None:
    tired.choose("Overnight rest")
    repairs = tired.page.flags.panel.repairs()
    assert [words for words, _run in repairs] == ["Call Karen at 11:00a", "End 1 h 00 earlier"]
    repairs[0][1]()
    tired.wait()
    calls = {row.person_id: row.starts_wall for row in tired.desk.read(call_rows, [tired.thursday])}
    assert calls == {tired.karen: wall(THU, 11 * 60), tired.ivy: wall(THU, 10 * 60)}
    assert "flag" not in [line[0] for line in tired.lines()]
    tired.desk.undo()
    tired.wait()
    assert tired.lines()[0] == ("flag", "Karen Cartwright", "Overnight rest")


def test_a_flag_is_accepted_with_a_reason_and_withdrawn(tired: Robot) -> None:
    tired.choose("Overnight rest")
    panel = tired.page.flags.panel
    panel.accept.click()
    assert panel.reason.refusal() == "Say why, so that whoever asks later knows."
    panel.reason.editor.setPlainText("Karen asked for the late start herself.")
    panel.accept.click()
    tired.wait()
    assert tired.lines()[2] == ("accepted", "Karen Cartwright", "Overnight rest")
    assert tired.page.flags.counts.text() == "No flags, 2 costs, 1 not checked, 1 accepted"
    assert panel.accepted.text() == (
        "Karen asked for the late start herself.\nAccepted by Linda on Wed 13 Jan 2027."
    )
    panel._withdraw()
    tired.wait()
    assert tired.lines()[0] == ("flag", "Karen Cartwright", "Overnight rest")


def test_a_double_booking_stands_among_the_flags_and_can_be_accepted(tired: Robot) -> None:
    tired.call(THU, 17, 20, tired.ivy)
    assert ("flag", "Ivy Lynn", "Double booking") in tired.lines()
    tired.choose("Double booking")
    panel = tired.page.flags.panel
    panel.reason.editor.setPlainText("She leaves early.")
    panel.accept.click()
    tired.wait()
    assert ("accepted", "Ivy Lynn", "Double booking") in tired.lines()


def test_a_double_click_on_a_call_goes_to_the_calendar(tired: Robot) -> None:
    tired.choose("Overnight rest")
    panel = tired.page.flags.panel
    panel.calls.opened.emit(panel.calls.items.rows[1])
    assert tired.gone == [("calendar", {"event": tired.thursday})]
    assert tired.desk.date == THU


def test_a_flag_is_copied_in_words_and_all_as_a_table(tired: Robot) -> None:
    tired.choose("Overnight rest")
    tired.page.flags.copy()
    assert QGuiApplication.clipboard().text().startswith("Karen: Thu 14 Jan 10:00a follows")
    tired.page.flags.copy_all()
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[1].split("\t")[:4] == [
        "2027-01-14",
        "Karen Cartwright",
        "Overnight rest",
        "11 h 00 rest, needs 12 h 00",
    ]
    assert rows[-1] == "Planning aid, not legal advice"


def test_what_is_not_checked_says_where_and_what_to_do(tired: Robot) -> None:
    tired.choose("Short break")
    panel = tired.page.flags.panel
    assert panel.sentence.text() == (
        "Not checked for 2 people: no planned breaks recorded. "
        "Plan the breaks of the call in the calendar’s inspector."
    )
    assert len(panel.calls.items.rows) == 3


def test_another_week_has_its_own_flags(tired: Robot) -> None:
    tired.page.step(1)
    tired.wait()
    assert tired.lines() == []
    tired.page.show_target(view="flags", week=date(2027, 1, 11), person=tired.karen)
    tired.wait()
    assert [line[1] for line in tired.lines()][:2] == ["Karen Cartwright", "Karen Cartwright"]


def test_the_whole_season_is_checked_on_a_thread(tired: Robot) -> None:
    tired.call(date(2027, 3, 3), 19, 23, tired.karen)
    tired.call(date(2027, 3, 4), 9, 12, tired.karen)
    tired.page.flags._show_span(SEASON)
    tired.wait()
    assert [line[2] for line in tired.lines() if line[0] == "flag"] == ["Overnight rest", "Overnight rest"]
    assert tired.page.flags.about.text() == "Wed 13 Jan 2027 to Thu 4 Mar 2027"


def test_a_cancelled_check_keeps_what_it_found_and_offers_the_rest(tired: Robot) -> None:
    flags = tired.page.flags
    flags._show_span(SEASON)
    job = flags.check._job
    assert job is not None
    job.cancel()
    assert not flags.check.running
    assert flags.about.text().startswith("Stopped after ")
    assert flags.resume.isVisibleTo(flags)
    flags.resume.click()
    tired.wait()
    assert len(tired.lines()) == 4
    assert not flags.resume.isVisibleTo(flags)


# --- packs -----------------------------------------------------------------------------------------------------


def test_packs_are_listed_with_what_they_hold_and_who_uses_them(robot: Robot) -> None:
    view = robot.packs()
    heads = [item.title for item in view.list.items.rows if item.head]
    assert heads == ["Shipped", "Imported"]
    view.list.select("house-test")
    assert view.panel.facts.text() == "3 on, 1 off, none verified."
    assert view.panel.used.text() == "Used by Bombshell."
    rules = [(item.title, item.second) for item in view.panel.rules.items.rows if not item.head]
    assert rules[0] == ("Overnight rest", "At least 12 h 00 of rest from one working day to the next.")


def test_a_house_copy_takes_other_values_and_gives_them_back(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-default")
    view.duplicate()
    entry = view.entry()
    assert (entry.code, entry.origin, entry.title) == (
        "house-default-house",
        "house",
        "House default, house copy",
    )
    rest = next(rule for rule in entry.pack.rules if rule.kind == "min_rest")
    view.panel.select(rest.id)
    form = view.rule_panel._form
    robot.type_into(form.rows["min"], "11 h")
    assert view.entry().pack.rule(rest.id).params["min"] == 660
    assert view.rule_panel.words.text().startswith("At least 11 h 00 of rest")
    robot.desk.undo()
    assert view.entry().pack.rule(rest.id).params["min"] == 720
    assert form.rows["min"].editor.text() == "12 h 00"


def test_a_value_that_cannot_be_is_refused_beside_its_field_while_it_is_typed(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.panel.select("test.rest")
    row = view.rule_panel._form.rows["min"]
    robot.type_into(row, "long", leave=False)
    assert row.refusal() == "Hours and minutes are needed, as in 12 h, 1 h 30 or 90 min."
    robot.type_into(row, "0")
    assert row.refusal() == "Between 1 min and 96 h 00."
    assert view.entry().pack.rule("test.rest").params["min"] == 720


def test_choices_are_rows_that_come_and_go(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.panel.select("test.short")
    field = view.rule_panel._form.rows["alternatives"].editor
    field._add()
    robot.type_into(field._forms[1].rows["work"], "80")
    robot.type_into(field._forms[1].rows["break"], "10 min")
    assert view.entry().pack.rule("test.short").params["alternatives"] == [
        {"work": 55, "break": 5},
        {"work": 80, "break": 10},
    ]
    field._take(field._forms[0])
    assert view.entry().pack.rule("test.short").params["alternatives"] == [{"work": 80, "break": 10}]


def test_a_rule_is_not_switched_on_before_its_number_is_known(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.panel.select("test.unknown")
    panel = view.rule_panel
    assert panel.why_off.text() == "Off. Look up the hours of the week."
    panel.fields["enabled"].editor.click()
    assert "missing" in panel.fields["enabled"].refusal()
    assert not view.entry().pack.rule("test.unknown").enabled


def test_conditions_are_added_and_taken_away(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.panel.select("test.rest")
    field = view.rule_panel.when.editor
    field._begin("week_has_performance")
    assert view.entry().pack.rule("test.rest").when == {"week_has_performance": True}
    assert view.rule_panel.words.text().endswith("In weeks with performances.")
    field._on_value("week_has_performance", None)
    assert view.entry().pack.rule("test.rest").when == {}


def test_values_from_a_day_on(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.panel.select("test.rest")
    dated = view.rule_panel._dated
    dated._add()
    robot.type_into(dated._rows[0].form.rows["min"], "10 h")
    (value,) = view.entry().pack.rule("test.rest").values
    assert (value.starts_on, dict(value.params)) == (WED, {"min": 600})


def test_a_rule_is_verified_by_name_date_and_edition_until_its_value_changes(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.panel.select("test.rest")
    panel = view.rule_panel
    panel.edition.set_value("")
    panel.verify.click()
    assert panel.edition.refusal() == "Say which edition of the agreement it was."
    robot.type_into(panel.edition, "2026 to 2029")
    panel.verify.click()
    assert panel.verified.text() == "Linda compared it with edition 2026 to 2029 on Wed 13 Jan 2027."
    robot.type_into(panel._form.rows["min"], "11 h")
    assert panel.verified.text() == "Nobody has compared this rule with the agreement yet."


def test_examples_are_run_on_the_spot(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-default")
    rule = next(rule for rule in view.entry().pack.rules if rule.enabled and rule.examples)
    view.panel.select(rule.id)
    view.rule_panel.run.click()
    results = view.rule_panel._results.findChildren(type(view.rule_panel.words))
    assert len(results) == len(rule.examples)
    assert all("as it says" in label.text() for label in results)


def test_a_broken_file_is_refused_by_name_and_the_rest_works(robot: Robot, tmp_path: Path) -> None:
    view = robot.packs()
    broken = tmp_path / "broken.toml"
    broken.write_text(PACK.replace("min = 720", "min = -5"), encoding="utf-8")
    view.take_file(broken)
    assert view.trouble.text().startswith("broken.toml, rule “test.rest”: “params.min” must be between")
    good = tmp_path / "good.toml"
    good.write_text(PACK.replace("house-test", "other-test"), encoding="utf-8")
    view.take_file(good)
    assert view.entry().code == "other-test"
    assert not view._trouble.isVisibleTo(view)


def test_a_house_copy_that_broke_is_listed_with_its_sentence_and_mended_from_a_file(
    robot: Robot, tmp_path: Path
) -> None:
    store = robot.desk.engine.store
    with store.step("test.break", origin="test", who="", clock=CLOCK) as work:
        row = work.session.scalar(select(RulePack).where(RulePack.code == "house-test"))
        row.text = PACK.replace("min = 720", 'min = "twelve"')
    view = robot.packs()
    item = next(item for item in view.list.items.rows if item.key == "house-test")
    assert item.second.startswith(
        "house-test, rule “test.rest”: “params.min” must be a whole number of minutes"
    )
    view.list.select("house-test")
    assert view.panel._broken.text.text() == item.second
    view.list.select("aea-lort")
    assert view.panel.facts.text().endswith("none verified.")
    view.list.select("house-test")
    good = tmp_path / "good.toml"
    good.write_text(PACK, encoding="utf-8")
    view.replace_by(good)
    assert view.entry().problem == ""
    assert view.panel.facts.text() == "3 on, 1 off, none verified."


def test_a_pack_is_exported_as_a_file_that_can_be_imported(robot: Robot, tmp_path: Path) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.export_to(tmp_path / "out.toml")
    assert (tmp_path / "out.toml").read_text(encoding="utf-8") == PACK
    view.list.select("aea-lort")
    view.export_to(tmp_path / "lort.toml")
    text = (tmp_path / "lort.toml").read_text(encoding="utf-8").replace('"aea-lort"', '"our-lort"', 1)
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    view.take_file(tmp_path / "ours.toml")
    assert view.entry().code == "our-lort"


def test_a_pack_in_use_is_not_removed_and_another_is_with_undo(robot: Robot) -> None:
    view = robot.packs()
    view.list.select("house-test")
    view.remove()
    assert view.trouble.text() == "Bombshell goes by this pack; choose another there first."
    view.list.select("house-default")
    view.duplicate()
    view.remove()
    assert [entry.code for entry in robot.desk.read(packs).entries if entry.id] == ["house-test"]
    robot.desk.undo()
    assert len([entry for entry in robot.desk.read(packs).entries if entry.id]) == 2


# --- votes -----------------------------------------------------------------------------------------------------


def test_a_vote_sets_a_value_for_some_days(tired: Robot) -> None:
    tired.choose("Overnight rest")
    panel = tired.page.flags.panel
    panel._record()
    form = panel.form
    tired.type_into(form._sets.rows["min"], "11 h")
    tired.type_into(form.fields["decided_by"], "The company")
    form.save.click()
    tired.wait()
    (row,) = tired.desk.read(approval_rows)
    assert (row.kind, row.sets, row.starts_on, row.decided_by) == ("vote", {"min": 660}, THU, "The company")
    assert "flag" not in [line[0] for line in tired.lines()]


def test_a_concession_leaves_the_flag_in_sight_as_accepted(tired: Robot) -> None:
    tired.choose("Overnight rest")
    panel = tired.page.flags.panel
    panel._record()
    panel.form.kind.set_value("concession")
    panel.form._show_kind()
    panel.form.save.click()
    tired.wait()
    assert ("accepted", "Karen Cartwright", "Overnight rest") in tired.lines()


def test_a_vote_without_a_value_is_refused_in_the_form(tired: Robot) -> None:
    tired.choose("Overnight rest")
    panel = tired.page.flags.panel
    panel._record()
    panel.form.save.click()
    assert panel.form.refusal.text() == "Say what was voted: a value of the rule that it sets."


# --- choosing packs --------------------------------------------------------------------------------------------


def test_a_production_chooses_its_packs(robot: Robot, qtbot: QtBot) -> None:
    panel = ProductionPanel(robot.desk, robot.desk.production)
    qtbot.addWidget(panel)
    field = panel._rows["rule_pack"].editor
    field._add("uk-children-9")
    assert robot.desk.read(production_rows)[0].rule_pack == "house-test uk-children-9"
    field._add("none")
    assert robot.desk.read(production_rows)[0].rule_pack == "none"
    field._remove("none")
    assert robot.desk.read(production_rows)[0].rule_pack == ""
    assert field.line.placeholderText() == "as the house: House default"


def test_a_signed_contract_still_chooses_its_packs(robot: Robot, qtbot: QtBot) -> None:
    person = robot.person("Karen Cartwright")
    robot.desk.do(AddContract(person, robot.desk.production, state="active"))
    panel = ContractPanel(robot.desk)
    qtbot.addWidget(panel)
    (row,) = robot.desk.read(contract_rows, robot.desk.today)
    panel.show_row(row)
    field = panel.engagement.rows["rule_pack"].editor
    assert field.line.placeholderText() == "as the production: Test agreement"
    field._add("aea-lort")
    (row,) = robot.desk.read(contract_rows, robot.desk.today)
    assert row.rule_pack == "aea-lort"


# --- the page and its fields -----------------------------------------------------------------------------------


def test_rules_has_a_key_of_its_own_and_the_others_keep_theirs() -> None:
    keys = page_keys(PAGES)
    assert keys["rules"] == "Ctrl+Shift+R"
    assert (keys["today"], keys["reports"], keys["paper"], keys["history"]) == (
        "Ctrl+1",
        "Ctrl+6",
        "Ctrl+7",
        "Ctrl+8",
    )


def test_the_command_bar_finds_the_views(robot: Robot) -> None:
    assert [hit.title for hit in robot.page.commands("packs")] == ["Packs of work rules"]
    assert [hit.title for hit in robot.page.commands("flags")] == ["Flags of this week"]


def test_every_kind_of_rule_has_a_form(robot: Robot, qtbot: QtBot) -> None:
    from stagecraft.ui.pages.rules_pack_form import ValueForm

    for kind in RULE_KINDS.values():
        form = ValueForm(kind.parameters)
        qtbot.addWidget(form)
        form.set_value({})
        assert form.value() == {}
        assert list(form.rows) == [parameter.name for parameter in kind.parameters]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12 h", 720), ("12h", 720), ("1 h 30", 90), ("1h30m", 90), ("1.5 h", 90), ("12:30", 750), ("90 min", 90),
        ("720", 720), ("-1 h", -60), ("−30 min", -30), ("twelve", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(text: str, minutes: int | None) -> None:
    assert parse_minutes(text) == minutes


def test_a_duration_is_written_back_in_hours(robot: Robot, qtbot: QtBot) -> None:
    edit = DurationEdit(Parameter("min", "minutes", "At least", "", unit="minutes", high=1440))
    qtbot.addWidget(edit)
    robot.type_into(edit, "720")
    assert (edit.value(), edit.text()) == (720, "12 h 00")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9 to 15", [9, 15]),
        ("9-15", [9, 15]),
        ("15 or more", [15, None]),
        ("14 or less", [None, 14]),
        ("16", [16, 16]),
    ],
)
def test_a_range_is_read_as_people_write_it(qtbot: QtBot, text: str, value: list[int | None]) -> None:
    edit = RangeEdit(Parameter("age", "range", "Age", "", high=120))
    qtbot.addWidget(edit)
    assert edit.parse(text) == value


def test_the_keys_walk_the_flags(tired: Robot) -> None:
    flags = tired.page.flags
    tired.choose("Overnight rest")
    flags.list.setFocus()
    tired.bot.keyClick(flags.list, Qt.Key.Key_Down)
    assert flags.panel.line.title == "Overtime"
    assert not [
        button for button in flags.panel._repairs.findChildren(Button) if button.isVisibleTo(flags.panel)
    ]
