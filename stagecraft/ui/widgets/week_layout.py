"""What a week view shows and where: events in lanes, days as columns, minutes as pixels. No painting, no Qt.

Times are wall minutes; a column is a working day, from 04:00 to 04:00 of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from stagecraft.domain.times import DAY, DAY_CUT, wall

HOURS_WIDTH = 40
HEAD_HEIGHT = 48
STRIP_HEIGHT = 20
NARROW_LANE = 64
MIN_HOUR_HEIGHT, HOUR_HEIGHT, MAX_HOUR_HEIGHT = 28, 44, 88
EARLIEST, LATEST = 4, 28


@dataclass(slots=True)
class EventView:
    """One event as the week shows it. Words are ready; `rank` orders productions from left to right in lanes.

    `severity` is red, amber, cost or empty; `findings` are its flags in words, `told` is what the block says of them,
    `word` what it says where that is too much. `breaks` are those planned: starts, ends, meal or short. `spoken` is
    its accessible name.
    """

    id: int
    production_id: int
    starts: int
    ends: int
    abbr: str
    kind: str
    state: str
    code: str
    letter: str
    hue: str
    time: str
    number: str
    name: str
    place: str
    people: str
    until: str
    called: int = 0
    pinned: bool = False
    rank: int = 0
    severity: str = ""
    findings: tuple[str, ...] = ()
    told: str = ""
    word: str = ""
    breaks: tuple[tuple[int, int, str], ...] = ()
    spoken: str = ""

    @property
    def title(self) -> str:
        """Number and name in one."""
        return " ".join(part for part in (self.number, self.name) if part)


@dataclass(slots=True)
class HeadChip:
    """A chip in a day's head: a production code with the hue, a day off, or plain words. `short` where room lacks."""

    text: str
    hue: str = ""
    event: int | None = None
    hatched: bool = False
    short: str = ""


@dataclass(slots=True)
class DayHead:
    """A day's head: `Mon 11`, its state in a word, chips and what follows them ("Day 9"), and how many flags it has;
    `told` gives them in words.
    """

    day: date
    title: str
    state: str = ""
    chips: list[HeadChip] = field(default_factory=list)
    words: str = ""
    today: bool = False
    off: bool = False
    flags: int = 0
    severity: str = ""
    told: Callable[[], tuple[str, ...]] = tuple


@dataclass(slots=True)
class Band:
    """A hatched stretch behind the events: a meal (with its event) or a time somebody is not free."""

    starts: int
    ends: int
    label: str
    event: int | None = None


@dataclass(slots=True)
class WeekContents:
    """Everything one week view shows. `now` is a wall minute, None when it is another week; `hint` is for no events."""

    heads: list[DayHead] = field(default_factory=list)
    events: list[EventView] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    now: int | None = None
    hint: str = ""


