"""The journal's triggers, exactly: what is written, what is refused, what undo proves before it commits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator
from store_dump import Dump, dump

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem, Refused
from stagecraft.services.engine import Engine
from stagecraft.store.doctor import examine
from stagecraft.store.journal import STEP, journalled_tables, sqlite_triggers
from stagecraft.store.replay import Change, changes_of, fold, play_back, sorted_net
from stagecraft.store.schema import Base, Contract, Note, Person, PersonPrivate, Production, Report, Show, Track
from stagecraft.store.store import Store
from stagecraft.store.undoing import BuiltOn

CLOCK = Clock.on(date(2027, 1, 14))


def do(store: Store, who: str = "ann", code: str = "Do") -> object:
    return store.step(code, origin="test", who=who, clock=CLOCK)


def content(store: Store) -> Dump:
    with store.reading() as conn:
        return dump(conn)


def last_changes(store: Store) -> list[Change]:
    with store.reading() as conn:
        step = conn.execute(select(STEP.c.id).order_by(STEP.c.id.desc()).limit(1)).scalar_one()
        return changes_of(conn, [step])


def person(store: Store, name: str = "Ann", who: str = "ann") -> int:
    with do(store, who) as work:
        return work.add(Person(name=name, sort_name=name)).id


# --- what is written ---------------------------------------------------------------------------------------


def test_the_schema_holds_only_what_the_journal_keeps_exactly() -> None:
    kinds = set()
    for table in journalled_tables():
        assert len(table.primary_key.columns) == 1
        for column in table.columns:
            kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
            assert not isinstance(kind, Float | Numeric), column
            kinds.add(
                Boolean if isinstance(kind, Boolean) else Date if isinstance(kind, Date) else kind.__class__
            )
    assert {kind.__name__ for kind in kinds} == {"Integer", "Text", "Boolean", "Date"}


def test_every_foreign_key_is_deferred_and_none_restricts() -> None:
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            assert (key.deferrable, key.initially) == (True, "DEFERRED"), key.name
            assert key.ondelete in ("CASCADE", "SET NULL"), key.name


def test_sqlite_triggers_use_no_json_function_and_compare_bytes() -> None:
    for name, sql in sqlite_triggers().items():
        assert "json" not in sql.lower(), name
        assert sql.count("IS NOT") == sql.count("COLLATE BINARY IS NOT"), name


def test_ids_are_never_reused(store: Store) -> None:
    first = person(store)
    with do(store) as work:
        work.remove(work.get(Person, first))
    assert person(store) > first


AWKWARD = 'é "quoted" \\ back\\nslash \n \r \t \x01\x1f \x7f 李 𝄞 \u2028 {"a":1} \'x\''


def test_an_insert_keeps_the_whole_row_an_update_only_what_changed(store: Store) -> None:
    with do(store) as work:
        row = work.add(Person(name=AWKWARD, sort_name="", share_contact=True))
        work.add(PersonPrivate(person_id=row.id, birthday=date(1990, 2, 3)))
        key = row.id
    one, two = last_changes(store)
    assert (one.op, one.key, one.before) == ("I", (key,), {})
    assert one.after == content(store)["person"][0]
    assert one.after["name"] == AWKWARD
    assert one.after["share_contact"] is True
    assert one.after["photo"] is None
    assert (two.key, two.after["birthday"]) == ((key,), "1990-02-03")
    with do(store) as work:
        found = work.get(Person, key)
        found.phone, found.share_contact, found.sort_name = "555", False, ""
    (change,) = last_changes(store)
    assert (change.before, change.after) == (
        {"phone": "", "share_contact": True},
        {"phone": "555", "share_contact": False},
    )


def test_a_change_of_case_is_journalled(store: Store) -> None:
    key = person(store, "Bob")
    with do(store) as work:
        work.get(Person, key).name = "bob"
    assert [change.after for change in last_changes(store)] == [{"name": "bob"}]


def test_cascades_are_written_with_every_row_they_took(store: Store) -> None:
    key = person(store)
    with do(store) as work:
        show = work.add(Show(title="Bombshell"))
        production = work.add(Production(show_id=show.id, code="BOMB", name="", kind="run", colour="bomb"))
        work.add(Contract(person_id=key, production_id=production.id, state="offer"))
        work.add(PersonPrivate(person_id=key))
    before = content(store)
    with do(store) as work:
        work.remove(work.get(Person, key))
    changes = last_changes(store)
    assert {change.table for change in changes} == {"person", "person_private", "contract"}
    # SQLite writes the children first, PostgreSQL the owner: its cascades queue behind the owner's own triggers.
    assert changes[-1 if store.dialect == "sqlite" else 0].table == "person"
    store.undo(origin="", who="ann", clock=CLOCK)
    assert content(store) == before


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET name = 'x'",
        "DELETE FROM person",
        "INSERT INTO show (title, authors) VALUES ('x', '')",
    ],
)
def test_a_write_outside_a_step_fails(store: Store, statement: str) -> None:
    person(store)
    before = content(store)
    with pytest.raises(DBAPIError, match="outside a step"), store.engine.begin() as conn:
        conn.exec_driver_sql(statement)
    assert content(store) == before


def test_replace_and_truncate_do_not_get_past_the_journal(store: Store) -> None:
    key = person(store)
    if store.dialect == "sqlite":
        with do(store) as work:
            work.session.execute(
                text("REPLACE INTO person_private VALUES (:id, 'a', '', NULL, '', '', '')"), {"id": key}
            )
            work.session.execute(
                text("REPLACE INTO person_private VALUES (:id, 'b', '', NULL, '', '', '')"), {"id": key}
            )
        assert [change.op for change in last_changes(store)] == ["I", "D", "I"]
        return
    with pytest.raises(DBAPIError, match="outside a step"), store.engine.begin() as conn:
        conn.exec_driver_sql("TRUNCATE person CASCADE")
    with pytest.raises(DBAPIError, match="outside a step"), store.engine.begin() as conn:
        conn.exec_driver_sql("SET stagecraft.step = '1'; UPDATE person SET name = 'x'")  # a step that is over
    with pytest.raises(DBAPIError, match="outside a step"), store.engine.begin() as conn:
        conn.exec_driver_sql("SET session_replication_role = replica; UPDATE person SET name = 'x'")


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["DROP TRIGGER zz_journal_person ON person"], "file.triggers"),
        (["ALTER TABLE person DISABLE TRIGGER zz_journal_person"], "file.triggers"),
        (
            [
                "DROP TRIGGER zz_journal_person ON person",
                "CREATE TRIGGER zz_journal_person AFTER INSERT ON person EXECUTE FUNCTION zz_journal_person()",
                "ALTER TABLE person ENABLE ALWAYS TRIGGER zz_journal_person",
            ],
            "file.triggers",
        ),
        (["ALTER FUNCTION zz_journal_person() SECURITY INVOKER"], "file.triggers"),
        (["ALTER FUNCTION zz_journal_person() RESET search_path"], "file.triggers"),
        (["CREATE RULE silent AS ON DELETE TO person DO INSTEAD NOTHING"], "file.triggers"),
        (
            ["CREATE TRIGGER theirs BEFORE TRUNCATE ON person EXECUTE FUNCTION zz_journal_person()"],
            "file.triggers",
        ),
        (["ALTER TABLE person DROP COLUMN note"], "file.parts"),
        (["UPDATE alembic_version SET version_num = '0999'"], "file.newer"),
        (["DELETE FROM alembic_version"], "server.foreign"),
        (["DROP TABLE alembic_version"], "server.foreign"),
    ],
)
def test_a_shared_database_changed_by_others_is_refused(
    postgres: PostgresServer, statements: list[str], code: str
) -> None:
    url = postgres.company()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        for statement in statements:
            conn.exec_driver_sql(statement)
    engine.dispose()
    with pytest.raises(FileProblem) as refused:
        Store.open(url)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://host:port/company", "server.address"),
        ("postgres://ann:secret@127.0.0.1:1/company", "server.away"),
        ("postgresql://ann:secret@/company?host=/nowhere", "server.away"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(url: str, code: str) -> None:
    for attempt in (Store.open, Store.create, examine):
        with pytest.raises(FileProblem) as refused:
            attempt(url)
        assert refused.value.code == code
        assert "secret" not in f"{refused.value} {refused.value.path}"


def test_a_lost_connection_loses_only_the_running_step(postgres: PostgresServer) -> None:
    store = Store.open(postgres.company())
    person(store, "Ann")
    kill = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with pytest.raises(FileProblem, match="was not saved") as lost, do(store) as work:  # noqa: PT012
        work.add(Person(name="lost", sort_name=""))
        with store.engine.connect() as other:
            other.execute(kill)
        work.add(Person(name="lost too", sort_name=""))
    assert lost.value.code == "server.lost"
    with store.engine.connect() as other:  # between two steps nobody notices
        other.execute(kill)
    person(store, "Bob")
    assert [row["name"] for row in content(store)["person"]] == ["Ann", "Bob"]
    store.undo(origin="", who="ann", clock=CLOCK)
    assert [row["name"] for row in content(store)["person"]] == ["Ann"]
    store.close()


def test_a_commit_whose_answer_is_lost_is_known_to_have_been_made(postgres: PostgresServer) -> None:
    """A server that waits for a second one has committed already; cut off there, the answer never comes."""
    store = Store.open(postgres.company())
    waiting = text("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")

    def set_standby(name: str) -> None:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            conn.exec_driver_sql(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
            conn.exec_driver_sql("SELECT pg_reload_conf()")

    def cut() -> None:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            while (pid := conn.execute(waiting).scalar()) is None:
                conn.exec_driver_sql("SELECT pg_sleep(0.01)")
            conn.execute(select(func.pg_terminate_backend(pid)))

    set_standby("nobody")
    try:
        cutter = threading.Thread(target=cut)
        cutter.start()
        key = person(store, "Ann")
        cutter.join()
    finally:
        set_standby("")
    assert [row["id"] for row in content(store)["person"]] == [key]
    store.close()


# --- folding and playing back ------------------------------------------------------------------------------


def change(seq: int, op: str, key: int, before: dict[str, object], after: dict[str, object]) -> Change:
    return Change(seq, 1, "show", (key,), op, before, after)


def test_a_step_is_folded_to_its_net_effect() -> None:
    changes = [
        change(1, "U", 1, {"title": "a"}, {"title": "b"}),
        change(2, "U", 1, {"title": "b", "authors": "x"}, {"title": "a", "authors": "y"}),
        change(3, "I", 2, {}, {"id": 2, "title": "new", "authors": ""}),
        change(4, "D", 2, {"id": 2, "title": "new", "authors": ""}, {}),
        change(5, "U", 3, {"id": 4}, {"id": 3}),
        change(6, "D", 5, {"id": 5, "title": "a", "authors": ""}, {}),
        change(7, "I", 5, {}, {"id": 5, "title": "b", "authors": ""}),
    ]
    nets = [(n.key_before, n.before, n.key_after, n.after) for n in fold(changes)]
    assert nets == [
        ((1,), {"authors": "x"}, (1,), {"authors": "y"}),
        ((4,), {"id": 4}, (3,), {"id": 3}),
        ((5,), {"title": "a"}, (5,), {"title": "b"}),
    ]


def test_an_undo_writes_the_exact_inverse(store: Store) -> None:
    key = person(store)
    with do(store) as work:
        work.get(Person, key).name = "Anna"
        work.add(PersonPrivate(person_id=key))
    done = fold(last_changes(store))
    store.undo(origin="", who="ann", clock=CLOCK)
    assert sorted_net(fold(last_changes(store))) == sorted_net(net.inverse() for net in done)


def _notes(store: Store) -> None:
    """Two notes that point at each other's row, and a third that one of them was carried from."""
    with do(store) as work:
        show = work.add(Show(title="Bombshell"))
        production = work.add(Production(show_id=show.id, code="BOMB", name="", kind="run", colour="bomb")).id
        report = work.add(
            Report(production_id=production, kind="rehearsal", number=1, on_date=date(2027, 1, 14))
        ).id
        rows = [
            work.add(
                Note(
                    production_id=production,
                    report_id=report,
                    department_id=1,
                    number=n,
                    position=n,
                    state="new",
                )
            )
            for n in (1, 2, 3)
        ]
        rows[0].twin_id, rows[1].twin_id = rows[1].id, rows[0].id
        rows[2].carried_from_id = rows[0].id


