"""What can be done, declared as data: menus, toolbar, command bar, shortcuts and their help are built from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    `shortcut` is written as Qt reads it ("Ctrl+Shift+C"). A single-key shortcut ("N", "Del") only acts while
    no field has the focus. `menu` is the title of the menu bar's menu it stands in; empty keeps it out of the
    bar but in the command bar and the shortcut help. `enabled` and `checked` are asked whenever it is shown.
    """

    id: str
    text: str
    run: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    menu: str = ""
    enabled: Callable[[], bool] = field(default=lambda: True)
    checked: Callable[[], bool] | None = None
    words: str = ""
    """Further words the command bar finds it by."""
    separator: bool = False
    """A line before it in its menu."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the command bar: what it is, what it is about, and what happens on Enter.

    `rank` orders hits: higher first; pages give 100 to a phrase they fully understand.
    """

    title: str
    run: Callable[[], object]
    detail: str = ""
    kind: str = ""
    icon: str = "arrow"
    rank: int = 50


MENUS = ("File", "Edit", "Go", "View", "Page", "Help")
"""Order of the menu bar; a menu with no actions is not shown."""
