"""What the Paper page can do as actions, and phrases that mean a sheet: `print thu call`, `report 9`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stagecraft.domain.times import date_text
from stagecraft.paper.documents import DOCUMENTS, Document
from stagecraft.ui import words
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.desk import Desk

if TYPE_CHECKING:
    from stagecraft.ui.pages.paper_page import PaperPage

_FILLERS = frozenset(
    {"the", "of", "for", "as", "list", "schedule", "and", "options", "sheet", "daily", "rehearsal"}
)


def paper_hits(text: str, desk: Desk) -> list[Hit]:
    """The sheet meant, or nothing when the words are about something else."""
    typed = re.findall(r"[a-z0-9#+-]+", text.lower())
    printing = bool(typed) and typed[0] in ("print", "pdf", "issue", "paper")
    rest = typed[1:] if printing else typed
    document = next((found for word in rest if (found := _document_word(word))), None)
    if document is None:
        return []
    left = [word for word in rest if not _document_word(word) and word not in _FILLERS]
    target: dict[str, Any] = {"document": document.name}
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
        day = words.parse_date(" ".join(left), desk.date)
        if day is None:
            return []
        target["date"] = day
        detail = ", ".join(part for part in (detail, date_text(day)) if part)
    rank = 100 if printing else 60
    return [Hit(document.title, lambda: desk.open_page("paper", **target), detail, "Paper", "paper", rank)]


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
        Action(
            "paper.print", "Print…", page.print_sheet, "Ctrl+P", "paper", "Page", page.ready, words="printer"
        ),
        Action(
            "paper.save",
            "Save PDF…",
            page.save_sheet,
            "Ctrl+Shift+S",
            "save",
            "Page",
            page.ready,
            words="pdf export",
        ),
        Action(
            "paper.issue",
            "Issue this sheet",
            page.issue_sheet,
            "Ctrl+Return",
            "check",
            "Page",
            page.ready,
            words="publish number version",
        ),
        Action(
            "paper.copy",
            "Copy the call as text",
            page.copy_text,
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
