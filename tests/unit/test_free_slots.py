"""Which times are tried first for a call that must move."""

from __future__ import annotations

from datetime import date
from itertools import islice

from stagecraft.domain.free_slots import slot_starts
from stagecraft.domain.times import wall

THU, FRI, SAT = date(2027, 1, 21), date(2027, 1, 22), date(2027, 1, 23)


def at(hour: float, day: date = THU) -> int:
    return wall(day, int(hour * 60))


def test_the_day_as_it_stands_is_searched_from_its_beginning_before_it_is_lengthened() -> None:
    found = list(islice(slot_starts(at(14), 180, (at(10), at(17.5))), 21))
    inside = [at(10 + quarter / 4) for quarter in range(19) if quarter != 16]
    assert found == [*inside, at(14.75), at(15), at(15.25)]


def test_nothing_before_now_is_offered() -> None:
    found = list(islice(slot_starts(at(14), 60, (at(10), at(16)), not_before=at(13) + 7), 4))
    assert found == [at(13.25), at(13.5), at(13.75), at(14.25)]


def test_a_call_longer_than_its_day_goes_on_to_later_times() -> None:
    assert next(slot_starts(at(10), 300, (at(10), at(12)))) == at(10.25)


def test_a_day_off_and_hours_nobody_rehearses_in_are_passed_over() -> None:
    found = list(islice(slot_starts(at(18.75), 180, days_off={FRI}), 3))
    assert found == [at(19), at(10, SAT), at(10.25, SAT)]


def test_an_odd_minute_goes_to_the_next_quarter_hour_and_a_week_is_the_end() -> None:
    found = list(slot_starts(at(11) + 7, 60))
    assert found[0] == at(11.25)
    assert found[-1] == at(11, date(2027, 1, 28))
