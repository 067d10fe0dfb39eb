"""Composition root of the desktop application: settings, window, company file, and how they come together.

The window is shown first; the store is imported and opened on a worker thread; then the pages read. Everything
heavy is imported inside functions for that reason.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QFileDialog

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem, Refused
from stagecraft.base.log import log, start_log
from stagecraft.base.paths import data_dir
from stagecraft.base.resources import resource
from stagecraft.base.settings import Settings
from stagecraft.ui import failures
from stagecraft.ui.jobs import Jobs, Report
from stagecraft.ui.theme import apply_theme, load_fonts
from stagecraft.ui.window import Window
from stagecraft.ui.window_actions import window_actions

if TYPE_CHECKING:
    from stagecraft.services.engine import Engine

SUFFIX = ".stagecraft"
FILTER = f"Company files (*{SUFFIX});;All files (*)"


def run(target: str | Path | None = None, today: date | None = None, page: str | None = None) -> int:
    """Show the window and work until it is closed; the exit status.

    `target` is a company file or a database URL; without one the last file opens again, or the first steps are
    shown. `today` stops the clock at that day; `page` names the page to begin with.
    """
    app = make_application()
    start_log()
    session = Session(Settings.load(), Clock.on(today) if today else Clock())
    session.start(str(target) if target else None, page or "")
    status = app.exec()
    session.close()
    return status


def make_application() -> QApplication:
    """The Qt application with our face on; also what tests use."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Stagecraft")
    app.setDesktopFileName("stagecraft")
    app.setWindowIcon(QIcon(str(resource("icons", "stagecraft.svg"))))
    load_fonts()
    return app


