"""Cards of a contract's page: the engagement with its terms, and the money that stays sealed until it is opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.contract_dates import weeks_text
from stagecraft.domain.kinds import AGREEMENTS
from stagecraft.domain.times import date_of, date_text, from_instant, work_day
from stagecraft.queries.contract_page import MoneyRow, cover_texts, money_opened_at, money_row
from stagecraft.queries.contracts import ContractRow
from stagecraft.queries.final_performances import (
    FinalPerformanceRow,
    ShowingRow,
    final_performance_row,
    showing_rows,
)
from stagecraft.queries.people import agent_rows
from stagecraft.services.contracts import (
    OPEN_FIELDS,
    CorrectContract,
    EditContract,
    OpenMoney,
    SetFinalPerformance,
    SetMoney,
)
from stagecraft.ui import words
from stagecraft.ui.pages.contract_increments import Increments
from stagecraft.ui.pages.contract_rows import Known, MoneyEdit, NoticeEdit, PercentEdit, SuggestEdit, TermRow
from stagecraft.ui.pages.rules_pack_choice import PackChoice, above_contract, pack_titles
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import Chip, privacy_chip
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit, TextEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Card

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

ORIGIN = "contracts"


class EngagementCard(Card):
    """The terms, each a field; once signed they are text, and only what is still to be decided can be typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Engagement")
        self._desk = desk
        self._row: ContractRow | None = None
        self._correcting = False
        self.rows: dict[str, TermRow] = {}
        self.body.setSpacing(4)
        self.correct = Button("Correct a typing error", "link", on_click=self._begin_correcting)
        self.head_row.addWidget(self.correct)
        self._add_terms()
        self.covered = self._known("Covered by")
        self.option = self._known("Option")
        self.final = TermRow("Final perf.", Combo(name="Final performance"), self._set_final)
        self.add(self.final)
        for field, label, editor in (
            ("decision", "Decision", TextEdit(placeholder="What was decided", lines=1, most=4)),
            ("replacement", "Replaced by", TextEdit(lines=1, most=4)),
            ("note", "Note", TextEdit(lines=1)),
        ):
            self._term(field, label, editor)
        self.body.addStretch(1)

    def _add_terms(self) -> None:
        for field, label, editor in (
            ("agreement", "Agreement", SuggestEdit(list(AGREEMENTS), placeholder="AEA Production")),
            ("subtype", "Kind", LineEdit(placeholder="principal, term rider")),
            ("job", "Job", LineEdit(placeholder="Role or job")),
            ("starts_on", "First day", DateEdit(optional=True)),
            ("ends_on", "Last day", DateEdit(optional=True)),
            ("notice_by_actor_days", "Actor’s notice", NoticeEdit()),
            ("notice_by_producer_days", "Producer’s", NoticeEdit()),
            ("agent_id", "Agent", Combo(name="Agent")),
            ("rule_pack", "Work rules", PackChoice()),
            ("dressing_room", "Dressing room", LineEdit()),
            ("billing", "Billing", LineEdit(placeholder="Exactly as set")),
            ("number", "Contract no.", LineEdit()),
        ):
            self._term(field, label, editor)
        self.rows["ends_on"].editor.setPlaceholderText("run of the play")

    def _term(self, field: str, label: str, editor: QWidget) -> None:
        words_of = self._agent_words if field == "agent_id" else None
        self.rows[field] = TermRow(label, editor, partial(self._edit, field), words_of=words_of)
        self.add(self.rows[field])

    def _known(self, label: str) -> TermRow:
        row = TermRow(label, Known())
        self.add(row)
        return row

    # --- showing ---

    def show_row(self, row: ContractRow) -> None:
        """Show a contract; a correction ends when another one is shown."""
        if self._row is None or self._row.id != row.id:
            self._correcting = False
        self._row = row
        agents = [(one.id, one.name) for one in self._desk.read(agent_rows)]
        self._combo("agent_id").set_items([(None, "none"), *agents])
        self._offer_packs(row)
        for field, line in self.rows.items():
            line.set_value(getattr(row, field))
        self.covered.set_value(", ".join(self._desk.read(cover_texts, row)))
        self.option.set_value(self._option_words(row))
        self._show_final(row)
        self._lock(row)

    def _lock(self, row: ContractRow) -> None:
        locked = row.signed and not self._correcting
        for field, line in self.rows.items():
            is_open = field in OPEN_FIELDS
            line.lock(row.state == "archived" or (locked and not is_open))
        self.covered.lock(True)
        self.option.lock(True)
        self.final.lock(row.state == "archived")
        self.correct.setVisible(row.signed and not self._correcting and row.state != "archived")

    @staticmethod
    def _option_words(row: ContractRow) -> str:
        return "; ".join(
            f"{one.holder}’s, notice ≥ {weeks_text(one.notice_weeks)}"
            + (f", {weeks_text(one.extends_weeks)} more" if one.extends_weeks else "")
            for one in row.options
            if one.state == "open"
        )

    def _agent_words(self, value: Any) -> str:
        return self._row.agent if self._row and value is not None else ""

    def _combo(self, field: str) -> Combo:
        editor = self.rows[field].editor
        assert isinstance(editor, Combo)
        return editor

    def _offer_packs(self, row: ContractRow) -> None:
        editor = self.rows["rule_pack"].editor
        assert isinstance(editor, PackChoice)
        production = self._desk.production_row(row.production_id)
        titles = pack_titles(self._desk)
        editor.show_packs(titles, above_contract(production.rule_pack if production else "", titles))

    def _show_final(self, row: ContractRow) -> None:
        """The final performance, with the performances around the term's end to choose another one from."""
        last = self._desk.read(final_performance_row, row.id)
        showings = [one for one in self._desk.read(showing_rows, [row.production_id]) if not one.cancelled]
        derived = "not in the calendar yet"
        if last is not None and last.derived:
            derived = self._performance_words(last)
        elif row.ends_on is None:
            derived = "none, run of the play"
        at = next(
            (i for i, one in enumerate(showings) if last and one.id == last.performance_id), len(showings)
        )
        items: list[tuple[Any, ...]] = [(None, derived)]
        items += [(one.id, self._performance_words(one)) for one in showings[max(0, at - 24) : at + 24]]
        combo = self.final.editor
        assert isinstance(combo, Combo)
        combo.set_items(items)
        self.final.set_value(row.final_performance_id)
        self.final.words.setText(dict(items).get(row.final_performance_id, ""))
        said = "set by hand" if row.final_performance_id is not None else "derived" if last else ""
        self.final.set_hint(said)

    @staticmethod
    def _performance_words(one: ShowingRow | FinalPerformanceRow) -> str:
        number = f"#{one.number}, " if one.number is not None else ""
        day = work_day(one.starts_wall)
        return f"{number}{day.day} {day:%b} {words.time_text(one.starts_wall)}"

    def focus_first(self) -> None:
        """Put the cursor into the first field that is open."""
        first = next((row for row in self.rows.values() if not row.editor.isHidden()), None)
        if first is not None:
            first.editor.setFocus()

    # --- changing ---

    def _edit(self, field: str, value: Any) -> None:
        if self._row is None:
            return
        kind = CorrectContract if self._correcting else EditContract
        self._desk.do(kind(self._row.id, {field: value}), ORIGIN, fields=self.rows[field])

    def _set_final(self, performance: int | None) -> None:
        if self._row is not None:
            self._desk.do(SetFinalPerformance(self._row.id, performance), ORIGIN, fields=self.final)

    def _begin_correcting(self) -> None:
        """Open the signed terms until another contract is shown; history will name each change a correction."""
        self._correcting = True
        if self._row is not None:
            self._lock(self._row)
            self.rows["agreement"].editor.setFocus()


