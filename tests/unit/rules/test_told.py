"""Everything the case files make the engine say, as a person reads it: `told.txt` is the book of it.

Each flag with its sentence, the calls it is about, by how much, the days looked at, what else the sentence needs,
and the repairs in the order in which they are offered. After a change that is meant, read the difference and write it
anew: `STAGECRAFT_WRITE_TOLD=1 pytest tests/unit/rules/test_told.py`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from stagecraft.domain.rules import cases
from stagecraft.domain.rules.cases import read_cases, run_case
from stagecraft.domain.rules.judge import local
from stagecraft.domain.rules.words import finding_words, repair_words, short_words

FOLDER = Path(__file__).parents[2] / "fixtures" / "rules"
BOOK = FOLDER / "told.txt"
FILES = ("cases.json", "edge_cases.json", "odd_schedules.json", "more_cases.json", "told_cases.json")


def book(monkeypatch):
    lines = []
    checked = cases.check

    def listening(person, attachments, approvals=()):
        found = checked(person, attachments, approvals)
        for finding in found:
            if finding.rule in chosen:
                pack = next(one.pack for one in attachments if one.pack.id == finding.pack)
                lines.extend(told(finding, pack, str(person.person)))
        return found

    monkeypatch.setattr(cases, "check", listening)
    for name in FILES:
        for case in read_cases(json.loads((FOLDER / name).read_text(encoding="utf-8"))).cases:
            chosen = case.chosen
            lines.append(f"\n{case.id} {case.title}")
            run_case(case)
    return "\n".join(lines).strip() + "\n"


def told(finding, pack, name):
    """A flag in a few lines."""
    rule = pack.rule(finding.rule)
    yield f"  {finding.severity}: {finding_words(finding, rule, pack, name)}"
    short = short_words(finding, rule)
    yield f"    {short} | {finding.rule} at {finding.anchor}, {days(finding)}, calls {finding.calls}"
    known = {what: shown(what, value) for what, value in sorted(finding.detail.items())}
    yield f"    {known}{f' level {finding.level}' if finding.level else ''}"
    for one in finding.repairs:
        yield f"    {repair_words(one, name, '24')}: {one.minutes} min, calls {one.calls}"


def days(finding):
    first, last = finding.first_day.isoformat(), finding.last_day.isoformat()
    return first if first == last else f"{first} to {last}"


def shown(what, value):
    """Days and clock times as they are read."""
    if what.endswith("wall") and value is not None:
        return tuple(map(local, value)) if isinstance(value, tuple) else local(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_the_case_files_make_the_engine_say_what_stands_in_the_book(monkeypatch):
    text = book(monkeypatch)
    if "STAGECRAFT_WRITE_TOLD" in os.environ:
        BOOK.write_text(text, encoding="utf-8")
    assert text.split("\n\n") == BOOK.read_text(encoding="utf-8").split("\n\n")
