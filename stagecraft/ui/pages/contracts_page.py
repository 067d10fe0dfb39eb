"""Contracts: the list by next deadline with its formula, and one contract on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from stagecraft.domain.contract_dates import next_states
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.names import fold
from stagecraft.domain.times import date_text
from stagecraft.queries.contracts import GROUPS, ContractRow, contract_rows
from stagecraft.services.contracts import RemoveContract
from stagecraft.ui.actions import Action, Hit
from stagecraft.ui.page import Page
from stagecraft.ui.pages.contract_new import NewContract
from stagecraft.ui.pages.contract_panel import ContractPanel
from stagecraft.ui.widgets.buttons import Button, Segmented
from stagecraft.ui.widgets.chips import production_chip
from stagecraft.ui.widgets.fields import LineEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import EmptyState, Ground, PageHeader
from stagecraft.ui.widgets.row_table import ROW
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList, group_item

if TYPE_CHECKING:
    from stagecraft.ui.desk import Desk

_ORDERS = (("deadline", "By deadline"), ("state", "By state"))


class ContractsPage(Page):
    """List at the left, the chosen contract at the right; one after the other where there is no room."""

    name, title, icon = "contracts", "Contracts", "contracts"
    follows_date = False
    tables = frozenset(
        {
            "contract",
            "contract_money",
            "contract_increment",
            "contract_option",
            "contract_deadline",
            "contract_state_change",
            "rider",
            "attachment",
            "opening",
            "person",
            "agent",
            "assignment",
            "performance",
            "event",
            "production",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.remove_header()
        self._rows: list[ContractRow] = []
        self._search = ""
        self._order = "deadline"
        self._wanted: int | None = None
        self.panel = ContractPanel(desk)
        self.panel.back.clicked.connect(self._show_list)
        self.form = NewContract(desk)
        self.form.added.connect(self._on_added)
        self.form.left.connect(self._close_form)
        self._right = QStackedWidget()
        self._nothing = EmptyState(
            "contracts", "No contract chosen", "Choose one in the list to see it on one page."
        )
        for widget in (self._nothing, self.panel, self.form):
            self._right.addWidget(widget)
        self._left = self._make_list()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._left)
        self.split.addWidget(self._right)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([472, 660])
        self._empty = EmptyState(
            "contracts",
            "No contracts yet",
            "Who is engaged, until when, and by which day notice must be given. Begin with one person.",
            [("Add the first contract", self.begin_new)],
        )
        self.set_content(self.split, empty=self._empty)
        self.setFocusProxy(self.list)

    def _make_list(self) -> QWidget:
        left = Ground("list")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = PageHeader("Contracts")
        self.order = Segmented(_ORDERS, name="Order")
        self.order.changed.connect(self._on_order)
        head.add_left(self.order)
        head.add_right(Button("Contract", icon="plus", tip="Add a contract (N)", on_click=self.begin_new))
        column.addWidget(head)
        bar = Ground("grouphead")
        row = QVBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 6)
        self.search = LineEdit(placeholder="Find by name, job, agreement, state", name="Find a contract")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        row.addWidget(self.search)
        column.addWidget(bar)
        self.list = TwoLineList(name="Contracts by next deadline", icons=True)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _item: self._enter_panel())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        column.addWidget(self.list, 1)
        self.none_found = Label("", "secondary", wrap=True)
        self.none_found.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.none_found)
        left.setMinimumWidth(300)
        return left

    # --- showing ---

    def load(self) -> None:
        if not self.desk.may_see("Management"):
            self._close_to_role()
            return
        for button in self._empty.buttons:
            button.setVisible(True)
        self._rows = self.desk.read(contract_rows, self.desk.today, self.desk.productions)
        self.show_empty(not self._rows and self._right.currentWidget() is not self.form)
        self._fill()

    def _close_to_role(self) -> None:
        self._rows = []
        self._empty.title.setText("Contracts are not open to your role")
        self._empty.text.setText(
            "Terms and deadlines open for stage, production, company and general managers."
        )
        for button in self._empty.buttons:
            button.setVisible(False)
        self.show_empty(True)

    def _fill(self) -> None:
        shown = [row for row in self._rows if self._found(row)]
        self.list.set_items(self._items(shown))
        self.none_found.setVisible(bool(self._rows) and not shown)
        self.none_found.setText(f"No contract fits “{self._search}”.")
        self.filter_changed.emit()
        keep = self._wanted if self._wanted is not None else self._current_id()
        if keep is None or not self.list.select(keep):
            first = next(iter(shown), None)
            if first is not None and not self.narrow:
                self.list.select(first.id)
        self._wanted = None
        self._show_current()

    def _items(self, rows: list[ContractRow]) -> list[ListItem]:
        items: list[ListItem] = []
        words = GROUPS if self._order == "deadline" else CONTRACT_STATES
        for code, title in words.items():
            group = [row for row in rows if (row.group if self._order == "deadline" else row.state) == code]
            if group:
                items.append(group_item(title[:1].upper() + title[1:], str(len(group))))
                items += [self._item(row) for row in group]
        return items

    @staticmethod
    def _item(row: ContractRow) -> ListItem:
        mark = {"red": ("red", "redMark"), "amber": ("amber", "amberMark")}.get(row.severity, ("", "text2"))
        if row.ended:
            mark = ("check", "text2")
        return ListItem(
            row.id,
            row.person,
            row.job,
            row.line,
            date_text(row.shown_on) if row.shown_on else "" if row.ended else "no date",
            row.days,
            row.severity or "text2",
            mark[0],
            mark[1],
            (production_chip(row.code, row.colour),),
            value=row,
        )

    def _found(self, row: ContractRow) -> bool:
        if not self._search:
            return True
        text = fold(
            " ".join(
                (row.person, row.job, row.agreement_text, CONTRACT_STATES[row.state], row.code, row.decision)
            )
        )
        return all(part in text for part in fold(self._search).split())

    def _current_id(self) -> int | None:
        item = self.list.current()
        return item.value.id if item is not None and item.value is not None else None

    def _show_current(self) -> None:
        if self._right.currentWidget() is self.form:
            return
        current = self._current_id()
        row = next((one for one in self._rows if one.id == current), None)
        if row is None:
            self._right.setCurrentWidget(self._nothing)
            return
        self.panel.show_row(row)
        self._right.setCurrentWidget(self.panel)

    # --- the list ---

    def _on_chosen(self, item: ListItem) -> None:
        if item.value is None:
            return
        if self._right.currentWidget() is self.form:
            self._right.setCurrentWidget(self.panel)
        self._show_current()

    def _on_search(self, text: str) -> None:
        self._search = text.strip()
        self._fill()

    def _on_order(self, order: object) -> None:
        self._order = str(order)
        self._fill()

    def hidden_by_filter(self) -> tuple[int, str]:
        hidden = sum(1 for row in self._rows if not self._found(row))
        return hidden, "contract" if hidden == 1 else "contracts"

    def clear_filter(self) -> None:
        self.search.clear()

    def _open_menu(self, at: QPoint) -> None:
        """What can be done with the contract under the pointer."""
        item = self.list.indexAt(at).data(ROW)
        if item is None or item.value is None:
            return
        row: ContractRow = item.value
        self.list.select(row.id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if any(option.state == "open" for option in row.options) and not row.ended:
            menu.addAction("Notice sent…", self.panel.open_decision)
        menu.addAction("Change state…", self.panel.open_state).setEnabled(bool(next_states(row.state)))
        menu.addAction("Add an option", self.panel.items.add_option)
        menu.addAction("Show the person", lambda: self.desk.open_page("company", person=row.person_id))
        menu.addSeparator()
        menu.addAction("Remove", self.remove_current).setEnabled(not row.signed)
        menu.popup(self.list.viewport().mapToGlobal(at))

    # --- new, remove ---

    def begin_new(self, person: int | None = None) -> None:
        """Open the form for a new contract."""
        if not self.desk.may_see("Management"):
            return
        self.show_empty(False)
        self._right.setCurrentWidget(self.form)
        self._show_panel()
        self.form.begin(person)

    def _on_added(self, contract: int) -> None:
        self._right.setCurrentWidget(self.panel)
        self._wanted = contract
        self.search.clear()
        self.load()
        self._show_panel()

    def _close_form(self) -> None:
        self._right.setCurrentWidget(self._nothing)
        self.load()
        self._show_list()

    def remove_current(self) -> None:
        """Remove the chosen contract; a signed one is refused in words, undo brings it back."""
        current = self._current_id()
        if current is not None:
            self.desk.do(RemoveContract(current), self.name)

    # --- narrow: two steps ---

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.panel.back.setVisible(narrow)
        if narrow:
            self._show_list()
        else:
            self._left.show()
            self._right.show()

    def _show_list(self) -> None:
        if self.narrow:
            self._left.show()
            self._right.hide()
            self.list.setFocus()

    def _show_panel(self) -> None:
        if self.narrow:
            self._right.show()
            self._left.hide()

    def _enter_panel(self) -> None:
        """Enter in the list goes on to the first field that can be typed in."""
        self._show_panel()
        if self._right.currentWidget() is self.panel:
            self.panel.engagement.focus_first()

    # --- what can be done ---

    def show_target(self, **target: Any) -> None:
        """`contract=12` chooses it; `person=3` the first of that person; `new=True` opens the form."""
        if target.get("new"):
            self.begin_new(target.get("person"))
            return
        found = next(
            (
                row.id
                for row in self._rows
                if row.id == target.get("contract")
                or ("person" in target and row.person_id == target["person"])
            ),
            None,
        )
        if found is not None:
            self.search.clear()
            self.list.select(found)
            self._show_panel()

    def actions(self) -> list[Action]:
        chosen = self._has_current
        return [
            Action("contracts.new", "New contract", self.begin_new, "N", "plus", "Page", words="add engage hire"),
            Action("contracts.notice", "Notice sent…", self.panel.open_decision, menu="Page", enabled=chosen,
                   words="option exercise renew", separator=True),
            Action("contracts.state", "Change state…", self.panel.open_state, menu="Page", enabled=chosen,
                   words="sign offer departed"),
            Action("contracts.option", "Add an option", self.panel.items.add_option, menu="Page", enabled=chosen),
            Action("contracts.money", "Open money fields", self.panel.money.open, menu="Page", enabled=chosen,
                   words="salary pay weekly"),
            Action("contracts.remove", "Remove contract", self.remove_current, "Del", "trash", "Page", enabled=chosen),
            Action("contracts.find", "Find a contract", self._find, "Ctrl+F", "search", "Page"),
        ]  # fmt: skip

    def _has_current(self) -> bool:
        return self._current_id() is not None and self._right.currentWidget() is self.panel

    def _find(self) -> None:
        self._show_list()
        self.search.setFocus()
        self.search.selectAll()

    def commands(self, text: str) -> list[Hit]:
        """Contracts by person, job or code; `contract karen` understood fully."""
        parts = fold(text).split()
        asked = [part for part in parts if part not in ("contract", "contracts")]
        if not parts or not self.desk.may_see("Management"):
            return []
        named = len(asked) < len(parts)
        if not self._rows:
            self._rows = self.desk.read(contract_rows, self.desk.today, self.desk.productions)
        hits = []
        for row in self._rows:
            words = fold(f"{row.person} {row.job} {row.code}")
            if asked and all(part in words for part in asked):
                hits.append(self._hit(row, 90 if named else 40))
        return hits[:6]

    def _hit(self, row: ContractRow, rank: int) -> Hit:
        detail = f"{date_text(row.shown_on)}, {row.days}" if row.shown_on else row.line
        return Hit(
            f"{row.person}, {row.job}" if row.job else row.person,
            lambda: self.desk.open_page(self.name, contract=row.id),
            detail,
            "Contract",
            "contracts",
            rank,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._right.currentWidget() is self.form:
                self.form.leave()
                return
            if self.panel.close_forms():
                return
            if self.narrow and not self._right.isHidden():
                self._show_list()
                return
        super().keyPressEvent(event)

    # --- layout ---

    def save_layout(self) -> dict[str, Any]:
        return {"split": self.split.sizes(), "order": self._order}

    def restore_layout(self, layout: dict[str, Any]) -> None:
        sizes = layout.get("split")
        if (
            isinstance(sizes, list)
            and len(sizes) == 2
            and all(isinstance(one, int) and one > 0 for one in sizes)
        ):
            self.split.setSizes(sizes)
        order = layout.get("order")
        if order in dict(_ORDERS):
            self._order = str(order)
            self.order.set_value(order)
