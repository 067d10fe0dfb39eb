"""What the command bar finds: people, scenes, numbers, calls, contracts, by the words on them.

Accents, case and apostrophes do not count; every word typed must begin some word of what is found. Only fields of
class Company are read: no private or sealed field, no reason, no money, nothing of a contract but whose it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Connection, and_, func, select

from stagecraft.domain.breakdown import pages_text
from stagecraft.domain.kinds import KINDS
from stagecraft.domain.names import fold
from stagecraft.domain.times import day_text, span_text, wall, work_day
from stagecraft.store.schema import (
    Assignment,
    Contract,
    Event,
    EventUnit,
    Job,
    MusicalNumber,
    Person,
    Production,
    Role,
    Scene,
    Space,
)

KIND_ORDER = ("person", "scene", "number", "event", "contract")
EVENT_WINDOW = (timedelta(days=60), timedelta(days=240))
"""How far before and after the day the program stands on calls are looked for."""


@dataclass(slots=True)
class SearchRow:
    """One thing found. `kind` is person | scene | number | event | contract, `id` its row's; a number's scene is in
    `scene_id`. `detail` is what tells it from its likes; `day` is a call's working day."""

    kind: str
    id: int
    title: str
    detail: str
    production_id: int | None = None
    scene_id: int | None = None
    day: date | None = None
    score: float = 0.0


def search_rows(
    conn: Connection,
    text: str,
    production_ids: Iterable[int] = (),
    limit: int = 20,
    *,
    on: date | None = None,
    kinds: Collection[str] = KIND_ORDER,
) -> list[SearchRow]:
    """The best `limit` finds for `text`, best first; nothing for an empty text.

    Scenes, numbers, calls and contracts are those of the productions given (of all when none are); people are found
    wherever they are, those of the productions first. Calls are looked for around the day `on`, else the newest.
    """
    wanted = tuple(fold(text).replace(",", " ").split())
    if not wanted:
        return []
    ids = tuple(production_ids)
    found: list[SearchRow] = []
    if "person" in kinds or "contract" in kinds:
        found += _people(conn, wanted, ids, kinds)
    scenes = _scenes(conn, wanted, ids)
    found += [row for row in scenes if row.kind in kinds]
    if "event" in kinds:
        found += _events(conn, wanted, ids, on)
    found.sort(key=lambda row: (-row.score, KIND_ORDER.index(row.kind), _distance(row, on), row.title, row.id))
    return found[:limit]


def _distance(row: SearchRow, on: date | None) -> int:
    if row.day is None:
        return 0
    apart = (row.day - (on or row.day)).days
    return apart if apart >= 0 else 10_000 - apart


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """Folded words of a text; parts after a hyphen count as words of their own."""
    whole = fold(text).replace(",", " ")
    words = whole.split()
    return tuple(words + [part for part in whole.replace("-", " ").split() if part not in words])


def _score(wanted: Sequence[str], title: str, more: str = "") -> float:
    """0 when a word is missing; else higher for whole words, for the title, for its first word."""
    total = 0.0
    names, others = _words(title), _words(more)
    for word in wanted:
        best = 0.0
        for place, name in enumerate(names):
            if name.startswith(word):
                best = max(best, (4.0 if name == word else 3.0) + (0.5 if place == 0 else 0.0))
        if not best and any(other.startswith(word) for other in others):
            best = 1.5
        if not best:
            return 0.0
        total += best
    return total / len(wanted)


def _people(
    conn: Connection, wanted: Sequence[str], production_ids: Sequence[int], kinds: Collection[str]
) -> list[SearchRow]:
    parts: defaultdict[int, list[str]] = defaultdict(list)
    inside: set[int] = set()
    query = (
        select(
            Assignment.person_id,
            Assignment.production_id,
            func.coalesce(Role.name, Job.name, ""),
        )
        .outerjoin(Job, Job.id == Assignment.job_id)
        .outerjoin(Role, and_(Role.track_id == Assignment.track_id, Assignment.kind != "cover"))
        .order_by(Assignment.production_id, Assignment.id)
    )
    for person, production, part in conn.execute(query):
        if part and part not in parts[person]:
            parts[person].append(part)
        if production in production_ids:
            inside.add(person)
    found = []
    for person, name in conn.execute(select(Person.id, Person.name)):
        detail = ", ".join(parts[person])
        score = _score(wanted, name, detail)
        if score:
            here = 0.25 if person in inside else 0.0
            found.append(SearchRow("person", person, name, detail, score=score + here))
    names = {row.id: row for row in found}
    rows = [row for row in found if "person" in kinds]
    return rows + (_contracts(conn, names, production_ids) if "contract" in kinds and names else [])


