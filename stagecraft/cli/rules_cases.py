"""`rules cases CASES.json`: what work rules say about each schedule of a case file, and whether it is expected."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagecraft.cli.arguments import Misuse
from stagecraft.cli.opening import as_json
from stagecraft.domain.rules.cases import SHAPELESS, Case, CaseFile, CaseProblem, agrees, read_cases, run_case


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case."""

    case: Case
    findings: list[dict[str, Any]] = field(default_factory=list)
    expected: list[Mapping[str, Any]] = field(default_factory=list)
    agrees: bool = False
    problem: str = ""


def cases(chosen: Namespace) -> int:
    """Run every case; status 1 when any disagrees, 2 for a file that is no case file."""
    results = [_run(case) for case in _read(Path(chosen.file)).cases]
    if chosen.json:
        shown = [
            {"id": one.case.id, "findings": one.findings, "agrees": one.agrees}
            | ({"problem": one.problem} if one.problem else {})
            for one in results
        ]
        print(as_json({"cases": shown}))
    else:
        for one in results:
            print(f"{one.case.id}  {'agrees' if one.agrees else 'DISAGREES'}  {one.case.title}".rstrip())
            if one.problem:
                print(f"    cannot be judged: {one.problem}")
            elif not one.agrees:
                print(*_lines("said", one.findings), *_lines("expected", one.expected), sep="\n")
        wrong = sum(not one.agrees for one in results)
        number = "1 case" if len(results) == 1 else f"{len(results)} cases"
        print(f"{number}, {len(results) - wrong} agree, {wrong} disagree.")
    return 1 if any(not one.agrees for one in results) else 0


def _run(case: Case) -> Result:
    """One case; what cannot be read or judged disagrees, and the others are judged all the same."""
    if case.problem:
        return Result(case, problem=case.problem)
    try:
        expected = list(case.data.get("expect") or ())
        findings = run_case(case)
        return Result(case, findings, expected, agrees(findings, expected))
    except SHAPELESS:
        return Result(case, problem="something in it has the wrong shape")


def _read(path: Path) -> CaseFile:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return read_cases(json.loads(text))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise Misuse(f"{path.name} is no case file: it is not JSON.") from problem
    except CaseProblem as problem:
        raise Misuse(f"{path.name}: {problem}") from problem


def _lines(word: str, findings: Iterable[Mapping[str, Any]]) -> list[str]:
    found = [
        f"    {word}: {one.get('rule')} {one.get('person')} {one.get('at')} "
        f"{one.get('measured')} against {one.get('limit')}"
        for one in findings
    ]
    return found or [f"    {word}: nothing"]
