"""A person's face, or their initials in a circle; choosing, dropping, pasting and cropping a photo."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from stagecraft.base.errors import Refused
from stagecraft.domain.names import initials
from stagecraft.ui.theme import color, font

PHOTO_SIDE = 512
MOST_PIXELS = 20_000_000
MOST_BYTES = 60_000_000


def read_picture(data: bytes) -> QImage:
    """A picture from the bytes of any picture file, upright as the camera held it.

    Raises `Refused` for what is no picture and for pictures over 20 million pixels, which are not even unpacked.
    """
    if len(data) > MOST_BYTES:
        raise Refused("photo.heavy", "That file is too large; choose a picture under 60 MB.", field="photo")
    holder = QByteArray(data)
    buffer = QBuffer(holder)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        raise Refused(
            "photo.pixels", "That picture has over 20 million pixels; choose a smaller one.", field="photo"
        )
    image = reader.read()
    if image.isNull():
        raise Refused("photo.kind", "That file is not a picture this program can read.", field="photo")
    if image.width() * image.height() > MOST_PIXELS:
        raise Refused(
            "photo.pixels", "That picture has over 20 million pixels; choose a smaller one.", field="photo"
        )
    return image


def square(image: QImage, left: float = 0.5, top: float = 0.35, part: float = 1.0) -> QImage:
    """The square of an image: `part` of its shorter side, placed from 0 to 1 across and down (faces sit high)."""
    side = max(1, round(min(image.width(), image.height()) * part))
    x = round((image.width() - side) * left)
    y = round((image.height() - side) * top)
    return image.copy(x, y, side, side)


def encode_photo(image: QImage) -> tuple[bytes, str]:
    """Bytes and media type of a square image, made no larger than 512 px; JPEG, on white where it was see-through."""
    if image.width() > PHOTO_SIDE:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(QSize(PHOTO_SIDE, PHOTO_SIDE), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColor("white"))
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return picture_bytes(flat, "JPEG", 88), "image/jpeg"


def picture_bytes(image: QImage, form: str = "PNG", quality: int = -1) -> bytes:
    """An image as the bytes of a picture file."""
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form, quality)  # type: ignore[call-overload]  # takes text, whatever the stub says
    return bytes(out.data())


def photo_of(mime: QMimeData | None) -> bytes | None:
    """Bytes of the picture being dropped or pasted: a file, or the picture itself; None when there is none.

    Raises `Refused` when the file cannot be read.
    """
    if mime is None:
        return None
    for url in mime.urls():
        if url.isLocalFile():
            return read_file(url.toLocalFile())
    if mime.hasImage():
        clipboard = QGuiApplication.clipboard()
        image = clipboard.image() if mime is clipboard.mimeData() else QImage(mime.imageData())
        return None if image.isNull() else picture_bytes(image)
    return None


def read_file(path: str) -> bytes:
    """A file's bytes; `Refused` in words when it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise Refused(
            "photo.unreadable", "That file cannot be read; nothing was changed.", field="photo"
        ) from None


@lru_cache(maxsize=600)
def _face(key: str, data: bytes, side: int) -> QPixmap:
    image = QImage.fromData(data)
    smooth = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(QSize(side, side), Qt.AspectRatioMode.IgnoreAspectRatio, smooth))


def paint_avatar(
    painter: QPainter, box: QRectF, name: str, photo: tuple[str, bytes] | None = None, ground: str = "sunk"
) -> None:
    """A circle in `box` with the photo (its hash and bytes), else the initials."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addEllipse(box)
    ratio = painter.device().devicePixelRatioF()
    face = _face(photo[0], photo[1], round(box.width() * ratio)) if photo else None
    if face is not None and not face.isNull():
        painter.setClipPath(path)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box.toRect(), face)
        painter.setClipping(False)
    else:
        painter.fillPath(path, color(ground))
        painter.setFont(font(max(9, round(box.width() * 0.4)), 600))
        painter.setPen(color("text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), initials(name))
    painter.setPen(QPen(color("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


class Avatar(QWidget):
    """The face in the inspector: a click chooses a photo, a picture can be dropped on it or pasted, Del removes it."""

    chosen = Signal()
    """Clicked, Enter or Space: choose a file."""
    offered = Signal(object)
    """A function that gives the picture's bytes, or raises `Refused`."""
    removed = Signal()

    def __init__(self, side: int = 56) -> None:
        super().__init__()
        self._name = ""
        self._photo: tuple[str, bytes] | None = None
        self._over = False
        self.setFixedSize(side, side)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Choose a photo, drop one here or paste it")

    def show_person(self, name: str, photo: tuple[str, bytes] | None) -> None:
        """Show someone; `photo` is its hash and bytes."""
        self._name, self._photo = name, photo
        self.setAccessibleName(f"{'Photo' if photo else 'No photo yet'} of {name}")
        self.update()

    def _offer(self, mime: QMimeData | None) -> None:
        give: Callable[[], bytes | None] = lambda: photo_of(mime)  # noqa: E731
        self.offered.emit(give)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(
            painter,
            QRectF(self.rect()).adjusted(2, 2, -2, -2),
            self._name,
            self._photo,
            "sel" if self._over else "sunk",
        )
        if self.hasFocus() or self._over:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("accentText"), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._offer(QGuiApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._photo:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self._offer(event.mimeData())
