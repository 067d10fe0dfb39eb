"""Commands about the script: acts, scenes, French scenes, numbers and drafts.

Tracks, roles and who is in what live in `services.tracks`; both are the script's commands and are exported here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from stagecraft.base.errors import Refused
from stagecraft.domain.breakdown import next_letter, next_scene_number, roman
from stagecraft.domain.kinds import NUMBER_STATES
from stagecraft.services.command import Command
from stagecraft.services.fields import checked_script, field_word, required, set_fields
from stagecraft.services.places import next_position, place, renumber, rows_of
from stagecraft.services.tracks import (
    AddCharacter,
    AddRole,
    AddTrack,
    EditRole,
    EditTrack,
    MoveTrack,
    RemoveRole,
    RemoveTrack,
    SetParticipation,
    SetParticipations,
)
from stagecraft.store.schema import Act, FrenchScene, MusicalNumber, Production, Scene, ScriptDraft

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

__all__ = [
    "AddAct",
    "AddCharacter",
    "AddDraft",
    "AddFirstScene",
    "AddFrenchScene",
    "AddNumber",
    "AddRole",
    "AddScene",
    "AddTrack",
    "CutScene",
    "CutScenes",
    "EditAct",
    "EditDraft",
    "EditFrenchScene",
    "EditNumber",
    "EditRole",
    "EditScene",
    "EditTrack",
    "MoveScene",
    "MoveTrack",
    "RemoveAct",
    "RemoveDraft",
    "RemoveFrenchScene",
    "RemoveNumber",
    "RemoveRole",
    "RemoveScene",
    "RemoveScenes",
    "RemoveTrack",
    "SetParticipation",
    "SetParticipations",
]

_SCENE_FIELDS = {"number", "title", "page_from", "page_to", "minutes", "cut", "note"}


# --- acts --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddAct(Command):
    """Add an act; without a number it follows the last. It is called `Act II`. Returns its id."""

    label: ClassVar[str] = "add {act}"
    production: int
    number: int | None = None
    minutes: int | None = None

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        taken = [act.number for act in rows_of(work, Act, production_id=self.production)]
        number = next_position(taken) if self.number is None else self.number
        if number in taken:
            raise Refused("act.taken", f"There is an act {number} already.", field="number")
        values = checked_script({"name": f"Act {roman(number)}", "minutes": self.minutes})
        act = work.add(Act(production_id=self.production, number=number, **values))
        work.label(act=act.id)
        return int(act.id)


@dataclass(frozen=True, slots=True)
class EditAct(Command):
    """Change an act's name, number or measured minutes."""

    label: ClassVar[str] = "change {field} of {act}"
    act: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        act = work.get(Act, self.act)
        changes = checked_script(self.changes)
        others = [row.number for row in rows_of(work, Act, production_id=act.production_id) if row.id != act.id]
        if changes.get("number", act.number) in others:
            raise Refused("act.taken", f"There is an act {changes['number']} already.", field="number")
        work.label(act=act.id, field=field_word(set_fields(act, changes, {"name", "number", "minutes"})))


@dataclass(frozen=True, slots=True)
class RemoveAct(Command):
    """Remove an act with its scenes."""

    label: ClassVar[str] = "remove {act}"
    act: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(act=self.act)
        work.remove(work.get(Act, self.act))


# --- scenes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddScene(Command):
    """Add a scene to an act, at its end or after the scene `after`. Returns its id.

    Without a number it takes the next (`1.9`), or a letter when it goes between two (`1.5A`).
    """

    label: ClassVar[str] = "add scene {scene}"
    act: int
    number: str = ""
    title: str = ""
    page_from: str = ""
    page_to: str = ""
    minutes: int | None = None
    note: str = ""
    after: int | None = None

    def apply(self, work: UnitOfWork) -> int:
        act = work.get(Act, self.act)
        siblings = rows_of(work, Scene, act_id=act.id)
        index = next((i + 1 for i, row in enumerate(siblings) if row.id == self.after), len(siblings))
        before = [row.number for row in siblings[:index]]
        free = next_scene_number(act.number, before, [row.number for row in siblings[index:]])
        names = ("title", "page_from", "page_to", "minutes", "note")
        values = checked_script(
            {"number": self.number or free, **{name: getattr(self, name) for name in names}}
        )
        _number_free(work, act.production_id, values["number"], None)
        scene = work.add(
            Scene(production_id=act.production_id, act_id=act.id, position=index + 1, cut=False, **values)
        )
        renumber([*siblings[:index], scene, *siblings[index:]])
        work.label(scene=scene.id)
        return int(scene.id)


