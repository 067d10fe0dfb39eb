"""Dates, times, minutes and lists as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from stagecraft.exchange.values import Dates, Unreadable, read_list, read_minutes, read_time, read_word


@pytest.mark.parametrize(
    "text",
    ["2027-01-14", "2027/1/14", "14 Jan 2027", "Thu 14 Jan 2027", "Thursday, January 14, 2027", "Jan 14 2027",
     "14.1.2027", "14. 1. 2027", "14/1/2027", "1/14/2027", "14th January 2027", "２０２７-01-14"],
)  # fmt: skip
def test_a_date_is_read_in_the_ways_people_write_it(text):
    assert Dates().read(text) == date(2027, 1, 14)


@pytest.mark.parametrize(
    ("others", "read"), [(["1/14/2027"], date(2027, 3, 4)), (["14/1/2027"], date(2027, 4, 3))]
)
def test_a_date_that_can_be_read_two_ways_follows_the_others_of_the_file(others, read):
    assert Dates.of(others).read("3/4/2027") == read


@pytest.mark.parametrize("others", [[], ["1/14/2027", "14/1/2027"]])
def test_a_date_that_can_be_read_two_ways_is_refused_when_the_file_does_not_tell(others):
    with pytest.raises(Unreadable, match="two ways"):
        Dates.of(others).read("3/4/2027")


@pytest.mark.parametrize(
    "text", ["tomorrow", "2027-02-29", "0027-01-01", "14 Foo 2027", "", "2027-13-01", "9" * 300]
)
def test_what_is_no_date_is_refused_in_words(text):
    with pytest.raises(Unreadable, match=r"\.$"):
        Dates().read(text)


def test_a_span_of_days():
    assert Dates().span("2027-01-14 to 2027-01-16") == (date(2027, 1, 14), date(2027, 1, 16))
    assert Dates().span("14 Jan 2027 – 16 Jan 2027") == (date(2027, 1, 14), date(2027, 1, 16))
    assert Dates().span("2027-01-14") == (date(2027, 1, 14), date(2027, 1, 14))
    with pytest.raises(Unreadable):
        Dates().span("2027-01-16 to 2027-01-14")


@pytest.mark.parametrize(
    ("text", "minute"),
    [("10:00", 600), ("10.00", 600), ("1000", 600), ("10am", 600), ("10:00 PM", 1320), ("24:00", 0), ("2p", 840),
     ("14:00:00", 840), ("noon", 720), ("12n", 720), ("midnight", 0), ("1:30", 810), ("１４:00", 840)],
)  # fmt: skip
def test_a_time_is_read_in_the_ways_people_write_it(text, minute):
    assert read_time(text) == minute


@pytest.mark.parametrize("text", ["25:30", "TBC", "10:61", "13p", "", "-1", "١٠"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Unreadable, match="is not a time"):
        read_time(text)


def test_minutes_round_up():
    assert [read_minutes(text) for text in ("7", "7:00", "7:30", "7 min", "0")] == [7, 7, 8, 7, 0]
    for text in ("x", "-1", "601", "7.5"):
        with pytest.raises(Unreadable):
            read_minutes(text)


def test_words_are_known_by_code_and_by_name():
    words = {"cover": "understudy", "put-in": "put-in"}
    assert [read_word(text, words, "kind") for text in ("Understudy", "cover", "Put in")] == [
        "cover",
        "cover",
        "put-in",
    ]
    with pytest.raises(Unreadable, match="known are understudy, put-in"):
        read_word("usher", words, "kind")


def test_a_list_is_parted_by_semicolons_and_lines():
    assert read_list("Karen ;Ivy;; Karen\nCartwright, Tom") == ["Karen", "Ivy", "Cartwright, Tom"]
