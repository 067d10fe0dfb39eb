"""Commands on work rules and planned breaks, with undo, on a file and on a server."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from calendar_company import THU, Company, at, build

from stagecraft.base.errors import Refused
from stagecraft.domain.times import wall
from stagecraft.queries.calendar import call_rows
from stagecraft.queries.calendar_conflicts import conflict_rows
from stagecraft.queries.rules import (
    RuleCheck,
    accepted_clashes,
    approval_rows,
    held_check,
    packs,
    person_calls,
    rule_flags,
    wall_text,
)
from stagecraft.services.calendar import (
    AddAvailability,
    AddEvent,
    CopyEvents,
    ForgetBreaks,
    MoveEvent,
    PlanBreaks,
    StretchEvent,
)
from stagecraft.services.company import EditProduction
from stagecraft.services.contracts import AddContract, EditContract
from stagecraft.services.history import undo_text
from stagecraft.services.paper import IssueDocument
from stagecraft.services.people import EditPrivate
from stagecraft.services.rule_repairs import RepairCalls
from stagecraft.services.rules import (
    AcceptFlag,
    AddApproval,
    AddRulePack,
    EditApproval,
    EditRulePack,
    RemoveApproval,
    RemoveRulePack,
    VerifyRule,
    WithdrawAcceptance,
    WithdrawVerification,
)
from stagecraft.store.schema import RulePack

FRI = THU + timedelta(days=1)
SOURCE = '{ agreement = "Ours", summary = "Ours.", evidence = "knowledge", confidence = "low" }'


def pack_text(code: str = "ours", minutes: int = 720, more: str = "") -> str:
    return f"""
