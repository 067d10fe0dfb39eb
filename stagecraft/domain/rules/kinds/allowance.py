"""`allowance`: in each window `exempt` minutes of these calls count nowhere else; the rest is overflow.

The overflow is added to the rules that name the allowance (`max_total.add_overflow_of`); it falls on the calls in
order of time, after the exempt minutes are used up. `cap` limits the total of these calls, exempt or not, in each
`cap_window`; only that makes a finding of this rule.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.judge import Judge
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import cut_or_free
from stagecraft.domain.rules.timeline import merged, worked


def limit(params: Params) -> Any:
    """The most minutes in all."""
    return params.get("cap")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    windows = {params.get("window", "week")}
    if params.get("cap") is not None:
        windows.add(params.get("cap_window") or params.get("window", "week"))
    return None if "engagement" in windows else 7


def overflow(judge: Judge) -> dict[int, int]:
    """Minutes beyond what is exempt, by `id` of the block they fall on. What is missing makes no finding here."""
    left: dict[int, int] = {}
    exempt = int(judge.params.get("exempt") or 0)
    for window in judge.windows(str(judge.params.get("window", "week")), judge.kinds):
        used = 0
        spans: list[tuple[int, int]] = []
        for block in window.blocks:
            spans += block.work
            total = sum(end - start for start, end in merged(spans))
            before, used = max(0, used - exempt), total
            left[id(block)] = max(0, used - exempt) - before
    return left


def check(judge: Judge) -> None:
    """Report every window of the cap that holds too much."""
    cap = judge.params.get("cap")
    if cap is None:
        return
    window = str(judge.params.get("cap_window") or judge.params.get("window", "week"))
    for one in judge.windows(window, judge.kinds):
        measured = worked(one.blocks)
        if measured > int(cap):
            over = measured - int(cap)
            judge.report(
                one.anchor,
                one.first,
                one.last,
                measured,
                cap,
                one.blocks,
                over=over,
                repairs=cut_or_free(one.blocks, over),
                window=window,
                kinds=judge.params.get("kinds"),
            )
