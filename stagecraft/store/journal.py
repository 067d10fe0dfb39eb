"""The journal: its tables and the triggers that write before and after images of every changed row.

The triggers are generated from the schema, so that no table can be forgotten; the text that stands in a file is
compared with the generated text at every opening. A write outside a step fails. An update keeps only the columns
that really changed. Images are JSON objects of column name to integer, text (dates as ISO text), true, false or
null, the same on both engines. Reading and replaying them is in `replay`, the stack of steps in `history`.

SQLite: no JSON functions (refused under `trusted_schema=OFF`), and `COLLATE BINARY` in every comparison, or a
change of case in a NOCASE column would go unseen. PostgreSQL: one function a table, three times as fast as one
generic function. It writes a deleted owner before the rows its deletion takes along (cascades queue behind the
owner's own triggers), SQLite after them: playing back must let foreign keys wait for the commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Dialect,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    select,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from stagecraft.store.schema import UNJOURNALLED, Base

journal_metadata = MetaData()

_BIG = BigInteger().with_variant(Integer(), "sqlite")


class _Image(TypeDecorator[Any]):
    """A row as JSON: text on SQLite. PostgreSQL's own kind is imported only there, for it takes asyncio along."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


_IMAGE = _Image()

STEP = Table(
    "step",
    journal_metadata,
    Column("id", _BIG, Identity(), primary_key=True),
    Column("commit_no", _BIG, unique=True),  # NULL until commit on PostgreSQL, equal to id on SQLite
    Column("kind", String(12), nullable=False),  # do | undo | redo | log | import | erase | migration
    Column("code", String(80), nullable=False),
    Column("params", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", _BIG, nullable=False),  # UTC milliseconds
    Column("origin", Text, nullable=False),
    Column("undoes", _BIG),
    Column("undone_by", _BIG, index=True),
    Column("continues", _BIG, index=True),
    Column("revision", String(32), nullable=False),
    Column("xid", String(24)),
    sqlite_autoincrement=True,
)
ROW_CHANGE = Table(
    "row_change",
    journal_metadata,
    Column("seq", _BIG, Identity(), primary_key=True),
    Column("step", _BIG, nullable=False, index=True),
    Column("tbl", String(40), nullable=False),
    Column("key", Text, nullable=False),
    Column("op", String(1), nullable=False),
    Column("before", _IMAGE),
    Column("after", _IMAGE),
    Index("ix_row_change_row", "tbl", "key"),
    sqlite_autoincrement=True,
)
JOURNAL_STATE = Table(
    "journal_state",
    journal_metadata,
    Column("one", Integer, primary_key=True),
    Column("step", Integer),  # the running step; never set in a committed file
)
JOURNAL_MARK = Table(
    "journal_mark",
    journal_metadata,
    Column("one", Integer, primary_key=True),
    Column("pruned_through", _BIG, nullable=False),
)
ALEMBIC_VERSION = Table(
    "alembic_version", journal_metadata, Column("version_num", String(32), primary_key=True)
)

OUTSIDE = "write outside a step"
COMMIT_LOCK = 0x53744743
"""Advisory lock under which PostgreSQL gives commit numbers, taken last in the transaction."""

_KEEP = 'INSERT INTO row_change (step, tbl, "key", op, before, after) VALUES'

OPERATIONS = (("i", "INSERT"), ("u", "UPDATE"), ("d", "DELETE"))


def journalled_tables() -> list[Table]:
    """Every table whose changes are kept, owners before the owned."""
    return [table for table in Base.metadata.sorted_tables if table.name not in UNJOURNALLED]


def journal_tables(conn: Connection) -> list[Table]:
    """The journal's own tables on this engine."""
    sqlite = conn.dialect.name == "sqlite"
    return [table for table in journal_metadata.sorted_tables if sqlite or table is not JOURNAL_STATE]


def create_journal(conn: Connection) -> None:
    """Make the journal's tables and triggers on an empty database whose schema stands."""
    sqlite = conn.dialect.name == "sqlite"
    journal_metadata.create_all(conn, tables=journal_tables(conn))
    conn.execute(JOURNAL_MARK.insert().values(one=1, pruned_through=0))
    if sqlite:
        conn.execute(JOURNAL_STATE.insert().values(one=1, step=None))
    else:
        conn.exec_driver_sql("CREATE SEQUENCE step_commit_no")
    create_triggers(conn)


def create_triggers(conn: Connection) -> None:
    """Give every journalled table its triggers; they must not exist yet."""
    if conn.dialect.name == "sqlite":
        for statement in sqlite_triggers().values():
            conn.exec_driver_sql(statement)
        return
    schema = conn.execute(text("SELECT current_schema()")).scalar_one()
    for table in journalled_tables():
        for statement in _postgres_statements(table, schema):
            conn.exec_driver_sql(statement)


def drop_triggers(conn: Connection) -> None:
    """Remove the journal's triggers, as before a migration."""
    if conn.dialect.name == "sqlite":
        names = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger' AND name GLOB 'zz_*'")
        for (name,) in names.fetchall():
            conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return
    found = conn.execute(
        text(
            "SELECT p.proname FROM pg_proc p WHERE p.proname LIKE 'zz\\_journal\\_%'"
            " AND p.pronamespace = current_schema()::regnamespace"
        )
    )
    for (name,) in found.fetchall():
        conn.exec_driver_sql(f'DROP FUNCTION "{name}"() CASCADE')


def trigger_faults(conn: Connection) -> list[str]:
    """Names of triggers that are missing, foreign or differ from the generated text; empty when all is right.

    On SQLite also `journal_state`, when it says that a step is running: none is in a committed file.
    """
    if conn.dialect.name == "sqlite":
        expected = {**sqlite_triggers(), "journal_state": "[(1, None)]"}
        rows = conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
        found = {str(name): str(sql) for name, sql in rows}
        found["journal_state"] = str([tuple(row) for row in conn.execute(select(JOURNAL_STATE))])
    else:
        expected = dict(_postgres_expected(conn))
        found = {str(name): str(sql) for name, sql in conn.execute(text(_POSTGRES_FOUND))}
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


# --- SQLite ------------------------------------------------------------------------------------------------


def sqlite_triggers() -> dict[str, str]:
    """Name and text of every trigger of a company file."""
    return {name: sql for table in journalled_tables() for name, sql in _sqlite_table(table)}


def _sqlite_table(table: Table) -> Iterator[tuple[str, str]]:
    columns = list(table.columns)
    changed = " OR ".join(_differs(column) for column in columns)
    images = {
        "i": ("NULL", _whole(columns, "new"), "new", ""),
        "u": (_partial(columns, "old"), _partial(columns, "new"), "new", f" WHEN {changed}"),
        "d": (_whole(columns, "old"), "NULL", "old", ""),
    }
    for letter, operation in OPERATIONS:
        before, after, row, condition = images[letter]
        name = f"zz_journal_{table.name}_{letter}"
        statement = (
            f'CREATE TRIGGER "{name}" AFTER {operation} ON "{table.name}"{condition} BEGIN'  # noqa: S608 - our own names
            f" SELECT RAISE(ABORT, '{OUTSIDE}') WHERE (SELECT step FROM journal_state) IS NULL;"
            f" {_KEEP} ((SELECT step FROM journal_state), '{table.name}', {_sqlite_key(table, row)},"
            f" '{letter.upper()}', {before}, {after}); END"
        )
        yield name, statement


def _sqlite_key(table: Table, row: str) -> str:
    values = " || ',' || ".join(_sqlite_value(column, row) for column in table.primary_key.columns)
    return f"'[' || {values} || ']'"


def _differs(column: Column[object]) -> str:
    return f'old."{column.name}" COLLATE BINARY IS NOT new."{column.name}"'


def _whole(columns: list[Column[object]], row: str) -> str:
    pairs = " || ',' || ".join(f"'\"{column.name}\":' || {_sqlite_value(column, row)}" for column in columns)
    return f"'{{' || {pairs} || '}}'"


def _partial(columns: list[Column[object]], row: str) -> str:
    pairs = " || ".join(
        f"CASE WHEN {_differs(column)} THEN ',\"{column.name}\":' || {_sqlite_value(column, row)} ELSE '' END"
        for column in columns
    )
    return f"'{{' || substr({pairs}, 2) || '}}'"


def _sqlite_value(column: Column[object], row: str) -> str:
    name = f'{row}."{column.name}"'
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, Boolean):
        return f"CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
    if isinstance(kind, Integer):
        return f"coalesce(CAST({name} AS TEXT), 'null')"
    if isinstance(kind, String | Date):
        escaped = name
        for plain, code in (("'\\'", "'\\\\'"), ("'\"'", "'\\\"'"), ("char(10)", "'\\n'")):
            escaped = f"replace({escaped}, {plain}, {code})"
        escaped = f"replace(replace({escaped}, char(13), '\\r'), char(9), '\\t')"
        return f"coalesce('\"' || {escaped} || '\"', 'null')"
    if isinstance(kind, LargeBinary):
        raise TypeError(f"{column}: bytes belong into the blob table, named by their hash")
    raise TypeError(f"{column}: the journal keeps integers, text, dates and yes/no, not {kind}")


