"""The faces of the paper, embedded, and which of them can print a given character.

Noto Sans carries Latin, Greek and Cyrillic; DejaVu Sans Condensed steps in for arrows and signs, WQY MicroHei
for Chinese, Japanese and Korean. Nothing is ever set in a face that is not embedded.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from stagecraft.base.resources import resource

# No document opens a file or an address because of what somebody typed.
rl_config.trustedSchemes = []
rl_config.trustedHosts = []

FILES = {
    "S": "NotoSans-SemiCondensed.ttf",
    "SM": "NotoSans-SemiCondensedMedium.ttf",
    "SB": "NotoSans-SemiCondensedBold.ttf",
    "SI": "NotoSans-SemiCondensedItalic.ttf",
    "C": "NotoSans-Condensed.ttf",
    "CM": "NotoSans-CondensedMedium.ttf",
    "CB": "NotoSans-CondensedBold.ttf",
    "CI": "NotoSans-CondensedItalic.ttf",
    "D": "DejaVuSansCondensed.ttf",
    "DB": "DejaVuSansCondensed-Bold.ttf",
    "W": "wqy-microhei.ttc",
}
"""Faces by short name: S semi-condensed for text, C condensed for grids; M medium, B bold, I italic."""

_OWNED = "Stagecraft-"


@cache
def face_name(face: str) -> str:
    """Registered name of a face; reads its file the first time."""
    name = _OWNED + face
    path = str(resource("fonts", "paper", FILES[face]))
    pdfmetrics.registerFont(TTFont(name, path, subfontIndex=0))
    return name


@cache
def _covered(face: str) -> frozenset[int]:
    font = pdfmetrics.getFont(face_name(face))
    return frozenset(code for code, glyph in font.face.charToGlyph.items() if glyph)


def _chain(face: str) -> tuple[str, ...]:
    return (face, "DB" if face.endswith("B") else "D", "W")


@lru_cache(maxsize=20000)
def _face_for(char: str, face: str) -> str:
    if char in "\u00a0\u2007\u202f":
        return face
    for one in _chain(face):
        try:
            if ord(char) in _covered(one):
                return one
        except (OSError, TTFError):
            continue
    return face


def clean(text: str) -> str:
    """The one door for every word a person typed: no control, direction or private characters, composed, one line.

    Nothing that comes out of it is read as markup anywhere; what has no glyph in any face is written as its
    code in square brackets, so that no empty box stands for a name.
    """
    composed = unicodedata.normalize("NFC", str(text))
    out = []
    for char in composed:
        category = unicodedata.category(char)
        if char in "\n\r\t\v\f\u2028\u2029":
            out.append(" ")
        elif category in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        else:
            out.append(char)
    return "".join(out)


@lru_cache(maxsize=20000)
def visual(text: str) -> str:
    """Clean text in the order in which it is drawn: Hebrew and Arabic words turned round (their letters unjoined)."""
    out = run = gap = ""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL") or (run and kind == "NSM"):
            run, gap = run + gap + char, ""
        elif run and kind == "WS":
            gap += char
        else:
            out, run, gap = out + run[::-1] + gap + char, "", ""
    return out + run[::-1] + gap


@lru_cache(maxsize=20000)
def split(text: str, face: str) -> tuple[tuple[str, str], ...]:
    """Runs of `text` (already clean) with the registered font each can be printed in."""
    runs: list[list[str]] = []
    for char in text:
        one, shown = _face_for(char, face), char
        if ord(char) not in _covered(one) and char not in "\u00a0\u2007\u202f":
            if unicodedata.category(char) == "Mn":
                continue
            shown, one = f"[{ord(char):04X}]", face
        if runs and runs[-1][0] == one:
            runs[-1][1] += shown
        else:
            runs.append([one, shown])
    return tuple((face_name(one), words) for one, words in runs)


@lru_cache(maxsize=40000)
def width(text: str, face: str, size: float) -> float:
    """Width in points of clean text."""
    return float(sum(pdfmetrics.stringWidth(words, name, size) for name, words in split(text, face)))
