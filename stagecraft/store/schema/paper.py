"""Issues of documents, attachments, and the blobs they name."""

from __future__ import annotations

from datetime import date

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stagecraft.store.schema.base import Base, Code, Id, owned_by, points_at


class Issue(Base):
    """A sheet as it was issued: number, time, author, the data behind it (`sheet`, JSON) and its PDF (`pdf`, hash).

    A version is never given twice for the same production, document and subject. `subject` is what the sheet
    is about: an ISO date, a Monday, a report number.
    """

    __tablename__ = "issue"
    __table_args__ = (
        UniqueConstraint("production_id", "document", "subject", "version"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    document: Mapped[Code]  # daily-call | weekly-schedule | …
    subject: Mapped[Code]
    about: Mapped[date | None]
    version: Mapped[int]
    issued_at: Mapped[int]  # UTC minutes
    author: Mapped[str]
    privacy: Mapped[Code]
    paper: Mapped[Code]
    sheet: Mapped[str]
    calls: Mapped[str]  # what a call sheet posted, JSON: [[event, person, starts_at, ends_at], …]; else ""
    pdf: Mapped[str]
    recipients: Mapped[str]
    note: Mapped[str]


class Attachment(Base):
    """A file kept with a person, contract or report; the bytes are a blob named by `hash`."""

    __tablename__ = "attachment"
    id: Mapped[Id]
    person_id: Mapped[int | None] = owned_by("person")
    contract_id: Mapped[int | None] = owned_by("contract")
    report_id: Mapped[int | None] = points_at("report")
    name: Mapped[str]
    hash: Mapped[str]
    media_type: Mapped[Code]
    size: Mapped[int]


class Blob(Base):
    """Content-addressed, immutable bytes outside the journal; `hash` is the SHA-256 in hex."""

    __tablename__ = "blob"
    __table_args__ = ()
    hash: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[Code]
    data: Mapped[bytes] = mapped_column(LargeBinary)
