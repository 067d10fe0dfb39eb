"""Exporting and importing are each other's mirror, on both engines; what goes out is inert and of class Company."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sqlalchemy import select

from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.cli import main
from stagecraft.exchange.columns import KINDS
from stagecraft.exchange.export import csv_file, export, save
from stagecraft.exchange.plan import parse
from stagecraft.exchange.text import clean, guarded
from stagecraft.queries.company import production_rows, space_rows, venue_rows
from stagecraft.services.assignments import Assign
from stagecraft.services.availability import AddAvailability
from stagecraft.services.calendar import AddEvent
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.exchange import import_command
from stagecraft.services.people import AddPerson, EditPrivate, EditSealed
from stagecraft.services.sample import build_sample
from stagecraft.services.script import AddAct, AddNumber, AddScene
from stagecraft.services.tracks import AddCharacter, SetParticipation
from stagecraft.services.venues import AddSpace, AddVenue
from stagecraft.store.schema import Availability, Event, MusicalNumber, Person, Role, Scene
from stagecraft.store.store import Store
from tests.store_dump import dump

HOSTILE = (
    "Zoë Łukasik", "O'Neill", "李", "<b>Bob</b> & Co", "=1+1", "+44 20", "-x", "@sum", "'quoted", "''twice", "'=a",
    "＝1", "a; b", '"Bob" Smith', '"Ann"', "one,two", "tab\tin", "＠x",
)  # fmt: skip


def table(data):
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture
def take(tmp_path):
    """Import exported bytes into an engine's file."""

    def run(engine, kind, data):
        path = tmp_path / f"{kind}.csv"
        path.write_bytes(data)
        plan = parse(kind, path)
        assert plan.problems == []
        return engine.execute(import_command(kind, plan.lines))

    return run


def exported(engine, kind):
    """What goes out of a kind: one file, or for a breakdown one a production."""
    with engine.reading() as conn:
        productions = [row.id for row in production_rows(conn)] if kind == "breakdown" else [None]
        return [export(conn, kind, production).data for production in productions]


@pytest.fixture
def season(company):
    build_sample(company)
    return company


@pytest.fixture
def empty(season, tmp_path):
    """A new company file with the season's productions, venues and rooms, and nothing else."""
    store = Store.create(tmp_path / "new.stagecraft")
    engine = Engine(store, Clock(), "Linda")
    with season.reading() as conn:
        for venue in venue_rows(conn):
            made = engine.execute(AddVenue(venue.name)).value
            for room in space_rows(conn, venue.id, hidden=True):
                engine.execute(AddSpace(made, room.name))
        for row in production_rows(conn):
            engine.execute(AddProduction(row.name, code=row.code))
    yield engine
    store.close()


def test_the_season_comes_into_a_new_file_as_it_went_out(season, empty, take):
    for kind in KINDS:
        for data in exported(season, kind):
            take(empty, kind, data)
    for kind in KINDS:
        for old, new in zip(exported(season, kind), exported(empty, kind), strict=True):
            assert ordered(new) == ordered(old), kind


def ordered(data):
    """Rows in an order of their own. Dates of parts are not exported, so that in the new file the breakdown may call
    somebody whom the old one names; they are not compared."""
    rows = [{key: cell for key, cell in row.items() if key != "people"} for row in table(data)]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


@pytest.mark.parametrize("kind", list(KINDS))
def test_importing_into_the_same_file_adds_nothing(season, take, kind):
    with season.reading() as conn:
        before = dump(conn)
    for data in exported(season, kind):
        result = take(season, kind, data)
        assert result.value.added == {}
        assert result.value.filled == 0
        assert result.value.kept == []
    with season.reading() as conn:
        assert dump(conn) == before


@pytest.fixture
def hostile(company):
    """A company in which people, characters, scenes, songs, a room and notes are called what nobody expects."""
    do = company.execute
    venue = do(AddVenue("=Hall")).value
    room = do(AddSpace(venue, "+Room; 1")).value
    production = do(AddProduction("@Show", code="SHOW", venue=venue)).value
    act = do(AddAct(production)).value
    people, scenes = [], []
    for at, name in enumerate(HOSTILE):
        people.append(do(AddPerson(name, phone="+44 20 7946 0000")).value)
        track = do(AddCharacter(production, name)).value
        do(Assign(people[-1], production, track=track))
        scenes.append(do(AddScene(act, f"={at}; A", name)).value)
        do(AddNumber(production, f"{name} song", scenes[-1], 4))
        do(SetParticipation(scenes[-1], track, "sings"))
        do(AddAvailability(60_000, 60_600 + at, person=people[-1], text=name))
    do(AddAvailability(60_000, 70_001, space=room, text="-"))
    note = "=1+1\n\t=2\0\r\nthree;,;;;;;;;;;;;;;;\n'four"
    for at in (0, 60):
        call = (production, "staging", 60_000 + at, 60_300, room, "=title", tuple(scenes))
        do(AddEvent(*call, people=tuple(people[1:]), leaders=(people[0],), note=note))
    return company


