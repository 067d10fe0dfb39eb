"""Random histories of the program's own commands: after any mix of them with undo, redo and reopening the whole
database equals the remembered state; at the end everything is undone, and redone, and the doctor finds nothing.

Every command of `services` is played with arguments drawn from its fields: ids from the rows that stand there, texts
with awkward letters, days and times around a season. What is refused must leave everything as it was.

Two kinds of command are outside undo by design and treated so: an opened sealed page and an issued sheet are records
that undo leaves standing, unless it takes the person, contract or production itself back; erasing a person rewrites
the history and has tests of its own (`test_store_erasing`), and so has the sample season (`test_sample`), which is
only for empty files.

In the gate a few short histories. On demand as many as wanted, 40 steps each:

    STAGECRAFT_HISTORIES=300 pytest tests/property/test_command_machine.py -k file
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from histories import chosen, play_on_file, play_on_server
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from postgres_server import PostgresServer
from sqlalchemy import Boolean, Date, Integer, Table
from store_dump import Dump, dump

from stagecraft import services
from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain import kinds
from stagecraft.domain.incoming import MARKS, AwayLine, EventLine, PersonLine, SceneLine
from stagecraft.domain.reports import NOTE_STATES
from stagecraft.domain.times import wall
from stagecraft.services import history
from stagecraft.services.command import REGISTRY, Command
from stagecraft.services.engine import Engine
from stagecraft.store.doctor import examine
from stagecraft.store.journal import STEP
from stagecraft.store.schema import Base
from stagecraft.store.store import Store
from stagecraft.store.undoing import RECORDS

TODAY = date(2027, 1, 14)
WHO = "Rosa Vega"

for module in pkgutil.iter_modules(services.__path__, f"{services.__name__}."):
    importlib.import_module(module.name)
COMMANDS = {
    name: command
    for name, command in REGISTRY.items()
    if command.__module__.startswith("stagecraft.services.")
    and dataclasses.is_dataclass(command)
    and name not in ("ErasePerson", "BuildSample")
}

REMOVING = sorted(
    name for name in COMMANDS if re.match("Remove|Cancel|Clear|Unassign|Release|Cut|Forget|Withdraw", name)
)
ADDING = sorted(
    name
    for name in COMMANDS
    if re.match("Add|Start|Assign|Import|Copy|Issue|Fill|Attach|Plan|Accept|Verify", name)
)
EDITING = sorted(COMMANDS.keys() - {*REMOVING, *ADDING})
PAUSES = st.sampled_from([0.7, 11, 3600])

# --- what the fields of commands are drawn from ------------------------------------------------------------

TABLE_OF = {
    "number": "musical_number",
    "option": "contract_option",
    "rider": "rider",
    "deadline": "contract_deadline",
    "increment": "contract_increment",
    "draft": "script_draft",
    "line": "report_work",
    "after": "scene",
    "author": "person",
    "units": "scene",
    "scenes": "scene",
    "people": "person",
    "leaders": "person",
    "events": "event",
    "performances": "performance",
}
"""Fields that name rows of another table than the one called like them."""

EDITED = {
    **{f"Edit{noun.title().replace('_', '')}": table for noun, table in TABLE_OF.items()},
    "EditWork": "report_work",
    "EditPrivate": "person_private",
    "EditApproval": "rule_approval",
    "CorrectContract": "contract",
    "SetMoney": "contract_money",
}
"""Commands with `changes` whose row is of a table that is not in their name."""

OWN_FIELDS = {
    "EditEvent": ("starts", "ends", "space", "production"),
    "EditCall": ("starts", "ends"),
    "EditAvailability": ("starts", "ends", "production", "reason"),
    "EditPerformance": ("curtain", "down", "half_hour"),
    "EditApproval": ("production", "person"),
}
"""Fields that may be changed and are no column of the row."""

TEXTS = st.sampled_from(
    [
        "Zoë Łukasik", "O'Neill", "李", "<b>Bob</b> & Co", "Karen Cartwright", "x" * 38, "", "  ", "On Top",
        'a "quoted" \\ back\nslash', "\ttab\r\nand\x01control", "\u2028 line", "1.5", "Broadhurst", "=1+1", "𝄞",
    ]
)  # fmt: skip
WORDS = {
    "kind": [
        *kinds.KINDS,
        *kinds.ASSIGNMENT_KINDS,
        *kinds.PRODUCTION_KINDS,
        "rehearsal",
        "performance",
        "leave",
    ],
    "state": [
        *kinds.CONTRACT_STATES,
        *NOTE_STATES,
        "draft",
        "present",
        "late",
        "put-in",
        "exercised",
        "declined",
    ],
    "group": list(kinds.JOB_GROUPS),
    "mark": list(MARKS),
    "privacy": list(kinds.PRIVACY),
    "paper": ["letter", "a4"],
    "zone": ["America/New_York", "Europe/London", "Nowhere/Atlantis", ""],
    "email": ["a@example.com", "nobody", ""],
    "code": ["BOMB", "HIT", "P1", "E2", "x", ""],
    "status": ["called", "optional", "released", "in", "cut", "new"],
    "source": ["unit", "person", "leader"],
    "hardness": ["hard", "soft", "if-needed"],
    "type": ["preview", "performance", "final", "presentation"],
    "holder": ["producer", "actor", "mutual"],
    "what": ["money", "medical", "private"],
    "document": ["daily-call", "rehearsal-report"],
    "subject": ["1", "2027-01-14"],
    "field": ["general", "visitors", "incidents", "script_changes"],
    "typed": ["p the glass is chipped", "lx, s too loud", "no prefix", ""],
    "reason": ["sick", "vacation", "leave", "flu"],
    "currency": ["USD", "GBP", "?"],
    "pack": ["house-default", "ours", "theirs"],
    "rule": ["house.rest", "house.gap", "ours.rest", "overlap.person"],
    "rule_pack": ["ours", "house-default ours", "none", "nowhere", ""],
    "anchor": ["2027-01-14", "2027-01-14T10:00"],
    "action": ["start", "end", "free", "leave"],
}
SMALL = st.integers(-1, 12)
DAYS = st.dates(date(2026, 12, 1), date(2027, 3, 31))
WALLS = st.builds(
    wall, st.dates(date(2027, 1, 11), date(2027, 1, 24)), st.integers(8, 24).map(lambda h: h * 60)
)
BYTES = st.sampled_from([b"%PDF-1.7 one", b"%PDF-1.7 two", b"\x89PNG photo", b""])
WALL_FIELDS = ("starts", "ends", "curtain", "down", "arrived", "act1_up", "act1_down", "act2_up", "act2_down")


class Commands(RuleBasedStateMachine):
    """One company, worked on by one person through the engine."""

    def make(self) -> str | Path:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.target = self.make()
        self.clock = Clock.on(TODAY)
        self.open()
        self.state = self.look()
        self.records = self.kept_records()
        self.done: list[Dump] = []
        self.undone: list[Dump] = []

    def open(self) -> None:
        self.store = Store.open(self.target)
        self.engine = Engine(self.store, self.clock, WHO)

    def look(self) -> Dump:
        with self.store.reading() as conn:
            self.whole = dump(conn)
        return {name: rows for name, rows in self.whole.items() if name not in RECORDS}

    def kept_records(self) -> Dump:
        return {name: self.whole.get(name, []) for name in RECORDS}

    # --- drawing a command -----------------------------------------------------------------------------

    def an_id(self, data: st.DataObject, table: str) -> int:
        rows = self.state.get(table, [])
        keys = [next(iter(row.values())) for row in rows]
        return data.draw(st.sampled_from(keys)) if keys else 999

    def value(self, data: st.DataObject, command: str, name: str, kind: str) -> Any:
        if special := OF_COMMAND.get((command, name)):
            return special(self, data)
        if "None" in kind and data.draw(st.booleans()):
            return None
        if name == "changes":
            return self.changes(data, command)
        if name == "lines":
            return tuple(data.draw(st.lists(LINES[command](self, data), min_size=1, max_size=3)))
        if special := SPECIAL.get(name):
            return special(self, data)
        if kind.startswith("Paper"):
            return ("contract.pdf", data.draw(BYTES), "application/pdf")
        table = TABLE_OF.get(name, name)
        names_row = table in Base.metadata.tables and not (
            name == "number" and command.startswith(("Add", "Start", "Ren"))
        )
        if kind.startswith("tuple[int") and names_row:
            return tuple(self.an_id(data, table) for _ in range(data.draw(st.integers(0, 3))))
        if "int" in kind and names_row:
            return self.an_id(data, table)
        return data.draw(plain(name, kind))

    def changes(self, data: st.DataObject, command: str) -> dict[str, Any]:
        table = edited_table(command)
        found: dict[str, Any] = {}
        names = st.sampled_from(EDITABLE[command])
        for name in data.draw(st.lists(names, min_size=1, max_size=3, unique=True)):
            column = table.columns.get(name)
            if name in ("space", "production"):
                found[name] = self.an_id(data, name)
            elif (command, name) in OF_COMMAND:
                found[name] = OF_COMMAND[command, name](self, data)
            elif column is None:
                found[name] = data.draw(plain(name, "str" if name == "reason" else "int"))
            elif column.nullable and data.draw(st.booleans()):
                found[name] = None
            elif column.foreign_keys:
                (key,) = column.foreign_keys
                found[name] = self.an_id(data, key.column.table.name)
            else:
                found[name] = data.draw(plain(name, _kind_of(column)))
        return found

    def draw(self, data: st.DataObject, name: str) -> Command:
        values = {}
        for field in dataclasses.fields(COMMANDS[name]):
            optional = field.default is not dataclasses.MISSING
            if not optional or data.draw(st.booleans()):
                values[field.name] = self.value(data, name, field.name, str(field.type))
        return COMMANDS[name](**values)

    # --- rules -----------------------------------------------------------------------------------------

    @rule(data=st.data(), name=st.sampled_from(ADDING), seconds=PAUSES)
    def add(self, data: st.DataObject, name: str, seconds: float) -> None:
        self.execute(data, name, seconds)

    @rule(data=st.data(), name=st.sampled_from(EDITING), seconds=PAUSES)
    def edit(self, data: st.DataObject, name: str, seconds: float) -> None:
        self.execute(data, name, seconds)

    @rule(data=st.data(), name=st.sampled_from(REMOVING), seconds=PAUSES)
    def remove(self, data: st.DataObject, name: str, seconds: float) -> None:
        self.execute(data, name, seconds)

    def execute(self, data: st.DataObject, name: str, seconds: float) -> None:
        self.clock = self.engine.clock = Clock(self.clock.now() + timedelta(seconds=seconds))
        command = self.draw(data, name)
        try:
            changed = self.engine.execute(command)
        except (Refused, TypeError, ValueError) as error:
            if not isinstance(error, Refused) and not re.match(
                r"no |nothing |\w+ has no editable ", str(error)
            ):
                raise  # an unknown word or field is a programmer's error, and must leave as little behind
            assert self.look() == self.state
            assert self.kept_records() == self.records
            return
        before, self.state = self.state, self.look()
        if command.step_kind == "log":
            assert self.state == before
            self.records = self.kept_records()
            return
        self.only_cascades()
        if not changed:
            assert self.state == before
            return
        self.undone = []
        step = self.store.undo_step(WHO)
        assert step is not None
        assert step.id == changed.step
        if step.continues is None:
            self.done.append(before)
        self.labelled(step.params)

    def labelled(self, params: dict[str, Any]) -> None:
        said = history.undo_text(self.engine)
        assert said
        assert "{" not in said
        names = [row["name"] for row in self.state.get("person", []) if len(row["name"]) > 3]
        assert not [name for name in names if name in str(params.values())], "labels keep no names"

    def only_cascades(self) -> None:
        """Records stand for good; they go only with the person, contract or production they are about."""
        owners = {
            f"{table}_id": {row["id"] for row in self.state.get(table, [])} | {None}
            for table in ("person", "contract", "production")
        }
        there = self.kept_records()
        for name, rows in self.records.items():
            for row in rows:
                stands = all(row[key] in ids for key, ids in owners.items() if key in row)
                assert (row in there[name]) == stands
        self.records = there

    @precondition(lambda self: self.done)
    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.done))):
            self.engine.undo()
            self.undone.append(self.state)
            self.state = self.done.pop()
            self.same()

    @precondition(lambda self: self.undone)
    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self.undone))):
            self.engine.redo()
            self.done.append(self.state)
            self.state = self.undone.pop()
            self.same()

    def same(self) -> None:
        assert self.look() == self.state
        self.records = self.kept_records()

    @rule()
    def reopen(self) -> None:
        self.let_go()
        self.open()
        self.same()

    def let_go(self) -> None:
        self.store._changed = False  # no backup: it is the file itself that is looked at
        self.store.close()

    def teardown(self) -> None:
        end, count = self.state, len(self.done)
        if self.done:
            self.undo(count)
            self.redo(count)
        assert self.look() == end
        assert history.history_rows(self.engine)
        self.let_go()
        assert examine(self.target) == []


def edited_table(command: str) -> Table:
    noun = re.sub(r"(?<!^)(?=[A-Z])", "_", command.removeprefix("Edit")).lower()
    return Base.metadata.tables[EDITED.get(command, noun)]


EDITABLE: dict[str, list[str]] = {}
"""The fields each command with `changes` can change, found out by asking it."""


def learn_fields(engine: Engine) -> None:
    for name, command in COMMANDS.items():
        fields = [field.name for field in dataclasses.fields(command)]
        if "changes" not in fields:
            continue
        columns = {column.name for column in edited_table(name).columns if not column.primary_key}
        tried = sorted(columns.union(OWN_FIELDS.get(name, ())))
        EDITABLE[name] = [field for field in tried if _editable(engine, command, len(fields) > 1, field)]


def _editable(engine: Engine, command: type[Command], of_a_row: bool, field: str) -> bool:
    try:
        engine.execute(command(*([1] if of_a_row else []), {field: None}))
    except Exception as error:
        return "no editable" not in str(error)
    return True


def _kind_of(column: Any) -> str:
    kind = column.type
    return (
        "bool"
        if isinstance(kind, Boolean)
        else "int"
        if isinstance(kind, Integer)
        else "date"
        if isinstance(kind, Date)
        else "str"
    )


def plain(name: str, kind: str) -> st.SearchStrategy[Any]:
    """Values for a field that names no row."""
    if name in WORDS and "str" in kind:
        return st.sampled_from([*WORDS[name], "?"])
    if "bool" in kind:
        return st.booleans()
    if "date" in kind:
        return DAYS
    if "bytes" in kind:
        return BYTES
    if "int" in kind:
        return (
            WALLS
            if name in WALL_FIELDS or name.endswith("_wall")
            else SMALL
            if name != "half_hour"
            else st.just(30)
        )
    return TEXTS


PAIRS: dict[str, st.SearchStrategy[Any]] = {
    "pattern": st.tuples(st.integers(0, 6), st.sampled_from([14 * 60, 19 * 60])),
    "breaks": st.tuples(WALLS, st.integers(0, 90)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    "without": DAYS,
    "departments": st.sampled_from(["props", "lighting", "?"]),
}


def several(name: str) -> Callable[[Commands, st.DataObject], Any]:
    return lambda machine, data: tuple(data.draw(st.lists(PAIRS[name], max_size=3)))


SPECIAL: dict[str, Callable[[Commands, st.DataObject], Any]] = {
    **{name: several(name) for name in PAIRS},
    "space": lambda machine, data: machine.an_id(data, "space") if data.draw(st.booleans()) else None,
    "cells": lambda machine, data: tuple(
        (machine.an_id(data, "scene"), machine.an_id(data, "track"))
        for _ in range(data.draw(st.integers(0, 3)))
    ),
    "own_times": lambda machine, data: ((machine.an_id(data, "person"), data.draw(WALLS), data.draw(WALLS)),),
    "by": lambda machine, data: data.draw(st.sampled_from([-1440, -15, 0, 60, 10080])),
    "version": lambda machine, data: data.draw(st.integers(1, 2)),
    "index": lambda machine, data: data.draw(st.integers(0, 3)),
}

OURS = """id = "ours"
title = "Ours"
[[rules]]
id = "ours.rest"
kind = "min_rest"
title = "Rest"
params = { min = 600 }
source = { agreement = "Ours", summary = "Ten hours.", evidence = "knowledge", confidence = "low" }
"""
PACKS = st.sampled_from(
    [
        OURS,
        """id = "ours"
