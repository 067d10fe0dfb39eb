"""Option deadlines with their formula, alarms, what is due next, the final performance (paperwork.md §8.3, §10.8)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stagecraft.domain.contract_dates import (
    Deadline,
    Showing,
    alarm_text,
    alarms,
    days_text,
    deadline_severity,
    final_performance,
    formula_text,
    left_text,
    next_deadline,
    next_states,
    notice_text,
    option_due,
    option_formula,
    overdue,
    parse_notice,
    severity,
)
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.times import wall, work_day

days = st.dates(min_value=date(2000, 1, 10), max_value=date(2090, 1, 1))
weeks = st.integers(min_value=0, max_value=104)


def test_formula_of_karens_option():
    assert formula_text(date(2027, 1, 17), 8) == "Sun 17 Jan 2027 \u2212 8 weeks = Sun 22 Nov 2026"


def test_formula_of_one_week():
    assert formula_text(date(2027, 1, 17), 1) == "Sun 17 Jan 2027 − 1 week = Sun 10 Jan 2027"


def test_deadline_set_by_hand_wins():
    assert option_due(date(2027, 1, 17), 8, date(2026, 12, 1)) == date(2026, 12, 1)
    assert option_formula(date(2027, 1, 17), 8, date(2026, 12, 1)) == "Tue 1 Dec 2026, set by hand"


def test_option_without_a_term_has_no_date():
    assert option_due(None, 8) is None
    assert option_formula(None, 8) == "8 weeks before the end of the term; the term has no last day yet"


@given(days, weeks)
def test_deadline_is_the_same_weekday_that_many_weeks_before(ends_on, notice):
    due = option_due(ends_on, notice)
    assert due is not None
    assert (ends_on - due).days == 7 * notice
    assert due.weekday() == ends_on.weekday()


@given(days, st.integers(min_value=-400, max_value=400))
def test_overdue_begins_on_the_day_after(due, ahead):
    today = due - timedelta(days=ahead)
    assert overdue(due, today) == (today >= due + timedelta(days=1))
    assert severity(due, today) == ("red" if ahead <= 30 else "amber" if ahead <= 60 else "")


def test_alarms_are_fourteen_seven_and_one_day_before():
    assert alarms(date(2027, 1, 31)) == (date(2027, 1, 17), date(2027, 1, 24), date(2027, 1, 30))
    assert alarm_text(date(2027, 1, 31), date(2027, 1, 21)) == "T-14 passed · T-7 Sun 24 Jan · T-1 Sat 30 Jan"


def test_days_in_words():
    today = date(2027, 1, 21)
    assert [
        days_text(date(2027, 1, 31), today),
        days_text(date(2027, 1, 22), today),
        days_text(today, today),
        days_text(date(2027, 1, 19), today),
        days_text(date(2027, 1, 17), today, to_do=False),
        days_text(date(2028, 1, 16), today),
    ] == ["10 days", "1 day", "today", "2 days overdue", "4 days ago", "51 weeks"]


def test_left_of_a_term_on_paper():
    today = date(2027, 1, 13)
    assert [
        left_text(date(2027, 1, 17), today),
        left_text(date(2027, 3, 28), today),
        left_text(date(2028, 1, 16), today),
        left_text(date(2027, 1, 20), today),
        left_text(date(2027, 1, 14), today),
        left_text(None, today),
        left_text(date(2027, 1, 12), today),
    ] == ["4 days", "10 wk 4 d", "52 wk 4 d", "1 wk", "1 day", "—", "ended"]


def _deadline(kind: str, due: date, *, open_: bool = True, item: int = 1) -> Deadline:
    return Deadline(kind, item, kind, due, "", open=open_)


def test_next_deadline_is_the_open_option_before_the_term():
    option, term = _deadline("option", date(2027, 1, 31)), _deadline("term", date(2027, 3, 28))
    assert next_deadline([term, option], date(2027, 1, 21)) == option


def test_a_decided_option_leaves_the_end_of_the_term():
    option, term = _deadline("option", date(2026, 11, 22), open_=False), _deadline("term", date(2027, 1, 17))
    assert next_deadline([option, term], date(2027, 1, 13)) == term
    assert deadline_severity(term, date(2027, 1, 13)) == ""


def test_an_overdue_option_stays_first_until_the_term_is_over():
    option, term = _deadline("option", date(2026, 11, 22)), _deadline("term", date(2027, 1, 17))
    assert next_deadline([option, term], date(2027, 1, 13)) == option
    assert deadline_severity(option, date(2027, 1, 13)) == "red"
    assert next_deadline([option, term], date(2027, 1, 18)) == term


@given(
    st.lists(st.tuples(st.sampled_from(["option", "rider", "other"]), days, st.booleans()), max_size=8), days
)
def test_next_deadline_is_the_earliest_open_one(items, today):
    deadlines = [_deadline(kind, due, open_=open_, item=i) for i, (kind, due, open_) in enumerate(items)]
    found = next_deadline(deadlines, today)
    open_days = [one.due_on for one in deadlines if one.open]
    assert (found.due_on if found else None) == min(open_days, default=None)


def _week(first: date, start: int, count: int) -> list[Showing]:
    return [Showing(i, start + i, wall(first + timedelta(days=i), 19 * 60)) for i in range(count)]


def test_final_performance_is_the_last_within_the_term():
    showings = _week(date(2027, 1, 12), 310, 10)
    last = final_performance(showings, None, date(2027, 1, 17))
    assert last is not None
    assert last.number == 315


def test_a_cancelled_performance_is_nobodys_final_one():
    showings = _week(date(2027, 1, 12), 310, 6)
    showings[5] = Showing(5, 315, showings[5].starts_wall, cancelled=True)
    last = final_performance(showings, None, date(2027, 1, 17))
    assert last is not None
    assert last.number == 314


def test_a_midnight_show_belongs_to_the_evening_before():
    midnight = Showing(1, 99, wall(date(2027, 1, 18), 30))
    assert final_performance([midnight], None, date(2027, 1, 17)) == midnight


def test_the_final_performance_set_by_hand_wins():
    showings = _week(date(2027, 1, 12), 310, 6)
    assert final_performance(showings, None, None, override=2) == showings[2]


def test_nobody_knows_the_final_performance_before_the_calendar_reaches_the_last_week():
    showings = _week(date(2027, 1, 12), 310, 6)
    assert final_performance(showings, None, date(2027, 1, 24)) == showings[5]
    assert final_performance(showings, None, date(2027, 1, 25)) is None


def test_the_run_of_the_play_has_no_final_performance():
    assert final_performance(_week(date(2027, 1, 12), 310, 6), None, None) is None


@given(days, st.integers(min_value=0, max_value=40), st.sets(st.integers(min_value=0, max_value=30)))
def test_final_performance_is_the_latest_that_counts(first, term, cancelled):
    ends_on = first + timedelta(days=term)
    showings = [
        Showing(i, i, wall(first + timedelta(days=i), 20 * 60), cancelled=i in cancelled) for i in range(31)
    ]
    counted = [one for one in showings if not one.cancelled and work_day(one.starts_wall) <= ends_on]
    known = bool(counted) and work_day(showings[-1].starts_wall) >= ends_on - timedelta(days=7)
    assert final_performance(showings, None, ends_on) == (counted[-1] if known else None)


def test_the_lifecycle_only_knows_its_own_states():
    assert {state for one in CONTRACT_STATES for state in next_states(one)} <= set(CONTRACT_STATES)
    assert {one for one in CONTRACT_STATES if not next_states(one)} == set()


def test_an_offer_may_come_back_signed_but_not_active():
    assert "signed" in next_states("offer")
    assert "active" not in next_states("offer")


def test_notice_is_typed_in_weeks_or_days_and_shown_in_weeks_where_they_are_whole():
    typed = ("4 weeks", "28 days", "2 wk", "1 week", "4", "0", "soon", "4 months")
    assert [parse_notice(text) for text in typed] == [28, 28, 14, 7, 4, 0, None, None]
    assert [notice_text(days) for days in (28, 7, 10, 1, 0)] == [
        "4 weeks",
        "1 week",
        "10 days",
        "1 day",
        "0 days",
    ]


def test_a_departed_contract_can_only_be_archived():
    assert next_states("departed") == ("archived",)
