"""A contract as a line of time: term, notice, last day for notice, option, leave, final performance, today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stagecraft.domain.contract_dates import weeks_text
from stagecraft.domain.times import date_text, day_text
from stagecraft.ui.theme import color, font

HEIGHT = 168
_HEAD = 24
_BAR = QRectF(0, 40, 0, 28)
_NOTICE = QRectF(0, 73, 0, 15)
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


class TermLine(QWidget):
    """Paints a `TermView`; it only shows, and says everything to a screen reader as well."""

    def __init__(self) -> None:
        super().__init__()
        self._view: TermView | None = None
        self.setMinimumSize(280, HEIGHT)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_view(self, view: TermView) -> None:
        self._view = view
        words = "; ".join(view.sentences())
        self.setAccessibleName(f"Line of time. {words}.")
        self.setToolTip("\n".join(view.sentences()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(620, HEIGHT)

    # --- geometry ---

    def _x(self, day: date, start: date, end: date) -> float:
        return 1 + (self.width() - 2) * (day - start).days / max(1, (end - start).days)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._view is None:
            return
        view, painter = self._view, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, end = view.window()
        self._paint_months(painter, start, end)
        self._paint_term(painter, view, start, end)
        for option in view.options:
            self._paint_option(painter, view, option, start, end)
        for span in view.spans:
            self._paint_span(painter, span, start, end)
        self._paint_end(painter, view, start, end)
        self._paint_due(painter, view, start, end)
        self._paint_today(painter, view, start, end)

    def _paint_months(self, painter: QPainter, start: date, end: date) -> None:
        months = _months(start, end)
        room = self.width() / max(1, len(months))
        every = 1 if room >= 40 else 2 if room >= 22 else 3 if room >= 15 else 12
        painter.setFont(font(11))
        for index, month in enumerate(months):
            x = self._x(month, start, end)
            if index:
                painter.setPen(QPen(color("line"), 1))
                painter.drawLine(QLineF(round(x) + 0.5, 0, round(x) + 0.5, HEIGHT))
            named = index == 0 or month.month == 1 or (month.month - 1) % every == 0
            if named and (every < 12 or month.month == 1 or index == 0):
                painter.setPen(color("text2"))
                words = f"{month:%b}"
                if index == 0 or month.month == 1:
                    words += f" {month:%Y}" if room * every >= 60 else f" ’{month:%y}"
                painter.drawText(QRectF(x + 6, 2, 90, _HEAD), int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_term(self, painter: QPainter, view: TermView, start: date, end: date) -> None:
        left = self._x(max(view.starts_on or start, start), start, end)
        right = self._x(view.ends_on + timedelta(days=1), start, end) if view.ends_on else self.width() - 1.0
        right = min(right, self.width() - 1.0)
        box = QRectF(left, _BAR.top(), max(2.0, right - left), _BAR.height())
        painter.fillRect(box, color("sunk" if view.ended else "PFTint"))
        painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), color("text3" if view.ended else "PF"))
        words = "Ended" if view.ended else "Current term" if self._running(view) else "Term"
        if view.ends_on is None:
            words = "Run of the play"
            painter.setPen(QPen(color("PF"), 1.5))
            tip = QPointF(box.right() - 6, box.center().y())
            painter.drawPolyline([tip + QPointF(-5, -5), tip, tip + QPointF(-5, 5)])
        painter.setFont(font(12, 500))
        width = QFontMetricsF(font(12, 500)).horizontalAdvance(words)
        after_today = self._x(view.today, start, end) + 34
        at = (
            after_today
            if box.left() + 10 < after_today and after_today + width < box.right() - 8
            else box.left() + 10
        )
        if at + width < box.right() - 4:
            painter.setPen(color("text2" if view.ended else "text"))
            painter.drawText(
                QRectF(at, box.top(), width + 4, box.height()), int(Qt.AlignmentFlag.AlignVCenter), words
            )

    @staticmethod
    def _running(view: TermView) -> bool:
        return (view.starts_on is None or view.starts_on <= view.today) and not view.ended

    def _paint_option(
        self, painter: QPainter, view: TermView, option: TermOption, start: date, end: date
    ) -> None:
        if option.due_on is not None and view.ends_on is not None and option.due_on < view.ends_on:
            self._paint_notice(painter, option, view.ends_on, start, end)
        after = view.option_ends(option)
        if not option.open or after is None or view.ends_on is None:
            return
        left = self._x(view.ends_on + timedelta(days=1), start, end)
        box = QRectF(
            left + 1, _BAR.top(), min(self._x(after, start, end), self.width() - 2.0) - left - 1, _BAR.height()
        )
        if box.width() < 4:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("text3"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        longer = f"{weeks_text(option.extends_weeks)} more" if option.extends_weeks else "further term"
        self._fit(
            painter,
            box.adjusted(8, 0, -4, 0),
            [f"Option: {longer}, if notice is given in time", f"Option: {longer}", "Option"],
        )

    @staticmethod
    def _fit(painter: QPainter, box: QRectF, choices: Sequence[str]) -> None:
        """Write the longest of these that fits."""
        painter.setFont(font(12))
        painter.setPen(color("text2"))
        metrics = QFontMetricsF(font(12))
        words = next((one for one in choices if metrics.horizontalAdvance(one) <= box.width()), "")
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_notice(
        self, painter: QPainter, option: TermOption, ends_on: date, start: date, end: date
    ) -> None:
        assert option.due_on is not None
        left, right = self._x(option.due_on, start, end), self._x(ends_on + timedelta(days=1), start, end)
        box = QRectF(left, _NOTICE.top(), max(2.0, right - left), _NOTICE.height())
        painter.fillRect(box, color("base"))
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(QBrush(color("text3"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        words = f"{weeks_text(option.notice_weeks)}’ notice" if option.notice_weeks != 1 else "1 week’s notice"
        metrics = QFontMetricsF(font(11))
        width = metrics.horizontalAdvance(words)
        if width + 12 < box.width():
            ground = QRectF(box.left() + 6, box.top() - 1, width + 10, box.height() + 2)
            painter.fillRect(ground, color("base"))
            painter.setFont(font(11))
            painter.setPen(color("text2"))
            painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_span(self, painter: QPainter, span: TermSpan, start: date, end: date) -> None:
        left = self._x(max(span.starts_on, start), start, end)
        right = min(self._x(span.ends_on + timedelta(days=1), start, end), self.width() - 1.0)
        if right <= left:
            return
        tone = ("amberTint", "amberLine", "amber") if span.asked else ("sunk", "line2", "text2")
        metrics = QFontMetricsF(font(11))
        room = max(0.0, right - left - 8)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        needs = metrics.boundingRect(QRectF(0, 0, room, 400), int(flags), span.words)
        inside = needs.width() <= room and needs.height() <= 40
        box = QRectF(left, 74, max(6.0, right - left), 44 if inside else 58)
        painter.setBrush(color(tone[0]))
        painter.setPen(QPen(color(tone[1]), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(font(11))
        painter.setPen(color(tone[2]))
        if inside:
            painter.drawText(box.adjusted(5, 2, -3, -2), int(flags), span.words)
            return
        # No room in it: below, under the words of the term's end and of the notice.
        words = metrics.elidedText(span.words, Qt.TextElideMode.ElideRight, self.width() - 8)
        width = metrics.horizontalAdvance(words) + 2
        at = left if left + width < self.width() - 2 else max(4.0, right - width)
        painter.drawText(QRectF(at, 133, width, 14), int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_end(self, painter: QPainter, view: TermView, start: date, end: date) -> None:
        if view.ends_on is None or not start <= view.ends_on < end:
            return
        x = self._x(view.ends_on + timedelta(days=1), start, end)
        painter.setPen(QPen(color("now"), 2))
        painter.drawLine(QLineF(x, _BAR.top() - 6, x, 96))
        words = "term ended" if view.ended else "term ends"
        if view.final is not None:
            words += f", final {view.final[1].split(',')[0]}" if view.final[0] == view.ends_on else ""
        self._beside(painter, x, 96, f"{day_text(view.ends_on)} ", words, "text", start_bold=True)
        if view.final is not None and start <= view.final[0] < end:
            self._paint_final(painter, self._x(view.final[0], start, end))

    def _paint_final(self, painter: QPainter, x: float) -> None:
        """A diamond on the bar: the final performance."""
        y = _BAR.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("now"))
        painter.drawPolygon([QPointF(x - 5, y), QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5)])

    def _paint_due(self, painter: QPainter, view: TermView, start: date, end: date) -> None:
        options = [one for one in view.options if one.due_on is not None and start <= one.due_on < end]
        for row, option in enumerate(sorted(options, key=lambda one: not one.open)[:2]):
            assert option.due_on is not None
            x = self._x(option.due_on, start, end)
            y = 116 + 16 * row
            tone = option.tone if option.open else "text3"
            mark = f"{tone}Mark" if tone in ("red", "amber") else tone
            painter.setPen(QPen(color(mark), 2))
            painter.drawLine(QLineF(x, _BAR.top() - 8, x, y + 14))
            self._beside(painter, x, y, option.words, "", tone, start_bold=option.open)

    def _beside(
        self, painter: QPainter, x: float, y: float, first: str, rest: str, tone: str, *, start_bold: bool
    ) -> None:
        """Words right of a line, or left of it where the picture ends."""
        strong = font(12, 600 if start_bold else 400)
        one, two = (
            QFontMetricsF(strong).horizontalAdvance(first),
            QFontMetricsF(font(12)).horizontalAdvance(rest),
        )
        left = x + 6 if x + 8 + one + two < self.width() else max(2.0, x - 6 - one - two)
        painter.setFont(strong)
        painter.setPen(color(tone))
        painter.drawText(QRectF(left, y, one + 2, 16), int(Qt.AlignmentFlag.AlignVCenter), first)
        painter.setFont(font(12))
        painter.setPen(color("text2"))
        painter.drawText(QRectF(left + one, y, two + 2, 16), int(Qt.AlignmentFlag.AlignVCenter), rest)

    def _paint_today(self, painter: QPainter, view: TermView, start: date, end: date) -> None:
        x = self._x(view.today, start, end)
        painter.setPen(QPen(color("now"), 2))
        painter.drawLine(QLineF(x, _HEAD, x, HEIGHT - 2))
        words, face = day_text(view.today), font(11, 600)
        width = QFontMetricsF(face).horizontalAdvance(words) + 12
        left = min(max(1.0, x - width / 2), self.width() - width - 1)
        pill = QRectF(left, HEIGHT - 20, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("now"))
        painter.drawRoundedRect(pill, 3, 3)
        painter.setPen(color("onNow"))
        painter.setFont(face)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)
