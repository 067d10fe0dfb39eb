"""The hours sheets in type: many days and people, hostile names, what stands above the foot, one person's calls."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import paper_pages as pages
import pytest
from pypdf import PdfReader

from stagecraft.domain.sheets.actor_hours import CallLine
from stagecraft.domain.sheets.frame import Run
from stagecraft.domain.sheets.twenty_nine_hour_ledger import LedgerChange
from stagecraft.paper.documents import render
from stagecraft.paper.options import PaperOptions

NAMES = (
    "Zoë Łukasik",
    "Siobhan O'Neill",
    "李",
    "<b>Bob</b> & Co",
    "Maximiliana Wolfeschlegelsteinhausens.",
    "Анна Каренина",
)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    return re.sub(r"[\s\u00a0]+", " ", " ".join(page.extract_text() for page in read(pdf).pages))


def squeezed(pdf: bytes) -> str:
    return re.sub(r"\s+", "", text(pdf))


def lowest(pdf: bytes) -> float:
    """Where the lowest words stand that are not in the foot: those of the foot are at 48, 42 and 37.5."""
    spots: list[float] = []
    for page in read(pdf).pages:
        page.extract_text(
            visitor_text=lambda words, _cm, tm, *_: spots.append(tm[5]) if words.strip() else None
        )
    return min(y for y in spots if y > 50)


def within(pdf: bytes) -> bool:
    """Nothing begins outside the page's margins."""
    for page in read(pdf).pages:
        spots: list[float] = []

        def visit(words, _cm, tm, *_, spots=spots):
            if words.strip():
                spots.append(tm[4])

        page.extract_text(visitor_text=visit)
        if not all(35 <= x <= float(page.mediabox.width) - 30 for x in spots):
            return False
    return True


def test_the_ledger_says_what_the_target_page_says():
    words = text(render("29-hour-ledger", pages.ledger()))
    for needed in (
        "REVISED v5",
        "CHANGED SINCE v4",
        "Day 5, Fri 9 Oct: 5 h called. Total 29 of 29, was 24.",
        "HOURS BY DAY",
        "24 h flag",
        "29 h limit",
        "Zoë Łukasik 6 6 6 6 5 29 0 no hours left",
        "Each day 6 6 6 6 5 29 0",
        "LIMIT REACHED",
        "unverified",
        "Planning aid, not legal advice.",
        "Check your agreement",
        "PRODUCTION TEAM (P2)",
    ):
        assert needed in words


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("binding", [False, True])
@pytest.mark.parametrize("days", [0, 1, 5, 6, 9, 10, 14])
def test_up_to_fourteen_days_stand_beside_each_other(paper, binding, days):
    sheet = pages.ledger((2,) * days, (*pages.READERS, *NAMES))
    pdf = render("29-hour-ledger", sheet, PaperOptions(paper=paper, binding=binding))
    assert within(pdf)
    assert lowest(pdf) > 63
    words = text(pdf)
    assert all(name.replace(" ", "") in squeezed(pdf) for name in NAMES)
    assert words.count("HOURS BY DAY") == (1 if days else 0)
    if days:
        assert f"Karen Cartwright {'2 ' * days}{2 * days} {29 - 2 * days}" in words


def test_half_hours_fit_the_narrow_columns():
    sheet = pages.ledger((2,) * 14)
    for person in sheet.people:
        person.hours = ["12:30"] * 14
        person.state = "17 h planned: over by 5 h 30"
    pdf = render("29-hour-ledger", sheet)
    assert f"Dev Anand {'12:30 ' * 14}28 1" in text(pdf)
    assert within(pdf)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_fifty_people_repeat_the_head(paper):
    names = tuple(f"Person {number:02d} O'Neill" for number in range(50))
    pdf = render("29-hour-ledger", pages.ledger(names=names), PaperOptions(paper=paper))
    words = text(pdf)
    assert all(name in words for name in names)
    assert len(read(pdf).pages) == words.count("Name Mon 5")
    assert len(read(pdf).pages) <= 3
    assert lowest(pdf) > 63
    assert "Each day" in words


