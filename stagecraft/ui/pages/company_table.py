"""The list of people: columns, groups, what the filter looks at, and what is copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from stagecraft.domain.kinds import JOB_GROUPS
from stagecraft.domain.names import filing_key, fold
from stagecraft.domain.times import day_text
from stagecraft.queries.people import VIA, AssignmentRow, PersonRow
from stagecraft.ui.theme import color, font
from stagecraft.ui.widgets.avatar import paint_avatar
from stagecraft.ui.widgets.chips import ChipSpec, chip_width, paint_chip, production_chip
from stagecraft.ui.widgets.row_table import ROW, Column, Index, RowDelegate, RowModel, RowTable
from stagecraft.ui.words import count_text

LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
NO_GROUP = "none"
GROUP_WORDS = {**JOB_GROUPS, NO_GROUP: "Not assigned yet"}
_ORDER = {code: place for place, code in enumerate(GROUP_WORDS)}

Photo = Callable[[str], bytes]


@dataclass(slots=True)
class PersonLine:
    """A person as listed: group and roles are those in the productions looked at."""

    id: int
    person: PersonRow
    group: str
    mine: list[AssignmentRow]
    parts: dict[str, list[ChipSpec]]
    """What they do, with the codes of the productions they do it in; without codes where one is looked at."""

    @property
    def roles(self) -> str:
        """`Director, choreographer BOMB, Director HIT`."""
        return ", ".join(" ".join((words, *(c.strong for c in codes))) for words, codes in self.parts.items())

    @property
    def searched(self) -> str:
        """Everything the filter looks at, folded: nothing private."""
        row = self.person
        texts = (
            row.name,
            row.sort_name,
            self.roles,
            row.phone,
            row.email,
            row.agent,
            row.agency,
            row.organisation,
        )
        return fold(" ".join((*texts, *(a.track for a in self.mine))))


@dataclass(slots=True)
class GroupLine:
    """A head between groups."""

    id: str
    title: str
    count: int


def line_of(row: PersonRow, production_ids: Sequence[int], day: date, *, several: bool) -> PersonLine:
    """A person's line: what they do on that day; where they do nothing then, what comes or what was last."""
    mine: list[AssignmentRow] = []
    parts: dict[str, list[ChipSpec]] = {}
    for production in production_ids:
        here = [a for a in row.assignments if a.production_id == production]
        now = [a for a in here if a.on(day)]
        mine += now or here
        words = [a.what for a in now] if now else _not_now(here, day)
        if text := ", ".join(dict.fromkeys(word for word in words if word)):
            codes = parts.setdefault(text, [])
            if several:
                codes.append(production_chip(here[0].production_code, here[0].production_colour))
    group = min(mine, key=lambda a: a.order).group if mine else NO_GROUP
    return PersonLine(row.id, row, group, mine, parts)


def _not_now(here: Sequence[AssignmentRow], day: date) -> list[str]:
    """`Marilyn Monroe until Sun 17 Jan`, `studio girl from Tue 2 Feb`."""
    coming = [a for a in here if a.starts_on is not None and a.starts_on > day]
    if coming:
        first = min(coming, key=lambda a: a.starts_on or day)
        return [f"{first.what} from {day_text(first.starts_on or day)}"]
    gone = [a for a in here if a.ends_on is not None]
    if not gone:
        return []
    last = max(gone, key=lambda a: a.ends_on or day)
    return [f"{last.what} until {day_text(last.ends_on or day)}"]


def place_of(line: PersonLine) -> tuple[Any, ...]:
    """Order in the grouped list: by group, in the cast by tracks, then A–Z."""
    first = min((a.order for a in line.mine), default=(0, 0, 0, 0))
    return _ORDER.get(line.group, 99), first[1:], filing_key(line.person.sort_name)


def matches(line: PersonLine, text: str) -> bool:
    """Whether every word typed occurs at the beginning of a word, or within the digits of the telephone number."""
    digits = "".join(c for c in line.person.phone if c.isdigit())
    words = line.searched.replace(",", " ").split()
    for wanted in fold(text).split():
        bare = "".join(c for c in wanted if c.isdigit())
        if not any(word.startswith(wanted) for word in words) and not (len(bare) > 2 and bare in digits):
            return False
    return True