def test_rows_that_point_at_each_other_come_back(store: Store) -> None:
    """Needs foreign keys to wait for the commit while the step is played back."""
    _notes(store)
    before = content(store)
    with do(store) as work:
        work.session.execute(Base.metadata.tables["note"].delete())
    after = content(store)
    store.undo(origin="", who="ann", clock=CLOCK)
    assert content(store) == before
    store.redo(origin="", who="ann", clock=CLOCK)
    assert content(store) == after
    with store.reading() as conn:
        assert conn.execute(select(STEP.c.commit_no).where(STEP.c.commit_no.is_(None))).first() is None


def test_played_forward_a_swap_cannot_be_taken_back(store: Store) -> None:
    """Backwards every state in between is an original one; forwards the unique codes collide."""
    with do(store) as work:
        show = work.add(Show(title="Bombshell"))
        production = work.add(Production(show_id=show.id, code="BOMB", name="", kind="run", colour="bomb")).id
        one, two = (
            work.add(Track(production_id=production, code=code, kind="principal", position=0)).id
            for code in "AB"
        )
    before = content(store)
    with do(store) as work:
        for track, code in ((one, "x"), (two, "A"), (one, "B")):
            work.get(Track, track).code = code
            work.session.flush()
    changes = last_changes(store)
    with pytest.raises(Refused, match="already one"), do(store) as work:
        play_back(work.session.connection(), list(reversed(changes)))
    with do(store) as work:
        play_back(work.session.connection(), changes)
    assert content(store) == before


