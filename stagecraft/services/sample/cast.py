"""Who and what has been built so far, by the names the data files use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stagecraft.services.command import Command
from stagecraft.services.sample.book import Book

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


@dataclass(slots=True)
class Season:
    """One running build: ids by name, and the one way to run a command in it."""

    work: UnitOfWork
    book: Book
    productions: dict[str, int] = field(default_factory=dict)
    rooms: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)
    tracks: dict[tuple[int, str], int] = field(default_factory=dict)
    groups: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    scenes: dict[tuple[int, str], int] = field(default_factory=dict)
    plays: dict[int, list[tuple[int, Any, Any]]] = field(default_factory=dict)
    performances: dict[tuple[int, int], int] = field(default_factory=dict)

    def run(self, command: Command) -> Any:
        """Apply a command inside the season's one step and return its answer."""
        return command.apply(self.work)

    def expand(self, production: int, text: str) -> list[str]:
        """Track codes of `P1 women M2`: codes and names of groups."""
        codes: list[str] = []
        for word in text.split():
            codes.extend(self.groups.get((production, word), [word]))
        return list(dict.fromkeys(codes))

    def persons(self, production: int, names: list[str], day: Any) -> tuple[int, ...]:
        """Ids of the named people; `company` and the names of groups stand for who is on those tracks that day."""
        found: list[int] = []
        for name in names:
            if name in self.people:
                found.append(self.people[name])
                continue
            codes = self.groups.get((production, name))
            tracks = None if codes is None else {self.tracks[production, code] for code in codes}
            if tracks is None and name != "company":
                raise KeyError(name)
            found.extend(
                person
                for track, listed in self.plays.items()
                if self._is_in(production, track) and (tracks is None or track in tracks)
                for person, first, last in listed
                if (first is None or first <= day) and (last is None or day <= last)
            )
        return tuple(dict.fromkeys(found))

    def _is_in(self, production: int, track: int) -> bool:
        return any(key[0] == production and one == track for key, one in self.tracks.items())
