"""The Packs view of Rules: the list of packs, and one pack with its rules; a rule opens in the inspector.

What lines say lives in `rules_pack_rows`, a rule's page in `rules_rule_panel`, the pack's page in `rules_pack_panel`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.domain.rules.pack_file import house_copy, pack_toml, read_pack, read_pack_file
from stagecraft.domain.rules.pack_rules import changed_rule
from stagecraft.domain.rules.packs import Pack, Rule
from stagecraft.domain.rules.words import source_words
from stagecraft.queries.rules import approval_rows, packs
from stagecraft.services.rules import AddRulePack, EditRulePack, RemoveRulePack
from stagecraft.ui.actions import Action
from stagecraft.ui.pages.rules_pack_panel import PackPanel
from stagecraft.ui.pages.rules_pack_rows import AID, pack_items, rule_text
from stagecraft.ui.pages.rules_rule_panel import RulePanel
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import Ground
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList

if TYPE_CHECKING:
    from stagecraft.queries.rules import Packs
    from stagecraft.ui.desk import Desk

LEAST_BOTH = 640
"""Width under which list and pack stand one after the other."""


class RulesPacks(QWidget):
    """Packs at the left, the chosen one at the right."""

    inspector_wanted = Signal(object)
    filter_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._packs: Packs | None = None
        self._approvals: list[Any] = []
        self._code = ""
        self._rule_id = ""
        self._narrow = False
        self.rule_panel = RulePanel(desk, self._save_rule)
        self.rule_panel.copy_wanted.connect(self.duplicate)
        self.panel = PackPanel(desk)
        self.panel.rule_chosen.connect(self._on_rule)
        self.panel.duplicate_wanted.connect(self.duplicate)
        self.panel.export_wanted.connect(self.export)
        self.panel.remove_wanted.connect(self.remove)
        self.panel.replace_wanted.connect(self.replace_from_file)
        self.panel.edited.connect(self._save_pack)
        self.panel.back.clicked.connect(self._show_list)
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(Button("Import a pack…", icon="folder", on_click=self.import_file))
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._trouble = Ground("red")
        row = QHBoxLayout(self._trouble)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(IconMark("red", "redMark", 14))
        self.trouble = Label("", "body", tone="red", wrap=True)
        row.addWidget(self.trouble, 1)
        row.addWidget(IconButton("close", "Close this message", size=24, on_click=self._trouble.hide))
        self._trouble.hide()
        column.addWidget(self._trouble)
        self.list = TwoLineList(name="Packs", icons=True)
        self.list.chosen.connect(self._on_pack)
        self.list.opened.connect(lambda _item: self._show_pack_page())
        self.list.setMinimumWidth(220)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([264, 560])
        column.addWidget(self.split, 1)
        self.setFocusProxy(self.list)

    # --- showing ---

    def load(self) -> None:
        """Read packs and votes again; what was chosen stays."""
        found: Packs = self.desk.read(packs)
        self._packs, self._approvals = found, self.desk.read(approval_rows)
        self.list.set_items(pack_items(found.entries))
        if not self.list.select(self._code) and found.entries:
            self.list.select(found.entries[0].code)
        self._show_pack()

    def entry(self) -> Any:
        """The pack shown, or None."""
        return next((one for one in self._entries() if one.code == self._code), None)

    def _entries(self) -> list[Any]:
        return list(self._packs.entries) if self._packs else []

    def _on_pack(self, item: ListItem) -> None:
        if item.value is None or item.value.code == self._code:
            return
        self._code, self._rule_id = item.value.code, ""
        self._show_pack()
        self.inspector_wanted.emit(None)

    def _show_pack(self) -> None:
        entry = self.entry()
        if entry is None:
            self.panel.show_entry(None, [])
            return
        own = [one for one in self._approvals if one.pack == entry.code]
        base = next((one.title for one in self._entries() if entry.pack and one.code == entry.pack.extends), "")
        self.panel.show_entry(entry, own, base)
        rule = entry.pack.rule(self._rule_id) if entry.pack is not None else None
        if rule is None:
            if self._rule_id:
                self._rule_id = ""
                self.inspector_wanted.emit(None)
            return
        self.rule_panel.show_rule(entry, rule, [one for one in own if one.rule == rule.id])

    def _on_rule(self, rule_id: str) -> None:
        self._rule_id = rule_id
        self._show_pack()
        if self._rule_id:
            self.inspector_wanted.emit(self.rule_panel)

    def show_target(self, **target: Any) -> None:
        """`pack` by code, `rule` by id."""
        if target.get("pack"):
            self._code, self._rule_id = str(target["pack"]), str(target.get("rule") or "")
            self.load()
            self._show_pack_page()
            if self._rule_id:
                self.panel.select(self._rule_id)
                self._on_rule(self._rule_id)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        narrow = self.width() < LEAST_BOTH
        if narrow != self._narrow:
            self._narrow = narrow
            self.list.setVisible(not narrow or not self.panel.isVisible())
            self.panel.setVisible(not narrow or not self.list.isVisible())
            if narrow and not self.panel.isVisibleTo(self) and not self.list.isVisibleTo(self):
                self.list.show()
        self.panel.back.setVisible(narrow)

    def _show_pack_page(self) -> None:
        if self._narrow:
            self.list.hide()
            self.panel.show()
        self.panel.focus_rules()

    def _show_list(self) -> None:
        self.list.show()
        if self._narrow:
            self.panel.hide()
        self.list.setFocus()

    # --- changing ---

    def _raw(self, entry: Any) -> tuple[Pack, Pack | None]:
        """A house pack as its file says it, and the pack it is built on."""
        assert self._packs is not None
        raw = read_pack(entry.text, entry.title, self._packs.pack)
        return raw, self._packs.pack(raw.extends) if raw.extends else None

    def _save_rule(self, rule: Rule, field: Any) -> object:
        entry = self.entry()
        if entry is None or entry.id is None:
            return None
        raw, base = self._raw(entry)
        before = raw.rule(rule.id)
        shown = entry.pack.rule(rule.id)
        if before is None or shown is None:
            return None
        # What somebody verified here is kept beside the pack, not in its file.
        source = replace(
            rule.source, verified_by=before.source.verified_by, verified_on=before.source.verified_on
        )
        if rule.source.edition == shown.source.edition:
            source = replace(source, edition=before.source.edition)
        new = changed_rule(before, replace(rule, source=source), base.rule(rule.id) if base else None)
        rules = tuple(new if one.id == rule.id else one for one in raw.rules)
        return self._save(entry, replace(raw, rules=rules), base, field)

    def _save_pack(self, changes: dict[str, Any], field: Any) -> None:
        entry = self.entry()
        if entry is not None and entry.id is not None and entry.pack is not None:
            raw, base = self._raw(entry)
            self._save(entry, replace(raw, **changes), base, field)

    def _save(self, entry: Any, pack: Pack, base: Pack | None, field: Any) -> object:
        return self.desk.do(EditRulePack(entry.id, pack_toml(pack, base)), "rules", fields=field)

    def duplicate(self) -> None:
        """A house copy of the pack shown, which then is the one shown."""
        entry = self.entry()
        if entry is None or entry.pack is None or self._packs is None:
            return
        taken = {one.code for one in self._packs.entries}
        stem = f"{entry.code.removesuffix('-house')[:30]}-house"
        code = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if one not in taken)
        number = code.removeprefix(stem).lstrip("-")
        title = f"{entry.pack.title.removesuffix(', house copy')}, house copy{f' {number}' if number else ''}"
        copy = house_copy(entry.pack, code, title)
        chosen = self._rule_id
        if self.desk.do(AddRulePack(pack_toml(copy, entry.pack)), "rules"):
            self.show_target(pack=code, rule=chosen)

    def import_file(self) -> None:
        """Choose a pack file and keep it."""
        chosen, _ = QFileDialog.getOpenFileName(self, "Import a pack of work rules", "", "Packs (*.toml)")
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Keep the pack in a file; what is wrong with it is said above the list."""
        text = self._read(path)
        if text is None or self._packs is None:
            return
        code = read_pack(text, path.name, self._packs.pack).id
        if self.desk.do(AddRulePack(text), "rules", fields=self):
            self.show_target(pack=code)

    def replace_from_file(self) -> None:
        """Choose a file that takes the place of the pack shown, as to mend a broken one."""
        entry = self.entry()
        chosen, _ = QFileDialog.getOpenFileName(self, "Replace this pack by a file", "", "Packs (*.toml)")
        if chosen and entry is not None and entry.id is not None:
            self.replace_by(Path(chosen))

    def replace_by(self, path: Path) -> None:
        """Let a file take the place of the house pack shown."""
        entry, text = self.entry(), self._read(path)
        if entry is not None and text is not None:
            self.desk.do(EditRulePack(entry.id, text), "rules", fields=self)

    def _read(self, path: Path) -> str | None:
        assert self._packs is not None
        self._trouble.hide()
        try:
            read_pack_file(path, self._packs.pack)
            return path.read_text(encoding="utf-8-sig")
        except (Refused, FileProblem) as problem:
            self.refuse(problem.message)
        except OSError as trouble:
            self.refuse(f"{path.name} cannot be read: {(trouble.strerror or 'no reason given').lower()}.")
        return None

    def refuse(self, message: str) -> None:
        """Say above the list why a pack was not taken."""
        self.trouble.setText(message)
        self._trouble.show()

    def export(self) -> None:
        """Save the pack shown as a file."""
        entry = self.entry()
        if entry is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Export this pack", f"{entry.code}.toml", "Packs (*.toml)"
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write the pack shown into a file."""
        entry = self.entry()
        if entry is None:
            return
        text = entry.text or pack_toml(entry.pack)
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as trouble:
            self.refuse(f"{path.name} cannot be written: {(trouble.strerror or 'no reason given').lower()}.")
            return
        self.desk.say(f"Saved {path.name}")

    def remove(self) -> None:
        """Take a house pack out; refused while something names it."""
        entry = self.entry()
        if (
            entry is not None
            and entry.id is not None
            and self.desk.do(RemoveRulePack(entry.id), "rules", fields=self)
        ):
            self._trouble.hide()

    def copy(self) -> None:
        """The rule shown in words onto the clipboard, with where it comes from."""
        entry = self.entry()
        rule = entry.pack.rule(self._rule_id) if entry is not None and entry.pack is not None else None
        if rule is not None:
            source = source_words(rule, entry.pack)
            QGuiApplication.clipboard().setText(f"{rule.title}: {rule_text(rule)} ({source}) {AID}.")
            self.desk.say("Copied the rule in words")

    # --- the page ---

    def hidden_by_filter(self) -> tuple[int, str]:
        return 0, ""

    def clear_filter(self) -> None:
        """Nothing is hidden here."""

    def step(self, direction: int) -> None:
        """The next or previous pack."""
        rows = [item for item in self.list.items.rows if not item.head]
        at = next((place for place, item in enumerate(rows) if item.key == self._code), 0) + direction
        if 0 <= at < len(rows):
            self.list.select(rows[at].key)

    def actions(self) -> list[Action]:
        def shown() -> bool:
            return self.isVisible() and self.entry() is not None

        def own() -> bool:
            return shown() and self.entry().id is not None

        return [
            Action("rules.duplicate", "Duplicate the pack as house copy", self.duplicate, "", "copy", "Page", shown,
                   words="work rules agreement", separator=True),
            Action("rules.import", "Import a pack of work rules…", self.import_file, "", "folder", "Page",
                   self.isVisible, words="toml agreement"),
            Action("rules.export", "Export this pack…", self.export, "", "save", "Page", shown),
            Action("rules.remove", "Remove this pack", self.remove, "", "trash", "Page", own),
        ]  # fmt: skip

    def save_layout(self) -> dict[str, Any]:
        return {"pack": self._code, "sizes": self.split.sizes()}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        self._code = str(layout.get("pack") or "")
        sizes = layout.get("sizes")
        if (
            isinstance(sizes, list)
            and len(sizes) == 2
            and all(isinstance(one, int) and one > 0 for one in sizes)
        ):
            self.split.setSizes(sizes)
