"""Faces, fallback, wrapping: every typed character is printed in an embedded face or named, none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from stagecraft.domain.sheets.frame import Run
from stagecraft.paper.fonts import clean, split, visual, width
from stagecraft.paper.pen import fitted, line_width, pieces, wrap

PAPER = Path(__file__).parents[3] / "stagecraft" / "paper"


def words(lines: list) -> str:
    return " ".join("".join(piece.text for piece in line) for line in lines)


def test_control_direction_and_private_characters_never_reach_the_page():
    assert clean("a\x00b\u202ec\ud800d\ue000e\nf") == "abcde f"


def test_markup_is_only_text():
    assert clean("<b>Bob</b> & Co") == "<b>Bob</b> & Co"


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("Zoë Łukasik", ["Stagecraft-S"]),
        ("Анна Каренина", ["Stagecraft-S"]),
        ("⇄ Props", ["Stagecraft-D", "Stagecraft-S"]),
        ("李 Wei", ["Stagecraft-W", "Stagecraft-S"]),
    ],
)
def test_each_run_takes_the_first_face_that_has_its_characters(text, faces):
    assert [name for name, _ in split(text, "S")] == faces


def test_a_character_no_face_has_is_printed_as_its_code():
    assert "".join(part for _, part in split("a\U0001f3ad", "S")) == "a[1F3AD]"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Zoë Łukasik, 李", "Zoë Łukasik, 李"),
        ("דוד כהן", "ןהכ דוד"),
        ("Mia, דוד, אבי 12", "Mia, דוד, יבא 12"),
    ],
)
def test_words_read_from_right_to_left_are_drawn_so(typed, drawn):
    assert visual(typed) == drawn


def test_wrapping_keeps_every_word_and_every_width():
    text = "Karen (Amanda), Jimmy (Jesse); Omar (JB) from 2:45p and the whole of the ensemble"
    lines = wrap(pieces([Run(text), Run(" Sol", "bold")]), 9.5, 120)
    assert words(lines) == text + " Sol"
    assert max(line_width(line, 9.5) for line in lines) <= 120.01


def test_a_word_wider_than_its_column_is_broken_not_cut():
    name = "Wolfeschlegelsteinhausenbergerdorff-Xy"
    lines = wrap(pieces(name), 9.5, 40)
    assert "".join(piece.text for line in lines for piece in line) == name


def test_a_long_name_is_condensed_before_it_wraps():
    name = "Maximiliana Wolfeschlegelsteinhausens."
    limit = width(name, "S", 9.5) - 2
    assert fitted(name, "S", 9.5, limit) == [pieces(name, "C")]


def test_no_document_reads_typed_text_as_markup():
    offenders = [
        path.name
        for path in PAPER.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("Paragraph(", "platypus", "drawString("))
    ]
    assert offenders == []


def test_reportlab_may_open_nothing():
    from reportlab import rl_config

    assert (rl_config.trustedSchemes, rl_config.trustedHosts) == ([], [])
