"""The only door to the files in `resources/`: fonts, icons, sample season, help pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_dir() -> Path:
    """Folder of the packaged resources; the sibling folder in a checkout."""
    packaged = Path(__file__).resolve().parent.parent / "resources"
    if packaged.is_dir():
        return packaged
    return Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """Path of one resource; raises FileNotFoundError when the installation is incomplete."""
    path = resources_dir().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path
