"""The inspector of a flag: the sentence, the arithmetic, where the rule comes from, the calls, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.times import date_of, date_text, day_text, duration_text
from stagecraft.queries.rules import approval_rows, wall_text
from stagecraft.services.rule_repairs import RepairCalls
from stagecraft.services.rules import AcceptFlag, WithdrawAcceptance
from stagecraft.ui.pages.rules_approvals import ApprovalForm, ApprovalList, applies_to
from stagecraft.ui.pages.rules_facts import Facts, rule_facts
from stagecraft.ui.pages.rules_flag_rows import ACCEPTED, COST, UNCHECKED, FlagLine, has_rule, is_clash
from stagecraft.ui.pages.rules_sums import arithmetic, what_to_do
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import ChipSpec, finding_chip
from stagecraft.ui.widgets.fields import TextEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import FieldRow, Inspector, Spaced
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList
from stagecraft.ui.words import capital, span_text, time_style

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

MOST = 200
"""Lines shown of those that miss the same fact."""


class FlagPanel(Inspector):
    """Shows one line of the Flags view; every repair is one click and one step of undo."""

    rule_wanted = Signal(str, str)
    """Pack and rule to be shown in Packs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.line: FlagLine | None = None
        self._build()

    def _build(self) -> None:
        self.sentence = Label("", "body", wrap=True)
        self.sentence.setContentsMargins(0, 6, 0, 2)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(self.sentence)
        self._doubt = QWidget()
        row = QHBoxLayout(self._doubt)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconMark("info", "text2", 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(
            Label("Unverified: nobody has compared this rule with the agreement yet.", "secondary", wrap=True),
            1,
        )
        self.add(self._doubt)
        self._repair_group = self.add_group("Repair")
        self._repairs = QWidget()
        self._repair_column = QVBoxLayout(self._repairs)
        self._repair_column.setContentsMargins(0, 0, 0, 0)
        self._repair_column.setSpacing(6)
        self.add(self._repairs)
        self._sum_group = self.add_group("Arithmetic")
        self.sums = Facts()
        self.add(self.sums)
        self._call_group = self.add_group("Calls")
        self.calls = TwoLineList(name="Calls it is about", height=44)
        self.calls.opened.connect(lambda item: self._go(item.value))
        self.calls.setToolTip("Double click shows the call in the calendar")
        self.add(self.calls, flush=True)
        self._source_group = self.add_group("Rule")
        self.source = Facts()
        self.add(self.source)
        self.open_rule = Button("Open the rule", "link", on_click=self._open_rule)
        self._rule_row = Spaced(self.open_rule)
        self.add(self._rule_row)
        self._build_accepting()
        self._build_approvals()

    def _build_accepting(self) -> None:
        self._accept_group = self.add_group("Accept")
        self.reason = FieldRow(
            "", TextEdit(placeholder="Why it is accepted", name="Reason", lines=2), label_width=0
        )
        self.add(self.reason)
        self.accept = Button("Accept with this reason", small=True, icon="check", on_click=self._accept)
        self._accept_row = Spaced(self.accept)
        self.add(self._accept_row)
        self.accepted = Label("", "body", wrap=True)
        self.add(self.accepted)
        self.withdraw = Button("Withdraw", small=True, on_click=self._withdraw)
        self._withdraw_row = Spaced(self.withdraw)
        self.add(self._withdraw_row)

    def _build_approvals(self) -> None:
        self._approval_group = self.add_group("Votes and concessions")
        self.approvals = ApprovalList(self.desk)
        self.approvals.edit_wanted.connect(self._edit_approval)
        self.add(self.approvals)
        self.record = Button("Record a vote or concession…", small=True, icon="plus", on_click=self._record)
        self._record_row = Spaced(self.record)
        self.add(self._record_row)
        self.form = ApprovalForm(self.desk)
        self.form.closed.connect(self._close_form)
        self.form.hide()
        self.add(self.form)

    # --- showing ---

    def show_line(self, line: FlagLine) -> None:
        """Show a line; what was typed for another one goes."""
        new = self.line is None or self.line.id != line.id
        self.line = line
        if new:
            self._close_form()
            self.reason.editor.put_back()
            self.reason.set_value("")
            self._scroll.verticalScrollBar().setValue(0)
        self.set_head(line.title, self._chip(line))
        self.sentence.setText(self._sentence(line))
        self._doubt.setVisible(not line.verified)
        self._show_repairs(line)
        self._show_sums(line)
        self._show_calls(line)
        self._show_rule(line)
        self._show_acceptance(line)
        self._show_approvals(line)

    @staticmethod
    def _chip(line: FlagLine) -> ChipSpec:
        if line.sort == UNCHECKED:
            return ChipSpec("Not checked", "plain", icon="info")
        if line.sort == COST:
            return ChipSpec("Cost", "plain", icon="cost")
        if line.sort == ACCEPTED:
            return finding_chip("Accepted", "ok")
        return finding_chip("Flag", line.severity if line.severity in ("red", "amber") else "red")

    @staticmethod
    def _sentence(line: FlagLine) -> str:
        if line.sort != UNCHECKED:
            return str(line.flag.text(time_style()))
        return f"Not checked for {line.name}: {line.short}. {what_to_do(line.short)}".strip()

    def _show_repairs(self, line: FlagLine) -> None:
        while self._repair_column.count():
            old = self._repair_column.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for words, run in self.repairs():
            button = Button(words, small=True, on_click=run)
            self._repair_column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        shown = bool(self._repair_column.count())
        self._repairs.setVisible(shown)
        self._repair_group.setVisible(shown)

    def repairs(self) -> list[tuple[str, Callable[[], object]]]:
        """The repairs of what is shown, in words and as what happens."""
        line = self.line
        if line is None or line.sort in (UNCHECKED, ACCEPTED):
            return []
        offers = getattr(line.flag, "repairs", ())
        return [(offer.words, partial(self._repair, offer)) for offer in offers]

    def _repair(self, offer: Any) -> None:
        self.desk.do(RepairCalls(**offer.arguments), "rules")

    def _show_sums(self, line: FlagLine) -> None:
        clash = is_clash(line.flag)
        pairs = [] if clash or line.sort == UNCHECKED else arithmetic(line.flag.finding, time_style())
        self.sums.show_pairs(pairs)
        self._sum_group.setVisible(bool(pairs))

    def _show_calls(self, line: FlagLine) -> None:
        items = self._missing_items(line) if line.sort == UNCHECKED else self._call_items(line.flag)
        self.calls.set_items(items)
        self.calls.setFixedHeight(min(len(items), 8) * 44 + 2)
        self.calls.setVisible(bool(items))
        self._call_group.setVisible(bool(items))
        self._call_group.set("Where it is missing" if line.sort == UNCHECKED else "Calls", str(len(items)))

    @staticmethod
    def _call_items(flag: Any) -> list[ListItem]:
        if is_clash(flag):
            sides = [one for one in flag.sides if one.event is not None]
            return [
                ListItem(
                    one.event,
                    f"{one.show} {one.what}".strip(),
                    second=f"{day_text(date_of(one.starts_wall))}, {span_text(one.starts_wall, one.ends_wall)}",
                    value=(one.event, date_of(one.starts_wall)),
                )
                for one in sides
            ]
        return [
            ListItem(
                (call.starts_wall, call.events),
                capital(call.title or "call"),
                second=f"{day_text(date_of(call.starts_wall))}, {span_text(call.starts_wall, call.ends_wall)}",
                right=duration_text(call.minutes),
                value=(call.events[0] if call.events else None, date_of(call.starts_wall)),
            )
            for call in flag.calls
        ]

    @staticmethod
    def _missing_items(line: FlagLine) -> list[ListItem]:
        return [
            ListItem(
                (flag.person, flag.finding.anchor, at),
                flag.person_name,
                second=day_text(flag.day),
                value=(flag.events[0] if flag.events else None, flag.day),
            )
            for at, flag in enumerate(sorted(line.flags, key=lambda one: (one.day, one.person_name))[:MOST])
        ]

    def _show_rule(self, line: FlagLine) -> None:
        clash = not has_rule(line.flag)
        pairs = []
        if not clash:
            pairs = [("Agreement", line.source or line.agreement), *rule_facts(line.flag.rule_said.source)]
        self.source.show_pairs(pairs)
        self._source_group.setVisible(not clash)
        self._rule_row.setVisible(not clash)

    def _show_acceptance(self, line: FlagLine) -> None:
        accepted = line.acceptance if line.sort != UNCHECKED else None
        waived = "" if is_clash(line.flag) else line.flag.finding.waived_by
        over = accepted is not None or bool(waived)
        open_ = line.sort not in (UNCHECKED, COST) and not over
        self._accept_group.setVisible(open_ or over)
        self._accept_group.set("Accept" if open_ else "Accepted")
        self.reason.setVisible(open_)
        self._accept_row.setVisible(open_)
        self.accepted.setVisible(over)
        self._withdraw_row.setVisible(accepted is not None)
        if accepted is not None:
            may = self.desk.may_see("Management")
            reason = accepted.reason if may else "The reason is open to management only."
            who = accepted.accepted_by or "somebody who gave no name"
            self.accepted.setText(f"{reason}\nAccepted by {who} on {date_text(accepted.accepted_on)}.")
        elif waived:
            self.accepted.setText(f"Waived: {waived}")

    def _show_approvals(self, line: FlagLine) -> None:
        clash = not has_rule(line.flag)
        self._approval_group.setVisible(not clash)
        self._record_row.setVisible(not clash and not self.form.isVisibleTo(self))
        rows = [] if clash else [one for one in self.desk.read(approval_rows) if applies_to(one, line.flag)]
        self.approvals.show_rows(rows)

    # --- doing ---

    def can_accept(self) -> bool:
        """Whether the flag shown can still be accepted."""
        return self.reason.isVisibleTo(self)

    def begin_accepting(self) -> None:
        """Put the cursor where the reason goes."""
        self._scroll.ensureWidgetVisible(self.reason)
        self.reason.editor.setFocus()

    def _accept(self) -> None:
        if self.line is None:
            return
        reason = self.reason.editor.toPlainText().strip()
        if not reason:
            self.reason.refuse("Say why, so that whoever asks later knows.")
            return
        flag = self.line.flag
        if is_clash(flag):
            long = flag.ends_wall - flag.starts_wall
            command = AcceptFlag(
                flag.rule, flag.person, wall_text(flag.starts_wall), long, reason, space=flag.space
            )
        else:
            found = flag.finding
            command = AcceptFlag(found.rule, flag.person, found.anchor, found.measured, reason)
        self.desk.do(command, "rules", fields=self.reason)

    def _withdraw(self) -> None:
        if self.line is not None and self.line.acceptance is not None:
            self.desk.do(WithdrawAcceptance(self.line.acceptance.id), "rules")

    def _go(self, place: tuple[int | None, Any]) -> None:
        event, day = place
        self.desk.date = day
        if event is None:
            self.desk.open_page("calendar")
        else:
            self.desk.open_page("calendar", event=event)

    def _open_rule(self) -> None:
        if self.line is not None and has_rule(self.line.flag):
            self.rule_wanted.emit(self.line.flag.finding.pack, self.line.flag.rule)

    def _record(self) -> None:
        if self.line is None:
            return
        flag = self.line.flag
        self.form.begin(flag.finding.pack, flag.rule, production=flag.finding.production, day=self.line.day)
        self.form.show()
        self._record_row.hide()
        self.form.focus_first()

    def _edit_approval(self, row: Any) -> None:
        self.form.show_row(row)
        self.form.show()
        self._record_row.hide()
        self.form.focus_first()

    def _close_form(self) -> None:
        self.form.hide()
        self._record_row.setVisible(self.line is not None and has_rule(self.line.flag))
