"""Ten years of a busy company, written straight into the tables: 60 productions, 1,500 people, 120,000 calls of events,
some 900,000 of people, 3,000 absences. The journal stays empty: nobody undoes ten years.

    python tests/benchmarks/ten_years.py FILE
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from stagecraft.domain.times import DAY, to_instant, wall
from stagecraft.store.journal import sqlite_triggers
from stagecraft.store.store import Store

PRODUCTIONS = 60
PEOPLE = 1_500
EVENTS_OF_ONE = 2_000
CAST = 20
SCENES = 24
DAYS_OF_ONE = EVENTS_OF_ONE // 5
FIRST = date(2018, 1, 1)
BETWEEN = timedelta(days=56)
ZONE = "America/New_York"
SLOTS = ((600, 90), (690, 90), (840, 90), (930, 90), (1140, 160))
"""Start and length in minutes of a day's five events; the last is the show."""
PACKS = ("aea-lort", "aea-production", "house-default")
"""Agreements in turn; everybody in a cast has a contract under the production's."""
BUSY_MONDAY = date(2023, 5, 15)
"""A Monday in the thick of it, with 280 events in its week."""


def write(path: Path) -> None:
    """Make the file; it must not exist. Takes some seconds."""
    Store.create(path, name="Ten Years").close()
    with sqlite3.connect(path) as db:
        for name in sqlite_triggers():
            db.execute(f'DROP TRIGGER "{name}"')
        _fill(db, random.Random(1776))
        for statement in sqlite_triggers().values():
            db.execute(statement)
        db.execute("ANALYZE")
    db.close()


def _insert(db: sqlite3.Connection, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Rows with the columns named; text and yes-or-no columns left out get their empty value."""
    named = columns.split()
    rest = {
        name: "''" if kind == "TEXT" or kind.startswith("VARCHAR") else "0"
        for _, name, kind, needed, _, key in db.execute(f"PRAGMA table_info({table})")
        if needed and not key and name not in named
    }
    marks = ",".join(["?"] * len(named) + list(rest.values()))
    db.executemany(f"INSERT INTO {table} ({','.join([*named, *rest])}) VALUES ({marks})", rows)


def _fill(db: sqlite3.Connection, dice: random.Random) -> None:
    _insert(db, "venue", "id name zone", [(n, f"Theatre {n}", ZONE) for n in range(1, 31)])
    rooms = [(n, (n + 1) // 2, f"Room {n}", n % 2) for n in range(1, 61)]
    _insert(db, "space", "id venue_id name position", rooms)
    people = [
        (n, f"Given{n % 311} Family{n}", f"Family{n}, Given{n % 311}", True) for n in range(1, PEOPLE + 1)
    ]
    _insert(db, "person", "id name sort_name share_contact", people)
    _insert(db, "show", "id title", [(n, f"Show {n}") for n in range(1, PRODUCTIONS + 1)])
    for production in range(1, PRODUCTIONS + 1):
        _production(db, dice, production, FIRST + BETWEEN * (production - 1))
    _absences(db, dice)


def _production(db: sqlite3.Connection, dice: random.Random, number: int, first: date) -> None:
    venue = (number - 1) % 30 + 1
    last = first + timedelta(days=DAYS_OF_ONE - 1)
    _insert(
        db,
        "production",
        "id show_id venue_id code name kind colour first_rehearsal opening closing rule_pack",
        [(number, number, venue, f"P{number:03d}", f"Production {number}", "run", f"hue{number % 4 + 3}",
          first.isoformat(), (first + timedelta(days=40)).isoformat(), last.isoformat(),
          PACKS[number % len(PACKS)])],
    )  # fmt: skip
    cast = dice.sample(range(1, PEOPLE + 1), CAST)
    _insert(db, "contract", "person_id production_id state starts_on ends_on",
            [(person, number, "active", first.isoformat(), last.isoformat()) for person in cast])  # fmt: skip
    scenes = _script(db, dice, number, cast)
    _schedule(db, dice, number, venue, first, cast, scenes)


def _script(db: sqlite3.Connection, dice: random.Random, number: int, cast: list[int]) -> dict[int, list[int]]:
    """Acts, scenes, tracks and who plays them; gives back the people of each scene."""
    act = number * 2
    _insert(
        db, "act", "id production_id number name", [(act + n, number, n + 1, f"Act {n + 1}") for n in (0, 1)]
    )
    tracks = [number * 100 + n for n in range(CAST)]
    _insert(db, "track", "id production_id code kind position",
            [(t, number, f"P{n}", "principal", n) for n, t in enumerate(tracks)])  # fmt: skip
    _insert(db, "role", "id production_id track_id name short_name position",
            [(t, number, t, f"Role {n}", f"Role {n}", n) for n, t in enumerate(tracks)])  # fmt: skip
    _insert(db, "assignment", "person_id production_id track_id kind rank",
            [(p, number, t, "principal", 0) for p, t in zip(cast, tracks, strict=True)])  # fmt: skip
    scenes: dict[int, list[int]] = {}
    for n in range(SCENES):
        scene, in_it = number * 100 + n, dice.sample(range(CAST), 4 + n % 2)
        _insert(db, "scene", "id production_id act_id number title minutes position",
                [(scene, number, act + n // 12, f"{n // 12 + 1}.{n % 12 + 1}", f"Scene {n}", 6, n)])  # fmt: skip
        _insert(db, "participation", "scene_id track_id mark", [(scene, tracks[t], "on") for t in in_it])
        scenes[scene] = [cast[t] for t in in_it]
    return scenes


def _schedule(
    db: sqlite3.Connection,
    dice: random.Random,
    number: int,
    venue: int,
    first: date,
    cast: list[int],
    scenes: dict[int, list[int]],
) -> None:
    events, units, calls, shows = [], [], [], []
    event = number * 10_000
    for day in range(DAYS_OF_ONE):
        midnight = wall(first + timedelta(days=day))
        ahead = to_instant(midnight + 600, ZONE) - (midnight + 600)
        for slot, (minute, length) in enumerate(SLOTS):
            event += 1
            start, show = midnight + minute, slot == len(SLOTS) - 1
            span = (start, start + length, start + ahead, start + length + ahead)
            room = venue * 2 - slot % 2
            events.append((event, number, room, "performance" if show else "staging", ZONE, *span, "published"))
            if show:
                shows.append((event, event, number, day + 1, "eve", "performance", 30))
                called = cast
            else:
                scene = dice.choice(list(scenes))
                units.append((event, scene, 0))
                called = scenes[scene]
            calls += [(event, person, *span, "unit", "called") for person in called]
    times = "starts_wall ends_wall starts_at ends_at"
    _insert(db, "event", f"id production_id space_id kind zone {times} state", events)
    _insert(db, "event_unit", "event_id scene_id position", units)
    _insert(db, "performance", "id event_id production_id number slot type half_hour", shows)
    _insert(db, "call", f"event_id person_id {times} source status", calls)


def _absences(db: sqlite3.Connection, dice: random.Random) -> None:
    rows = []
    for _ in range(3_000):
        start = wall(FIRST + timedelta(days=dice.randrange(3_650)), 240)
        at = to_instant(start, ZONE)
        rows.append(
            (dice.randrange(1, PEOPLE + 1), "vacation", "hard", ZONE, start, start + DAY, at, at + DAY, "Out")
        )
    columns = "person_id kind hardness zone starts_wall ends_wall starts_at ends_at text"
    _insert(db, "availability", columns, rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
