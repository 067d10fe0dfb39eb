"""What the script page does: marks, edits, moves, cuts, adds and calls, each as one command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from stagecraft.domain.calendar import rehearsal_minutes
from stagecraft.domain.times import DAY_CUT, wall
from stagecraft.queries.calendar import event_rows
from stagecraft.queries.calendar_units import best_room, leaders_of
from stagecraft.queries.script import DraftRow, SceneRow
from stagecraft.services.calendar import AddEvent
from stagecraft.services.command import Command
from stagecraft.services.script import (
    AddAct,
    AddCharacter,
    AddDraft,
    AddFirstScene,
    AddNumber,
    AddScene,
    CutScene,
    CutScenes,
    EditNumber,
    EditScene,
    MoveScene,
    MoveTrack,
    RemoveNumber,
    RemoveScene,
    RemoveScenes,
    SetParticipation,
    SetParticipations,
)
from stagecraft.ui.pages.script_contents import split_pages
from stagecraft.ui.pages.script_inspector import PAPERS

if TYPE_CHECKING:
    from stagecraft.ui.pages.script_page import ScriptPage

FIRST_CALL, LAST_CALL = 10 * 60, 22 * 60


class ScriptHands:
    """The hands of one script page."""

    def __init__(self, page: ScriptPage) -> None:
        self.page = page
        self.desk = page.desk

    def mark(self, cells: tuple[tuple[int, int], ...], mark: str | None) -> None:
        if len(cells) == 1:
            self.desk.do(SetParticipation(*cells[0], mark), self.page.name, quiet=True)
        elif cells:
            self.desk.do(SetParticipations(cells, mark), self.page.name)

    def edit(self, scene_id: int, code: str, text: str) -> None:
        scene = self.page.scene(scene_id)
        if scene is None:
            return
        if code == "song":
            self._edit_song(scene, text.strip())
        elif code == "pages":
            first, last = split_pages(text)
            self.desk.do(EditScene(scene_id, {"page_from": first, "page_to": last}), self.page.name)
        elif code == "minutes":
            bare = text.strip().removesuffix("min").strip()
            if bare and not bare.isdigit():
                self.desk.say("Minutes are a whole number; the old value was kept.")
                return
            self.desk.do(EditScene(scene_id, {"minutes": int(bare) if bare else None}), self.page.name)
        else:
            self.desk.do(EditScene(scene_id, {"title" if code == "place" else code: text}), self.page.name)

    def _edit_song(self, scene: SceneRow, title: str) -> None:
        live = [number for number in scene.numbers if number.status != "cut"]
        if len(live) > 1:
            self.page.show_scene(scene.id)
            self.desk.say("This scene has several numbers: change each one in the inspector.")
        elif live and title:
            self.desk.do(EditNumber(live[0].id, {"title": title}), self.page.name)
        elif live:
            self.desk.do(RemoveNumber(live[0].id), self.page.name)
        elif title:
            self.desk.do(AddNumber(scene.production_id, title, scene.id), self.page.name)

    def move(self, scene_id: int, lines: int) -> None:
        """One line up or down, over the edge of an act into the next."""
        rows, scene = self.page.current_rows(), self.page.scene(scene_id)
        if scene is None:
            return
        acts = [act.id for act in rows.acts]
        mates = [s.id for s in rows.scenes if s.act_id == scene.act_id]
        place, act = mates.index(scene_id) + lines, acts.index(scene.act_id)
        if 0 <= place < len(mates):
            self.desk.do(MoveScene(scene_id, scene.act_id, place), self.page.name, quiet=True)
        elif place < 0 and act > 0:
            self.desk.do(MoveScene(scene_id, acts[act - 1], 10_000), self.page.name)
        elif place >= len(mates) and act + 1 < len(acts):
            self.desk.do(MoveScene(scene_id, acts[act + 1], 0), self.page.name)

    def place(self, scene_id: int, act: int, index: int) -> None:
        """A scene was dragged to a place in an act."""
        scene = self.page.scene(scene_id)
        if scene is None:
            return
        mates = [s.id for s in self.page.current_rows().scenes if s.act_id == scene.act_id]
        if (scene.act_id, mates.index(scene_id)) != (act, index):
            self.desk.do(MoveScene(scene_id, act, index), self.page.name)

    def move_track(self, track_id: int, columns: int) -> None:
        tracks = [track.id for track in self.page.current_rows().tracks]
        place = tracks.index(track_id) + columns
        if 0 <= place < len(tracks):
            self.desk.do(MoveTrack(track_id, place), self.page.name, quiet=True)

    def remove_scenes(self, scenes: Sequence[int]) -> None:
        if len(scenes) == 1:
            self.desk.do(RemoveScene(scenes[0]), self.page.name)
        elif scenes:
            self.desk.do(RemoveScenes(tuple(scenes)), self.page.name)

    def cut(self, scenes: Sequence[int]) -> None:
        """Cut these scenes, or restore them when all are cut; their rows and history stay."""
        found = [scene for s in scenes if (scene := self.page.scene(s)) is not None]
        on = not all(scene.cut for scene in found)
        if len(found) == 1:
            self.desk.do(CutScene(found[0].id, on), self.page.name)
        elif found:
            self.desk.do(CutScenes(tuple(scene.id for scene in found), on), self.page.name)

    def call(self, scenes: Sequence[int]) -> None:
        """Call the people of these scenes on the desk's day, as one draft call after what is there already."""
        scenes = [scene for scene in scenes if scene]
        if not scenes or self.page.production_id is None:
            return
        starts, ends = self._free_time(scenes)
        production = self.page.production_id
        command = AddEvent(
            production,
            "staging",
            starts,
            ends,
            space=self.desk.read(best_room, production, starts, ends),
            units=tuple(scenes),
            leaders=tuple(self.desk.read(leaders_of, production, "staging", self.desk.date)),
        )
        if changes := self.desk.do(command, self.page.name):
            self.desk.open_page("calendar", event=changes.value)

    def _free_time(self, scenes: Sequence[int]) -> tuple[int, int]:
        """The first gap of the day from 10:00a on in this production, long enough; else after its last call."""
        found = [scene for s in scenes if (scene := self.page.scene(s)) is not None]
        length = min(rehearsal_minutes(scene.minutes for scene in found), LAST_CALL - FIRST_CALL)
        day = self.desk.date
        busy = self.desk.read(
            event_rows, wall(day, DAY_CUT), wall(day + timedelta(days=1), DAY_CUT), (self.page.production_id,)
        )
        starts = wall(day, FIRST_CALL)
        for event in busy:
            if event.state != "cancelled" and event.starts_wall < starts + length and event.ends_wall > starts:
                starts = event.ends_wall
        return starts, starts + length

    # --- adding ---

    def add_scene(self) -> None:
        """A new scene after the one under the cursor, ready to be named; the first one brings its act."""
        if self.page.production_id is None:
            return
        here = self.page.scene(self.page.matrix.current_scene())
        acts = self.page.current_rows().acts
        command: Command = AddFirstScene(self.page.production_id)
        if acts:
            command = AddScene(here.act_id if here else acts[-1].id, after=here.id if here else None)
        if changes := self.desk.do(command, self.page.name):
            self.page.show_view("breakdown")
            self.page.matrix.select(changes.value)
            self.page.matrix.go_to_field("place")

    def add_act(self) -> None:
        """A new act after the last."""
        if self.page.production_id is not None:
            self.desk.do(AddAct(self.page.production_id), self.page.name)

    def add_character(self, kind: str = "principal") -> None:
        """A new character with a track of their own, ready to be named."""
        if self.page.production_id is None:
            return
        word = {"principal": "New character", "ensemble": "Ensemble", "swing": "Swing"}[kind]
        count = sum(t.kind == kind for t in self.page.current_rows().tracks) + 1
        name = word if kind == "principal" else f"{word} {count}"
        if changes := self.desk.do(AddCharacter(self.page.production_id, name, kind=kind), self.page.name):
            self.page.show_view("breakdown")
            self.page.show_track(changes.value)
            self.page.track_panel.name_first()

    def add_number(self) -> None:
        """A new number in the scene under the cursor, or in none yet."""
        if self.page.production_id is None:
            return
        scene = self.page.matrix.current_scene()
        if changes := self.desk.do(
            AddNumber(self.page.production_id, "New number", scene, status="new"), self.page.name
        ):
            self.page.show_number(changes.value)
            self.page.number_panel.name.editor.setFocus()
            self.page.number_panel.name.editor.selectAll()

    def new_pages(self) -> None:
        """New pages issued on the desk's day, on the next colour of paper, ready to be described."""
        if self.page.production_id is None:
            return
        drafts = self.page.current_rows().drafts
        colour, code = next_pages(drafts)
        if changes := self.desk.do(
            AddDraft(self.page.production_id, code, self.desk.date, colour), self.page.name
        ):
            self.page.show_draft(changes.value)
            self.page.draft_panel.pages.editor.setFocus()


def next_pages(drafts: Sequence[DraftRow]) -> tuple[str, str]:
    """Colour and code of the pages after these: `yellow`, `D3-yellow` after D3-pink; the first are D1, white."""
    if not drafts:
        return "white", "D1"
    base = drafts[-1].code.partition("-")[0]
    colour = (
        PAPERS[(PAPERS.index(drafts[-1].colour) + 1) % len(PAPERS)] if drafts[-1].colour in PAPERS else "blue"
    )
    taken = {draft.code for draft in drafts}
    code = f"{base}-{colour}"
    count = 2
    while code in taken:
        code = f"{base}-{colour}-{count}"
        count += 1
    return colour, code
