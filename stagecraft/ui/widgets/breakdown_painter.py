"""Paints the breakdown matrix: turned heads, act lines, scenes, marks, sums, crosshair and focus."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.breakdown_layout import FIELDS, LINE, SUM, Layout, MatrixAct, MatrixColumn, MatrixRow

LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)
CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)


@dataclass(slots=True)
class Shown:
    """What the pointer and the keyboard are on: lines and columns as in the layout, None for nothing."""

    hover_line: int = -1
    hover_column: int | None = None
    line: int = -1
    column: int = 0
    span: frozenset[tuple[int, int]] = frozenset()
    """Cells chosen together, as (line, column)."""
    rows: frozenset[int] = frozenset()
    """Scenes chosen as whole lines."""
    focused: bool = False
    drop: int = -1
    """Line above which a dragged scene would land."""


def paint_matrix(painter: QPainter, layout: Layout, shown: Shown) -> None:
    """Draw everything that is visible."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRect(0, 0, layout.size.width(), layout.size.height()), color("base"))
    painter.save()
    painter.setClipRect(QRect(0, layout.head, layout.size.width(), layout.size.height() - layout.head))
    for index in layout.visible_lines():
        _line(painter, layout, shown, index)
    _focus(painter, layout, shown)
    if shown.drop >= 0:
        top = layout.head + shown.drop * LINE - layout.y
        painter.fillRect(QRect(0, top - 2, layout.size.width(), 3), color("accentText"))
    painter.restore()
    _head(painter, layout, shown)


# --- lines -------------------------------------------------------------------------------------------------


def _line(painter: QPainter, layout: Layout, shown: Shown, index: int) -> None:
    line, top = layout.content.lines[index], layout.line_top(index)
    band = QRect(0, top, layout.size.width(), LINE)
    if isinstance(line, MatrixAct):
        _act(painter, band, line)
    elif isinstance(line, MatrixRow):
        ground = _ground(layout, shown, line, index)
        painter.fillRect(band, color(ground))
        _cells(painter, layout, shown, line, index)
        _fields(painter, layout, line, band, ground)
        _in_scene(painter, layout, line, band, ground)
    else:
        _sums(painter, layout, band, index)
    painter.setPen(QPen(color("line"), 1))
    painter.drawLine(0, band.bottom(), band.right(), band.bottom())


def _ground(layout: Layout, shown: Shown, row: MatrixRow, index: int) -> str:
    if row.scene in shown.rows:
        return "sel"
    if row.scene in layout.content.full:
        return "okTint"
    return "hover" if index == shown.hover_line else "base"


def _act(painter: QPainter, band: QRect, act: MatrixAct) -> None:
    painter.fillRect(band, color("sunk"))
    painter.setFont(font(12, 600))
    painter.setPen(color("text2"))
    painter.drawText(band.adjusted(16, 0, 0, -1), LEFT, act.title)
    left = 16 + painter.fontMetrics().horizontalAdvance(act.title) + 12
    painter.setFont(font(12))
    painter.drawText(band.adjusted(left, 0, 0, -1), LEFT, act.detail)


def _fields(painter: QPainter, layout: Layout, row: MatrixRow, band: QRect, ground: str) -> None:
    painter.fillRect(QRect(0, band.top(), layout.frozen, LINE - 1), color(ground))
    full = row.scene in layout.content.full
    if full:
        paint_icon(painter, "check", QRectF(6, band.top() + 7, 14, 14), "okMark")
    for code, left, right in layout.fields:
        strong = full and code in ("number", "song")
        struck = row.cut or (code == "song" and row.song_cut)
        painter.setFont(font(12, 600 if strong else 400, strike=struck))
        painter.setPen(color("text2" if code == "pages" or struck else "text"))
        box = QRect(left, band.top(), right - left - (16 if code == "minutes" else 8), LINE - 1)
        flags = RIGHT if code == "minutes" else LEFT
        text = painter.fontMetrics().elidedText(row.text(code), Qt.TextElideMode.ElideRight, box.width() + 6)
        painter.drawText(box.adjusted(0, 0, 6 if flags == LEFT else 0, 0), flags, text)
    painter.setPen(QPen(color("line"), 1))
    painter.drawLine(layout.frozen - 1, band.top(), layout.frozen - 1, band.bottom())


