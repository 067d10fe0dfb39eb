"""Grounds and frames: page header, card, group head, field row, inspector, empty state, findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from stagecraft.ui.widgets.buttons import Button, IconButton
from stagecraft.ui.widgets.chips import Chip, ChipSpec
from stagecraft.ui.widgets.labels import ElidedLabel, IconMark, Label
from stagecraft.ui.widgets.people_field import FlowLayout

ButtonSpec = tuple[str, Callable[[], object]]
"""Words and what happens."""


class Ground(QFrame):
    """A frame with one of the style sheet's grounds: chrome, page, base, sunk, card, header, list …"""

    def __init__(self, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def rule() -> QFrame:
    """A hairline across."""
    line = Ground("rule")
    line.setFixedHeight(1)
    return line


class PageHeader(Ground):
    """44 px head of a page or of a column in it: title, then widgets from the left, then from the right."""

    def __init__(self, title: str = "") -> None:
        super().__init__("header")
        self.setFixedHeight(44)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        self.title = Label(title, "title")
        self._row.addWidget(self.title)
        self._row.addSpacing(4)
        self._row.addStretch(1)
        self._left = 2

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    def add_left(self, widget: QWidget) -> QWidget:
        self._row.insertWidget(self._left, widget)
        self._left += 1
        return widget

    def add_right(self, widget: QWidget) -> QWidget:
        self._row.addWidget(widget)
        return widget


class Card(Ground):
    """White card with a hairline, optionally with a head: title, count, a link at the right.

    Put widgets into `body` (a QVBoxLayout without margins when `flush`, else with 12 px).
    """

    def __init__(
        self,
        title: str = "",
        *,
        link: str = "",
        on_link: Callable[[], object] | None = None,
        flush: bool = False,
    ) -> None:
        super().__init__("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.count = Label("", "body", tone="text3")
        self.head_row = QHBoxLayout()
        if title:
            head = Ground("cardhead")
            head.setFixedHeight(32)
            head.setLayout(self.head_row)
            self.head_row.setContentsMargins(12, 0, 12, 0)
            self.head_row.setSpacing(8)
            self.title = Label(title, "heading")
            self.head_row.addWidget(self.title)
            self.head_row.addWidget(self.count)
            self.head_row.addStretch(1)
            if link:
                self.head_row.addWidget(Button(link, "link", on_click=on_link))
            outer.addWidget(head)
        self.body = QVBoxLayout()
        margin = 0 if flush else 12
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(0 if flush else 8)
        outer.addLayout(self.body)

    def add(self, widget: QWidget) -> QWidget:
        self.body.addWidget(widget)
        return widget


class GroupHead(Ground):
    """28 px head of a group in a list or inspector: words at the left, a count or remark at the right."""

    def __init__(self, text: str, right: str = "") -> None:
        super().__init__("grouphead")
        self.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        self.text = Label(text, "head")
        self.right = Label(right, "caption")
        row.addWidget(self.text)
        row.addStretch(1)
        row.addWidget(self.right)

    def set(self, text: str, right: str = "") -> None:
        self.text.setText(text)
        self.right.setText(right)


class _Refusal(QWidget):
    """Why a field's value was refused, in words below it.

    Rows below make room, and close up again, only while no mouse button is down: the click that left the field is
    aimed at one of them and must still find it.
    """

    def __init__(self, indent: int) -> None:
        super().__init__()
        self.said = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(indent, 0, 0, 2)
        row.setSpacing(4)
        self.words = Label("", "secondary", tone="red", wrap=True)
        row.addWidget(IconMark("red", "redMark", 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(30)
        self._wait.timeout.connect(self._settle)
        self.hide()

    def tell(self, message: str) -> None:
        """Show these words, or nothing."""
        if message != self.said:
            self.said = message
            self._settle()

    def _settle(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._wait.start()
            return
        self.words.setText(self.said)
        self.setVisible(bool(self.said))


class FieldRow(QWidget):
    """A label, a field and, when needed, the field's refusal in words below it.

    `on_commit(value)` is called when the field is left with a new value; call `refuse` (or give the row to
    `Desk.do(..., fields=row)`) when it cannot be done. `after` are small widgets behind the field.
    """

    editor: Any
    """Any widget; those of `fields` have `committed`, `set_value` and `value`."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        on_commit: Callable[[Any], object] | None = None,
        hint: str = "",
        label_width: int = 64,
        after: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.editor = editor
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        indent = label_width + 8 if label_width else 0
        self.label = Label(label, "label", wrap=len(label) > 11)
        self.label.setFixedWidth(label_width)
        self.label.setBuddy(editor)
        top = Qt.AlignmentFlag.AlignTop if editor.sizeHint().height() > 40 else Qt.AlignmentFlag.AlignVCenter
        if label_width:
            row.addWidget(self.label, 0, top)
        narrow = editor.maximumWidth() < 400
        row.addWidget(editor, 0 if narrow else 1)
        for widget in after:
            row.addWidget(widget)
        if narrow:
            row.addStretch(1)
        outer.addLayout(row)
        if label and not editor.accessibleName():
            editor.setAccessibleName(label)
        self._refusal = _Refusal(indent)
        outer.addWidget(self._refusal)
        self._hint = Label(hint, "caption", wrap=True)
        self._hint.setContentsMargins(indent, 0, 0, 0)
        self._hint.setVisible(bool(hint))
        outer.addWidget(self._hint)
        if hasattr(editor, "refused"):
            editor.refused.connect(self._tell)
        if on_commit is not None:
            self.editor.committed.connect(on_commit)

    def set_value(self, value: Any) -> None:
        self.editor.set_value(value)

    def value(self) -> Any:
        return self.editor.value()

    def set_hint(self, hint: str) -> None:
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def refuse(self, message: str) -> None:
        """Say why beside the field; the field keeps what was typed."""
        if hasattr(self.editor, "refuse"):
            self.editor.refuse(message)
        else:
            self._tell(message)

    def refusal(self) -> str:
        """The refusal shown, or nothing."""
        return self._refusal.said

    def _tell(self, message: str) -> None:
        self._refusal.tell(message)


class _Inset(QHBoxLayout):
    """12 px at the sides and 4 above and below a widget; nothing while it is hidden."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.setContentsMargins(12, 4, 12, 4)
        self.addWidget(widget)

    def sizeHint(self) -> QSize:
        return QSize() if self.isEmpty() else super().sizeHint()

    def minimumSize(self) -> QSize:
        return QSize() if self.isEmpty() else super().minimumSize()


class Inspector(QWidget):
    """What is selected, every field in place: a head with a title and an optional chip, a scrolling body.

    A page makes one (or one per noun), fills it with `add`, and shows it with `Page.open_inspector`.
    """

    close_wanted = Signal()

    def __init__(self, title: str = "", chip: ChipSpec | None = None) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = Ground("sidehead")
        head.setFixedHeight(44)
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(12, 0, 8, 0)
        self.head.setSpacing(8)
        self.chip = Chip(chip or ChipSpec(""))
        self.chip.setVisible(chip is not None)
        self.head.addWidget(self.chip)
        self.title = ElidedLabel(title, "heading")
        self.head.addWidget(self.title, 1)
        self.head.addWidget(IconButton("close", "Close the inspector (Esc)", on_click=self.close_wanted.emit))
        outer.addWidget(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = Ground("none")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 12)
        self.body.setSpacing(0)
        self.body.addStretch(1)
        self._scroll.setWidget(inside)
        outer.addWidget(self._scroll, 1)

    def set_head(self, title: str, chip: ChipSpec | None = None) -> None:
        self.title.setText(title)
        self.chip.setVisible(chip is not None)
        if chip is not None:
            self.chip.set_spec(chip)

    def add(self, widget: QWidget, *, flush: bool = False) -> QWidget:
        """Put a widget below the others: with 12 px at the sides, or from edge to edge when `flush`."""
        if flush:
            self.body.insertWidget(self.body.count() - 1, widget)
            return widget
        self.body.insertLayout(self.body.count() - 1, _Inset(widget))
        return widget

    def add_field(
        self, label: str, editor: QWidget, on_commit: Callable[[Any], object] | None = None
    ) -> FieldRow:
        row = FieldRow(label, editor, on_commit=on_commit)
        self.add(row)
        return row

    def add_group(self, text: str, right: str = "") -> GroupHead:
        head = GroupHead(text, right)
        self.add(head, flush=True)
        return head

    def put_back(self) -> None:
        """What is half typed in any field goes back to what was there, as when something else is selected."""
        for editor in self.findChildren(QWidget):
            if hasattr(editor, "put_back"):
                editor.put_back()


class EmptyState(QWidget):
    """What an empty page says: what it is for, and the first step as buttons (the first is primary)."""

    def __init__(self, icon: str, title: str, text: str, buttons: Sequence[ButtonSpec] = ()) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        outer.addWidget(IconMark(icon, "text3", 32), 0, middle)
        outer.addSpacing(8)
        self.title = Label(title, "heading", wrap=True)
        self.title.setAlignment(middle)
        outer.addWidget(self.title)
        self.text = Label(text, "secondary", wrap=True)
        self.text.setAlignment(middle)
        self.text.setMaximumWidth(440)
        self.text.setMinimumWidth(200)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        wide = QHBoxLayout()
        wide.addStretch(1)
        wide.addWidget(self.text, 100)
        wide.addStretch(1)
        outer.addLayout(wide)
        outer.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.buttons: list[Button] = []
        for index, (words, run) in enumerate(buttons):
            button = Button(words, "normal" if index == 0 else "quiet", on_click=run)
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)


class FindingCard(Ground):
    """A finding in words: `severity` red | amber, a bold line, the explanation, and what can be done about it."""

    def __init__(self, severity: str, title: str, text: str = "", buttons: Sequence[ButtonSpec] = ()) -> None:
        super().__init__(severity)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        kind = "Flag" if severity == "red" else "Warning"
        row.addWidget(IconMark(severity, f"{severity}Mark", 16, name=kind), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        heading = Label(title, "heading", wrap=True)
        words.addWidget(heading)
        if text:
            words.addWidget(Label(text, "secondary", wrap=True))
        if buttons:
            words.addSpacing(4)
            across = FlowLayout()
            for index, (label, run) in enumerate(buttons):
                across.addWidget(Button(label, "primary" if index == 0 else "normal", small=True, on_click=run))
            words.addLayout(across)
        row.addLayout(words, 1)
        self.setAccessibleName(f"{kind}: {title}. {text}")


class Spaced(QWidget):
    """Widgets in a row with 8 px between and room at the end."""

    def __init__(self, *widgets: QWidget, stretch: bool = True) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        if stretch:
            row.addStretch(1)

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()
