"""One run of the program: the window, the company file open in it, and the first steps where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from stagecraft.app import workers
from stagecraft.app.places import SUFFIX, ask_file, ask_place, short_name
from stagecraft.base.errors import FileProblem, Refused
from stagecraft.ui.frame import Frame

if TYPE_CHECKING:
    from stagecraft.app.copies import Copies
    from stagecraft.base.clock import Clock
    from stagecraft.base.settings import Settings
    from stagecraft.services.engine import Engine
    from stagecraft.ui.beside import Beside
    from stagecraft.ui.failures import BugCatcher
    from stagecraft.ui.jobs import Jobs
    from stagecraft.ui.window import Window

_BEYOND_USE = frozenset({
    "file.damaged", "file.empty", "file.foreign", "file.missing", "file.parts", "file.strange", "file.triggers"
})  # fmt: skip
"""What can be wrong with a file whose backup is the way out."""


class Session(QObject):
    """One run of the program: the settings, the frame, the window in it, and the company file open in that."""

    jobs: Jobs
    beside: Beside
    copies: Copies
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

        from stagecraft.app.copies import Copies
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
        self.copies = Copies(self)
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
            "backup": self.copies.back_up,
            "restore": self.copies.restore,
            "check": self.copies.check,
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

    # --- opening -------------------------------------------------------------------------------------------

    def open(self, target: str, page: str = "", *, read_only: bool = False) -> None:
        """Open a company file on a worker and show it; a file that cannot be opened says why, and the way out."""
        self.leave_file()
        self.window.waiting.setText(f"Opening {short_name(target)}…")
        clock, who = self.clock, self.who
        self.jobs.start(
            f"Opening {short_name(target)}",
            lambda report: workers.open_engine(target, clock, who, read_only=read_only),
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

    def leave_file(self) -> None:
        """Close the file that is open and begin with an empty window."""
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
            "Checking the file", lambda report: engine.store.check(), lambda _none: None, self.trouble
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
            self.trouble(trouble)

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
        return f"Restore the backup of {when}", lambda: self.copies.restore_as(backups[0].path, path)

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
            "Building the sample season", lambda report: workers.build_sample(path, clock, report),
            lambda _done: self.open(str(path)), self.trouble,
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
        path = ask_place(self.window, self.settings, "Where to keep it", f"{stem}{SUFFIX}")
        if path is None:
            return
        clock, who = self.clock, self.who
        self.jobs.start(
            "Making the company file",
            lambda report: workers.make_company(path, given, clock, who),
            lambda _done: self.open(str(path), "company"),
            self.trouble,
        )
        self._import_next = then_import

    def choose_file(self) -> None:
        """Pick a company file and open it."""
        if path := ask_file(self.window, self.settings, "Open a company file"):
            self.open(str(path))

    def trouble(self, trouble: BaseException) -> None:
        """Show what went wrong in words; anything else is a mistake of the program."""
        if isinstance(trouble, Refused | FileProblem):
            self.window.show_trouble(trouble)
        else:
            raise trouble
