"""The program's log: standard library, one small rotating file, ids of rows and never names of people."""

from __future__ import annotations

import logging
from pathlib import Path

from stagecraft.base.paths import logs_dir

LIMIT = 500_000
"""Bytes after which the log starts a new file; two old ones are kept."""

log = logging.getLogger("stagecraft")


def start_log() -> Path | None:
    """Write warnings and worse to `stagecraft.log`; returns its path, None where the folder cannot be written.

    A second call changes nothing. Who logs names rows by table and id: what people are called, their times and
    their reasons have no place in a log.
    """
    # Brings sockets and pickles along, so not before there is something to log.
    import logging.handlers

    for handler in log.handlers:
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            return Path(handler.baseFilename)
    folder = logs_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            folder / "stagecraft.log", maxBytes=LIMIT, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        log.addHandler(logging.NullHandler())
        return None
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    file.setLevel(logging.WARNING)
    log.addHandler(file)
    return Path(file.baseFilename)