def test_an_escaped_line_feed_comes_back_as_one(store: Store) -> None:
    key = person(store, "one\ntwo\\nthree")
    with do(store) as work:
        work.remove(work.get(Person, key))
    store.undo(origin="", who="ann", clock=CLOCK)
    assert content(store)["person"][0]["name"] == "one\ntwo\\nthree"


def test_a_table_of_floats_is_not_accepted() -> None:
    from stagecraft.store.journal import _sqlite_table

    table = Table(
        "t", MetaData(), Column("id", Integer, primary_key=True), Column("x", Float), Column("s", String)
    )
    with pytest.raises(TypeError, match="the journal keeps"):
        list(_sqlite_table(table))


# --- the doctor sees what was done behind the journal's back ----------------------------------------------


def test_the_doctor_compares_the_rewound_journal_with_the_rows(company_target: str | Path) -> None:
    store = Store.open(company_target)
    person(store, "Ann")
    with store.engine.begin() as conn:
        if store.dialect == "sqlite":
            conn.exec_driver_sql(
                "UPDATE row_change SET after = replace(after, 'Ann', 'Eve') WHERE tbl = 'person'"
            )
        else:
            conn.exec_driver_sql(
                "UPDATE row_change SET after = replace(after::text, 'Ann', 'Eve')::jsonb WHERE tbl = 'person'"
            )
    store._changed = False
    store.close()
    assert [finding.code for finding in examine(company_target)] == ["journal.differs"]


