"""`max_total`: the minutes of the selected calls, summed over each window, are at most `max`.

Work is the union of the calls without planned meals; `bridge` makes a shorter gap work. With `presence` a working day
counts from first arrival to last departure, whatever lies between. `adjust` adds to the limit on a fact, once:
{if = "school_day", add = -180}. `add_overflow_of` adds what those allowances did not exempt. Reaching the limit is
legal. Windows: call, workday, week, rolling_days (the n days that end on each day worked), engagement.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.conditions import Conditions, Missing, Verdict
from stagecraft.domain.rules.judge import Judge, Window, variants
from stagecraft.domain.rules.kinds import allowance
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import cut, cut_or_free, end_by, start_at
from stagecraft.domain.rules.timeline import Block, Kinds, Workday, kinds_of, worked


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


def check(judge: Judge) -> None:
    """Report every window whose sum exceeds the limit in force there."""
    params, kinds = judge.params, judge.kinds
    window = str(params.get("window", "workday"))
    overflow = _overflow(judge)
    added = frozenset().union(*(found or () for found, _ in overflow)) if overflow else frozenset()
    spilled = {block: minutes for _, over in overflow for block, minutes in over.items() if minutes}
    for one in judge.windows(window, kinds, added, spilled):
        chosen = one.blocks if not added else [b for b in one.blocks if judge.timeline.selects(b.call, kinds)]
        measured = _measured(chosen, params)
        extra = sum(spilled.get(id(block), 0) for block in one.blocks)
        _judge_window(judge, one, chosen, measured + extra, extra)


def _measured(blocks: list[Block], params: Params) -> int:
    if not params.get("presence"):
        return worked(blocks, int(params.get("bridge") or 0)) if blocks else 0
    days: dict[int, list[Block]] = {}
    for block in blocks:
        days.setdefault(block.day, []).append(block)
    return sum(max(b.end for b in found) - min(b.start for b in found) for found in days.values())


def _overflow(judge: Judge) -> list[tuple[Kinds, dict[int, int]]]:
    """For each allowance named: its kinds, and the minutes of each call beyond what it exempts."""
    found = []
    for name in judge.params.get("add_overflow_of") or ():
        rule = judge.pack.rule(str(name))
        if rule is None or not rule.enabled:
            continue
        mine = [one for one in judge.view.approvals if one.rule == rule.id]
        for params, spans in variants(rule, mine):
            other = Judge(judge.view, rule, params, spans, allowance.limit)
            found.append((kinds_of(params.get("kinds")), allowance.overflow(other)))
    return found


def _judge_window(judge: Judge, one: Window, chosen: list[Block], measured: int, extra: int) -> None:
    most = int(judge.params["max"])
    sure, possible, missing = _adjusted(judge, one, most)
    # Where a fact is missing the limit lies somewhere between; only what both ends agree on is said.
    if measured <= sure:
        return
    if missing and measured <= possible:
        judge.not_checked(missing, one.anchor, one.first, one.last, one.blocks)
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
