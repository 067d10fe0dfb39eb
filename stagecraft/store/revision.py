"""The revisions of the schema that this program knows, without loading the migrations themselves."""

from __future__ import annotations

REVISIONS = ("0001",)
"""Every revision in order; a file's `user_version` is the place of its revision in this list, counted from 1."""

HEAD = REVISIONS[-1]
FORMAT = len(REVISIONS)
