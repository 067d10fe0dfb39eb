"""Contracts through the engine, on both engines: Karen, Simon and the others of paperwork.md §8.3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import event

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain.times import wall
from stagecraft.queries.contract_page import attachment_rows, money_opened_at, money_row, state_rows
from stagecraft.queries.contracts import ContractRow, contract_rows, deadline_rows
from stagecraft.queries.final_performances import final_performance_row, final_performance_rows
from stagecraft.services.company import AddProduction
from stagecraft.services.contract_items import (
    AddDeadline,
    AddOption,
    AddRider,
    DecideOption,
    EditRider,
    FinishDeadline,
    RemoveOption,
)
from stagecraft.services.contracts import (
    AddContract,
    AddIncrement,
    AttachFile,
    ChangeContractState,
    CorrectContract,
    EditContract,
    OpenMoney,
    RemoveContract,
    SetFinalPerformance,
    SetMoney,
)
from stagecraft.services.engine import Engine
from stagecraft.services.people import AddPerson
from stagecraft.store.schema import Event, Performance
from stagecraft.store.store import Store

TODAY = date(2027, 1, 13)


@dataclass
class Town:
    """A run with an engine to act on it."""

    engine: Engine
    run: int

    def do(self, command: object) -> int:
        return self.engine.execute(command).value

    def contract(self, name: str, **terms: object) -> int:
        person = self.do(AddPerson(name))
        return self.do(AddContract(person, self.run, **{"state": "active", "job": name, **terms}))

    def rows(self, today: date = TODAY) -> list[ContractRow]:
        with self.engine.reading() as conn:
            return contract_rows(conn, today)

    def row(self, contract: int, today: date = TODAY) -> ContractRow:
        with self.engine.reading() as conn:
            (found,) = contract_rows(conn, today, contract_ids=[contract])
        return found

    def perform(self, day: date, number: int, *, state: str = "published") -> int:
        with self.engine.store.step("AddPerformance", origin="", who="", clock=self.engine.clock) as work:
            start = wall(day, 15 * 60)
            showing = work.add(
                Event(production_id=self.run, kind="performance", zone="America/New_York", state=state,
                      starts_wall=start, ends_wall=start + 160, starts_at=start + 300, ends_at=start + 460)
            )  # fmt: skip
            row = work.add(
                Performance(event_id=showing.id, production_id=self.run, number=number, slot="mat",
                            type="performance", half_hour=30)
            )  # fmt: skip
        return row.id


@pytest.fixture
def town(store: Store) -> Town:
    engine = Engine(store, Clock.on(TODAY), who="gail")
    run = engine.execute(AddProduction(name="Bombshell", code="BOMB")).value
    return Town(engine, run)


def test_the_list_goes_by_next_deadline_and_shows_its_formula(town: Town) -> None:
    marcus = town.contract("Marcus Bell", ends_on=date(2027, 4, 18))
    simon = town.contract("Simon Adler", ends_on=date(2027, 3, 28))
    hana = town.contract("Hana Kim")
    for contract in (marcus, simon):
        town.do(AddOption(contract, notice_weeks=8, owner="Gail Mercer"))
    listed = [(row.person, row.group, row.severity, row.days, row.line) for row in town.rows()]
    assert listed == [
        ("Simon Adler", "soon", "red", "18 days", "Option: Sun 28 Mar 2027 − 8 weeks = Sun 31 Jan 2027"),
        ("Marcus Bell", "watch", "amber", "39 days", "Option: Sun 18 Apr 2027 − 8 weeks = Sun 21 Feb 2027"),
        ("Hana Kim", "later", "", "", "Run of the play"),
    ]
    assert town.row(hana).next is None


def test_a_declined_option_leaves_the_end_of_the_term(town: Town) -> None:
    karen = town.contract("Karen Cartwright", starts_on=date(2026, 2, 2), ends_on=date(2027, 1, 17))
    option = town.do(AddOption(karen, notice_weeks=8, extends_weeks=26))
    assert town.row(karen).days == "52 days overdue"
    town.do(DecideOption(option, "declined", date(2026, 11, 20), method="e-mail"))
    row = town.row(karen)
    assert (row.shown_on, row.days, row.severity) == (date(2027, 1, 17), "4 days", "")
    assert row.line == "17 Jan 2027 − 8 weeks = 22 Nov 2026; not renewed 20 Nov"
    ended = town.row(karen, date(2027, 1, 18))
    assert (ended.group, ended.days) == ("ended", "1 day ago")


def test_an_exercised_option_may_extend_the_term_and_keeps_its_deadline(town: Town) -> None:
    contract = town.contract("Simon Adler", ends_on=date(2027, 3, 28))
    option = town.do(AddOption(contract, notice_weeks=8, extends_weeks=26))
    town.do(DecideOption(option, "exercised", date(2027, 1, 12), method="letter", extend=True))
    row = town.row(contract)
    assert (row.ends_on, row.options[0].due_on) == (date(2027, 9, 26), date(2027, 1, 31))
    town.engine.undo()
    assert town.row(contract).ends_on == date(2027, 3, 28)


def test_overdue_is_the_day_after(town: Town) -> None:
    contract = town.contract("Simon Adler", ends_on=date(2027, 3, 28))
    town.do(AddOption(contract, notice_weeks=8))
    assert town.row(contract, date(2027, 1, 31)).days == "today"
    assert town.row(contract, date(2027, 2, 1)).days == "1 day overdue"


def test_deadlines_of_all_contracts_soonest_first(town: Town) -> None:
    simon = town.contract("Simon Adler", ends_on=date(2027, 3, 28))
    town.do(AddOption(simon, notice_weeks=8, owner="Gail Mercer"))
    town.do(AddRider(simon, "Film offer, leave asked", kind="leave", state="asked", starts_on=date(2027, 8, 1)))
    bio = town.do(AddDeadline(simon, "Bio approved", date(2027, 1, 10), "Rita Cho"))
    gone = town.contract("Old Hand", ends_on=date(2026, 12, 1))
    town.do(AddOption(gone, notice_weeks=4))
    with town.engine.reading() as conn:
        rows = deadline_rows(conn, TODAY, [town.run])
    assert [(row.kind, row.days, row.severity, row.owner) for row in rows] == [
        ("other", -3, "red", "Rita Cho"),
        ("option", 18, "red", "Gail Mercer"),
        ("term", 74, "", ""),
        ("rider", 200, "", ""),
    ]
    assert rows[0].words == "Simon Adler, bio approved: Sun 10 Jan 2027, 3 days overdue"
    town.do(FinishDeadline(bio, TODAY))
    with town.engine.reading() as conn:
        assert [row.kind for row in deadline_rows(conn, TODAY)] == ["option", "term", "rider"]


def test_the_final_performance_follows_the_term_unless_set_by_hand(town: Town) -> None:
    karen = town.contract("Karen Cartwright", job="Marilyn", ends_on=date(2027, 1, 17))
    sixteenth = town.perform(date(2027, 1, 16), 316)
    town.perform(date(2027, 1, 17), 317)
    town.perform(date(2027, 1, 19), 318)
    with town.engine.reading() as conn:
        rows = final_performance_rows(conn, [town.run])
    assert [(row.person, row.role, row.number, row.derived) for row in rows] == [
        ("Karen Cartwright", "Marilyn", 317, True)
    ]
    assert rows[0].when == "#317, Sun 17 Jan 2027 3:00p"
    town.do(SetFinalPerformance(karen, sixteenth))
    with town.engine.reading() as conn:
        by_hand = final_performance_row(conn, karen)
    assert by_hand is not None
    assert (by_hand.number, by_hand.derived) == (316, False)
    town.do(SetFinalPerformance(karen, None))
    with town.engine.reading() as conn:
        assert [row.number for row in final_performance_rows(conn)] == [317]


def test_a_contract_that_is_continued_has_no_final_performance(town: Town) -> None:
    ivy = town.do(AddPerson("Ivy Lynn"))
    town.do(AddContract(ivy, town.run, job="F2", state="active", ends_on=date(2027, 1, 17)))
    town.do(AddContract(ivy, town.run, job="Marilyn", state="signed", starts_on=date(2027, 1, 19)))
    town.perform(date(2027, 1, 17), 317)
    with town.engine.reading() as conn:
        assert final_performance_rows(conn) == []


def test_signed_terms_are_read_only_but_not_what_is_to_be_decided(town: Town) -> None:
    contract = town.contract("Simon Adler", state="negotiating")
    town.do(EditContract(contract, {"agreement": "AEA Production"}))
    town.do(ChangeContractState(contract, "signed", date(2027, 1, 12), "by courier"))
    with pytest.raises(Refused) as refused:
        town.do(EditContract(contract, {"ends_on": date(2027, 3, 28)}))
    assert (refused.value.code, refused.value.field) == ("contract.signed", "ends_on")
    town.do(EditContract(contract, {"decision": "open"}))
    town.do(CorrectContract(contract, {"ends_on": date(2027, 3, 28)}))
    row = town.row(contract)
    assert (row.decision, row.ends_on, row.agreement) == ("open", date(2027, 3, 28), "AEA Production")
    with pytest.raises(Refused):
        town.do(RemoveContract(contract))


def test_a_state_change_keeps_date_note_and_paper(town: Town) -> None:
    contract = town.contract("Ivy Lynn", state="offer", on_date=date(2026, 11, 24))
    town.do(
        ChangeContractState(
            contract,
            "signed",
            date(2026, 12, 10),
            "countersigned",
            paper=("deal.pdf", b"%PDF-1.7", "application/pdf"),
        )
    )
    with town.engine.reading() as conn:
        states = [(row.state, row.on_date, row.note, row.file) for row in state_rows(conn, contract)]
        files = attachment_rows(conn, contract)
    assert states == [
        ("signed", date(2026, 12, 10), "countersigned", "deal.pdf"),
        ("offer", date(2026, 11, 24), "", ""),
    ]
    assert town.engine.store.blob(files[0].hash) == b"%PDF-1.7"


def test_the_lifecycle_refuses_what_makes_no_sense_in_words(town: Town) -> None:
    contract = town.contract("Ivy Lynn", state="offer")
    with pytest.raises(Refused) as refused:
        town.do(ChangeContractState(contract, "active"))
    assert refused.value.message == (
        "From “offer out” a contract does not go to “active”; it may become negotiating, agreed in principle, "
        "sent for signature, signed, declined, lapsed or withdrawn."
    )
    jobless = town.contract("Nobody Yet", state="signed", job="")
    with pytest.raises(Refused) as no_job:
        town.do(ChangeContractState(jobless, "active"))
    assert no_job.value.message == "An active contract needs a role or a job first."


def test_an_archived_contract_is_closed(town: Town) -> None:
    contract = town.contract("Old Hand", state="departed")
    town.do(ChangeContractState(contract, "archived"))
    with pytest.raises(Refused):
        town.do(EditContract(contract, {"decision": "x"}))
    with pytest.raises(Refused):
        town.do(SetMoney(contract, {"weekly": 1}))


def test_money_is_kept_apart_and_its_opening_written_down(town: Town) -> None:
    contract = town.contract("Tess Walden")
    town.do(SetMoney(contract, {"weekly": 296642, "commission_bp": 1000}))
    town.do(SetMoney(contract, {"per_diem": None, "currency": "usd"}))
    town.do(AddIncrement(contract, "dance captain", 40000))
    undo = town.engine.store.undo_step("gail")
    with town.engine.reading() as conn:
        assert money_opened_at(conn, contract) is None
    town.do(OpenMoney(contract))
    with town.engine.reading() as conn:
        money = money_row(conn, contract)
        opened = money_opened_at(conn, contract)
    assert (money.currency, money.weekly, money.commission_bp) == ("USD", 296642, 1000)
    assert [(one.name, one.weekly) for one in money.increments] == [("dance captain", 40000)]
    assert opened == town.engine.clock.utc_ms() // 60000
    assert town.engine.store.undo_step("gail") == undo


def test_what_cannot_be_is_refused_beside_its_field(town: Town) -> None:
    contract = town.contract("Simon Adler", state="idea")
    for command, field in [
        (EditContract(contract, {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 1, 1)}), "ends_on"),
        (EditContract(contract, {"notice_by_actor_days": -1}), "notice_by_actor_days"),
        (AddOption(contract, notice_weeks=-1), "notice_weeks"),
        (AddRider(contract, " "), "text"),
        (AddDeadline(contract, " ", TODAY), "name"),
        (SetMoney(contract, {"currency": "dollars"}), "currency"),
        (AddIncrement(contract, "", 1), "name"),
    ]:
        with pytest.raises(Refused) as refused:
            town.do(command)
        assert refused.value.field == field
        assert refused.value.message.endswith(".")


def test_a_decided_option_stays_on_file(town: Town) -> None:
    contract = town.contract("Simon Adler", ends_on=date(2027, 3, 28))
    option = town.do(AddOption(contract))
    town.do(DecideOption(option, "lapsed"))
    with pytest.raises(Refused):
        town.do(RemoveOption(option))
    town.do(DecideOption(option, "open"))
    town.do(RemoveOption(option))
    assert town.row(contract).options == []


def test_a_rider_granted_is_no_deadline_any_more(town: Town) -> None:
    contract = town.contract("Simon Adler")
    rider = town.do(AddRider(contract, "Film leave", kind="leave", state="asked", starts_on=date(2027, 8, 1)))
    assert town.row(contract).shown_on == date(2027, 8, 1)
    town.do(EditRider(rider, {"state": "signed"}))
    assert town.row(contract).shown_on is None


def test_undo_brings_a_removed_contract_back_whole(town: Town) -> None:
    contract = town.contract("Simon Adler", state="idea", ends_on=date(2027, 3, 28))
    town.do(AddOption(contract))
    town.do(SetMoney(contract, {"weekly": 380000}))
    town.do(AttachFile(contract, "offer.pdf", b"%PDF"))
    before = town.row(contract)
    town.do(RemoveContract(contract))
    assert town.rows() == []
    town.engine.undo()
    assert town.row(contract) == before
    with town.engine.reading() as conn:
        assert money_row(conn, contract).weekly == 380000


def statements(town: Town, query: Callable[..., object], *args: object) -> int:
    """How many statements a query sends."""
    sent: list[str] = []
    with town.engine.reading() as conn:
        event.listen(conn, "before_cursor_execute", lambda *given: sent.append(given[2]))
        query(conn, *args)
    return len(sent)


def test_reading_contracts_costs_the_same_however_many_there_are(town: Town) -> None:
    def add(name: str) -> None:
        contract = town.contract(name, ends_on=date(2027, 3, 28))
        town.do(AddOption(contract))
        town.do(AddRider(contract, "Term rider", kind="term"))
        town.do(AddDeadline(contract, "Bio", TODAY))

    def costs() -> list[int]:
        return [
            statements(town, contract_rows, TODAY),
            statements(town, deadline_rows, TODAY),
            statements(town, final_performance_rows),
        ]

    town.perform(date(2027, 3, 28), 397)
    add("Simon Adler")
    one = costs()
    add("Marcus Bell")
    add("Zoë Łukasik")
    assert costs() == one
