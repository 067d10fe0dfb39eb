"""The company list: names, what they do, and the number they chose to share."""

from __future__ import annotations

from dataclasses import dataclass, field

from stagecraft.domain.sheets.frame import Frame, Line


@dataclass(slots=True)
class Member:
    """`code` is the track, printed grey behind the role. `shared` is False for someone reached "via SM"."""

    name: str
    role: str
    code: str
    mobile: str
    email: str
    shared: bool = True


@dataclass(slots=True)
class CompanySection:
    """`fresh_page` starts a new page, so that the cast's page can be handed out alone."""

    title: str
    tag: str
    members: list[Member] = field(default_factory=list)
    fresh_page: bool = False


@dataclass(slots=True)
class CompanyListSheet:
    frame: Frame
    sections: list[CompanySection]
    note: str
    building: list[Line]
    corrections: str
