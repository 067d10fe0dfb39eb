"""`rules cases CASES.json`: what work rules say about each schedule of a case file, and whether it is expected."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from stagecraft.cli.arguments import Misuse
from stagecraft.cli.opening import as_json
from stagecraft.domain.rules.cases import CaseFile, CaseProblem, agrees, read_cases, run_case


def cases(chosen: Namespace) -> int:
    """Run every case; status 1 when any disagrees, 2 for a file that is no case file."""
    results = []
    for case in _read(Path(chosen.file)).cases:
        try:
            expected = list(case.data.get("expect") or ())
            findings = run_case(case)
            agreed = agrees(findings, expected)
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise Misuse(f"Case {case.id} cannot be judged: something in it has the wrong shape.") from problem
        results.append((case, findings, expected, agreed))
    if chosen.json:
        shown = [
            {"id": case.id, "findings": findings, "agrees": agreed} for case, findings, _, agreed in results
        ]
        print(as_json({"cases": shown}))
    else:
        for case, findings, expected, agreed in results:
            print(f"{case.id}  {'agrees' if agreed else 'DISAGREES'}  {case.title}".rstrip())
            if not agreed:
                print(*_lines("said", findings), *_lines("expected", expected), sep="\n")
        wrong = sum(not agreed for *_, agreed in results)
        print(f"{len(results)} cases, {len(results) - wrong} agree, {wrong} disagree.")
    return 1 if any(not agreed for *_, agreed in results) else 0


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
