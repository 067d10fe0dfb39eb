"""A finding: something about the plan that somebody should know. Findings warn in words; they never forbid.

What finds them lives beside what they are about (`domain.conflicts`); who accepts them is the calendar's.
"""

from __future__ import annotations

from dataclasses import dataclass

from stagecraft.domain.times import date_of, day_text, span_text, time_text

RED, AMBER = "red", "amber"


@dataclass(slots=True)
class Engagement:
    """What somebody or some room is already doing, as a finding names it: `what` is "put-in" or "#311".

    `event` is None for an unavailability, whose reason is never part of a finding. `show` is said where the two
    sides belong to different productions.
    """

    event: int | None
    what: str
    starts_wall: int
    ends_wall: int
    show: str = ""


@dataclass(slots=True)
class Finding:
    """One clash. `rule` is overlap.person | overlap.space | unavailable.person | unavailable.space.

    `name` is the person's short name or the room's; `sides` are the things that clash, in order of time.
    `starts_wall` to `ends_wall` is the span in which they clash.
    """

    rule: str
    severity: str
    person: int | None
    space: int | None
    name: str
    sides: tuple[Engagement, ...]
    starts_wall: int
    ends_wall: int

    @property
    def events(self) -> tuple[int, ...]:
        """Events it concerns."""
        return tuple(side.event for side in self.sides if side.event is not None)

    @property
    def words(self) -> str:
        """The whole of it: `Overlap: Derek, 1.6 2:00–3:30p and put-in 1:00–5:00p, Fri 15 Jan`."""
        return self.text()

    def text(self, style: str = "12") -> str:
        """The same with times in the house's style, "12" or "24"."""
        spans = " and ".join(_side_text(side, style, self._between_shows()) for side in self.sides)
        return f"{self._head()}: {self.name}, {spans}, {day_text(date_of(self.starts_wall))}"

    def seen_from(self, event: int, style: str = "12") -> str:
        """In short, beside `event`: `Overlap: Derek, put-in to 5:00p`."""
        others = [side for side in self.sides if side.event != event]
        if not others:
            return f"{self._head()}: {self.name}"
        other = others[0]
        until = time_text(other.ends_wall, style=style)
        if self.rule.startswith("unavailable"):
            if other.ends_wall - other.starts_wall >= 24 * 60:
                return f"{self._head()}: {self.name}, to {day_text(date_of(other.ends_wall - 1))}"
            return f"{self._head()}: {self.name}, {span_text(other.starts_wall, other.ends_wall, style=style)}"
        return f"{self._head()}: {self.name}, {_what(other, self._between_shows())} to {until}"

    def _between_shows(self) -> bool:
        return len({side.show for side in self.sides if side.event is not None}) > 1

    def _head(self) -> str:
        if self.rule.startswith("overlap"):
            return "Overlap"
        return "Unavailable" if self.severity == RED else "Would rather not"


def _what(side: Engagement, with_show: bool) -> str:
    return f"{side.show} {side.what}".strip() if with_show else side.what


def _side_text(side: Engagement, style: str, with_show: bool) -> str:
    span = span_text(side.starts_wall, side.ends_wall, style=style)
    if side.event is None and side.ends_wall - side.starts_wall >= 24 * 60:
        span = f"{day_text(date_of(side.starts_wall))} to {day_text(date_of(side.ends_wall - 1))}"
    return f"{_what(side, with_show)} {span}".strip()


def worst_first(findings: list[Finding]) -> list[Finding]:
    """Red before amber, then by time, then by name: the order in which every list shows them."""
    return sorted(findings, key=lambda f: (f.severity != RED, f.starts_wall, f.name, f.rule))
