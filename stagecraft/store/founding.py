"""Making a new company file, or the tables of an empty shared database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, insert, inspect
from sqlalchemy.exc import DBAPIError

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.domain.kinds import DEPARTMENTS
from stagecraft.store.connection import APPLICATION_ID, is_url, postgres_engine, server_url, sqlite_engine
from stagecraft.store.files import FileLock, tidy_journal
from stagecraft.store.history import NEW_FILE, Step
from stagecraft.store.journal import ALEMBIC_VERSION, create_journal
from stagecraft.store.problems import is_full, plain_words
from stagecraft.store.revision import FORMAT, HEAD
from stagecraft.store.schema import Base, Department, House
from stagecraft.store.stepping import begin_step, end_step


def found(target: Path | str, *, name: str, clock: Clock) -> None:
    """Create schema, journal and first rows; raises `FileProblem`, and then leaves nothing behind."""
    if is_url(target):
        _found_server(str(target), name, clock)
    else:
        _found_file(Path(target), name, clock)


def _found_file(path: Path, name: str, clock: Clock) -> None:
    making, lock = path.with_name(f".{path.name}.new"), FileLock(path)
    try:
        lock.acquire()
        if path.exists():
            raise FileProblem(
                "file.exists",
                f"There is already a file {path.name} here.",
                path=path,
                remedy="Choose another name.",
            )
        making.unlink(missing_ok=True)
        make_file(making, lambda conn: _seed(conn, name, clock))
        making.rename(path)
    except (OSError, DBAPIError) as error:
        full = is_full(error)
        raise FileProblem(
            "file.cannot_make",
            f"The disk is full, so {path.name} was not made."
            if full
            else f"No file can be made in {path.parent}.",
            path=path,
            remedy="Make room on it." if full else "Choose a folder that exists and in which you may write.",
        ) from error
    finally:
        if lock.release():
            making.unlink(missing_ok=True)


def make_file(path: Path, fill: Callable[[Connection], None]) -> None:
    """A new SQLite file with the schema of this program, filled by `fill` in the same transaction."""
    path.open("xb").close()
    engine = sqlite_engine(path, read_only=False)
    try:
        with engine.connect().execution_options(writes=True) as conn, conn.begin():
            conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            conn.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
            build_schema(conn)
            fill(conn)
    finally:
        engine.dispose()
        tidy_journal(path)


def _found_server(url: str, name: str, clock: Clock) -> None:
    engine = postgres_engine(server_url(url))
    try:
        with plain_words(url), engine.begin() as conn:
            check_empty(conn)
            build_schema(conn)
            _seed(conn, name, clock)
    finally:
        engine.dispose()


def check_empty(conn: Connection) -> None:
    """Raise `FileProblem` unless the database holds no table yet."""
    if inspect(conn).get_table_names():
        raise FileProblem(
            "server.not_empty",
            "This database already holds tables, so nothing was changed in it.",
            remedy="Make an empty database for the company.",
        )


def build_schema(conn: Connection) -> None:
    """All tables, the journal with its triggers, and the stamp of the newest revision; loads no migrations."""
    Base.metadata.create_all(conn)
    create_journal(conn)
    conn.execute(insert(ALEMBIC_VERSION).values(version_num=HEAD))


def _seed(conn: Connection, name: str, clock: Clock) -> None:
    step = begin_step(conn, Step(0, "migration", NEW_FILE, {}, "", clock.utc_ms(), ""))
    house = {
        "id": 1,
        "name": name,
        "zone": "America/New_York",
        "paper": "letter",
        "time_style": "12",
        "week_start": 0,
        "day_cut": 240,
    }
    conn.execute(insert(House), [house])
    departments = [
        {
            "code": d.code,
            "name": d.name,
            "prefix": d.prefix,
            "route": d.route,
            "position": place,
            "hidden": False,
        }
        for place, d in enumerate(DEPARTMENTS)
    ]
    conn.execute(insert(Department), departments)
    end_step(conn, step)
