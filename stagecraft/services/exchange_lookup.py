"""Finding by name what an imported line speaks of: productions, people, characters, rooms, scenes.

Read once per import and kept up to date by it. Names are compared as people write them: without case, accents
and apostrophes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from stagecraft.domain.breakdown import roman
from stagecraft.domain.kinds import ON_BENCH, ON_STAGE
from stagecraft.domain.names import alike, fold, short_names, tidy
from stagecraft.store.schema import (
    Act,
    Assignment,
    MusicalNumber,
    Person,
    Production,
    Role,
    Scene,
    Space,
    Track,
    Venue,
)

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

EVERYONE = frozenset(("full company", "company", "everyone", "all", "full cast", "tutti"))
GROUPS = {
    "ensemble": "ensemble",
    "ens": "ensemble",
    "swings": "swing",
    "principals": "principal",
}


@lru_cache(4096)
def key(text: str) -> str:
    return fold(tidy(text))


class BadLine(Exception):
    """This line cannot be taken; the text is the reason."""


def only(found: Iterable[int], missing: str, several: str) -> int:
    """The one id found; a BadLine when there is none or more than one."""
    ids = list(dict.fromkeys(found))
    if len(ids) != 1:
        raise BadLine(several if ids else missing)
    return ids[0]


class Productions:
    """By code or name; `chosen` is what the whole file is about when a line names none."""

    def __init__(self, work: UnitOfWork, chosen: int | None) -> None:
        self.rows = {row.id: row for row in work.session.scalars(select(Production))}
        self.chosen = chosen if chosen is not None or len(self.rows) != 1 else next(iter(self.rows))

    def find(self, name: str) -> int:
        if not name:
            if self.chosen is None:
                raise BadLine("it names no production, and there are several; choose one for the file.")
            return self.chosen
        wanted = key(name)
        found = [row.id for row in self.rows.values() if wanted in (key(row.code), key(row.name))]
        return only(found, f"there is no production “{name}”.", f"there are several productions “{name}”.")

    def code(self, production: int) -> str:
        return self.rows[production].code


class People:
    def __init__(self, work: UnitOfWork) -> None:
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        self._by_email: defaultdict[str, set[int]] = defaultdict(set)
        self._names: dict[int, str] = {}
        for row in work.session.scalars(select(Person)):
            self.learn(row)

    def learn(self, row: Person) -> None:
        self._names[row.id] = row.name
        for name in (row.name, row.sort_name):
            self._by_name[key(name)].add(row.id)
        if row.email:
            self._by_email[row.email.casefold()].add(row.id)

    def match(self, name: str, email: str) -> int | None:
        """Who on file this is: the same name, else the same e-mail address; None for somebody new."""
        named = self._by_name.get(key(name), set())
        mailed = self._by_email.get(email.casefold(), set()) if email else set()
        both = named & mailed
        if len(both or named) > 1:
            raise BadLine(f"there are several people called “{name}”; an e-mail address would tell them apart.")
        if named:
            return next(iter(both or named))
        if len(mailed) > 1:
            raise BadLine(f"several people have the e-mail address {email}.")
        return next(iter(mailed), None)

    def find(self, name: str) -> int:
        found = self._by_name.get(key(name), set())
        return only(
            found,
            f"there is nobody called “{name}” on file{'.' if found else self._meant(name)}",
            f"there are several people called “{name}”.",
        )

    def _meant(self, name: str) -> str:
        likely = alike(name, self._names.items())
        return f"; is {self._names[likely[0]]} meant?" if likely else "."


class Script:
    """Characters, tracks, scenes and songs of one production, and who plays them."""

    def __init__(self, work: UnitOfWork, production: int) -> None:
        self.production = production
        ask = work.session.scalars
        self.acts = {row.number: row.id for row in ask(select(Act).filter_by(production_id=production))}
        self.scenes = {
            key(row.number): row.id for row in ask(select(Scene).filter_by(production_id=production))
        }
        self.tracks: dict[str, int] = {}
        self.roles: defaultdict[str, set[int]] = defaultdict(set)
        for track in ask(select(Track).filter_by(production_id=production)):
            self.tracks[key(track.code)] = track.id
        for role in ask(select(Role).filter_by(production_id=production)):
            if role.track_id is not None:
                self.learn_role(role.name, role.short_name, role.track_id)

    def learn_role(self, name: str, short_name: str, track: int) -> None:
        for word in (name, short_name):
            if word:
                self.roles[key(word)].add(track)

    def track(self, name: str) -> int | None:
        """Track of a character or track code; None when there is no such."""
        if key(name) in self.tracks:
            return self.tracks[key(name)]
        found = self.roles.get(key(name), set())
        if len(found) > 1:
            raise BadLine(f"several characters are called “{name}”; use the track's code.")
        return next(iter(found), None)


class Units:
    """Scenes by number, by title, by a song in them, or all of an act."""

    def __init__(self, work: UnitOfWork, production: int) -> None:
        ask = work.session.scalars
        self._found: defaultdict[str, list[int]] = defaultdict(list)
        self._numbers: dict[str, int] = {}
        acts = {row.id: row for row in ask(select(Act).filter_by(production_id=production))}
        for scene in ask(select(Scene).filter_by(production_id=production, cut=False).order_by(Scene.position)):
            act = acts[scene.act_id]
            self._numbers[key(scene.number)] = scene.id
            names = (scene.title, act.name, f"Act {act.number}", f"Act {roman(act.number)}")
            for name in {key(name) for name in names if name}:
                self._found[name].append(scene.id)
        for song in ask(select(MusicalNumber).filter_by(production_id=production)):
            if song.scene_id is not None:
                self._found[key(song.title)].append(song.scene_id)

    def find(self, name: str) -> list[int]:
        wanted = key(name)
        if wanted not in self._numbers:
            wanted = wanted.removeprefix("scene ")
        if wanted in self._numbers:
            return [self._numbers[wanted]]
        if wanted not in self._found:
            raise BadLine(f"there is no scene or song “{name}”.")
        return self._found[wanted]


class Casting:
    """Who a production's schedule may mean by a name, a first name, a character or a group, on a day."""

    def __init__(self, work: UnitOfWork, production: int, people: People, script: Script) -> None:
        self._people = people
        self._script = script
        query = (
            select(Assignment, Person.name)
            .join(Person, Person.id == Assignment.person_id)
            .where(Assignment.production_id == production)
            .order_by(Assignment.id)
        )
        self._assigned = [(row, name) for row, name in work.session.execute(query)]
        self._short: defaultdict[str, set[int]] = defaultdict(set)
        for person, short in short_names({row.person_id: name for row, name in self._assigned}).items():
            self._short[key(short)].add(person)

    def find(self, name: str, day: date) -> list[int]:
        """People ids; a BadLine when nobody or more than one is meant."""
        wanted = key(name)
        if wanted in EVERYONE:
            return self._of_kind({*ON_STAGE, *ON_BENCH}, day)
        if wanted in GROUPS:
            return self._of_kind({GROUPS[wanted]}, day)
        track = self._script.track(name)
        playing = self._playing(track, day) if track is not None else []
        if playing:
            return playing
        short = self._short.get(wanted, set())
        if len(short) == 1:
            return list(short)
        return [self._people.find(name)]

    def _playing(self, track: int, day: date) -> list[int]:
        found = [row for row, _ in self._assigned if row.track_id == track and row.kind in ON_STAGE]
        return list(dict.fromkeys(row.person_id for row in found if _active(row, day)))

    def _of_kind(self, kinds: Iterable[str], day: date) -> list[int]:
        wanted = frozenset(kinds)
        found = [row.person_id for row, _ in self._assigned if row.kind in wanted and _active(row, day)]
        if not found:
            raise BadLine("nobody is cast yet, so a group cannot be called.")
        return list(dict.fromkeys(found))


def _active(row: Assignment, day: date) -> bool:
    return (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or row.ends_on >= day)


class Rooms:
    """Rooms by name, those of the production's venue first; `Studio 1, Hall` is the one of that venue."""

    def __init__(self, work: UnitOfWork) -> None:
        self._rows = list(work.session.scalars(select(Space).order_by(Space.position, Space.id)))
        venues = {row.id: row.name for row in work.session.scalars(select(Venue))}
        self._full = {row.id: key(f"{row.name}, {venues[row.venue_id]}") for row in self._rows}

    def find(self, name: str, venue: int | None) -> int:
        named = [row for row in self._rows if key(name) in (key(row.name), self._full[row.id])]
        here = [row.id for row in named if row.venue_id == venue]
        return only(
            here or [row.id for row in named],
            f"there is no room “{name}”; add it to the venue first.",
            f"several venues have a room “{name}”.",
        )
