"""From the bytes of a file to its text: which encoding, what is no text at all, what must not get in."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from stagecraft.base.errors import FileProblem

MOST_BYTES = 20_000_000

_NO_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a spreadsheet workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet workbook"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def read_text(path: Path) -> tuple[str, str]:
    """Text of a file, and a sentence about the encoding when it had to be guessed, else "".

    Raises FileProblem when the file cannot be read, is larger than `MOST_BYTES`, or holds no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as trouble:
        raise FileProblem(
            "import.unreadable", f"{path} cannot be read: {_why(trouble)}.", path=path
        ) from trouble
    if len(data) > MOST_BYTES:
        raise FileProblem(
            "import.large",
            f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB.",
            path=path,
            remedy="Split it into smaller files.",
        )
    return decode(data, path)


def _why(trouble: OSError) -> str:
    if isinstance(trouble, FileNotFoundError):
        return "there is no such file"
    if isinstance(trouble, IsADirectoryError):
        return "it is a folder"
    if isinstance(trouble, PermissionError):
        return "you may not read it"
    return (trouble.strerror or "the disk failed").lower()


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """UTF-8 with or without mark, UTF-16, and Windows-1252 as the last guess, which is said."""
    for start, what in _NO_TEXT:
        if data.startswith(start):
            raise FileProblem(
                "import.no_text",
                f"{path.name} is {what}, not a CSV file.",
                path=path,
                remedy="Save the sheet as CSV (comma separated) and import that.",
            )
    encoding = _marked(data) or _unmarked_utf16(data)
    if encoding:
        text = data.decode(encoding, errors="replace")
        return text.removeprefix("\ufeff"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text, (
        f"{path.name} does not say how its letters are stored; read as Windows-1252 (Western European). "
        "Check the accents, or save it as UTF-8."
    )


def _marked(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return ""


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark shows a zero in nearly every second byte of Western text."""
    head = data[:2000]
    if len(head) < 8 or head.count(0) < len(head) * 0.3:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def clean(text: str) -> str:
    """Cell text as it may be kept: composed, no control characters but line breaks, no blanks around.

    One apostrophe before a sign of `_GUARDED` is the guard that spreadsheet exports put there; it goes.
    """
    return _plain(text[1:] if (text := text.strip())[:1] == "'" and text[1:2] in _GUARDED else text)


def guarded(text: str) -> str:
    """Cell text no spreadsheet takes for a formula; `clean` gives the text back."""
    text = _plain(text)
    return f"'{text}" if text[:1] in _GUARDED else text


_GUARDED = frozenset("=+-@\t\r\n＝＋－＠'")
"""What begins a formula, and the apostrophe itself, so that exactly one can be taken off again."""


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c if c == "\n" or not _control(c) else " " if c == "\t" else "" for c in text).strip()


def _control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or char in "\ufeff\ufffe\uffff"


def one_line(text: str) -> str:
    return " ".join(text.split())
