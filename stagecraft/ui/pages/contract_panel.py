"""One contract on one page: head, line of time, formula, engagement, money, what hangs on it, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.domain.contract_dates import OPTION_STATES, alarm_text, next_states, severity
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.times import day_text, work_day
from stagecraft.queries.contracts import ContractRow, OptionRow
from stagecraft.queries.final_performances import final_performance_row
from stagecraft.services.contracts import READ_ONLY_SENTENCE
from stagecraft.ui.pages.contract_cards import EngagementCard, MoneyCard
from stagecraft.ui.pages.contract_history import HistoryCard
from stagecraft.ui.pages.contract_items_card import ItemsCard
from stagecraft.ui.pages.contract_moves import DecideCard, StateCard
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.chips import Chip, ChipSpec, finding_chip, production_chip, state_chip
from stagecraft.ui.widgets.labels import ElidedLabel, IconMark, Label
from stagecraft.ui.widgets.panels import Card, Ground, PageHeader
from stagecraft.ui.widgets.term_line import TermLine
from stagecraft.ui.widgets.term_picture import TermOption, TermSpan, TermView

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

NAME = 220
"""Width that a name keeps whatever else stands in the head."""
SIDE_BY_SIDE = 560
"""From this width on engagement and money stand beside each other."""


class ContractPanel(QWidget):
    """Shows and edits one contract. `back` is the button of the narrow page's second step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: ContractRow | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_head())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._make_body())
        outer.addWidget(self._scroll, 1)

    # --- building ---

    def _make_head(self) -> PageHeader:
        self.head = PageHeader()
        self.back = IconButton("left", "Back to the list")
        self.back.hide()
        self.head.layout().insertWidget(0, self.back)  # type: ignore[union-attr]
        self.head.title.hide()
        self.name = ElidedLabel("", "title")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head.add_left(self.name)
        self.what = ElidedLabel("", "body", tone="text2")
        self.what.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head.add_left(self.what)
        self.code = Chip(ChipSpec(""))
        self.chip = Chip(ChipSpec(""))
        self.head.add_left(self.code)
        self.head.add_left(self.chip)
        self.notice = Button("Notice sent…", "primary", on_click=self.open_decision)
        self.advance = Button("Change state…", on_click=self.open_state)
        self.head.add_right(self.notice)
        self.head.add_right(self.advance)
        return self.head

    def _make_body(self) -> QWidget:
        body = Ground("none")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        self.state_card, self.decide_card = StateCard(self._desk), DecideCard(self._desk)
        for form in (self.state_card, self.decide_card):
            form.closed.connect(self.advance.setFocus)
        self.line = TermLine()
        picture = Card(flush=True)
        picture.add(self.line)
        self.engagement, self.money = EngagementCard(self._desk), MoneyCard(self._desk)
        self._pair = QHBoxLayout()
        self._pair.setSpacing(16)
        self._pair.addWidget(self.engagement, 1)
        self._pair.addWidget(self.money, 1)
        self.items = ItemsCard(self._desk)
        self.items.decide.connect(self.open_decision)
        self.items.asked.connect(self._show_fields)
        self.history = HistoryCard(self._desk)
        for widget in (self.state_card, self.decide_card, picture, self._make_formula()):
            column.addWidget(widget)
        column.addLayout(self._pair)
        column.addWidget(self._make_signed())
        column.addWidget(self.items)
        column.addWidget(self.history)
        column.addStretch(1)
        return body

    def _make_formula(self) -> QWidget:
        self._formula_row = QWidget()
        row = QHBoxLayout(self._formula_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label("Formula", "label"))
        self.formula = Label("", "body")
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.formula)
        self.alarms = Label("", "caption", wrap=True)
        self.alarms.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.alarms, 1)
        return self._formula_row

    def _make_signed(self) -> QWidget:
        self._signed = QWidget()
        row = QHBoxLayout(self._signed)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("info", "text2", 14))
        row.addWidget(Label(READ_ONLY_SENTENCE, "secondary", wrap=True), 1)
        return self._signed

    # --- showing ---

    def show_row(self, row: ContractRow) -> None:
        """Show a contract; an open form of another one is closed."""
        if self._row is None or self._row.id != row.id:
            self.state_card.hide()
            self.decide_card.hide()
            self._scroll.verticalScrollBar().setValue(0)
        self._row = row
        self._show_head(row)
        self.line.set_view(self._view(row))
        self._show_formula(row)
        self.engagement.show_row(row)
        self.money.show_row(row)
        self._signed.setVisible(row.signed)
        self.items.show_row(row)
        self.history.show_row(row)

    def _show_head(self, row: ContractRow) -> None:
        self.name.setText(row.person)
        self.name.setMinimumWidth(min(self.name.sizeHint().width(), NAME))
        self.what.setText(", ".join(part for part in (row.job, CONTRACT_STATES[row.state]) if part))
        self.code.set_spec(production_chip(row.code, row.colour))
        spec = self._deadline_chip(row)
        self.chip.set_spec(spec)
        self.chip.setVisible(bool(spec.text))
        self.notice.setVisible(self._open_option() is not None and not row.ended)
        self.advance.setEnabled(bool(next_states(row.state)))

    @staticmethod
    def _deadline_chip(row: ContractRow) -> ChipSpec:
        if row.severity and row.next is not None:
            name = row.next.name if len(row.next.name) <= 20 else "Deadline"
            days = row.days if "overdue" in row.days or row.days == "today" else f"in {row.days}"
            return finding_chip(f"{name} {days}", row.severity)
        return state_chip("Ended") if row.ended else ChipSpec("")

    def _view(self, row: ContractRow) -> TermView:
        final = self._desk.read(final_performance_row, row.id)
        return TermView(
            today=row.today,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            ended=row.ended,
            options=[self._drawn(one, row) for one in row.options],
            spans=[
                TermSpan(
                    one.starts_on,
                    one.ends_on or one.starts_on,
                    f"{one.text}, {one.state}",
                    one.state in ("asked", "open"),
                )
                for one in row.riders
                if one.starts_on is not None and one.kind != "term"
            ],
            final=(work_day(final.starts_wall), final.when) if final else None,
        )

    @staticmethod
    def _drawn(option: OptionRow, row: ContractRow) -> TermOption:
        if option.due_on is None:
            words = ""
        elif option.state == "open":
            words = f"{day_text(option.due_on)}: last day for notice"
        else:
            on = f" {day_text(option.decided_on)}" if option.decided_on else ""
            words = f"{day_text(option.due_on)}: {OPTION_STATES[option.state]}{on}"
        tone = severity(option.due_on, row.today) if option.due_on else ""
        return TermOption(
            option.due_on,
            option.notice_weeks,
            option.extends_weeks,
            option.state == "open",
            tone or "text2",
            words,
        )

    def _show_formula(self, row: ContractRow) -> None:
        option = next(
            (one for one in row.options if one.state == "open"), row.options[0] if row.options else None
        )
        duty = row.next if row.next is not None and row.next.kind in ("other", "rider") else None
        self._formula_row.setVisible(option is not None or duty is not None)
        self.formula.setText(option.formula if option else "")
        due = option.due_on if option is not None and option.state == "open" else duty.due_on if duty else None
        self.alarms.setText(alarm_text(due, row.today) if due is not None and not row.ended else "")
        if option is None and duty is not None:
            self.formula.setText(f"{duty.name}: {day_text(duty.due_on)}")

    # --- forms ---

    def _show_fields(self, fields: QWidget) -> None:
        """Bring fields that just opened into sight, once they have their place; 60 px are the undo bar's."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(fields, 0, 60))

    def _open_option(self) -> OptionRow | None:
        if self._row is None:
            return None
        return next((one for one in self._row.options if one.state == "open"), None)

    def open_decision(self, option: OptionRow | None = None) -> None:
        """Open the form that says what became of an option: this one, or the first open one."""
        chosen = option or self._open_option()
        if self._row is not None and chosen is not None:
            self.state_card.hide()
            self.decide_card.open_for(self._row, chosen)
            self._scroll.verticalScrollBar().setValue(0)

    def open_state(self) -> None:
        """Open the form that moves the contract on."""
        if self._row is not None and next_states(self._row.state):
            self.decide_card.hide()
            self.state_card.open_for(self._row)
            self._scroll.verticalScrollBar().setValue(0)

    def close_forms(self) -> bool:
        """Close an open form; False when there was none."""
        for card in (self.state_card, self.decide_card):
            if card.isVisible():
                card.close_form()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= SIDE_BY_SIDE
        self._pair.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        short = self.width() < 470
        self.advance.set_text("State…" if short else "Change state…")
        self.code.setVisible(self.width() >= 520)
        self.what.setVisible(self.width() >= 600)
