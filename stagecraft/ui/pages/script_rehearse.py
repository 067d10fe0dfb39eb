"""What can be rehearsed without some people, and who is needed for some scenes: the two questions of a breakdown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stagecraft.domain.breakdown import Without, needed
from stagecraft.queries.script import ScriptRows
from stagecraft.ui.pages.script_contents import (
    Key,
    absent_choices,
    absent_key,
    absent_tracks,
    minutes_words,
    people_words,
    worked_words,
)
from stagecraft.ui.widgets.buttons import Button
from stagecraft.ui.widgets.labels import Label
from stagecraft.ui.widgets.panels import Inspector
from stagecraft.ui.widgets.people_field import FlowLayout, PeopleField, RemovableChip
from stagecraft.ui.widgets.two_line_list import ListItem, TwoLineList
from stagecraft.ui.words import count_text

NO_TRACKS = "Each character gets a column here,\nand a click says who is in which scene."
LEGEND = (
    "●  on   ◉  speaks (L)   S  sings   D  dances   ○  silent (O)\n"
    "Space puts on or takes off, a letter says how"
)
"""What the marks of the matrix mean, and the keys that set them."""

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(count: int) -> str:
    """`four`; figures from eleven on."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


class _FittedList(TwoLineList):
    """A list as high as its rows, for the inspector's own scrolling."""

    def __init__(self, name: str, height: int) -> None:
        super().__init__(name=name, height=height)
        self._row = height

    def fit(self, items: Sequence[ListItem]) -> None:
        self.set_items(items)
        self.setFixedHeight(max(1, len(items) * self._row))


class RehearsePanel(Inspector):
    """“What can I rehearse?”: who is missing, and what is then possible in full, with a reader, and not at all."""

    absent_changed = Signal(object)
    scene_wanted = Signal(int)
    call_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("What can I rehearse?")
        self._full: tuple[int, ...] = ()
        self.field = PeopleField(prefix="without ", name="Who is missing")
        self.field.changed.connect(self.absent_changed)
        self.add(self.field)
        self.away = Button("", "link", on_click=self._add_away)
        self.away.hide()
        self._away: list[Key] = []
        self.add(self.away)
        self.hint = Label("Choose who is missing, or click the heads of their columns.", "secondary", wrap=True)
        self.add(self.hint)
        self.full_head = self.add_group("In full")
        self.full = _FittedList("Scenes that can be worked in full", 48)
        self.reading_head = self.add_group("With someone reading")
        self.add_before(self.full, self.reading_head)
        self.reading = _FittedList("Scenes that can be worked with a reader", 28)
        self.add(self.reading, flush=True)
        self.not_head = self.add_group("Not without them")
        self.not_words = Label("", "secondary", wrap=True)
        self.add(self.not_words)
        self.call = Button(
            "Call these", "primary", icon="calendar", on_click=lambda: self.call_wanted.emit(self._full)
        )
        self.add(self.call)
        self.call_words = Label("", "secondary", wrap=True)
        self.add(self.call_words)
        for shown in (self.full, self.reading):
            shown.chosen.connect(lambda item: self.scene_wanted.emit(item.key))
            shown.opened.connect(lambda item: self.call_wanted.emit((item.key,)))

    def add_before(self, widget: QWidget, other: QWidget) -> None:
        """Put a widget from edge to edge above another."""
        self.body.insertWidget(self.body.indexOf(other), widget)

    def _add_away(self) -> None:
        keys = [*self.field.chosen(), *(key for key in self._away if key not in self.field.chosen())]
        self.absent_changed.emit(keys)

    def set_away(self, people: Sequence[tuple[Key, str]], day_words: str) -> None:
        """Offer to leave out those who are not free that day."""
        self._away = [key for key, _ in people]
        new = [words for key, words in people if key not in self.field.chosen()]
        self.away.setVisible(bool(new))
        self.away.set_text(f"Away {day_words}: {', '.join(new)}. Leave them out")

    def show_without(
        self, rows: ScriptRows, absent: Sequence[object], found: Without | None, day_words: str
    ) -> None:
        """Show what is possible without `absent`; None asks who is missing."""
        self.field.set_choices(_choices(rows))
        self.field.set_keys([key for key in absent if isinstance(key, tuple)])
        below = (self.full_head, self.full, self.reading_head, self.reading, self.not_head, self.not_words)
        for widget in (*below, self.call, self.call_words):
            widget.setVisible(found is not None)
        self.hint.setVisible(found is None)
        if found is None:
            return
        names = _absent_names(rows, absent)
        inside = {unit.id: unit.people for unit in rows.units}
        scenes = {scene.id: scene for scene in rows.scenes}
        self._full = found.full
        self.full_head.set(f"In full: {minutes_words(rows, found.full)}", "longest ago first")
        self.full.fit([self._full_item(rows, scene) for scene in found.full])
        self.reading_head.set(f"With someone reading {_joined(names.characters)}: {len(found.reading)}")
        self.reading.fit(
            [
                ListItem(
                    scene,
                    scenes[scene].number,
                    scenes[scene].name,
                    right=f"{len(inside[scene] - names.tracks)} of {len(inside[scene])}",
                )
                for scene in found.reading
            ]
        )
        self.not_head.set(f"Not without {_joined(names.people)}: {len(found.impossible)}")
        self.not_words.setText(", ".join(scenes[scene].number for scene in found.impossible) or "nothing")
        self._offer(rows, found, names.tracks, day_words)

    def _full_item(self, rows: ScriptRows, scene_id: int) -> ListItem:
        scene = next(scene for scene in rows.scenes if scene.id == scene_id)
        inside = next(unit.people for unit in rows.units if unit.id == scene_id)
        return ListItem(
            scene_id,
            scene.number,
            scene.name,
            second=people_words(rows.tracks, inside),
            right="" if scene.minutes is None else f"{scene.minutes} min",
            right2=worked_words(rows, scene_id),
            right2_token="text3",
        )

    def _offer(self, rows: ScriptRows, found: Without, missing: frozenset[int], day_words: str) -> None:
        self.call.setVisible(bool(found.full))
        some = "this one" if len(found.full) == 1 else f"these {number_word(len(found.full))}"
        self.call.set_text(f"Call {some} on {day_words}")
        wanted = {track for unit in rows.units if unit.id in found.full for track in unit.people}
        free = [t for t in rows.tracks if t.id not in wanted and t.id not in missing]
        text = (
            f"People called: {people_words(rows.tracks, wanted)}."
            if wanted
            else "Nothing can be worked in full."
        )
        if wanted and free:
            names = people_words(rows.tracks, [track.id for track in free])
            text += f" {names[:1].upper()}{names[1:]} {'is' if len(free) == 1 else 'are'} free."
        self.call_words.setText(text)


