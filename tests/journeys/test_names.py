"""Names as people write them: from a CSV file into the company, onto paper, and out again with one undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from journeys.robot import Program
from PySide6.QtWidgets import QFileDialog

NAMES = ["Zoë Łukasik", "O'Neill", "李", "<b>Bob</b> & Co"]


def test_names_come_from_a_file_stand_on_paper_as_typed_and_leave_with_one_undo(
    start: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,role\n" + "".join(f"{name},Role {n}\n" for n, name in enumerate(NAMES)), "utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kw: (str(tmp_path / "new"), ""))
    rosa = start()
    rosa.begin_with_an_import("Harbor & Vine", "Sunny Day")
    assert rosa.import_file(people) == "Would be imported: 4 people, 4 characters, 4 assignments new."
    assert rosa.people() == NAMES
    rosa.choose_document("Company list")
    sheet = rosa.sheet()
    assert [name for name in NAMES if name not in sheet] == []

    assert rosa.undo_offers() == "Undo import 4 rows of people"
    rosa.undo()
    assert rosa.people() == []
    rosa.choose_document("Company list")
    sheet = rosa.sheet()
    assert [name for name in NAMES if name in sheet] == []
