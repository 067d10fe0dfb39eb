"""Older files are brought up to date whole; migrations and schema never drift apart."""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from postgres_server import PostgresServer
from sqlalchemy import Connection, create_engine, inspect
from store_dump import Dump, dump

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.store import migrations, opening
from stagecraft.store.backup import backups_of
from stagecraft.store.connection import postgres_engine, server_url
from stagecraft.store.doctor import examine
from stagecraft.store.journal import journalled_tables
from stagecraft.store.revision import HEAD, REVISIONS
from stagecraft.store.schema import Base, Person
from stagecraft.store.store import Store

FIXTURES = Path(__file__).parent.parent / "fixtures"
CLOCK = Clock()

OLDER = """
from alembic import op
revision, down_revision = "0000", None
def upgrade(): pass
"""
NEWER = """
import sqlalchemy as sa
from alembic import op
from stagecraft.store.schema.base import Words
revision, down_revision = "0001", "0000"
def upgrade():
    rebuild = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("production", recreate=rebuild) as batch:
        batch.add_column(sa.Column("management", Words(), nullable=False, server_default=""))
    with op.batch_alter_table("production", recreate=rebuild) as batch:
        batch.alter_column("management", server_default=None)
"""


def released(revision: str, folder: Path) -> Path:
    path = folder / f"{revision}.stagecraft"
    path.write_bytes(gzip.decompress((FIXTURES / f"{revision}.stagecraft.gz").read_bytes()))
    return path


def content(store: Store) -> Dump:
    with store.reading() as conn:
        return dump(conn)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_file_of_every_released_schema_opens_with_all_its_rows(revision: str, tmp_path: Path) -> None:
    path = released(revision, tmp_path)
    store = Store.open(path)
    rows = content(store)
    assert set(rows) == {table.name for table in journalled_tables()}
    assert min(len(found) for name, found in rows.items() if name != "house") >= 3
    store.close()
    assert examine(path) == []


def _differences(conn: Connection) -> list[object]:
    wanted = set(Base.metadata.tables)
    context = MigrationContext.configure(
        conn,
        opts={
            "include_name": lambda name, kind, parents: kind != "table" or name in wanted,
            "compare_type": True,
        },
    )
    return list(compare_metadata(context, Base.metadata))


def test_migrations_and_schema_agree_on_sqlite() -> None:
    migrated, made = create_engine("sqlite://"), create_engine("sqlite://")
    with migrated.begin() as one, made.begin() as two:
        migrations.upgrade(one)
        Base.metadata.create_all(two)
        assert _differences(one) == []
        query = (
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
        )
        tables = [
            {name: " ".join(str(sql).split()) for name, sql in conn.exec_driver_sql(query)}
            for conn in (one, two)
        ]
        assert tables[0] == tables[1]
    migrated.dispose()
    made.dispose()


def test_migrations_and_schema_agree_on_postgresql(postgres: PostgresServer) -> None:
    engine = postgres_engine(server_url(postgres.empty()))
    with engine.begin() as conn:
        migrations.upgrade(conn)
        assert _differences(conn) == []
    engine.dispose()


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of an invented revision 0000, in which productions know no management, and the way up from it."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / "0000_old.py").write_text(OLDER)
    (folder / "versions" / "0001_new.py").write_text(NEWER)
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(opening, "REVISIONS", ("0000", "0001"))
    path = released("0001", tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
        for name in names:
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("ALTER TABLE production DROP COLUMN management")
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
        raw.execute("PRAGMA user_version = 0")
    return path


def test_an_older_file_is_backed_up_and_brought_up_to_date(older: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    now = Store.open(released("0001", tmp_path / "new"))
    expected = content(now)
    now.close()
    before = older.read_bytes()
    store = Store.open(older)
    (backup,) = backups_of(older)
    assert backup.reason == "migration"
    with closing(sqlite3.connect(backup.path)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
    for row in expected["production"]:
        row["management"] = ""
    assert content(store) == expected
    assert store.undo_step() is None
    with store.step("AddPerson", origin="", who="ann", clock=CLOCK) as work:
        work.add(Person(name="New", sort_name="New"))
    store.undo(origin="", who="ann", clock=CLOCK)
    assert content(store) == expected
    store.close()
    assert examine(older) == []
    assert older.read_bytes() != before


def test_a_migration_that_fails_leaves_the_old_file(older: Path) -> None:
    script = migrations.FOLDER / "versions" / "0001_new.py"
    script.write_text(NEWER + "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        Store.open(older)
    with closing(sqlite3.connect(older)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
        assert "management" not in {row[1] for row in raw.execute("PRAGMA table_info(production)")}
    script.write_text(NEWER)
    Store.open(older).close()


def test_an_older_file_to_read_only_is_refused_unchanged(older: Path) -> None:
    before = older.read_bytes()
    with pytest.raises(FileProblem, match="older Stagecraft"):
        Store.open(older, read_only=True)
    assert older.read_bytes() == before


def test_a_shared_database_is_brought_up_to_date(
    postgres: PostgresServer, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.company()
    engine = postgres_engine(server_url(url))
    with engine.begin() as conn:
        conn.exec_driver_sql("ALTER TABLE production DROP COLUMN management")
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    store = Store.open(url)
    with store.step("AddPerson", origin="", who="ann", clock=CLOCK) as work:
        work.add(Person(name="New", sort_name="New"))
    with engine.connect() as conn:
        assert "management" in {column["name"] for column in inspect(conn).get_columns("production")}
    engine.dispose()
    store.close()
    assert examine(url) == []


def test_new_files_need_no_migrations(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stagecraft.store.store import Store\n"
        f"Store.create(Path({str(tmp_path / 'new.stagecraft')!r})).close()\n"
        f"Store.open(Path({str(tmp_path / 'new.stagecraft')!r})).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_newest_revision_is_the_last_one() -> None:
    assert REVISIONS[-1] == HEAD