# --- as it stood -------------------------------------------------------------------------------------------


def test_as_it_stood_rewinds_a_private_copy(store: Store) -> None:
    key = person(store, "Ann")
    then, commit = content(store), _commit_no(store)
    with do(store) as work:
        work.get(Person, key).name = "Anna"
        work.add(PersonPrivate(person_id=key))
    with do(store) as work:
        work.remove(work.get(Person, key))
    now = content(store)
    past = store.as_it_stood(commit)
    assert content(past) == then
    assert past.read_only
    past.close()
    assert content(store) == now


def _commit_no(store: Store) -> int:
    with store.reading() as conn:
        return int(conn.execute(text("SELECT max(commit_no) FROM step")).scalar_one())


# --- two people in one database ----------------------------------------------------------------------------


@pytest.fixture
def two(postgres: PostgresServer) -> Iterator[tuple[Store, Store]]:
    url = postgres.company()
    stores = Store.open(url), Store.open(url)
    yield stores
    for store in stores:
        store.close()


def test_undo_is_ones_own_and_refused_when_someone_built_on_it(two: tuple[Store, Store]) -> None:
    ann, bob = two
    key = person(ann, "Karen")
    with do(bob, "bob", "EditPerson") as work:
        work.get(Person, key).phone = "555"
        work.label(person=key)
    with pytest.raises(BuiltOn):
        ann.undo(origin="", who="ann", clock=CLOCK)
    with pytest.raises(Refused, match=r"Bob has since done this: .*Karen"):
        Engine(ann, CLOCK, "ann").undo()
    bob.undo(origin="", who="bob", clock=CLOCK)
    ann.undo(origin="", who="ann", clock=CLOCK)
    assert "person" not in content(bob)
    with pytest.raises(Refused, match="nothing to undo"):
        bob.undo(origin="", who="bob", clock=CLOCK)


