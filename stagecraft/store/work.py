"""The unit of work: what a command's handler has in hand while its transaction is open."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.store.changes import ChangeSet
from stagecraft.store.schema import Base, Blob

Row = TypeVar("Row", bound=Base)

_WORDS = {
    "event": "call",
    "call": "person’s call",
    "musical_number": "number",
    "role": "character",
    "space": "room",
    "availability": "absence",
    "performance_cast": "cast change",
    "participation": "mark in the breakdown",
    "contract_option": "option",
    "contract_deadline": "deadline",
    "contract_increment": "increment",
    "person_private": "private page",
    "person_sealed": "sealed page",
    "contract_money": "pay",
    "rule_pack": "pack of work rules",
    "rule_verification": "verification",
    "rule_approval": "vote or concession",
    "acceptance": "accepted flag",
}


def word_for(table: str) -> str:
    """What a row of this table is called on screen."""
    return _WORDS.get(table, table.replace("_", " "))


class UnitOfWork:
    """One running command: its session, its clock, who runs it, its label, and after the commit what changed."""

    def __init__(self, session: Session, clock: Clock, who: str = "") -> None:
        self.session = session
        self.clock = clock
        self.who = who
        self.params: dict[str, int | str | bool] = {}
        self.done: ChangeSet | None = None
        self.unjournalled: dict[str, set[int]] = {}

    @property
    def today(self) -> date:
        return self.clock.today()

    def get(self, model: type[Row], key: Any) -> Row:
        """The row with this key; raises `Refused("gone")` when somebody removed it meanwhile."""
        row = self.find(model, key)
        if row is None:
            raise Refused("gone", f"This {word_for(model.__tablename__)} was removed meanwhile.")
        return row

    def find(self, model: type[Row], key: Any) -> Row | None:
        """The row with this key, or None."""
        return self.session.get(model, key) if key is not None else None

    def add(self, row: Row) -> Row:
        """Store a new row and give it its id. Text not given is empty, a yes-or-no not given is no."""
        for column in row.__table__.columns:
            if column.nullable or column.name in row.__dict__ or column.primary_key:
                continue
            kind = column.type.python_type
            if kind is str:
                setattr(row, column.name, "")
            elif kind is bool:
                setattr(row, column.name, False)
        self.session.add(row)
        self.session.flush()
        return row

    def remove(self, row: Base) -> None:
        """Delete a row; what it owns goes with it, what points at it is emptied."""
        self.session.flush()
        self.session.delete(row)
        self.session.flush()
        self.session.expire_all()

    def label(self, **params: int | str | bool | date) -> None:
        """Keep the label's parameters: ids, numbers, codes, dates. Never a name: a label outlives the person."""
        for name, value in params.items():
            self.params[name] = value.isoformat() if isinstance(value, date) else value

    def put_blob(self, data: bytes, media_type: str) -> str:
        """Keep bytes under their SHA-256 and return it; the same bytes are kept once."""
        name = hashlib.sha256(data).hexdigest()
        if self.session.execute(select(Blob.hash).where(Blob.hash == name)).first() is None:
            self.session.add(Blob(hash=name, media_type=media_type, data=data))
            self.session.flush()
        return name

    def erase_person(self, person: int) -> None:
        """Overwrite a person's own data in the file and throughout its history; see `store.erasing`."""
        from stagecraft.store.erasing import erase

        self.session.flush()
        self.unjournalled = erase(self.session.connection(), person)
        self.session.expire_all()

    def changes(self, value: Any = None) -> ChangeSet:
        """What was committed, with the handler's answer; only after the step has ended."""
        if self.done is None:
            raise RuntimeError("the step has not been committed")
        done = self.done
        return ChangeSet(done.step, done.kind, done.code, done.origin, done.rows, value)
