"""How people are named, filed, shortened and found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagecraft.domain.names import alike, filing_key, fold, initials, short_names, sort_name, tidy


@pytest.mark.parametrize(
    ("name", "filed", "letters"),
    [
        ("Karen Cartwright", "Cartwright, Karen", "KC"),
        ("Linda", "Linda", "L"),
        ("Zoë Łukasik", "Łukasik, Zoë", "ZŁ"),
        ("Tatum O'Neill", "O'Neill, Tatum", "TO"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig", "LB"),
        ("Ana Maria de la Cruz", "de la Cruz, Ana Maria", "AC"),
        ("Sammy Davis Jr.", "Davis, Sammy Jr.", "SD"),
        ("Mary-Ann St. John", "St. John, Mary-Ann", "MJ"),
        ("John E Smith", "Smith, John E", "JS"),
        ("李", "李", "李"),
        ("李小龙", "李小龙", "李"),
        ("Lynn, Ivy", "Lynn, Ivy", "LI"),
        ("<b>Bob</b> & Co", "<b>Bob</b> & Co", "BC"),
        ("", "", ""),
    ],
)
def test_sort_name_and_initials(name, filed, letters):
    assert (sort_name(name), initials(name)) == (filed, letters)


def test_a_list_is_filed_without_regard_to_accents_and_apostrophes():
    names = ["Zoë Łukasik", "Linda", "Tatum O'Neill", "Peter Ormond", "Ann Lovelace", "Åse Lund"]
    filed = sorted((sort_name(name) for name in names), key=filing_key)
    assert filed == ["Linda", "Lovelace, Ann", "Łukasik, Zoë", "Lund, Åse", "O'Neill, Tatum", "Ormond, Peter"]


def test_short_names_tell_people_apart():
    names = {1: "Karen Cartwright", 2: "Karen Clark", 3: "Bobby", 4: "Bobby Smith", 5: "Ivy Lynn", 6: "李小龙"}
    assert short_names(names) == {
        1: "Karen Ca.", 2: "Karen Cl.", 3: "Bobby", 4: "Bobby S.", 5: "Ivy", 6: "李小龙",
    }  # fmt: skip


def test_two_people_of_one_name_keep_it_in_full():
    assert short_names({1: "Ivy Lynn", 2: "Ivy Lynn"}) == {1: "Ivy Lynn", 2: "Ivy Lynn"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Karen Cartright", [1]),
        ("cartwright, karen", [1]),
        ("Zoe Lukasik", [2]),
        ("Tatum ONeill", [3]),
        ("Karl Cartwright", []),
        ("Linda", [4]),
        ("Lind", [4]),
        ("Lin", []),
        ("", []),
    ],
)
def test_alike_finds_who_may_be_on_file(typed, found):
    people = [(1, "Karen Cartwright"), (2, "Zoë Łukasik"), (3, "Tatum O’Neill"), (4, "Linda"), (5, "Ivy Lynn")]
    assert alike(typed, people) == found


@given(st.text(max_size=60))
def test_tidied_text_is_one_printable_line_and_stays_so(text):
    once = tidy(text)
    assert tidy(once) == once
    assert once == once.strip()
    assert "\n" not in once
    assert once.isprintable()


@given(st.dictionaries(st.integers(1, 99), st.sampled_from(["Ann Ode", "Ann Oder", "Ann", "Bo Ling", "李 明"])))
def test_short_names_differ_where_names_differ(names):
    shorts = short_names(names)
    for one, name in names.items():
        for other, another in names.items():
            if fold(name) != fold(another):
                assert shorts[one] != shorts[other]
