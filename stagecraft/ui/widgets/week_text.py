"""The words inside an event of the week view: wrapped to its lane, and dropped in order when it is too small."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QStaticText

from stagecraft.ui.theme import font
from stagecraft.ui.widgets.week_layout import NARROW_LANE, EventView

LINE = 14
INSET = 8  # 4 px bar and 4 px inset
_REGULAR, _BOLD = 400, 600
_MARK = 16
"""Pixels that the mark of a finding takes."""


@dataclass(slots=True)
class Run:
    """One painted line: text, its place inside the event, weight and colour token."""

    text: QStaticText
    x: float
    y: float
    weight: int
    token: str
    struck: bool = False
    px: int = 11


@dataclass(slots=True)
class Words:
    """All lines of an event and where its code chip goes: top (wide) or bottom (narrow) right, or nowhere."""

    runs: list[Run]
    chip: str
    chip_text: str


@lru_cache(maxsize=8)
def _metrics(weight: int) -> QFontMetricsF:
    return QFontMetricsF(font(11, weight))


@lru_cache(maxsize=8192)
def text_width(text: str, weight: int = _REGULAR, px: int = 11) -> float:
    """Advance of a text in the event face."""
    if px == 11:
        return _metrics(weight).horizontalAdvance(text)
    return QFontMetricsF(font(px, weight)).horizontalAdvance(text)


@lru_cache(maxsize=8192)
def _static(text: str, weight: int, px: int = 11) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=font(px, weight))
    return made


_TOKENS = re.compile(r"(?:· )?[^\s\-–]+[\-–]?|[\-–]")


@lru_cache(maxsize=8192)
def wrapped(text: str, width: int, weight: int) -> tuple[str, ...]:
    """Lines of `text` no wider than `width`; a word that does not fit whole or in two is left out."""
    lines: list[str] = []
    line = ""
    for token in _TOKENS.findall(text):
        word = token
        glue = "" if not line or line[-1:] in "-–" else " "
        if line and text_width(line + glue + word, weight) > width:
            lines.append(line)
            line, glue = "", ""
        if not line and text_width(word, weight) > width:
            *before, word = _made_to_fit(word.removeprefix("· "), width, weight) or ("",)
            lines.extend(before)
        line += glue + word
    if line:
        lines.append(line)
    return tuple(lines)


@lru_cache(maxsize=8192)
def _made_to_fit(word: str, width: int, weight: int) -> tuple[str, ...]:
    """The word whole, a number without its #, or in two where English breaks it; nothing when none of it fits.

    A number stays, if need be over the margin.
    """
    whole = word.removeprefix("#") if text_width(word, weight) > width else word
    if text_width(whole, weight) <= width + (4 if _is_number(whole) else 0):
        return (whole,)
    for cut in range(len(word) - 3, 2, -1):
        halves = f"{word[:cut]}-", word[cut:]
        if _may_break(word.lower(), cut) and all(text_width(half, weight) <= width for half in halves):
            return halves
    return ()


def _is_number(word: str) -> bool:
    return word.strip("#,.").replace(".", "").isdigit()


_VOWELS = "aeiouyäöüáéíóúàèìòùâêîôû"
_TOGETHER = frozenset({"ch", "ck", "gh", "ph", "sh", "st", "th", "wh"})


def _may_break(word: str, cut: int) -> bool:
    """Between two consonants that stand between vowels (Un-der·study), or before one between vowels (Stu·dio)."""
    before, after = word[:cut], word[cut:]
    if not (before.isalpha() and after[:2].isalpha()) or before[-1] + after[0] in _TOGETHER:
        return False
    if after[0] in _VOWELS or not any(letter in _VOWELS for letter in before):
        return False
    if before[-1] in _VOWELS:
        return after[1] in _VOWELS
    return any(letter in _VOWELS for letter in after)


@lru_cache(maxsize=8192)
def words_in(text: str, width: int, weight: int = _REGULAR, px: int = 11) -> str:
    """As many whole words of `text`, from the first on, as `width` has room for."""
    kept = ""
    for word in text.split():
        longer = f"{kept} {word}".strip()
        if text_width(longer, weight, px) > width:
            break
        kept = longer
    return kept.rstrip(":,;–-& ")


@lru_cache(maxsize=8192)
def _title_in(text: str, width: int, weight: int) -> str:
    """A title up to the first word for which the lane is too narrow, and the numbers after that."""
    words = text.split()
    fits = [bool(wrapped(word, width, weight)) for word in words]
    if all(fits):
        return text
    first = fits.index(False)
    numbers = [word for word in words[first:] if _is_number(word)]
    return " ".join(words[:first] + numbers).rstrip(":,;–- ")


@lru_cache(maxsize=8192)
def breaks_words(text: str, width: int, weight: int) -> bool:
    """Whether some word of `text` is wider than `width`."""
    words = re.findall(r"[^\s\-–]+[\-–]?", text)
    return any(text_width(word, weight) > width for word in words if not word.lstrip("#").isdigit())


def time_in(text: str, width: float) -> str:
    """A time as long as there is room for it: `10:00a`, `10a`, `10`."""
    short = text.replace(":00", "")
    for choice in (text, short, short.rstrip("apnm")):
        if text_width(choice) <= width + 2:
            return choice
    return ""


@lru_cache(maxsize=4096)
def elided(text: str, width: int, weight: int) -> str:
    """`text` cut with an ellipsis to `width`."""
    return _metrics(weight).elidedText(text, Qt.TextElideMode.ElideRight, width)


def inset(width: int) -> int:
    """Where words begin: 4 px behind the bar, less in a lane that has no pixel to spare."""
    return INSET if width >= 48 else 6


@dataclass(slots=True)
class _Part:
    role: str
    text: str
    weight: int
    token: str


_TONES = {"red": "red", "amber": "amber"}
_DROPPED = ("until", "people", "place", "finding", "name")
"""What goes first when an event is too small: the number and the time stay."""
_DROPPED_NARROW = ("until", "place", "people", "finding", "name")


def arrange(event: EventView, width: int, height: int) -> Words:
    """The lines that fit an event of this size, and its chip."""
    narrow = width < NARROW_LANE
    chip = _chip_place(event, width, height)
    chip_text = event.letter if narrow or width < 100 else event.code
    chip_width = int(text_width(chip_text, 600, 10)) + 12 if chip else 0
    room = width - inset(width) - (2 if width < 48 else 3)
    first = room - (chip_width if chip == "top" else 0)
    parts = _parts(event, narrow, room, first - (_MARK if event.severity else 0))
    if height < 2 * LINE + 2:
        return Words(_one_line(event, first, height), chip, chip_text)
    allowed = (height - 3) // LINE - (1 if chip == "bottom" else 0)
    for dropped in ("", *(_DROPPED_NARROW if narrow else _DROPPED)):
        parts = _without(parts, dropped, event, room)
        lines = _lines(parts, room, first)
        spare = 1 if any(part.role == "until" for part in parts) else 0
        if len(lines) + spare <= allowed:
            break
    return Words(_placed(lines[:allowed], event, inset(width)), chip, chip_text)


def _without(parts: list[_Part], role: str, event: EventView, room: int) -> list[_Part]:
    """The parts but for one; a flag that has no room is said in a word where that has room."""
    word = _Part("word", event.word, 500, _TONES.get(event.severity, "text2"))
    if role != "finding" or not event.word or _unreadable(word, room):
        return [part for part in parts if part.role != role]
    return [word if part.role == "finding" else part for part in parts]


def _chip_place(event: EventView, width: int, height: int) -> str:
    if not event.code or width < (36 if event.severity else 24) or height < 16:
        return ""
    if width >= NARROW_LANE:
        return "top"
    return "bottom" if height >= 3 * LINE + 4 else ""


def _parts(event: EventView, narrow: bool, room: int, first: int) -> list[_Part]:
    time = event.time
    if event.state in ("draft", "cancelled") and text_width(f"{time} · {event.state}") <= first:
        time = f"{time} · {event.state}"
    parts = [_Part("time", time, _REGULAR, "text2")]
    if event.number and event.name:
        parts.append(_Part("number", event.number, _BOLD, "text"))
        parts.append(_Part("name", event.name, _BOLD, "text"))
    else:
        title = event.title and (_title_in(event.title, room, _BOLD) or event.abbr)
        parts.append(_Part("number", title, _BOLD, "text"))
    if event.told:
        flag = _Part("finding", event.told, 500, _TONES.get(event.severity, "text2"))
        parts.append(_Part("word", event.word, 500, flag.token) if _unreadable(flag, room) else flag)
    parts.append(_Part("place", event.place, _REGULAR, "text2"))
    parts.append(_Part("people", event.people, _REGULAR, "text2"))
    if narrow and event.state != "published" and event.kind:
        parts.append(_Part("people", event.state, _REGULAR, "text2"))
    parts.append(_Part("until", event.until, _REGULAR, "text2"))
    return [part for part in parts if part.text and not _unreadable(part, room)]


def _unreadable(part: _Part, room: int) -> bool:
    """Words are not cut in pieces, but for a title that is all an event has to say."""
    return part.role not in ("time", "number") and breaks_words(part.text, room, part.weight)


def _lines(parts: list[_Part], room: int, first: int) -> list[tuple[str, int, str]]:
    """Wrap the parts; number and name run on in one paragraph, so do place and people."""
    lines: list[tuple[str, int, str]] = []
    joined: list[_Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and (last.role, part.role) == ("number", "name"):
            joined[-1] = _Part("number", f"{last.text} {part.text}", part.weight, part.token)
        elif last and (last.role, part.role) == ("place", "people") and room >= NARROW_LANE:
            joined[-1] = _Part("place", f"{last.text} · {part.text}", part.weight, part.token)
        else:
            joined.append(part)
    for part in joined:
        if part.role == "time":
            if time := time_in(part.text, first):
                lines.append((time, part.weight, part.token))
        else:
            lines.extend((line, part.weight, part.token) for line in wrapped(part.text, room, part.weight))
    return lines


def _one_line(event: EventView, room: int, height: int) -> list[Run]:
    """A short event: time and as many words as there is room for; smaller in a quarter of an hour."""
    struck = event.state == "cancelled"
    px, top = (11, 1) if height >= LINE else (9, -1)
    width = text_width(event.time, _REGULAR, px)
    title = words_in(event.title, int(room - width - 4), _BOLD, px)
    if title:
        return [
            Run(_static(event.time, _REGULAR, px), INSET, top, _REGULAR, "text2", struck, px),
            Run(_static(title, _BOLD, px), INSET + width + 4, top, _BOLD, "text", struck, px),
        ]
    only = words_in(event.title, room, _BOLD, px) or event.number or event.abbr
    return [Run(_static(only, _BOLD, px), INSET, top, _BOLD, "text", struck, px)]


def _placed(lines: list[tuple[str, int, str]], event: EventView, left: int) -> list[Run]:
    struck = event.state == "cancelled"
    return [
        Run(_static(text, weight), left, 2 + index * LINE, weight, token, struck)
        for index, (text, weight, token) in enumerate(lines)
    ]
