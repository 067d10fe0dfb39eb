"""The first evening: look at the sample season, move two of tomorrow's calls, hand out the new daily call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from journeys.robot import Program, pdf_text
from PySide6.QtWidgets import QFileDialog

THURSDAY = date(2027, 1, 21)


def test_two_calls_are_moved_and_the_new_call_is_handed_out(
    start: Callable[..., Program], season: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa = start()
    rosa.open_the_sample_season()
    rosa.look_only_at("Hit List")
    rosa.go_to_tomorrow()
    hand = rosa.calendar()
    song, duet = "1.2 Four-Track Mind", "2.2 Missed Call"

    hand.drag_call(song, hand.point(11.5, THURSDAY, 60))
    assert rosa.flags_of(song) == [
        "Overlap: 4B, 2.2 to 1:00p",
        "Overlap: Jimmy, Malik, 2.2 to 1:00p",
    ]
    rosa.undo()
    assert ("10:00a", song) in hand.titles(THURSDAY)
    assert rosa.flags_of(song) == []
    rosa.redo()
    hand.drag_call(duet, hand.point(10, THURSDAY, 60))
    assert rosa.flags_of(song) == rosa.flags_of(duet) == []
    assert rosa.undo_offers() == "Undo move “Missed Call” to Thu 21 Jan 10:00a"

    rosa.choose_document("Daily call")
    assert "DRAFT" in rosa.sheet()
    rosa.issue()
    path = tmp_path / "call.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kw: (str(path), ""))
    rosa.save_sheet()
    call = pdf_text(path)
    assert "DRAFT" not in call
    assert "Thursday, January 21, 2027" in call
    assert "11:30a– 1:00p MUSIC Sc 1.2 “Four-Track Mind” Karen (Amanda), Jimmy (Jesse)" in call
    assert "Karen Cartwright 11:30a" in call
    assert "Jimmy Collins 10:00a" in call
    assert "NOT CALLED Sol Bright (called tomorrow, Fri 22 Jan, 10:00a)" in call
