"""What the database says, in the words of the person who works with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.store.journal import OUTSIDE


@contextmanager
def plain_words(where: Path | str) -> Iterator[None]:
    """Turn database errors a person can do something about into `Refused` or `FileProblem`; others pass."""
    try:
        yield
    except DBAPIError as error:
        trouble = refusal(error) or file_problem(str(error.orig), where)
        if trouble is None:
            raise
        raise trouble from error
    except (StaleDataError, ObjectDeletedError) as error:
        raise _gone() from error
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes damaged text in its messages
        trouble = file_problem(str(error), where)
        if trouble is None:
            raise
        raise trouble from error


def refusal(error: DBAPIError) -> Refused | None:
    """The refusal behind a broken rule of the database, None when it is something else."""
    said = str(error.orig)
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in ("40001", "40P01", "55P03"):
        return Refused(
            "busy", "Somebody else was saving at the same moment; nothing was changed. Please try again."
        )
    if state == "22003":
        return Refused("too_large", "One of these numbers is too large to be kept; nothing was changed.")
    if not isinstance(error, IntegrityError) or OUTSIDE in said:
        return None
    if state == "23503" or "FOREIGN KEY" in said:
        return _gone()
    if state == "23505" or "UNIQUE" in said:
        return Refused("taken", "There is already one like this; nothing was changed.")
    return None


def _gone() -> Refused:
    return Refused("gone", "Something this belongs to was removed meanwhile; nothing was changed.")


def file_problem(said: str, where: Path | str) -> FileProblem | None:
    """The problem with disk, file or server behind an error message, None when there is none."""
    text = said.lower()
    name, path = (where.name, where) if isinstance(where, Path) else ("The shared database", "")
    for fragments, code, message, remedy in _TROUBLES:
        if any(fragment in text for fragment in fragments):
            return FileProblem(code, message.format(name=name), path=path, remedy=remedy)
    return None


def is_full(error: Exception) -> bool:
    """Whether an error of the system or the database says that the disk is full."""
    known = file_problem(str(error), "")
    return known is not None and known.code == "file.full"


_TROUBLES: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (
        ("disk is full", "no space left", "disk full"),
        "file.full",
        "The disk is full: the last change to {name} was not saved, everything before it is.",
        "Make room on the disk and do it again.",
    ),
    (
        ("disk i/o error",),
        "file.disk",
        "The disk did not take the last change to {name}; everything before it is saved.",
        "Check the disk or the network drive and do it again.",
    ),
    (
        ("readonly database", "read-only", "attempt to write a readonly"),
        "file.read_only",
        "{name} can only be read where it is, so nothing was changed.",
        "Copy it to a folder in which you may write.",
    ),
    (
        ("database is locked", "database table is locked", "database is busy"),
        "file.busy",
        "Another program is holding {name}, so nothing was changed.",
        "Close the other program or wait a moment, then do it again.",
    ),
    (
        ("malformed", "file is not a database", "corrupt", "could not decode"),
        "file.damaged",
        "{name} is damaged. It was left exactly as it is.",
        "Restore the newest backup, or look at the file with Check file.",
    ),
    (
        ("unable to open database file",),
        "file.unreadable",
        "{name} cannot be opened.",
        "Check that it is still there and that you may read it.",
    ),
    (
        ("authentication failed", "no password supplied", "fatal:  database", "fatal:  role"),
        "server.refused",
        "The server does not let you in, or there is no such database.",
        "Check the address, name and password.",
    ),
    (
        ("connection to server", "could not translate", "failed to resolve", "connection failed"),
        "server.away",
        "The shared database cannot be reached, so nothing was changed.",
        "Check the network and try again.",
    ),
    (
        (
            "terminating connection",
            "connection is lost",
            "server closed",
            "connection is closed",
            "from server:",
        ),
        "server.lost",
        "The connection to the shared database broke; the last change was not saved.",
        "It is made anew with the next change.",
    ),
)
