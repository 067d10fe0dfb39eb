"""`max_total`: the minutes of the selected calls, summed over each window, are at most `max`.

Work is the union of the calls without planned meals; `bridge` makes a shorter gap work. With `presence` a working day
counts from first arrival to last departure, whatever lies between. `adjust` adds to the limit on a fact, once:
{if = "school_day", add = -180}. `add_overflow_of` adds what those allowances did not exempt. Reaching the limit is
legal. Windows: call, workday, week, rolling_days (the n days that end on each day worked), engagement.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from stagecraft.domain.rules.conditions import Conditions, Missing, Verdict
from stagecraft.domain.rules.judge import Judge, Window, variants
from stagecraft.domain.rules.kinds import allowance
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import cut, cut_or_free, end_by, start_at
from stagecraft.domain.rules.timeline import Block, Workday, day_number, worked


def limit(params: Params) -> Any:
    """The most minutes."""
    return params.get("max")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return reach_of(params.get("window", "workday"), params)


def reach_of(window: object, params: Params) -> int | None:
    """The same for any kind with a window."""
    if window == "engagement":
        return None
    if "rolling_days" in params:
        return int(params["rolling_days"])
    return 7 if window == "week" else 1


@dataclass(slots=True)
class Overflow:
    """What the allowances named leave over, by `id` of the call, and of which calls that cannot be said."""

    kinds: frozenset[str] = frozenset()
    minutes: dict[int, int] = field(default_factory=dict)
    unsure: dict[int, Missing] = field(default_factory=dict)


def check(judge: Judge) -> None:
    """Report every window whose sum exceeds the limit in force there."""
    params, kinds = judge.params, judge.kinds
    window = str(params.get("window", "workday"))
    over = _overflow(judge)
    for one in judge.windows(window, kinds, over.kinds, {*over.minutes, *over.unsure}):
        chosen = (
            [block for block in one.blocks if judge.timeline.selects(block.call, kinds)]
            if over.kinds
            else one.blocks
        )
        extra = sum(over.minutes.get(id(block), 0) for block in one.blocks)
        unsure = next((over.unsure[id(block)] for block in one.blocks if id(block) in over.unsure), None)
        _judge_window(judge, one, chosen, _measured(chosen, params) + extra, extra, unsure)


def _measured(blocks: list[Block], params: Params) -> int:
    if not params.get("presence"):
        return worked(blocks, int(params.get("bridge") or 0)) if blocks else 0
    days: dict[int, list[Block]] = {}
    for block in blocks:
        days.setdefault(block.period, []).append(block)
    return sum(max(b.end for b in found) - min(b.start for b in found) for found in days.values())


def _overflow(judge: Judge) -> Overflow:
    found = Overflow()
    view = judge.view
    for name in judge.params.get("add_overflow_of") or ():
        rule = judge.pack.rule(str(name))
        if rule is None or not rule.enabled:
            continue
        for params, spans in variants(rule, [one for one in view.approvals if one.rule == rule.id]):
            # All of its windows count, also where only some days are asked for.
            other = Judge(replace(view, span=None), rule, params, spans, allowance.limit)
            kinds = other.kinds or frozenset()
            left = allowance.overflow(other)
            found.kinds |= kinds
            for block, minutes in left.items():
                if minutes:
                    found.minutes[block] = found.minutes.get(block, 0) + minutes
            for unknown in other.found:
                days = day_number(unknown.first_day), day_number(unknown.last_day)
                for one in judge.timeline.between(*days, kinds):
                    found.unsure[id(one)] = Missing(str(unknown.measured))
    return found


def _judge_window(
    judge: Judge, one: Window, chosen: list[Block], measured: int, extra: int, unsure: Missing | None
) -> None:
    sure, possible, missing = _adjusted(judge, one, int(judge.params["max"]))
    # Where a fact is missing the limit lies somewhere between; only what both ends agree on is said.
    if measured <= possible:
        if unknown := unsure or (missing if measured > sure else None):
            judge.not_checked(unknown, one.anchor, one.first, one.last, one.blocks)
        return
    over = measured - possible
    counted = chosen or one.blocks
    if judge.params.get("presence") and one.first == one.last:
        day = Workday(one.first, counted)
        repairs = end_by(counted, day.end - over) + start_at(counted, day.start + over)
    else:
        repairs = cut(counted, over) if one.first == one.last else cut_or_free(counted, over)
    window = str(judge.params.get("window", "workday"))
    judge.report(
        one.anchor,
        one.first,
        one.last,
        measured,
        possible,
        one.blocks if extra else counted,
        over=over,
        repairs=repairs,
        window=window,
        overflow=extra,
        presence=bool(judge.params.get("presence")),
        kinds=judge.params.get("kinds"),
    )


def _fact(judge: Judge, fact: Any, day: int) -> Verdict:
    """`school_day`, or conditions as in `when`."""
    if isinstance(fact, str):
        return Conditions(judge.sight, {fact: True}).on(day)
    return judge.verdict_of(fact, day)


def _adjusted(judge: Judge, one: Window, most: int) -> tuple[int, int, Missing | None]:
    """The limit with its adjustments: lowest and highest it may be, and the fact that would tell."""
    low = high = most
    missing = None
    for change in judge.params.get("adjust") or ():
        verdicts = [_fact(judge, change["if"], day) for day in sorted({block.day for block in one.blocks})]
        add = int(change["add"])
        if any(verdict is True for verdict in verdicts):
            low, high = low + add, high + add
        elif unknown := next((verdict for verdict in verdicts if isinstance(verdict, Missing)), None):
            missing = unknown
            low, high = low + min(add, 0), high + max(add, 0)
    return low, high, missing
