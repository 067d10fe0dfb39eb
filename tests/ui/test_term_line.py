"""The line of time: which months it shows, what it says to a screen reader, and that it paints at any width."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from stagecraft.ui.theme import THEMES
from stagecraft.ui.widgets.term_line import TermLine, TermOption, TermSpan, TermView

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
VIEWS = [SIMON, KAREN, LINDA, OLD]


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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("view", VIEWS)
def test_it_paints_at_any_width(view: TermView, theme: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stagecraft.ui.theme._current", theme)
    line = TermLine()
    qtbot.addWidget(line)
    line.set_view(view)
    for width in (280, 620, 1400):
        line.resize(width, line.height())
        assert not line.grab().isNull()
