"""How days are read as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from stagecraft.domain.times import parse_date

NEAR = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "11/26", "11/26/2026", "11/26/26", "Thu 11/26", "Nov 26", "November 26, 2026", "26 Nov", "26 Nov 2026",
        "2026-11-26", "Thu 26 Nov", "Thu 26 Nov 2026", "Thursday, November 26", "tomorrow", "thu", "+1", "26",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text, NEAR) == date(2026, 11, 26)


def test_between_slashes_the_month_comes_first() -> None:
    assert parse_date("3/4/2027", NEAR) == date(2027, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"), [("1/14", date(2027, 1, 14)), ("Jan 14", date(2027, 1, 14)), ("10/30", date(2026, 10, 30))]
)
def test_without_a_year_the_nearest_day_is_meant(text: str, day: date) -> None:
    assert parse_date(text, NEAR) == day


@pytest.mark.parametrize("text", ["", "13/1", "2/30", "11/26/", "11/26/026", "1/2/3/4", "soon", "26 Brumaire"])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert parse_date(text, NEAR) is None