class Session(QObject):
    """One run of the program: the settings, the window, and the company file open in it."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__()
        self.settings, self.clock = settings, clock
        self.jobs = Jobs(self)
        self.engine: Engine | None = None
        self.catcher: failures.BugCatcher | None = None
        apply_theme(settings.theme)
        self.window = self._new_window()

    # --- the window ----------------------------------------------------------------------------------------

    def _new_window(self) -> Window:
        window = Window(self.settings)
        window.menus.set_actions(window_actions(window, self._files()))
        window.switch_theme.connect(self.set_theme)
        window.switcher.add_wanted.connect(self.add_production)
        window.switcher.edit_wanted.connect(self.production_details)
        window.closing.connect(self._save_settings)
        self.jobs.lasting.connect(window._show_job)
        if self.catcher is not None:
            self.catcher.release()
        self.catcher = failures.BugCatcher(window)
        return window

    def _files(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.start_new,
            "open": self.choose_file,
            "sample": self.open_sample,
            "production": self.add_production,
            "details": lambda: self.production_details(None),
            "import": self.import_rows,
            "backup": self.back_up,
            "restore": self.restore,
            "check": self.check,
            "settings": self.show_settings,
            "help": self.show_help,
            "keys": self.show_keys,
            "about": self.show_about,
        }

    def start(self, target: str | None, page: str = "") -> None:
        """Show the window, then open what was asked for, the last file, or the first steps."""
        self.window.show()
        if target is None:
            target = next((t for t in self.settings.recent[:1] if "://" in t or Path(t).exists()), None)
        if target is None:
            self.first_run()
        else:
            self.window.waiting.setText(f"Opening {_short(target)}…")
            # After the first paint: nothing may come between the user and a window.
            QTimer.singleShot(0, self, lambda: self.open(target, page))

    def set_theme(self, name: str) -> None:
        """Change the theme now and for the next time."""
        self.settings.theme = name
        apply_theme(name)
        self._save_settings()

    def _save_settings(self) -> None:
        try:
            self.settings.save()
        except OSError:
            # A read-only home must not stop anybody's work; the window then comes back as it was before.
            return

    def close(self) -> None:
        """Stop work and close the company file, with its backup."""
        self.jobs.stop_all()
        self._close_file()
        if self.catcher is not None:
            self.catcher.release()

    def _close_file(self) -> None:
        if self.engine is not None:
            engine, self.engine = self.engine, None
            try:
                engine.store.close()
            except FileProblem as problem:
                log.warning("closing: %s", problem.code)
                print(problem, file=sys.stderr)

    # --- opening -------------------------------------------------------------------------------------------

    def open(self, target: str, page: str = "") -> None:
        """Open a company file on a worker and show it; a file that cannot be opened says why."""
        self._leave_file()
        self.window.waiting.setText(f"Opening {_short(target)}…")
        clock, who = self.clock, self.who
        self.jobs.start(
            f"Opening {_short(target)}",
            lambda report: _open_engine(target, clock, who),
            lambda engine: self._opened(engine, target, page),
            self._not_opened,
        )

    @property
    def who(self) -> str:
        """Name written beside changes."""
        if self.settings.name:
            return self.settings.name
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return ""

    def _leave_file(self) -> None:
        if self.engine is None:
            return
        old = self.window
        old.save_layout()
        self.jobs.lasting.disconnect(old._show_job)
        if old.desk is not None:
            old.desk.close()
            old.desk.jobs.stop_all()
        self._close_file()
        self.window = self._new_window()
        self.window.restoreGeometry(old.saveGeometry())
        self.window.show()
        old.hide()
        old.deleteLater()

    def _opened(self, engine: Engine, target: str, page: str) -> None:
        from stagecraft.ui.desk import Desk

        self.engine = engine
        self.settings.opened(target)
        desk = Desk(engine, self.clock, role=self.settings.role)
        self.window.set_desk(desk, target, page)
        if not desk.all_productions():
            self.add_production()
        self._save_settings()

    def _not_opened(self, trouble: BaseException) -> None:
        self.first_run()
        if isinstance(trouble, FileProblem):
            failures.show_file_problem(trouble, self.window)
        elif isinstance(trouble, Refused):
            self.window.show_trouble(trouble)
        else:
            raise trouble

    # --- first steps ---------------------------------------------------------------------------------------

    def first_run(self) -> None:
        """Show the ways to begin."""
        from stagecraft.ui.first_run import FirstRun

        steps = FirstRun(self.settings)
        steps.sample_wanted.connect(self.open_sample)
        steps.new_wanted.connect(self.start_new)
        steps.open_wanted.connect(self.choose_file)
        steps.import_wanted.connect(lambda: self.start_new(then_import=True))
        steps.recent_wanted.connect(self.open)
        steps.person_changed.connect(self._save_settings)
        self.window.take_over(steps)

    def open_sample(self) -> None:
        """Open the sample season kept in the user's data folder, built around today when it is not there."""
        path = data_dir() / f"Sample season{SUFFIX}"
        if path.exists():
            self.open(str(path))
            return
        clock = self.clock
        self.jobs.start(
            "Building the sample season", lambda report: _build_sample(path, clock, report),
            lambda _done: self.open(str(path)), self._trouble,
        )  # fmt: skip

    def start_new(self, then_import: bool = False) -> None:
        """Ask for company and first show, then for a place, and make the file."""
        from stagecraft.ui.first_run import NewFile

        form = NewFile(_production_kinds())
        form.cancelled.connect(self._back_from_form)
        form.made.connect(lambda given: self._make_file(given, then_import))
        self.window.take_over(form)
        form.name.editor.setFocus()

    def _back_from_form(self) -> None:
        if self.window.desk is None:
            self.first_run()
        else:
            self.window.show_page(self.window.current)

    def _make_file(self, given: dict[str, Any], then_import: bool) -> None:
        stem = "".join(c for c in given["name"] if c not in '/\\:*?"<>|').strip() or "Company"
        folder = Path(self.settings.last_folder or Path.home())
        chosen, _ = QFileDialog.getSaveFileName(self.window, "Where to keep it", str(folder / f"{stem}{SUFFIX}"), FILTER)
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen + SUFFIX)
        self.settings.last_folder = str(path.parent)
        clock, who = self.clock, self.who
        self.jobs.start(
            "Making the company file",
            lambda report: _make_company(path, given, clock, who),
            lambda _done: self.open(str(path), "company"),
            self._trouble,
        )
        if then_import:
            self._import_next = True

    _import_next = False

    def choose_file(self) -> None:
        """Pick a company file and open it."""
        folder = self.settings.last_folder or str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self.window, "Open a company file", folder, FILTER)
        if chosen:
            self.settings.last_folder = str(Path(chosen).parent)
            self.open(chosen)

    def _trouble(self, trouble: BaseException) -> None:
        if isinstance(trouble, Refused | FileProblem):
            self.window.show_trouble(trouble)
        else:
            raise trouble

    # --- in an open file -----------------------------------------------------------------------------------

    def add_production(self) -> None:
        """Ask for a show's name and add it to the open file."""
        from stagecraft.ui.first_run import NewFile

        if self.window.desk is None:
            self.start_new()
            return
        form = NewFile(_production_kinds(), then="Add the production")
        form.company.hide()
        form.cancelled.connect(self._back_from_form)
        form.made.connect(lambda given: self._add_production(form, given))
        self.window.take_over(form)
        form.name.editor.setFocus()

    def _add_production(self, form: Any, given: dict[str, Any]) -> None:
        from stagecraft.services.company import AddProduction

        desk = self.window.desk
        assert desk is not None
        command = AddProduction(name=given["name"], code=given["code"], kind=given["kind"])
        if changes := desk.do(command, fields={"name": form.name, "code": form.code}):
            self.window.show_page(self.window.current or "company")
            self.production_details(changes.value)

    def production_details(self, production: int | None) -> None:
        """Show a production's name, dates, venue and rooms in the inspector."""
        from stagecraft.ui.production_panel import ProductionPanel

        desk = self.window.desk
        if desk is None or (production or desk.production) is None:
            return
        self.window.lend_inspector(ProductionPanel(desk, production or desk.production))

    def import_rows(self) -> None:
        """Read a CSV file, say what it would do, and do it as one step."""
        from stagecraft.ui.import_dialog import ImportDialog

        if self.window.desk is not None:
            ImportDialog(self.window.desk, self.settings, self.window).open()

    def back_up(self) -> None:
        """Copy the open file somewhere else, whole and checked."""
        from stagecraft.store.backup import back_up

        if self.engine is None:
            return
        engine, clock = self.engine, self.clock
        folder = Path(self.settings.last_folder or Path.home())
        stem = engine.store.path.stem if engine.store.path else "Stagecraft"
        start = str(folder / f"{stem} {clock.today():%Y-%m-%d}{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self.window, "Back up to", start, FILTER)
        if not chosen:
            return
        # The file dialog has asked already whether to write over an old one.
        Path(chosen).unlink(missing_ok=True)
        self.jobs.start(
            "Backing up",
            lambda report: back_up(engine.store, Path(chosen), clock=clock),
            lambda path: self.window.undo_bar_say(f"Backed up to {path}"),
            self._trouble,
        )

    def restore(self) -> None:
        """Take a backup and make it a company file of its own, which then opens; a file in its place is kept beside it."""
        folder = self.settings.last_folder or str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self.window, "Which backup", folder, FILTER)
        if not chosen:
            return
        start = str(Path(folder) / f"{Path(chosen).stem} restored{SUFFIX}")
        target, _ = QFileDialog.getSaveFileName(self.window, "Restore it as", start, FILTER)
        if target:
            if self.engine is not None and self.engine.store.path == Path(target).absolute():
                self._leave_file()
            clock = self.clock
            self.jobs.start(
                "Restoring",
                lambda report: _restore(Path(chosen), Path(target), clock),
                lambda _done: self.open(target),
                self._trouble,
            )

    def check(self) -> None:
        """Examine the open file and say what was found in words."""
        if self.engine is None or self.engine.store.path is None:
            self.window.undo_bar_say("A shared database is checked on its server with “stagecraft doctor”.")
            return
        path = self.engine.store.path
        self.jobs.start("Checking the file", lambda report: _examine(path), self._checked, self._trouble)

    def _checked(self, found: list[str]) -> None:
        if not found:
            self.window.undo_bar_say("The file is whole: nothing damaged, nothing missing, history complete.")
            return
        dialog = failures.TroubleDialog(
            "The check found something.", "\n".join(found[:12]), self.window, details="\n".join(found)
        )
        dialog.add_button("Close", primary=True)
        dialog.open()

    # --- windows beside ------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        """Personal settings and, with a file open, its house style."""
        from stagecraft.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.settings, self.window.desk, self.window)
        dialog.changed.connect(self._settings_changed)
        dialog.show()

    def _settings_changed(self) -> None:
        apply_theme(self.settings.theme)
        if self.engine is not None:
            self.engine.who = self.who
        if self.window.desk is not None:
            self.window.desk.set_role(self.settings.role)
        self._save_settings()

    def show_help(self) -> None:
        from stagecraft.ui.help_dialog import HelpDialog

        HelpDialog(self.window).show()

    def show_keys(self) -> None:
        from stagecraft.ui.help_dialog import KeysDialog

        KeysDialog(self.window.menus.all(), self.window).show()

    def show_about(self) -> None:
        from stagecraft.ui.help_dialog import AboutDialog

        AboutDialog(self.window).show()


