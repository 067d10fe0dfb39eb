"""The left side of the Paper page: every document under its group, with the number it was issued under."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from stagecraft.paper.documents import DOCUMENTS
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.panels import Ground, PageHeader
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList, group_item


class DocumentList(Ground):
    """`chosen(item)` when the user chooses a document; its key is the document's name.

    `production`, in `above`, is for when several productions are looked at.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("list")
        self.setFixedWidth(212)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader("Paper"))
        self.production = Combo(name="Production of the sheet")
        self.above = Ground("none")
        above = QHBoxLayout(self.above)
        above.setContentsMargins(12, 8, 12, 8)
        above.addWidget(self.production)
        column.addWidget(self.above)
        self.list = TwoLineList(name="Documents", height=32)
        self.list.chosen.connect(self.chosen)
        column.addWidget(self.list, 1)

    def show_documents(self, newest: Mapping[str, str], privacy: Collection[str], chosen: str) -> None:
        """`newest` gives the words behind a document; those of a class not in `privacy` say that they are sealed."""
        items: list[ListItem] = []
        group = ""
        for document in DOCUMENTS.values():
            if document.group != group:
                group = document.group
                items.append(group_item(group))
            right = newest.get(document.name, "") if document.privacy in privacy else "sealed"
            items.append(ListItem(document.name, document.title, right=right, value=document))
        self.list.blockSignals(True)
        self.list.set_items(items)
        self.list.select(chosen)
        self.list.blockSignals(False)

    def select(self, name: str) -> bool:
        """Choose a document as a click would."""
        return self.list.select(name)
