"""Commands that list: deadlines, contracts, history."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import datetime

from stagecraft.cli.arguments import FIRST_YEAR, LAST_YEAR, Misuse
from stagecraft.cli.opening import as_json, opened, production_named, table
from stagecraft.domain.kinds import CONTRACT_STATES
from stagecraft.domain.times import DAY, date_of, date_text, from_instant, time_text, to_instant, wall
from stagecraft.services.engine import Engine

EVERY_STEP = 1_000_000


def deadlines(chosen: Namespace) -> int:
    """Open deadlines, soonest first; status 1 when something is overdue."""
    from stagecraft.queries.contracts import deadline_rows

    with opened(chosen, read_only=True) as engine, engine.reading() as conn:
        today = engine.clock.today()
        production = production_named(conn, chosen.production)
        rows = deadline_rows(conn, today, [production.id] if production else ())
    if chosen.json:
        print(as_json(rows))
    else:
        lines = [
            (date_text(row.due_on), row.code, row.person, row.name, _due(row.formula, row.words))
            for row in rows
        ]
        print(table(lines) or "Nothing is due.")
    return 1 if any(row.overdue for row in rows) else 0


def _due(formula: str, words: str) -> str:
    left = words.rsplit(", ", 1)[-1]
    return f"{left} ({formula})" if formula else left


def contracts(chosen: Namespace) -> int:
    """Contracts by next deadline. Money is never listed."""
    from stagecraft.queries.contracts import contract_rows

    with opened(chosen, read_only=True) as engine, engine.reading() as conn:
        today = engine.clock.today()
        production = production_named(conn, chosen.production)
        rows = contract_rows(conn, today, [production.id] if production else ())
    if chosen.json:
        print(as_json(rows))
        return 0
    lines = []
    for row in rows:
        shown = date_text(row.shown_on) if row.shown_on else "–"
        lines.append(
            (shown, row.code, row.person, row.job, CONTRACT_STATES.get(row.state, row.state), row.line)
        )
    print(table(lines) or "There are no contracts yet.")
    return 0


def history(chosen: Namespace) -> int:
    """Steps, newest first, as undo would name them; with --as-of as they were named and stood then."""
    from stagecraft.services.history import commit_at, history_rows

    asked = _when(chosen.as_of)
    with opened(chosen, read_only=True) as engine:
        zone = engine.clock.zone or "UTC"
        if asked is None:
            rows = history_rows(engine, limit=EVERY_STEP)
        elif commit := commit_at(engine, to_instant(asked, zone) * 60_000 - 1):
            with closing(engine.store.as_it_stood(commit)) as past:
                rows = history_rows(Engine(past, engine.clock, engine.who), limit=EVERY_STEP)
        else:
            rows = []
    if chosen.json:
        print(as_json(rows))
        return 0
    lines = []
    for row in rows:
        at = from_instant(row.at_ms // 60_000, zone)
        lines.append((f"{date_text(date_of(at))} {time_text(at)}", row.who or "–", row.text))
    print(table(lines) or "Nothing has been changed yet.")
    return 0


def _when(text: str | None) -> int | None:
    """The wall minute at which a day or minute on the house's clock is over; None for no limit."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(f"“{text}” is not a time such as 2027-01-14 or 2027-01-14T18:30.") from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise Misuse(f"“{text}” is too far away; years go from {FIRST_YEAR} to {LAST_YEAR}.")
    minute = at.hour * 60 + at.minute
    return wall(at.date(), minute + 1 if len(text) > len("2027-01-14") else DAY)
