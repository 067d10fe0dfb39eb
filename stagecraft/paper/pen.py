"""The pen: draws on pages whose origin is the top left corner, in points, and remembers before it writes.

A document is laid out on a pen, perhaps several times with ever smaller type, until it fits; only then is it
written. Since pages are remembered, the foot of page one can know how many there are.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from stagecraft.domain.sheets.frame import Rich
from stagecraft.paper.fonts import clean, face_name, split, visual, width

INK = "#111111"
GREY = "#555555"
RULE = "#B8B8B8"
RED = "#B00020"
WHITE = "#FFFFFF"

LETTER = (612.0, 792.0)
A4 = (595.2756, 841.8898)


def tint(percent: float) -> str:
    """A tint of black."""
    value = round(255 * (100 - percent) / 100)
    return f"#{value:02X}{value:02X}{value:02X}"


def tint_of(colour: str, percent: float) -> str:
    """`percent` of a colour on white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * percent / 100):02X}" for part in parts)


BAR = tint(12)
BAND = tint(7)
ZEBRA = tint(4)

KIND_COLOURS = {
    "RH": "#2B5C9E",
    "MU": "#6A479C",
    "CH": "#17756F",
    "PF": "#946400",
    "FT": "#357A38",
    "PR": "#B03A74",
    "MT": "#465868",
    "TC": "#5A5A5A",
    "TR": "#7A5230",
}


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one face and colour, ready to be drawn."""

    text: str
    face: str
    colour: str = INK


Line = list[Piece]

_LOOKS = {"": ("", INK), "bold": ("B", INK), "medium": ("M", INK), "italic": ("I", INK), "grey": ("", GREY)}


def pieces(rich: Rich | str, family: str = "S", colour: str = INK) -> Line:
    """Pieces of a rich text (or of plain words) in family S or C."""
    if isinstance(rich, str):
        return [Piece(clean(rich), family, colour)]
    out = []
    for run in rich:
        suffix, ink = _LOOKS[run.look]
        out.append(Piece(clean(run.text), family + suffix, colour if ink == INK else ink))
    return out


def line_width(line: Sequence[Piece], size: float) -> float:
    return sum(width(piece.text, piece.face, size) for piece in line)


def _words(line: Sequence[Piece]) -> list[Line]:
    """Unbreakable bits: words with the space behind them; each wide character is a word of its own."""
    bits: list[Line] = []
    fresh = True
    for piece in line:
        word = ""
        for char in piece.text:
            wide = "\u2e80" <= char <= "\uffef"
            if wide and word:
                _put(bits, fresh, Piece(word, piece.face, piece.colour))
                word, fresh = "", True
            word += char
            if char == " " or wide:
                _put(bits, fresh, Piece(word, piece.face, piece.colour))
                word, fresh = "", True
        if word:
            _put(bits, fresh, Piece(word, piece.face, piece.colour))
            fresh = False
    return bits


def _put(bits: list[Line], fresh: bool, piece: Piece) -> None:
    if fresh or not bits:
        bits.append([piece])
    else:
        bits[-1].append(piece)


def _broken(bit: Line, size: float, limit: float) -> list[Line]:
    """A word wider than the column, cut where it must be."""
    out: list[Line] = [[]]
    room = limit
    for piece in bit:
        part = ""
        for char in piece.text:
            step = width(char, piece.face, size)
            if step > room and (part or out[-1]):
                if part:
                    out[-1].append(Piece(part, piece.face, piece.colour))
                out.append([])
                part, room = "", limit
            part += char
            room -= step
        if part:
            out[-1].append(Piece(part, piece.face, piece.colour))
    return out


def wrap(line: Sequence[Piece], size: float, limit: float) -> list[Line]:
    """The line in as many lines as the width asks for; nothing is ever left out."""
    out: list[Line] = [[]]
    room = limit
    for word in _words(line):
        parts = _broken(word, size, limit) if line_width(_bare(word), size) > limit else [word]
        for part in parts:
            if line_width(_bare(part), size) > room + 0.01 and out[-1]:
                out[-1] = _bare(out[-1])
                out.append([])
                room = limit
            out[-1].extend(part)
            room -= line_width(part, size)
    out[-1] = _bare(out[-1])
    return [_merged(one) for one in out]


def _merged(line: Line) -> Line:
    """Neighbours of one face and colour as one piece: shorter files, whole words for who searches them."""
    out: Line = []
    for piece in line:
        if out and (out[-1].face, out[-1].colour) == (piece.face, piece.colour):
            out[-1] = Piece(out[-1].text + piece.text, piece.face, piece.colour)
        else:
            out.append(piece)
    return out


def _bare(line: Line) -> Line:
    """Without the space at its end."""
    if not line or not line[-1].text.endswith(" "):
        return line
    last = line[-1]
    text = last.text.rstrip(" ")
    return [*line[:-1], Piece(text, last.face, last.colour)] if text else _bare(line[:-1])


def fitted(text: str, face: str, size: float, limit: float) -> list[Line]:
    """A name in its face; in the condensed one when too long for the column; then wrapped. Never cut."""
    words = clean(text)
    if width(words, face, size) <= limit:
        return [[Piece(words, face)]]
    return wrap([Piece(words, face.replace("S", "C"))], size, limit)


@dataclass(slots=True)
class Pen:
    """Remembers what to draw on which page. `bottom` is where the body ends."""

    size: tuple[float, float]
    left: float = 36.0
    pages: list[list[tuple[Any, ...]]] = field(default_factory=lambda: [[]])
    marks: list[tuple[str, int]] = field(default_factory=list)
    y: float = 81.0

    @property
    def width(self) -> float:
        return self.size[0] - self.left - 36

    @property
    def right(self) -> float:
        return self.size[0] - 36

    @property
    def bottom(self) -> float:
        return self.size[1] - 63

    def new_page(self) -> None:
        self.pages.append([])
        self.y = 81.0

    def has_room(self, height: float) -> bool:
        return self.y + height <= self.bottom + 0.01

    def bookmark(self, title: str) -> None:
        """An entry of the reader's outline for the current page."""
        self.marks.append((clean(title), len(self.pages) - 1))

    def _op(self, *op: Any) -> None:
        self.pages[-1].append(op)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        face: str,
        size: float,
        colour: str = INK,
        align: str = "left",
        tracking: float = 0.0,
    ) -> float:
        """Draw words with their baseline at `y`; returns their width."""
        words = clean(words)
        wide = width(words, face, size) + tracking * len(words)
        if align == "right":
            x -= wide
        elif align == "centre":
            x -= wide / 2
        self._op("text", x, y, words, face, size, colour, tracking)
        return wide

    def line(self, x: float, y: float, line: Sequence[Piece], size: float, align: str = "left") -> float:
        """Draw one line of pieces; returns its width."""
        wide = line_width(line, size)
        if align == "right":
            x -= wide
        elif align == "centre":
            x -= wide / 2
        for piece in line:
            self._op("text", x, y, piece.text, piece.face, size, piece.colour, 0.0)
            x += width(piece.text, piece.face, size)
        return wide

    def lines(self, x: float, y: float, lines: Sequence[Line], size: float, leading: float) -> None:
        for number, line in enumerate(lines):
            self.line(x, y + number * leading, line, size)

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        thick: float = 0.5,
        colour: str = INK,
        dash: tuple[float, ...] = (),
    ) -> None:
        self._op("rule", x1, y1, x2, y2, thick, colour, dash)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: str = "",
        outline: str = "",
        thick: float = 0.75,
        radius: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        self._op("box", x, y, wide, high, fill, outline, thick, radius, dash)

    def shape(self, points: Sequence[tuple[float, float]], fill: str = INK) -> None:
        """A filled outline: triangles, diamonds and arrow heads are drawn, never glyphs."""
        self._op("shape", tuple(points), fill)

    def write(
        self, *, title: str, author: str, subject: str, furniture: Callable[[Pen, int, int], None]
    ) -> bytes:
        """The PDF. `furniture(pen, page, pages)` draws head and foot of each page; same input, same bytes."""
        total = len(self.pages)
        for number in range(total):
            page = Pen(self.size, self.left)
            furniture(page, number + 1, total)
            self.pages[number] = page.pages[0] + self.pages[number]
        buffer = io.BytesIO()
        canvas = Canvas(
            buffer,
            pagesize=self.size,
            invariant=1,
            pageCompression=1,
            lang="en-US",
            initialFontName=face_name("S"),
            initialFontSize=9.5,
        )
        canvas.setTitle(clean(title))
        canvas.setAuthor(clean(author))
        canvas.setSubject(clean(subject))
        canvas.setCreator("Stagecraft")
        canvas.setProducer("Stagecraft")
        for number, ops in enumerate(self.pages):
            for mark, (words, page_of) in enumerate(self.marks):
                if page_of == number:
                    canvas.bookmarkPage(f"m{mark}")
                    canvas.addOutlineEntry(words, f"m{mark}", 0)
            for op in ops:
                _DRAW[op[0]](canvas, self.size[1], *op[1:])
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()