def _choices(rows: ScriptRows) -> list[tuple[Key, str, str]]:
    shorts = {absent_key(track): track.person_short or track.name for track in rows.tracks}
    return [(key, words, shorts[key]) for key, words in absent_choices(rows.tracks)]


class _Names:
    """The absent, as people and as characters."""

    def __init__(self, people: list[str], characters: list[str], tracks: frozenset[int]) -> None:
        self.people, self.characters, self.tracks = people, characters, tracks


def _absent_names(rows: ScriptRows, absent: Sequence[object]) -> _Names:
    tracks = absent_tracks(rows.tracks, absent)
    missing = [track for track in rows.tracks if track.id in tracks]
    people = list(dict.fromkeys(track.person_short or track.name for track in missing))
    return _Names(people, [track.name for track in missing], tracks)


def _joined(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{names[0]} and {number_word(len(names) - 1)} others"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


class Corner(QWidget):
    """Over the left of the matrix's head: who is missing and what that leaves, else what the marks mean."""

    absent_changed = Signal(object)
    character_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=8)
        self._flow.setContentsMargins(16, 10, 8, 4)
        self._shown: list[QWidget] = []

    def show_without(self, rows: ScriptRows, absent: Sequence[Key], found: Without | None) -> None:
        """Chips of the absent and a count; without any, the legend."""
        for widget in self._shown:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        if found is None:
            self._put(Label(LEGEND if rows.tracks else NO_TRACKS, "caption"))
            if not rows.tracks:
                self._put(
                    Button("Add a character", small=True, icon="plus", on_click=self.character_wanted.emit)
                )
            return
        words = dict(absent_choices(rows.tracks))
        for key in absent:
            chip = RemovableChip(f"Without {words[key]}", height=24)
            chip.clicked.connect(
                lambda _=False, key=key: self.absent_changed.emit([k for k in absent if k != key])
            )
            self._put(chip)
        live = sum(not unit.cut and bool(unit.people) for unit in rows.units)
        count = Label(f"{len(found.full)} of {live} can be worked in full", "secondary")
        count.setFixedHeight(24)
        self._put(count)

    def _put(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()
        self._shown.append(widget)


class NeededPanel(Inspector):
    """Who is needed for the scenes chosen, each with the minutes they are in, and one button to call them."""

    call_wanted = Signal(object)
    track_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__("Who is needed?")
        self._scenes: tuple[int, ...] = ()
        self.scenes = Label("", "strong", wrap=True)
        self.add(self.scenes)
        self.people_head = self.add_group("Needed")
        self.people = _FittedList("People needed", 28)
        self.add(self.people, flush=True)
        self.add_group("Not needed")
        self.free = Label("", "secondary", wrap=True)
        self.add(self.free)
        self.call = Button("", "primary", icon="calendar", on_click=lambda: self.call_wanted.emit(self._scenes))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(self.call, 1)
        self.add(holder)
        self.people.opened.connect(lambda item: self.track_wanted.emit(item.key))

    def show_scenes(self, rows: ScriptRows, scenes: Sequence[int], day_words: str) -> None:
        """Show who these scenes need, the longest in them first."""
        self._scenes = tuple(scenes)
        chosen = [scene for scene in rows.scenes if scene.id in self._scenes]
        numbers = ", ".join(scene.number for scene in chosen)
        self.scenes.setText(f"{numbers} · {minutes_words(rows, self._scenes)}")
        minutes = needed(rows.units, self._scenes)
        wanted = [track for track in rows.tracks if track.id in minutes]
        wanted.sort(key=lambda track: -minutes[track.id])
        people = {track.person_id or -track.id for track in wanted}
        self.people_head.set(
            count_text(len(people), "person is needed", "people are needed"), "minutes in them"
        )
        self.people.fit(
            [
                ListItem(
                    track.id,
                    track.person_short or track.name,
                    track.name if track.person_id is not None else "not cast",
                    right=f"{minutes[track.id]} min" if minutes[track.id] else "",
                )
                for track in wanted
            ]
        )
        free = people_words(rows.tracks, [t.id for t in rows.tracks if t.id not in minutes], most=8)
        self.free.setText(free or "nobody")
        some = "this scene" if len(chosen) == 1 else f"these {number_word(len(chosen))}"
        self.call.set_text(f"Call {some} on {day_words}")
        self.call.setEnabled(bool(people))
