"""The company: everybody on file by group, with contact, agent and what they do; edited in the inspector.

The list's columns and what is copied live in `company_table`, the line that adds people in `company_add`, the
panels in `company_inspector`.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from stagecraft.queries.people import PersonRow, person_rows, photo_bytes
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.desk import Desk
from stagecraft.ui.page import Page
from stagecraft.ui.pages.company_add import AddLine
from stagecraft.ui.pages.company_inspector import PeoplePanel, PersonPanel
from stagecraft.ui.pages.company_table import (
    GROUP_WORDS,
    PeopleModel,
    PersonLine,
    addresses,
    copied,
    line_of,
    matches,
    people_table,
)
from stagecraft.ui.theme import font
from stagecraft.ui.widgets.avatar import photo_of
from stagecraft.ui.widgets.buttons import Button, IconButton, Segmented
from stagecraft.ui.widgets.fields import Combo
from stagecraft.ui.widgets.panels import EmptyState
from stagecraft.ui.words import count_text


class CompanyPage(Page):
    """People by group, found, added, edited, copied and removed."""

    name, title, icon = "company", "Company", "company"
    # fmt: off
    tables = frozenset({
        "person", "agent", "assignment", "job", "track", "role", "cover_readiness", "person_private",
        "person_sealed", "opening", "production", "contract", "call", "event", "event_unit", "scene",
    })
    # fmt: on

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._group: str | None = None
        self._everybody = False
        self._photo = lru_cache(maxsize=400)(lambda photo: self.desk.read(photo_bytes, photo))
        self._build_header()
        self._build_content()
        self.panel = PersonPanel(desk)
        self.panel.event_wanted.connect(lambda event: desk.open_page("calendar", event=event))
        self.panel.contracts_wanted.connect(lambda person: desk.open_page("contracts", person=person))
        self.panel.without_wanted.connect(lambda person: desk.open_page("script", without=person))
        self.people_panel = PeoplePanel(desk)
        self.people_panel.copy_wanted.connect(self.copy)
        self.people_panel.addresses_wanted.connect(self.copy_addresses)

    def _build_header(self) -> None:
        self.scope = Segmented([(False, "Here"), (True, "Everybody")], name="Whom the list shows")
        self.scope.setToolTip("Here: those in the productions shown, and those not assigned yet")
        self.scope.changed.connect(self._on_scope)
        self.header.add_left(self.scope)
        self.filter = QLineEdit()
        self.filter.setFont(font())
        self.filter.setPlaceholderText("Name, role, telephone…")
        self.filter.setAccessibleName("Find people")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(196)
        self.filter.textChanged.connect(self._refilter)
        self.header.add_left(self.filter)
        self.group = Combo([(None, "All groups"), *GROUP_WORDS.items()], name="Group")
        self.group.setFixedWidth(148)
        self.group.committed.connect(self._on_group)
        self.header.add_left(self.group)
        self.add_button = Button("Person", "primary", icon="plus", tip="Add a person (N)", on_click=self.add)
        self.header.add_right(IconButton("paper", "Print the company list", on_click=self._print))
        self.header.add_right(self.add_button)

    def _build_content(self) -> None:
        self.add_line = AddLine(self.desk)
        self.add_line.hide()
        self.add_line.added.connect(self._on_added)
        self.add_line.existing.connect(self.open_person)
        self.add_line.closed.connect(self._on_add_closed)
        self.table = people_table(self._photo)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.opened.connect(lambda _line: self.panel.name.editor.setFocus())
        self.nobody = EmptyState(
            "search",
            "Nobody found",
            "Nobody here matches what you typed.",
            [("Show everybody", self.clear_filter)],
        )
        self.nobody.hide()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.add_line)
        column.addWidget(self.table, 1)
        column.addWidget(self.nobody, 1)
        self.empty = EmptyState(
            "company",
            "No people yet",
            "Everyone is entered once, on stage or off, and then assigned to each production they work on. "
            "Import… in the File menu reads a list.",
            [("Add the first person", self.add)],
        )
        self.set_content(content, empty=self.empty)

    @property
    def model(self) -> PeopleModel:
        model = self.table.rows
        assert isinstance(model, PeopleModel)
        return model

    # --- showing ---

    def load(self) -> None:
        people: list[PersonRow] = self.desk.read(person_rows)
        if not self.desk.may_see("Management"):
            people = [row.as_company_sees() for row in people]
        here, several = self.desk.productions, len(self.desk.productions) > 1
        lines = [line_of(row, here, self.desk.date, several=several) for row in people]
        if not self._everybody:
            lines = [line for line in lines if line.mine or not line.person.assignments]
        empty = not people and not self.add_line.isVisible()
        self.show_empty(empty)
        self.setFocusProxy(self.empty.buttons[0] if empty else self.table)
        self.model.set_rows(lines)
        self._after_filter()
        self._show_selected(open_panel=False)

    def _refilter(self) -> None:
        text, group = self.filter.text(), self._group

        def keep(line: PersonLine) -> bool:
            return (group is None or line.group == group) and matches(line, text)

        self.model.set_filter(keep if text.strip() or group else None)
        self._after_filter()

    def _after_filter(self) -> None:
        nothing = not self.model.people and self.model.hidden > 0
        self.nobody.setVisible(nothing)
        self.table.setVisible(not nothing)
        self.filter_changed.emit()

    def _on_scope(self, everybody: object) -> None:
        self._everybody = bool(everybody)
        self.load()

    def _on_group(self, group: str | None) -> None:
        self._group = group
        self._refilter()

    def hidden_by_filter(self) -> tuple[int, str]:
        return self.model.hidden, "person" if self.model.hidden == 1 else "people"

    def clear_filter(self) -> None:
        self._group = None
        self.group.set_value(None)
        self.filter.clear()
        self._refilter()

    def save_layout(self) -> dict[str, Any]:
        return {"table": self.table.save_layout(), "everybody": self._everybody}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        self.table.restore_layout(layout.get("table") or {})
        self._everybody = bool(layout.get("everybody"))
        self.scope.set_value(self._everybody)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way before names and roles do."""
        super().resizeEvent(event)
        for column, least in ((2, 560), (3, 900), (4, 1000)):
            self.table.setColumnHidden(column, self.width() < least)
        narrow = self.width() < 760
        self.filter.setFixedWidth(132 if narrow else 196)
        self.group.setFixedWidth(112 if narrow else 148)

    def minimumSizeHint(self) -> QSize:
        """Small: a narrow page folds its columns instead of widening the window."""
        return QSize(360, 240)

    def show_target(self, **target: Any) -> None:
        """Select a person, wherever they are; `add` opens the line for a new one with that name."""
        if "person" in target:
            self.open_person(target["person"])
        if "add" in target:
            self.add(str(target["add"]))

    def open_person(self, person: int) -> None:
        """Select someone, showing everybody when they are not among those here."""
        if not self.table.select(person):
            self.clear_filter()
            if not self.table.select(person):
                self.scope.set_value(True)
                self._on_scope(True)
                self.table.select(person)
        self.table.setFocus()

    # --- selection ---

    def chosen(self) -> list[PersonLine]:
        """The people selected, in the order of the list."""
        return [line for line in self.table.selected() if isinstance(line, PersonLine)]

    def _on_selected(self) -> None:
        self._show_selected(open_panel=True)

    def _show_selected(self, *, open_panel: bool) -> None:
        lines = self.chosen()
        panel = self.people_panel if len(lines) > 1 else self.panel
        if not lines:
            if self.inspector() is not None:
                self.close_inspector()
            return
        if len(lines) > 1:
            self.people_panel.show_people(lines)
        else:
            self.panel.show_person(lines[0].person, lines[0].roles)
        if open_panel:
            self.open_inspector(panel)

    # --- doing ---

    def add(self, name: str = "") -> None:
        """Open the line for a new person."""
        self.show_empty(False)
        self.add_line.start(name)

    def _on_added(self, person: int) -> None:
        if not self.table.select(person):
            self.clear_filter()
            self.table.select(person)

    def _on_add_closed(self) -> None:
        self.show_empty(not self.model.people and not self.model.hidden)
        self.table.setFocus()

    def copy(self) -> None:
        """Put the selected people on the clipboard as a table."""
        lines = self.chosen()
        if not lines:
            return
        text = copied(lines)
        mime = QMimeData()
        mime.setText(text)
        mime.setData("text/tab-separated-values", text.encode())
        QGuiApplication.clipboard().setMimeData(mime)
        self.desk.say(f"Copied {count_text(len(lines), 'person', 'people')}")

    def copy_addresses(self) -> None:
        """Put the e-mail addresses of the selected people on the clipboard."""
        lines = self.chosen()
        text = addresses(lines)
        if not text:
            self.desk.say("None of them shares an e-mail address.")
            return
        QGuiApplication.clipboard().setText(text)
        left = sum(not (line.person.email and line.person.share_contact) for line in lines)
        self.desk.say("Copied the addresses" + (f"; {left} without one" if left else ""))

    def ask_remove(self) -> None:
        """Ask in the inspector before anybody goes."""
        lines = self.chosen()
        if len(lines) > 1:
            self.open_inspector(self.people_panel)
            self.people_panel.ask_remove()
        elif lines:
            self.open_inspector(self.panel)
            self.panel.ask_remove()

    def _menu(self, at: QPoint) -> None:
        lines = self.chosen()
        if not lines:
            return
        menu = QMenu(self)
        menu.addAction("Copy as a table", self.copy)
        menu.addAction("Copy e-mail addresses", self.copy_addresses)
        if len(lines) == 1:
            person = lines[0].id
            menu.addSeparator()
            menu.addAction("Contracts", lambda: self.desk.open_page("contracts", person=person))
            menu.addAction(
                "What can I rehearse without them", lambda: self.desk.open_page("script", without=person)
            )
        menu.addSeparator()
        menu.addAction("Remove…", self.ask_remove)
        menu.exec(self.table.viewport().mapToGlobal(at))
        menu.deleteLater()

    def actions(self) -> list[Action]:
        def some() -> bool:
            return bool(self.chosen())

        return [
            Action("company.add", "Add person", self.add, "N", "plus", "Page"),
            Action("company.find", "Find in the list", self._find, "Ctrl+F", "search", "Page"),
            Action("company.copy", "Copy people", self.copy, "Ctrl+C", "copy", "Page", some),
            Action(
                "company.addresses",
                "Copy e-mail addresses",
                self.copy_addresses,
                icon="mail",
                menu="Page",
                enabled=some,
            ),
            Action(
                "company.print",
                "Print the company list",
                self._print,
                "",
                "paper",
                "Page",
                words="contact sheet",
            ),
            Action("company.remove", "Remove people…", self.ask_remove, "Del", "trash", "Page", some),
            Action("company.paste", "Paste a photo", self._paste_photo, "", "camera", "Page", some),
            Action("company.groups", "Order by groups", self._by_groups, menu="Page"),
        ]

    def _print(self) -> None:
        self.desk.open_page("paper", document="company-list")

    def _find(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _paste_photo(self) -> None:
        """The picture on the clipboard becomes the photo of the person chosen."""
        if len(self.chosen()) == 1:
            self.open_inspector(self.panel)
            self.panel.offer_photo(lambda: photo_of(QGuiApplication.clipboard().mimeData()))

    def _by_groups(self) -> None:
        """Back to the order by groups after a column was sorted."""
        self.model.sort_by(-1)
        self.table.horizontalHeader().setSortIndicatorShown(False)

    def commands(self, text: str) -> list[Hit]:
        """`add person Zoë Łukasik`; with somebody selected `absence`."""
        asked = text.strip().casefold()
        chosen = self.chosen()
        if len(asked) > 2 and len(chosen) == 1 and asked in "note an absence unavailable":
            person = chosen[0].person
            note = partial(self.desk.open_page, "calendar", absence=person.id)
            return [Hit(f"Note an absence of {person.name}", note, kind="person", icon="person", rank=100)]
        words = text.strip().split(maxsplit=2)
        if len(words) < 2 or words[0].casefold() not in ("add", "new"):
            return []
        name = words[2] if len(words) > 2 and words[1].casefold() == "person" else ""
        if not name:
            return []

        def run() -> None:
            self.desk.open_page("company", add=name)

        return [Hit(f"Add {name} to the company", run, kind="person", icon="plus", rank=100)]
