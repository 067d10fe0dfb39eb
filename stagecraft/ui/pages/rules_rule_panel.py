"""The inspector of a rule: what it says, its values (a form in a pack of the house), source, verification, examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stagecraft.domain.rules.packs import DatedParams, Rule
from stagecraft.domain.rules.parameter_values import conditions_trouble, params_trouble
from stagecraft.domain.rules.parameters import CONDITIONS, RULE_KINDS
from stagecraft.domain.times import date_text
from stagecraft.services.rules import VerifyRule, WithdrawVerification
from stagecraft.ui.pages.rules_approvals import ApprovalForm, ApprovalList
from stagecraft.ui.pages.rules_dated import DatedField
from stagecraft.ui.pages.rules_facts import Facts, rule_facts
from stagecraft.ui.pages.rules_pack_form import LABEL, ConditionsField, ValueForm, sentence
from stagecraft.ui.pages.rules_pack_rows import SEVERITIES, rule_text
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import ChipSpec, finding_chip
from stagecraft.ui.widgets.fields import CheckBox, Combo, DateEdit, LineEdit, TextEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import FieldRow, Inspector, Spaced

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

_SOURCE = (
    ("agreement", "Agreement", lambda: LineEdit(placeholder="House agreement")),
    ("edition", "Edition", lambda: LineEdit(placeholder="2027")),
    ("clause", "Clause", lambda: LineEdit(placeholder="Only as the agreement has it")),
    ("summary", "In short", lambda: TextEdit(placeholder="In your own words", lines=2)),
    (
        "confidence",
        "Certainty",
        lambda: Combo([("", "not said"), ("high", "high"), ("medium", "medium"), ("low", "low")]),
    ),
)


class RulePanel(Inspector):
    """Shows one rule. `save(rule)` of the view writes a changed one and says None where it was refused."""

    copy_wanted = Signal()
    """A house copy of this shipped pack is wanted."""

    def __init__(self, desk: Desk, save: Callable[[Rule, Any], object]) -> None:
        super().__init__()
        self.desk, self._save = desk, save
        self.entry: Any = None
        self.rule: Rule | None = None
        self._form: ValueForm | None = None
        self._dated: DatedField | None = None
        self._kind = ""
        self.words = Label("", "body", wrap=True)
        self.words.setContentsMargins(0, 6, 0, 2)
        self.add(self.words)
        self.why_off = Label("", "secondary", wrap=True)
        self.add(self.why_off)
        self._build_values()
        self._build_source()
        self._build_verification()
        self._build_examples()
        self._build_approvals()

    # --- building ---

    def _build_values(self) -> None:
        self._value_group = self.add_group("Values")
        self._locked = QWidget()
        row = QHBoxLayout(self._locked)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconMark("lock", "text2", 14))
        row.addWidget(
            Label("A shipped pack is never changed; a house copy of it is.", "secondary", wrap=True), 1
        )
        self.add(self._locked)
        self._copy_row = Spaced(Button("Duplicate as house copy", small=True, on_click=self.copy_wanted.emit))
        self.add(self._copy_row)
        self.fields: dict[str, FieldRow] = {}
        for name, label, editor in (
            ("title", "Called", LineEdit()),
            ("enabled", "On", CheckBox("")),
            ("severity", "Breaking it is", Combo(SEVERITIES)),
            (
                "scope",
                "Looks at",
                Combo([("person", "all their calls"), ("production", "this production’s calls")]),
            ),
        ):
            self.fields[name] = FieldRow(label, editor, label_width=LABEL)
            editor.committed.connect(partial(self._edit, name))
            self.add(self.fields[name])
        self._form_at = QVBoxLayout()
        self._form_at.setContentsMargins(12, 4, 12, 4)
        self.body.insertLayout(self.body.count() - 1, self._form_at)
        self._when_group = self.add_group("Only when")
        names = [name for name, one in CONDITIONS.items() if not one.person]
        self.when = FieldRow("", ConditionsField(names), label_width=0)
        self.when.editor.committed.connect(partial(self._edit_conditions, "when"))
        self.add(self.when)
        self._applies_group = self.add_group("Only for")
        names = [name for name, one in CONDITIONS.items() if one.person]
        self.applies = FieldRow("", ConditionsField(names, "Add whom it is for"), label_width=0)
        self.applies.editor.committed.connect(partial(self._edit_conditions, "applies"))
        self.add(self.applies)
        self._dated_group = self.add_group("Other values from a day on")
        self._dated_at = QVBoxLayout()
        self._dated_at.setContentsMargins(12, 4, 12, 4)
        self.body.insertLayout(self.body.count() - 1, self._dated_at)

    def _build_source(self) -> None:
        self.add_group("Where it comes from")
        self.source = Facts()
        self.add(self.source)
        self.sources: dict[str, FieldRow] = {}
        for name, label, make in _SOURCE:
            row = FieldRow(label, make(), label_width=72)
            row.editor.committed.connect(partial(self._edit_source, name))
            self.sources[name] = row
            self.add(row)
        self.note = FieldRow("To do", TextEdit(placeholder="What is to be looked up", lines=1), label_width=72)
        self.note.editor.committed.connect(partial(self._edit, "note"))
        self.add(self.note)

    def _build_verification(self) -> None:
        self.add_group("Verification")
        self.verified = Label("", "body", wrap=True)
        self.add(self.verified)
        self.withdraw = Spaced(Button("Withdraw", small=True, on_click=self._withdraw))
        self.add(self.withdraw)
        self.by = FieldRow("Who", LineEdit(placeholder="Name"), label_width=72)
        self.on = FieldRow("On", DateEdit(), label_width=72)
        self.edition = FieldRow("Edition", LineEdit(placeholder="The edition that was read"), label_width=72)
        self._verifying = (self.by, self.on, self.edition)
        for row in self._verifying:
            self.add(row)
        self.verify = Button("Verify", small=True, icon="check", on_click=self._verify)
        self._verify_row = Spaced(self.verify)
        self.add(self._verify_row)

    def _build_examples(self) -> None:
        self._example_group = self.add_group("Examples")
        self.run = Button("Run its examples", small=True, on_click=self._run)
        self._run_row = Spaced(self.run)
        self.add(self._run_row)
        self._results = QWidget()
        self._result_column = QVBoxLayout(self._results)
        self._result_column.setContentsMargins(0, 0, 0, 0)
        self._result_column.setSpacing(4)
        self.add(self._results)

    def _build_approvals(self) -> None:
        self._approval_group = self.add_group("Votes and concessions")
        self.approvals = ApprovalList(self.desk)
        self.approvals.edit_wanted.connect(self._edit_approval)
        self.add(self.approvals)
        self._record = Spaced(
            Button("Record a vote or concession…", small=True, icon="plus", on_click=self._begin_approval)
        )
        self.add(self._record)
        self.form = ApprovalForm(self.desk)
        self.form.closed.connect(self._close_form)
        self.form.hide()
        self.add(self.form)

    # --- showing ---

    def show_rule(self, entry: Any, rule: Rule, approvals: list[Any]) -> None:
        """Show a rule of a pack with what is recorded about it."""
        new = self.rule is None or (self.entry.code, self.rule.id) != (entry.code, rule.id)
        self.entry, self.rule = entry, rule
        if new:
            self.put_back()
            self._close_form()
            self._show_results([])
            self._scroll.verticalScrollBar().setValue(0)
        verified = rule.source.verified
        self.set_head(
            rule.title or rule.id, finding_chip("Verified", "ok") if verified else ChipSpec("Unverified")
        )
        self.words.setText(rule_text(rule))
        self.why_off.setText("" if rule.enabled else f"Off. {rule.note}".strip())
        self.why_off.setVisible(not rule.enabled)
        self._show_values(rule)
        self._show_source(rule)
        self._show_verification(rule, new)
        self._show_examples(rule)
        self.approvals.show_rows(approvals)

    @property
    def _own(self) -> bool:
        return self.entry is not None and self.entry.id is not None

    def _show_values(self, rule: Rule) -> None:
        own = self._own
        self._locked.setVisible(not own)
        self._copy_row.setVisible(not own)
        for name, row in self.fields.items():
            row.setVisible(own)
            row.set_value(getattr(rule, name))
        known = RULE_KINDS.get(rule.kind)
        self._make_forms(rule, own and known is not None)
        if self._form is not None and self._dated is not None:
            self._form.set_value(rule.params)
            self._dated.set_value(rule.values, rule.params)
        self.when.set_value(rule.when)
        self.applies.set_value(rule.applies)
        for widget in (self._when_group, self.when, self._applies_group, self.applies, self._dated_group):
            widget.setVisible(own and known is not None)

    def _make_forms(self, rule: Rule, wanted: bool) -> None:
        kind = f"{self.entry.code}/{rule.kind}" if wanted else ""
        if kind == self._kind:
            return
        self._kind = kind
        for form, place in ((self._form, self._form_at), (self._dated, self._dated_at)):
            if form is not None:
                place.removeWidget(form)
                form.hide()
                form.deleteLater()
        self._form = self._dated = None
        if wanted:
            rules = [(one.id, one.title or one.id) for one in self.entry.pack.rules]
            parameters = RULE_KINDS[rule.kind].parameters
            self._form = ValueForm(parameters, rules)
            self._form.committed.connect(self._edit_params)
            self._form_at.addWidget(self._form)
            self._dated = DatedField(parameters, rules, lambda: self.desk.date)
            self._dated.committed.connect(self._edit_dated)
            self._dated_at.addWidget(self._dated)

    def _show_source(self, rule: Rule) -> None:
        pairs = rule_facts(rule.source)
        if self._own:
            told = {label for _name, label, _make in _SOURCE}
            pairs = [pair for pair in pairs if pair[0] not in told]
        elif rule.source.agreement:
            pairs.insert(0, ("Agreement", rule.source.agreement))
        self.source.show_pairs([pair for pair in pairs if pair[0] != "Verified"])
        for name, row in self.sources.items():
            row.setVisible(self._own)
            row.set_value(getattr(rule.source, name))
        self.note.setVisible(self._own)
        self.note.set_value(rule.note)

    def _show_verification(self, rule: Rule, new: bool) -> None:
        source = rule.source
        if source.verified and source.verified_on:
            edition = f" with edition {source.edition}" if source.edition not in ("", "?") else ""
            self.verified.setText(
                f"{source.verified_by} compared it{edition} on {date_text(source.verified_on)}."
            )
        else:
            self.verified.setText("Nobody has compared this rule with the agreement yet.")
        self.withdraw.setVisible(source.verified)
        for row in self._verifying:
            row.setVisible(not source.verified)
        self._verify_row.setVisible(not source.verified)
        if new:
            self.by.set_value(self.desk.engine.who or "")
            self.on.set_value(self.desk.today)
            self.edition.set_value("" if source.edition == "?" else source.edition)

    def _show_examples(self, rule: Rule) -> None:
        many = len(rule.examples)
        self._example_group.set("Examples", str(many) if many else "")
        self._run_row.setVisible(bool(many))
        if not many:
            self._show_results([("info", "No examples. Those of the original go when its values are changed.")])

    def _show_results(self, results: list[tuple[str, str]]) -> None:
        while self._result_column.count():
            old = self._result_column.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        tokens = {"check": "okMark", "red": "redMark"}
        for icon, words in results:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(IconMark(icon, tokens.get(icon, "text2"), 14))
            row.addWidget(Label(words, "secondary", wrap=True), 1)
            self._result_column.addWidget(line)
        self._results.setVisible(bool(results))

    # --- changing ---

    def _edit(self, name: str, value: Any) -> None:
        if self.rule is not None:
            row = self.note if name == "note" else self.fields[name]
            if name == "enabled" and value and (trouble := params_trouble(self.rule.kind, self.rule.params)):
                row.refuse(f"{sentence(trouble)} Enter it first.")
                return
            self._save(replace(self.rule, **{name: value}), row)

    def _edit_params(self, params: Mapping[str, Any]) -> None:
        if self.rule is None or self._form is None:
            return
        known = RULE_KINDS[self.rule.kind].parameters
        if trouble := params_trouble(self.rule.kind, params, complete=self.rule.enabled):
            name = trouble.key.removeprefix("params.").partition("[")[0].partition(".")[0]
            if self._form.refuse_at(name, sentence(trouble, known)):
                return
        if self._save(replace(self.rule, params=dict(params)), None) is None:
            self._form.set_value(self.rule.params)

    def _edit_conditions(self, name: str, conditions: Mapping[str, Any]) -> None:
        if self.rule is None:
            return
        row = self.when if name == "when" else self.applies
        if trouble := conditions_trouble(conditions, name, person=name == "applies"):
            row.refuse(sentence(trouble))
            return
        new: dict[str, Any] = {name: dict(conditions)}
        self._save(replace(self.rule, **new), row)

    def _edit_dated(self, values: tuple[DatedParams, ...]) -> None:
        if self.rule is None or self._dated is None:
            return
        for one in values:
            trouble = params_trouble(
                self.rule.kind, {**self.rule.params, **one.params}, complete=self.rule.enabled
            )
            if trouble:
                self._dated.refuse(sentence(trouble, RULE_KINDS[self.rule.kind].parameters))
                return
        self._save(replace(self.rule, values=values), self._dated)

    def _edit_source(self, name: str, value: Any) -> None:
        if self.rule is not None:
            new: dict[str, Any] = {name: value or ""}
            self._save(replace(self.rule, source=replace(self.rule.source, **new)), self.sources[name])

    # --- verifying and trying ---

    def _verify(self) -> None:
        if self.rule is None:
            return
        for row in self._verifying:
            row.editor.commit()
        command = VerifyRule(
            self.entry.code, self.rule.id, self.edition.value(), self.by.value(), self.on.value()
        )
        self.desk.do(command, "rules", fields={"by": self.by, "on": self.on, "edition": self.edition})

    def _withdraw(self) -> None:
        if self.rule is not None:
            self.desk.do(WithdrawVerification(self.entry.code, self.rule.id), "rules")

    def _run(self) -> None:
        from stagecraft.domain.rules.examples import try_examples

        if self.rule is None:
            return
        results = [one for one in try_examples(self.entry.pack) if one.rule == self.rule.id]
        self._show_results([example_line(one) for one in results])

    # --- votes ---

    def _begin_approval(self) -> None:
        if self.rule is not None:
            self.form.begin(self.entry.code, self.rule.id, production=None, day=self.desk.date)
            self._open_form()

    def _edit_approval(self, row: Any) -> None:
        self.form.show_row(row)
        self._open_form()

    def _open_form(self) -> None:
        self.form.show()
        self._record.hide()
        self.form.focus_first()

    def _close_form(self) -> None:
        self.form.hide()
        self._record.show()


def example_line(result: Any) -> tuple[str, str]:
    """An icon and the words of an example that was tried."""
    if result.trouble:
        return "red", f"{result.title}: {result.trouble}"
    if result.holds:
        return "check", f"{result.title}: {'passes' if result.passing else 'is flagged'}, as it says"
    return "red", f"{result.title}: should {'pass' if result.passing else 'be flagged otherwise'}, and does not"
