"""Bringing an older file or database up to the schema of this program, with Alembic, configured here in code.

A new file never comes here: it gets the newest schema at once, and Alembic is not loaded.

To change a released schema: change `store/schema`, add `versions/NNNN_<what>.py` whose `down_revision` is the one
before, put NNNN at the end of `revision.REVISIONS`, and keep a file of the old schema in `tests/fixtures`. Rebuild
tables with `op.batch_alter_table`; foreign keys are off meanwhile and checked before the commit. The drift test says
when migrations and schema disagree.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.store.connection import postgres_engine, server_url, sqlite_engine
from stagecraft.store.history import MIGRATION, Step
from stagecraft.store.journal import create_triggers, drop_triggers
from stagecraft.store.problems import plain_words
from stagecraft.store.revision import FORMAT, HEAD
from stagecraft.store.stepping import begin_step, seal, settle_constraints

FOLDER = Path(__file__).parent


def migrate_file(path: Path, revision: str, clock: Clock) -> None:
    """Bring a company file of an older revision up to date in one transaction: it is old or new, never between.

    The caller holds the file's lock and has made a backup.
    """
    engine = sqlite_engine(path, read_only=False)
    try:
        with plain_words(path), engine.connect().execution_options(writes=True) as conn:
            raw = conn.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")  # inside a transaction it would do nothing
            with conn.begin():
                _migrate(conn, revision, clock)
                conn.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
                if conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise FileProblem(
                        "file.orphans",
                        f"{path.name} could not be brought up to date: rows in it belong to others that are missing.",
                        path=path,
                        remedy="It was left as it was. Look at it with Check file.",
                    )
    finally:
        engine.dispose()


def migrate_server(url: str, revision: str, clock: Clock) -> None:
    """Bring a shared database up to date, one client at a time."""
    engine = postgres_engine(server_url(url))
    try:
        with plain_words(url), engine.begin() as conn:
            conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('stagecraft.migration'))"))
            found = conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            if found == revision:
                _migrate(conn, revision, clock)
    finally:
        engine.dispose()


def _migrate(conn: Connection, revision: str, clock: Clock) -> None:
    drop_triggers(conn)
    upgrade(conn)
    settle_constraints(conn)
    create_triggers(conn)
    params = {"from": revision, "to": HEAD}
    step = begin_step(conn, Step(0, "migration", MIGRATION, params, "", clock.utc_ms(), ""))
    seal(conn, step.id)


def upgrade(conn: Connection, to: str = HEAD) -> None:
    """Run the revisions that are missing, in the transaction that is open; an empty database has none."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER))

    def missing(current: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs(to, current)

    context = MigrationContext.configure(conn, opts={"fn": missing, "transactional_ddl": True})
    with Operations.context(context):
        context.run_migrations()
