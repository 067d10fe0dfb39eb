"""How a sheet is to be set; needs no ReportLab, so that screens and command lines may ask for it early."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How a sheet is to be set: `paper` is letter | a4, `layout` auto | table | rooms (daily call only).

    `binding` leaves 54 points at the left for punched holes. `without` names sections left out: your-call,
    ahead, lines.
    """

    paper: str = "letter"
    binding: bool = False
    layout: str = "auto"
    without: frozenset[str] = field(default_factory=frozenset)
