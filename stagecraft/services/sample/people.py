"""The house, venues, productions and people of the sample season."""

from __future__ import annotations

from typing import Any

from stagecraft.services.company import (
    AddMilestone,
    AddPhase,
    AddProduction,
    AddSeason,
    AddShow,
    EditHouse,
)
from stagecraft.services.people import AddAgent, AddPerson, EditPrivate, EditSealed
from stagecraft.services.sample.book import minute
from stagecraft.services.sample.cast import Season
from stagecraft.services.venues import AddSpace, AddVenue

_PRODUCTION_DATES = ("first_rehearsal", "first_preview", "opening", "closing")
_PRODUCTION_TEXTS = ("subtitle", "kind", "colour", "management", "rule_pack", "note")


def build_house(season: Season) -> None:
    """House style, season, venues with their rooms, productions with phases and milestones."""
    data = season.book.read("season")
    season.run(EditHouse(data["house"]))
    season_id = season.run(AddSeason(**data["season"]))
    venues: dict[str, int] = {}
    for venue in data["venue"]:
        rooms = venue.pop("rooms")
        venues[venue["name"]] = season.run(AddVenue(**venue))
        for name, use in rooms:
            season.rooms[name] = season.run(AddSpace(venues[venue["name"]], name, use))
    for production in data["production"]:
        _build_production(season, production, season_id, venues)


def _build_production(season: Season, data: dict[str, Any], season_id: int, venues: dict[str, int]) -> None:
    production = season.run(
        AddProduction(
            name=data["name"],
            code=data["code"],
            show=season.run(AddShow(data["name"], data["authors"])),
            season=season_id,
            venue=venues[data["venue"]],
            working_days=data.get("working_days"),
            curtain_to_down=data["curtain_to_down"],
            **{key: data[key] for key in (*_PRODUCTION_DATES, *_PRODUCTION_TEXTS) if key in data},
        )
    )
    season.productions[data["code"]] = production
    for phase in data["phase"]:
        season.run(AddPhase(production, **phase))
    for milestone in data["milestone"]:
        at = milestone.pop("at", None)
        season.run(AddMilestone(production, **milestone, at_minute=minute(at) if at else None))


def build_people(season: Season) -> None:
    """Everybody, with agents, private and sealed details."""
    data = season.book.read("people")
    for agent in data["agent"]:
        season.agents[agent["name"]] = season.run(AddAgent(**agent))
    for one in data["person"]:
        person = season.run(
            AddPerson(
                name=one["name"],
                phone=one["phone"],
                email=one["email"],
                share_contact=one.get("share_contact", True),
                organisation=one.get("organisation", ""),
                agent=season.agents.get(one.get("agent", "")),
            )
        )
        season.people[one["name"]] = person
        if "private" in one:
            season.run(EditPrivate(person, one["private"]))
        if "medical" in one:
            season.run(EditSealed(person, one["medical"]))