id = "{code}"
title = "Our agreement"
[[rules]]
id = "{code}.rest"
kind = "min_rest"
title = "Overnight rest"
params = {{ min = {minutes} }}
source = {SOURCE}
{more}
"""


@pytest.fixture
def company(store) -> Company:
    made = build(store)
    made.do(AddRulePack(pack_text()))
    for production in (made.workshop, made.run):
        made.do(EditProduction(production, {"rule_pack": "ours"}))
    return made


def late_and_early(company: Company, who: str = "Karen") -> tuple[int, int]:
    """Thursday to 11:00p, Friday from 10:00a: 11 hours of rest."""
    people = (company.people[who],)
    late = company.do(AddEvent(company.run, "music", at(19), at(23), people=people))
    early = company.do(AddEvent(company.workshop, "music", at(10, FRI), at(13, FRI), people=people))
    return late, early


def flags(company: Company, first: date = THU, last: date = FRI, **more) -> RuleCheck:
    return company.read(rule_flags, first, last, **more)


# --- a flag ------------------------------------------------------------------------------------------------


def test_rest_is_judged_over_both_shows_and_said_with_its_repair(company: Company) -> None:
    late, early = late_and_early(company)
    (flag,) = flags(company).flags
    assert (flag.rule, flag.person, flag.name, flag.person_name) == (
        "ours.rest",
        company.people["Karen"],
        "Karen",
        "Karen Cartwright",
    )
    assert (flag.finding.measured, flag.finding.limit, flag.finding.anchor, flag.day) == (
        660,
        720,
        "2027-01-15",
        FRI,
    )
    assert (flag.events, flag.severity, flag.space) == ((late, early), "red", None)
    assert (flag.starts_wall, flag.ends_wall) == (at(10, FRI), at(13, FRI))
    assert flag.short() == "11 h 00 rest, needs 12 h 00"
    assert flag.seen_from(early) == "Overnight rest: Karen, 11 h 00 rest, needs 12 h 00"
    assert (flag.verified, "unverified" in flag.words) == (False, True)
    assert [(call.minutes, call.events) for call in flag.calls] == [(240, (late,)), (180, (early,))]
    assert flag.repairs[0].words == "Call Karen at 11:00a"


def test_only_what_concerns_a_production_is_told_when_one_is_asked_for(company: Company) -> None:
    late_and_early(company)
    for first, last, day in ((23.5, 24.5, THU), (9, 10, FRI)):
        company.do(
            AddEvent(company.run, "music", at(first, day), at(last, day), people=(company.people["Omar"],))
        )
    names = [flag.name for flag in flags(company, production_ids=[company.workshop]).flags]
    assert names == ["Karen"]
    assert [flag.name for flag in flags(company).flags] == ["Karen", "Omar"]


def test_a_contract_that_says_none_is_under_no_rules(company: Company) -> None:
    late_and_early(company)
    karen = company.people["Karen"]
    contracts = [
        company.do(AddContract(karen, production, starts_on=THU, ends_on=FRI, state="signed", rule_pack="none"))
        for production in (company.workshop, company.run)
    ]
    assert flags(company).flags == []
    company.do(EditContract(contracts[0], {"rule_pack": "ours"}))
    assert len(flags(company).flags) == 1


# --- packs -------------------------------------------------------------------------------------------------


def test_a_pack_that_is_not_here_or_broken_is_said_for_each_person(company: Company) -> None:
    late_and_early(company)
    company.do(EditProduction(company.run, {"rule_pack": "nowhere ours"}))
    found = flags(company)
    assert [flag.words for flag in found.not_checked] == ["Karen: not checked, pack nowhere is not here"]
    assert len(found.flags) == 1


def test_a_house_copy_that_broke_meanwhile_is_said_with_what_is_wrong(company: Company) -> None:
    late_and_early(company)
    with company.engine.store.step("Test", origin="", who="", clock=company.engine.clock) as work:
        work.add(RulePack(code="copy", text='id = "copy"\ntitle = "Copy"\nextends = "older"\n'))
    company.do(EditProduction(company.run, {"rule_pack": "copy"}))
    (said,) = flags(company).not_checked
    assert said.words.startswith("Karen: not checked, copy: “extends” names “older”")
    entry = next(one for one in company.read(packs).entries if one.code == "copy")
    assert (entry.pack, entry.problem.startswith("copy: “extends”")) == (None, True)


def test_packs_are_refused_in_words(company: Company) -> None:
    with pytest.raises(Refused, match="already") as refused:
        company.do(AddRulePack(pack_text()))
    assert refused.value.field == "text"
    with pytest.raises(Refused, match="min"):
        company.do(AddRulePack(pack_text("theirs", -5)))
    (own,) = (one for one in company.read(packs).entries if one.origin != "shipped")
    with pytest.raises(Refused, match="its id stays"):
        company.do(EditRulePack(own.id, pack_text("other")))
    with pytest.raises(Refused, match=r"HIT and 1 more|BOMB and 1 more"):
        company.do(RemoveRulePack(own.id))
    company.do(AddRulePack('id = "copy"\ntitle = "Copy"\nextends = "ours"\n'))
    for production in (company.workshop, company.run):
        company.do(EditProduction(production, {"rule_pack": ""}))
    with pytest.raises(Refused, match="The pack “copy” goes by"):
        company.do(RemoveRulePack(own.id))


def test_an_edited_pack_judges_at_once_and_undo_takes_it_back(company: Company) -> None:
    late_and_early(company)
    (own,) = (one for one in company.read(packs).entries if one.origin != "shipped")
    assert {name for _id, name in own.used.productions} == {"HIT", "BOMB"}
    company.do(EditRulePack(own.id, pack_text(minutes=660)))
    assert flags(company).flags == []
    company.engine.undo()
    assert len(flags(company).flags) == 1


# --- verification ------------------------------------------------------------------------------------------


def test_a_verification_holds_while_the_rule_says_the_same(company: Company) -> None:
    late_and_early(company)
    company.do(AddRulePack('id = "copy"\ntitle = "Copy"\nextends = "ours"\n'))
    company.do(VerifyRule("ours", "ours.rest", "2026–29", "Linda", THU))
    assert undo_text(company.engine) == "verify a work rule"
    (flag,) = flags(company).flags
    assert (flag.verified, "unverified" in flag.words) == (True, False)
    book = company.read(packs)
    assert book.pack("copy").rule("ours.rest").source.verified_by == "Linda"
    copy = next(one for one in book.entries if one.code == "copy")
    company.do(EditRulePack(copy.id, copy.text + '[[rules]]\nid = "ours.rest"\nparams = { min = 700 }\n'))
    assert not company.read(packs).pack("copy").rule("ours.rest").source.verified
    assert company.read(packs).pack("ours").rule("ours.rest").source.edition == "2026–29"
    own = next(one for one in book.entries if one.code == "ours")
    company.do(EditRulePack(own.id, pack_text(minutes=690)))
    assert not flags(company).flags[0].verified
    company.do(WithdrawVerification("ours", "ours.rest"))
    with pytest.raises(Refused):
        company.do(WithdrawVerification("ours", "ours.rest"))


@pytest.mark.parametrize(("by", "edition", "field"), [("", "2026", "by"), ("Linda", " ", "edition")])
def test_a_verification_needs_name_and_edition(company: Company, by, edition, field) -> None:
    with pytest.raises(Refused) as refused:
        company.do(VerifyRule("ours", "ours.rest", edition, by, THU))
    assert refused.value.field == field


# --- votes and concessions ---------------------------------------------------------------------------------


def test_a_vote_sets_a_value_for_its_days_and_its_production(company: Company) -> None:
    late_and_early(company)
    vote = company.do(
        AddApproval("ours", "ours.rest", "vote", starts_on=FRI, sets={"min": 660}, decided_by="the company")
    )
    assert flags(company).flags == []
    company.do(EditApproval(vote, {"starts_on": FRI + timedelta(days=1)}))
    assert len(flags(company).flags) == 1
    (row,) = company.read(approval_rows)
    assert (row.sets, row.decided_by, row.person, row.production) == ({"min": 660}, "the company", "", "")
    company.do(RemoveApproval(vote))
    assert company.read(approval_rows) == []


COPY = 'id = "theirs"\ntitle = "Their copy"\nextends = "ours"\n'


def test_a_vote_about_a_copy_leaves_the_pack_it_is_built_on_alone(company: Company) -> None:
    late_and_early(company)
    copy = company.do(AddRulePack(COPY))
    company.do(EditProduction(company.workshop, {"rule_pack": "theirs"}))
    assert sorted(flag.pack for flag in flags(company).flags) == ["ours", "theirs"]
    company.do(AddApproval("theirs", "ours.rest", "concession"))
    assert [flag.pack for flag in flags(company).flags] == ["ours"]
    company.do(AddApproval("ours", "ours.rest", "concession"))
    assert flags(company).flags == []
    company.do(EditProduction(company.workshop, {"rule_pack": "ours"}))
    company.do(RemoveRulePack(copy))
    assert [row.pack for row in company.read(approval_rows)] == ["ours"]
    company.engine.undo()
    assert len(company.read(approval_rows)) == 2


def test_a_verification_is_of_the_day_and_week_a_pack_knows(company: Company) -> None:
    company.do(VerifyRule("ours", "ours.rest", "2027", "Ada", THU))
    company.do(AddRulePack(COPY))
    company.do(AddRulePack(COPY.replace("theirs", "other") + '[defaults]\nday_cut = "00:00"\n'))
    rules = [company.read(packs).pack(code).rule("ours.rest") for code in ("ours", "theirs", "other")]
    assert [rule.source.verified for rule in rules] == [True, True, False]


def test_a_concession_leaves_the_flag_visible_as_information(company: Company) -> None:
    late_and_early(company)
    company.do(
        AddApproval("ours", "ours.rest", "concession", person=company.people["Karen"], decided_by="Karen")
    )
    found = flags(company)
    assert (found.flags, [flag.finding.severity for flag in found.accepted]) == ([], ["information"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "vote"}, "sets"),
        ({"kind": "vote", "sets": {"min": "long"}}, "sets"),
        ({"kind": "concession", "sets": {"min": 600}}, "sets"),
        ({"kind": "wish"}, "kind"),
        ({"kind": "exception", "starts_on": FRI, "ends_on": THU}, "ends_on"),
        ({"kind": "exception", "rule": "ours.nothing"}, "rule"),
        ({"kind": "exception", "pack": "nowhere"}, "pack"),
    ],
)
def test_an_approval_that_cannot_be_is_refused_beside_its_field(company: Company, fields, field) -> None:
    with pytest.raises(Refused) as refused:
        company.do(AddApproval(**{"pack": "ours", "rule": "ours.rest", **fields}))
    assert refused.value.field == field


# --- accepted flags ----------------------------------------------------------------------------------------


def test_an_accepted_flag_counts_again_when_it_gets_worse(company: Company) -> None:
    _late, early = late_and_early(company)
    (flag,) = flags(company).flags
    kept = company.do(
        AcceptFlag(flag.rule, flag.person, flag.finding.anchor, flag.finding.measured, "Karen agreed")
    )
    assert undo_text(company.engine) == "accept a flag of Karen Cartwright"
    found = flags(company)
    (accepted,) = found.accepted
    assert (found.flags, accepted.acceptance.reason, accepted.acceptance.accepted_by) == (
        [],
        "Karen agreed",
        "tester",
    )
    assert (accepted.acceptance.accepted_on, accepted.acceptance.measured) == (THU, 660)
    company.do(MoveEvent(early, at(9.5, FRI)))
    assert len(flags(company).flags) == 1  # half an hour less
    company.do(MoveEvent(early, at(10.5, FRI)))
    assert flags(company).flags == []  # better than what was accepted
    company.do(WithdrawAcceptance(kept))
    assert len(flags(company).flags) == 1
    company.engine.undo()
    assert flags(company).flags == []


def test_an_acceptance_needs_a_reason(company: Company) -> None:
    with pytest.raises(Refused) as refused:
        company.do(AcceptFlag("ours.rest", company.people["Karen"], "2027-01-15", 660, "  "))
    assert refused.value.field == "reason"


def test_a_double_booking_of_a_person_or_a_room_can_be_accepted(company: Company) -> None:
    karen, room = company.people["Karen"], company.rooms["4A"]
    company.do(AddEvent(company.workshop, "music", at(10), at(12), room, people=(karen,)))
    company.do(AddEvent(company.run, "music", at(11), at(13), room, people=(karen,)))
    clashes = company.read(conflict_rows, wall(THU), wall(FRI))
    assert sorted(one.rule for one in clashes) == ["overlap.person", "overlap.space"]
    for one in clashes:
        starts = wall_text(one.starts_wall)
        company.do(AcceptFlag(one.rule, one.person, starts, 60, "Half a room each", space=one.space))
    assert [row.reason for row in company.read(accepted_clashes, clashes)] == ["Half a room each"] * 2
    clashes[0].ends_wall += 1
    assert company.read(accepted_clashes, clashes)[0] is None


# --- repairs -----------------------------------------------------------------------------------------------


def repaired(company: Company, event: int) -> list[tuple[str, int, int, str]]:
    return [(row.short, row.starts_wall, row.ends_wall, row.status) for row in company.read(call_rows, [event])]


def test_a_repair_changes_one_person_or_everybody_in_one_step(company: Company) -> None:
    people = (company.people["Karen"], company.people["Omar"])
    company.do(AddEvent(company.run, "music", at(19), at(23), people=people[:1]))
    early = company.do(AddEvent(company.workshop, "music", at(10, FRI), at(13, FRI), people=people))
    (flag,) = flags(company).flags
    offer = flag.repairs[0]
    company.do(RepairCalls(**offer.arguments))
    assert repaired(company, early) == [
        ("Karen", at(11, FRI), at(13, FRI), "called"),
        ("Omar", at(10, FRI), at(13, FRI), "called"),
    ]
    assert flags(company).flags == []
    company.engine.undo()
    company.do(RepairCalls(**offer.arguments, everybody=True))
    assert {row[1] for row in repaired(company, early)} == {at(11, FRI)}
    assert flags(company).flags == []


def test_who_would_have_no_time_left_is_released(company: Company) -> None:
    company.do(AddEvent(company.run, "music", at(19), at(23), people=(company.people["Karen"],)))
    early = company.do(
        AddEvent(company.workshop, "music", at(9, FRI), at(10, FRI), people=(company.people["Karen"],))
    )
    offer = flags(company).flags[0].repairs[0]
    company.do(RepairCalls(**offer.arguments))
    assert [row[3] for row in repaired(company, early)] == ["released"]


def test_a_repair_of_a_call_that_changed_since_is_refused(company: Company) -> None:
    _late, early = late_and_early(company)
    offer = flags(company).flags[0].repairs[0]
    company.do(StretchEvent(early, ends=at(14, FRI)))
    with pytest.raises(Refused, match="look at the flags again"):
        company.do(RepairCalls(**offer.arguments))


# --- breaks ------------------------------------------------------------------------------------------------

SHORT = f"""
[[rules]]
id = "ours.short"
kind = "break_after"
title = "Short break"
params = {{ kinds = ["rehearsal"], needs_planned_breaks = true, alternatives = [{{ work = 55, break = 5 }}] }}
source = {SOURCE}
"""


def test_breaks_unknown_are_not_checked_planned_ones_are_and_forgotten_ones_are_unknown_again(
    company: Company,
) -> None:
    own = next(one for one in company.read(packs).entries if one.code == "ours")
    company.do(EditRulePack(own.id, pack_text(more=SHORT)))
    event = company.do(AddEvent(company.workshop, "music", at(10), at(12), people=(company.people["Karen"],)))

    def said() -> tuple[int, int]:
        found = flags(company)
        return len(found.flags), len(found.not_checked)

    assert said() == (0, 1)
    company.do(PlanBreaks(event))
    assert said() == (1, 0)
    company.do(PlanBreaks(event, (("short", at(10) + 55, at(11)), ("short", at(11) + 55, at(12)))))
    assert said() == (0, 0)
    company.do(MoveEvent(event, at(14)))
    assert said() == (0, 0)  # they moved along
    company.do(CopyEvents((event,), 60 * 24))
    assert said() == (0, 0)  # and come along with a copy
    company.engine.undo()
    company.do(ForgetBreaks(event))
    assert said() == (0, 1)
    company.engine.undo()
    assert said() == (0, 0)


@pytest.mark.parametrize(
    "breaks",
    [
        (("short", at(9), at(10) + 5),),
        (("short", at(11), at(11)),),
        (("nap", at(11), at(11) + 5),),
        (("meal", at(10) + 10, at(11)), ("short", at(10) + 30, at(11) + 5)),
    ],
)
def test_breaks_lie_inside_their_call_one_after_another(company: Company, breaks) -> None:
    event = company.do(AddEvent(company.workshop, "music", at(10), at(12)))
    with pytest.raises(Refused) as refused:
        company.do(PlanBreaks(event, breaks))
    assert refused.value.field == "breaks"


# --- what was posted, and facts ----------------------------------------------------------------------------


def test_a_call_sheet_posts_the_calls_of_its_day(company: Company) -> None:
    _late, early = late_and_early(company)
    issue = {
        "version": 1,
        "author": "",
        "privacy": "Company",
        "paper": "letter",
        "sheet": "{}",
        "pdf": b"%PDF-1.7",
    }
    company.do(IssueDocument(company.workshop, "daily-call", "2027-01-15", FRI, issued_at=1_000, **issue))
    company.do(IssueDocument(company.workshop, "company-list", "", None, issued_at=1_001, **issue))
    (call,) = company.read(person_calls, [company.people["Karen"]], FRI, FRI)[company.people["Karen"]].calls
    assert (call.events, call.postings[0].at) == ((early,), 1_000)
    assert (call.postings[0].starts_at, call.postings[0].ends_at) == (call.starts_at, call.ends_at)


CHILD = f"""
[[rules]]
id = "ours.child"
kind = "time_window"
title = "Children"
applies = {{ age = [9, 15] }}
params = {{ latest = "22:00", latest_before_school_day = "21:00" }}
source = {SOURCE}
"""


def test_a_birthday_steers_a_rule_and_is_never_said(company: Company) -> None:
    own = next(one for one in company.read(packs).entries if one.code == "ours")
    company.do(EditRulePack(own.id, pack_text(more=CHILD)))
    karen = company.people["Karen"]
    company.do(AddEvent(company.run, "music", at(19), at(21.5), people=(karen,)))
    assert [flag.missing for flag in flags(company).not_checked] == ["no age recorded"]
    company.do(EditPrivate(karen, {"birthday": date(2016, 5, 4)}))
    assert [flag.missing for flag in flags(company).not_checked] == ["no school days recorded"]
    company.do(
        AddAvailability(wall(FRI, 480), wall(FRI, 900), person=karen, kind="school", reason="4 May exam")
    )
    (flag,) = flags(company).flags
    assert (flag.rule, flag.finding.limit) == ("ours.child", "21:00")
    said = f"{flag.words} {flag.short()} {flag.finding}"
    assert "2016" not in said
    assert "exam" not in said


# --- while dragging ----------------------------------------------------------------------------------------


def test_a_held_call_says_what_it_would_break_without_the_database(company: Company) -> None:
    late, early = late_and_early(company)
    karen = company.people["Karen"]
    held = company.read(held_check, [karen], THU, FRI, (company.workshop, "music", "America/New_York"))
    assert [flag.finding.measured for flag in held.at(karen, {early: (at(10, FRI), at(13, FRI))})] == [660]
    assert held.at(karen, {early: (at(11, FRI), at(14, FRI))}) == []
    assert held.at(karen, {early: None}) == []
    assert [flag.events for flag in held.at(karen, {early: None, 0: (at(9, FRI), at(10, FRI))})] == [(late, 0)]
    assert held.at(company.people["Omar"], {early: None}) == []
