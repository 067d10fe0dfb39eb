"""What the Paper page can do as actions, and phrases that mean a sheet: `print thu call`, `report 9`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stagecraft.domain.times import date_text, parse_date
from stagecraft.paper.documents import DOCUMENTS, Document
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.desk import Desk

if TYPE_CHECKING:
    from stagecraft.ui.pages.paper_page import PaperPage

_FILLERS = frozenset(
    {"the", "of", "for", "as", "list", "schedule", "and", "options", "sheet", "daily", "rehearsal"}
)


def paper_hits(text: str, desk: Desk) -> list[Hit]:
    """The sheet meant, or the sheets of that day; nothing when the words are about something else."""
    typed = re.findall(r"[a-z0-9#+-]+", text.lower())
    verb = typed[0] if typed and typed[0] in ("print", "pdf", "issue", "paper") else ""
    rest = typed[1:] if verb else typed
    named = next((found for word in rest if (found := _document_word(word))), None)
    left = [word for word in rest if not _document_word(word) and word not in _FILLERS]
    if named is not None:
        meant = [named]
    elif verb:
        meant = [
            document for document in DOCUMENTS.values() if not left or document.subject in ("date", "week")
        ]
    else:
        meant = []
    hits = (_hit(document, list(left), desk, verb) for document in meant)
    return [hit for hit in hits if hit is not None]


def _hit(document: Document, left: list[str], desk: Desk, verb: str) -> Hit | None:
    """The document with what the words left over say of it; None when they say nothing of it."""
    target: dict[str, Any] = {"document": document.name, "printing": verb == "print"}
    detail = ""
    for production in desk.all_productions():
        if production.code.lower() in left:
            left.remove(production.code.lower())
            target["production"] = production.id
            detail = production.name
    if document.subject == "number" and left and left[0].lstrip("#").isdigit():
        target["report"] = int(left[0].lstrip("#"))
        detail = f"{detail} #{target['report']}".strip()
    elif left:
        day = parse_date(" ".join(left), desk.date)
        if day is None:
            return None
        target["date"] = day
        detail = ", ".join(part for part in (detail, date_text(day)) if part)
    rank = 100 if verb else 60
    return Hit(document.title, lambda: desk.open_page("paper", **target), detail, "Paper", "paper", rank)


def _document_word(word: str) -> Document | None:
    """The document a word names: `call`, `week`, `report`, `company`, `contacts`, `expiry`."""
    if len(word) < 4:
        return None
    for start, name in (
        ("call", "daily-call"),
        ("week", "weekly-schedule"),
        ("report", "rehearsal-report"),
        ("company", "company-list"),
        ("contact", "company-list"),
        ("expiry", "contract-expiry"),
    ):
        if word.startswith(start) or start.startswith(word):
            return DOCUMENTS[name]
    return None


def paper_actions(page: PaperPage) -> list[Action]:
    """Menu Page, keys and command bar."""

    return [
        Action("paper.print", "Print…", page.out.print, "Ctrl+P", "paper", "Page", page.ready, words="printer"),
        Action(
            "paper.save",
            "Save PDF…",
            page.out.save,
            "Ctrl+Shift+S",
            "save",
            "Page",
            page.ready,
            words="pdf export",
        ),
        Action(
            "paper.issue",
            "Issue this sheet",
            page.out.issue,
            "Ctrl+Return",
            "check",
            "Page",
            page.ready,
            words="publish number version",
        ),
        Action(
            "paper.copy",
            "Copy the call as text",
            page.out.copy,
            "",
            "copy",
            "Page",
            lambda: page.ready() and page.document.name == "daily-call",
            words="mail clipboard",
        ),
        Action(
            "paper.page-on",
            "Page after",
            lambda: page.view.turn(1),
            "PgDown",
            "",
            "Page",
            page.ready,
        ),
        Action(
            "paper.page-back",
            "Page before",
            lambda: page.view.turn(-1),
            "PgUp",
            "",
            "Page",
            page.ready,
        ),
    ]
