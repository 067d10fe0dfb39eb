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

THEMES = ("light", "dark", "booth")

TOKENS: dict[str, tuple[str, str, str]] = {
    "chrome": ("#ECEBE8", "#1B1B1D", "#060505"),
    "page": ("#F7F6F4", "#202023", "#0A0808"),
    "base": ("#FFFFFF", "#28282B", "#100C0B"),
    "alt": ("#FAF9F8", "#2C2C30", "#140F0E"),
    "sunk": ("#F1F0ED", "#1E1E21", "#080606"),
    "hover": ("#EDEBE7", "#333337", "#1C1412"),
    "line": ("#DEDCD7", "#3A3A3F", "#2B201D"),
    "line2": ("#B8B4AC", "#57575E", "#4A3732"),
    "text": ("#1E1D1B", "#E9E7E3", "#C9A99F"),
    "text2": ("#57544E", "#B4B1AB", "#A08379"),
    "text3": ("#6C6862", "#9C9993", "#94776D"),
    "accent": ("#4450C8", "#5C68E0", "#A33A2C"),
    "accentHover": ("#3842AE", "#6F7AE8", "#B84535"),
    "onAccent": ("#FFFFFF", "#FFFFFF", "#FFE9E3"),
    "accentText": ("#3B46B8", "#A3ABF7", "#E8765F"),
    "sel": ("#E4E7FA", "#33375F", "#2A1F1B"),
    "selLine": ("#AEB5EC", "#5A62A8", "#6E5247"),
    "red": ("#A8201A", "#F2A099", "#F08A72"),
    "redMark": ("#C62F27", "#E5564B", "#D9513A"),
    "redTint": ("#FBE8E6", "#452624", "#3A120C"),
    "redLine": ("#E8B4B0", "#7A3E3A", "#7A2C1F"),
    "amber": ("#7F4B00", "#EFBE6C", "#D9A35A"),
    "amberMark": ("#C77A0A", "#D9952F", "#B97F2E"),
    "amberTint": ("#FDF0D9", "#40331C", "#2C1E0B"),
    "amberLine": ("#E9CC97", "#705A2E", "#5C431C"),
    "ok": ("#276738", "#92CDA0", "#A9A07A"),
    "okMark": ("#3A8A4E", "#58A56C", "#7C7550"),
    "okTint": ("#E4F1E6", "#22382A", "#1B1A10"),
    "now": ("#1E1D1B", "#E9E7E3", "#E8765F"),
    "onNow": ("#FFFFFF", "#1B1B1D", "#0A0808"),
    "tip": ("#2A2926", "#E9E7E3", "#2B201D"),
    "onTip": ("#F7F6F4", "#1E1D1B", "#E2C5BC"),
    "hatch": ("#E4E2DD", "#313135", "#1A1311"),
    "desk": ("#DAD8D3", "#161618", "#060505"),
    # Production hues: none is the hue of a kind, and the code chip always goes with them.
    "bomb": ("#8E3A7A", "#D98CC6", "#B98A9F"),
    "hit": ("#616A1B", "#B7C25B", "#9C9A5F"),
    "hue3": ("#1B6585", "#74BCDD", "#7F95A0"),
    "hue4": ("#94422F", "#E39A86", "#C98C78"),
    "hue5": ("#4D5A31", "#AEBB8C", "#8F9A74"),
    "hue6": ("#5A5568", "#B9B2CC", "#9A90A6"),
    # Kinds of event: bar and tint.
    "RH": ("#2F6DB5", "#7FB2EC", "#8C7F90"),
    "RHTint": ("#E7EFF9", "#253A54", "#171216"),
    "MU": ("#7A4BA8", "#BE98E6", "#98798C"),
    "MUTint": ("#F1EAF8", "#3B2F4F", "#191115"),
    "CH": ("#0E7676", "#62BFBD", "#7F8480"),
    "CHTint": ("#E0F1F0", "#1E3F40", "#121413"),
    "PF": ("#86650C", "#DDB656", "#B58C4A"),
    "PFTint": ("#F7EFD8", "#453A1E", "#1E160B"),
    "TC": ("#666562", "#AEACA8", "#8A7F7A"),
    "TCTint": ("#EDECEA", "#3A3A3D", "#161212"),
    "FT": ("#2E7A3A", "#7EC48A", "#84865F"),
    "FTTint": ("#E5F2E6", "#25402A", "#14150D"),
    "PR": ("#B33B76", "#EC8DBA", "#B5727E"),
    "PRTint": ("#FAE8F1", "#4C2A3B", "#1E1012"),
    "MT": ("#4C5C76", "#A4B4CE", "#8C827F"),
    "MTTint": ("#E9EDF3", "#313A48", "#151213"),
    "TR": ("#84522B", "#D5A27A", "#A67C60"),
    "TRTint": ("#F4EAE1", "#43342A", "#1B120D"),
    "OFF": ("#8B877F", "#8F8C86", "#7C6B64"),
    "OFFTint": ("#F5F2EA", "#2B2A29", "#0E0B0A"),
    "DK": ("#8B877F", "#8F8C86", "#7C6B64"),
    "DKTint": ("#EFEDE9", "#26262A", "#0E0B0A"),
}

PRODUCTION_HUES = ("bomb", "hit", "hue3", "hue4", "hue5", "hue6")
"""What `production.colour` may be; each is also a token."""

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
