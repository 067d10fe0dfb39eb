"""What holds for a check as a whole, whatever the rules: order, other people, a span of days, the reach of a pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from rules_draws import (
    Trial,
    defaults,
    examples,
    facts,
    planned_rules,
    schedules,
    told,
    with_postings,
)

from stagecraft.domain.rules.check import Attachment, check, reach
from stagecraft.domain.rules.packs import Pack
from stagecraft.domain.times import date_of

ONE = timedelta(days=1)


@st.composite
def packs_at_work(draw, whole=True, days=16, most=14):
    """A schedule under a pack with a rule of most kinds."""
    calls = draw(schedules(days=days, most=most, busy=0.5).flatmap(with_postings))
    some = draw(
        st.lists(st.sampled_from(planned_rules(whole)), min_size=1, max_size=6, unique_by=lambda one: one.id)
    )
    known = replace(draw(facts(calls)), horizon=(calls.first, calls.first + days * ONE))
    return Trial(calls.person, Pack("p", "P", defaults=draw(defaults()), rules=tuple(some)), known)


@examples
@given(packs_at_work(), st.randoms(use_true_random=False))
def test_the_order_of_calls_and_their_ids_do_not_matter(trial, random):
    calls = list(trial.person.calls)
    random.shuffle(calls)
    numbers = list(range(100, 100 + len(calls)))
    random.shuffle(numbers)
    other = [replace(one, id=number) for one, number in zip(calls, numbers, strict=True)]
    shuffled = replace(trial, person=replace(trial.person, calls=tuple(other)))
    assert told(shuffled.engine()) == told(trial.engine())


@examples
@given(packs_at_work())
def test_every_rule_says_what_it_says_alone(trial):
    alone = []
    for rule in trial.pack.rules:
        alone += check(trial.person, trial.attachments, only=lambda _, one, rule=rule: one is rule)
    assert told(alone) == told(trial.engine())


@examples
@given(packs_at_work(), packs_at_work())
def test_another_person_changes_nothing(trial, other):
    before = trial.engine()
    check(replace(other.person, person="B"), trial.attachments)
    assert trial.engine() == before


@examples
@given(packs_at_work(), st.integers(-2, 17), st.integers(0, 9))
def test_a_span_says_what_of_the_whole_touches_it(trial, start, length):
    first = trial.facts.horizon[0] + start * ONE
    last = first + length * ONE
    touching = [one for one in trial.engine() if one.first_day <= last and one.last_day >= first]
    assert told(trial.engine((first, last))) == told(touching)


@examples
@given(packs_at_work(whole=False, days=40, most=24), st.integers(0, 39))
def test_the_days_within_reach_are_enough_to_judge_a_day(trial, at):
    day = trial.facts.horizon[0] + at * ONE
    needed = reach(trial.pack) * ONE
    cut = trial.pack.defaults.day_cut
    near = tuple(
        one for one in trial.person.calls if day - needed <= date_of(one.starts_wall - cut) <= day + needed
    )
    around = replace(trial, person=replace(trial.person, calls=near))
    touching = [one for one in trial.engine() if one.first_day <= day <= one.last_day]
    seen = [one for one in around.engine((day, day)) if one.first_day <= day <= one.last_day]
    assert told(seen) == told(touching)


@examples
@given(packs_at_work(), st.booleans())
def test_the_same_pack_through_two_productions_says_it_once(trial, other):
    rules = tuple(replace(one, scope="person") for one in trial.pack.rules)
    pack = replace(trial.pack, rules=rules)
    known = replace(trial.facts, production="OWL" if other else "HIT")
    twice = check(trial.person, [Attachment(pack, trial.facts), Attachment(pack, known)])
    once = check(trial.person, [Attachment(pack, trial.facts)])
    assert set(told(twice)) == set(told(once))
    assert len(twice) == len({repr(replace(one, production=None, detail={}, repairs=())) for one in twice})


@examples
@given(packs_at_work())
def test_two_packs_both_report(trial):
    second = replace(trial.pack, id="q", rules=trial.pack.rules[::-1])
    both = check(trial.person, [*trial.attachments, Attachment(second, trial.facts)])
    assert sorted(one.pack for one in both) == ["p"] * (len(both) // 2) + ["q"] * (len(both) // 2)
    assert told(both) == sorted(2 * told(trial.engine()), key=repr)
