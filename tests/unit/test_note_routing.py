"""Typed prefixes send notes to their departments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagecraft.domain.kinds import DEPARTMENTS
from stagecraft.domain.note_routing import ALIASES, GENERAL, Routed, route_note


@pytest.mark.parametrize("department", DEPARTMENTS, ids=lambda one: one.code)
def test_every_department_has_its_own_prefix(department):
    assert route_note(f"{department.route}: one") == Routed((department.code,), "one", department.route)


@pytest.mark.parametrize(
    ("typed", "departments", "text"),
    [
        ("p: Stool leg loose", ("props",), "Stool leg loose"),
        ("P:stool", ("props",), "stool"),
        ("l: practical out in 2.2", ("lighting",), "practical out in 2.2"),
        ("g: audience warm", (GENERAL,), "audience warm"),
        ("p,s: 2 mic stands", ("props", "sound"), "2 mic stands"),
        ("p + s: 2 mic stands", ("props", "sound"), "2 mic stands"),
        ("p s: 2 mic stands", ("props", "sound"), "2 mic stands"),
        ("p,p: once", ("props",), "once"),
        ("lx, g: cue 114", ("lighting", GENERAL), "cue 114"),
        ("Act II: slow", (GENERAL,), "Act II: slow"),
        ("x: nobody", (GENERAL,), "x: nobody"),
        ("p,x: nobody", (GENERAL,), "p,x: nobody"),
        ("2:30 late start", (GENERAL,), "2:30 late start"),
        ("https://example.com/p", (GENERAL,), "https://example.com/p"),
        ("no prefix at all", (GENERAL,), "no prefix at all"),
        ("c:", ("costumes",), ""),
        ("", (GENERAL,), ""),
        ("c: hem: 2 cm up", ("costumes",), "hem: 2 cm up"),
    ],
)
def test_routing(typed, departments, text):
    routed = route_note(typed)
    assert (routed.departments, routed.text) == (departments, text)


@given(st.lists(st.sampled_from(sorted(ALIASES)), min_size=1, max_size=3), st.text())
def test_known_prefixes_always_route_and_keep_the_text(prefixes, text):
    routed = route_note(f"{','.join(prefixes)}: {text}")
    assert routed.departments == tuple(dict.fromkeys(ALIASES[one] for one in prefixes))
    assert routed.text == text.strip()


@given(st.text())
def test_nothing_typed_is_lost(typed):
    routed = route_note(typed)
    assert routed.departments
    assert routed.text in typed