def _in_scene(painter: QPainter, layout: Layout, row: MatrixRow, band: QRect, ground: str) -> None:
    """How many are in the scene, in a column of its own at the right of the tracks."""
    box = _sum_box(layout, band)
    painter.fillRect(box.adjusted(0, 0, 0, -1), color(ground))
    painter.setFont(font(12))
    painter.setPen(color("text2"))
    count = layout.content.totals.people.get(row.scene, 0)
    painter.drawText(box, CENTRE, str(count) if count and not row.cut else "")
    painter.setPen(QPen(color("line"), 1))
    painter.drawLine(box.left(), band.top(), box.left(), band.bottom())


def _sum_box(layout: Layout, band: QRect) -> QRect:
    """The sums' column stays at the right edge while the tracks scroll under it."""
    left = min(layout.column_left(len(layout.content.columns)), layout.size.width() - SUM)
    return QRect(
        left, band.top(), layout.size.width() - left if left + SUM >= layout.size.width() else SUM, LINE
    )


# --- cells -------------------------------------------------------------------------------------------------


def _cells(painter: QPainter, layout: Layout, shown: Shown, row: MatrixRow, index: int) -> None:
    content = layout.content
    for place in layout.visible_columns():
        column = content.columns[place]
        box = layout.cell(index, place)
        missing = column.track in content.absent
        if (index, place) in shown.span or missing:
            painter.fillRect(box, color("sel"))
        elif place == shown.hover_column and row.scene not in content.full:
            painter.fillRect(box, color("hover"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(box.right(), box.top(), box.right(), box.bottom())
        mark = content.marks.get((row.scene, column.track))
        if mark:
            grey = row.cut or (bool(content.absent) and row.scene not in content.full)
            paint_mark(painter, QRectF(box), mark, missing=missing and not row.cut, grey=grey)


def paint_mark(painter: QPainter, box: QRectF, mark: str, *, missing: bool = False, grey: bool = False) -> None:
    """A mark in the middle of `box`: ● on stage, ringed ● speaks, S, D, ○ silent; a ringed × for who is missing."""
    token = "text2" if missing else "text3" if grey else "text"
    middle = box.center()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if missing:
        painter.setPen(QPen(color(token), 1.2))
        painter.drawEllipse(middle, 7.5, 7.5)
        painter.drawLine(middle + QPointF(-3, -3), middle + QPointF(3, 3))
        painter.drawLine(middle + QPointF(-3, 3), middle + QPointF(3, -3))
    elif mark in ("sings", "dances"):
        painter.setPen(color(token))
        painter.setFont(font(12, 600))
        painter.drawText(box, CENTRE, mark[0].upper())
    elif mark == "silent":
        painter.setPen(QPen(color(token), 1.5))
        painter.drawEllipse(middle, 4.5, 4.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(token))
        painter.setOpacity(0.55 if grey else 1.0)
        painter.drawEllipse(middle, 5.0, 5.0) if mark == "on" else painter.drawEllipse(middle, 4.0, 4.0)
        if mark == "speaks":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(token), 1.2))
            painter.drawEllipse(middle, 6.8, 6.8)
        painter.setOpacity(1.0)


def _sums(painter: QPainter, layout: Layout, band: QRect, index: int) -> None:
    content = layout.content
    painter.fillRect(band, color("base"))
    painter.setPen(QPen(color("line"), 1))
    painter.drawLine(0, band.top() - 1, band.right(), band.top() - 1)
    painter.setFont(font(12))
    for place in layout.visible_columns():
        track = content.columns[place].track
        box = layout.cell(index, place)
        if track in content.absent:
            painter.fillRect(box, color("sel"))
        painter.setPen(color("text2"))
        painter.drawText(box, CENTRE, str(content.totals.scenes.get(track, 0)))
    painter.fillRect(QRect(0, band.top(), layout.frozen, LINE - 1), color("base"))
    painter.setFont(font(12, 600))
    painter.setPen(color("text"))
    painter.drawText(band.adjusted(16, 0, 0, -1), LEFT, "Scenes each is in")
    _, left, right = layout.fields[-1]
    painter.drawText(
        QRect(left - 20, band.top(), right - left + 4, LINE - 1), RIGHT, str(content.totals.running)
    )
    box = _sum_box(layout, band)
    painter.fillRect(box.adjusted(0, 0, 0, -1), color("base"))
    painter.setPen(color("text2"))
    painter.setFont(font(12))
    painter.drawText(box, CENTRE, str(sum(content.totals.scenes.values())))
    painter.setPen(QPen(color("line"), 1))
    painter.drawLine(box.left(), band.top(), box.left(), band.bottom())


