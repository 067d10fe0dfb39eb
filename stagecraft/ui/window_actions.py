"""Everything the window itself can do, declared: the menu bar, the keys, the command bar and their help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stagecraft.ui.actions import Action
from stagecraft.ui.page_table import page_keys
from stagecraft.ui.theme import THEMES, theme

if TYPE_CHECKING:
    from stagecraft.ui.window import Window

FileActions = dict[str, Callable[[], object]]
"""What the composition root offers: open, new, sample, import, export, backup, restore, check, settings, help, keys."""

_FILE = (
    ("new", "New company file…", "", "plus", "create start"),
    ("open", "Open…", "Ctrl+O", "folder", "file database"),
    ("sample", "Open the sample season", "", "star", "demo bombshell hit list example"),
    ("production", "New production", "", "plus", "show add"),
    ("details", "Production details", "", "settings", "venue rooms dates code"),
    ("import", "Import…", "", "save", "csv spreadsheet people breakdown availability schedule"),
    ("export", "Export…", "", "arrow", "csv spreadsheet people breakdown availability schedule save"),
    ("backup", "Back up to…", "", "copy", "copy safe"),
    ("restore", "Restore a backup…", "", "history", ""),
    ("check", "Check this file", "", "check", "doctor integrity"),
    ("settings", "Settings", "Ctrl+,", "settings", "name role theme 24 hours paper"),
)
_NEEDS_DESK = frozenset({"production", "details", "import", "export", "backup", "check"})
_LINES_BEFORE = frozenset({"production", "import", "backup", "settings"})


def window_actions(window: Window, files: FileActions) -> list[Action]:
    """The window's actions in the order of its menus."""
    return [
        *_file(window, files),
        *_edit(window),
        *_go(window),
        *_view(window, files),
        *_help(files),
    ]


def _open(window: Window) -> bool:
    return window.desk is not None


def _file(window: Window, files: FileActions) -> list[Action]:
    made = []
    for key, text, shortcut, icon, more in _FILE:
        if key not in files:
            continue
        needs = key in _NEEDS_DESK
        enabled = (lambda: _open(window)) if needs else (lambda: True)
        line = key in _LINES_BEFORE
        made.append(
            Action(f"file.{key}", text, files[key], shortcut, icon, "File", enabled, words=more, separator=line)
        )
    made.insert(
        -1,
        Action(
            "file.print", "Print…", window.print_here, "Ctrl+P", "paper", "File",
            lambda: _open(window), words="paper pdf", separator=True,
        ),
    )  # fmt: skip
    # The frame, not what it holds: only that ends the program.
    made.append(
        Action(
            "file.quit",
            "Close Stagecraft",
            lambda: window.window().close(),
            "Ctrl+Q",
            "",
            "File",
            separator=True,
        )
    )
    return made


def _edit(window: Window) -> list[Action]:
    def can_undo() -> bool:
        return window.desk is not None and window.desk.undo_text() is not None

    def can_redo() -> bool:
        return window.desk is not None and window.desk.redo_text() is not None

    return [
        Action("edit.undo", "Undo", window.undo, "Ctrl+Z", "undo", "Edit", can_undo, words="take back"),
        Action("edit.redo", "Redo", window.redo, "Ctrl+Shift+Z | Ctrl+Y", "redo", "Edit", can_redo),
        Action(
            "edit.find", "Find or do anything…", window.open_bar, "Ctrl+K", "search", "Edit", separator=True
        ),
    ]


def _go(window: Window) -> list[Action]:
    keys = page_keys(window.pages.values())
    made = [
        Action(
            f"go.{spec.name}",
            spec.title,
            lambda name=spec.name: window.show_page(name),
            keys[spec.name],
            spec.icon,
            "Go",
            lambda: _open(window),
            words="page show open go to",
        )
        for spec in window.pages.values()
    ]

    def here() -> bool:
        return _open(window)

    return [
        *made,
        Action("go.today-date", "Today’s date", window.go_today, "Ctrl+T", "", "Go", here, separator=True),
        Action("go.tomorrow", "Tomorrow", window.go_tomorrow, "Ctrl+D", "", "Go", here),
        Action("go.back", "Back", lambda: window.step(-1), "Alt+Left", "left", "Go", here),
        Action("go.on", "On", lambda: window.step(1), "Alt+Right", "right", "Go", here),
        Action(
            "go.finding",
            "Next flag",
            lambda: window.next_finding(1),
            "F8",
            "red",
            "Go",
            here,
            separator=True,
        ),
        Action("go.finding-back", "Previous flag", lambda: window.next_finding(-1), "Shift+F8", "", "Go", here),
    ]


def _view(window: Window, files: FileActions) -> list[Action]:
    made = [
        Action("view.rail", "Narrow rail", window.toggle_rail, "Ctrl+B", "tray", "View", checked=window.is_slim),
        Action(
            "view.inspector", "Inspector", window.toggle_inspector, "Ctrl+I", "inspector", "View",
            lambda: _open(window), lambda: window.side.widget() is not None,
        ),
    ]  # fmt: skip
    for index, name in enumerate(THEMES):
        made.append(
            Action(
                f"view.{name}",
                f"{name.capitalize()} theme",
                lambda name=name: window.switch_theme.emit(name),
                menu="View",
                checked=lambda name=name: theme() == name,
                words="appearance colour",
                separator=index == 0,
            )
        )
    return made


def _help(files: FileActions) -> list[Action]:
    made = []
    if "help" in files:
        made.append(Action("help.pages", "Help", files["help"], "F1", "info", "Help", words="manual how"))
    made.append(Action("help.keys", "Keys", files["keys"], "Ctrl+/", "", "Help", words="shortcuts keyboard"))
    made.append(
        Action("help.about", "About Stagecraft", files["about"], "", "", "Help", words="version licence")
    )
    return made
