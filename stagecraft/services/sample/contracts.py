"""Contracts of the sample season: terms, options, riders, deadlines, money and their history of states."""

from __future__ import annotations

from typing import Any

from stagecraft.services.contract_items import (
    AddDeadline,
    AddOption,
    AddRider,
    DecideOption,
    EditDeadline,
)
from stagecraft.services.contracts import AddContract, AddIncrement, ChangeContractState, SetMoney
from stagecraft.services.sample.cast import Season

_TEXTS = ("job", "agreement", "subtype", "number", "billing", "dressing_room", "rule_pack", "decision")
_MONEY = ("weekly", "commission_bp")


def build_contracts(season: Season) -> None:
    """Everything in `contracts.toml`."""
    for one in season.book.read("contracts")["contract"]:
        _contract(season, one)


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
    season.run(SetMoney(contract, {key: data[key] for key in _MONEY if key in data}))
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
