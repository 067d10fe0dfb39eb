"""D12, the company list: rows high enough for a pencil, the cast's page complete in itself."""

from __future__ import annotations

from stagecraft.domain.sheets.company_list import CompanyListSheet, CompanySection, Member
from stagecraft.domain.sheets.frame import Run
from stagecraft.paper.furniture import bar, finish, labelled, new_pen
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.pen import GREY, RULE, ZEBRA, Line, Pen, fitted, pieces, wrap

COLUMNS = (126.0, 165.0, 93.0, 156.0)
ROW = 21.0
VIA = "via SM"


def render(sheet: CompanyListSheet, options: PaperOptions) -> bytes:
    """As many pages as the company needs; a section's head is repeated when it runs over."""
    pen = new_pen(options)
    pen.bookmark(f"{sheet.frame.document.title()} {sheet.frame.about}")
    _head(pen)
    noted = False
    for number, section in enumerate(sheet.sections):
        if section.fresh_page and number:
            _note(pen, sheet.note)
            noted = True
            pen.new_page()
            _head(pen)
        _section(pen, section)
    if not noted:
        _note(pen, sheet.note)
    if sheet.building:
        bar(pen, "The building", gap=6, follow=30)
        for line in sheet.building:
            labelled(pen, line, indent=84)
    _corrections(pen, sheet.corrections)
    return finish(pen, sheet.frame)


def _edges(pen: Pen) -> list[float]:
    edges, x = [pen.left], pen.left
    for one in COLUMNS:
        x += one * pen.width / 540
        edges.append(x)
    return edges


def _head(pen: Pen) -> None:
    for edge, words in zip(_edges(pen), ("Name", "Role or position", "Mobile", "E-mail"), strict=False):
        pen.text(edge + 4.5, pen.y + 10.5, words, "SM", 8.5)
    pen.y += 15
    pen.rule(pen.left, pen.y, pen.right, pen.y, 0.75)
    pen.y += 3


def _section(pen: Pen, section: CompanySection) -> None:
    if not pen.has_room(21 + 2 * ROW):
        pen.new_page()
        _head(pen)
    bar(pen, section.title, section.tag, gap=6 if pen.y > 105 else 0)
    for number, member in enumerate(section.members):
        cells = _cells(pen, member)
        high = ROW + (max(len(cell) for cell in cells) - 1) * 12
        if not pen.has_room(high):
            pen.new_page()
            _head(pen)
            bar(pen, f"{section.title}, continued", gap=0)
        _row(pen, cells, high, shaded=number % 2 == 1)


def _cells(pen: Pen, member: Member) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    edges = _edges(pen)
    wide = [edges[at + 1] - edges[at] - 6 for at in range(4)]
    role = [Run(member.role)] + ([Run(f" ({member.code})", "grey")] if member.code else [])
    contact = [
        [Run(VIA, "italic")] if not member.shared else [Run(words)] for words in (member.mobile, member.email)
    ]
    email = wrap(pieces(contact[1]), 9.5, wide[3])
    if len(email) > 1:
        email = wrap(pieces(contact[1], "C"), 9.5, wide[3])
    return (
        fitted(member.name, "SM", 9.5, wide[0]),
        wrap(pieces(role), 9.5, wide[1]),
        wrap(pieces(contact[0]), 9.5, wide[2]),
        email,
    )


def _row(pen: Pen, cells: tuple[list[Line], ...], high: float, *, shaded: bool) -> None:
    if shaded:
        pen.box(pen.left, pen.y, pen.width, high, fill=ZEBRA)
    for edge, lines in zip(_edges(pen), cells, strict=False):
        pen.lines(edge + 4.5, pen.y + 13.5, lines, 9.5, 12)
    pen.y += high
    pen.rule(pen.left, pen.y, pen.right, pen.y, 0.5, RULE)


def _note(pen: Pen, note: str) -> None:
    if not note:
        return
    lines = wrap(pieces([Run(note, "italic")]), 8.5, pen.width)
    if not pen.has_room(12 * len(lines)):
        pen.new_page()
    pen.lines(pen.left, pen.y + 12, lines, 8.5, 10.5)
    pen.y += 10.5 * len(lines) + 3


def _corrections(pen: Pen, words: str) -> None:
    """Room to write in, when there is any left."""
    if not words or not pen.has_room(93):
        return
    pen.y += 9
    pen.box(pen.left, pen.y, pen.width, 84, outline=GREY, thick=0.75)
    pen.text(pen.left + 6, pen.y + 12, words, "SI", 8.5)
    for number in range(3):
        y = pen.y + 33 + number * 21
        pen.rule(pen.left + 6, y, pen.right - 6, y, 0.5, RULE)
    pen.y += 84
