"""Which group of the lists a job belongs to by its words."""

from __future__ import annotations

import pytest

from stagecraft.domain.kinds import job_group


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Production stage manager", "stage"),
        ("ASM", "stage"),
        ("Director", "creative"),
        ("Book & lyrics", "creative"),
        ("Lighting designer", "creative"),
        ("Music director", "music"),
        ("Associate conductor", "music"),
        ("Lead producer", "producers"),
        ("General manager", "management"),
        ("Press agent", "press"),
        ("House manager", "house"),
        ("Dresser", "crew"),
        ("Dresser (Smith)", "crew"),
        ("Electrician", "crew"),
        ("", "crew"),
    ],
)
def test_the_group_of_a_job_follows_from_its_words(name, group):
    assert job_group(name) == group
