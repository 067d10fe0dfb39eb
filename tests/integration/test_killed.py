"""Killed at any moment, the program loses nothing it has acknowledged, and undo goes on where it was.

A few kills in the gate; on demand as many as wanted: `STAGECRAFT_KILLS=1000 pytest tests/integration/test_killed.py`
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from killed_child import expected, work

from stagecraft.base.clock import Clock
from stagecraft.store.doctor import examine
from stagecraft.store.store import Store

KILLS = int(os.environ.get("STAGECRAFT_KILLS", "12"))


def on_file(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert raw.execute("SELECT step FROM journal_state").fetchall() == [(None,)]
        return {name for (name,) in raw.execute("SELECT name FROM person")}


def killed(path: Path, first: int, after: float) -> int:
    """Let a program work from command `first` on, kill it, and tell how many commands it acknowledged."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["killed_child"])
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(path, first, theirs), daemon=True)
    child.start()
    theirs.close()
    assert ours.poll(30)  # the first acknowledgement; from here on it is a matter of chance
    end, done = time.monotonic() + after, first
    while (left := end - time.monotonic()) > 0:
        if ours.poll(left):
            done = ours.recv() + 1
    child.kill()
    child.join()
    while ours.poll():
        try:
            done = ours.recv() + 1
        except EOFError:
            break
    ours.close()
    child.close()
    return done


def test_what_was_acknowledged_is_there_and_can_be_undone(tmp_path: Path) -> None:
    path, chance, done = tmp_path / "Lyric.stagecraft", random.Random(11), 0
    Store.create(path, name="Lyric").close()
    for _ in range(KILLS):
        done = killed(path, done, chance.uniform(0, 0.15))
        found = on_file(path)
        if found != expected(done):  # committed, but killed before it could say so
            done += 1
        assert found == expected(done)
        store = Store.open(path)
        store.undo(origin="", who="ann", clock=Clock())
        assert on_file(path) != found
        store.redo(origin="", who="ann", clock=Clock())
        assert on_file(path) == found
        store._changed = False
        store.close()
    assert examine(path) == []
