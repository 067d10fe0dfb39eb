"""Whose calls a step changed: the people a check of work rules must look at again, and nobody else."""

from __future__ import annotations

import pytest
from calendar_company import THU, at, build

from stagecraft.queries.breaks import planned_breaks
from stagecraft.queries.calendar import call_rows
from stagecraft.queries.step_people import step_people
from stagecraft.services.breaks import ForgetBreaks, PlanBreaks
from stagecraft.services.calendar import AddAvailability, AddEvent, MoveEvent, RemoveCall, RemoveEvent


@pytest.fixture
def company(store):
    return build(store)


def touched(company, command) -> set[str]:
    changes = company.engine.execute(command)
    names = {person: name for name, person in company.people.items()}
    return {names[person] for person in company.read(step_people, changes.step)}


def undone(company) -> set[str]:
    changes = company.engine.undo()
    names = {person: name for name, person in company.people.items()}
    return {names[person] for person in company.read(step_people, changes.step)}


def test_everybody_in_a_call_that_is_made_moved_or_removed_is_touched(company):
    people = tuple(company.people[name] for name in ("Karen", "Omar"))
    event = company.do(AddEvent(company.workshop, "staging", at(10), at(12), people=people, title="A"))
    company.do(
        AddEvent(company.workshop, "staging", at(10), at(12), people=(company.people["Jimmy"],), title="B")
    )
    assert touched(company, MoveEvent(event, at(11))) == {"Karen", "Omar"}
    call = next(call for call in company.read(call_rows, [event]) if call.person_id == company.people["Omar"])
    assert touched(company, RemoveCall(call.id)) == {"Omar"}
    assert touched(company, PlanBreaks(event, (("short", at(11.5), at(11.75)),))) == {"Karen"}
    assert company.read(planned_breaks, [event])[event][0].starts_wall == at(11.5)
    assert touched(company, ForgetBreaks(event)) == {"Karen"}
    assert company.read(planned_breaks, [event]) == {}
    assert touched(company, RemoveEvent(event)) == {"Karen"}
    assert undone(company) == {"Karen"}


def test_a_meal_touches_whom_it_stands_between(company):
    for name, hours in (("Karen", (10, 13)), ("Omar", (14, 18))):
        people = (company.people[name],)
        company.do(AddEvent(company.workshop, "staging", at(hours[0]), at(hours[1]), people=people))
    company.do(AddEvent(company.run, "music", at(10), at(13), people=(company.people["Jimmy"],)))
    event = company.engine.execute(AddEvent(company.workshop, "meal", at(13), at(14), title="Lunch")).value
    assert touched(company, MoveEvent(event, at(13.5))) == {"Karen", "Omar"}
    assert touched(company, RemoveEvent(event)) == {"Karen", "Omar"}
    assert undone(company) == {"Karen", "Omar"}


def test_an_absence_touches_whose_it_is(company):
    assert touched(company, AddAvailability(at(9), at(12), person=company.people["Malik"])) == {"Malik"}
    assert company.engine.clock.today() == THU
