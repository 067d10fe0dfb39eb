"""Where company files are: asking for one, and for a place for a new one, near the last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from stagecraft.base.settings import Settings

SUFFIX = ".stagecraft"
FILTER = f"Company files (*{SUFFIX});;All files (*)"


def ask_file(over: QWidget, settings: Settings, title: str) -> Path | None:
    """A company file that is there; None when nobody chose one."""
    from PySide6.QtWidgets import QFileDialog

    folder = settings.last_folder or str(Path.home())
    chosen, _ = QFileDialog.getOpenFileName(over, title, folder, FILTER)
    if not chosen:
        return None
    settings.last_folder = str(Path(chosen).parent)
    return Path(chosen)


def ask_place(over: QWidget, settings: Settings, title: str, name: str) -> Path | None:
    """A place for a new file; whether one that is there may go was asked already."""
    from PySide6.QtWidgets import QFileDialog

    folder = Path(settings.last_folder or Path.home())
    chosen, _ = QFileDialog.getSaveFileName(over, title, str(folder / name), FILTER)
    if not chosen:
        return None
    path = Path(chosen) if Path(chosen).suffix else Path(chosen + SUFFIX)
    settings.last_folder = str(path.parent)
    return path


def short_name(target: str) -> str:
    """A file or a shared database in one word."""
    return target.rsplit("/", 1)[-1] if "://" in target else Path(target).stem
