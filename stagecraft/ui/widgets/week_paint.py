"""How a week looks: the grid, hatched bands, events in their states, the lifted call. Pure painting, no input."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font, hex_color, kind_colors, production_color, theme
from stagecraft.ui.widgets.week_layout import Box, DayHead, EventView, WeekShape
from stagecraft.ui.widgets.week_text import LINE, Words, text_width, words_in
from stagecraft.ui.words import time_text

SHADOW = 14
_ALIGN = Qt.AlignmentFlag


def rect_of(box: Box) -> QRectF:
    """A box as Qt wants it."""
    return QRectF(box.x, box.y, box.width, box.height)


def paint_ground(painter: QPainter, shape: WeekShape, top: int, bottom: int) -> None:
    """Column grounds and lines between `top` and `bottom` (pixels of the whole week)."""
    height = bottom - top
    painter.fillRect(QRectF(0, top, shape.left, height), color("chrome"))
    for day, head in enumerate(shape.heads):
        x, width = shape.column(day)
        ground = "alt" if head.today else "OFFTint" if head.off else "base"
        painter.fillRect(QRectF(x, top, width, height), color(ground))
    painter.setPen(QPen(color("line"), 1))
    for hour in range(shape.first, shape.last + 1):
        y = shape.y(hour * 60)
        if top - 1 <= y <= bottom:
            painter.drawLine(QPointF(shape.left, y + 0.5), QPointF(shape.width, y + 0.5))
    for edge in shape.edges[:-1]:
        painter.drawLine(QPointF(edge + 0.5, top), QPointF(edge + 0.5, bottom))


def paint_axis(painter: QPainter, shape: WeekShape, now: int | None) -> None:
    """Hours at the left; the label that the now-pill covers is left out."""
    painter.setFont(font(10))
    painter.setPen(color("text2"))
    for hour in range(shape.first, shape.last):
        y = shape.y(hour * 60)
        centre = max(y, 7)
        if now is not None and abs(shape.y(now) - centre) < 14:
            continue
        painter.drawText(QRectF(0, centre - 7, shape.left - 6, 14), _RIGHT, hour_text(hour))


_RIGHT = int(_ALIGN.AlignRight | _ALIGN.AlignVCenter)
_LEFT = int(_ALIGN.AlignLeft | _ALIGN.AlignVCenter)
_CENTRE = int(_ALIGN.AlignCenter)


def hour_text(hour: int) -> str:
    """`9a`, `12n`, `11p`."""
    return time_text(hour * 60).replace(":00", "")


def paint_now_line(painter: QPainter, shape: WeekShape, day: int, minute: int) -> None:
    """Behind events: a dot at the column's edge and a line across it."""
    x, width = shape.column(day)
    y = shape.y(minute)
    painter.setPen(QPen(color("now"), 1))
    painter.drawLine(QPointF(x, y + 0.5), QPointF(x + width, y + 0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("now"))
    painter.drawEllipse(QPointF(x + 0.5, y + 0.5), 4, 4)


def paint_now_pill(painter: QPainter, shape: WeekShape, minute: int) -> None:
    """The time now, on the hours."""
    pill = QRectF(0, shape.y(minute) - 8, shape.left - 1, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("now"))
    painter.drawRoundedRect(pill, 3, 3)
    painter.setPen(color("onNow"))
    painter.setFont(font(10, 600))
    painter.drawText(pill, _CENTRE, time_text(minute))


@lru_cache(maxsize=16)
def _hatch(stroke: str, ratio: float) -> QPixmap:
    """A seamless tile of diagonal strokes."""
    side = 8
    tile = QPixmap(int(side * ratio), int(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(stroke), 1.4))
    for offset in (-side, 0, side):
        painter.drawLine(QPointF(offset - 1, side + 1), QPointF(offset + side + 1, -1))
    painter.end()
    return tile


def paint_hatch(painter: QPainter, area: QRectF) -> None:
    """Fill with diagonal strokes that stay in place while the view scrolls."""
    painter.fillRect(area, QBrush(_hatch(hex_color("hatch"), painter.device().devicePixelRatioF())))


def paint_band(painter: QPainter, area: QRectF, label: str, line: QRectF, selected: bool = False) -> None:
    """A meal, or a time somebody is not free: hatched across the column behind the events, its words in `line`."""
    painter.fillRect(area, color("sunk"))
    paint_hatch(painter, area)
    painter.setPen(color("text2"))
    painter.setFont(font(11))
    painter.drawText(line, int(_ALIGN.AlignLeft | _ALIGN.AlignTop), words_in(label, int(line.width())))
    if selected:
        paint_ring(painter, area, "accent")


def paint_ring(painter: QPainter, area: QRectF, token: str) -> None:
    """The selection ring."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(token), 2))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)


def paint_event(
    painter: QPainter, event: EventView, area: QRectF, words: Words, *, selected: bool, lifted: bool = False
) -> None:
    """One event: ground by state, bar of its kind, words, code chip, mark of a finding, ring when selected."""
    bar, tint = kind_colors(event.abbr)
    ring = "accentText" if theme() == "booth" else "accent"
    if lifted:
        paint_shadow(painter, area)
    _paint_body(painter, event.state, area, bar, tint)
    painter.save()
    painter.setClipRect(area.adjusted(0, 0, -1, 0))
    if event.breaks:
        _paint_breaks(painter, event, area, bar)
    _paint_words(painter, area, words)
    painter.restore()
    right = _paint_chip(painter, event, area, words)
    if event.severity:
        _paint_mark(painter, event, area, words, right)
        right -= 14
    if event.pinned and words.chip == "top" and text_width(event.time) + 24 < right - area.left():
        paint_icon(painter, "pin", QRectF(right - 14, area.top() + 3, 12, 12), "text2")
    if selected or lifted:
        paint_ring(painter, area, ring)


def _paint_body(painter: QPainter, state: str, area: QRectF, bar: QColor, tint: QColor) -> None:
    ground = tint if state == "published" else color("base")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(area, 4, 4)
    if state != "published":
        pen = QPen(bar if state == "draft" else color("line2"), 1)
        if state == "draft":
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.save()
    painter.setClipRect(QRectF(area.left(), area.top(), 4, area.height()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(bar if state != "cancelled" else color("line2"))
    painter.drawRoundedRect(QRectF(area.left(), area.top(), 12, area.height()), 4, 4)
    painter.restore()


def _paint_words(painter: QPainter, area: QRectF, words: Words) -> None:
    for run in words.runs:
        painter.setFont(font(run.px, run.weight, False, run.struck))
        painter.setPen(color("text3" if run.struck else run.token))
        painter.drawStaticText(QPointF(area.left() + run.x, area.top() + run.y - 0.5), run.text)


def chip_width(text: str) -> float:
    """Width of a code chip."""
    return text_width(text, 600, 10) + 9


def paint_code_chip(painter: QPainter, text: str, hue: str, x: float, y: float, height: float = 14) -> float:
    """A production's code in its colour, outlined; returns its width."""
    tone = production_color(hue)
    box = QRectF(x, y, chip_width(text), height)
    painter.setPen(QPen(tone, 1))
    painter.setBrush(color("base"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(font(10, 600))
    painter.drawText(box, _CENTRE, text)
    return box.width()


def _paint_chip(painter: QPainter, event: EventView, area: QRectF, words: Words) -> float:
    if not words.chip:
        return area.right()
    x = area.right() - 3 - chip_width(words.chip_text)
    y = area.top() + 2 if words.chip == "top" else area.bottom() - 17
    paint_code_chip(painter, words.chip_text, event.hue, x, y)
    return x if words.chip == "top" else area.right()


def _paint_mark(painter: QPainter, event: EventView, area: QRectF, words: Words, right: float) -> None:
    """The octagon or triangle; a plate of the ground under it keeps it readable over words."""
    if words.chip == "top":
        x, y = right - 14, area.top() + 3
        if text_width(event.time) + 8 + 14 > right - area.left():
            x, y = area.right() - 15, area.bottom() - 15
    else:
        x, y = area.left() + 7, area.bottom() - 16
        if area.height() < 3 * LINE:
            x, y = area.right() - 14, area.top() + 2
    paint_icon(painter, event.severity, QRectF(x, y, 12, 12), mark_token(event.severity))


def mark_token(severity: str) -> str:
    """Colour of a flag's mark; what only costs is neutral."""
    return f"{severity}Mark" if severity in ("red", "amber") else "text2"


def _paint_breaks(painter: QPainter, event: EventView, area: QRectF, bar: QColor) -> None:
    """Planned breaks: a gap in the bar, and thin lines at the right edge, clear of the words."""
    length = event.ends - event.starts

    def y(at: int) -> float:
        return round(area.top() + area.height() * (at - event.starts) / length) + 0.5

    for starts, ends, kind in event.breaks:
        painter.fillRect(QRectF(area.left(), y(starts), 4, max(2.0, y(ends) - y(starts))), color("base"))
        painter.setPen(QPen(bar, 1))
        for at in (starts, ends) if kind == "meal" else (starts,):
            painter.drawLine(QPointF(area.right() - 14, y(at)), QPointF(area.right() - 1, y(at)))


@lru_cache(maxsize=8)
def _shadow_tile(ratio: float, strength: int) -> QPixmap:
    """One soft rounded shadow, stretched as a nine-patch by `paint_shadow`."""
    side = SHADOW * 4
    tile = QPixmap(int(side * ratio), int(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(SHADOW):
        painter.setBrush(QColor(0, 0, 0, max(1, strength * (step + 1) // (SHADOW * SHADOW) * 2)))
        inset = step
        painter.drawRoundedRect(
            QRectF(inset, inset, side - 2 * inset, side - 2 * inset), SHADOW - step / 2, SHADOW - step / 2
        )
    painter.end()
    return tile


def paint_shadow(painter: QPainter, area: QRectF) -> None:
    """A shadow around a lifted thing, one pre-rendered pixmap in nine parts."""
    ratio = painter.device().devicePixelRatioF()
    tile = _shadow_tile(ratio, 60 if theme() == "light" else 160)
    out = area.adjusted(-8, -5, 8, 11)
    edge = SHADOW * 1.5
    edge = min(edge, out.width() / 2, out.height() / 2)
    cut = edge * ratio
    size = tile.width()
    xs = (
        (out.left(), edge, 0, cut),
        (out.left() + edge, out.width() - 2 * edge, cut, size - 2 * cut),
        (out.right() - edge, edge, size - cut, cut),
    )
    ys = (
        (out.top(), edge, 0, cut),
        (out.top() + edge, out.height() - 2 * edge, cut, size - 2 * cut),
        (out.bottom() - edge, edge, size - cut, cut),
    )
    for x, width, sx, sw in xs:
        for y, height, sy, sh in ys:
            painter.drawPixmap(QRectF(x, y, width, height), tile, QRectF(sx, sy, sw, sh))


def paint_ghost(painter: QPainter, area: QRectF, words: str) -> None:
    """Where a lifted call was: a dashed grey outline."""
    pen = QPen(color("text3"), 1)
    pen.setDashPattern([3, 2.5])
    painter.setPen(pen)
    ground = color("page")
    ground.setAlphaF(0.7)
    painter.setBrush(ground)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font(11))
    painter.setPen(color("text3"))
    flags = int(_ALIGN.AlignLeft | _ALIGN.AlignTop | Qt.TextFlag.TextWordWrap)
    painter.drawText(area.adjusted(6, 2, -2, -2), flags, words)


def paint_head(
    painter: QPainter, shape: WeekShape, day: int, head: DayHead, chosen: bool
) -> list[tuple[QRectF, int]]:
    """A day's head; returns where its chips that stand for an event are, with the event's id."""
    x, width = shape.column(day)
    narrow = width < 64
    left = x + 6
    painter.setFont(font(13, 600))
    title = head.title.split(" ")[-1] if narrow and width < 44 else head.title
    title_width = text_width(title, 600, 13)
    if head.today:
        pill = QRectF(left - 4, 6, title_width + 8, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("now"))
        painter.drawRoundedRect(pill, 3, 3)
    painter.setPen(color("onNow" if head.today else "accentText" if chosen else "text"))
    painter.drawText(QRectF(left, 5, width - 6, 20), _LEFT, title)
    flags = _flags_width(head)
    stated = bool(head.state) and title_width + text_width(head.state) + 20 + flags < width
    if stated:
        painter.setFont(font(11))
        painter.setPen(color("text2"))
        painter.drawText(QRectF(x, 5, width - 5, 20), _RIGHT, head.state)
    if flags:
        right = x + width - 5 - (text_width(head.state) + 6 if stated else 0)
        _paint_flags(painter, head, right - flags, 9)
    beside = 0.0 if stated or flags else left + title_width + 10
    return _paint_head_chips(painter, x, width, head, beside)


def _flags_width(head: DayHead) -> float:
    """Pixels that a day's flags take: their mark and how many."""
    return text_width(str(head.flags), 600) + 15 if head.flags else 0.0


def _paint_flags(painter: QPainter, head: DayHead, x: float, y: float) -> None:
    paint_icon(painter, head.severity, QRectF(x, y, 12, 12), mark_token(head.severity))
    painter.setFont(font(11, 600))
    painter.setPen(color(head.severity if head.severity in ("red", "amber") else "text2"))
    painter.drawText(QRectF(x + 14, y - 4, 30, 20), _LEFT, str(head.flags))


def _paint_head_chips(
    painter: QPainter, x: int, width: int, head: DayHead, beside: float
) -> list[tuple[QRectF, int]]:
    """Codes first, then the day's number, then what is off; that goes `beside` the date when the line is full."""
    left, end = float(x + 6), float(x + width - 3)
    for chip in head.chips:
        if chip.hue and left + chip_width(chip.text) <= end:
            left += paint_code_chip(painter, chip.text, chip.hue, left, 29, 16) + 6
    if head.words and left + text_width(head.words) <= end:
        painter.setFont(font(11))
        painter.setPen(color("text2"))
        painter.drawText(QRectF(left, 29, end - left, 16), _LEFT, head.words)
        left += text_width(head.words) + 6
    places: list[tuple[QRectF, int]] = []
    for chip in head.chips:
        if chip.hue:
            continue
        text = next((t for t in (chip.text, chip.short) if t and left + text_width(t) + 10 <= end), "")
        box = QRectF(left, 29, text_width(text) + 10, 16)
        if not text and beside:
            text = next((t for t in (chip.text, chip.short) if t and beside + text_width(t) + 10 <= end), "")
            box = QRectF(end - text_width(text) - 10, 7, text_width(text) + 10, 16)
        if not text:
            continue
        _paint_off_chip(painter, box, text, chip.hatched)
        if chip.event is not None:
            places.append((box, chip.event))
        left = max(left, box.right() + 4) if box.top() > 20 else left
    return places


def _paint_off_chip(painter: QPainter, box: QRectF, text: str, hatched: bool) -> None:
    painter.setPen(QPen(color("line2"), 1))
    painter.setBrush(color("DKTint" if hatched else "OFFTint"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(color("text2"))
    painter.setFont(font(11))
    painter.drawText(box, _CENTRE, text)


def paint_strip_event(painter: QPainter, event: EventView, area: QRectF, selected: bool, more: int) -> None:
    """One line in the early or late strip: bar, time, title, and how many more there are."""
    bar, tint = kind_colors(event.abbr)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint if event.state == "published" else color("base"))
    painter.drawRoundedRect(area, 3, 3)
    painter.fillRect(QRectF(area.left(), area.top(), 4, area.height()), bar)
    if event.state == "draft":
        pen = QPen(bar, 1)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.save()
    painter.setClipRect(area)
    right = area.right() - 3
    if more:
        painter.setFont(font(11))
        painter.setPen(color("text2"))
        painter.drawText(area.adjusted(0, 0, -4, 0), _RIGHT, f"+{more}")
        right -= text_width(f"+{more}") + 4
    if event.severity:
        mark = QRectF(right - 12, area.top() + 2, 12, 12)
        paint_icon(painter, event.severity, mark, mark_token(event.severity))
        right -= 14
    painter.setClipRect(QRectF(area.left(), area.top(), right - area.left(), area.height()))
    painter.setPen(color("text"))
    painter.setFont(font(11, 600))
    painter.drawText(area.adjusted(8, 0, 0, 0), _LEFT, event.time)
    painter.setFont(font(11))
    left = area.left() + 12 + text_width(event.time, 600)
    room = QRectF(left, area.top(), right - left, area.height())
    painter.drawText(room, _LEFT, words_in(event.title, int(room.width())))
    painter.restore()
    if selected:
        paint_ring(painter, area, "accent")
