"""House, productions, venues, rooms, phases and milestones through the engine, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from stagecraft.base.errors import Refused
from stagecraft.queries.company import (
    house_row,
    milestone_rows,
    production_row,
    production_rows,
    show_rows,
    space_rows,
    venue_rows,
)
from stagecraft.services.company import (
    AddMilestone,
    AddPhase,
    AddProduction,
    AddSeason,
    AddShow,
    EditHouse,
    EditProduction,
    RemoveProduction,
)
from stagecraft.services.engine import Engine
from stagecraft.services.venues import AddSpace, AddVenue, EditSpace, EditVenue
from stagecraft.store.store import Store


@pytest.fixture
def engine(store: Store) -> Engine:
    return Engine(store)


def refused(engine: Engine, command: object) -> tuple[str, str]:
    with pytest.raises(Refused) as info:
        engine.execute(command)
    return info.value.field, info.value.message


def test_the_house_keeps_its_style(engine: Engine) -> None:
    engine.execute(EditHouse({"paper": "a4", "time_style": "24", "zone": "Europe/London"}))
    with engine.reading() as conn:
        house = house_row(conn)
    assert (house.paper, house.time_style, house.zone) == ("a4", "24", "Europe/London")
    engine.undo()
    with engine.reading() as conn:
        assert house_row(conn).paper == "letter"
    assert refused(engine, EditHouse({"zone": "Mars/Base"})) == (
        "zone",
        "There is no time zone called “Mars/Base”.",
    )


def test_a_production_brings_its_show_code_and_colour(engine: Engine) -> None:
    first = engine.execute(AddProduction("Our Town")).value
    second = engine.execute(AddProduction("Our Other Town", first_rehearsal=date(2027, 1, 11))).value
    with engine.reading() as conn:
        rows = production_rows(conn)
        assert [row.title for row in show_rows(conn)] == ["Our Other Town", "Our Town"]
    assert [(row.id, row.code, row.colour) for row in rows] == [
        (second, "OURO", "hit"),
        (first, "OURT", "bomb"),
    ]
    engine.undo()
    engine.undo()
    with engine.reading() as conn:
        assert (production_rows(conn), show_rows(conn)) == ([], [])


def test_codes_are_short_and_belong_to_one_production(engine: Engine) -> None:
    engine.execute(AddProduction("Bombshell", "bomb"))
    assert refused(engine, AddProduction("Other", "BOMB")) == ("code", "Bombshell already has the code BOMB.")
    assert refused(engine, AddProduction("Other", "B"))[0] == "code"
    assert refused(engine, AddProduction("  "))[0] == "name"
    assert refused(engine, AddProduction("Other", kind="opera"))[0] == "kind"
    with engine.reading() as conn:
        assert [(row.code, row.name) for row in production_rows(conn)] == [("BOMB", "Bombshell")]


def test_a_production_is_edited_and_its_dates_run_in_order(engine: Engine) -> None:
    show = engine.execute(AddShow("Hit List", "Collins and Bishop")).value
    season = engine.execute(AddSeason("2026/27", date(2026, 9, 1), date(2027, 8, 31))).value
    production = engine.execute(
        AddProduction("Hit List", "HIT", show=show, season=season, first_rehearsal=date(2027, 1, 11))
    ).value
    engine.execute(EditProduction(production, {"subtitle": " Developmental Workshop ", "working_days": 22}))
    with engine.reading() as conn:
        row = production_row(conn, production)
    assert row is not None
    assert (row.subtitle, row.working_days, row.authors) == ("Developmental Workshop", 22, "Collins and Bishop")
    early = EditProduction(production, {"closing": date(2027, 1, 1)})
    assert refused(engine, early) == ("closing", "The last day lies before the first.")


def test_removing_a_production_takes_its_show_with_it_and_comes_back(engine: Engine) -> None:
    production = engine.execute(AddProduction("Our Town")).value
    engine.execute(AddPhase(production, "Rehearsals"))
    engine.execute(AddMilestone(production, "First preview", date(2027, 3, 1)))
    engine.execute(RemoveProduction(production))
    with engine.reading() as conn:
        assert (production_rows(conn), milestone_rows(conn), show_rows(conn)) == ([], [], [])
    engine.undo()
    with engine.reading() as conn:
        assert [row.name for row in milestone_rows(conn, [production])] == ["First preview"]


def test_venues_have_rooms_in_order_and_a_zone(engine: Engine) -> None:
    venue = engine.execute(AddVenue("Mercer Rehearsal Rooms", city="New York", zone="America/New_York")).value
    rooms = [engine.execute(AddSpace(venue, name)).value for name in ("4A", "4B", "3C")]
    engine.execute(EditSpace(rooms[1], {"use": "piano, music"}))
    engine.execute(EditSpace(rooms[2], {"hidden": True}))
    with engine.reading() as conn:
        assert [(row.name, row.use, row.zone) for row in space_rows(conn, venue)] == [
            ("4A", "", "America/New_York"),
            ("4B", "piano, music", "America/New_York"),
        ]
        assert len(space_rows(conn, hidden=True)) == 3
    engine.execute(EditVenue(venue, {"capacity": 120}))
    with engine.reading() as conn:
        assert [(row.name, row.capacity) for row in venue_rows(conn)] == [("Mercer Rehearsal Rooms", 120)]
    assert refused(engine, EditVenue(venue, {"name": " "}))[0] == "name"
    assert refused(engine, AddVenue("Elsewhere", zone="Nowhere"))[0] == "zone"


def test_a_production_plays_in_its_venues_zone_else_the_houses(engine: Engine) -> None:
    venue = engine.execute(AddVenue("Old Vic", zone="Europe/London")).value
    there = engine.execute(AddProduction("Abroad", venue=venue)).value
    here = engine.execute(AddProduction("At home")).value
    with engine.reading() as conn:
        zones = {row.id: row.zone for row in production_rows(conn)}
        assert zones == {there: "Europe/London", here: house_row(conn).zone}


def test_milestones_are_read_by_date(engine: Engine) -> None:
    production = engine.execute(AddProduction("Hit List")).value
    backwards = AddPhase(production, "Week 1", "workshop", date(2027, 1, 16), date(2027, 1, 11))
    assert refused(engine, backwards)[0] == "ends_on"
    engine.execute(AddMilestone(production, "Script frozen", date(2027, 2, 2), "freeze", 1080))
    engine.execute(AddMilestone(production, "Presentation 1", date(2027, 2, 4)))
    with engine.reading() as conn:
        assert [(row.name, row.at_minute) for row in milestone_rows(conn, last=date(2027, 2, 3))] == [
            ("Script frozen", 1080)
        ]
        assert len(milestone_rows(conn, [production], first=date(2027, 2, 2))) == 2
