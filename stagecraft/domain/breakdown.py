"""Who is in which scene: what can be worked without someone, who is needed for what, totals, scene numbers.

Pure sets and numbers; scenes and tracks are ids. The matrix on screen, the calendar's tray and the breakdown on
paper all ask here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MARKS: dict[str, str] = {
    "speaks": "speaks",
    "sings": "sings",
    "dances": "dances",
    "silent": "silent",
    "on": "on stage",
}
"""What a track does in a scene, code and word."""

MARK_KEYS: dict[str, str] = {"l": "speaks", "s": "sings", "d": "dances", "o": "silent", "x": "on"}
"""The letter that sets a mark when typed into a cell: lines, sings, dances, ○, ×."""


@dataclass(slots=True, frozen=True)
class Unit:
    """A scene as the breakdown sees it: who is in it, who of them are principals, how long it is.

    `people` are ids of persons or tracks, as the asker likes, as long as one of them is kept to. A person in two
    tracks counts once. `last_worked` is None when the scene was never called.
    """

    id: int
    people: frozenset[int]
    leads: frozenset[int] = frozenset()
    minutes: int | None = None
    cut: bool = False
    last_worked: date | None = None


@dataclass(slots=True, frozen=True)
class Without:
    """What is possible without some people: scene ids.

    `full`: none of them is in it, longest unworked first. `reading`: three quarters of its people are there, and
    a principal among them where it has any, so someone can read in; most complete first. `impossible`: the rest.
    """

    full: tuple[int, ...]
    reading: tuple[int, ...]
    impossible: tuple[int, ...]


def without(units: Sequence[Unit], absent: Collection[int]) -> Without:
    """Sort scenes by what can be worked without the absent; cut scenes and scenes nobody is in are left out."""
    missing = frozenset(absent)
    full: list[Unit] = []
    reading: list[Unit] = []
    impossible: list[int] = []
    for unit in units:
        if unit.cut or not unit.people:
            continue
        gone = len(unit.people & missing)
        if not gone:
            full.append(unit)
        elif gone * 4 <= len(unit.people) and not (unit.leads and unit.leads <= missing):
            reading.append(unit)
        else:
            impossible.append(unit.id)
    full.sort(key=lambda unit: (unit.last_worked is not None, unit.last_worked or date.min))
    reading.sort(key=lambda unit: len(unit.people & missing) / len(unit.people))
    return Without(tuple(u.id for u in full), tuple(u.id for u in reading), tuple(impossible))


def needed(units: Iterable[Unit], chosen: Collection[int]) -> dict[int, int]:
    """Who is needed for the chosen scenes: id → minutes they are in, scenes of unknown length as 0."""
    minutes: dict[int, int] = {}
    for unit in units:
        if unit.id in chosen:
            for person in unit.people:
                minutes[person] = minutes.get(person, 0) + (unit.minutes or 0)
    return minutes


@dataclass(slots=True, frozen=True)
class Totals:
    """Sums of a matrix: scenes and minutes of each column, people in each scene, minutes of all scenes. Cut scenes
    count for nothing."""

    scenes: dict[int, int]
    minutes: dict[int, int]
    people: dict[int, int]
    running: int


def totals(units: Sequence[Unit]) -> Totals:
    """Sums over the scenes that are not cut."""
    scenes: dict[int, int] = {}
    minutes: dict[int, int] = {}
    people: dict[int, int] = {}
    for unit in units:
        people[unit.id] = len(unit.people)
        if unit.cut:
            continue
        for person in unit.people:
            scenes[person] = scenes.get(person, 0) + 1
            minutes[person] = minutes.get(person, 0) + (unit.minutes or 0)
    return Totals(scenes, minutes, people, sum(unit.minutes or 0 for unit in units if not unit.cut))


def estimate(pages: int, measured: Sequence[tuple[int, int]]) -> int | None:
    """Minutes of `pages` pages at the pace of the measured scenes (pairs of pages and minutes); None without any."""
    known = sum(count for count, _ in measured)
    if not known or not pages:
        return None
    return round(pages * sum(minutes for _, minutes in measured) / known)


# --- numbers and pages -------------------------------------------------------------------------------------

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """`I`, `II`, `IV`: numbers of acts; numbers no act has are written in figures."""
    if not 0 < number < 40:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def next_letter(taken: Iterable[str]) -> str:
    """The letter after those taken: a … z, then aa, ab, …"""
    used = {letter.casefold() for letter in taken}
    count = 1
    while (letter := _letter(count)) in used:
        count += 1
    return letter


def _letter(count: int) -> str:
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


_NUMBER = re.compile(r"^(\d+)\.(\d+)$")


def next_scene_number(act: int, before: Sequence[str], after: Sequence[str]) -> str:
    """A free number for a scene that goes after `before` and before `after` in an act.

    `1.9` at the end; `1.5A` between 1.5 and 1.6, because numbers are never moved; `1.0A` before the first.
    """
    taken = {number.casefold() for number in (*before, *after)}
    if not after:
        counts = [
            int(found[2]) for number in before if (found := _NUMBER.match(number)) and int(found[1]) == act
        ]
        return f"{act}.{max(counts, default=0) + 1}"
    base = re.sub(r"[A-Za-z]+$", "", before[-1]) if before else f"{act}.0"
    count = 1
    while (number := f"{base}{_letter(count).upper()}").casefold() in taken:
        count += 1
    return number


_PAGE = re.compile(r"^(\d+)([A-Za-z]*)$")


def page_key(page: str) -> tuple[int, str]:
    """Order of pages: 34, 34A, 34B, 35; what is no page number comes last."""
    found = _PAGE.match(page.strip())
    return (int(found[1]), found[2].upper()) if found else (10**9, page)


def page_count(first: str, last: str) -> int:
    """Pages from first to last, both counted; 0 where they are not known. Lettered pages count with their number."""
    start, end = page_key(first)[0], page_key(last or first)[0]
    if 10**9 in (start, end) or end < start:
        return 0
    return end - start + 1


def pages_text(first: str, last: str) -> str:
    """`14–19`, `34A`, or nothing."""
    return f"{first}–{last}" if first and last and first != last else first or last


def act_pages(pages: Iterable[tuple[str, str]]) -> str:
    """`1–47`: from the first to the last page of an act's scenes."""
    known = [page for pair in pages for page in pair if page and page_key(page)[0] < 10**9]
    if not known:
        return ""
    ordered = sorted(known, key=page_key)
    return pages_text(ordered[0], ordered[-1])
