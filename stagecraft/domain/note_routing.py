"""Where a typed note goes: `p: stool leg loose` to Props, `p,s: 2 mic stands` to Props and to Sound.

Pure text. What becomes of a note is in `services.reports`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stagecraft.domain.kinds import DEPARTMENTS

GENERAL = "general"
"""Not a department: what affects everybody is printed under General."""

ALIASES: dict[str, str] = {
    **{department.route: department.code for department in DEPARTMENTS},
    "set": "scenic",
    "scenic": "scenic",
    "props": "props",
    "prop": "props",
    "w": "costumes",
    "wardrobe": "costumes",
    "cos": "costumes",
    "costume": "costumes",
    "costumes": "costumes",
    "hair": "hair",
    "wigs": "hair",
    "makeup": "hair",
    "make-up": "hair",
    "l": "lighting",
    "light": "lighting",
    "lights": "lighting",
    "lighting": "lighting",
    "elx": "lighting",
    "snd": "sound",
    "sound": "sound",
    "mic": "sound",
    "vid": "video",
    "video": "video",
    "proj": "video",
    "m": "music",
    "music": "music",
    "chor": "choreography",
    "choreo": "choreography",
    "dance": "choreography",
    "choreography": "choreography",
    "fight": "fight",
    "intimacy": "fight",
    "auto": "automation",
    "automation": "automation",
    "company": "company",
    "press": "press",
    "mk": "press",
    "marketing": "press",
    "stage": "stage",
    "g": GENERAL,
    "gen": GENERAL,
    "general": GENERAL,
}
"""What may stand before the colon, and the department it means."""

_PREFIX = re.compile(r"^\s*([a-z][a-z/+,& -]{0,40}?)\s*:(?!//)\s*(.*)$", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"\s*[,+&/]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Routed:
    """Departments in the order typed (codes, or `general`), and the note without its prefix.

    `prefix` is what was typed before the colon; empty when nothing there named a department.
    """

    departments: tuple[str, ...]
    text: str
    prefix: str = ""


def route_note(typed: str) -> Routed:
    """Split a typed line into departments and text.

    A prefix counts only when every part of it names a department; otherwise the whole line is text and goes to
    General, so that "Act II: slow" keeps its words.
    """
    found = _PREFIX.match(typed)
    if found:
        codes = [ALIASES.get(part.casefold()) for part in _BETWEEN.split(found[1].strip())]
        if codes and all(code is not None for code in codes):
            departments = tuple(dict.fromkeys(code for code in codes if code is not None))
            return Routed(departments, found[2].strip(), found[1].strip())
    return Routed((GENERAL,), typed.strip())
