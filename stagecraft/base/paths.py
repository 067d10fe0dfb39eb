"""Where a person's own files live: settings, logs. Company files live wherever the user puts them.

The folders follow the system's habits (platformdirs). `STAGECRAFT_HOME` puts all of them under one folder: for
a memory stick, and for tests.
"""

from __future__ import annotations

import os
from errno import EISDIR
from pathlib import Path

APP = "stagecraft"


def _folder(kind: str) -> Path:
    home = os.environ.get("STAGECRAFT_HOME")
    if home:
        return Path(home).expanduser() / kind
    import platformdirs

    dirs = platformdirs.PlatformDirs(APP, appauthor=False)
    return {
        "config": dirs.user_config_path,
        "data": dirs.user_data_path,
        "logs": dirs.user_log_path,
    }[kind]


def config_dir() -> Path:
    """Folder of the personal settings. It may not exist yet."""
    return _folder("config")


def data_dir() -> Path:
    """Folder for what the program itself keeps, such as the sample season. It may not exist yet."""
    return _folder("data")


def logs_dir() -> Path:
    """Folder of the log. It may not exist yet."""
    return _folder("logs")


def settings_file() -> Path:
    return config_dir() / "settings.toml"


def write_whole(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a file so that a reader sees the old or the new one, never half: beside, flushed, renamed.

    Makes missing folders. `mode` bounds who may read it from its first byte on. Raises OSError; the old file is
    then untouched.
    """
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "Is a folder", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(beside, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    # The rename itself survives a power cut only when the folder is flushed; Windows cannot and need not.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
