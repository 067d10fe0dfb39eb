"""How people are named, filed and shortened, and which two records may be one person. Plain text in and out."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

# fmt: off
_PARTICLES = frozenset((
    "af", "al", "ap", "av", "bin", "bint", "d'", "da", "das", "de", "del", "della", "den", "der", "des",
    "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "les", "lo", "los", "mac", "o", "san",
    "santa", "st", "st.", "ten", "ter", "van", "vande", "vander", "von", "vom", "y", "zu", "zum", "zur",
))
# fmt: on
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
_STROKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_MARKS = str.maketrans("", "", "'’ʼ`´.")

ALIKE = 0.84
"""How alike two folded names must be (difflib's ratio) to ask whether they are one person."""


def tidy(text: str) -> str:
    """One line of typed text: composed characters, single spaces, no control characters, no blanks around."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in composed).split())


@lru_cache(32_768)
def fold(text: str) -> str:
    """What two spellings have in common: no case, no accents, no apostrophes; `Łukasik` and `lukasik` are equal."""
    bare = text.casefold().translate(_STROKED).translate(_MARKS)
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))


def filing_key(sort_name: str) -> tuple[str, str]:
    """Order of a sort name on every list; the plain text breaks ties so that lists never jump."""
    return fold(sort_name), sort_name


def is_latin(text: str) -> bool:
    """Whether the name is written in letters that have a first and a last name in our order."""
    return all(ord(c) < 0x2E80 for c in text if c.isalpha())


def _parts(name: str) -> tuple[list[str], list[str], list[str]]:
    """First names, surname with its particles, suffix. A mononym is all surname."""
    words = name.split()
    suffix: list[str] = []
    while len(words) > 1 and words[-1].casefold() in _SUFFIXES:
        suffix.insert(0, words.pop().rstrip(","))
    words = [word.rstrip(",") for word in words]
    first = len(words) - 1
    while first > 1 and _is_particle(words[first - 1]):
        first -= 1
    return words[:first], words[first:], suffix


def _is_particle(word: str) -> bool:
    """`van`, `Van`, `y`; a single capital is an initial."""
    return word.casefold() in _PARTICLES and not (len(word) == 1 and word.isupper())


def sort_name(name: str) -> str:
    """How a name is filed: `Cartwright, Karen`; `Linda`; `van der Berg, Anna`; `李小龙` as it stands.

    Names that already hold a comma before a first name and names of firms (`Bob & Co`) stay as they are.
    """
    name = tidy(name)
    words = name.split()
    filed = any(word.endswith(",") for word in words[:-1]) and words[-1].casefold() not in _SUFFIXES
    firm = any(not any(c.isalpha() for c in word) for word in words)
    if len(words) < 2 or filed or firm or not is_latin(name):
        return name
    given, surname, suffix = _parts(name)
    if not given:
        return name
    return f"{' '.join(surname)}, {' '.join(given + suffix)}"


def initials(name: str) -> str:
    """One or two letters for the circle that stands in for a photo: `KC`, `L`, `ZŁ`, `李`."""
    name = tidy(name)
    given, surname, _ = _parts(name) if name else ([], [], [])
    if not is_latin(name):
        return next((c for c in name if c.isalpha()), "")
    ends = [given[0] if given else "", surname[-1] if surname else ""]
    letters = [next((c for c in word if c.isalpha()), "") for word in ends]
    return "".join(letters).upper()


def short_names(names: Mapping[int, str]) -> dict[int, str]:
    """The name used on calls: the first name, with as much of the surname as tells two people apart.

    `Karen`; with another Karen in the company `Karen C.`; with Karen Clark besides `Karen Ca.`. A mononym stays.
    Two people with the very same name keep it in full.
    """
    split = {person: _first_and_rest(name) for person, name in names.items()}
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for person, (first, _) in split.items():
        sharing[fold(first)].append(person)
    short: dict[int, str] = {}
    for people in sharing.values():
        if len(people) == 1:
            short[people[0]] = split[people[0]][0]
            continue
        rests = {person: fold(split[person][1]) for person in people}
        order = sorted(people, key=lambda person: rests[person])
        for place, person in enumerate(order):
            near = [rests[other] for other in order[max(0, place - 1) : place + 2] if other != person]
            alike_for = max(_common(rests[person], other) for other in near)
            short[person] = _with_letters(*split[person], alike_for + 1)
    return short


def _common(one: str, other: str) -> int:
    """How many letters two texts share from the beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _first_and_rest(name: str) -> tuple[str, str]:
    words = name.split()
    if len(words) < 2 or not is_latin(name) or any(not any(c.isalpha() for c in word) for word in words):
        return name, ""
    given, surname, suffix = _parts(name)
    if not given:
        return name, ""
    return given[0], " ".join(given[1:] + surname + suffix) if len(given) > 2 else " ".join(surname + suffix)


def _with_letters(first: str, rest: str, letters: int) -> str:
    """First name and so many letters of the surname, counted without accents; all of it where that is too few."""
    if not rest:
        return first
    for count in range(1, len(rest)):
        if len(fold(rest[:count])) >= letters:
            return f"{first} {rest[:count].rstrip()}."
    return f"{first} {rest}"


def alike(name: str, people: Iterable[tuple[int, str]]) -> list[int]:
    """Ids of those who may be the person called `name`, the likeliest first; accents and word order do not count.

    `Karen Cartright` finds Karen Cartwright, `Lynn, Ivy` finds Ivy Lynn; `Karen` alone finds only a Karen without
    a surname.
    """
    wanted = fold(tidy(name))
    if not wanted:
        return []
    turned = _words_in_order(wanted)
    found: list[tuple[float, int]] = []
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(turned)
    for person, other in people:
        candidate = _words_in_order(fold(other))
        if candidate == turned:
            found.append((2.0, person))
            continue
        matcher.set_seq1(candidate)
        if (
            min(len(candidate), len(turned)) < 4
            or matcher.real_quick_ratio() < ALIKE
            or matcher.quick_ratio() < ALIKE
        ):
            continue
        if (ratio := matcher.ratio()) >= ALIKE and _word_by_word(turned, candidate):
            found.append((ratio, person))
    return [person for _, person in sorted(found, key=lambda item: (-item[0], item[1]))]


def _words_in_order(folded: str) -> str:
    return " ".join(sorted(folded.replace(",", " ").replace("-", " ").split()))


def _word_by_word(one: str, other: str) -> bool:
    """Siblings share a surname, not a first name: each word must have a near twin on the other side."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return all(max(SequenceMatcher(None, word, twin).ratio() for twin in longer) >= 0.7 for word in shorter)
