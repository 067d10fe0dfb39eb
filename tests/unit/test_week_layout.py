"""Lanes, columns and minutes of the week view."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stagecraft.domain.times import wall
from stagecraft.ui.widgets.week_layout import DayHead, EventView, WeekShape, hours_shown, lanes, snapped

MONDAY = date(2027, 1, 11)
HEADS = [DayHead(MONDAY + timedelta(days=n), "") for n in range(7)]


def event(day: int, first: float, last: float) -> EventView:
    at = wall(MONDAY + timedelta(days=day))
    starts, ends = at + round(first * 60), at + round(last * 60)
    return EventView(1, 1, starts, ends, "RH", "staging", "draft", "", "", "", "", "", "", "", "", "")


def test_calls_that_do_not_overlap_have_the_whole_width():
    assert lanes([(10, 12, 0), (12, 14, 0)]) == [(0, 1, 1), (0, 1, 1)]


def test_calls_that_overlap_share_it_and_the_first_production_stands_left():
    assert lanes([(10, 12, 1), (10, 12, 0)]) == [(1, 2, 1), (0, 2, 1)]


def test_a_call_alone_between_two_that_overlap_has_the_whole_width():
    spans = [(0, 4, 0), (0, 4, 0), (4, 6, 0), (6, 9, 0), (6, 9, 0)]
    assert lanes(spans)[2] == (0, 1, 1)


def test_a_call_grows_over_lanes_that_are_free_beside_it():
    spans = [(0, 10, 0), (0, 4, 0), (0, 4, 0), (5, 9, 0)]
    assert lanes(spans) == [(0, 3, 1), (1, 3, 1), (2, 3, 1), (1, 3, 2)]


def test_ranks_never_cost_a_lane():
    spans = [(0, 4, 0), (6, 10, 0), (3, 7, 0), (0, 3, 1), (7, 10, 1)]
    assert {across for _lane, across, _wide in lanes(spans)} == {2}


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30), st.integers(0, 2)), max_size=25))
def test_no_two_calls_ever_cover_each_other(found):
    spans = [(start, start + length, rank) for start, length, rank in found]
    placed = lanes(spans)
    for i, one in enumerate(spans):
        lane, across, wide = placed[i]
        assert 0 <= lane < lane + wide <= across
        for j in range(i):
            if one[0] < spans[j][1] and spans[j][0] < one[1]:
                other, total, broad = placed[j]
                assert total == across
                assert lane + wide <= other or other + broad <= lane


def test_the_axis_widens_for_what_straddles_it_and_not_for_what_lies_outside():
    assert hours_shown([event(0, 6.25, 8.75)], HEADS) == (9, 23)
    assert hours_shown([event(0, 8.5, 10)], HEADS) == (8, 23)
    assert hours_shown([event(0, 22, 24.5)], HEADS) == (9, 25)


def test_early_and_late_calls_go_to_the_strips():
    shape = WeekShape(HEADS, 740)
    early, late, shown = event(0, 6.25, 8.75), event(1, 23, 24), event(2, 10, 11)
    assert [shape.outside(one.starts, one.ends) for one in (early, late, shown)] == ["early", "late", ""]


def test_a_point_and_a_wall_minute_are_two_names_of_one_place():
    shape = WeekShape(HEADS, 740)
    at = wall(MONDAY + timedelta(days=3), 14 * 60)
    box = shape.box(at, at + 90)
    assert box is not None
    assert (box.y, box.height) == (5 * 44 + 1, 64)
    assert shape.wall_at(box.x + 5, shape.y(14 * 60)) == at


def test_a_call_after_midnight_belongs_to_the_evening_before():
    shape = WeekShape(HEADS, 740, last=28)
    at = wall(MONDAY + timedelta(days=4), 60)
    box = shape.box(at, at + 60)
    assert box is not None
    assert shape.day_at(box.x) == 3


def test_the_weekend_narrows_to_half_when_there_is_no_room():
    shape = WeekShape(HEADS, 500)
    widths = [shape.column(day)[1] for day in range(7)]
    assert len(set(widths[:5])) <= 2
    assert abs(widths[5] * 2 - widths[0]) <= 2


def test_times_snap_to_the_nearest_quarter_hour():
    at = wall(MONDAY, 600)
    assert [snapped(at + minute, 15) - at for minute in (7, 8, 22, 23)] == [0, 15, 15, 30]
    assert snapped(at + 7, 1) == at + 7
