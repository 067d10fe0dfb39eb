"""The tokens: contrast as computed by WCAG, one value a theme, nothing a filled block."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from stagecraft.domain.kinds import KINDS
from stagecraft.services.company import HUES
from stagecraft.ui.icons import icon
from stagecraft.ui.theme import PRODUCTION_HUES, THEMES, TOKENS, apply_theme, color, font, theme

TEXT_ON = [
    ("text", "base"), ("text", "page"), ("text", "chrome"), ("text", "sel"), ("text2", "chrome"), ("text2", "base"),
    ("text2", "sel"), ("text2", "sunk"), ("text3", "chrome"), ("text3", "base"), ("accentText", "base"),
    ("onAccent", "accent"), ("red", "redTint"), ("amber", "amberTint"), ("ok", "okTint"), ("onTip", "tip"),
    ("onNow", "now"), *((hue, "base") for hue in PRODUCTION_HUES),
    *(("text", f"{kind.abbr}Tint") for kind in KINDS.values()),
]  # fmt: skip
MARKS_ON = [("redMark", "base"), ("amberMark", "base"), ("okMark", "base"), ("accentText", "page")]


def luminance(rgb: str) -> float:
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(rgb).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("place", range(3), ids=THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_is_readable_on_its_ground(ink: str, ground: str, place: int) -> None:
    assert contrast(TOKENS[ink][place], TOKENS[ground][place]) >= 4.5


@pytest.mark.parametrize("place", range(3), ids=THEMES)
@pytest.mark.parametrize(("ink", "ground"), MARKS_ON)
def test_marks_stand_out_from_their_ground(ink: str, ground: str, place: int) -> None:
    assert contrast(TOKENS[ink][place], TOKENS[ground][place]) >= 3.0


def test_every_kind_of_event_has_a_bar_and_a_tint() -> None:
    assert {kind.abbr for kind in KINDS.values()} <= set(TOKENS)
    assert {f"{kind.abbr}Tint" for kind in KINDS.values()} <= set(TOKENS)


def test_the_window_knows_the_hues_productions_take() -> None:
    assert PRODUCTION_HUES == HUES


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_changes_colours_at_once(qapp, name: str) -> None:
    apply_theme(name)
    assert theme() == name
    assert color("page").name().upper() == TOKENS["page"][THEMES.index(name)].upper()
    assert qapp.palette().window().color() == color("page")
    apply_theme("light")


def test_an_icon_follows_the_theme(qapp) -> None:
    apply_theme("light")
    clock = icon("today", "text")
    light = clock.pixmap(16, 16).toImage()
    apply_theme("dark")
    assert clock.pixmap(16, 16).toImage() != light
    apply_theme("light")
    assert clock.pixmap(16, 16).toImage() == light


def test_an_icon_that_does_not_exist_is_noticed_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_figures_are_equally_wide(qapp) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(font(13))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_the_bundled_face_is_used(qapp) -> None:
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(font(13)).family() == "Inter"