def test_hostile_text_goes_out_inert_and_comes_back_the_same(hostile, take, tmp_path):
    for kind in KINDS:
        (data,) = exported(hostile, kind)
        assert [cell for cell in cells(data) if cell[:1] in tuple("=+-@\t\r\n\0＝＋－＠")] == []
        assert take(hostile, kind, data).value.added == {}
    store = Store.create(tmp_path / "new.stagecraft")
    new = Engine(store, Clock(), "Linda")
    venue = new.execute(AddVenue("=Hall")).value
    new.execute(AddSpace(venue, "+Room; 1"))
    new.execute(AddProduction("@Show", code="SHOW", venue=venue))
    for kind in KINDS:
        take(new, kind, *exported(hostile, kind))
    for kind in KINDS:
        assert exported(new, kind) == exported(hostile, kind)
    for column in (Person.name, Scene.title, Role.name, MusicalNumber.title, Event.note, Availability.text):
        assert values(new, column) == values(hostile, column)
    store.close()


def cells(data):
    text = data.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row if cell]


def values(engine, column):
    with engine.reading() as conn:
        return sorted(conn.execute(select(column)).scalars())


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("＝1", "'＝1"),
        ("'", "''"),
        ("'quoted", "''quoted"),
        ("''=1", "'''=1"),
        ("1-2", "1-2"),
        ("\0=1", "'=1"),
        ("\t=1", "'=1"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_the_guard_is_one_apostrophe_and_one_comes_off(text, cell):
    assert guarded(text) == cell
    assert clean(cell) == text.replace("\r", "").replace("\0", "").strip()


def test_a_company_export_holds_nothing_of_a_higher_class(company, take):
    known = {"phone": "SECRET", "email": "SECRET@x", "pronouns": "SECRET", "note": "SECRET"}
    shy = company.execute(AddPerson("Ann Shy", share_contact=False, **known)).value
    company.execute(EditPrivate(shy, {"address": "SECRET", "emergency_1": "SECRET"}))
    company.execute(EditSealed(shy, "SECRET"))
    company.execute(AddAvailability(60_000, 60_600, person=shy, kind="sick", reason="SECRET"))
    for kind in ("people", "availability"):
        (data,) = exported(company, kind)
        assert b"SECRET" not in data
        assert b"sick" not in data
        assert b"Ann Shy" in data
        assert take(company, kind, data).value.added == {}


def test_a_number_to_be_asked_for_at_stage_management_is_no_number(company, take):
    take(company, "people", b"name,phone,e-mail\nAnn,via SM,Via SM\n")
    assert values(company, Person.phone) == [""]


def test_the_file_is_csv_as_the_standard_says_with_the_columns_import_declares(company):
    company.execute(AddPerson("Zoë Łukasik"))
    (data,) = exported(company, "people")
    assert data.startswith(b'\xef\xbb\xbf"name","sort name",')
    assert data.endswith(b'"\r\n')
    for kind, declared in KINDS.items():
        assert cells(csv_file(kind, [])) == [column.name for column in declared.columns]


def test_rooms_of_one_name_in_two_venues_are_told_apart(company, take):
    for venue in ("Hall", "House"):
        room = company.execute(AddSpace(company.execute(AddVenue(venue)).value, "Studio 1")).value
        company.execute(AddAvailability(60_000, 60_600, space=room))
    (data,) = exported(company, "availability")
    assert [row["room"] for row in table(data)] == ["Studio 1, Hall", "Studio 1, House"]
    assert take(company, "availability", data).value.known == 2


def test_a_file_that_is_there_stays_unless_forced_and_a_company_file_always(tmp_path):
    path = tmp_path / "out" / "people.csv"
    save(path, b"one")
    with pytest.raises(FileProblem, match="is there already; it was kept as it is"):
        save(path, b"two")
    assert path.read_bytes() == b"one"
    save(path, b"two", force=True)
    assert path.read_bytes() == b"two"
    company = tmp_path / "show.stagecraft"
    Store.create(company).close()
    with pytest.raises(FileProblem, match="is there already"):
        save(company, b"two", force=True)
    assert [file.name for file in path.parent.iterdir()] == ["people.csv"]


def test_the_command_says_what_it_wrote_and_its_class(tmp_path, capsys):
    file, out = str(tmp_path / "c.stagecraft"), tmp_path / "people.csv"
    engine = Engine(Store.create(file), Clock(), "Linda")
    for name in ("Ann", "Bo"):
        engine.execute(AddPerson(name))
    engine.store.close()
    assert main(["export", file, "people", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{out}: 2 people, class Company. Without telephone and e-mail of those")
    before = out.read_bytes()
    for arguments, sentence in (
        (["people", str(out)], f"{out} is there already; it was kept as it is."),
        (["people", str(out / "x.csv")], f"{out / 'x.csv'} cannot be written: "),
        (["people", str(tmp_path), "--force"], f"{tmp_path} cannot be written: is a folder.\n"),
        (["people", "x.csv", "--from", "2027-01-01"], "--from and --to are for availability and schedule.\n"),
        (["breakdown", "x.csv"], "Which production? Add --production; there is none yet.\n"),
    ):
        assert main(["export", file, *arguments]) == 2
        error = capsys.readouterr().err
        assert error.startswith(sentence)
        assert error.count("\n") == 1
    assert out.read_bytes() == before
    assert main(["export", file, "people", str(out), "--force"]) == 0


def test_days_and_production_bound_what_goes_out(season):
    with season.reading() as conn:
        hit = next(row for row in production_rows(conn) if row.code == "HIT")
        day = hit.first_rehearsal
        made = export(conn, "schedule", hit.id, (day, day))
        everything = export(conn, "schedule", None)
    rows = table(made.data)
    assert {(row["production"], row["date"]) for row in rows} == {("HIT", day.isoformat())}
    assert made.words == f"{len(rows)} calls"
    assert len(table(everything.data)) > 100
