"""A new company from an empty window: a show, a scene, a character, a person, a call, a report, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from journeys.robot import Program
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog


def test_from_an_empty_window_to_the_first_report_on_paper(
    start: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kw: (str(tmp_path / "new"), ""))
    rosa = start()
    rosa.make_a_new_file("Harbor & Vine", "Sunny Day")
    rosa.add_person("Ivy Lynn")
    rosa.add_scene("Subway platform")
    rosa.add_character("Marilyn", played_by="Ivy Lynn")
    rosa.put_on("Marilyn", "1.1")

    hand = rosa.calendar()
    today = rosa.desk.today
    hand.drag(hand.point(10, today), hand.point(11.5, today))
    hand.type_name("1.1")
    assert hand.titles(today) == [("10:00a", "1.1 Subway platform")]
    assert rosa.called("1.1 Subway platform") == ["Ivy Lynn"]

    rosa.start_the_report()
    assert rosa.post_note("p,s: Two mic stands for Zoë, please.") == "→ Props, Sound"

    rosa.preview_the_report()
    report = rosa.sheet()
    assert "REHEARSAL REPORT #1" in report
    assert "10:00a–11:30a Sc 1.1 “Subway platform”, staging" in report
    assert "PROPS 1 note P1 Two mic stands for Zoë, please. ⇄ also Sound S1 NEW" in report
    assert "SOUND 1 note S1 Two mic stands for Zoë, please. ⇄ also Props P1 NEW" in report
    printed = tmp_path / "printed.pdf"

    def into_a_file(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        dialog.printer().setOutputFileName(str(printed))
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", into_a_file)
    rosa.print_sheet()
    assert rosa.said() == "Sent 1 page to the file"
    assert len(PdfReader(printed).pages) == 1