def test_a_day_still_to_come_says_that_it_is_planned():
    sheet = pages.ledger()
    sheet.days[-1].planned = True
    assert "5 h planned" in text(render("29-hour-ledger", sheet))


def test_the_first_issue_has_no_box_of_changes():
    sheet = replace(pages.ledger(), since="", changes=[])
    assert "CHANGED" not in text(render("29-hour-ledger", sheet))


def test_five_long_changes_stay_in_their_box():
    sheet = pages.ledger()
    sheet.changes = [LedgerChange([Run("Added: " + ", ".join(NAMES) * 2)]) for _ in range(5)]
    pdf = render("29-hour-ledger", sheet)
    assert squeezed(pdf).count("Added:") == 5
    assert lowest(pdf) > 63


def test_the_words_in_the_middle_of_the_foot_stand_clear_of_a_long_stamp():
    sheet = pages.ledger()
    sheet.frame.stamp = (
        "v12 · issued Wed 21 Oct 2026 12:00n · replaces v11 (Wed 30 Dec 2025) and more words than usual"
    )
    spots: dict[str, tuple[float, float]] = {}
    page = read(render("29-hour-ledger", sheet)).pages[0]

    def visit(words, _cm, tm, _font, size):
        spots[words.strip()] = (tm[4], size)

    page.extract_text(visitor_text=visit)
    stamp = next(x for words, (x, _) in spots.items() if words.startswith("v12"))
    notice = next(x for words, (x, _) in spots.items() if words == "Check your agreement")
    assert notice > stamp + 300


# --- weekly hours --------------------------------------------------------------------------------------------


def test_the_hours_sheet_has_in_and_out_hours_and_a_place_to_sign():
    words = text(render("actor-hours", pages.hours()))
    for needed in (
        "WEEKLY HOURS",
        "10:00a–6:00p",
        "7 h · meal 1 h",
        "+ 3 h 10 BOMB",
        "late, in 10:12a",
        "Week: 42 h 10 of 45 h",
        "2 h 50 left, unverified",
        "Signed",
        "Deputy, date",
        "Stage manager, date",
        "Report #1: 10:00a–6:00p",
        "Planning aid, not legal advice.",
        "All together",
    ):
        assert needed in words


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("binding", [False, True])
def test_fifty_people_with_hostile_names_sign_on_several_pages(paper, binding):
    names = tuple(f"{name} {number}" for number, name in enumerate(NAMES * 9))
    pdf = render("actor-hours", pages.hours(names), PaperOptions(paper=paper, binding=binding))
    words = squeezed(pdf)
    assert all(name.replace(" ", "") in words for name in names)
    signed = [page for page in read(pdf).pages if "10:00a–6:00p" in page.extract_text()]
    assert all("Name Mon 11 Jan" in re.sub(r"\s+", " ", page.extract_text()) for page in signed)
    assert lowest(pdf) > 63
    assert within(pdf)


def test_one_person_sees_every_call():
    sheet = pages.hours(("Karen Cartwright",))
    sheet.calls = [
        CallLine("Mon 11 Jan", "BOMB", "6:15a–8:45a", "Morning TV", "12 h 35 rest before", "2 h 30"),
        CallLine("", "HIT", "10:00a–6:00p", "Music", "meal 1 h", "7 h"),
    ]
    pdf = render("actor-hours", sheet)
    words = text(pdf)
    assert len(read(pdf).pages) == 1
    assert "CALL BY CALL" in words
    assert "Mon 11 Jan BOMB 6:15a–8:45a Morning TV 12 h 35 rest before 2 h 30" in words
    assert "All together" not in words


def test_a_week_without_anybody_says_so():
    sheet = replace(pages.hours(()), empty="Nobody is called this week.", totals=[""] * 7)
    assert "Nobody is called this week." in text(render("actor-hours", sheet))