def _contracts(
    conn: Connection, people: dict[int, SearchRow], production_ids: Sequence[int]
) -> list[SearchRow]:
    nearest = sorted(people.values(), key=lambda row: -row.score)[:50]
    query = (
        select(Contract.id, Contract.person_id, Contract.job, Contract.production_id, Production.code)
        .join(Production, Production.id == Contract.production_id)
        .where(Contract.person_id.in_([row.id for row in nearest]))
    )
    if production_ids:
        query = query.where(Contract.production_id.in_(production_ids))
    rows = []
    for contract, person, job, production, code in conn.execute(query):
        owner = people[person]
        detail = f"{job}, {code}" if job else code
        rows.append(
            SearchRow(
                "contract", contract, owner.title, detail, production_id=production, score=owner.score - 1
            )
        )
    return rows


def _scenes(conn: Connection, wanted: Sequence[str], production_ids: Sequence[int]) -> list[SearchRow]:
    """Scenes by number, place or song; numbers by title, also those that are in no scene."""
    query = (
        select(
            Scene.id,
            Scene.number,
            Scene.title,
            Scene.page_from,
            Scene.page_to,
            Scene.production_id,
            Production.code,
        )
        .join(Production, Production.id == Scene.production_id)
        .order_by(Scene.id)
    )
    songs = select(
        MusicalNumber.id,
        MusicalNumber.title,
        MusicalNumber.scene_id,
        MusicalNumber.status,
        MusicalNumber.production_id,
        Production.code,
    ).join(Production, Production.id == MusicalNumber.production_id)
    if production_ids:
        query = query.where(Scene.production_id.in_(production_ids))
        songs = songs.where(MusicalNumber.production_id.in_(production_ids))
    numbers = conn.execute(songs).all()
    sung = {scene: title for _, title, scene, status, *_ in numbers if scene is not None and status != "cut"}
    rows = []
    spoken: dict[int, str] = {}
    for scene, number, place, first, last, production, code in conn.execute(query):
        spoken[scene] = number
        title = f"{number} {sung.get(scene) or place}"
        pages = pages_text(first, last)
        detail = ", ".join(
            part for part in (place if sung.get(scene) else "", pages and f"pp. {pages}", code) if part
        )
        if score := _score(wanted, title, place):
            rows.append(SearchRow("scene", scene, title, detail, production, scene, score=score))
    for number_id, title, home, status, production, code in numbers:
        if (status == "cut" or home is None) and (score := _score(wanted, title)):
            words = "cut" if status == "cut" else "in no scene yet"
            where = f"{words} · {spoken[home]}, {code}" if home in spoken else f"{words} · {code}"
            rows.append(SearchRow("number", number_id, title, where, production, home, score=score))
    return rows


def _events(
    conn: Connection, wanted: Sequence[str], production_ids: Sequence[int], on: date | None
) -> list[SearchRow]:
    query = (
        select(
            Event.id,
            Event.title,
            Event.kind,
            Event.starts_wall,
            Event.ends_wall,
            Event.production_id,
            Production.code,
            func.coalesce(Space.name, ""),
        )
        .join(Production, Production.id == Event.production_id)
        .outerjoin(Space, Space.id == Event.space_id)
        .where(Event.state != "cancelled")
        .order_by(Event.starts_wall.desc())
        .limit(1500)
    )
    if on is not None:
        before, after = EVENT_WINDOW
        query = query.where(Event.starts_wall >= wall(on - before), Event.starts_wall < wall(on + after))
    if production_ids:
        query = query.where(Event.production_id.in_(production_ids))
    events = conn.execute(query).all()
    worked = _worked(conn, [event.id for event in events])
    rows = []
    for event, title, kind, starts, ends, production, code, room in events:
        word = KINDS[kind].word if kind in KINDS else kind
        name = title or ", ".join(worked.get(event, ())) or word
        day = work_day(starts)
        if score := _score(wanted, name, f"{word} {room} {day_text(day)}"):
            detail = ", ".join(part for part in (day_text(day), span_text(starts, ends), room, code) if part)
            rows.append(SearchRow("event", event, name, detail, production, day=day, score=score - 0.4))
    return rows


def _worked(conn: Connection, event_ids: Sequence[int]) -> dict[int, list[str]]:
    """What is worked in each event, as spoken: `1.6 Ghost in the Booth`."""
    if not event_ids:
        return {}
    low, high = min(event_ids), max(event_ids)
    query = (
        select(EventUnit.event_id, Scene.number, func.coalesce(MusicalNumber.title, Scene.title))
        .join(Scene, Scene.id == EventUnit.scene_id)
        .outerjoin(MusicalNumber, and_(MusicalNumber.scene_id == Scene.id, MusicalNumber.status != "cut"))
        .where(EventUnit.event_id.between(low, high))
        .order_by(EventUnit.event_id, EventUnit.position)
    )
    worked: defaultdict[int, list[str]] = defaultdict(list)
    for event, number, name in conn.execute(query):
        if not worked[event] or not worked[event][-1].startswith(f"{number} "):
            worked[event].append(f"{number} {name}")
    return worked
