"""The command: plants every fault, tells the survivors, and ends with 1 where one is on no list of equivalents."""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutation.faults import Fault, faults
from tests.mutation.trial import (
    ENGINE,
    EQUIVALENT,
    HERE,
    LEFT_OUT,
    PROPERTY,
    SURVIVED,
    TOO_LONG,
    UNIT,
    Reached,
    outcome,
    reached,
)

CORE = ("check", "conditions", "judge", "timeline", "repairs", "joining")
"""Modules of the engine that are no kind of rule."""


def chosen(names: str) -> list[str]:
    """The files to plant faults in: kinds or modules by name, all of the engine where none is named."""
    kinds = sorted(f"kinds/{path.name}" for path in (ENGINE / "kinds").glob("*.py"))
    every = [f"{name}.py" for name in CORE] + kinds
    if not names:
        return every
    others = sorted(path.name for path in ENGINE.glob("*.py"))
    return [
        file for name in names.split(",") for file in every + others if name in (file, file[:-3], file[6:-3])
    ][:99]


def planted(files: list[str]) -> Iterator[Fault]:
    """All faults of those files."""
    for file in dict.fromkeys(files):
        yield from faults(file, (ENGINE / file).read_text(encoding="utf-8"))


def equivalents() -> dict[str, str]:
    """The faults that change nothing, with the reason."""
    data = tomllib.loads((HERE / "equivalents.toml").read_text(encoding="utf-8"))
    return {one["fault"]: one["reason"] for one in data.get("equivalent", ())}


@dataclass(frozen=True)
class Plan:
    """What every process knows: the faults, the tests that reach them, and when to stop."""

    faults: list[Fault]
    known: dict[str, str]
    tests: list[Reached]
    until: float

    def outcome(self, at: int) -> str:
        """What becomes of a fault: first the quick tests that reach it see it, then those that draw schedules."""
        fault = self.faults[at]
        if fault.name in self.known:
            return EQUIVALENT
        if time.monotonic() > self.until:
            return LEFT_OUT
        for reached_by in self.tests:
            found = outcome(fault, reached_by.tests(fault.file, range(fault.line, fault.last + 1)))
            if found != SURVIVED:
                return found
        return SURVIVED


_plan: list[Plan] = []


def _outcome(at: int) -> str:
    return _plan[0].outcome(at)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--kinds", default="", help="kinds of rule or modules of the engine, parted by commas")
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop after this time")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--quick", action="store_true", help="leave out the tests that draw schedules")
    given = parser.parse_args()
    os.nice(15)
    os.environ.update(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", STAGECRAFT_RULE_FIRST_FAILURE="1")
    begun = time.monotonic()
    tests = [reached(UNIT)] + ([] if given.quick else [reached(PROPERTY)])
    plan = Plan(list(planted(chosen(given.kinds))), equivalents(), tests, begun + given.seconds)
    _plan.append(plan)
    counts: Counter[str] = Counter()
    # Processes, not threads: what is forked beside a running thread may hang, and would be taken for noticed.
    with multiprocessing.get_context("fork").Pool(given.jobs) as pool:
        for fault, found in zip(plan.faults, pool.imap(_outcome, range(len(plan.faults))), strict=True):
            counts[found] += 1
            if found in (SURVIVED, TOO_LONG):
                print(f"{fault.file}:{fault.line}  {found}: {fault.name}", flush=True)
    said = ", ".join(f"{number} {what}" for what, number in counts.most_common())
    print(f"{len(plan.faults)} faults: {said}; {time.monotonic() - begun:.0f} s.", file=sys.stderr)
    return 1 if counts[SURVIVED] else 0


if __name__ == "__main__":
    sys.exit(main())
