"""Importing into a company: one step, nothing by halves, nothing twice, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from stagecraft.base.clock import Clock
from stagecraft.exchange.plan import parse
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.exchange import RowsRefused, import_command, rehearse
from stagecraft.services.people import AddPerson
from stagecraft.services.venues import AddSpace, AddVenue
from stagecraft.store.schema import (
    Assignment,
    Availability,
    AvailabilityReason,
    Call,
    Event,
    MusicalNumber,
    Participation,
    Person,
    Role,
    Scene,
    Track,
)

PEOPLE = """name,e-mail,role,kind,job,group
Zoë Łukasik,zoe@example.com,Marilyn,principal,,
O'Neill,,,,Stage Manager,stage management
李,,DiMaggio,principal,,
<b>Bob</b> & Co,bob@example.org,,,Lighting Designer,creative
Ann Ensemble,,,ensemble,,
"""
BREAKDOWN = """act,scene,title,pages,minutes,number,Marilyn,DiMaggio,F1
1,1.1,Hollywood,1-4,6,,●,,x
,,,,4,Let Me Be Your Star,S,,
2,2.1,Yankee Stadium,30-34A,5:30,,,speaks,
"""
AVAILABILITY = """person,room,date,from,to,kind,reason
Zoe Lukasik,,2027-01-14,2p,,personal,dentist
,Studio A,15 Jan 2027 to 17 Jan 2027,,,,
"""
SCHEDULE = """date,start,end,room,kind,title,units,people,led by
2027-01-14,10:00a,1:00p,Studio A,staging,,1.1,,O'Neill
14 Jan 2027,2p,6p,,music,Voices,Let Me Be Your Star,<b>Bob</b> & Co,
14 Jan 2027,10p,1a,,run,,Act I,full company,
"""


@pytest.fixture
def company(store):
    engine = Engine(store, Clock(), "Linda")
    venue = engine.execute(AddVenue("Hall")).value
    engine.execute(AddSpace(venue, "Studio A"))
    engine.execute(AddProduction("Bombshell", code="BOMB", venue=venue))
    return engine


@pytest.fixture
def bring(company, tmp_path):
    """Import text of a kind; `dry` only rehearses."""

    def run(kind, text, *, dry=False, production=None):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        plan = parse(kind, path)
        assert plan.problems == []
        command = import_command(kind, plan.lines, production)
        return rehearse(company, command) if dry else company.execute(command)

    return run


def rows(engine, *columns):
    with engine.reading() as conn:
        return [tuple(row) for row in conn.execute(select(*columns).order_by(*columns))]


def count(engine, *tables):
    with engine.reading() as conn:
        return [conn.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


ALL = (("people", PEOPLE), ("breakdown", BREAKDOWN), ("availability", AVAILABILITY), ("schedule", SCHEDULE))


def test_a_whole_company_comes_in_from_four_files(company, bring):
    for kind, text in ALL:
        assert bring(kind, text)
    assert [name for (name,) in rows(company, Person.name)] == sorted(
        ["<b>Bob</b> & Co", "Ann Ensemble", "O'Neill", "Zoë Łukasik", "李"]
    )
    assert rows(company, Role.name) == [("DiMaggio",), ("Marilyn",)]
    assert rows(company, Scene.number, Scene.title, Scene.page_from, Scene.page_to, Scene.minutes) == [
        ("1.1", "Hollywood", "1", "4", 6),
        ("2.1", "Yankee Stadium", "30", "34A", 6),
    ]
    assert rows(company, MusicalNumber.title, MusicalNumber.minutes) == [("Let Me Be Your Star", 4)]
    assert sorted(mark for (mark,) in rows(company, Participation.mark)) == ["on", "speaks", "speaks"]
    assert rows(company, AvailabilityReason.reason) == [("dentist",)]
    with company.reading() as conn:
        called = conn.execute(
            select(Event.kind, Person.name, Call.source)
            .join(Event, Event.id == Call.event_id)
            .join(Person, Person.id == Call.person_id)
        )
        assert {tuple(row) for row in called} == {
            ("staging", "Zoë Łukasik", "unit"),
            ("staging", "O'Neill", "leader"),
            ("music", "Zoë Łukasik", "unit"),
            ("music", "<b>Bob</b> & Co", "person"),
            ("run", "Zoë Łukasik", "unit"),
            ("run", "李", "person"),
        }


def test_importing_again_adds_nothing_and_leaves_no_step(company, bring):
    for kind, text in ALL:
        bring(kind, text)
    tables = (Person, Assignment, Track, Scene, Participation, Availability, Event, Call)
    before = count(company, *tables)
    for kind, text in ALL:
        again = bring(kind, text)
        assert not again
        assert again.value.added == {}
    assert count(company, *tables) == before


def test_an_import_is_one_step_of_undo(company, bring):
    bring("people", PEOPLE)
    company.undo()
    assert count(company, Person, Role, Assignment) == [0, 0, 0]
    company.redo()
    assert count(company, Person, Role, Assignment) == [5, 2, 4]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(company, bring):
    before = company.store.undo_step("Linda")
    result = bring("people", PEOPLE, dry=True)
    assert result.words == "5 people, 2 characters, 2 jobs, 4 assignments new"
    assert count(company, Person) == [0]
    assert company.store.undo_step("Linda") == before


def test_one_bad_row_keeps_everything_out_and_is_named(company, bring):
    bring("people", PEOPLE)
    text = "person,date\nZoë Łukasik,2027-01-14\nZoe Lukasic,2027-01-15\nNobody Atall,2027-01-16\n"
    with pytest.raises(RowsRefused) as refused:
        bring("availability", text)
    assert [problem.words for problem in refused.value.problems] == [
        "line 3: there is nobody called “Zoe Lukasic” on file; is Zoë Łukasik meant?",
        "line 4: there is nobody called “Nobody Atall” on file.",
    ]
    assert count(company, Availability) == [0]
    assert [p.line for p in bring("availability", text, dry=True).problems] == [3, 4]


def test_people_are_known_by_name_or_e_mail_and_blanks_are_filled(company, bring):
    company.execute(AddPerson("Karen Cartwright", phone="1"))
    company.execute(AddPerson("Ivy Lynn", email="ivy@example.com"))
    result = bring(
        "people",
        'name,phone,e-mail\n"CARTWRIGHT, KAREN",,\nKaren Cartwright,2,karen@example.com\n'
        "I. Lynn,3,IVY@example.com\n",
    ).value
    assert rows(company, Person.name, Person.phone, Person.email) == [
        ("Ivy Lynn", "3", "ivy@example.com"),
        ("Karen Cartwright", "1", "karen@example.com"),
    ]
    assert [kept.words for kept in result.kept] == [
        "line 3: phone stays “1”; the file says “2”.",
        "line 4: e-mail stays “ivy@example.com”; the file says “IVY@example.com”.",
    ]


def test_two_people_of_one_name_are_told_apart_by_e_mail_or_refused(company, bring):
    company.execute(AddPerson("Sam Smith", email="one@example.com"))
    company.execute(AddPerson("Sam Smith", email="two@example.com"))
    assert bring("people", "name,e-mail,phone\nSam Smith,two@example.com,2\n").value.filled == 1
    with pytest.raises(RowsRefused, match="1 row cannot be taken"):
        bring("people", "name\nSam Smith\n")


def test_a_file_that_names_no_production_is_asked_which_where_there_are_several(company, bring):
    hit = company.execute(AddProduction("Hit List", code="HIT")).value
    with pytest.raises(RowsRefused) as refused:
        bring("breakdown", "scene\n1.1\n")
    assert "choose one" in refused.value.problems[0].reason
    bring("breakdown", "scene\n1.1\n", production=hit)
    bring("breakdown", "scene,production\n1.1,bomb\n1.2,Hit List\n")
    assert rows(company, Scene.production_id, Scene.number) == [(hit - 1, "1.1"), (hit, "1.1"), (hit, "1.2")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("X,2027-01-14,10a,1p,,,,", "there is no production “X”."),
        (",2027-01-14,10a,1p,Studio Z,,,", "there is no room “Studio Z”; add it to the venue first."),
        (",2027-01-14,10a,1p,,9.9,,", "there is no scene or song “9.9”."),
        (",2027-01-14,10a,1p,,,Nobody,", "there is nobody called “Nobody” on file."),
        (",2027-01-14,10a,1p,,,full company,", "nobody is cast yet, so a group cannot be called."),
    ],
)
def test_what_a_schedule_does_not_find_is_named(company, bring, row, reason):
    head = "production,date,start,end,room,units,people,led by\n"
    assert [problem.reason for problem in bring("schedule", head + row, dry=True).problems] == [reason]
