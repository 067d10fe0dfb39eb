"""The command: plants every fault, tells the survivors, and ends with 1 where one is on no list of equivalents."""

from __future__ import annotations

import argparse
import os
import sys
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.mutation.faults import Fault, faults
from tests.mutation.trial import ENGINE, HERE, PROPERTY, UNIT, Reached, reached, survives

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


def noticed(fault: Fault, unit: Reached, drawn: Reached | None) -> bool:
    """Some test fails: first the quick ones that reach the fault, then those that draw schedules."""
    span = range(fault.line, fault.last + 1)
    return any(
        not survives(fault, tests.tests(fault.file, span)) for tests in (unit, drawn) if tests is not None
    )


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--kinds", default="", help="kinds of rule or modules of the engine, parted by commas")
    parser.add_argument("--seconds", type=float, default=0, help="stop after this time")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--quick", action="store_true", help="leave out the tests that draw schedules")
    given = parser.parse_args()
    os.nice(15)
    os.environ.update(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", STAGECRAFT_RULE_FIRST_FAILURE="1")
    begun = time.monotonic()
    unit, drawn = reached(UNIT), None if given.quick else reached(PROPERTY)
    known, survivors, count = equivalents(), [], 0
    met: set[str] = set()

    def tried(fault: Fault) -> tuple[Fault, bool] | None:
        if fault.name in known:
            return fault, False
        if given.seconds and time.monotonic() - begun > given.seconds:
            return None
        return fault, noticed(fault, unit, drawn)

    with ThreadPoolExecutor(given.jobs) as pool:
        for result in pool.map(tried, planted(chosen(given.kinds))):
            if result is None:
                continue
            fault, seen = result
            count += 1
            if fault.name in known:
                met.add(fault.name)
            elif not seen:
                survivors.append(fault)
                print(f"{fault.file}:{fault.line}  {fault.name}", flush=True)
    taken = time.monotonic() - begun
    print(f"{count} faults, {len(met)} equivalent, {len(survivors)} survived, {taken:.0f} s.", file=sys.stderr)
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
