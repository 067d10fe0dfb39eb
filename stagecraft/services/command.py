"""What a command is.

A command is a frozen dataclass with what was asked, a `label` for undo and history, and `apply`, which does it
inside a unit of work and returns what the caller wants to know (usually a new id). One command is one
transaction is one undo step. Rules of the trade are asked of `domain`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

REGISTRY: dict[str, type[Command]] = {}
"""Every command by its code: the name journalled with its step."""


class Command:
    """Base of all commands.

    `label` is the undo text in the imperative without the word Undo: `move {event} to {start}`. Its fields are
    filled from the parameters given to `work.label(...)`: ids of rows (`event=12` shows the event's title as it
    is now, or as it was) and plain integers and dates; never names or other text about a person. See
    `services.history` for the parameter names it knows.

    `step_kind` is "do"; an "import" is undone as one, and a "log" is shown in history but neither undone nor in
    undo's way. With `continues` a command joins the one before it when that is the same by the same person on
    the same field within ten seconds, so that a run of typing is undone as one.
    """

    __slots__ = ()
    label: ClassVar[str] = ""
    step_kind: ClassVar[str] = "do"
    continues: ClassVar[bool] = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        REGISTRY[cls.__name__] = cls

    def apply(self, work: UnitOfWork) -> Any:
        """Do it. Raise `Refused` for what cannot be done; nothing is then changed."""
        raise NotImplementedError
