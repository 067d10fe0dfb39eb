"""Contracts of the sample season: terms, options, riders, deadlines, money, history of states, packs of work rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stagecraft.domain.rules.pack_file import house_copy, pack_toml
from stagecraft.domain.rules.shipped import shipped
from stagecraft.services.contract_items import (
    AddDeadline,
    AddOption,
    AddRider,
    DecideOption,
    EditDeadline,
)
from stagecraft.services.contracts import AddContract, AddIncrement, ChangeContractState, SetMoney
from stagecraft.services.rules import AcceptFlag, AddRulePack
from stagecraft.services.sample.cast import Season

_TEXTS = ("job", "agreement", "subtype", "number", "billing", "dressing_room", "rule_pack", "decision")
_MONEY = ("weekly", "commission_bp")


def build_contracts(season: Season) -> None:
    """Everything in `contracts.toml`: house packs first, because contracts name them."""
    data = season.book.read("contracts")
    for one in data["pack"]:
        season.run(AddRulePack(_pack_text(one)))
    for one in data["contract"]:
        for person, job in one.get("people", [(one.get("person"), one.get("job"))]):
            _contract(season, {**one, "person": person, "job": job})
    for one in data["accepted"]:
        of = next(contract for contract in data["contract"] if contract["subtype"] == one["subtype"])
        for person, _job in of["people"]:
            anchor = one["on"].isoformat()
            season.run(AcceptFlag(one["rule"], season.people[person], anchor, one["measured"], one["reason"]))


def _pack_text(data: dict[str, Any]) -> str:
    """A house copy of a shipped pack with only some of its rules on."""
    base = shipped()[data["extends"]]
    copy = house_copy(base, data["id"], data["title"])
    return pack_toml(replace(copy, rules=tuple(rule for rule in base.rules if rule.id in data["only"])))


def _contract(season: Season, data: dict[str, Any]) -> None:
    (state, on_date, note), *later = data["states"]
    contract = season.run(
        AddContract(
            season.people[data["person"]],
            season.productions[data["production"]],
            starts_on=data["from"],
            ends_on=data.get("to"),
            agent=season.agents.get(data.get("agent", "")),
            replacement=data.get("replacement", ""),
            state=state,
            on_date=on_date,
            state_note=note,
            **{key: data[key] for key in _TEXTS if key in data},
        )
    )
    if money := {key: data[key] for key in _MONEY if key in data}:
        season.run(SetMoney(contract, money))
    for increment in data.get("increments", []):
        season.run(AddIncrement(contract, increment["name"], increment["weekly"], data["from"]))
    for rider in data.get("riders", []):
        season.run(
            AddRider(contract, rider["text"], rider["kind"], rider["state"], rider.get("from"), rider.get("to"))
        )
    for option in data.get("options", []):
        _option(season, contract, option)
    for deadline in data.get("deadlines", []):
        added = season.run(AddDeadline(contract, deadline["name"], deadline["due_on"], deadline["owner"]))
        season.run(EditDeadline(added, {"done_on": deadline["done_on"]}))
    for state, on_date, note in later:
        season.run(ChangeContractState(contract, state, on_date, note))


def _option(season: Season, contract: int, data: dict[str, Any]) -> None:
    option = season.run(
        AddOption(
            contract,
            notice_weeks=data["notice"],
            holder=data["holder"],
            extends_weeks=data["extends"],
            owner=data["owner"],
        )
    )
    if "state" in data:
        season.run(DecideOption(option, data["state"], data["on"], method=data["method"], note=data["note"]))
