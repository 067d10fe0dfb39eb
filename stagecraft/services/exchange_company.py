"""What an imported line of people or of a breakdown does, through the commands a person's hand would use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from stagecraft.domain.incoming import ImportResult, PersonLine, Problem, SceneLine
from stagecraft.services.assignments import AddJob, Assign
from stagecraft.services.exchange_lookup import BadLine, People, Productions, Script, key
from stagecraft.services.people import AddAgent, AddPerson, EditPerson
from stagecraft.services.script import AddAct, AddNumber, AddScene, EditNumber, EditScene
from stagecraft.services.tracks import AddCharacter, AddRole, AddTrack, SetParticipation
from stagecraft.store.schema import Assignment, Job, MusicalNumber, Participation, Person, Scene, Track

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

_PERSON_TEXTS = ("pronouns", "phone", "email", "organisation", "note")
_TRACK_KINDS = {"E": "ensemble", "F": "ensemble", "M": "ensemble", "S": "swing", "FS": "swing", "MS": "swing"}
_TRACK_CODE = re.compile(r"^([A-Z]{1,2})\d{1,2}$")


def fill(row: object, texts: Mapping[str, Any], result: ImportResult, line: int) -> dict[str, Any]:
    """The values that fill a blank of the row; those that differ stay as they are and are named."""
    blanks: dict[str, Any] = {}
    for name, value in texts.items():
        kept = getattr(row, name)
        if value in ("", None) or value == kept:
            continue
        if kept in ("", None):
            blanks[name] = value
        else:
            result.kept.append(Problem(line, f"{_word(name)} stays “{kept}”; the file says “{value}”."))
    return blanks


def _word(field: str) -> str:
    return {"email": "e-mail", "page_from": "first page", "page_to": "last page"}.get(
        field, field.replace("_", " ")
    )


class PeopleImport:
    def __init__(self, work: UnitOfWork, production: int | None, result: ImportResult) -> None:
        self.work = work
        self.result = result
        self.productions = Productions(work, production)
        self.people = People(work)
        self._scripts: dict[int, Script] = {}

    def take(self, line: PersonLine) -> None:
        known = self.people.match(line.name, line.email)
        person = self._add(line) if known is None else self._complete(line, known)
        if line.roles or line.track:
            self._cast(line, person)
        if line.job:
            self._employ(line, person)

    def _add(self, line: PersonLine) -> int:
        texts = {name: getattr(line, name) for name in _PERSON_TEXTS}
        person = AddPerson(line.name, sort_name=line.sort_name, agent=self._agent(line), **texts).apply(
            self.work
        )
        self.people.learn(self.work.get(Person, person))
        self.result.count("person")
        return person

    def _complete(self, line: PersonLine, person: int) -> int:
        row = self.work.get(Person, person)
        blanks = fill(row, {name: getattr(line, name) for name in _PERSON_TEXTS}, self.result, line.line)
        if line.agent and row.agent_id is None:
            blanks["agent_id"] = self._agent(line)
        if blanks:
            EditPerson(person, blanks).apply(self.work)
            self.people.learn(row)
            self.result.filled += 1
        else:
            self.result.known += 1
        return person

    def _agent(self, line: PersonLine) -> int | None:
        if not (line.agent or line.agency):
            return None
        name = line.agent or line.agency
        return AddAgent(name, line.agency, line.agent_phone, line.agent_email).apply(self.work)

    def _cast(self, line: PersonLine, person: int) -> None:
        production = self.productions.find(line.production)
        script = self._script(production)
        track_kind = line.kind if line.kind in ("ensemble", "swing") else "principal"
        track = self._track(script, line, track_kind)
        kind = line.kind or self.work.get(Track, track).kind
        self._assign(person, production, kind, track=track)

    def _track(self, script: Script, line: PersonLine, kind: str) -> int:
        track = script.track(line.track) if line.track else None
        for role in line.roles:
            track = track if track is not None else script.track(role)
        if track is None and line.track:
            track = AddTrack(script.production, line.track, kind).apply(self.work)
            script.tracks[key(line.track)] = track
            self.result.count("track")
        for role in line.roles:
            if track is None:
                track = AddCharacter(script.production, role, kind=kind).apply(self.work)
            elif track not in script.roles[key(role)] and (line.track or script.track(role) is None):
                AddRole(script.production, role, track=track).apply(self.work)
            else:
                continue
            script.learn_role(role, "", track)
            self.result.count("character")
        assert track is not None
        return track

    def _employ(self, line: PersonLine, person: int) -> None:
        production = self.productions.find(line.production)
        known = self.work.session.scalars(select(Job).filter_by(production_id=production)).all()
        same = [job for job in known if key(job.name) == key(line.job) and line.group in ("", job.group)]
        if same:
            job = same[0].id
        else:
            job = AddJob(production, line.job, line.group or "other").apply(self.work)
            self.result.count("job")
        self._assign(person, production, "job", job=job)

    def _assign(
        self, person: int, production: int, kind: str, *, track: int | None = None, job: int | None = None
    ) -> None:
        same = select(Assignment.id).filter_by(person_id=person, track_id=track, job_id=job, kind=kind)
        if self.work.session.execute(same).first() is None:
            Assign(person, production, track=track, job=job, kind=kind).apply(self.work)
            self.result.count("assignment")

    def _script(self, production: int) -> Script:
        if production not in self._scripts:
            self._scripts[production] = Script(self.work, production)
        return self._scripts[production]


class BreakdownImport:
    def __init__(self, work: UnitOfWork, production: int | None, result: ImportResult) -> None:
        self.work = work
        self.result = result
        self.productions = Productions(work, production)
        self._scripts: dict[int, Script] = {}

    def take(self, line: SceneLine) -> None:
        production = self.productions.find(line.production)
        script = self._scripts.setdefault(production, Script(self.work, production))
        scene = self._scene(script, line)
        if line.song:
            self._song(production, scene, line)
        for name, mark in line.marks:
            self._mark(scene, self._track(script, name), mark)

    def _scene(self, script: Script, line: SceneLine) -> int:
        texts: dict[str, Any] = {
            "title": line.title,
            "page_from": line.page_from,
            "page_to": line.page_to,
            "minutes": None if line.song else line.minutes,
        }
        known = script.scenes.get(key(line.scene))
        if known is not None:
            blanks = fill(self.work.get(Scene, known), texts, self.result, line.line)
            if blanks:
                EditScene(known, blanks).apply(self.work)
                self.result.filled += 1
            elif not line.song:
                self.result.known += 1
            return known
        scene = AddScene(self._act(script, line), number=line.scene, **texts).apply(self.work)
        script.scenes[key(line.scene)] = scene
        self.result.count("scene")
        return scene

    def _act(self, script: Script, line: SceneLine) -> int:
        if line.act not in script.acts:
            script.acts[line.act] = AddAct(script.production, line.act).apply(self.work)
            self.result.count("act")
        return script.acts[line.act]

    def _song(self, production: int, scene: int, line: SceneLine) -> None:
        songs = self.work.session.scalars(select(MusicalNumber).filter_by(production_id=production))
        known = next((song for song in songs if key(song.title) == key(line.song)), None)
        if known is None:
            AddNumber(production, line.song, scene, line.minutes).apply(self.work)
            self.result.count("number")
            return
        blanks = fill(known, {"minutes": line.minutes, "scene_id": scene}, self.result, line.line)
        if blanks:
            EditNumber(known.id, blanks).apply(self.work)
            self.result.filled += 1
        else:
            self.result.known += 1

    def _track(self, script: Script, name: str) -> int:
        track = script.track(name)
        if track is not None:
            return track
        if len(name) > 100:
            raise BadLine("a character's name is longer than 100 letters.")
        code = _TRACK_CODE.match(name.upper())
        if code:
            kind = _TRACK_KINDS.get(code[1], "principal")
            track = AddTrack(script.production, name.upper(), kind).apply(self.work)
            script.tracks[key(name)] = track
            self.result.count("track")
            return track
        kind = "ensemble" if key(name).startswith("ens") else "principal"
        track = AddCharacter(script.production, name, kind=kind).apply(self.work)
        script.learn_role(name, "", track)
        self.result.count("character")
        return track

    def _mark(self, scene: int, track: int, mark: str) -> None:
        """A song's marks join the scene's: who speaks in the scene and sings in the song speaks."""
        query = select(Participation).filter_by(scene_id=scene, track_id=track, french_scene_id=None)
        known = self.work.session.scalars(query).first()
        if known is None:
            self.result.count("mark")
        elif known.mark not in ("on", "silent") or mark in ("on", "silent"):
            return
        SetParticipation(scene, track, mark).apply(self.work)