def _draw_text(
    canvas: Canvas,
    height: float,
    x: float,
    y: float,
    words: str,
    face: str,
    size: float,
    colour: str,
    tracking: float,
) -> None:
    canvas.setFillColorRGB(*_rgb(colour))
    out = canvas.beginText(x, height - y)
    for name, part in split(visual(words), face):
        out.setFont(name, size)
        out.setCharSpace(tracking)
        out.textOut(part)
    canvas.drawText(out)


def _draw_rule(
    canvas: Canvas,
    height: float,
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    thick: float,
    colour: str,
    dash: tuple[float, ...],
) -> None:
    canvas.setStrokeColorRGB(*_rgb(colour))
    canvas.setLineWidth(thick)
    canvas.setDash(list(dash))
    canvas.line(x1, height - y1, x2, height - y2)


def _draw_box(
    canvas: Canvas,
    height: float,
    x: float,
    y: float,
    wide: float,
    high: float,
    fill: str,
    outline: str,
    thick: float,
    radius: float,
    dash: tuple[float, ...],
) -> None:
    if fill:
        canvas.setFillColorRGB(*_rgb(fill))
    if outline:
        canvas.setStrokeColorRGB(*_rgb(outline))
        canvas.setLineWidth(thick)
        canvas.setDash(list(dash))
    if radius:
        canvas.roundRect(x, height - y - high, wide, high, radius, stroke=bool(outline), fill=bool(fill))
    else:
        canvas.rect(x, height - y - high, wide, high, stroke=bool(outline), fill=bool(fill))


def _draw_shape(canvas: Canvas, height: float, points: tuple[tuple[float, float], ...], fill: str) -> None:
    canvas.setFillColorRGB(*_rgb(fill))
    path = canvas.beginPath()
    path.moveTo(points[0][0], height - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, height - y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


_DRAW: dict[str, Callable[..., None]] = {
    "text": _draw_text,
    "rule": _draw_rule,
    "box": _draw_box,
    "shape": _draw_shape,
}