title = "Ours, stricter"
extends = "house-default"
[[rules]]
id = "house.rest"
params = { min = 780 }
""",
        """id = "theirs"
title = "Theirs"
extends = "ours"
[[rules]]
id = "ours.rest"
enabled = false
""",
        'id = "house-default"',
        "no pack at all",
    ]
)
SETS = st.sampled_from([{}, {"min": 660}, {"min": "long"}])
BREAKS = st.lists(
    st.tuples(st.sampled_from(["meal", "short", "?"]), st.integers(600, 770), st.integers(0, 60)).map(
        lambda one: (one[0], wall(TODAY, one[1]), wall(TODAY, one[1] + one[2]))
    ),
    max_size=3,
).map(tuple)


def _row(table: str) -> Callable[[Commands, st.DataObject], Any]:
    return lambda machine, data: machine.an_id(data, table)


def _drawn(values: st.SearchStrategy[Any]) -> Callable[[Commands, st.DataObject], Any]:
    return lambda machine, data: data.draw(values)


OF_COMMAND: dict[tuple[str, str], Callable[[Commands, st.DataObject], Any]] = {
    ("AddRulePack", "text"): _drawn(PACKS),
    ("EditRulePack", "text"): _drawn(PACKS),
    ("EditRulePack", "id"): _row("rule_pack"),
    ("RemoveRulePack", "id"): _row("rule_pack"),
    ("EditApproval", "id"): _row("rule_approval"),
    ("RemoveApproval", "id"): _row("rule_approval"),
    ("WithdrawAcceptance", "id"): _row("acceptance"),
    ("VerifyRule", "by"): _drawn(TEXTS),
    ("AddApproval", "kind"): _drawn(st.sampled_from(["vote", "concession", "exception", "?"])),
    ("AddApproval", "sets"): _drawn(SETS),
    ("EditApproval", "sets"): _drawn(SETS),
    ("AcceptFlag", "measured"): _drawn(st.sampled_from([680, [550, 925], "24:40", None])),
    ("AcceptFlags", "flags"): lambda machine, data: tuple(
        (rule, machine.an_id(data, "person"), None, "2027-01-14", 680)
        for rule in data.draw(st.lists(st.sampled_from(["house.rest", "house.gap"]), max_size=2))
    ),
    ("WithdrawAcceptances", "ids"): lambda machine, data: (machine.an_id(data, "acceptance"),),
    ("RepairAlike", "repairs"): lambda machine, data: (machine.draw(data, "RepairCalls"),),
    ("PlanBreaks", "breaks"): _drawn(BREAKS),
    ("RepairCalls", "seen"): _drawn(st.just(())),
}
"""Fields that are drawn otherwise in this command than their name says."""


def _names(machine: Commands, table: str, column: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*(row[column] for row in machine.state.get(table, [])), "New One", "?"])


def people_lines(machine: Commands, data: st.DataObject) -> st.SearchStrategy[PersonLine]:
    return st.builds(
        PersonLine,
        line=st.integers(2, 9),
        name=_names(machine, "person", "name"),
        email=st.sampled_from(["", "a@example.com"]),
        production=_names(machine, "production", "code"),
        job=st.sampled_from(["", "Stage Manager"]),
        group=st.sampled_from(["stage", "cast"]),
        roles=st.lists(_names(machine, "role", "name"), max_size=2),
        track=st.sampled_from(["", "E1", "S1"]),
        kind=st.sampled_from(["", "principal", "swing"]),
        agent=st.sampled_from(["", "Al Agent"]),
    )


def scene_lines(machine: Commands, data: st.DataObject) -> st.SearchStrategy[SceneLine]:
    mark = st.tuples(_names(machine, "role", "name"), st.sampled_from(list(MARKS)))
    return st.builds(
        SceneLine,
        line=st.integers(2, 9),
        act=st.integers(1, 2),
        scene=st.sampled_from(["1", "1.2", "2"]),
        title=TEXTS,
        minutes=st.none() | st.integers(1, 20),
        song=st.sampled_from(["", "On Top"]),
        marks=st.lists(mark, max_size=2),
        production=_names(machine, "production", "code"),
    )


def away_lines(machine: Commands, data: st.DataObject) -> st.SearchStrategy[AwayLine]:
    return st.builds(
        AwayLine,
        line=st.integers(2, 9),
        person=_names(machine, "person", "name"),
        room=st.just(""),
        starts_wall=WALLS,
        ends_wall=WALLS,
        kind=st.just("out"),
        hardness=st.just("hard"),
        reason=st.sampled_from(["", "flu"]),
    )


def event_lines(machine: Commands, data: st.DataObject) -> st.SearchStrategy[EventLine]:
    return st.builds(
        EventLine,
        line=st.integers(2, 9),
        production=_names(machine, "production", "code"),
        starts_wall=WALLS,
        ends_wall=WALLS,
        room=_names(machine, "space", "name"),
        kind=st.sampled_from(["staging", "performance", "day-off"]),
        title=TEXTS,
        units=st.lists(_names(machine, "scene", "number"), max_size=2),
        people=st.lists(_names(machine, "person", "name"), max_size=2),
    )


LINES: dict[str, Callable[[Commands, st.DataObject], st.SearchStrategy[Any]]] = {
    "ImportPeople": people_lines,
    "ImportBreakdown": scene_lines,
    "ImportAvailability": away_lines,
    "ImportSchedule": event_lines,
}


# --- where histories are played ----------------------------------------------------------------------------


def seed(engine: Engine) -> None:
    """Something of everything, so that commands find rows to work on."""
    from stagecraft.services import (
        calendar,
        company,
        contract_items,
        contracts,
        notes,
        people,
        performances,
        reports,
        rules,
        script,
        tracks,
        venues,
    )

    def do(command: Command) -> Any:
        return engine.execute(command).value

    room = do(venues.AddSpace(do(venues.AddVenue("Shubert", zone="America/New_York")), "Studio A"))
    opening = date(2027, 1, 20)
    for name, code in (("Bombshell", "BOMB"), ("Hit List", "HIT")):
        production = do(company.AddProduction(name, code, opening=opening, first_rehearsal=date(2027, 1, 11)))
        act = do(script.AddAct(production))
        scenes = [do(script.AddScene(act, number, title="On Top")) for number in ("1", "2")]
        do(script.AddNumber(production, "Smash", scenes[0]))
        for person, role in (("Karen Cartwright", "Marilyn"), ("Ivy Lynn", "Norma Jeane")):
            someone = do(people.AddPerson(f"{person} {code}"))
            do(tracks.AddCharacter(production, role))
            track = engine_rows(engine, "track")[-1]["id"]
            do(tracks.SetParticipation(scenes[0], track, "sings"))
            do(people.Assign(someone, production, track=track))
        job = do(people.AddJob(production, "Stage Manager", "stage"))
        do(people.Assign(someone, production, job=job))
        contract = do(contracts.AddContract(someone, production, starts_on=opening, ends_on=date(2027, 3, 1)))
        do(contract_items.AddOption(contract))
        do(contract_items.AddRider(contract, "First billing"))
        do(contract_items.AddDeadline(contract, "Sign", opening))
        do(contracts.SetMoney(contract, {"weekly": 200000}))
        do(contracts.AddIncrement(contract, "Dance captain", 5000))
        do(
            calendar.AddEvent(
                production, "staging", wall(TODAY, 600), wall(TODAY, 780), room, units=tuple(scenes)
            )
        )
        do(calendar.AddAvailability(wall(TODAY, 600), wall(TODAY, 700), person=someone, reason="dentist"))
        do(performances.AddPerformance(production, wall(opening, 19 * 60)))
        report = do(reports.StartReport(production, TODAY))
        do(reports.AddWork(report, "blocked the opening"))
        do(notes.AddNote(report, ("props",), "The glass is chipped."))
        do(rules.AddApproval("house-default", "house.rest", "vote", production, sets={"min": 660}))
        do(rules.AcceptFlag("house.rest", someone, "2027-01-14", 680, "Asked for it"))
        do(company.AddMilestone(production, "Designer run", opening))
        do(company.AddPhase(production, "Rehearsals"))
        do(script.AddDraft(production, "1", TODAY))
    do(rules.AddRulePack(OURS))
    do(rules.VerifyRule("ours", "ours.rest", "2026", WHO, TODAY))
    do(company.AddSeason("2026–27"))
    do(people.AddAgent("Al Agent"))


def engine_rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    with engine.reading() as conn:
        return dump(conn)[table]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("commands") / "template.stagecraft"
    store = Store.create(path, name="Lyric", clock=Clock.on(TODAY))
    seed(Engine(store, Clock.on(TODAY), "somebody else"))
    with store._transaction() as conn:  # what was there before the history begins is not undone
        conn.execute(STEP.update().values(kind="log"))
        conn.commit()
    store._changed = False
    store.close()
    probe = Store.open(shutil.copyfile(path, path.with_name("probe.stagecraft")))
    learn_fields(Engine(probe, Clock.on(TODAY)))
    probe.close()
    return path


def test_histories_on_a_file(template: Path, tmp_path: Path) -> None:
    play_on_file(Commands, template, tmp_path, chosen(8, 30))


@pytest.mark.postgresql
def test_histories_on_postgresql(server: PostgresServer, template: Path) -> None:
    play_on_server(Commands, template, server, chosen(2, 30))
