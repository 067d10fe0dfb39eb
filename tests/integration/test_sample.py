"""The sample season as paperwork.md §8 tells it: numbers, people, days, conflicts. Built once on each engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain.times import span_text, time_text, wall, work_day, work_day_span
from stagecraft.queries.calendar import call_rows, event_rows, working_day_numbers
from stagecraft.queries.calendar_conflicts import conflict_rows
from stagecraft.queries.company import production_row, production_rows
from stagecraft.queries.contracts import deadline_rows
from stagecraft.queries.performances import (
    PerformanceRow,
    bench_rows,
    cast_change_rows,
    performance_rows,
)
from stagecraft.queries.reports import open_note_rows, report_by_number
from stagecraft.queries.today import called_minutes
from stagecraft.services.company import AddProduction, EditProduction
from stagecraft.services.engine import Engine
from stagecraft.services.sample import BuildSample, build_sample, default_anchor
from stagecraft.store.schema import (
    AvailabilityReason,
    Contract,
    ContractIncrement,
    ContractMoney,
    FrenchScene,
    MusicalNumber,
    Participation,
    Person,
    Scene,
    ScriptDraft,
    Track,
)
from stagecraft.store.store import Store

ANCHOR = date(2027, 1, 11)
THURSDAY = date(2027, 1, 21)


def built(path: Path, draft: int, anchor: date = ANCHOR) -> Store:
    store = Store.create(path)
    build_sample(Engine(store, Clock.on(THURSDAY)), anchor, draft)
    return store


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = built(tmp_path_factory.mktemp("season") / "season.stagecraft", 3)
    yield store
    store.close()


@pytest.fixture
def conn(season: Store) -> Iterator[Connection]:
    with season.reading() as conn:
        yield conn


def production(conn: Connection, code: str) -> int:
    return next(row.id for row in production_rows(conn) if row.code == code)


def performance(conn: Connection, number: int) -> PerformanceRow:
    rows = performance_rows(conn, wall(date(2026, 1, 1)), wall(date(2028, 1, 1)), [production(conn, "BOMB")])
    return next(row for row in rows if row.number == number)


# --- building ----------------------------------------------------------------------------------------------


def test_season_is_built_on_either_engine_as_one_step_that_undo_does_not_offer(store: Store) -> None:
    engine = Engine(store, Clock.on(THURSDAY), "Rosa Vega")
    phases: list[str] = []
    changes = build_sample(
        engine, ANCHOR, progress=lambda phase, done, of: phases.append(f"{done}/{of} {phase}")
    )
    assert sorted(changes.value) == ["BOMB", "HIT"]
    assert phases[0] == "0/10 House and productions"
    assert phases[-1] == "10/10 Ready"
    assert store.undo_step() is None
    engine.execute(EditProduction(changes.value["HIT"], {"subtitle": "Workshop"}))
    engine.undo()
    with engine.reading() as conn:
        row = production_row(conn, changes.value["HIT"])
    assert row is not None
    assert row.subtitle == "Developmental Workshop"
    assert store.undo_step() is None


def test_a_file_in_use_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "own.stagecraft")
    engine = Engine(store)
    engine.execute(AddProduction("Our Town"))
    with pytest.raises(Refused) as refused:
        engine.execute(BuildSample(ANCHOR))
    assert refused.value.message == "The sample season goes into a new file; this one is in use."
    with engine.reading() as conn:
        assert conn.execute(select(Person.id)).all() == []
    store.close()


def test_without_an_anchor_today_falls_into_the_second_week() -> None:
    assert default_anchor(date(2027, 1, 21)) == ANCHOR
    assert default_anchor(date(2026, 11, 25)) == date(2026, 11, 16)


def test_everything_moves_by_whole_weeks_and_only_a_real_holiday_is_named(tmp_path: Path) -> None:
    moved = built(tmp_path / "moved.stagecraft", 3, date(2026, 6, 3))
    with moved.reading() as conn:
        hit = production(conn, "HIT")
        monday = date(2026, 6, 8)
        (off,) = event_rows(conn, *work_day_span(monday), [hit])
        assert (off.kind, off.title) == ("day-off", "")
        assert working_day_numbers(conn)[hit][date(2026, 6, 11)] == 9
        report = report_by_number(conn, hit, 9)
        assert report is not None
        assert report.on_date == date(2026, 6, 11)
        texts = [note.text for note in open_note_rows(conn, (hit,))]
        assert "2 people still without D3-yellow (issued Wed 10 Jun)." in texts
    moved.close()


def test_mlk_day_is_named_in_its_year(conn: Connection) -> None:
    monday = event_rows(conn, *work_day_span(date(2027, 1, 18)))
    assert [(event.code, event.kind, event.title) for event in monday] == [
        ("BOMB", "dark", "MLK Day"),
        ("HIT", "day-off", "MLK Day"),
    ]
    assert [event.called for event in monday] == [0, 0]


# --- §8.1, §8.2 --------------------------------------------------------------------------------------------


def test_performances_count_from_the_opening(conn: Connection) -> None:
    bomb = production(conn, "BOMB")
    rows = performance_rows(conn, wall(date(2026, 12, 1)), wall(date(2027, 6, 1)), [bomb])
    days = {row.number: (row.day, time_text(row.starts_wall)) for row in rows}
    assert days[310] == (date(2027, 1, 12), "7:00p")
    assert days[311] == (date(2027, 1, 13), "2:00p")
    assert days[317] == (date(2027, 1, 17), "3:00p")
    assert days[318] == (date(2027, 1, 19), "7:00p")
    assert days[334] == (date(2027, 2, 2), "7:00p")
    assert days[397] == (date(2027, 3, 28), "3:00p")
    assert [row.number for row in rows] == list(range(294, 422))
    assert {row.number: row.marks for row in rows if row.marks} == {
        317: ["Karen’s final"],
        318: ["Ivy’s first"],
        334: ["Priya’s first"],
        397: ["Simon’s final"],
        421: ["Marcus’s final"],
    }
    assert {row.ends_wall - row.starts_wall for row in rows} == {160}
    assert {row.half_hour for row in rows} == {30}


def test_everybody_has_a_number_of_their_own_and_nobody_a_real_one(conn: Connection) -> None:
    people = {row.name: row for row in conn.execute(select(Person.name, Person.phone, Person.email))}
    assert len(people) == 47
    assert len({row.phone for row in people.values()}) == 47
    assert all(
        row.phone.startswith("212-555-01") and row.email.endswith("@example.com") for row in people.values()
    )
    assert people["Linda"].phone == "212-555-0142"
    assert people["Rosa Vega"].phone == "212-555-0161"
    assert people["Gail Mercer"].phone == "212-555-0130"
    assert people["Zoë Łukasik"].email == "zoe.lukasik@example.com"
    shy = conn.execute(select(Person.name).where(Person.share_contact.is_(False))).scalars().all()
    assert shy == ["Simon Adler"]


# --- §8.3 --------------------------------------------------------------------------------------------------


def test_deadlines_of_contracts_follow_from_their_terms(conn: Connection) -> None:
    due = {(row.person, row.kind): row for row in deadline_rows(conn, date(2027, 1, 13))}
    assert due["Simon Adler", "option"].due_on == date(2027, 1, 31)
    assert due["Simon Adler", "option"].severity == "red"
    assert due["Marcus Bell", "option"].due_on == date(2027, 2, 21)
    assert due["Marcus Bell", "option"].severity == "amber"
    assert ("Karen Cartwright", "option") not in due


def test_the_payroll_of_the_seven_adds_up(conn: Connection) -> None:
    """Week ending Sun 17 Jan 2027: 26,356.10 with Naomi's eighth for the performance she covered."""
    weekly = conn.execute(
        select(Person.name, ContractMoney.weekly)
        .join(Contract, Contract.person_id == Person.id)
        .join(ContractMoney, ContractMoney.contract_id == Contract.id)
        .where(Contract.starts_on < date(2027, 1, 11))
    ).all()
    increments = conn.execute(
        select(Person.name, ContractIncrement.weekly)
        .join(Contract, Contract.person_id == Person.id)
        .join(ContractIncrement, ContractIncrement.contract_id == Contract.id)
    ).all()
    names = {"Karen Cartwright", "Ivy Lynn", "Jessica", "Hana Kim", "Tess Walden", "Naomi Sato", "Linda"}
    total: Counter[str] = Counter()
    for name, amount in (*weekly, *increments):
        total[name] += amount
    total["Naomi Sato"] += 34_981
    assert sum(total[name] for name in names) == 2_635_610


