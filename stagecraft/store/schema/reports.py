"""Rehearsal and performance reports with breaks, work done and notes to departments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from stagecraft.store.schema.base import Base, Code, Id, owned_by, personal, points_at


class Report(Base):
    """`kind` is rehearsal | performance; numbers run on per production and kind. Times are wall minutes."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("production_id", "kind", "number"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    kind: Mapped[Code]
    number: Mapped[int]
    on_date: Mapped[date]
    performance_id: Mapped[int | None] = points_at("performance")
    started: Mapped[int | None]
    ended: Mapped[int | None]
    meal_starts: Mapped[int | None]
    meal_ends: Mapped[int | None]
    general: Mapped[str]
    visitors: Mapped[str]
    incidents: Mapped[str]  # one line, never medical: "see incident report"
    script_changes: Mapped[str]
    run_title: Mapped[str]  # "Act I stumble"
    run_minutes: Mapped[int | None]
    author_id: Mapped[int | None] = points_at("person")
    line: Mapped[str]  # what stands half-typed in the note line


class ReportBreak(Base):
    __tablename__ = "report_break"
    id: Mapped[Id]
    report_id: Mapped[int] = owned_by("report")
    starts_wall: Mapped[int]
    ends_wall: Mapped[int]


class ReportWork(Base):
    """A line of work accomplished; pre-filled from an event, corrected by hand."""

    __tablename__ = "report_work"
    id: Mapped[Id]
    report_id: Mapped[int] = owned_by("report")
    event_id: Mapped[int | None] = points_at("event")
    starts_wall: Mapped[int]
    ends_wall: Mapped[int]
    room: Mapped[str]
    text: Mapped[str]
    led_by: Mapped[str]
    run_minutes: Mapped[int | None]
    position: Mapped[int]


class Note(Base):
    """One issue for one department. `twin_id` is the same note as posted to another department.

    `state` is new | carried | answered | done; an open note carries over to the next report.
    """

    __tablename__ = "note"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    report_id: Mapped[int] = owned_by("report")
    department_id: Mapped[int] = owned_by("department")
    number: Mapped[int]  # counts per production and department
    text: Mapped[str]
    state: Mapped[Code]
    answer: Mapped[str]
    carried_from_id: Mapped[int | None] = points_at("note")
    twin_id: Mapped[int | None] = points_at("note")
    owner: Mapped[str] = personal()
    position: Mapped[int]
