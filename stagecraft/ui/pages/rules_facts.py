"""Facts line by line, as an inspector shows them, and what is known of where a rule comes from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.domain.times import date_text
from stagecraft.ui.widgets.labels import Label


class Facts(QWidget):
    """Words at the left and a value at the right, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_pairs(self, pairs: list[tuple[str, str]]) -> None:
        """Show these; the last one in bold when it says by how much."""
        while self._column.count():
            old = self._column.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for name, value in pairs:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            head = Label(name, "label")
            head.setFixedWidth(96)
            row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
            words = Label(value, "body", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            # A long address must not widen the inspector: it is cut, and its whole is the tooltip.
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.setToolTip(value if "://" in value else "")
            words.setAccessibleName(f"{name}: {value}")
            row.addWidget(words, 1)
            self._column.addWidget(line)
        self.setVisible(bool(pairs))


def rule_facts(source: Any) -> list[tuple[str, str]]:
    """What is known of where a rule comes from, line by line."""
    pairs = [
        ("In short", source.summary),
        ("Clause", source.clause),
        ("Found in", source.href),
        ("Certainty", certainty(source)),
    ]
    if source.verified and source.verified_on:
        edition = f", edition {source.edition}" if source.edition not in ("", "?") else ""
        pairs.append(("Verified", f"{source.verified_by}, {date_text(source.verified_on)}{edition}"))
    return [(name, value) for name, value in pairs if value]


_EVIDENCE = {
    "primary": "read in the agreement",
    "secondary": "quoted by others",
    "knowledge": "from experience, not found in writing",
    "derived": "worked out from other numbers",
}


def certainty(source: Any) -> str:
    """`Medium: quoted by others`."""
    words = ": ".join(part for part in (source.confidence, _EVIDENCE.get(source.evidence, "")) if part)
    return words[:1].upper() + words[1:]
