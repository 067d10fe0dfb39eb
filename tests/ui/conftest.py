"""What tests of the window share: the theme, a desk, and a window that works on it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from stagecraft.base.settings import Settings
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.ui.desk import Desk
from stagecraft.ui.theme import apply_theme, load_fonts
from stagecraft.ui.window import Window
from stagecraft.ui.window_actions import window_actions


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["stagecraft"]


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """The application as a user sees it."""
    load_fonts()
    apply_theme("light")


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Widgets of one test are gone before the next: a theme is applied to every living one, and minutes add up."""
    yield
    gc.collect()
    # An inspector that no window took in has nobody to delete it.
    for widget in QApplication.topLevelWidgets():
        if widget.parent() is None and type(widget).__module__.startswith("stagecraft."):
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # What is alive now stays for the session: the next collection need not walk through it again.
    gc.freeze()


@pytest.fixture
def desk(company: Engine) -> Iterator[Desk]:
    """A desk on a company with two productions: HIT (a workshop) and BOMB (a run)."""
    company.execute(AddProduction("Hit List", "HIT", kind="workshop"))
    company.execute(AddProduction("Bombshell", "BOMB", kind="run"))
    desk = Desk(company)
    yield desk
    desk.jobs.stop_all()
    desk.close()


@pytest.fixture
def window(qtbot, desk: Desk) -> Iterator[Window]:
    """A shown window of 1280 × 800 with every page there is, on `desk`."""
    window = Window(Settings(name="Rosa Vega"))
    window.menus.set_actions(window_actions(window, {"keys": lambda: None, "about": lambda: None}))
    window.set_desk(desk, "company", "history")
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()
