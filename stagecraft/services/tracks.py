"""Commands about tracks, roles and who is in what: the columns and cells of the breakdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from stagecraft.base.errors import Refused
from stagecraft.domain.breakdown import MARKS
from stagecraft.domain.kinds import TRACK_KINDS
from stagecraft.services.command import Command
from stagecraft.services.fields import checked_script, field_word, line, required, set_fields
from stagecraft.services.places import place, renumber, rows_of
from stagecraft.store.schema import FrenchScene, Participation, Production, Role, Scene, Track

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


# --- tracks and roles --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddTrack(Command):
    """Add what one body does in the show; codes are unique in a production. Returns its id."""

    label: ClassVar[str] = "add track {track}"
    production: int
    code: str
    kind: str = "principal"

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        rows = rows_of(work, Track, production_id=self.production)
        code = _track_code(rows, line(self.code, "code", longest=40), None)
        _track_kind(self.kind)
        last = place(rows)
        row = work.add(Track(production_id=self.production, code=code, kind=self.kind, position=last))
        work.label(track=row.id)
        return int(row.id)


def _track_code(rows: Iterable[Track], code: str, own: int | None) -> str:
    if not code:
        raise Refused("track.no_code", "A track needs a code such as P1 or F2.", field="code")
    if any(row.code == code and row.id != own for row in rows):
        raise Refused("track.taken", f"There is a track {code} already.", field="code")
    return code


def _track_kind(kind: str) -> None:
    if kind not in TRACK_KINDS:
        raise Refused(
            "track.kind", "A track is a principal’s, an ensemble member’s or a swing’s.", field="kind"
        )


@dataclass(frozen=True, slots=True)
class EditTrack(Command):
    """Change a track's code, kind or position."""

    label: ClassVar[str] = "change {field} of track {track}"
    track: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Track, self.track)
        changes = checked_script(self.changes)
        siblings = rows_of(work, Track, production_id=row.production_id)
        _track_code(siblings, changes.get("code", row.code), row.id)
        _track_kind(changes.get("kind", row.kind))
        work.label(track=row.id, field=field_word(set_fields(row, changes, {"code", "kind", "position"})))


@dataclass(frozen=True, slots=True)
class MoveTrack(Command):
    """Move a track among the others of its production; `index` counts from 0 among the rest."""

    label: ClassVar[str] = "move track {track}"
    track: int
    index: int

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Track, self.track)
        rest = [track for track in rows_of(work, Track, production_id=row.production_id) if track.id != row.id]
        rest.insert(max(0, self.index), row)
        renumber(rest)
        work.label(track=row.id)


@dataclass(frozen=True, slots=True)
class RemoveTrack(Command):
    """Remove a track with its characters, its assignments and its marks."""

    label: ClassVar[str] = "remove track {track}"
    track: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(track=self.track)
        for role in rows_of(work, Role, track_id=self.track):
            work.remove(role)
        work.remove(work.get(Track, self.track))


@dataclass(frozen=True, slots=True)
class AddRole(Command):
    """Add a character, played by a track or not cast yet. Returns its id.

    A call prints `short_name`, and the whole name where there is none.
    """

    label: ClassVar[str] = "add {role}"
    production: int
    name: str
    short_name: str = ""
    track: int | None = None

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        values = checked_script({"name": self.name, "short_name": self.short_name})
        required(values, "name", "A character needs a name.")
        last = place(rows_of(work, Role, production_id=self.production))
        row = Role(production_id=self.production, track_id=self.track, position=last, **values)
        _check_role(work, row)
        work.add(row)
        work.label(role=row.id)
        return int(row.id)


def _check_role(work: UnitOfWork, row: Role) -> None:
    if row.track_id is not None and work.get(Track, row.track_id).production_id != row.production_id:
        raise Refused("role.production", "That track belongs to another production.", field="track")


@dataclass(frozen=True, slots=True)
class EditRole(Command):
    """Change a character's name, short_name, track_id or position."""

    label: ClassVar[str] = "change {field} of {role}"
    role: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Role, self.role)
        changes = checked_script(self.changes)
        required({"name": changes.get("name", row.name)}, "name", "A character needs a name; it was kept.")
        changed = set_fields(row, changes, {"name", "short_name", "track_id", "position"})
        _check_role(work, row)
        work.label(role=row.id, field=field_word(changed))


@dataclass(frozen=True, slots=True)
class RemoveRole(Command):
    """Remove a character; the track and who plays it stay."""

    label: ClassVar[str] = "remove {role}"
    role: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(role=self.role)
        work.remove(work.get(Role, self.role))


@dataclass(frozen=True, slots=True)
class AddCharacter(Command):
    """Add a character with a track of their own in one step. Returns the track's id.

    The code follows the kind: the next free P, E or S number.
    """

    label: ClassVar[str] = "add {role}"
    production: int
    name: str
    kind: str = "principal"

    def apply(self, work: UnitOfWork) -> int:
        taken = {row.code for row in rows_of(work, Track, production_id=self.production)}
        letter = {"principal": "P", "ensemble": "E", "swing": "S"}.get(self.kind, "")
        code = next(code for n in range(1, len(taken) + 2) if (code := f"{letter}{n}") not in taken)
        track = AddTrack(self.production, code, self.kind).apply(work)
        AddRole(self.production, self.name, track=track).apply(work)
        return track


# --- who is in what ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetParticipation(Command):
    """Say what a track does in a scene (or one French scene of it); None takes it out of the scene.

    `mark` is one of domain.breakdown.MARKS.
    """

    label: ClassVar[str] = "change track {track} in {scene}"
    scene: int
    track: int
    mark: str | None
    french_scene: int | None = None

    def apply(self, work: UnitOfWork) -> None:
        scene, track = work.get(Scene, self.scene), work.get(Track, self.track)
        if scene.production_id != track.production_id:
            raise Refused(
                "participation.production", "Scene and track belong to two productions.", field="track"
            )
        if self.mark is not None and self.mark not in MARKS:
            raise Refused("participation.mark", "Speaks, sings, dances, silent or on stage.", field="mark")
        french = None if self.french_scene is None else work.get(FrenchScene, self.french_scene)
        if french is not None and french.scene_id != scene.id:
            raise Refused(
                "participation.french", "That French scene belongs to another scene.", field="french_scene"
            )
        work.label(scene=scene.id, track=track.id)
        rows = rows_of(work, Participation, scene_id=scene.id, track_id=track.id)
        row = next((row for row in rows if row.french_scene_id == self.french_scene), None)
        if self.mark is None:
            if row is not None:
                work.remove(row)
        elif row is None:
            work.add(
                Participation(
                    scene_id=scene.id, french_scene_id=self.french_scene, track_id=track.id, mark=self.mark
                )
            )
        else:
            row.mark = self.mark


@dataclass(frozen=True, slots=True)
class SetParticipations(Command):
    """Set one mark (or None) in several cells, pairs of scene and track, in one step."""

    label: ClassVar[str] = "change {count} marks"
    cells: tuple[tuple[int, int], ...]
    mark: str | None

    def apply(self, work: UnitOfWork) -> None:
        for scene, track in self.cells:
            SetParticipation(scene, track, self.mark).apply(work)
        work.label(count=len(self.cells))
