"""How an event, a clash and the people of a call are put into words."""

from datetime import date

from stagecraft.domain.calendar import (
    heading,
    kind_of_title,
    people_line,
    rehearsal_minutes,
    short_heading,
    unit_numbers,
)
from stagecraft.domain.conflicts import Busy, Occupancy, Slot, check_slots, free_window
from stagecraft.domain.findings import AMBER, RED, worst_first
from stagecraft.domain.times import wall

FRI = date(2027, 1, 15)


def at(hour: float) -> int:
    return wall(FRI, round(hour * 60))


def slot(first: float, last: float, event: int = 1, what: str = "1.6") -> Slot:
    return Slot(event, what, at(first), at(last), at(first), at(last))


def busy(
    first: float, last: float, event: int | None = 2, what: str = "put-in", hardness: str = "hard"
) -> Busy:
    return Busy(event, what, at(first), at(last), at(first), at(last), hardness)


def test_an_event_is_called_by_its_title_else_number_else_scenes_else_kind():
    one = [("1.6", "Ghost in the Booth")]
    assert heading("staging", "Meet and greet", one, None) == "Meet and greet"
    assert heading("performance", "", [], 311) == "#311"
    assert heading("staging", "", one) == "1.6 Ghost in the Booth"
    assert heading("staging", "", [("1.5", "Water Tower"), ("1.6", "Ghost")]) == "1.5, 1.6"
    assert heading("photo", "", []) == "Photo call"


def test_many_scenes_are_counted():
    assert unit_numbers(["1.1", "1.2", "1.3", "1.4", "1.5"]) == "1.1, 1.2, 1.3, 1.4, 1.5"
    assert unit_numbers([f"1.{n}" for n in range(1, 10)]) == "1.1, 1.2, 1.3, 1.4 and 5 more"


def test_a_finding_calls_an_event_by_what_tells_most():
    assert short_heading("put-in", "Put-in: Ivy Lynn", []) == "put-in"
    assert short_heading("staging", "", [("1.6", "Ghost in the Booth")]) == "1.6"
    assert short_heading("performance", "Farewell", [], 317) == "#317"
    assert short_heading("meeting", "Budget", []) == "Budget"


def test_a_typed_title_names_its_kind():
    kinds = {
        text: kind_of_title(text)
        for text in ("Lunch", "Put-in: Ivy", "Ens vocals", "Production meeting", "Notes")
    }
    assert kinds == {
        "Lunch": "meal",
        "Put-in: Ivy": "put-in",
        "Ens vocals": "music",
        "Production meeting": "meeting",
        "Notes": None,
    }


def test_the_people_line_says_company_only_for_everybody():
    assert people_line(["Karen", "Jimmy"], 0, ["Derek"], False) == "Karen, Jimmy · Derek"
    assert people_line(["Lena"], 6, ["Josh"], False) == "Lena, Ens · Josh"
    assert people_line([], 0, ["Malik"], True) == "company · Malik"


def test_a_clash_is_said_in_the_words_of_the_other_event():
    around = Occupancy(people={7: [busy(13, 17)]}, person_names={7: "Derek"})
    found = check_slots([(7, slot(14, 15.5))], [], around).findings
    assert [finding.seen_from(1) for finding in found] == ["Overlap: Derek, put-in to 5:00p"]
    assert [finding.words for finding in found] == [
        "Overlap: Derek, put-in 1:00–5:00p and 1.6 2:00–3:30p, Fri 15 Jan"
    ]


def test_a_clash_between_two_shows_names_the_other_one():
    theirs, mine = busy(13, 17), slot(14, 15.5)
    theirs.show, mine.show = "Bombshell", "Hit List"
    found = check_slots([(7, mine)], [], Occupancy(people={7: [theirs]}, person_names={7: "Derek"})).findings
    assert [finding.seen_from(1) for finding in found] == ["Overlap: Derek, Bombshell put-in to 5:00p"]
    assert [finding.words for finding in found] == [
        "Overlap: Derek, Bombshell put-in 1:00–5:00p and Hit List 1.6 2:00–3:30p, Fri 15 Jan"
    ]


def test_an_absence_shows_its_time_and_nothing_else():
    around = Occupancy(people={7: [busy(11, 12.5, None, "unavailable")]}, person_names={7: "Derek"})
    found = check_slots([(7, slot(10, 12))], [], around).findings
    assert [(finding.rule, finding.seen_from(1)) for finding in found] == [
        ("unavailable.person", "Unavailable: Derek, 11:00a–12:30p")
    ]


def test_what_ends_as_the_other_begins_does_not_clash():
    around = Occupancy(
        people={7: [busy(13, 14)]}, spaces={3: [busy(15, 16)]}, person_names={7: "D"}, space_names={3: "4A"}
    )
    assert check_slots([(7, slot(14, 15))], [(3, slot(14, 15))], around).findings == []


def test_red_stands_before_amber_and_then_time_decides():
    around = Occupancy(
        people={7: [busy(14, 15, None, hardness="soft")], 8: [busy(15, 16)], 9: [busy(14, 15)]},
        person_names={7: "Ann", 8: "Bob", 9: "Cy"},
    )
    found = worst_first(check_slots([(n, slot(14, 16)) for n in (7, 8, 9)], [], around).findings)
    assert [(finding.severity, finding.name) for finding in found] == [
        (RED, "Cy"),
        (RED, "Bob"),
        (AMBER, "Ann"),
    ]


def test_what_is_fine_is_said_too():
    around = Occupancy(
        people={7: [busy(10, 12), busy(16, 18)]},
        person_names={7: "Karen", 8: "Jimmy", 9: "Omar"},
        space_names={3: "4A"},
    )
    fine = check_slots([(n, slot(14, 15)) for n in (7, 8, 9)], [(3, slot(14, 15))], around).fine
    assert fine == ["Karen free 12:00n–4:00p", "4A free · Jimmy, Omar free"]


def test_a_free_window_is_open_where_nothing_bounds_it():
    assert free_window(slot(14, 15), [busy(10, 12)]) == "from 12:00n"
    assert free_window(slot(14, 15), [busy(16, 18)]) == "to 4:00p"
    assert free_window(slot(14, 15), []) is None


def test_scenes_are_called_for_five_times_their_playing_time_in_quarters_of_an_hour():
    assert [rehearsal_minutes(scenes) for scenes in ([8], [8, 4], [13], [None], [2], [])] == [
        45,
        60,
        75,
        30,
        30,
        30,
    ]
