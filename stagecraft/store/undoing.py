"""Taking a step back, and the proof before its commit that nothing else was touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, update

from stagecraft.base.errors import Refused
from stagecraft.store import history
from stagecraft.store.changes import ChangeSet
from stagecraft.store.history import Step
from stagecraft.store.journal import STEP
from stagecraft.store.replay import Change, Net, changes_of, differing, fold, play_back, sorted_net
from stagecraft.store.schema import Issue, Opening
from stagecraft.store.stepping import begin_step, end_step, settle_constraints

UNDO_LIMIT = 200_000
"""Changed rows above which a step is not undone but the backup offered."""


RECORDS = frozenset((Opening.__tablename__, Issue.__tablename__))
"""Tables of records that are in nobody's way: they go, and come back, with the rows they are about."""


class BuiltOn(Refused):
    """A step cannot be taken back because somebody has changed the same rows since, in `step`."""

    def __init__(self, step: Step) -> None:
        who = step.who or "Somebody"
        super().__init__(
            "built_on", f"{who} has changed the same thing since, so this can no longer be undone."
        )
        self.step = step


def reverse(conn: Connection, step: Step, who: str | None) -> ChangeSet:
    """Undo or redo, whichever `step.kind` says, in an open write transaction: the caller commits.

    Only steps of `who` are looked at where given. Raises `Refused` when there is nothing to take back, when its
    rows are no longer as it left them, or when taking it back would touch rows it did not.
    """
    old = (history.next_undo if step.kind == "undo" else history.next_redo)(conn, who)
    if old is None:
        raise Refused(f"nothing_to_{step.kind}", f"There is nothing to {step.kind}.")
    run = history.run_of(conn, old)
    changes = changes_of(conn, run)
    if len(changes) > UNDO_LIMIT:
        raise Refused("too_large", "This step is too large to take back; restore the backup made before it.")
    nets = fold(changes)
    # First the rows, which are locked on a server while they are looked at, then who may have changed them.
    changed = differing(conn, nets)
    later = history.built_on(conn, run)
    if later is not None:
        raise BuiltOn(later)
    if changed:
        raise Refused("changed", f"What this step did has been changed since; it cannot be {step.kind}ne.")
    step = begin_step(conn, replace(step, code=old.code, params=old.params, undoes=old.id))
    _play_back_exactly(conn, step, changes, nets)
    conn.execute(update(STEP).where(STEP.c.id.in_(run)).values(undone_by=step.id))
    return end_step(conn, step)


def _play_back_exactly(conn: Connection, step: Step, changes: list[Change], nets: list[Net]) -> None:
    """Play changes back; what that journals must be the exact inverse of their effect, or it is refused."""
    play_back(conn, changes)
    settle_constraints(conn)
    if _kept(fold(changes_of(conn, [step.id]))) != _kept(net.inverse() for net in nets):
        raise Refused(
            "touches_others", f"Other things now depend on this step; it cannot be {step.kind}ne without them."
        )


def _kept(nets: Iterable[Net]) -> list[Net]:
    return sorted_net(net for net in nets if net.after is not None or net.table not in RECORDS)
