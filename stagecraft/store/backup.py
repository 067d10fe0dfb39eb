"""Backups: made whole, checked after writing, thinned out by age, and put back.

A company file's backups lie in the folder `<name> backups` beside it, each with a manifest `<backup>.json` that
holds its SHA-256. A shared database is backed up as a company file with the same rows and history.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from stagecraft import __version__
from stagecraft.base.clock import Clock
from stagecraft.base.errors import FileProblem
from stagecraft.store import files, opening
from stagecraft.store.connection import is_url, postgres_engine, server_url, sqlite_engine, sqlite_uri
from stagecraft.store.copying import copy_company
from stagecraft.store.files import FileLock
from stagecraft.store.founding import build_schema, check_empty, make_file
from stagecraft.store.problems import is_full, plain_words
from stagecraft.store.revision import HEAD

if TYPE_CHECKING:
    from stagecraft.store.store import Store

SUFFIX = ".stagecraft"
KEEP_ALL = timedelta(days=2)
KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 12, 10, 9
_STAMP = "%Y-%m-%d %H.%M.%S"
_PRE_RESTORE = "pre-restore-%Y-%m-%d-%H.%M.%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of a company file; `reason` is close | timer | migration | restore | erase | import."""

    path: Path
    made: datetime
    reason: str
    sha256: str
    size: int


def folder_of(path: Path) -> Path:
    """Where the backups of a company file lie."""
    return path.with_name(f"{path.stem} backups")


def backups_of(path: Path) -> list[Backup]:
    """The backups of a company file, newest first."""
    folder = folder_of(path)
    found = [_read(manifest) for manifest in folder.glob(f"*{SUFFIX}.json")] if folder.is_dir() else []
    return sorted((b for b in found if b is not None), key=lambda backup: backup.made, reverse=True)


def _read(manifest: Path) -> Backup | None:
    path = manifest.with_suffix("")
    try:
        said = json.loads(manifest.read_text("utf-8"))
        if not path.is_file():
            return None
        return Backup(path, datetime.fromisoformat(said["made"]), said["reason"], said["sha256"], said["size"])
    except (OSError, ValueError, KeyError):
        return None


def back_up_beside(path: Path, reason: str, clock: Clock) -> Backup:
    """Back a company file up into its folder of backups and thin that out.

    Raises `FileProblem` when the backup cannot be written or does not read back whole; the file itself is safe.
    """
    folder = folder_of(path)
    with _written(folder):
        folder.mkdir(exist_ok=True)
        for left in folder.glob(f".{path.stem} *.part*"):  # by a program that was killed
            left.unlink()
        backup = _write(path, _free_name(folder, path.stem, clock), reason, clock)
        thin_out(path)
    return backup


def back_up(store: Store, target: Path, *, clock: Clock | None = None) -> Path:
    """Copy everything up to now into a new company file `target`, or into a folder under a dated name.

    Raises `FileProblem` when the target exists or cannot be written. Returns the file made.
    """
    clock = clock or Clock()
    if target.is_dir():
        target = _free_name(target, store.path.stem if store.path else "Stagecraft", clock)
    if target.exists():
        raise FileProblem("backup.exists", f"There is already a file {target.name} there.", path=target)
    with _written(target.parent):
        if store.path is not None:
            _write(store.path, target, "asked", clock)
        else:
            _write_server(store, target, clock)
    return target


def _write_server(store: Store, target: Path, clock: Clock) -> None:
    part = _part(target)
    try:
        with store.reading() as source:
            make_file(part, lambda conn: copy_company(source, conn))
        _finish(part, target, "asked", clock)
    finally:
        _drop(part)


def _write(source: Path, target: Path, reason: str, clock: Clock) -> Backup:
    part = _part(target)
    try:
        copy_file(source, part)
        return _finish(part, target, reason, clock)
    finally:
        _drop(part)


def _part(target: Path) -> Path:
    part = target.with_name(f".{target.name}.part")
    _drop(part)
    return part


def _drop(part: Path) -> None:
    for file in (part, part.with_name(part.name + "-journal")):
        file.unlink(missing_ok=True)


def copy_file(source: Path, target: Path) -> None:
    """A whole copy of a company file that may be in use, for the same eyes only."""
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(sqlite_uri(source, "ro"), uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.execute("PRAGMA trusted_schema=OFF")
        new.execute("PRAGMA synchronous=OFF")  # synced as a whole below, before it gets its name
        old.backup(new)
    shutil.copymode(source, target)


def _finish(part: Path, target: Path, reason: str, clock: Clock) -> Backup:
    with closing(sqlite3.connect(sqlite_uri(part, "ro"), uri=True)) as raw:
        files.quick_check(raw, target)
    sync(part)
    digest, size = sha256_of(part), part.stat().st_size
    backup = Backup(target, _here(clock).replace(tzinfo=None), reason, digest, size)
    said = asdict(backup) | {"path": target.name, "made": backup.made.isoformat(), "program": __version__}
    manifest = target.with_name(target.name + ".json")
    manifest.write_text(json.dumps(said, indent=1), "utf-8")
    sync(manifest)  # first, so that no backup is ever without
    part.replace(target)
    sync(target.parent)
    return backup


@contextmanager
def _written(folder: Path, what: str = "made", left: str = "Your work itself is saved.") -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, DBAPIError) as error:
        full = is_full(error)
        raise FileProblem(
            "backup.full" if full else "backup.failed",
            f"The backup was not {what}: " + ("the disk is full." if full else f"{folder} cannot be written."),
            path=folder,
            remedy=f"{left} " + ("Make room on the disk." if full else "Check that folder."),
        ) from error


