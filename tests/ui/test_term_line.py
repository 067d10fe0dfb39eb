"""The line of time: which months it shows, what it says to a screen reader, and that no text touches another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap
from pytestqt.qtbot import QtBot

from stagecraft.ui.widgets.term_line import TermLine
from stagecraft.ui.widgets.term_picture import HEIGHT, TermOption, TermPicture, TermSpan, TermView

TODAY = date(2027, 1, 21)
SIMON = TermView(
    TODAY,
    None,
    date(2027, 3, 28),
    options=[TermOption(date(2027, 1, 31), 8, 26, True, "red", "Sun 31 Jan: last day for notice")],
    spans=[TermSpan(date(2027, 8, 1), date(2027, 8, 31), "Film leave, asked", True)],
    final=(date(2027, 3, 28), "#397, Sun 28 Mar 2027 3:00p"),
)
KAREN = TermView(
    TODAY,
    date(2026, 2, 2),
    date(2027, 1, 17),
    ended=True,
    options=[TermOption(date(2026, 11, 22), 8, 26, False, "text2", "Sun 22 Nov: not renewed Fri 20 Nov")],
)
LINDA = TermView(TODAY, date(2026, 2, 2), None)
OLD = TermView(TODAY, date(1999, 1, 1), date(2040, 1, 1))
CROWDED = replace(
    SIMON,
    options=[
        *SIMON.options,
        TermOption(date(2027, 2, 3), 8, None, True, "amber", "Wed 3 Feb: last day for notice"),
        TermOption(date(2027, 3, 1), 4, 26, False, "text2", "Mon 1 Mar: lapsed Tue 2 Mar"),
    ],
    spans=[
        TermSpan(
            date(2027, 1, 25),
            date(2027, 2, 20),
            "Permission of the general manager of Bombshell, signed",
            False,
        ),
        TermSpan(date(2027, 2, 1), date(2027, 2, 2), "No calls on two-show days, signed", False),
        TermSpan(date(2027, 3, 20), date(2027, 4, 20), "Leave of absence for a film, asked", True),
    ],
)
VIEWS = [SIMON, KAREN, LINDA, OLD, CROWDED]


def test_the_window_holds_what_matters_in_whole_months():
    assert SIMON.window() == (date(2027, 1, 1), date(2027, 11, 1))
    assert KAREN.window() == (date(2026, 1, 1), date(2027, 3, 1))


@pytest.mark.parametrize("view", VIEWS)
def test_today_is_always_in_the_window_and_the_window_is_bounded(view: TermView):
    start, end = view.window()
    assert start <= TODAY < end
    assert start.day == end.day == 1
    assert 150 <= (end - start).days < 3 * 1100


def test_it_says_in_words_what_it_shows(qtbot: QtBot):
    line = TermLine()
    qtbot.addWidget(line)
    line.set_view(SIMON)
    assert line.accessibleName() == (
        "Line of time. Term to Sun 28 Mar 2027; Sun 31 Jan: last day for notice; "
        "Film leave, asked, Sun 1 Aug to Tue 31 Aug; Final performance #397, Sun 28 Mar 2027 3:00p; "
        "Today is Thu 21 Jan 2027."
    )


def _painted(view: TermView, width: int) -> list[tuple[str, QRectF]]:
    """Every text of the picture and where it stands."""
    ground = QPixmap(width, HEIGHT)
    painter = QPainter(ground)
    picture = TermPicture(painter, view, width)
    picture.paint()
    painter.end()
    return picture.texts


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_touches_another_at_any_width_on_any_day(view: TermView, qtbot: QtBot):
    for width, days in product(range(280, 1400, 60), range(-120, 240, 30)):
        texts = _painted(replace(view, today=TODAY + timedelta(days=days)), width)
        touching = [
            (one, two) for (one, here), (two, there) in combinations(texts, 2) if here.intersects(there)
        ]
        assert touching == []
        assert all(box.left() >= 0 and box.right() <= width for _, box in texts)


def test_everything_is_written_where_there_is_room(qtbot: QtBot):
    assert [words for words, _ in _painted(SIMON, 620)] == [
        "Sun 31 Jan: last day for notice",
        "Sun 28 Mar term ends, final #397",
        "Film leave, asked",
        "Current term",
        "8 weeks’ notice",
        "Option: 26 weeks more, if notice is given in time",
    ]


def test_a_text_without_room_is_said_shorter(qtbot: QtBot):
    assert [words for words, _ in _painted(SIMON, 280)][:2] == [
        "Sun 31 Jan: last day for notice",
        "Sun 28 Mar term ends",
    ]
