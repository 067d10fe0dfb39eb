"""A field of people: chips that can be taken out, and a line that completes names from a list."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCompleter, QLayout, QLayoutItem, QLineEdit, QSizePolicy, QWidget

from stagecraft.domain.names import fold
from stagecraft.ui.icons import paint_icon
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.suggestions import Suggestions

Choice = tuple[Hashable, str, str]
"""A key, how it is called in the list, and on its chip."""


class RemovableChip(QAbstractButton):
    """`Without Karen ×`: a click, Del or Enter takes it out."""

    def __init__(self, text: str, *, height: int = 20) -> None:
        super().__init__()
        self.setText(text)
        self.setFont(font(12))
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{text}, take out")
        self.setToolTip("Take out")

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 32, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(color("accentText" if self.hasFocus() else "selLine"), 1.5 if self.hasFocus() else 1)
        )
        painter.setBrush(color("hover" if self.underMouse() else "sel"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1).toRectF(), 4, 4)
        painter.setPen(color("text"))
        painter.setFont(self.font())
        words = QRect(8, 0, self.width() - 30, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(flags), shown)
        side = 12
        paint_icon(
            painter,
            "close",
            QRect(self.width() - 18, (self.height() - side) // 2, side, side).toRectF(),
            "text2",
        )


class FlowLayout(QLayout):
    """Widgets one after the other, wrapping like words."""

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, index: int, widget: QWidget) -> None:
        """Put a widget at a place among the others."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.geometry().width())))

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(80, 24 + margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        left, right = rect.left() + margins.left(), rect.right() - margins.right()
        x, y, line = left, rect.top() + margins.top(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x > left and x + hint.width() > right + 1:
                x, y, line = left, y + line + self._gap, 0
            spare = right - x + 1
            wide = spare if isinstance(item.widget(), QLineEdit) else min(hint.width(), spare)
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(wide, hint.height())))
            x += wide + self._gap
            line = max(line, hint.height())
        return y + line + margins.bottom() - rect.top()


class PeopleField(QWidget):
    """Chips and a line to type into. `changed(keys)` tells after each addition and removal by the user."""

    changed = Signal(object)
    unknown = Signal(str)  # something was typed that is no choice

    def __init__(self, *, prefix: str = "", placeholder: str = "add a person…", name: str = "People") -> None:
        super().__init__()
        self._prefix = prefix
        self.most = 12  # offered at once
        self._choices: list[Choice] = []
        self._keys: list[Hashable] = []
        self._chips: list[RemovableChip] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(4, 4, 4, 4)
        self.line = QLineEdit()
        self.line.setFrame(False)
        self.line.setFont(font())
        self.line.setFixedHeight(20)
        self.line.setMinimumWidth(96)
        self.line.setStyleSheet(
            "QLineEdit { border: none; background: transparent; padding: 0 2px; min-height: 18px; }"
        )
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name)
        self.line.returnPressed.connect(self._take_typed)
        self.line.textEdited.connect(self._offer)
        self.line.installEventFilter(self)
        self._flow.addWidget(self.line)
        self._popup = Suggestions([], self)
        self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup.setWidget(self.line)
        self._popup.popup().setFont(font())
        self._popup.activated[str].connect(self._take_word)  # type: ignore[index]
        self.setFocusProxy(self.line)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Who can be added."""
        self._choices = list(choices)

    def chosen(self) -> list[Hashable]:
        return list(self._keys)

    def set_keys(self, keys: Sequence[Hashable]) -> None:
        """Show these without telling; keys that are no choice are left out."""
        known = {key for key, *_ in self._choices}
        self._keys = [key for key in keys if key in known]
        self._rebuild()

    def _rebuild(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        words = {key: chip for key, _, chip in self._choices}
        self._chips = []
        for key in self._keys:
            chip = RemovableChip(f"{self._prefix}{words[key]}")
            chip.clicked.connect(lambda _=False, key=key: self._remove(key))
            self._flow.insert(len(self._chips), chip)
            chip.show()
            self._chips.append(chip)
        self._flow.invalidate()
        self.updateGeometry()

    def _matches(self, text: str) -> list[Choice]:
        wanted = fold(text).split()
        found = []
        for choice in self._choices:
            key, words, _ = choice
            parts = fold(words).replace(",", " ").split()
            if key not in self._keys and all(any(part.startswith(word) for part in parts) for word in wanted):
                found.append(choice)
        return found

    def _offer(self, text: str) -> None:
        found = [words for _, words, _ in self._matches(text)][: self.most]
        self._popup.set_offers(found)
        if found:
            self._popup.complete()
            self._popup.popup().setCurrentIndex(self._popup.completionModel().index(0, 0))
        else:
            self._popup.popup().hide()

    def _take_typed(self) -> None:
        text = self.line.text().strip()
        if text and (found := self._matches(text)):
            self._add(found[0][0])
        elif text:
            self.unknown.emit(text)

    def _take_word(self, words: str) -> None:
        key = next((key for key, name, _ in self._choices if name == words), None)
        if key is not None:
            self._add(key)

    def _add(self, key: Hashable) -> None:
        self._popup.popup().hide()
        QTimer.singleShot(0, self.line.clear)  # the completer writes the chosen word after this
        if key not in self._keys:
            self._keys.append(key)
            self._rebuild()
            self.changed.emit(self.chosen())

    def _remove(self, key: Hashable) -> None:
        self._keys.remove(key)
        self._rebuild()
        self.line.setFocus()
        self.changed.emit(self.chosen())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._keys:
                self._remove(self._keys[-1])
                return True
            if event.key() == Qt.Key.Key_Down and not self.line.text():
                self._offer("")
                return True
        if watched is self.line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def mousePressEvent(self, event: object) -> None:
        self.line.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.line.hasFocus()
        painter.setPen(QPen(color("accentText" if focused else "line2"), 2 if focused else 1))
        painter.setBrush(color("base"))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 4, 4)
