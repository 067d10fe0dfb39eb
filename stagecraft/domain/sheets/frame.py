"""What every sheet has: head, foot, band, runs of text, label rows, and how a span is split at its colons."""

from __future__ import annotations

from dataclasses import dataclass, field

from stagecraft.domain.times import time_text


@dataclass(slots=True)
class Run:
    """Some text in one look: "" | bold | medium | italic | grey."""

    text: str
    look: str = ""


Rich = list[Run]
"""A line of text in several looks."""


@dataclass(slots=True)
class Frame:
    """Head and foot. `state` is draft | issued | cancelled; `version` is 0 for a draft that replaces nothing."""

    code: str
    show: str
    place: str
    document: str
    about: str
    privacy: str
    state: str = "draft"
    version: int = 0
    stamp: str = ""
    contact: str = ""
    notice: str = ""
    author: str = ""


@dataclass(slots=True)
class Fact:
    """A box of the band: small label above a bold value."""

    label: str
    value: str


@dataclass(slots=True)
class Line:
    """A labelled line. `empty` marks a line that only says "none" and may go when space is short."""

    label: str
    text: list[Run] = field(default_factory=list)
    empty: bool = False


@dataclass(slots=True)
class WorkRow:
    """One piece of work, a meal or the end of the day. `shape` is work | meal | end; times are wall minutes.

    `room` is the room's short name; a piece of work for all rooms has `everyone` set and crosses the columns.
    `kind` is a kind of `domain.kinds`, `word` and `short` how it is printed in a table and in a block.
    """

    shape: str
    starts: int
    ends: int
    room: str = ""
    title: str = ""
    kind: str = ""
    word: str = ""
    short: str = ""
    leaders: str = ""
    people: list[Run] = field(default_factory=list)
    note: str = ""
    everyone: bool = False


def plain(rich: Rich) -> str:
    """The words alone."""
    return "".join(run.text for run in rich)


def bold(text: str) -> Run:
    return Run(text, "bold")


def clock_text(at: int, style: str) -> str:
    """A time of day as the sheet writes it, from wall minutes: `10:00a`, `12:00n`, `22:10`."""
    return time_text(at, style=style)


def lanes(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """For half-open spans in any order: each one's lane and how many lanes its cluster of overlaps needs."""
    order = sorted(range(len(spans)), key=lambda at: (spans[at][0], -spans[at][1], at))
    lane_of = [0] * len(spans)
    count_of = [1] * len(spans)
    cluster: list[int] = []
    ends: list[int] = []
    latest = 0

    def close() -> None:
        for at in cluster:
            count_of[at] = max(1, len(ends))

    for at in order:
        start, end = spans[at]
        if cluster and start >= latest:
            close()
            cluster, ends = [], []
        free = next((lane for lane, until in enumerate(ends) if until <= start), None)
        if free is None:
            free = len(ends)
            ends.append(end)
        else:
            ends[free] = end
        lane_of[at] = free
        cluster.append(at)
        latest = max(latest, end) if len(cluster) > 1 else end
    close()
    return list(zip(lane_of, count_of, strict=True))
