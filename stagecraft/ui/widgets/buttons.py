"""Buttons: primary, normal, quiet, danger and link; icon buttons; segmented choice; a button with a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from stagecraft.ui.icons import icon as make_icon
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font

_ICON_TOKEN = {"primary": "onAccent", "danger": "red", "onTip": "onTip", "link": "accentText"}


class Button(QPushButton):
    """A push button. `variant` is normal | primary | quiet | danger | link | status | onTip.

    A page has one primary button at most. An ampersand is shown as it is; shortcuts belong to actions.
    """

    def __init__(
        self,
        text: str = "",
        variant: str = "normal",
        *,
        icon: str = "",
        small: bool = False,
        tip: str = "",
        on_click: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self._icon = icon
        self.setProperty("variant", variant)
        self.setProperty("small", "true" if small else "false")
        self.setFont(
            font(12 if small or variant in ("link", "status") else 13, 400 if variant == "status" else 500)
        )
        if icon:
            self.setIcon(make_icon(icon, _ICON_TOKEN.get(variant, "text")))
            self.setIconSize(QSize(20 if text else 14, 14))
        if tip:
            self.setToolTip(tip)
        self.setAccessibleName(text or tip)
        self.setAutoDefault(True)  # Enter presses the button that has the focus, outside dialogs too
        self.setCursor(Qt.CursorShape.PointingHandCursor if variant == "link" else Qt.CursorShape.ArrowCursor)
        if on_click is not None:
            self.clicked.connect(lambda *_: on_click())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("variant") == "primary":
            # The accent ring of other buttons would drown in the accent fill.
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("onAccent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 2.5, 2.5)

    def set_text(self, text: str) -> None:
        """Change the words and the accessible name together."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def set_variant(self, variant: str) -> None:
        """Dress as another variant, the icon's colour with it."""
        if variant == self.property("variant"):
            return
        self.setProperty("variant", variant)
        if self._icon:
            self.setIcon(make_icon(self._icon, _ICON_TOKEN.get(variant, "text")))
        self.style().unpolish(self)
        self.style().polish(self)


class IconButton(QToolButton):
    """A square button with an icon; `tip` is its tooltip and its accessible name."""

    def __init__(
        self,
        icon: str,
        tip: str,
        *,
        size: int = 28,
        token: str = "text2",
        checkable: bool = False,
        on_click: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._token = token
        self.setIcon(make_icon(icon, token))
        self.setIconSize(QSize(16, 16) if size >= 28 else QSize(14, 14))
        self.setFixedSize(size, size)
        self.setCheckable(checkable)
        self.set_tip(tip)
        if on_click is not None:
            self.clicked.connect(lambda *_: on_click())

    def set_tip(self, tip: str) -> None:
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    def set_icon(self, icon: str) -> None:
        self.setIcon(make_icon(icon, self._token))


class MenuButton(Button):
    """A button that opens a menu; `fill` is called with the emptied menu each time, so it is never stale."""

    def __init__(
        self, text: str, fill: Callable[[QMenu], object], *, icon: str = "", small: bool = False, tip: str = ""
    ) -> None:
        super().__init__(text, icon=icon, small=small, tip=tip)
        self.setProperty("drop", "true")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(lambda: (self._menu.clear(), fill(self._menu)))
        self.setMenu(self._menu)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Drawn as a button without a menu: with one the style sheet forgets the padding before the words.
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.width() - 23, (self.height() - 12) / 2, 12, 12)
        paint_icon(painter, "down", box, "text2" if self.isEnabled() else "line2")


class Segmented(QWidget):
    """One of a few: `Day | Week | Month`. Arrow keys move, `changed(value)` tells."""

    changed = Signal(object)
    _HEIGHT = 28

    def __init__(
        self,
        options: Sequence[tuple[object, str]],
        value: object = None,
        *,
        name: str = "",
    ) -> None:
        super().__init__()
        self._options = list(options)
        self._value = options[0][0] if value is None and options else value
        self._hover = -1
        self.setFont(font())
        self._strong = font(13, 600)
        self.setFixedHeight(self._HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._name = name
        self._announce()

    @property
    def options(self) -> list[tuple[object, str]]:
        """What can be chosen, with its words."""
        return self._options

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        """Choose without telling."""
        self._value = value
        self._announce()
        self.update()

    def _announce(self) -> None:
        word = next((text for value, text in self._options if value == self._value), "")
        self.setAccessibleName(f"{self._name}: {word}" if self._name else word)

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._options) and self._options[index][0] != self._value:
            self.set_value(self._options[index][0])
            self.changed.emit(self._value)

    def _rects(self) -> list[QRect]:
        metrics, left, found = QFontMetrics(self._strong), 0, []
        widths = [metrics.horizontalAdvance(text) + 24 for _, text in self._options]
        spare = max(0, self.width() - sum(widths)) // max(1, len(widths))
        for width in widths:
            found.append(QRect(left, 0, width + spare, self._HEIGHT))
            left += width + spare
        return found

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._strong)
        return QSize(sum(metrics.horizontalAdvance(text) + 24 for _, text in self._options), self._HEIGHT)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(color("base"))
        painter.drawRoundedRect(frame, 4, 4)
        for index, rect in enumerate(self._rects()):
            chosen = self._options[index][0] == self._value
            inner = QRectF(rect).adjusted(1, 1, -1, -1)
            if chosen or index == self._hover:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("sel" if chosen else "hover"))
                painter.drawRoundedRect(inner, 3, 3)
            if index:
                painter.setPen(QPen(color("line2"), 1))
                painter.drawLine(QPointF(rect.left() + 0.5, 1), QPointF(rect.left() + 0.5, self._HEIGHT - 1))
            painter.setFont(self._strong if chosen else self.font())
            painter.setPen(color("text" if chosen else "text2"))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._options[index][1])
        if self.hasFocus():
            painter.setPen(QPen(color("accentText"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _index_at(self, x: float) -> int:
        return next((i for i, rect in enumerate(self._rects()) if rect.left() <= x < rect.right() + 1), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._index_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._index_at(event.position().x())
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = next((i for i, (value, _) in enumerate(self._options) if value == self._value), -1)
        if event.key() == Qt.Key.Key_Left:
            self._choose(index - 1)
        elif event.key() == Qt.Key.Key_Right:
            self._choose(index + 1)
        else:
            super().keyPressEvent(event)