# --- §8.5, §8.6 --------------------------------------------------------------------------------------------


def counts(conn: Connection, code: str) -> dict[str, int]:
    """Tracks in each scene."""
    rows = conn.execute(
        select(Scene.number)
        .join(Participation, Participation.scene_id == Scene.id)
        .where(Scene.production_id == production(conn, code), Participation.french_scene_id.is_(None))
    )
    return dict(Counter(rows.scalars().all()))


def test_breakdowns_have_the_totals_of_the_paper(conn: Connection) -> None:
    bombshell = counts(conn, "BOMB")
    assert list(bombshell.items()) == [
        ("1.1", 11), ("1.2", 5), ("1.3", 2), ("1.4", 8), ("1.5", 6), ("1.6", 11), ("1.7", 7), ("1.8", 6),
        ("1.9", 12), ("2.1", 10), ("2.2", 2), ("2.3", 8), ("2.4", 2), ("2.5", 11), ("2.6", 3), ("2.7", 11),
    ]  # fmt: skip
    assert counts(conn, "HIT") == {
        "1.1": 11, "1.2": 2, "1.3": 8, "1.4": 8, "1.5": 2, "1.6": 3, "1.7": 7, "1.8": 11,
        "2.1": 7, "2.2": 1, "2.3": 1, "2.4": 11, "2.5": 2,
    }  # fmt: skip
    marilyn = conn.execute(
        select(Participation.id)
        .join(Track, Track.id == Participation.track_id)
        .where(
            Track.production_id == production(conn, "BOMB"),
            Track.code == "P1",
            Participation.french_scene_id.is_(None),
        )
    ).all()
    assert len(marilyn) == 14
    minutes = conn.execute(
        select(Scene.number, Scene.minutes).where(Scene.production_id == production(conn, "BOMB"))
    ).all()
    assert sum(row.minutes for row in minutes if row.number.startswith("1.")) == 74
    assert sum(row.minutes for row in minutes if row.number.startswith("2.")) == 63


