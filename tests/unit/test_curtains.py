"""Curtains of a week as they are typed and written."""

from __future__ import annotations

import pytest

from stagecraft.base.errors import Refused
from stagecraft.domain.curtains import EIGHT_SHOWS, curtains_text, parse_curtains

WRITTEN = "Tue 7:00p, Wed 2:00p 7:30p, Thu 7:00p, Fri 8:00p, Sat 2:00p 8:00p, Sun 3:00p"


def test_the_usual_week_is_written_and_read_alike() -> None:
    assert curtains_text(EIGHT_SHOWS) == WRITTEN
    assert parse_curtains(WRITTEN) == EIGHT_SHOWS


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("tue 7", ((1, 1140),)),
        ("Wednesday 2 & 7:30", ((2, 840), (2, 1170))),
        ("Sun 3p; sat 8p, 2p", ((5, 840), (5, 1200), (6, 900))),
        ("Mon 19:30", ((0, 1170),)),
        ("Tue 7p, Tue 7:00p", ((1, 1140),)),
    ],
)
def test_what_people_type_is_understood(typed: str, pattern: tuple[tuple[int, int], ...]) -> None:
    assert parse_curtains(typed) == pattern


@pytest.mark.parametrize(("typed", "word"), [("7p", "7p"), ("Tue noonish", "noonish"), ("", ""), ("Tue", "")])
def test_what_is_no_pattern_is_refused_with_the_word(typed: str, word: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_curtains(typed)
    assert refused.value.field == "curtains"
    assert not word or f"“{word}”" in refused.value.message