@dataclass(frozen=True, slots=True)
class AddFirstScene(Command):
    """Begin a script: an act with its first scene, in one step. Returns the scene's id."""

    label: ClassVar[str] = "add scene {scene}"
    production: int

    def apply(self, work: UnitOfWork) -> int:
        return AddScene(AddAct(self.production).apply(work)).apply(work)


def _number_free(work: UnitOfWork, production: int, number: str, scene: int | None) -> None:
    if not number:
        raise Refused("scene.no_number", "A scene needs a number; the old one was kept.", field="number")
    if any(row.id != scene for row in rows_of(work, Scene, production_id=production, number=number)):
        raise Refused("scene.taken", f"There is a scene {number} already.", field="number")


@dataclass(frozen=True, slots=True)
class EditScene(Command):
    """Change a scene: number, title, page_from, page_to, minutes, cut, note."""

    label: ClassVar[str] = "change {field} of {scene}"
    scene: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        scene = work.get(Scene, self.scene)
        changes = checked_script(self.changes)
        if "number" in changes:
            _number_free(work, scene.production_id, changes["number"], scene.id)
        changed = ["place" if name == "title" else name for name in set_fields(scene, changes, _SCENE_FIELDS)]
        work.label(scene=scene.id, field=field_word(changed))


@dataclass(frozen=True, slots=True)
class MoveScene(Command):
    """Move a scene to a place in an act: `index` counts from 0 among the act's other scenes. Numbers stay."""

    label: ClassVar[str] = "move scene {scene}"
    scene: int
    act: int
    index: int

    def apply(self, work: UnitOfWork) -> None:
        scene = work.get(Scene, self.scene)
        act = work.get(Act, self.act)
        if act.production_id != scene.production_id:
            raise Refused("scene.other_production", "That act belongs to another production.", field="act")
        rows = [row for row in rows_of(work, Scene, act_id=act.id) if row.id != scene.id]
        rows.insert(max(0, self.index), scene)
        scene.act_id = act.id
        renumber(rows)
        work.label(scene=scene.id)


@dataclass(frozen=True, slots=True)
class RemoveScene(Command):
    """Remove a scene with its French scenes and numbers; what was called for it loses it."""

    label: ClassVar[str] = "remove scene {scene}"
    scene: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(scene=self.scene)
        work.remove(work.get(Scene, self.scene))


@dataclass(frozen=True, slots=True)
class RemoveScenes(Command):
    """Remove several scenes in one step."""

    label: ClassVar[str] = "remove {count} scenes"
    scenes: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        for scene in self.scenes:
            work.remove(work.get(Scene, scene))
        work.label(count=len(self.scenes))


@dataclass(frozen=True, slots=True)
class CutScene(Command):
    """Cut a scene, or restore it; its row, marks and history stay."""

    label: ClassVar[str] = "{what} {scene}"
    scene: int
    cut: bool = True

    def apply(self, work: UnitOfWork) -> None:
        work.get(Scene, self.scene).cut = self.cut
        work.label(what="cut" if self.cut else "restore", scene=self.scene)


@dataclass(frozen=True, slots=True)
class CutScenes(Command):
    """Cut scenes, or restore them; their rows, marks and history stay."""

    label: ClassVar[str] = "{what} {count} scenes"
    scenes: tuple[int, ...]
    cut: bool = True

    def apply(self, work: UnitOfWork) -> None:
        for scene in self.scenes:
            work.get(Scene, scene).cut = self.cut
        work.label(what="cut" if self.cut else "restore", count=len(self.scenes))


@dataclass(frozen=True, slots=True)
class AddFrenchScene(Command):
    """Add the next French scene (`a`, `b`, …) to a scene. Returns its id."""

    label: ClassVar[str] = "add a French scene to {scene}"
    scene: int
    letter: str = ""
    title: str = ""

    def apply(self, work: UnitOfWork) -> int:
        work.get(Scene, self.scene)
        rows = rows_of(work, FrenchScene, scene_id=self.scene)
        values = checked_script(
            {"letter": self.letter or next_letter(row.letter for row in rows), "title": self.title}
        )
        if any(row.letter == values["letter"] for row in rows):
            raise Refused(
                "french.taken", f"There is a French scene {values['letter']} already.", field="letter"
            )
        row = work.add(FrenchScene(scene_id=self.scene, position=place(rows), **values))
        work.label(scene=self.scene)
        return int(row.id)


@dataclass(frozen=True, slots=True)
class EditFrenchScene(Command):
    """Change a French scene's letter or title."""

    label: ClassVar[str] = "change a French scene of {scene}"
    french_scene: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(FrenchScene, self.french_scene)
        set_fields(row, checked_script(self.changes), {"letter", "title", "position"})
        required({"letter": row.letter}, "letter", "A French scene needs a letter; the old one was kept.")
        work.label(scene=row.scene_id)


