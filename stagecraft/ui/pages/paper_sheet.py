"""The middle of the Paper page: the sheet on its desk, its pages and zoom, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from stagecraft.base.errors import FileProblem
from stagecraft.base.paths import write_whole
from stagecraft.domain.times import day_text
from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import ButtonSpec, EmptyState, Ground, PageHeader
from stagecraft.ui.widgets.pdf_preview import PRINT_DPI, ZOOMS, PdfPreview

if TYPE_CHECKING:
    from stagecraft.paper.documents import Document


class SheetView(Ground):
    """Head with page turning and zoom above the preview; `pick` and `production` choose where the list has no room."""

    def __init__(self, documents: Sequence[tuple[str, str]]) -> None:
        super().__init__("page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = PageHeader()
        self.pick = Combo(documents, None, name="Document")
        self.production = Combo(name="Production of the sheet")
        for choice in (self.production, self.pick):
            choice.hide()
            self.head.add_left(choice)
        self.back = IconButton("left", "Page before (Page Up)", on_click=lambda: self.turn(-1))
        self.count = Label("", "body", tone="text2")
        self.on = IconButton("right", "Page after (Page Down)", on_click=lambda: self.turn(1))
        self.zoom = Combo(ZOOMS, "page", name="Zoom")
        self.zoom.setFixedWidth(104)
        self.print_button = Button("Print", icon="paper", tip="Print this sheet (Ctrl+P)")
        self.print_button.hide()  # until the side with its own is out of the way
        for widget in (self.back, self.count, self.on, self.zoom, self.print_button):
            self.head.add_right(widget)
        column.addWidget(self.head)
        self.preview = PdfPreview()
        self.preview.page_changed.connect(self._on_page)
        self.zoom.committed.connect(self.preview.set_zoom)
        self._room = QWidget()
        self._box = QVBoxLayout(self._room)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.empty: EmptyState | None = None
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)  # before its first widget, which it would show as a window
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self._room)

    def turn(self, by: int) -> None:
        """A page on or back."""
        self.preview.go_to(self.preview.page() + by)

    def show_pdf(self, pdf: bytes) -> None:
        self._stack.setCurrentIndex(0)
        if pdf != self.preview.data():
            self.preview.set_data(pdf)

    def show_nothing(self, title: str, text: str, buttons: Sequence[ButtonSpec]) -> None:
        """Say why there is no sheet and what to do."""
        if self.empty is not None:
            self._box.removeWidget(self.empty)
            self.empty.deleteLater()
        self.empty = EmptyState("paper", title, text, buttons)
        self._box.addWidget(self.empty)
        self._stack.setCurrentIndex(1)
        self.count.setText("")

    def set_zoom(self, zoom: str) -> None:
        self.zoom.set_value(zoom)
        self.preview.set_zoom(zoom)

    def _on_page(self, page: int, pages: int) -> None:
        self.count.setText(f"{page} of {pages}" if pages else "")
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < pages)


def about_words(document: Document, about: date | int) -> str:
    """`Thu 21 Jan`, `week of Mon 18 Jan`, `as of Wed 20 Jan`, `#9`."""
    if isinstance(about, int):
        return f"#{about}"
    before = {"week": "week of ", "production": "as of "}.get(document.subject, "")
    return f"{before}{day_text(about)}"


def write_pdf(target: Path, pdf: bytes) -> None:
    """Write the file whole or not at all; a FileProblem says what to do."""
    try:
        write_whole(target, pdf)
    except OSError as trouble:
        raise FileProblem(
            "paper.save",
            f"{target.name} could not be written: {trouble.strerror or trouble}.",
            path=target,
            remedy="Choose another folder, or free some space.",
        ) from trouble


def printer_for(paper: str, *, landscape: bool, name: str) -> QPrinter:
    """A printer set to the sheet's paper and side, without margins of its own: the sheet has them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize.PageSizeId.A4 if paper == "a4" else QPageSize.PageSizeId.Letter
    side = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(QPageSize(size), side, QMarginsF(0, 0, 0, 0)))
    printer.setResolution(PRINT_DPI)
    printer.setDocName(name)
    printer.setCreator("Stagecraft")
    return printer
