"""The only source of "now" and "today", so that tests and reproducible paper can set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True, slots=True)
class Clock:
    """Wall clock of this machine; `fixed` stops it at one aware instant."""

    fixed: datetime | None = None

    @classmethod
    def on(cls, day: date, at: time = time(12, 0)) -> Clock:
        """Stand still on `day` at local time `at`: what `--today` means."""
        return cls(datetime.combine(day, at).astimezone())

    def now(self) -> datetime:
        """Current instant, aware, in the machine's zone."""
        return self.fixed or datetime.now().astimezone()

    def today(self) -> date:
        return self.now().date()

    def utc_ms(self) -> int:
        """Milliseconds since 1970 UTC: the journal's time unit."""
        return int(self.now().astimezone(UTC).timestamp() * 1000)
