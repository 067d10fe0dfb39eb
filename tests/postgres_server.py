"""A real PostgreSQL server for the tests: started once, on a socket in a temporary folder, thrown away after."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from stagecraft.store.store import Store

PORT = 54329


def binaries() -> Path | None:
    """Folder with `initdb` and `pg_ctl` of the newest installed server, None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def running() -> Iterator[PostgresServer]:
    """A server for as long as a fixture lives; without its binaries the tests are skipped and say so."""
    folder = binaries()
    if folder is None:
        pytest.skip(
            "NO POSTGRESQL: install the package `postgresql` (initdb was found nowhere) to run this test"
        )
    server = PostgresServer(folder)
    server.start()
    yield server
    server.stop()


class PostgresServer:
    """One server; `empty()` and `company()` give the URLs of new databases."""

    def __init__(self, folder: Path) -> None:
        self._bin = folder
        self._home = Path(tempfile.mkdtemp(prefix="stagecraft-pg-", dir="/tmp"))
        self._numbers = itertools.count(1)
        self._template = ""
        # The server refuses to run as root, so it then runs as its own user.
        self._as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as_user:
            account = pwd.getpwnam("postgres")
            os.chown(self._home, account.pw_uid, account.pw_gid)

    def start(self) -> None:
        data = str(self._home / "data")
        self._run(
            "initdb", "-D", data, "-U", "stagecraft", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = f"-c listen_addresses='' -k {self._home} -p {PORT} -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "-D", data, "-w", "-l", str(self._home / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._home / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._home, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._bin / program), *arguments]
        # Not captured: the server inherits the pipes and they would never close.
        with (self._home.parent / f"{self._home.name}.out").open("w+b") as out:
            done = subprocess.run(command, cwd="/tmp", stdout=out, stderr=out, timeout=120, check=False)
            out.seek(0)
            said = out.read().decode()
        Path(f"{self._home}.out").unlink(missing_ok=True)
        if done.returncode:
            raise RuntimeError(f"{program}: {said}")

    def url(self, database: str) -> str:
        return f"postgresql://stagecraft@/{database}?host={self._home}&port={PORT}"

    def empty(self, template: str = "template0") -> str:
        """URL of a new database without tables."""
        name = f"t{next(self._numbers)}"
        engine = create_engine(
            self.url("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as conn:
            conn.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        engine.dispose()
        return self.url(name)

    def company(self) -> str:
        """URL of a database with a new company in it."""
        if not self._template:
            url = self.empty()
            Store.create(url, name="Theatre").close()
            self._template = url
        return self.copy(self._template)

    def copy(self, url: str) -> str:
        """URL of a new database with the same content as this one, which nobody may have open."""
        return self.empty(url.split("/")[3].split("?", maxsplit=1)[0])
