"""Issuing a sheet: its number, time, author, data and PDF are kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from stagecraft.base.errors import Refused
from stagecraft.domain.kinds import PRIVACY
from stagecraft.queries.paper import next_version
from stagecraft.queries.rules_calls import posted_calls
from stagecraft.services.command import Command
from stagecraft.services.fields import line
from stagecraft.store.schema import Issue, Production

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class IssueDocument(Command):
    """Keep a sheet as issued, for good: a sheet handed out cannot be undone. Returns the issue's id.

    `version` and `issued_at` (UTC minutes) are what its foot says, so they were fixed before it was set in type;
    refused when somebody issued that number meanwhile. `sheet` is the JSON behind it, `pdf` the file's bytes. Whom a
    call sheet told to come when is kept with it.
    """

    label: ClassVar[str] = "issue {document} {day|subject} v{count}"
    step_kind: ClassVar[str] = "log"
    production: int
    document: str
    subject: str
    about: date | None
    version: int
    issued_at: int
    author: str
    privacy: str
    paper: str
    sheet: str
    pdf: bytes
    note: str = ""

    def apply(self, work: UnitOfWork) -> int:
        work.get(Production, self.production)
        if not self.pdf.startswith(b"%PDF-"):
            raise Refused("paper.no_pdf", "This sheet has not been set in type yet.", field="pdf")
        if self.privacy not in PRIVACY:
            raise Refused("paper.privacy", "A sheet carries exactly one privacy class.", field="privacy")
        expected = next_version(work.session.connection(), self.production, self.document, self.subject)
        if self.version != expected:
            raise Refused(
                "paper.version",
                f"Somebody issued v{self.version} meanwhile; look at it, then issue v{expected}.",
                field="version",
            )
        row = work.add(
            Issue(
                production_id=self.production,
                document=self.document,
                subject=self.subject,
                about=self.about,
                version=self.version,
                issued_at=self.issued_at,
                author=self.author,
                privacy=self.privacy,
                paper=self.paper,
                sheet=self.sheet,
                calls=posted_calls(work.session.connection(), self.production, self.document, self.about),
                pdf=work.put_blob(self.pdf, "application/pdf"),
                recipients="",
                note=line(self.note, "note"),
            )
        )
        work.label(document=self.document, count=self.version, production=self.production, subject=self.subject)
        if self.about is not None:
            work.label(day=self.about.isoformat())
        return row.id
