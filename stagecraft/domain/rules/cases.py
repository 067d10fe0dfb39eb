"""Case files: small schedules with what the rules must say about them, as agreements are accepted and packs are tried.

A file has packs (lists of rules) and cases; a case names rules, gives calls with local times, and what is expected.
It may say `zone`, `week_start`, `day_cut`, `half_hour_minutes`, `milestones`, `facts`, `horizon` and `approvals`.
What a case needs not say is taken as it is usual: New York time, the facts of nobody in particular unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from stagecraft.domain.rules.calls import Break, PersonCalls, Posting, RuleCall
from stagecraft.domain.rules.case_facts import approvals_of, facts_of
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.findings import INFORMATION, RuleFinding
from stagecraft.domain.rules.kinds.time_window import clock_minutes
from stagecraft.domain.rules.packs import Band, DatedParams, Defaults, Pack, Rule, Source
from stagecraft.domain.rules.timeline import date_at, week_day
from stagecraft.domain.times import DAY, to_instant, wall

ZONE = "America/New_York"
TELLING = ("rule", "person", "at", "measured", "limit")
"""What a finding and an expectation must agree in."""


class CaseProblem(Exception):
    """The data is no case file; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Case:
    """One schedule with the packs it is judged by. `chosen` are the rules whose findings are asked for.

    `problem` says why a case could not be read; the others of its file can be.
    """

    id: str
    title: str
    packs: tuple[Pack, ...]
    chosen: frozenset[str]
    data: Mapping[str, Any]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All cases of a file."""

    cases: tuple[Case, ...]
    note: str = ""
    packs: Mapping[str, Pack] = field(default_factory=dict)


# --- reading -----------------------------------------------------------------------------------------------


def read_cases(data: Any) -> CaseFile:
    """The cases of a parsed file; CaseProblem where it is none."""
    if not isinstance(data, Mapping) or not isinstance(data.get("cases"), list):
        raise CaseProblem("This is no case file: it has no list of “cases”.")
    packs = {
        str(name): pack_of(str(name), given, data.get("defaults"))
        for name, given in dict(data.get("packs") or {}).items()
    }
    cases = []
    for number, given in enumerate(data["cases"], 1):
        name = str(given.get("id", number)) if isinstance(given, Mapping) else str(number)
        try:
            cases.append(_case(name, given, packs, data))
        except (CaseProblem, *SHAPELESS) as problem:
            cases.append(Case(name, "", (), frozenset(), {}, _why(problem)))
    return CaseFile(tuple(cases), str(data.get("note") or ""), packs)


SHAPELESS = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What data of the wrong shape ends in."""


