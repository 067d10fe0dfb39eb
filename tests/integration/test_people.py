"""People, agents, jobs, assignments, private and sealed details through the engine, on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from statements import counting

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.queries.people import (
    agent_rows,
    assignment_rows,
    job_rows,
    opened_last,
    person_rows,
    photo_bytes,
    private_row,
    readiness_rows,
    sealed_text,
    ties_row,
)
from stagecraft.queries.search import search_rows
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.history import history_rows, undo_text
from stagecraft.services.people import (
    AddAgent,
    AddJob,
    AddJobFor,
    AddPerson,
    Assign,
    EditAssignment,
    EditJob,
    EditPerson,
    EditPrivate,
    EditSealed,
    OpenSealed,
    RemovePeople,
    RemovePerson,
    SetAgent,
    SetPhoto,
    SetReadiness,
    Unassign,
)
from stagecraft.services.script import AddRole, AddTrack
from stagecraft.store.store import Store

TODAY = date(2027, 1, 13)
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.fixture
def engine(store: Store) -> Engine:
    return Engine(store, Clock.on(TODAY), who="Linda")


def do(engine: Engine, command):
    return engine.execute(command).value


def read(engine: Engine, query, *args, **kwargs):
    with engine.reading() as conn:
        return query(conn, *args, **kwargs)


def person_row(conn, person):
    return next(row for row in person_rows(conn) if row.id == person)


def test_a_name_is_enough_and_the_sort_name_follows_it(engine):
    person = do(engine, AddPerson("  Zoë   Łukasik "))
    row = read(engine, person_row, person)
    assert (row.name, row.sort_name, row.short, row.share_contact) == (
        "Zoë Łukasik",
        "Łukasik, Zoë",
        "Zoë",
        True,
    )
    do(engine, EditPerson(person, {"name": "Zoë Marie Łukasik"}))
    assert read(engine, person_row, person).sort_name == "Łukasik, Zoë Marie"
    do(engine, EditPerson(person, {"sort_name": "Lukasik"}))
    do(engine, EditPerson(person, {"name": "Zoë Ł."}))
    assert read(engine, person_row, person).sort_name == "Lukasik"
    do(engine, EditPerson(person, {"sort_name": ""}))
    assert read(engine, person_row, person).sort_name == "Ł., Zoë"


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_nobody_is_without_a_name(engine, name):
    with pytest.raises(Refused) as refused:
        do(engine, AddPerson(name))
    assert refused.value.field == "name"
    assert read(engine, person_rows) == []


@pytest.mark.parametrize(
    "name", ["O'Neill", "李", "<b>Bob</b> & Co", "x" * 380, "Ann \x00 Bell", "Анна Каренина"]
)
def test_any_name_comes_back_as_it_was_typed(engine, name):
    person = do(engine, AddPerson(name))
    assert read(engine, person_row, person).name == " ".join(name.replace("\x00", " ").split())


def test_a_refused_edit_changes_nothing(engine):
    person = do(engine, AddPerson("Karen Cartwright", email="karen@example.com"))
    for changes, field in (
        ({"name": " "}, "name"),
        ({"email": "karen"}, "email"),
        ({"name": "x" * 500}, "name"),
    ):
        with pytest.raises(Refused) as refused:
            do(engine, EditPerson(person, changes))
        assert refused.value.field == field
    assert read(engine, person_row, person).email == "karen@example.com"


def test_one_agent_for_two_people(engine):
    karen, ivy = do(engine, AddPerson("Karen Cartwright")), do(engine, AddPerson("Ivy Lynn"))
    agent = do(engine, AddAgent("Paula Wynn", "Wynn & Co", phone="212-555-0199"))
    assert do(engine, SetAgent(karen, "Paula Wynn", "Wynn & Co")) == agent
    do(engine, SetAgent(ivy, "Paula Wynn", "Wynn & Co"))
    assert [(row.name, row.phone, row.clients) for row in read(engine, agent_rows)] == [
        ("Paula Wynn", "212-555-0199", 2)
    ]
    do(engine, SetAgent(ivy, ""))
    assert read(engine, person_row, ivy).agent == ""


def test_assignments_name_roles_in_the_order_of_a_company_list(engine):
    bomb = do(engine, AddProduction("Bombshell", code="BOMB"))
    track = do(engine, AddTrack(bomb, "P1"))
    do(engine, AddRole(bomb, "Marilyn Monroe", "Marilyn", track))
    karen, ivy, linda = (do(engine, AddPerson(name)) for name in ("Karen Cartwright", "Ivy Lynn", "Linda"))
    do(engine, Assign(karen, bomb, track=track, ends_on=date(2027, 1, 17)))
    do(engine, Assign(ivy, bomb, track=track, kind="cover", rank=1))
    do(engine, AddJobFor(linda, bomb, "Production stage manager", "stage"))
    rows = read(engine, assignment_rows, (bomb,))
    assert [(row.person, row.group, row.what) for row in rows] == [
        ("Linda", "stage", "Production stage manager"),
        ("Karen Cartwright", "cast", "Marilyn Monroe"),
        ("Ivy Lynn", "cast", "covers Marilyn Monroe"),
    ]
    assert [row.person for row in read(engine, assignment_rows, (bomb,), on=date(2027, 1, 18))] == [
        "Linda",
        "Ivy Lynn",
    ]


def test_an_assignment_is_to_one_track_or_one_job_of_its_production(engine):
    bomb, hit = do(engine, AddProduction("Bombshell")), do(engine, AddProduction("Hit List"))
    track, job = do(engine, AddTrack(bomb, "P1")), do(engine, AddJob(hit, "Director", "creative"))
    person = do(engine, AddPerson("Derek Wills"))
    for wrong in (
        Assign(person, bomb),
        Assign(person, bomb, track=track, job=job),
        Assign(person, hit, track=track),
        Assign(person, bomb, track=track, kind="job"),
        Assign(person, bomb, track=track, starts_on=date(2027, 1, 2), ends_on=date(2027, 1, 1)),
    ):
        with pytest.raises(Refused):
            do(engine, wrong)
    made = do(engine, Assign(person, bomb, track=track))
    do(engine, EditAssignment(made, {"ends_on": date(2027, 1, 17)}))
    assert read(engine, assignment_rows, (bomb,))[0].ends_on == date(2027, 1, 17)
    do(engine, Unassign(made))
    assert read(engine, assignment_rows, (bomb,)) == []


def test_a_job_goes_with_the_last_who_had_it(engine):
    hit = do(engine, AddProduction("Hit List"))
    given = [do(engine, AddJobFor(do(engine, AddPerson(name)), hit, "Dresser")) for name in ("Ana", "Bo")]
    do(engine, Unassign(given[0]))
    assert [row.name for row in read(engine, job_rows, (hit,))] == ["Dresser"]
    do(engine, Unassign(given[1]))
    assert read(engine, job_rows, (hit,)) == []
    engine.undo()
    assert [row.person for row in read(engine, assignment_rows, (hit,))] == ["Bo"]


def test_the_same_job_is_opened_once(engine):
    hit = do(engine, AddProduction("Hit List"))
    assert do(engine, AddJob(hit, "Dresser", "crew")) == do(engine, AddJob(hit, "Dresser", "crew"))
    assert [row.name for row in read(engine, job_rows, (hit,))] == ["Dresser"]


def test_a_job_on_the_wrong_group_is_put_on_another_and_joins_its_like_there(engine):
    hit = do(engine, AddProduction("Hit List"))
    for name, group in (("Ana", "crew"), ("Bo", "stage")):
        do(engine, AddJobFor(do(engine, AddPerson(name)), hit, "Stage manager", group))
    do(engine, AddJobFor(do(engine, AddPerson("Cy")), hit, "PSM", "crew"))

    def groups():
        return {row.person: row.group for row in read(engine, assignment_rows, (hit,))}

    do(engine, EditJob(next(row.id for row in read(engine, job_rows, (hit,)) if row.name == "PSM"), "stage"))
    assert undo_text(engine) == "change group of PSM"
    do(engine, EditJob(next(row.id for row in read(engine, job_rows, (hit,)) if row.group == "crew"), "stage"))
    assert groups() == {"Ana": "stage", "Bo": "stage", "Cy": "stage"}
    assert sorted(row.name for row in read(engine, job_rows, (hit,))) == ["PSM", "Stage manager"]
    engine.undo()
    assert groups() == {"Ana": "crew", "Bo": "stage", "Cy": "stage"}


def test_readiness_is_kept_once_per_person_and_track(engine):
    bomb = do(engine, AddProduction("Bombshell"))
    track, ivy = do(engine, AddTrack(bomb, "P1")), do(engine, AddPerson("Ivy Lynn"))
    do(engine, SetReadiness(ivy, track, "learning"))
    do(engine, SetReadiness(ivy, track, "put-in", date(2027, 1, 15)))
    assert [(row.state, row.cleared_on) for row in read(engine, readiness_rows, (bomb,))] == [
        ("put-in", date(2027, 1, 15))
    ]


def shorts(engine, productions=()):
    return {row.id: row.short for row in read(engine, person_rows, productions)}


def test_short_names_are_unique_in_a_company(engine):
    bomb, hit = do(engine, AddProduction("Bombshell")), do(engine, AddProduction("Hit List"))
    names = ("Karen Cartwright", "Karen Clark", "Ivy Lynn")
    karen, clark, ivy = (do(engine, AddPerson(name)) for name in names)
    for person in (karen, ivy):
        do(engine, AddJobFor(person, bomb, "Cast"))
    do(engine, AddJobFor(clark, hit, "Cast"))
    assert shorts(engine, (bomb,)) == {karen: "Karen", ivy: "Ivy"}
    assert shorts(engine) == {karen: "Karen Ca.", clark: "Karen Cl.", ivy: "Ivy"}


def test_private_details_are_read_by_their_own_query_only(engine):
    person = do(engine, AddPerson("Karen Cartwright"))
    do(engine, EditPrivate(person, {"address": "12 Bank St\nNew York", "emergency_1": "Dev, partner"}))
    do(engine, EditSealed(person, "Penicillin"))
    assert read(engine, private_row, person).address == "12 Bank St\nNew York"
    assert read(engine, sealed_text, person) == "Penicillin"
    seen = (
        repr(read(engine, person_rows))
        + repr(read(engine, search_rows, "bank"))
        + repr(read(engine, search_rows, "peni"))
    )
    assert "Bank" not in seen
    assert "Penicillin" not in seen
    for changes in ({"union_last4": "123456789"}, {"birthday": date(2027, 1, 14)}):
        with pytest.raises(Refused):
            do(engine, EditPrivate(person, changes))


def test_opening_is_logged_and_stays_out_of_the_way_of_undo(engine):
    person = do(engine, AddPerson("Karen Cartwright"))
    do(engine, OpenSealed(person, "private"))
    assert set(read(engine, opened_last, person)) == {"private"}
    assert next(iter(history_rows(engine))).kind == "log"
    assert undo_text(engine) == "add Karen Cartwright"


def test_removing_someone_is_one_step_and_undo_brings_everything_back(engine):
    bomb = do(engine, AddProduction("Bombshell"))
    person = do(engine, AddPerson("Karen Cartwright", phone="212-555-0101"))
    do(engine, AddJobFor(person, bomb, "Dance captain", "cast"))
    do(engine, EditPrivate(person, {"address": "12 Bank St"}))
    do(engine, SetPhoto(person, PNG, "image/png"))
    before = read(engine, person_row, person), read(engine, private_row, person)
    ties = read(engine, ties_row, (person,))
    assert (ties.calls, ties.contracts, ties.assignments, ties.attendance, ties.reports) == (0, 0, 1, 0, 0)
    do(engine, RemovePerson(person))
    assert read(engine, person_rows) == []
    assert undo_text(engine) == "remove Karen Cartwright"
    engine.undo()
    assert (read(engine, person_row, person), read(engine, private_row, person)) == before
    assert read(engine, photo_bytes, before[0].photo) == PNG


def test_several_people_go_in_one_step(engine):
    people = tuple(do(engine, AddPerson(name)) for name in ("Ann", "Bea", "Cy"))
    do(engine, RemovePeople(people[:2]))
    assert [row.name for row in read(engine, person_rows)] == ["Cy"]
    assert undo_text(engine) == "remove 2 people"
    engine.undo()
    assert len(read(engine, person_rows)) == 3


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n" + b"0" * 2_000_001])
def test_only_small_pictures_are_photos(engine, data):
    person = do(engine, AddPerson("Karen Cartwright"))
    with pytest.raises(Refused):
        do(engine, SetPhoto(person, data, "image/png"))
    assert read(engine, person_row, person).photo is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_whatever_its_length(engine, count):
    bomb = do(engine, AddProduction("Bombshell"))
    for number in range(count):
        do(engine, AddJobFor(do(engine, AddPerson(f"Person {number}")), bomb, "Crew", "crew"))
    with engine.reading() as conn, counting(conn) as sent:
        assert len(person_rows(conn, (bomb,))) == count
    assert len(sent) == 3
