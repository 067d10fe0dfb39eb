"""What a term line draws, and the painting of it, in which no text touches another, a line or a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen

from stagecraft.domain.contract_dates import weeks_text
from stagecraft.domain.times import date_text, day_text
from stagecraft.ui.theme import color, font

HEIGHT = 168
_HEAD = 24
_BAR = QRectF(0, 40, 0, 28)
_STRIPS = (73, 92, 111)
"""Tops of the strips under the bar for notice, leave and other dated riders."""
_ROW = 16
_ROWS = (96, 112, 128)
"""Tops of the rows of text."""
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
Parts = list[tuple[str, QFont, str]]
"""A text in pieces: words, face, colour token."""
_SHORTEST = 150
_LONGEST = 1100
"""Days shown at least; what lies further from today than the longest runs out of the picture."""


@dataclass(slots=True)
class TermOption:
    """A right to renew as drawn. `tone` is red | amber | text2, grey when decided; `words` stand at its line."""

    due_on: date | None
    notice_weeks: int
    extends_weeks: int | None
    open: bool
    tone: str
    words: str


@dataclass(slots=True)
class TermSpan:
    """A leave or another dated rider: amber while it is asked."""

    starts_on: date
    ends_on: date
    words: str
    asked: bool


@dataclass(slots=True)
class TermView:
    """All a term line draws. `final` is the day of the final performance with its words."""

    today: date
    starts_on: date | None
    ends_on: date | None
    ended: bool = False
    options: Sequence[TermOption] = field(default_factory=list)
    spans: Sequence[TermSpan] = field(default_factory=list)
    final: tuple[date, str] | None = None

    def option_ends(self, option: TermOption) -> date | None:
        """Last day an option would lead to; three months on when its length is not known."""
        if self.ends_on is None:
            return None
        return self.ends_on + (
            timedelta(weeks=option.extends_weeks) if option.extends_weeks else timedelta(days=92)
        )

    def window(self) -> tuple[date, date]:
        """First and day after the last of the whole months shown."""
        days = [self.today]
        days += [one for one in (self.starts_on, self.ends_on) if one is not None and not self._far(one)]
        for option in self.options:
            if option.due_on is not None and not self._far(option.due_on):
                days.append(option.due_on)
            after = self.option_ends(option)
            if option.open and after is not None and not self._far(after):
                days.append(after)
        for span in self.spans:
            days += [one for one in (span.starts_on, span.ends_on) if not self._far(one)]
        first, last = min(days), max(days)
        # A term that began long ago needs no more of its past than leads up to what is next.
        if self.starts_on is not None and first == self.starts_on and not self.ended:
            others = [day for day in days if day != self.starts_on]
            first = max(first, min(others) - timedelta(days=45))
        start = (first - timedelta(days=7)).replace(day=1)
        end = _next_month(last + timedelta(days=28))
        while (end - start).days < _SHORTEST:
            end = _next_month(end)
        return start, end

    def _far(self, day: date) -> bool:
        return abs((day - self.today).days) > _LONGEST

    def sentences(self) -> list[str]:
        """What the picture says, in words."""
        starts = f"from {date_text(self.starts_on)} " if self.starts_on else ""
        said = [
            f"Term {starts}{f'to {date_text(self.ends_on)}' if self.ends_on else 'for the run of the play'}"
        ]
        said += [option.words for option in self.options]
        said += [f"{one.words}, {day_text(one.starts_on)} to {day_text(one.ends_on)}" for one in self.spans]
        if self.final is not None:
            said.append(f"Final performance {self.final[1]}")
        return [*said, f"Today is {date_text(self.today)}"]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(start: date, end: date) -> list[date]:
    months = []
    at = start
    while at < end:
        months.append(at)
        at = _next_month(at)
    return months


class TermPicture:
    """One painting of a view. What is drawn is noted in `taken`, and a text goes only where nothing else is."""

    def __init__(self, painter: QPainter, view: TermView, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter, self._view, self._width = painter, view, width
        self._start, self._end = view.window()
        self.taken: list[QRectF] = []
        self.texts: list[tuple[str, QRectF]] = []

    def paint(self) -> None:
        """Lines and boxes first, so that every text knows what it must not touch."""
        view = self._view
        self._paint_months()
        bar = self._paint_term()
        options = [one for one in view.options if one.due_on is not None and self._shown(one.due_on)]
        notices = [(one, self._paint_notice(one)) for one in options]
        longer = [(one, self._paint_option(one)) for one in view.options]
        self._paint_today()
        self._paint_final()
        for option in sorted(options, key=lambda one: not one.open):
            self._paint_due(option)
        self._paint_end()
        for span in view.spans:
            self._paint_span(span)
        self._name_term(bar)
        for option, box in notices:
            self._name_notice(option, box)
        for option, box in longer:
            self._name_option(option, box)

    # --- geometry ---

    def _shown(self, day: date) -> bool:
        return self._start <= day < self._end

    def _x(self, day: date) -> float:
        """Left edge of a day, inside the picture."""
        share = (day - self._start).days / (self._end - self._start).days
        return 1 + (self._width - 2) * min(max(share, 0.0), 1.0)

    def _after(self, day: date) -> float:
        return self._x(day + timedelta(days=1))

    def _free(self, box: QRectF) -> bool:
        inside = box.left() >= 1 and box.right() <= self._width - 1
        return inside and not any(box.intersects(other) for other in self.taken)

    def _upright(self, x: float, top: float, bottom: float, token: str) -> None:
        self._painter.setPen(QPen(color(token), 2))
        self._painter.drawLine(QLineF(x, top, x, bottom))
        self.taken.append(QRectF(x - 2, top, 4, bottom - top))

    # --- text ---

    def _write(self, box: QRectF, parts: Parts) -> None:
        self._painter.fillRect(box, color("base"))
        left = box.left() + 3
        for words, face, token in parts:
            width = QFontMetricsF(face).horizontalAdvance(words)
            self._painter.setFont(face)
            self._painter.setPen(color(token))
            self._painter.drawText(QRectF(left, box.top(), width + 2, box.height()), _MIDDLE, words)
            left += width
        self.taken.append(box)
        self.texts.append(("".join(words for words, _, _ in parts), box))

    def _beside(self, x: float, rows: Sequence[int], choices: Sequence[Parts]) -> int:
        """The longest text that has room beside `x` in one of the rows; its top, or the first row's.

        It stands right or left of `x`, or right of a line close by.
        """
        past = [one.right() + 1 for one in self.taken if x < one.right() < x + 40]
        for parts in choices:
            width = sum(QFontMetricsF(face).horizontalAdvance(words) for words, face, _ in parts) + 7
            for top in rows:
                for left in (x + 3, x - 3 - width, *past):
                    box = QRectF(left, top, width, _ROW)
                    if self._free(box):
                        self._write(box, parts)
                        return top
        return rows[0]

    def _inside(
        self, box: QRectF, face: QFont, token: str, choices: Sequence[str], *, ground: bool = False
    ) -> None:
        """The longest text that fits between what stands in a box already."""
        metrics = QFontMetricsF(face)
        starts = [
            box.left() + 5,
            *(one.right() + 4 for one in self.taken if box.left() <= one.right() < box.right()),
        ]
        for words in choices:
            width = metrics.horizontalAdvance(words) + 7
            for left in sorted(starts):
                place = QRectF(left, box.top(), width, box.height())
                if place.right() <= box.right() and self._free(place):
                    if ground:
                        self._painter.fillRect(place, color("base"))
                    self._painter.setFont(face)
                    self._painter.setPen(color(token))
                    self._painter.drawText(place.adjusted(3, 0, 0, 0), _MIDDLE, words)
                    self.taken.append(place)
                    self.texts.append((words, place))
                    return

    # --- what is drawn ---

    def _paint_months(self) -> None:
        months = _months(self._start, self._end)
        room = self._width / max(1, len(months))
        every = 1 if room >= 40 else 2 if room >= 22 else 3 if room >= 15 else 12
        self._painter.setFont(font(11))
        metrics = QFontMetricsF(font(11))
        for index, month in enumerate(months):
            x = self._x(month)
            if index:
                self._painter.setPen(QPen(color("line"), 1))
                self._painter.drawLine(QLineF(round(x) + 0.5, 0, round(x) + 0.5, HEIGHT))
            words = f"{month:%b}"
            if index == 0 or month.month == 1:
                words += f" {month:%Y}" if room * every >= 60 else f" ’{month:%y}"
            elif (month.month - 1) % every:
                continue
            if x + 6 + metrics.horizontalAdvance(words) < self._width:
                self._painter.setPen(color("text2"))
                self._painter.drawText(QRectF(x + 6, 2, 90, _HEAD), _MIDDLE, words)

    def _paint_term(self) -> QRectF:
        view, painter = self._view, self._painter
        left = self._x(view.starts_on or self._start)
        right = self._after(view.ends_on) if view.ends_on else self._width - 1
        box = QRectF(left, _BAR.top(), max(2.0, right - left), _BAR.height())
        painter.fillRect(box, color("sunk" if view.ended else "PFTint"))
        painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), color("text3" if view.ended else "PF"))
        if view.ends_on is None:
            painter.setPen(QPen(color("PF"), 1.5))
            tip = QPointF(box.right() - 6, box.center().y())
            painter.drawPolyline([tip + QPointF(-5, -5), tip, tip + QPointF(-5, 5)])
        return box

    def _name_term(self, bar: QRectF) -> None:
        view = self._view
        running = view.starts_on is None or view.starts_on <= view.today
        words = "Ended" if view.ended else "Current term" if running else "Term"
        if view.ends_on is None:
            words = "Run of the play"
        self._inside(bar, font(12, 500), "text2" if view.ended else "text", [words])

    def _name_notice(self, option: TermOption, box: QRectF) -> None:
        weeks = "1 week’s" if option.notice_weeks == 1 else f"{weeks_text(option.notice_weeks)}’"
        self._inside(box, font(11), "text2", [f"{weeks} notice"], ground=True)

    def _name_option(self, option: TermOption, box: QRectF) -> None:
        more = f"{weeks_text(option.extends_weeks)} more" if option.extends_weeks else "further term"
        choices = [f"Option: {more}, if notice is given in time", f"Option: {more}", "Option"]
        self._inside(box, font(12), "text2", choices)

    def _paint_option(self, option: TermOption) -> QRectF:
        """Where the term would go on; an empty box when it is not drawn."""
        after, ends_on = self._view.option_ends(option), self._view.ends_on
        if not option.open or after is None or ends_on is None:
            return QRectF()
        left, right = self._after(ends_on) + 1, min(self._x(after), self._width - 2.0)
        if right - left < 4:
            return QRectF()
        box = QRectF(left, _BAR.top(), right - left, _BAR.height())
        self._painter.setBrush(color("base"))
        self._painter.setPen(QPen(color("text3"), 1, Qt.PenStyle.DashLine))
        self._painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return box

    def _paint_notice(self, option: TermOption) -> QRectF:
        ends_on = self._view.ends_on
        if option.due_on is None or ends_on is None or option.due_on >= ends_on:
            return QRectF()
        left, right = self._x(option.due_on), self._after(ends_on)
        box = QRectF(left, _STRIPS[0], max(2.0, right - left), 15)
        self._painter.fillRect(box, color("base"))
        self._painter.setPen(QPen(color("line2"), 1))
        self._painter.setBrush(QBrush(color("text3"), Qt.BrushStyle.BDiagPattern))
        self._painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return box

    def _paint_span(self, span: TermSpan) -> None:
        left, right = self._x(span.starts_on), self._after(span.ends_on)
        if right <= left:
            return
        ground, edge, tone = ("amberTint", "amberLine", "amber") if span.asked else ("sunk", "line2", "text2")
        metrics, flags = QFontMetricsF(font(11)), _MIDDLE | int(Qt.TextFlag.TextWordWrap)
        tall = QRectF(left, _STRIPS[0], max(6.0, right - left), 44)
        words = tall.adjusted(5, 2, -3, -2)
        needs = metrics.boundingRect(QRectF(0, 0, words.width(), 400), flags, span.words)
        fits = needs.width() <= words.width() and needs.height() <= words.height() and self._free(tall)
        strips = [QRectF(left, top, tall.width(), 15) for top in _STRIPS]
        box = tall if fits else next((one for one in strips if self._free(one)), strips[0])
        self._painter.setBrush(color(ground))
        self._painter.setPen(QPen(color(edge), 1))
        self._painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self.taken.append(box)
        if fits:
            self._painter.setFont(font(11))
            self._painter.setPen(color(tone))
            self._painter.drawText(words, flags, span.words)
            self.texts.append((span.words, words))
            return
        shorter = [
            metrics.elidedText(span.words, Qt.TextElideMode.ElideRight, room) for room in (900, 300, 200, 120)
        ]
        rows = [int(box.top()), *(row for row in _ROWS if row > box.top())]
        self._beside(box.right(), rows, [[(text, font(11), tone)] for text in shorter])

    def _paint_end(self) -> None:
        view = self._view
        if view.ends_on is None or not self._shown(view.ends_on):
            return
        x = self._after(view.ends_on)
        self._upright(x, _BAR.top() - 6, _ROWS[0], "now")
        day, words = f"{day_text(view.ends_on)} ", "term ended" if view.ended else "term ends"
        choices = [
            [(day, font(12, 600), "text"), (words, font(12), "text2")],
            [(day.strip(), font(12, 600), "text")],
        ]
        if view.final is not None and view.final[0] == view.ends_on:
            choices.insert(0, [*choices[0], (f", final {view.final[1].split(',')[0]}", font(12), "text2")])
        top = self._beside(x, _ROWS, choices)
        self._upright(x, _ROWS[0], top + _ROW - 2 if top > _ROWS[0] else top, "now")

    def _paint_due(self, option: TermOption) -> None:
        assert option.due_on is not None
        x = self._x(option.due_on)
        tone = option.tone if option.open else "text3"
        mark = f"{tone}Mark" if tone in ("red", "amber") else tone
        face = font(12, 600 if option.open else 400)
        short = day_text(option.due_on)
        top = self._beside(x, _ROWS[1:], [[(option.words, face, tone)], [(short, face, tone)]])
        self._upright(x, _BAR.top() - 8, top + _ROW - 2, mark)

    def _paint_final(self) -> None:
        """A diamond on the bar: the final performance."""
        if self._view.final is None or not self._shown(self._view.final[0]):
            return
        x, y = self._x(self._view.final[0]), _BAR.center().y()
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color("now"))
        self._painter.drawPolygon([QPointF(x - 5, y), QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5)])
        self.taken.append(QRectF(x - 6, y - 6, 12, 12))

    def _paint_today(self) -> None:
        x = self._x(self._view.today)
        self._upright(x, _HEAD, HEIGHT - 2, "now")
        words, face = day_text(self._view.today), font(11, 600)
        width = QFontMetricsF(face).horizontalAdvance(words) + 12
        pill = QRectF(min(max(1.0, x - width / 2), self._width - width - 1), HEIGHT - 20, width, 16)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color("now"))
        self._painter.drawRoundedRect(pill, 3, 3)
        self._painter.setPen(color("onNow"))
        self._painter.setFont(face)
        self._painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)
        self.taken.append(pill)