def _focus(painter: QPainter, layout: Layout, shown: Shown) -> None:
    if shown.line < 0 or shown.line >= len(layout.content.lines):
        return
    box = QRectF(layout.cell(shown.line, shown.column))
    painter.save()
    if shown.column >= 0:
        painter.setClipRect(
            QRect(layout.frozen, layout.head, layout.size.width() - layout.frozen - SUM, layout.size.height())
        )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("accentText" if shown.focused else "selLine"), 2 if shown.focused else 1))
    left = -4 if shown.column < 0 else 1
    painter.drawRoundedRect(box.adjusted(left, 1, -1.5, -2), 3, 3)
    painter.restore()


# --- head --------------------------------------------------------------------------------------------------


def _head(painter: QPainter, layout: Layout, shown: Shown) -> None:
    content, height = layout.content, layout.head
    width = layout.size.width()
    painter.fillRect(QRect(0, 0, width, height), color("alt"))
    painter.save()
    painter.setClipRect(QRect(layout.frozen, 0, max(0, width - layout.frozen - SUM), height))
    for place in layout.visible_columns():
        column, left = content.columns[place], layout.column_left(place)
        box = QRect(left, 0, layout.column, height)
        if column.track in content.absent:
            painter.fillRect(box, color("sel"))
        elif place == shown.hover_column:
            painter.fillRect(box, color("hover"))
        _turned(painter, box, column, struck=column.track in content.absent)
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(left + layout.column - 1, 0, left + layout.column - 1, height)
    painter.restore()
    painter.setFont(font(11, 500))
    painter.setPen(color("text2"))
    for (code, left, right), (_, words, *_rest) in zip(layout.fields, FIELDS, strict=True):
        box = QRect(left, height - 24, right - left - (16 if code == "minutes" else 4), 24)
        painter.drawText(box, RIGHT if code == "minutes" else LEFT, words)
    box = _sum_box(layout, QRect(0, height - 24, width, 24))
    painter.fillRect(QRect(box.left(), 0, width - box.left(), height), color("alt"))
    painter.drawText(QRect(box.left(), height - 24, box.width(), 24), CENTRE, "on")
    painter.setPen(QPen(color("line2"), 1))
    painter.drawLine(0, height - 1, width, height - 1)
    painter.setPen(QPen(color("line"), 1))
    painter.drawLine(layout.frozen - 1, 0, layout.frozen - 1, height - 1)
    painter.drawLine(box.left(), 0, box.left(), height - 1)


def _turned(painter: QPainter, box: QRect, column: MatrixColumn, *, struck: bool) -> None:
    """Both names written upwards; the first alone is struck while its person is missing."""
    painter.save()
    painter.translate(box.center().x() + 1, box.bottom() - 8)
    painter.rotate(-90)
    room = box.height() - 12
    strong: QFont = font(12, 600, strike=struck)
    at = _write(painter, strong, "text", column.strong, 0, room)
    if column.light and room - at > 16:
        _write(painter, font(12), "text2", column.light, at + 4, room)
    painter.restore()


def _write(painter: QPainter, face: QFont, token: str, text: str, left: int, end: int) -> int:
    painter.setFont(face)
    painter.setPen(color(token))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, end - left)
    painter.drawText(QPointF(left, metrics.ascent() / 2 - 1), shown)
    return left + metrics.horizontalAdvance(shown)
