"""The miniature schedules inside a pack: run through the engine, they show that the pack says what it means.

An example is a case (see `cases`) that need not say what goes without saying: it is about its own rule, calls person
A, and A has the roles the rule is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stagecraft.domain.rules.cases import Case, CaseProblem, agrees, run_case
from stagecraft.domain.rules.packs import Pack, Rule

SOMEBODY = "A"

Found = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example tried. `trouble` says why it could not be run; `passing` that it expects no flag."""

    rule: str
    title: str
    passing: bool
    expected: Found
    found: Found
    holds: bool
    trouble: str = ""


def try_examples(pack: Pack) -> list[ExampleResult]:
    """Every example of every rule that is on, in the order of the pack. Never raises, whatever the examples hold."""
    return [
        _tried(pack, rule, example, number)
        for rule in pack.rules
        if rule.enabled
        for number, example in enumerate(rule.examples, 1)
    ]


def lacking(pack: Pack) -> dict[str, str]:
    """Rules that are on and have no example of one sort, with which: `no failing example`."""
    found = {}
    for rule in pack.rules:
        expects = [bool(example.get("expect")) for example in rule.examples]
        if not rule.enabled or (True in expects and False in expects):
            continue
        missing = "failing" if False in expects else "passing"
        found[rule.id] = f"no {missing} example" if expects else "no examples"
    return found


def _tried(pack: Pack, rule: Rule, example: Mapping[str, Any], number: int) -> ExampleResult:
    title = str(example.get("title") or f"example {number}")
    expected: Found = []
    found: Found = []
    trouble = ""
    try:
        expected = [{"rule": rule.id, "person": SOMEBODY, **one} for one in example["expect"]]
        found = run_case(
            Case(f"{rule.id} {number}", title, (pack,), frozenset({rule.id}), _data(rule, example))
        )
        holds = agrees(found, expected)
    except Exception as problem:  # an example may hold anything; the pack is tried all the same
        holds, trouble = False, _why(problem)
    return ExampleResult(rule.id, title, not expected, expected, found, holds, trouble)


def _data(rule: Rule, example: Mapping[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {**example, "calls": [{"who": [SOMEBODY], **call} for call in example["calls"]]}
    roles = rule.applies.get("roles") or rule.when.get("roles")
    if roles and "roles" not in data and "roles" not in (data.get("facts") or {}):
        data["roles"] = roles
    return data


def _why(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"“{problem.args[0]}” is missing"
    text = str(problem).strip().rstrip(".")
    return (
        text
        if isinstance(problem, (CaseProblem, ValueError)) and text
        else "something in it has the wrong shape"
    )
