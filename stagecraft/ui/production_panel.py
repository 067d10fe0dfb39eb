"""A production in the inspector: its name and code, its dates, its venue with rooms."""

from __future__ import annotations

from datetime import date
from typing import Any

from stagecraft.domain.kinds import PRODUCTION_KINDS
from stagecraft.domain.times import date_text
from stagecraft.queries.company import SpaceRow, space_rows, venue_rows
from stagecraft.services.company import EditProduction, RemoveProduction
from stagecraft.services.venues import AddSpace, AddVenue, EditSpace, EditVenue
from stagecraft.ui import words
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.rules_pack_choice import PackChoice, above_production, pack_titles
from stagecraft.ui.theme import PRODUCTION_HUES
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.chips import production_chip
from stagecraft.ui.widgets.fields import Combo, DateEdit, LineEdit, NumberEdit
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import FieldRow, Inspector, Spaced

_HUE_WORDS = {
    "bomb": "Plum",
    "hit": "Olive",
    "hue3": "Petrol",
    "hue4": "Brick",
    "hue5": "Moss",
    "hue6": "Slate violet",
}
_DATES = (
    ("first_rehearsal", "First day"),
    ("first_preview", "Preview"),
    ("opening", "Opening"),
    ("closing", "Closing"),
)
NEW = -1
"""Choice of a venue that does not exist yet."""


