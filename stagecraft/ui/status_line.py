"""The status line tells three truths: flags, what a filter hides, what is saved. Each is a button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout

from stagecraft.ui import words
from stagecraft.ui.finding_walk import WeekCount
from stagecraft.ui.icons import icon
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.panels import Ground


class StatusLine(Ground):
    findings_wanted = Signal()
    unfilter_wanted = Signal()
    history_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("status")
        self.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 0)
        row.setSpacing(8)
        self.findings = Button("Flags", "status", on_click=self.findings_wanted.emit)
        self.hidden = Button("Hidden by filter", "status", on_click=self.unfilter_wanted.emit)
        self.saved = Button("Saved", "status", on_click=self.history_wanted.emit)
        for button in (self.findings, self.hidden, self.saved):
            button.setIconSize(QSize(18, 14))
            button.hide()
        row.addWidget(self.findings)
        row.addWidget(self.hidden)
        row.addStretch(1)
        row.addWidget(self.saved)

    def show_findings(self, count: WeekCount) -> None:
        """How many flags this week has; zero is worth saying, and so is what could not be checked."""
        text = f"{words.count_text(count.flags, 'flag')} this week" if count.flags else "No flags this week"
        if not count.complete and not count.flags:
            text = "Checking work rules…"
        if count.missing and count.complete:
            text = f"{text} · {count.missing} not checked"
        self.findings.set_text(text)
        mark = (
            ("red", "redMark") if count.red else ("amber", "amberMark") if count.amber else ("check", "okMark")
        )
        if not count.flags and (count.missing or not count.complete):
            mark = ("info", "text2")
        self.findings.setIcon(icon(*mark))
        self.findings.setToolTip(_told(count))
        self.findings.show()

    def show_hidden(self, count: int, things: str) -> None:
        """What the page's filter hides; nothing when it hides nothing."""
        self.hidden.setVisible(count > 0)
        if count:
            noun = things.removesuffix("s") if count == 1 else things
            self.hidden.set_text(f"{count} {noun} hidden by filter · Show")
            self.hidden.setIcon(icon("filter"))
            self.hidden.setToolTip("Show everything again")

    def show_saved(self, at: int | None, read_only: bool, clock: str = "") -> None:
        """When the last change was saved, or that the file cannot be written; `clock`: whose."""
        if read_only:
            self.saved.set_text("Read only, nothing can be changed")
            self.saved.setIcon(icon("lock"))
        else:
            self.saved.set_text(f"Saved {words.time_text(at)}" if at is not None else "All saved")
            self.saved.setIcon(icon("check"))
        if clock:
            self.saved.set_text(f"{self.saved.text()} · {clock}")
        told = f"All times are {clock}, the house's; this machine's clock shows another. " if clock else ""
        self.saved.setToolTip(f"{told}Every change in words: History")
        self.saved.show()


def _told(count: WeekCount) -> str:
    """What a click does, and what else there is to know."""
    lines = ["Show the flags of this week; F8 walks through them" if count.flags else "Nothing breaks a rule"]
    if not count.flags and not count.missing and count.complete:
        lines = ["Nobody and no room is booked twice, and no work rule is broken"]
    if count.missing:
        facts = words.count_text(count.missing, "rule")
        lines.append(f"{facts} could not be checked: a fact is missing")
    if count.costs:
        lines.append(f"{words.count_text(count.costs, 'cost')} by the agreements, no flags")
    return "\n".join(lines)
