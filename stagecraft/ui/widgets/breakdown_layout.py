"""What the breakdown matrix shows and where each line, column and cell of it lies. No painting, no input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics

from stagecraft.domain.breakdown import MARKS, Totals
from stagecraft.ui.theme import font

LINE = 28
TICK = 24
FIELDS: tuple[tuple[str, str, int, int], ...] = (
    ("number", "Sc", 36, 72),
    ("pages", "pp.", 52, 84),
    ("place", "Place", 96, 260),
    ("song", "Number", 112, 320),
    ("minutes", "min", 40, 40),
)
"""Frozen columns: code, head, narrowest and widest width."""
COLUMN_MIN, COLUMN_MAX = 24, 48
SUM = 40
HEAD_MIN, HEAD_MAX = 96, 148


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A track's column: `strong` and `light` are the two parts of its turned head, character and person."""

    track: int
    strong: str
    light: str
    words: str
    """How the column is called where it is spoken of: `Amanda, Karen Cartwright`."""


@dataclass(frozen=True, slots=True)
class MatrixAct:
    """An act's head line."""

    act: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A scene's line. `song_cut` strikes the number alone, `cut` the whole scene."""

    scene: int
    act: int
    number: str
    pages: str
    place: str
    song: str
    minutes: int | None
    cut: bool = False
    song_cut: bool = False

    def text(self, code: str) -> str:
        """What stands in one of the frozen columns."""
        if code == "minutes":
            return "" if self.minutes is None else str(self.minutes)
        return str(getattr(self, code))


Line = MatrixAct | MatrixRow | str
"""An act, a scene, or the sums below: "scenes"."""


@dataclass(slots=True)
class Content:
    """Everything on the matrix; `marks` is keyed by scene and track."""

    columns: Sequence[MatrixColumn] = ()
    lines: Sequence[Line] = ()
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    totals: Totals = field(default_factory=lambda: Totals({}, {}, {}, 0))
    absent: frozenset[int] = frozenset()
    """Tracks that are missing while "Without…" is on."""
    full: frozenset[int] = frozenset()
    """Scenes that can be worked in full without them."""

    def row_words(self, row: MatrixRow) -> str:
        """`1.6 Ghost in the Booth, pages 32–36, Studio, 8 minutes`."""
        parts = [f"{row.number} {row.song or row.place}".strip()]
        if row.pages:
            parts.append(f"pages {row.pages}")
        if row.song and row.place:
            parts.append(row.place)
        if row.minutes is not None:
            parts.append(f"{row.minutes} min")
        if row.cut:
            parts.append("cut")
        if self.absent and not row.cut:
            parts.append("can be worked in full" if row.scene in self.full else "not in full")
        return ", ".join(parts)

    def column_words(self, column: MatrixColumn) -> str:
        """`Amanda, Karen Cartwright: in 9 scenes, 91 min`."""
        scenes = self.totals.scenes.get(column.track, 0)
        return f"{column.words}: in {scenes} scenes, {self.totals.minutes.get(column.track, 0)} min"

    def cell_words(self, row: MatrixRow, column: MatrixColumn) -> str:
        """`Amanda, Karen Cartwright: sings in 1.6 Ghost in the Booth`; also for who is missing or not in it."""
        name = f"{row.number} {row.song or row.place}".strip()
        mark = self.marks.get((row.scene, column.track))
        if mark is None:
            return f"{column.words}: not in {name}"
        missing = ", missing" if column.track in self.absent else ""
        return f"{column.words}: {MARKS.get(mark, mark)} in {name}{missing}"


class Layout:
    """Places for a content in a viewport of a size, scrolled by (x, y). The head and the fields stay put."""

    def __init__(self, content: Content, size: QSize, x: int, y: int) -> None:
        self.content, self.size, self.x, self.y = content, size, x, y
        self.head = self._head_height()
        self.fields = self._field_lefts()
        self.frozen = self.fields[-1][2]
        count = max(1, len(content.columns))
        spare = size.width() - self.frozen - SUM
        self.column = max(COLUMN_MIN, min(COLUMN_MAX, spare // count))
        self.width = self.frozen + self.column * len(content.columns) + SUM
        self.height = self.head + LINE * len(content.lines)

    def _head_height(self) -> int:
        strong, light = QFontMetrics(font(12, 600)), QFontMetrics(font(12))
        longest = max(
            (
                strong.horizontalAdvance(c.strong) + light.horizontalAdvance(c.light)
                for c in self.content.columns
            ),
            default=0,
        )
        return max(HEAD_MIN, min(HEAD_MAX, longest + 18))

    def _field_lefts(self) -> list[tuple[str, int, int]]:
        """Code, left and right edge of each frozen column, as wide as its texts; place and number give way together."""
        face = QFontMetrics(font(12, 600))
        rows = [line for line in self.content.lines if isinstance(line, MatrixRow)]
        widths = {}
        for code, _, least, most in FIELDS:
            longest = max((face.horizontalAdvance(row.text(code)) for row in rows), default=0)
            widths[code] = max(least, min(most, longest + 14)) if least < most else least
        short = sum(widths.values()) + TICK + SUM + COLUMN_MIN * len(self.content.columns) - self.size.width()
        spare = {code: widths[code] - least for code, _, least, _ in FIELDS if code in ("place", "song")}
        if short > 0 and (room := sum(spare.values())):
            for code, able in spare.items():
                widths[code] -= min(able, -(-short * able // room))
        left, found = TICK, []
        for code, *_ in FIELDS:
            found.append((code, left, left + widths[code]))
            left += widths[code]
        return found

    # --- where things are ---

    def line_top(self, line: int) -> int:
        top = self.head + line * LINE - self.y
        if self.content.lines[line : line + 1] == ["scenes"]:
            return min(top, self.size.height() - LINE)  # the sums stay in sight
        return top

    def column_left(self, column: int) -> int:
        return self.frozen + column * self.column - self.x

    def cell(self, line: int, column: int) -> QRect:
        """A cell in viewport coordinates; a negative column counts frozen fields from the right (-1 = minutes)."""
        if column < 0:
            _, left, right = self.fields[len(self.fields) + column]
            return QRect(left, self.line_top(line), right - left, LINE)
        return QRect(self.column_left(column), self.line_top(line), self.column, LINE)

    def line_at(self, y: int) -> int:
        """Line under a viewport y, -1 above or below all."""
        sums = len(self.content.lines) - 1
        if sums >= 0 and y >= self.line_top(sums):
            return sums if y < self.line_top(sums) + LINE else -1
        line = (y - self.head + self.y) // LINE if y >= self.head else -1
        return line if 0 <= line < len(self.content.lines) else -1

    def column_at(self, x: int) -> int | None:
        """Track column under a viewport x, a negative one for a frozen field, None for the tick and beyond."""
        if x < self.frozen:
            for place, (_, left, right) in enumerate(self.fields):
                if left <= x < right:
                    return place - len(self.fields)
            return None
        column = (x - self.frozen + self.x) // self.column
        return column if 0 <= column < len(self.content.columns) else None

    def visible_lines(self) -> list[int]:
        """Those in sight, the sums always among them and last."""
        first = max(0, self.y // LINE)
        last = (self.y + self.size.height() - self.head) // LINE + 1
        shown = list(range(first, min(len(self.content.lines), last + 1)))
        sums = len(self.content.lines) - 1
        return shown if sums < 0 or sums in shown else [*shown, sums]

    def visible_columns(self) -> range:
        first = max(0, self.x // self.column)
        last = (self.x + self.size.width() - self.frozen) // self.column + 1
        return range(first, min(len(self.content.columns), last))
