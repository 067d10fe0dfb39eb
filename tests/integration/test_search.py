"""What the command bar finds, on both engines, and what it must never find."""

from __future__ import annotations

from datetime import date

import pytest
from statements import counting

from stagecraft.base.clock import Clock
from stagecraft.domain.times import wall
from stagecraft.queries.search import search_rows
from stagecraft.services.calendar import AddEvent
from stagecraft.services.company import AddProduction
from stagecraft.services.contracts import AddContract
from stagecraft.services.engine import Engine
from stagecraft.services.people import AddPerson, Assign, EditPrivate, EditSealed
from stagecraft.services.script import AddAct, AddNumber, AddRole, AddScene, AddTrack, EditNumber
from stagecraft.store.store import Store

TODAY = date(2027, 1, 14)


@pytest.fixture
def engine(store: Store) -> Engine:
    """Hit List with Zoë Łukasik as Amanda, scene 1.6 Ghost in the Booth, one call, one contract, a cut number."""
    engine = Engine(store, Clock.on(TODAY), who="Rosa")

    def do(command):
        return engine.execute(command).value

    hit = do(AddProduction("Hit List", code="HIT"))
    track = do(AddTrack(hit, "P1"))
    do(AddRole(hit, "Amanda", track=track))
    zoe = do(AddPerson("Zoë Łukasik", phone="212-555-0146"))
    do(AddPerson("Tatum O'Neill"))
    do(Assign(zoe, hit, track=track))
    scene = do(AddScene(do(AddAct(hit)), "1.6", "Studio", "32", "36"))
    do(AddNumber(hit, "Ghost in the Booth", scene))
    voicemail = do(AddNumber(hit, "Voicemail"))
    do(EditNumber(voicemail, {"status": "cut"}))
    do(AddEvent(hit, "music", wall(TODAY, 600), wall(TODAY, 660), units=(scene,)))
    do(AddContract(zoe, hit, job="Amanda", note="secretclause"))
    do(EditPrivate(zoe, {"address": "12 Bank St", "legal_name": "Zofia"}))
    do(EditSealed(zoe, "Penicillin"))
    return engine


def found(engine: Engine, text: str, limit: int = 20) -> list[tuple[str, str]]:
    with engine.reading() as conn:
        return [(row.kind, row.title) for row in search_rows(conn, text, (), limit, on=TODAY)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lukasik", ("person", "Zoë Łukasik")),
        ("ZOE L", ("person", "Zoë Łukasik")),
        ("oneill", ("person", "Tatum O'Neill")),
        ("amanda", ("person", "Zoë Łukasik")),
        ("1.6", ("scene", "1.6 Ghost in the Booth")),
        ("ghost booth", ("scene", "1.6 Ghost in the Booth")),
        ("studio", ("scene", "1.6 Ghost in the Booth")),
        ("voicemail", ("number", "Voicemail")),
        ("music", ("event", "1.6 Ghost in the Booth")),
    ],
)
def test_the_best_find_comes_first(engine, typed, first):
    assert found(engine, typed)[0] == first


def test_a_scene_its_calls_and_a_persons_contract_are_found_together(engine):
    assert found(engine, "ghost") == [("scene", "1.6 Ghost in the Booth"), ("event", "1.6 Ghost in the Booth")]
    assert found(engine, "zoe") == [("person", "Zoë Łukasik"), ("contract", "Zoë Łukasik")]
    assert found(engine, "zoe", limit=1) == [("person", "Zoë Łukasik")]


@pytest.mark.parametrize(
    "typed", ["", "   ", "bank", "12 bank", "zofia", "penicillin", "secretclause", "%", "_"]
)
def test_nothing_private_is_ever_found(engine, typed):
    assert found(engine, typed) == []


def test_productions_narrow_what_is_found_but_not_people(engine):
    with engine.reading() as conn:
        rows = search_rows(conn, "zoe", (99,), on=TODAY) + search_rows(conn, "ghost", (99,), on=TODAY)
    assert [(row.kind, row.title) for row in rows] == [("person", "Zoë Łukasik")]


def test_a_search_costs_eight_statements(engine):
    with engine.reading() as conn, counting(conn) as sent:
        search_rows(conn, "g", (), on=TODAY)
    assert len(sent) <= 8
