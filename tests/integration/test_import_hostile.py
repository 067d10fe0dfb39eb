"""No file makes the importer crash, hang or import by halves: a folder of hostile files, and some of our own."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from stagecraft.base.errors import FileProblem
from stagecraft.exchange.columns import KINDS
from stagecraft.exchange.plan import parse

HOSTILE = Path(
    os.environ.get("STAGECRAFT_HOSTILE") or Path(__file__).resolve().parents[3] / "shared" / "hostile"
)


def read(kind, path):
    """Read it; anything but a plan or a FileProblem is let through and fails the test."""
    try:
        plan = parse(kind, path)
        said = [problem.reason for problem in plan.problems] + plan.remarks
    except FileProblem as trouble:
        said = [trouble.message]
    assert [words for words in said if not words.endswith((".", "?")) or "\n" in words] == []


@pytest.mark.skipif(not (HOSTILE / "csv").is_dir(), reason="no folder of hostile files here")
@pytest.mark.parametrize("folder", ["csv", "csvcases", "text"])
def test_hostile_files_are_read_or_refused_in_words(folder):
    for path in sorted((HOSTILE / folder).iterdir()):
        for kind in KINDS:
            read(kind, path)


def test_random_bytes_and_broken_files_are_read_or_refused_in_words(tmp_path):
    dice = random.Random(20270114)
    whole = "\n".join(kind.example for kind in KINDS.values()).encode()
    path = tmp_path / "file.csv"
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(bytes(data[dice.randrange(len(data)) :]) if dice.random() < 0.5 else bytes(data))
        read(dice.choice(list(KINDS)), path)


@pytest.mark.parametrize(
    "data",
    [
        b'"' * 100_001,
        b"name\n" + b'"' + b"a\n" * 100_000,
        b"name" + b"," * 399 + b"\n" + (b"," * 399 + b"\n") * 5_000,
        b"sep=\n",
        b"sep=;",
        b"\xff\xfe" + b"\x00\xd8" * 1_000,
        b"scene" + b"".join(b",c%d" % n for n in range(390)) + b"\n" + (b"1.1" + b",x" * 390 + b"\n") * 500,
        "name\n\u202egnirts\u202c\n\ufeffAnn\n".encode(),
    ],
)
def test_awkward_files_do_not_hang(tmp_path, data):
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    for kind in KINDS:
        read(kind, path)
