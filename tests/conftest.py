"""What all tests share: a home of their own, a clock that stands still, and a company in a new file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

# Set before Qt is imported anywhere; `pytest --platform xcb` style runs set it themselves.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TODAY = date(2027, 1, 14)
"""The day on which tests happen: Thursday of the workshop's first week in the sample season."""


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and backups of a test go into a folder of its own, never into the user's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("STAGECRAFT_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def empty_company(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A new company file, made once: to copy one is three times as quick as to make it."""
    from stagecraft.base.clock import Clock
    from stagecraft.store.store import Store

    path = tmp_path_factory.mktemp("empty") / "company.stagecraft"
    Store.create(path, name="Harbor & Vine", clock=Clock.on(TODAY)).close(backup=False)
    return path.read_bytes()


@pytest.fixture
def company(tmp_path: Path, empty_company: bytes) -> Iterator:
    """The engine on a new, empty company file, on `TODAY` at noon, for Rosa Vega."""
    from stagecraft.base.clock import Clock
    from stagecraft.services.engine import Engine
    from stagecraft.store.store import Store

    path = tmp_path / "company.stagecraft"
    path.write_bytes(empty_company)
    store = Store.open(path)
    yield Engine(store, Clock.on(TODAY), "Rosa Vega")
    store.close(backup=False)