class ProductionPanel(Inspector):
    """Edits one production; every field is saved when it is left. Closes when the production is removed."""

    def __init__(self, desk: Desk, production: int) -> None:
        super().__init__()
        self.desk, self.production = desk, production
        self._rows: dict[str, FieldRow] = {}
        self._text("name", "Name")
        self._text("subtitle", "Subtitle")
        self._text("code", "Code")
        kinds = [(key, words.capital(word)) for key, word in PRODUCTION_KINDS.items()]
        self._field("kind", "Kind", Combo(kinds))
        self._field("colour", "Colour", Combo([(hue, _HUE_WORDS[hue], hue) for hue in PRODUCTION_HUES]))
        self.add_group("Dates")
        for key, label in _DATES:
            self._field(key, label, DateEdit(optional=True))
        self._field("working_days", "Length", NumberEdit(unit="days", low=1, high=400))
        self._field("curtain_to_down", "Running", NumberEdit(unit="min", low=1, high=900))
        self.add_group("Work rules")
        self._field("rule_pack", "Packs", PackChoice())
        self.add_group("Venue and rooms")
        self._field("venue_id", "Venue", Combo())
        self.venue_name = FieldRow("Called", LineEdit(), on_commit=lambda new: self._edit_venue("name", new))
        self.address = FieldRow("Address", LineEdit(), on_commit=lambda new: self._edit_venue("address", new))
        self.zone = FieldRow("Time zone", LineEdit(), on_commit=lambda new: self._edit_venue("zone", new))
        for row in (self.venue_name, self.address, self.zone):
            self.add(row)
        self._rooms: list[FieldRow] = []
        self._rooms_at = self.body.count() - 1
        self.room_name = FieldRow("New room", LineEdit(placeholder="4A, Main stage"), on_commit=self._add_room)
        self.add(self.room_name)
        self.add_group("")
        self.note = Label("", "secondary", wrap=True)
        self.add(self.note)
        self.remove = Button("Remove this production…", "danger", small=True, icon="trash", on_click=self._ask)
        self.sure = Button("Remove it with everything in it", "danger", small=True, on_click=self._remove)
        self.keep = Button("Keep", small=True, on_click=self._calm)
        self.add(Spaced(self.remove, self.sure, self.keep))
        self._calm()
        desk.productions_changed.connect(self.load)
        desk.changed.connect(
            lambda changes: (
                self.load() if changes.touches("space", "venue", "production", "rule_pack") else None
            )
        )
        self.load()

    # --- fields --------------------------------------------------------------------------------------------

    def _text(self, key: str, label: str) -> None:
        self._field(key, label, LineEdit())

    def _field(self, key: str, label: str, editor: Any) -> None:
        row = self.add_field(label, editor, lambda value: self._edit(key, value))
        self._rows[key] = row

    def load(self) -> None:
        """Show the production as it is now."""
        row = self.desk.production_row(self.production)
        if row is None:
            self.close_wanted.emit()
            return
        self.set_head(row.name, production_chip(row.code, row.colour))
        venues = self.desk.read(venue_rows)
        self._rows["venue_id"].editor.set_items(
            [(None, "None yet"), *((venue.id, venue.name) for venue in venues), (NEW, "A new venue…")]
        )
        titles = pack_titles(self.desk)
        self._rows["rule_pack"].editor.show_packs(titles, above_production(titles))
        for key, field in self._rows.items():
            field.set_value(getattr(row, key))
        venue = next((venue for venue in venues if venue.id == row.venue_id), None)
        for field, value in (
            (self.venue_name, venue.name if venue else ""),
            (self.address, venue.address if venue else ""),
            (self.zone, venue.zone if venue else ""),
        ):
            field.setVisible(venue is not None)
            field.set_value(value)
        self.room_name.setVisible(venue is not None)
        self._show_rooms(self.desk.read(space_rows, venue.id) if venue else [])

    def _show_rooms(self, spaces: list[SpaceRow]) -> None:
        shown = [row.property("room") for row in self._rooms]
        if shown == [space.id for space in spaces]:
            for row, space in zip(self._rooms, spaces, strict=True):
                row.set_value(space.name)
            return
        for row in self._rooms:
            row.setParent(None)
            row.deleteLater()
        self._rooms = []
        for space in spaces:
            row = FieldRow("Room", LineEdit(space.name))
            row.setProperty("room", space.id)
            row.editor.committed.connect(lambda new, room=space.id, row=row: self._rename_room(room, new, row))
            self.body.insertWidget(self._rooms_at + len(self._rooms), row)
            row.setContentsMargins(12, 4, 12, 4)
            self._rooms.append(row)

    # --- changes -------------------------------------------------------------------------------------------

    def _edit(self, key: str, value: date | str | int | None) -> None:
        if key == "venue_id" and value == NEW:
            self._new_venue()
            return
        self.desk.do(EditProduction(self.production, {key: value}), "production", fields=self._rows[key])

    def _new_venue(self) -> None:
        row = self.desk.production_row(self.production)
        made = self.desk.do(AddVenue("New venue"), "production", quiet=True)
        if made and row:
            self.desk.do(EditProduction(row.id, {"venue_id": made.value}), "production")
            self.venue_name.editor.setFocus()
            self.venue_name.editor.selectAll()

    def _venue(self) -> int | None:
        row = self.desk.production_row(self.production)
        return row.venue_id if row else None

    def _edit_venue(self, key: str, value: str) -> None:
        field = {"name": self.venue_name, "address": self.address, "zone": self.zone}[key]
        if (venue := self._venue()) is not None:
            self.desk.do(EditVenue(venue, {key: value}), "production", fields=field)

    def _add_room(self, name: str) -> None:
        venue = self._venue()
        if (
            venue is not None
            and name
            and self.desk.do(AddSpace(venue, name), "production", fields=self.room_name)
        ):
            self.room_name.set_value("")

    def _rename_room(self, room: int, name: str, row: FieldRow) -> None:
        self.desk.do(EditSpace(room, {"name": name}), "production", fields=row)

    # --- removing ------------------------------------------------------------------------------------------

    def _calm(self) -> None:
        self.note.hide()
        self.sure.hide()
        self.keep.hide()
        self.remove.show()

    def _ask(self) -> None:
        row = self.desk.production_row(self.production)
        first = f" It began {date_text(row.first_rehearsal)}." if row and row.first_rehearsal else ""
        self.note.setText(
            f"Its calls, script, contracts and reports go with it; people stay.{first} Undo brings it back."
        )
        self.note.show()
        self.remove.hide()
        self.sure.show()
        self.keep.show()

    def _remove(self) -> None:
        self.desk.do(RemoveProduction(self.production), "production")
