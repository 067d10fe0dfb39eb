"""Colours, type and the look of plain Qt widgets: one table of tokens for light, dark and booth.

Pages ask `color("text2")` when they paint and set `Label`s and buttons by role; they never write a colour.
The tokens are those of the look's own table; `tests/ui/test_shell_theme.py` checks their contrast.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from stagecraft.base.resources import resource
from stagecraft.ui.stylesheet import stylesheet
from stagecraft.ui.tokens import PRODUCTION_HUES, THEMES, TOKENS

_current = "light"


def theme() -> str:
    """Name of the theme in use: light, dark or booth."""
    return _current


def hex_color(token: str) -> str:
    """`#rrggbb` of a token in the theme in use; raises KeyError for a token that does not exist."""
    return TOKENS[token][THEMES.index(_current)]


def color(token: str) -> QColor:
    """Colour of a token in the theme in use."""
    return QColor(hex_color(token))


def kind_colors(abbr: str) -> tuple[QColor, QColor]:
    """Bar and tint of a kind of event by its abbreviation (`domain.kinds.KINDS[...].abbr`)."""
    return color(abbr), color(f"{abbr}Tint")


def production_color(hue: str) -> QColor:
    """Colour of a production; an unknown hue, from a newer file, shows as plain secondary text."""
    return color(hue if hue in PRODUCTION_HUES else "text2")


@cache
def font(px: int = 13, weight: int = 400, italic: bool = False, strike: bool = False) -> QFont:
    """The screen face with tabular figures. Treat the result as read-only: it is shared."""
    made = QFont()
    made.setFamilies(["Inter", "Noto Sans", "Sans Serif"])
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    made.setStrikeOut(strike)
    # Without this a bare fontconfig rounds every advance to whole pixels, up to 3 % off.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def load_fonts() -> None:
    """Make the bundled face known to Qt; needs a QApplication."""
    for face in ("Regular", "Medium", "SemiBold", "Italic"):
        QFontDatabase.addApplicationFont(str(resource("fonts", "screen", f"Inter-{face}.otf")))


def apply_theme(name: str) -> None:
    """Dress the whole application; every open window repaints. An unknown name means light."""
    global _current
    _current = name if name in THEMES else "light"
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette())
    app.setStyleSheet(stylesheet({token: hex_color(token) for token in TOKENS}, booth=_current == "booth"))


def _palette() -> QPalette:
    """A palette of our own: setColorScheme does nothing without a desktop's platform theme."""
    role = QPalette.ColorRole
    tokens = {
        role.Window: "page", role.WindowText: "text", role.Base: "base", role.AlternateBase: "alt",
        role.Text: "text", role.Button: "base", role.ButtonText: "text", role.BrightText: "onAccent",
        role.Highlight: "accent", role.HighlightedText: "onAccent", role.Accent: "accent",
        role.ToolTipBase: "tip", role.ToolTipText: "onTip", role.Link: "accentText",
        role.LinkVisited: "accentText", role.PlaceholderText: "text3", role.Light: "base",
        role.Midlight: "alt", role.Mid: "line", role.Dark: "line2", role.Shadow: "line2",
    }  # fmt: skip
    palette = QPalette()
    for which, token in tokens.items():
        palette.setColor(which, color(token))
    faded = color("text3")
    faded.setAlphaF(0.65)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faded)
    return palette


__all__ = [
    "PRODUCTION_HUES",
    "THEMES",
    "TOKENS",
    "apply_theme",
    "color",
    "font",
    "hex_color",
    "kind_colors",
    "load_fonts",
    "production_color",
    "theme",
]
