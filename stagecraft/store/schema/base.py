"""The declarative base and the column types every table shares.

Tables hold data; the rules of the trade live in `domain`. There are no float columns (minutes, days and minor
units of money are integers) and no ORM relationships: a handler asks for the rows it needs. Every table but
those in `UNJOURNALLED` gets the journal's triggers. Personal columns are marked `personal()` so that erasing
a person can find them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from sqlalchemy import Date, Dialect, ForeignKey, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Words(TypeDecorator[str]):
    """Text of any length. What neither engine can keep is taken out at entry: NUL and halves of characters."""

    impl = Text
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        return str

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or value.isascii():
            return value.replace("\x00", "") if value else value
        whole = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return whole.replace("\x00", "")


class Base(DeclarativeBase):
    """Base of all tables. Row ids are never reused (AUTOINCREMENT / identity)."""

    metadata = metadata
    type_annotation_map = {str: Words(), date: Date(), int: Integer()}
    __table_args__: Any = {"sqlite_autoincrement": True}


Id = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=True)]
Code = Annotated[str, mapped_column(Words())]
"""A short word of a closed list, or a production's own code."""


def owned_by(target: str, **options: Any) -> Any:
    """Foreign key whose rows go when the owner goes."""
    return mapped_column(
        ForeignKey(f"{target}.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        index=options.pop("index", True),
        **options,
    )


def points_at(target: str, **options: Any) -> Any:
    """Optional foreign key that is emptied when its target goes."""
    return mapped_column(
        ForeignKey(f"{target}.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"),
        index=options.pop("index", True),
        **options,
    )


def personal(*, placeholder: Any = "", **options: Any) -> Any:
    """Column with a person's own data: `placeholder` is what erasing writes over it, everywhere."""
    return mapped_column(info={"personal": True, "placeholder": placeholder}, **options)
