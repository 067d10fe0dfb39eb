"""The program as a whole: what is loaded before the first paint, opening, failing to open, first steps, closing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TODAY
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from stagecraft import app as application
from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.base.settings import Settings
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.store.store import Store
from stagecraft.ui.failures import TroubleDialog
from stagecraft.ui.first_run import FirstRun, NewFile
from stagecraft.ui.widgets.buttons import Button

HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "numpy", "pandas", "psycopg", "PySide6.QtPdf")

FIRST_PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from stagecraft.app import Session, make_application
from stagecraft.base.clock import Clock
from stagecraft.base.settings import Settings
app = make_application()
session = Session(Settings.load(), Clock())
session.start(None)
while session.frame.held is None:
    app.processEvents()
session.frame.grab()
print([name for name in %r if name in sys.modules])
session.close()
"""

CLOSED_BY_KEY = """
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stagecraft import app
def press():
    held = [w.held for w in QApplication.topLevelWidgets() if getattr(w, "held", None)]
    if held and held[0].desk:
        timer.stop()
        print("closed")
        QTest.keyClick(held[0].made[held[0].current], Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
app.make_application()
timer = QTimer()
timer.timeout.connect(press)
timer.start(50)
print(app.run(%r))
"""


@pytest.fixture
def session(qtbot):
    made = application.Session(Settings(name="Rosa Vega"), Clock.on(TODAY))
    yield made
    made.frame.close()
    made.close()
    QApplication.processEvents()


def company_file(path: Path) -> Path:
    store = Store.create(path, name="Harbor & Vine", clock=Clock.on(TODAY))
    Engine(store, Clock.on(TODAY), "Linda").execute(AddProduction("Bombshell", "BOMB"))
    store.close()
    return path


def dialogs() -> list[TroubleDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, TroubleDialog) and w.isVisible()]


def begin(qtbot, session, target: Path | None = None) -> None:
    """Start and wait until the frame is furnished."""
    if not session.frame.isVisible():
        session.start(str(target) if target else None)
    qtbot.waitUntil(lambda: session.frame.held is not None, timeout=10_000)


def words_of(widget) -> str:
    from stagecraft.ui.widgets.labels import Label

    return " ".join(label.text() for label in widget.findChildren(Label))


def test_nothing_heavy_is_loaded_before_the_first_paint(own_home: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT % (HEAVY,)],
        capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "STAGECRAFT_HOME": str(own_home)},
    )  # fmt: skip
    assert run.stdout.strip() == "[]"


def test_a_company_file_opens_behind_the_first_window(qtbot, session, tmp_path: Path) -> None:
    path = company_file(tmp_path / "Bombshell.stagecraft")
    session.start(str(path), "history")
    assert session.frame.isVisible()
    assert session.frame.held is None
    begin(qtbot, session)
    assert session.window.desk is None
    qtbot.waitUntil(lambda: session.window.desk is not None, timeout=10_000)
    assert session.window.current == "history"
    assert session.window.windowTitle() == "Harbor & Vine – Stagecraft"
    assert session.settings.recent == [str(path)]


def test_the_last_file_opens_again(qtbot, session, tmp_path: Path) -> None:
    path = company_file(tmp_path / "Bombshell.stagecraft")
    session.settings.opened(str(path))
    begin(qtbot, session)
    qtbot.waitUntil(lambda: session.window.desk is not None, timeout=10_000)
    assert session.window.target == str(path)


def test_without_a_file_the_first_steps_are_shown(qtbot, session) -> None:
    begin(qtbot, session)
    steps = session.window.stack.currentWidget()
    assert isinstance(steps, FirstRun)
    assert list(steps.buttons) == ["Open the sample season", "New file…", "Import…", "Open…"]


def test_a_file_that_cannot_be_opened_says_why_and_offers_the_first_steps(
    qtbot, session, tmp_path: Path
) -> None:
    path = tmp_path / "letter.stagecraft"
    path.write_bytes(b"Dear Linda, this is no company file at all. " * 200)
    begin(qtbot, session, path)
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=10_000)
    assert isinstance(session.window.stack.currentWidget(), FirstRun)
    assert "letter" in words_of(dialogs()[0])
    dialogs()[0].close()


def press(dialog, text: str) -> None:
    next(button for button in dialog.findChildren(Button) if button.text().startswith(text)).click()


def test_a_file_open_elsewhere_can_be_looked_at(qtbot, session, tmp_path: Path) -> None:
    elsewhere = Store.open(company_file(tmp_path / "season.stagecraft"))
    begin(qtbot, session, elsewhere.path)
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=10_000)
    press(dialogs()[0], "Open it to read only")
    qtbot.waitUntil(lambda: session.window.desk is not None, timeout=10_000)
    assert session.engine.store.read_only
    assert session.window.desk.undo_text() is None
    elsewhere.close()


def test_of_a_damaged_file_the_newest_backup_is_offered(qtbot, session, tmp_path: Path) -> None:
    path = company_file(tmp_path / "season.stagecraft")
    store = Store.open(path)
    Engine(store, Clock.on(TODAY), "Linda").execute(AddProduction("Hit List", "HIT"))
    store.close()
    path.write_bytes(b"")
    begin(qtbot, session, path)
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=10_000)
    press(dialogs()[0], "Restore the backup of")
    qtbot.waitUntil(lambda: session.window.desk is not None, timeout=10_000)
    assert [row.code for row in session.window.desk.all_productions()] == ["BOMB", "HIT"]


