"""House copies: what they take over, how little they write, and what becomes of verification and examples."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pack_texts import COPY, PACK

from stagecraft.domain.rules.pack_file import PackProblem, house_copy, pack_toml, read_pack, read_packs
from stagecraft.domain.rules.pack_rules import changed_rule
from stagecraft.domain.rules.shipped import shipped


def refused(text, name="ours.toml", base=None):
    with pytest.raises(PackProblem) as caught:
        read_pack(text, name, base)
    return caught.value.message


def change(pack, code, base=None, **new):
    """The pack with a rule changed, as the editor changes it."""
    original = base.rule(code) if base else None
    rules = (
        changed_rule(rule, replace(rule, **new), original) if rule.id == code else rule for rule in pack.rules
    )
    return replace(pack, rules=tuple(rules))


def test_a_copy_takes_over_what_it_does_not_say():
    copy, house = read_pack(COPY, "copy.toml"), shipped()["house-default"]
    assert [rule.id for rule in copy.rules] == [rule.id for rule in house.rules]
    changed = copy.rule("house.rest")
    assert (changed.params, changed.examples, changed.source.summary) == (
        {"min": 660},
        (),
        house.rule("house.rest").source.summary,
    )
    assert [rule for rule in copy.rules if rule.id != "house.rest"] == [
        rule for rule in house.rules if rule.id != "house.rest"
    ]


def test_a_copy_is_written_as_what_it_changes():
    house = shipped()["house-default"]
    copy = house_copy(house, "our-house", "Our house")
    head = 'format = "work-rule-pack/1"\nid = "our-house"\ntitle = "Our house"\nextends = "house-default"\n'
    assert pack_toml(copy) == head
    changed = change(change(copy, "house.rest", house, params={"min": 660}), "house.meal", house, enabled=False)
    text = pack_toml(changed)
    assert text == head + (
        '\n[[rules]]\nid = "house.rest"\n\n[rules.params]\nmin = 660\n'
        '\n[[rules]]\nid = "house.meal"\nenabled = false\n'
    )
    assert read_pack(text, "copy.toml") == changed


def test_changing_a_rule_back_brings_its_examples_back():
    house = shipped()["house-default"]
    copy = house_copy(house, "our-house", "Our house")
    there = change(copy, "house.rest", house, params={"min": 660})
    assert there.rule("house.rest").examples == ()
    assert change(there, "house.rest", house, params={"min": 720}) == copy


def test_a_changed_number_is_no_longer_verified_but_other_words_are():
    pack = read_pack(PACK, "ours.toml")
    assert change(pack, "ours.rest", title="Rest").rule("ours.rest").source.verified
    changed = change(pack, "ours.rest", params={"min": 600}).rule("ours.rest")
    assert (changed.source.verified, changed.source.verified_on) == (False, None)
    # Examples of the pack's own are not thrown away: run, they say that they do not hold.
    assert len(changed.examples) == 1


def test_a_copy_may_withdraw_examples_verification_and_dates():
    base = read_pack(PACK, "ours.toml")
    copy = replace(house_copy(base, "copy", "Copy"), effective_to=None)
    rest = copy.rule("ours.rest")
    bare = replace(rest, examples=(), source=replace(rest.source, verified_by="", verified_on=None))
    copy = replace(copy, rules=tuple(bare if rule.id == rest.id else rule for rule in copy.rules))
    assert read_pack(pack_toml(copy, base), "copy.toml", {"ours": base}.get) == copy


def test_a_pack_cannot_extend_what_is_not_there_or_itself():
    assert refused(COPY.replace("house-default", "house-defualt"), "copy.toml") == (
        "copy.toml: “extends” names “house-defualt”; there is no such pack, or it is broken."
    )
    assert refused(COPY.replace("house-default", "our-house"), "copy.toml") == (
        "copy.toml: “extends” names the pack itself."
    )


def test_a_rule_that_changes_nothing_needs_a_kind():
    assert refused(COPY.replace("house.rest", "house.rset"), "copy.toml") == (
        "copy.toml, rule “house.rset”: “kind” is missing; there is no rule of that id to take it from."
    )


def test_packs_of_one_house_may_build_on_each_other_but_not_in_a_circle():
    texts = {
        "good": COPY.replace("our-house", "b").replace("house-default", "a"),
        "under": COPY.replace("our-house", "a"),
        "circle": COPY.replace("our-house", "c").replace("house-default", "d"),
        "back": COPY.replace("our-house", "d").replace("house-default", "c"),
        "broken": "id = 7",
        "above": COPY.replace("our-house", "e").replace("house-default", "c"),
    }
    packs, problems = read_packs(texts)
    assert {name: pack.id for name, pack in packs.items()} == {"under": "a", "good": "b"}
    assert {name: problem.message for name, problem in problems.items()} == {
        "back": "back: “extends” leads back to “c”; packs cannot extend each other.",
        "circle": "circle: “extends” names “d”; there is no such pack, or it is broken.",
        "broken": "broken: “id” must be a text, not “7”.",
        "above": "above: “extends” names “c”; there is no such pack, or it is broken.",
    }


def test_a_copy_that_would_close_a_circle_is_refused():
    a = read_pack(COPY.replace("our-house", "a"), "a")
    b = replace(a, id="b", extends="a")
    known = {"a": replace(a, extends="b"), "b": b}
    assert refused(COPY.replace("our-house", "a").replace("house-default", "b"), "a", known.get) == (
        "a: “extends” leads back to “a”; packs cannot extend each other."
    )
