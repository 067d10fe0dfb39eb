"""The right side of the Paper page: print, save, issue; how the sheet is set; what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.domain.times import date_of, day_text, from_instant
from stagecraft.paper.options import PaperOptions
from stagecraft.ui import words
from stagecraft.ui.pages.paper_flags import PaperFlags
from stagecraft.ui.widgets.buttons import Button, Segmented
from stagecraft.ui.widgets.fields import CheckBox, Combo, LineEdit
from stagecraft.ui.widgets.labels import IconMark, Label
from stagecraft.ui.widgets.panels import FieldRow, Ground, Inspector, Spaced
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList

if TYPE_CHECKING:
    from stagecraft.paper.documents import Document
    from stagecraft.queries.paper import IssueRow

LAYOUTS = (("auto", "Auto"), ("table", "Table"), ("rooms", "Rooms"))
PAPERS = (("letter", "US Letter"), ("a4", "A4"))

PRIVACY_WORDS = {
    "Company": "Company: no reasons, no numbers of those who opted out",
    "Team": "Team: out, never why; not for the cast",
    "Restricted": "Restricted: no salaries on this sheet",
}


class PaperPanel(Inspector):
    """Options and ledger. It tells what the user wants; the page does it."""

    options_changed = Signal()
    report_chosen = Signal(object)
    issue_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("Print and issue")
        self.print_button = Button("Print", "primary", icon="paper", tip="Print this sheet (Ctrl+P)")
        self.save_button = Button("Save PDF", icon="save", tip="Save this sheet as a PDF file (Ctrl+Shift+S)")
        self.add(Spaced(self.print_button, self.save_button, stretch=False))
        for button in (self.print_button, self.save_button):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.issue_button = Button(
            "Issue v1", icon="check", tip="Number this sheet and keep it for good (Ctrl+Return)"
        )
        self.issue_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.copy_button = Button("Copy text", icon="copy", tip="Copy the sheet as plain text for a mail")
        self.copy_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add(Spaced(self.issue_button, self.copy_button, stretch=False))
        self.flags = PaperFlags()
        self.add(self.flags)
        self.report = Combo([], None, name="Report")
        self.report_row = FieldRow("Report", self.report, on_commit=self.report_chosen.emit)
        self.add(self.report_row)
        self.layout_choice = Segmented(LAYOUTS, "auto", name="Layout")
        self.layout_choice.changed.connect(lambda _: self.options_changed.emit())
        self.layout_row = _row("Layout", self.layout_choice)
        self.add(self.layout_row)
        self.paper = Combo(PAPERS, "letter", name="Paper")
        self.add(FieldRow("Paper", self.paper, on_commit=lambda _: self.options_changed.emit()))
        self.sections: dict[str, CheckBox] = {}
        self.section_boxes = [CheckBox("", True) for _ in range(4)]
        self.binding = CheckBox("Binding edge, 0.75 in", False)
        boxes = QWidget()
        column = QVBoxLayout(boxes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for box in (*self.section_boxes, self.binding):
            box.committed.connect(lambda _: self.options_changed.emit())
            column.addWidget(box)
        self.add(boxes)
        self._privacy()
        self.issues_head = self.add_group("Issues")
        self.ledger = TwoLineList(name="Issues, newest first")
        self.ledger.setFixedHeight(0)
        self.ledger.chosen.connect(lambda item: self.issue_chosen.emit(item.value if item else None))
        self.add(self.ledger, flush=True)
        self.since = Label("", "secondary", wrap=True)
        self.add(self.since)
        self.note = FieldRow("Note", LineEdit(placeholder="what is new, for the list of issues"))
        self.add(self.note)

    def _privacy(self) -> None:
        line = Ground("none")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(IconMark("lock", "text2", 16), 0, Qt.AlignmentFlag.AlignTop)
        self.privacy = Label("", "secondary", wrap=True)
        row.addWidget(self.privacy, 1)
        self.add(line)

    # --- what is chosen ---

    def options(self) -> PaperOptions:
        """How the sheet is to be set."""
        without = frozenset(name for name, box in self.sections.items() if not box.value())
        return PaperOptions(
            paper=str(self.paper.value() or "letter"),
            binding=self.binding.value(),
            layout=str(self.layout_choice.value()),
            without=without,
        )

    def show_document(self, document: Document) -> None:
        """Offer what this document has to choose from."""
        self.layout_row.setVisible(bool(document.layouts))
        self.report_row.setVisible(document.subject == "number")
        self.copy_button.setVisible(document.name == "daily-call")
        kept = {name: box.value() for name, box in self.sections.items()}
        self.sections = {}
        for box in self.section_boxes:
            box.hide()
        for (name, title), box in zip(document.sections, self.section_boxes, strict=False):
            box.setText(title)
            box.setAccessibleName(title)
            box.set_value(kept.get(name, True))
            box.show()
            self.sections[name] = box
        self.privacy.setText(PRIVACY_WORDS.get(document.privacy, document.privacy))

    def show_state(self, newest: int, coming: int, *, issued: bool) -> None:
        """Whether the sheet is as in its newest issue, and the number the next one gets; `newest` 0: none yet."""
        self.issue_button.set_text(f"v{newest} is current" if issued else f"Issue v{coming}")
        self.issue_button.setEnabled(not issued)
        self.note.setVisible(not issued)
        words_since = "Prints as DRAFT until it is issued. Issuing numbers it, keeps its data and its PDF."
        if issued:
            words_since = f"Nothing has changed since v{newest}."
        elif newest:
            words_since = f"Changed since v{newest}: the sheet prints as DRAFT until you issue v{coming}."
        self.since.setText(words_since)

    def show_issues(self, issues: Sequence[IssueRow], zone: str, chosen: int | None) -> None:
        """The ledger of this sheet, newest first."""
        self.issues_head.set("Issues", str(len(issues)) if issues else "none yet")
        items = []
        for issue in issues:
            at = from_instant(issue.issued_at, zone)
            paper = {"a4": "A4"}.get(issue.paper, "US Letter")
            kept = issue.note or "kept PDF"
            items.append(
                ListItem(
                    issue.id,
                    f"v{issue.version}",
                    remark=f"{day_text(date_of(at))} {words.time_text(at % 1440)}",
                    second=" · ".join(part for part in (issue.author, paper, kept) if part),
                    value=issue,
                )
            )
        self.ledger.blockSignals(True)
        self.ledger.set_items(items)
        if chosen is None:
            self.ledger.clearSelection()
            self.ledger.setCurrentIndex(self.ledger.items.index(-1, 0))
        else:
            self.ledger.select(chosen)
        self.ledger.blockSignals(False)
        self.ledger.setFixedHeight(min(len(items), 5) * 48)


def _row(label: str, widget: QWidget) -> QWidget:
    """A label beside a widget that saves nothing of its own."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    words_of = Label(label, "label")
    words_of.setFixedWidth(64)
    row.addWidget(words_of)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    row.addWidget(widget, 1)
    return line
