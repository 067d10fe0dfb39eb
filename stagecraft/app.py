"""Composition root of the desktop application: settings, window, company file, and how they come together.

A bare frame is shown first; then the window's parts are imported and put into it; the store is imported and
opened on a worker thread; then the pages read. Everything but Qt itself is imported inside functions for that
reason: a user sees a window as soon as an empty one could be there.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem, Refused
from stagecraft.base.settings import Settings
from stagecraft.ui.frame import Frame

if TYPE_CHECKING:
    from datetime import date

    from stagecraft.services.engine import Engine
    from stagecraft.ui.beside import Beside
    from stagecraft.ui.failures import BugCatcher
    from stagecraft.ui.jobs import Jobs, Report
    from stagecraft.ui.window import Window

SUFFIX = ".stagecraft"
BACKUP_MS = 30 * 60 * 1000
"""How often an open file is backed up when it has changed."""
_BEYOND_USE = frozenset({
    "file.damaged", "file.empty", "file.foreign", "file.missing", "file.parts", "file.strange", "file.triggers"
})  # fmt: skip
"""What can be wrong with a file whose backup is the way out."""
FILTER = f"Company files (*{SUFFIX});;All files (*)"


def run(target: str | Path | None = None, today: date | None = None, page: str | None = None) -> int:
    """Show the window and work until it is closed; the exit status.

    `target` is a company file or a database URL; without one the last file opens again, or the first steps are
    shown. `today` stops the clock at that day; `page` names the page to begin with.
    """
    app = make_application()
    session = Session(Settings.load(), Clock.on(today) if today else Clock())
    if target and "://" not in str(target):
        target = Path(
            target
        ).absolute()  # remembered, and opened again from wherever the program is started next
    session.start(str(target) if target else None, page or "")
    # Ctrl+C in the terminal and a polite kill close the window as its button does: saved, backed up, lock released.
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, lambda *_: session.frame.close())
    status = app.exec()
    session.close()
    return status


def make_application() -> QApplication:
    """The Qt application; what it looks like comes with `Session.furnish`."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Stagecraft")
    app.setDesktopFileName("stagecraft")
    return app


