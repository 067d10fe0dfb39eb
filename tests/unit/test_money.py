"""Amounts as typed and as shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagecraft.domain.money import money_text, parse_money, parse_percent, percent_text


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("6,500", 650000), ("$2798.51", 279851), ("2 798,51", 279851), ("1.234,5", 123450), ("0", 0), ("12.345", 1235),
     ("", None), ("abc", None), ("-5", None), ("1,2,3", None)],
)  # fmt: skip
def test_parse_money(typed, minor):
    assert parse_money(typed) == minor


def test_a_currency_without_minor_units():
    assert (money_text(1500, "JPY"), parse_money("1,500", "JPY")) == ("1,500", 1500)


@given(st.integers(min_value=0, max_value=2**31), st.sampled_from(["USD", "JPY", "KWD"]))
def test_what_is_shown_reads_back(minor, currency):
    assert parse_money(money_text(minor, currency), currency) == minor


@given(st.integers(min_value=0, max_value=10_000))
def test_percentages_read_back(points):
    assert parse_percent(percent_text(points)) == points


def test_percentages_in_words():
    assert [percent_text(1000), percent_text(750), percent_text(0)] == ["10 %", "7.5 %", "0 %"]
