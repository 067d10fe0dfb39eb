"""What floats over the pages: the undo bar, cards of long work, text left over from a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stagecraft.ui.drafts import LeftOverCard, Unsaved
from stagecraft.ui.widgets.undo_bar import LongWork, UndoBar

if TYPE_CHECKING:
    from stagecraft.ui.jobs import Job

EDGE = 12


class Floating(QObject):
    """Keeps its widgets in the corners of `ground`; `place` after anything there has moved."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self.bar = UndoBar(ground)
        self._cards: dict[Any, QWidget] = {}
        self._free, self._foot = ground.width(), 0

    def say(self, text: str, *, undoable: bool = False) -> None:
        """One line at the bottom, for eight seconds."""
        self.bar.say(text, undoable=undoable)
        self._put()

    def show_job(self, job: Job) -> None:
        """A card for a job until it ends."""
        card = LongWork(job.title, job.cancel, self._ground)
        job.progress.connect(card.tell)
        job.ended.connect(lambda: self.drop(job))
        self._show(job, card)

    def offer(self, unsaved: Unsaved, page_title: str) -> None:
        """A card with what was being typed when the program stopped."""
        card = LeftOverCard(unsaved, page_title, self._ground)
        card.let_go.clicked.connect(lambda: self.drop(unsaved))
        self._show(unsaved, card)

    def drop(self, key: Any) -> None:
        """Take a card away."""
        if card := self._cards.pop(key, None):
            card.hide()
            card.deleteLater()
            self._put()

    def place(self, free: int, foot: int) -> None:
        """The ground has changed: `free` pixels of its width are not covered, its lowest `foot` are the page's."""
        self._free, self._foot = free, foot
        self._put()

    def _show(self, key: Any, card: QWidget) -> None:
        self._cards[key] = card
        card.show()
        self._put()

    def _put(self) -> None:
        high = self._ground.height()
        bar = self.bar
        bar.move(max(0, (self._free - bar.width()) // 2), high - bar.height() - EDGE - self._foot)
        bar.raise_()  # a page that comes to the front would cover it
        bottom = high - EDGE
        for card in self._cards.values():
            card.adjustSize()
            bottom -= card.height()
            card.move(self._ground.width() - card.width() - EDGE, bottom)
            card.raise_()
            bottom -= 8
