"""Ten years of data, made once for all measurements."""

from __future__ import annotations

from pathlib import Path

import pytest

from stagecraft.base.clock import Clock
from stagecraft.services.engine import Engine
from stagecraft.store.store import Store
from tests.benchmarks.ten_years import BUSY_MONDAY, write


@pytest.fixture(scope="session")
def ten_years(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("ten") / "ten-years.stagecraft"
    write(path)
    return path


@pytest.fixture
def engine(ten_years):
    store = Store.open(ten_years, read_only=True)
    yield Engine(store, Clock.on(BUSY_MONDAY))
    store.close()
