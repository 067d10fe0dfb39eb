"""Steps, undo and redo on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from store_dump import dump

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem, Refused
from stagecraft.domain.kinds import DEPARTMENTS
from stagecraft.store.schema import (
    Availability,
    House,
    Opening,
    Person,
    PersonPrivate,
    Production,
    Report,
    Show,
    Track,
)
from stagecraft.store.store import Store

ARGUMENTS = {"origin": "test", "who": "ann"}


def add_person(store: Store, clock: Clock, name: str, who: str = "ann") -> int:
    with store.step("AddPerson", origin="test", who=who, clock=clock) as work:
        row = work.add(Person(name=name, sort_name=name))
        work.add(PersonPrivate(person_id=row.id, birthday=date(1990, 2, 3)))
        work.label(person=row.id)
        return row.id


def rename(store: Store, clock: Clock, person: int, name: str, who: str = "ann", **options: object) -> None:
    with store.step("EditPerson", origin="test", who=who, clock=clock, **options) as work:
        work.get(Person, person).name = name
        work.label(person=person)


def state(store: Store) -> object:
    with store.reading() as conn:
        return dump(conn)


def test_a_new_company_has_its_house_and_departments(target: str | Path) -> None:
    store = Store.create(target, name="Lyric")
    with store.reading() as conn:
        content = dump(conn)
    assert [row["name"] for row in content["house"]] == ["Lyric"]
    assert [row["code"] for row in content["department"]] == [d.code for d in DEPARTMENTS]
    assert store.undo_step() is None
    store.close()
    with pytest.raises(FileProblem):
        Store.create(target)


def test_undo_and_redo_survive_closing(company_target: str | Path, clock: Clock) -> None:
    store = Store.open(company_target)
    states = [state(store)]
    person = add_person(store, clock, 'Zoë Łukasik \\ "q" \n\r\t\x01 李')
    states.append(state(store))
    rename(store, clock, person, "zoë")
    states.append(state(store))
    with store.step("RemovePerson", clock=clock, **ARGUMENTS) as work:
        work.remove(work.get(Person, person))
    states.append(state(store))
    for expected in reversed(states[:-1]):
        store.close()
        store = Store.open(company_target)
        store.undo(clock=clock, **ARGUMENTS)
        assert state(store) == expected
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo(clock=clock, **ARGUMENTS)
    for expected in states[1:]:
        store.close()
        store = Store.open(company_target)
        store.redo(clock=clock, **ARGUMENTS)
        assert state(store) == expected
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo(clock=clock, **ARGUMENTS)
    store.close()


def test_something_new_loses_the_redo(store: Store, clock: Clock) -> None:
    person = add_person(store, clock, "Ann")
    rename(store, clock, person, "Anna")
    store.undo(clock=clock, **ARGUMENTS)
    assert store.redo_step("ann") is not None
    rename(store, clock, person, "Annette")
    assert store.redo_step("ann") is None


def test_a_command_that_changes_nothing_leaves_no_step(store: Store, clock: Clock) -> None:
    before = store.undo_step("ann")
    with store.step("EditHouse", clock=clock, **ARGUMENTS) as work:
        house = work.get(House, 1)
        house.name = f"{house.name}"
    assert not work.changes()
    assert store.undo_step("ann") == before


def test_a_failing_statement_does_not_say_its_values(store: Store, clock: Clock) -> None:
    with (
        pytest.raises(IntegrityError) as failed,
        store.step("EditPrivate", clock=clock, **ARGUMENTS) as work,
    ):
        work.session.execute(insert(PersonPrivate).values(person_id=404, address="12 Bank St"))
    assert "12 Bank St" not in str(failed.value)


def test_a_failing_handler_changes_nothing(store: Store, clock: Clock) -> None:
    before = state(store)
    with pytest.raises(ZeroDivisionError), store.step("EditHouse", clock=clock, **ARGUMENTS) as work:  # noqa: PT012
        work.get(House, 1).name = "x"
        work.session.flush()
        1 / 0
    assert state(store) == before
    add_person(store, clock, "Ann")


def test_change_sets_name_tables_and_rows(store: Store, clock: Clock) -> None:
    with store.step("AddPerson", clock=clock, **ARGUMENTS) as work:
        row = work.add(Person(name="Ann", sort_name="Ann"))
        work.add(PersonPrivate(person_id=row.id))
        person = row.id
    changes = work.changes(person)
    assert changes.rows == {"person": frozenset({person}), "person_private": frozenset({person})}
    assert (changes.kind, changes.code, changes.origin, changes.value) == ("do", "AddPerson", "test", person)
    undone = store.undo(clock=clock, **ARGUMENTS)
    assert (undone.kind, undone.rows) == ("undo", changes.rows)


def test_a_unique_swap_is_undone(store: Store, clock: Clock) -> None:
    with store.step("Add", clock=clock, **ARGUMENTS) as work:
        show = work.add(Show(title="Bombshell"))
        production = work.add(
            Production(show_id=show.id, code="BOMB", name="Bombshell", kind="run", colour="bomb")
        ).id
        first, second = (
            work.add(Track(production_id=production, code=code, kind="principal", position=0)).id
            for code in "AB"
        )
    before = state(store)
    with store.step("Swap", clock=clock, **ARGUMENTS) as work:
        for track, code in ((first, "x"), (second, "A"), (first, "B")):
            work.get(Track, track).code = code
            work.session.flush()
    after = state(store)
    store.undo(clock=clock, **ARGUMENTS)
    assert state(store) == before
    store.redo(clock=clock, **ARGUMENTS)
    assert state(store) == after


def test_a_row_added_and_removed_in_one_step_leaves_no_trace(store: Store, clock: Clock) -> None:
    person = add_person(store, clock, "Ann")
    before = state(store)
    with store.step("Shuffle", clock=clock, **ARGUMENTS) as work:
        work.remove(
            work.add(
                Availability(
                    person_id=person,
                    kind="out",
                    hardness="hard",
                    zone="UTC",
                    starts_wall=1,
                    ends_wall=2,
                    starts_at=1,
                    ends_at=2,
                )
            )
        )
        work.get(Person, person).name = "Anna"
    store.undo(clock=clock, **ARGUMENTS)
    assert state(store) == before


def test_typing_is_undone_as_one_run(store: Store) -> None:
    clock = Clock.on(date(2027, 1, 14))
    person = add_person(store, clock, "")
    for index in range(1, 6):
        at = Clock(clock.now() + timedelta(milliseconds=700 * index))
        rename(store, at, person, "Karen"[:index], continues=True)
    store.undo(clock=clock, **ARGUMENTS)
    with store.reading() as conn:
        assert dump(conn)["person"][0]["name"] == ""
    store.redo(clock=clock, **ARGUMENTS)
    with store.reading() as conn:
        assert dump(conn)["person"][0]["name"] == "Karen"
    store.undo(clock=clock, **ARGUMENTS)
    undo = store.undo_step("ann")
    assert undo is not None
    assert undo.code == "AddPerson"


def test_typing_after_a_pause_or_elsewhere_is_a_run_of_its_own(store: Store) -> None:
    clock = Clock.on(date(2027, 1, 14))
    person, other = add_person(store, clock, ""), add_person(store, clock, "")
    rename(store, clock, person, "K", continues=True)
    rename(store, Clock(clock.now() + timedelta(seconds=11)), person, "Ka", continues=True)
    rename(store, Clock(clock.now() + timedelta(seconds=12)), other, "J", continues=True)
    names = []
    for _ in range(3):
        store.undo(clock=clock, **ARGUMENTS)
        with store.reading() as conn:
            names.append(tuple(row["name"] for row in dump(conn)["person"]))
    assert names == [("Ka", ""), ("K", ""), ("", "")]


def test_a_logged_opening_is_not_in_the_way_of_undo_or_redo(store: Store, clock: Clock) -> None:
    person = add_person(store, clock, "Ann")
    rename(store, clock, person, "Anna")

    def log() -> None:
        with store.step("OpenSealed", clock=clock, kind="log", **ARGUMENTS) as work:
            work.add(Opening(person_id=person, what="medical", opened_at=1))

    log()
    store.undo(clock=clock, **ARGUMENTS)
    log()
    store.redo(clock=clock, **ARGUMENTS)
    with store.reading() as conn:
        content = dump(conn)
    assert content["person"][0]["name"] == "Anna"
    assert len(content["opening"]) == 2


def test_a_record_of_an_opening_goes_and_comes_back_with_its_person(store: Store, clock: Clock) -> None:
    person = add_person(store, clock, "Ann")
    with store.step("OpenSealed", clock=clock, kind="log", **ARGUMENTS) as work:
        work.add(Opening(person_id=person, what="medical", opened_at=1))
    before = state(store)
    for _ in range(2):
        store.undo(clock=clock, **ARGUMENTS)
        with store.reading() as conn:
            assert {"person", "opening"}.isdisjoint(dump(conn))
        store.redo(clock=clock, **ARGUMENTS)
        assert state(store) == before


def test_nul_is_stripped_at_entry(store: Store, clock: Clock) -> None:
    add_person(store, clock, "An\x00n")
    with store.reading() as conn:
        assert dump(conn)["person"][0]["name"] == "Ann"


def test_what_is_taken_or_gone_is_refused_in_words(store: Store, clock: Clock) -> None:
    with pytest.raises(Refused, match="already one"), store.step("x", clock=clock, **ARGUMENTS) as work:  # noqa: PT012
        show = work.add(Show(title="Bombshell"))
        for _ in range(2):
            work.add(Production(show_id=show.id, code="BOMB", name="", kind="run", colour="bomb"))
    with pytest.raises(Refused, match="removed meanwhile"), store.step("x", clock=clock, **ARGUMENTS) as work:
        work.add(Report(production_id=999, kind="rehearsal", number=1, on_date=date(2027, 1, 1)))
    with (
        pytest.raises(Refused, match="This report was removed"),
        store.step("x", clock=clock, **ARGUMENTS) as work,
    ):
        work.get(Report, 999)


def test_blobs_are_kept_once_and_unused_ones_swept(store: Store, clock: Clock) -> None:
    person = add_person(store, clock, "Ann")
    with store.step("SetPhoto", clock=clock, **ARGUMENTS) as work:
        name = work.put_blob(b"photo", "image/png")
        assert work.put_blob(b"photo", "image/png") == name
        work.put_blob(b"never named", "image/png")
        work.get(Person, person).photo = name
    assert store.blob(name) == b"photo"
    store.undo(clock=clock, **ARGUMENTS)
    assert store.sweep_blobs() == 1
    store.redo(clock=clock, **ARGUMENTS)
    assert store.blob(name) == b"photo"