def test_french_scenes_the_cut_song_and_the_drafts_are_there(conn: Connection) -> None:
    letters = conn.execute(select(FrenchScene.letter).order_by(FrenchScene.position)).scalars().all()
    assert letters == ["a", "b", "c", "d"]
    street = conn.execute(
        select(MusicalNumber.title, MusicalNumber.status, MusicalNumber.cut_on)
        .join(Scene, Scene.id == MusicalNumber.scene_id)
        .where(Scene.title == "Street")
    ).all()
    assert [tuple(row) for row in street] == [
        ("Voicemail", "cut", date(2027, 1, 20)),
        ("Missed Call", "new", None),
    ]
    drafts = conn.execute(select(ScriptDraft.code).order_by(ScriptDraft.issued_on, ScriptDraft.position))
    assert drafts.scalars().all() == [
        "D3", "D3-blue", "D3-pink", "D3-yellow", "D3-green", "D4", "D4-blue", "D4-frozen",
    ]  # fmt: skip


# --- §8.7 --------------------------------------------------------------------------------------------------


def test_the_workshop_has_22_days_and_154_hours(conn: Connection) -> None:
    hit = production(conn, "HIT")
    numbers = working_day_numbers(conn)[hit]
    assert (numbers[date(2027, 1, 11)], numbers[THURSDAY], max(numbers.values())) == (1, 9, 22)
    weeks: dict[date, int] = {}
    for day in numbers:
        events = [event for event in event_rows(conn, *work_day_span(day), [hit]) if event.day == day]
        monday = day - timedelta(days=day.weekday())
        weeks[monday] = weeks.get(monday, 0) + called_minutes(events)
    assert [minutes / 60 for minutes in weeks.values()] == [42, 35, 42, 35]
    reading = event_rows(conn, wall(date(2026, 10, 5)), wall(date(2026, 10, 10)), [hit])
    assert sum(event.minutes for event in reading if event.kind != "meal") == 29 * 60
    assert sum(event.kind == "reading" for event in reading) == 2


def test_thursday_21_january_is_the_call_of_the_paper(conn: Connection) -> None:
    hit = production(conn, "HIT")
    events = event_rows(conn, *work_day_span(THURSDAY), [hit])
    calls = call_rows(conn, [event.id for event in events])
    lines = []
    for event in events:
        mine = [call for call in calls if call.event_id == event.id and call.status == "called"]
        leaders = [call.short for call in sorted(mine, key=lambda one: one.id) if call.source == "leader"]
        people = len([call for call in mine if call.source != "leader"])
        lines.append(
            (
                span_text(event.starts_wall, event.ends_wall),
                event.space,
                event.heading,
                people,
                ", ".join(leaders),
            )
        )
    assert lines == [
        ("10:00–11:30a", "4A", "1.7 On Top", 7, "Josh"),
        ("10:00–11:30a", "4B", "1.2 Four-Track Mind", 2, "Malik"),
        ("11:30a–1:00p", "4A", "1.7 On Top", 7, "Josh"),
        ("11:30a–1:00p", "4B", "2.2 Missed Call", 1, "Malik"),
        ("1:00–2:00p", "", "Lunch", 0, ""),
        ("1:15–1:30p", "", "Phone interview", 1, ""),
        ("2:00–4:00p", "4A", "1.5, 1.6", 3, "Derek"),
        ("2:00–4:00p", "4B", "Ensemble vocals, Act I", 6, "Malik"),
        ("4:00–6:00p", "4A", "Stumble through Act I", 10, "Derek, Josh, Malik"),
    ]
    cast = {call.name for call in calls if call.group in ("principal", "ensemble") and call.status == "called"}
    assert len(cast) == 10
    assert "Sol Bright" not in cast
    omar = next(call for call in calls if call.name == "Omar Reid" and call.own_time)
    assert time_text(omar.starts_wall) == "2:45p"