# --- on the worker thread ----------------------------------------------------------------------------------


def _open_engine(target: str, clock: Clock, who: str) -> Engine:
    """Import the store and open a file; also what the first page needs, so that it does not wait for imports."""
    from stagecraft.queries import calendar, company, people, script  # noqa: F401
    from stagecraft.services import history  # noqa: F401
    from stagecraft.services.engine import Engine
    from stagecraft.store.store import Store

    return Engine(Store.open(target), clock, who)


def _make_company(path: Path, given: dict[str, Any], clock: Clock, who: str) -> None:
    """Make a company file with its first production."""
    from stagecraft.services.company import AddProduction
    from stagecraft.services.engine import Engine
    from stagecraft.store.store import Store

    # The file dialog has asked already whether to write over an old one; a company file is never written over.
    store = Store.create(path, name=given["company"], clock=clock)
    try:
        Engine(store, clock, who).execute(AddProduction(given["name"], given["code"], kind=given["kind"]))
    finally:
        store.close()


def _build_sample(path: Path, clock: Clock, report: Report) -> None:
    """Build the sample season beside its place and put it there whole; a cancelled one leaves nothing."""
    from stagecraft.services.engine import Engine
    from stagecraft.services.sample import build_sample
    from stagecraft.store.store import Store

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem} (being built){SUFFIX}")
    beside.unlink(missing_ok=True)
    try:
        store = Store.create(beside, clock=clock)
        try:
            build_sample(Engine(store, clock, "Sample season"), progress=report)
        finally:
            store.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _restore(backup: Path, target: Path, clock: Clock) -> None:
    from stagecraft.store.backup import restore

    restore(backup, target, clock=clock)


def _examine(path: Path) -> list[str]:
    from stagecraft.store.doctor import examine

    return [finding.words for finding in examine(path)]


def _production_kinds() -> dict[str, str]:
    return {"run": "run", "workshop": "workshop", "reading": "reading", "other": "other"}


def _short(target: str) -> str:
    return target.rsplit("/", 1)[-1] if "://" in target else Path(target).stem
