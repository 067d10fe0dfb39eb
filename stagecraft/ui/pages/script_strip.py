"""Pages issued: the strip under the breakdown, and the tables of the views Pages and Songs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.domain.names import fold
from stagecraft.domain.times import day_text
from stagecraft.queries.script import DraftRow, NumberRow, ScriptRows
from stagecraft.ui.pages.script_contents import worked_words
from stagecraft.ui.theme import color, font, theme
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import ElidedLabel, Label
from stagecraft.ui.widgets.panels import Ground
from stagecraft.ui.widgets.row_table import Column, RowModel, RowTable

PAPER_SWATCH = {
    "white": "#FFFFFF",
    "blue": "#C3D5EA",
    "pink": "#F4C6CE",
    "yellow": "#F6DD83",
    "green": "#BFE0B6",
    "goldenrod": "#E6BE55",
    "buff": "#EED9B6",
    "salmon": "#F3B79E",
    "cherry": "#E4A0A8",
}
"""What coloured paper looks like; the word always stands beside it."""
LINE = 28
MOST = 6


def paint_swatch(painter: QPainter, colour: str, x: int, y: int) -> None:
    """A little sheet of that paper."""
    painter.setPen(QPen(color("line2"), 1))
    sheet = QColor(PAPER_SWATCH[colour]) if colour in PAPER_SWATCH else color("base")
    painter.setBrush(sheet.darker(230) if theme() == "booth" else sheet)
    painter.drawRect(x, y, 12, 12)


class _Drafts(QWidget):
    """The newest drafts in two columns; the arrows move, Enter opens."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[DraftRow] = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_drafts(self, rows: Sequence[DraftRow]) -> None:
        self._rows = list(rows)[-MOST:]
        self._at = min(self._at, max(0, len(self._rows) - 1))
        self.setFixedHeight(LINE * self._lines())
        self.setAccessibleName("Pages issued: " + "; ".join(self._words(row) for row in self._rows))
        self.update()

    def _lines(self) -> int:
        return (len(self._rows) + 1) // 2

    @staticmethod
    def _words(row: DraftRow) -> str:
        return ", ".join(
            part for part in (row.code, row.colour, day_text(row.issued_on), row.pages, row.note) if part
        )

    def _box(self, index: int) -> QRect:
        half = self.width() // 2
        lines = max(1, self._lines())
        return QRect((index // lines) * half, (index % lines) * LINE, half, LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(self.rect(), color("base"))
        for index, row in enumerate(self._rows):
            box = self._box(index)
            self._paint_row(painter, box, row)
            if self.hasFocus() and index == self._at:
                painter.setPen(QPen(color("accentText"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(self.width() // 2, 0, self.width() // 2, self.height())

    def _paint_row(self, painter: QPainter, box: QRect, row: DraftRow) -> None:
        paint_swatch(painter, row.colour, box.left() + 16, box.top() + 8)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
        pages = (
            f"pp. {row.pages}" if row.pages and row.pages[0].isdigit() and "pp" not in row.pages else row.pages
        )
        rest = " · ".join(part for part in (pages, row.note, "frozen" if row.frozen else "") if part)
        for left, width, token, weight, text in (
            (36, 72, "text", 600, row.code),
            (108, 76, "text2", 400, day_text(row.issued_on)),
            (184, box.width() - 196, "text", 400, rest),
        ):
            painter.setFont(font(12, weight))
            painter.setPen(color(token))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, width - 6))
            painter.drawText(QRect(box.left() + left, box.top(), width, LINE - 1), flags, shown)
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        hit = next((i for i in range(len(self._rows)) if self._box(i).contains(at)), None)
        if hit is not None:
            self._at = hit
            self.opened.emit(self._rows[hit].id)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lines = self._lines()
        moves: dict[int, int] = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -lines,
            Qt.Key.Key_Right: lines,
        }
        if event.key() in moves and 0 <= self._at + moves[event.key()] < len(self._rows):
            self._at += moves[event.key()]
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._rows:
            self.opened.emit(self._rows[self._at].id)
        else:
            super().keyPressEvent(event)


class DraftStrip(QWidget):
    """“Pages issued” under the breakdown: the newest six, what comes next, and a button for new ones."""

    opened = Signal(int)

    def __init__(self, on_new: Callable[[], object]) -> None:
        super().__init__()
        self._any = self._short = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = Ground("header")
        head.setFixedHeight(32)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(Label("Pages issued", "heading"))
        self.next = ElidedLabel("", "secondary")
        row.addWidget(self.next, 1)
        row.addWidget(Button("New pages", small=True, icon="plus", on_click=on_new))
        outer.addWidget(head)
        self._drafts = _Drafts()
        self._drafts.opened.connect(self.opened)
        outer.addWidget(self._drafts)

    def show_drafts(self, drafts: Sequence[DraftRow], on: date) -> None:
        """Those issued by that day, newest last; what comes after it is named."""
        issued = [draft for draft in drafts if draft.issued_on <= on]
        coming = [draft for draft in drafts if draft.issued_on > on]
        words = [
            f"next: {d.code} {day_text(d.issued_on)}" + (f", pp. {d.pages}" if d.pages else "")
            for d in coming[:1]
        ]
        frozen = next((d for d in drafts if d.frozen), None)
        if frozen is not None:
            words.append(f"frozen {day_text(frozen.issued_on)} with {frozen.code}")
        self.next.setText(" · ".join(words) or ("" if issued else "none yet"))
        self._drafts.show_drafts(issued or coming)
        self._any = bool(drafts)
        self._drafts.setVisible(self._any and not self._short)

    def set_short(self, short: bool) -> None:
        """Show the head alone in a low window."""
        self._short = short
        self._drafts.setVisible(self._any and not short)


def draft_words(draft: DraftRow) -> str:
    """`D4 white`, `D4-blue`: the colour is not said twice."""
    return draft.code if draft.colour in draft.code else f"{draft.code} {draft.colour}"


def draft_table() -> RowTable:
    """All issued pages of the production, newest first."""
    columns = [
        Column("Pages", lambda d: d.code, width=120, strong=lambda d: True, sort=lambda d: fold(d.code)),
        Column("Paper", lambda d: d.colour, width=96),
        Column("Issued", lambda d: day_text(d.issued_on), width=112, sort=lambda d: d.issued_on),
        Column("Which", lambda d: d.pages, width=140),
        Column("Why", lambda d: d.note, stretch=True),
        Column("", lambda d: "frozen" if d.frozen else "", width=72, token=lambda d: "text2"),
    ]
    return RowTable(RowModel(columns), name="Pages issued")


def song_table(rows: Callable[[], ScriptRows | None]) -> RowTable:
    """All numbers of the production in their order, cut ones struck."""

    def scene(number: NumberRow) -> str:
        now = rows()
        return next((s.number for s in now.scenes if s.id == number.scene_id), "") if now else ""

    def place(number: NumberRow) -> str:
        now = rows()
        return next((s.title for s in now.scenes if s.id == number.scene_id), "") if now else ""

    def worked(number: NumberRow) -> str:
        now = rows()
        return worked_words(now, number.scene_id) if now and number.scene_id is not None else ""

    def status(number: NumberRow) -> str:
        return f"cut {day_text(number.cut_on)}" if number.status == "cut" and number.cut_on else number.status

    columns = [
        Column("Sc", scene, width=52, sort=lambda n: (n.scene_id is None, n.position)),
        Column(
            "Number", lambda n: n.title, stretch=True, strong=lambda n: True, strike=lambda n: n.status == "cut"
        ),
        Column("Place", place, width=140, token=lambda n: "text2"),
        Column("Status", status, width=120),
        Column("min", lambda n: "" if n.minutes is None else str(n.minutes), width=56, right=True),
        Column("Last worked", worked, width=152, token=lambda n: "text2"),
    ]
    return RowTable(RowModel(columns), name="Numbers")
