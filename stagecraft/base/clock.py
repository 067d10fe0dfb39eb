"""The only source of "now" and "today", so that tests and reproducible paper can set it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock on a wall: the machine's, or with a `zone` that of the house, wherever the machine stands.

    `fixed` stops it: at an instant when it is aware; when it is naive, at that time of day of whatever zone is asked.
    """

    fixed: datetime | None = None
    zone: str | None = None

    @classmethod
    def on(cls, day: date, at: time = time(12, 0)) -> Clock:
        """Stand still on `day` at local time `at`: what `--today` means."""
        return cls(datetime.combine(day, at))

    def within(self, zone: str | None) -> Clock:
        """The same clock in a zone; None is the machine's own."""
        return replace(self, zone=zone)

    def now(self) -> datetime:
        """Current instant, aware, in the clock's zone."""
        zone = ZoneInfo(self.zone) if self.zone else None
        if self.fixed is not None and self.fixed.tzinfo is None:
            return self.fixed.replace(tzinfo=zone) if zone else self.fixed.astimezone()
        return (self.fixed or datetime.now(UTC)).astimezone(zone)

    def today(self) -> date:
        return self.now().date()

    def utc_ms(self) -> int:
        """Milliseconds since 1970 UTC: the journal's time unit."""
        return int(self.now().astimezone(UTC).timestamp() * 1000)

    def differs_here(self) -> bool:
        """Whether the machine's own clock shows another time now."""
        now = self.now()
        return now.utcoffset() != now.astimezone().utcoffset()
