"""Whatever is done to the text of a pack, reading it gives a refusal or a pack that can be judged by."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from stagecraft.domain.rules.calls import PersonCalls, Posting, RuleCall
from stagecraft.domain.rules.check import Attachment, check
from stagecraft.domain.rules.facts import Facts
from stagecraft.domain.rules.pack_file import PackProblem, pack_toml, read_pack
from stagecraft.domain.rules.shipped import shipped
from stagecraft.domain.times import wall

TEXTS = [pack_toml(shipped()[code]) for code in ("house-default", "aea-lort", "uk-children-9", "iatse-basics")]
SMALL = [
    f"{head}[[rules]]{rule}".split("\n")
    for head, *rules in (text.split("[[rules]]\n") for text in TEXTS)
    for rule in (f"\n{one}" for one in rules)
]
"""A pack of each rule alone: a mutation hits something every time."""
VALUES = st.sampled_from(
    [
        "0", "-1", "7.5", "nan", "inf", "true", '""', '"8h"', '"24:30"', "[]", "[[]]", "{}", "{ a = 1 }", "2027-01-14",
        "2027-01-14T10:00:00Z", "10:00:00", "99999999999999999999", '["actor", 3]', "[1, 2]", "{ min = 3 }", '"none"',
        '"house-default"', "[{}]", "[{ work = 1 }]", '"\\u0000"', '"ours.rest"', "9999-12-31", "0001-01-01",
    ]
)  # fmt: skip


def _call(day, starts, ends, kind):
    at = wall(date(2026, 9, day), starts)
    return RuleCall(
        f"{day}{kind}",
        kind,
        at,
        at + ends - starts,
        at,
        at + ends - starts,
        postings=(Posting(at - 900, at, at),),
    )


SOMEBODY = PersonCalls(
    "A",
    "Ana",
    tuple(
        call
        for day in (14, 15, 16, 17, 19, 20, 21)
        for call in (
            _call(day, 600, 900, "rehearsal"),
            _call(day, 930, 1100, "fitting"),
            _call(day, 1140, 1350, "performance"),
            _call(day, 1360, 1500, "work_call"),
        )
    ),
)
FACTS = Facts(
    milestones={"first_public": date(2026, 9, 22), "opening": date(2026, 9, 18)},
    age=10,
    cast_size=12,
    roles=frozenset({"actor", "crew"}),
    horizon=(date(2026, 9, 14), date(2026, 9, 27)),
)


@st.composite
def mutated(draw):
    lines = list(draw(st.sampled_from(SMALL)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(["drop", "double", "value", "letters", "swap", "key"]))
        line = lines[at]
        key, equals, _ = line.partition(" = ")
        if what == "drop":
            lines[at] = ""
        elif what == "double":
            lines.insert(at, line)
        elif what == "value" and equals:
            lines[at] = f"{key} = {draw(VALUES)}"
        elif what == "key" and equals:
            lines[at] = line.replace(
                key, draw(st.sampled_from(["id", "kind", "params", "when", "over", "extends", '"a\\nb"']))
            )
        elif what == "letters":
            place = draw(st.integers(0, len(line)))
            lines[at] = line[:place] + draw(st.text(max_size=3)) + line[place + draw(st.integers(0, 3)) :]
        else:
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_a_damaged_pack_is_refused_or_read_written_back_and_judged_by(text):
    try:
        pack = read_pack(text, "damaged.toml")
    except PackProblem as problem:
        said = problem.message
    else:
        assert read_pack(pack_toml(pack), "again.toml") == pack
        check(SOMEBODY, [Attachment(pack, FACTS)])
        return
    assert re.fullmatch(r"damaged\.toml[^\n]*\.", said)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_refused(text):
    try:
        read_pack(text, "any.toml")
    except PackProblem:
        return
    raise AssertionError("a text of chance is no pack")
