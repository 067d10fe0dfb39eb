"""Documents of a company nobody prepared for: no rooms, no roles, no stage manager, names as people have them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from stagecraft.base.errors import Refused
from stagecraft.domain.sheets.frame import plain
from stagecraft.domain.times import wall
from stagecraft.paper.documents import DOCUMENTS, build, make
from stagecraft.services.assignments import Assign
from stagecraft.services.calendar import AddEvent
from stagecraft.services.company import AddProduction, EditHouse
from stagecraft.services.engine import Engine
from stagecraft.services.people import AddPerson
from stagecraft.services.reports import StartReport
from stagecraft.services.tracks import AddTrack
from stagecraft.store.store import Store

DAY = date(2027, 3, 2)
NAMES = [
    "Zoë Łukasik", "Siobhan O'Neill", "李", "<b>Bob</b> & Co", "Maximiliana Wolfeschlegelsteinhausens.",
    "Анна Каренина", "Karen Cartwright", "Karen Clark", "Linda",
]  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    store = Store.create(tmp_path / "own.stagecraft", name="Our own")
    yield Engine(store)
    store.close()


def squeezed(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def cast(engine: Engine) -> tuple[int, list[int]]:
    production = engine.execute(AddProduction("A Play", code="PLAY")).value
    people = []
    for number, name in enumerate(NAMES):
        person = engine.execute(AddPerson(name)).value
        track = engine.execute(AddTrack(production, f"T{number}")).value
        engine.execute(Assign(person, production, track=track))
        people.append(person)
    return production, people


NEEDS_MORE = {"rehearsal-report", "29-hour-ledger"}


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in NEEDS_MORE])
def test_an_empty_production_prints(engine, name):
    production = engine.execute(AddProduction("A Play", code="PLAY")).value
    with engine.reading() as conn:
        made = make(conn, production, name, DAY)
    assert "APLAY" in squeezed(made.pdf)
    assert made.filename.startswith("PLAY_")


def test_a_ledger_without_a_reading_says_what_to_do(engine):
    production = engine.execute(AddProduction("A Play", code="PLAY")).value
    with engine.reading() as conn, pytest.raises(Refused) as refused:
        make(conn, production, "29-hour-ledger", DAY)
    assert refused.value.message == (
        "This production has no reading: give its contracts a pack for one, or the production a phase called reading."
    )


def test_a_call_without_rooms_or_roles_names_everybody_whole(engine):
    production, people = cast(engine)
    engine.execute(AddEvent(production, "staging", wall(DAY, 600), wall(DAY, 780), people=tuple(people[:7])))
    engine.execute(AddEvent(production, "music", wall(DAY, 600), wall(DAY, 700), people=tuple(people[7:8])))
    with engine.reading() as conn:
        for name in ("daily-call", "weekly-schedule", "company-list"):
            words = squeezed(make(conn, production, name, DAY).pdf)
            if name == "weekly-schedule":
                continue
            for person in NAMES:
                assert person.replace(" ", "") in words
        call, *_ = build(conn, production, "daily-call", DAY)
    assert [one.name for one in call.not_called] == ["Linda"]
    assert call.not_called[0].again == ""


def test_two_people_of_one_first_name_are_told_apart_on_the_call(engine):
    production, people = cast(engine)
    engine.execute(AddEvent(production, "staging", wall(DAY, 600), wall(DAY, 780), people=tuple(people[6:8])))
    with engine.reading() as conn:
        call, *_ = build(conn, production, "daily-call", DAY)
    assert plain(call.rows[0].people) == "Karen Ca., Karen Cl."


def test_mononyms_are_filed_under_their_name(engine):
    production, people = cast(engine)
    engine.execute(AddEvent(production, "run", wall(DAY, 600), wall(DAY, 780), people=tuple(people)))
    with engine.reading() as conn:
        call, *_ = build(conn, production, "daily-call", DAY)
    names = [one.name for one in call.your_calls]
    assert (
        names.index("Karen Clark")
        < names.index("Linda")
        < names.index("Zoë Łukasik")
        < names.index("Siobhan O'Neill")
    )
    assert plain(call.rows[0].people) == "Full company"


def test_a_company_on_24_hours_prints_them(engine):
    production, people = cast(engine)
    engine.execute(EditHouse({"time_style": "24"}))
    engine.execute(AddEvent(production, "run", wall(DAY, 14 * 60), wall(DAY, 23 * 60), people=tuple(people)))
    with engine.reading() as conn:
        made = make(conn, production, "daily-call", DAY)
    assert "14:00–23:00" in squeezed(made.pdf)
    assert not re.search(r"\d:\d\d[ap]", squeezed(made.pdf))


def test_work_after_midnight_belongs_to_its_evening(engine):
    production, people = cast(engine)
    engine.execute(AddEvent(production, "tech", wall(DAY, 22 * 60), wall(DAY, 25 * 60), people=tuple(people)))
    with engine.reading() as conn:
        call, *_ = build(conn, production, "daily-call", DAY)
        week = make(conn, production, "weekly-schedule", DAY)
    assert call.your_calls[0].release == "rel. 1:00a"
    assert "10:00p–1:00a" in squeezed(week.pdf)


def test_a_report_started_on_a_day_nobody_planned_prints(engine):
    production, _ = cast(engine)
    engine.execute(StartReport(production, DAY))
    with engine.reading() as conn:
        made = make(conn, production, "rehearsal-report", 1)
    words = squeezed(made.pdf)
    assert words.count("Nonotes.Thankyou.") == 14
    assert "Nocallonfile." in words
