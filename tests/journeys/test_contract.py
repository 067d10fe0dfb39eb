"""A contract with its option: the formula on screen, the notice, undo after closing, the final performance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from journeys.robot import Program


def test_a_term_its_notice_and_the_final_performance(start: Callable[..., Program], season: Path) -> None:
    gail = start(season, role="company-manager")
    gail.look_only_at("Bombshell")
    gail.add_contract("Theo Banks", job="Zanuck", ends_on="28 mar 2027", stands_at="active")
    gail.add_option()
    assert gail.formula() == "Sun 28 Mar 2027 − 8 weeks = Sun 31 Jan 2027"
    assert gail.final_performance() == "#397, 28 Mar 3:00p"
    gail.note_the_notice("not renewed")
    assert gail.option_state() == "not renewed"
    assert gail.money() == "Open money fields"
    gail.close()

    gail = start(season, role="company-manager")
    gail.choose_contract("Theo Banks")
    assert gail.undo_offers() == "Undo decide an option of Theo Banks’s contract"
    gail.undo()
    assert gail.option_state() == "11 days"
    gail.go_to(date(2027, 3, 28))
    assert gail.marks_of("#397") == "Simon Adler’s final performance, Theo Banks’s final performance"

    gail.work_as("Stage manager")
    assert gail.money() == "Only company and general managers open money."
