"""Where breaks go by the usual patterns."""

from __future__ import annotations

import pytest

from stagecraft.domain.planned_breaks import breaks_after, pattern_of


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


@pytest.mark.parametrize(
    ("span", "work", "length", "found"),
    [
        ((at(10), at(10, 55)), 55, 5, []),
        ((at(10), at(13)), 55, 5, [(at(10, 55), at(11)), (at(11, 55), at(12))]),
        ((at(10), at(13)), 80, 10, [(at(11, 20), at(11, 30)), (at(12, 50), at(13))]),
        ((at(10), at(13, 10)), 80, 10, [(at(11, 20), at(11, 30)), (at(12, 50), at(13))]),
        ((at(10), at(11)), 55, 5, []),
    ],
)
def test_a_break_comes_after_so_much_work_and_never_only_to_end_the_call(span, work, length, found):
    assert breaks_after(*span, work, length) == found


def test_work_begins_anew_after_the_meal():
    meal = (at(13), at(14))
    assert breaks_after(at(12), at(16), 80, 10, [meal]) == [(at(15, 20), at(15, 30))]


def test_a_pattern_is_known_again_by_its_breaks():
    span = (at(10), at(13))
    assert pattern_of(*span, breaks_after(*span, 55, 5)) == (5, 55)
    assert pattern_of(*span, breaks_after(*span, 80, 10)) == (10, 80)
    assert pattern_of(*span, [(at(11), at(11, 5))]) is None
    assert pattern_of(*span, []) is None
