"""Facts and approvals as case files and the examples of packs write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.kinds.overlap import travel_pairs
from stagecraft.domain.times import to_instant, wall

Span = tuple[date, date]


def facts_of(
    data: Mapping[str, Any], person: int | str, production: Any, horizon: Span | None, zone: str
) -> Facts:
    """What the case knows of one person. Facts may be said for everybody or by person."""
    facts = {**(data.get("facts") or {})}
    for name in NAMES:
        if data.get(name) is not None:
            facts.setdefault(name, data[name])
    age = _for(person, facts.get("ages"), facts.get("age"))
    birthday = _for(person, facts.get("birthdays"), facts.get("birthday"))
    roles = _for(person, facts.get("roles"), facts.get("role"))
    school = _listed(person, facts.get("school_days"))
    leave = _listed(person, facts.get("leave_weeks"))
    engagement = _listed(person, facts.get("engagement"))
    return Facts(
        production=production,
        milestones={name: _date(day) for name, day in (facts.get("milestones") or {}).items() if day},
        cast_size=facts.get("cast_size"),
        birthday=_date(birthday) if birthday else None,
        age=age,
        roles=None if roles is None else frozenset([roles] if isinstance(roles, str) else roles),
        school_days=None if school is None else frozenset(_date(day) for day in school),
        engagement=(
            _date(engagement[0]) if engagement and engagement[0] else None,
            _date(engagement[1]) if engagement and engagement[1] else None,
        ),
        horizon=horizon,
        notices={name: _instant(at, zone) for name, at in (facts.get("notices") or {}).items()},
        leave_weeks=frozenset(_date(day) for day in leave or ()),
        travel_minutes=_travel(facts.get("travel_minutes") or facts.get("travel"), data),
    )


NAMES = (
    "milestones",
    "cast_size",
    "age",
    "ages",
    "birthday",
    "birthdays",
    "role",
    "roles",
    "school_days",
    "engagement",
    "notices",
    "leave_weeks",
    "travel_minutes",
)
"""Facts that may also stand at the case itself."""


def _for(person: Any, by_person: Any, everybody: Any) -> Any:
    """A fact by person, or the same for everybody under either name."""
    if isinstance(by_person, Mapping):
        return by_person.get(str(person), everybody)
    if isinstance(everybody, Mapping):
        return everybody.get(str(person))
    return everybody if by_person is None else by_person


def _listed(person: Any, given: Any) -> Any:
    return given.get(str(person)) if isinstance(given, Mapping) else given


def _date(value: Any) -> date:
    return date.fromisoformat(str(value)[:10])


def _instant(text: Any, zone: str) -> int:
    at = datetime.fromisoformat(str(text))
    if at.tzinfo is not None:
        return int(at.timestamp()) // 60
    return to_instant(wall(at.date(), at.hour * 60 + at.minute), zone)


def _travel(given: Any, data: Mapping[str, Any]) -> dict[tuple[int | str, int | str], int]:
    """Minutes between venues: one number for all pairs of the case, or pairs."""
    if not isinstance(given, int):
        return travel_pairs(given)
    venues = sorted({call["venue"] for call in data.get("calls") or () if call.get("venue")})
    return {(one, two): given for one in venues for two in venues if one != two}


def approvals_of(data: Mapping[str, Any]) -> list[Approval]:
    """Votes, concessions and exceptions of the case."""
    return [
        Approval(
            rule=str(one["rule"]),
            starts_on=_date(one["from"]) if one.get("from") else None,
            ends_on=_date(one["to"]) if one.get("to") else None,
            sets=dict(one.get("set") or one.get("sets") or {}),
            waive=bool(one.get("waive")),
            exception=bool(one.get("exception")),
            person=one.get("person") or one.get("who"),
            production=one.get("production"),
            note=str(one.get("note") or ""),
        )
        for one in data.get("approvals") or ()
    ]
