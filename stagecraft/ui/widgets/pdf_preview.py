"""A PDF shown as paper on a desk, and sent to a printer. Bytes in; where they come from is no business of this."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from stagecraft.ui.theme import color, theme

PRINT_DPI = 300

ZOOMS = (("page", "Fit page"), ("width", "Fit width"), ("100", "100 %"))


class PdfPreview(QPdfView):
    """One page at a time. `page_changed(page, pages)` tells which, from 1; a new PDF keeps place and zoom."""

    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self.setAccessibleName("Preview")
        self.setFrameShape(QPdfView.Shape.NoFrame)
        self.setPageMode(QPdfView.PageMode.SinglePage)
        margins = self.documentMargins()
        margins.setLeft(16)
        margins.setTop(12)
        margins.setRight(16)
        margins.setBottom(12)
        self.setDocumentMargins(margins)
        self.setPageSpacing(26)  # what "fit page" leaves free above and below together
        self._data = b""
        self._shown: QPdfDocument | None = None
        self.set_zoom("page")
        self.pageNavigator().currentPageChanged.connect(lambda _: self._tell())

    def data(self) -> bytes:
        """The bytes on show."""
        return self._data

    def set_data(self, data: bytes) -> None:
        """Show this PDF; nothing when it is empty."""
        page = self.page()
        self._data = data
        # No child of the view: it would be closed after the view's own end and tell a view that is gone.
        document = QPdfDocument()
        if data:
            buffer = QBuffer(document)  # lives as long as the document that reads from it, and goes after it
            buffer.setData(QByteArray(data))
            buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            document.load(buffer)
        self.setDocument(document)
        if self._shown is not None:
            self._shown.deleteLater()
        self._shown = document
        self.go_to(page)
        self._tell()

    def page(self) -> int:
        """Page on show, from 1."""
        return self.pageNavigator().currentPage() + 1

    def pages(self) -> int:
        return self._shown.pageCount() if self._shown is not None else 0

    def go_to(self, page: int) -> None:
        """Show a page, from 1; beyond the last the last."""
        page = max(1, min(page, self.pages() or 1))
        self.pageNavigator().jump(page - 1, QPointF(), self.zoomFactor())

    def set_zoom(self, zoom: str) -> None:
        """`page`, `width` or `100`: as large as it will be on paper on a 96 dpi screen."""
        whole = zoom == "page"
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded)
        if whole:
            self.setZoomMode(QPdfView.ZoomMode.FitInView)
        elif zoom == "width":
            self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        else:
            self.setZoomMode(QPdfView.ZoomMode.Custom)
            self.setZoomFactor(1.0)
        self.zoom = zoom

    def follow_theme(self) -> None:
        """Take the theme's desk colour behind the paper."""
        palette = self.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, color("desk"))
        self.setPalette(palette)
        self.viewport().setPalette(palette)

    def showEvent(self, event: object) -> None:
        self.follow_theme()
        super().showEvent(event)  # type: ignore[arg-type]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A new theme sets the application's palette, which would take the desk's colour away.
        if event.type() == QEvent.Type.PaletteChange and self.palette().color(QPalette.ColorRole.Dark) != color(
            "desk"
        ):
            self.follow_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if theme() == "booth":  # white paper would light up the dark of the house
            painter = QPainter(self.viewport())
            painter.fillRect(self.viewport().rect(), QColor(6, 5, 5, 150))

    def _tell(self) -> None:
        self.page_changed.emit(self.page(), self.pages())


def page_image(document: QPdfDocument, page: int) -> QImage:
    """A page as ink on white at the printing resolution; the renderer leaves the paper transparent."""
    points = document.pagePointSize(page)
    size = QSize(round(points.width() * PRINT_DPI / 72), round(points.height() * PRINT_DPI / 72))
    drawn = document.render(page, size)
    white = QImage(size, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return white


def print_pdf(data: bytes, printer: QPrinter) -> int:
    """Print every page of a PDF at its own size, as 300 dpi images; returns how many pages went out.

    The printer's page range is obeyed. A sheet larger than what the printer can print is scaled to fit.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    first = max(1, printer.fromPage() or 1)
    last = min(document.pageCount(), printer.toPage() or document.pageCount())
    painter = QPainter()
    if last < first or not painter.begin(printer):
        return 0
    for number in range(first, last + 1):
        if number > first:
            printer.newPage()
        image = page_image(document, number - 1)
        target = QRect(
            0,
            0,
            image.width() * printer.resolution() // PRINT_DPI,
            image.height() * printer.resolution() // PRINT_DPI,
        )
        room = printer.pageLayout().fullRectPixels(printer.resolution())
        if target.width() > room.width() + 2 or target.height() > room.height() + 2:
            target.setSize(target.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        painter.drawImage(target, image)
    painter.end()
    document.close()
    return last - first + 1
