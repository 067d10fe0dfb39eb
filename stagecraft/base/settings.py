"""Personal settings of this installation: who works here, how the window looks, what was open last.

House style (paper, day cut, 12 or 24 hours) is the company file's, not this. The settings dialog is built from
`declarations()`. A value that makes no sense counts as not set; a damaged file is kept aside and the defaults
serve, because nobody should be kept from tonight's call by a colour scheme.
"""

from __future__ import annotations

import contextlib
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from stagecraft.base.paths import settings_file, write_whole

RECENT = 8
"""How many company files the list of recent files keeps."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One setting as a person sees it. `choices`: stored values to words; no `label`: not in the dialog."""

    key: str
    label: str
    help: str
    kind: type
    default: Any
    choices: dict[str, str]


def _setting(default: Any, label: str = "", help: str = "", *, choices: dict[str, str] | None = None) -> Any:
    about = {"label": label, "help": help, "choices": choices or {}}
    if isinstance(default, list | dict):
        return field(default_factory=type(default), metadata=about)
    return field(default=default, metadata=about)


ROLES: dict[str, str] = {
    "stage-manager": "stage manager",
    "production-manager": "production manager",
    "company-manager": "company manager",
    "general-manager": "general manager",
    "producer": "producer",
    "director": "director",
    "head": "designer or head of department",
    "performer": "performer",
}
"""The work a person chooses once; which privacy classes open follows from it (`domain.roles`)."""


@dataclass(slots=True)
class Settings:
    """All personal settings with their present values; change an attribute and `save()`.

    `layout` is the window's own: nested dicts of text, numbers, booleans and lists; None is not kept.
    """

    name: str = _setting("", "Your name", "Written beside every change you make.")
    role: str = _setting(
        "stage-manager", "Your work", "Decides which pages and fields open for you.", choices=ROLES
    )
    theme: str = _setting(
        "light",
        "Appearance",
        "Booth is near black, for the dark of the house.",
        choices={"light": "Light", "dark": "Dark", "booth": "Booth"},
    )
    paper: str = _setting(
        "",
        "Paper",
        "Used when you print.",
        choices={"": "As the company file says", "letter": "Letter", "a4": "A4"},
    )
    last_folder: str = _setting("")
    recent: list[str] = _setting([])
    layout: dict[str, Any] = _setting({})

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """Settings as stored; defaults where nothing useful is. Never fails."""
        path = path or settings_file()
        try:
            stored = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError:
            return cls()
        except ValueError:
            with contextlib.suppress(OSError):
                path.replace(path.with_name("settings.damaged.toml"))
            return cls()
        settings = cls()
        for declared in declarations():
            value = stored.get(declared.key)
            if type(value) is declared.kind and (not declared.choices or value in declared.choices):
                setattr(settings, declared.key, value)
        settings.recent = [item for item in settings.recent if isinstance(item, str)][:RECENT]
        return settings

    def save(self, path: Path | None = None) -> None:
        """Write all settings, whole or not at all. Raises OSError."""
        import tomli_w

        values = _without_none({declared.key: getattr(self, declared.key) for declared in declarations()})
        write_whole(path or settings_file(), tomli_w.dumps(values).encode("utf-8"))

    def opened(self, target: str) -> None:
        """Put a company file or database URL at the head of the recent ones."""
        self.recent = [target, *(other for other in self.recent if other != target)][:RECENT]


def declarations() -> tuple[Declaration, ...]:
    """Every setting in the order the dialog shows them."""
    blank = Settings()
    return tuple(
        Declaration(
            one.name,
            one.metadata["label"],
            one.metadata["help"],
            type(getattr(blank, one.name)),
            getattr(blank, one.name),
            one.metadata["choices"],
        )
        for one in fields(Settings)
    )


def _without_none(value: Any) -> Any:
    """TOML has no nothing: leave such keys out."""
    if isinstance(value, dict):
        return {str(key): _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value if item is not None]
    return value
