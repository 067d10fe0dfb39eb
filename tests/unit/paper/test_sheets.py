"""Sheets as frozen data and as plain text; lanes of overlapping work."""

from __future__ import annotations

import paper_pages as pages
import pytest

from stagecraft.domain.sheets import from_json, to_json
from stagecraft.domain.sheets.daily_call import NotCalled, text_of, together
from stagecraft.domain.sheets.frame import lanes

SHEETS = [
    pages.daily_call,
    pages.week,
    pages.report,
    pages.company_list,
    pages.expiry,
    pages.ledger,
    pages.hours,
]


@pytest.mark.parametrize("make", SHEETS, ids=lambda make: make.__name__)
def test_the_frozen_data_of_an_issue_gives_the_same_sheet(make):
    sheet = make()
    assert from_json(type(sheet), to_json(sheet)) == sheet


def test_a_sheet_frozen_by_an_older_program_takes_defaults_for_what_it_lacks():
    text = (
        to_json(pages.daily_call())
        .replace(',"off":""', "")
        .replace('"parallel":true', '"parallel":true,"later":1')
    )
    assert from_json(type(pages.daily_call()), text) == pages.daily_call()


def test_text_for_the_mail_says_what_the_page_says():
    lines = text_of(pages.daily_call()).splitlines()
    assert lines[:3] == ["Hit List: DAILY CALL", "Thursday, January 21, 2027", pages.PLACE]
    assert "10:00a–11:30a 4A: Sc 1.7 “On Top” (Choreography · Josh) – Lena (Diva), Ensemble 1–6" in lines
    assert "1:00p–2:00p LUNCH (1 h 00)" in lines
    assert "6:00p END OF DAY" in lines
    assert "Karen Cartwright: 10:00a 4B, free 11:30a–2:00p, rel. 6:00p" in lines
    assert "NOT CALLED: Sol Bright (called tomorrow, Fri 22 Jan, 10:00a)" in lines


def test_those_who_are_called_again_together_are_named_together():
    tomorrow = "called tomorrow, Tue 19 Jan, 6:30p"
    idle = [("Simon", tomorrow), ("Priya", ""), ("Tess", "next called Wed"), ("Bobby", tomorrow), ("Ō", "")]
    shown = together([NotCalled(name, again) for name, again in idle])
    assert [(one.name, one.again) for one in shown] == [
        ("Simon and Bobby", f"both {tomorrow}"),
        ("Priya", ""),
        ("Tess", "next called Wed"),
        ("Ō", ""),
    ]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 2), (2, 4)], [(0, 1), (0, 1)]),
        ([(0, 3), (1, 2)], [(0, 2), (1, 2)]),
        ([(0, 2), (1, 3), (2, 4)], [(0, 2), (1, 2), (0, 2)]),
        ([], []),
    ],
)
def test_work_at_the_same_time_stands_side_by_side(spans, expected):
    assert lanes(spans) == expected
