"""The performance report's own part: in and out, the times of the acts with their stamps, the house."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.times import run_text, work_day
from stagecraft.queries.performances import CastChangeRow, PerformanceRow, cast_change_rows, performance_row
from stagecraft.queries.reports import ReportPage
from stagecraft.services.performances import EditPerformance
from stagecraft.ui import words
from stagecraft.ui.pages.report_fields import WallEdit, on_day
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.fields import LineEdit, NumberEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Card, Ground

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "reports"
STAMPS = (
    ("act1_up", "Act I up"),
    ("act1_down", "Act I down"),
    ("act2_up", "Act II up"),
    ("act2_down", "Act II down"),
)


class PerformanceCard(QWidget):
    """Shows and edits the performance a report is about."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: PerformanceRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label("In and out", "head"))
        self.out = Card(flush=True)
        column.addWidget(self.out)
        column.addSpacing(8)
        column.addWidget(Label("Times", "head"))
        column.addWidget(self._make_times())
        column.addSpacing(8)
        column.addLayout(self._make_house())

    def _make_times(self) -> Card:
        card = Card(flush=True)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.stamps: dict[str, WallEdit] = {}
        self.captions: dict[str, Label] = {}
        for number, (field, name) in enumerate(STAMPS):
            if number:
                line = Ground("rule")
                line.setFixedWidth(1)
                row.addWidget(line)
            row.addLayout(self._stamp(field, name), 1)
        card.body.addLayout(row)
        line = Ground("rule")
        line.setFixedHeight(1)
        card.add(line)
        below = QHBoxLayout()
        below.setContentsMargins(12, 6, 12, 6)
        self.total = Label("", "strong")
        below.addWidget(self.total, 1)
        self.stamp = Button("", icon="stop", small=True, tip="Stamp the time now", on_click=self.stamp_now)
        below.addWidget(self.stamp)
        card.body.addLayout(below)
        return card

    def _stamp(self, field: str, name: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(Label(name, "caption", tone="text2"))
        edit = self.stamps[field] = WallEdit(name=name)
        edit.committed.connect(partial(self._edit, field))
        column.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
        self.captions[field] = Label("", "caption")
        edit.refused.connect(partial(self._tell, field))
        column.addWidget(self.captions[field])
        return column

    def _make_house(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label("House", "label"))
        self.house = NumberEdit(name="House", high=100_000)
        self.house.setFixedWidth(72)
        self.house.committed.connect(partial(self._edit, "attendance"))
        row.addWidget(self.house)
        self.share = Label("", "secondary")
        row.addWidget(self.share)
        row.addSpacing(8)
        row.addWidget(Label("Held because", "label"))
        self.because = LineEdit(name="Held because")
        self.because.committed.connect(partial(self._edit, "held_because"))
        row.addWidget(self.because, 1)
        return row

    # --- showing ---

    def show_report(self, page: ReportPage) -> None:
        row = self._desk.read(performance_row, page.performance_id) if page.performance_id is not None else None
        self._row = row
        self.setEnabled(row is not None)
        if row is None:
            self.total.setText("This report is not tied to a performance.")
            return
        at, run = row.starts_wall, [row.production_id]
        changes = self._desk.read(cast_change_rows, at, at + 1, run)
        self._show_out([one for one in changes if one.performance_id == row.id])
        for field, edit in self.stamps.items():
            edit.set_day(work_day(row.starts_wall))
            edit.set_value(getattr(row, field))
        self._show_captions(row)
        self.house.set_value(row.attendance)
        self.share.setText(self._share(row))
        self.because.set_value(row.held_because)
        self.because.setPlaceholderText("" if row.held else "not held")

    @staticmethod
    def _share(row: PerformanceRow) -> str:
        if row.attendance is None or not row.capacity:
            return f"of {row.capacity:,}" if row.capacity else ""
        return f"of {row.capacity:,} = {100 * row.attendance / row.capacity:.1f} %"

    def _show_captions(self, row: PerformanceRow) -> None:
        def between(first: int | None, last: int | None) -> str:
            return run_text(last - first) if first is not None and last is not None else ""

        gap = between(row.act1_down, row.act2_up)
        held = row.held
        late = (
            f"held {held} min"
            if held
            else "on time"
            if held == 0
            else f"curtain {words.time_text(row.starts_wall)}"
        )
        texts = {
            "act1_up": late,
            "act1_down": between(row.act1_up, row.act1_down),
            "act2_up": f"interval {gap}" if gap else "",
            "act2_down": between(row.act2_up, row.act2_down),
        }
        for field, text in texts.items():
            self._tell(field, "")
            self.captions[field].setText(text)
        parts = [f"Run {run_text(row.run_minutes)}"] if row.run_minutes is not None else []
        parts += [f"Show {run_text(row.show_minutes)}"] if row.show_minutes is not None else []
        self.total.setText("   ".join(parts) or "Run and show times follow from the acts.")
        following = self._next_stamp(row)
        self.stamp.setVisible(following is not None)
        if following is not None:
            self.stamp.set_text(dict(STAMPS)[following] + " now")

    @staticmethod
    def _next_stamp(row: PerformanceRow) -> str | None:
        return next((field for field, _ in STAMPS if getattr(row, field) is None), None)

    def _tell(self, field: str, message: str) -> None:
        if message:
            self.captions[field].setText(message)
        self.captions[field].set_tone("red" if message else "text3")

    def _show_out(self, changes: list[CastChangeRow]) -> None:
        while self.out.body.count():
            old = self.out.body.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not changes:
            nobody = Label("Nobody is out.", "secondary")
            nobody.setContentsMargins(12, 4, 12, 4)
            self.out.add(nobody)
        for change in changes:
            self.out.add(self._change(change))

    @staticmethod
    def _change(change: CastChangeRow) -> QWidget:
        line = QWidget()
        line.setFixedHeight(28)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        code = Label(change.track, "strong")
        code.setFixedWidth(32)
        role = Label(change.role, "secondary")
        role.setFixedWidth(120)
        row.addWidget(code)
        row.addWidget(role)
        row.addWidget(Label(change.normal or "nobody", "body"))
        row.addWidget(IconMark("arrow", "text2", 12, name="is played by"))
        row.addWidget(Label(change.on or "nobody", "heading"))
        row.addStretch(1)
        row.addWidget(Label("out", "secondary"))
        return line

    # --- changing ---

    def _edit(self, field: str, value: Any) -> None:
        if self._row is not None:
            fields: dict[str, Any] = {**self.stamps, "attendance": self.house}
            self._desk.do(EditPerformance(self._row.id, {field: value}), ORIGIN, fields=fields)

    def stamp_now(self) -> None:
        """Write the time of this minute into the next empty stamp."""
        if self._row is None:
            return
        field = self._next_stamp(self._row)
        if field is not None:
            now = self._desk.clock.now()
            self._edit(field, on_day(work_day(self._row.starts_wall), now.hour * 60 + now.minute))
