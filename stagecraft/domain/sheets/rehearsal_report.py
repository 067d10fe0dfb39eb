"""The rehearsal report: the day as it was, and the notes to the departments."""

from __future__ import annotations

from dataclasses import dataclass, field

from stagecraft.domain.sheets.frame import Fact, Frame, Line, Run, WorkRow


@dataclass(slots=True)
class Accomplished:
    starts: int
    ends: int
    room: str
    text: list[Run]
    led_by: str


@dataclass(slots=True)
class ReportNote:
    code: str  # "P3"
    text: str
    twin: str  # "also Sound S2"
    state: str  # "NEW"


@dataclass(slots=True)
class ReportDepartment:
    name: str
    notes: list[ReportNote] = field(default_factory=list)


@dataclass(slots=True)
class OpenNote:
    code: str
    text: str
    since: str
    days_open: int
    state: str


@dataclass(slots=True)
class RehearsalReportSheet:
    frame: Frame
    time_style: str
    band: list[Fact]
    facts: list[Line]
    work: list[Accomplished]
    general: str
    departments: list[ReportDepartment]
    script: list[Line]
    tomorrow_title: str  # "Tomorrow’s call", "Next call"
    tomorrow_head: str  # "Friday, January 22, 2027 · Day 10 of 22"
    tomorrow: list[WorkRow]
    tomorrow_not_called: list[Run]
    ahead: list[Line]
    open_notes: list[OpenNote]
    distribution: str
