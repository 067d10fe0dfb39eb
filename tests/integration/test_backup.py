"""Backups are whole, thinned out by age, and can be put back, also into and out of a shared database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from store_dump import dump

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.store.backup import back_up, back_up_beside, backups_of, folder_of, kept, restore, sha256_of
from stagecraft.store.doctor import examine
from stagecraft.store.schema import Person
from stagecraft.store.store import Store

CLOCK = Clock.on(date(2027, 1, 14))


def name_person(store: Store, name: str) -> None:
    with store.step("AddPerson", origin="", who="ann", clock=CLOCK) as work:
        work.add(Person(name=name, sort_name=name))


def content(target: Path | str) -> object:
    store = Store.open(target, read_only=True)
    try:
        with store.reading() as conn:
            return dump(conn)
    finally:
        store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Lyric.stagecraft"
    Store.create(path, name="Lyric").close()
    return path


def test_a_backup_is_made_on_close_when_something_changed(path: Path) -> None:
    Store.open(path).close()
    assert backups_of(path) == []
    store = Store.open(path)
    name_person(store, "Ann")
    store.close()
    (made,) = backups_of(path)
    assert made.reason == "close"
    assert made.sha256 == sha256_of(made.path)
    assert content(made.path) == content(path)


def test_restoring_gives_back_the_backup_and_keeps_what_it_replaces(path: Path) -> None:
    store = Store.open(path)
    name_person(store, "Ann")
    store.close()
    wanted = content(path)
    path.write_bytes(path.read_bytes()[: 4096 * 3])
    damaged = path.read_bytes()
    kept_as = restore(backups_of(path)[0].path, path, clock=CLOCK)
    assert content(path) == wanted
    assert kept_as is not None
    assert kept_as.name == "Lyric pre-restore-2027-01-14-12.00.00.stagecraft"
    assert kept_as.read_bytes() == damaged
    again = restore(backups_of(path)[0].path, path, clock=CLOCK)
    assert again is not None
    assert again.name == "Lyric pre-restore-2027-01-14-12.00.01.stagecraft"
    store = Store.open(path)
    store.undo(origin="", who="ann", clock=CLOCK)
    store.close()


def test_a_backup_is_for_the_same_eyes_as_the_file(path: Path) -> None:
    path.chmod(0o600)
    made = back_up_beside(path, "asked", CLOCK)
    restore(made.path, path)
    assert [p.stat().st_mode & 0o777 for p in (made.path, path)] == [0o600, 0o600]


def test_a_file_in_use_is_not_restored_over(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    copy = back_up(store, tmp_path / "copy.stagecraft")
    with pytest.raises(FileProblem, match="already open"):
        restore(copy, path)
    store.close()


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    made = back_up_beside(path, "asked", CLOCK)
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    before = path.read_bytes()
    with pytest.raises(FileProblem, match="damaged"):
        restore(made.path, path)
    assert path.read_bytes() == before


def test_a_backup_never_overwrites(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    target = back_up(store, tmp_path / "copy.stagecraft")
    with pytest.raises(FileProblem, match="already a file"):
        back_up(store, target)
    assert back_up(store, tmp_path, clock=CLOCK).name == "Lyric 2027-01-14 12.00.00.stagecraft"
    store.close()


def test_a_failing_backup_is_shown_and_the_work_is_saved(path: Path) -> None:
    folder_of(path).write_text("in the way")
    store = Store.open(path)
    name_person(store, "Ann")
    with pytest.raises(FileProblem, match="backup was not made"):
        store.close()
    store = Store.open(path)
    with store.reading() as conn:
        assert dump(conn)["person"][0]["name"] == "Ann"
    store.close()


def test_what_is_kept_after_four_hundred_days() -> None:
    start = datetime(2026, 1, 1, 18)
    there: set[datetime] = set()
    for day in range(400):
        for hour in (0, 3):
            there.add(start + timedelta(days=day, hours=hour))
            there = kept(sorted(there))
    newest = start + timedelta(days=399, hours=3)
    ages = sorted((newest - at).days for at in there)
    assert ages[:4] == [0, 0, 1, 1]
    assert ages[4:16] == list(range(2, 14))
    assert len(there) == 4 + 12 + 10 + 9


def test_a_clock_set_forward_and_back_purges_nothing_of_today() -> None:
    now = datetime(2027, 1, 14, 12)
    wrong = [now + timedelta(days=730), now]
    later = now + timedelta(hours=1)
    assert kept([*wrong, later]) >= {later, wrong[0]}


def test_a_shared_database_is_backed_up_and_restored(postgres: PostgresServer, tmp_path: Path) -> None:
    store = Store.open(postgres.company())
    name_person(store, "Zoë 李")
    name_person(store, "gone")
    store.undo(origin="", who="ann", clock=CLOCK)
    copy = back_up(store, tmp_path / "copy.stagecraft")
    with store.reading() as conn:
        wanted = dump(conn)
    store.close()
    assert content(copy) == wanted
    assert examine(copy) == []
    empty = postgres.empty()
    restore(copy, empty)
    assert content(empty) == wanted
    assert examine(empty) == []
    for target in (copy, empty):
        store = Store.open(target)
        store.redo(origin="", who="ann", clock=CLOCK)
        store.undo(origin="", who="ann", clock=CLOCK)
        name_person(store, "new")
        with store.reading() as conn:
            assert [row["id"] for row in dump(conn)["person"]] == [1, 3]
        store.close()
    with pytest.raises(FileProblem, match="changed since it was made"):
        restore(copy, postgres.empty())
    copy.with_name(copy.name + ".json").unlink()
    with pytest.raises(FileProblem, match="already holds tables"):
        restore(copy, empty)