def _here(clock: Clock) -> datetime:
    """Backups lie among the machine's files and go by its time, not by the house's."""
    return clock.within(None).now()


def _free_name(folder: Path, stem: str, clock: Clock, stamp: str = _STAMP, suffix: str = SUFFIX) -> Path:
    at = _here(clock)
    while True:
        path = folder / f"{stem} {at.strftime(stamp)}{suffix}"
        if not path.exists():
            return path
        at += timedelta(seconds=1)


def sync(path: Path) -> None:
    """Make sure a file, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- thinning out ------------------------------------------------------------------------------------------


def kept(times: list[datetime]) -> set[datetime]:
    """Which of these moments are kept: all of two days, then one a day, a week, a month.

    Counted back from the newest, not from now: a clock set wrong must not empty the folder.
    """
    if not times:
        return set()
    rest = sorted(times, reverse=True)
    result = {at for at in rest if at > rest[0] - KEEP_ALL}
    rest = [at for at in rest if at not in result]
    steps: tuple[tuple[int, Callable[[date], tuple[int, ...]]], ...] = (
        (KEEP_DAYS, lambda day: (day.toordinal(),)),
        (KEEP_WEEKS, lambda day: day.isocalendar()[:2]),
        (KEEP_MONTHS, lambda day: (day.year, day.month)),
    )
    for count, period in steps:
        newest: dict[tuple[int, ...], datetime] = {}
        for at in rest:
            newest.setdefault(period(at.date()), at)
        chosen = sorted(newest.values(), reverse=True)[:count]
        result.update(chosen)
        rest = [at for at in rest if chosen and at < chosen[-1]]
    return result


def thin_out(path: Path) -> None:
    """Remove the backups of a company file that are no longer kept."""
    all_of_them = backups_of(path)
    keep = kept([backup.made for backup in all_of_them])
    for backup in all_of_them:
        if backup.made not in keep:
            backup.path.unlink(missing_ok=True)
            backup.path.with_name(backup.path.name + ".json").unlink(missing_ok=True)


# --- putting back ------------------------------------------------------------------------------------------


def verify(path: Path) -> str:
    """Raise `FileProblem` unless this is a whole company file, and the one its manifest describes.

    Returns its revision.
    """
    files.check_header(path)
    manifest = _read(path.with_name(path.name + ".json"))
    if manifest is not None and manifest.sha256 != sha256_of(path):
        raise FileProblem(
            "backup.damaged",
            f"The backup {path.name} was damaged or changed since it was made.",
            path=path,
            remedy=f"Take another one; if you changed it yourself, remove {path.name}.json beside it first.",
        )
    revision = opening.inspect_file(path)
    opening.check_generated(path, revision)
    return revision


def restore(backup: Path, target: Path | str, *, clock: Clock | None = None) -> Path | None:
    """Put a backup in a file's place, or into an empty shared database.

    The file it replaces, damaged or not, is kept beside it as `<name> pre-restore-<time>`: its path is returned.
    Raises `FileProblem`, and then nothing has changed.
    """
    revision = verify(backup)
    if is_url(target):
        if revision != HEAD:
            raise FileProblem(
                "backup.older",
                f"The backup {backup.name} is of an older Stagecraft and cannot go into a shared database yet.",
                path=backup,
                remedy="Open a copy of it once, then put that copy back.",
            )
        _restore_server(backup, str(target))
        return None
    path = Path(target).resolve()
    if path.is_dir():
        raise FileProblem("file.folder", f"{path.name} is a folder, not a company file.", path=path)
    lock = FileLock(path)
    with _written(path.parent, "put back", "Nothing was changed."):
        lock.acquire()
        try:
            return _swap(backup, path, clock or Clock())
        finally:
            lock.release()


def _swap(backup: Path, path: Path, clock: Clock) -> Path | None:
    part = _part(path)
    try:
        copy_file(backup, part)
        sync(part)
        old = _free_name(path.parent, path.stem, clock, _PRE_RESTORE, path.suffix)
        there = path.exists()
        if there:
            shutil.copymode(path, part)
            _keep_as(path, old)
        for ending in ("-journal", "-wal"):  # an unfinished transaction belongs to the old file
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.replace(old.with_name(old.name + ending))
        part.replace(path)
        sync(path.parent)
        return old if there else None
    finally:
        _drop(part)


def _keep_as(path: Path, old: Path) -> None:
    try:
        os.link(path, old)  # so that there is a file under its name at every moment
    except OSError:  # a drive that knows no second names
        path.replace(old)


def _restore_server(backup: Path, url: str) -> None:
    source = sqlite_engine(backup, read_only=True)
    target = postgres_engine(server_url(url))
    try:
        with plain_words(url), source.connect() as old, target.begin() as new:
            check_empty(new)
            build_schema(new)
            copy_company(old, new)
    finally:
        source.dispose()
        target.dispose()
