"""The two kinds of trouble a person can do something about. Anything else is a bug."""

from __future__ import annotations

from pathlib import Path


class Refused(Exception):
    """The user asked for something impossible; shown beside the field it concerns.

    `code` is dotted and stable (`person.no_name`), `message` is one plain sentence, `field` names the
    command's field at fault where there is one.
    """

    def __init__(self, code: str, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class FileProblem(Exception):
    """Disk, lock, damage, version: the file or server cannot be used as it is.

    `message` says in one sentence what happened and what was kept; `remedy` says what to do next.
    """

    def __init__(self, code: str, message: str, *, path: Path | str = "", remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.code = code
        self.message = message
        self.path = str(path)
        self.remedy = remedy
