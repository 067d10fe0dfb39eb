"""Performances through the engine, on both engines: numbers, half-hour calls, patterns, who is on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain.times import time_text, wall
from stagecraft.queries.calendar import call_rows
from stagecraft.queries.performances import (
    PerformanceRow,
    bench_rows,
    cast_change_rows,
    performance_rows,
    players,
)
from stagecraft.services.calendar import AddEvent, CancelEvents, EditEvent
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.people import AddJob, AddPerson, Assign
from stagecraft.services.performances import (
    AddPerformance,
    AddPerformanceWeeks,
    EditPerformance,
    SetPerformanceCast,
    SetPerformancesCast,
)
from stagecraft.services.script import AddRole, AddTrack
from stagecraft.services.venues import AddSpace, AddVenue
from stagecraft.store.store import Store

TUESDAY = date(2027, 1, 12)
WEEK = ((1, 1140), (2, 840), (2, 1170), (6, 900))


@dataclass
class House:
    """Two players, a swing and a stage manager in a running show."""

    engine: Engine
    show: int
    tracks: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def do(self, command: object) -> int:
        return self.engine.execute(command).value

    def rows(self) -> list[PerformanceRow]:
        with self.engine.reading() as conn:
            return performance_rows(conn, wall(date(2026, 1, 1)), wall(date(2028, 1, 1)))

    def called(self, event: int) -> dict[str, str]:
        """Name to start of the call and part."""
        with self.engine.reading() as conn:
            return {
                call.name: f"{time_text(call.starts_wall)} {call.as_role}".strip()
                for call in call_rows(conn, [event])
            }


@pytest.fixture
def house(store: Store) -> House:
    engine = Engine(store, Clock.on(TUESDAY), "Linda")
    venue = engine.execute(AddVenue("St. James Theatre", zone="America/New_York", capacity=1709)).value
    engine.execute(AddSpace(venue, "Stage"))
    show = engine.execute(AddProduction("Bombshell", "BOMB", venue=venue, curtain_to_down=160)).value
    made = House(engine, show)
    for code, kind, role in (
        ("P1", "principal", "Marilyn"),
        ("F2", "ensemble", "studio girl"),
        ("S-F", "swing", "swing"),
    ):
        made.tracks[code] = made.do(AddTrack(show, code, kind))
        made.do(AddRole(show, role, track=made.tracks[code]))
    job = made.do(AddJob(show, "Production stage manager", "stage"))
    for name, track in (("Karen Cartwright", "P1"), ("Ivy Lynn", "F2"), ("Hana Kim", "S-F")):
        made.people[name] = made.do(AddPerson(name))
        made.do(Assign(made.people[name], show, track=made.tracks[track]))
    made.people["Linda"] = made.do(AddPerson("Linda"))
    made.do(Assign(made.people["Linda"], show, job=job))
    return made


def test_a_performance_takes_the_next_number_and_calls_everybody_at_the_half_hour(house: House) -> None:
    house.do(AddPerformance(house.show, wall(TUESDAY, 1140), number=310))
    house.do(AddPerformance(house.show, wall(TUESDAY, 1140) + 1440))
    first, second = house.rows()
    assert (first.number, second.number) == (310, 311)
    assert (first.slot, first.space, time_text(first.ends_wall)) == ("eve", "Stage", "9:40p")
    assert house.called(first.event_id) == {
        "Karen Cartwright": "6:30p Marilyn",
        "Ivy Lynn": "6:30p studio girl",
        "Hana Kim": "6:30p",
        "Linda": "6:30p",
    }


def test_a_number_is_never_given_twice(house: House) -> None:
    house.do(AddPerformance(house.show, wall(TUESDAY, 1140), number=310))
    with pytest.raises(Refused) as refused:
        house.do(AddPerformance(house.show, wall(TUESDAY, 840), number=310))
    assert refused.value.field == "number"
    assert refused.value.message == (
        "#310 is the performance of Tue 12 Jan 2027; a number is never used twice."
    )
    assert len(house.rows()) == 1


def test_a_preview_has_no_number(house: House) -> None:
    house.do(AddPerformance(house.show, wall(TUESDAY, 1140), type="preview"))
    (row,) = house.rows()
    assert (row.number, row.name) == (None, "preview")


def test_a_weekly_pattern_fills_weeks_and_skips_what_is_there(house: House) -> None:
    house.do(AddPerformance(house.show, wall(date(2027, 1, 13), 840), number=311))
    made = house.do(AddPerformanceWeeks(house.show, TUESDAY, date(2027, 1, 24), WEEK, number=310))
    assert len(made) == 7
    assert [(row.day.day, time_text(row.starts_wall), row.number) for row in house.rows()] == [
        (12, "7:00p", 310),
        (13, "2:00p", 311),
        (13, "7:30p", 312),
        (17, "3:00p", 313),
        (19, "7:00p", 314),
        (20, "2:00p", 315),
        (20, "7:30p", 316),
        (24, "3:00p", 317),
    ]
    house.do(AddPerformanceWeeks(house.show, TUESDAY, date(2027, 1, 19), WEEK))
    assert len(house.rows()) == 8
    house.engine.undo()
    assert [row.number for row in house.rows()] == [311]


def test_a_later_curtain_takes_the_calls_along(house: House) -> None:
    performance = house.do(AddPerformance(house.show, wall(TUESDAY, 1140)))
    house.do(EditPerformance(performance, {"curtain": wall(TUESDAY, 1200), "half_hour": 45}))
    (row,) = house.rows()
    assert (time_text(row.starts_wall), time_text(row.ends_wall)) == ("8:00p", "10:40p")
    assert set(house.called(row.event_id).values()) == {"7:15p Marilyn", "7:15p studio girl", "7:15p"}


def test_times_of_a_performance_run_in_order(house: House) -> None:
    performance = house.do(AddPerformance(house.show, wall(TUESDAY, 840)))
    times = {
        "act1_up": wall(TUESDAY, 846),
        "act1_down": wall(TUESDAY, 920),
        "act2_up": wall(TUESDAY, 937),
        "act2_down": wall(TUESDAY, 1000),
    }
    house.do(EditPerformance(performance, {**times, "attendance": 1642, "held_because": "late coach party"}))
    (row,) = house.rows()
    assert (row.held, row.run_minutes, row.show_minutes) == (6, 137, 154)
    with pytest.raises(Refused) as refused:
        house.do(EditPerformance(performance, {"act2_up": wall(TUESDAY, 900)}))
    assert refused.value.field == "act2_up"


def test_somebody_else_on_is_called_and_who_is_out_is_not(house: House) -> None:
    performance = house.do(AddPerformance(house.show, wall(TUESDAY, 1140)))
    change = SetPerformanceCast(performance, house.tracks["F2"], house.people["Hana Kim"], "sick")
    house.do(change)
    (row,) = house.rows()
    assert house.called(row.event_id) == {
        "Karen Cartwright": "6:30p Marilyn",
        "Hana Kim": "6:30p studio girl",
        "Linda": "6:30p",
    }
    with house.engine.reading() as conn:
        (changed,) = cast_change_rows(conn, row.starts_wall, row.starts_wall + 1)
        assert (changed.normal, changed.on, changed.reason) == ("Ivy Lynn", "Hana Kim", "sick")
        assert [(bench.group, bench.people) for bench in bench_rows(conn, row.id)] == [("F", [])]
    house.do(SetPerformanceCast(performance, house.tracks["F2"], house.people["Ivy Lynn"]))
    with house.engine.reading() as conn:
        assert cast_change_rows(conn, row.starts_wall, row.starts_wall + 1) == []
    assert house.called(row.event_id)["Ivy Lynn"] == "6:30p studio girl"
    assert house.called(row.event_id)["Hana Kim"] == "6:30p"
    house.engine.undo()
    house.engine.undo()
    assert sorted(house.called(row.event_id)) == ["Hana Kim", "Ivy Lynn", "Karen Cartwright", "Linda"]


def test_nobody_may_be_on(house: House) -> None:
    performance = house.do(AddPerformance(house.show, wall(TUESDAY, 1140)))
    house.do(SetPerformanceCast(performance, house.tracks["F2"], None, "sick", "Split track"))
    with house.engine.reading() as conn:
        assert players(conn, performance)[house.tracks["F2"]] is None


def test_a_vacation_is_one_step(house: House) -> None:
    made = house.do(AddPerformanceWeeks(house.show, TUESDAY, date(2027, 1, 17), WEEK))
    house.do(SetPerformancesCast(tuple(made), house.tracks["F2"], house.people["Hana Kim"], "vacation"))
    with house.engine.reading() as conn:
        changes = cast_change_rows(conn, wall(TUESDAY), wall(date(2027, 1, 18)))
    assert [row.number for row in changes] == [1, 2, 3, 4]
    house.engine.undo()
    with house.engine.reading() as conn:
        assert cast_change_rows(conn, wall(TUESDAY), wall(date(2027, 1, 18))) == []


def test_a_cancelled_performance_keeps_its_number(house: House) -> None:
    house.do(AddPerformance(house.show, wall(TUESDAY, 1140), number=310))
    house.do(CancelEvents((house.rows()[0].event_id,)))
    (row,) = house.rows()
    assert (row.state, row.number) == ("cancelled", 310)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"half_hour": 300}, "half_hour"),
        ({"down": wall(TUESDAY, 1100)}, "down"),
        ({"attendance": -1}, "attendance"),
        ({"type": "gala"}, "type"),
        ({"number": 0}, "number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    house: House, changes: dict[str, object], field: str
) -> None:
    performance = house.do(AddPerformance(house.show, wall(TUESDAY, 1140)))
    before = house.rows()
    with pytest.raises(Refused) as refused:
        house.do(EditPerformance(performance, changes))
    assert refused.value.field == field
    assert house.rows() == before


def test_an_event_of_the_kind_performance_is_one_with_number_and_calls(house: House) -> None:
    event = house.do(AddEvent(house.show, "performance", wall(TUESDAY, 1140), wall(TUESDAY, 1300)))
    (row,) = house.rows()
    assert (row.event_id, row.number, row.type) == (event, 1, "performance")
    assert len(house.called(event)) == 4
    with pytest.raises(Refused) as refused:
        house.do(EditEvent(event, {"kind": "staging"}))
    assert refused.value.message == "A performance keeps its number: cancel it and add the other call."


def test_a_call_that_becomes_a_presentation_is_numbered_too(house: House) -> None:
    event = house.do(AddEvent(house.show, "staging", wall(TUESDAY, 900), wall(TUESDAY, 1020)))
    house.do(EditEvent(event, {"kind": "presentation"}))
    (row,) = house.rows()
    assert (row.name, row.type) == ("Presentation 1", "presentation")
    house.engine.undo()
    assert house.rows() == []
