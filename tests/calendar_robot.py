"""The hand that works the calendar in tests: it knows widgets, so that the tests need not."""

from __future__ import annotations

from datetime import date

from calendar_company import THU, Company, at
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stagecraft.domain.times import work_day
from stagecraft.ui.desk import Desk
from stagecraft.ui.pages.calendar_page import CalendarPage
from stagecraft.ui.widgets.scene_tray import scene_mime

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class CalendarHand:
    """The hand on a calendar page, wherever that stands."""

    def __init__(self, page: CalendarPage) -> None:
        self.page, self.view, self.desk = page, page.view, page.desk

    # --- what is there ---

    def titles(self, day: date = THU) -> list[tuple[str, str]]:
        """Start and title of the calls of a day."""
        found = [event for event in self.view.contents.events if at(4, day) <= event.starts < at(28, day)]
        return [(event.time, event.title) for event in found]

    def id_of(self, title: str) -> int:
        """The call of that title; of several the one on the desk's day."""
        found = [event for event in self.view.contents.events if event.title == title]
        return min(found, key=lambda event: work_day(event.starts) != self.desk.date).id

    def chips(self) -> list[str]:
        """Words beside the pointer, while they are shown."""
        chips = self.view.gestures.chips
        return [line.words for line in chips.lines] if chips.isVisible() else []

    def undo_words(self) -> str:
        return self.desk.undo_text() or ""

    # --- the mouse ---

    def point(self, hour: float, day: date = THU, dx: int = 20) -> QPoint:
        """Where an hour of a day is in the view."""
        shape = self.view.shape_
        index = (day - shape.heads[0].day).days
        return QPoint(shape.column(index)[0] + dx, shape.y(round(hour * 60)) - self.view.offset)

    def _mouse(self, kind: QEvent.Type, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        port = self.view.viewport()
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPointF(point), QPointF(port.mapToGlobal(point)), button, held, modifiers)
        QApplication.sendEvent(port, event)

    def press(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, point, modifiers)

    def hold(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self._mouse(QEvent.Type.MouseMove, point + QPoint(0, 5), modifiers)
        self._mouse(QEvent.Type.MouseMove, point, modifiers)

    def release(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self._mouse(QEvent.Type.MouseButtonRelease, point, modifiers)

    def click(self, title: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        point = self.view.rect_of_event(self.id_of(title)).center()
        self.press(point, modifiers)
        self.release(point, modifiers)

    def drag(self, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(start)
        self.hold(end, modifiers)
        self.release(end, modifiers)

    def drag_call(self, title: str, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """By its first 20 pixels, so that it lands where `end` says."""
        rect = self.view.rect_of_event(self.id_of(title))
        grip = QPoint(12, 19)
        self.drag(rect.topLeft() + grip, end + QPoint(0, 20), modifiers)

    def drop_scene(self, number: str, point: QPoint) -> list[str]:
        """A scene of the tray let go at a point; gives back the words shown before."""
        scene = next(row.scene_id for row in self.page.tray.list.rows if row.number == number)
        data: QMimeData = scene_mime(scene)
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        over = QDragMoveEvent(point, action, data, button, NONE)
        self.view.dragMoveEvent(over)
        words = self.chips()
        self.view.dropEvent(QDropEvent(QPointF(point), action, data, button, NONE))
        return words

    # --- keys ---

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def type_name(self, text: str) -> None:
        """Into the field over a drawn call, and Return."""
        field = self.view.gestures.name_edit
        assert field is not None
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)


class CalendarRobot(CalendarHand):
    """A calendar page on a company, seen at 1100 x 760."""

    def __init__(self, qtbot, company: Company, width: int = 1100) -> None:
        super().__init__(CalendarPage(Desk(company.engine)))
        self.company = company
        self.said: list[str] = []
        self.desk.message.connect(lambda text, _undo: self.said.append(text))
        self.desk.changed.connect(lambda _changes: self.page.load())
        self.desk.date_changed.connect(lambda _day: self.page.load())
        qtbot.addWidget(self.page)
        self.page.resize(width, 760)
        self.page.load()
        self.page.show()
        qtbot.waitExposed(self.page)