# --- PostgreSQL --------------------------------------------------------------------------------------------


def _function(table: Table) -> str:
    return f"zz_journal_{table.name}"


def _postgres_key(table: Table, row: str) -> str:
    values = " || ',' || ".join(
        f'to_jsonb({row}."{column.name}")::text' for column in table.primary_key.columns
    )
    return f"'[' || {values} || ']'"


def _postgres_body(table: Table) -> str:
    keep = f"{_KEEP} (s, '{table.name}',"
    columns = "\n".join(
        f'  IF OLD."{column.name}" IS DISTINCT FROM NEW."{column.name}" THEN'
        f" b := b || jsonb_build_object('{column.name}', OLD.\"{column.name}\");"
        f" a := a || jsonb_build_object('{column.name}', NEW.\"{column.name}\"); END IF;"
        for column in table.columns
    )
    return f"""
DECLARE
  s bigint := nullif(current_setting('stagecraft.step', true), '')::bigint;
  b jsonb := '{{}}';
  a jsonb := '{{}}';
BEGIN
  IF s IS NULL OR TG_OP = 'TRUNCATE'
     OR NOT EXISTS (SELECT 1 FROM step WHERE id = s AND xid = pg_current_xact_id()::text) THEN
    RAISE EXCEPTION '{OUTSIDE}' USING ERRCODE = 'SC001';
  END IF;
  IF TG_OP = 'INSERT' THEN
    {keep} {_postgres_key(table, "NEW")}, 'I', NULL, to_jsonb(NEW));
    RETURN NULL;
  ELSIF TG_OP = 'DELETE' THEN
    {keep} {_postgres_key(table, "OLD")}, 'D', to_jsonb(OLD), NULL);
    RETURN NULL;
  END IF;
{columns}
  IF a <> '{{}}' THEN
    {keep} {_postgres_key(table, "NEW")}, 'U', b, a);
  END IF;
  RETURN NULL;
END
"""  # noqa: S608 - names of our own schema


