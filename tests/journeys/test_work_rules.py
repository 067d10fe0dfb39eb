"""Work rules in a week of the season: a flag mended and taken back, one accepted, the house's own numbers agreed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from journeys.robot import Program


def test_flags_are_mended_accepted_and_judged_by_the_house_s_own_pack(
    start: Callable[..., Program], season: Path
) -> None:
    linda = start(season, role="production-manager")
    rules = linda.rules()
    understudies = "11 h 00, at most 10 h 00"
    assert rules.flags() == [("Priya Raman", understudies), ("Tess Walden", understudies)]

    rules.choose("Priya Raman")
    assert rules.repairs() == ["End 1 h 00 earlier", "Free Tue 19 Jan"]
    rules.repair("End 1 h 00 earlier")
    assert rules.flags() == [("Tess Walden", understudies)]
    linda.undo()
    assert rules.flags() == [("Priya Raman", understudies), ("Tess Walden", understudies)]

    rules.choose("Tess Walden")
    rules.accept("Paid as overtime, agreed with Tess.")
    assert rules.counts() == "1 flag, 1 not checked, 1 accepted"
    linda.close()

    linda = start(season, role="production-manager")
    rules = linda.rules()
    rules.choose("Tess Walden")
    assert rules.accepted() == (
        "Paid as overtime, agreed with Tess.\nAccepted by Rosa Vega on Wed 20 Jan 2027."
    )

    rules.duplicate("aea-production")
    rules.set_value("production.understudies", "max", "11 h")
    assert rules.says().startswith("Not more than 11 h 00 of ")
    assert rules.counts() == "1 flag, 1 not checked, 1 accepted"
    linda.let_a_production_go_by("Bombshell", "AEA Production (Broadway), house copy")
    assert rules.counts() == "No flags, 1 not checked"
    linda.undo()
    linda.undo()
    assert rules.counts() == "1 flag, 1 not checked, 1 accepted"
