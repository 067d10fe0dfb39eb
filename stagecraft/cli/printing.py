"""`stagecraft print`: a document as PDF, as a draft or issued."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stagecraft.base.errors import Refused
from stagecraft.base.paths import write_whole
from stagecraft.cli.arguments import Misuse
from stagecraft.cli.opening import as_json, opened, person_named, the_production
from stagecraft.domain.kinds import KINDS
from stagecraft.domain.sheets import to_json
from stagecraft.domain.times import work_day_span
from stagecraft.paper.documents import DOCUMENTS, Document, Issuing, document, make, subject_of
from stagecraft.paper.options import PaperOptions
from stagecraft.queries.calendar import event_rows
from stagecraft.queries.company import house_row
from stagecraft.queries.paper import next_version
from stagecraft.queries.reports import report_rows
from stagecraft.services.engine import Engine
from stagecraft.services.paper import IssueDocument

AHEAD = 60
"""Days in which the next working day is looked for."""


def print_document(chosen: Namespace) -> int:
    """Write one document, or with --list name them all."""
    if chosen.list:
        return _list(chosen)
    if not (chosen.document and chosen.file and chosen.output):
        raise Misuse("Name a document, a file and with -o where to write it; see stagecraft print --help.")
    kind = document(chosen.document)
    with opened(chosen, read_only=not chosen.issue) as engine:
        with engine.reading() as conn:
            production = the_production(conn, chosen.production).id
            about = _about(conn, kind, production, chosen, engine.clock.today())
            options = PaperOptions(paper=chosen.paper or house_row(conn).paper)
            issuing = _next_issue(conn, kind, production, about, engine) if chosen.issue else None
            person = person_named(conn, chosen.person) if chosen.person else None
            made = make(conn, production, kind.name, about, options, issuing=issuing, person=person)
        write_whole(Path(chosen.output), made.pdf)
        if issuing is not None:
            _keep(engine, kind, production, made, issuing, options)
    frame = made.sheet.frame
    state = f"version {frame.version}" if frame.state == "issued" else "a draft"
    if chosen.json:
        told = {"output": chosen.output, "document": kind.name, "state": frame.state, "version": frame.version}
        print(as_json(told))
    else:
        print(f"{chosen.output}: {kind.title}, {state}.")
    return 0


def _list(chosen: Namespace) -> int:
    if chosen.json:
        print(as_json(list(DOCUMENTS.values())))
    else:
        for kind in DOCUMENTS.values():
            print(f"{kind.name:<18}{kind.number}  {kind.title} ({kind.privacy}); {kind.needs}")
    return 0


def _about(conn: Any, kind: Document, production: int, chosen: Namespace, today: date) -> date | int:
    """What the sheet is about: as asked for, else the next working day, its week, the last report, today."""
    if kind.subject == "number":
        if chosen.date or chosen.week:
            raise Misuse(f"The {kind.title.lower()} goes by its --number.")
        return chosen.number if chosen.number is not None else _last_report(conn, production)
    if chosen.number is not None:
        raise Misuse(f"The {kind.title.lower()} goes by a date, not by a number.")
    asked: date | None = chosen.week or chosen.date
    if asked is not None:
        return asked
    return today if kind.subject == "production" else next_working_day(conn, production, today)


def next_working_day(conn: Any, production: int, today: date) -> date:
    """The first day after today on which the production works; what "tomorrow" means."""
    starts, _ = work_day_span(today + timedelta(days=1))
    _, ends = work_day_span(today + timedelta(days=AHEAD))
    for event in sorted(event_rows(conn, starts, ends, [production]), key=lambda row: row.starts_wall):
        if event.state != "cancelled" and KINDS[event.kind].counts_as not in ("day-off", "meal"):
            return event.day
    raise Refused("print.no_day", f"Nothing is called in the next {AHEAD} days; name a day with --date.")


def _last_report(conn: Any, production: int) -> int:
    numbers = [row.number for row in report_rows(conn, [production]) if row.kind == "rehearsal"]
    if not numbers:
        raise Refused("print.no_report", "There is no rehearsal report yet.")
    return max(numbers)


def _next_issue(conn: Any, kind: Document, production: int, about: date | int, engine: Engine) -> Issuing:
    version = next_version(conn, production, kind.name, subject_of(kind, about))
    return Issuing(version, engine.clock.utc_ms() // 60_000, engine.who)


def _keep(
    engine: Engine, kind: Document, production: int, made: Any, issuing: Issuing, options: PaperOptions
) -> None:
    engine.execute(
        IssueDocument(
            production=production,
            document=kind.name,
            subject=made.subject,
            about=made.about,
            version=issuing.version,
            issued_at=issuing.at,
            author=issuing.author,
            privacy=kind.privacy,
            paper=options.paper,
            sheet=to_json(made.sheet),
            pdf=made.pdf,
        ),
        origin="print",
    )
