"""Commands on the calendar and what is read of it, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from calendar_company import THU, ZONE, Company, at, build, check_move, instant
from sqlalchemy import event as sa_event

from stagecraft.base.errors import Refused
from stagecraft.domain.times import to_instant, work_day_span
from stagecraft.queries.calendar import (
    attendance_rows,
    availability_rows,
    call_rows,
    conflict_rows,
    event_row,
    event_rows,
    working_day_numbers,
)
from stagecraft.queries.calendar_units import group_rows, leaders_of, room_rows, tray_rows
from stagecraft.queries.calendar_week import read_week
from stagecraft.services.calendar import (
    AddAvailability,
    AddCall,
    AddCalls,
    AddEvent,
    CancelEvent,
    ClearEvents,
    CopyEvents,
    EditAvailability,
    EditCall,
    EditEvent,
    MarkAttendance,
    MoveEvent,
    MoveEvents,
    ReleaseCalls,
    RemoveAvailability,
    RemoveCall,
    RemoveEvent,
    RestoreEvents,
    SetUnits,
    StretchEvent,
)

FRI = THU + timedelta(days=1)


@pytest.fixture
def company(store) -> Company:
    return build(store)


def ghost(company: Company, first: float = 14, last: float = 15.5, **fields) -> int:
    """Scene 1.6 with Karen, Jimmy and Omar in 4A."""
    fields = {"space": company.rooms["4A"], "units": (company.scenes["1.6"],), **fields}
    return company.do(AddEvent(company.workshop, "staging", at(first), at(last), **fields))


def called(company: Company, event: int) -> list[tuple[str, str, str]]:
    return [(call.short, call.source, call.part) for call in company.read(call_rows, [event])]


def words(company: Company, day: date = THU, production: str = "") -> list[str]:
    chosen = {"": (), "workshop": (company.workshop,), "run": (company.run,)}[production]
    return [finding.words for finding in company.read(conflict_rows, *work_day_span(day), chosen)]


# --- events and their scenes -------------------------------------------------------------------------------


def test_a_call_with_a_scene_calls_its_people_and_reads_as_the_scene(company):
    event = ghost(company, leaders=(company.people["Derek"],))
    row = company.read(event_row, event)
    assert (row.heading, row.short, row.space, row.code, row.called) == (
        "1.6 Ghost in the Booth",
        "1.6",
        "4A",
        "HIT",
        4,
    )
    assert called(company, event) == [
        ("Karen", "unit", "Amanda"),
        ("Jimmy", "unit", "Jesse"),
        ("Omar", "unit", "JB"),
        ("Derek", "leader", "director"),
    ]


def test_instants_follow_the_wall_time_and_the_rooms_zone(company):
    event = ghost(company)
    row = company.read(event_row, event)
    assert (row.zone, row.starts_at, row.ends_at) == (ZONE, instant(14), instant(15.5))
    company.do(EditEvent(event, {"space": company.rooms["Stage"]}))
    moved = company.read(event_row, event)
    assert (moved.zone, moved.starts_wall, moved.starts_at) == (
        "Europe/London",
        at(14),
        to_instant(at(14), "Europe/London"),
    )
    assert {call.starts_at for call in company.read(call_rows, [event])} == {moved.starts_at}


def test_changing_scenes_calls_anew_and_keeps_own_times_and_people_called_by_name(company):
    event = ghost(company)
    company.do(AddCall(event, company.people["Malik"]))
    karen = next(call for call in company.read(call_rows, [event]) if call.short == "Karen")
    company.do(EditCall(karen.id, {"starts": at(14.5)}))
    company.do(SetUnits(event, (company.scenes["1.5"],)))
    assert [(call.short, call.starts_wall, call.own_time) for call in company.read(call_rows, [event])] == [
        ("Karen", at(14.5), True),
        ("Jimmy", at(14), False),
        ("Malik", at(14), False),
    ]


def test_a_scene_of_another_production_is_refused(company):
    with pytest.raises(Refused) as refused:
        company.do(AddEvent(company.run, "staging", at(10), at(11), units=(company.scenes["1.6"],)))
    assert (refused.value.field, str(refused.value)) == ("units", "Scene 1.6 belongs to another production.")
    assert company.read(event_rows, *work_day_span(THU)) == []


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"ends": at(9)}, "ends", "The end must be after the start."),
        ({"ends": at(10, THU + timedelta(days=2))}, "ends", "A call lasts 24 hours at most."),
        ({"kind": "seance"}, "kind", "There is no kind of call “seance”."),
        ({"state": "maybe"}, "state", "A call is a draft, published or cancelled."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(company, fields, field, message):
    with pytest.raises(Refused) as refused:
        company.do(
            AddEvent(
                **{
                    "production": company.workshop,
                    "kind": "staging",
                    "starts": at(10),
                    "ends": at(11),
                    **fields,
                }
            )
        )
    assert (refused.value.field, refused.value.message) == (field, message)


def test_people_called_besides_come_with_own_times(company):
    omar = company.people["Omar"]
    event = ghost(company, own_times=((omar, at(14.75), at(15.5)),))
    assert {call.short: (call.starts_wall, call.own_time) for call in company.read(call_rows, [event])} == {
        "Karen": (at(14), False),
        "Jimmy": (at(14), False),
        "Omar": (at(14.75), True),
    }


# --- moving and stretching ---------------------------------------------------------------------------------


def test_moving_takes_the_calls_along_and_keeps_the_distance_of_own_times(company):
    event = ghost(company, own_times=((company.people["Omar"], at(14.75), at(15.5)),))
    company.do(MoveEvent(event, at(10, FRI)))
    assert {call.short: call.starts_wall for call in company.read(call_rows, [event])} == {
        "Karen": at(10, FRI),
        "Jimmy": at(10, FRI),
        "Omar": at(10.75, FRI),
    }
    assert {call.starts_at for call in company.read(call_rows, [event])} == {
        instant(10, FRI),
        instant(10.75, FRI),
    }


def test_stretching_moves_the_edges_people_share_and_leaves_own_times(company):
    event = ghost(company, own_times=((company.people["Omar"], at(14.75), at(15)),))
    company.do(StretchEvent(event, ends=at(17)))
    assert {call.short: (call.starts_wall, call.ends_wall) for call in company.read(call_rows, [event])} == {
        "Karen": (at(14), at(17)),
        "Jimmy": (at(14), at(17)),
        "Omar": (at(14.75), at(15)),
    }


def test_moving_to_another_day_calls_who_plays_then(company):
    from stagecraft.store.schema import Assignment

    karen, ivy = company.people["Karen"], company.people["Malik"]
    with company.engine.store.step("Test", origin="", who="", clock=company.engine.clock) as work:
        from sqlalchemy import select

        old = work.session.scalars(select(Assignment).where(Assignment.person_id == karen)).one()
        old.ends_on = THU
        work.add(
            Assignment(
                person_id=ivy, production_id=company.workshop, track_id=old.track_id, kind="principal", rank=0,
                contract_id=None, job_id=None, starts_on=FRI, ends_on=None, note="",
            )
        )  # fmt: skip
    event = ghost(company)
    company.do(MoveEvent(event, at(14, FRI)))
    assert sorted(short for short, _source, _part in called(company, event)) == ["Jimmy", "Malik", "Omar"]


def test_several_move_as_one_step_and_undo_puts_all_back(company):
    first, second = ghost(company), ghost(company, 16, 17)
    company.do(MoveEvents((first, second), 24 * 60))
    assert [row.starts_wall for row in company.read(event_rows, *work_day_span(FRI))] == [
        at(14, FRI),
        at(16, FRI),
    ]
    company.engine.undo()
    assert [row.starts_wall for row in company.read(event_rows, *work_day_span(THU))] == [at(14), at(16)]


def test_a_copy_is_a_draft_with_the_same_scenes_people_and_own_times(company):
    event = ghost(company, state="published", own_times=((company.people["Omar"], at(14.75), at(15.5)),))
    (copy,) = company.do(CopyEvents((event,), 24 * 60))
    row = company.read(event_row, copy)
    assert (row.state, row.heading, row.starts_wall) == ("draft", "1.6 Ghost in the Booth", at(14, FRI))
    assert {call.short: call.starts_wall for call in company.read(call_rows, [copy])} == {
        "Karen": at(14, FRI),
        "Jimmy": at(14, FRI),
        "Omar": at(14.75, FRI),
    }


# --- taking away -------------------------------------------------------------------------------------------


def test_a_draft_is_removed_and_a_published_call_cancelled(company):
    draft, published = ghost(company), ghost(company, 16, 17, state="published")
    with pytest.raises(Refused):
        company.do(RemoveEvent(published))
    company.do(ClearEvents((draft, published)))
    assert [(row.id, row.state) for row in company.read(event_rows, *work_day_span(THU))] == [
        (published, "cancelled")
    ]
    company.do(RestoreEvents((published,)))
    assert company.read(event_row, published).state == "draft"


def test_removing_a_call_takes_its_people_with_it_and_undo_brings_them_back(company):
    event = ghost(company)
    company.do(RemoveEvent(event))
    assert company.read(call_rows, [event]) == []
    company.engine.undo()
    assert len(company.read(call_rows, [event])) == 3


def test_people_are_released_called_again_and_taken_out(company):
    event = ghost(company)
    omar = company.people["Omar"]
    company.do(ReleaseCalls(event, (omar,)))
    assert company.read(event_row, event).called == 2
    company.do(SetUnits(event, (company.scenes["1.6"], company.scenes["1.5"])))
    assert company.read(event_row, event).called == 2
    company.do(AddCalls(event, (omar, company.people["Malik"])))
    assert company.read(event_row, event).called == 4
    malik = next(call for call in company.read(call_rows, [event]) if call.short == "Malik")
    company.do(RemoveCall(malik.id))
    assert company.read(event_row, event).called == 3


# --- clashes -----------------------------------------------------------------------------------------------


def put_in(company: Company, first: float = 13, last: float = 17, **fields) -> int:
    people = (company.people["Derek"], company.people["Karen"])
    return company.do(
        AddEvent(company.run, "put-in", at(first), at(last), people=people, title="Put-in: Ivy", **fields)
    )


def test_a_person_in_two_productions_at_once_is_found_from_either(company):
    ghost(company)
    put_in(company)
    expected = ["Overlap: Karen, BOMB put-in 1:00–5:00p and HIT 1.6 2:00–3:30p, Thu 14 Jan"]
    assert words(company) == expected
    assert words(company, production="workshop") == expected
    assert words(company, production="run") == expected


def test_an_own_time_that_avoids_the_clash_settles_it(company):
    event = ghost(company)
    put_in(company, 13, 15)
    karen = next(call for call in company.read(call_rows, [event]) if call.short == "Karen")
    company.do(EditCall(karen.id, {"starts": at(15)}))
    assert words(company) == []


@pytest.mark.parametrize("settle", ["cancel", "release", "optional"])
def test_cancelled_released_and_optional_occupy_nobody(company, settle):
    event, other = ghost(company), put_in(company)
    if settle == "cancel":
        company.do(CancelEvent(other))
    elif settle == "release":
        company.do(ReleaseCalls(event, (company.people["Karen"],)))
    else:
        karen = next(call for call in company.read(call_rows, [event]) if call.short == "Karen")
        company.do(EditCall(karen.id, {"status": "optional"}))
    assert words(company) == []


def test_a_room_is_in_one_use_at_a_time(company):
    ghost(company)
    company.do(AddEvent(company.run, "fitting", at(15), at(16), space=company.rooms["4A"], title="Ivy"))
    assert words(company) == ["Overlap: 4A, HIT 1.6 2:00–3:30p and BOMB fitting 3:00–4:00p, Thu 14 Jan"]


def test_a_meal_occupies_nobody(company):
    ghost(company)
    company.do(
        AddEvent(
            company.workshop,
            "meal",
            at(15),
            at(16),
            space=company.rooms["4A"],
            people=(company.people["Karen"],),
        )
    )
    assert words(company) == []


def test_an_absence_is_found_and_its_reason_is_nowhere(company):
    event = ghost(company)
    absence = company.do(
        AddAvailability(at(15), at(18), person=company.people["Jimmy"], reason="meeting with other producers")
    )
    found = company.read(conflict_rows, *work_day_span(THU), ())
    assert [finding.seen_from(event) for finding in found] == ["Unavailable: Jimmy, 3:00–6:00p"]
    assert "producers" not in repr(found) + repr(company.read(availability_rows, *work_day_span(THU)))
    company.do(EditAvailability(absence, {"hardness": "soft"}))
    assert [f.severity for f in company.read(conflict_rows, *work_day_span(THU), ())] == ["amber"]
    company.do(EditAvailability(absence, {"production": company.run}))
    assert words(company) == []
    company.do(RemoveAvailability(absence))
    assert company.read(availability_rows, *work_day_span(THU)) == []


def test_a_room_that_is_let_to_others_is_found(company):
    ghost(company)
    company.do(AddAvailability(at(14), at(18), space=company.rooms["4A"], kind="blackout", text="Other client"))
    assert words(company) == ["Unavailable: 4A, 1.6 2:00–3:30p and other client 2:00–6:00p, Thu 14 Jan"]


def test_who_is_played_by_another_is_not_in_that_performance(company):
    from stagecraft.services.performances import AddPerformance, SetPerformanceCast

    performance = company.do(AddPerformance(company.workshop, at(14), at(17), space=company.rooms["4B"]))
    event = next(
        row for row in company.read(event_rows, *work_day_span(THU)) if row.performance_id == performance
    )
    assert "Karen" in [call.short for call in company.read(call_rows, [event.id])]
    put_in(company)
    assert [line for line in words(company) if "Karen" in line] != []
    track = company.read(_track_of, company.people["Karen"])
    company.do(SetPerformanceCast(performance, track, company.people["Malik"], "release"))
    assert [line for line in words(company) if "Karen" in line] == []


def _track_of(conn, person: int) -> int:
    from sqlalchemy import select

    from stagecraft.store.schema import Assignment

    return conn.execute(select(Assignment.track_id).where(Assignment.person_id == person)).scalar_one()


def test_two_rooms_in_two_zones_compare_instants_not_clocks(company):
    karen = (company.people["Karen"],)
    company.do(AddEvent(company.workshop, "staging", at(10), at(11), space=company.rooms["4A"], people=karen))
    london = AddEvent(
        company.run, "meeting", at(10), at(11), space=company.rooms["Stage"], people=karen, title="Press"
    )
    company.do(london)
    assert words(company) == []
    company.do(
        AddEvent(
            company.run, "meeting", at(15.5), at(16), space=company.rooms["Stage"], people=karen, title="Call"
        )
    )
    assert len(words(company)) == 1


def test_the_live_check_says_what_would_clash_and_what_is_fine(company):
    event = ghost(company, 10, 11, leaders=(company.people["Derek"],))
    put_in(company)
    found = check_move(company, event, 4 * 60)
    assert [finding.seen_from(event) for finding in found.findings] == [
        "Overlap: Derek, BOMB put-in to 5:00p",
        "Overlap: Karen, BOMB put-in to 5:00p",
    ]
    assert found.fine == ["4A free · Jimmy, Omar free"]
    assert check_move(company, event, 0).findings == []


# --- attendance, trays, groups -----------------------------------------------------------------------------


def test_attendance_is_marked_changed_and_taken_back(company):
    event = ghost(company)
    omar = company.people["Omar"]
    company.do(MarkAttendance(event, omar, "late", at(14.2), "train"))
    assert [(row.name, row.state, row.minutes_late) for row in company.read(attendance_rows, [event])] == [
        ("Omar Reid", "late", 12)
    ]
    company.do(MarkAttendance(event, omar, None))
    assert company.read(attendance_rows, [event]) == []


def test_the_tray_counts_people_and_says_when_a_scene_was_last_worked(company):
    ghost(company)
    rows = company.read(tray_rows, company.workshop, THU)
    assert [(row.number, row.name, row.minutes, len(row.people), row.last) for row in rows] == [
        ("1.1", "Downtown", 60, 2, None),
        ("1.5", "Water Tower", 8, 2, None),
        ("1.6", "Ghost in the Booth", 8, 3, THU),
    ]
    before = company.read(tray_rows, company.workshop, THU, THU - timedelta(days=1))
    assert [row.last for row in before] == [None, None, None]


def test_groups_rooms_and_leaders_are_offered(company):
    groups = {group.name: len(group.people) for group in company.read(group_rows, company.workshop, THU)}
    assert groups == {"Full company": 3, "Principals": 3, "People of Act 1": 3, "Creative team": 1}
    assert [room.words for room in company.read(room_rows, company.workshop)] == [
        "4A, Mercer",
        "4B, Mercer",
        "Stage, Old Vic",
    ]
    assert company.read(leaders_of, company.workshop, "staging", THU) == [company.people["Derek"]]


def test_working_days_are_numbered_from_the_first_rehearsal_and_skip_days_off(company):
    for days in (-30, 0, 0, 1, 4):
        company.do(
            AddEvent(
                company.workshop,
                "staging",
                at(10, THU + timedelta(days)),
                at(11, THU + timedelta(days)),
                title="x",
            )
        )
    company.do(AddEvent(company.workshop, "day-off", at(10, THU + timedelta(2)), at(18, THU + timedelta(2))))
    assert company.read(working_day_numbers) == {
        company.workshop: {THU: 1, THU + timedelta(1): 2, THU + timedelta(4): 3}
    }


# --- costs -------------------------------------------------------------------------------------------------


def statements(company: Company, read) -> int:
    counted: list[str] = []

    def count(conn, cursor, statement, *rest):
        counted.append(statement)

    with company.engine.reading() as conn:
        sa_event.listen(conn.engine, "before_cursor_execute", count)
        try:
            read(conn)
        finally:
            sa_event.remove(conn.engine, "before_cursor_execute", count)
    return len(counted)


def test_a_week_costs_the_same_number_of_statements_for_one_call_and_for_three(company):
    def week(conn):
        read_week(conn, THU - timedelta(days=3), (company.workshop, company.run), (), ())

    ghost(company)
    put_in(company)
    first = statements(company, week)
    ghost(company, 16, 17)
    ghost(company, 18, 19)
    put_in(company, 16, 20)
    assert statements(company, week) == first