class PeopleModel(RowModel):
    """People under heads of their groups; flat when sorted by a column."""

    def _wanted(self) -> list[Any]:
        rows = super()._wanted()
        if self.sort_column >= 0:
            return rows
        found: list[Any] = []
        group = None
        for line in sorted(rows, key=place_of):
            if line.group != group:
                group = line.group
                count = sum(row.group == group for row in rows)
                found.append(GroupLine(f"head-{group}", GROUP_WORDS.get(group, group), count))
            found.append(line)
        return found

    @property
    def people(self) -> list[PersonLine]:
        """The people shown, in their order."""
        return [row for row in self.rows if isinstance(row, PersonLine)]

    @property
    def hidden(self) -> int:
        return len(self._all) - len(self.people)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(index.data(ROW), GroupLine):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _PeopleDelegate(RowDelegate):
    """Rows with a face before the name, and group heads."""

    def __init__(self, view: RowTable, photo: Photo) -> None:
        super().__init__(view)
        self._photo = photo

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if isinstance(row, GroupLine):
            self._head(painter, option.rect, row if index.column() == 0 else None)
            return
        super().paint(painter, option, index)
        if index.column() == 0:
            box = QRectF(option.rect.left() + 12, option.rect.top() + 4, 20, 20)
            photo = row.person.photo
            ground = "base" if option.state & QStyle.StateFlag.State_Selected else "sunk"
            paint_avatar(painter, box, row.person.name, (photo, self._photo(photo)) if photo else None, ground)

    @staticmethod
    def _head(painter: QPainter, box: QRect, head: GroupLine | None) -> None:
        painter.fillRect(box, color("sunk"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        if head is None:
            return
        painter.setFont(font(12, 600))
        painter.setPen(color("text2"))
        painter.drawText(box.adjusted(12, 0, 0, -1), LEFT, head.title)
        left = 12 + painter.fontMetrics().horizontalAdvance(head.title) + 8
        painter.setFont(font(11))
        painter.drawText(box.adjusted(left, 0, 0, -1), LEFT, str(head.count))

    def _contents(self, painter: QPainter, box: QRect, row: Any, column: Column, selected: bool) -> None:
        if column.head == "Role or job":
            _paint_parts(painter, box.adjusted(12, 0, -11, -1), row.parts)
            return
        shift = 28 if column.head == "Name" else 0
        super()._contents(painter, box.adjusted(shift, 0, 0, 0), row, column, selected)


def _paint_parts(painter: QPainter, box: QRect, parts: dict[str, list[ChipSpec]]) -> None:
    """What they do, each followed by the codes of its productions, as far as there is room."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    at = float(box.left())
    for words, codes in parts.items():
        painter.setFont(font())
        painter.setPen(color("text"))
        metrics = painter.fontMetrics()
        room = box.right() - at - sum(chip_width(code) + 6 for code in codes)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(at, box.top(), max(0.0, room), box.height()), LEFT, shown)
        at += metrics.horizontalAdvance(shown) + 8
        for code in codes:
            if at + chip_width(code) <= box.right():
                at += paint_chip(painter, code, at, box.top() + (box.height() - 19) / 2) + 6
        at += 4


def _of(give: Callable[[PersonLine], Any], empty: Any = "") -> Callable[[Any], Any]:
    return lambda row: give(row) if isinstance(row, PersonLine) else empty


def _name(row: Any) -> str:
    if isinstance(row, GroupLine):
        return f"{row.title}, {count_text(row.count, 'person', 'people')}"
    return str(row.person.name)


def _agent(line: PersonLine) -> str:
    row = line.person
    return ", ".join(part for part in (row.agent, row.agency) if part) or row.organisation


def people_table(photo: Photo) -> RowTable:
    """The list; `photo` gives the bytes of a photo by its hash."""
    columns = [
        Column(
            "Name",
            _name,
            width=204,
            strong=lambda row: True,
            sort=_of(lambda r: filing_key(r.person.sort_name)),
        ),
        Column("Role or job", _of(lambda r: r.roles), stretch=True, sort=_of(place_of)),
        Column(
            "Telephone", _of(lambda r: r.person.phone), width=136, sort=_of(lambda r: r.person.phone or None)
        ),
        Column(
            "E-mail",
            _of(lambda r: r.person.email),
            width=208,
            sort=_of(lambda r: fold(r.person.email) or None),
        ),
        Column(
            "Agent or office",
            _of(_agent),
            width=176,
            token=lambda row: "text2",
            sort=_of(lambda r: fold(_agent(r)) or None),
        ),
    ]
    table = RowTable(PeopleModel(columns), name="People", many=True)
    table.setItemDelegate(_PeopleDelegate(table, photo))
    return table


def copied(lines: Sequence[PersonLine]) -> str:
    """People as tab-separated lines under a head: what a spreadsheet or a mail takes. Contact only where shared."""
    rows = ["Name\tRole or job\tTelephone\tE-mail"]
    for line in lines:
        row = line.person
        contact = (row.phone, row.email) if row.share_contact else (VIA, VIA)
        rows.append("\t".join((row.name, line.roles, *contact)))
    return "\n".join(rows) + "\n"


def addresses(lines: Sequence[PersonLine]) -> str:
    """`Karen Cartwright <karen@example.com>, …` of those who share theirs."""
    found = [line.person for line in lines if line.person.email and line.person.share_contact]
    return ", ".join(f"{row.name} <{row.email}>" for row in found)