@dataclass(frozen=True, slots=True)
class RemoveFrenchScene(Command):
    """Remove a French scene and who was only in it."""

    label: ClassVar[str] = "remove a French scene of {scene}"
    french_scene: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(FrenchScene, self.french_scene)
        work.label(scene=row.scene_id)
        work.remove(row)


# --- numbers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddNumber(Command):
    """Add a song or dance, to a scene or to none yet. Returns its id."""

    label: ClassVar[str] = "add {number}"
    production: int
    title: str
    scene: int | None = None
    minutes: int | None = None
    status: str = "in"
    cut_on: date | None = None

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        values = checked_script({"title": self.title, "minutes": self.minutes})
        required(values, "title", "A number needs a title.")
        last = place(rows_of(work, MusicalNumber, production_id=self.production))
        row = MusicalNumber(
            production_id=self.production, scene_id=self.scene, position=last, status=self.status,
            cut_on=self.cut_on, **values,
        )  # fmt: skip
        _check_number(work, row)
        work.add(row)
        work.label(number=row.id)
        return int(row.id)


def _check_number(work: UnitOfWork, row: MusicalNumber) -> None:
    if row.status not in NUMBER_STATES:
        raise Refused("number.status", "Choose one of the words on the list.", field="status")
    if row.scene_id is not None and work.get(Scene, row.scene_id).production_id != row.production_id:
        raise Refused("number.production", "That scene belongs to another production.", field="scene")
    if row.status == "cut" and row.cut_on is None:
        row.cut_on = work.today
    if row.status != "cut":
        row.cut_on = None


@dataclass(frozen=True, slots=True)
class EditNumber(Command):
    """Change a number: title, scene_id, minutes, status, position, cut_on. Cutting it dates the cut (today)."""

    label: ClassVar[str] = "change {field} of {number}"
    number: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(MusicalNumber, self.number)
        allowed = {"title", "scene_id", "minutes", "status", "position", "cut_on"}
        changes = checked_script(self.changes)
        required({"title": changes.get("title", row.title)}, "title", "A number needs a title; it was kept.")
        changed = set_fields(row, changes, allowed)
        _check_number(work, row)
        work.label(number=row.id, field=field_word(changed))


@dataclass(frozen=True, slots=True)
class RemoveNumber(Command):
    """Remove a number that was a mistake; one that was cut keeps its row and its date."""

    label: ClassVar[str] = "remove {number}"
    number: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(number=self.number)
        work.remove(work.get(MusicalNumber, self.number))


# --- drafts ------------------------------------------------------------------------------------------------

_DRAFT_FIELDS = {"code", "colour", "issued_on", "pages", "note", "frozen", "position"}


@dataclass(frozen=True, slots=True)
class AddDraft(Command):
    """Record an issue of pages: code (`D3-yellow`), paper colour, day, pages, one line of reason. Returns its id."""

    label: ClassVar[str] = "add draft {draft}"
    production: int
    code: str
    issued_on: date
    colour: str = "white"
    pages: str = ""
    note: str = ""
    frozen: bool = False

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        rows = rows_of(work, ScriptDraft, production_id=self.production)
        values = checked_script({name: getattr(self, name) for name in ("code", "colour", "pages", "note")})
        _draft_code(rows, values["code"], None)
        row = work.add(
            ScriptDraft(
                production_id=self.production, issued_on=self.issued_on, frozen=self.frozen,
                position=place(rows), **values,
            )
        )  # fmt: skip
        work.label(draft=row.id)
        return int(row.id)


def _draft_code(rows: Iterable[ScriptDraft], code: str, own: int | None) -> None:
    if not code:
        raise Refused("draft.no_code", "Name the pages, for example D3-yellow.", field="code")
    if any(row.code == code and row.id != own for row in rows):
        raise Refused("draft.taken", f"Pages called {code} were issued already.", field="code")


@dataclass(frozen=True, slots=True)
class EditDraft(Command):
    """Change an issue of pages: code, colour, issued_on, pages, note, frozen, position."""

    label: ClassVar[str] = "change {field} of draft {draft}"
    draft: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(ScriptDraft, self.draft)
        changes = checked_script(self.changes)
        siblings = rows_of(work, ScriptDraft, production_id=row.production_id)
        _draft_code(siblings, changes.get("code", row.code), row.id)
        work.label(draft=row.id, field=field_word(set_fields(row, changes, _DRAFT_FIELDS)))


@dataclass(frozen=True, slots=True)
class RemoveDraft(Command):
    """Remove an issue of pages that was entered by mistake."""

    label: ClassVar[str] = "remove draft {draft}"
    draft: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(draft=self.draft)
        work.remove(work.get(ScriptDraft, self.draft))
