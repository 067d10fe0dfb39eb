"""Reports of the sample season, each opened from the calendar and corrected by hand, as in life."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from stagecraft.services.notes import AddNote, FinishNote
from stagecraft.services.reports import AddWork, EditReport, EditWork, RemoveWork, SetBreaks, StartReport
from stagecraft.services.sample.book import span
from stagecraft.services.sample.cast import Season
from stagecraft.store.schema import ReportWork

_TEXTS = ("general", "visitors", "incidents", "script_changes", "run_title", "run_minutes")


def build_reports(season: Season) -> None:
    """Everything in `reports.toml`, in order, so that open notes are carried along."""
    for one in season.book.read("reports")["report"]:
        _report(season, one)


def _report(season: Season, data: dict[str, Any]) -> None:
    production = season.productions[data["production"]]
    report = season.run(
        StartReport(
            production,
            data["date"],
            kind=data["kind"],
            number=data["number"],
            performance=season.performances.get((production, data.get("performance", 0))),
            author=season.people[data["author"]],
        )
    )
    season.run(EditReport(report, {key: data[key] for key in _TEXTS if key in data}))
    if "breaks" in data:
        season.run(SetBreaks(report, tuple(span(data["date"], text) for text in data["breaks"])))
    if "work" in data:
        _work(season, report, data["date"], data["work"])
    for note in data["notes"]:
        added = season.run(AddNote(report, tuple(note["to"]), note["text"], note.get("owner", "")))
        for one in added if note.get("done") else ():
            season.run(FinishNote(one))


def _work(season: Season, report: int, day: date, lines: list[dict[str, Any]]) -> None:
    """Correct the lines the calendar gave: what is named keeps its call, the rest goes."""
    given = list(
        season.work.session.scalars(
            select(ReportWork).where(ReportWork.report_id == report).order_by(ReportWork.position)
        )
    )
    for position, line in enumerate(lines, 1):
        starts, ends = span(day, line["at"])
        match = next(
            (one for one in given if one.room == line["room"] and one.starts_wall <= starts < one.ends_wall),
            None,
        )
        if match is None:
            season.run(AddWork(report, line["text"], starts, ends, line["room"], line["led_by"]))
            continue
        given.remove(match)
        changes = {
            "starts_wall": starts,
            "ends_wall": ends,
            "text": line["text"],
            "led_by": line["led_by"],
            "run_minutes": line.get("run_minutes"),
            "position": position,
        }
        season.run(EditWork(match.id, changes))
    for key in [one.id for one in given]:
        season.run(RemoveWork(key))
