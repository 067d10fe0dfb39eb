"""The script: acts, scenes and numbers by characters or people, drafts, songs, and “without…”.

Panels live in `script_inspector` and `script_rehearse`, sentences in `script_contents`, the strip of drafts in
`script_strip`; this file holds them together and turns what is done into commands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from stagecraft.domain import breakdown
from stagecraft.domain.times import DAY_CUT, day_text, wall
from stagecraft.queries.calendar import availability_rows
from stagecraft.queries.script import SceneRow, ScriptRows, script_rows
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.desk import Desk
from stagecraft.ui.page import Page
from stagecraft.ui.pages.script_contents import (
    Key,
    absent_choices,
    absent_key,
    absent_tracks,
    away_words,
    content_of,
)
from stagecraft.ui.pages.script_hands import ScriptHands
from stagecraft.ui.pages.script_inspector import (
    ActPanel,
    DraftPanel,
    NumberPanel,
    ScenePanel,
    ScriptPanel,
    TrackPanel,
)
from stagecraft.ui.pages.script_menus import ScriptMenus
from stagecraft.ui.pages.script_rehearse import Corner, NeededPanel, RehearsePanel
from stagecraft.ui.pages.script_strip import DraftStrip, draft_table, draft_words, song_table
from stagecraft.ui.widgets.breakdown_matrix import BreakdownMatrix
from stagecraft.ui.widgets.buttons import Button, MenuButton, Segmented
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.panels import EmptyState

LOW = 560
"""Page height under which the strip of drafts shows its head alone."""
FIRST_STEPS = {
    False: (
        "No production yet",
        "A script belongs to a production: name the show first, then its scenes and characters.",
        "Start a production",
    ),
    True: (
        "No scenes yet",
        "A click says who is in which scene; calls and “without…” follow from it. Import… reads a breakdown.",
        "Add the first scene",
    ),
}
"""Title, words and button of the empty page, by whether there is a production."""


class ScriptPage(Page):
    """Scenes by tracks, drafts, songs; who is in what, and what that makes possible."""

    name, title, icon = "script", "Script", "script"
    # fmt: off
    tables = frozenset({
        "act", "scene", "french_scene", "musical_number", "track", "role", "participation", "script_draft",
        "person", "assignment", "event", "event_unit", "availability", "production",
    })
    # fmt: on

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: ScriptRows | None = None
        self.hands = ScriptHands(self)
        self.menus = ScriptMenus(self)
        self.production_id: int | None = None
        self._absent: list[Key] = []
        self._people_first = False
        self._build_header()
        self._build_content()
        self._build_panels()

    # --- building ---

    def _build_header(self) -> None:
        self.view = Segmented([("breakdown", "Breakdown"), ("pages", "Pages"), ("songs", "Songs")], name="View")
        self.view.changed.connect(self._on_view_chosen)
        self.header.add_left(self.view)
        self.production = Combo(name="Production")
        self.production.setFixedWidth(132)
        self.production.committed.connect(self._on_production)
        self.header.add_left(self.production)
        self.draft = MenuButton("", self.menus.fill_drafts, tip="The pages in force on this day")
        self.header.add_left(self.draft)
        self.order = Segmented([(False, "Characters"), (True, "People")], name="Columns named by")
        self.order.changed.connect(self._on_order)
        self.header.add_left(self.order)
        self.add = MenuButton("Add", self.menus.fill_add, icon="plus", tip="Add to the script")
        self.header.add_right(self.add)
        self.ask = Button(
            "Without…",
            "primary",
            icon="person",
            tip="What can I rehearse without… (F6)",
            on_click=self.ask_without,
        )
        self.header.add_right(self.ask)

    def _build_content(self) -> None:
        self.matrix = BreakdownMatrix()
        self.matrix.marked.connect(self.hands.mark)
        self.matrix.edited.connect(self.hands.edit)
        self.matrix.scene_chosen.connect(self._on_scene)
        self.matrix.track_chosen.connect(self._on_track)
        self.matrix.act_chosen.connect(self.show_act)
        self.matrix.rows_chosen.connect(self._on_rows)
        self.matrix.add_wanted.connect(self.hands.add_scene)
        self.matrix.move_wanted.connect(self.hands.move)
        self.matrix.placed.connect(self.hands.place)
        self.matrix.remove_wanted.connect(self.hands.remove_scenes)
        self.matrix.menu_wanted.connect(self.menus.open)
        self.corner = Corner()
        self.corner.absent_changed.connect(self.set_absent)
        self.corner.character_wanted.connect(self.hands.add_character)
        self.matrix.set_corner(self.corner)
        self.strip = DraftStrip(self.hands.new_pages)
        self.strip.opened.connect(self.show_draft)
        breakdown_view = QWidget()
        column = QVBoxLayout(breakdown_view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.matrix, 1)
        column.addWidget(self.strip)
        self.drafts = draft_table()
        self.drafts.chosen.connect(lambda draft: self.show_draft(draft.id))
        self.songs = song_table(lambda: self.rows)
        self.songs.chosen.connect(lambda number: self.show_number(number.id))
        self.views = QStackedWidget()
        for view in (breakdown_view, self.drafts, self.songs):
            self.views.addWidget(view)
        self.empty = EmptyState("script", "", "", [("", self._first_step)])
        self.set_content(self.views, empty=self.empty)
        self.setFocusProxy(self.matrix)

    def _build_panels(self) -> None:
        self.scene_panel = ScenePanel(self.desk)
        self.scene_panel.call_wanted.connect(self.hands.call)
        self.track_panel = TrackPanel(self.desk)
        self.track_panel.without_wanted.connect(self.toggle_absent)
        self.track_panel.person_wanted.connect(lambda person: self.desk.open_page("company", person=person))
        self.track_panel.move_wanted.connect(self.hands.move_track)
        self.act_panel = ActPanel(self.desk)
        self.number_panel = NumberPanel(self.desk)
        self.draft_panel = DraftPanel(self.desk)
        self.rehearse = RehearsePanel()
        self.rehearse.absent_changed.connect(self.set_absent)
        self.rehearse.scene_wanted.connect(self.matrix.select)
        self.rehearse.call_wanted.connect(self.hands.call)
        self.rehearse.close_wanted.connect(self.stop_asking)
        self.needed = NeededPanel()
        self.needed.call_wanted.connect(self.hands.call)
        self.needed.track_wanted.connect(self._on_track)

    # --- showing ---

    def load(self) -> None:
        ids = self.desk.productions
        if self.production_id not in ids:
            self.production_id = self.desk.production
        self._fill_productions(ids)
        self.rows = None
        if self.production_id is not None:
            self.rows = self.desk.read(script_rows, self.production_id, self.desk.date)
        self._show_first_step()
        self._on_view(self.view.value())
        if self.rows is None:
            return
        known = {key for key, _ in absent_choices(self.rows.tracks)}
        self._absent = [key for key in self._absent if key in known]
        self.drafts.rows.set_rows(list(reversed(self.rows.drafts)))
        self.songs.rows.set_rows(self.rows.numbers)
        self.strip.show_drafts(self.rows.drafts, self.desk.date)
        self._name_draft()
        self._show_matrix()
        self._refill_panel()

    def _show_first_step(self) -> None:
        self.show_empty(self.is_empty())
        for button in (self.draft, self.add, self.ask, self.view, self.order):
            button.setEnabled(self.rows is not None)
        title, text, step = FIRST_STEPS[self.rows is not None]
        self.empty.title.setText(title)
        self.empty.text.setText(text)
        self.empty.buttons[0].set_text(step)

    def _first_step(self) -> None:
        if self.rows is None:
            self.desk.production_wanted.emit()
        else:
            self.hands.add_scene()

    def _fill_productions(self, ids: Sequence[int]) -> None:
        names = [(row.id, row.name, row.colour) for row in self.desk.all_productions() if row.id in ids]
        self.production.set_items(names)
        self.production.set_value(self.production_id)
        self.production.setVisible(len(names) > 1)

    def _name_draft(self) -> None:
        issued = [d for d in self.current_rows().drafts if d.issued_on <= self.desk.date]
        self.draft.set_text(draft_words(issued[-1]) if issued else "No pages yet")
        self._fold_header()

    def current_rows(self) -> ScriptRows:
        assert self.rows is not None
        return self.rows

    def _without(self) -> breakdown.Without | None:
        missing = absent_tracks(self.current_rows().tracks, self._absent)
        return breakdown.without(self.current_rows().units, missing) if missing else None

    def _show_matrix(self) -> None:
        rows, found = self.current_rows(), self._without()
        missing = absent_tracks(rows.tracks, self._absent)
        full = frozenset(found.full) if found else frozenset()
        self.matrix.set_content(content_of(rows, people_first=self._people_first, absent=missing, full=full))
        self.corner.show_without(rows, self._absent, found)

    def _refill_panel(self) -> None:
        shown = self.inspector()
        if shown is self.rehearse:
            self._fill_rehearse()
        elif shown is self.needed:
            self.needed.show_scenes(self.current_rows(), self.matrix.chosen_scenes(), self.day_words())
        elif isinstance(shown, ScriptPanel):
            self._show(shown, shown.shown, open_panel=False)

    def day_words(self) -> str:
        return day_text(self.desk.date)

    # --- views ---

    def _on_view_chosen(self, view: object) -> None:
        self._on_view(view)
        self.setFocus()

    def _on_view(self, view: object) -> None:
        self.views.setCurrentIndex(("breakdown", "pages", "songs").index(str(view)))
        self.order.setVisible(view == "breakdown")
        shown = (self.matrix, self.drafts, self.songs)[self.views.currentIndex()]
        self.setFocusProxy(self.empty.buttons[0] if self.is_empty() else shown)

    def is_empty(self) -> bool:
        """Whether the first step is offered instead of a script."""
        return self.rows is None or not (self.rows.acts or self.rows.tracks or self.rows.drafts)

    def show_view(self, view: str) -> None:
        """Show the breakdown, the issued pages or the songs."""
        self.view.set_value(view)
        self._on_view(view)

    def _on_order(self, people_first: object) -> None:
        self._people_first = bool(people_first)
        if self.rows is not None:
            self._show_matrix()

    def _on_production(self, production: int) -> None:
        self.production_id, self._absent = production, []
        self.close_inspector()
        self.load()

    def _fold_header(self) -> None:
        """Words in the header give way, the least needed first, until it fits."""
        self.draft.show()
        self.add.setText("Add")
        self.ask.setText("Without…")
        layout = self.header.layout()
        assert layout is not None
        for give in (self.draft.hide, lambda: self.add.setText(""), lambda: self.ask.setText("")):
            if layout.sizeHint().width() <= self.width():
                return
            give()

    def minimumSizeHint(self) -> QSize:
        """Small: a narrow page folds its header instead of widening the window."""
        return QSize(360, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_header()
        self.strip.set_short(self.height() < LOW)

    def save_layout(self) -> dict[str, Any]:
        return {"view": self.view.value(), "people": self._people_first, "songs": self.songs.save_layout()}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        if layout.get("view") in ("breakdown", "pages", "songs"):
            self.show_view(layout["view"])
        self._people_first = bool(layout.get("people"))
        self.order.set_value(self._people_first)
        self.songs.restore_layout(layout.get("songs") or {})

    def show_target(self, **target: Any) -> None:
        """Select a scene, track, number or draft; `without=person` asks what is possible without them."""
        if "production" in target:
            self.production_id = target["production"]
            self.load()
        if self.rows is None:
            return
        if "scene" in target:
            self.show_view("breakdown")
            if self.matrix.select(target["scene"]):
                self.show_scene(target["scene"])
            self.matrix.setFocus()
        if "number" in target and self.songs.select(target["number"]):
            self.show_view("songs")
        if "draft" in target:
            self.show_draft(target["draft"])
        if "without" in target:
            self.set_absent([("person", target["without"])])
            self.ask_without()

    # --- what is chosen ---

    def scene(self, scene_id: int | None) -> SceneRow | None:
        return next((scene for scene in self.current_rows().scenes if scene.id == scene_id), None)

    def _on_scene(self, scene_id: int | None) -> None:
        """The cursor moved. An open inspector follows; a closed one stays closed, so that no column moves away."""
        shown = self.inspector()
        if (
            shown is not None
            and shown.isVisible()
            and not self._asking()
            and len(self.matrix.chosen_scenes()) < 2
        ):
            self.show_scene(scene_id)

    def _show(self, panel: ScriptPanel, row_id: int | None, *, open_panel: bool = True) -> None:
        """Show a row in its panel; one that is gone closes the inspector."""
        row = next((row for row in getattr(self.current_rows(), panel.among) if row.id == row_id), None)
        if row is None:
            self.close_inspector()
            return
        panel.show_row(self.current_rows(), row)
        if open_panel:
            self.open_inspector(panel)

    def show_scene(self, scene_id: int | None) -> None:
        self._show(self.scene_panel, scene_id)

    def show_track(self, track_id: int) -> None:
        self._show(self.track_panel, track_id)

    def show_act(self, act_id: int) -> None:
        self._show(self.act_panel, act_id)

    def show_number(self, number_id: int) -> None:
        self._show(self.number_panel, number_id)

    def show_draft(self, draft_id: int) -> None:
        self._show(self.draft_panel, draft_id)

    def _on_rows(self, scenes: Sequence[int]) -> None:
        if len(scenes) > 1:
            self.needed.show_scenes(self.current_rows(), scenes, self.day_words())
            self.open_inspector(self.needed)
        elif scenes and not self._asking():
            self.show_scene(scenes[0])

    def _on_track(self, track_id: int) -> None:
        if self._asking():
            self.toggle_absent(track_id)
        else:
            self.show_track(track_id)

    # --- without… ---

    def ask_without(self) -> None:
        """Ask what can be rehearsed without some people."""
        if self.rows is None:
            return
        self.show_view("breakdown")
        self._fill_rehearse()
        self.open_inspector(self.rehearse)
        self.rehearse.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _asking(self) -> bool:
        """Whether the question stands in the inspector."""
        return self.inspector() is self.rehearse and self.rehearse.isVisible()

    def stop_asking(self) -> None:
        """Everybody is there again."""
        self._absent = []
        if self.rows is not None:
            self._show_matrix()

    def set_absent(self, keys: Sequence[object]) -> None:
        """These people are missing."""
        self._absent = [key for key in keys if isinstance(key, tuple)]  # type: ignore[misc]
        self._show_matrix()
        self._fill_rehearse()
        if not self._asking():
            self.open_inspector(self.rehearse)

    def toggle_absent(self, track_id: int) -> None:
        track = next((t for t in self.current_rows().tracks if t.id == track_id), None)
        if track is None:
            return
        key = absent_key(track)
        self.set_absent([k for k in self._absent if k != key] if key in self._absent else [*self._absent, key])

    def _fill_rehearse(self) -> None:
        self.rehearse.show_without(self.current_rows(), self._absent, self._without(), self.day_words())
        self.rehearse.set_away(self._away(), self.day_words())

    def _away(self) -> list[tuple[Key, str]]:
        """Who of the company is not free on the desk's day."""
        first = wall(self.desk.date, DAY_CUT)
        people = {t.person_id: t.person_short for t in self.current_rows().tracks if t.person_id is not None}
        if not people:
            return []
        found = self.desk.read(availability_rows, first, first + 24 * 60, tuple(people))
        away = {row.person_id: row for row in found if row.hardness == "hard" and row.person_id is not None}
        return [(("person", person), away_words(people[person], row, first)) for person, row in away.items()]

    # --- menus ---

    def actions(self) -> list[Action]:
        return self.menus.actions()

    def commands(self, text: str) -> list[Hit]:
        return self.menus.commands(text)
