"""What is read of the company for work rules: the size of a cast, roles, and which performance is for schools."""

from __future__ import annotations

from datetime import timedelta

import pytest
from calendar_company import THU, Company, build

from stagecraft.queries.rules_calls import part_of
from stagecraft.queries.rules_facts import fact_book
from stagecraft.queries.rules_packs import pack_book
from stagecraft.services.assignments import Assign
from stagecraft.services.contracts import AddContract
from stagecraft.services.people import AddPerson
from stagecraft.services.tracks import AddTrack

FRI = THU + timedelta(days=1)


@pytest.fixture
def company(store) -> Company:
    return build(store)


def test_who_replaced_somebody_does_not_make_the_cast_larger(company: Company) -> None:
    def size() -> int:
        with company.engine.reading() as conn:
            return fact_book(conn, pack_book(conn), []).productions[company.workshop].cast_size

    before = size()
    track = company.do(AddTrack(company.workshop, "Swing", "swing"))
    for person, first, last in (("Malik", None, THU), ("Bo", FRI, None)):
        somebody = company.do(AddPerson(person))
        company.do(Assign(somebody, company.workshop, track, starts_on=first, ends_on=last))
    assert size() == before + 1


@pytest.mark.parametrize(
    ("title", "said"),
    [("School of Rock", False), ("Student matinee", True), ("Schools’ performance", True), ("Evening", False)],
)
def test_a_show_about_a_school_is_no_student_matinee(title: str, said: bool) -> None:
    times = (0, 180, 0, 180)
    part = part_of(*times, 1, 1, "performance", "UTC", None, title, False, 0, 0, 30, "performance")
    assert ("student_matinee" in part.tags) is said


@pytest.mark.parametrize(
    ("job", "role"),
    [("Music contractor", ""), ("Ensemble, swing", "actor"), ("Production stage manager", "stage_management")],
)
def test_a_contract_says_a_role_in_whole_words(company: Company, job: str, role: str) -> None:
    karen = company.people["Karen"]
    company.do(AddContract(karen, company.run, job=job, state="signed", starts_on=THU))
    with company.engine.reading() as conn:
        assert [one.role for one in fact_book(conn, pack_book(conn), [karen]).contracts[karen]] == [role]
