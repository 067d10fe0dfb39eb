"""The packs that come with the program: read once, a broken one left out and named."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from stagecraft.base.errors import FileProblem
from stagecraft.base.resources import resources_dir
from stagecraft.domain.rules.pack_file import read_pack_file
from stagecraft.domain.rules.pack_table import PackProblem
from stagecraft.domain.rules.packs import Pack

HOUSE_DEFAULT = "house-default"
"""What a production goes by that names no pack."""


@cache
def _read() -> tuple[Mapping[str, Pack], tuple[str, ...]]:
    packs: dict[str, Pack] = {}
    problems: list[str] = []
    for path in sorted(resources_dir().joinpath("rules").glob("*.toml")):
        try:
            pack = read_pack_file(path, packs.get)
        except (PackProblem, FileProblem) as problem:
            problems.append(problem.message)
            continue
        packs[pack.id] = pack
    return MappingProxyType(packs), tuple(problems)


def shipped() -> Mapping[str, Pack]:
    """The shipped packs by id, in order of id."""
    return _read()[0]


def problems() -> tuple[str, ...]:
    """What is wrong with shipped packs that were left out, a sentence each."""
    return _read()[1]
