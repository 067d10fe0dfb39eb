"""`max_count`: the number of selected calls that start in each window is at most `max`.

Performances count by the working day on which their half-hour call starts. Windows are those of `max_total`.
"""

from __future__ import annotations

from typing import Any

from stagecraft.domain.rules.judge import Judge
from stagecraft.domain.rules.kinds.max_total import reach_of
from stagecraft.domain.rules.packs import Params
from stagecraft.domain.rules.repairs import leave


def limit(params: Params) -> Any:
    """The most calls."""
    return params.get("max")


def reach(params: Params) -> int | None:
    """Days around a change that must be seen."""
    return reach_of(params.get("window", "week"), params)


def check(judge: Judge) -> None:
    """Report every window with too many calls."""
    most = int(judge.params["max"])
    window = str(judge.params.get("window", "week"))
    for one in judge.windows(window, judge.kinds):
        count = len(one.blocks)
        if count > most:
            judge.report(
                one.anchor,
                one.first,
                one.last,
                count,
                most,
                one.blocks,
                over=count - most,
                repairs=leave(one.blocks[most:]),
                window=window,
                kinds=judge.params.get("kinds"),
            )
