"""What is true of a company file before SQLite touches it: its header, its lock, and that it is still the same.

Nothing here writes to the file itself.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sqlite3
import stat
import struct
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from stagecraft.base.errors import FileProblem
from stagecraft.store.connection import APPLICATION_ID
from stagecraft.store.revision import FORMAT

MAGIC = b"SQLite format 3\x00"


def check_header(path: Path) -> None:
    """Refuse what cannot be a company file of this version, having read its first hundred bytes only."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a device"
            raise FileProblem(
                "file.folder",
                f"{path.name} is {what}, not a company file.",
                path=path,
                remedy="Choose a company file.",
            )
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise FileProblem(
            "file.missing",
            f"There is no file {path.name} in {path.absolute().parent}.",
            path=path,
            remedy="Check the name.",
        ) from error
    except OSError as error:
        raise FileProblem(
            "file.unreadable", f"{path.name} cannot be read.", path=path, remedy="Check that you may read it."
        ) from error
    if found.st_size == 0:
        raise FileProblem(
            "file.empty", f"{path.name} is empty.", path=path, remedy="Restore a backup, or make a new file."
        )
    if len(header) < 100 or not header.startswith(MAGIC):
        raise FileProblem(
            "file.foreign",
            f"{path.name} is not a Stagecraft company file, or its beginning is damaged.",
            path=path,
            remedy="Choose another file, or restore a backup of this one.",
        )
    _check_numbers(path, found.st_size, header)


def _check_numbers(path: Path, size: int, header: bytes) -> None:
    (application,) = struct.unpack(">I", header[68:72])
    (version,) = struct.unpack(">I", header[60:64])
    if application != APPLICATION_ID:
        raise FileProblem(
            "file.foreign",
            f"{path.name} belongs to another program.",
            path=path,
            remedy="Choose a company file made by Stagecraft.",
        )
    if version > FORMAT:
        raise newer(path, str(version))
    (page,) = struct.unpack(">H", header[16:18])
    (pages,) = struct.unpack(">I", header[28:32])
    if size < pages * (65536 if page == 1 else page) and not has_hot_journal(path):
        raise FileProblem(
            "file.damaged",
            f"{path.name} is damaged: its end is missing. It was left exactly as it is.",
            path=path,
            remedy="Restore the newest backup.",
        )


def has_hot_journal(path: Path) -> bool:
    """Whether a transaction was cut short and waits to be rolled back."""
    try:
        return path.with_name(path.name + "-journal").stat().st_size > 0
    except OSError:
        return False


def newer(path: Path | str, version: str) -> FileProblem:
    """The refusal of what a later program has written."""
    name = path.name if isinstance(path, Path) else "This database"
    return FileProblem(
        "file.newer",
        f"{name} was written by a newer Stagecraft (its format is {version}, this program knows {FORMAT}).",
        path=path,
        remedy="Update this program, then open it again.",
    )


def needs_writing(path: Path) -> bool:
    """Whether another program left the file in a mode (WAL) in which even readers must write beside it."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"


def can_write(path: Path) -> bool:
    """Whether the file and its folder, which the rollback journal needs, can be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def tidy_journal(path: Path) -> None:
    """Remove the empty rollback journal that SQLite leaves beside a file nobody has open any more."""
    journal = path.with_name(path.name + "-journal")
    try:
        if journal.stat().st_size == 0:
            journal.unlink()
    except OSError:  # none there, or the folder cannot be written: it does no harm
        return


class Standing:
    """Notices that another program replaced the file under an open store, before anything is written to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity = self._look()
        self._version: int | None = None

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def check(self) -> None:
        """Raise `FileProblem` when the name now leads elsewhere."""
        now = self._look()
        if now == self._identity:
            return
        what = "is no longer where it was" if now is None else "was replaced by another program"
        raise FileProblem(
            "file.replaced",
            f"{self.path.name} {what}; nothing was written.",
            path=self.path,
            remedy="Close it here and open it again; if a sync program did this, look for its conflicted copy.",
        )

    def check_version(self, conn: Connection) -> None:
        """Raise `FileProblem` when another program wrote into the file since the last step of this connection."""
        version = int(conn.exec_driver_sql("PRAGMA data_version").scalar_one())
        if self._version is not None and version != self._version:
            raise FileProblem(
                "file.replaced",
                f"Another program wrote into {self.path.name}; nothing was written here.",
                path=self.path,
                remedy="Close it here and open it again.",
            )
        self._version = version


class FileLock:
    """A lock file beside the company file, so that no second program writes to it.

    The operating system lets go of it when the program dies, so it is never stale; what stands in it only says
    who holds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(f".{path.name}.lock")
        self._target = path
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock; raises `FileProblem` naming who has it, OSError where no lock file can be made."""
        while True:
            file = self.path.open("a+b")
            try:
                _lock(file)
            except (BlockingIOError, PermissionError) as error:
                file.close()
                raise self._held() from error
            except OSError:  # a drive that knows no locks
                file.close()
                raise
            if self._is_current(file):
                break
            file.close()
        holder = {"user": _user(), "host": socket.gethostname(), "pid": os.getpid(), "since": _now()}
        file.truncate(0)
        file.write(json.dumps(holder).encode())
        file.flush()
        self._file = file

    def _is_current(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except OSError:
            return False

    def _held(self) -> FileProblem:
        try:
            holder = json.loads(self.path.read_bytes())
            by = f" by {holder['user']} on {holder['host']} since {holder['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            by = " in another window"
        return FileProblem(
            "file.locked",
            f"{self._target.name} is already open{by}.",
            path=self._target,
            remedy="Go to that window, or open it here to read only.",
        )

    def tidy(self) -> None:
        """Leave no empty journal behind; only while the lock is held and every connection is closed."""
        tidy_journal(self._target)

    def release(self) -> bool:
        """Let go of the lock and remove its file; whether it was held."""
        if self._file is None:
            return False
        if sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        self._file.close()
        self._file = None
        return True


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(4096)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def _now() -> str:
    now = datetime.now()
    return now.strftime("%I:%M").lstrip("0") + ("a" if now.hour < 12 else "p")


def quick_check(raw: sqlite3.Connection, path: Path) -> None:
    """Raise `FileProblem` when pages of the file do not fit together; 0.3 s for 65 MB."""
    try:
        said = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes damaged text in its messages
        said = str(error)
    if said != "ok":
        raise FileProblem(
            "file.damaged",
            f"{path.name} is damaged. It was left exactly as it is.",
            path=path,
            remedy="Restore the newest backup, or look at the file with Check file.",
        )