# --- §8.8 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("draft", "karen"), [(1, ["#311", "#315"]), (2, []), (3, [])])
def test_karens_overlaps_depend_on_the_draft(tmp_path: Path, draft: int, karen: list[str]) -> None:
    store = built(tmp_path / "draft.stagecraft", draft)
    with store.reading() as conn:
        found = conflict_rows(conn, wall(date(2026, 9, 1)), wall(date(2027, 6, 1)))
        tv = [event.day for event in event_rows(conn, *work_day_span(ANCHOR, 6)) if event.title == "Morning TV"]
    store.close()
    assert [one.sides[0].what for one in found if one.name == "Karen"] == karen
    others = [one.words for one in found if one.name != "Karen"]
    assert others == [
        "Overlap: Derek, Bombshell put-in 1:00–5:00p and Hit List 1.8 2:00–6:00p, Fri 15 Jan",
        "Overlap: Josh, Bombshell put-in 1:00–5:00p and Hit List 1.8 2:00–6:00p, Fri 15 Jan",
        "Unavailable: 4B, 2.5 2:00–4:00p and room blackout 2:00–6:00p, Thu 28 Jan",
    ]
    assert tv == [date(2027, 1, 14) if draft < 3 else ANCHOR]


def test_karens_own_week_in_the_third_draft(conn: Connection) -> None:
    events = {event.id: event for event in event_rows(conn, *work_day_span(ANCHOR, 7))}
    spans: dict[date, list[tuple[int, int]]] = {}
    for call in call_rows(conn, list(events)):
        if call.name == "Karen Cartwright" and call.status == "called" and events[call.event_id].code == "HIT":
            spans.setdefault(work_day(call.starts_wall), []).append((call.starts_wall, call.ends_wall))
    week = {
        day.day: span_text(min(s for s, _ in found), max(e for _, e in found)) for day, found in spans.items()
    }
    assert week == {11: "10:00a–6:00p", 12: "10:00a–3:00p", 14: "11:00a–3:30p", 15: "12:00n–4:00p"}
    assert sum(e - s for found in spans.values() for s, e in found) == 17 * 60 + 30


def test_who_is_on_at_311_and_nobody_at_331(conn: Connection) -> None:
    bomb = production(conn, "BOMB")
    matinee = performance(conn, 311)
    changes = cast_change_rows(conn, matinee.starts_wall, matinee.starts_wall + 1, [bomb])
    assert [(row.track, row.normal, row.on) for row in changes] == [
        ("P5", "Gloria Penn", "Naomi Sato"),
        ("F2", "Ivy Lynn", "Hana Kim"),
        ("F3", "Naomi Sato", "Tess Walden"),
    ]
    assert [(row.group, len(row.people)) for row in bench_rows(conn, matinee.id)] == [("F", 0), ("M", 2)]
    assert (matinee.held, matinee.run_minutes, matinee.show_minutes) == (6, 137, 154)
    assert (matinee.attendance, matinee.capacity) == (1642, 1709)
    called = {call.name for call in call_rows(conn, [matinee.event_id])}
    assert {"Gloria Penn", "Ivy Lynn"} & called == set()
    assert {"Naomi Sato", "Tess Walden", "Hana Kim", "Linda"} <= called
    open_track = performance(conn, 331)
    gone = [
        row.track
        for row in cast_change_rows(conn, open_track.starts_wall, open_track.starts_wall + 1)
        if not row.on
    ]
    assert gone == ["M2"]


def test_reasons_are_kept_where_only_the_management_reads(conn: Connection) -> None:
    reasons = set(conn.execute(select(AvailabilityReason.reason)).scalars().all())
    assert {"Meeting with other producers", "Bar shift", "Other client", "Medical appointment"} <= reasons


# --- §8.9 --------------------------------------------------------------------------------------------------


def test_report_9_stands_as_on_the_paper(conn: Connection) -> None:
    hit = production(conn, "HIT")
    report = report_by_number(conn, hit, 9)
    assert report is not None
    assert (report.on_date, report.worked, report.run_title, report.run_minutes) == (
        THURSDAY,
        420,
        "Act I stumble",
        76,
    )
    notes = {note.code: (note.state, note.twins) for one in report.departments for note in one.notes}
    assert notes == {
        "P3": ("new", ["Sound S2"]),
        "S2": ("new", ["Props P3"]),
        "MU5": ("new", []),
        "SM4": ("carried", []),
    }
    assert [line.text for line in report.work] == [
        "Sc 1.7 “On Top”, choreography",
        "Sc 1.2 “Four-Track Mind”, music",
        "Sc 2.2 “Missed Call”, music (new)",
        "Sc 1.5–1.6, staging",
        "Ensemble vocals, Act I",
        "Stumble Act I, run time 1:16, then notes to 6:00p",
    ]
