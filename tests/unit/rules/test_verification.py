"""What a verification and an acceptance hold for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stagecraft.domain.rules.packs import Band, Defaults, Rule
from stagecraft.domain.rules.verification import fingerprint, not_worse

REST = Rule("rest", "min_rest", "Rest", params={"min": 720})


def test_a_fingerprint_is_of_what_a_rule_says_and_not_of_its_words():
    usual = Defaults()
    worded = replace(REST, title="Overnight", note="?", bands=(Band(60, "serious"),))
    assert fingerprint(worded, usual) == fingerprint(REST, usual)
    assert fingerprint(REST, Defaults(day_cut=0)) != fingerprint(REST, usual)
    for other in (
        replace(REST, params={"min": 660}),
        replace(REST, when={"performances_on_day": [2]}),
        replace(REST, applies={"roles": ["actor"]}),
        replace(REST, kind="max_total"),
        replace(REST, scope="production"),
    ):
        assert fingerprint(other, usual) != fingerprint(REST, usual)


@pytest.mark.parametrize(
    ("accepted", "now", "limit", "holds"),
    [
        (680, 680, 720, True),
        (680, 700, 720, True),
        (680, 679, 720, False),
        (2800, 2760, 2700, True),
        (2760, 2800, 2700, False),
        (60, 90, 0, False),
        (700, 650, 660, False),  # the limit came down: what was accepted would be no breach today
        ([550, 925], [700, 925], [None, 720], True),
        ([550, 925], [550, 926], [None, 720], False),
        ([500, 800], [480, 810], [480, 600], True),
        ("24:40", "24:30", "24:00", True),
        ("24:40", "24:41", "24:00", False),
        ("06:30", "06:15", "07:00", False),
        (60, 50, [90, 180], False),
        (200, 190, [90, 180], True),
        ("two-performance day", "two-performance day", ["rehearsal"], True),
        ("two-performance day", "day after a day off", ["rehearsal"], False),
        (None, 5, 4, False),
    ],
)
def test_an_acceptance_holds_until_the_breach_is_worse(accepted, now, limit, holds):
    assert not_worse(accepted, now, limit) is holds
