"""Help pages, the list of keys and About: windows beside the main one, never in its way."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QTextBrowser, QVBoxLayout, QWidget

from stagecraft.base.resources import resources_dir
from stagecraft.ui.actions import MENUS, Action
from stagecraft.ui.theme import font
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Ground
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList

HELP_PAGES = ("first-evening", "import", "work-rules", "backup", "keys")
"""Pages of `resources/help` in the order they are read."""

EVERYWHERE = (
    ("Esc", "Put back what is typed or dragged; else close pop-up or inspector"),
    ("Enter", "Save the field, open the row"),
    ("Tab", "Next field, which saves this one"),
    ("Up, Down in a day or time", "A day, or a quarter of an hour"),
    ("Alt", "Show the menu bar"),
)


class HelpDialog(QDialog):
    """The pages of `resources/help`, as they ship with the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Stagecraft help")
        self.resize(860, 620)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.pages = TwoLineList(name="Help pages", height=32)
        self.pages.setFixedWidth(220)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(False)
        self.text.setFont(font())
        self.text.setAccessibleName("Help text")
        self.text.document().setDocumentMargin(24)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setProperty("bare", "true")
        row.addWidget(self.pages)
        row.addWidget(self.text, 1)
        files = [resources_dir() / "help" / f"{page}.md" for page in HELP_PAGES]
        self.pages.set_items(
            [ListItem(path.name, _title(path.read_text("utf-8")), value=path) for path in files]
        )
        self.pages.chosen.connect(lambda item: self._show(item.value.read_text("utf-8")))
        self.pages.select(files[0].name)

    def _show(self, text: str) -> None:
        self.text.setMarkdown(text)
        _set_in_type(self.text.document())


def _set_in_type(document: QTextDocument) -> None:
    """Headings in our sizes and room between paragraphs: Qt's Markdown has neither."""
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        form = block.blockFormat()
        form.setTopMargin(14 if level else 0)
        form.setBottomMargin(4 if level else 6)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(form)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            face = QTextCharFormat()
            face.setFont(font(20 if level == 1 else 14, 600))
            cursor.mergeCharFormat(face)
        block = block.next()


def _title(text: str) -> str:
    return text.splitlines()[0].lstrip("# ")


class KeysDialog(QDialog):
    """Every key that acts now, built from the declared actions."""

    def __init__(self, actions: Iterable[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.resize(460, 600)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = Ground("none")
        grid = QGridLayout(inside)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(24)
        for group, lines in self._groups(list(actions)):
            if grid.rowCount() > 1:
                grid.setRowMinimumHeight(grid.rowCount(), 8)
            grid.addWidget(Label(group, "head"), grid.rowCount(), 0, 1, 2)
            for key, text in lines:
                line = grid.rowCount()
                grid.addWidget(Label(key, "strong"), line, 0)
                grid.addWidget(Label(text, "body", tone="text2", wrap=True), line, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll.setWidget(inside)
        outer.addWidget(scroll)

    @staticmethod
    def _groups(actions: list[Action]) -> list[tuple[str, list[tuple[str, str]]]]:
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for menu in ("Page", *(name for name in MENUS if name != "Page"), ""):
            lines = [
                (key_words(a.shortcut), a.text.rstrip("…")) for a in actions if a.shortcut and a.menu == menu
            ]
            if lines:
                groups.append(("This page" if menu == "Page" else menu or "Elsewhere", lines))
        return [*groups, ("Everywhere", list(EVERYWHERE))]


def key_words(shortcut: str) -> str:
    """A shortcut as this system writes it: `Ctrl+K`, two of them joined by `or`."""
    keys = (QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in shortcut.split(" | "))
    return " or ".join(keys)


class AboutDialog(QDialog):
    """Name, version, licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Stagecraft")
        self.setMinimumWidth(420)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 16)
        try:
            number = version("stagecraft")
        except PackageNotFoundError:
            number = "from a checkout"
        outer.addWidget(Label("Stagecraft", "big"))
        outer.addWidget(Label(f"Version {number}", "body", tone="text2"))
        outer.addWidget(
            Label(
                "Plan, cast, contract, call, report and print a theatre season. Free software under the MIT licence. "
                "It stands on Qt and PySide6 (LGPL), SQLAlchemy, Alembic and ReportLab, and is set in Inter and "
                "Noto Sans (Open Font License).",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button("Close", on_click=self.close))
        outer.addSpacing(8)
        outer.addLayout(row)
