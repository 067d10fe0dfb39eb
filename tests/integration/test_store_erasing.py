"""Erasing a person leaves no byte of them in the file, and every other step can still be undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Date
from store_dump import dump

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.services.engine import Engine
from stagecraft.services.erasing import erase_person
from stagecraft.services.history import history_rows
from stagecraft.store.backup import backups_of
from stagecraft.store.doctor import examine
from stagecraft.store.journal import journalled_tables
from stagecraft.store.schema import (
    Attachment,
    Attendance,
    Availability,
    AvailabilityReason,
    Base,
    Contract,
    ContractStateChange,
    Event,
    Person,
    PersonPrivate,
    PersonSealed,
    Production,
    Show,
)
from stagecraft.store.store import Store
from stagecraft.store.work import UnitOfWork

CLOCK = Clock.on(date(2027, 1, 14))
CANARY = "Qx7Canary"


def canaries(row: Base) -> Base:
    """The row with a canary in each of its personal columns."""
    for column in row.__table__.columns:
        if column.info.get("personal") and not isinstance(column.type, Date) and column.name != "photo":
            setattr(row, column.name, f"{CANARY} {column.name}")
    return row


def furnish(work: UnitOfWork, person: int, number: int) -> None:
    """Everything that is kept about one person."""
    production = work.add(
        Production(
            show_id=work.add(Show(title="Bombshell")).id, code=f"B{number}", name="", kind="run", colour="bomb"
        )
    ).id
    span = {"zone": "UTC", "starts_wall": 1, "ends_wall": 2, "starts_at": 1, "ends_at": 2}
    event = work.add(Event(production_id=production, kind="staging", state="draft", **span)).id
    work.add(canaries(PersonPrivate(person_id=person, birthday=date(1990, 2, 3))))
    work.add(canaries(PersonSealed(person_id=person)))
    absence = work.add(Availability(person_id=person, kind="sick", hardness="hard", text=CANARY, **span)).id
    work.add(canaries(AvailabilityReason(availability_id=absence)))
    work.add(canaries(Attendance(event_id=event, person_id=person, state="late")))
    contract = work.add(Contract(person_id=person, production_id=production, state="offer")).id
    work.add(canaries(ContractStateChange(contract_id=contract, state="offer", on_date=date(2027, 1, 1))))
    blob = work.put_blob(f"{CANARY} passport".encode(), "image/png")
    work.add(Attachment(person_id=person, name=f"{CANARY}.png", hash=blob, media_type="image/png", size=1))


def company(store: Store) -> int:
    """Two people with a history of changes, one of them removed and brought back."""
    people = []
    for number in (1, 2):
        with store.step("Add", origin="", who="ann", clock=CLOCK) as work:
            row = work.add(canaries(Person())) if number == 1 else work.add(Person(name="Bob", sort_name="Bob"))
            people.append(row.id)
            if number == 1:
                row.photo = work.put_blob(f"{CANARY} photo".encode(), "image/png")
            furnish(work, row.id, number) if number == 1 else None
    with store.step("Edit", origin="", who="ann", clock=CLOCK) as work:
        work.get(Person, people[0]).phone = f"{CANARY} other"
        work.get(Person, people[1]).phone = "555"
    with store.step("Edit", origin="", who="ann", clock=CLOCK) as work:
        work.get(PersonPrivate, people[0]).address = f"{CANARY} moved"
    with store.step("Remove", origin="", who="ann", clock=CLOCK) as work:
        work.remove(work.get(Person, people[0]))
    store.undo(origin="", who="ann", clock=CLOCK)
    return int(people[0])


def test_no_byte_of_an_erased_person_is_left(store: Store, company_target: str | Path) -> None:
    person = company(store)
    backup = store.backup("asked")
    result = erase_person(Engine(store, CLOCK, "ann"), person)
    assert result.backups == ([backup.path] if backup else [])
    assert result.changes.touches("person", "person_private", "availability", "attachment")
    with store.reading() as conn:
        content = dump(conn)
    assert content["person"][0]["name"] == "Erased person"
    assert not content.keys() & {"person_private", "person_sealed", "availability", "attachment"}
    assert len(content["contract"]) == 1
    assert CANARY not in repr(content)
    assert CANARY not in repr(history_rows(Engine(store, CLOCK, "ann")))
    for table in ("step", "row_change", "blob"):
        with store.reading() as conn:
            assert CANARY not in repr(conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall())
    if isinstance(company_target, Path):
        assert CANARY.encode() not in company_target.read_bytes()
    store._changed = False
    store.close()
    assert examine(company_target) == []
    if isinstance(company_target, Path):
        assert [b.reason for b in backups_of(company_target)] == ["asked"]


def test_every_other_step_can_still_be_undone_and_redone(store: Store) -> None:
    person = company(store)
    with store.step("Erase", origin="", who="ann", clock=CLOCK, kind="erase") as work:
        work.erase_person(person)
    end, count = _content(store), 0
    while store.undo_step("ann"):
        store.undo(origin="", who="ann", clock=CLOCK)
        count += 1
    assert set(_content(store)) == {"house", "department"}
    for _ in range(count):
        store.redo(origin="", who="ann", clock=CLOCK)
    assert _content(store) == end
    assert count == 3


def _content(store: Store) -> dict[str, object]:
    with store.reading() as conn:
        return dict(dump(conn))


def test_every_personal_column_has_its_way_of_being_erased() -> None:
    """A new personal column must be thought about in `store.erasing`."""
    personal = {t.name for t in journalled_tables() for c in t.columns if c.info.get("personal")}
    reached = {
        "person",
        "person_private",
        "person_sealed",
        "availability_reason",
        "attendance",
        "contract_state_change",
        "acceptance",
        "rule_approval",
    }
    assert personal - reached == {"note"}  # free text about who looks after a note: found by `mentions`


def test_a_person_who_is_gone_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="removed meanwhile"):
        erase_person(Engine(store, CLOCK, "ann"), 99)
