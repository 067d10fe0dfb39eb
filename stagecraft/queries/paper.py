"""The ledger of issued sheets, the next number of a sheet, and when the company file changed last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Connection, exists, func, select

from stagecraft.store.journal import ROW_CHANGE, STEP
from stagecraft.store.schema import Issue

Reading: TypeAlias = Connection
"""An open read transaction, for layers that only hand it on."""

ISSUE_STEP = "IssueDocument"


@dataclass(slots=True)
class IssueRow:
    """An issued sheet without its data; `issued_at` is UTC minutes, `pdf` the hash of the kept file."""

    id: int
    production_id: int
    document: str
    subject: str
    about: date | None
    version: int
    issued_at: int
    author: str
    privacy: str
    paper: str
    pdf: str
    note: str


def issue_rows(
    conn: Connection, production_id: int, document: str | None = None, subject: str | None = None
) -> list[IssueRow]:
    """Issues of a production, of one document or of one sheet, newest first. One statement."""
    query: Any = select(
        Issue.id,
        Issue.production_id,
        Issue.document,
        Issue.subject,
        Issue.about,
        Issue.version,
        Issue.issued_at,
        Issue.author,
        Issue.privacy,
        Issue.paper,
        Issue.pdf,
        Issue.note,
    ).where(Issue.production_id == production_id)
    if document is not None:
        query = query.where(Issue.document == document)
    if subject is not None:
        query = query.where(Issue.subject == subject)
    found = conn.execute(query.order_by(Issue.issued_at.desc(), Issue.version.desc(), Issue.id.desc()))
    return [IssueRow(*row) for row in found]


def issue_sheet(conn: Connection, issue_id: int) -> str | None:
    """The frozen data of an issue as JSON; None when there is no such issue."""
    return conn.execute(select(Issue.sheet).where(Issue.id == issue_id)).scalar()


def next_version(conn: Connection, production_id: int, document: str, subject: str) -> int:
    """The number the next issue of a sheet gets. A number is not given twice, even when its issue is gone."""
    kept = conn.execute(
        select(func.max(Issue.version)).where(
            Issue.production_id == production_id, Issue.document == document, Issue.subject == subject
        )
    ).scalar()
    given = [kept or 0]
    for (text,) in conn.execute(
        select(STEP.c.params).where(STEP.c.code == ISSUE_STEP, STEP.c.params.contains(document))
    ):
        params = json.loads(text)
        if (params.get("production"), params.get("document"), params.get("subject")) == (
            production_id,
            document,
            subject,
        ):
            given.append(int(params.get("count", 0)))
    return max(given) + 1


def last_change_ms(conn: Connection) -> int:
    """UTC milliseconds of the last step that changed data; issuing a sheet and opening a sealed field change none."""
    changed = exists().where(ROW_CHANGE.c.step == STEP.c.id, ROW_CHANGE.c.tbl.not_in(("issue", "opening")))
    found = conn.execute(select(STEP.c.at).where(changed).order_by(STEP.c.id.desc()).limit(1)).scalar()
    return int(found or 0)
