"""The open sequence: what is refused, with which words, and that it is left byte for byte as it was."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from store_dump import dump

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem, Refused
from stagecraft.store.doctor import examine
from stagecraft.store.schema import House, Person
from stagecraft.store.store import Store

HOSTILE = (
    Path(os.environ.get("STAGECRAFT_HOSTILE") or Path(__file__).resolve().parents[3] / "shared" / "hostile")
    / "db"
)
CLOCK = Clock.on(date(2027, 1, 14))


def add(store: Store, name: str) -> int:
    with store.step("AddPerson", origin="", who="ann", clock=CLOCK) as work:
        return work.add(Person(name=name, sort_name=name)).id


def names(store: Store) -> list[str]:
    with store.reading() as conn:
        return [row["name"] for row in dump(conn).get("person", [])]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Lyric.stagecraft"
    store = Store.create(path, name="Lyric", clock=CLOCK)
    add(store, "Ann")
    store.close()
    return path


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the folder of hostile files is not here")
@pytest.mark.parametrize("name", sorted(p.name for p in HOSTILE.glob("*")) if HOSTILE.is_dir() else ["none"])
def test_hostile_files_are_refused_unchanged(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    shutil.copyfile(HOSTILE / name, path)
    before = digest(path)
    for read_only in (False, True):
        with pytest.raises(FileProblem):
            Store.open(path, read_only=read_only)
    assert digest(path) == before
    assert [p.name for p in tmp_path.iterdir()] == [name]


def run_sql(*statements: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            for statement in statements:
                raw.execute(statement)

    return spoil


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:12288] = bytes(8192)
    path.write_bytes(data)


def zero_header(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(bytes(100) + data[100:])


TRIGGER = "CREATE TRIGGER evil AFTER INSERT ON person BEGIN DELETE FROM contract; END"

SPOILED = {
    "empty": (lambda path: path.write_bytes(b""), "file.empty", "is empty"),
    "text": (lambda path: path.write_bytes(b"Dear stage manager, " * 20), "file.foreign", "not a Stagecraft"),
    "header": (zero_header, "file.foreign", "beginning is damaged"),
    "foreign": (run_sql("PRAGMA application_id=1"), "file.foreign", "another program"),
    "newer": (run_sql("PRAGMA user_version=99"), "file.newer", "newer Stagecraft"),
    "revision": (run_sql("UPDATE alembic_version SET version_num='0999'"), "file.newer", "0999"),
    "cut": (cut, "file.damaged", "end is missing"),
    "zeroed": (zero_pages, "file.damaged", "left exactly as it is"),
    "trigger": (run_sql(TRIGGER), "file.strange", "did not write"),
    "view": (run_sql("CREATE VIEW v AS SELECT 1"), "file.strange", "did not write"),
    "no trigger": (run_sql("DROP TRIGGER zz_journal_person_u"), "file.triggers", "keeps its history"),
    "running step": (run_sql("UPDATE journal_state SET step = 1"), "file.triggers", "keeps its history"),
    "no table": (run_sql("DROP TABLE step"), "file.parts", "removed parts"),
    "device": (lambda path: (path.unlink(), os.mkfifo(path)), "file.folder", "not a company file"),
    "other trigger": (
        run_sql("DROP TRIGGER zz_journal_person_u", TRIGGER.replace("evil", "zz_journal_person_u")),
        "file.triggers",
        "keeps its history",
    ),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_what_cannot_be_used_is_refused_in_words_and_unchanged(kind: str, path: Path) -> None:
    spoil, code, words = SPOILED[kind]
    spoil(path)
    before, beside = digest(path), sorted(p.name for p in path.parent.iterdir())
    with pytest.raises(FileProblem, match=words) as caught:
        Store.open(path)
    assert caught.value.code == code
    assert caught.value.message.count(". ") <= 1
    assert digest(path) == before
    assert sorted(p.name for p in path.parent.iterdir()) == beside


def test_damage_anywhere_never_crashes_and_is_never_written_over(path: Path) -> None:
    whole, chance, found = path.read_bytes(), random.Random(7), 0
    for number in range(40):
        data = bytearray(whole)
        at = chance.randrange(len(data) // 512) * 512
        if number % 4 == 0:
            del data[at:]
        elif number % 4 == 1:
            data[at : at + 512] = chance.randbytes(512)
        elif number % 4 == 2:
            data[at // 4096 * 4096 : at // 4096 * 4096 + 4096] = bytes(4096)
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            store = Store.open(path)
            names(store)
            store.close()
        except FileProblem:
            found += 1
            assert path.read_bytes() == data
        with suppress(FileProblem):
            examine(path)
    assert found >= 20  # whatever was cut off or zeroed


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no file"):
        Store.open(tmp_path / "nothing.stagecraft")
    with pytest.raises(FileProblem, match="folder"):
        Store.open(tmp_path)
    with pytest.raises(FileProblem, match="No file can be made"):
        Store.create(tmp_path / "nowhere" / "x.stagecraft")
    assert list(tmp_path.iterdir()) == []


def test_names_with_any_character_work(tmp_path: Path) -> None:
    path = tmp_path / "Zoë #1? 100% ‘李’.stagecraft"
    store = Store.create(path)
    add(store, "Ann")
    store.close()
    reopened = Store.open(path)
    assert names(reopened) == ["Ann"]
    reopened.close()


def test_a_second_program_is_told_who_has_the_file(path: Path) -> None:
    store = Store.open(path)
    link = path.with_name("link.stagecraft")
    link.symlink_to(path)
    for name in (path, link):
        with pytest.raises(FileProblem, match="already open by"):
            Store.open(name)
    reader = Store.open(path, read_only=True)
    assert names(reader) == ["Ann"]
    with pytest.raises(Refused, match="read only"):
        add(reader, "Bob")
    reader.close()
    add(store, "Bob")
    store.close()
    assert not [p for p in path.parent.iterdir() if p.name.endswith((".lock", "-journal"))]
    Store.open(path).close()


KILLED = """
import sys
from pathlib import Path
from stagecraft.base.clock import Clock
from stagecraft.store.schema import Person
from stagecraft.store.store import Store
store = Store.open(Path(sys.argv[1]))
for number in range(3):
    with store.step("AddPerson", origin="", who="ann", clock=Clock()) as work:
        work.add(Person(name=f"saved {number}", sort_name=""))
    print("saved", number, flush=True)
