"""Words the whole window shares: times in the house's style, a step in the past tense."""

from __future__ import annotations

from stagecraft.domain import times

_time_style = "12"
_zone = "UTC"


def set_time_style(style: str) -> None:
    """Write times as `10:00a` ("12") or `10:00` ("24") from now on; the house decides."""
    global _time_style
    _time_style = style


def set_zone(zone: str) -> None:
    """Moments are told on this clock from now on: the house's, wherever the machine stands."""
    global _zone
    _zone = zone


def wall_of(at_ms: int) -> int:
    """Wall minute of a UTC millisecond on the house's clock."""
    return times.from_instant(at_ms // 60_000, _zone)


def zone_words(zone: str) -> str:
    """`New York time`, from `America/New_York`."""
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def time_style() -> str:
    return _time_style


def time_text(minute: int) -> str:
    """A time of day in the house's style; takes wall minutes or minutes of the day."""
    return times.time_text(minute, style=_time_style)


def span_text(start: int, end: int) -> str:
    """A span in the house's style: `10:00–11:30a`."""
    return times.span_text(start, end, style=_time_style)


# --- steps -------------------------------------------------------------------------------------------------

_PAST = {
    "set": "Set", "put": "Put", "give": "Gave", "take": "Took", "copy": "Copied", "cut": "Cut", "draw": "Drew",
    "let": "Let", "send": "Sent", "undo": "Undid", "redo": "Redid", "split": "Split", "cancel": "Cancelled",
    "plan": "Planned", "swap": "Swapped", "pin": "Pinned", "apply": "Applied", "make": "Made", "write": "Wrote",
    "begin": "Began", "leave": "Left", "say": "Said", "tell": "Told", "lay": "Laid", "build": "Built",
    "forget": "Forgot", "verify": "Verified", "withdraw": "Withdrew",
}  # fmt: skip


def past(step: str) -> str:
    """What was done, from a step's imperative text: `move “On Top”` becomes `Moved “On Top”`."""
    verb, _, rest = step.partition(" ")
    low = verb.lower()
    if low in _PAST:
        done = _PAST[low]
    else:
        done = (low + ("d" if low.endswith("e") else "ed")).capitalize()
    return f"{done} {rest}".rstrip()


def capital(text: str) -> str:
    """First letter upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def count_text(count: int, one: str, many: str = "") -> str:
    """`1 call`, `3 calls`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
