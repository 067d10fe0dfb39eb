"""Menus of the script page, and what it offers to the menu bar and the command bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from stagecraft.domain.names import fold
from stagecraft.domain.times import day_text
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.pages.script_contents import absent_choices
from stagecraft.ui.pages.script_strip import draft_words

if TYPE_CHECKING:
    from stagecraft.ui.pages.script_page import ScriptPage


class ScriptMenus:
    """The menus of one script page."""

    def __init__(self, page: ScriptPage) -> None:
        self.page = page

    def fill_add(self, menu: QMenu) -> None:
        for text, run in (
            ("Scene", self.page.hands.add_scene),
            ("Act", self.page.hands.add_act),
            ("Number", self.page.hands.add_number),
            ("Character", self.page.hands.add_character),
            ("Ensemble track", lambda: self.page.hands.add_character("ensemble")),
            ("Swing track", lambda: self.page.hands.add_character("swing")),
            ("New pages", self.page.hands.new_pages),
        ):
            menu.addAction(text, run)

    def fill_drafts(self, menu: QMenu) -> None:
        for draft in reversed(self.page.current_rows().drafts if self.page.rows else []):
            words = f"{draft_words(draft)}, {day_text(draft.issued_on)}"
            menu.addAction(words, lambda draft=draft: self.page.show_draft(draft.id))
        menu.addSeparator()
        menu.addAction("New pages", self.page.hands.new_pages)

    def open(self, at: QPoint, scene_id: int | None, track_id: int | None) -> None:
        menu = QMenu(self.page)
        scenes = self.page.matrix.chosen_scenes()
        if scene_id is not None:
            chosen = scenes if scene_id in scenes else (scene_id,)
            some = "this scene" if len(chosen) == 1 else f"these {len(chosen)} scenes"
            all_cut = all(s.cut for i in chosen if (s := self.page.scene(i)) is not None)
            menu.addAction(f"Call {some} on {self.page.day_words()}", lambda: self.page.hands.call(chosen))
            menu.addAction("Add a scene after it\tIns", self.page.hands.add_scene)
            menu.addAction(f"{'Restore' if all_cut else 'Cut'} {some}", lambda: self.page.hands.cut(chosen))
            menu.addAction(f"Remove {some}", lambda: self.page.hands.remove_scenes(chosen))
        if track_id is not None:
            track = next(t for t in self.page.current_rows().tracks if t.id == track_id)
            menu.addSeparator()
            menu.addAction(
                f"Without {track.person_short or track.name}", lambda: self.page.toggle_absent(track_id)
            )
            menu.addAction(f"Details of {track.name}", lambda: self.page.show_track(track_id))
        menu.addSeparator()
        for act in self.page.current_rows().acts:
            menu.addAction(f"Details of {act.name}", lambda act=act: self.page.show_act(act.id))
        menu.exec(at)
        menu.deleteLater()

    def actions(self) -> list[Action]:
        def ready() -> bool:
            return self.page.production_id is not None

        return [
            Action(
                "script.without",
                "What can I rehearse without…",
                self.page.ask_without,
                "F6",
                "person",
                "Page",
                ready,
            ),
            Action("script.scene", "Add scene", self.page.hands.add_scene, "N", "plus", "Page", ready),
            Action("script.act", "Add act", self.page.hands.add_act, menu="Page", enabled=ready),
            Action(
                "script.number",
                "Add number",
                self.page.hands.add_number,
                menu="Page",
                icon="music",
                enabled=ready,
            ),
            Action(
                "script.character", "Add character", self.page.hands.add_character, menu="Page", enabled=ready
            ),
            Action("script.pages", "Issue new pages", self.page.hands.new_pages, menu="Page", enabled=ready),
            Action("script.call", "Call the chosen scenes", self._call_chosen, menu="Page", enabled=ready),
            Action(
                "script.cut", "Cut or restore the chosen scenes", self._cut_chosen, menu="Page", enabled=ready
            ),
        ]

    def _chosen_or_current(self) -> tuple[int, ...]:
        current = self.page.matrix.current_scene()
        return self.page.matrix.chosen_scenes() or ((current,) if current is not None else ())

    def _call_chosen(self) -> None:
        self.page.hands.call(self._chosen_or_current())

    def _cut_chosen(self) -> None:
        self.page.hands.cut(self._chosen_or_current())

    def commands(self, text: str) -> list[Hit]:
        """`without karen`: what can be rehearsed without someone."""
        verb, _, name = text.strip().partition(" ")
        if verb.casefold() not in ("without", "w/o") or len(name) < 2 or self.page.rows is None:
            return []
        return [
            Hit(
                f"What can I rehearse without {words}?",
                lambda key=key: (self.page.set_absent([key]), self.page.ask_without()),
                kind="script",
                icon="script",
                rank=100,
            )
            for key, words in absent_choices(self.page.rows.tracks)
            if any(part.startswith(fold(name)) for part in fold(words).split())
        ]