def hours_shown(events: Sequence[EventView], heads: Sequence[DayHead]) -> tuple[int, int]:
    """First and last hour on the axis: 9 to 23, wider for whatever straddles them.

    What lies wholly outside goes to the strips, so that one early call does not push the day out of sight.
    """
    first, last = 9, 23
    for event in events:
        day = day_index(heads, event.starts)
        if day is None:
            continue
        start, end = day_minutes(heads, day, event.starts), day_minutes(heads, day, event.ends)
        if start < first * 60 < end:
            first = max(EARLIEST, start // 60)
        if start < last * 60 < end:
            last = min(LATEST, -(-end // 60))
    return first, last


def day_index(heads: Sequence[DayHead], at: int) -> int | None:
    """Column of a wall minute; None when its working day is not shown."""
    if not heads:
        return None
    index = (at - DAY_CUT - wall(heads[0].day)) // DAY
    return index if 0 <= index < len(heads) else None


def day_minutes(heads: Sequence[DayHead], day: int, at: int) -> int:
    """Minutes of a wall minute after the midnight that begins the column's calendar day."""
    return at - wall(heads[day].day)


def lanes(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Lane, lanes across and lanes wide for spans (start, end, rank), in the order given.

    Spans that overlap, directly or through others, share the width; within such a cluster a lower rank stands
    further left. A span grows to the right over lanes that are free beside it.
    """
    result: list[tuple[int, int, int]] = [(0, 1, 1)] * len(spans)
    order = sorted(range(len(spans)), key=lambda i: (spans[i][0], -spans[i][1], spans[i][2], i))
    cluster: list[int] = []
    reach = 0
    for index in order:
        start, end, _rank = spans[index]
        if cluster and start >= reach:
            _lay_out(spans, cluster, result)
            cluster = []
        cluster.append(index)
        reach = end if len(cluster) == 1 else max(reach, end)
    if cluster:
        _lay_out(spans, cluster, result)
    return result


def _lay_out(
    spans: Sequence[tuple[int, int, int]], cluster: list[int], result: list[tuple[int, int, int]]
) -> None:
    by_start = _first_fit(spans, cluster)
    by_rank = _first_fit(spans, sorted(cluster, key=lambda i: (spans[i][2], spans[i][0], i)))
    placed = by_rank if len(by_rank) <= len(by_start) else by_start
    across = len(placed)
    for lane, members in enumerate(placed):
        for index in members:
            wide = 1
            while lane + wide < across and not any(
                _overlap(spans[index], spans[other]) for other in placed[lane + wide]
            ):
                wide += 1
            result[index] = (lane, across, wide)


def _first_fit(spans: Sequence[tuple[int, int, int]], order: Sequence[int]) -> list[list[int]]:
    placed: list[list[int]] = []
    for index in order:
        for lane in placed:
            if not any(_overlap(spans[index], spans[other]) for other in lane):
                lane.append(index)
                break
        else:
            placed.append([index])
    return placed


def _overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@dataclass(slots=True)
class Box:
    """A rectangle in pixels of the whole (unscrolled) week."""

    x: int
    y: int
    width: int
    height: int

    def contains(self, x: int, y: int) -> bool:
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    def meets(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(slots=True)
class WeekShape:
    """Columns and rows of a week view of one width: where a wall minute lies and what lies at a point.

    Below 560 px the two last days of seven narrow to half, so that working days stay readable.
    """

    heads: list[DayHead]
    width: int
    first: int = 9
    last: int = 23
    hour_height: int = HOUR_HEIGHT
    left: int = HOURS_WIDTH
    edges: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.heads)
        narrow = count == 7 and self.width < 640
        shares = [0.5 if narrow and index >= 5 else 1.0 for index in range(count)]
        room, total, taken = self.width - self.left, sum(shares) or 1, 0.0
        self.edges = [self.left]
        for share in shares:
            taken += share
            self.edges.append(self.left + round(room * taken / total))

    @property
    def height(self) -> int:
        """Pixels from the first to the last hour."""
        return (self.last - self.first) * self.hour_height

    def column(self, day: int) -> tuple[int, int]:
        """Left edge and width of a day."""
        return self.edges[day], self.edges[day + 1] - self.edges[day]

    def y(self, minute: int) -> int:
        """Pixel of a minute of the day, within the hours shown."""
        top = (minute - self.first * 60) * self.hour_height / 60
        return round(min(max(top, 0), self.height))

    def minute(self, y: float) -> int:
        """Minute of the day at a pixel, not snapped."""
        return round(self.first * 60 + y * 60 / self.hour_height)

    def day_at(self, x: float) -> int:
        """Column at a pixel; the nearest one outside them."""
        for day in range(len(self.heads)):
            if x < self.edges[day + 1]:
                return day
        return len(self.heads) - 1

    def wall_at(self, x: float, y: float) -> int:
        """Wall minute at a point, not snapped."""
        return wall(self.heads[self.day_at(x)].day, self.minute(y))

    def box(self, starts: int, ends: int, lane: tuple[int, int, int] = (0, 1, 1)) -> Box | None:
        """Where a span is drawn; None when its day or its hours are not shown."""
        day = day_index(self.heads, starts)
        if day is None:
            return None
        start, end = day_minutes(self.heads, day, starts), day_minutes(self.heads, day, ends)
        if end <= self.first * 60 or start >= self.last * 60:
            return None
        left, width = self.column(day)
        inner = width - 4
        x0 = left + 2 + inner * lane[0] // lane[1]
        x1 = left + 2 + inner * (lane[0] + lane[2]) // lane[1]
        if lane[0] + lane[2] < lane[1]:
            x1 -= 2
        top, bottom = self.y(start) + 1, self.y(end) - 1
        return Box(x0, top, max(x1 - x0, 6), max(bottom - top, 11))

    def outside(self, starts: int, ends: int) -> str:
        """`early` or `late` for a span whose hours are not shown, else empty."""
        day = day_index(self.heads, starts)
        if day is None:
            return ""
        if day_minutes(self.heads, day, ends) <= self.first * 60:
            return "early"
        return "late" if day_minutes(self.heads, day, starts) >= self.last * 60 else ""


def snapped(at: int, grid: int) -> int:
    """The wall minute of the grid nearest to `at`; a grid of 1 changes nothing."""
    return (at + grid // 2) // grid * grid