def test_undo_never_takes_someone_elses_rows_along(two: tuple[Store, Store]) -> None:
    ann, bob = two
    key = person(ann, "Karen")
    with do(bob, "bob") as work:
        work.add(PersonPrivate(person_id=key))
    before = content(ann)
    with pytest.raises(Refused, match="depend on this step"):
        ann.undo(origin="", who="ann", clock=CLOCK)
    assert content(ann) == before


def test_what_someone_removed_meanwhile_is_refused(two: tuple[Store, Store]) -> None:
    ann, bob = two
    key = person(ann, "Karen")
    with do(ann) as work:
        work.get(Person, key).name = "Kären"
    with do(bob, "bob") as work:
        work.remove(work.get(Person, key))
    with pytest.raises(Refused):
        ann.undo(origin="", who="ann", clock=CLOCK)
    with pytest.raises(Refused, match="removed meanwhile"), do(ann) as work:
        work.get(Person, key)
    other = person(ann, "Ivy")
    with pytest.raises(Refused, match="removed meanwhile"), do(ann) as work:  # noqa: PT012
        row = work.get(Person, other)
        with do(bob, "bob") as theirs:
            theirs.remove(theirs.get(Person, other))
        row.phone = "555"


def test_commit_numbers_miss_nothing_while_transactions_overlap(
    two: tuple[Store, Store], postgres: object
) -> None:
    ann, bob = two
    last, seen, stop = _commit_no(ann), [], threading.Event()

    def read() -> None:
        nonlocal last
        while True:
            ended = stop.is_set()
            with bob.reading() as conn:
                rows = conn.execute(
                    text("SELECT commit_no FROM step WHERE commit_no > :last ORDER BY 1"), {"last": last}
                )
                found = [int(row[0]) for row in rows]
            seen.extend(found)
            last = found[-1] if found else last
            if ended:
                return

    def write(number: int) -> None:
        store = Store.open(url)
        for index in range(15):
            person(store, f"{number} {index}", f"user {number}")
        store.close()

    url = ann.engine.url.render_as_string(hide_password=False)
    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    reader.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    with ann.reading() as conn:
        committed = [int(row[0]) for row in conn.execute(text("SELECT commit_no FROM step ORDER BY 1"))]
    assert seen == committed[1:]
    assert len(seen) == 60


def test_images_on_both_engines_say_the_same(tmp_path: Path, postgres: PostgresServer) -> None:
    journals = []
    for target in (tmp_path / "x.stagecraft", postgres.empty()):
        store = Store.create(target, name="Lyric", clock=CLOCK)
        with do(store) as work:
            row = work.add(Person(name=AWKWARD, sort_name=""))
            work.add(PersonPrivate(person_id=row.id, birthday=date(1990, 2, 3)))
            row.share_contact = True
        with do(store) as work:
            work.remove(work.get(Person, row.id))
        store.undo(origin="", who="ann", clock=CLOCK)
        with store.reading() as conn:
            steps = conn.execute(select(STEP.c.id)).scalars().all()
            changes = [(c.step, c.table, c.key, c.op, c.before, c.after) for c in changes_of(conn, steps)]
            journals.append(sorted(changes, key=repr))
        store.close()
    assert journals[0] == journals[1]
