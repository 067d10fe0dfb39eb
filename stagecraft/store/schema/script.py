"""Acts, scenes, French scenes, numbers, roles, tracks, who is in what, and the drafts of the script."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from stagecraft.store.schema.base import Base, Code, Id, owned_by, points_at


class Act(Base):
    """`minutes` is the measured running time, None until something was run."""

    __tablename__ = "act"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    number: Mapped[int]
    name: Mapped[str]
    minutes: Mapped[int | None]


class Scene(Base):
    """`number` is as spoken ("1.5"); pages are text because inserted pages get letters (34A)."""

    __tablename__ = "scene"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    act_id: Mapped[int] = owned_by("act")
    number: Mapped[Code]
    title: Mapped[str]
    page_from: Mapped[Code]
    page_to: Mapped[Code]
    minutes: Mapped[int | None]
    position: Mapped[int]
    cut: Mapped[bool]
    note: Mapped[str]


class FrenchScene(Base):
    __tablename__ = "french_scene"
    id: Mapped[Id]
    scene_id: Mapped[int] = owned_by("scene")
    letter: Mapped[Code]
    title: Mapped[str]
    position: Mapped[int]


class MusicalNumber(Base):
    """A song or dance. `status` is new | revised | in | cut | restored; a cut keeps its row."""

    __tablename__ = "musical_number"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    scene_id: Mapped[int | None] = owned_by("scene")
    title: Mapped[str]
    status: Mapped[Code]
    minutes: Mapped[int | None]
    position: Mapped[int]
    cut_on: Mapped[date | None]


class Track(Base):
    """What one body does in a performance; `kind` is principal | ensemble | swing."""

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("production_id", "code"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    code: Mapped[Code]
    kind: Mapped[Code]
    position: Mapped[int]


class Role(Base):
    """A character, or an ensemble track's part in the play; a track plays one or more."""

    __tablename__ = "role"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    track_id: Mapped[int | None] = points_at("track")
    name: Mapped[str]
    short_name: Mapped[str]  # what a call sheet prints: "Marilyn"
    position: Mapped[int]


class Participation(Base):
    """A track is in a scene (or only in one French scene of it). `mark`: speaks | sings | dances | silent | on."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("scene_id", "french_scene_id", "track_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    scene_id: Mapped[int] = owned_by("scene")
    french_scene_id: Mapped[int | None] = owned_by("french_scene")
    track_id: Mapped[int] = owned_by("track")
    mark: Mapped[Code]


class ScriptDraft(Base):
    """An issue of pages: code ("D3-yellow"), colour, what it replaced."""

    __tablename__ = "script_draft"
    id: Mapped[Id]
    production_id: Mapped[int] = owned_by("production")
    code: Mapped[Code]
    colour: Mapped[Code]
    issued_on: Mapped[date]
    pages: Mapped[str]
    note: Mapped[str]
    frozen: Mapped[bool]
    position: Mapped[int]
