"""Tests against one fault, in a process of its own that is forked with everything loaded but the engine.

Which tests run through which lines is found out once; a fault is only shown to those that reach its line, the
quickest first, and the first one that fails is enough.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import json
import os
import signal
import sys
import tempfile
import time
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis  # noqa: F401 -- loaded before the fork
import pytest

from tests.mutation.faults import Fault

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "stagecraft" / "domain" / "rules"
HERE = Path(__file__).parent
UNIT = ["tests/unit/rules"]
PROPERTY = [
    "tests/property/test_rules_check.py",
    *(f"tests/property/test_rules_{one}.py" for one in ("between", "days", "totals")),
]
LONGEST = 60
"""Seconds after which a fault that makes the engine run in circles is given up: that is noticed too."""
OVERDUE = 99
NOTICED, SURVIVED, TOO_LONG = "noticed", "survived", "ran in circles"
EQUIVALENT, LEFT_OUT = "equivalent", "left out"


@dataclass
class Reached:
    """How long each test takes and which lines of the engine it runs through (file and line)."""

    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[str, set[tuple[str, int]]] = field(default_factory=dict)

    def tests(self, file: str, span: range) -> list[str]:
        """The tests that reach a line, the quickest first; of a line that is run at import those of its file."""
        some = [test for test, lines in self.lines.items() if any((file, at) in lines for at in span)]
        some = some or [test for test, lines in self.lines.items() if any(one == file for one, _ in lines)]
        return sorted(some or self.seconds, key=lambda test: self.seconds.get(test, 0))


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module of the engine from a changed tree."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.module = "stagecraft.domain.rules." + fault.file.removesuffix(".py").replace("/", ".")
        self.module = self.module.removesuffix(".__init__")

    def find_spec(self, name: str, path: object, target: object = None) -> object:
        if name != self.module:
            return None
        places = [str(ENGINE / "kinds")] if self.fault.file == "kinds/__init__.py" else None
        spec = importlib.util.spec_from_loader(name, self, is_package=places is not None)
        if spec is not None and places:
            spec.submodule_search_locations = places
        return spec

    def exec_module(self, module: types.ModuleType) -> None:
        code = compile(self.fault.plant(), str(ENGINE / self.fault.file), "exec")
        exec(code, module.__dict__)


class Chosen:
    """Runs only some tests, in a given order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.order = {test: at for at, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (one for one in items if one.nodeid in self.order), key=lambda one: self.order[one.nodeid]
        )


class Watch:
    """Notes for each test how long it takes and the lines it runs through."""

    def __init__(self, coverage: object) -> None:
        self.coverage, self.seconds = coverage, {}

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.coverage.switch_context(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.seconds[report.nodeid] = report.duration


def in_child(work: Callable[[], int], seconds: float) -> int:
    """What `work` returns in a forked process, OVERDUE where it takes too long."""
    child = os.fork()
    if child == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(quiet, stream)
        code = 98
        try:
            code = work()
        finally:
            os._exit(code)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.003)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return OVERDUE


def run(files: Sequence[str], plugin: object) -> int:
    """The tests of those files, until the first that fails."""
    given = ["-x", "-c", str(HERE / "pytest.ini"), "--rootdir", str(ROOT), "-p", "no:terminal", *files]
    return int(pytest.main(given, plugins=[plugin]))


def reached(files: Sequence[str]) -> Reached:
    """What the tests of those files run through, found out in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"

        def work() -> int:
            import coverage

            watched = coverage.Coverage(data_file=None, config_file=False, include=[str(ENGINE / "*")])
            watch = Watch(watched)
            watched.start()
            code = run(files, watch)
            watched.stop()
            data = watched.get_data()
            lines: dict[str, list[tuple[str, int]]] = {}
            for path in data.measured_files():
                for line, tests in data.contexts_by_lineno(path).items():
                    for test in tests:
                        if test:
                            lines.setdefault(test, []).append((str(Path(path).relative_to(ENGINE)), line))
            told.write_text(json.dumps({"seconds": watch.seconds, "lines": lines}))
            return code

        if (code := in_child(work, 1200)) != 0:
            raise SystemExit(f"The tests fail without any fault (pytest {code}).")
        data = json.loads(told.read_text())
    return Reached(data["seconds"], {test: {(f, n) for f, n in some} for test, some in data["lines"].items()})


def outcome(fault: Fault, tests: Sequence[str]) -> str:
    """Whether one of these tests notices that fault."""
    files = sorted({test.split("::")[0] for test in tests})

    def work() -> int:
        sys.meta_path.insert(0, Mutated(fault))
        return run(files, Chosen(tests))

    code = in_child(work, LONGEST)
    return SURVIVED if code == 0 else TOO_LONG if code == OVERDUE else NOTICED