class MoneyCard(Card):
    """Class Restricted. Sealed for whoever may not see it, and for everybody until it is opened on purpose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Money")
        self._desk = desk
        self._row: ContractRow | None = None
        self._open = False
        self.head_row.insertWidget(0, IconMark("lock", "text2", 14))
        self.head_row.insertWidget(2, Chip(privacy_chip("Restricted")))
        self.body.setSpacing(4)
        self._sealed = self._make_sealed()
        self._opened = self._make_opened()
        self.add(self._sealed)
        self.add(self._opened)
        self.body.addStretch(1)
        self._seal()

    def _make_sealed(self) -> QWidget:
        sealed = QWidget()
        column = QVBoxLayout(sealed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for label in ("Weekly", "Increments", "Agent %"):
            row = QHBoxLayout()
            name = Label(label, "label")
            name.setFixedWidth(84)
            row.addWidget(name)
            row.addWidget(Label("sealed", "body", tone="text3"), 1)
            column.addLayout(row)
        self._sentence = Label("", "secondary", wrap=True)
        column.addWidget(self._sentence)
        self.open_button = Button("Open money fields", icon="eye", small=True, on_click=self.open)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        column.addLayout(row)
        self._last = Label("", "caption", wrap=True)
        column.addWidget(self._last)
        return sealed

    def _make_opened(self) -> QWidget:
        opened = QWidget()
        column = QVBoxLayout(opened)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.rows: dict[str, TermRow] = {}
        editors: tuple[tuple[str, str, QWidget], ...] = (
            ("currency", "Currency", LineEdit(right=True)),
            ("weekly", "Weekly", MoneyEdit()),
            ("per_diem", "Per diem", MoneyEdit()),
            ("commission_bp", "Agent %", PercentEdit()),
            ("note", "Note", LineEdit()),
        )
        for field, label, editor in editors:
            if field == "currency":
                editor.setFixedWidth(120)
            editor.setProperty("draftless", True)
            self.rows[field] = TermRow(label, editor, partial(self._edit, field), keep_empty=True)
            column.addWidget(self.rows[field])
        self.increments = Increments(self._desk)
        column.addWidget(self.increments)
        row = QHBoxLayout()
        row.addWidget(Button("Seal again", "link", on_click=self._seal))
        row.addStretch(1)
        column.addLayout(row)
        return opened

    # --- showing ---

    def show_row(self, row: ContractRow) -> None:
        """Show a contract's money; another contract is sealed again."""
        if self._row is None or self._row.id != row.id:
            self._seal()
        self._row = row
        may = self._desk.may_see("Restricted")
        self.open_button.setVisible(may)
        self._sentence.setText(
            "Opening this is written to the history with your name and the time."
            if may
            else "Only company and general managers open money."
        )
        if not may:
            self._seal()
        self._show_last(row)
        if self._open:
            self._fill(self._desk.read(money_row, row.id))

    def _show_last(self, row: ContractRow) -> None:
        at = self._desk.read(money_opened_at, row.id)
        if at is None:
            self._last.setText("Never opened.")
            return
        local = from_instant(at, self._desk.house.zone)
        self._last.setText(f"Last opened {date_text(date_of(local))} {words.time_text(local)}.")

    def _fill(self, money: MoneyRow) -> None:
        for field, line in self.rows.items():
            if isinstance(line.editor, MoneyEdit):
                line.editor.currency = money.currency
            line.set_value(getattr(money, field))
        if self._row is not None:
            self.increments.show_rows(self._row.id, money.increments, money.currency)

    def _seal(self) -> None:
        self._open = False
        self._sealed.show()
        self._opened.hide()

    # --- changing ---

    def open(self) -> None:
        """Write the opening down, then show the amounts."""
        if self._row is None or not self._desk.may_see("Restricted"):
            return
        if self._desk.do(OpenMoney(self._row.id), ORIGIN, quiet=True) is None:
            return
        self._open = True
        self._fill(self._desk.read(money_row, self._row.id))
        self._sealed.hide()
        self._opened.show()

    def _edit(self, field: str, value: Any) -> None:
        if self._row is not None:
            self._desk.do(SetMoney(self._row.id, {field: value}), ORIGIN, fields=self.rows[field])