def _why(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"“{problem.args[0]}” is missing"
    return str(problem) or "something in it has the wrong shape"


def _case(name: str, given: Any, packs: Mapping[str, Pack], data: Mapping[str, Any]) -> Case:
    if not isinstance(given, Mapping):
        raise CaseProblem("it is no table")
    defaults = _defaults(data.get("defaults"), given.get("defaults"), given.get("facts"), given)
    asked = given.get("rules") or []
    own = tuple(rule_of(one) for one in asked if isinstance(one, Mapping))
    wanted = [str(one) for one in asked if not isinstance(one, Mapping)]
    for called in _named_packs(given):
        if called not in packs:
            raise CaseProblem(f"there is no pack “{called}”")
        wanted += [rule.id for rule in packs[called].rules if rule.id not in wanted]
    used: list[Pack] = []
    for pack in packs.values():
        if any(rule.id in wanted for rule in pack.rules):
            # The other rules stand by: an allowance or an extended day is looked up where it is named.
            rules = tuple(replace(rule, enabled=rule.enabled or rule.id in wanted) for rule in pack.rules)
            used.append(replace(pack, rules=rules, defaults=_over(pack.defaults, defaults)))
    if own:
        used.append(Pack("case", "This case", rules=own, defaults=_over(Defaults(), defaults)))
    known = {rule.id for pack in used for rule in pack.rules}
    if dangling := [one for one in wanted if one not in known]:
        raise CaseProblem(f"there is no rule “{dangling[0]}”")
    chosen = frozenset((*wanted, *(rule.id for rule in own)))
    case = Case(name, str(given.get("title") or ""), tuple(used), chosen, {**given, "_file": data})
    people_of(case)
    return case


def _named_packs(given: Mapping[str, Any]) -> list[str]:
    named = given.get("packs") or given.get("pack") or []
    return [named] if isinstance(named, str) else [str(one) for one in named]


def _defaults(*given: Any) -> dict[str, Any]:
    """What is said of week, day and half hour, the innermost last."""
    found: dict[str, Any] = {}
    for one in given:
        if isinstance(one, Mapping):
            found |= {key: one[key] for key in DEFAULTS if one.get(key) is not None}
    return found


def clock(value: Any) -> int:
    """Minutes of "04:00", or minutes as they are."""
    return value if isinstance(value, int) else clock_minutes(str(value))


DEFAULTS = ("week_start", "day_cut", "half_hour_minutes", "half_hour", "day_mode", "split_gap")


def _over(base: Defaults, given: Mapping[str, Any]) -> Defaults:
    half = given.get("half_hour_minutes", given.get("half_hour"))
    return Defaults(
        week_day(given["week_start"]) if "week_start" in given else base.week_start,
        clock(given["day_cut"]) if "day_cut" in given else base.day_cut,
        base.half_hour if half is None else int(half),
        int(given["split_gap"]) if given.get("day_mode") == "gap" else base.split_gap,
    )


def pack_of(name: str, given: Any, defaults: Any = None) -> Pack:
    """A pack from a list of rules, or from a table with rules and defaults."""
    try:
        rules = given["rules"] if isinstance(given, Mapping) else given
        said = _defaults(defaults, given.get("defaults") if isinstance(given, Mapping) else None)
        title = str(given.get("title") or name) if isinstance(given, Mapping) else name
        return Pack(name, title, defaults=_over(Defaults(), said), rules=tuple(rule_of(one) for one in rules))
    except SHAPELESS as problem:
        raise CaseProblem(f"Pack {name} cannot be read: {_why(problem)}.") from problem


def rule_of(given: Mapping[str, Any]) -> Rule:
    """A rule as a case file writes it."""
    return Rule(
        id=str(given["id"]),
        kind=str(given["kind"]),
        title=str(given.get("title") or ""),
        enabled=bool(given.get("enabled", True)),
        severity=str(given.get("severity") or "violation"),
        scope=str(given.get("scope") or "person"),
        applies=dict(given.get("applies") or {}),
        when=dict(given.get("when") or {}),
        params=dict(given.get("params") or {}),
        values=tuple(
            DatedParams(date.fromisoformat(str(one["from"])), dict(one["params"]))
            for one in given.get("values") or ()
        ),
        bands=tuple(Band(int(one["over"]), str(one["level"])) for one in given.get("bands") or ()),
        source=Source(**(given.get("source") or {})),
    )


# --- calls -------------------------------------------------------------------------------------------------


def moment(text: str, zone: str) -> tuple[int, int]:
    """Wall minute and instant of a local time; of an ambiguous one the first, unless an offset is given."""
    at = datetime.fromisoformat(str(text))
    local = wall(at.date(), at.hour * 60 + at.minute)
    if at.tzinfo is not None:
        return local, int(at.timestamp()) // 60
    return local, to_instant(local, zone)


def people_of(case: Case) -> list[PersonCalls]:
    """Everybody called in the case with their calls, in order of name as the calls first have them."""
    data = case.data
    half = case.packs[0].defaults.half_hour if case.packs else 30
    people: dict[str, list[RuleCall]] = {}
    for number, given in enumerate(data.get("calls") or (), 1):
        who = given.get("who", given.get("people", given.get("person", "A")))
        for person in [who] if isinstance(who, str) else who:
            calls = people.setdefault(str(person), [])
            if not given.get("cancelled"):
                calls.append(_call(given, number, str(person), str(data.get("zone") or ZONE), half))
    return [
        PersonCalls(person, person, tuple(sorted(calls, key=lambda one: (one.starts_at, one.ends_at))))
        for person, calls in people.items()
    ]


def _call(given: Mapping[str, Any], number: int, person: str, zone: str, half: int) -> RuleCall:
    zone = str(given.get("zone") or zone)
    changes = _changes(given)
    last = {**given, **{key: one[key] for one in changes for key in ("start", "end") if one.get(key)}}
    curtain: tuple[int, int] | tuple[None, None] = (None, None)
    if given.get("curtain_up"):
        up, up_at = moment(given["curtain_up"], zone)
        curtain = (up, up_at)
        starts, starts_at = (up - half, up_at - half)
        if given.get("start"):
            starts, starts_at = moment(given["start"], zone)
        ends, ends_at = moment(given.get("curtain_down") or given["end"], zone)
    else:
        starts, starts_at = moment(last["start"], zone)
        ends, ends_at = moment(last["end"], zone)
    if ends_at < starts_at:
        raise CaseProblem(f"call {given.get('id', number)} ends before it starts")
    breaks = given.get("breaks")
    return RuleCall(
        id=given.get("id", f"c{number}"),
        kind=str(given["kind"]),
        counts_as=str(given.get("counts_as") or ""),
        starts_at=starts_at,
        ends_at=ends_at,
        starts_wall=starts,
        ends_wall=ends,
        production=given.get("production"),
        venue=given.get("venue"),
        tags=frozenset(str(tag) for tag in given.get("tags") or ()),
        breaks=None if breaks is None else tuple(_break(one, zone) for one in breaks),
        postings=_postings(given, changes, person, zone, (starts_at, ends_at)),
        curtain_wall=curtain[0],
        curtain_at=curtain[1],
        title=str(given.get("title") or ""),
        zone=zone,
    )


def _break(given: Mapping[str, Any], zone: str) -> Break:
    return Break(
        str(given.get("kind") or "meal"), moment(given["start"], zone)[1], moment(given["end"], zone)[1]
    )


def _changes(given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return sorted(given.get("changes") or (), key=lambda one: str(_said_at(one)))


def _said_at(change: Mapping[str, Any]) -> Any:
    return change.get("at") or change.get("posted_at")


def _postings(
    given: Mapping[str, Any],
    changes: Sequence[Mapping[str, Any]],
    person: str,
    zone: str,
    span: tuple[int, int],
) -> tuple[Posting, ...]:
    """When the call stood on a sheet for this person: posted, and again with every change."""
    if given.get("postings"):
        return tuple(
            Posting(
                moment(_said_at(one), zone)[1],
                moment(one["start"], zone)[1] if one.get("start") else span[0],
                moment(one["end"], zone)[1] if one.get("end") else span[1],
            )
            for one in given["postings"]
        )
    if not given.get("posted_at"):
        return ()
    start = moment(given["start"], zone)[1] if given.get("start") else span[0]
    end = moment(given["end"], zone)[1] if given.get("end") else span[1]
    added = any(person in _added(one) for one in changes)
    found = [] if added else [Posting(moment(given["posted_at"], zone)[1], start, end)]
    for one in changes:
        start = moment(one["start"], zone)[1] if one.get("start") else start
        end = moment(one["end"], zone)[1] if one.get("end") else end
        if person in _added(one):
            found = []
        if not added or found or person in _added(one):
            found.append(Posting(moment(_said_at(one), zone)[1], start, end))
    return tuple(found)


def _added(change: Mapping[str, Any]) -> list[str]:
    added = change.get("adds") or change.get("added") or change.get("add") or []
    return [added] if isinstance(added, str) else [str(one) for one in added]


# --- running -----------------------------------------------------------------------------------------------


def run_case(case: Case) -> list[dict[str, Any]]:
    """What the rules of the case say, in the shape of its `expect`; what is waived is left out."""
    found: list[dict[str, Any]] = []
    people = people_of(case)
    horizon = _horizon(case, people)
    for person in people:
        productions: Iterable[Any] = dict.fromkeys(call.production for call in person.calls) or [None]
        attachments = [
            Attachment(
                pack, facts_of(case.data, person.person, production, horizon, case.data.get("zone") or ZONE)
            )
            for pack in case.packs
            for production in productions
        ]
        found += [
            _shown(finding, case)
            for finding in check(person, attachments, approvals_of(case.data))
            if finding.rule in case.chosen and finding.severity != INFORMATION
        ]
    return found


def _horizon(case: Case, people: Iterable[PersonCalls]) -> tuple[date, date] | None:
    """The planned days; where the case does not say, from the first to the last call of anybody."""
    given = case.data.get("horizon") or (case.data.get("facts") or {}).get("horizon")
    if given:
        return date.fromisoformat(str(given[0])), date.fromisoformat(str(given[1]))
    cut = case.packs[0].defaults.day_cut if case.packs else 240
    days = [(call.starts_wall - cut) // DAY for person in people for call in person.calls]
    return (date_at(min(days)), date_at(max(days))) if days else None


def _shown(finding: RuleFinding, case: Case) -> dict[str, Any]:
    shown = {
        "rule": finding.rule,
        "person": finding.person,
        "at": finding.anchor,
        "measured": finding.measured,
        "limit": finding.limit,
    }
    own = next((rule.severity for pack in case.packs if (rule := pack.rule(finding.rule))), "violation")
    if finding.severity not in (own, "premium"):
        shown["severity"] = finding.severity
    return shown


def agrees(found: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> bool:
    """The same findings, in whatever order; a severity counts where it says that a rule was not evaluated."""
    return sorted(map(_telling, found)) == sorted(map(_telling, expected))


def _telling(one: Mapping[str, Any]) -> str:
    values = [one.get(name) for name in TELLING]
    whole = [int(one) if isinstance(one, float) and one.is_integer() else one for one in values]
    return json.dumps([*whole, one.get("severity") == "not_evaluated"], default=str)
