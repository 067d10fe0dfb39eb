"""The words beside a dragged call: where it would be, what would clash there, what is fine. Five lines at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.week_paint import SHADOW, paint_shadow
from stagecraft.ui.widgets.week_text import text_width

MOST_LINES = 5
_ROW, _SECOND, _PAD, _WIDTH, _MOST_WIDTH, _AROUND = 24, 14, 10, 200, 260, 30
_TONES = {
    "red": ("redTint", "redLine", "red", "redMark", "red"),
    "amber": ("amberTint", "amberLine", "amber", "amberMark", "amber"),
    "cost": ("sunk", "line2", "text2", "text2", "cost"),
    "fine": ("sunk", "line2", "text2", "okMark", "check"),
}


@dataclass(slots=True)
class ChipLine:
    """One line: tone red, amber, cost or fine, and its words."""

    tone: str
    words: str


def chip_lines(findings: Sequence[tuple[str, str]], fine: Sequence[str]) -> tuple[list[ChipLine], int]:
    """At most five lines, findings (severity, words) first, and how many there are besides."""
    lines = [ChipLine(severity, words) for severity, words in findings]
    lines += [ChipLine("fine", words) for words in fine]
    return lines[:MOST_LINES], max(0, len(lines) - MOST_LINES)


class DragChips(QWidget):
    """The pop-up of a drag. It never takes the mouse and never covers the slot the call would drop into."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        self.title, self.from_words, self.hint = "", "", ""
        self.lines: list[ChipLine] = []
        self.more = 0

    def show_words(
        self, title: str, from_words: str, lines: list[ChipLine], more: int, hint: str, slot: QRect
    ) -> None:
        """Show these words beside `slot` (in the parent's coordinates): right of it, left when there is no room."""
        self.title, self.from_words, self.lines, self.more, self.hint = title, from_words, lines, more, hint
        self.setAccessibleName(self.spoken())
        size = self._size()
        self.setGeometry(self._place(size, slot))
        self.show()
        self.raise_()
        self.update()

    def spoken(self) -> str:
        """All words as one sentence for assistive tools."""
        words = [f"{self.title} {self.from_words}".strip(), *(line.words for line in self.lines)]
        if self.more:
            words.append(f"and {self.more} more")
        return "; ".join(words)

    def _size(self) -> QSize:
        wants = [text_width(self.title, 600, 13) + text_width(self.from_words) + 16]
        wants += [text_width(line.words) + _AROUND for line in self.lines]
        wants.append(text_width(self.hint))
        inner = ceil(min(max(_WIDTH - 2 * _PAD, *wants), _MOST_WIDTH))
        rows = sum(self._height(line, inner) for line in self.lines)
        height = _PAD + 20 + rows + (18 if self.more else 0) + (22 if self.hint else 0) + _PAD - 2
        return QSize(inner + 2 * _PAD + 2 * SHADOW, height + 2 * SHADOW)

    @staticmethod
    def _height(line: ChipLine, inner: float) -> int:
        """Pixels a line takes, with the gap under it; long words go on in a second row."""
        return _ROW + (_SECOND if text_width(line.words) + _AROUND > inner else 0)

    def _place(self, size: QSize, slot: QRect) -> QRect:
        parent = self._ground.rect()
        x = slot.right() + 13 - SHADOW
        if x + size.width() - SHADOW > parent.right():
            x = slot.left() - 12 - size.width() + SHADOW
        if x + SHADOW < parent.left():
            x = parent.left() - SHADOW
        y = slot.top() - SHADOW
        below = parent.bottom() - size.height() + SHADOW
        y = max(parent.top() - SHADOW, min(y, below))
        place = QRect(QPoint(x, y), size)
        if place.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).intersects(slot):
            under = slot.bottom() + 9 - SHADOW
            over = slot.top() - 8 - size.height() + SHADOW
            place.moveTop(under if under + size.height() - SHADOW <= parent.bottom() else over)
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        paint_shadow(painter, card)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(color("base"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inner = card.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        self._paint_title(painter, inner)
        y = inner.top() + 22
        for line in self.lines:
            height = self._height(line, inner.width())
            self._paint_line(painter, QRectF(inner.left(), y, inner.width(), height - 4), line)
            y += height
        painter.setPen(color("text2"))
        painter.setFont(font(11))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if self.more:
            painter.drawText(QRectF(inner.left(), y, inner.width(), 16), left, f"and {self.more} more")
            y += 18
        if self.hint:
            painter.drawText(QRectF(inner.left(), y + 2, inner.width(), 16), left, self.hint)

    def _paint_title(self, painter: QPainter, inner: QRectF) -> None:
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font(13, 600))
        painter.setPen(color("text"))
        painter.drawText(QRectF(inner.left(), inner.top() - 2, inner.width(), 20), left, self.title)
        gone = text_width(self.title, 600, 13) + 8
        painter.setFont(font(11))
        painter.setPen(color("text2"))
        painter.drawText(
            QRectF(inner.left() + gone, inner.top() - 1, inner.width() - gone, 20), left, self.from_words
        )

    def _paint_line(self, painter: QPainter, row: QRectF, line: ChipLine) -> None:
        ground, border, words, mark, shape = _TONES[line.tone]
        painter.setPen(QPen(color(border), 1))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        paint_icon(painter, shape, QRectF(row.left() + 6, row.top() + 4, 12, 12), mark)
        painter.setPen(color(words))
        painter.setFont(font(11))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(row.adjusted(24, 0, -4, 0), left, line.words)
