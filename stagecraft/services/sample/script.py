"""Tracks, roles, covers, jobs, scenes and drafts of a production of the sample season."""

from __future__ import annotations

from typing import Any

from stagecraft.services.assignments import AddJob, Assign, SetReadiness
from stagecraft.services.sample.cast import Season
from stagecraft.services.script import (
    AddAct,
    AddDraft,
    AddFrenchScene,
    AddNumber,
    AddRole,
    AddScene,
    AddTrack,
    SetParticipation,
)


def build_script(season: Season, name: str) -> None:
    """Everything in `bombshell.toml` or `hit-list.toml` but the run of performances."""
    data = season.book.read(name)
    production = season.productions[data["production"]]
    for group, codes in data["groups"].items():
        season.groups[production, group] = codes
    _tracks(season, production, data)
    _jobs(season, production, data["jobs"])
    for act in data["act"]:
        _act(season, production, act)
    for french in data.get("french", []):
        _french(season, production, french)
    for draft in data.get("draft", []):
        season.run(AddDraft(production, **draft))


def _tracks(season: Season, production: int, data: dict[str, Any]) -> None:
    for code, kind, role, short in data["tracks"]:
        track = season.run(AddTrack(production, code, kind))
        season.tracks[production, code] = track
        season.run(AddRole(production, role, short, track))
    for one in data["plays"]:
        track, person = season.tracks[production, one["track"]], season.people[one["person"]]
        first, last = one.get("from"), one.get("to")
        season.plays.setdefault(track, []).append((person, first, last))
        season.run(
            Assign(person, production, track=track, starts_on=first, ends_on=last, note=one.get("note", ""))
        )
    for one in data["covers"]:
        _cover(season, production, one)


def _cover(season: Season, production: int, one: dict[str, Any]) -> None:
    track, person = season.tracks[production, one["track"]], season.people[one["person"]]
    season.run(
        Assign(
            person,
            production,
            track=track,
            kind="cover",
            rank=one["rank"],
            starts_on=one.get("from"),
            ends_on=one.get("to"),
        )
    )
    if "ready" in one:
        season.run(SetReadiness(person, track, one["ready"], one.get("cleared")))


def _jobs(season: Season, production: int, jobs: list[Any]) -> None:
    for name, group, people in jobs:
        job = season.run(AddJob(production, name, group))
        for person in people:
            season.run(Assign(season.people[person], production, job=job))


def _act(season: Season, production: int, data: dict[str, Any]) -> None:
    act = season.run(AddAct(production, minutes=data.get("minutes")))
    for one in data["scenes"]:
        first, _, last = one["pages"].partition("–")
        scene = season.run(AddScene(act, one["number"], one["title"], first, last or first, one.get("minutes")))
        season.scenes[production, one["number"]] = scene
        if "cut" in one:
            season.run(AddNumber(production, one["cut"], scene, status="cut", cut_on=one["cut_on"]))
        season.run(AddNumber(production, one["song"], scene, status=one.get("status", "in")))
        for code in season.expand(production, one["in"]):
            mark = "speaks" if code == one.get("lead") else "on"
            season.run(SetParticipation(scene, season.tracks[production, code], mark))


def _french(season: Season, production: int, data: dict[str, Any]) -> None:
    scene = season.scenes[production, data["scene"]]
    for part in data["parts"]:
        french = season.run(AddFrenchScene(scene, part["letter"], part["title"]))
        for code in season.expand(production, part["in"]):
            season.run(SetParticipation(scene, season.tracks[production, code], "on", french))
