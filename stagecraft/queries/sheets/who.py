"""Who is called for a piece of work, in as few words as tell it without doubt."""

from __future__ import annotations

import re
from datetime import date

from stagecraft.domain.sheets.frame import Run
from stagecraft.domain.times import span_text, time_text
from stagecraft.queries.calendar import CallRow, EventRow
from stagecraft.queries.sheets.span import SHOWS, Span


def people_of(days: Span, event: EventRow, *, roles: bool = True) -> list[Run]:
    """`Karen (Amanda), Jimmy (Jesse); Omar (JB) from 2:45p`, `Ensemble 1–6`, `Full company except Sol`."""
    known, day = days.known, event.day
    if event.who:
        return [Run(event.who, "bold" if "except" in event.who else "")]
    calls = [call for call in days.called(event) if call.source != "leader"]
    absent = missing_of_company(days, event)
    if absent is not None:
        words = "Full company"
        if absent:
            words += " except " + _listed([known.shorts[person] for person in absent])
        runs = [Run(words, "bold" if absent else "")]
        cast = set(known.cast(day))
        return runs + _odd_times(days, event, [call for call in calls if call.person_id in cast])
    on_time = [call for call in calls if not _odd(event, call, days.style)]
    runs = [Run(", ".join(_names(days, on_time, day, roles)))] if on_time else []
    return runs + _odd_times(days, event, calls, roles=roles, first=not on_time)


def missing_of_company(days: Span, event: EventRow) -> list[int] | None:
    """Who of the cast is not called to what is called full company all the same; None when too many are not."""
    cast = days.known.cast(event.day)
    called = {call.person_id for call in days.called(event) if call.source != "leader"}
    missing = [person for person in cast if person not in called]
    few = 4 if event.kind in SHOWS else max(1, len(cast) // 10)
    return missing if len(cast) >= 5 and len(missing) <= few else None


def _odd(event: EventRow, call: CallRow, style: str) -> str:
    """How a person's own time differs: ` from 2:45p`, empty when it does not."""
    if event.kind in SHOWS:
        return ""
    late, early = call.starts_wall > event.starts_wall, call.ends_wall < event.ends_wall
    if late and early:
        return span_text(call.starts_wall, call.ends_wall, style=style)
    if late:
        return f"from {time_text(call.starts_wall, style=style)}"
    return f"until {time_text(call.ends_wall, style=style)}" if early else ""


def _odd_times(
    days: Span, event: EventRow, calls: list[CallRow], *, roles: bool = True, first: bool = False
) -> list[Run]:
    groups: dict[str, list[CallRow]] = {}
    for call in calls:
        words = _odd(event, call, days.style)
        if words:
            groups.setdefault(words, []).append(call)
    runs: list[Run] = []
    for words, mine in groups.items():
        lead = "" if first and not runs else "; "
        preposition, _, time = words.rpartition(" ")
        names = ", ".join(_names(days, mine, event.day, roles))
        runs += [Run(f"{lead}{names} {preposition} ".rstrip() + " "), Run(time, "bold")]
    return runs


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _names(days: Span, calls: list[CallRow], day: date, roles: bool) -> list[str]:
    """Principals by name with their character, then the ensemble by track, then everybody else by name."""
    known = days.known
    principals: list[tuple[int, str]] = []
    ensemble: list[tuple[int, str, str, str]] = []
    others: list[str] = []
    for call in calls:
        part = next(iter(known.parts_of(call.person_id, day)), None)
        short = known.shorts[call.person_id]
        if call.as_role and roles and not (part and call.as_role in (part.role, part.short_role)):
            others.append(f"{short} ({call.as_role})")
        elif part is not None and part.kind == "principal":
            role = f" ({part.short_role})" if roles and part.short_role else ""
            principals.append((part.position, f"{short}{role}"))
        elif part is not None and part.kind == "ensemble" and part.track:
            ensemble.append((part.position, part.code, part.role, short))
        else:
            others.append(short)
    words = [name for _, name in sorted(principals)]
    return words + ensemble_words(sorted(ensemble), roles) + others


_NUMBERED = re.compile(r"^(.*\D)(\d+)$")


def ensemble_words(members: list[tuple[int, str, str, str]], roles: bool = True) -> list[str]:
    """`Ensemble 1–6` for tracks named so, `F1–F5, M2` by track where three or more follow; fewer by name.

    Members are (position, track code, role, short name) in the order of the tracks.
    """
    runs: list[list[tuple[str, str, str]]] = []
    for _, code, role, short in members:
        if runs and _next_code(runs[-1][-1][0], code):
            runs[-1].append((code, role, short))
        else:
            runs.append([(code, role, short)])
    out: list[str] = []
    for run in runs:
        first, last = _NUMBERED.match(run[0][1]), _NUMBERED.match(run[-1][1])
        if len(run) < 3:
            out += [short for _, _, short in run]
        elif first and last and first[1] == last[1]:
            stem = first[1].strip() if roles else {"Ensemble": "Ens"}.get(first[1].strip(), first[1].strip())
            out.append(f"{stem} {first[2]}–{last[2]}")
        else:
            out.append(f"{run[0][0]}–{run[-1][0]}")
    return out


def _next_code(one: str, other: str) -> bool:
    a, b = _NUMBERED.match(one), _NUMBERED.match(other)
    return bool(a and b and a[1] == b[1] and int(b[2]) == int(a[2]) + 1)


def leaders_of(days: Span, event: EventRow) -> str:
    """Short names of those who lead it."""
    shorts = days.known.shorts
    calls = sorted(
        (call for call in days.calls.get(event.id, []) if call.source == "leader"), key=lambda c: c.id
    )
    return ", ".join(shorts.get(call.person_id, call.name) for call in calls)
