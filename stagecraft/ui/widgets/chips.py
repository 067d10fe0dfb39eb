"""Chips: kinds of event, production codes, states, findings, privacy classes. Every one carries a word."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stagecraft.domain.kinds import KINDS
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import PRODUCTION_HUES, color, font

HEIGHT = 20


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """How a chip is drawn: words, dress and an optional icon.

    `dress` is plain | outline | dashed | red | amber | ok | sel, a kind's abbreviation (bar and tint) or a
    production hue (coloured outline). `strong` are leading words in bold.
    """

    text: str
    dress: str = "plain"
    icon: str = ""
    strong: str = ""


_ICON_TOKENS = {"red": "redMark", "amber": "amberMark", "ok": "okMark"}
_KIND_DRESSES = frozenset(kind.abbr for kind in KINDS.values())


def production_chip(code: str, hue: str) -> ChipSpec:
    """`BOMB` in its production's colour."""
    return ChipSpec("", hue if hue in PRODUCTION_HUES else "outline", strong=code)


def state_chip(word: str) -> ChipSpec:
    """`Draft` dashed, anything else plain; changed states get their triangle."""
    if word.lower().startswith("changed"):
        return ChipSpec(word, "plain", icon="changed")
    return ChipSpec(word, "dashed" if word.lower() in ("draft", "proposed", "writing") else "plain")


def finding_chip(words: str, severity: str) -> ChipSpec:
    """`severity` is red | amber | ok; each has its own shape."""
    return ChipSpec(words, severity, icon={"red": "red", "amber": "amber", "ok": "check"}[severity])


def privacy_chip(word: str) -> ChipSpec:
    """A privacy class in words; the closed ones with a lock."""
    return ChipSpec(word, "plain", icon="lock" if word in ("Management", "Restricted", "Personal") else "")


def chip_width(spec: ChipSpec) -> float:
    """Width in pixels of a chip drawn by `paint_chip`."""
    width = 14.0 if spec.dress in _KIND_DRESSES else 12.0
    if spec.icon:
        width += 16
    if spec.strong:
        width += QFontMetricsF(_strong_font(spec)).horizontalAdvance(spec.strong)
    if spec.text:
        width += QFontMetricsF(font(11)).horizontalAdvance(spec.text) + (4 if spec.strong else 0)
    return width + 1


def _strong_font(spec: ChipSpec) -> QFont:
    return font(10 if spec.dress in PRODUCTION_HUES or spec.dress == "outline" else 11, 600)


def _ground(painter: QPainter, spec: ChipSpec, box: QRectF) -> None:
    radius = 3.0
    if spec.dress in _KIND_DRESSES:
        path = QPainterPath()
        path.addRoundedRect(box, radius, radius)
        painter.fillPath(path, color(f"{spec.dress}Tint"))
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), color(spec.dress))
        painter.restore()
        return
    line, ground, style = {
        "red": ("redLine", "redTint", Qt.PenStyle.SolidLine),
        "amber": ("amberLine", "amberTint", Qt.PenStyle.SolidLine),
        "ok": ("okTint", "okTint", Qt.PenStyle.SolidLine),
        "sel": ("selLine", "sel", Qt.PenStyle.SolidLine),
        "plain": ("line", "sunk", Qt.PenStyle.SolidLine),
        "dashed": ("line2", "sunk", Qt.PenStyle.DashLine),
        "outline": ("line2", "base", Qt.PenStyle.SolidLine),
    }.get(spec.dress, (spec.dress, "base", Qt.PenStyle.SolidLine))
    painter.setPen(QPen(color(line), 1, style))
    painter.setBrush(color(ground))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _ink(spec: ChipSpec) -> str:
    if spec.dress in ("red", "amber", "ok") or spec.dress in PRODUCTION_HUES:
        return spec.dress
    return "text" if spec.dress == "sel" else "text2"


def paint_chip(painter: QPainter, spec: ChipSpec, x: float, y: float, height: float = HEIGHT) -> float:
    """Draw a chip with its top left at x, y; returns its width."""
    width = chip_width(spec)
    box = QRectF(x, y, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ground(painter, spec, box)
    left = x + (9 if spec.dress in _KIND_DRESSES else 6)
    if spec.icon:
        paint_icon(
            painter,
            spec.icon,
            QRectF(left, y + (height - 12) / 2, 12, 12),
            _ICON_TOKENS.get(spec.dress, "text2"),
        )
        left += 16
    align = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
    if spec.strong:
        painter.setFont(_strong_font(spec))
        painter.setPen(color("text" if spec.dress in _KIND_DRESSES else _ink(spec)))
        painter.drawText(QRectF(left, y, width, height), align, spec.strong)
        left += QFontMetricsF(_strong_font(spec)).horizontalAdvance(spec.strong) + 4
    if spec.text:
        painter.setFont(font(11))
        painter.setPen(color(_ink(spec)))
        painter.drawText(QRectF(left, y, width, height), align, spec.text)
    painter.restore()
    return width


class Chip(QWidget):
    """A chip as a widget. It says its words to a screen reader and does nothing else."""

    def __init__(self, spec: ChipSpec, *, tip: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_spec(spec)
        if tip:
            self.setToolTip(tip)

    def set_spec(self, spec: ChipSpec) -> None:
        self._spec = spec
        self.setAccessibleName(f"{spec.strong} {spec.text}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(chip_width(self._spec) + 0.999), HEIGHT)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self._spec, 0, 0)
