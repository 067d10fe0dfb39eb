"""Rehearsal reports through the engine, on both engines: day 9 of the workshop (paperwork.md §2.1, §8.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event as listening

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import DEPARTMENTS
from stagecraft.domain.times import wall
from stagecraft.queries.calendar import event_rows
from stagecraft.queries.report_day import attendance_groups, attended_rows, report_day
from stagecraft.queries.reports import (
    ReportPage,
    open_note_rows,
    report_by_number,
    report_page,
    report_rows,
)
from stagecraft.services.calendar import AddAvailability, AddCall, AddEvent, EditCall, MarkAttendance
from stagecraft.services.command import Command
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.notes import (
    AddNote,
    AnswerNote,
    EditNote,
    FinishNote,
    KeepLine,
    MoveNote,
    RemoveNote,
    TypeNote,
)
from stagecraft.services.people import AddPerson
from stagecraft.services.performances import AddPerformance
from stagecraft.services.reports import (
    AddWork,
    EditReport,
    EditWork,
    FillFromCalendar,
    RemoveReport,
    RenumberReport,
    SetBreaks,
    StartReport,
)
from stagecraft.services.venues import AddSpace, AddVenue
from stagecraft.store.schema import Issue
from stagecraft.store.store import Store

DAY = date(2027, 1, 21)


def at(hour: int, minute: int = 0, day: date = DAY) -> int:
    return wall(day, hour * 60 + minute)


@dataclass
class Workshop:
    """A workshop with two rooms and an engine to act on it."""

    engine: Engine
    production: int
    rooms: dict[str, int]

    def do(self, command: Command) -> Any:
        return self.engine.execute(command).value

    def page(self, report: int) -> ReportPage:
        with self.engine.reading() as conn:
            found = report_page(conn, report)
        assert found is not None
        return found

    def codes(self, report: int) -> dict[str, str]:
        """Every note of a report: code → state."""
        return {note.code: note.state for one in self.page(report).departments for note in one.notes}

    def call(self, kind: str, start: int, end: int, room: str = "4A", **more: object) -> int:
        return self.do(AddEvent(self.production, kind, start, end, self.rooms[room], **more))

    def issue(self, number: int) -> None:
        with self.engine.store.step("IssueDocument", origin="", who="", clock=self.engine.clock) as work:
            work.add(
                Issue(production_id=self.production, document="rehearsal-report", subject=str(number), version=1,
                      issued_at=0, privacy="Team", paper="letter", pdf="", sheet="{}")
            )  # fmt: skip


@pytest.fixture
def workshop(store: Store) -> Workshop:
    engine = Engine(store, Clock.on(DAY), who="rosa")
    venue = engine.execute(AddVenue("Mercer Rehearsal Rooms")).value
    rooms = {name: engine.execute(AddSpace(venue, name)).value for name in ("4A", "4B")}
    production = engine.execute(AddProduction(name="Hit List", code="HIT", kind="workshop")).value
    return Workshop(engine, production, rooms)


def test_a_report_opens_with_what_the_calendar_knows(workshop: Workshop) -> None:
    josh = workshop.do(AddPerson("Josh"))
    workshop.call("choreography", at(10), at(13), title="Sc 1.7 “On Top”, choreography", leaders=(josh,))
    workshop.call("music", at(10), at(11, 30), "4B")
    workshop.call("run", at(14), at(18), title="Stumble Act I")
    workshop.call("meeting", at(18), at(19))
    page = workshop.page(workshop.do(StartReport(workshop.production, DAY)))
    assert (page.number, page.started, page.ended) == (1, at(10), at(18))
    assert (page.meal_starts, page.meal_ends, page.worked) == (at(13), at(14), 420)
    assert [(line.starts_wall, line.room, line.text, line.led_by) for line in page.work] == [
        (at(10), "4B", "Music", ""),
        (at(10), "4A", "Sc 1.7 “On Top”, choreography", "Josh"),
        (at(14), "4A", "Stumble Act I", ""),
    ]


def test_a_planned_meal_is_the_meal(workshop: Workshop) -> None:
    workshop.call("staging", at(10), at(18))
    workshop.call("meal", at(12, 30), at(13, 30))
    page = workshop.page(workshop.do(StartReport(workshop.production, DAY)))
    assert (page.meal_starts, page.meal_ends, page.worked) == (at(12, 30), at(13, 30), 420)


def test_every_department_stands_in_every_report(workshop: Workshop) -> None:
    page = workshop.page(workshop.do(StartReport(workshop.production, DAY)))
    assert [(one.code, one.route) for one in page.departments] == [(one.code, one.route) for one in DEPARTMENTS]
    assert page.work == []


def test_numbers_run_on_and_an_issued_one_is_never_given_again(workshop: Workshop) -> None:
    first = workshop.do(StartReport(workshop.production, DAY))
    second = workshop.do(StartReport(workshop.production, DAY + timedelta(days=1)))
    workshop.issue(1)
    with pytest.raises(Refused) as refused:
        workshop.do(RemoveReport(first))
    assert refused.value.message == "Report #1 has been issued and stays on file."
    workshop.do(RemoveReport(second))
    workshop.issue(2)
    third = workshop.do(StartReport(workshop.production, DAY + timedelta(days=2)))
    assert workshop.page(third).number == 3
    with pytest.raises(Refused):
        workshop.do(RenumberReport(third, 2))
    workshop.do(RenumberReport(third, 9))
    with workshop.engine.reading() as conn:
        assert [(row.number, row.state) for row in report_rows(conn, [workshop.production])] == [
            (9, "draft"),
            (1, "issued v1"),
        ]
        assert report_by_number(conn, workshop.production, 9) == workshop.page(third)


def test_a_note_for_two_departments_stands_in_both_as_twins(workshop: Workshop) -> None:
    report = workshop.do(StartReport(workshop.production, DAY))
    workshop.do(AddNote(report, ("props",), "Stool"))
    workshop.do(TypeNote(report, "p,s: Please may we have 2 mic stands in 4A."))
    notes = {one.code: one.notes for one in workshop.page(report).departments}
    assert [(note.code, note.twins) for note in notes["props"]] == [("P1", []), ("P2", ["Sound S1"])]
    assert [(note.code, note.twins) for note in notes["sound"]] == [("S1", ["Props P2"])]
    workshop.do(EditNote(notes["sound"][0].id, text="3 mic stands."))
    assert workshop.page(report).departments[1].notes[1].text == "3 mic stands."
    workshop.do(RemoveNote(notes["props"][1].id))
    assert workshop.page(report).departments[5].notes[0].twins == []


def test_a_note_without_a_department_is_general(workshop: Workshop) -> None:
    report = workshop.do(StartReport(workshop.production, DAY))
    workshop.do(TypeNote(report, "Act II: slow"))
    workshop.do(TypeNote(report, "g: audience warm"))
    assert workshop.page(report).general == "Act II: slow\naudience warm"


def test_unanswered_notes_carry_over_with_their_numbers(workshop: Workshop) -> None:
    first = workshop.do(StartReport(workshop.production, DAY))
    kept, done = (
        workshop.do(TypeNote(first, "sm: 2 people without D3-yellow")),
        workshop.do(TypeNote(first, "c: hem")),
    )
    twins = workshop.do(TypeNote(first, "p,s: 2 mic stands"))
    workshop.do(FinishNote(done[0]))
    second = workshop.do(StartReport(workshop.production, DAY + timedelta(days=1)))
    third = workshop.do(StartReport(workshop.production, DAY + timedelta(days=2)))
    assert workshop.codes(second) == {"SM1": "carried", "P1": "carried", "S1": "carried"}
    assert workshop.codes(third) == workshop.codes(second)
    with workshop.engine.reading() as conn:
        rows = open_note_rows(conn, (workshop.production,))
    assert [(row.code, row.since, row.twins) for row in rows] == [
        ("P1", DAY, ["Sound S1"]),
        ("S1", DAY, ["Props P1"]),
        ("SM1", DAY, []),
    ]
    workshop.do(AnswerNote(kept[0], "Handed out."))
    assert workshop.codes(third)["SM1"] == "answered"
    workshop.do(AnswerNote(kept[0], ""))
    assert (workshop.codes(first)["SM1"], workshop.codes(third)["SM1"]) == ("new", "carried")
    assert len(twins) == 2


def test_numbers_count_per_department(workshop: Workshop) -> None:
    report = workshop.do(StartReport(workshop.production, DAY))
    for typed in ("p: one", "p: two", "lx: one", "p: three"):
        workshop.do(TypeNote(report, typed))
    assert list(workshop.codes(report)) == ["P1", "P2", "P3", "LX1"]
    workshop.do(MoveNote(workshop.page(report).departments[1].notes[0].id, "lighting"))
    assert sorted(workshop.codes(report)) == ["LX1", "LX2", "P2", "P3"]


def test_notes_that_left_the_house_keep_their_number(workshop: Workshop) -> None:
    report = workshop.do(StartReport(workshop.production, DAY))
    (note,) = workshop.do(TypeNote(report, "p: one"))
    workshop.issue(1)
    for command in (RemoveNote(note), MoveNote(note, "sound")):
        with pytest.raises(Refused):
            workshop.do(command)


def test_a_half_typed_note_is_kept_and_undo_gives_it_back(workshop: Workshop) -> None:
    report = workshop.do(StartReport(workshop.production, DAY))
    for text in ("p: 2", "p: 2 mic", "p: 2 mic stands"):
        workshop.do(KeepLine(report, text))
    assert workshop.page(report).line == "p: 2 mic stands"
    workshop.do(TypeNote(report, "p: 2 mic stands"))
    assert workshop.page(report).line == ""
    workshop.engine.undo()
    assert (workshop.page(report).line, workshop.codes(report)) == ("p: 2 mic stands", {})
    workshop.engine.undo()
    assert workshop.page(report).line == ""
    assert workshop.page(report).number == 1


def test_attendance_says_minutes_and_code_words_only(workshop: Workshop) -> None:
    people = {
        name: workshop.do(AddPerson(name)) for name in ("Cal Webb", "Sol Bright", "Lena Frost", "Mia Ford")
    }
    event = workshop.call("staging", at(10), at(13), people=tuple(people.values()))
    workshop.do(MarkAttendance(event, people["Cal Webb"], "late", at(10, 12), "train"))
    workshop.do(MarkAttendance(event, people["Lena Frost"], "injured", None, "ankle"))
    workshop.do(MarkAttendance(event, people["Mia Ford"], "present"))
    workshop.do(AddAvailability(at(9), at(19), person=people["Sol Bright"], reason="dentist"))
    with workshop.engine.reading() as conn:
        rows = attended_rows(conn, workshop.production, DAY)
    assert [(row.state, row.words) for row in rows] == [
        ("late", "Cal Webb 10:12a, 12 min"),
        ("excused", "Sol Bright, Unavailable"),
        ("injured", "Lena Frost, out"),
    ]
    groups = {title: [row.person for row in group] for title, group in attendance_groups(rows).items()}
    assert groups == {"Late": ["Cal Webb"], "Absent": [], "Excused": ["Sol Bright"], "Out": ["Lena Frost"]}


def test_a_rehearsal_report_leaves_the_evening_to_the_report_of_the_performance(workshop: Workshop) -> None:
    cal = workshop.do(AddPerson("Cal Webb"))
    workshop.call("staging", at(10), at(13), people=(cal,))
    performance = workshop.do(AddPerformance(workshop.production, at(20), number=1))
    with workshop.engine.reading() as conn:
        (show,) = (one for one in event_rows(conn, at(0), at(24)) if one.performance_id == performance)
    call = workshop.do(AddCall(show.id, cal))
    workshop.do(EditCall(call, {"starts": at(19, 30)}))
    workshop.do(MarkAttendance(show.id, cal, "late", at(19, 42)))
    with workshop.engine.reading() as conn:
        assert attended_rows(conn, workshop.production, DAY) == []
        marks = attended_rows(conn, workshop.production, DAY, performance)
        assert [row.words for row in marks] == ["Cal Webb 7:42p, 12 min"]
        assert [row.name for row in report_day(conn, workshop.production, DAY).people] == ["Cal Webb"]


def test_nobody_is_late_before_their_call(workshop: Workshop) -> None:
    cal = workshop.do(AddPerson("Cal Webb"))
    event = workshop.call("staging", at(10), at(13), people=(cal,))
    with pytest.raises(Refused, match=r"10:00a is not after the call at 10:00a\."):
        workshop.do(MarkAttendance(event, cal, "late", at(10)))


def test_breaks_work_and_texts_are_edited_in_place(workshop: Workshop) -> None:
    workshop.call("staging", at(10), at(13), title="Sc 1.5")
    report = workshop.do(StartReport(workshop.production, DAY))
    workshop.do(SetBreaks(report, ((at(11, 15), at(11, 25)), (at(10, 30), at(10, 35)))))
    line = workshop.do(AddWork(report, "Ensemble vocals", at(14), at(16), "4B", "Malik"))
    workshop.do(EditWork(line, {"run_minutes": 76, "text": "Stumble Act I"}))
    workshop.do(EditReport(report, {"ended": at(18), "run_title": "Act I stumble", "run_minutes": 76}))
    page = workshop.page(report)
    assert page.breaks == [(at(10, 30), at(10, 35)), (at(11, 15), at(11, 25))]
    assert [(one.text, one.run_minutes) for one in page.work] == [("Sc 1.5", None), ("Stumble Act I", 76)]
    assert (page.ended, page.run_minutes) == (at(18), 76)
    workshop.call("music", at(16), at(17), "4B", title="Missed Call")
    workshop.do(FillFromCalendar(report))
    page = workshop.page(report)
    assert [one.text for one in page.work] == ["Sc 1.5", "Stumble Act I", "Missed Call"]
    assert page.breaks[1] == (at(11, 15), at(11, 25))


def test_what_cannot_be_is_refused_in_words(workshop: Workshop) -> None:
    report = workshop.do(StartReport(workshop.production, DAY))
    for command in [
        EditReport(report, {"started": at(10), "ended": at(9)}),
        SetBreaks(report, ((at(11), at(11)),)),
        AddWork(report, " "),
        AddNote(report, ("props",), " "),
        StartReport(workshop.production, DAY, number=1),
        StartReport(workshop.production, DAY, number=0),
    ]:
        with pytest.raises(Refused) as refused:
            workshop.do(command)
        assert refused.value.message.endswith(".")


def statements(workshop: Workshop, report: int) -> int:
    """How many statements reading a report sends."""
    sent: list[str] = []
    with workshop.engine.reading() as conn:
        listening.listen(conn, "before_cursor_execute", lambda *given: sent.append(given[2]))
        report_page(conn, report)
        report_rows(conn)
        attended_rows(conn, workshop.production, DAY)
        open_note_rows(conn, (workshop.production,))
    return len(sent)


def test_reading_a_report_costs_the_same_however_full_it_is(workshop: Workshop) -> None:
    person = workshop.do(AddPerson("Cal Webb"))
    event = workshop.call("staging", at(10), at(13), people=(person,))
    workshop.do(MarkAttendance(event, person, "late", at(10, 12)))
    report = workshop.do(StartReport(workshop.production, DAY))
    workshop.do(TypeNote(report, "p: one"))
    one = statements(workshop, report)
    for typed in ("p,s: two", "lx: three"):
        workshop.do(TypeNote(report, typed))
    workshop.do(AddWork(report, "Ensemble vocals"))
    workshop.do(StartReport(workshop.production, DAY + timedelta(days=1)))
    assert statements(workshop, report) == one
