"""Somebody at the program: the only code of the journeys that knows widgets.

Everything goes through the window as `stagecraft` opens it. Text arrives as from an input method, since keys that
are not ASCII cannot be pressed in a test.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from calendar_robot import CalendarHand
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget
from rules_robot import RulesHand

from stagecraft.app import Session
from stagecraft.base.clock import Clock
from stagecraft.base.settings import Settings
from stagecraft.ui.production_panel import ProductionPanel

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Program:
    """One run of the program by Rosa Vega. `until` waits for something to hold."""

    def __init__(self, clock: Clock, role: str, until: Callable[..., object]) -> None:
        self._until = until
        self._session = Session(Settings(name="Rosa Vega", role=role), clock)
        self._open = True

    # --- the window ----------------------------------------------------------------------------------------

    def start(self, target: Path | None = None) -> None:
        self._session.start(str(target) if target else None)
        self._wait(lambda: self._session.frame.held is not None)
        self._session.frame.resize(1280, 800)  # a test's screen may be smaller than anybody's
        if target is not None:
            self._file_opens()

    def close(self) -> None:
        """As the window's own button does."""
        if self._open:
            self._open = False
            self._session.frame.close()
            self._session.close()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def window(self) -> Any:
        return self._session.window

    @property
    def desk(self) -> Any:
        return self.window.desk

    def _wait(self, holds: Callable[[], object]) -> None:
        self._until(lambda: bool(holds()), timeout=10_000)

    def _file_opens(self) -> None:
        self._wait(lambda: self.window.desk is not None and not self._session.jobs._running)

    def _press(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, LEFT, PLAIN, QPoint(8, button.height() // 2))

    def _press_words(self, words: str, within: QWidget) -> None:
        found = [one for one in within.findChildren(QAbstractButton) if one.text() == words and one.isVisible()]
        assert len(found) == 1, words
        self._press(found[0])

    def _type(self, field: Any, text: str, *, enter: bool = True) -> None:
        editor = getattr(field, "editor", field)
        editor.setFocus()
        editor.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(editor, event)
        if enter:
            QTest.keyClick(editor, Qt.Key.Key_Return)

    def _pick(self, field: Any, words: str) -> None:
        combo: QComboBox = getattr(field, "editor", field)
        index = combo.findText(words)
        assert index >= 0, words
        combo.setCurrentIndex(index)
        combo.activated.emit(index)

    def _menu(self, words: str) -> None:
        action = next(one for one in self.window.actions() if one.text() == words)
        action.trigger()

    def _dialog(self, kind: str) -> Any:
        found = [w for w in QApplication.topLevelWidgets() if type(w).__name__ == kind and w.isVisible()]
        assert len(found) == 1
        return found[0]

    def _go(self, page: str) -> Any:
        self._press(self.window.rail.buttons[page])
        return self.window.page(page)

    def undo(self) -> None:
        self._press(self.window.top.undo)

    def redo(self) -> None:
        self._press(self.window.top.redo)

    def undo_offers(self) -> str:
        return self.window.top.undo.toolTip().removesuffix("  Ctrl+Z")

    def said(self) -> str:
        """The line over the page."""
        return self.window.floating.bar.words.text()

    def go_to_tomorrow(self) -> None:
        self._menu("Tomorrow")

    def go_to(self, day: date) -> None:
        self.window.top.date_picked.emit(day)

    def look_only_at(self, production: str) -> None:
        self._press(self.window.switcher)
        listed = self._dialog("_SwitcherList")
        only = next(
            one for one in listed.findChildren(QAbstractButton) if one.toolTip() == f"Show only {production}"
        )
        self._press(only)

    def work_as(self, role: str) -> None:
        """Change in the settings what Rosa does."""
        self._menu("Settings")
        dialog = self._dialog("SettingsDialog")
        self._pick(dialog.rows["role"], role)
        dialog.close()

    # --- first steps ---------------------------------------------------------------------------------------

    def open_the_sample_season(self) -> None:
        self._press(self.window.stack.currentWidget().buttons["Open the sample season"])
        self._file_opens()

    def make_a_new_file(self, company: str, show: str) -> None:
        self._first_step("New file…", company, show)

    def begin_with_an_import(self, company: str, show: str) -> None:
        self._first_step("Import…", company, show)

    def _first_step(self, step: str, company: str, show: str) -> None:
        self._press(self.window.stack.currentWidget().buttons[step])
        form = self.window.stack.currentWidget()
        self._type(form.company, company)
        self._type(form.name, show)
        self._press(form.create_button)
        self._file_opens()

    def import_file(self, path: Path) -> str:
        """Give the file to the import that is open, take it, and tell what it said before."""
        dialog = self._dialog("ImportDialog")
        dialog.read_file(path)
        self._wait(dialog.go.isEnabled)
        said = dialog.words.text()
        self._press(dialog.go)
        return said

    # --- company -------------------------------------------------------------------------------------------

    def add_person(self, name: str) -> None:
        page = self._go("company")
        if not page.add_line.isVisible():
            self._menu("Add person")
        self._type(page.add_line.line, name)

    def people(self) -> list[str]:
        """Everybody on the list, as it is sorted."""
        page = self._go("company")
        return [row.person.name for row in page.model.rows if hasattr(row, "person")]

    # --- script --------------------------------------------------------------------------------------------

    def add_scene(self, title: str) -> None:
        page = self._go("script")
        self._menu("Add scene")
        self._type(page.matrix._editor, title)

    def add_character(self, name: str, *, played_by: str) -> None:
        page = self._go("script")
        self._menu("Add character")
        self._type(page.track_panel._lines[0].name, name)
        self._pick(page.track_panel.person, played_by)

    def put_on(self, character: str, scene: str) -> None:
        """Click the cell where a scene's line meets a character's column."""
        matrix = self._go("script").matrix
        rows = matrix.content.lines
        line = next(at for at, row in enumerate(rows) if getattr(row, "number", "") == scene)
        column = next(
            at for at, one in enumerate(matrix.content.columns) if character in (one.strong, one.light)
        )
        QTest.mouseClick(matrix.viewport(), LEFT, PLAIN, matrix.layout_now().cell(line, column).center())

    # --- calendar ------------------------------------------------------------------------------------------

    def calendar(self) -> CalendarHand:
        return CalendarHand(self._go("calendar"))

    def flags_of(self, title: str) -> list[str]:
        hand = self.calendar()
        return list(hand.view.find(hand.id_of(title)).findings)

    def marks_of(self, number: str) -> str:
        """What the calendar says at a performance: "#397"."""
        return next(event.name for event in self.calendar().view.contents.events if event.number == number)

    def called(self, title: str) -> list[str]:
        """Who is on the list of a call that was clicked."""
        hand = self.calendar()
        hand.click(title)
        return [row.name for row in hand.page.panel.called.rows]

    # --- work rules ----------------------------------------------------------------------------------------

    def rules(self) -> RulesHand:
        return RulesHand(self._go("rules"), self._wait, self._type)

    def let_a_production_go_by(self, production: str, pack: str) -> None:
        """Choose the one pack of a production in its details."""
        row = next(one for one in self.desk.all_productions() if one.name == production)
        panel = ProductionPanel(self.desk, row.id)
        self.window.lend_inspector(panel)
        field = panel._rows["rule_pack"].editor
        for key in field.chosen():
            field._remove(key)
        field._take_word(pack)

    # --- reports -------------------------------------------------------------------------------------------

    def start_the_report(self) -> None:
        page = self._go("reports")
        self._press(page._start_state.buttons[0])

    def post_note(self, text: str) -> str:
        """Type a note and post it; where the line said it would go."""
        line = self._go("reports").sheet.line
        self._type(line.edit, text, enter=False)
        where = line.where.text()
        QTest.keyClick(line.edit, Qt.Key.Key_Return)
        return where

    def preview_the_report(self) -> None:
        self._press(self._go("reports").sheet.preview)
        self._sheet_settles()

    # --- paper ---------------------------------------------------------------------------------------------

    def choose_document(self, title: str) -> None:
        page = self._go("paper")
        self._sheet_settles()
        page.list.select(next(item.key for item in page.list.list.items.rows if item.title == title))
        self._sheet_settles()

    def issue(self) -> None:
        self._press(self.window.page("paper").panel.issue_button)
        self._sheet_settles()

    def save_sheet(self) -> None:
        self._press(self.window.page("paper").panel.save_button)

    def print_sheet(self) -> None:
        self._press(self.window.page("paper").panel.print_button)

    def sheet(self) -> str:
        return pdf_text(self.window.page("paper").preview.data())

    def _sheet_settles(self) -> None:
        page = self.window.page("paper")
        self._wait(lambda: not page._settle.isActive() and not self.desk.jobs._running)

    # --- contracts -----------------------------------------------------------------------------------------

    def add_contract(self, person: str, *, job: str, ends_on: str, stands_at: str) -> None:
        page = self._go("contracts")
        self._menu("New contract")
        form = page.form
        for field, text in ((form.person, person), (form.job, job), (form.ends_on, ends_on)):
            self._type(field, text)
        self._pick(form.state, stands_at)
        self._press_words("Add the contract", form)

    def add_option(self) -> None:
        self._menu("Add an option")

    def note_the_notice(self, decision: str) -> None:
        panel = self._contract()
        self._press(panel.notice)
        self._pick(panel.decide_card.state, decision)
        self._press(panel.decide_card.save)

    def choose_contract(self, person: str) -> None:
        page = self._go("contracts")
        page.list.select(next(item.key for item in page.list.items.rows if item.title == person))

    def formula(self) -> str:
        return self._contract().formula.text()

    def option_state(self) -> str:
        return next(one.state for one in self._contract().items.model.rows if one.kind == "option")

    def final_performance(self) -> str:
        return self._contract().engagement.final.editor.currentText()

    def money(self) -> str:
        """What stands on the money card: the way to open it, or why not."""
        money = self._contract().money
        if money._opened.isVisible():
            return "open"
        return money.open_button.text() if money.open_button.isVisible() else money._sentence.text()

    def _contract(self) -> Any:
        return self._go("contracts").panel


def pdf_text(pdf: bytes | Path) -> str:
    """All words of a PDF, one blank between them."""
    reader = PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf)
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
