"""A PostgreSQL server for the histories that are played on one."""

from __future__ import annotations

import pytest
from postgres_server import running

server = pytest.fixture(running, scope="session")