def test_a_new_file_is_made_from_the_first_steps(qtbot, session, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "Sunny Day.stagecraft"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kw: (str(path), ""))
    begin(qtbot, session)
    steps = session.window.stack.currentWidget()
    qtbot.mouseClick(steps.buttons["New file…"], Qt.MouseButton.LeftButton)
    form = session.window.stack.currentWidget()
    assert isinstance(form, NewFile)
    qtbot.mouseClick(form.create_button, Qt.MouseButton.LeftButton)
    assert form.name.refusal() == "A production needs a name."
    qtbot.keyClicks(form.name.editor, "Sunny Day")
    qtbot.mouseClick(form.create_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.window.desk is not None, timeout=10_000)
    assert [(row.name, row.code) for row in session.window.desk.all_productions()] == [("Sunny Day", "SUNN")]
    assert path.exists()


def test_another_file_opens_in_a_fresh_window_and_lets_the_old_one_go(qtbot, session, tmp_path: Path) -> None:
    first, second = company_file(tmp_path / "one.stagecraft"), company_file(tmp_path / "two.stagecraft")
    begin(qtbot, session, first)
    qtbot.waitUntil(lambda: session.window.desk is not None, timeout=10_000)
    session.open(str(second))
    qtbot.waitUntil(lambda: session.window.target == str(second), timeout=10_000)
    Store.open(first).close()  # the lock is free again


def test_a_theme_is_remembered(qtbot, session) -> None:
    begin(qtbot, session)
    session.set_theme("booth")
    assert Settings.load().theme == "booth"
    session.set_theme("light")


def test_a_failure_in_the_program_is_told_once_and_keeps_the_window(qtbot, session, caplog) -> None:
    begin(qtbot, session)
    try:
        raise ZeroDivisionError("the sums do not come out")
    except ZeroDivisionError as trouble:
        session.catcher._caught(type(trouble), trouble, trouble.__traceback__)
        session.catcher._caught(type(trouble), trouble, trouble.__traceback__)
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=2000)
    assert len(dialogs()) == 1
    said = words_of(dialogs()[0])
    assert "everything before it is saved" in said
    assert "ZeroDivisionError" not in said
    assert "the sums do not come out" in dialogs()[0].details
    dialogs()[0].close()
    assert session.window.isVisible()


def test_a_file_problem_is_told_with_its_remedy(qtbot, session) -> None:
    begin(qtbot, session)
    session.window.show_trouble(FileProblem("full", "The disk is full.", remedy="Make room, then try again."))
    assert words_of(dialogs()[0]) == "The disk is full. Make room, then try again."
    dialogs()[0].close()


def test_closing_from_the_menu_closes_the_frame_and_frees_the_file(qtbot, session, tmp_path: Path) -> None:
    path = company_file(tmp_path / "Bombshell.stagecraft")
    begin(qtbot, session, path)
    qtbot.waitUntil(lambda: session.window.desk is not None, timeout=10_000)
    next(action for action in session.window.actions() if action.text() == "Close Stagecraft").trigger()
    assert not session.frame.isVisible()
    session.close()
    Store.open(path).close()  # the lock is free again


def test_the_key_that_closes_ends_the_process(own_home: Path, tmp_path: Path) -> None:
    path = company_file(tmp_path / "Bombshell.stagecraft")
    run = subprocess.run(
        [sys.executable, "-c", CLOSED_BY_KEY % str(path)],
        capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "STAGECRAFT_HOME": str(own_home)},
    )  # fmt: skip
    assert run.stdout.split() == ["closed", "0"]
    Store.open(path).close()


def test_a_window_larger_than_the_screen_is_fitted_with_its_title_bar(qtbot, session) -> None:
    session.frame.resize(5000, 4000)
    begin(qtbot, session)
    room = session.frame.screen().availableGeometry()
    assert room.contains(session.frame.frameGeometry())


def test_redo_reaches_a_file_in_which_everything_is_undone(qtbot, session, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("stagecraft.ui.window.OVERLAY_UNDER", 0)  # the test's screen is a narrow one
    path = company_file(tmp_path / "Bombshell.stagecraft")
    with_all_undone = Store.open(path)
    with_all_undone.undo(origin="", who="Linda", clock=Clock.on(TODAY))
    with_all_undone.close()
    session.start(str(path), "paper")
    begin(qtbot, session)
    qtbot.waitUntil(lambda: isinstance(session.window.stack.currentWidget(), NewFile), timeout=10_000)
    assert session.window.side.widget() is None
    field = session.window.stack.currentWidget().name.editor
    with qtbot.waitActive(session.frame):  # shortcuts belong to the active window
        session.frame.activateWindow()
    field.setFocus()
    redo = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(field, Qt.Key.Key_Z, redo)
    qtbot.waitUntil(lambda: bool(session.window.desk.all_productions()), timeout=2000)
    assert [row.name for row in session.window.desk.all_productions()] == ["Bombshell"]
    assert session.window.stack.currentWidget() is session.window.made[session.window.current]
    assert session.window.side.widget() is not None  # the page's inspector is back with the page