with store.step("AddPerson", origin="", who="ann", clock=Clock()) as work:
    for number in range(int(sys.argv[2])):
        work.session.add(Person(name="x" * 400, sort_name="", pronouns="", show_pronouns=False, phone="", email="",
                         share_contact=False, organisation="", note=""))
    work.session.flush()
    print("in the step", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("rows", [10, 6000])
def test_killed_in_a_step_everything_acknowledged_is_there(path: Path, rows: int) -> None:
    """With 6,000 rows the cache spills, so that the next opening must roll the file itself back."""
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(rows)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    said = [child.stdout.readline().strip() for _ in range(4)]
    assert said[-1] == "in the step"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdin.close()
    child.stdout.close()
    reader = Store.open(path, read_only=True)  # rolls back as well, when nobody has the file open
    assert names(reader) == ["Ann", "saved 0", "saved 1", "saved 2"]
    reader.close()
    store = Store.open(path)
    assert names(store) == ["Ann", "saved 0", "saved 1", "saved 2"]
    store.undo(origin="", who="ann", clock=CLOCK)
    assert names(store) == ["Ann", "saved 0", "saved 1"]
    store.redo(origin="", who="ann", clock=CLOCK)
    store.close()
    assert examine(path) == []


def test_a_full_disk_is_said_in_words_and_work_goes_on(path: Path) -> None:
    store = Store.open(path)
    add(store, "Bob")
    assert store._writer is not None
    pages = store._writer.exec_driver_sql("PRAGMA page_count").scalar_one()
    store._writer.rollback()
    store._writer.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    store._writer.rollback()
    with pytest.raises(FileProblem, match="disk is full"):
        add(store, "x" * 100_000)
    assert names(store) == ["Ann", "Bob"]
    store._writer.exec_driver_sql("PRAGMA max_page_count=1000000")
    store._writer.rollback()
    add(store, "Cal")
    store.close()
    assert examine(path) == []


def test_a_replaced_file_is_noticed_before_the_next_write(path: Path) -> None:
    store = Store.open(path)
    add(store, "Bob")
    other = path.with_name("other.stagecraft")
    shutil.copyfile(path, other)
    before = digest(other)
    other.replace(path)
    with pytest.raises(FileProblem, match="replaced by another program"):
        add(store, "Cal")
    assert digest(path) == before
    path.unlink()
    with pytest.raises(FileProblem, match="no longer where it was"):
        add(store, "Cal")
    store._changed = False
    store.close()


def test_another_programs_write_is_noticed(path: Path) -> None:
    store = Store.open(path)
    add(store, "Bob")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
            raw.execute("UPDATE person SET name = 'x'")
        raw.execute("UPDATE journal_mark SET pruned_through = 7")
    with pytest.raises(FileProblem, match="Another program wrote"):
        add(store, "Cal")
    store._changed = False
    store.close()


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder with a company file in which nobody but root may write."""
    folder = Path(tempfile.mkdtemp(prefix="stagecraft-ro-", dir="/tmp"))
    store = Store.create(folder / "Lyric.stagecraft", name="Lyric")
    store.close()
    (folder / "Lyric.stagecraft").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_folder_opens_to_read(locked_folder: Path) -> None:
    """Root may write anywhere, so the opening happens in a child that is nobody in particular."""
    path = locked_folder / "Lyric.stagecraft"
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if os.geteuid() == 0:
                os.setresuid(65534, 65534, 65534)
            store = Store.open(path)
            with store.reading() as conn:
                read = dump(conn)["house"][0]["name"] == "Lyric"
            try:
                with store.step("EditHouse", origin="", who="", clock=CLOCK) as work:
                    work.get(House, 1).name = "x"
            except Refused as refused:
                status = 0 if read and store.read_only and "read only" in refused.message else 2
            store.close()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [p.name for p in locked_folder.iterdir()] == ["Lyric.stagecraft"]


def test_every_connection_has_the_settings_that_keep_work(path: Path) -> None:
    store = Store.open(path)
    expected = {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "synchronous": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "journal_mode": "truncate",
    }
    with store.reading() as one, store.reading() as two:
        for conn in (one, two):
            assert {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected} == expected
    store.close()
