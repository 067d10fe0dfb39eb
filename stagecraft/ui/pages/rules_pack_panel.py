"""One pack on a page: what it is, who goes by it, its rules, and the votes and concessions about them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from stagecraft.ui.pages.rules_approvals import ApprovalForm, ApprovalList
from stagecraft.ui.pages.rules_pack_rows import ORIGIN, edition_text, numbers, rule_items, used_text
from stagecraft.ui.widgets.buttons import Button, IconButton, MenuButton, Segmented
from stagecraft.ui.widgets.chips import Chip, ChipSpec
from stagecraft.ui.widgets.fields import Combo, LineEdit
from stagecraft.ui.widgets.labels import ElidedLabel, IconMark, Label
from stagecraft.ui.widgets.panels import EmptyState, FieldRow, Ground, PageHeader, Spaced
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList
from stagecraft.ui.words import capital

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from stagecraft.ui.desk import Desk

RULES, VOTES = "rules", "votes"


class PackPanel(QWidget):
    """Shows a pack; `rule_chosen(id)` when a rule is chosen, `edited(changes, field)` when its title is typed."""

    rule_chosen = Signal(str)
    edited = Signal(object, object)
    duplicate_wanted = Signal()
    export_wanted = Signal()
    remove_wanted = Signal()
    replace_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.entry: Any = None
        self._approvals: list[Any] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._make_about())
        self._stack = QStackedWidget()
        self.rules = TwoLineList(name="Rules of the pack", icons=True)
        self.rules.chosen.connect(self._on_chosen)
        self.rules.clicked.connect(lambda _index: self._on_chosen(self.rules.current()))
        self._stack.addWidget(self.rules)
        self._stack.addWidget(self._make_votes())
        self._broken = EmptyState(
            "red",
            "This pack cannot be used",
            "",
            [
                ("Replace it by a file…", self.replace_wanted.emit),
                ("Export it…", self.export_wanted.emit),
                ("Remove it", self.remove_wanted.emit),
            ],
        )
        self._stack.addWidget(self._broken)
        column.addWidget(self._stack, 1)

    # --- building ---

    def _make_head(self) -> QWidget:
        head = PageHeader()
        head.title.hide()
        self.back = IconButton("left", "Back to the packs")
        self.back.hide()
        head.add_left(self.back)
        self.title = ElidedLabel("", "title")
        head.add_left(self.title)
        head.layout().setStretchFactor(self.title, 100)  # type: ignore[union-attr]
        self.origin = Chip(ChipSpec(""))
        head.add_left(self.origin)
        self.duplicate = Button("Duplicate as house copy", icon="copy", on_click=self.duplicate_wanted.emit)
        head.add_right(self.duplicate)
        self.more = MenuButton("More", self._fill_menu)
        head.add_right(self.more)
        return head

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction("Export as a file…", self.export_wanted.emit)
        if self.entry is not None and self.entry.id is not None:
            menu.addAction("Duplicate as house copy", self.duplicate_wanted.emit)
            menu.addAction("Replace by a file…", self.replace_wanted.emit)
            menu.addSeparator()
            menu.addAction("Remove this pack", self.remove_wanted.emit)

    def _make_about(self) -> QWidget:
        self._about = Ground("base")
        column = QVBoxLayout(self._about)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        self.names = {}
        for name, label, hint in (("title", "Called", ""), ("edition", "Edition", "Not known")):
            row = FieldRow(label, LineEdit(placeholder=hint), label_width=56)
            row.editor.committed.connect(lambda value, name=name, row=row: self.edited.emit({name: value}, row))
            self.names[name] = row
            column.addWidget(row)
        self.facts = Label("", "body", wrap=True)
        self.used = Label("", "secondary", wrap=True)
        self.note = Label("", "secondary", wrap=True)
        self._locked = QWidget()
        locked = QHBoxLayout(self._locked)
        locked.setContentsMargins(0, 0, 0, 0)
        locked.setSpacing(6)
        locked.addWidget(IconMark("lock", "text2", 14))
        locked.addWidget(
            Label("Shipped packs stay as they are. Duplicate one as house copy to change its values.", "secondary",
                  wrap=True), 1
        )  # fmt: skip
        for widget in (self.facts, self.used, self.note, self._locked):
            column.addWidget(widget)
        self.part = Segmented(
            [(RULES, "Rules"), (VOTES, "Votes and concessions")], RULES, name="Part of the pack"
        )
        self.part.changed.connect(lambda _part: self._show_part())
        column.addSpacing(4)
        column.addWidget(self.part)
        return self._about

    def _make_votes(self) -> QWidget:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
        inside = Ground("base")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        self.votes = ApprovalList(
            self.desk,
            "None is recorded. A vote sets other values of a rule for some days, a concession lets it be.",
        )
        self.votes.edit_wanted.connect(self._edit_vote)
        column.addWidget(self.votes)
        self.about_rule = Combo(name="About which rule")
        self.about_rule.setMaximumWidth(280)
        self._record = Spaced(
            self.about_rule, Button("Record…", small=True, icon="plus", on_click=self._record_vote)
        )
        column.addWidget(self._record)
        self.form = ApprovalForm(self.desk)
        self.form.setMaximumWidth(440)
        self.form.closed.connect(self._close_form)
        self.form.hide()
        column.addWidget(self.form)
        column.addStretch(1)
        scroll.setWidget(inside)
        return scroll

    # --- showing ---

    def show_entry(self, entry: Any, approvals: list[Any], base: str = "") -> None:
        """Show a pack with what is recorded about its rules; None shows nothing. `base` is what it is built on."""
        new = self.entry is None or entry is None or self.entry.code != entry.code
        self.entry, self._approvals = entry, approvals
        self.setEnabled(entry is not None)
        if entry is None:
            return
        own = entry.id is not None
        self.title.setText(entry.title)
        self.origin.set_spec(ChipSpec(ORIGIN[entry.origin], "plain", icon="" if own else "lock"))
        self.duplicate.setVisible(not own)
        self._about.setVisible(entry.pack is not None)
        if entry.pack is None:
            self._broken.text.setText(entry.problem)
            self._stack.setCurrentWidget(self._broken)
            return
        self._show_about(entry, own, base)
        self.rules.set_items(rule_items(entry.pack, Counter(one.rule for one in approvals)))
        if new:
            self._close_form()
            self.part.set_value(RULES)
            self.rules.clearSelection()
            self.rules.setCurrentIndex(self.rules.items.index(-1, 0))
            self.rules.scrollToTop()
        self.votes.show_rows(approvals)
        self.about_rule.set_items([(rule.id, rule.title or rule.id) for rule in entry.pack.rules])
        if entry.pack.rule(str(self.about_rule.value())) is None and entry.pack.rules:
            self.about_rule.set_value(entry.pack.rules[0].id)
        self._show_part()

    def _show_about(self, entry: Any, own: bool, base: str) -> None:
        pack = entry.pack
        for name, row in self.names.items():
            row.setVisible(own)
            value = getattr(pack, name)
            row.set_value("" if value == "?" else value)
        built = f"Built on {base}. " if base else ""
        about = capital(numbers(pack)) if own else f"{edition_text(pack)}; {numbers(pack)}"
        self.facts.setText(f"{built}{about}.")
        self.used.setText(used_text(entry))
        self.note.setText(pack.note)
        self.note.setVisible(bool(pack.note))
        self._locked.setVisible(not own)

    def _show_part(self) -> None:
        if self.entry is not None and self.entry.pack is not None:
            self._stack.setCurrentIndex(0 if self.part.value() == RULES else 1)

    def select(self, rule: str) -> None:
        """Choose a rule in the list."""
        self.part.set_value(RULES)
        self._show_part()
        self.rules.select(rule)

    def focus_rules(self) -> None:
        """Give the keys to the list of rules."""
        self.rules.setFocus()

    def _on_chosen(self, item: ListItem | None) -> None:
        if item is not None and item.value is not None:
            self.rule_chosen.emit(item.value.id)

    # --- votes ---

    def _record_vote(self) -> None:
        if self.entry is not None and self.about_rule.value():
            self.form.begin(self.entry.code, str(self.about_rule.value()), day=self.desk.date)
            self._open_form()

    def _edit_vote(self, row: Any) -> None:
        self.form.show_row(row)
        self._open_form()

    def _open_form(self) -> None:
        self.form.show()
        self._record.hide()
        self.form.focus_first()

    def _close_form(self) -> None:
        self.form.hide()
        self._record.show()