_POSTGRES_FOUND = """
SELECT p.proname || '()', p.prosecdef::text || p.proconfig::text || p.prosrc FROM pg_proc p
 WHERE p.pronamespace = current_schema()::regnamespace AND p.proname LIKE 'zz\\_journal\\_%'
UNION ALL
SELECT t.tgname, t.tgenabled::text || pg_get_triggerdef(t.oid, true)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
UNION ALL
SELECT rulename, definition FROM pg_rules WHERE schemaname = current_schema()
"""
"""Name and text of every function of ours, and of every trigger and rule, ours or not."""


def _postgres_expected(conn: Connection) -> Iterator[tuple[str, str]]:
    quoted = conn.dialect.identifier_preparer.quote
    schema = conn.execute(text("SELECT current_schema()")).scalar_one()
    shown = quoted(schema).replace('"', '\\"')
    for table in journalled_tables():
        name, on = _function(table), quoted(table.name)
        yield f"{name}()", f'true{{"search_path={shown}, pg_temp"}}{_postgres_body(table)}'
        run = f"EXECUTE FUNCTION {name}()"
        yield name, f"ACREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE ON {on} FOR EACH ROW {run}"
        yield f"{name}_all", f"ACREATE TRIGGER {name}_all BEFORE TRUNCATE ON {on} FOR EACH STATEMENT {run}"


def _postgres_statements(table: Table, schema: str) -> Iterator[str]:
    name = _function(table)
    yield (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER'
        f' SET search_path = "{schema}", pg_temp AS $journal${_postgres_body(table)}$journal$'
    )
    yield (
        f'CREATE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE ON "{table.name}"'
        f' FOR EACH ROW EXECUTE FUNCTION "{name}"()'
    )
    yield (
        f'CREATE TRIGGER "{name}_all" BEFORE TRUNCATE ON "{table.name}"'
        f' FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()'
    )
    yield f'ALTER TABLE "{table.name}" ENABLE ALWAYS TRIGGER "{name}"'
    yield f'ALTER TABLE "{table.name}" ENABLE ALWAYS TRIGGER "{name}_all"'
