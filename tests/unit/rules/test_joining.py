"""When events are one call: side by side, or with nothing but a planned meal between them."""

from __future__ import annotations

from stagecraft.domain.rules.calls import MEAL, SHORT, Break, Posting
from stagecraft.domain.rules.joining import Around, Part, joined

LUNCH = Around(meals={1: [(780, 840)]})


def part(event: int, first: int, last: int, kind: str = "music", **more) -> Part:
    """A part of production 1 with instants that are wall minutes."""
    return Part(**{"event": event, "production": 1, "kind": kind, "starts_at": first, "ends_at": last,
                   "starts_wall": first, "ends_wall": last, **more})  # fmt: skip


def spans(*parts: Part, around: Around = LUNCH) -> list[tuple[str, int, int, tuple[int, ...]]]:
    return [(call.kind, call.starts_at, call.ends_at, call.events) for call in joined(7, parts, around)]


def test_events_that_touch_are_one_call_and_of_several_kinds_a_rehearsal():
    assert spans(part(1, 600, 660), part(2, 660, 720)) == [("music", 600, 720, (1, 2))]
    assert spans(part(1, 600, 660), part(2, 660, 720, "staging")) == [("rehearsal", 600, 720, (1, 2))]


def test_a_call_knows_the_zone_of_its_place():
    assert [call.zone for call in joined(7, [part(1, 600, 780, zone="Europe/London")], LUNCH)] == [
        "Europe/London"
    ]


def test_a_meal_joins_and_is_a_break_and_any_other_gap_parts():
    (call,) = joined(7, [part(1, 600, 780), part(2, 840, 1080)], LUNCH)
    assert (call.breaks, call.breaks_known) == ((Break(MEAL, 780, 840),), False)
    assert len(spans(part(1, 600, 780), part(2, 841, 1080))) == 2
    assert len(spans(part(1, 600, 779), part(2, 840, 1080))) == 2
    # Who is called later or leaves earlier has the meal, and no more, between.
    assert spans(part(1, 600, 790), part(2, 830, 1080)) == [("music", 600, 1080, (1, 2))]


def test_only_the_productions_own_meal_joins():
    assert len(spans(part(1, 600, 780), part(2, 840, 1080), around=Around(meals={2: [(780, 840)]}))) == 2
    assert len(spans(part(1, 600, 660), part(2, 660, 720, production=2))) == 2


def test_what_overlaps_stays_two_calls():
    assert spans(part(1, 600, 720), part(2, 660, 780)) == [("music", 600, 720, (1,)), ("music", 660, 780, (2,))]


def test_what_agreements_count_by_itself_stays_by_itself():
    assert len(spans(part(1, 600, 660), part(2, 660, 720, "understudy"))) == 2
    assert spans(part(1, 600, 660, "put-in"), part(2, 660, 720, "put-in")) == [("put-in", 600, 720, (1, 2))]
    shows = [
        part(n, 60 * n, 60 * n + 60, "performance", curtain_at=60 * n, curtain_wall=60 * n) for n in (10, 11)
    ]
    assert len(spans(*shows)) == 2


def test_a_performance_begins_at_half_hour_unless_somebody_comes_later():
    show = part(1, 1140, 1300, "performance", half_hour=30, curtain_at=1140, curtain_wall=1140)
    late = part(2, 1200, 1300, "performance", half_hour=30, curtain_at=1140, curtain_wall=1140)
    early = part(3, 1080, 1300, "performance", half_hour=30, curtain_at=1140, curtain_wall=1140)
    assert [spans(one)[0][1] for one in (show, late, early)] == [1110, 1200, 1080]


def test_planned_breaks_are_whole_only_when_every_event_has_them():
    around = Around(breaks={1: [Break(SHORT, 650, 660)]})
    planned, other = part(1, 600, 720, breaks_planned=True), part(2, 720, 780)
    (call,) = joined(7, [planned], around)
    assert (call.breaks, call.breaks_known) == ((Break(SHORT, 650, 660),), True)
    (call,) = joined(7, [planned, other], around)
    assert (len(call.breaks or ()), call.breaks_known) == (1, False)
    (call,) = joined(7, [other], around)
    assert call.breaks is None


def test_a_meal_inside_an_event_is_a_break_of_it():
    (call,) = joined(7, [part(1, 600, 1080)], LUNCH)
    assert call.breaks == (Break(MEAL, 780, 840),)


def test_a_posting_says_the_half_hour_as_the_call_does():
    around = Around(postings={(1, 7): [Posting(5, 1140, 1300)]})
    show = part(1, 1140, 1300, "performance", half_hour=30, curtain_at=1140, curtain_wall=1140)
    (call,) = joined(7, [show], around)
    assert call.postings == (Posting(5, 1110, 1300),)
