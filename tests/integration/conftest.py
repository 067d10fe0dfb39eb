"""Both engines: a test that takes `store` or `target` runs on an SQLite file and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from postgres_server import PostgresServer, running

from stagecraft.base.clock import Clock
from stagecraft.services.engine import Engine
from stagecraft.store.store import Store

TODAY = date(2027, 1, 14)

postgres = pytest.fixture(running, scope="session")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a new company may be made: the path of a file that is not there, or the URL of an empty database."""
    if request.param == "sqlite":
        return tmp_path / "company.stagecraft"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.empty()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def company_target(request: pytest.FixtureRequest, tmp_path: Path, empty_company: bytes) -> str | Path:
    """A company already made: path of its file, or URL of its database."""
    if request.param == "sqlite":
        path = tmp_path / "company.stagecraft"
        path.write_bytes(empty_company)
        return path
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.company()


@pytest.fixture
def store(company_target: str | Path) -> Iterator[Store]:
    """An open, new company on either engine."""
    store = Store.open(company_target)
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def company(company_target: str | Path) -> Iterator[Engine]:
    """The engine on a new company at noon of `TODAY`, on a file and on a server: services and queries run on both."""
    store = Store.open(company_target)
    yield Engine(store, Clock.on(TODAY), "Rosa Vega")
    store.close(backup=False)
