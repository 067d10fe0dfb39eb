"""What an event is called and who is in it, in the few words a week view, a finding or a sheet has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stagecraft.domain.kinds import KINDS

MAX_EVENT_MINUTES = 24 * 60

_TELLING_KINDS = frozenset(
    {"put-in", "understudy", "run", "reading", "tech", "dress", "fitting", "photo", "press", "class", "travel"}
)
"""Kinds whose word says more in a finding than the title does."""


def heading(kind: str, title: str, units: Sequence[tuple[str, str]], number: int | None = None) -> str:
    """Title of an event: its own, `#311`, `1.6 Ghost in the Booth`, `1.5, 1.6`, else the kind's word.

    `units` are (scene number, name); `number` is a performance's.
    """
    if title:
        return title
    if number is not None:
        return f"#{number}"
    if len(units) == 1:
        return " ".join(part for part in units[0] if part)
    if units:
        return unit_numbers([unit[0] for unit in units])
    return kind_word(kind)


def rehearsal_minutes(scenes: Iterable[int | None]) -> int:
    """How long scenes are called for until someone says otherwise; `scenes` are their playing times in minutes.

    Five times the playing time (6 minutes where it is not known), in whole quarters of an hour, at least 30 minutes.
    """
    playing = sum(minutes or 6 for minutes in scenes)
    return max(30, -(-playing * 5 // 15) * 15)


def unit_numbers(numbers: Sequence[str], most: int = 4) -> str:
    """`1.5, 1.6`; from the fifth on counted: `1.1, 1.2, 1.3, 1.4 and 9 more`."""
    if len(numbers) <= most + 1:
        return ", ".join(numbers)
    return f"{', '.join(numbers[:most])} and {len(numbers) - most} more"


def kind_word(kind: str) -> str:
    """The kind's word with a capital: `Staging`, `Photo call`."""
    known = KINDS.get(kind)
    word = known.word if known else kind
    return word[:1].upper() + word[1:]


def short_heading(kind: str, title: str, units: Sequence[tuple[str, str]], number: int | None = None) -> str:
    """What a finding calls it: `put-in`, `#311`, `1.6`, else its heading."""
    if number is not None:
        return f"#{number}"
    if kind in _TELLING_KINDS and kind in KINDS:
        return KINDS[kind].word
    if units:
        return unit_numbers([unit[0] for unit in units], most=2)
    return title or (KINDS[kind].word if kind in KINDS else kind)


def kind_abbr(kind: str) -> str:
    """Abbreviation that also names the kind's colour: RH, MU, CH …"""
    return KINDS[kind].abbr if kind in KINDS else "MT"


def people_line(principals: Sequence[str], ensemble: int, leaders: Sequence[str], everyone: bool) -> str:
    """`Karen, Jimmy · Derek`, `Lena, Ens · Josh`, `company · Derek`: who is in an event, in one line."""
    if everyone:
        first = "company"
    else:
        parts = list(principals)
        if ensemble:
            parts.append("Ens")
        first = ", ".join(parts)
    return " · ".join(part for part in (first, ", ".join(leaders)) if part)


def kind_of_title(title: str) -> str | None:
    """Kind that a typed title names: `Lunch` is a meal, `Put-in: Ivy` a put-in; None when it names none."""
    lower = title.lower()
    for kind, words in _SPOKEN_KINDS:
        if any(word in lower for word in words):
            return kind
    return None


_SPOKEN_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("meal", ("lunch", "dinner", "meal", "supper")),
    ("put-in", ("put-in", "put in")),
    ("understudy", ("understud", "cover rehearsal")),
    ("dress", ("dress run", "dress rehearsal")),
    ("tech", ("tech", "cue to cue", "sitzprobe")),
    ("music", ("music", "vocal", "sing")),
    ("choreography", ("choreo", "dance", "fight")),
    ("reading", ("read",)),
    ("run", ("run", "stumble")),
    ("fitting", ("fitting", "wig")),
    ("photo", ("photo",)),
    ("press", ("press", "interview", "tv")),
    ("meeting", ("meeting", "meet & greet", "production meeting")),
    ("class", ("class", "warm-up")),
    ("travel", ("travel", "coach", "flight")),
    ("day-off", ("day off",)),
)
