"""Which pages there are: the rail from top to bottom. A page is imported by name when it is first shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk
    from stagecraft.ui.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page by name; its module is imported when it is first shown. `key` is its own where it has no digit."""

    name: str
    title: str
    icon: str
    module: str
    class_name: str
    key: str = ""

    @property
    def exists(self) -> bool:
        return find_spec(self.module) is not None

    def make(self, desk: Desk) -> Page:
        made: Page = getattr(import_module(self.module), self.class_name)(desk)
        return made


def _spec(name: str, title: str, key: str = "") -> PageSpec:
    return PageSpec(name, title, name, f"stagecraft.ui.pages.{name}_page", f"{name.capitalize()}Page", key)


def page_keys(pages: Iterable[PageSpec]) -> dict[str, str]:
    """The key of each page: its own, or Ctrl and the digit of its place among those without one."""
    keys, digit = {}, 0
    for spec in pages:
        digit += not spec.key
        keys[spec.name] = spec.key or f"Ctrl+{digit % 10}"
    return keys


PAGES = (
    _spec("today", "Today"),
    _spec("calendar", "Calendar"),
    _spec("company", "Company"),
    _spec("contracts", "Contracts"),
    _spec("script", "Script"),
    _spec("reports", "Reports"),
    _spec("rules", "Rules", "Ctrl+Shift+R"),
    _spec("paper", "Paper"),
    _spec("history", "History"),
)
"""The rail from top to bottom; `page_keys` says by which key each opens."""
