"""Rules: every flag, the hours people worked, and the packs of work rules they are checked against."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.page import Page
from stagecraft.ui.pages.rules_flags import FOOT, RulesFlags
from stagecraft.ui.widgets.buttons import Segmented

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

FLAGS, HOURS, PACKS = "flags", "hours", "packs"
_VIEWS = {
    FLAGS: ("Flags", "rules_flags", "RulesFlags"),
    HOURS: ("Hours", "rules_hours", "RulesHours"),
    PACKS: ("Packs", "rules_packs", "RulesPacks"),
}
_PLACE = "stagecraft.ui.pages."


class RulesPage(Page):
    """Three views by one switch; each is made when it is first shown and reads its rows when it is in front."""

    name, title, icon = "rules", "Rules", "rules"
    # fmt: off
    tables = frozenset({
        "event", "call", "event_unit", "block", "performance", "performance_cast", "availability", "attendance",
        "work_day", "person", "person_private", "assignment", "job", "track", "role", "contract", "production",
        "milestone", "venue", "space", "house", "issue", "rule_pack", "rule_verification", "rule_approval",
        "acceptance", "scene", "phase", "report", "report_break",
    })
    # fmt: on
    foot = FOOT
    least = 600

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        offered: list[tuple[object, str]] = [
            (code, view[0]) for code, view in _VIEWS.items() if find_spec(_PLACE + view[1])
        ]
        self.switch = Segmented(offered, FLAGS, name="View")
        self.switch.changed.connect(lambda view: self._show(str(view)))
        self.header.add_left(self.switch)
        self._stack = None
        self._views = QStackedWidget()
        self.set_content(self._views)
        self._made: dict[str, Any] = {}
        self._stale: set[str] = set()
        self._layouts: dict[str, dict[str, Any]] = {}
        self._inspectors: dict[str, QWidget | None] = {}
        self.flags: RulesFlags = self._view(FLAGS)
        self.flags.panel.rule_wanted.connect(
            lambda pack, rule: self.show_target(view=PACKS, pack=pack, rule=rule)
        )
        self._show(FLAGS, load=False)

    # --- views ---

    def _view(self, code: str) -> Any:
        """A view, made when it is first asked for."""
        if code not in self._made:
            _words, module, name = _VIEWS[code]
            made = getattr(import_module(_PLACE + module), name)(self.desk)
            self._made[code] = made
            self._views.addWidget(made)
            if hasattr(made, "restore_layout"):
                made.restore_layout(self._layouts.get(code, {}))
            if hasattr(made, "inspector_wanted"):
                made.inspector_wanted.connect(lambda widget, code=code: self._on_inspector(code, widget))
            if hasattr(made, "filter_changed"):
                made.filter_changed.connect(self.filter_changed)
            if hasattr(made, "tools"):
                self.header.add_left(made.tools)
                self.header.layout().setStretchFactor(made.tools, 1000)  # type: ignore[union-attr]
                made.tools.setVisible(code == self.switch.value())
            self._stale.add(code)
        return self._made[code]

    @property
    def view(self) -> Any:
        """The view in front."""
        return self._made[str(self.switch.value())]

    def _show(self, code: str, *, load: bool = True) -> None:
        view = self._view(code)
        self.switch.set_value(code)
        for one in self._made.values():
            if hasattr(one, "tools"):
                one.tools.setVisible(one is view)
        self._views.setCurrentWidget(view)
        self.setFocusProxy(view)
        if load:
            self._refresh(code)
            self._follow(code)
            self.filter_changed.emit()

    def _refresh(self, code: str) -> None:
        if code in self._stale:
            self._stale.discard(code)
            self._made[code].load()

    def load(self) -> None:
        self._stale.update(self._made)
        self._refresh(str(self.switch.value()))

    def _on_inspector(self, code: str, widget: QWidget | None) -> None:
        self._inspectors[code] = widget
        if code == self.switch.value():
            self._follow(code)

    def _follow(self, code: str) -> None:
        widget = self._inspectors.get(code)
        if widget is not None:
            self.open_inspector(widget)
        elif self.inspector() is not None:
            self.close_inspector()

    def show_target(self, **target: Any) -> None:
        """`view` flags | hours | packs, and what that view knows: week, person, flag; pack, rule."""
        view = str(target.pop("view", PACKS if "pack" in target else self.switch.value()))
        if view in dict(self.switch.options):
            if view != self.switch.value():
                self._show(view)
            if target and hasattr(self.view, "show_target"):
                self.view.show_target(**target)

    # --- the page ---

    def step(self, direction: int) -> None:
        if hasattr(self.view, "step"):
            self.view.step(direction)
        else:
            super().step(7 * direction)

    def hidden_by_filter(self) -> tuple[int, str]:
        found: tuple[int, str] = (
            self.view.hidden_by_filter() if hasattr(self.view, "hidden_by_filter") else (0, "")
        )
        return found

    def clear_filter(self) -> None:
        if hasattr(self.view, "clear_filter"):
            self.view.clear_filter()

    def actions(self) -> list[Action]:
        words = {
            FLAGS: "work rules flags findings",
            HOURS: "hours ledger overtime",
            PACKS: "agreements work rules",
        }
        codes = [str(code) for code, _word in self.switch.options]
        made = [
            Action(
                f"rules.{code}",
                f"Rules: {_VIEWS[code][0]}",
                lambda code=code: self._show(code),
                menu="Page",
                checked=lambda code=code: self.switch.value() == code,
                words=words[code],
            )
            for code in codes
        ]
        # One key for whichever view is in front: two actions with the same would both stay silent.
        made.append(Action("rules.copy", "Copy what is chosen", self._copy, "Ctrl+C", "copy", "Page"))
        for code in codes:
            view = self._view(code)
            if hasattr(view, "actions"):
                made += view.actions()
        return made

    def _copy(self) -> None:
        if hasattr(self.view, "copy"):
            self.view.copy()

    def commands(self, text: str) -> list[Hit]:
        """`flags`, `packs`, `hours` from anywhere."""
        asked = text.strip().casefold()
        if len(asked) < 3:
            return []
        offered = {
            FLAGS: ("Flags of this week", "flags work rules"),
            HOURS: ("Hours of this week", "hours ledger"),
            PACKS: ("Packs of work rules", "packs work rules agreements"),
        }
        return [
            Hit(
                title,
                lambda code=code: self.desk.open_page("rules", view=code),
                kind="page",
                icon="rules",
                rank=60,
            )
            for code, (title, words) in offered.items()
            if code in dict(self.switch.options) and any(word.startswith(asked) for word in words.split())
        ]

    def save_layout(self) -> dict[str, Any]:
        kept = {code: view.save_layout() for code, view in self._made.items() if hasattr(view, "save_layout")}
        return {"view": self.switch.value(), "views": {**self._layouts, **kept}}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        views = layout.get("views")
        self._layouts = (
            {code: one for code, one in views.items() if isinstance(one, dict)}
            if isinstance(views, dict)
            else {}
        )
        for code, view in self._made.items():
            if code in self._layouts and hasattr(view, "restore_layout"):
                view.restore_layout(self._layouts[code])
        if layout.get("view") in dict(self.switch.options):
            self._show(str(layout["view"]), load=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.title.setVisible(self.width() >= 720)

    def minimumSizeHint(self) -> QSize:
        """Small: a narrow page folds its columns instead of widening the window."""
        return QSize(360, 240)