class Session(QObject):
    """One run of the program: the settings, the frame, the window in it, and the company file open in that."""

    jobs: Jobs
    beside: Beside
    catcher: BugCatcher
    window: Window

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__()
        self.settings, self.clock = settings, clock
        self.engine: Engine | None = None
        self.furnished = False
        self._import_next = False
        self.frame = Frame(settings.theme, settings.layout.setdefault("window", {}))

    def start(self, target: str | None, page: str = "") -> None:
        """Show the frame; after its first paint furnish it and open what was asked for."""
        self.frame.when_painted(lambda: self._begin(target, page))
        self.frame.show()

    def furnish(self) -> None:
        """Put the window into the frame: fonts, theme, bars, menus. The second paint."""
        from PySide6.QtGui import QIcon

        from stagecraft.base.log import start_log
        from stagecraft.base.resources import resource
        from stagecraft.ui.beside import Beside
        from stagecraft.ui.failures import BugCatcher
        from stagecraft.ui.jobs import Jobs
        from stagecraft.ui.theme import apply_theme, load_fonts

        self.furnished = True
        start_log()
        QApplication.setWindowIcon(QIcon(str(resource("icons", "stagecraft.svg"))))
        load_fonts()
        apply_theme(self.settings.theme)
        self.jobs = Jobs(self)
        self._backups = QTimer(self)
        self._backups.setInterval(BACKUP_MS)
        self._backups.timeout.connect(self._back_up_changes)
        self._backups.start()
        self.catcher = BugCatcher(self.frame)
        self.beside = Beside(lambda: self.window, self.settings)
        self.beside.settings_changed.connect(self._settings_changed)
        self.beside.left.connect(self._back_from_form)
        self.window = self._new_window()
        self.jobs.lasting.connect(lambda job: self.window.floating.show_job(job))

    def _begin(self, target: str | None, page: str) -> None:
        self.furnish()
        if target is None:
            target = next((t for t in self.settings.recent[:1] if "://" in t or Path(t).exists()), None)
        if target is None:
            self.first_run()
        else:
            self.open(target, page)

    # --- the window ----------------------------------------------------------------------------------------

    def _new_window(self) -> Window:
        from stagecraft.ui.window import Window
        from stagecraft.ui.window_actions import window_actions

        window = Window(self.settings)
        window.menus.set_actions(window_actions(window, self._files()))
        window.switch_theme.connect(self.set_theme)
        window.settings_wanted.connect(self.beside.show_settings)
        window.switcher.add_wanted.connect(self.beside.add_production)
        window.switcher.edit_wanted.connect(self.beside.production_details)
        window.closing.connect(self._save_settings)
        self.frame.hold(window)
        return window

    def _files(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.start_new,
            "open": self.choose_file,
            "sample": self.open_sample,
            "production": self.beside.add_production,
            "details": self.beside.production_details,
            "import": self.beside.import_rows,
            "export": self.beside.export_rows,
            "backup": self.back_up,
            "restore": self.restore,
            "check": self.check,
            "settings": self.beside.show_settings,
            "help": self.beside.show_help,
            "keys": self.beside.show_keys,
            "about": self.beside.show_about,
        }

    def set_theme(self, name: str) -> None:
        """Change the theme now and for the next time."""
        from stagecraft.ui.theme import apply_theme

        self.settings.theme = name
        apply_theme(name)
        self._save_settings()

    def _settings_changed(self) -> None:
        self.set_theme(self.settings.theme)
        if self.engine is not None:
            self.engine.who = self.who
        if self.window.desk is not None:
            self.window.desk.set_role(self.settings.role)

    def _save_settings(self) -> None:
        try:
            self.settings.save()
        except OSError:
            # A read-only home must not stop anybody's work; the window then comes back as it was before.
            return

    def close(self) -> None:
        """Stop work and close the company file, with its backup."""
        if self.furnished:
            self.jobs.stop_all()
            self._close_file()
            self.catcher.release()
        self.frame.deleteLater()

    def _close_file(self) -> None:
        if self.engine is not None:
            engine, self.engine = self.engine, None
            try:
                engine.store.close()
            except FileProblem as problem:
                from stagecraft.base.log import log

                log.warning("closing: %s", problem.code)
                print(problem, file=sys.stderr)

    def _back_up_changes(self) -> None:
        if self.engine is not None:
            store, clock = self.engine.store, self.clock
            self.jobs.start(
                "Backing up", lambda report: store.backup("timer", clock), lambda _made: None, self._trouble
            )

    # --- opening -------------------------------------------------------------------------------------------

    def open(self, target: str, page: str = "", *, read_only: bool = False) -> None:
        """Open a company file on a worker and show it; a file that cannot be opened says why, and the way out."""
        self._leave_file()
        self.window.waiting.setText(f"Opening {_short(target)}…")
        clock, who = self.clock, self.who
        self.jobs.start(
            f"Opening {_short(target)}",
            lambda report: _open_engine(target, clock, who, read_only=read_only),
            lambda engine: self._opened(engine, target, page),
            lambda trouble: self._not_opened(trouble, target),
        )

    @property
    def who(self) -> str:
        """Name written beside changes."""
        if self.settings.name:
            return self.settings.name
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return ""

    def _leave_file(self) -> None:
        if self.engine is None:
            return
        old = self.window
        old.save_layout()
        if old.desk is not None:
            old.desk.jobs.stop_all()
            old.desk.close()
        self._close_file()
        self.window = self._new_window()
        old.deleteLater()

    def _opened(self, engine: Engine, target: str, page: str) -> None:
        from stagecraft.ui.desk import Desk

        self.engine = engine
        self.settings.opened(target)
        desk = Desk(engine, self.clock, role=self.settings.role)
        self.window.set_desk(desk, target, page)
        if not desk.all_productions():
            self.beside.add_production()
        # Pages of the file are read through while the user already works; damage is rare and must not wait.
        self.jobs.start(
            "Checking the file", lambda report: engine.store.check(), lambda _none: None, self._trouble
        )
        if self._import_next:
            self._import_next = False
            self.beside.import_rows()
        self._save_settings()

    def _not_opened(self, trouble: BaseException, target: str) -> None:
        from stagecraft.ui.failures import show_file_problem

        self.first_run()
        if isinstance(trouble, FileProblem):
            show_file_problem(trouble, self.window, self._way_out(trouble, target))
        else:
            self._trouble(trouble)

    def _way_out(self, problem: FileProblem, target: str) -> tuple[str, Callable[[], object]] | None:
        """Reading a file that is open elsewhere; the newest backup of one that is of no use any more."""
        from stagecraft.domain.times import day_text, time_text
        from stagecraft.store.backup import backups_of

        if problem.code == "file.locked":
            return "Open it to read only", lambda: self.open(target, read_only=True)
        path = Path(target)
        backups = backups_of(path) if problem.code in _BEYOND_USE else []
        if not backups:
            return None
        made = backups[0].made
        when = f"{day_text(made.date())}, {time_text(made.hour * 60 + made.minute)}"
        return f"Restore the backup of {when}", lambda: self._restore_as(backups[0].path, path)

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
        from stagecraft.base.paths import data_dir

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
        from stagecraft.domain.kinds import PRODUCTION_KINDS
        from stagecraft.ui.first_run import NewFile

        form = NewFile(PRODUCTION_KINDS)
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
        path = self._ask_place("Where to keep it", f"{stem}{SUFFIX}")
        if path is None:
            return
        clock, who = self.clock, self.who
        self.jobs.start(
            "Making the company file",
            lambda report: _make_company(path, given, clock, who),
            lambda _done: self.open(str(path), "company"),
            self._trouble,
        )
        self._import_next = then_import

    def choose_file(self) -> None:
        """Pick a company file and open it."""
        if path := self._ask_file("Open a company file"):
            self.open(str(path))

    def _ask_file(self, title: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        folder = self.settings.last_folder or str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self.window, title, folder, FILTER)
        if not chosen:
            return None
        self.settings.last_folder = str(Path(chosen).parent)
        return Path(chosen)

    def _ask_place(self, title: str, name: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        folder = Path(self.settings.last_folder or Path.home())
        chosen, _ = QFileDialog.getSaveFileName(self.window, title, str(folder / name), FILTER)
        if not chosen:
            return None
        path = Path(chosen) if Path(chosen).suffix else Path(chosen + SUFFIX)
        self.settings.last_folder = str(path.parent)
        return path

    def _trouble(self, trouble: BaseException) -> None:
        if isinstance(trouble, Refused | FileProblem):
            self.window.show_trouble(trouble)
        else:
            raise trouble

    # --- copies ----------------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Copy the open file somewhere else, whole and checked."""
        from stagecraft.store.backup import back_up

        if self.engine is None:
            return
        engine, clock = self.engine, self.clock
        stem = engine.store.path.stem if engine.store.path else "Stagecraft"
        path = self._ask_place("Back up to", f"{stem} {clock.today():%Y-%m-%d}{SUFFIX}")
        if path is None:
            return
        # The file dialog has asked already whether to write over an old one.
        path.unlink(missing_ok=True)
        self.jobs.start(
            "Backing up",
            lambda report: back_up(engine.store, path, clock=clock),
            lambda made: self.window.floating.say(f"Backed up to {made}"),
            self._trouble,
        )

    def restore(self) -> None:
        """Make a company file of a backup and open it; a file that stood in its place is kept beside it."""
        backup = self._ask_file("Which backup")
        target = self._ask_place("Restore it as", f"{backup.stem} restored{SUFFIX}") if backup else None
        if backup is None or target is None:
            return
        self._restore_as(backup, target)

    def _restore_as(self, backup: Path, target: Path) -> None:
        if self.engine is not None and self.engine.store.path == target.absolute():
            self._leave_file()
        clock = self.clock
        self.jobs.start(
            "Restoring",
            lambda report: _restore(backup, target, clock),
            lambda _done: self.open(str(target)),
            self._trouble,
        )

    def check(self) -> None:
        """Examine the open file and say what was found in words."""
        if self.engine is None or self.engine.store.path is None:
            self.window.floating.say("A shared database is checked on its server with “stagecraft doctor”.")
            return
        path = self.engine.store.path
        self.jobs.start("Checking the file", lambda report: _examine(path), self._checked, self._trouble)

    def _checked(self, found: list[str]) -> None:
        if not found:
            self.window.floating.say("The file is whole: nothing damaged, nothing missing, history complete.")
            return
        from stagecraft.ui.failures import TroubleDialog

        dialog = TroubleDialog(
            "The check found something.", "\n".join(found[:12]), self.window, details="\n".join(found)
        )
        dialog.add_button("Close", primary=True)
        dialog.open()


# --- on the worker thread ----------------------------------------------------------------------------------


def _open_engine(target: str, clock: Clock, who: str, *, read_only: bool) -> Engine:
    """Import the store and open a file; also what the first page needs, so that it does not wait for imports."""
    from stagecraft.queries import calendar, company, people, script  # noqa: F401
    from stagecraft.services import history  # noqa: F401
    from stagecraft.services.engine import Engine
    from stagecraft.store.store import Store

    return Engine(Store.open(target, read_only=read_only), clock, who)


def _make_company(path: Path, given: dict[str, Any], clock: Clock, who: str) -> None:
    """Make a company file with its first production."""
    from stagecraft.services.company import AddProduction
    from stagecraft.services.founding import new_company

    # The file dialog has asked already whether to write over an old one; a company file is never written over.
    with new_company(path, name=given["company"], clock=clock, who=who) as engine:
        engine.execute(AddProduction(given["name"], given["code"], kind=given["kind"]))


def _build_sample(path: Path, clock: Clock, report: Report) -> None:
    """Build the sample season beside its place and put it there whole; a cancelled one leaves nothing."""
    from stagecraft.services.founding import new_company
    from stagecraft.services.sample import build_sample

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem} (being built){SUFFIX}")
    beside.unlink(missing_ok=True)
    try:
        with new_company(beside, clock=clock, who="Sample season") as engine:
            build_sample(engine, progress=report)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _restore(backup: Path, target: Path, clock: Clock) -> None:
    from stagecraft.store.backup import restore

    restore(backup, target, clock=clock)


def _examine(path: Path) -> list[str]:
    from stagecraft.store.doctor import examine

    return [finding.words for finding in examine(path)]


def _short(target: str) -> str:
    return target.rsplit("/", 1)[-1] if "://" in target else Path(target).stem
